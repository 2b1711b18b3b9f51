/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/agreement/carryover.h"

#include <inttypes.h>

#include "carryover_parts.h"
#include "tilslut/agreement/decision.h"
#include "tilslut/agreement/product.h"
#include "tilslut/base/person.h"
#include "tilslut/base/text.h"
#include "tilslut/ledger/account.h"
#include "tilslut/ledger/closed_period.h"
#include "tilslut/ledger/entry.h"
#include "tilslut/store/stmt.h"

enum { SQL_ADD, SQL_ADD_SHARE, SQL_END, SQL_EARLIER, SQL_SINCE };

static const char *const SQL[] = {
    [SQL_ADD] =
        "INSERT INTO carry (product_code, year, destination, key, figures_on, amount_minor, decision_id, act_id) "
        "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) RETURNING id",
    [SQL_ADD_SHARE] = "INSERT INTO carry_share (carry_id, party_code, weight_minor, working, amount_minor) "
                      "VALUES (?1, ?2, ?3, ?4, ?5)",
    [SQL_END] = "INSERT INTO carry_end (carry_id, outcome, entry_id, act_id) VALUES (?1, ?2, nullif(?3, 0), ?4)",
    [SQL_EARLIER] = "SELECT c.id, e.outcome FROM carry AS c LEFT JOIN carry_end AS e ON e.carry_id = c.id "
                    "WHERE c.product_code = ?1 AND c.year = ?2 AND e.outcome IS NOT 'discarded' ORDER BY c.id LIMIT 1",
    [SQL_SINCE] = "SELECT count(*), min(e.id) FROM entry AS e WHERE e.holds_on BETWEEN ?2 AND ?3 "
                  "AND e.act_id > (SELECT act_id FROM carry WHERE id = ?4) AND EXISTS (SELECT 1 FROM posting AS p "
                  "JOIN account AS c ON c.code = p.account_code WHERE p.entry_id = e.id AND p.product_code = ?1 "
                  "AND c.type IN ('income', 'expense'))",
};

/* ---- drafting ---- */

static tl_status check_destination(const struct tl_carryover *carry, struct tl_err *err)
{
    static const char *const known[] = {"next", "reserve", "members", NULL};
    if (carry->key[0] != '\0' && !tl_text_equal(carry->destination, "members"))
        return tl_err_set(err, TL_ERR_INPUT, "only what goes to the members is shared by a key");
    for (size_t i = 0; known[i] != NULL; i++)
        if (tl_text_equal(known[i], carry->destination))
            return TL_OK;
    (void)tl_err_set(err, TL_ERR_INPUT, "a result cannot be carried to '%.40s'", carry->destination);
    tl_err_hint(err, "it goes to next, the pot of the next year, to the reserve, or to the members");
    return TL_ERR_INPUT;
}

static tl_status check_year(struct tl_store *store, int year, struct tl_date today, struct tl_err *err)
{
    struct tl_date last = tl_period_of_year(year).last;
    char text[TL_DATE_TEXT_SIZE];
    if (tl_date_compare(today, last) > 0)
        return tl_closed_period_check_date(store, last, err);
    (void)tl_err_set(err, TL_ERR_STATE, "%d runs until %s", year, tl_date_iso(last, text));
    tl_err_hint(err, "its result is carried when it has ended");
    return TL_ERR_STATE;
}

static tl_status check_first(struct tl_store *store, const struct tl_carryover *carry, struct tl_err *err)
{
    struct tl_stmt *stmt;
    bool row;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_EARLIER], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_text(stmt, 1, carry->product);
    tl_stmt_bind_int(stmt, 2, carry->year);
    status = tl_stmt_next(stmt, &row, err);
    if (status != TL_OK || !row)
        return status;
    int64_t id = tl_stmt_int(stmt, 0);
    bool is_draft = tl_stmt_is_null(stmt, 1);
    tl_stmt_end(stmt);
    if (is_draft) {
        (void)tl_err_set(err, TL_ERR_STATE, "carry %" PRId64 " is a draft of the result of '%s' for %d already", id,
                         carry->product, carry->year);
        tl_err_hint(err, "have it approved, or drop it with: tilslut carry discard %" PRId64, id);
    } else {
        (void)tl_err_set(err, TL_ERR_STATE, "the result of '%s' for %d is carried already, by carry %" PRId64,
                         carry->product, carry->year, id);
        tl_err_hint(err, "tilslut list carries shows it");
    }
    return TL_ERR_STATE;
}

/* Reads the result, and where it goes to the members what each has of it. */
static tl_status work_out(struct tl_carryover *carry, struct tl_store *store, struct tl_arena *arena,
                          struct tl_err *err)
{
    struct tl_carryover_lines lines;
    tl_status status = tl_carryover_result(&lines, store, carry->product, carry->year, arena, err);
    if (status != TL_OK)
        return status;
    carry->amount = lines.result;
    carry->shares = NULL;
    carry->share_count = 0;
    if (tl_money_is_zero(carry->amount)) {
        status = tl_err_set(err, TL_ERR_STATE, "the result of '%s' for %d is 0,00", carry->product, carry->year);
        tl_err_hint(err, "there is nothing to carry");
    } else if (tl_text_equal(carry->destination, "members"))
        status = tl_carryover_share_out(carry, store, arena, err);
    return status;
}

