/* SPDX-License-Identifier: MPL-2.0 */
/* Goes through the runs: what was billed can be computed again, and is what was posted. */
#include <inttypes.h>

#include "run_parts.h"
#include "tilslut/base/text.h"
#include "tilslut/ledger/account.h"
#include "tilslut/store/stmt.h"

static const char SQL_POSTED[] =
    "SELECT coalesce(sum(CASE WHEN p.account_code = '" TL_ACCOUNT_RECEIVABLE "' THEN p.amount_minor ELSE 0 END), 0), "
    "coalesce(sum(e.evidence <> ?2), 0) FROM entry e JOIN posting p ON p.entry_id = e.id WHERE e.run_id = ?1";

static const char CHECK[] = "runs";

/* What an approved run posted is what its lines come to, and rests on its digest; a draft posted nothing. */
static tl_status verify_entries(struct tl_findings *findings, struct tl_store *store, const struct tl_run *run,
                                struct tl_err *err)
{
    struct tl_stmt *stmt;
    bool row = false;
    tl_status status = tl_stmt_get(&stmt, store, SQL_POSTED, err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_int(stmt, 1, run->id);
    tl_stmt_bind_digest(stmt, 2, &run->digest);
    status = tl_stmt_next(stmt, &row, err);
    if (status != TL_OK)
        return status;
    int64_t posted = tl_stmt_int(stmt, 0), elsewhere = tl_stmt_int(stmt, 1);
    tl_stmt_end(stmt);
    int64_t owed = tl_text_equal(run->state, "approved") ? run->net.minor + run->vat.minor : 0;
    if (posted != owed)
        return tl_findings_add(findings, err, CHECK,
                               "run %" PRId64 " comes to %" PRId64 " øre, but its entries charge %" PRId64, run->id,
                               owed, posted);
    if (elsewhere != 0)
        return tl_findings_add(findings, err, CHECK, "entries of run %" PRId64 " rest on other evidence than the run",
                               run->id);
    return TL_OK;
}

static tl_status verify_run(struct tl_findings *findings, struct tl_store *store, const struct tl_run *run,
                            struct tl_err *err)
{
    struct tl_run_computed computed = TL_RUN_COMPUTED_EMPTY;
    struct tl_run_plan plan = tl_run_plan_again(run, run->terms_id);
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct tl_run_lines stored;
    struct tl_run_account *accounts = NULL;
    size_t account_count = 0;
    struct tl_digest digest;
    struct tl_err failure = TL_ERR_NONE;
    int64_t known = tl_store_known(store);
    tl_store_set_known(store, run->act);
    tl_status status = tl_run_compute(&computed, store, &plan, &failure);
    tl_store_set_known(store, known);
    if (status == TL_ERR_MEMORY || status == TL_ERR_IO || status == TL_ERR_STORE) {
        *err = failure;
        goto out;
    }
    if (status != TL_OK)
        status = tl_findings_add(findings, err, CHECK, "run %" PRId64 " cannot be computed again: %s", run->id,
                                 failure.message);
    else if (!tl_digest_equal(&computed.digest, &run->digest))
        status =
            tl_findings_add(findings, err, CHECK,
                            "run %" PRId64 " computed again from the recorded facts gives another result", run->id);
    if (status == TL_OK)
        status = tl_run_lines_read(&stored, store, run->id, &arena, err);
    if (status == TL_OK)
        status = tl_run_accounts_read(&accounts, &account_count, store, run->id, &arena, err);
    if (status == TL_OK && computed.year.adopted.content != NULL) {
        status = tl_run_digest(&digest, &plan, &computed.year.adopted.sha256, &stored, accounts, account_count, err);
        if (status == TL_OK && !tl_digest_equal(&digest, &run->digest))
            status = tl_findings_add(findings, err, CHECK,
                                     "the lines of run %" PRId64 " are not those it was made with", run->id);
    }
    if (status == TL_OK)
        status = verify_entries(findings, store, run, err);
out:
    tl_run_computed_release(&computed);
    tl_arena_release(&arena);
    return status;
}

tl_status tl_run_verify(struct tl_findings *findings, struct tl_store *store, struct tl_err *err)
{
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct tl_run *runs = NULL;
    size_t count = 0;
    tl_status status = tl_run_list(&runs, &count, store, &arena, err);
    for (size_t i = 0; status == TL_OK && i < count; i++)
        status = verify_run(findings, store, &runs[i], err);
    tl_arena_release(&arena);
    return status;
}
