/* SPDX-License-Identifier: MPL-2.0 */
#include "run_line.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "tilslut/key/apportion.h"
#include "tilslut/store/stmt.h"

#define NAME_AND_COMMA(name) ", " #name
#define SELECT_COLUMNS                                                                                                 \
    "SELECT seq" TL_RUN_LINE_COLUMNS(NAME_AND_COMMA, NAME_AND_COMMA) " FROM run_line WHERE run_id = ?1"

enum { SQL_ADD, SQL_READ, SQL_READ_PARTY };

static const char *const SQL[] = {
    [SQL_ADD] = "INSERT INTO run_line (run_id, seq" TL_RUN_LINE_COLUMNS(
        NAME_AND_COMMA, NAME_AND_COMMA) ") VALUES (?, ?, ?, ?, ?, ?, "
                                        "?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
    [SQL_READ] = SELECT_COLUMNS " ORDER BY seq",
    [SQL_READ_PARTY] = SELECT_COLUMNS " AND party_code = ?2 ORDER BY seq",
};

/* A line while it is computed: with what it is sorted and taxed by. */
struct draft {
    struct tl_run_line line;
    size_t order; /* of the line in the terms, then of the share */
    const struct tl_vat *vat;
};

static tl_status describe(struct draft *draft, const struct tl_line_result *result, const struct tl_share *share,
                          struct tl_arena *arena, struct tl_err *err)
{
    const struct tl_line *line = result->line;
    char first[TL_DATE_TEXT_SIZE], last[TL_DATE_TEXT_SIZE], date[TL_DATE_TEXT_SIZE] = "";
    char value[TL_RATIO_TEXT_SIZE] = "", markup[TL_RATIO_TEXT_SIZE] = "", rate[TL_RATIO_TEXT_SIZE];
    char part[TL_RATIO_TEXT_SIZE] = "1";
    const struct tl_figure *figure = share->figure;
    bool budgeted = line->has_budget;
    if (figure != NULL) {
        tl_date_iso(figure->holds_on, date);
        tl_ratio_text(figure->value, value);
    }
    if (!tl_ratio_is_none(share->time))
        tl_ratio_text(share->time, part);
    if (!budgeted && line->markup.present)
        tl_ratio_percent(share->markup, markup);
    draft->line = (struct tl_run_line){
        .party_code = share->member->code,
        .line_id = line->id,
        .account_code = line->account,
        .period_first = tl_arena_text(arena, tl_date_iso(share->period.first, first)),
        .period_last = tl_arena_text(arena, tl_date_iso(share->period.last, last)),
        .measure = figure == NULL ? "" : figure->measure,
        .measure_date = tl_arena_text(arena, date),
        .measure_value = tl_arena_text(arena, value),
        .measure_source = figure == NULL ? "" : figure->source,
        .size_class = share->size_class == NULL ? "" : share->size_class->name,
        .price_minor = budgeted ? 0 : share->price.minor,
        .markup = tl_arena_text(arena, markup),
        .waived = share->waived == NULL ? "" : share->waived,
        .key = result->key_text == NULL ? "" : result->key_text,
        .budget_minor = budgeted ? share->segment->to_key.minor : 0,
        .weight = budgeted ? tl_frac_text(&share->weight, arena) : "",
        .weight_sum = budgeted ? tl_frac_text(&share->segment->weight_sum, arena) : "",
        .share = budgeted ? tl_frac_text(&share->share, arena) : "",
        .exact_minor = tl_frac_text(&share->exact, arena),
        .time = tl_arena_text(arena, part),
        .carried_in = budgeted ? tl_frac_text(&share->carried_in, arena) : "0",
        .carried_out = budgeted ? tl_frac_text(&share->carried_out, arena) : "0",
        .working = share->working,
        .net_minor = share->amount.minor,
        .vat_code = line->vat.code,
        .vat_rate = tl_arena_text(arena, tl_ratio_text(line->vat.rate, rate)),
        .vat_reason = line->vat.reason,
    };
    const struct tl_run_line *made = &draft->line;
    if (made->period_first == NULL || made->period_last == NULL || made->measure_date == NULL ||
        made->measure_value == NULL || made->markup == NULL || made->weight == NULL || made->weight_sum == NULL ||
        made->share == NULL || made->exact_minor == NULL || made->time == NULL || made->carried_in == NULL ||
        made->carried_out == NULL || made->vat_rate == NULL)
        return tl_err_memory(err);
    draft->vat = &line->vat;
    return TL_OK;
}

