/* SPDX-License-Identifier: MPL-2.0 */
#include "carryover_parts.h"

#include "tilslut/agreement/roster.h"
#include "tilslut/base/text.h"
#include "tilslut/key/apportion.h"
#include "tilslut/key/split.h"
#include "tilslut/ledger/account.h"
#include "tilslut/store/stmt.h"

enum { SQL_RESULT, SQL_CHARGED };

#define OF_YEAR                                                                                                        \
    "FROM posting AS p JOIN account AS c ON c.code = p.account_code JOIN seal AS s ON s.entry_id = p.entry_id "        \
    "JOIN entry AS e ON e.id = p.entry_id WHERE p.product_code = ?1 AND e.holds_on BETWEEN ?2 AND ?3 "

static const char *const SQL[] = {
    [SQL_RESULT] = "SELECT p.account_code, sum(p.amount_minor) " OF_YEAR "AND c.type IN ('income', 'expense') "
                   "GROUP BY p.account_code HAVING sum(p.amount_minor) <> 0 ORDER BY p.account_code",
    [SQL_CHARGED] = "SELECT p.party_code, -sum(p.amount_minor) " OF_YEAR "AND c.type = 'income' "
                    "AND p.party_code IS NOT NULL GROUP BY p.party_code HAVING sum(p.amount_minor) < 0 "
                    "ORDER BY p.party_code",
};

