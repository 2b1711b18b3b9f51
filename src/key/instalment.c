/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/key/instalment.h"

#include <string.h>

#include "footing.h"
#include "weights.h"

/* One line on the way. */
struct split {
    const struct tl_line_result *result;
    struct tl_instalment_line *line;
    const struct tl_numbers *parts; /* over a common denominator */
    struct tl_numbers owed;         /* per share: due up to now less charged, times the denominator */
    int64_t *amounts, *least, *most;
};

static tl_status check_parts(const struct tl_ratio *parts, size_t count, struct tl_err *err)
{
    if (count == 0)
        return tl_err_set(err, TL_ERR_INPUT, "no instalments are named");
    if (count > TL_INSTALMENTS_MAX)
        return tl_err_set(err, TL_ERR_RANGE, "%zu instalments are more than %d", count, TL_INSTALMENTS_MAX);
    for (size_t i = 0; i < count; i++)
        if (parts[i].denominator <= 0 || parts[i].numerator <= 0)
            return tl_err_set(err, TL_ERR_INPUT, "instalment %zu is not above zero", i + 1);
    return TL_OK;
}

/* The parts over their common denominator; they sum to it. */
static tl_status take_parts(struct tl_numbers *out, const struct tl_ratio *parts, size_t count, struct tl_err *err)
{
    struct tl_frac fracs[TL_INSTALMENTS_MAX];
    mpz_t sum;
    for (size_t i = 0; i < count; i++) {
        tl_frac_init(&fracs[i]);
        tl_frac_set_ratio(&fracs[i], parts[i]);
    }
    mpz_init(sum);
    tl_status status = tl_weights_take(out, fracs, count, err);
    if (status == TL_OK) {
        tl_numbers_sum(sum, out);
        if (mpz_cmp(sum, out->denominator) != 0) {
            (void)tl_err_set(err, TL_ERR_INPUT, "the instalments do not sum to the whole");
            tl_err_hint(err, "let their parts sum to 100%%, as in 1/3, 1/3, 1/3");
            status = TL_ERR_INPUT;
        }
    }
    mpz_clear(sum);
    for (size_t i = 0; i < count; i++)
        tl_frac_release(&fracs[i]);
    return status;
}

/* Adds what falls due with the instalment; nobody is charged against the sign of what it owes in all. */
static void let_fall_due(struct split *split, size_t instalment)
{
    for (size_t i = 0; i < split->result->share_count; i++) {
        int64_t amount = split->result->shares[i].amount.minor;
        mpz_t due;
        mpz_init(due);
        mpz_mul_si(due, split->parts->values[instalment], amount);
        mpz_add(split->owed.values[i], split->owed.values[i], due);
        mpz_clear(due);
        split->least[i] = amount >= 0 ? 0 : -TL_FOOTING_NO_BOUND;
        split->most[i] = amount > 0 ? TL_FOOTING_NO_BOUND : 0;
    }
}

/* What was charged is owed no more. */
static void settle(struct split *split, size_t instalment)
{
    size_t count = split->parts->count;
    mpz_t charged;
    mpz_init(charged);
    for (size_t i = 0; i < split->result->share_count; i++) {
        split->line->amounts[i * count + instalment].minor = split->amounts[i];
        mpz_mul_si(charged, split->parts->denominator, split->amounts[i]);
        mpz_sub(split->owed.values[i], split->owed.values[i], charged);
    }
    mpz_clear(charged);
}

static tl_status split_shares(struct split *split, struct tl_err *err)
{
    tl_status status = TL_OK;
    mpz_set(split->owed.denominator, split->parts->denominator);
    for (size_t i = 0; status == TL_OK && i < split->parts->count; i++) {
        struct tl_footing footing = {.total = split->line->totals[i].minor,
                                     .unit = 1,
                                     .entitlements = &split->owed,
                                     .least = split->least,
                                     .most = split->most};
        let_fall_due(split, i);
        status = tl_footing_round(split->amounts, &footing, err);
        if (status == TL_OK)
            settle(split, i);
    }
    return status;
}

