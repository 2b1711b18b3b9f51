/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/agreement/run.h"

#include <inttypes.h>
#include <string.h>

#include "run_line.h"
#include "tilslut/agreement/product_year.h"
#include "tilslut/agreement/terms_binding.h"
#include "tilslut/base/text.h"
#include "tilslut/ledger/account.h"
#include "tilslut/ledger/entry.h"
#include "tilslut/store/stmt.h"

#define COLUMNS                                                                                                        \
    "SELECT r.id, r.terms_id, r.act_id, r.product_code, r.year, coalesce(e.outcome, 'draft'), a.actor, "               \
    "a.recorded_at, "                                                                                                  \
    "coalesce(b.actor, ''), r.digest, (SELECT count(DISTINCT party_code) FROM run_line WHERE run_id = r.id), "         \
    "(SELECT sum(net_minor) FROM run_line WHERE run_id = r.id), (SELECT sum(vat_minor) FROM run_line WHERE run_id = "  \
    "r.id) "                                                                                                           \
    "FROM run r JOIN act a ON a.id = r.act_id LEFT JOIN run_end e ON e.run_id = r.id AND e.act_id <= ?1 "              \
    "LEFT JOIN act b ON b.id = e.act_id WHERE r.act_id <= ?1"

enum { SQL_ADD, SQL_END, SQL_LIST, SQL_FIND, SQL_TAKEN, SQL_POSTED };

static const char *const SQL[] = {
    [SQL_ADD] =
        "INSERT INTO run (product_code, terms_id, year, digest, act_id) VALUES (?1, ?2, ?3, ?4, ?5) RETURNING id",
    [SQL_END] = "INSERT INTO run_end (run_id, outcome, act_id) VALUES (?1, ?2, ?3)",
    [SQL_LIST] = COLUMNS " ORDER BY r.id",
    [SQL_FIND] = COLUMNS " AND r.id = ?2",
    [SQL_TAKEN] = "SELECT r.id, coalesce(e.outcome, 'draft') FROM run r LEFT JOIN run_end e ON e.run_id = r.id "
                  "WHERE r.product_code = ?1 AND r.year = ?2 AND coalesce(e.outcome, 'draft') <> 'discarded' LIMIT 1",
    [SQL_POSTED] =
        "SELECT coalesce(sum(p.amount_minor), 0), coalesce(sum(e.evidence <> ?2), 0) FROM entry e "
        "JOIN posting p ON p.entry_id = e.id WHERE e.run_id = ?1 AND p.account_code = '" TL_ACCOUNT_RECEIVABLE "'",
};

/* What a run comes to, computed from the record. */
struct computed {
    struct tl_product_year year;
    struct tl_run_lines lines;
    struct tl_digest digest;
};

static tl_status compute(struct computed *out, struct tl_store *store, const char *product, int year, int64_t terms_id,
                         struct tl_err *err)
{
    tl_status status = tl_product_year_compute(&out->year, store, product, year, terms_id, err);
    if (status == TL_OK)
        status = tl_run_lines_compute(&out->lines, &out->year.allocation, &out->year.arena, err);
    if (status == TL_OK)
        status = tl_run_lines_digest(&out->digest, &out->lines, product, year, &out->year.adopted.sha256, err);
    return status;
}

static tl_status check_not_billed(struct tl_store *store, const char *product, int year, struct tl_err *err)
{
    struct tl_stmt *stmt;
    bool row;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_TAKEN], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_text(stmt, 1, product);
    tl_stmt_bind_int(stmt, 2, year);
    status = tl_stmt_next(stmt, &row, err);
    if (status != TL_OK || !row)
        return status;
    int64_t run = tl_stmt_int(stmt, 0);
    bool draft = tl_text_equal(tl_stmt_text(stmt, 1), "draft");
    tl_stmt_end(stmt);
    if (draft) {
        (void)tl_err_set(err, TL_ERR_CONFLICT, "run %" PRId64 " is a draft of '%s' for %d already", run, product, year);
        tl_err_hint(err, "approve it with: tilslut approve %" PRId64 ", or drop it with: tilslut discard %" PRId64, run,
                    run);
    } else {
        (void)tl_err_set(err, TL_ERR_CONFLICT, "'%s' is billed for %d already, by run %" PRId64, product, year, run);
        tl_err_hint(err, "a year is billed once; tilslut list runs shows the runs");
    }
    return TL_ERR_CONFLICT;
}

