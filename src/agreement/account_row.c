/* SPDX-License-Identifier: MPL-2.0 */
/* The rows of a statement: what an entry did to an account, line by line of the run that it was posted by. */
#include <inttypes.h>

#include "account_parts.h"
#include "tilslut/agreement/invoicing.h"
#include "tilslut/agreement/party.h"
#include "tilslut/base/text.h"

/* The accounts of a product that say what its income is for; see the chart of accounts. */
#define ACCOUNT_CONTRIBUTION "00002"
#define ACCOUNT_DEVELOPMENT "00003"

tl_status account_row_add(struct account_builder *builder, const struct tl_statement_row *row, struct tl_err *err)
{
    struct tl_statement *statement = builder->statement;
    statement->rows =
        tl_arena_grow(builder->arena, statement->rows, statement->row_count, &builder->row_capacity, sizeof *row);
    if (statement->rows == NULL)
        return tl_err_memory(err);
    statement->rows[statement->row_count++] = *row;
    return TL_OK;
}

struct tl_statement_row account_row_of(const struct account_movement *movement, const struct tl_party *party)
{
    bool is_charge = tl_text_equal(movement->kind, "charge");
    return (struct tl_statement_row){
        .kind = is_charge                                  ? TL_ROW_CHARGE
                : tl_text_equal(movement->kind, "payment") ? TL_ROW_PAYMENT
                                                           : TL_ROW_CREDIT,
        .purpose = TL_PURPOSE_OTHER,
        .party_code = party->code,
        .party_name = party->name,
        .party_cvr = party->cvr,
        .entry = movement->entry,
        .date = movement->date,
        .due = movement->due,
        .reference = movement->reference,
        .invoice = movement->invoice,
        .text = movement->text,
        .product_code = "",
        .product_name = "",
        .line_id = "",
        .line_name = "",
        .covers = "",
        .account = "",
        .psp = "",
        .gross = movement->amount,
        .net = movement->amount,
        .vat_code = "",
        .vat_reason = "",
        .measure = "",
        .measure_source = "",
        .size_class = "",
        .key = "",
        .weight = "",
        .weight_sum = "",
        .share = "",
        .exact = "",
        .rounding = "",
        .working = "",
        .carried_in = "",
        .waived = "",
        .decision = "",
        .ean = party->ean,
        .order_reference = "",
        .person_reference = "",
        .account_string = "",
        .unit = "",
    };
}

static tl_status rounding_of(const char **out, const struct tl_run_line *line, struct tl_arena *arena,
                             struct tl_err *err)
{
    struct tl_frac exact = {0}, amount = {0};
    tl_frac_init(&exact);
    tl_frac_init(&amount);
    tl_status status = tl_frac_from_text(&exact, line->exact_minor, err);
    if (status == TL_OK) {
        tl_frac_set_whole(&amount, line->net_minor);
        mpq_sub(amount.q, amount.q, exact.q);
        *out = tl_frac_text(&amount, arena);
        status = *out == NULL ? tl_err_memory(err) : TL_OK;
    }
    tl_frac_release(&amount);
    tl_frac_release(&exact);
    return status;
}

/* The line's name in the terms; what is taken off says that it is. A line that is no longer in the terms is only ever
 * taken off. */
static const char *name_of(const struct tl_run_line *line, const struct tl_line *term, struct tl_arena *arena)
{
    const char *name = term == NULL ? line->line_id : term->name.da;
    if (tl_text_equal(line->part, TL_RUN_PART_BILLED))
        return tl_arena_format(arena, "%s, opkrævet tidligere", name);
    if (tl_text_equal(line->part, TL_RUN_PART_CREDIT))
        return tl_arena_format(arena, "%s, krediteret", name);
    return tl_arena_text(arena, name);
}

