/* SPDX-License-Identifier: MPL-2.0 */
/*
 * What a close keeps of the entries on the accounts of members, and the check of it.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "open_item_work.h"
#include "tilslut/base/text.h"
#include "tilslut/ledger/kept_balance.h"
#include "tilslut/store/stmt.h"

enum { SQL_ADD, SQL_LIST };

static const char *const SQL[] = {
    [SQL_ADD] = "INSERT INTO period_item (close_id, party_code, entry_id, left_minor) VALUES (?1, ?2, ?3, ?4)",
    [SQL_LIST] = "SELECT party_code, entry_id, left_minor FROM period_item WHERE close_id = ?1 "
                 "ORDER BY party_code, entry_id",
};

/* The items of one party in components: tied by a reference or a reversal, directly or through others. */
struct ties {
    size_t *parent; /* of each item; itself at the head of a component */
    bool *is_live;  /* of heads: to be kept as it was before it was settled */
    size_t *order;  /* for sorting */
    int64_t *before_minor;
};

static size_t head_of(struct ties *ties, size_t item)
{
    while (ties->parent[item] != item)
        item = ties->parent[item] = ties->parent[ties->parent[item]];
    return item;
}

static void tie(struct ties *ties, size_t a, size_t b)
{
    a = head_of(ties, a);
    b = head_of(ties, b);
    ties->parent[a] = b;
    ties->is_live[b] = ties->is_live[b] || ties->is_live[a];
}

static int by_reference(const void *a, const void *b, void *items)
{
    const struct tl_open_item *x = (struct tl_open_item *)items + *(const size_t *)a;
    const struct tl_open_item *y = (struct tl_open_item *)items + *(const size_t *)b;
    return strcmp(x->reference, y->reference);
}

static void tie_references(struct ties *ties, struct tl_open_item *items, size_t count)
{
    for (size_t i = 0; i < count; i++)
        ties->order[i] = i;
    qsort_r(ties->order, count, sizeof *ties->order, by_reference, items);
    for (size_t i = 1; i < count; i++) {
        const char *reference = items[ties->order[i]].reference;
        if (reference[0] != '\0' && tl_text_equal(reference, items[ties->order[i - 1]].reference))
            tie(ties, ties->order[i], ties->order[i - 1]);
    }
}

/* Of items by entry. What reverses an entry that is dated later waits for it. */
static void tie_reversals(struct ties *ties, const struct tl_open_item *items, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        size_t low = 0, high = i;
        if (items[i].reverses == 0 || items[i].amount.minor > 0)
            continue;
        while (low < high) {
            size_t middle = low + (high - low) / 2;
            if (items[middle].entry < items[i].reverses)
                low = middle + 1;
            else
                high = middle;
        }
        if (low < i && items[low].entry == items[i].reverses)
            tie(ties, i, low);
        else
            ties->is_live[head_of(ties, i)] = true;
    }
}

/* Makes `open` of each item of a party what is to be kept of it. */
static void keep_party(struct ties *ties, struct open_sides *sides, struct tl_open_item *items, size_t count,
                       struct tl_date last)
{
    for (size_t i = 0; i < count; i++) {
        ties->parent[i] = i;
        ties->is_live[i] = tl_date_compare(items[i].due, last) > 0;
        ties->before_minor[i] = items[i].open.minor;
    }
    open_settle_named(sides, items, count);
    tie_references(ties, items, count);
    tie_reversals(ties, items, count);
    for (size_t i = 0; i < count; i++)
        if (ties->is_live[head_of(ties, i)])
            items[i].open.minor = ties->before_minor[i];
}