/* The line's own instalments, by largest remainder of its total. */
static tl_status split_total(struct split *split, struct tl_arena *arena, struct tl_err *err)
{
    size_t count = split->parts->count;
    struct tl_numbers due;
    int64_t *totals = tl_arena_alloc(arena, count, sizeof *totals);
    tl_status status = totals == NULL ? tl_err_memory(err) : tl_numbers_init(&due, count, err);
    if (status != TL_OK)
        return status;
    mpz_set(due.denominator, split->parts->denominator);
    for (size_t i = 0; i < count; i++)
        mpz_mul_si(due.values[i], split->parts->values[i], split->result->total.minor);
    struct tl_footing footing = {.total = split->result->total.minor, .unit = 1, .entitlements = &due};
    status = tl_footing_round(totals, &footing, err);
    for (size_t i = 0; status == TL_OK && i < count; i++)
        split->line->totals[i].minor = totals[i];
    tl_numbers_release(&due);
    return status;
}

static tl_status split_line(struct tl_instalment_line *line, const struct tl_numbers *parts, struct tl_arena *arena,
                            struct tl_err *err)
{
    size_t count = line->result->share_count;
    struct split split = {.result = line->result, .line = line, .parts = parts};
    struct tl_arena scratch = TL_ARENA_EMPTY;
    line->amounts = tl_arena_alloc(arena, count, parts->count * sizeof *line->amounts);
    line->totals = tl_arena_alloc(arena, parts->count, sizeof *line->totals);
    split.amounts = tl_arena_alloc(&scratch, count, sizeof *split.amounts);
    split.least = tl_arena_alloc(&scratch, count, sizeof *split.least);
    split.most = tl_arena_alloc(&scratch, count, sizeof *split.most);
    tl_status status = tl_numbers_init(&split.owed, count, err);
    if (line->amounts == NULL || line->totals == NULL || split.amounts == NULL || split.least == NULL ||
        split.most == NULL)
        status = tl_err_memory(err);
    if (status == TL_OK)
        status = split_total(&split, &scratch, err);
    if (status == TL_OK)
        status = split_shares(&split, err);
    tl_numbers_release(&split.owed);
    tl_arena_release(&scratch);
    return status;
}

static tl_status split_lines(struct tl_instalments *out, const struct tl_numbers *parts, struct tl_err *err)
{
    const struct tl_allocation *allocation = out->allocation;
    tl_status status = TL_OK;
    out->count = parts->count;
    out->lines = tl_arena_alloc(&out->arena, allocation->line_count, sizeof *out->lines);
    out->totals = tl_arena_alloc(&out->arena, parts->count, sizeof *out->totals);
    if (out->lines == NULL || out->totals == NULL)
        return tl_err_memory(err);
    for (size_t i = 0; status == TL_OK && i < allocation->line_count; i++) {
        out->lines[i].result = &allocation->lines[i];
        status = split_line(&out->lines[i], parts, &out->arena, err);
        for (size_t j = 0; status == TL_OK && j < parts->count; j++)
            status = tl_money_add(&out->totals[j], out->totals[j], out->lines[i].totals[j], err);
    }
    return status;
}

tl_status tl_instalments_split(struct tl_instalments *out, const struct tl_allocation *allocation,
                               const struct tl_ratio *parts, size_t count, struct tl_err *err)
{
    struct tl_instalments instalments = {.arena = TL_ARENA_EMPTY, .allocation = allocation};
    struct tl_numbers numbers = {.values = NULL};
    tl_status status = check_parts(parts, count, err);
    if (status == TL_OK)
        status = take_parts(&numbers, parts, count, err);
    if (status == TL_OK)
        status = split_lines(&instalments, &numbers, err);
    tl_numbers_release(&numbers);
    if (status == TL_OK)
        *out = instalments;
    else
        tl_instalments_release(&instalments);
    return status;
}

void tl_instalments_release(struct tl_instalments *instalments)
{
    tl_arena_release(&instalments->arena);
    memset(instalments, 0, sizeof *instalments);
}

tl_status tl_instalments_member_total(struct tl_money *out, const struct tl_instalments *instalments,
                                      const char *member_code, size_t instalment, struct tl_err *err)
{
    struct tl_money total = {0};
    for (size_t i = 0; i < instalments->allocation->line_count; i++) {
        const struct tl_instalment_line *line = &instalments->lines[i];
        size_t count;
        const struct tl_share *shares = tl_line_result_shares(line->result, member_code, &count);
        for (size_t j = 0; j < count; j++) {
            size_t share = (size_t)(shares + j - line->result->shares);
            tl_status status = tl_money_add(&total, total, line->amounts[share * instalments->count + instalment], err);
            if (status != TL_OK)
                return status;
        }
    }
    *out = total;
    return TL_OK;
}