static tl_status add_shares(struct tl_store *store, const struct tl_carryover *carry, struct tl_err *err)
{
    tl_status status = TL_OK;
    for (size_t i = 0; status == TL_OK && i < carry->share_count; i++) {
        const struct tl_carryover_share *share = &carry->shares[i];
        struct tl_stmt *stmt;
        status = tl_stmt_get(&stmt, store, SQL[SQL_ADD_SHARE], err);
        if (status != TL_OK)
            break;
        tl_stmt_bind_int(stmt, 1, carry->id);
        tl_stmt_bind_text(stmt, 2, share->party);
        tl_stmt_bind_int(stmt, 3, share->weight.minor);
        tl_stmt_bind_text(stmt, 4, share->working);
        tl_stmt_bind_int(stmt, 5, share->amount.minor);
        status = tl_stmt_run(stmt, err);
    }
    return status;
}

static tl_status add(struct tl_carryover *carry, struct tl_store *store, int64_t decision, struct tl_err *err)
{
    struct tl_stmt *stmt;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_ADD], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_text(stmt, 1, carry->product);
    tl_stmt_bind_int(stmt, 2, carry->year);
    tl_stmt_bind_text(stmt, 3, carry->destination);
    tl_stmt_bind_text(stmt, 4, carry->key);
    tl_stmt_bind_date(stmt, 5, carry->figures_on);
    tl_stmt_bind_int(stmt, 6, carry->amount.minor);
    tl_stmt_bind_int(stmt, 7, decision);
    tl_stmt_bind_int(stmt, 8, tl_store_act(store));
    status = tl_stmt_answer(stmt, &carry->id, err);
    return status == TL_OK ? add_shares(store, carry, err) : status;
}

tl_status tl_carryover_draft(struct tl_carryover *carry, struct tl_store *store, struct tl_date today,
                             struct tl_arena *arena, struct tl_err *err)
{
    struct tl_product product;
    struct tl_decision decision;
    tl_status status = tl_product_find(&product, store, carry->product, arena, err);
    if (status == TL_OK)
        status = check_destination(carry, err);
    if (status == TL_OK)
        status = tl_decision_parse(&decision, carry->decision, arena, err);
    if (status == TL_OK)
        status = check_first(store, carry, err);
    if (status == TL_OK)
        status = check_year(store, carry->year, today, err);
    if (status == TL_OK)
        status = work_out(carry, store, arena, err);
    if (status == TL_OK)
        status = tl_decision_record(&decision, store, err);
    return status == TL_OK ? add(carry, store, decision.id, err) : status;
}

/* ---- ending ---- */

static tl_status find_draft(struct tl_carryover *out, struct tl_store *store, int64_t id, struct tl_arena *arena,
                            struct tl_err *err)
{
    struct tl_carryover *carries = NULL;
    size_t count = 0, at = 0;
    tl_status status = tl_carryover_list(&carries, &count, store, arena, err);
    if (status != TL_OK)
        return status;
    while (at < count && carries[at].id != id)
        at++;
    if (at == count) {
        (void)tl_err_set(err, TL_ERR_NOT_FOUND, "there is no carry %" PRId64, id);
        tl_err_hint(err, "tilslut list carries shows them");
        return TL_ERR_NOT_FOUND;
    }
    *out = carries[at];
    if (!tl_text_equal(out->state, "draft"))
        return tl_err_set(err, TL_ERR_STATE, "carry %" PRId64 " is %s already, by %s", id, out->state, out->ended_by);
    return TL_OK;
}

/* Says what was posted into the year since the draft. */
static tl_status refuse_stale(struct tl_store *store, const struct tl_carryover *carry, const char *what,
                              struct tl_err *err)
{
    struct tl_period year = tl_period_of_year(carry->year);
    struct tl_stmt *stmt;
    bool row;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_SINCE], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_text(stmt, 1, carry->product);
    tl_stmt_bind_date(stmt, 2, year.first);
    tl_stmt_bind_date(stmt, 3, year.last);
    tl_stmt_bind_int(stmt, 4, carry->id);
    status = tl_stmt_next(stmt, &row, err);
    if (status != TL_OK)
        return status;
    int64_t entries = row ? tl_stmt_int(stmt, 0) : 0, first = row ? tl_stmt_int(stmt, 1) : 0;
    if (row)
        tl_stmt_end(stmt);
    (void)tl_err_set(err, TL_ERR_STATE, "%s; %" PRId64 " %s posted into %d since, the first is entry %" PRId64, what,
                     entries, entries == 1 ? "entry was" : "entries were", carry->year, first);
    tl_err_hint(err, "drop it with: tilslut carry discard %" PRId64 ", and draft it again", carry->id);
    return TL_ERR_STATE;
}