/* What is to be kept of a day, as known by the store's limit; items of which nothing is have nothing open. */
static tl_status compute(struct open_items *out, struct tl_store *store, struct tl_date last, struct tl_arena *arena,
                         struct tl_err *err)
{
    struct open_sides sides;
    tl_status status = open_read_left(out, store, NULL, last, arena, err);
    if (status == TL_OK)
        status = open_sides_init(&sides, out->count, arena, err);
    if (status != TL_OK)
        return status;
    struct ties ties = {.parent = tl_arena_alloc(arena, out->count, sizeof *ties.parent),
                        .is_live = tl_arena_alloc(arena, out->count, sizeof *ties.is_live),
                        .order = tl_arena_alloc(arena, out->count, sizeof *ties.order),
                        .before_minor = tl_arena_alloc(arena, out->count, sizeof *ties.before_minor)};
    if (ties.parent == NULL || ties.is_live == NULL || ties.order == NULL || ties.before_minor == NULL)
        return tl_err_memory(err);
    for (size_t first = 0, next; first < out->count; first = next) {
        next = open_party_end(out, first);
        keep_party(&ties, &sides, &out->items[first], next - first, last);
    }
    return TL_OK;
}

static tl_status add(struct tl_store *store, int64_t close, const struct tl_open_item *item, struct tl_err *err)
{
    struct tl_stmt *stmt;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_ADD], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_int(stmt, 1, close);
    tl_stmt_bind_text(stmt, 2, item->party);
    tl_stmt_bind_int(stmt, 3, item->entry);
    tl_stmt_bind_int(stmt, 4, item->open.minor);
    return tl_stmt_run(stmt, err);
}

tl_status tl_open_item_keep(struct tl_store *store, const struct tl_closed_period *closed, struct tl_err *err)
{
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct open_items items = {NULL, 0, 0};
    int64_t known = tl_store_known(store);
    /* what the close was made from */
    tl_store_set_known(store, tl_store_act(store) - 1);
    tl_status status = compute(&items, store, closed->period.last, &arena, err);
    tl_store_set_known(store, known);
    for (size_t i = 0; status == TL_OK && i < items.count; i++)
        if (!tl_money_is_zero(items.items[i].open))
            status = add(store, closed->id, &items.items[i], err);
    tl_arena_release(&arena);
    return status;
}

/* The next item that is kept, or the end. */
static size_t next_kept(const struct open_items *items, size_t at)
{
    while (at < items->count && tl_money_is_zero(items->items[at].open))
        at++;
    return at;
}

static tl_status tell(struct tl_check_work *work, const struct tl_kept *kept, const char *party, int64_t entry,
                      struct tl_err *err)
{
    char day[TL_DATE_TEXT_SIZE];
    return tl_check_found(
        work, err, "what close %" PRId64 " kept of entry %" PRId64 " of '%.20s' is not what was left of it on %s",
        kept->close, entry, party, tl_date_iso(kept->last, day));
}

/* Tells the first item that was kept otherwise. */
static tl_status compare(struct tl_check_work *work, struct tl_store *store, const struct tl_kept *kept,
                         const struct open_items *items, struct tl_err *err)
{
    struct tl_stmt *stmt;
    bool row;
    size_t at = next_kept(items, 0);
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_LIST], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_int(stmt, 1, kept->close);
    while ((status = tl_stmt_next(stmt, &row, err)) == TL_OK && row) {
        const struct tl_open_item *item = at < items->count ? &items->items[at] : NULL;
        if (item == NULL || !tl_text_equal(tl_stmt_text(stmt, 0), item->party) || tl_stmt_int(stmt, 1) != item->entry ||
            tl_stmt_int(stmt, 2) != item->open.minor) {
            status = tell(work, kept, tl_stmt_text(stmt, 0), tl_stmt_int(stmt, 1), err);
            tl_stmt_end(stmt);
            return status;
        }
        at = next_kept(items, at + 1);
    }
    if (status == TL_OK && at < items->count)
        status = tell(work, kept, items->items[at].party, items->items[at].entry, err);
    return status;
}

static tl_status check_close(struct tl_check_work *work, struct tl_store *store, const struct tl_kept *kept,
                             struct tl_err *err)
{
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct open_items items = {NULL, 0, 0};
    tl_status status = compute(&items, store, kept->last, &arena, err);
    if (status == TL_OK)
        status = compare(work, store, kept, &items, err);
    tl_arena_release(&arena);
    return status;
}

tl_status tl_open_item_check_kept(struct tl_check_work *work, struct tl_store *store, struct tl_err *err)
{
    return tl_kept_balance_each(work, store, check_close, err);
}
