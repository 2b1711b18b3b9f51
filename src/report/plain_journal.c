/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/report/plain_journal.h"

#include <inttypes.h>
#include <string.h>

#include "tilslut/base/date.h"
#include "tilslut/money/money.h"
#include "tilslut/store/stmt.h"

enum { SQL_NAMES, SQL_ENTRIES };

/* Names as they are posted to; of an entry, first what it says and then its postings, a row each. A decision is the one
 * behind the terms that the entry's run billed by. */
static const char *const SQL[] = {
    [SQL_NAMES] = "SELECT DISTINCT c.type, c.code, c.name_da, p.party_code, p.product_code FROM posting p "
                  "JOIN account c ON c.code = p.account_code JOIN entry e ON e.id = p.entry_id WHERE e.act_id <= ?1 "
                  "AND e.id IN (SELECT entry_id FROM seal) ORDER BY c.code, p.party_code, p.product_code",
    [SQL_ENTRIES] =
        "SELECT c.type, c.code, c.name_da, p.party_code, p.product_code, p.line_id, p.amount_minor, e.id, e.holds_on, "
        "e.text, e.kind, e.reference, e.due_on, e.run_id, e.reverses_id, i.number, "
        "d.body || ' ' || d.decided_on || ' ' || d.reference, a.recorded_at, a.actor, lower(hex(s.hash)), "
        "s.entry_id IS NOT NULL FROM entry e JOIN posting p ON p.entry_id = e.id "
        "JOIN account c ON c.code = p.account_code JOIN act a ON a.id = e.act_id LEFT JOIN seal s ON s.entry_id = e.id "
        "LEFT JOIN invoice i ON i.entry_id = e.id LEFT JOIN run r ON r.id = e.run_id "
        "LEFT JOIN terms t ON t.id = r.terms_id LEFT JOIN decision d ON d.id = t.decision_id "
        "WHERE e.act_id <= ?1 ORDER BY e.id, p.seq",
};

enum { TYPE, CODE, NAME, PARTY, PRODUCT, LINE, AMOUNT, ENTRY, DATE, TEXT, FIRST_TAG, IS_SEALED = 20 };

/* The tags of an entry, by their columns. */
static const char *const tags[] = {"kind",     "reference", "due",         "run",   "reverses",
                                   "document", "decision",  "recorded-at", "actor", "seal"};

/* Where a text stands: what would act there. */
#define IN_DESCRIPTION "%;|"
#define IN_ACCOUNT "%;:"
#define IN_TAG "%;,[]"

/* Spaces beyond the one on the keyboard: programs take some of them for the two that end an account's name. */
static bool is_foreign_space(uint32_t character)
{
    return character < 0x20 || (character >= 0x7F && character <= 0xA0) || character == 0x1680 ||
           (character >= 0x2000 && character <= 0x200F) || (character >= 0x2028 && character <= 0x202F) ||
           character == 0x205F || character == 0x3000 || character == 0xFEFF;
}

static void write_escaped(struct tl_buf *out, const char *bytes, size_t length)
{
    for (size_t i = 0; i < length; i++)
        tl_buf_format(out, "%%%02X", (unsigned)(unsigned char)bytes[i]);
}

/* A text in which `acting` and everything that is no plain character is escaped, and a space that is not between two
 * other characters. */
static void write_text(struct tl_buf *out, const char *text, const char *acting)
{
    size_t left = strlen(text);
    bool after_space = true;
    while (left > 0) {
        const char *next = text;
        bool is_valid = tl_text_valid_utf8(text, left < 4 ? left : 4) > 0;
        uint32_t character = is_valid ? tl_text_next(&next) : 0;
        size_t length = is_valid ? (size_t)(next - text) : 1;
        bool is_space = character == ' ';
        bool acts = character < 0x80 && !is_space && strchr(acting, (int)character) != NULL;
        if (!is_valid || acts || is_foreign_space(character) || (is_space && (after_space || left == 1)))
            write_escaped(out, text, length);
        else
            tl_buf_add(out, text, length);
        after_space = is_space;
        text += length;
        left -= length;
    }
}

static const char *root_of(const char *type)
{
    static const struct {
        const char *type, *root;
    } roots[] = {{"asset", "assets"}, {"liability", "liabilities"}, {"income", "income"}, {"expense", "expenses"}};
    for (size_t i = 0; i < sizeof roots / sizeof roots[0]; i++)
        if (tl_text_equal(type, roots[i].type))
            return roots[i].root;
    return "equity";
}

