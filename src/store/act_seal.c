/* SPDX-License-Identifier: MPL-2.0 */
/*
 * The bytes under a seal. For each table with rows of the act, in the order below, a line `NAME ROWS SHA-256`; the
 * digest is over the rows by key, each `row` and a line end, then each column that is not NULL: `NAME TYPE LENGTH ` (i
 * whole number, t text, b bytes), the value, a line end. Of bytes longer than a digest, their digest stands for them.
 * The hash is over `tilslut act 1`, `previous HEX` and `act N`, a line each, and those lines.
 */
#include "act_seal.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "handle.h"
#include "tilslut/base/arena.h"
#include "tilslut/base/text.h"
#include "tilslut/store/stmt.h"

/* Where the rows of an act lie. All columns are read, so that none can be forgotten (contact_person
 * is left out, since its rows can leave; contact seals a commitment to each); a table of a later schema is added
 * at the end, since a table without rows leaves no line. */
static const struct {
    const char *table, *sql;
} parts[] = {
    {"act", "SELECT * FROM act WHERE id = ?1"},
    {"ledger_file", "SELECT * FROM ledger_file WHERE act_id = ?1 ORDER BY id"},
    {"account", "SELECT * FROM account WHERE act_id = ?1 ORDER BY code"},
    {"party", "SELECT * FROM party WHERE act_id = ?1 ORDER BY code"},
    {"party_version", "SELECT * FROM party_version WHERE act_id = ?1 ORDER BY id"},
    {"association", "SELECT * FROM association WHERE act_id = ?1 ORDER BY id"},
    {"figure", "SELECT * FROM figure WHERE act_id = ?1 ORDER BY id"},
    {"index_value", "SELECT * FROM index_value WHERE act_id = ?1 ORDER BY id"},
    {"decision", "SELECT * FROM decision WHERE act_id = ?1 ORDER BY id"},
    {"product", "SELECT * FROM product WHERE act_id = ?1 ORDER BY code"},
    {"terms", "SELECT * FROM terms WHERE act_id = ?1 ORDER BY id"},
    {"terms_signature", "SELECT * FROM terms_signature WHERE act_id = ?1 ORDER BY id"},
    {"membership", "SELECT * FROM membership WHERE act_id = ?1 ORDER BY id"},
    {"membership_event", "SELECT * FROM membership_event WHERE act_id = ?1 ORDER BY id"},
    {"run", "SELECT * FROM run WHERE act_id = ?1 ORDER BY id"},
    {"run_line", "SELECT * FROM run_line WHERE run_id IN (SELECT id FROM run WHERE act_id = ?1) ORDER BY run_id, seq"},
    {"run_end", "SELECT * FROM run_end WHERE act_id = ?1 ORDER BY run_id"},
    {"entry", "SELECT * FROM entry WHERE act_id = ?1 ORDER BY id"},
    {"posting",
     "SELECT * FROM posting WHERE entry_id IN (SELECT id FROM entry WHERE act_id = ?1) ORDER BY entry_id, seq"},
    {"seal", "SELECT * FROM seal WHERE entry_id IN (SELECT id FROM entry WHERE act_id = ?1) ORDER BY entry_id"},
    {"document", "SELECT * FROM document WHERE act_id = ?1 ORDER BY id"},
    {"payee", "SELECT * FROM payee WHERE act_id = ?1 ORDER BY id"},
    {"bank_profile", "SELECT * FROM bank_profile WHERE act_id = ?1 ORDER BY id"},
    {"bank_statement", "SELECT * FROM bank_statement WHERE act_id = ?1 ORDER BY id"},
    {"bank_line", "SELECT * FROM bank_line WHERE act_id = ?1 ORDER BY id"},
    {"bank_match", "SELECT * FROM bank_match WHERE act_id = ?1 ORDER BY line_id"},
    {"refund", "SELECT * FROM refund WHERE act_id = ?1 ORDER BY id"},
    {"refund_end", "SELECT * FROM refund_end WHERE act_id = ?1 ORDER BY refund_id"},
    {"reminder_item", "SELECT * FROM reminder_item WHERE act_id = ?1 ORDER BY document_id, entry_id"},
    {"product_level", "SELECT * FROM product_level WHERE act_id = ?1 ORDER BY id"},
    {"product_fact", "SELECT * FROM product_fact WHERE act_id = ?1 ORDER BY id"},
    {"product_requirement", "SELECT * FROM product_requirement WHERE act_id = ?1 ORDER BY id"},
    {"product_body", "SELECT * FROM product_body WHERE act_id = ?1 ORDER BY id"},
    {"product_supplier", "SELECT * FROM product_supplier WHERE act_id = ?1 ORDER BY id"},
    {"run_account",
     "SELECT * FROM run_account WHERE run_id IN (SELECT id FROM run WHERE act_id = ?1) ORDER BY run_id, seq"},
    {"invoice", "SELECT * FROM invoice WHERE act_id = ?1 ORDER BY series, seq"},
    {"project", "SELECT * FROM project WHERE act_id = ?1 ORDER BY code"},
    {"pledge", "SELECT * FROM pledge WHERE act_id = ?1 ORDER BY id"},
    {"project_funding", "SELECT * FROM project_funding WHERE act_id = ?1 ORDER BY project_code"},
    {"unit", "SELECT * FROM unit WHERE act_id = ?1 ORDER BY id"},
    {"unit_reference", "SELECT * FROM unit_reference WHERE act_id = ?1 ORDER BY id"},
    {"unit_invoiced", "SELECT * FROM unit_invoiced WHERE act_id = ?1 ORDER BY id"},
    {"contact", "SELECT * FROM contact WHERE act_id = ?1 ORDER BY id"},
    {"contact_erasure", "SELECT * FROM contact_erasure WHERE act_id = ?1 ORDER BY contact_id"},
    {"period_close", "SELECT * FROM period_close WHERE act_id = ?1 ORDER BY id"},
    {"period_reopen", "SELECT * FROM period_reopen WHERE act_id = ?1 ORDER BY id"},
    {"period_reopen_end", "SELECT * FROM period_reopen_end WHERE act_id = ?1 ORDER BY reopen_id"},
    {"product_budget", "SELECT * FROM product_budget WHERE act_id = ?1 ORDER BY id"},
    {"product_budget_line", "SELECT * FROM product_budget_line WHERE budget_id IN (SELECT id FROM product_budget "
                            "WHERE act_id = ?1) ORDER BY budget_id, account_code"},
    {"voucher", "SELECT * FROM voucher WHERE act_id = ?1 ORDER BY id"},
    {"voucher_end", "SELECT * FROM voucher_end WHERE act_id = ?1 ORDER BY voucher_id"},
    {"supplier_rate", "SELECT * FROM supplier_rate WHERE act_id = ?1 ORDER BY id"},
    {"cost", "SELECT * FROM cost WHERE act_id = ?1 ORDER BY voucher_id"},
    {"hour_rate", "SELECT * FROM hour_rate WHERE act_id = ?1 ORDER BY id"},
    {"hours", "SELECT * FROM hours WHERE act_id = ?1 ORDER BY voucher_id"},
    {"balancing", "SELECT * FROM balancing WHERE act_id = ?1 ORDER BY voucher_id"},
    {"balancing_line", "SELECT * FROM balancing_line WHERE voucher_id IN (SELECT voucher_id FROM balancing WHERE "
                       "act_id = ?1) ORDER BY voucher_id, seq"},
    {"carry", "SELECT * FROM carry WHERE act_id = ?1 ORDER BY id"},
    {"carry_share", "SELECT * FROM carry_share WHERE carry_id IN (SELECT id FROM carry WHERE act_id = ?1) "
                    "ORDER BY carry_id, party_code"},
    {"carry_end", "SELECT * FROM carry_end WHERE act_id = ?1 ORDER BY carry_id"},
    {"period_balance", "SELECT * FROM period_balance WHERE close_id IN (SELECT id FROM period_close WHERE act_id = ?1) "
                       "ORDER BY close_id, account_code"},
    {"period_item", "SELECT * FROM period_item WHERE close_id IN (SELECT id FROM period_close WHERE act_id = ?1) "
                    "ORDER BY close_id, party_code, entry_id"},
    {"outlay", "SELECT * FROM outlay WHERE act_id = ?1 ORDER BY voucher_id"},
    {"repayment", "SELECT * FROM repayment WHERE act_id = ?1 ORDER BY voucher_id"},
    {"reminder_fee", "SELECT * FROM reminder_fee WHERE act_id = ?1 ORDER BY id"},
    {"reminder_charge", "SELECT * FROM reminder_charge WHERE act_id = ?1 ORDER BY document_id"},
    {"run_settlement", "SELECT * FROM run_settlement WHERE act_id = ?1 ORDER BY run_id"},
    {"common_share_rate", "SELECT * FROM common_share_rate WHERE act_id = ?1 ORDER BY id"},
    {"common_share", "SELECT * FROM common_share WHERE act_id = ?1 ORDER BY id"},
    {"common_share_end", "SELECT * FROM common_share_end WHERE act_id = ?1 ORDER BY share_id"},
    {"role_grant", "SELECT * FROM role_grant WHERE act_id = ?1 ORDER BY id"},
    {"role_end", "SELECT * FROM role_end WHERE act_id = ?1 ORDER BY grant_id"},
    {"role_rule", "SELECT * FROM role_rule WHERE act_id = ?1 ORDER BY id"},
    {"run_approval", "SELECT * FROM run_approval WHERE act_id = ?1 ORDER BY id"},
    {"act_role", "SELECT * FROM act_role WHERE act_id = ?1 ORDER BY id"},
    {"finance_profile", "SELECT * FROM finance_profile WHERE act_id = ?1 ORDER BY id"},
};

