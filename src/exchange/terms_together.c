/* SPDX-License-Identifier: MPL-2.0 */
/*
 * What a line says that does not go together: it is either priced or budgeted, and what the other kind has, or what
 * no allocation could hold, is refused when the terms are read and not in the year they are first billed.
 */
#include <string.h>

#include "quoted.h"
#include "terms_read.h"
#include "tilslut/money/frac.h"

static bool has(const struct tl_yaml_node *node, const char *key)
{
    return tl_yaml_find(node, key) != NULL;
}

static tl_status check_kind(const struct tl_terms_reader *reader, const struct tl_line *line,
                            const struct tl_yaml_node *node)
{
    bool has_price = has(node, "price"), has_steps = has(node, "price by signing"), has_budget = has(node, "budget");
    if ((has_price || has_steps) && has_budget) {
        (void)tl_terms_refuse(reader, &tl_yaml_find(node, "budget")->key, "the line '%s' has both a price and a budget",
                              line->id);
        tl_err_hint(reader->err, "a priced line has a price per member, a budgeted one a total and a key");
        return TL_ERR_INPUT;
    }
    if (has_price && has_steps) {
        (void)tl_terms_refuse(reader, &tl_yaml_find(node, "price by signing")->key,
                              "the line '%s' has both a price and prices by signing", line->id);
        tl_err_hint(reader->err, "write the price that holds last as later:");
        return TL_ERR_INPUT;
    }
    if (!has_price && !has_steps && !has_budget) {
        (void)tl_terms_refuse(reader, node, "the line '%s' has neither a price nor a budget", line->id);
        tl_err_hint(reader->err, "write price: not yet known when that is so");
        return TL_ERR_INPUT;
    }
    return TL_OK;
}

/* Keys of a line that only go with another one, in the order they are looked for. */
static tl_status check_pairs(const struct tl_terms_reader *reader, const struct tl_yaml_node *node)
{
    static const struct {
        const char *key, *with;
    } pairs[] = {{"markup", "price"},    {"passive", "price"},
                 {"rebates", "price"},   {"waived for", "price"},
                 {"key", "budget"},      {"first", "budget"},
                 {"floor", "budget"},    {"cap", "budget"},
                 {"rounding", "budget"}, {"published decimals", "budget"},
                 {"budget", "key"}};
    bool is_priced = !has(node, "budget");
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++) {
        const struct tl_yaml_pair *pair = tl_yaml_find(node, pairs[i].key);
        bool goes = tl_text_equal(pairs[i].with, "price") ? is_priced : has(node, pairs[i].with);
        if (pair != NULL && !goes)
            return tl_terms_refuse(reader, &pair->key, "'%s' goes with a %s, which the line does not have",
                                   pairs[i].key, pairs[i].with);
    }
    return TL_OK;
}

/* What is charged once has no part of a year. */
static tl_status check_pro_rata(const struct tl_terms_reader *reader, const struct tl_line *line,
                                const struct tl_yaml_node *node)
{
    if (line->prorata == TL_PRORATA_NONE || line->kind == TL_LINE_ANNUAL)
        return TL_OK;
    return tl_terms_refuse(reader, &tl_yaml_find(node, "pro rata")->key,
                           "'pro rata' goes with an annual line, and this one is charged once");
}

/* share x budget against an amount, both in minor units. */
static int compare_to_share(struct tl_money amount, struct tl_ratio share, struct tl_money budget)
{
    __extension__ typedef __int128 wide;
    wide left = (wide)amount.minor * share.denominator, right = (wide)share.numerator * budget.minor;
    return (left > right) - (left < right);
}

/* Whether the cap is less than the floor whatever comes; an index moves the budget, and shares of it. */
static bool cap_is_below_floor(const struct tl_line *line)
{
    bool has_floor_share = !tl_ratio_is_none(line->floor_share), has_cap_share = !tl_ratio_is_none(line->cap_share);
    if (line->has_floor && line->has_cap)
        return line->cap.minor < line->floor.minor;
    if (has_floor_share && has_cap_share)
        return tl_ratio_compare(line->cap_share, line->floor_share) < 0;
    if (line->indexation.index != NULL)
        return false;
    if (line->has_floor && has_cap_share)
        return compare_to_share(line->floor, line->cap_share, line->budget) > 0;
    return has_floor_share && line->has_cap && compare_to_share(line->cap, line->floor_share, line->budget) < 0;
}

