/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Reading what open items come from: all entries, or what a close left of them and the entries since.
 *
 * Why the second gives the same: among entries of one reference, what is owed is paid in the order it falls due, by
 * payments in theirs, so that what comes later in both orders changes nothing of what came before. A close leaves out
 * only what is settled in that way and fell due by its last day. Entries since fall due later. Where one does not, or
 * reverses an entry of which something was settled, all entries of that member are read.
 */
#include <stdlib.h>
#include <string.h>

#include "open_item_work.h"
#include "tilslut/base/text.h"
#include "tilslut/ledger/account.h"
#include "tilslut/ledger/kept_balance.h"
#include "tilslut/store/stmt.h"

enum { SQL_ALL, SQL_OF_PARTY, SQL_KEPT, SQL_KEPT_OF_PARTY, SQL_SINCE, SQL_SINCE_OF_PARTY };

#define COLUMNS                                                                                                        \
    "SELECT p.party_code, e.id, coalesce(e.reverses_id, 0), e.kind, e.holds_on, e.due_on, e.reference, e.text, "
/* Entries without a seal count for nothing. */
#define BY_POSTING                                                                                                     \
    COLUMNS "sum(p.amount_minor), sum(p.amount_minor) FROM posting p JOIN seal s ON s.entry_id = p.entry_id "          \
            "JOIN entry e ON e.id = p.entry_id "
#define BY_DATE                                                                                                        \
    COLUMNS "sum(p.amount_minor), sum(p.amount_minor) FROM entry e INDEXED BY entry_by_date "                          \
            "CROSS JOIN seal s ON s.entry_id = e.id CROSS JOIN posting p ON p.entry_id = e.id "
#define COUNTS                                                                                                         \
    "WHERE p.party_code IS NOT NULL AND p.account_code = '" TL_ACCOUNT_RECEIVABLE                                      \
    "' AND e.holds_on <= ?1 AND e.act_id <= ?2 "
#define IN_ORDER "GROUP BY p.party_code, e.id HAVING sum(p.amount_minor) <> 0 ORDER BY p.party_code, e.id"
#define KEPT                                                                                                           \
    COLUMNS "(SELECT sum(q.amount_minor) FROM posting q WHERE q.entry_id = e.id AND q.party_code = p.party_code "      \
            "AND q.account_code = '" TL_ACCOUNT_RECEIVABLE "'), p.left_minor FROM period_item p "                      \
            "JOIN entry e ON e.id = p.entry_id WHERE p.close_id = ?1 "

static const char *const SQL[] = {
    [SQL_ALL] = BY_POSTING COUNTS IN_ORDER,
    [SQL_OF_PARTY] = BY_POSTING COUNTS "AND p.party_code = ?3 " IN_ORDER,
    [SQL_KEPT] = KEPT "ORDER BY p.party_code, e.id",
    [SQL_KEPT_OF_PARTY] = KEPT "AND p.party_code = ?2 ORDER BY e.id",
    [SQL_SINCE] = BY_DATE COUNTS "AND e.holds_on > ?4 " IN_ORDER,
    [SQL_SINCE_OF_PARTY] = BY_POSTING COUNTS "AND p.party_code = ?3 AND e.holds_on > ?4 AND p.entry_id >= ?5 " IN_ORDER,
};

static tl_status read_item(struct tl_open_item *item, struct tl_stmt *stmt, const struct tl_open_item *before,
                           struct tl_arena *arena, struct tl_err *err)
{
    /* one copy of a party's code and of what a text often is */
    bool same_party = before != NULL && tl_text_equal(before->party, tl_stmt_text(stmt, 0));
    bool same_text = before != NULL && tl_text_equal(before->text, tl_stmt_text(stmt, 7));
    bool same_kind = before != NULL && tl_text_equal(before->kind, tl_stmt_text(stmt, 3));
    *item = (struct tl_open_item){.party = same_party ? before->party : tl_stmt_copy(stmt, 0, arena),
                                  .entry = tl_stmt_int(stmt, 1),
                                  .reverses = tl_stmt_int(stmt, 2),
                                  .kind = same_kind ? before->kind : tl_stmt_copy(stmt, 3, arena),
                                  .date = tl_stmt_date(stmt, 4),
                                  .due = tl_stmt_date(stmt, 5),
                                  .reference = tl_stmt_copy(stmt, 6, arena),
                                  .text = same_text ? before->text : tl_stmt_copy(stmt, 7, arena),
                                  .amount = {tl_stmt_int(stmt, 8)},
                                  .open = {tl_stmt_int(stmt, 9)}};
    if (item->party == NULL || item->kind == NULL || item->reference == NULL || item->text == NULL)
        return tl_err_memory(err);
    item->due = tl_date_is_none(item->due) ? item->date : item->due;
    return TL_OK;
}

static tl_status read_rows(struct open_items *out, struct tl_stmt *stmt, struct tl_arena *arena, struct tl_err *err)
{
    bool row;
    tl_status status;
    while ((status = tl_stmt_next(stmt, &row, err)) == TL_OK && row) {
        out->items = tl_arena_grow(arena, out->items, out->count, &out->capacity, sizeof *out->items);
        if (out->items == NULL)
            return tl_err_memory(err);
        const struct tl_open_item *before = out->count == 0 ? NULL : &out->items[out->count - 1];
        status = read_item(&out->items[out->count], stmt, before, arena, err);
        if (status != TL_OK)
            return status;
        out->count++;
    }
    return status;
}