enum { PART_COUNT = sizeof parts / sizeof parts[0] };

enum { SQL_ADD, SQL_HEAD, SQL_LAST, SQL_FIND, SQL_ACT };

static const char *const SQL[] = {
    [SQL_ADD] = "INSERT INTO act_seal (act_id, previous, contents, hash) VALUES (?1, ?2, ?3, ?4)",
    [SQL_HEAD] = "SELECT hash FROM act_seal WHERE act_id < ?1 ORDER BY act_id DESC LIMIT 1",
    [SQL_LAST] = "SELECT max((SELECT coalesce(max(id), 0) FROM act), (SELECT coalesce(max(act_id), 0) FROM act_seal))",
    [SQL_FIND] = "SELECT previous, contents, hash FROM act_seal WHERE act_id = ?1",
    [SQL_ACT] = "SELECT command, actor, recorded_at FROM act WHERE id = ?1",
};

static void write_value(struct tl_buf *bytes, const char *name, char type, const void *value, size_t length)
{
    const char kind[] = {' ', type, ' '};
    tl_buf_text(bytes, name);
    tl_buf_add(bytes, kind, sizeof kind);
    tl_buf_number(bytes, (int64_t)length);
    tl_buf_add(bytes, " ", 1);
    tl_buf_add(bytes, value, length);
    tl_buf_add(bytes, "\n", 1);
}

