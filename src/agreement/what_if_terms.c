/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Changes to try on what the terms say: budgets, prices, keys, floors and caps, the boundaries of classes.
 */
#include "terms_words.h"
#include "tilslut/base/text.h"
#include "tilslut/exchange/published_number.h"
#include "what_if_parts.h"

static tl_status find_line(struct tl_line **out, struct tl_trial *trial, const char *id, struct tl_err *err)
{
    struct tl_terms *terms = &trial->year->terms;
    tl_status status = tl_terms_words_check_line(terms, id, err);
    if (status == TL_OK)
        *out = &terms->lines[tl_terms_line(terms, id) - terms->lines];
    return status;
}

/* A line with a budget; `what` is what only such a line has. */
static tl_status find_budgeted(struct tl_line **out, struct tl_trial *trial, const char *id, const char *what,
                               struct tl_err *err)
{
    tl_status status = find_line(out, trial, id, err);
    return status == TL_OK && !(*out)->has_budget
               ? tl_err_set(err, TL_ERR_USAGE, "the line '%s' has a price, not a %s", (*out)->id, what)
               : status;
}

/* Amounts that are not negative. */
static tl_status read_amount(struct tl_money *out, const struct tl_change *change, struct tl_err *err)
{
    tl_status status = tl_money_parse(out, change->value, err);
    if (status == TL_OK && out->minor < 0)
        status = tl_err_set(err, TL_ERR_INPUT, "'%.80s' is below zero", change->text);
    return status;
}

tl_status tl_what_if_budget(struct tl_trial *trial, const struct tl_change *change, struct tl_err *err)
{
    struct tl_line *line;
    tl_status status = find_budgeted(&line, trial, change->subject, "budget", err);
    return status == TL_OK ? read_amount(&line->budget, change, err) : status;
}

static tl_status set_class_price(struct tl_trial *trial, struct tl_line *line, const struct tl_change *change,
                                 struct tl_err *err)
{
    const struct tl_terms *terms = &trial->year->terms;
    if (line->price.kind != TL_PRICE_PER_CLASS)
        return tl_err_set(err, TL_ERR_USAGE, "the line '%s' has no price per size class", line->id);
    tl_status status = tl_terms_words_check_class(terms, change->detail, err);
    if (status != TL_OK)
        return status;
    struct tl_class_price *price = &line->price.per_class[tl_terms_class_index(terms, change->detail)];
    price->known = true;
    return read_amount(&price->amount, change, err);
}

/* What one price for everybody cannot be put in the place of. */
static tl_status refuse_price(const struct tl_line *line, struct tl_err *err)
{
    if (line->price_step_count > 0)
        return tl_err_set(err, TL_ERR_USAGE, "the price of the line '%s' depends on the date of signing", line->id);
    if (line->price.kind != TL_PRICE_PER_CLASS)
        return tl_err_set(err, TL_ERR_USAGE, "the price of the line '%s' comes from a table", line->id);
    (void)tl_err_set(err, TL_ERR_USAGE, "the line '%s' has more prices than one", line->id);
    tl_err_hint(err, "say which: price.%s.CLASS=AMOUNT", line->id);
    return TL_ERR_USAGE;
}

tl_status tl_what_if_price(struct tl_trial *trial, const struct tl_change *change, struct tl_err *err)
{
    struct tl_line *line;
    tl_status status = find_line(&line, trial, change->subject, err);
    if (status != TL_OK)
        return status;
    if (line->has_budget)
        return tl_err_set(err, TL_ERR_USAGE, "the line '%s' has a budget, not a price", line->id);
    if (change->detail[0] != '\0')
        return set_class_price(trial, line, change, err);
    if (line->price_step_count > 0)
        return refuse_price(line, err);
    switch (line->price.kind) {
    case TL_PRICE_FLAT:
    case TL_PRICE_NOT_YET_KNOWN:
        line->price.kind = TL_PRICE_FLAT;
        return read_amount(&line->price.flat, change, err);
    case TL_PRICE_PER_UNIT:
        return tl_ratio_parse(&line->price.per_unit, change->value, err);
    case TL_PRICE_NONE:
    case TL_PRICE_PER_CLASS:
    case TL_PRICE_BRACKETS:
        break;
    }
    return refuse_price(line, err);
}