tl_status tl_run_draft(int64_t *id, struct tl_store *store, const char *product, int year, struct tl_err *err)
{
    struct computed computed = {.year = TL_PRODUCT_YEAR_EMPTY};
    struct tl_stmt *stmt;
    tl_status status = compute(&computed, store, product, year, 0, err);
    if (status == TL_OK)
        status = check_not_billed(store, product, year, err);
    if (status == TL_OK)
        status = tl_terms_binding_check_year(store, &computed.year, err);
    if (status == TL_OK && computed.lines.count == 0) {
        status = tl_err_set(err, TL_ERR_MISSING, "there is nothing to bill for '%s' in %d", product, year);
        tl_err_hint(err, "tilslut allocate %s %d shows who pays what", product, year);
    }
    if (status == TL_OK)
        status = tl_stmt_get(&stmt, store, SQL[SQL_ADD], err);
    if (status == TL_OK) {
        tl_stmt_bind_text(stmt, 1, product);
        tl_stmt_bind_int(stmt, 2, computed.year.adopted.id);
        tl_stmt_bind_int(stmt, 3, year);
        tl_stmt_bind_digest(stmt, 4, &computed.digest);
        tl_stmt_bind_int(stmt, 5, tl_store_act(store));
        status = tl_stmt_answer(stmt, id, err);
    }
    if (status == TL_OK)
        status = tl_run_lines_store(store, *id, &computed.lines, err);
    tl_product_year_release(&computed.year);
    return status;
}

static tl_status read_row(struct tl_run *out, struct tl_stmt *stmt, struct tl_arena *arena, struct tl_err *err)
{
    *out = (struct tl_run){.id = tl_stmt_int(stmt, 0),
                           .terms_id = tl_stmt_int(stmt, 1),
                           .act = tl_stmt_int(stmt, 2),
                           .product = tl_stmt_copy(stmt, 3, arena),
                           .year = (int)tl_stmt_int(stmt, 4),
                           .state = tl_stmt_copy(stmt, 5, arena),
                           .author = tl_stmt_copy(stmt, 6, arena),
                           .drafted_at = tl_stmt_copy(stmt, 7, arena),
                           .ended_by = tl_stmt_copy(stmt, 8, arena),
                           .member_count = (size_t)tl_stmt_int(stmt, 10),
                           .net = {tl_stmt_int(stmt, 11)},
                           .vat = {tl_stmt_int(stmt, 12)}};
    if (out->product == NULL || out->state == NULL || out->author == NULL || out->drafted_at == NULL ||
        out->ended_by == NULL)
        return tl_err_memory(err);
    if (!tl_stmt_digest(stmt, 9, &out->digest))
        return tl_err_set(err, TL_ERR_BROKEN, "run %" PRId64 " has no digest", out->id);
    return TL_OK;
}

tl_status tl_run_find(struct tl_run *out, struct tl_store *store, int64_t id, struct tl_arena *arena,
                      struct tl_err *err)
{
    struct tl_stmt *stmt;
    bool row;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_FIND], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_int(stmt, 1, tl_store_known(store));
    tl_stmt_bind_int(stmt, 2, id);
    status = tl_stmt_next(stmt, &row, err);
    if (status == TL_OK && !row) {
        status = tl_err_set(err, TL_ERR_NOT_FOUND, "there is no run %" PRId64, id);
        tl_err_hint(err, "tilslut list runs shows them");
        return status;
    }
    if (status == TL_OK)
        status = read_row(out, stmt, arena, err);
    tl_stmt_end(stmt);
    return status;
}

tl_status tl_run_list(struct tl_run **out, size_t *count, struct tl_store *store, struct tl_arena *arena,
                      struct tl_err *err)
{
    struct tl_stmt *stmt;
    struct tl_run *runs = NULL;
    size_t capacity = 0;
    bool row;
    *count = 0;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_LIST], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_int(stmt, 1, tl_store_known(store));
    while (status == TL_OK && (status = tl_stmt_next(stmt, &row, err)) == TL_OK && row) {
        runs = tl_arena_grow(arena, runs, *count, &capacity, sizeof *runs);
        if (runs == NULL)
            return tl_err_memory(err);
        status = read_row(&runs[(*count)++], stmt, arena, err);
    }
    tl_stmt_end(stmt);
    *out = runs;
    return status;
}

static tl_status end_run(struct tl_store *store, int64_t id, const char *outcome, struct tl_err *err)
{
    struct tl_stmt *stmt;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_END], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_int(stmt, 1, id);
    tl_stmt_bind_text(stmt, 2, outcome);
    tl_stmt_bind_int(stmt, 3, tl_store_act(store));
    return tl_stmt_run(stmt, err);
}

