/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/agreement/bank_match.h"

#include <inttypes.h>
#include <string.h>

#include "bank_known.h"
#include "tilslut/agreement/cost.h"
#include "tilslut/agreement/party.h"
#include "tilslut/base/text.h"
#include "tilslut/ledger/account.h"
#include "tilslut/ledger/entry.h"
#include "tilslut/store/stmt.h"

enum { SQL_ADD, SQL_FIND, SQL_CHARGE, SQL_ENTRY, SQL_ACCOUNT };

static const char *const SQL[] = {
    [SQL_ADD] = "INSERT INTO bank_match (line_id, entry_id, how, party_code, reason, act_id) "
                "VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    [SQL_FIND] = "SELECT l.booked_on, l.amount_minor, s.digest, coalesce(m.entry_id, 0) FROM bank_line l "
                 "JOIN bank_statement s ON s.id = l.statement_id LEFT JOIN bank_match m ON m.line_id = l.id "
                 "WHERE l.id = ?1",
    [SQL_CHARGE] = "SELECT e.reference FROM entry e JOIN posting p ON p.entry_id = e.id WHERE p.party_code = ?1 AND "
                   "p.account_code = '" TL_ACCOUNT_RECEIVABLE "' AND p.amount_minor > 0 AND e.reference <> '' AND "
                   "(e.reference = ?2 OR e.id = (SELECT entry_id FROM invoice WHERE number = ?2)) LIMIT 1",
    [SQL_ENTRY] =
        "SELECT sum(p.amount_minor), max(p.party_code), (SELECT line_id FROM bank_match WHERE entry_id = ?1) "
        "FROM posting p WHERE p.entry_id = ?1 AND p.account_code = '" TL_ACCOUNT_SETTLEMENT "' HAVING count(*) > 0",
    [SQL_ACCOUNT] = "SELECT type FROM account WHERE code = ?1",
};

/* A line to be used. */
struct line {
    int64_t id;
    struct tl_date booked_on;
    struct tl_money amount;
    struct tl_digest statement;
};

static tl_status refuse_used(int64_t line, int64_t entry, struct tl_err *err)
{
    (void)tl_err_set(err, TL_ERR_STATE, "line %" PRId64 " of the bank is used already, as entry %" PRId64, line, entry);
    tl_err_hint(err, "a line is used once; tilslut list unmatched shows those that are not");
    return TL_ERR_STATE;
}

static tl_status find_line(struct line *out, struct tl_store *store, int64_t id, struct tl_err *err)
{
    struct tl_stmt *stmt;
    bool row;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_FIND], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_int(stmt, 1, id);
    status = tl_stmt_next(stmt, &row, err);
    if (status != TL_OK)
        return status;
    if (!row) {
        (void)tl_err_set(err, TL_ERR_NOT_FOUND, "there is no line %" PRId64 " of the bank", id);
        tl_err_hint(err, "tilslut list unmatched shows the lines that are not used yet");
        return TL_ERR_NOT_FOUND;
    }
    *out = (struct line){.id = id, .booked_on = tl_stmt_date(stmt, 0), .amount = {tl_stmt_int(stmt, 1)}};
    bool is_whole = tl_stmt_digest(stmt, 2, &out->statement);
    int64_t used = tl_stmt_int(stmt, 3);
    tl_stmt_end(stmt);
    if (!is_whole)
        return tl_err_set(err, TL_ERR_BROKEN, "the statement of line %" PRId64 " has no digest", id);
    return used == 0 ? TL_OK : refuse_used(id, used, err);
}

static tl_status add_match(struct tl_store *store, int64_t line, int64_t entry, const char *how, const char *party,
                           const char *reason, struct tl_err *err)
{
    struct tl_stmt *stmt;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_ADD], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_int(stmt, 1, line);
    tl_stmt_bind_int(stmt, 2, entry);
    tl_stmt_bind_text(stmt, 3, how);
    tl_stmt_bind_text(stmt, 4, party);
    tl_stmt_bind_text(stmt, 5, reason);
    tl_stmt_bind_int(stmt, 6, tl_store_act(store));
    return tl_stmt_run(stmt, err);
}

/* Posts a line against an account; its entry rests on the statement. */
static tl_status post(int64_t *entry_id, struct tl_store *store, const struct line *line, struct tl_entry *entry,
                      const char *account, const char *party, struct tl_err *err)
{
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct tl_posting postings[] = {
        {TL_ACCOUNT_SETTLEMENT, party, NULL, "", line->amount},
        {account, party, NULL, "", tl_money_negate(line->amount)},
    };
    const char *key = tl_arena_format(&arena, "bank:%" PRId64, line->id);
    bool already;
    entry->holds_on = line->booked_on;
    entry->has_evidence = true;
    entry->evidence = line->statement;
    entry->postings = postings;
    entry->posting_count = 2;
    tl_status status = key == NULL ? tl_err_memory(err) : tl_entry_post(entry_id, &already, store, key, entry, err);
    tl_arena_release(&arena);
    return status;
}

