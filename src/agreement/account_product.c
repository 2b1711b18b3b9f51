/* SPDX-License-Identifier: MPL-2.0 */
/*
 * The account of a product: what its members were charged for it, and what is left of that. A payment is of no product;
 * it counts here as far as it pays the product's charges (open_item.h), so that what is paid follows from what was open
 * before and after.
 */
#include <stdlib.h>
#include <string.h>

#include "account_parts.h"
#include "tilslut/agreement/open_item.h"
#include "tilslut/agreement/party.h"
#include "tilslut/agreement/product.h"
#include "tilslut/base/text.h"
#include "tilslut/ledger/account.h"
#include "tilslut/store/stmt.h"

enum { SQL_ENTRIES, SQL_MOVEMENTS };

static const char *const SQL[] = {
    [SQL_ENTRIES] = "SELECT DISTINCT p.entry_id FROM posting p WHERE p.product_code = ?1 AND p.account_code = "
                    "'" TL_ACCOUNT_RECEIVABLE "' AND p.party_code IS NOT NULL ORDER BY p.entry_id",
    [SQL_MOVEMENTS] =
        "SELECT e.id, e.kind, e.holds_on, e.due_on, e.reference, e.text, coalesce(e.run_id, 0), "
        "p.amount_minor, coalesce((SELECT CASE i.kind WHEN 'invoice' THEN 'faktura ' ELSE 'kreditnota ' "
        "END || i.number FROM invoice i WHERE i.entry_id = e.id), ''), p.party_code, "
        "coalesce((SELECT order_reference FROM invoice WHERE entry_id = e.id), '') FROM posting p JOIN seal s "
        "ON s.entry_id = p.entry_id JOIN entry e ON e.id = p.entry_id "
        "WHERE p.product_code = ?1 AND p.account_code = '" TL_ACCOUNT_RECEIVABLE "' AND p.party_code IS NOT NULL "
        "AND e.holds_on BETWEEN ?2 AND ?3 AND e.act_id <= ?4 ORDER BY e.holds_on, e.id, p.seq",
};

struct entries {
    int64_t *ids; /* ascending */
    size_t count;
};

