/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/agreement/reminder_fee.h"

#include <inttypes.h>

#include "tilslut/agreement/decision.h"
#include "tilslut/agreement/product.h"
#include "tilslut/agreement/reminder.h"
#include "tilslut/base/text.h"
#include "tilslut/ledger/account.h"
#include "tilslut/ledger/entry.h"
#include "tilslut/store/stmt.h"

enum { SQL_ADD, SQL_ON, SQL_SAME, SQL_LIST, SQL_CHARGE, SQL_WRONG, SQL_STRAY, SQL_COUNT };

#define FEES                                                                                                           \
    "SELECT f.id, f.valid_from, f.amount_minor, f.basis, f.account_code, coalesce(f.product_code, ''), d.body || ' ' " \
    "|| d.decided_on || ' ' || d.reference FROM reminder_fee AS f JOIN decision AS d ON d.id = f.decision_id "         \
    "WHERE f.act_id <= ?1 "

static const char *const SQL[] = {
    [SQL_ADD] = ("INSERT INTO reminder_fee (valid_from, amount_minor, basis, account_code, product_code, decision_id, "
                 "act_id) VALUES (?1, ?2, ?3, ?4, nullif(?5, ''), ?6, ?7)"),
    [SQL_ON] = FEES "AND f.valid_from <= ?2 ORDER BY f.valid_from DESC, f.id DESC LIMIT 1",
    [SQL_SAME] = FEES "AND f.valid_from = ?2 ORDER BY f.id DESC LIMIT 1",
    [SQL_LIST] = FEES "ORDER BY f.valid_from, f.id",
    [SQL_CHARGE] = "INSERT INTO reminder_charge (document_id, fee_id, entry_id, act_id) VALUES (?1, ?2, ?3, ?4)",
    [SQL_WRONG] = "SELECT c.document_id FROM reminder_charge AS c LEFT JOIN document AS d ON d.id = c.document_id "
                  "AND d.kind = 'reminder' LEFT JOIN reminder_fee AS f ON f.id = c.fee_id AND f.amount_minor > 0 "
                  "LEFT JOIN entry AS e ON e.id = c.entry_id AND e.kind = 'charge' "
                  "LEFT JOIN posting AS p ON p.entry_id = e.id AND p.seq = 1 "
                  "AND p.account_code = '" TL_ACCOUNT_RECEIVABLE "' AND p.party_code = d.party_code "
                  "AND p.amount_minor = f.amount_minor LEFT JOIN posting AS i ON i.entry_id = e.id AND i.seq = 2 "
                  "AND i.account_code = f.account_code AND i.product_code IS f.product_code "
                  "WHERE p.entry_id IS NULL OR i.entry_id IS NULL ORDER BY c.document_id",
    [SQL_STRAY] = "SELECT p.entry_id FROM posting AS p WHERE p.key >= 'reminder-fee:' AND p.key < 'reminder-fee;' "
                  "AND p.seq = 1 AND NOT EXISTS (SELECT 1 FROM reminder_charge AS c WHERE c.entry_id = p.entry_id) "
                  "ORDER BY p.entry_id",
    [SQL_COUNT] = "SELECT count(*) FROM reminder_charge",
};

static tl_status read_row(struct tl_reminder_fee *out, struct tl_stmt *stmt, struct tl_arena *arena, struct tl_err *err)
{
    *out = (struct tl_reminder_fee){.id = tl_stmt_int(stmt, 0),
                                    .from = tl_stmt_date(stmt, 1),
                                    .amount = {tl_stmt_int(stmt, 2)},
                                    .basis = tl_stmt_copy(stmt, 3, arena),
                                    .account = tl_stmt_copy(stmt, 4, arena),
                                    .product = tl_stmt_copy(stmt, 5, arena),
                                    .decision = tl_stmt_copy(stmt, 6, arena)};
    bool whole = out->basis != NULL && out->account != NULL && out->product != NULL && out->decision != NULL;
    return whole ? TL_OK : tl_err_memory(err);
}