static tl_status post_payment(int64_t *entry_id, struct tl_store *store, const struct line *line, const char *party,
                              const char *reference, const char *how, struct tl_err *err)
{
    struct tl_entry entry = {.kind = "payment",
                             .reference = reference,
                             .text = line->amount.minor > 0 ? "Indbetaling" : "Indbetaling ført tilbage af banken"};
    tl_status status = post(entry_id, store, line, &entry, TL_ACCOUNT_RECEIVABLE, party, err);
    return status == TL_OK ? add_match(store, line->id, *entry_id, how, party, "", err) : status;
}

tl_status tl_bank_match_known(size_t *posted, struct tl_store *store, struct tl_err *err)
{
    struct bank_known known = {.arena = TL_ARENA_EMPTY};
    struct bank_unused *lines = NULL;
    size_t count = 0;
    *posted = 0;
    tl_status status = bank_known_read(&known, store, err);
    if (status == TL_OK)
        status = bank_unused_read(&lines, &count, store, tl_store_act(store), &known.arena, err);
    for (size_t i = 0; status == TL_OK && i < count; i++) {
        struct tl_open_item *item = bank_known_charge(&known, &lines[i]);
        struct line line;
        int64_t entry;
        if (item == NULL)
            continue;
        status = find_line(&line, store, lines[i].line, err);
        if (status == TL_OK)
            status = post_payment(&entry, store, &line, item->party, item->reference, "reference", err);
        item->open.minor -= line.amount.minor < item->open.minor ? line.amount.minor : item->open.minor;
        ++*posted;
    }
    tl_arena_release(&known.arena);
    return status;
}

/* The reference of the charge that is named by it, or by the number of its invoice. */
static tl_status find_charge(const char **out, struct tl_store *store, const char *party, const char *reference,
                             struct tl_arena *arena, struct tl_err *err)
{
    struct tl_stmt *stmt;
    bool row;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_CHARGE], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_text(stmt, 1, party);
    tl_stmt_bind_text(stmt, 2, reference);
    status = tl_stmt_next(stmt, &row, err);
    if (status == TL_OK && !row) {
        status = tl_err_set(err, TL_ERR_NOT_FOUND, "no charge of %s has the reference '%.60s'", party, reference);
        tl_err_hint(err, "tilslut list open %s shows the charges with their references", party);
    } else if (status == TL_OK) {
        *out = tl_stmt_copy(stmt, 0, arena);
        tl_stmt_end(stmt);
        status = *out == NULL ? tl_err_memory(err) : TL_OK;
    }
    return status;
}

tl_status tl_bank_match_party(int64_t *entry, struct tl_store *store, int64_t line_id, const char *code,
                              const char *reference, struct tl_err *err)
{
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct tl_party party;
    struct line line;
    tl_status status = find_line(&line, store, line_id, err);
    if (status == TL_OK)
        status = tl_party_find(&party, store, code, line.booked_on, &arena, err);
    if (status == TL_OK && reference[0] != '\0')
        status = find_charge(&reference, store, party.code, reference, &arena, err);
    if (status == TL_OK)
        status = post_payment(entry, store, &line, party.code, reference, "person", err);
    tl_arena_release(&arena);
    return status;
}

/* What an entry moved on the settlement account, and whose it is. */
struct settled {
    struct tl_money amount;
    const char *party; /* "" for none */
    int64_t line;      /* that it is already, 0 for none */
};

static tl_status find_settled(struct settled *out, struct tl_store *store, int64_t entry, struct tl_arena *arena,
                              struct tl_err *err)
{
    struct tl_stmt *stmt;
    bool row;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_ENTRY], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_int(stmt, 1, entry);
    status = tl_stmt_next(stmt, &row, err);
    if (status != TL_OK)
        return status;
    if (!row) {
        (void)tl_err_set(err, TL_ERR_NOT_FOUND, "there is no entry %" PRId64 " on the settlement account", entry);
        tl_err_hint(err, "tilslut list entries shows all entries");
        return TL_ERR_NOT_FOUND;
    }
    *out = (struct settled){.amount = {tl_stmt_int(stmt, 0)}, .line = tl_stmt_int(stmt, 2)};
    out->party = tl_stmt_copy(stmt, 1, arena);
    tl_stmt_end(stmt);
    return out->party == NULL ? tl_err_memory(err) : TL_OK;
}

