/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/agreement/payee.h"

#include <string.h>

#include "tilslut/agreement/decision.h"
#include "tilslut/base/identifier.h"
#include "tilslut/base/payment_id.h"
#include "tilslut/base/text.h"
#include "tilslut/store/stmt.h"

enum { SQL_ADD, SQL_LATEST, SQL_FIND, SQL_LIST };

#define COLUMNS                                                                                                        \
    "SELECT p.valid_from, p.registration, p.account, p.iban, p.creditor, "                                             \
    "coalesce(d.body || ' ' || d.decided_on || ' ' || d.reference, ''), p.evidence "                                   \
    "FROM payee p LEFT JOIN decision d ON d.id = p.decision_id WHERE p.act_id <= ?1 "

static const char *const SQL[] = {
    [SQL_ADD] = "INSERT INTO payee (valid_from, registration, account, iban, creditor, decision_id, evidence, act_id) "
                "VALUES (?1, ?2, ?3, ?4, ?5, nullif(?6, 0), ?7, ?8)",
    [SQL_LATEST] = COLUMNS "AND p.valid_from = ?2 ORDER BY p.id DESC LIMIT 1",
    [SQL_FIND] = COLUMNS "AND p.valid_from <= ?2 ORDER BY p.valid_from DESC, p.id DESC LIMIT 1",
    [SQL_LIST] = COLUMNS "ORDER BY p.valid_from, p.id",
};

enum {
    REGISTRATION_DIGITS = 4,
    ACCOUNT_DIGITS = 10,
    IBAN_FRONT = 4,
    IBAN_DK = 18,
    DIGITS_TEXT = 15,
    ACCOUNT_TEXT = 40
};

static bool is_danish(const char *iban)
{
    return strncmp(iban, "DK", 2) == 0 && strlen(iban) == IBAN_DK;
}

/* Registration number and account number as 14 digits. */
static void join_digits(char digits[DIGITS_TEXT], const char *registration, const char *account)
{
    size_t length = strnlen(account, ACCOUNT_DIGITS);
    memset(digits, '0', DIGITS_TEXT - 1);
    memcpy(digits, registration, REGISTRATION_DIGITS);
    memcpy(digits + DIGITS_TEXT - 1 - length, account, length);
    digits[DIGITS_TEXT - 1] = '\0';
}

/* The Danish IBAN of 14 digits: 98 minus the remainder, with the country's letters as 1320 and 00 behind. */
static const char *make_iban(const char digits[DIGITS_TEXT], struct tl_arena *arena)
{
    int remainder = 0;
    for (const char *at = digits; *at != '\0'; at++)
        remainder = (remainder * 10 + (*at - '0')) % 97;
    remainder = (remainder * 1000000 + 132000) % 97;
    return tl_arena_format(arena, "DK%02d%s", 98 - remainder, digits);
}

/* Fills in what follows: the account of a Danish IBAN, the IBAN of a Danish account. */
static tl_status complete(struct tl_payee *payee, struct tl_arena *arena, struct tl_err *err)
{
    char digits[DIGITS_TEXT];
    if (payee->registration[0] != '\0') {
        join_digits(digits, payee->registration, payee->account);
        const char *iban = make_iban(digits, arena);
        if (iban != NULL && payee->iban[0] != '\0' && !tl_text_equal(payee->iban, iban)) {
            (void)tl_err_set(err, TL_ERR_INPUT, "'%s' is not the account %s %s", payee->iban, payee->registration,
                             payee->account);
            tl_err_hint(err, "the IBAN of that account is %s", iban);
            return TL_ERR_INPUT;
        }
        payee->iban = iban;
        payee->account = tl_arena_text(arena, digits + REGISTRATION_DIGITS);
    } else if (is_danish(payee->iban)) {
        payee->registration = tl_arena_copy(arena, payee->iban + IBAN_FRONT, REGISTRATION_DIGITS);
        payee->account = tl_arena_text(arena, payee->iban + IBAN_FRONT + REGISTRATION_DIGITS);
    }
    return payee->iban == NULL || payee->registration == NULL || payee->account == NULL ? tl_err_memory(err) : TL_OK;
}

