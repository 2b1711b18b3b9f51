/* SPDX-License-Identifier: MPL-2.0 */
/*
 * The way of a line of the bank: its statement, what it was matched with, that entry, and the charges that it pays by
 * their reference.
 */
#include <inttypes.h>

#include "tilslut/base/text.h"
#include "tilslut/ledger/account.h"
#include "tilslut/money/money.h"
#include "tilslut/store/stmt.h"
#include "trace_steps.h"

enum { SQL_LINE, SQL_OF_ENTRY, SQL_CHARGES };

static const char *const SQL[] = {
    [SQL_LINE] = "SELECT l.seq, l.booked_on, l.amount_minor, l.payer, l.reference, l.text, l.act_id, s.identity, "
                 "s.account, s.first_on, s.last_on, s.file_name, lower(hex(s.digest)), s.act_id, m.entry_id, m.how, "
                 "coalesce(m.party_code, ''), m.reason, m.act_id FROM bank_line l "
                 "JOIN bank_statement s ON s.id = l.statement_id LEFT JOIN bank_match m ON m.line_id = l.id "
                 "WHERE l.id = ?1",
    [SQL_OF_ENTRY] = "SELECT line_id FROM bank_match WHERE entry_id = ?1",
    /* over the accounts of the entry's parties, which have an index */
    [SQL_CHARGES] = "SELECT DISTINCT c.id FROM entry e CROSS JOIN posting p ON p.entry_id = e.id "
                    "CROSS JOIN posting q ON q.party_code = p.party_code AND q.account_code = '" TL_ACCOUNT_RECEIVABLE
                    "' CROSS JOIN entry c ON c.id = q.entry_id AND c.kind = 'charge' AND c.reference = e.reference "
                    "WHERE e.id = ?1 AND e.reference <> '' ORDER BY c.id",
};

enum { SEQ, BOOKED, AMOUNT, PAYER, REFERENCE, TEXT, LINE_ACT, IDENTITY, ACCOUNT, FIRST, LAST, FILE_NAME, DIGEST };
enum { STATEMENT_ACT = DIGEST + 1, ENTRY, HOW, PARTY, REASON, MATCH_ACT, CHARGES_MAX = 20 };

static tl_status add_match(struct tl_trace_pen *pen, struct tl_stmt *stmt, struct tl_err *err)
{
    static const struct {
        const char *how, *says;
    } ways[] = {{"reference", "by its reference"},
                {"person", "by a person"},
                {"recorded", "as the payment that was recorded by hand"},
                {"cost", "as the payment of a cost"},
                {"aside", "set aside"}};
    const char *how = tl_stmt_text(stmt, HOW), *party = tl_stmt_text(stmt, PARTY), *reason = tl_stmt_text(stmt, REASON);
    if (tl_stmt_is_null(stmt, ENTRY))
        return tl_trace_add(pen, "match", 0, "none: the line is no entry yet", "tilslut list unmatched", err);
    for (size_t i = 0; i < sizeof ways / sizeof ways[0]; i++)
        if (tl_text_equal(how, ways[i].how))
            how = ways[i].says;
    const char *says =
        tl_arena_format(pen->arena, "entry %" PRId64 "%s%s, %s%s%s", tl_stmt_int(stmt, ENTRY),
                        party[0] == '\0' ? "" : " of ", party, how, reason[0] == '\0' ? "" : ": ", reason);
    return tl_trace_add(pen, "match", tl_stmt_int(stmt, MATCH_ACT), says,
                        tl_arena_format(pen->arena, "tilslut trace %" PRId64, tl_stmt_int(stmt, ENTRY)), err);
}