tl_status open_read_all(struct open_items *out, struct tl_store *store, const char *party, struct tl_date on,
                        struct tl_arena *arena, struct tl_err *err)
{
    struct tl_stmt *stmt;
    tl_status status = tl_stmt_get(&stmt, store, SQL[party == NULL ? SQL_ALL : SQL_OF_PARTY], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_date(stmt, 1, on);
    tl_stmt_bind_int(stmt, 2, tl_store_known(store));
    if (party != NULL)
        tl_stmt_bind_text(stmt, 3, party);
    return read_rows(out, stmt, arena, err);
}

static tl_status read_kept(struct open_items *out, struct tl_store *store, const struct tl_kept *kept,
                           const char *party, struct tl_arena *arena, struct tl_err *err)
{
    struct tl_stmt *stmt;
    tl_status status = tl_stmt_get(&stmt, store, SQL[party == NULL ? SQL_KEPT : SQL_KEPT_OF_PARTY], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_int(stmt, 1, kept->close);
    if (party != NULL)
        tl_stmt_bind_text(stmt, 2, party);
    return read_rows(out, stmt, arena, err);
}

static tl_status read_since(struct open_items *out, struct tl_store *store, const struct tl_kept *kept,
                            const char *party, struct tl_date on, struct tl_arena *arena, struct tl_err *err)
{
    struct tl_stmt *stmt;
    tl_status status = tl_stmt_get(&stmt, store, SQL[party == NULL ? SQL_SINCE : SQL_SINCE_OF_PARTY], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_date(stmt, 1, on);
    tl_stmt_bind_int(stmt, 2, tl_store_known(store));
    tl_stmt_bind_date(stmt, 4, kept->last);
    if (party != NULL) {
        tl_stmt_bind_text(stmt, 3, party);
        tl_stmt_bind_int(stmt, 5, kept->later_entry);
    }
    return read_rows(out, stmt, arena, err);
}

int open_compare(const void *a, const void *b)
{
    const struct tl_open_item *x = a, *y = b;
    int order = x->party == y->party ? 0 : strcmp(x->party, y->party);
    return order != 0 ? order : (x->entry > y->entry) - (x->entry < y->entry);
}

/* The item of an entry among those of one party, or NULL. */
static const struct tl_open_item *find_entry(const struct tl_open_item *items, size_t count, int64_t entry)
{
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (items[middle].entry < entry)
            low = middle + 1;
        else
            high = middle;
    }
    return low < count && items[low].entry == entry ? &items[low] : NULL;
}

/* Whether the entries since reach back into what the close left out. */
static bool reach_back(const struct tl_open_item *items, size_t count, struct tl_date last)
{
    for (size_t i = 0; i < count; i++) {
        const struct tl_open_item *item = &items[i], *reversed;
        if (tl_date_compare(item->date, last) <= 0)
            continue;
        if (tl_date_compare(item->due, last) <= 0)
            return true;
        if (item->reverses == 0 || item->amount.minor > 0)
            continue;
        reversed = find_entry(items, count, item->reverses);
        if (reversed == NULL ||
            (tl_date_compare(reversed->date, last) <= 0 && reversed->open.minor != reversed->amount.minor))
            return true;
    }
    return false;
}

/* Puts all entries of a party in the place of those that reach back. */
static tl_status widen(struct open_items *out, struct tl_store *store, const struct open_items *narrow,
                       struct tl_date last, struct tl_date on, struct tl_arena *arena, struct tl_err *err)
{
    tl_status status = TL_OK;
    for (size_t first = 0, next; status == TL_OK && first < narrow->count; first = next) {
        const struct tl_open_item *items = &narrow->items[first];
        next = open_party_end(narrow, first);
        if (reach_back(items, next - first, last)) {
            status = open_read_all(out, store, items->party, on, arena, err);
            continue;
        }
        for (size_t i = first; status == TL_OK && i < next; i++) {
            out->items = tl_arena_grow(arena, out->items, out->count, &out->capacity, sizeof *out->items);
            if (out->items == NULL)
                return tl_err_memory(err);
            out->items[out->count++] = narrow->items[i];
        }
    }
    return status;
}

tl_status open_read_left(struct open_items *out, struct tl_store *store, const char *party, struct tl_date on,
                         struct tl_arena *arena, struct tl_err *err)
{
    struct open_items narrow = {NULL, 0, 0};
    struct tl_kept kept;
    tl_status status = tl_kept_balance_find(&kept, store, on, err);
    if (status == TL_OK && kept.close == 0)
        return open_read_all(out, store, party, on, arena, err);
    if (status == TL_OK)
        status = read_kept(&narrow, store, &kept, party, arena, err);
    if (status == TL_OK)
        status = read_since(&narrow, store, &kept, party, on, arena, err);
    if (status != TL_OK || narrow.count == 0)
        return status;
    qsort(narrow.items, narrow.count, sizeof *narrow.items, open_compare);
    return widen(out, store, &narrow, kept.last, on, arena, err);
}
