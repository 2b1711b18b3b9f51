/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/agreement/reminder.h"

#include <stdlib.h>

#include "tilslut/base/text.h"
#include "tilslut/store/stmt.h"

enum { SQL_ADD, SQL_YOUNGER };

static const char *const SQL[] = {
    [SQL_ADD] = "INSERT INTO reminder_item (document_id, entry_id, open_minor, reminded_on, act_id) "
                "VALUES (?1, ?2, ?3, ?4, ?5)",
    [SQL_YOUNGER] =
        "SELECT count(*) FROM reminder_item r JOIN document d ON d.id = r.document_id WHERE "
        "r.entry_id = ?1 AND r.reminded_on > ?2 AND r.reminded_on <> ?5 AND r.act_id <= ?3 AND d.party_code = ?4",
};

static tl_status is_due(bool *due, struct tl_store *store, const struct tl_open_item *item, struct tl_date on,
                        int32_t days, struct tl_err *err)
{
    struct tl_stmt *stmt;
    int64_t younger = 0;
    *due = false;
    if (item->open.minor <= 0 || tl_open_item_days(item, on) <= 0)
        return TL_OK;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_YOUNGER], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_int(stmt, 1, item->entry);
    tl_stmt_bind_date(stmt, 2, tl_date_add_days(on, -days));
    tl_stmt_bind_int(stmt, 3, tl_store_known(store));
    tl_stmt_bind_text(stmt, 4, item->party);
    tl_stmt_bind_date(stmt, 5, on);
    status = tl_stmt_answer(stmt, &younger, err);
    *due = younger == 0;
    return status;
}

static int by_due(const void *a, const void *b)
{
    const struct tl_open_item *x = a, *y = b;
    int order = tl_date_compare(x->due, y->due);
    return order != 0 ? order : (x->entry > y->entry) - (x->entry < y->entry);
}

tl_status tl_reminder_read(struct tl_reminder **out, size_t *count, struct tl_store *store, const char *party,
                           struct tl_date on, int32_t days, struct tl_arena *arena, struct tl_err *err)
{
    struct tl_open_item *items = NULL;
    struct tl_reminder *reminders = NULL;
    size_t item_count = 0, kept = 0, capacity = 0;
    *count = 0;
    tl_status status = tl_open_item_read_open(&items, &item_count, store, party, on, arena, err);
    for (size_t i = 0; status == TL_OK && i < item_count; i++) {
        bool due;
        status = is_due(&due, store, &items[i], on, days, err);
        if (status != TL_OK || !due)
            continue;
        items[kept] = items[i];
        struct tl_open_item *item = &items[kept++];
        if (*count == 0 || !tl_text_equal(reminders[*count - 1].party, item->party)) {
            reminders = tl_arena_grow(arena, reminders, *count, &capacity, sizeof *reminders);
            if (reminders == NULL)
                return tl_err_memory(err);
            reminders[(*count)++] = (struct tl_reminder){.party = item->party, .date = on, .items = item};
        }
        struct tl_reminder *reminder = &reminders[*count - 1];
        reminder->count++;
        status = tl_money_add(&reminder->total, reminder->total, item->open, err);
    }
    for (size_t i = 0; i < *count; i++)
        qsort(&items[reminders[i].items - items], reminders[i].count, sizeof *items, by_due);
    *out = reminders;
    return status;
}

tl_status tl_reminder_record(struct tl_store *store, int64_t document, const struct tl_reminder *reminder,
                             struct tl_err *err)
{
    tl_status status = TL_OK;
    for (size_t i = 0; status == TL_OK && i < reminder->count; i++) {
        struct tl_stmt *stmt;
        status = tl_stmt_get(&stmt, store, SQL[SQL_ADD], err);
        if (status != TL_OK)
            break;
        tl_stmt_bind_int(stmt, 1, document);
        tl_stmt_bind_int(stmt, 2, reminder->items[i].entry);
        tl_stmt_bind_int(stmt, 3, reminder->items[i].open.minor);
        tl_stmt_bind_date(stmt, 4, reminder->date);
        tl_stmt_bind_int(stmt, 5, tl_store_act(store));
        status = tl_stmt_run(stmt, err);
    }
    return status;
}