static tl_status add_line(struct tl_trace_pen *pen, struct tl_stmt *stmt, int64_t line, struct tl_err *err)
{
    char amount[TL_MONEY_TEXT_SIZE];
    const char *payer = tl_stmt_text(stmt, PAYER), *reference = tl_stmt_text(stmt, REFERENCE);
    const char *text = tl_stmt_text(stmt, TEXT);
    const char *says = tl_arena_format(
        pen->arena, "line %" PRId64 " of the bank, booked %s, %s%s%s%s%s%s%s", line, tl_stmt_text(stmt, BOOKED),
        tl_money_plain((struct tl_money){tl_stmt_int(stmt, AMOUNT)}, amount), payer[0] == '\0' ? "" : ", ", payer,
        reference[0] == '\0' ? "" : ", reference ", reference, text[0] == '\0' ? "" : ": ", text);
    tl_status status = tl_trace_add(pen, "bank", tl_stmt_int(stmt, LINE_ACT), says,
                                    tl_arena_format(pen->arena, "tilslut trace bank %" PRId64, line), err);
    if (status != TL_OK)
        return status;
    says = tl_arena_format(pen->arena, "%s of account %s, %s to %s, its line %" PRId64 ", from %s, digest %s",
                           tl_stmt_text(stmt, IDENTITY), tl_stmt_text(stmt, ACCOUNT), tl_stmt_text(stmt, FIRST),
                           tl_stmt_text(stmt, LAST), tl_stmt_int(stmt, SEQ), tl_stmt_text(stmt, FILE_NAME),
                           tl_stmt_text(stmt, DIGEST));
    return tl_trace_add(pen, "statement", tl_stmt_int(stmt, STATEMENT_ACT), says, "tilslut list bank", err);
}

/* The line with its statement and match; *entry is what it was matched with, 0 for none. */
static tl_status add_steps(int64_t *entry, struct tl_trace_pen *pen, int64_t line, struct tl_err *err)
{
    struct tl_stmt *stmt;
    bool row;
    *entry = 0;
    tl_status status = tl_stmt_get(&stmt, pen->store, SQL[SQL_LINE], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_int(stmt, 1, line);
    status = tl_stmt_next(stmt, &row, err);
    if (status == TL_OK && !row) {
        status = tl_err_set(err, TL_ERR_NOT_FOUND, "there is no line %" PRId64 " of the bank", line);
        tl_err_hint(err, "tilslut list bank and tilslut list unmatched show them");
    }
    if (status != TL_OK)
        return status;
    *entry = tl_stmt_int(stmt, ENTRY);
    status = add_line(pen, stmt, line, err);
    if (status == TL_OK)
        status = add_match(pen, stmt, err);
    tl_stmt_end(stmt);
    return status;
}

tl_status tl_trace_line_of_entry(struct tl_trace_pen *pen, int64_t entry, struct tl_err *err)
{
    struct tl_stmt *stmt;
    int64_t line = 0, unused;
    tl_status status = tl_stmt_get(&stmt, pen->store, SQL[SQL_OF_ENTRY], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_int(stmt, 1, entry);
    status = tl_stmt_answer(stmt, &line, err);
    return status == TL_OK && line != 0 ? add_steps(&unused, pen, line, err) : status;
}

tl_status tl_trace_bank_line(struct tl_trace *out, struct tl_store *store, int64_t line, struct tl_arena *arena,
                             struct tl_err *err)
{
    struct tl_trace_pen pen = {out, store, arena};
    struct tl_stmt *stmt;
    int64_t entry, charges[CHARGES_MAX];
    size_t count = 0;
    bool row;
    *out = (struct tl_trace){0};
    tl_status status = add_steps(&entry, &pen, line, err);
    if (status != TL_OK || entry == 0)
        return status;
    status = tl_trace_entry_steps(&pen, entry, err);
    if (status == TL_OK)
        status = tl_stmt_get(&stmt, store, SQL[SQL_CHARGES], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_int(stmt, 1, entry);
    while (count < CHARGES_MAX && (status = tl_stmt_next(stmt, &row, err)) == TL_OK && row)
        charges[count++] = tl_stmt_int(stmt, 0);
    tl_stmt_end(stmt);
    for (size_t i = 0; status == TL_OK && i < count; i++)
        status = tl_trace_entry_steps(&pen, charges[i], err);
    return status;
}