static tl_status check(const struct tl_payee *payee, struct tl_err *err)
{
    tl_status status = TL_OK;
    if ((payee->registration[0] == '\0') != (payee->account[0] == '\0')) {
        (void)tl_err_set(err, TL_ERR_INPUT, "a bank account has a registration number and an account number");
        tl_err_hint(err, "write it like '0040 0440116243'");
        return TL_ERR_INPUT;
    }
    if (payee->registration[0] != '\0')
        status = tl_identifier_check_bank_registration(payee->registration, err);
    if (status == TL_OK && payee->account[0] != '\0')
        status = tl_identifier_check_bank_account(payee->account, err);
    if (status == TL_OK && payee->iban[0] != '\0')
        status = tl_identifier_check_iban(payee->iban, err);
    if (status == TL_OK && payee->creditor[0] != '\0')
        status = tl_payment_id_check_creditor(payee->creditor, err);
    if (status != TL_OK)
        return status;
    if (payee->registration[0] == '\0' && payee->iban[0] == '\0' && payee->creditor[0] == '\0')
        return tl_err_set(err, TL_ERR_INPUT, "neither an account nor a creditor number is given");
    if (payee->decision[0] == '\0' && payee->evidence[0] == '\0') {
        (void)tl_err_set(err, TL_ERR_INPUT, "where members pay needs a decision, or evidence");
        tl_err_hint(err, "name the agreement with the bank, for example --evidence 'aftale med banken 2025-12-01'");
        return TL_ERR_INPUT;
    }
    return TL_OK;
}

static tl_status read_row(struct tl_payee *out, struct tl_stmt *stmt, struct tl_arena *arena, struct tl_err *err)
{
    *out = (struct tl_payee){tl_stmt_date(stmt, 0),        tl_stmt_copy(stmt, 1, arena), tl_stmt_copy(stmt, 2, arena),
                             tl_stmt_copy(stmt, 3, arena), tl_stmt_copy(stmt, 4, arena), tl_stmt_copy(stmt, 5, arena),
                             tl_stmt_copy(stmt, 6, arena)};
    bool whole = out->registration != NULL && out->account != NULL && out->iban != NULL && out->creditor != NULL &&
                 out->decision != NULL && out->evidence != NULL;
    return whole ? TL_OK : tl_err_memory(err);
}

/* The row that a statement with the parameters `known` and a date finds; *found tells whether there is one. */
static tl_status read_one(struct tl_payee *out, bool *found, struct tl_store *store, const char *sql,
                          struct tl_date date, struct tl_arena *arena, struct tl_err *err)
{
    struct tl_stmt *stmt;
    tl_status status = tl_stmt_get(&stmt, store, sql, err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_int(stmt, 1, tl_store_known(store));
    tl_stmt_bind_date(stmt, 2, date);
    status = tl_stmt_next(stmt, found, err);
    if (status == TL_OK && *found) {
        status = read_row(out, stmt, arena, err);
        tl_stmt_end(stmt);
    }
    return status;
}

static bool is_same(const struct tl_payee *a, const struct tl_payee *b)
{
    return tl_text_equal(a->registration, b->registration) && tl_text_equal(a->account, b->account) &&
           tl_text_equal(a->iban, b->iban) && tl_text_equal(a->creditor, b->creditor) &&
           tl_text_equal(a->decision, b->decision) && tl_text_equal(a->evidence, b->evidence);
}

static tl_status add(struct tl_store *store, const struct tl_payee *payee, int64_t decision, struct tl_err *err)
{
    struct tl_stmt *stmt;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_ADD], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_date(stmt, 1, payee->valid_from);
    tl_stmt_bind_text(stmt, 2, payee->registration);
    tl_stmt_bind_text(stmt, 3, payee->account);
    tl_stmt_bind_text(stmt, 4, payee->iban);
    tl_stmt_bind_text(stmt, 5, payee->creditor);
    tl_stmt_bind_int(stmt, 6, decision);
    tl_stmt_bind_text(stmt, 7, payee->evidence);
    tl_stmt_bind_int(stmt, 8, tl_store_act(store));
    return tl_stmt_run(stmt, err);
}

