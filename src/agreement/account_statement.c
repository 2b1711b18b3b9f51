/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/agreement/account_statement.h"

#include <inttypes.h>

#include "run_line.h"
#include "tilslut/agreement/decision.h"
#include "tilslut/agreement/invoicing.h"
#include "tilslut/agreement/party.h"
#include "tilslut/agreement/product.h"
#include "tilslut/agreement/run.h"
#include "tilslut/agreement/terms_book.h"
#include "tilslut/base/text.h"
#include "tilslut/ledger/account.h"
#include "tilslut/store/stmt.h"

enum { SQL_OPENING, SQL_MOVEMENTS, SQL_PARTIES };

/* Entries without a seal were not written by tilslut and count for nothing: every query goes through seal. */
static const char *const SQL[] = {
    [SQL_OPENING] =
        "SELECT coalesce(sum(p.amount_minor), 0) FROM posting p JOIN seal s ON s.entry_id = p.entry_id "
        "JOIN entry e ON e.id = p.entry_id WHERE p.party_code = ?1 AND p.account_code = '" TL_ACCOUNT_RECEIVABLE
        "' AND e.holds_on < ?2 AND e.act_id <= ?3",
    [SQL_MOVEMENTS] = "SELECT e.id, e.kind, e.holds_on, e.due_on, e.reference, e.text, coalesce(e.run_id, 0), "
                      "p.amount_minor, coalesce((SELECT CASE i.kind WHEN 'invoice' THEN 'faktura ' ELSE 'kreditnota ' "
                      "END || i.number "
                      "FROM invoice i WHERE i.entry_id = e.id), '') FROM posting p JOIN seal s ON s.entry_id = "
                      "p.entry_id JOIN entry e ON e.id = p.entry_id "
                      "WHERE p.party_code = ?1 AND p.account_code = '" TL_ACCOUNT_RECEIVABLE
                      "' AND e.holds_on BETWEEN ?2 AND ?3 AND e.act_id <= ?4 ORDER BY e.holds_on, e.id, p.seq",
    [SQL_PARTIES] =
        "SELECT DISTINCT p.party_code FROM posting p JOIN seal s ON s.entry_id = p.entry_id "
        "JOIN entry e ON e.id = p.entry_id WHERE p.party_code IS NOT NULL AND p.account_code = '" TL_ACCOUNT_RECEIVABLE
        "' AND e.holds_on <= ?1 AND e.act_id <= ?2 ORDER BY p.party_code",
};

/* One entry's effect on the member's account. */
struct movement {
    int64_t entry, run;
    const char *kind, *reference, *text, *invoice;
    struct tl_date date, due;
    struct tl_money amount;
};

struct builder {
    struct tl_statement *statement;
    struct tl_store *store;
    struct tl_arena *arena;
    size_t capacity;
};

static tl_status add_row(struct builder *builder, const struct tl_statement_row *row, struct tl_err *err)
{
    struct tl_statement *statement = builder->statement;
    statement->rows =
        tl_arena_grow(builder->arena, statement->rows, statement->row_count, &builder->capacity, sizeof *row);
    if (statement->rows == NULL)
        return tl_err_memory(err);
    statement->rows[statement->row_count++] = *row;
    return TL_OK;
}

