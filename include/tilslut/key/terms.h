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

/* How an agreement that was signed under these terms follows later versions (ændringer). Text is what holds beside the
 * price list: purpose, notice, payment and these rules. */
struct tl_follows {
    bool prices_need_signature; /* else the price list is an annex that the steering group decides */
    bool text_needs_signature;  /* else the steering group decides the text, too */
    int days;                   /* from the decision on later terms to their first day, at least */
};

/* How often a year is billed (see key/billing.h). */
typedef enum tl_billing { TL_BILLING_YEARLY, TL_BILLING_HALF_YEARLY, TL_BILLING_QUARTERLY } tl_billing;

typedef enum tl_line_kind {
    TL_LINE_ANNUAL,      /* vederlag, and every pot that is charged each year */
    TL_LINE_JOINING_FEE, /* tilslutningsafgift: once, in the year the membership begins */
    TL_LINE_ONE_OFF      /* bidrag: once, in the year the terms come into force */
} tl_line_kind;

typedef enum tl_price_kind {
    TL_PRICE_NONE,          /* the line has a budget and a key instead */
    TL_PRICE_FLAT,          /* one amount for everybody */
    TL_PRICE_PER_CLASS,     /* one amount per size class, in the order of the classes */
    TL_PRICE_NOT_YET_KNOWN, /* "not yet known": printed as such, cannot be billed */
    TL_PRICE_PER_UNIT,      /* so much for each unit of a quantity: an inhabitant, a pupil, a slice of them */
    TL_PRICE_BRACKETS       /* one amount per bracket of a quantity, from a table */
} tl_price_kind;

/* Where a price of one class is "not yet known" while others are. */
struct tl_class_price {
    bool known;
    struct tl_money amount;
};

/* A row of a price table: members whose quantity lies within its bound and in no row before it. */
struct tl_price_bracket {
    bool has_bound; /* false only for the last row, "above" */
    bool inclusive; /* true: "up to 20000" takes 20000 itself */
    struct tl_ratio bound;
    struct tl_class_price price;
};

struct tl_price {
    tl_price_kind kind;
    struct tl_money flat;
    struct tl_class_price *per_class; /* class_count of them for TL_PRICE_PER_CLASS */
    struct tl_ratio per_unit;         /* kroner for each unit, for TL_PRICE_PER_UNIT: 3.85, 77/20 */
    const struct tl_key *quantity;    /* for TL_PRICE_PER_UNIT and TL_PRICE_BRACKETS: what is counted */
    struct tl_price_bracket *brackets;
    size_t bracket_count;
};

/* A price that depends on the date of signing, which fixes it (OS2mo: 60000 until 2020-02-01, then 120000). */
struct tl_price_step {
    struct tl_date until; /* the last day of signing it holds for; none in the last step */
    struct tl_price price;
};

/* What members with a tag (evidence recorded elsewhere) get off the price of a line. */
struct tl_rebate {
    const char *tag;
    struct tl_ratio share;  /* of the price: 1/4; none when it is an amount */
    struct tl_money amount; /* where `share` is none */
};

typedef enum tl_rounding {
    TL_ROUNDING_NEAREST, /* halves away from zero */
    TL_ROUNDING_UP,      /* away from zero */
    TL_ROUNDING_DOWN     /* towards zero */
} tl_rounding;

/* Indexation (PL-regulering): price or budget x index now / index at the base, rounded. */
struct tl_indexation {
    const char *index;            /* NULL when the line follows no index */
    struct tl_date base;          /* the date of the index value that the price in the terms corresponds to */
    int years_before, month, day; /* the index value that counts for a billing year, as in struct tl_reference */
    int64_t round_to_minor;       /* 0 and 1: øre */
    tl_rounding rounding;
};

/* How a line follows time within the year. A unit of time that has begun counts as a whole one. */
typedef enum tl_prorata {
    TL_PRORATA_NONE, /* who is in scope at some time pays for the whole period */
    TL_PRORATA_DAYS,
    TL_PRORATA_MONTHS,
    TL_PRORATA_QUARTERS,
    TL_PRORATA_HALF_YEAR_RULE /* half a year for those who come after 1 July; who leaves gets nothing back */
} tl_prorata;

/* What was agreed with one member, instead of what the key says; an amount for the whole year. */
struct tl_agreed_amount {
    const char *member; /* code */
    struct tl_money amount;
    const char *reason; /* "" when not given */
};

/* A part of the budget that is taken off first, before the key; borne by a member, or drawn from an account. */
struct tl_first_share {
    const char *member;     /* code, or NULL */
    const char *account;    /* five digits, or NULL; one of the two is set */
    struct tl_ratio share;  /* of the line's budget: 1/4; none when it is an amount */
    struct tl_money amount; /* of the whole year, where `share` is none */
    bool also_in_key;       /* a member: takes part in the key for the rest, too */
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

struct tl_terms;

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
    /* from here on zero means that the terms say nothing of it */
    const char *group; /* only members of this group; NULL for all */
    tl_prorata prorata;
    struct tl_price_step *price_steps; /* by date; used instead of `price` when there are any */
    size_t price_step_count;
    struct tl_ratio passive; /* what passive members pay of the price: 1/3; none: as others */
    struct tl_rebate *rebates;
    size_t rebate_count;
    struct tl_indexation indexation;
    struct tl_agreed_amount *agreed;
    size_t agreed_count;
    struct tl_first_share *first_shares;
    size_t first_share_count;
    struct tl_ratio floor_share, cap_share; /* of the budget: 1/1000; none: no such bound */
    bool has_published_decimals;
    int published_decimals;  /* of the shares in percent, 0 to 10: 5 for 21.08342 % */
    bool rounds_each_period; /* true: no fraction is carried from one period to the next */
    struct tl_vat vat;
    size_t source_line;          /* of the terms file, for messages */
    const struct tl_terms *from; /* other terms that it was taken over from, with their classes and dates; or NULL */
};

struct tl_example;

struct tl_terms {
    struct tl_arena arena;
    const char *product; /* code */
    struct tl_date valid_from;
    struct tl_text purpose; /* what the product is for; "" when not given */
    struct tl_reference reference;
    struct tl_size_class *classes;
    size_t class_count;
    struct tl_notice notice;
    struct tl_follows follows;
    int payment_days; /* from the date of the charge to its due date; 30 when not given */
    tl_billing billing;
    bool credits_prepaid;  /* who leaves, or drops an option, gets back what was billed beyond what is owed */
    bool bills_electronic; /* nobody is billed who has no EAN number to send an e-invoice to */
    struct tl_line *lines;
    size_t line_count;
    struct tl_key_names keys;          /* the keys that lines may name */
    const struct tl_example *examples; /* see key/example.h */
    size_t example_count;
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
/* The first billing year that figures of a date, or later ones, count for. */
int tl_terms_reference_year(const struct tl_terms *terms, struct tl_date date);

/* The size class of a figure, or NULL when the terms have no classes. */
const struct tl_size_class *tl_terms_class_of(const struct tl_terms *terms, struct tl_ratio value);

/* The index of a size class by its name; class_count when there is none. */
size_t tl_terms_class_index(const struct tl_terms *terms, const char *name);

/* Whether the terms have every size class that a key names. TL_ERR_INPUT names the first they don't have. */
tl_status tl_terms_check_key(const struct tl_terms *terms, const struct tl_key *key, struct tl_err *err) TL_MUST_CHECK;

#endif