tl_status tl_payee_record(tl_recorded *recorded, struct tl_store *store, const struct tl_payee *payee,
                          struct tl_err *err)
{
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct tl_payee wanted = *payee, latest;
    struct tl_decision decision = {.id = 0};
    bool found = false;
    tl_status status = check(&wanted, err);
    if (status == TL_OK)
        status = complete(&wanted, &arena, err);
    if (status == TL_OK && wanted.decision[0] != '\0')
        status = tl_decision_parse(&decision, wanted.decision, &arena, err);
    if (status == TL_OK)
        status = read_one(&latest, &found, store, SQL[SQL_LATEST], wanted.valid_from, &arena, err);
    if (status == TL_OK) {
        bool same = found && is_same(&latest, &wanted);
        *recorded = same ? TL_RECORDED_SAME : found ? TL_RECORDED_CHANGED : TL_RECORDED_NEW;
        if (!same && wanted.decision[0] != '\0')
            status = tl_decision_record(&decision, store, err);
        if (!same && status == TL_OK)
            status = add(store, &wanted, decision.id, err);
    }
    tl_arena_release(&arena);
    return status;
}

tl_status tl_payee_find(struct tl_payee *out, struct tl_store *store, struct tl_date on, struct tl_arena *arena,
                        struct tl_err *err)
{
    bool found = false;
    char date[TL_DATE_TEXT_SIZE];
    tl_status status = read_one(out, &found, store, SQL[SQL_FIND], on, arena, err);
    if (status == TL_OK && !found) {
        status = tl_err_set(err, TL_ERR_MISSING, "where members pay is not recorded for %s", tl_date_iso(on, date));
        tl_err_hint(err, "tilslut payee set --from DATE --account 'REGISTRATION NUMBER' --evidence TEXT records it");
    }
    return status;
}

tl_status tl_payee_list(struct tl_payee **out, size_t *count, struct tl_store *store, struct tl_arena *arena,
                        struct tl_err *err)
{
    struct tl_stmt *stmt;
    struct tl_payee *payees = NULL;
    size_t capacity = 0;
    bool row;
    *count = 0;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_LIST], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_int(stmt, 1, tl_store_known(store));
    while ((status = tl_stmt_next(stmt, &row, err)) == TL_OK && row) {
        payees = tl_arena_grow(arena, payees, *count, &capacity, sizeof *payees);
        status = payees == NULL ? tl_err_memory(err) : read_row(&payees[*count], stmt, arena, err);
        if (status != TL_OK)
            return status;
        ++*count;
    }
    *out = payees;
    return status;
}

bool tl_payee_has_account(const struct tl_payee *payee, const char *account)
{
    char plain[ACCOUNT_TEXT], padded[DIGITS_TEXT];
    size_t length = 0;
    for (const char *at = account; *at != '\0'; at++) {
        if (*at == ' ' || *at == '-' || *at == '.')
            continue;
        if (length + 1 >= sizeof plain)
            return false;
        plain[length++] = *at;
    }
    plain[length] = '\0';
    if (length == 0)
        return false;
    if (tl_text_equal(plain, payee->iban))
        return true;
    if (payee->registration[0] == '\0' || length <= REGISTRATION_DIGITS ||
        length > REGISTRATION_DIGITS + ACCOUNT_DIGITS || strspn(plain, "0123456789") != length)
        return false;
    join_digits(padded, plain, plain + REGISTRATION_DIGITS);
    return strncmp(padded, payee->registration, REGISTRATION_DIGITS) == 0 &&
           tl_text_equal(padded + REGISTRATION_DIGITS, payee->account);
}
