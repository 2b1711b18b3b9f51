/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/agreement/bank_book.h"

#include <inttypes.h>
#include <string.h>

#include "tilslut/agreement/payee.h"
#include "tilslut/base/text.h"
#include "tilslut/exchange/bank_csv.h"
#include "tilslut/exchange/bank_statement.h"
#include "tilslut/exchange/camt.h"
#include "tilslut/store/stmt.h"

enum {
    SQL_PROFILE_ADD,
    SQL_PROFILE_LATEST,
    SQL_PROFILES,
    SQL_STATEMENT_FIND,
    SQL_STATEMENT_OVERLAP,
    SQL_LINE_TWICE,
    SQL_STATEMENT_ADD,
    SQL_LINE_ADD
};

static const char *const SQL[] = {
    [SQL_PROFILE_ADD] = "INSERT INTO bank_profile (name, version, content, act_id) VALUES (?1, ?2, ?3, ?4)",
    [SQL_PROFILE_LATEST] = "SELECT id, version, content FROM bank_profile WHERE name = ?1 AND act_id <= ?2 "
                           "ORDER BY version DESC LIMIT 1",
    [SQL_PROFILES] = "SELECT p.name, p.version, a.recorded_at, a.actor FROM bank_profile p JOIN act a ON "
                     "a.id = p.act_id WHERE p.act_id <= ?1 ORDER BY p.name, p.version",
    [SQL_STATEMENT_FIND] = "SELECT id, digest, file_name FROM bank_statement WHERE account = ?1 AND identity = ?2",
    [SQL_STATEMENT_OVERLAP] = "SELECT id, file_name, first_on, last_on FROM bank_statement WHERE account = ?1 AND "
                              "first_on <= ?3 AND last_on >= ?2 ORDER BY id LIMIT 1",
    [SQL_LINE_TWICE] =
        "SELECT l.id, s.file_name FROM bank_line l JOIN bank_statement s ON s.id = l.statement_id WHERE "
        "l.bank_reference = ?1 AND l.booked_on = ?2 AND l.amount_minor = ?3 AND l.text = ?4 AND s.account = ?5 LIMIT 1",
    [SQL_STATEMENT_ADD] =
        "INSERT INTO bank_statement (account, identity, format, profile_id, file_name, first_on, last_on, "
        "opening_minor, closing_minor, digest, act_id) VALUES (?1, ?2, ?3, nullif(?4, 0), ?5, ?6, ?7, "
        "iif(?12, ?8, NULL), iif(?12, ?9, NULL), ?10, ?11) RETURNING id",
    [SQL_LINE_ADD] =
        "INSERT INTO bank_line (statement_id, seq, booked_on, amount_minor, is_reversal, reference, text, payer, "
        "payer_account, payer_cvr, bank_reference, act_id) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
};

/* A profile as it is kept; id 0 when there is none of that name. */
struct kept {
    int64_t id, version;
    const char *content;
};

static tl_status find_profile(struct kept *out, struct tl_store *store, const char *name, struct tl_arena *arena,
                              struct tl_err *err)
{
    struct tl_stmt *stmt;
    bool row;
    *out = (struct kept){.id = 0};
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_PROFILE_LATEST], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_text(stmt, 1, name);
    tl_stmt_bind_int(stmt, 2, tl_store_known(store));
    status = tl_stmt_next(stmt, &row, err);
    if (status == TL_OK && row) {
        *out = (struct kept){tl_stmt_int(stmt, 0), tl_stmt_int(stmt, 1), tl_stmt_copy(stmt, 2, arena)};
        tl_stmt_end(stmt);
        return out->content == NULL ? tl_err_memory(err) : TL_OK;
    }
    return status;
}

