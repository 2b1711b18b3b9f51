/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/agreement/open_item.h"

#include <stdlib.h>
#include <string.h>

#include "tilslut/ledger/account.h"
#include "tilslut/store/stmt.h"

enum { SQL_ALL, SQL_OF_PARTY };

/* Entries without a seal count for nothing. */
#define SELECT_ITEMS(of_party)                                                                                         \
    "SELECT p.party_code, e.id, coalesce(e.reverses_id, 0), e.kind, e.holds_on, e.due_on, e.reference, e.text, "       \
    "sum(p.amount_minor) FROM posting p JOIN seal s ON s.entry_id = p.entry_id JOIN entry e ON e.id = p.entry_id "     \
    "WHERE p.party_code IS NOT NULL AND p.account_code = '" TL_ACCOUNT_RECEIVABLE                                      \
    "' AND e.holds_on <= ?1 AND e.act_id <= ?2" of_party                                                               \
    " GROUP BY p.party_code, e.id HAVING sum(p.amount_minor) <> 0 ORDER BY p.party_code, e.id"

static const char *const SQL[] = {
    [SQL_ALL] = SELECT_ITEMS(""),
    [SQL_OF_PARTY] = SELECT_ITEMS(" AND p.party_code = ?3"),
};

static tl_status read_items(struct tl_open_item **out, size_t *count, struct tl_store *store, const char *party,
                            struct tl_date on, struct tl_arena *arena, struct tl_err *err)
{
    struct tl_stmt *stmt;
    struct tl_open_item *items = NULL;
    size_t capacity = 0;
    bool row;
    *count = 0;
    tl_status status = tl_stmt_get(&stmt, store, SQL[party == NULL ? SQL_ALL : SQL_OF_PARTY], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_date(stmt, 1, on);
    tl_stmt_bind_int(stmt, 2, tl_store_known(store));
    if (party != NULL)
        tl_stmt_bind_text(stmt, 3, party);
    while ((status = tl_stmt_next(stmt, &row, err)) == TL_OK && row) {
        items = tl_arena_grow(arena, items, *count, &capacity, sizeof *items);
        if (items == NULL)
            return tl_err_memory(err);
        struct tl_open_item *item = &items[*count];
        *item = (struct tl_open_item){.party = tl_stmt_copy(stmt, 0, arena),
                                      .entry = tl_stmt_int(stmt, 1),
                                      .reverses = tl_stmt_int(stmt, 2),
                                      .kind = tl_stmt_copy(stmt, 3, arena),
                                      .date = tl_stmt_date(stmt, 4),
                                      .due = tl_stmt_date(stmt, 5),
                                      .reference = tl_stmt_copy(stmt, 6, arena),
                                      .text = tl_stmt_copy(stmt, 7, arena),
                                      .amount = {tl_stmt_int(stmt, 8)}};
        if (item->party == NULL || item->kind == NULL || item->reference == NULL || item->text == NULL)
            return tl_err_memory(err);
        item->due = tl_date_is_none(item->due) ? item->date : item->due;
        item->open = item->amount;
        ++*count;
    }
    *out = items;
    return status;
}

static int compare_due(const struct tl_open_item *a, const struct tl_open_item *b)
{
    int order = tl_date_compare(a->due, b->due);
    return order != 0 ? order : (a->entry > b->entry) - (a->entry < b->entry);
}

static int by_due(const void *a, const void *b)
{
    return compare_due(*(struct tl_open_item *const *)a, *(struct tl_open_item *const *)b);
}

static int by_reference(const void *a, const void *b)
{
    const struct tl_open_item *x = *(struct tl_open_item *const *)a, *y = *(struct tl_open_item *const *)b;
    int order = strcmp(x->reference, y->reference);
    return order != 0 ? order : compare_due(x, y);
}

/* Pays of `owed` what is left of `paid`. */
static void settle(struct tl_open_item *owed, struct tl_open_item *paid)
{
    int64_t minor = owed->open.minor < -paid->open.minor ? owed->open.minor : -paid->open.minor;
    owed->open.minor -= minor;
    paid->open.minor += minor;
}

/* The items of one party: what is owed and what is paid, each in some order. */
struct sides {
    struct tl_open_item **owed, **paid;
    size_t owed_count, paid_count;
};

/* What is owed lies by entry then. */
static void settle_reversed(struct sides *sides)
{
    for (size_t i = 0; i < sides->paid_count; i++) {
        struct tl_open_item *paid = sides->paid[i];
        size_t low = 0, high = paid->reverses == 0 ? 0 : sides->owed_count;
        while (low < high) {
            size_t middle = low + (high - low) / 2;
            if (sides->owed[middle]->entry < paid->reverses)
                low = middle + 1;
            else
                high = middle;
        }
        if (paid->reverses != 0 && low < sides->owed_count && sides->owed[low]->entry == paid->reverses)
            settle(sides->owed[low], paid);
    }
}

/* What is owed lies by reference then. */
static void settle_referred(struct sides *sides)
{
    for (size_t i = 0; i < sides->paid_count; i++) {
        struct tl_open_item *paid = sides->paid[i];
        size_t low = 0, high = paid->reference[0] == '\0' ? 0 : sides->owed_count;
        while (low < high) {
            size_t middle = low + (high - low) / 2;
            if (strcmp(sides->owed[middle]->reference, paid->reference) < 0)
                low = middle + 1;
            else
                high = middle;
        }
        for (; paid->reference[0] != '\0' && low < sides->owed_count && paid->open.minor < 0 &&
               strcmp(sides->owed[low]->reference, paid->reference) == 0;
             low++)
            settle(sides->owed[low], paid);
    }
}

/* Both lie by the day they fall due then. */
static void settle_oldest(struct sides *sides)
{
    for (size_t owed = 0, paid = 0; owed < sides->owed_count && paid < sides->paid_count;) {
        settle(sides->owed[owed], sides->paid[paid]);
        if (sides->owed[owed]->open.minor == 0)
            owed++;
        else
            paid++;
    }
}

static void settle_party(struct sides *sides, struct tl_open_item *items, size_t count)
{
    sides->owed_count = sides->paid_count = 0;
    for (size_t i = 0; i < count; i++) {
        if (items[i].amount.minor > 0)
            sides->owed[sides->owed_count++] = &items[i];
        else
            sides->paid[sides->paid_count++] = &items[i];
    }
    settle_reversed(sides);
    qsort(sides->paid, sides->paid_count, sizeof(struct tl_open_item *), by_due);
    qsort(sides->owed, sides->owed_count, sizeof(struct tl_open_item *), by_reference);
    settle_referred(sides);
    qsort(sides->owed, sides->owed_count, sizeof(struct tl_open_item *), by_due);
    settle_oldest(sides);
}

tl_status tl_open_item_read(struct tl_open_item **out, size_t *count, struct tl_store *store, const char *party,
                            struct tl_date on, struct tl_arena *arena, struct tl_err *err)
{
    struct tl_open_item *items = NULL;
    tl_status status = read_items(&items, count, store, party, on, arena, err);
    if (status != TL_OK)
        return status;
    struct sides sides = {.owed = tl_arena_alloc(arena, *count, sizeof(struct tl_open_item *)),
                          .paid = tl_arena_alloc(arena, *count, sizeof(struct tl_open_item *))};
    if (sides.owed == NULL || sides.paid == NULL)
        return tl_err_memory(err);
    for (size_t first = 0, next; first < *count; first = next) {
        for (next = first; next < *count && strcmp(items[next].party, items[first].party) == 0;)
            next++;
        settle_party(&sides, &items[first], next - first);
    }
    *out = items;
    return TL_OK;
}

int32_t tl_open_item_days(const struct tl_open_item *item, struct tl_date on)
{
    return tl_date_to_days(on) - tl_date_to_days(item->due);
}

tl_open_age tl_open_item_age(const struct tl_open_item *item, struct tl_date on)
{
    int32_t days = tl_open_item_days(item, on);
    return days < 0     ? TL_OPEN_NOT_DUE
           : days <= 30 ? TL_OPEN_30
           : days <= 60 ? TL_OPEN_60
           : days <= 90 ? TL_OPEN_90
                        : TL_OPEN_OVER;
}
