/* SPDX-License-Identifier: MPL-2.0 */
/*
 * The check of closes: what was posted while they stood, what they held, and who reopened them.
 */
#include <inttypes.h>

#include "closed_period_rows.h"
#include "tilslut/base/person.h"
#include "tilslut/store/stmt.h"

static const char WITHIN[] =
    "SELECT id, holds_on FROM entry INDEXED BY entry_by_date WHERE holds_on > ?1 AND holds_on <= ?2 "
    "AND act_id >= ?3 AND (?4 = 0 OR act_id <= ?4) ORDER BY holds_on, id LIMIT 1";

/* The first entry dated after `since`, up to the last day of a close, that was posted while it stood. */
static tl_status check_within(struct tl_check_work *work, struct tl_store *store, const struct tl_closed_period *closed,
                              struct closed_acts acts, struct tl_date since, struct tl_err *err)
{
    struct tl_stmt *stmt;
    bool row;
    char name[TL_CLOSED_PERIOD_NAME_SIZE];
    tl_status status = tl_stmt_get(&stmt, store, WITHIN, err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_date(stmt, 1, since);
    tl_stmt_bind_date(stmt, 2, closed->period.last);
    tl_stmt_bind_int(stmt, 3, acts.closed);
    tl_stmt_bind_int(stmt, 4, acts.reopened);
    status = tl_stmt_next(stmt, &row, err);
    if (status != TL_OK || !row)
        return status;
    status = tl_check_found(work, err, "entry %" PRId64 ", dated %s, was posted while %s was closed",
                            tl_stmt_int(stmt, 0), tl_stmt_text(stmt, 1), tl_closed_period_name(closed->period, name));
    tl_stmt_end(stmt);
    return status;
}

static tl_status check_one(struct tl_check_work *work, struct tl_store *store, const struct tl_closed_period *closed,
                           struct closed_acts acts, struct tl_date since, struct tl_err *err)
{
    int64_t entries = 0, debit = 0;
    char name[TL_CLOSED_PERIOD_NAME_SIZE];
    tl_closed_period_name(closed->period, name);
    tl_status status = check_within(work, store, closed, acts, since, err);
    if (status == TL_OK)
        status = closed_count_entries(&entries, &debit, store, closed->period, acts.closed, err);
    if (status == TL_OK && (entries != closed->entries || debit != closed->debit.minor))
        status = tl_check_found(work, err,
                                "%s was closed with %" PRId64 " entries of %" PRId64 " øre, but %" PRId64 " of %" PRId64
                                " øre are there from before",
                                name, closed->entries, closed->debit.minor, entries, debit);
    if (status == TL_OK && acts.reopened != 0 && tl_person_is_same(closed->proposed_by, closed->confirmed_by))
        status = tl_check_found(work, err, "%s was reopened by %s alone", name, closed->confirmed_by);
    return status;
}

/* The last day that the closes under the one at `at` keep: they stand as long as it does. */
static struct tl_date kept_below(const struct tl_closed_period *closes, const struct closed_acts *acts, size_t at)
{
    struct tl_date last = {0};
    for (size_t i = 0; i < at; i++)
        if ((acts[i].reopened == 0 || acts[i].reopened > acts[at].closed) &&
            tl_date_compare(closes[i].period.last, last) > 0)
            last = closes[i].period.last;
    return last;
}

tl_status tl_closed_period_check(struct tl_check_work *work, struct tl_store *store, struct tl_err *err)
{
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct tl_closed_period *closes = NULL;
    struct closed_acts *acts = NULL;
    size_t count = 0;
    tl_status status = closed_list_with_acts(&closes, &acts, &count, store, &arena, err);
    for (size_t i = 0; status == TL_OK && i < count; i++)
        status = check_one(work, store, &closes[i], acts[i], kept_below(closes, acts, i), err);
    tl_check_counted(work, (int64_t)count, "closed period", "closed periods");
    tl_arena_release(&arena);
    return status;
}