tl_status tl_bank_book_add_profile(tl_recorded *recorded, const char **name, int64_t *version, struct tl_store *store,
                                   const struct tl_source *source, struct tl_arena *arena, struct tl_err *err)
{
    struct tl_bank_profile profile;
    struct kept kept;
    struct tl_stmt *stmt;
    char *content;
    size_t length;
    tl_status status = tl_bank_profile_read(&profile, source, arena, err);
    if (status == TL_OK)
        status = tl_source_text(&content, &length, source, source->length, arena, err);
    if (status == TL_OK)
        status = find_profile(&kept, store, profile.name, arena, err);
    if (status != TL_OK)
        return status;
    *name = profile.name;
    *version = kept.version;
    *recorded = kept.id == 0                           ? TL_RECORDED_NEW
                : tl_text_equal(kept.content, content) ? TL_RECORDED_SAME
                                                       : TL_RECORDED_CHANGED;
    if (*recorded == TL_RECORDED_SAME)
        return TL_OK;
    ++*version;
    status = tl_stmt_get(&stmt, store, SQL[SQL_PROFILE_ADD], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_text(stmt, 1, profile.name);
    tl_stmt_bind_int(stmt, 2, *version);
    tl_stmt_bind_text(stmt, 3, content);
    tl_stmt_bind_int(stmt, 4, tl_store_act(store));
    return tl_stmt_run(stmt, err);
}

tl_status tl_bank_book_profiles(struct tl_bank_profile_version **out, size_t *count, struct tl_store *store,
                                struct tl_arena *arena, struct tl_err *err)
{
    struct tl_stmt *stmt;
    struct tl_bank_profile_version *profiles = NULL;
    size_t capacity = 0;
    bool row;
    *count = 0;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_PROFILES], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_int(stmt, 1, tl_store_known(store));
    while ((status = tl_stmt_next(stmt, &row, err)) == TL_OK && row) {
        profiles = tl_arena_grow(arena, profiles, *count, &capacity, sizeof *profiles);
        if (profiles == NULL)
            return tl_err_memory(err);
        struct tl_bank_profile_version *profile = &profiles[*count];
        profile->name = tl_stmt_copy(stmt, 0, arena);
        profile->version = tl_stmt_int(stmt, 1);
        profile->recorded_at = tl_stmt_copy(stmt, 2, arena);
        profile->actor = tl_stmt_copy(stmt, 3, arena);
        if (profile->name == NULL || profile->recorded_at == NULL || profile->actor == NULL)
            return tl_err_memory(err);
        ++*count;
    }
    *out = profiles;
    return status;
}

/* One import at work. */
struct import {
    struct tl_store *store;
    const struct tl_source *source;
    struct tl_payee payee;
    struct tl_bank_file file;
    int64_t profile_id;
    struct tl_arena arena;
    struct tl_bank_imported done;
};

static tl_status read_table(struct import *import, const char *name, struct tl_err *err)
{
    struct tl_bank_profile profile;
    struct kept kept;
    tl_status status = find_profile(&kept, import->store, name, &import->arena, err);
    if (status == TL_OK && kept.id == 0) {
        (void)tl_err_set(err, TL_ERR_NOT_FOUND, "there is no profile '%.60s'", name);
        tl_err_hint(err, "tilslut bank profile FILE records one; tilslut list profiles shows them");
        return TL_ERR_NOT_FOUND;
    }
    if (status == TL_OK) {
        struct tl_source source = {name, kept.content, kept.content == NULL ? 0 : strlen(kept.content)};
        status = tl_bank_profile_read(&profile, &source, &import->arena, err);
    }
    import->profile_id = kept.id;
    return status == TL_OK ? tl_bank_csv_read(&import->file, import->source, &profile, tl_store_currency(import->store),
                                              &import->arena, err)
                           : status;
}

static tl_status read_file(struct import *import, const char *profile, struct tl_err *err)
{
    bool is_camt = tl_camt_is(import->source);
    if (is_camt && profile != NULL) {
        (void)tl_err_set(err, TL_ERR_USAGE, "'%.100s' is XML, which needs no profile", import->source->name);
        tl_err_hint(err, "leave out --profile");
        return TL_ERR_USAGE;
    }
    if (!is_camt && profile == NULL) {
        (void)tl_err_set(err, TL_ERR_USAGE, "'%.100s' is not XML; a table needs a profile", import->source->name);
        tl_err_hint(err, "say how the bank writes it with --profile NAME; tilslut list profiles shows them");
        return TL_ERR_USAGE;
    }
    return is_camt ? tl_camt_read(&import->file, import->source, tl_store_currency(import->store), &import->arena, err)
                   : read_table(import, profile, err);
}