static tl_status find(struct tl_reminder_fee *out, bool *found, struct tl_store *store, int sql, struct tl_date on,
                      struct tl_arena *arena, struct tl_err *err)
{
    struct tl_stmt *stmt;
    *found = false;
    tl_status status = tl_stmt_get(&stmt, store, SQL[sql], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_int(stmt, 1, tl_store_known(store));
    tl_stmt_bind_date(stmt, 2, on);
    status = tl_stmt_next(stmt, found, err);
    if (status != TL_OK || !*found)
        return status;
    status = read_row(out, stmt, arena, err);
    tl_stmt_end(stmt);
    return status;
}

tl_status tl_reminder_fee_find(struct tl_reminder_fee *out, bool *found, struct tl_store *store, struct tl_date on,
                               struct tl_arena *arena, struct tl_err *err)
{
    tl_status status = find(out, found, store, SQL_ON, on, arena, err);
    *found = *found && out->amount.minor > 0;
    return status;
}

tl_status tl_reminder_fee_list(struct tl_reminder_fee **out, size_t *count, struct tl_store *store,
                               struct tl_arena *arena, struct tl_err *err)
{
    struct tl_stmt *stmt;
    struct tl_reminder_fee *fees = NULL;
    size_t capacity = 0;
    bool row;
    *count = 0;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_LIST], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_int(stmt, 1, tl_store_known(store));
    while ((status = tl_stmt_next(stmt, &row, err)) == TL_OK && row) {
        fees = tl_arena_grow(arena, fees, *count, &capacity, sizeof *fees);
        status = fees == NULL ? tl_err_memory(err) : read_row(&fees[*count], stmt, arena, err);
        if (status != TL_OK) {
            tl_stmt_end(stmt);
            return status;
        }
        ++*count;
    }
    *out = fees;
    return status;
}

static tl_status check(struct tl_store *store, const struct tl_reminder_fee *fee, struct tl_arena *arena,
                       struct tl_err *err)
{
    struct tl_product product;
    char amount[TL_MONEY_TEXT_SIZE];
    if (fee->amount.minor < 0)
        return tl_err_set(err, TL_ERR_INPUT, "a fee of %s is below zero", tl_money_plain(fee->amount, amount));
    if (fee->amount.minor > 0 && fee->basis[0] == '\0') {
        (void)tl_err_set(err, TL_ERR_MISSING, "a fee needs its legal basis");
        tl_err_hint(err, "name the law or agreement, as members read it: --basis \"rentelovens § 9 b\"");
        return TL_ERR_MISSING;
    }
    tl_status status = tl_account_check_type(store, fee->account, "income", err);
    return status == TL_OK && fee->product[0] != '\0' ? tl_product_find(&product, store, fee->product, arena, err)
                                                      : status;
}

static tl_status add(struct tl_store *store, const struct tl_reminder_fee *fee, int64_t decision, struct tl_err *err)
{
    struct tl_stmt *stmt;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_ADD], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_date(stmt, 1, fee->from);
    tl_stmt_bind_int(stmt, 2, fee->amount.minor);
    tl_stmt_bind_text(stmt, 3, fee->basis);
    tl_stmt_bind_text(stmt, 4, fee->account);
    tl_stmt_bind_text(stmt, 5, fee->product);
    tl_stmt_bind_int(stmt, 6, decision);
    tl_stmt_bind_int(stmt, 7, tl_store_act(store));
    return tl_stmt_run(stmt, err);
}

static bool is_same(const struct tl_reminder_fee *a, const struct tl_reminder_fee *b, const char *decision)
{
    return a->amount.minor == b->amount.minor && tl_text_equal(a->basis, b->basis) &&
           tl_text_equal(a->account, b->account) && tl_text_equal(a->product, b->product) &&
           tl_text_equal(a->decision, decision);
}

