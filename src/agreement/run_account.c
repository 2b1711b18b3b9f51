/* SPDX-License-Identifier: MPL-2.0 */
/* What a run draws from accounts, on record; and the digest of all that a run is. */
#include <inttypes.h>

#include "run_due.h"
#include "tilslut/base/text.h"
#include "tilslut/store/stmt.h"

enum { SQL_ADD, SQL_READ };

static const char *const SQL[] = {
    [SQL_ADD] = "INSERT INTO run_account (run_id, seq, line_id, account_code, income_code, working, entitled_minor, "
                "net_minor) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    [SQL_READ] = "SELECT line_id, account_code, income_code, working, entitled_minor, net_minor FROM run_account "
                 "WHERE run_id = ?1 ORDER BY seq",
};

tl_status tl_run_accounts_store(struct tl_store *store, int64_t run, const struct tl_run_computed *computed,
                                struct tl_err *err)
{
    tl_status status = TL_OK;
    for (size_t i = 0; status == TL_OK && i < computed->account_count; i++) {
        const struct tl_run_account *account = &computed->accounts[i];
        struct tl_stmt *stmt;
        status = tl_stmt_get(&stmt, store, SQL[SQL_ADD], err);
        if (status != TL_OK)
            break;
        tl_stmt_bind_int(stmt, 1, run);
        tl_stmt_bind_int(stmt, 2, (int64_t)i + 1);
        tl_stmt_bind_text(stmt, 3, account->line_id);
        tl_stmt_bind_text(stmt, 4, account->account_code);
        tl_stmt_bind_text(stmt, 5, account->income_code);
        tl_stmt_bind_text(stmt, 6, account->working);
        tl_stmt_bind_int(stmt, 7, account->entitled_minor);
        tl_stmt_bind_int(stmt, 8, account->net_minor);
        status = tl_stmt_run(stmt, err);
    }
    return status;
}

tl_status tl_run_accounts_read(struct tl_run_account **out, size_t *count, struct tl_store *store, int64_t run,
                               struct tl_arena *arena, struct tl_err *err)
{
    struct tl_stmt *stmt;
    struct tl_run_account *accounts = NULL;
    size_t capacity = 0;
    bool row;
    *count = 0;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_READ], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_int(stmt, 1, run);
    while ((status = tl_stmt_next(stmt, &row, err)) == TL_OK && row) {
        accounts = tl_arena_grow(arena, accounts, *count, &capacity, sizeof *accounts);
        if (accounts == NULL)
            return tl_err_memory(err);
        struct tl_run_account *account = &accounts[(*count)++];
        *account = (struct tl_run_account){.line_id = tl_stmt_copy(stmt, 0, arena),
                                           .account_code = tl_stmt_copy(stmt, 1, arena),
                                           .income_code = tl_stmt_copy(stmt, 2, arena),
                                           .working = tl_stmt_copy(stmt, 3, arena),
                                           .entitled_minor = tl_stmt_int(stmt, 4),
                                           .net_minor = tl_stmt_int(stmt, 5)};
        if (account->line_id == NULL || account->account_code == NULL || account->income_code == NULL ||
            account->working == NULL)
            return tl_err_memory(err);
    }
    *out = accounts;
    return status;
}

static void write_plan(struct tl_buf *buf, const struct tl_run_plan *plan)
{
    char first[TL_DATE_TEXT_SIZE], last[TL_DATE_TEXT_SIZE];
    tl_buf_line(buf, "tilslut run", "1");
    tl_buf_line(buf, "product", plan->product);
    tl_buf_format(buf, "year %d\n", plan->year);
    tl_buf_line(buf, "kind", plan->kind);
    tl_buf_line(buf, "period_first", tl_date_iso(plan->period.first, first));
    tl_buf_line(buf, "period_last", tl_date_iso(plan->period.last, last));
    tl_buf_line(buf, "members", plan->members);
    tl_buf_line(buf, "lines", plan->lines);
    tl_buf_line(buf, "left_out", plan->left_out);
    tl_buf_line(buf, "corrects", plan->corrects);
    tl_buf_line(buf, "reason", plan->reason);
    tl_buf_line(buf, "evidence", plan->evidence);
    if (plan->accounts != NULL && plan->accounts[0] != '\0') {
        tl_buf_line(buf, "accounts", plan->accounts);
        tl_buf_format(buf, "actual_minor %" PRId64 "\n", plan->actual.minor);
    }
}

tl_status tl_run_digest(struct tl_digest *out, const struct tl_run_plan *plan, const struct tl_digest *terms,
                        const struct tl_run_lines *lines, const struct tl_run_account *accounts, size_t account_count,
                        struct tl_err *err)
{
    struct tl_buf buf = TL_BUF_EMPTY;
    char hex[TL_DIGEST_HEX_SIZE];
    write_plan(&buf, plan);
    tl_buf_line(&buf, "terms", tl_digest_hex(terms, hex));
    tl_run_lines_write(&buf, lines);
    for (size_t i = 0; i < account_count; i++) {
        tl_buf_line(&buf, "line_id", accounts[i].line_id);
        tl_buf_line(&buf, "account_code", accounts[i].account_code);
        tl_buf_line(&buf, "income_code", accounts[i].income_code);
        tl_buf_line(&buf, "working", accounts[i].working);
        tl_buf_format(&buf, "entitled_minor %" PRId64 "\nnet_minor %" PRId64 "\n", accounts[i].entitled_minor,
                      accounts[i].net_minor);
    }
    tl_status status = tl_buf_status(&buf, err);
    if (status == TL_OK)
        *out = tl_digest_of(buf.bytes, buf.length);
    tl_buf_release(&buf);
    return status;
}