static tl_status check_draft(const struct tl_run *run, struct tl_err *err)
{
    if (tl_text_equal(run->state, "draft"))
        return TL_OK;
    return tl_err_set(err, TL_ERR_STATE, "run %" PRId64 " is %s already, by %s", run->id, run->state, run->ended_by);
}

/* The same name in other letters or with other spaces is the same person; the schema holds any other program to it. */
static tl_status is_same_person(bool *out, const char *a, const char *b, struct tl_arena *arena, struct tl_err *err)
{
    char *x = tl_arena_text(arena, a), *y = tl_arena_text(arena, b);
    if (x == NULL || y == NULL)
        return tl_err_memory(err);
    tl_text_lower(x);
    tl_text_lower(y);
    for (;; x++, y++) {
        x += strspn(x, " ");
        y += strspn(y, " ");
        if (*x != *y || *x == '\0')
            break;
    }
    *out = *x == *y;
    return TL_OK;
}

static tl_status check_approver(const struct tl_run *run, const char *actor, struct tl_arena *arena, struct tl_err *err)
{
    bool same = false;
    tl_status status = is_same_person(&same, run->author, actor, arena, err);
    if (status != TL_OK || !same)
        return status;
    (void)tl_err_set(err, TL_ERR_STATE, "run %" PRId64 " was drafted by %s, who cannot approve it too", run->id,
                     run->author);
    tl_err_hint(err, "another person approves it with: tilslut approve %" PRId64 " --as NAME", run->id);
    return TL_ERR_STATE;
}

static struct tl_date nearest_in(struct tl_period period, struct tl_date date)
{
    if (tl_date_compare(date, period.first) < 0)
        return period.first;
    return tl_date_compare(date, period.last) > 0 ? period.last : date;
}

static tl_status check_date(const struct tl_run *run, struct tl_date date, struct tl_err *err)
{
    char text[TL_DATE_TEXT_SIZE];
    if (tl_period_contains(tl_period_of_year(run->year), date))
        return TL_OK;
    (void)tl_err_set(err, TL_ERR_INPUT, "%s is not in %d, the year that run %" PRId64 " bills", tl_date_iso(date, text),
                     run->year, run->id);
    tl_err_hint(err, "choose a date within the year");
    return TL_ERR_INPUT;
}

/* The entry of one member: the receivable against the incomes of the lines and their VAT. */
struct bill {
    struct tl_posting *postings;
    size_t count;
    struct tl_money gross, vat;
};

static tl_status gather(struct bill *bill, const struct tl_run_line *lines, size_t count, const char *product,
                        struct tl_err *err)
{
    tl_status status = TL_OK;
    *bill = (struct bill){.postings = bill->postings, .count = 1};
    for (size_t i = 0; status == TL_OK && i < count; i++) {
        struct tl_money net = {lines[i].net_minor}, vat = {lines[i].vat_minor};
        status = tl_money_add(&bill->gross, bill->gross, net, err);
        if (status == TL_OK)
            status = tl_money_add(&bill->gross, bill->gross, vat, err);
        if (status == TL_OK)
            status = tl_money_add(&bill->vat, bill->vat, vat, err);
        if (!tl_money_is_zero(net))
            bill->postings[bill->count++] = (struct tl_posting){lines[i].account_code, lines[i].party_code, product,
                                                                lines[i].line_id, tl_money_negate(net)};
    }
    if (!tl_money_is_zero(bill->vat))
        bill->postings[bill->count++] =
            (struct tl_posting){TL_ACCOUNT_VAT, lines[0].party_code, product, "", tl_money_negate(bill->vat)};
    bill->postings[0] = (struct tl_posting){TL_ACCOUNT_RECEIVABLE, lines[0].party_code, product, "", bill->gross};
    return status;
}