static tl_status fail_at(const struct import *import, size_t line, struct tl_err *err)
{
    tl_err_at(err, import->source->name, line, 0);
    return err->status;
}

/* The account that statements are kept under: the same in whatever form a file writes it. */
static tl_status find_account(struct import *import, const struct tl_bank_statement *statement, struct tl_err *err)
{
    tl_status status = tl_payee_find(&import->payee, import->store, statement->last, &import->arena, err);
    if (status != TL_OK || tl_payee_has_account(&import->payee, statement->account))
        return status;
    (void)tl_err_set(err, TL_ERR_INPUT, "the statement is of the account '%.40s', not of %s", statement->account,
                     import->payee.iban[0] == '\0' ? "the one that members pay to" : import->payee.iban);
    tl_err_hint(err, "tilslut list payee shows which account members pay to");
    return fail_at(import, statement->line, err);
}

/* Whether the statement is there: *already with the same content, TL_ERR_CONFLICT with another. */
static tl_status check_identity(bool *already, struct import *import, const struct tl_bank_statement *statement,
                                const struct tl_digest *digest, struct tl_err *err)
{
    struct tl_stmt *stmt;
    struct tl_digest found;
    bool row;
    *already = false;
    tl_status status = tl_stmt_get(&stmt, import->store, SQL[SQL_STATEMENT_FIND], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_text(stmt, 1, import->payee.iban);
    tl_stmt_bind_text(stmt, 2, statement->identity);
    status = tl_stmt_next(stmt, &row, err);
    if (status != TL_OK || !row)
        return status;
    *already = tl_stmt_digest(stmt, 1, &found) && tl_digest_equal(&found, digest);
    if (!*already) {
        (void)tl_err_set(err, TL_ERR_CONFLICT,
                         "statement '%.60s' is recorded already, from '%.60s', with other content", statement->identity,
                         tl_stmt_text(stmt, 2));
        tl_err_hint(err, "nothing is changed; ask the bank which of the two is right");
        status = fail_at(import, statement->line, err);
    }
    tl_stmt_end(stmt);
    return status;
}

/* A table has no identity but its days, so that no other statement may have one of them. */
static tl_status check_overlap(struct import *import, const struct tl_bank_statement *statement, struct tl_err *err)
{
    struct tl_stmt *stmt;
    bool row;
    if (import->profile_id == 0)
        return TL_OK;
    tl_status status = tl_stmt_get(&stmt, import->store, SQL[SQL_STATEMENT_OVERLAP], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_text(stmt, 1, import->payee.iban);
    tl_stmt_bind_date(stmt, 2, statement->first);
    tl_stmt_bind_date(stmt, 3, statement->last);
    status = tl_stmt_next(stmt, &row, err);
    if (status != TL_OK || !row)
        return status;
    (void)tl_err_set(err, TL_ERR_CONFLICT, "the days %s overlap with '%.60s', which has %s..%s", statement->identity,
                     tl_stmt_text(stmt, 1), tl_stmt_text(stmt, 2), tl_stmt_text(stmt, 3));
    tl_err_hint(err, "fetch the days after %s from the bank", tl_stmt_text(stmt, 3));
    tl_stmt_end(stmt);
    return fail_at(import, statement->line, err);
}

/* The bank's own reference, on the same day, for the same amount and text, is the same transaction. */
static tl_status check_line(struct import *import, const struct tl_bank_line *line, struct tl_err *err)
{
    struct tl_stmt *stmt;
    bool row;
    if (line->bank_reference[0] == '\0')
        return TL_OK;
    tl_status status = tl_stmt_get(&stmt, import->store, SQL[SQL_LINE_TWICE], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_text(stmt, 1, line->bank_reference);
    tl_stmt_bind_date(stmt, 2, line->booked_on);
    tl_stmt_bind_int(stmt, 3, line->amount.minor);
    tl_stmt_bind_text(stmt, 4, line->text);
    tl_stmt_bind_text(stmt, 5, import->payee.iban);
    status = tl_stmt_next(stmt, &row, err);
    if (status != TL_OK || !row)
        return status;
    (void)tl_err_set(err, TL_ERR_CONFLICT,
                     "the bank's reference '%.60s' is recorded already, as line %" PRId64 ", from '%.60s'",
                     line->bank_reference, tl_stmt_int(stmt, 0), tl_stmt_text(stmt, 1));
    tl_err_hint(err, "the statement overlaps with one that is recorded");
    tl_stmt_end(stmt);
    return fail_at(import, line->line, err);
}

static tl_status add_statement(int64_t *id, struct import *import, const struct tl_bank_statement *statement,
                               const struct tl_digest *digest, struct tl_err *err)
{
    struct tl_stmt *stmt;
    tl_status status = tl_stmt_get(&stmt, import->store, SQL[SQL_STATEMENT_ADD], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_text(stmt, 1, import->payee.iban);
    tl_stmt_bind_text(stmt, 2, statement->identity);
    tl_stmt_bind_text(stmt, 3, import->file.format);
    tl_stmt_bind_int(stmt, 4, import->profile_id);
    tl_stmt_bind_text(stmt, 5, tl_source_base_name(import->source));
    tl_stmt_bind_date(stmt, 6, statement->first);
    tl_stmt_bind_date(stmt, 7, statement->last);
    tl_stmt_bind_int(stmt, 8, statement->opening.minor);
    tl_stmt_bind_int(stmt, 9, statement->closing.minor);
    tl_stmt_bind_digest(stmt, 10, digest);
    tl_stmt_bind_int(stmt, 11, tl_store_act(import->store));
    tl_stmt_bind_int(stmt, 12, statement->has_balances ? 1 : 0);
    return tl_stmt_answer(stmt, id, err);
}

static tl_status add_line(struct import *import, int64_t statement, size_t seq, const struct tl_bank_line *line,
                          struct tl_err *err)
{
    struct tl_stmt *stmt;
    tl_status status = tl_stmt_get(&stmt, import->store, SQL[SQL_LINE_ADD], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_int(stmt, 1, statement);
    tl_stmt_bind_int(stmt, 2, (int64_t)seq);
    tl_stmt_bind_date(stmt, 3, line->booked_on);
    tl_stmt_bind_int(stmt, 4, line->amount.minor);
    tl_stmt_bind_int(stmt, 5, line->is_reversal ? 1 : 0);
    tl_stmt_bind_text(stmt, 6, line->reference);
    tl_stmt_bind_text(stmt, 7, line->text);
    tl_stmt_bind_text(stmt, 8, line->payer);
    tl_stmt_bind_text(stmt, 9, line->payer_account);
    tl_stmt_bind_text(stmt, 10, line->payer_cvr);
    tl_stmt_bind_text(stmt, 11, line->bank_reference);
    tl_stmt_bind_int(stmt, 12, tl_store_act(import->store));
    return tl_stmt_run(stmt, err);
}

static tl_status record(struct import *import, const struct tl_bank_statement *statement, struct tl_err *err)
{
    struct tl_digest digest;
    bool already = false;
    int64_t id = 0;
    tl_status status = find_account(import, statement, err);
    if (status == TL_OK)
        status = tl_bank_statement_digest(&digest, statement, err);
    if (status == TL_OK)
        status = check_identity(&already, import, statement, &digest, err);
    if (status == TL_OK && already)
        import->done.already++;
    if (status != TL_OK || already)
        return status;
    status = check_overlap(import, statement, err);
    for (size_t i = 0; status == TL_OK && i < statement->line_count; i++)
        status = check_line(import, &statement->lines[i], err);
    if (status == TL_OK)
        status = add_statement(&id, import, statement, &digest, err);
    for (size_t i = 0; status == TL_OK && i < statement->line_count; i++)
        status = add_line(import, id, i + 1, &statement->lines[i], err);
    import->done.statements++;
    import->done.lines += statement->line_count;
    import->done.pending += statement->pending_count;
    return status;
}

tl_status tl_bank_book_import(struct tl_bank_imported *out, struct tl_store *store, const struct tl_source *source,
                              const char *profile, struct tl_err *err)
{
    struct import import = {.store = store, .source = source, .arena = TL_ARENA_EMPTY};
    tl_status status = read_file(&import, profile, err);
    for (size_t i = 0; status == TL_OK && i < import.file.count; i++)
        status = record(&import, &import.file.statements[i], err);
    *out = import.done;
    tl_arena_release(&import.arena);
    return status;
}