static void write_column(struct tl_buf *bytes, sqlite3_stmt *row, int column)
{
    const char *name = sqlite3_column_name(row, column);
    int type = sqlite3_column_type(row, column);
    if (name == NULL)
        bytes->failed = true; /* SQLite is out of memory */
    if (name == NULL || type == SQLITE_NULL)
        return;
    const void *value = type == SQLITE_BLOB ? sqlite3_column_blob(row, column) : sqlite3_column_text(row, column);
    size_t length = (size_t)sqlite3_column_bytes(row, column);
    bytes->failed = bytes->failed || (value == NULL && length > 0);
    if (bytes->failed)
        return;
    if (length == 0)
        value = "";
    if (type == SQLITE_BLOB && length > TL_DIGEST_SIZE) {
        struct tl_digest digest = tl_digest_of(value, length);
        write_value(bytes, name, 'b', digest.bytes, sizeof digest.bytes);
    } else
        write_value(bytes, name, type == SQLITE_BLOB ? 'b' : type == SQLITE_INTEGER ? 'i' : 't', value, length);
}

/* Adds the line of one table to the contents. `bytes` is for use by this alone. */
static tl_status write_part(struct tl_buf *contents, struct tl_buf *bytes, struct tl_store *store, size_t part,
                            int64_t act, struct tl_err *err)
{
    struct tl_stmt *stmt;
    size_t rows = 0;
    bool row;
    char hex[TL_DIGEST_HEX_SIZE];
    tl_status status = tl_stmt_get(&stmt, store, parts[part].sql, err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_int(stmt, 1, act);
    bytes->length = 0;
    while ((status = tl_stmt_next(stmt, &row, err)) == TL_OK && row) {
        rows++;
        tl_buf_text(bytes, "row\n");
        for (int column = 0; column < sqlite3_column_count(stmt->handle); column++)
            write_column(bytes, stmt->handle, column);
    }
    if (status == TL_OK)
        status = tl_buf_status(bytes, err);
    if (status == TL_OK && rows > 0) {
        struct tl_digest digest = tl_digest_of(bytes->bytes, bytes->length);
        tl_buf_format(contents, "%s %zu %s\n", parts[part].table, rows, tl_digest_hex(&digest, hex));
    }
    return status;
}

/* Everything that an act recorded, as lines. */
static tl_status write_contents(struct tl_buf *contents, struct tl_store *store, int64_t act, struct tl_err *err)
{
    struct tl_buf bytes = TL_BUF_EMPTY;
    tl_status status = TL_OK;
    for (size_t i = 0; status == TL_OK && i < PART_COUNT; i++)
        status = write_part(contents, &bytes, store, i, act, err);
    tl_buf_release(&bytes);
    return status == TL_OK ? tl_buf_status(contents, err) : status;
}

static tl_status hash_of(struct tl_digest *out, const struct tl_digest *previous, int64_t act, const char *contents,
                         struct tl_err *err)
{
    struct tl_buf bytes = TL_BUF_EMPTY;
    char hex[TL_DIGEST_HEX_SIZE];
    tl_buf_format(&bytes, "tilslut act 1\nprevious %s\nact %" PRId64 "\n", tl_digest_hex(previous, hex), act);
    tl_buf_text(&bytes, contents);
    tl_status status = tl_buf_status(&bytes, err);
    if (status == TL_OK)
        *out = tl_digest_of(bytes.bytes, bytes.length);
    tl_buf_release(&bytes);
    return status;
}

/* The hash of the last seal before an act; all zeros when there is none. */
static tl_status read_head(struct tl_digest *out, struct tl_store *store, int64_t act, struct tl_err *err)
{
    struct tl_stmt *stmt;
    bool row;
    *out = (struct tl_digest){{0}};
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_HEAD], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_int(stmt, 1, act);
    status = tl_stmt_next(stmt, &row, err);
    if (status == TL_OK && row && !tl_stmt_digest(stmt, 0, out))
        status = tl_err_set(err, TL_ERR_BROKEN, "the seal before act %" PRId64 " is not a hash", act);
    tl_stmt_end(stmt);
    return status;
}