tl_status tl_reminder_fee_decide(tl_recorded *recorded, struct tl_store *store, const struct tl_reminder_fee *fee,
                                 struct tl_err *err)
{
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct tl_reminder_fee latest;
    struct tl_decision decision;
    const char *written = NULL;
    bool found = false, same = false;
    tl_status status = check(store, fee, &arena, err);
    if (status == TL_OK)
        status = tl_decision_parse(&decision, fee->decision, &arena, err);
    if (status == TL_OK && (written = tl_decision_text(&decision, &arena)) == NULL)
        status = tl_err_memory(err);
    if (status == TL_OK)
        status = find(&latest, &found, store, SQL_SAME, fee->from, &arena, err);
    if (status == TL_OK) {
        same = found && is_same(&latest, fee, written);
        *recorded = same ? TL_RECORDED_SAME : found ? TL_RECORDED_CHANGED : TL_RECORDED_NEW;
    }
    if (status == TL_OK && !same)
        status = tl_decision_record(&decision, store, err);
    if (status == TL_OK && !same)
        status = add(store, fee, decision.id, err);
    tl_arena_release(&arena);
    return status;
}

/* ---- charging ---- */

static tl_status add_charge(struct tl_store *store, int64_t document, int64_t fee, int64_t entry, struct tl_err *err)
{
    struct tl_stmt *stmt;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_CHARGE], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_int(stmt, 1, document);
    tl_stmt_bind_int(stmt, 2, fee);
    tl_stmt_bind_int(stmt, 3, entry);
    tl_stmt_bind_int(stmt, 4, tl_store_act(store));
    return tl_stmt_run(stmt, err);
}

tl_status tl_reminder_fee_charge(struct tl_store *store, int64_t document, const char *party, struct tl_date date,
                                 const struct tl_reminder_fee *fee, struct tl_err *err)
{
    struct tl_arena arena = TL_ARENA_EMPTY;
    char day[TL_DATE_TEXT_SIZE];
    const char *product = fee->product[0] == '\0' ? NULL : fee->product;
    struct tl_posting postings[] = {
        {TL_ACCOUNT_RECEIVABLE, party, product, "", fee->amount},
        {fee->account, party, product, "", tl_money_negate(fee->amount)},
    };
    const char *key = tl_arena_format(&arena, "reminder-fee:%s:%s", party, tl_date_iso(date, day));
    struct tl_entry entry = {.kind = "charge",
                             .holds_on = date,
                             .due_on = tl_date_add_days(date, TL_REMINDER_DAYS),
                             .reference = tl_arena_format(&arena, "RY-%s-%s", party, day),
                             .text = tl_arena_format(&arena, "Rykkergebyr, RY-%s-%s (%s)", party, day, fee->basis),
                             .postings = postings,
                             .posting_count = 2};
    int64_t id = 0;
    bool already = false;
    tl_status status = key == NULL || entry.reference == NULL || entry.text == NULL
                           ? tl_err_memory(err)
                           : tl_entry_post(&id, &already, store, key, &entry, err);
    if (status == TL_OK && !already)
        status = add_charge(store, document, fee->id, id, err);
    tl_arena_release(&arena);
    return status;
}

/* ---- the check ---- */

static tl_status tell(struct tl_check_work *work, struct tl_store *store, int sql, const char *before,
                      const char *behind, struct tl_err *err)
{
    struct tl_stmt *stmt;
    bool row;
    tl_status status = tl_stmt_get(&stmt, store, SQL[sql], err);
    while (status == TL_OK && (status = tl_stmt_next(stmt, &row, err)) == TL_OK && row)
        status = tl_check_found(work, err, "%s %" PRId64 " %s", before, tl_stmt_int(stmt, 0), behind);
    return status;
}

tl_status tl_reminder_fee_check(struct tl_check_work *work, struct tl_store *store, struct tl_err *err)
{
    struct tl_stmt *stmt;
    int64_t count = 0;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_COUNT], err);
    if (status == TL_OK)
        status = tl_stmt_answer(stmt, &count, err);
    if (status == TL_OK)
        status =
            tell(work, store, SQL_WRONG, "the fee of the reminder, document", "is not what its entry charges", err);
    if (status == TL_OK)
        status = tell(work, store, SQL_STRAY, "entry", "charges a fee that no reminder was issued with", err);
    tl_check_counted(work, count, "reminder fee", "reminder fees");
    return status;
}