/* A row with every text "" but what the movement says. */
static struct tl_statement_row row_of(const struct movement *movement, const struct tl_party *party)
{
    bool is_charge = tl_text_equal(movement->kind, "charge");
    return (struct tl_statement_row){
        .kind = is_charge                                  ? TL_ROW_CHARGE
                : tl_text_equal(movement->kind, "payment") ? TL_ROW_PAYMENT
                                                           : TL_ROW_CREDIT,
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
        .waived = "",
        .decision = "",
        .ean = party->ean,
        .order_reference = "",
        .person_reference = "",
        .account_string = "",
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

/* What a line of a run says, from the run and the terms it was billed by. */
static tl_status fill_row(struct tl_statement_row *row, const struct tl_run_line *line,
                          const struct tl_product *product, const struct tl_terms *terms, const char *decision,
                          struct tl_arena *arena, struct tl_err *err)
{
    const struct tl_line *term = tl_terms_line(terms, line->line_id);
    bool is_share = tl_text_equal(line->part, TL_RUN_PART_SHARE);
    struct tl_err ignored = TL_ERR_NONE;
    if (term == NULL && is_share)
        return tl_err_set(err, TL_ERR_BROKEN, "the terms of '%s' have no line '%s', which was billed", product->code,
                          line->line_id);
    row->product_code = product->code;
    row->product_name = product->name;
    row->line_id = line->line_id;
    row->line_name = name_of(line, term, arena);
    row->covers = is_share ? tl_arena_text(arena, term->covers.da) : "";
    row->account = line->account_code;
    row->psp = tl_arena_format(arena, "%s-%s", product->psp, line->account_code);
    if (row->line_name == NULL || row->covers == NULL || row->psp == NULL)
        return tl_err_memory(err);
    row->net = (struct tl_money){line->net_minor};
    row->vat = (struct tl_money){line->vat_minor};
    row->gross = (struct tl_money){line->net_minor + line->vat_minor};
    row->vat_code = line->vat_code;
    row->vat_reason = line->vat_reason;
    row->measure = line->measure;
    row->measure_source = line->measure_source;
    row->size_class = line->size_class;
    row->key = line->key;
    row->weight = line->weight;
    row->weight_sum = line->weight_sum;
    row->share = line->share;
    row->exact = line->exact_minor;
    row->working = line->working;
    row->waived = line->waived;
    row->decision = decision;
    row->is_budgeted = is_share && term->has_budget;
    row->budget = (struct tl_money){line->budget_minor};
    row->price = (struct tl_money){line->price_minor};
    tl_status status = tl_date_parse(&row->period.first, line->period_first, err);
    if (status == TL_OK)
        status = tl_date_parse(&row->period.last, line->period_last, err);
    if (status == TL_OK)
        status = tl_ratio_parse(&row->vat_rate, line->vat_rate, err);
    if (status == TL_OK && line->measure[0] != '\0') {
        status = tl_date_parse(&row->measure_date, line->measure_date, err);
        if (status == TL_OK)
            status = tl_ratio_parse(&row->measure_value, line->measure_value, err);
    }
    if (status == TL_OK && tl_ratio_parse(&row->markup, line->markup, &ignored) != TL_OK)
        row->markup = tl_ratio_of(0, 1);
    return status == TL_OK ? rounding_of(&row->rounding, line, arena, err) : status;
}

/* Whom the line is invoiced to, and the references that it wants. */
static tl_status address(struct tl_statement_row *row, const struct builder *builder, struct tl_err *err)
{
    struct tl_unit unit;
    tl_status status = tl_invoicing_read(&unit, builder->store, row->product_code, builder->statement->party->code,
                                         row->line_id, builder->statement->period.last, builder->arena, err);
    if (status != TL_OK)
        return status;
    row->ean = unit.ean;
    row->order_reference = unit.order_reference;
    row->person_reference = unit.person_reference;
    row->account_string = unit.account_string;
    return TL_OK;
}

/* Adds a row per line of the run; together they must come to what the entry charges. */
static tl_status add_lines(struct builder *builder, const struct movement *movement, const struct tl_run *run,
                           const struct tl_product *product, const struct tl_terms *terms, const char *decision,
                           struct tl_err *err)
{
    struct tl_run_lines lines;
    struct tl_money sum = {0};
    const char *party = builder->statement->party->code;
    tl_status status = tl_run_lines_read_entry(&lines, builder->store, movement->entry, builder->arena, err);
    for (size_t i = 0; status == TL_OK && i < lines.count; i++) {
        struct tl_statement_row row = row_of(movement, builder->statement->party);
        status = fill_row(&row, &lines.items[i], product, terms, decision, builder->arena, err);
        if (status == TL_OK)
            status = address(&row, builder, err);
        if (status == TL_OK)
            status = tl_money_add(&sum, sum, row.gross, err);
        if (status == TL_OK)
            status = add_row(builder, &row, err);
    }
    if (status == TL_OK && sum.minor != movement->amount.minor)
        status = tl_err_set(err, TL_ERR_BROKEN, "entry %" PRId64 " and the lines of run %" PRId64 " do not agree on %s",
                            movement->entry, run->id, party);
    if (status == TL_ERR_BROKEN)
        tl_err_hint(err, "tilslut verify names what was changed");
    return status;
}

static tl_status add_charge(struct builder *builder, const struct movement *movement, struct tl_err *err)
{
    struct tl_run run;
    struct tl_product product;
    struct tl_adopted adopted;
    struct tl_terms terms = TL_TERMS_EMPTY;
    tl_status status = tl_run_find(&run, builder->store, movement->run, builder->arena, err);
    if (status == TL_OK)
        status = tl_product_find(&product, builder->store, run.product, builder->arena, err);
    if (status == TL_OK)
        status = tl_terms_book_find(&adopted, builder->store, run.terms_id, builder->arena, err);
    if (status == TL_OK)
        status = tl_terms_book_read(&terms, &adopted, err);
    const char *decision = status == TL_OK ? tl_decision_text(&adopted.decision, builder->arena) : NULL;
    if (status == TL_OK && decision == NULL)
        status = tl_err_memory(err);
    if (status == TL_OK)
        status = add_lines(builder, movement, &run, &product, &terms, decision, err);
    tl_terms_release(&terms);
    return status;
}

static tl_status add_movement(struct builder *builder, const struct movement *movement, struct tl_err *err)
{
    struct tl_statement *statement = builder->statement;
    struct tl_money *total = tl_text_equal(movement->kind, "payment") ? &statement->payments : &statement->charges;
    tl_status status = tl_money_add(total, *total, movement->amount, err);
    if (status == TL_OK)
        status = tl_money_add(&statement->closing, statement->closing, movement->amount, err);
    if (status != TL_OK)
        return status;
    if (movement->run != 0)
        return add_charge(builder, movement, err);
    struct tl_statement_row row = row_of(movement, statement->party);
    return add_row(builder, &row, err);
}

static tl_status read_opening(struct tl_statement *statement, struct tl_store *store, struct tl_err *err)
{
    struct tl_stmt *stmt;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_OPENING], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_text(stmt, 1, statement->party->code);
    tl_stmt_bind_date(stmt, 2, statement->period.first);
    tl_stmt_bind_int(stmt, 3, tl_store_known(store));
    status = tl_stmt_answer(stmt, &statement->opening.minor, err);
    statement->closing = statement->opening;
    return status;
}

/* All movements first, since their details are read with other statements. */
static tl_status read_movements(struct movement **out, size_t *count, struct builder *builder, struct tl_err *err)
{
    struct tl_stmt *stmt;
    struct movement *movements = NULL;
    size_t capacity = 0;
    bool row;
    *count = 0;
    tl_status status = tl_stmt_get(&stmt, builder->store, SQL[SQL_MOVEMENTS], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_text(stmt, 1, builder->statement->party->code);
    tl_stmt_bind_date(stmt, 2, builder->statement->period.first);
    tl_stmt_bind_date(stmt, 3, builder->statement->period.last);
    tl_stmt_bind_int(stmt, 4, tl_store_known(builder->store));
    while ((status = tl_stmt_next(stmt, &row, err)) == TL_OK && row) {
        movements = tl_arena_grow(builder->arena, movements, *count, &capacity, sizeof *movements);
        if (movements == NULL)
            return tl_err_memory(err);
        movements[*count] = (struct movement){.entry = tl_stmt_int(stmt, 0),
                                              .kind = tl_stmt_copy(stmt, 1, builder->arena),
                                              .date = tl_stmt_date(stmt, 2),
                                              .due = tl_stmt_date(stmt, 3),
                                              .reference = tl_stmt_copy(stmt, 4, builder->arena),
                                              .text = tl_stmt_copy(stmt, 5, builder->arena),
                                              .run = tl_stmt_int(stmt, 6),
                                              .amount = {tl_stmt_int(stmt, 7)},
                                              .invoice = tl_stmt_copy(stmt, 8, builder->arena)};
        if (movements[*count].kind == NULL || movements[*count].reference == NULL || movements[*count].text == NULL ||
            movements[*count].invoice == NULL)
            return tl_err_memory(err);
        ++*count;
    }
    *out = movements;
    return status;
}

static tl_status find_party(const struct tl_party **out, struct tl_store *store, const char *code, struct tl_date on,
                            struct tl_arena *arena, struct tl_err *err)
{
    struct tl_party *party = tl_arena_alloc(arena, 1, sizeof *party);
    *out = party;
    return party == NULL ? tl_err_memory(err) : tl_party_find(party, store, code, on, arena, err);
}

tl_status tl_account_statement_read(struct tl_statement *out, struct tl_store *store, const char *party, int year,
                                    struct tl_arena *arena, struct tl_err *err)
{
    struct builder builder = {.statement = out, .store = store, .arena = arena};
    struct movement *movements = NULL;
    size_t count = 0;
    *out = (struct tl_statement){.period = tl_period_of_year(year), .currency = tl_store_currency(store)};
    tl_status status = find_party(&out->party, store, party, out->period.last, arena, err);
    if (status == TL_OK)
        status = find_party(&out->owner, store, tl_store_owner(store), out->period.last, arena, err);
    if (status == TL_OK)
        status = read_opening(out, store, err);
    if (status == TL_OK)
        status = read_movements(&movements, &count, &builder, err);
    for (size_t i = 0; status == TL_OK && i < count; i++)
        status = add_movement(&builder, &movements[i], err);
    return status;
}

tl_status tl_account_statement_parties(const char ***out, size_t *count, struct tl_store *store, int year,
                                       struct tl_arena *arena, struct tl_err *err)
{
    struct tl_stmt *stmt;
    const char **codes = NULL;
    size_t capacity = 0;
    bool row;
    *count = 0;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_PARTIES], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_date(stmt, 1, tl_period_of_year(year).last);
    tl_stmt_bind_int(stmt, 2, tl_store_known(store));
    while ((status = tl_stmt_next(stmt, &row, err)) == TL_OK && row) {
        codes = tl_arena_grow(arena, codes, *count, &capacity, sizeof *codes);
        if (codes == NULL || (codes[*count] = tl_stmt_copy(stmt, 0, arena)) == NULL)
            return tl_err_memory(err);
        ++*count;
    }
    *out = codes;
    return status;
}