tl_status tl_act_seal_add(struct tl_store *store, int64_t act, struct tl_err *err)
{
    struct tl_buf contents = TL_BUF_EMPTY;
    struct tl_digest previous, hash;
    struct tl_stmt *stmt;
    tl_status status = write_contents(&contents, store, act, err);
    if (status == TL_OK)
        status = read_head(&previous, store, act, err);
    if (status == TL_OK)
        status = hash_of(&hash, &previous, act, tl_buf_string(&contents), err);
    if (status == TL_OK)
        status = tl_stmt_get(&stmt, store, SQL[SQL_ADD], err);
    if (status == TL_OK) {
        tl_stmt_bind_int(stmt, 1, act);
        tl_stmt_bind_digest(stmt, 2, &previous);
        tl_stmt_bind_text(stmt, 3, tl_buf_string(&contents));
        tl_stmt_bind_digest(stmt, 4, &hash);
        status = tl_stmt_run(stmt, err);
    }
    tl_buf_release(&contents);
    return status;
}

tl_status tl_act_seal_check_unused(struct tl_store *store, int64_t act, struct tl_err *err)
{
    struct tl_buf contents = TL_BUF_EMPTY;
    tl_status status = write_contents(&contents, store, act, err);
    if (status == TL_OK && contents.length > 0) {
        (void)tl_err_set(err, TL_ERR_BROKEN, "rows of act %" PRId64 " are there before it: %.*s", act,
                         (int)strcspn(tl_buf_string(&contents), " "), tl_buf_string(&contents));
        tl_err_hint(err, "they were not written by tilslut; tilslut verify tells more");
        status = TL_ERR_BROKEN;
    }
    tl_buf_release(&contents);
    return status;
}

tl_status tl_act_seal_last(int64_t *out, struct tl_store *store, struct tl_err *err)
{
    struct tl_stmt *stmt;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_LAST], err);
    return status == TL_OK ? tl_stmt_answer(stmt, out, err) : status;
}

/* A seal as it is stored. */
struct stored {
    struct tl_digest previous, hash;
    const char *contents;
};

static tl_status read_stored(struct stored *out, bool *found, struct tl_store *store, int64_t act,
                             struct tl_arena *arena, struct tl_err *err)
{
    struct tl_stmt *stmt;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_FIND], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_int(stmt, 1, act);
    status = tl_stmt_next(stmt, found, err);
    if (status == TL_OK && *found) {
        if (!tl_stmt_digest(stmt, 0, &out->previous) || !tl_stmt_digest(stmt, 2, &out->hash))
            status = tl_err_set(err, TL_ERR_BROKEN, "the seal of act %" PRId64 " is not a hash", act);
        else if ((out->contents = tl_stmt_copy(stmt, 1, arena)) == NULL)
            status = tl_err_memory(err);
    }
    tl_stmt_end(stmt);
    return status;
}

