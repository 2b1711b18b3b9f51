/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/ledger/closed_period.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "closed_period_rows.h"
#include "tilslut/base/person.h"
#include "tilslut/base/text.h"
#include "tilslut/ledger/kept_balance.h"
#include "tilslut/store/stmt.h"

/* The proposal that counts is the last one that was not dropped. */
#define COLUMNS                                                                                                        \
    "SELECT c.id, c.first_on, c.last_on, c.entries, c.debit_minor, "                                                   \
    "CASE WHEN e.reopen_id IS NOT NULL THEN 'reopened' WHEN r.id IS NOT NULL THEN 'reopening proposed' "               \
    "ELSE 'closed' END, a.recorded_at, a.actor, coalesce(d.body || ' ' || d.decided_on || ' ' || d.reference, ''), "   \
    "coalesce(r.id, 0), coalesce(b.actor, ''), coalesce(x.body || ' ' || x.decided_on || ' ' || x.reference, ''), "    \
    "coalesce(r.reason, ''), coalesce(f.recorded_at, ''), coalesce(f.actor, ''), c.act_id, coalesce(e.act_id, 0) "     \
    "FROM period_close AS c JOIN act AS a ON a.id = c.act_id LEFT JOIN decision AS d ON d.id = c.decision_id "         \
    "LEFT JOIN period_reopen AS r ON r.id = (SELECT max(p.id) FROM period_reopen AS p WHERE p.close_id = c.id "        \
    "AND p.act_id <= ?1 AND NOT EXISTS (SELECT 1 FROM period_reopen_end AS q WHERE q.reopen_id = p.id "                \
    "AND q.outcome = 'dropped' AND q.act_id <= ?1)) LEFT JOIN act AS b ON b.id = r.act_id "                            \
    "LEFT JOIN decision AS x ON x.id = r.decision_id LEFT JOIN period_reopen_end AS e ON e.reopen_id = r.id "          \
    "AND e.act_id <= ?1 LEFT JOIN act AS f ON f.id = e.act_id WHERE c.act_id <= ?1 "

#define COUNT                                                                                                          \
    "SELECT count(DISTINCT e.id), coalesce(sum(max(p.amount_minor, 0)), 0) FROM entry AS e "                           \
    "JOIN seal AS s ON s.entry_id = e.id JOIN posting AS p ON p.entry_id = e.id "                                      \
    "WHERE e.holds_on BETWEEN ?1 AND ?2 AND e.act_id < ?3"

enum { SQL_LIST, SQL_LAST, SQL_ENDS_AFTER, SQL_COUNT, SQL_ADD, SQL_PROPOSE, SQL_END };

static const char *const SQL[] = {
    [SQL_LIST] = COLUMNS "ORDER BY c.id",
    [SQL_LAST] = COLUMNS "AND e.reopen_id IS NULL ORDER BY c.id DESC LIMIT 1",
    [SQL_ENDS_AFTER] = "SELECT count(*) FROM (SELECT 1 FROM period_close WHERE last_on >= ?1 LIMIT 1)",
    [SQL_COUNT] = COUNT,
    [SQL_ADD] = ("INSERT INTO period_close (first_on, last_on, entries, debit_minor, later_entry, decision_id, act_id) "
                 "VALUES (?1, ?2, ?3, ?4, ?5, nullif(?6, 0), ?7)"),
    [SQL_PROPOSE] = "INSERT INTO period_reopen (close_id, reason, decision_id, act_id) VALUES (?1, ?2, ?3, ?4)",
    [SQL_END] = "INSERT INTO period_reopen_end (reopen_id, outcome, act_id) VALUES (?1, ?2, ?3)",
};

enum { QUARTER_MONTHS = 3, COLUMN_CLOSE_ACT = 15, COLUMN_REOPEN_ACT = 16 };

tl_status tl_closed_period_parse(struct tl_period *out, const char *text, struct tl_err *err)
{
    int year = 0;
    size_t length = strlen(text);
    for (size_t i = 0; i < 4 && text[i] >= '0' && text[i] <= '9'; i++)
        year = year * 10 + (text[i] - '0');
    bool is_year = length == 4 && strspn(text, "0123456789") == 4;
    bool is_quarter = length == 7 && strspn(text, "0123456789") == 4 && strncmp(text + 4, "-Q", 2) == 0 &&
                      text[6] >= '1' && text[6] <= '4';
    if ((!is_year && !is_quarter) || year < TL_YEAR_MIN) {
        (void)tl_err_set(err, TL_ERR_INPUT, "'%.40s' is not a quarter or a year", text);
        tl_err_hint(err, "write it like 2026-Q1 or 2026");
        return TL_ERR_INPUT;
    }
    *out = tl_period_of_year(year);
    if (is_quarter) {
        out->first = tl_date_add_months(out->first, QUARTER_MONTHS * (text[6] - '1'));
        out->last = tl_date_add_months(tl_date_of(year, 1, 31), QUARTER_MONTHS * (text[6] - '0') - 1);
    }
    return TL_OK;
}