static tl_status post_bill(size_t *entries, struct tl_store *store, const struct tl_run *run,
                           const struct tl_run_line *lines, size_t count, const struct computed *computed,
                           struct tl_date date, struct tl_err *err)
{
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct bill bill = {.postings = tl_arena_alloc(&arena, count + 2, sizeof *bill.postings)};
    const char *party = lines[0].party_code;
    const char *key = tl_arena_format(&arena, "run:%" PRId64 ":%s", run->id, party);
    const char *reference = tl_arena_format(&arena, "%d-%" PRId64 "-%s", run->year, run->id, party);
    const char *text = tl_arena_format(&arena, "Opkrævning %d, %s", run->year, computed->year.product.name);
    int64_t id;
    bool already;
    tl_status status = bill.postings == NULL || key == NULL || reference == NULL || text == NULL
                           ? tl_err_memory(err)
                           : gather(&bill, lines, count, run->product, err);
    if (status == TL_OK && !tl_money_is_zero(bill.gross)) {
        struct tl_entry entry = {.kind = "charge",
                                 .holds_on = date,
                                 .due_on = tl_date_add_days(date, computed->year.terms.payment_days),
                                 .reference = reference,
                                 .text = text,
                                 .run_id = run->id,
                                 .has_evidence = true,
                                 .evidence = computed->digest,
                                 .postings = bill.postings,
                                 .posting_count = bill.count};
        status = tl_entry_post(&id, &already, store, key, &entry, err);
        ++*entries;
    }
    tl_arena_release(&arena);
    return status;
}

static tl_status post_bills(size_t *entries, struct tl_store *store, const struct tl_run *run,
                            const struct computed *computed, struct tl_date date, struct tl_err *err)
{
    const struct tl_run_lines *lines = &computed->lines;
    tl_status status = TL_OK;
    *entries = 0;
    for (size_t first = 0, next; status == TL_OK && first < lines->count; first = next) {
        for (next = first;
             next < lines->count && tl_text_equal(lines->items[next].party_code, lines->items[first].party_code);)
            next++;
        status = post_bill(entries, store, run, &lines->items[first], next - first, computed, date, err);
    }
    return status;
}

tl_status tl_run_approve(size_t *entries, struct tl_store *store, int64_t id, const char *actor, struct tl_date today,
                         struct tl_date date, struct tl_err *err)
{
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct tl_run run;
    struct computed computed = {.year = TL_PRODUCT_YEAR_EMPTY};
    tl_status status = tl_run_find(&run, store, id, &arena, err);
    if (status == TL_OK)
        status = check_draft(&run, err);
    if (status == TL_OK)
        status = check_approver(&run, actor, &arena, err);
    if (status == TL_OK && tl_date_is_none(date))
        date = nearest_in(tl_period_of_year(run.year), today);
    if (status == TL_OK)
        status = check_date(&run, date, err);
    if (status == TL_OK)
        status = compute(&computed, store, run.product, run.year, 0, err);
    if (status == TL_OK && !tl_digest_equal(&computed.digest, &run.digest)) {
        status =
            tl_err_set(err, TL_ERR_STATE, "the facts behind run %" PRId64 " have changed since it was drafted", id);
        tl_err_hint(err, "drop it with: tilslut discard %" PRId64 ", and draft it again with: tilslut bill %s %d", id,
                    run.product, run.year);
    }
    if (status == TL_OK)
        status = end_run(store, id, "approved", err);
    if (status == TL_OK)
        status = post_bills(entries, store, &run, &computed, date, err);
    tl_product_year_release(&computed.year);
    tl_arena_release(&arena);
    return status;
}

tl_status tl_run_discard(struct tl_store *store, int64_t id, struct tl_err *err)
{
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct tl_run run;
    tl_status status = tl_run_find(&run, store, id, &arena, err);
    if (status == TL_OK)
        status = check_draft(&run, err);
    if (status == TL_OK)
        status = end_run(store, id, "discarded", err);
    tl_arena_release(&arena);
    return status;
}

static const char CHECK[] = "runs";

/* What an approved run posted is what its lines come to, and rests on its digest; a draft posted nothing. */
static tl_status verify_entries(struct tl_findings *findings, struct tl_store *store, const struct tl_run *run,
                                struct tl_err *err)
{
    struct tl_stmt *stmt;
    bool row = false;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_POSTED], err);
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
    struct computed computed = {.year = TL_PRODUCT_YEAR_EMPTY};
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct tl_run_lines stored;
    struct tl_digest digest;
    struct tl_err failure = TL_ERR_NONE;
    int64_t known = tl_store_known(store);
    tl_store_set_known(store, run->act);
    tl_status status = compute(&computed, store, run->product, run->year, run->terms_id, &failure);
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
    if (status == TL_OK && computed.year.adopted.content != NULL) {
        status = tl_run_lines_digest(&digest, &stored, run->product, run->year, &computed.year.adopted.sha256, err);
        if (status == TL_OK && !tl_digest_equal(&digest, &run->digest))
            status = tl_findings_add(findings, err, CHECK,
                                     "the lines of run %" PRId64 " are not those it was made with", run->id);
    }
    if (status == TL_OK)
        status = verify_entries(findings, store, run, err);
out:
    tl_product_year_release(&computed.year);
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