static void write_part(struct tl_buf *out, const char *code)
{
    if (code[0] == '\0')
        return;
    tl_buf_text(out, ":");
    write_text(out, code, IN_ACCOUNT);
}

/* The account's name of the columns that both statements begin with. */
static void write_account(struct tl_buf *out, struct tl_stmt *stmt)
{
    const char *root = root_of(tl_stmt_text(stmt, TYPE));
    bool is_result = root[0] == 'i' || tl_text_equal(root, "expenses");
    tl_buf_format(out, "%s:", root);
    write_text(out, tl_stmt_text(stmt, CODE), IN_ACCOUNT);
    if (tl_stmt_text(stmt, NAME)[0] != '\0') {
        tl_buf_text(out, " ");
        write_text(out, tl_stmt_text(stmt, NAME), IN_ACCOUNT);
    }
    write_part(out, tl_stmt_text(stmt, is_result ? PRODUCT : PARTY));
    write_part(out, tl_stmt_text(stmt, is_result ? PARTY : PRODUCT));
}

static void write_tag(struct tl_buf *out, const char *name, const char *value)
{
    if (value[0] == '\0')
        return;
    tl_buf_format(out, "    ; %s: ", name);
    write_text(out, value, IN_TAG);
    tl_buf_text(out, "\n");
}

static tl_status write_names(struct tl_buf *out, struct tl_store *store, struct tl_err *err)
{
    struct tl_stmt *stmt;
    bool row;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_NAMES], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_int(stmt, 1, tl_store_known(store));
    while ((status = tl_stmt_next(stmt, &row, err)) == TL_OK && row) {
        tl_buf_text(out, "account ");
        write_account(out, stmt);
        tl_buf_text(out, "\n");
    }
    return status;
}

static tl_status write_entry(struct tl_buf *out, struct tl_stmt *stmt, struct tl_err *err)
{
    int64_t id = tl_stmt_int(stmt, ENTRY);
    struct tl_date date = tl_stmt_date(stmt, DATE);
    char iso[TL_DATE_TEXT_SIZE];
    if (tl_stmt_int(stmt, IS_SEALED) == 0) {
        tl_buf_format(out, "\n; entry %" PRId64 " is not sealed: it counts for nothing\n", id);
        return TL_OK;
    }
    if (tl_date_is_none(date))
        return tl_err_set(err, TL_ERR_BROKEN, "entry %" PRId64 " has no date", id);
    tl_buf_format(out, "\n%s * (%" PRId64 ") ", tl_date_iso(date, iso), id);
    write_text(out, tl_stmt_text(stmt, TEXT), IN_DESCRIPTION);
    tl_buf_text(out, "\n");
    for (size_t i = 0; i < sizeof tags / sizeof tags[0]; i++)
        write_tag(out, tags[i], tl_stmt_text(stmt, FIRST_TAG + (int)i));
    return TL_OK;
}

static void write_posting(struct tl_buf *out, struct tl_stmt *stmt, const char *currency)
{
    char amount[TL_MONEY_TEXT_SIZE];
    tl_buf_text(out, "    ");
    write_account(out, stmt);
    tl_buf_format(out, "  %s %s\n", tl_money_plain((struct tl_money){tl_stmt_int(stmt, AMOUNT)}, amount), currency);
    write_tag(out, "line", tl_stmt_text(stmt, LINE));
}

static tl_status write_entries(struct tl_buf *out, struct tl_store *store, struct tl_err *err)
{
    struct tl_stmt *stmt;
    int64_t last = 0;
    bool row;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_ENTRIES], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_int(stmt, 1, tl_store_known(store));
    while (status == TL_OK && (status = tl_stmt_next(stmt, &row, err)) == TL_OK && row) {
        if (tl_stmt_int(stmt, ENTRY) != last)
            status = write_entry(out, stmt, err);
        last = tl_stmt_int(stmt, ENTRY);
        if (status == TL_OK && tl_stmt_int(stmt, IS_SEALED) != 0)
            write_posting(out, stmt, tl_store_currency(store));
    }
    tl_stmt_end(stmt);
    return status;
}

tl_status tl_plain_journal_write(struct tl_buf *out, struct tl_store *store, struct tl_err *err)
{
    const char *currency = tl_store_currency(store);
    tl_buf_format(
        out,
        "; The ledger of %s, for hledger and ledger. What could act as part of the format is written %%XX.\n\n"
        "commodity %s\n    format 1000.00 %s\n\n",
        tl_store_owner(store), currency, currency);
    tl_status status = write_names(out, store, err);
    if (status == TL_OK)
        status = write_entries(out, store, err);
    return status == TL_OK ? tl_buf_status(out, err) : status;
}
