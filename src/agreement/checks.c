/* SPDX-License-Identifier: MPL-2.0 */
/*
 * How a check is added: write `tl_status tl_NOUN_check(struct tl_check_work *, struct tl_store *, struct tl_err *)` in
 * the file of the noun it is about; there, tell what was gone through by tl_check_counted and what is wrong by
 * tl_check_found; put a row for it into the list below; change a file by hand in tests/golden/tamper/ and see it found.
 * A check reads each row once, in the order of a key: verify is run daily.
 */
#include "tilslut/agreement/checks.h"

#include <inttypes.h>
#include <stdio.h>

#include "tilslut/agreement/balancing.h"
#include "tilslut/agreement/bank_compare.h"
#include "tilslut/agreement/carryover.h"
#include "tilslut/agreement/common_share.h"
#include "tilslut/agreement/contact.h"
#include "tilslut/agreement/cost.h"
#include "tilslut/agreement/document.h"
#include "tilslut/agreement/duty.h"
#include "tilslut/agreement/invoice.h"
#include "tilslut/agreement/membership_history.h"
#include "tilslut/agreement/open_item.h"
#include "tilslut/agreement/outlay.h"
#include "tilslut/agreement/project.h"
#include "tilslut/agreement/reminder_fee.h"
#include "tilslut/agreement/run.h"
#include "tilslut/agreement/terms_book.h"
#include "tilslut/agreement/terms_signature.h"
#include "tilslut/ledger/chain.h"
#include "tilslut/ledger/closed_period.h"
#include "tilslut/ledger/kept_balance.h"
#include "tilslut/store/act_seal.h"
#include "tilslut/store/stmt.h"

/* A check of the store, which stops at its first finding and tells it as an error. */
static tl_status as_finding(struct tl_check_work *work, tl_status status, const struct tl_err *told, struct tl_err *err)
{
    if (status == TL_ERR_BROKEN)
        return tl_check_found(work, err, "%s", told->message);
    if (status != TL_OK)
        *err = *told;
    return status;
}

static tl_status check_file(struct tl_check_work *work, struct tl_store *store, struct tl_err *err)
{
    struct tl_err told = TL_ERR_NONE;
    return as_finding(work, tl_store_check_file(store, &told), &told, err);
}

static tl_status check_schema(struct tl_check_work *work, struct tl_store *store, struct tl_err *err)
{
    struct tl_err told = TL_ERR_NONE;
    return as_finding(work, tl_store_check_schema(store, &told), &told, err);
}

static const char moments_back[] = "SELECT a.id, a.recorded_at, b.recorded_at FROM act a JOIN act b ON b.id = a.id - 1 "
                                   "WHERE a.recorded_at < b.recorded_at ORDER BY a.id";

/* Moments are those of the clock, which can be set back. Their seals say that nobody changed them since; that the
 * clock was right, nothing can say. */
static tl_status remark_moments(struct tl_check_work *work, struct tl_store *store, struct tl_err *err)
{
    struct tl_stmt *stmt;
    bool row;
    int64_t count = 0, first = 0;
    char moment[TL_DATE_TEXT_SIZE] = "", before[TL_DATE_TEXT_SIZE] = "";
    tl_status status = tl_stmt_get(&stmt, store, moments_back, err);
    while (status == TL_OK && (status = tl_stmt_next(stmt, &row, err)) == TL_OK && row)
        if (count++ == 0) {
            first = tl_stmt_int(stmt, 0);
            snprintf(moment, sizeof moment, "%s", tl_stmt_text(stmt, 1));
            snprintf(before, sizeof before, "%s", tl_stmt_text(stmt, 2));
        }
    if (status == TL_OK && count > 0)
        tl_check_remark(work,
                        "the clock was set back before %" PRId64 " %s: act %" PRId64 " says %s, the one before it %s; "
                        "--known takes it for known no earlier than those before it",
                        count, count == 1 ? "act" : "acts", first, moment, before);
    return status;
}