/* The place in the list of tables of the one that a line of contents is about; behind all of them at the end. */
static size_t place_of(const char *line)
{
    size_t place = 0, length = strcspn(line, " ");
    while (place < PART_COUNT && (strncmp(parts[place].table, line, length) != 0 || parts[place].table[length] != '\0'))
        place++;
    return place;
}

/* Puts the first table in which two contents differ into `table`; one of them may have no line of it. */
static void first_difference(char *table, size_t size, const char *sealed, const char *present)
{
    size_t same = 0;
    for (size_t i = 0; sealed[i] != '\0' && sealed[i] == present[i]; i++)
        if (sealed[i] == '\n')
            same = i + 1;
    const char *at = place_of(sealed + same) <= place_of(present + same) ? sealed + same : present + same;
    snprintf(table, size, "%.*s", (int)strcspn(at, " \n"), at);
}

/* Says which act it is, in the words it is recorded with. */
static tl_status refuse(struct tl_store *store, int64_t act, const char *what, struct tl_err *err)
{
    struct tl_stmt *stmt;
    bool row = false;
    struct tl_err ignored = TL_ERR_NONE;
    if (tl_stmt_get(&stmt, store, SQL[SQL_ACT], &ignored) != TL_OK)
        return tl_err_set(err, TL_ERR_BROKEN, "%s", what);
    tl_stmt_bind_int(stmt, 1, act);
    if (tl_stmt_next(stmt, &row, &ignored) == TL_OK && row) {
        const char *command = tl_stmt_text(stmt, 0);
        (void)tl_err_set(err, TL_ERR_BROKEN, "%s (%.*s, by %s on %.10s)", what,
                         (int)tl_text_cut(command, strnlen(command, 60)), command, tl_stmt_text(stmt, 1),
                         tl_stmt_text(stmt, 2));
    } else
        (void)tl_err_set(err, TL_ERR_BROKEN, "%s", what);
    tl_stmt_end(stmt);
    return TL_ERR_BROKEN;
}

static tl_status compare(struct tl_store *store, int64_t act, const struct stored *stored, const char *present,
                         struct tl_err *err)
{
    char table[64], what[160];
    struct tl_digest head, hash;
    tl_status status = hash_of(&hash, &stored->previous, act, stored->contents, err);
    if (status == TL_OK)
        status = read_head(&head, store, act, err);
    if (status != TL_OK)
        return status;
    what[0] = '\0';
    if (!tl_text_equal(stored->contents, present)) {
        first_difference(table, sizeof table, stored->contents, present);
        /* what it says of itself is no longer to be believed */
        if (tl_text_equal(table, "act"))
            return tl_err_set(err, TL_ERR_BROKEN, "act %" PRId64 " is not what was sealed: by whom, when or what", act);
        snprintf(what, sizeof what, "what act %" PRId64 " recorded in %s is not what was sealed", act, table);
    } else if (!tl_digest_equal(&hash, &stored->hash))
        snprintf(what, sizeof what, "the seal of act %" PRId64 " was changed", act);
    else if (!tl_digest_equal(&head, &stored->previous))
        snprintf(what, sizeof what, "the seal of act %" PRId64 " does not follow the seal before it", act);
    return what[0] == '\0' ? TL_OK : refuse(store, act, what, err);
}

tl_status tl_act_seal_check(struct tl_store *store, int64_t act, struct tl_err *err)
{
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct tl_buf present = TL_BUF_EMPTY;
    struct stored stored = {.contents = ""};
    bool found = false;
    char what[120];
    tl_status status = read_stored(&stored, &found, store, act, &arena, err);
    if (status == TL_OK)
        status = write_contents(&present, store, act, err);
    if (status == TL_OK && !found && present.length == 0)
        status = tl_err_set(err, TL_ERR_BROKEN, "act %" PRId64 " is missing", act);
    else if (status == TL_OK && !found) {
        snprintf(what, sizeof what, "act %" PRId64 " has no seal: it was not recorded by tilslut", act);
        status = refuse(store, act, what, err);
    } else if (status == TL_OK)
        status = compare(store, act, &stored, tl_buf_string(&present), err);
    tl_buf_release(&present);
    tl_arena_release(&arena);
    return status;
}