static tl_purpose purpose_of(const struct tl_run_line *line, const struct tl_line *term)
{
    if (term != NULL && term->option != NULL)
        return TL_PURPOSE_HOSTING;
    if (term != NULL && term->kind == TL_LINE_JOINING_FEE)
        return TL_PURPOSE_JOINING;
    if (tl_text_equal(line->account_code, ACCOUNT_CONTRIBUTION))
        return TL_PURPOSE_MAINTENANCE;
    return tl_text_equal(line->account_code, ACCOUNT_DEVELOPMENT) ? TL_PURPOSE_DEVELOPMENT : TL_PURPOSE_OTHER;
}

/* What was computed, and from what. */
static tl_status fill_working(struct tl_statement_row *row, const struct tl_run_line *line, const struct tl_line *term,
                              struct tl_arena *arena, struct tl_err *err)
{
    struct tl_err ignored = TL_ERR_NONE;
    bool is_share = tl_text_equal(line->part, TL_RUN_PART_SHARE);
    row->measure = line->measure;
    row->measure_source = line->measure_source;
    row->size_class = line->size_class;
    row->key = line->key;
    row->weight = line->weight;
    row->weight_sum = line->weight_sum;
    row->share = line->share;
    row->exact = line->exact_minor;
    row->working = line->working;
    row->carried_in = is_share ? line->carried_in : "";
    row->waived = line->waived;
    row->is_budgeted = is_share && term->has_budget;
    row->budget = (struct tl_money){line->budget_minor};
    row->price = (struct tl_money){line->price_minor};
    row->unit_minor = !is_share ? 0 : term->round_to_minor < 1 ? 1 : term->round_to_minor;
    tl_status status = tl_ratio_parse(&row->vat_rate, line->vat_rate, err);
    if (status == TL_OK && is_share)
        status = tl_ratio_parse(&row->time, line->time, err);
    if (status == TL_OK && line->measure[0] != '\0') {
        status = tl_date_parse(&row->measure_date, line->measure_date, err);
        if (status == TL_OK)
            status = tl_ratio_parse(&row->measure_value, line->measure_value, err);
    }
    if (status == TL_OK && tl_ratio_parse(&row->markup, line->markup, &ignored) != TL_OK)
        row->markup = tl_ratio_of(0, 1);
    return status == TL_OK ? rounding_of(&row->rounding, line, arena, err) : status;
}

/* What a line of a run says, from the run and the terms it was billed by. */
static tl_status fill_row(struct tl_statement_row *row, const struct account_run *run, const struct tl_run_line *line,
                          struct tl_arena *arena, struct tl_err *err)
{
    const struct tl_terms *terms = &run->terms->terms;
    const struct tl_line *term = tl_terms_line(terms, line->line_id);
    bool is_share = tl_text_equal(line->part, TL_RUN_PART_SHARE);
    if (term == NULL && is_share)
        return tl_err_set(err, TL_ERR_BROKEN, "the terms of '%s' have no line '%s', which was billed",
                          run->product.code, line->line_id);
    row->purpose = purpose_of(line, term);
    row->product_code = tl_arena_text(arena, run->product.code);
    row->product_name = tl_arena_text(arena, run->product.name);
    row->line_id = line->line_id;
    row->line_name = name_of(line, term, arena);
    row->covers = is_share ? tl_arena_text(arena, term->covers.da) : "";
    row->account = line->account_code;
    row->psp = tl_arena_format(arena, "%s-%s", run->product.psp, line->account_code);
    row->decision = tl_arena_text(arena, run->decision);
    if (row->product_code == NULL || row->product_name == NULL || row->line_name == NULL || row->covers == NULL ||
        row->psp == NULL || row->decision == NULL)
        return tl_err_memory(err);
    row->net = (struct tl_money){line->net_minor};
    row->vat = (struct tl_money){line->vat_minor};
    row->gross = (struct tl_money){line->net_minor + line->vat_minor};
    row->vat_code = line->vat_code;
    row->vat_reason = line->vat_reason;
    row->line = term;
    row->terms = terms;
    tl_status status = tl_date_parse(&row->period.first, line->period_first, err);
    if (status == TL_OK)
        status = tl_date_parse(&row->period.last, line->period_last, err);
    return status == TL_OK ? fill_working(row, line, term, arena, err) : status;
}

