/* SPDX-License-Identifier: MPL-2.0 */
/* Pools: the lines of a run that shared out one budget in one stretch of time. */
#include <string.h>

#include "account_parts.h"
#include "tilslut/agreement/party.h"
#include "tilslut/base/text.h"

static bool is_share_of_budget(const struct tl_run_line *line, const struct tl_line *term)
{
    return term != NULL && term->has_budget && tl_text_equal(line->part, TL_RUN_PART_SHARE);
}

static bool belongs_to(const struct tl_statement_pool *pool, const struct tl_run_line *line)
{
    char first[TL_DATE_TEXT_SIZE], last[TL_DATE_TEXT_SIZE];
    return tl_text_equal(pool->line_id, line->line_id) &&
           tl_text_equal(tl_date_iso(pool->period.first, first), line->period_first) &&
           tl_text_equal(tl_date_iso(pool->period.last, last), line->period_last) &&
           pool->budget.minor == line->budget_minor;
}

const struct tl_statement_pool *account_run_pool(size_t *share, const struct account_run *run,
                                                 const struct tl_run_line *line)
{
    for (size_t i = 0; i < run->pool_count; i++) {
        const struct tl_statement_pool *pool = &run->pools[i];
        if (!belongs_to(pool, line))
            continue;
        size_t low = 0, high = pool->share_count;
        while (low < high) {
            size_t middle = low + (high - low) / 2;
            if (strcmp(pool->shares[middle].party, line->party_code) < 0)
                low = middle + 1;
            else
                high = middle;
        }
        *share = low;
        return low < pool->share_count && tl_text_equal(pool->shares[low].party, line->party_code) ? pool : NULL;
    }
    return NULL;
}

/* Does the line have anything that its key does not decide? */
static bool is_bent(const struct tl_line *line)
{
    return line->has_floor || line->has_cap || !tl_ratio_is_none(line->floor_share) ||
           !tl_ratio_is_none(line->cap_share) || line->agreed_count > 0 || line->first_share_count > 0 ||
           line->has_published_decimals;
}

static tl_status begin_pool(struct tl_statement_pool *out, const struct account_run *run,
                            const struct tl_run_line *line, const struct tl_line *term, struct tl_err *err)
{
    *out = (struct tl_statement_pool){.run = run->id,
                                      .product_code = run->product.code,
                                      .product_name = run->product.name,
                                      .line_id = term->id,
                                      .line_name = term->name.da,
                                      .key = line->key,
                                      .budget = {line->budget_minor},
                                      .unit_minor = term->round_to_minor < 1 ? 1 : term->round_to_minor,
                                      .is_plain = !is_bent(term) && line->budget_minor >= 0,
                                      .measure = line->measure,
                                      .line = term,
                                      .terms = &run->terms->terms};
    tl_status status = tl_date_parse(&out->period.first, line->period_first, err);
    return status == TL_OK ? tl_date_parse(&out->period.last, line->period_last, err) : status;
}

/* The name of a party at the end of the pool's period. */
static tl_status name_of(const char **out, struct tl_account_reader *reader, const struct tl_statement_pool *pool,
                         const char *code, struct tl_err *err)
{
    struct tl_party party;
    tl_status status = tl_party_find(&party, reader->store, code, pool->period.last, reader->arena, err);
    *out = status == TL_OK ? party.name : "";
    return status;
}

static tl_status fill_share(struct tl_statement_share *out, struct tl_account_reader *reader,
                            struct tl_statement_pool *pool, const struct tl_run_line *line, struct tl_err *err)
{
    *out = (struct tl_statement_share){.party = line->party_code,
                                       .size_class = line->size_class,
                                       .weight = line->weight,
                                       .exact = line->exact_minor,
                                       .carried_in = line->carried_in,
                                       .net = {line->net_minor}};
    tl_status status = TL_OK;
    if (line->measure[0] != '\0')
        status = tl_ratio_parse(&out->figure, line->measure_value, err);
    return status == TL_OK ? name_of(&out->name, reader, pool, line->party_code, err) : status;
}

/* How many lines are shares of the pool that begins with a line. */
static size_t count_shares(const struct account_run *run, const struct tl_statement_pool *pool)
{
    size_t count = 0;
    for (size_t i = 0; i < run->lines.count; i++)
        count += tl_text_equal(run->lines.items[i].part, TL_RUN_PART_SHARE) && belongs_to(pool, &run->lines.items[i]);
    return count;
}

static tl_status fill_pool(struct tl_statement_pool *pool, const struct account_run *run,
                           struct tl_account_reader *reader, struct tl_err *err)
{
    tl_status status = TL_OK;
    pool->shares = tl_arena_alloc(reader->arena, count_shares(run, pool), sizeof *pool->shares);
    if (pool->shares == NULL)
        return tl_err_memory(err);
    for (size_t i = 0; status == TL_OK && i < run->lines.count; i++) {
        const struct tl_run_line *line = &run->lines.items[i];
        if (tl_text_equal(line->part, TL_RUN_PART_SHARE) && belongs_to(pool, line))
            status = fill_share(&pool->shares[pool->share_count++], reader, pool, line, err);
    }
    return status;
}

/* Beyond this many lines a run's shares are told, but not those they were rounded among. */
enum { POOL_LINES_MAX = 20000 };

tl_status account_pools_make(struct account_run *run, struct tl_account_reader *reader, struct tl_err *err)
{
    const struct tl_terms *terms = &run->terms->terms;
    size_t capacity = 0, share;
    tl_status status = TL_OK;
    for (size_t i = 0; status == TL_OK && i < run->lines.count && run->lines.count <= POOL_LINES_MAX; i++) {
        const struct tl_run_line *line = &run->lines.items[i];
        const struct tl_line *term = tl_terms_line(terms, line->line_id);
        if (!is_share_of_budget(line, term) || account_run_pool(&share, run, line) != NULL)
            continue;
        run->pools = tl_arena_grow(reader->arena, run->pools, run->pool_count, &capacity, sizeof *run->pools);
        if (run->pools == NULL)
            return tl_err_memory(err);
        status = begin_pool(&run->pools[run->pool_count], run, line, term, err);
        if (status == TL_OK)
            status = fill_pool(&run->pools[run->pool_count++], run, reader, err);
    }
    return status;
}