static tl_status check_free(const struct settled *settled, int64_t line, int64_t entry, struct tl_err *err)
{
    if (settled->line == 0)
        return TL_OK;
    (void)tl_err_set(err, TL_ERR_STATE, "entry %" PRId64 " is line %" PRId64 " of the bank already", entry,
                     settled->line);
    tl_err_hint(err, "tilslut list unmatched shows what is proposed for line %" PRId64, line);
    return TL_ERR_STATE;
}

tl_status tl_bank_match_entry(struct tl_store *store, int64_t line_id, int64_t entry, struct tl_err *err)
{
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct settled settled;
    struct line line;
    char line_text[TL_MONEY_TEXT_SIZE], entry_text[TL_MONEY_TEXT_SIZE];
    tl_status status = find_line(&line, store, line_id, err);
    if (status == TL_OK)
        status = find_settled(&settled, store, entry, &arena, err);
    if (status == TL_OK && settled.party[0] == '\0') {
        status = tl_err_set(err, TL_ERR_INPUT, "entry %" PRId64 " is of no party", entry);
        tl_err_hint(err, "what is paid to a supplier is matched with its cost: tilslut match %" PRId64 " --cost COST",
                    line_id);
    }
    if (status == TL_OK)
        status = check_free(&settled, line_id, entry, err);
    if (status == TL_OK && settled.amount.minor != line.amount.minor)
        status =
            tl_err_set(err, TL_ERR_INPUT, "line %" PRId64 " of the bank is %s, but entry %" PRId64 " is %s", line_id,
                       tl_money_plain(line.amount, line_text), entry, tl_money_plain(settled.amount, entry_text));
    if (status == TL_OK)
        status = add_match(store, line_id, entry, "recorded", settled.party, "", err);
    tl_arena_release(&arena);
    return status;
}

tl_status tl_bank_match_cost(int64_t *entry, struct tl_store *store, int64_t line_id, int64_t cost_id,
                             struct tl_err *err)
{
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct settled settled;
    struct tl_cost cost;
    struct tl_money gross = {0};
    struct line line;
    char line_text[TL_MONEY_TEXT_SIZE], cost_text[TL_MONEY_TEXT_SIZE];
    bool already = false;
    tl_status status = find_line(&line, store, line_id, err);
    if (status == TL_OK)
        status = tl_cost_find(&cost, store, cost_id, &arena, err);
    if (status == TL_OK)
        status = tl_cost_gross(&gross, &cost, err);
    if (status == TL_OK && line.amount.minor != -gross.minor)
        status = tl_err_set(
            err, TL_ERR_INPUT, "line %" PRId64 " of the bank is %s, but cost %" PRId64 " is paid with %s", line_id,
            tl_money_plain(line.amount, line_text), cost_id, tl_money_plain(tl_money_negate(gross), cost_text));
    if (status == TL_OK)
        status = tl_cost_pay(entry, &already, store, cost_id, line.booked_on, "", err);
    if (status == TL_OK && already)
        status = find_settled(&settled, store, *entry, &arena, err);
    if (status == TL_OK && already)
        status = check_free(&settled, line_id, *entry, err);
    if (status == TL_OK)
        status = add_match(store, line_id, *entry, "cost", NULL, "", err);
    tl_arena_release(&arena);
    return status;
}

/* *kind is that of an entry against the account. */
static tl_status check_account(const char **kind, struct tl_store *store, const char *account, struct tl_err *err)
{
    struct tl_stmt *stmt;
    bool row;
    if (tl_text_equal(account, TL_ACCOUNT_RECEIVABLE) || tl_text_equal(account, TL_ACCOUNT_SETTLEMENT)) {
        (void)tl_err_set(err, TL_ERR_INPUT, "a line is not set aside on account %s", account);
        tl_err_hint(err, "money of a member is matched: tilslut match LINE PARTY");
        return TL_ERR_INPUT;
    }
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_ACCOUNT], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_text(stmt, 1, account);
    status = tl_stmt_next(stmt, &row, err);
    if (status != TL_OK)
        return status;
    if (!row) {
        (void)tl_err_set(err, TL_ERR_NOT_FOUND, "there is no account '%.20s'", account);
        tl_err_hint(err, "for example 00007, administration");
        return TL_ERR_NOT_FOUND;
    }
    *kind = tl_text_equal(tl_stmt_text(stmt, 0), "expense") ? "cost" : "transfer";
    tl_stmt_end(stmt);
    return TL_OK;
}

