/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Terms: what a steering group decided for one product from a date on. Plain data; exchange/terms_yaml
 * reads it from a file, key/alloc computes with it.
 *
 * All pointers lie in the arena of the struct tl_terms they belong to. Dates, prices and budgets are as
 * written in the file: amounts excluding VAT.
 */
#ifndef TILSLUT_KEY_TERMS_H
#define TILSLUT_KEY_TERMS_H

#include <stdbool.h>
#include <stddef.h>

#include "tilslut/base/arena.h"
#include "tilslut/base/date.h"
#include "tilslut/base/status.h"
#include "tilslut/key/key.h"
#include "tilslut/money/money.h"
#include "tilslut/money/ratio.h"

/* A text in both languages; `en` is never NULL (it repeats `da` where no English was given). */
struct tl_text {
    const char *da, *en;
};

/* A size class (størrelsesklasse): members whose figure lies below its bound and in no class before it. */
struct tl_size_class {
    const char *name;
    bool has_bound; /* false only for the last class, "the rest" */
    bool inclusive; /* true: "up to 25000" takes 25000 itself; false: "below 25000" does not */
    struct tl_ratio bound;
};

/* Which figure counts: `measure` at day and month of the year `years_before` the billing year. */
struct tl_reference {
    const char *measure;
    int years_before, month, day;
};

typedef enum tl_notice_end {
    TL_NOTICE_MONTH_END,
    TL_NOTICE_QUARTER_END,
    TL_NOTICE_HALF_YEAR_END,
    TL_NOTICE_YEAR_END
} tl_notice_end;

struct tl_notice {
    int months; /* 0 when the terms say nothing of notice */
    tl_notice_end end;
};

typedef enum tl_line_kind {
    TL_LINE_ANNUAL,      /* vederlag, and every pot that is charged each year */
    TL_LINE_JOINING_FEE, /* tilslutningsafgift: once, in the year the membership begins */
    TL_LINE_ONE_OFF      /* bidrag: once, in the year the terms come into force */
} tl_line_kind;

typedef enum tl_price_kind {
    TL_PRICE_NONE,         /* the line has a budget and a key instead */
    TL_PRICE_FLAT,         /* one amount for everybody */
    TL_PRICE_PER_CLASS,    /* one amount per size class, in the order of the classes */
    TL_PRICE_NOT_YET_KNOWN /* "not yet known": printed as such, cannot be billed */
} tl_price_kind;

/* Where a price of one class is "not yet known" while others are. */
struct tl_class_price {
    bool known;
    struct tl_money amount;
};

struct tl_price {
    tl_price_kind kind;
    struct tl_money flat;
    struct tl_class_price *per_class; /* class_count of them for TL_PRICE_PER_CLASS */
};

/* `price` x (1 + markup), by association membership. */
struct tl_markup {
    bool present;
    struct tl_ratio member, other; /* 9/100, 35/100 */
};

struct tl_vat {
    const char *code;     /* printed in statements: "S" taxed, "O" outside the scope of VAT, "E" exempt (UNCL5305) */
    struct tl_ratio rate; /* 1/4, 0 */
    const char *reason;   /* why; "" only where the terms do not state VAT at all */
    bool stated;
};

struct tl_line {
    const char *id; /* a code, unique in the terms */
    struct tl_text name;
    struct tl_text covers; /* what the money covers; "" when not given */
    tl_line_kind kind;
    const char *account; /* five digits of the chart of accounts */
    const char *option;  /* only members who took this option; NULL for all */
    struct tl_price price;
    struct tl_markup markup;
    const char *waived_for; /* members with this waiver pay nothing; NULL for none */
    bool has_budget;
    struct tl_money budget;
    const struct tl_key *key; /* set exactly when has_budget */
    bool has_floor, has_cap;
    struct tl_money floor, cap;
    int64_t round_to_minor; /* 1 (øre, the default), 100 (krone), 1000, 10000 */
    struct tl_vat vat;
    size_t source_line; /* of the terms file, for messages */
};

struct tl_terms {
    struct tl_arena arena;
    const char *product; /* code */
    struct tl_date valid_from;
    struct tl_text purpose; /* what the product is for; "" when not given */
    struct tl_reference reference;
    struct tl_size_class *classes;
    size_t class_count;
    struct tl_notice notice;
    int payment_days; /* from the date of the charge to its due date; 30 when not given */
    struct tl_line *lines;
    size_t line_count;
};

#define TL_TERMS_EMPTY                                                                                                 \
    {                                                                                                                  \
        .arena = TL_ARENA_EMPTY                                                                                        \
    }

void tl_terms_release(struct tl_terms *terms);

/* The line with that id, or NULL. Borrowed from the terms. */
const struct tl_line *tl_terms_line(const struct tl_terms *terms, const char *id);

/* The date of the figures that count for a billing year (domain: 1 January of the year before). */
struct tl_date tl_terms_reference_date(const struct tl_terms *terms, int year);

/* The size class of a figure, or NULL when the terms have no classes. */
const struct tl_size_class *tl_terms_class_of(const struct tl_terms *terms, struct tl_ratio value);

/* The index of a size class by its name; class_count when there is none. */
size_t tl_terms_class_index(const struct tl_terms *terms, const char *name);

#endif