/* Whom the line is invoiced to, and the references that it wants. */
static tl_status address(struct tl_statement_row *row, const struct account_builder *builder, struct tl_err *err)
{
    struct tl_unit unit;
    tl_status status = tl_invoicing_read(&unit, builder->reader->store, row->product_code, row->party_code,
                                         row->line_id, builder->statement->period.last, builder->arena, err);
    if (status != TL_OK)
        return status;
    row->ean = unit.ean;
    row->order_reference = unit.order_reference;
    row->person_reference = unit.person_reference;
    row->account_string = unit.account_string;
    row->unit = unit.code;
    return TL_OK;
}

/* Notes the row's pool among the statement's. */
static tl_status find_pool(struct tl_statement_row *row, struct account_builder *builder, const struct account_run *run,
                           const struct tl_run_line *line, struct tl_err *err)
{
    struct tl_statement *statement = builder->statement;
    if (!row->is_budgeted)
        return TL_OK;
    row->pool = account_run_pool(&row->pool_share, run, line);
    for (size_t i = statement->pool_count; row->pool != NULL && i > 0; i--)
        if (statement->pools[i - 1] == row->pool)
            return TL_OK;
    if (row->pool == NULL)
        return TL_OK;
    statement->pools = tl_arena_grow(builder->arena, statement->pools, statement->pool_count, &builder->pool_capacity,
                                     sizeof(const struct tl_statement_pool *));
    if (statement->pools == NULL)
        return tl_err_memory(err);
    statement->pools[statement->pool_count++] = row->pool;
    return TL_OK;
}

/* Adds a row per line of the run; together they must come to what the entry charges. */
static tl_status add_lines(struct account_builder *builder, const struct account_movement *movement,
                           const struct account_run *run, const struct tl_party *party, struct tl_err *err)
{
    struct tl_run_lines lines = account_run_lines_of(run, party->code, movement->order);
    struct tl_money sum = {0};
    tl_status status = TL_OK;
    for (size_t i = 0; status == TL_OK && i < lines.count; i++) {
        struct tl_statement_row row = account_row_of(movement, party);
        status = fill_row(&row, run, &lines.items[i], builder->arena, err);
        if (status == TL_OK)
            status = address(&row, builder, err);
        if (status == TL_OK)
            status = find_pool(&row, builder, run, &lines.items[i], err);
        if (status == TL_OK)
            status = tl_money_add(&sum, sum, row.gross, err);
        if (status == TL_OK)
            status = account_row_add(builder, &row, err);
    }
    if (status == TL_OK && sum.minor != movement->amount.minor)
        status = tl_err_set(err, TL_ERR_BROKEN, "entry %" PRId64 " and the lines of run %" PRId64 " do not agree on %s",
                            movement->entry, run->id, party->code);
    if (status == TL_ERR_BROKEN)
        tl_err_hint(err, "tilslut verify names what was changed");
    return status;
}

tl_status account_rows_add(struct account_builder *builder, const struct account_movement *movement,
                           const struct tl_party *party, struct tl_err *err)
{
    struct tl_statement *statement = builder->statement;
    struct tl_money *total = tl_text_equal(movement->kind, "payment") ? &statement->payments : &statement->charges;
    struct account_run *run;
    tl_status status = tl_money_add(total, *total, movement->amount, err);
    if (status == TL_OK)
        status = tl_money_add(&statement->closing, statement->closing, movement->amount, err);
    if (status == TL_OK && movement->run == 0) {
        struct tl_statement_row row = account_row_of(movement, party);
        return account_row_add(builder, &row, err);
    }
    if (status == TL_OK)
        status = account_run_find(&run, builder->reader, movement->run, err);
    return status == TL_OK ? add_lines(builder, movement, run, party, err) : status;
}
