/* SPDX-License-Identifier: MPL-2.0 */
/*
 * What the steps of one allocation hand each other. alloc.c goes through the lines; alloc_scope.c says who is in a
 * line and when (alloc_time.c), alloc_figure.c which figure, class and index value count. alloc_agreed.c
 * what was agreed instead. alloc_price.c and alloc_priced.c compute a line with a price, alloc_budget.c and its
 * neighbours one with a budget.
 */
#ifndef TILSLUT_KEY_ALLOC_RUN_H
#define TILSLUT_KEY_ALLOC_RUN_H

#include <stdbool.h>
#include <stddef.h>

#include "alloc_time.h"
#include "key_weigh.h"
#include "tilslut/key/alloc.h"

struct tl_alloc_run {
    const struct tl_alloc_request *request;
    const struct tl_terms *terms; /* of the present line */
    struct tl_allocation *out;
    const struct tl_member **members; /* by code */
    size_t member_count;
    const struct tl_carry **carries; /* by line and member */
    struct tl_period period;
    struct tl_tick_range months; /* of the year that the period covers */
    struct tl_arena *scratch;    /* of the present line */
    size_t left_out_capacity;
};

/* Who is in a line, by code, and when. */
struct tl_alloc_scope {
    struct tl_ticks ticks;       /* of the period */
    struct tl_tick_range months; /* of the year that are billed: all twelve for what is charged once */
    const struct tl_member **members;
    struct tl_presence *presences; /* NULL: all of the period */
    size_t count;
};

/* In the scratch arena. TL_ERR_MEMORY. */
tl_status tl_alloc_find_scope(struct tl_alloc_scope *out, const struct tl_line *line, const struct tl_alloc_run *run,
                              struct tl_err *err) TL_MUST_CHECK;

/* The line that fixes the joining fee of a member: that of the terms it signed, where they are others than those that
 * are allocated and have one, and nothing else is agreed with the member; NULL where nothing fixes it. */
const struct tl_line *tl_alloc_fixing_line(const struct tl_line *line, const struct tl_member *member);

/* Whether the line is charged in this period at all: false for what is charged once, in another one. */
bool tl_alloc_is_charged(const struct tl_line *line, const struct tl_alloc_run *run);

/* A member's figure on the reference date. TL_ERR_MISSING names member, measure and date; TL_ERR_INPUT when the
 * figure is below zero. */
tl_status tl_alloc_figure(const struct tl_figure **out, const struct tl_alloc_run *run, const struct tl_member *member,
                          const char *measure, struct tl_err *err) TL_MUST_CHECK;

/* The figure of the first measure that the key names, or NULL when it names none. */
tl_status tl_alloc_first_figure(const struct tl_figure **out, const struct tl_alloc_run *run,
                                const struct tl_member *member, const struct tl_key *key,
                                struct tl_err *err) TL_MUST_CHECK;

/* Fills the share's size_class, class_is_by_hand, class_is_frozen and figure. TL_ERR_MISSING, TL_ERR_INPUT. */
tl_status tl_alloc_classify(struct tl_share *share, const struct tl_alloc_run *run, struct tl_err *err) TL_MUST_CHECK;

/* A source of figures and classes for keys over `count` members; both must outlive it. */
struct tl_alloc_source {
    const struct tl_alloc_run *run;
    const struct tl_member *const *members;
};
struct tl_key_source tl_alloc_key_source(struct tl_alloc_source *source, size_t count);

/* The index values a line follows, into the result; NULL where it follows none. TL_ERR_MISSING names index and date. */
tl_status tl_alloc_find_index(struct tl_line_result *result, const struct tl_alloc_run *run,
                              struct tl_err *err) TL_MUST_CHECK;
/* An amount in minor units after indexation, rounded by its rule; unchanged where the line follows no index. */
void tl_alloc_index(mpq_t amount, const struct tl_line_result *result);
/* Adds `text`, which is written for the amount before, with its indexation around it. */
void tl_alloc_index_working(struct tl_buf *buf, const char *text, const struct tl_line_result *result);

/* The year's price of a member before markup and time, in minor units: `amount` x `quantity`. */
struct tl_alloc_price {
    bool known;
    mpq_t amount;     /* after indexation */
    mpq_t quantity;   /* 1 but for a price per unit */
    const char *text; /* the formula of both */
};
void tl_alloc_price_init(struct tl_alloc_price *price);
void tl_alloc_price_release(struct tl_alloc_price *price);
tl_status tl_alloc_find_price(struct tl_alloc_price *out, struct tl_share *share, const struct tl_line_result *result,
                              const struct tl_alloc_run *run, struct tl_err *err) TL_MUST_CHECK;

/* Agreed amounts are of members, one each. TL_ERR_NOT_FOUND, TL_ERR_INPUT. */
tl_status tl_alloc_check_agreed(const struct tl_line *line, const struct tl_alloc_run *run,
                                struct tl_err *err) TL_MUST_CHECK;
/* Whether a code is that of a member, now or at another time. TL_ERR_NOT_FOUND says what the line has for it. */
tl_status tl_alloc_check_member(const struct tl_alloc_run *run, const struct tl_line *line, const char *code,
                                const char *what, struct tl_err *err) TL_MUST_CHECK;
/* What was agreed with a member, or NULL. */
const struct tl_agreed_amount *tl_alloc_agreed(const struct tl_line *line, const char *code);

/* Fills the shares of a line with a price, or with a budget. */
tl_status tl_alloc_priced(struct tl_line_result *result, const struct tl_alloc_scope *scope, struct tl_alloc_run *run,
                          struct tl_err *err) TL_MUST_CHECK;
tl_status tl_alloc_budgeted(struct tl_line_result *result, const struct tl_alloc_scope *scope, struct tl_alloc_run *run,
                            struct tl_err *err) TL_MUST_CHECK;

/* 1 where the terms say nothing. */
int64_t tl_alloc_unit(const struct tl_line *line);

/* A year's amount: what of it falls on the billed period. */
int64_t tl_alloc_period_part(int64_t amount_minor, int64_t unit, const struct tl_alloc_scope *scope);

/* How many months are billed. */
int tl_alloc_months(const struct tl_alloc_scope *scope);

/* Adds ` x 3/12` for the months that are billed and ` x 184/365` for the ticks of them, where they are not whole. */
void tl_alloc_time_working(struct tl_buf *buf, const struct tl_alloc_scope *scope, int ticks);

#endif