/* That what was drafted is what the ledger says; *lines is what is to be closed. */
static tl_status check_fresh(struct tl_carryover_lines *lines, struct tl_store *store, const struct tl_carryover *carry,
                             struct tl_arena *arena, struct tl_err *err)
{
    char drafted[TL_MONEY_TEXT_SIZE], now[TL_MONEY_TEXT_SIZE];
    struct tl_carryover again = *carry;
    tl_status status = tl_carryover_result(lines, store, carry->product, carry->year, arena, err);
    if (status == TL_OK && lines->result.minor != carry->amount.minor) {
        const char *what = tl_arena_format(arena, "carry %" PRId64 " is of %s, but the result of '%s' for %d is %s now",
                                           carry->id, tl_money_da(carry->amount, drafted), carry->product, carry->year,
                                           tl_money_da(lines->result, now));
        return what == NULL ? tl_err_memory(err) : refuse_stale(store, carry, what, err);
    }
    if (status != TL_OK || carry->share_count == 0)
        return status;
    status = tl_carryover_share_out(&again, store, arena, err);
    bool same = status == TL_OK && again.share_count == carry->share_count;
    for (size_t i = 0; same && i < again.share_count; i++)
        same = tl_text_equal(again.shares[i].party, carry->shares[i].party) &&
               again.shares[i].weight.minor == carry->shares[i].weight.minor &&
               again.shares[i].amount.minor == carry->shares[i].amount.minor;
    if (status != TL_OK || same)
        return status;
    if (carry->key[0] != '\0') {
        status = tl_err_set(err, TL_ERR_STATE, "the members or figures that carry %" PRId64 " shares by have changed",
                            carry->id);
        tl_err_hint(err, "drop it with: tilslut carry discard %" PRId64 ", and draft it again", carry->id);
        return status;
    }
    const char *what =
        tl_arena_format(arena, "the members are not charged any more what carry %" PRId64 " shares by", carry->id);
    return what == NULL ? tl_err_memory(err) : refuse_stale(store, carry, what, err);
}

/* The incomes and costs of the year come to zero, and their difference lies where it was decided. */
static tl_status post(int64_t *entry_id, struct tl_store *store, const struct tl_carryover *carry,
                      const struct tl_carryover_lines *lines, struct tl_arena *arena, struct tl_err *err)
{
    struct tl_posting *postings = tl_arena_alloc(arena, lines->count + carry->share_count + 1, sizeof *postings);
    const char *key = tl_arena_format(arena, "carry:%" PRId64, carry->id);
    const char *account = tl_carryover_account(carry->destination);
    struct tl_entry entry = {.kind = "transfer",
                             .holds_on = tl_period_of_year(carry->year).last,
                             .reference = "",
                             .text = tl_arena_format(arena, "Resultat %d: %s", carry->year, carry->decision),
                             .postings = postings};
    bool already;
    if (postings == NULL || key == NULL || entry.text == NULL)
        return tl_err_memory(err);
    for (size_t i = 0; i < lines->count; i++)
        postings[entry.posting_count++] = (struct tl_posting){lines->items[i].account, NULL, carry->product, "",
                                                              tl_money_negate(lines->items[i].balance)};
    for (size_t i = 0; i < carry->share_count; i++)
        if (!tl_money_is_zero(carry->shares[i].amount))
            postings[entry.posting_count++] = (struct tl_posting){account, carry->shares[i].party, carry->product, "",
                                                                  tl_money_negate(carry->shares[i].amount)};
    if (carry->share_count == 0)
        postings[entry.posting_count++] =
            (struct tl_posting){account, NULL, carry->product, "", tl_money_negate(carry->amount)};
    return tl_entry_post(entry_id, &already, store, key, &entry, err);
}

static tl_status end(struct tl_store *store, int64_t id, const char *outcome, int64_t entry, struct tl_err *err)
{
    struct tl_stmt *stmt;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_END], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_int(stmt, 1, id);
    tl_stmt_bind_text(stmt, 2, outcome);
    tl_stmt_bind_int(stmt, 3, entry);
    tl_stmt_bind_int(stmt, 4, tl_store_act(store));
    return tl_stmt_run(stmt, err);
}

tl_status tl_carryover_approve(int64_t *entry, struct tl_store *store, int64_t id, const char *actor,
                               struct tl_err *err)
{
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct tl_carryover carry;
    struct tl_carryover_lines lines;
    tl_status status = find_draft(&carry, store, id, &arena, err);
    if (status == TL_OK)
        status = tl_person_check_second("carry", carry.id, carry.author, actor, "carry approve", err);
    if (status == TL_OK)
        status = check_fresh(&lines, store, &carry, &arena, err);
    if (status == TL_OK)
        status = post(entry, store, &carry, &lines, &arena, err);
    if (status == TL_OK)
        status = end(store, id, "approved", *entry, err);
    tl_arena_release(&arena);
    return status;
}

tl_status tl_carryover_discard(struct tl_store *store, int64_t id, struct tl_err *err)
{
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct tl_carryover carry;
    tl_status status = find_draft(&carry, store, id, &arena, err);
    if (status == TL_OK)
        status = end(store, id, "discarded", 0, err);
    tl_arena_release(&arena);
    return status;
}