tl_status tl_bank_match_aside(int64_t *entry_id, struct tl_store *store, int64_t line_id, const char *account,
                              const char *reason, struct tl_err *err)
{
    struct line line;
    struct tl_entry entry = {.reference = "", .text = reason};
    if (reason[0] == '\0') {
        (void)tl_err_set(err, TL_ERR_INPUT, "what is set aside needs a reason");
        tl_err_hint(err, "say what it is, for example --reason 'bankens gebyr, januar'");
        return TL_ERR_INPUT;
    }
    tl_status status = find_line(&line, store, line_id, err);
    if (status == TL_OK)
        status = check_account(&entry.kind, store, account, err);
    if (status == TL_OK)
        status = post(entry_id, store, &line, &entry, account, NULL, err);
    return status == TL_OK ? add_match(store, line_id, *entry_id, "aside", NULL, reason, err) : status;
}

/* A proposal with what the line says. */
static tl_status add_proposal(struct tl_bank_proposal **out, size_t *count, size_t *capacity,
                              const struct bank_unused *line, const struct bank_hint *hint, struct tl_arena *arena,
                              struct tl_err *err)
{
    *out = tl_arena_grow(arena, *out, *count, capacity, sizeof **out);
    if (*out == NULL)
        return tl_err_memory(err);
    (*out)[(*count)++] = (struct tl_bank_proposal){.line = line->line,
                                                   .booked_on = line->booked_on,
                                                   .amount = line->amount,
                                                   .is_reversal = line->is_reversal,
                                                   .reference = line->reference,
                                                   .text = line->text,
                                                   .payer = line->payer,
                                                   .payer_account = line->payer_account,
                                                   .payer_cvr = line->payer_cvr,
                                                   .file_name = line->file_name,
                                                   .party = hint->party,
                                                   .of_charge = hint->of_charge,
                                                   .entry = hint->entry,
                                                   .why = hint->why};
    return TL_OK;
}

/* The open cost that a line may have paid: of its amount, and named by its text where several are. */
static tl_status hint_cost(struct bank_hint *hint, size_t *count, const struct tl_cost *costs, size_t cost_count,
                           const struct bank_unused *line, struct tl_arena *arena, struct tl_err *err)
{
    const struct tl_cost *found = NULL;
    bool is_named = false;
    for (size_t i = 0; i < cost_count; i++) {
        struct tl_money gross;
        tl_status status = tl_cost_gross(&gross, &costs[i], err);
        if (status != TL_OK)
            return status;
        if (line->amount.minor != -gross.minor)
            continue;
        bool names = strstr(line->text, costs[i].invoice) != NULL || strstr(line->reference, costs[i].invoice) != NULL;
        if (found == NULL || (names && !is_named))
            found = &costs[i];
        is_named = is_named || names;
    }
    if (found == NULL)
        return TL_OK;
    *hint = (struct bank_hint){.of_charge = ""};
    hint->why = tl_arena_format(arena, "cost %" PRId64 ", %s %s", found->id, found->supplier_name, found->invoice);
    *count = 1;
    return hint->why == NULL ? tl_err_memory(err) : TL_OK;
}

tl_status tl_bank_match_list(struct tl_bank_proposal **out, size_t *count, struct tl_store *store,
                             struct tl_arena *arena, struct tl_err *err)
{
    static const struct bank_hint nothing = {.party = NULL, .of_charge = "", .why = ""};
    struct bank_known known = {.arena = TL_ARENA_EMPTY};
    struct bank_unused *lines = NULL;
    struct tl_bank_proposal *proposals = NULL;
    struct tl_cost *costs = NULL;
    size_t line_count = 0, cost_count = 0, capacity = 0;
    *count = 0;
    tl_status status = bank_known_read(&known, store, err);
    if (status == TL_OK)
        status = tl_cost_open(&costs, &cost_count, store, &known.arena, err);
    if (status == TL_OK)
        status = bank_unused_read(&lines, &line_count, store, 0, arena, err);
    for (size_t i = 0; status == TL_OK && i < line_count; i++) {
        struct bank_hint hints[BANK_HINTS_MAX];
        size_t hint_count = 0;
        status = bank_known_hints(hints, &hint_count, &known, &lines[i], arena, err);
        if (status == TL_OK && hint_count == 0)
            status = hint_cost(hints, &hint_count, costs, cost_count, &lines[i], arena, err);
        if (status == TL_OK && hint_count == 0)
            status = add_proposal(&proposals, count, &capacity, &lines[i], &nothing, arena, err);
        for (size_t h = 0; status == TL_OK && h < hint_count; h++)
            status = add_proposal(&proposals, count, &capacity, &lines[i], &hints[h], arena, err);
    }
    tl_arena_release(&known.arena);
    *out = proposals;
    return status;
}
