/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/agreement/account_reader.h"

#include <stdlib.h>
#include <string.h>

#include "account_parts.h"
#include "tilslut/agreement/open_item.h"
#include "tilslut/agreement/party.h"
#include "tilslut/agreement/payee.h"
#include "tilslut/base/text.h"
#include "tilslut/ledger/account.h"
#include "tilslut/store/stmt.h"

enum { SQL_OPENING, SQL_MOVEMENTS };

/* Entries without a seal were not written by tilslut and count for nothing: every query goes through seal. */
static const char *const SQL[] = {
    [SQL_OPENING] =
        "SELECT coalesce(sum(p.amount_minor), 0) FROM posting p JOIN seal s ON s.entry_id = p.entry_id "
        "JOIN entry e ON e.id = p.entry_id WHERE p.party_code = ?1 AND p.account_code = '" TL_ACCOUNT_RECEIVABLE
        "' AND e.holds_on < ?2 AND e.act_id <= ?3",
    [SQL_MOVEMENTS] = "SELECT e.id, e.kind, e.holds_on, e.due_on, e.reference, e.text, coalesce(e.run_id, 0), "
                      "p.amount_minor, coalesce((SELECT CASE i.kind WHEN 'invoice' THEN 'faktura ' ELSE 'kreditnota ' "
                      "END || i.number "
                      "FROM invoice i WHERE i.entry_id = e.id), ''), "
                      "coalesce((SELECT order_reference FROM invoice WHERE entry_id = e.id), '') FROM posting p JOIN "
                      "seal s ON s.entry_id = "
                      "p.entry_id JOIN entry e ON e.id = p.entry_id "
                      "WHERE p.party_code = ?1 AND p.account_code = '" TL_ACCOUNT_RECEIVABLE
                      "' AND e.holds_on BETWEEN ?2 AND ?3 AND e.act_id <= ?4 ORDER BY e.holds_on, e.id, p.seq",
};

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
static tl_status read_movements(struct account_movement **out, size_t *count, struct account_builder *builder,
                                struct tl_err *err)
{
    struct tl_stmt *stmt;
    struct account_movement *movements = NULL;
    size_t capacity = 0;
    bool row;
    *count = 0;
    tl_status status = tl_stmt_get(&stmt, builder->reader->store, SQL[SQL_MOVEMENTS], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_text(stmt, 1, builder->statement->party->code);
    tl_stmt_bind_date(stmt, 2, builder->statement->period.first);
    tl_stmt_bind_date(stmt, 3, builder->statement->period.last);
    tl_stmt_bind_int(stmt, 4, tl_store_known(builder->reader->store));
    while ((status = tl_stmt_next(stmt, &row, err)) == TL_OK && row) {
        movements = tl_arena_grow(builder->arena, movements, *count, &capacity, sizeof *movements);
        if (movements == NULL)
            return tl_err_memory(err);
        movements[*count] = (struct account_movement){.entry = tl_stmt_int(stmt, 0),
                                                      .party = builder->statement->party->code,
                                                      .kind = tl_stmt_copy(stmt, 1, builder->arena),
                                                      .date = tl_stmt_date(stmt, 2),
                                                      .due = tl_stmt_date(stmt, 3),
                                                      .reference = tl_stmt_copy(stmt, 4, builder->arena),
                                                      .text = tl_stmt_copy(stmt, 5, builder->arena),
                                                      .run = tl_stmt_int(stmt, 6),
                                                      .amount = {tl_stmt_int(stmt, 7)},
                                                      .invoice = tl_stmt_copy(stmt, 8, builder->arena),
                                                      .order = tl_stmt_copy(stmt, 9, builder->arena)};
        if (movements[*count].kind == NULL || movements[*count].reference == NULL || movements[*count].text == NULL ||
            movements[*count].invoice == NULL || movements[*count].order == NULL)
            return tl_err_memory(err);
        ++*count;
    }
    *out = movements;
    return status;
}

tl_status account_party_find(const struct tl_party **out, struct tl_store *store, const char *code, struct tl_date on,
                             struct tl_arena *arena, struct tl_err *err)
{
    struct tl_party *party = tl_arena_alloc(arena, 1, sizeof *party);
    *out = party;
    return party == NULL ? tl_err_memory(err) : tl_party_find(party, store, code, on, arena, err);
}

static int by_party_then_due(const void *a, const void *b)
{
    const struct tl_statement_item *x = a, *y = b;
    int order = strcmp(x->party_code, y->party_code);
    if (order == 0)
        order = tl_date_compare(x->due, y->due);
    return order != 0 ? order : (x->entry > y->entry) - (x->entry < y->entry);
}

/* What is open at the end of the period, which must come to the closing balance. */
static tl_status read_items(struct account_builder *builder, struct tl_err *err)
{
    struct tl_statement *statement = builder->statement;
    struct tl_open_item *items = NULL;
    size_t count = 0;
    tl_status status = tl_open_item_read(&items, &count, builder->reader->store, statement->party->code,
                                         statement->period.last, builder->arena, err);
    if (status == TL_OK)
        statement->items = tl_arena_alloc(builder->arena, count, sizeof *statement->items);
    if (status == TL_OK && statement->items == NULL)
        return tl_err_memory(err);
    for (size_t i = 0; status == TL_OK && i < count; i++)
        if (!tl_money_is_zero(items[i].open))
            statement->items[statement->item_count++] = (struct tl_statement_item){
                .entry = items[i].entry,
                .party_code = statement->party->code,
                .party_name = statement->party->name,
                .reference = items[i].reference,
                .text = items[i].text,
                .product_name = "",
                .date = items[i].date,
                .due = items[i].due,
                .amount = items[i].amount,
                .open = items[i].open,
            };
    if (status == TL_OK && statement->item_count > 0)
        qsort(statement->items, statement->item_count, sizeof *statement->items, by_party_then_due);
    return status;
}

static tl_status read_member(struct account_builder *builder, const char *party, struct tl_err *err)
{
    struct tl_statement *statement = builder->statement;
    struct tl_store *store = builder->reader->store;
    struct account_movement *movements = NULL;
    size_t count = 0;
    tl_status status = account_party_find(&statement->party, store, party, statement->period.last, builder->arena, err);
    if (status == TL_OK)
        status = read_opening(statement, store, err);
    if (status == TL_OK)
        status = read_movements(&movements, &count, builder, err);
    for (size_t i = 0; status == TL_OK && i < count; i++)
        status = account_rows_add(builder, &movements[i], statement->party, err);
    return status == TL_OK ? read_items(builder, err) : status;
}

tl_status tl_account_reader_read(struct tl_statement *out, struct tl_account_reader *reader,
                                 const struct tl_statement_request *request, struct tl_arena *arena, struct tl_err *err)
{
    struct account_builder builder = {.statement = out, .reader = reader, .arena = arena};
    struct tl_store *store = reader->store;
    int64_t before = tl_store_known(store);
    *out = (struct tl_statement){
        .period = request->period, .known_on = request->known_on, .currency = tl_store_currency(store)};
    if (request->known != 0)
        tl_store_set_known(store, request->known);
    tl_status status = TL_OK;
    if (request->party != NULL)
        status = read_member(&builder, request->party, err);
    if (status == TL_OK)
        status = account_party_find(&out->owner, store, tl_store_owner(store), out->period.last, arena, err);
    if (status == TL_OK && request->party == NULL)
        status = account_product_read(&builder, request->product, err);
    tl_store_set_known(store, before);
    return status;
}

/* The ages of what is open on a day; the last one is what is kept. */
static tl_status age(struct tl_statement *statement, struct tl_date on, struct tl_err *err)
{
    tl_status status = TL_OK;
    _Static_assert(TL_STATEMENT_AGES == TL_OPEN_AGE_COUNT + 1, "the ages of open items, and what is kept");
    statement->aged_on = on;
    for (size_t i = 0; i < TL_STATEMENT_AGES; i++)
        statement->ages[i] = (struct tl_money){0};
    for (size_t i = 0; status == TL_OK && i < statement->item_count; i++) {
        struct tl_statement_item *item = &statement->items[i];
        const struct tl_open_item open = {.date = item->date, .due = item->due};
        item->days = tl_open_item_days(&open, on);
        item->age = item->open.minor < 0 ? TL_OPEN_AGE_COUNT : (int)tl_open_item_age(&open, on);
        status = tl_money_add(&statement->ages[item->age], statement->ages[item->age], item->open, err);
    }
    return status;
}

static tl_status read_payee(struct tl_statement *statement, struct tl_store *store, struct tl_arena *arena,
                            struct tl_err *err)
{
    struct tl_payee payee;
    struct tl_err missing = TL_ERR_NONE;
    tl_status status = tl_payee_find(&payee, store, statement->aged_on, arena, &missing);
    if (status == TL_ERR_MISSING)
        return TL_OK;
    if (status != TL_OK) {
        *err = missing;
        return status;
    }
    struct tl_payee_facts *facts = tl_arena_alloc(arena, 1, sizeof *facts);
    if (facts == NULL)
        return tl_err_memory(err);
    *facts = (struct tl_payee_facts){payee.registration, payee.account, payee.iban, payee.creditor};
    statement->payee = facts;
    return TL_OK;
}

tl_status tl_account_reader_look_ahead(struct tl_statement *statement, struct tl_account_reader *reader,
                                       const struct tl_statement_request *request, struct tl_date today,
                                       struct tl_arena *arena, struct tl_err *err)
{
    struct account_builder builder = {.statement = statement, .reader = reader, .arena = arena};
    struct tl_date last = statement->period.last;
    int64_t before = tl_store_known(reader->store);
    if (request->known != 0)
        tl_store_set_known(reader->store, request->known);
    tl_status status = age(statement, tl_date_compare(today, last) < 0 ? today : last, err);
    if (status == TL_OK)
        status = read_payee(statement, reader->store, arena, err);
    if (status == TL_OK)
        status = account_coming_read(&builder, request, err);
    tl_store_set_known(reader->store, before);
    return status;
}

tl_status tl_account_reader_open(struct tl_account_reader **out, struct tl_store *store, struct tl_err *err)
{
    *out = calloc(1, sizeof **out);
    if (*out == NULL)
        return tl_err_memory(err);
    (*out)->store = store;
    (*out)->arena = &(*out)->own;
    return TL_OK;
}

void tl_account_reader_close(struct tl_account_reader *reader)
{
    if (reader == NULL)
        return;
    for (size_t i = 0; i < reader->terms_count; i++)
        tl_terms_release(&reader->terms[i]->terms);
    account_years_release(reader);
    tl_arena_release(&reader->own);
    free(reader);
}