static tl_status check_acts(struct tl_check_work *work, struct tl_store *store, struct tl_err *err)
{
    int64_t last = 0;
    tl_status status = tl_act_seal_last(&last, store, err);
    for (int64_t act = 1; status == TL_OK && act <= last; act++) {
        struct tl_err told = TL_ERR_NONE;
        status = as_finding(work, tl_act_seal_check(store, act, &told), &told, err);
        /* a number far beyond the last is told once */
        if (work->findings->left_out > 0)
            break;
    }
    tl_check_counted(work, last, "act", "acts");
    return status == TL_OK ? remark_moments(work, store, err) : status;
}

static tl_status check_chain(struct tl_check_work *work, struct tl_store *store, struct tl_err *err)
{
    int64_t entries = 0, postings = 0;
    tl_status status = tl_chain_verify(work->findings, &entries, &postings, store, err);
    tl_check_counted(work, entries, "entry", "entries");
    tl_check_counted(work, postings, "posting", "postings");
    return status;
}

static tl_status check_terms(struct tl_check_work *work, struct tl_store *store, struct tl_err *err)
{
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct tl_adopted *versions = NULL;
    size_t count = 0;
    tl_status status = tl_terms_book_list(&versions, &count, store, NULL, &arena, err);
    for (size_t i = 0; status == TL_OK && i < count; i++) {
        struct tl_terms terms = TL_TERMS_EMPTY;
        struct tl_err told = TL_ERR_NONE;
        if (tl_terms_book_read(&terms, &versions[i], &told) != TL_OK)
            status = told.status == TL_ERR_MEMORY ? tl_err_memory(err) : tl_check_found(work, err, "%s", told.message);
        tl_terms_release(&terms);
    }
    tl_check_counted(work, (int64_t)count, "version of terms", "versions of terms");
    tl_arena_release(&arena);
    return status;
}

static tl_status check_memberships(struct tl_check_work *work, struct tl_store *store, struct tl_err *err)
{
    return tl_membership_history_verify(work->findings, store, err);
}

static tl_status check_projects(struct tl_check_work *work, struct tl_store *store, struct tl_err *err)
{
    return tl_project_verify(work->findings, store, err);
}

static tl_status check_runs(struct tl_check_work *work, struct tl_store *store, struct tl_err *err)
{
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct tl_run *runs = NULL;
    size_t count = 0;
    tl_status status = tl_run_list(&runs, &count, store, &arena, err);
    tl_arena_release(&arena);
    tl_check_counted(work, (int64_t)count, "run", "runs");
    return status == TL_OK ? tl_run_verify(work->findings, store, err) : status;
}

static tl_status check_invoices(struct tl_check_work *work, struct tl_store *store, struct tl_err *err)
{
    return tl_invoice_verify(work->findings, store, err);
}

static tl_status check_documents(struct tl_check_work *work, struct tl_store *store, struct tl_err *err)
{
    size_t count = 0;
    tl_status status = tl_document_verify(work->findings, &count, store, err);
    tl_check_counted(work, (int64_t)count, "document", "documents");
    return status;
}

static tl_status check_balances(struct tl_check_work *work, struct tl_store *store, struct tl_err *err)
{
    tl_status status = tl_kept_balance_check(work, store, err);
    return status == TL_OK ? tl_open_item_check_kept(work, store, err) : status;
}

