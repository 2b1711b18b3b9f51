/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/agreement/trace.h"

#include <inttypes.h>

#include "tilslut/agreement/document.h"
#include "tilslut/base/digest.h"
#include "tilslut/base/text.h"
#include "tilslut/money/money.h"
#include "tilslut/store/stmt.h"
#include "trace_steps.h"

enum {
    SQL_ACT,
    SQL_ENTRY,
    SQL_POSTINGS,
    SQL_SEAL,
    SQL_ENTRIES_OF_RUN,
    SQL_ENTRIES_BY_REFERENCE,
    SQL_RUNS_OF_LINE,
    SQL_LINES_OF_YEAR,
    SQL_TERMS_KNOWN,
    SQL_DOCUMENT_ACT
};

static const char *const SQL[] = {
    [SQL_ACT] = "SELECT a.actor, a.recorded_at, a.command, lower(hex(s.hash)) FROM act a "
                "LEFT JOIN act_seal s ON s.act_id = a.id WHERE a.id = ?1",
    [SQL_ENTRY] =
        "SELECT kind, holds_on, due_on, reference, text, coalesce(run_id, 0), coalesce(reverses_id, 0), act_id, "
        "(SELECT party_code FROM posting WHERE entry_id = e.id AND party_code IS NOT NULL ORDER BY seq LIMIT 1) "
        "FROM entry e WHERE id = ?1",
    [SQL_POSTINGS] = "SELECT p.account_code, a.name_da, p.line_id, p.amount_minor, coalesce(p.party_code, '') "
                     "FROM posting p JOIN account a ON a.code = p.account_code WHERE p.entry_id = ?1 ORDER BY p.seq",
    [SQL_SEAL] = "SELECT lower(hex(hash)) FROM seal WHERE entry_id = ?1",
    [SQL_ENTRIES_OF_RUN] = "SELECT id FROM entry WHERE run_id = ?1 AND EXISTS (SELECT 1 FROM posting "
                           "WHERE entry_id = entry.id AND party_code = ?2) ORDER BY id",
    [SQL_ENTRIES_BY_REFERENCE] = "SELECT id FROM entry WHERE reference = ?1 OR id IN "
                                 "(SELECT entry_id FROM invoice WHERE number = ?1) ORDER BY id",
    [SQL_RUNS_OF_LINE] = "SELECT DISTINCT r.id FROM run r JOIN run_line l ON l.run_id = r.id "
                         "LEFT JOIN run_end e ON e.run_id = r.id "
                         "WHERE l.party_code = ?1 AND r.year = ?2 AND l.line_id = ?3 "
                         "AND coalesce(e.outcome, '') <> 'discarded' ORDER BY r.id",
    [SQL_LINES_OF_YEAR] = "SELECT DISTINCT l.line_id, r.product_code FROM run r JOIN run_line l ON l.run_id = r.id "
                          "JOIN run_end e ON e.run_id = r.id AND e.outcome = 'approved' AND e.act_id <= ?3 "
                          "WHERE l.party_code = ?1 AND r.year = ?2 ORDER BY r.product_code, l.line_id",
    [SQL_TERMS_KNOWN] = "SELECT id FROM terms WHERE product_code = ?1 AND act_id <= ?2 ORDER BY version DESC LIMIT 1",
    [SQL_DOCUMENT_ACT] = "SELECT act_id FROM document WHERE id = ?1",
};

enum { ENTRIES_MAX = 100 };