const char *tl_closed_period_name(struct tl_period period, char into[TL_CLOSED_PERIOD_NAME_SIZE])
{
    int year = tl_date_year(period.first), last = tl_date_month(period.last);
    if (tl_date_month(period.first) == 1 && last == 12)
        snprintf(into, TL_CLOSED_PERIOD_NAME_SIZE, "%d", year);
    else
        snprintf(into, TL_CLOSED_PERIOD_NAME_SIZE, "%d-Q%d", year, last / QUARTER_MONTHS);
    return into;
}

static tl_status read_row(struct tl_closed_period *out, struct tl_stmt *stmt, struct tl_arena *arena,
                          struct tl_err *err)
{
    static const int columns[] = {5, 6, 7, 8, 10, 11, 12, 13, 14};
    enum { TEXTS = sizeof columns / sizeof columns[0] };
    const char *texts[TEXTS];
    for (size_t i = 0; i < TEXTS; i++)
        if ((texts[i] = tl_stmt_copy(stmt, columns[i], arena)) == NULL)
            return tl_err_memory(err);
    *out = (struct tl_closed_period){.id = tl_stmt_int(stmt, 0),
                                     .period = {tl_stmt_date(stmt, 1), tl_stmt_date(stmt, 2)},
                                     .entries = tl_stmt_int(stmt, 3),
                                     .debit = {tl_stmt_int(stmt, 4)},
                                     .state = texts[0],
                                     .closed_at = texts[1],
                                     .closed_by = texts[2],
                                     .decision = texts[3],
                                     .reopen = tl_stmt_int(stmt, 9),
                                     .proposed_by = texts[4],
                                     .reopen_decision = texts[5],
                                     .reason = texts[6],
                                     .confirmed_at = texts[7],
                                     .confirmed_by = texts[8]};
    return TL_OK;
}

tl_status closed_list_with_acts(struct tl_closed_period **out, struct closed_acts **acts, size_t *count,
                                struct tl_store *store, struct tl_arena *arena, struct tl_err *err)
{
    struct tl_stmt *stmt;
    size_t capacity = 0, acts_capacity = 0;
    bool row;
    *out = NULL;
    *acts = NULL;
    *count = 0;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_LIST], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_int(stmt, 1, tl_store_known(store));
    while (status == TL_OK && (status = tl_stmt_next(stmt, &row, err)) == TL_OK && row) {
        *out = tl_arena_grow(arena, *out, *count, &capacity, sizeof **out);
        *acts = tl_arena_grow(arena, *acts, *count, &acts_capacity, sizeof **acts);
        if (*out == NULL || *acts == NULL)
            return tl_err_memory(err);
        (*acts)[*count] =
            (struct closed_acts){tl_stmt_int(stmt, COLUMN_CLOSE_ACT), tl_stmt_int(stmt, COLUMN_REOPEN_ACT)};
        status = read_row(&(*out)[(*count)++], stmt, arena, err);
    }
    tl_stmt_end(stmt);
    return status;
}

tl_status tl_closed_period_list(struct tl_closed_period **out, size_t *count, struct tl_store *store,
                                struct tl_arena *arena, struct tl_err *err)
{
    struct closed_acts *acts;
    return closed_list_with_acts(out, &acts, count, store, arena, err);
}

tl_status tl_closed_period_last(struct tl_closed_period *out, struct tl_store *store, struct tl_arena *arena,
                                struct tl_err *err)
{
    struct tl_stmt *stmt;
    bool row;
    *out = (struct tl_closed_period){0};
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_LAST], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_int(stmt, 1, tl_store_known(store));
    status = tl_stmt_next(stmt, &row, err);
    if (status == TL_OK && row) {
        status = read_row(out, stmt, arena, err);
        tl_stmt_end(stmt);
    }
    return status;
}