static tl_status ask(struct tl_stmt **stmt, struct tl_store *store, int sql, const char *product, int year,
                     struct tl_err *err)
{
    struct tl_period period = tl_period_of_year(year);
    tl_status status = tl_stmt_get(stmt, store, SQL[sql], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_text(*stmt, 1, product);
    tl_stmt_bind_date(*stmt, 2, period.first);
    tl_stmt_bind_date(*stmt, 3, period.last);
    return TL_OK;
}

tl_status tl_carryover_result(struct tl_carryover_lines *out, struct tl_store *store, const char *product, int year,
                              struct tl_arena *arena, struct tl_err *err)
{
    struct tl_stmt *stmt;
    size_t capacity = 0;
    bool row;
    *out = (struct tl_carryover_lines){.count = 0};
    tl_status status = ask(&stmt, store, SQL_RESULT, product, year, err);
    while (status == TL_OK && (status = tl_stmt_next(stmt, &row, err)) == TL_OK && row) {
        struct tl_carryover_line line = {tl_stmt_copy(stmt, 0, arena), {tl_stmt_int(stmt, 1)}};
        out->items = tl_arena_grow(arena, out->items, out->count, &capacity, sizeof *out->items);
        if (line.account == NULL || out->items == NULL)
            status = tl_err_memory(err);
        else
            status = tl_money_subtract(&out->result, out->result, line.balance, err);
        if (status != TL_OK) {
            tl_stmt_end(stmt);
            return status;
        }
        out->items[out->count++] = line;
    }
    return status;
}

static tl_status read_charged(struct tl_carryover *carry, struct tl_money *sum, struct tl_store *store,
                              struct tl_arena *arena, struct tl_err *err)
{
    struct tl_stmt *stmt;
    size_t capacity = 0;
    bool row;
    tl_status status = ask(&stmt, store, SQL_CHARGED, carry->product, carry->year, err);
    while (status == TL_OK && (status = tl_stmt_next(stmt, &row, err)) == TL_OK && row) {
        struct tl_carryover_share share = {.party = tl_stmt_copy(stmt, 0, arena), .weight = {tl_stmt_int(stmt, 1)}};
        carry->shares = tl_arena_grow(arena, carry->shares, carry->share_count, &capacity, sizeof *carry->shares);
        if (share.party == NULL || carry->shares == NULL)
            status = tl_err_memory(err);
        else
            status = tl_money_add(sum, *sum, share.weight, err);
        if (status != TL_OK) {
            tl_stmt_end(stmt);
            return status;
        }
        carry->shares[carry->share_count++] = share;
    }
    return status;
}

tl_status tl_carryover_apportion(int64_t *amounts, struct tl_money total, const struct tl_carryover_share *shares,
                                 size_t count, struct tl_arena *arena, struct tl_err *err)
{
    struct tl_frac *weights = tl_arena_alloc(arena, count + 1, sizeof *weights);
    if (weights == NULL)
        return tl_err_memory(err);
    for (size_t i = 0; i < count; i++) {
        tl_frac_init(&weights[i]);
        tl_frac_set_whole(&weights[i], shares[i].weight.minor);
    }
    tl_status status = tl_apportion(amounts, total.minor, weights, count, err);
    for (size_t i = 0; i < count; i++)
        tl_frac_release(&weights[i]);
    return status;
}

/* The members of the year, each with its figures; borrowed from the roster. */
static tl_status find_members(struct tl_member **out, size_t *count, const struct tl_roster *roster,
                              const struct tl_carryover *carry, struct tl_arena *arena, struct tl_err *err)
{
    *count = 0;
    *out = tl_arena_alloc(arena, roster->count + 1, sizeof **out);
    if (*out == NULL)
        return tl_err_memory(err);
    for (size_t i = 0; i < roster->count; i++)
        if (tl_roster_find_in(roster, roster->members[i].code, carry->year) != NULL)
            (*out)[(*count)++] = roster->members[i];
    if (*count > 0)
        return TL_OK;
    return tl_err_set(err, TL_ERR_INFEASIBLE, "'%s' had no members in %d", carry->product, carry->year);
}

static tl_status take_share(struct tl_carryover_share *share, const struct tl_carryover *carry, const char *code,
                            int64_t minor, struct tl_arena *arena, struct tl_err *err)
{
    char total[TL_MONEY_TEXT_SIZE], date[TL_DATE_TEXT_SIZE];
    *share = (struct tl_carryover_share){.party = tl_arena_text(arena, code), .amount = {minor}};
    share->working = tl_arena_format(arena, "%s by %s, figures of %s", tl_money_plain(carry->amount, total), carry->key,
                                     tl_date_iso(carry->figures_on, date));
    return share->party == NULL || share->working == NULL ? tl_err_memory(err) : TL_OK;
}

static tl_status share_by_key(struct tl_carryover *carry, struct tl_store *store, struct tl_arena *arena,
                              struct tl_err *err)
{
    struct tl_roster roster = TL_ROSTER_EMPTY;
    const struct tl_key *key = NULL;
    struct tl_member *members = NULL;
    size_t column = 0, count = 0;
    int64_t *amounts = NULL;
    tl_status status = tl_key_parse(&key, carry->key, &column, arena, err);
    if (status == TL_OK)
        status = tl_roster_read(&roster, store, carry->product, tl_period_of_year(carry->year).last, err);
    if (status == TL_OK)
        status = find_members(&members, &count, &roster, carry, arena, err);
    if (status == TL_OK) {
        amounts = tl_arena_alloc(arena, count, sizeof *amounts);
        carry->shares = tl_arena_alloc(arena, count, sizeof *carry->shares);
        status = amounts == NULL || carry->shares == NULL ? tl_err_memory(err) : TL_OK;
    }
    if (status == TL_OK)
        status = tl_split(amounts, carry->amount, key, members, count, carry->figures_on, err);
    for (size_t i = 0; status == TL_OK && i < count; i++)
        status = take_share(&carry->shares[carry->share_count++], carry, members[i].code, amounts[i], arena, err);
    tl_roster_release(&roster);
    return status;
}

tl_status tl_carryover_share_out(struct tl_carryover *carry, struct tl_store *store, struct tl_arena *arena,
                                 struct tl_err *err)
{
    char total[TL_MONEY_TEXT_SIZE], weight[TL_MONEY_TEXT_SIZE], whole[TL_MONEY_TEXT_SIZE];
    struct tl_money sum = {0};
    carry->shares = NULL;
    carry->share_count = 0;
    if (carry->key[0] != '\0')
        return share_by_key(carry, store, arena, err);
    tl_status status = read_charged(carry, &sum, store, arena, err);
    if (status == TL_OK && carry->share_count == 0) {
        status = tl_err_set(err, TL_ERR_INFEASIBLE, "no member of '%s' was charged in %d", carry->product, carry->year);
        tl_err_hint(err, "carry the result to next or to the reserve");
    }
    int64_t *amounts = tl_arena_alloc(arena, carry->share_count + 1, sizeof *amounts);
    if (status == TL_OK)
        status = amounts == NULL
                     ? tl_err_memory(err)
                     : tl_carryover_apportion(amounts, carry->amount, carry->shares, carry->share_count, arena, err);
    for (size_t i = 0; status == TL_OK && i < carry->share_count; i++) {
        struct tl_carryover_share *share = &carry->shares[i];
        share->amount.minor = amounts[i];
        share->working = tl_arena_format(arena, "%s x %s / %s", tl_money_plain(carry->amount, total),
                                         tl_money_plain(share->weight, weight), tl_money_plain(sum, whole));
        status = share->working == NULL ? tl_err_memory(err) : TL_OK;
    }
    return status;
}

const char *tl_carryover_account(const char *destination)
{
    return tl_text_equal(destination, "members")   ? TL_ACCOUNT_RECEIVABLE
           : tl_text_equal(destination, "reserve") ? TL_ACCOUNT_RESERVE
                                                   : TL_ACCOUNT_CARRIED;
}