static tl_status read_act(struct tl_trace_step *step, struct tl_trace_pen *pen, struct tl_err *err)
{
    struct tl_stmt *stmt;
    bool row;
    tl_status status = tl_stmt_get(&stmt, pen->store, SQL[SQL_ACT], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_int(stmt, 1, step->act);
    status = tl_stmt_next(stmt, &row, err);
    if (status == TL_OK && row) {
        step->actor = tl_stmt_copy(stmt, 0, pen->arena);
        step->recorded_at = tl_stmt_copy(stmt, 1, pen->arena);
        step->command = tl_stmt_copy(stmt, 2, pen->arena);
        step->seal = tl_stmt_copy(stmt, 3, pen->arena);
        if (step->actor == NULL || step->recorded_at == NULL || step->command == NULL || step->seal == NULL)
            status = tl_err_memory(err);
    }
    tl_stmt_end(stmt);
    return status;
}

static bool is_told(const struct tl_trace *trace, const struct tl_trace_step *step)
{
    for (size_t i = 0; i < trace->count; i++)
        if (trace->steps[i].act == step->act && tl_text_equal(trace->steps[i].what, step->what) &&
            tl_text_equal(trace->steps[i].says, step->says))
            return true;
    return false;
}

tl_status tl_trace_add(struct tl_trace_pen *pen, const char *what, int64_t act, const char *says, const char *see,
                       struct tl_err *err)
{
    struct tl_trace *trace = pen->trace;
    struct tl_trace_step step = {
        .what = what, .says = says, .see = see, .act = act, .actor = "", .recorded_at = "", .command = "", .seal = ""};
    if (says == NULL || see == NULL)
        return tl_err_memory(err);
    if (is_told(trace, &step))
        return TL_OK;
    tl_status status = act == 0 ? TL_OK : read_act(&step, pen, err);
    if (status != TL_OK)
        return status;
    trace->steps = tl_arena_grow(pen->arena, trace->steps, trace->count, &trace->capacity, sizeof *trace->steps);
    if (trace->steps == NULL)
        return tl_err_memory(err);
    trace->steps[trace->count++] = step;
    return TL_OK;
}

/* An entry as the steps need it. */
struct entry {
    const char *kind, *reference, *text, *party; /* party: NULL for none */
    struct tl_date holds_on, due_on;
    int64_t id, run, reverses, act;
};

static tl_status read_entry(struct entry *out, struct tl_trace_pen *pen, int64_t id, struct tl_err *err)
{
    struct tl_stmt *stmt;
    bool row;
    *out = (struct entry){.id = id};
    tl_status status = tl_stmt_get(&stmt, pen->store, SQL[SQL_ENTRY], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_int(stmt, 1, id);
    status = tl_stmt_next(stmt, &row, err);
    if (status == TL_OK && !row) {
        status = tl_err_set(err, TL_ERR_NOT_FOUND, "there is no entry %" PRId64, id);
        tl_err_hint(err, "tilslut list entries shows them");
        return status;
    }
    if (status != TL_OK)
        return status;
    bool has_party = !tl_stmt_is_null(stmt, 8);
    *out = (struct entry){.kind = tl_stmt_copy(stmt, 0, pen->arena),
                          .holds_on = tl_stmt_date(stmt, 1),
                          .due_on = tl_stmt_date(stmt, 2),
                          .reference = tl_stmt_copy(stmt, 3, pen->arena),
                          .text = tl_stmt_copy(stmt, 4, pen->arena),
                          .run = tl_stmt_int(stmt, 5),
                          .reverses = tl_stmt_int(stmt, 6),
                          .act = tl_stmt_int(stmt, 7),
                          .party = has_party ? tl_stmt_copy(stmt, 8, pen->arena) : NULL,
                          .id = id};
    tl_stmt_end(stmt);
    if (out->kind == NULL || out->reference == NULL || out->text == NULL || (has_party && out->party == NULL))
        return tl_err_memory(err);
    return TL_OK;
}

static tl_status add_postings(struct tl_trace_pen *pen, const struct entry *entry, struct tl_err *err)
{
    struct tl_stmt *stmt;
    bool row;
    char amount[TL_MONEY_TEXT_SIZE];
    struct tl_buf says = TL_BUF_EMPTY;
    tl_status status = tl_stmt_get(&stmt, pen->store, SQL[SQL_POSTINGS], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_int(stmt, 1, entry->id);
    while ((status = tl_stmt_next(stmt, &row, err)) == TL_OK && row) {
        struct tl_money money = {tl_stmt_int(stmt, 3)};
        const char *line = tl_stmt_text(stmt, 2);
        tl_buf_format(&says, "%s%s %s%s%s %s", says.length == 0 ? "" : "; ", tl_stmt_text(stmt, 0),
                      tl_stmt_text(stmt, 1), line[0] == '\0' ? "" : ", ", line, tl_money_da(money, amount));
    }
    if (status == TL_OK)
        status = tl_buf_status(&says, err);
    if (status == TL_OK)
        status = tl_trace_add(pen, "postings", 0, tl_arena_text(pen->arena, tl_buf_string(&says)), "", err);
    tl_buf_release(&says);
    return status;
}

static tl_status add_seal(struct tl_trace_pen *pen, const struct entry *entry, struct tl_err *err)
{
    struct tl_stmt *stmt;
    bool row;
    tl_status status = tl_stmt_get(&stmt, pen->store, SQL[SQL_SEAL], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_int(stmt, 1, entry->id);
    status = tl_stmt_next(stmt, &row, err);
    if (status != TL_OK)
        return status;
    if (!row)
        return tl_trace_add(pen, "seal", 0, "none: the entry was not written by tilslut and counts for nothing",
                            "tilslut verify --only chain", err);
    const char *hash = tl_stmt_text(stmt, 0);
    const char *says = tl_arena_format(pen->arena, "entry %" PRId64 ", %s", entry->id, hash);
    const char *see =
        tl_arena_format(pen->arena, "tilslut verify --only chain --anchor %" PRId64 ":%.16s", entry->id, hash);
    tl_stmt_end(stmt);
    return tl_trace_add(pen, "seal", 0, says, see, err);
}

static tl_status add_entry(struct tl_trace_pen *pen, const struct entry *entry, struct tl_err *err)
{
    char holds_on[TL_DATE_TEXT_SIZE], due_on[TL_DATE_TEXT_SIZE];
    bool due = !tl_date_is_none(entry->due_on);
    const char *says = tl_arena_format(
        pen->arena, "entry %" PRId64 ", %s of %s%s%s%s%s: %s", entry->id, entry->kind,
        tl_date_iso(entry->holds_on, holds_on), due ? ", due on " : "", due ? tl_date_iso(entry->due_on, due_on) : "",
        entry->reference[0] == '\0' ? "" : ", reference ", entry->reference, entry->text);
    const char *see = entry->party == NULL
                          ? "tilslut list entries"
                          : tl_arena_format(pen->arena, "tilslut list entries --party %s", entry->party);
    tl_status status = tl_trace_add(pen, "entry", entry->act, says, see, err);
    if (status == TL_OK)
        status = add_postings(pen, entry, err);
    if (status == TL_OK)
        status = add_seal(pen, entry, err);
    if (status == TL_OK && entry->reverses != 0)
        status = tl_trace_add(pen, "corrects", 0, tl_arena_format(pen->arena, "entry %" PRId64, entry->reverses),
                              tl_arena_format(pen->arena, "tilslut trace %" PRId64, entry->reverses), err);
    return status;
}

tl_status tl_trace_entry_steps(struct tl_trace_pen *pen, int64_t id, struct tl_err *err)
{
    struct entry entry;
    bool found;
    tl_status status = read_entry(&entry, pen, id, err);
    if (status == TL_OK)
        status = add_entry(pen, &entry, err);
    if (status == TL_OK)
        status = tl_trace_line_of_entry(pen, id, err);
    if (status != TL_OK || entry.run == 0 || entry.party == NULL)
        return status;
    status = tl_trace_run_lines(&found, pen, entry.run, entry.party, NULL, err);
    return status == TL_OK ? tl_trace_run_grounds(pen, entry.run, entry.party, NULL, err) : status;
}

tl_status tl_trace_entry(struct tl_trace *out, struct tl_store *store, int64_t entry, struct tl_arena *arena,
                         struct tl_err *err)
{
    struct tl_trace_pen pen = {out, store, arena};
    *out = (struct tl_trace){0};
    return tl_trace_entry_steps(&pen, entry, err);
}

/* The numbers that a statement with bound parameters answers, at most ENTRIES_MAX. */
static tl_status read_numbers(int64_t *out, size_t *count, struct tl_stmt *stmt, struct tl_err *err)
{
    bool row;
    tl_status status = TL_OK;
    *count = 0;
    while (*count < ENTRIES_MAX && (status = tl_stmt_next(stmt, &row, err)) == TL_OK && row)
        out[(*count)++] = tl_stmt_int(stmt, 0);
    tl_stmt_end(stmt);
    return status;
}

static tl_status trace_run_line(struct tl_trace_pen *pen, int64_t run, const char *party, const char *line,
                                struct tl_err *err)
{
    struct tl_stmt *stmt;
    int64_t entries[ENTRIES_MAX];
    size_t count = 0;
    bool found;
    tl_status status = tl_trace_run_lines(&found, pen, run, party, line, err);
    if (status == TL_OK)
        status = tl_stmt_get(&stmt, pen->store, SQL[SQL_ENTRIES_OF_RUN], err);
    if (status == TL_OK) {
        tl_stmt_bind_int(stmt, 1, run);
        tl_stmt_bind_text(stmt, 2, party);
        status = read_numbers(entries, &count, stmt, err);
    }
    for (size_t i = 0; status == TL_OK && i < count; i++) {
        struct entry entry;
        status = read_entry(&entry, pen, entries[i], err);
        if (status == TL_OK)
            status = add_entry(pen, &entry, err);
    }
    return status == TL_OK ? tl_trace_run_grounds(pen, run, party, line, err) : status;
}

tl_status tl_trace_line(struct tl_trace *out, struct tl_store *store, const char *party, int year, const char *line,
                        struct tl_arena *arena, struct tl_err *err)
{
    struct tl_trace_pen pen = {out, store, arena};
    struct tl_stmt *stmt;
    int64_t runs[ENTRIES_MAX];
    size_t count = 0;
    *out = (struct tl_trace){0};
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_RUNS_OF_LINE], err);
    if (status == TL_OK) {
        tl_stmt_bind_text(stmt, 1, party);
        tl_stmt_bind_int(stmt, 2, year);
        tl_stmt_bind_text(stmt, 3, line);
        status = read_numbers(runs, &count, stmt, err);
    }
    if (status == TL_OK && count == 0) {
        status = tl_err_set(err, TL_ERR_NOT_FOUND, "no run charges '%s' for a line '%s' in %d", party, line, year);
        tl_err_hint(err, "tilslut list entries --party %s shows what is charged", party);
    }
    for (size_t i = 0; status == TL_OK && i < count; i++)
        status = trace_run_line(&pen, runs[i], party, line, err);
    return status;
}

/* The lines that a statement shows, each with the command that leads on. */
static tl_status add_lines_of_year(struct tl_trace_pen *pen, const struct tl_document *document, int64_t act,
                                   struct tl_err *err)
{
    struct tl_stmt *stmt;
    bool row;
    tl_status status = tl_stmt_get(&stmt, pen->store, SQL[SQL_LINES_OF_YEAR], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_text(stmt, 1, document->party);
    tl_stmt_bind_int(stmt, 2, document->year);
    tl_stmt_bind_int(stmt, 3, act);
    while (status == TL_OK && (status = tl_stmt_next(stmt, &row, err)) == TL_OK && row) {
        const char *line = tl_stmt_text(stmt, 0);
        status = tl_trace_add(
            pen, "line", 0, tl_arena_format(pen->arena, "%s %d, %s", tl_stmt_text(stmt, 1), document->year, line),
            tl_arena_format(pen->arena, "tilslut trace %s %d %s", document->party, document->year, line), err);
    }
    tl_stmt_end(stmt);
    return status;
}

/* The terms that were the latest when an act was recorded. */
static tl_status add_terms_known(struct tl_trace_pen *pen, const char *product, int64_t act, struct tl_err *err)
{
    struct tl_stmt *stmt;
    int64_t terms = 0;
    tl_status status = tl_stmt_get(&stmt, pen->store, SQL[SQL_TERMS_KNOWN], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_text(stmt, 1, product);
    tl_stmt_bind_int(stmt, 2, act);
    status = tl_stmt_answer(stmt, &terms, err);
    return status == TL_OK && terms != 0 ? tl_trace_terms(pen, terms, NULL, err) : status;
}

static tl_status add_document(struct tl_trace_pen *pen, const struct tl_document *document, int64_t act,
                              struct tl_err *err)
{
    char issued_on[TL_DATE_TEXT_SIZE], hash[TL_DIGEST_HEX_SIZE], head[TL_DIGEST_HEX_SIZE];
    const char *says = tl_arena_format(pen->arena, "%s %s version %d, issued on %s as %s, SHA-256 %s", document->kind,
                                       document->number, document->version, tl_date_iso(document->issued_on, issued_on),
                                       document->file_name, tl_digest_hex(&document->sha256, hash));
    tl_status status = tl_trace_add(pen, "document", act, says, "tilslut list documents", err);
    if (status != TL_OK || document->head_entry == 0)
        return status;
    says = tl_arena_format(pen->arena, "entry %" PRId64 ", %s, the head of the chain that it carries",
                           document->head_entry, tl_digest_hex(&document->head, head));
    return tl_trace_add(pen, "seal", 0, says,
                        tl_arena_format(pen->arena, "tilslut verify --only chain --anchor %" PRId64 ":%.16s",
                                        document->head_entry, head),
                        err);
}

static tl_status trace_document(struct tl_trace_pen *pen, const struct tl_document *document, struct tl_err *err)
{
    struct tl_stmt *stmt;
    int64_t act = 0;
    tl_status status = tl_stmt_get(&stmt, pen->store, SQL[SQL_DOCUMENT_ACT], err);
    if (status == TL_OK) {
        tl_stmt_bind_int(stmt, 1, document->id);
        status = tl_stmt_answer(stmt, &act, err);
    }
    if (status == TL_OK)
        status = add_document(pen, document, act, err);
    if (status == TL_OK && document->product == NULL)
        return add_lines_of_year(pen, document, act, err);
    if (status == TL_OK)
        status = tl_trace_membership(pen, document->product, document->party, act, err);
    return status == TL_OK ? add_terms_known(pen, document->product, act, err) : status;
}

tl_status tl_trace_number(struct tl_trace *out, struct tl_store *store, const char *number, struct tl_arena *arena,
                          struct tl_err *err)
{
    struct tl_trace_pen pen = {out, store, arena};
    struct tl_document document;
    struct tl_stmt *stmt;
    int64_t entries[ENTRIES_MAX];
    size_t count = 0;
    *out = (struct tl_trace){0};
    tl_status status = tl_document_latest(&document, store, number, arena, err);
    if (status != TL_OK)
        return status;
    if (document.id != 0)
        return trace_document(&pen, &document, err);
    status = tl_stmt_get(&stmt, store, SQL[SQL_ENTRIES_BY_REFERENCE], err);
    if (status == TL_OK) {
        tl_stmt_bind_text(stmt, 1, number);
        status = number[0] == '\0' ? TL_OK : read_numbers(entries, &count, stmt, err);
    }
    if (status == TL_OK && count == 0) {
        status = tl_err_set(err, TL_ERR_NOT_FOUND, "no document and no entry has the number '%.80s'", number);
        tl_err_hint(err, "tilslut list documents and tilslut list entries show the numbers");
    }
    for (size_t i = 0; status == TL_OK && i < count; i++)
        status = tl_trace_entry_steps(&pen, entries[i], err);
    return status;
}