/* The refusal of a date: the closed period that holds it, or else the last one that stands. */
static tl_status refuse_date(struct tl_store *store, const struct tl_closed_period *last, struct tl_date date,
                             struct tl_arena *arena, struct tl_err *err)
{
    struct tl_closed_period *closes = NULL;
    size_t count = 0;
    const struct tl_closed_period *holds = NULL;
    char text[TL_DATE_TEXT_SIZE], next[TL_DATE_TEXT_SIZE], name[TL_CLOSED_PERIOD_NAME_SIZE];
    tl_status status = tl_closed_period_list(&closes, &count, store, arena, err);
    if (status != TL_OK)
        return status;
    for (size_t i = 0; i < count; i++)
        if (!tl_text_equal(closes[i].state, "reopened") && tl_period_contains(closes[i].period, date))
            holds = &closes[i];
    (void)tl_err_set(err, TL_ERR_STATE, "%s lies %s %s, which is closed", tl_date_iso(date, text),
                     holds != NULL ? "in" : "before",
                     tl_closed_period_name((holds != NULL ? holds : last)->period, name));
    tl_err_hint(err,
                "date it in the next open period, %s or later; or have %s reopened by two people: tilslut period "
                "reopen %s --decision TEXT --reason TEXT",
                tl_date_iso(tl_date_add_days(last->period.last, 1), next), name, name);
    return TL_ERR_STATE;
}

tl_status tl_closed_period_check_date(struct tl_store *store, struct tl_date date, struct tl_err *err)
{
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct tl_closed_period last;
    struct tl_stmt *stmt;
    int64_t any = 0;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_ENDS_AFTER], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_date(stmt, 1, date);
    status = tl_stmt_answer(stmt, &any, err);
    /* asked for each entry that is posted, and nearly always answered with no */
    if (status != TL_OK || any == 0)
        return status;
    status = tl_closed_period_last(&last, store, &arena, err);
    if (status == TL_OK && !tl_date_is_none(last.period.last) && tl_date_compare(date, last.period.last) <= 0)
        status = refuse_date(store, &last, date, &arena, err);
    tl_arena_release(&arena);
    return status;
}

tl_status closed_count_entries(int64_t *entries, int64_t *debit, struct tl_store *store, struct tl_period period,
                               int64_t before_act, struct tl_err *err)
{
    struct tl_stmt *stmt;
    bool row;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_COUNT], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_date(stmt, 1, period.first);
    tl_stmt_bind_date(stmt, 2, period.last);
    tl_stmt_bind_int(stmt, 3, before_act);
    status = tl_stmt_next(stmt, &row, err);
    if (status != TL_OK || !row)
        return status;
    *entries = tl_stmt_int(stmt, 0);
    *debit = tl_stmt_int(stmt, 1);
    tl_stmt_end(stmt);
    return TL_OK;
}