/* Of members of the association, or of others. */
tl_status tl_what_if_markup(struct tl_trial *trial, const struct tl_change *change, struct tl_err *err)
{
    struct tl_line *line;
    struct tl_ratio markup;
    bool of_members = tl_text_equal(change->detail, "member");
    tl_status status = find_line(&line, trial, change->subject, err);
    if (status == TL_OK && !line->markup.present)
        return tl_err_set(err, TL_ERR_USAGE, "the line '%s' has no markup", line->id);
    if (status == TL_OK && !of_members && !tl_text_equal(change->detail, "other")) {
        (void)tl_err_set(err, TL_ERR_USAGE, "'%.40s' is not whom a markup is for", change->detail);
        tl_err_hint(err, "it is for member or other: markup.%s.member=9%%", line->id);
        return TL_ERR_USAGE;
    }
    if (status == TL_OK)
        status = tl_ratio_parse(&markup, change->value, err);
    if (status == TL_OK)
        *(of_members ? &line->markup.member : &line->markup.other) = markup;
    return status;
}

/* What a key is checked against while it is read. */
struct key_check {
    const struct tl_terms *terms;
    struct tl_err *err;
};

static tl_status check_class(const char *size_class, void *context)
{
    const struct key_check *check = context;
    return tl_terms_words_check_class(check->terms, size_class, check->err);
}

/* The error says where in the key it lies. */
tl_status tl_what_if_key(struct tl_trial *trial, const struct tl_change *change, struct tl_err *err)
{
    struct tl_line *line;
    struct tl_terms *terms = &trial->year->terms;
    struct key_check check = {terms, err};
    size_t column = 0;
    tl_status status = find_budgeted(&line, trial, change->subject, "key", err);
    if (status != TL_OK)
        return status;
    status = tl_key_parse_named(&line->key, change->value, &terms->keys, &column, &terms->arena, err);
    if (status == TL_ERR_INPUT || status == TL_ERR_RANGE) {
        const char *where = tl_arena_format(trial->arena, "key.%s", line->id);
        if (where != NULL)
            tl_err_at(err, where, 1, column);
    }
    return status == TL_OK ? tl_key_classes(line->key, check_class, &check) : status;
}

/* `none`, or an amount; either way in the place of a share of the budget. */
static tl_status set_limit(bool *has, struct tl_money *limit, struct tl_ratio *share, const struct tl_change *change,
                           struct tl_err *err)
{
    *has = !tl_text_equal(change->value, "none");
    *share = (struct tl_ratio){0};
    return *has ? read_amount(limit, change, err) : TL_OK;
}

tl_status tl_what_if_floor(struct tl_trial *trial, const struct tl_change *change, struct tl_err *err)
{
    struct tl_line *line;
    tl_status status = find_budgeted(&line, trial, change->subject, "floor", err);
    return status == TL_OK ? set_limit(&line->has_floor, &line->floor, &line->floor_share, change, err) : status;
}

tl_status tl_what_if_cap(struct tl_trial *trial, const struct tl_change *change, struct tl_err *err)
{
    struct tl_line *line;
    tl_status status = find_budgeted(&line, trial, change->subject, "cap", err);
    return status == TL_OK ? set_limit(&line->has_cap, &line->cap, &line->cap_share, change, err) : status;
}

/* The boundaries must stay in order. */
tl_status tl_what_if_boundary(struct tl_trial *trial, const struct tl_change *change, struct tl_err *err)
{
    struct tl_terms *terms = &trial->year->terms;
    struct tl_ratio bound;
    tl_status status = tl_terms_words_check_class(terms, change->subject, err);
    if (status != TL_OK)
        return status;
    size_t at = tl_terms_class_index(terms, change->subject);
    if (!terms->classes[at].has_bound)
        return tl_err_set(err, TL_ERR_USAGE, "the size class '%s' is the rest and has no boundary", change->subject);
    status = tl_published_number_parse(&bound, change->value, err);
    if (status != TL_OK)
        return status;
    bool above = at == 0 || tl_ratio_compare(bound, terms->classes[at - 1].bound) > 0;
    bool below = at + 1 >= terms->class_count || !terms->classes[at + 1].has_bound ||
                 tl_ratio_compare(bound, terms->classes[at + 1].bound) < 0;
    if (!above || !below)
        return tl_err_set(err, TL_ERR_INPUT, "the boundary of '%s' would pass its neighbour's", change->subject);
    terms->classes[at].bound = bound;
    return TL_OK;
}