static const struct tl_check checks[] = {
    {"file", "the file is undamaged, and no row refers to one that is not there", check_file, false},
    {"schema", "tables, indexes and triggers are those that this program makes", check_schema, false},
    {"acts", "what each act recorded, in all tables, is what was sealed, and no act is missing within", check_acts,
     true},
    {"chain", "each entry is what was sealed, sums to zero, and no entry is missing within", check_chain, false},
    {"terms", "each version of terms is the text that was adopted, and can be read", check_terms, false},
    {"memberships", "each membership's history is one that the table of states allows", check_memberships, false},
    {"signatures", "each new signature is of a later version, of the member's own product, and not before its decision",
     tl_terms_signature_check, false},
    {"projects", "each project that is funded has pledges up to its threshold, and none later", check_projects, false},
    {"runs", "each run computed again from what was known gives its lines, and its entries are those sums", check_runs,
     false},
    {"invoices", "invoices are numbered without gaps, each entry of a run has its own, and none is credited twice",
     check_invoices, false},
    {"periods", "no entry was posted into a period while it was closed, and none was reopened by one person",
     tl_closed_period_check, false},
    {"balances", "each close kept the balances and open items that the entries before it come to", check_balances,
     false},
    {"hours", "each balancing of hours is posted as it comes to, and no other", tl_balancing_check, false},
    {"costs", "each approved cost is posted as it comes to, and no other", tl_cost_check, false},
    {"outlays", "each approved outlay and repayment is posted as it comes to, and none is repaid beyond its amount",
     tl_outlay_check, false},
    {"carries", "each result that was carried is posted as it comes to, by two people, and shared as it was charged",
     tl_carryover_check, false},
    {"shares", "each share of the secretariat comes to what was known, and is posted on both sides, by two people",
     tl_common_share_check, false},
    {"reminders", "each fee of a reminder is charged as it was decided, to whom the reminder went, and no other",
     tl_reminder_fee_check, false},
    {"documents", "each document is what was issued, and the head that it carries lies in the chain", check_documents,
     false},
    {"bank", "each statement of the bank foots, and each line that is used is the amount of its one entry",
     tl_bank_compare_check, false},
    {"roles", "acts since there are roles were done by people who had them, and runs approved by all that had to",
     tl_duty_check, false},
    {"contacts", "each contact is the person it was recorded with, or its erasure is recorded", tl_contact_check,
     false},
};

enum { CHECK_COUNT = sizeof checks / sizeof checks[0] };
_Static_assert((int)CHECK_COUNT <= (int)TL_CHECKS_MAX, "tl_checked has no room for all checks");

const struct tl_check *tl_checks_all(size_t *count)
{
    *count = CHECK_COUNT;
    return checks;
}

/* Puts the checks that are asked for into `checked`, in the order of the list. */
static tl_status choose(struct tl_checked *checked, struct tl_findings *findings, const char *const *names,
                        size_t name_count, struct tl_err *err)
{
    bool wanted[CHECK_COUNT] = {false};
    const char *known[CHECK_COUNT + 1] = {NULL};
    for (size_t i = 0; i < CHECK_COUNT; i++) {
        known[i] = checks[i].name;
        wanted[i] = name_count == 0;
    }
    for (size_t n = 0; n < name_count; n++) {
        size_t at = 0;
        while (at < CHECK_COUNT && !tl_text_equal(checks[at].name, names[n]))
            at++;
        if (at == CHECK_COUNT) {
            const char *nearest = tl_text_nearest(names[n], known);
            (void)tl_err_set(err, TL_ERR_NOT_FOUND, "there is no check '%.60s'", names[n]);
            if (nearest != NULL)
                tl_err_hint(err, "did you mean %s?", nearest);
            tl_err_hint(err, "tilslut verify --list shows them");
            return TL_ERR_NOT_FOUND;
        }
        wanted[at] = true;
    }
    *checked = (struct tl_checked){0};
    for (size_t i = 0; i < CHECK_COUNT; i++)
        if (wanted[i])
            checked->done[checked->count++] = (struct tl_check_work){.check = &checks[i], .findings = findings};
    return TL_OK;
}

static tl_status run_one(struct tl_check_work *work, struct tl_store *store, struct tl_err *err)
{
    struct tl_err failure = TL_ERR_NONE;
    struct tl_findings *findings = work->findings;
    size_t before = findings->count + findings->left_out;
    tl_status status = work->check->run(work, store, &failure);
    /* what cannot be read is told beside the finding that explains it, not instead of it */
    bool is_of_contents = status != TL_OK && status != TL_ERR_MEMORY && status != TL_ERR_IO;
    if (status == TL_ERR_BROKEN || (is_of_contents && findings->count > 0))
        status = tl_check_found(work, err, "could not be gone through: %s", failure.message);
    else if (status != TL_OK)
        *err = failure;
    work->found = findings->count + findings->left_out - before;
    return status;
}

tl_status tl_checks_run(struct tl_findings *findings, struct tl_checked *checked, struct tl_store *store,
                        const char *const *names, size_t name_count, struct tl_err *err)
{
    tl_status status = choose(checked, findings, names, name_count, err);
    for (int turn = 0; turn < 2; turn++)
        for (size_t i = 0; status == TL_OK && i < checked->count; i++)
            if (checked->done[i].check->goes_last == (turn == 1))
                status = run_one(&checked->done[i], store, err);
    return status;
}
