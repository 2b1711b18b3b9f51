/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/ledger/kept_balance.h"

#include <inttypes.h>
#include <string.h>

#include "tilslut/ledger/balance.h"
#include "tilslut/store/stmt.h"

enum { SQL_FIND, SQL_LATER, SQL_OF_ACT, SQL_ADD, SQL_CLOSES, SQL_LIST };

static const char *const SQL[] = {
    [SQL_FIND] = "SELECT c.id, c.last_on, c.later_entry FROM period_close c WHERE (?1 = '' OR c.last_on <= ?1) "
                 "AND c.act_id <= ?2 AND NOT EXISTS (SELECT 1 FROM period_reopen r JOIN period_reopen_end e "
                 "ON e.reopen_id = r.id WHERE r.close_id = c.id AND e.outcome = 'confirmed' AND e.act_id <= ?2) "
                 "ORDER BY c.last_on DESC, c.id DESC LIMIT 1",
    [SQL_LATER] = "SELECT min(coalesce((SELECT min(id) FROM entry WHERE holds_on > ?1), 9223372036854775807), "
                  "coalesce((SELECT max(id) FROM entry), 0) + 1)",
    [SQL_OF_ACT] = "SELECT id, last_on FROM period_close WHERE act_id = ?1",
    [SQL_ADD] = "INSERT INTO period_balance (close_id, account_code, debit_minor, credit_minor) "
                "VALUES (?1, ?2, ?3, ?4)",
    [SQL_CLOSES] = "SELECT id, last_on, later_entry, act_id FROM period_close WHERE id > ?1 ORDER BY id LIMIT 1",
    [SQL_LIST] = "SELECT account_code, debit_minor, credit_minor FROM period_balance WHERE close_id = ?1 "
                 "ORDER BY account_code",
};

tl_status tl_kept_balance_find(struct tl_kept *out, struct tl_store *store, struct tl_date until, struct tl_err *err)
{
    struct tl_stmt *stmt;
    bool row;
    *out = (struct tl_kept){0};
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_FIND], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_date(stmt, 1, until);
    tl_stmt_bind_int(stmt, 2, tl_store_known(store));
    status = tl_stmt_next(stmt, &row, err);
    if (status == TL_OK && row) {
        *out = (struct tl_kept){tl_stmt_int(stmt, 0), tl_stmt_date(stmt, 1), tl_stmt_int(stmt, 2)};
        tl_stmt_end(stmt);
    }
    return status;
}

tl_status tl_kept_balance_later(int64_t *out, struct tl_store *store, struct tl_date last, struct tl_err *err)
{
    struct tl_stmt *stmt;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_LATER], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_date(stmt, 1, last);
    return tl_stmt_answer(stmt, out, err);
}

/* The balances of a day as they were known before an act. */
static tl_status read_before(struct tl_balance **out, size_t *count, struct tl_store *store, int64_t act,
                             struct tl_date last, struct tl_arena *arena, struct tl_err *err)
{
    int64_t known = tl_store_known(store);
    tl_store_set_known(store, act - 1);
    tl_status status = tl_balance_read(out, count, store, last, arena, err);
    tl_store_set_known(store, known);
    return status;
}

static tl_status add(struct tl_store *store, int64_t close, const struct tl_balance *balance, struct tl_err *err)
{
    struct tl_stmt *stmt;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_ADD], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_int(stmt, 1, close);
    tl_stmt_bind_text(stmt, 2, balance->account);
    tl_stmt_bind_int(stmt, 3, balance->debit.minor);
    tl_stmt_bind_int(stmt, 4, balance->credit.minor);
    return tl_stmt_run(stmt, err);
}

