/* SPDX-License-Identifier: MPL-2.0 */
/*
 * The shares of a segment, filled with what was computed: amounts, the fractions behind them, reasons and working.
 */
#include "alloc_budget.h"

#include <string.h>

#include "keep.h"

/* exact, rounding, and what is carried from other periods; whom the key gives nothing carries it on as it is. */
static bool keep_amounts(struct tl_share *share, const struct tl_alloc_segment *segment, size_t present, size_t keyed)
{
    struct tl_alloc_budget *budget = segment->budget;
    struct tl_arena *arena = &budget->run->out->arena;
    mpq_t exact, other;
    mpq_init(exact);
    mpq_init(other);
    if (keyed != SIZE_MAX)
        tl_numbers_get(exact, &segment->entitlements, keyed);
    mpq_set_si(other, segment->fixed_minor[present], 1);
    mpq_add(exact, exact, other);
    bool kept = tl_keep(&share->exact, exact, arena);
    mpq_set_si(other, share->amount.minor, 1);
    mpq_sub(other, other, exact);
    kept = kept && tl_keep(&share->rounding, other, arena);
    tl_keep_zero(&share->carried_in);
    tl_keep_zero(&share->carried_out);
    if (kept && budget->carried != NULL) {
        kept = tl_keep(&share->carried_in, budget->carried[segment->present[present]].q, arena);
        share->carried_out = share->carried_in;
    }
    mpq_clear(exact);
    mpq_clear(other);
    return kept;
}

static bool keep_weight(struct tl_share *share, const struct tl_alloc_segment *segment, size_t keyed)
{
    struct tl_arena *arena = &segment->budget->run->out->arena;
    mpq_t value;
    tl_keep_zero(&share->weight);
    tl_keep_zero(&share->share);
    if (keyed == SIZE_MAX)
        return true;
    mpq_init(value);
    tl_numbers_get(value, &segment->weights.numbers, keyed);
    bool kept = tl_keep(&share->weight, value, arena);
    mpq_div(value, value, segment->weights.sum.q);
    kept = kept && tl_keep(&share->share, value, arena);
    mpq_clear(value);
    return kept;
}

static tl_status stop(const char *word, void *context)
{
    (void)word;
    (void)context;
    return TL_ERR_STATE;
}

/* The figure, and the class where the key goes by class, that a share is printed with. */
static tl_status find_reasons(struct tl_share *share, const struct tl_alloc_segment *segment, struct tl_err *err)
{
    const struct tl_key *key = segment->budget->line->key;
    const struct tl_figure *figure;
    tl_status status = TL_OK;
    if (tl_key_classes(key, stop, NULL) != TL_OK)
        status = tl_alloc_classify(share, segment->budget->run, err);
    if (status == TL_OK)
        status = tl_alloc_first_figure(&figure, segment->budget->run, share->member, key, err);
    if (status == TL_OK && figure != NULL)
        share->figure = figure;
    return status;
}

static tl_status fill_share(struct tl_share *share, const struct tl_alloc_segment *segment, size_t present,
                            size_t keyed, const struct tl_alloc_formula *formula, struct tl_buf *buf,
                            struct tl_err *err)
{
    const struct tl_alloc_budget *budget = segment->budget;
    const struct tl_alloc_fixed *fixed = tl_alloc_fixed_of(segment, present);
    *share = (struct tl_share){.member = budget->scope->members[segment->present[present]],
                               .period = segment->segment->period,
                               .time = segment->segment->time,
                               .markup = {0, 1},
                               .segment = segment->segment,
                               .agreed = fixed == NULL ? NULL : fixed->agreed,
                               .first_share = fixed == NULL ? NULL : fixed->first_share};
    share->amount.minor = segment->fixed_minor[present] + (keyed == SIZE_MAX ? 0 : segment->amounts[keyed]);
    if (keyed != SIZE_MAX && segment->published != NULL)
        share->published = tl_ratio_of(segment->published[keyed], segment->published_whole);
    tl_status status = keyed == SIZE_MAX ? TL_OK : find_reasons(share, segment, err);
    if (status == TL_OK)
        status = tl_alloc_write_working(buf, segment, present, keyed, formula, err);
    if (status != TL_OK)
        return status;
    share->working = tl_arena_copy(&budget->run->out->arena, buf->bytes, buf->length);
    if (share->working == NULL || !keep_weight(share, segment, keyed) || !keep_amounts(share, segment, present, keyed))
        return tl_err_memory(err);
    return TL_OK;
}

tl_status tl_alloc_fill_shares(struct tl_alloc_segment *segment, struct tl_share *first_share, struct tl_err *err)
{
    struct tl_money *total = &segment->budget->result->total;
    struct tl_alloc_formula formula = {"", ""};
    struct tl_buf buf = TL_BUF_EMPTY;
    tl_status status = segment->keyed_count == 0 ? TL_OK : tl_alloc_prepare_formula(&formula, segment, err);
    size_t keyed = 0;
    for (size_t i = 0; status == TL_OK && i < segment->present_count; i++) {
        bool is_keyed = keyed < segment->keyed_count && segment->keyed[keyed] == i;
        status = fill_share(&first_share[i], segment, i, is_keyed ? keyed : SIZE_MAX, &formula, &buf, err);
        keyed += is_keyed ? 1 : 0;
        if (status == TL_OK)
            status = tl_money_add(total, *total, first_share[i].amount, err);
    }
    tl_buf_release(&buf);
    return status == TL_OK ? tl_alloc_carry_on(segment, first_share, err) : status;
}