static int by_party_then_order(const void *a, const void *b)
{
    const struct draft *x = a, *y = b;
    int parties = strcmp(x->line.party_code, y->line.party_code);
    return parties != 0 ? parties : (x->order > y->order) - (x->order < y->order);
}

static bool taxed_alike(const struct draft *a, const struct draft *b)
{
    return strcmp(a->line.party_code, b->line.party_code) == 0 && strcmp(a->vat->code, b->vat->code) == 0 &&
           tl_ratio_compare(a->vat->rate, b->vat->rate) == 0;
}

/* VAT is computed on the sum of a member's lines of one code and rate, and rounded once, as an invoice states it
 * (EN 16931, BR-S-09); the lines get their parts of it by largest remainder. */
static tl_status tax_group(struct draft **group, size_t count, struct tl_err *err)
{
    struct tl_frac *weights = calloc(count, sizeof *weights);
    int64_t *parts = calloc(count, sizeof *parts);
    struct tl_money net = {0}, vat = {0};
    struct tl_frac exact = {0}, rate = {0};
    tl_status status = weights == NULL || parts == NULL ? tl_err_memory(err) : TL_OK;
    tl_frac_init(&exact);
    tl_frac_init(&rate);
    for (size_t i = 0; status == TL_OK && i < count; i++) {
        tl_frac_init(&weights[i]);
        tl_frac_set_whole(&weights[i], group[i]->line.net_minor);
        status = tl_money_add(&net, net, (struct tl_money){group[i]->line.net_minor}, err);
    }
    if (status == TL_OK) {
        tl_frac_set_whole(&exact, net.minor);
        tl_frac_set_ratio(&rate, group[0]->vat->rate);
        mpq_mul(exact.q, exact.q, rate.q);
        status = tl_frac_round_money(&vat, &exact, err);
    }
    if (status == TL_OK && vat.minor != 0)
        status = tl_apportion(parts, vat.minor, weights, count, err);
    for (size_t i = 0; status == TL_OK && i < count; i++)
        group[i]->line.vat_minor = parts[i];
    for (size_t i = 0; weights != NULL && i < count; i++)
        tl_frac_release(&weights[i]);
    tl_frac_release(&rate);
    tl_frac_release(&exact);
    free(parts);
    free(weights);
    return status;
}

/* Drafts come sorted by party, so the lines of one member stand together. */
static tl_status tax(struct draft *drafts, size_t count, struct tl_arena *arena, struct tl_err *err)
{
    struct draft **group = tl_arena_alloc(arena, count, sizeof *group);
    bool *taxed = tl_arena_alloc(arena, count, sizeof *taxed);
    tl_status status = group == NULL || taxed == NULL ? tl_err_memory(err) : TL_OK;
    for (size_t i = 0; status == TL_OK && i < count; i++) {
        size_t members = 0;
        for (size_t j = i; j < count && strcmp(drafts[j].line.party_code, drafts[i].line.party_code) == 0; j++)
            if (!taxed[j] && taxed_alike(&drafts[i], &drafts[j])) {
                taxed[j] = true;
                group[members++] = &drafts[j];
            }
        if (members > 0)
            status = tax_group(group, members, err);
    }
    return status;
}

static size_t count_shares(const struct tl_allocation *allocation)
{
    size_t count = 0;
    for (size_t i = 0; i < allocation->line_count; i++)
        count += allocation->lines[i].known ? allocation->lines[i].share_count : 0;
    return count;
}

tl_status tl_run_lines_compute(struct tl_run_lines *out, const struct tl_allocation *allocation, struct tl_arena *arena,
                               struct tl_err *err)
{
    size_t count = count_shares(allocation), used = 0;
    struct draft *drafts = tl_arena_alloc(arena, count, sizeof *drafts);
    struct tl_run_line *items = tl_arena_alloc(arena, count, sizeof *items);
    tl_status status = drafts == NULL || items == NULL ? tl_err_memory(err) : TL_OK;
    for (size_t i = 0; status == TL_OK && i < allocation->line_count; i++) {
        const struct tl_line_result *result = &allocation->lines[i];
        for (size_t j = 0; status == TL_OK && result->known && j < result->share_count; j++) {
            drafts[used].order = used;
            status = describe(&drafts[used++], result, &result->shares[j], arena, err);
        }
    }
    if (status == TL_OK) {
        qsort(drafts, count, sizeof *drafts, by_party_then_order);
        status = tax(drafts, count, arena, err);
    }
    for (size_t i = 0; status == TL_OK && i < count; i++)
        items[i] = drafts[i].line;
    *out = (struct tl_run_lines){items, count};
    return status;
}

