/* SPDX-License-Identifier: MPL-2.0 */
#include "run_tax.h"

#include <stdlib.h>

#include "tilslut/base/text.h"
#include "tilslut/key/apportion.h"

/* Lines of one invoice with the same VAT. */
struct group {
    struct tl_run_row **rows;
    size_t count;
    int64_t *parts;
    struct tl_frac *exact; /* minor units */
    size_t *order;
};

static tl_status open_group(struct group *group, size_t room, struct tl_err *err)
{
    *group = (struct group){.rows = calloc(room, sizeof(struct tl_run_row *)),
                            .parts = calloc(room, sizeof *group->parts),
                            .exact = calloc(room, sizeof *group->exact),
                            .order = calloc(room, sizeof *group->order)};
    for (size_t i = 0; group->exact != NULL && i < room; i++)
        tl_frac_init(&group->exact[i]);
    bool whole = group->rows != NULL && group->parts != NULL && group->exact != NULL && group->order != NULL;
    return whole ? TL_OK : tl_err_memory(err);
}

static void close_group(struct group *group, size_t room)
{
    for (size_t i = 0; group->exact != NULL && i < room; i++)
        tl_frac_release(&group->exact[i]);
    free(group->rows);
    free(group->parts);
    free(group->exact);
    free(group->order);
}

/* VAT of the sum of the group, rounded once. */
static tl_status tax_sum(struct tl_money *vat, const struct group *group, struct tl_err *err)
{
    struct tl_money net = {0};
    struct tl_frac exact, rate;
    tl_status status = TL_OK;
    for (size_t i = 0; status == TL_OK && i < group->count; i++)
        status = tl_money_add(&net, net, (struct tl_money){group->rows[i]->line.net_minor}, err);
    if (status != TL_OK)
        return status;
    tl_frac_init(&exact);
    tl_frac_init(&rate);
    tl_frac_set_whole(&exact, net.minor);
    tl_frac_set_ratio(&rate, group->rows[0]->vat_rate);
    mpq_mul(exact.q, exact.q, rate.q);
    status = tl_frac_round_money(vat, &exact, err);
    tl_frac_release(&rate);
    tl_frac_release(&exact);
    return status;
}

/* Largest remainder where all lines have one sign; `sign` is that of the weights. */
static tl_status split_one_sign(struct group *group, int64_t vat, int sign, struct tl_err *err)
{
    for (size_t i = 0; i < group->count; i++)
        tl_frac_set_whole(&group->exact[i], sign * group->rows[i]->line.net_minor);
    tl_status status = tl_apportion(group->parts, sign * vat, group->exact, group->count, err);
    for (size_t i = 0; i < group->count; i++)
        group->parts[i] *= sign;
    return status;
}

/* Before `b`: the larger remainder, then the line that comes first. */
static bool comes_before(const struct group *group, size_t a, size_t b)
{
    int order = mpq_cmp(group->exact[a].q, group->exact[b].q);
    return order > 0 || (order == 0 && a < b);
}

/* Lines of both signs: each its VAT rounded down, and the øre that are left, fewer than lines, by largest remainder. */
static tl_status split_signs(struct group *group, int64_t vat, struct tl_err *err)
{
    struct tl_frac rate;
    mpz_t down;
    int64_t left = vat;
    mpz_init(down);
    tl_frac_init(&rate);
    tl_frac_set_ratio(&rate, group->rows[0]->vat_rate);
    for (size_t i = 0; i < group->count; i++) {
        struct tl_frac *exact = &group->exact[i];
        tl_frac_set_whole(exact, group->rows[i]->line.net_minor);
        mpq_mul(exact->q, exact->q, rate.q);
        mpz_fdiv_q(down, mpq_numref(exact->q), mpq_denref(exact->q));
        group->parts[i] = mpz_get_si(down);
        left -= group->parts[i];
        mpz_submul(mpq_numref(exact->q), down, mpq_denref(exact->q));
        group->order[i] = i;
    }
    tl_frac_release(&rate);
    mpz_clear(down);
    if (left < 0 || (size_t)left > group->count)
        return tl_err_set(err, TL_ERR_RANGE, "the VAT of '%s' cannot be shared out on its lines",
                          group->rows[0]->line.party_code);
    for (size_t i = 1; i < group->count; i++)
        for (size_t j = i; j > 0 && comes_before(group, group->order[j], group->order[j - 1]); j--) {
            size_t other = group->order[j];
            group->order[j] = group->order[j - 1];
            group->order[j - 1] = other;
        }
    for (size_t i = 0; i < (size_t)left; i++)
        group->parts[group->order[i]]++;
    return TL_OK;
}

static tl_status tax_group(struct group *group, struct tl_err *err)
{
    struct tl_money vat;
    bool up = false, down = false;
    tl_status status = tax_sum(&vat, group, err);
    for (size_t i = 0; i < group->count; i++) {
        group->parts[i] = 0;
        up = up || group->rows[i]->line.net_minor > 0;
        down = down || group->rows[i]->line.net_minor < 0;
    }
    bool is_taxed = status == TL_OK && group->rows[0]->vat_rate.numerator != 0;
    if (is_taxed && up && down)
        status = split_signs(group, vat.minor, err);
    else if (is_taxed && vat.minor != 0)
        status = split_one_sign(group, vat.minor, down ? -1 : 1, err);
    for (size_t i = 0; status == TL_OK && i < group->count; i++)
        group->rows[i]->line.vat_minor = group->parts[i];
    return status;
}

static bool taxed_alike(const struct tl_run_row *a, const struct tl_run_row *b)
{
    return tl_text_equal(a->line.vat_code, b->line.vat_code) && tl_ratio_compare(a->vat_rate, b->vat_rate) == 0;
}

/* The rows of one invoice, of which `taxed` says which are done. */
static tl_status tax_invoice(struct tl_run_row *rows, size_t count, struct group *group, bool *taxed,
                             struct tl_err *err)
{
    tl_status status = TL_OK;
    for (size_t i = 0; i < count; i++)
        taxed[i] = false;
    for (size_t i = 0; status == TL_OK && i < count; i++) {
        group->count = 0;
        for (size_t j = i; j < count; j++)
            if (!taxed[j] && taxed_alike(&rows[i], &rows[j])) {
                taxed[j] = true;
                group->rows[group->count++] = &rows[j];
            }
        if (group->count > 0)
            status = tax_group(group, err);
    }
    return status;
}

static size_t count_of_invoice(const struct tl_run_rows *rows, size_t first)
{
    size_t next = first;
    while (next < rows->count && tl_run_line_is_invoiced_with(&rows->items[first].line, &rows->items[next].line))
        next++;
    return next - first;
}

tl_status tl_run_tax(struct tl_run_rows *rows, struct tl_err *err)
{
    size_t most = 0;
    struct group group;
    for (size_t first = 0; first < rows->count; first += count_of_invoice(rows, first))
        most = count_of_invoice(rows, first) > most ? count_of_invoice(rows, first) : most;
    if (most == 0)
        return TL_OK;
    tl_status status = open_group(&group, most, err);
    bool *taxed = tl_arena_alloc(rows->arena, most, sizeof *taxed);
    if (status == TL_OK && taxed == NULL)
        status = tl_err_memory(err);
    for (size_t first = 0; status == TL_OK && first < rows->count;) {
        size_t count = count_of_invoice(rows, first);
        status = tax_invoice(&rows->items[first], count, &group, taxed, err);
        first += count;
    }
    close_group(&group, most);
    return status;
}