static tl_status check_bounds(const struct tl_terms_reader *reader, const struct tl_line *line,
                              const struct tl_yaml_node *node)
{
    char unit[TL_MONEY_TEXT_SIZE];
    const struct tl_yaml_pair *cap = tl_yaml_find(node, "cap");
    int64_t step = line->round_to_minor;
    if (cap_is_below_floor(line))
        return tl_terms_refuse(reader, &cap->value, "the cap is less than the floor");
    if (line->has_floor && line->has_cap && (line->floor.minor + step - 1) / step > line->cap.minor / step)
        return tl_terms_refuse(reader, &cap->value, "between the floor and the cap lies no multiple of %s",
                               tl_money_da((struct tl_money){step}, unit));
    return TL_OK;
}

static tl_status check_rebates(const struct tl_terms_reader *reader, const struct tl_line *line,
                               const struct tl_yaml_node *node)
{
    for (size_t i = 0; line->waived_for != NULL && i < line->rebate_count; i++)
        if (tl_text_equal(line->rebates[i].tag, line->waived_for))
            return tl_terms_refuse(reader, &tl_yaml_find(node, "rebates")->value.pairs[i].key,
                                   "the line is waived for members with '%s', who then have no rebate",
                                   line->waived_for);
    return TL_OK;
}

/* A member bears one first share, and either that or an agreed amount. */
static tl_status check_members(const struct tl_terms_reader *reader, const struct tl_line *line,
                               const struct tl_yaml_node *node)
{
    for (size_t i = 0; i < line->first_share_count; i++) {
        const char *member = line->first_shares[i].member;
        const struct tl_yaml_node *items = tl_yaml_find(node, "first")->value.items;
        for (size_t j = 0; member != NULL && j < i; j++)
            if (line->first_shares[j].member != NULL && tl_text_equal(line->first_shares[j].member, member))
                return tl_terms_refuse(reader, &items[i], "the member '%s' has two first shares", member);
        for (size_t j = 0; member != NULL && j < line->agreed_count; j++)
            if (tl_text_equal(line->agreed[j].member, member))
                return tl_terms_refuse(reader, &items[i], "the member '%s' has an agreed amount and a first share",
                                       member);
    }
    return TL_OK;
}

/* First shares are borne whoever else is there, so they cannot be more than the budget. */
static tl_status check_first(const struct tl_terms_reader *reader, const struct tl_line *line,
                             const struct tl_yaml_node *node)
{
    struct tl_frac sum, term, budget;
    tl_frac_init(&sum);
    tl_frac_init(&term);
    tl_frac_init(&budget);
    tl_frac_set_whole(&budget, line->budget.minor);
    for (size_t i = 0; i < line->first_share_count; i++) {
        const struct tl_first_share *first = &line->first_shares[i];
        if (!tl_ratio_is_none(first->share)) {
            tl_frac_set_ratio(&term, first->share);
            mpq_mul(term.q, term.q, budget.q);
        } else
            /* an index may raise the budget above the amounts */
            tl_frac_set_whole(&term, line->indexation.index == NULL ? first->amount.minor : 0);
        mpq_add(sum.q, sum.q, term.q);
    }
    bool is_more = mpq_cmp(sum.q, budget.q) > 0;
    tl_frac_release(&sum);
    tl_frac_release(&term);
    tl_frac_release(&budget);
    return is_more ? tl_terms_refuse(reader, &tl_yaml_find(node, "first")->value,
                                     "the first shares are more than the budget")
                   : TL_OK;
}

tl_status tl_terms_check_together(const struct tl_terms_reader *reader, const struct tl_line *line,
                                  const struct tl_yaml_node *node)
{
    tl_status status = check_kind(reader, line, node);
    if (status == TL_OK)
        status = check_pairs(reader, node);
    if (status == TL_OK)
        status = check_pro_rata(reader, line, node);
    if (status == TL_OK)
        status = check_bounds(reader, line, node);
    if (status == TL_OK)
        status = check_rebates(reader, line, node);
    if (status == TL_OK)
        status = check_members(reader, line, node);
    return status == TL_OK ? check_first(reader, line, node) : status;
}