tl_status tl_run_lines_store(struct tl_store *store, int64_t run, const struct tl_run_lines *lines, struct tl_err *err)
{
    tl_status status = TL_OK;
    for (size_t i = 0; status == TL_OK && i < lines->count; i++) {
        const struct tl_run_line *line = &lines->items[i];
        struct tl_stmt *stmt;
        status = tl_stmt_get(&stmt, store, SQL[SQL_ADD], err);
        if (status != TL_OK)
            break;
        tl_stmt_bind_int(stmt, 1, run);
        tl_stmt_bind_int(stmt, 2, (int64_t)i + 1);
        int parameter = 3;
#define BIND_TEXT(name) tl_stmt_bind_text(stmt, parameter++, line->name);
#define BIND_NUMBER(name) tl_stmt_bind_int(stmt, parameter++, line->name);
        TL_RUN_LINE_COLUMNS(BIND_TEXT, BIND_NUMBER)
        status = tl_stmt_run(stmt, err);
    }
    return status;
}

/* Reads one row's columns after seq. */
static bool read_columns(struct tl_run_line *line, struct tl_stmt *stmt, struct tl_arena *arena)
{
    int column = 1;
    bool whole = true;
#define READ_TEXT(name)                                                                                                \
    line->name = tl_stmt_copy(stmt, column++, arena);                                                                  \
    whole = whole && line->name != NULL;
#define READ_NUMBER(name) line->name = tl_stmt_int(stmt, column++);
    TL_RUN_LINE_COLUMNS(READ_TEXT, READ_NUMBER)
    return whole;
}

static tl_status read_all(struct tl_run_lines *out, struct tl_stmt *stmt, struct tl_arena *arena, struct tl_err *err)
{
    size_t capacity = 0;
    bool row;
    tl_status status;
    *out = (struct tl_run_lines){0};
    while ((status = tl_stmt_next(stmt, &row, err)) == TL_OK && row) {
        out->items = tl_arena_grow(arena, out->items, out->count, &capacity, sizeof *out->items);
        if (out->items == NULL || !read_columns(&out->items[out->count], stmt, arena))
            return tl_err_memory(err);
        out->count++;
    }
    return status;
}

tl_status tl_run_lines_read(struct tl_run_lines *out, struct tl_store *store, int64_t run, struct tl_arena *arena,
                            struct tl_err *err)
{
    struct tl_stmt *stmt;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_READ], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_int(stmt, 1, run);
    return read_all(out, stmt, arena, err);
}

tl_status tl_run_lines_read_party(struct tl_run_lines *out, struct tl_store *store, int64_t run, const char *party,
                                  struct tl_arena *arena, struct tl_err *err)
{
    struct tl_stmt *stmt;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_READ_PARTY], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_int(stmt, 1, run);
    tl_stmt_bind_text(stmt, 2, party);
    return read_all(out, stmt, arena, err);
}

tl_status tl_run_lines_digest(struct tl_digest *out, const struct tl_run_lines *lines, const char *product, int year,
                              const struct tl_digest *terms, struct tl_err *err)
{
    struct tl_buf buf = TL_BUF_EMPTY;
    char hex[TL_DIGEST_HEX_SIZE];
    tl_buf_line(&buf, "tilslut run", "1");
    tl_buf_line(&buf, "product", product);
    tl_buf_format(&buf, "year %d\n", year);
    tl_buf_line(&buf, "terms", tl_digest_hex(terms, hex));
    for (size_t i = 0; i < lines->count; i++) {
        const struct tl_run_line *line = &lines->items[i];
#define WRITE_TEXT(name) tl_buf_line(&buf, #name, line->name);
#define WRITE_NUMBER(name) tl_buf_format(&buf, #name " %" PRId64 "\n", line->name);
        TL_RUN_LINE_COLUMNS(WRITE_TEXT, WRITE_NUMBER)
    }
    tl_status status = tl_buf_status(&buf, err);
    if (status == TL_OK)
        *out = tl_digest_of(buf.bytes, buf.length);
    tl_buf_release(&buf);
    return status;
}