tl_status tl_kept_balance_record(struct tl_store *store, struct tl_err *err)
{
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct tl_balance *balances = NULL;
    struct tl_stmt *stmt;
    struct tl_kept kept = {0};
    size_t count = 0;
    bool row;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_OF_ACT], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_int(stmt, 1, tl_store_act(store));
    status = tl_stmt_next(stmt, &row, err);
    if (status == TL_OK && row) {
        kept = (struct tl_kept){.close = tl_stmt_int(stmt, 0), .last = tl_stmt_date(stmt, 1)};
        tl_stmt_end(stmt);
    }
    if (status == TL_OK)
        status = read_before(&balances, &count, store, tl_store_act(store), kept.last, &arena, err);
    for (size_t i = 0; status == TL_OK && i < count; i++)
        status = add(store, kept.close, &balances[i], err);
    tl_arena_release(&arena);
    return status;
}

/* The close after one; close is 0 behind the last. */
static tl_status next_close(struct tl_kept *kept, int64_t *act, struct tl_store *store, struct tl_err *err)
{
    struct tl_stmt *stmt;
    bool row;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_CLOSES], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_int(stmt, 1, kept->close);
    *kept = (struct tl_kept){0};
    status = tl_stmt_next(stmt, &row, err);
    if (status == TL_OK && row) {
        *kept = (struct tl_kept){tl_stmt_int(stmt, 0), tl_stmt_date(stmt, 1), tl_stmt_int(stmt, 2)};
        *act = tl_stmt_int(stmt, 3);
        tl_stmt_end(stmt);
    }
    return status;
}

tl_status tl_kept_balance_each(struct tl_check_work *work, struct tl_store *store, tl_kept_check_one *check,
                               struct tl_err *err)
{
    struct tl_kept kept = {0};
    int64_t act = 0, known = tl_store_known(store);
    tl_status status = next_close(&kept, &act, store, err);
    while (status == TL_OK && kept.close != 0) {
        tl_store_set_known(store, act - 1);
        status = check(work, store, &kept, err);
        tl_store_set_known(store, known);
        if (status == TL_OK)
            status = next_close(&kept, &act, store, err);
    }
    return status;
}

static tl_status tell(struct tl_check_work *work, const struct tl_kept *kept, const char *account, struct tl_err *err)
{
    char day[TL_DATE_TEXT_SIZE];
    return tl_check_found(work, err, "what close %" PRId64 " kept of account %.20s is not what it came to on %s",
                          kept->close, account, tl_date_iso(kept->last, day));
}

/* Tells the first account that was kept otherwise. */
static tl_status compare(struct tl_check_work *work, struct tl_store *store, const struct tl_kept *kept,
                         const struct tl_balance *balances, size_t count, struct tl_err *err)
{
    struct tl_stmt *stmt;
    bool row;
    size_t at = 0;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_LIST], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_int(stmt, 1, kept->close);
    while ((status = tl_stmt_next(stmt, &row, err)) == TL_OK && row) {
        const char *account = tl_stmt_text(stmt, 0);
        int order = at == count ? -1 : strcmp(account, balances[at].account);
        if (order != 0 || tl_stmt_int(stmt, 1) != balances[at].debit.minor ||
            tl_stmt_int(stmt, 2) != balances[at].credit.minor) {
            status = tell(work, kept, order > 0 ? balances[at].account : account, err);
            tl_stmt_end(stmt);
            return status;
        }
        at++;
    }
    return status == TL_OK && at < count ? tell(work, kept, balances[at].account, err) : status;
}

static tl_status check_close(struct tl_check_work *work, struct tl_store *store, const struct tl_kept *kept,
                             struct tl_err *err)
{
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct tl_balance *balances = NULL;
    size_t count = 0;
    int64_t later = 0;
    tl_status status = tl_balance_read(&balances, &count, store, kept->last, &arena, err);
    if (status == TL_OK)
        status = tl_kept_balance_later(&later, store, kept->last, err);
    if (status == TL_OK && later < kept->later_entry)
        status = tl_check_found(
            work, err, "entry %" PRId64 " is dated after close %" PRId64 ", which says %" PRId64 " is the first", later,
            kept->close, kept->later_entry);
    if (status == TL_OK)
        status = compare(work, store, kept, balances, count, err);
    tl_arena_release(&arena);
    return status;
}

tl_status tl_kept_balance_check(struct tl_check_work *work, struct tl_store *store, struct tl_err *err)
{
    return tl_kept_balance_each(work, store, check_close, err);
}