static tl_status read_entries(struct entries *out, struct account_builder *builder, struct tl_err *err)
{
    struct tl_stmt *stmt;
    size_t capacity = 0;
    bool row;
    tl_status status = tl_stmt_get(&stmt, builder->reader->store, SQL[SQL_ENTRIES], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_text(stmt, 1, builder->statement->product->code);
    while ((status = tl_stmt_next(stmt, &row, err)) == TL_OK && row) {
        out->ids = tl_arena_grow(builder->arena, out->ids, out->count, &capacity, sizeof *out->ids);
        if (out->ids == NULL)
            return tl_err_memory(err);
        out->ids[out->count++] = tl_stmt_int(stmt, 0);
    }
    return status;
}

static int compare_ids(const void *a, const void *b)
{
    const int64_t *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

static bool has_entry(const struct entries *entries, int64_t id)
{
    return entries->count > 0 && bsearch(&id, entries->ids, entries->count, sizeof id, compare_ids) != NULL;
}

static tl_status read_movements(struct account_movement **out, size_t *count, struct account_builder *builder,
                                struct tl_err *err)
{
    struct tl_stmt *stmt;
    const struct tl_statement *statement = builder->statement;
    struct tl_arena *arena = builder->arena;
    struct account_movement *movements = NULL;
    size_t capacity = 0;
    bool row;
    *count = 0;
    tl_status status = tl_stmt_get(&stmt, builder->reader->store, SQL[SQL_MOVEMENTS], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_text(stmt, 1, statement->product->code);
    tl_stmt_bind_date(stmt, 2, statement->period.first);
    tl_stmt_bind_date(stmt, 3, statement->period.last);
    tl_stmt_bind_int(stmt, 4, tl_store_known(builder->reader->store));
    while ((status = tl_stmt_next(stmt, &row, err)) == TL_OK && row) {
        movements = tl_arena_grow(arena, movements, *count, &capacity, sizeof *movements);
        if (movements == NULL)
            return tl_err_memory(err);
        struct account_movement *movement = &movements[(*count)++];
        *movement = (struct account_movement){.entry = tl_stmt_int(stmt, 0),
                                              .kind = tl_stmt_copy(stmt, 1, arena),
                                              .date = tl_stmt_date(stmt, 2),
                                              .due = tl_stmt_date(stmt, 3),
                                              .reference = tl_stmt_copy(stmt, 4, arena),
                                              .text = tl_stmt_copy(stmt, 5, arena),
                                              .run = tl_stmt_int(stmt, 6),
                                              .amount = {tl_stmt_int(stmt, 7)},
                                              .invoice = tl_stmt_copy(stmt, 8, arena),
                                              .party = tl_stmt_copy(stmt, 9, arena),
                                              .order = tl_stmt_copy(stmt, 10, arena)};
        if (movement->kind == NULL || movement->reference == NULL || movement->text == NULL ||
            movement->invoice == NULL || movement->party == NULL || movement->order == NULL)
            return tl_err_memory(err);
    }
    *out = movements;
    return status;
}

/* The member's account, made where it is new; by code. The list has room for one more. */
static struct tl_statement_member *find_member(struct tl_statement *statement, const char *code)
{
    size_t low = 0, high = statement->member_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (strcmp(statement->members[middle].code, code) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    struct tl_statement_member *at = &statement->members[low];
    if (low < statement->member_count && strcmp(at->code, code) == 0)
        return at;
    memmove(at + 1, at, (statement->member_count++ - low) * sizeof *at);
    *at = (struct tl_statement_member){.code = code, .name = ""};
    return at;
}

static tl_status add_opening(struct tl_statement *statement, const struct tl_open_item *items, size_t count,
                             const struct entries *entries, struct tl_err *err)
{
    tl_status status = TL_OK;
    for (size_t i = 0; status == TL_OK && i < count; i++) {
        if (!has_entry(entries, items[i].entry) || tl_money_is_zero(items[i].open))
            continue;
        struct tl_statement_member *member = find_member(statement, items[i].party);
        status = tl_money_add(&member->opening, member->opening, items[i].open, err);
        if (status == TL_OK)
            status = tl_money_add(&statement->opening, statement->opening, items[i].open, err);
    }
    statement->closing = statement->opening;
    return status;
}

static tl_status add_items(struct tl_statement *statement, const struct tl_open_item *items, size_t count,
                           const struct entries *entries, struct tl_err *err)
{
    tl_status status = TL_OK;
    for (size_t i = 0; status == TL_OK && i < count; i++) {
        if (!has_entry(entries, items[i].entry) || tl_money_is_zero(items[i].open))
            continue;
        struct tl_statement_member *member = find_member(statement, items[i].party);
        statement->items[statement->item_count++] = (struct tl_statement_item){.entry = items[i].entry,
                                                                               .party_code = items[i].party,
                                                                               .party_name = "",
                                                                               .reference = items[i].reference,
                                                                               .text = items[i].text,
                                                                               .product_name = "",
                                                                               .date = items[i].date,
                                                                               .due = items[i].due,
                                                                               .amount = items[i].amount,
                                                                               .open = items[i].open};
        status = tl_money_add(&member->closing, member->closing, items[i].open, err);
    }
    return status;
}

/* The rows of a movement, and what they are to the member. */
static tl_status add_movement(struct account_builder *builder, const struct account_movement *movement,
                              struct tl_err *err)
{
    struct tl_statement *statement = builder->statement;
    const struct tl_party *party;
    size_t before = statement->row_count;
    tl_status status = account_party_find(&party, builder->reader->store, movement->party, statement->period.last,
                                          builder->arena, err);
    if (status == TL_OK)
        status = account_rows_add(builder, movement, party, err);
    struct tl_statement_member *member = status == TL_OK ? find_member(statement, party->code) : NULL;
    for (size_t i = before; status == TL_OK && i < statement->row_count; i++) {
        const struct tl_statement_row *row = &statement->rows[i];
        struct tl_money *sum = row->kind == TL_ROW_PAYMENT  ? &member->payments
                               : row->kind == TL_ROW_CREDIT ? &member->credits
                                                            : &member->purposes[row->purpose];
        status = tl_money_add(sum, *sum, row->gross, err);
    }
    return status;
}

/* What of a member's debt was paid: the difference that its charges and credits leave. */
static tl_status add_payment(struct account_builder *builder, struct tl_statement_member *member, struct tl_err *err)
{
    struct tl_statement *statement = builder->statement;
    struct tl_money moved = member->opening;
    const struct tl_party *party;
    tl_status status =
        account_party_find(&party, builder->reader->store, member->code, statement->period.last, builder->arena, err);
    for (size_t i = 0; status == TL_OK && i < TL_PURPOSE_COUNT; i++)
        status = tl_money_add(&moved, moved, member->purposes[i], err);
    if (status == TL_OK)
        status = tl_money_add(&moved, moved, member->credits, err);
    if (status == TL_OK)
        status = tl_money_add(&moved, moved, member->payments, err);
    if (status != TL_OK)
        return status;
    member->name = party->name;
    struct account_movement movement = {.party = member->code,
                                        .kind = "payment",
                                        .reference = "",
                                        .text = "Betalt eller udlignet i perioden",
                                        .invoice = "",
                                        .order = "",
                                        .date = statement->period.last};
    status = tl_money_subtract(&movement.amount, member->closing, moved, err);
    if (status != TL_OK || tl_money_is_zero(movement.amount))
        return status;
    status = tl_money_add(&member->payments, member->payments, movement.amount, err);
    return status == TL_OK ? account_rows_add(builder, &movement, party, err) : status;
}

static void name_items(struct tl_statement *statement)
{
    for (size_t i = 0; i < statement->item_count; i++)
        statement->items[i].party_name = find_member(statement, statement->items[i].party_code)->name;
}

static int by_party_then_due(const void *a, const void *b)
{
    const struct tl_statement_item *x = a, *y = b;
    int order = strcmp(x->party_code, y->party_code);
    if (order == 0)
        order = tl_date_compare(x->due, y->due);
    return order != 0 ? order : (x->entry > y->entry) - (x->entry < y->entry);
}

/* Room for everybody who is in any of the lists. */
static tl_status make_room(struct account_builder *builder, size_t items, size_t members, struct tl_err *err)
{
    builder->statement->items = tl_arena_alloc(builder->arena, items, sizeof *builder->statement->items);
    builder->statement->members = tl_arena_alloc(builder->arena, members + 1, sizeof *builder->statement->members);
    return builder->statement->items == NULL || builder->statement->members == NULL ? tl_err_memory(err) : TL_OK;
}

tl_status account_product_read(struct account_builder *builder, const char *product, struct tl_err *err)
{
    struct tl_statement *statement = builder->statement;
    struct tl_store *store = builder->reader->store;
    struct tl_open_item *before = NULL, *after = NULL;
    struct account_movement *movements = NULL;
    struct entries entries = {.count = 0};
    struct tl_product *found = tl_arena_alloc(builder->arena, 1, sizeof *found);
    size_t before_count = 0, after_count = 0, count = 0;
    statement->product = found;
    tl_status status = found == NULL ? tl_err_memory(err) : tl_product_find(found, store, product, builder->arena, err);
    if (status == TL_OK)
        status = read_entries(&entries, builder, err);
    if (status == TL_OK)
        status = tl_open_item_read(&before, &before_count, store, NULL, tl_date_add_days(statement->period.first, -1),
                                   builder->arena, err);
    if (status == TL_OK)
        status = tl_open_item_read(&after, &after_count, store, NULL, statement->period.last, builder->arena, err);
    if (status == TL_OK)
        status = read_movements(&movements, &count, builder, err);
    if (status == TL_OK)
        status = make_room(builder, after_count, before_count + after_count + count, err);
    if (status == TL_OK)
        status = add_opening(statement, before, before_count, &entries, err);
    if (status == TL_OK)
        status = add_items(statement, after, after_count, &entries, err);
    for (size_t i = 0; status == TL_OK && i < count; i++)
        status = add_movement(builder, &movements[i], err);
    for (size_t i = 0; status == TL_OK && i < statement->member_count; i++)
        status = add_payment(builder, &statement->members[i], err);
    if (status == TL_OK)
        name_items(statement);
    if (status == TL_OK && statement->item_count > 0)
        qsort(statement->items, statement->item_count, sizeof *statement->items, by_party_then_due);
    return status;
}