static tl_status add(struct tl_store *store, struct tl_period period, int64_t decision_id, struct tl_err *err)
{
    struct tl_stmt *stmt;
    int64_t entries = 0, debit = 0, later = 0;
    tl_status status = closed_count_entries(&entries, &debit, store, period, tl_store_act(store), err);
    if (status == TL_OK)
        status = tl_kept_balance_later(&later, store, period.last, err);
    if (status == TL_OK)
        status = tl_stmt_get(&stmt, store, SQL[SQL_ADD], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_date(stmt, 1, period.first);
    tl_stmt_bind_date(stmt, 2, period.last);
    tl_stmt_bind_int(stmt, 3, entries);
    tl_stmt_bind_int(stmt, 4, debit);
    tl_stmt_bind_int(stmt, 5, later);
    tl_stmt_bind_int(stmt, 6, decision_id);
    tl_stmt_bind_int(stmt, 7, tl_store_act(store));
    status = tl_stmt_run(stmt, err);
    return status == TL_OK ? tl_kept_balance_record(store, err) : status;
}

/* Whether `last`, which stands, closes the period: a year may be closed when its last quarter is. */
static bool is_closed_by(const struct tl_closed_period *last, struct tl_period period)
{
    int order = tl_date_compare(last->period.last, period.last);
    return order > 0 || (order == 0 && tl_date_compare(last->period.first, period.first) <= 0);
}

tl_status tl_closed_period_record(struct tl_closed_period *recorded, struct tl_store *store, struct tl_period period,
                                  int64_t decision_id, struct tl_arena *arena, struct tl_err *err)
{
    char name[TL_CLOSED_PERIOD_NAME_SIZE];
    tl_status status = tl_closed_period_last(recorded, store, arena, err);
    if (status == TL_OK && is_closed_by(recorded, period)) {
        (void)tl_err_set(err, TL_ERR_STATE, "%s is closed already", tl_closed_period_name(period, name));
        tl_err_hint(err, "tilslut list periods shows by whom");
        return TL_ERR_STATE;
    }
    if (status == TL_OK)
        status = add(store, period, decision_id, err);
    return status == TL_OK ? tl_closed_period_last(recorded, store, arena, err) : status;
}

static bool is_period(const struct tl_closed_period *closed, struct tl_period period)
{
    return tl_date_compare(closed->period.first, period.first) == 0 &&
           tl_date_compare(closed->period.last, period.last) == 0;
}

/* The close of that period, which must be the last that stands. */
static tl_status find_last(struct tl_closed_period *out, struct tl_store *store, struct tl_period period,
                           struct tl_arena *arena, struct tl_err *err)
{
    struct tl_closed_period *closes = NULL;
    size_t count = 0;
    bool stands = false;
    char name[TL_CLOSED_PERIOD_NAME_SIZE], later[TL_CLOSED_PERIOD_NAME_SIZE];
    tl_status status = tl_closed_period_last(out, store, arena, err);
    if (status != TL_OK || is_period(out, period))
        return status;
    status = tl_closed_period_list(&closes, &count, store, arena, err);
    for (size_t i = 0; status == TL_OK && i < count; i++)
        stands = stands || (is_period(&closes[i], period) && !tl_text_equal(closes[i].state, "reopened"));
    if (status != TL_OK)
        return status;
    tl_closed_period_name(period, name);
    if (!stands) {
        (void)tl_err_set(err, TL_ERR_STATE, "%s is not closed", name);
        tl_err_hint(err, "tilslut list periods shows what is");
    } else {
        (void)tl_err_set(err, TL_ERR_STATE, "%s was closed after %s, and stands on it",
                         tl_closed_period_name(out->period, later), name);
        tl_err_hint(err, "reopen %s first", later);
    }
    return TL_ERR_STATE;
}

tl_status tl_closed_period_propose(struct tl_store *store, struct tl_period period, int64_t decision_id,
                                   const char *reason, struct tl_err *err)
{
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct tl_closed_period last;
    struct tl_stmt *stmt;
    char name[TL_CLOSED_PERIOD_NAME_SIZE];
    tl_status status = find_last(&last, store, period, &arena, err);
    if (status == TL_OK && reason[0] == '\0')
        status = tl_err_set(err, TL_ERR_INPUT, "a period is reopened for a reason");
    if (status == TL_OK && last.reopen != 0) {
        status = tl_err_set(err, TL_ERR_STATE, "%s has proposed already to reopen %s", last.proposed_by,
                            tl_closed_period_name(period, name));
        tl_err_hint(err, "somebody else confirms it with: tilslut period confirm %s --as NAME", name);
    }
    if (status == TL_OK)
        status = tl_stmt_get(&stmt, store, SQL[SQL_PROPOSE], err);
    if (status == TL_OK) {
        tl_stmt_bind_int(stmt, 1, last.id);
        tl_stmt_bind_text(stmt, 2, reason);
        tl_stmt_bind_int(stmt, 3, decision_id);
        tl_stmt_bind_int(stmt, 4, tl_store_act(store));
        status = tl_stmt_run(stmt, err);
    }
    tl_arena_release(&arena);
    return status;
}

static tl_status find_proposed(struct tl_closed_period *out, struct tl_store *store, struct tl_period period,
                               struct tl_arena *arena, struct tl_err *err)
{
    char name[TL_CLOSED_PERIOD_NAME_SIZE];
    tl_status status = find_last(out, store, period, arena, err);
    if (status != TL_OK || out->reopen != 0)
        return status;
    (void)tl_err_set(err, TL_ERR_STATE, "nobody has proposed to reopen %s", tl_closed_period_name(period, name));
    tl_err_hint(err, "propose it with: tilslut period reopen %s --decision TEXT --reason TEXT", name);
    return TL_ERR_STATE;
}

static tl_status end_proposal(struct tl_store *store, int64_t reopen, const char *outcome, struct tl_err *err)
{
    struct tl_stmt *stmt;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_END], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_int(stmt, 1, reopen);
    tl_stmt_bind_text(stmt, 2, outcome);
    tl_stmt_bind_int(stmt, 3, tl_store_act(store));
    return tl_stmt_run(stmt, err);
}

tl_status tl_closed_period_confirm(struct tl_store *store, struct tl_period period, const char *actor,
                                   struct tl_err *err)
{
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct tl_closed_period last;
    char name[TL_CLOSED_PERIOD_NAME_SIZE];
    tl_status status = find_proposed(&last, store, period, &arena, err);
    if (status == TL_OK && tl_person_is_same(last.proposed_by, actor)) {
        status = tl_err_set(err, TL_ERR_STATE, "%s proposed to reopen %s, and cannot confirm it too", last.proposed_by,
                            tl_closed_period_name(period, name));
        tl_err_hint(err, "another person confirms it with: tilslut period confirm %s --as NAME", name);
    }
    if (status == TL_OK)
        status = end_proposal(store, last.reopen, "confirmed", err);
    tl_arena_release(&arena);
    return status;
}

tl_status tl_closed_period_drop(struct tl_store *store, struct tl_period period, struct tl_err *err)
{
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct tl_closed_period last;
    tl_status status = find_proposed(&last, store, period, &arena, err);
    if (status == TL_OK)
        status = end_proposal(store, last.reopen, "dropped", err);
    tl_arena_release(&arena);
    return status;
}
