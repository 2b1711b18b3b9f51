/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/agreement/decision.h"

#include <inttypes.h>
#include <string.h>

#include "tilslut/base/text.h"
#include "tilslut/store/stmt.h"

enum { SQL_FIND_SAME, SQL_ADD, SQL_FIND };

static const char *const SQL[] = {
    [SQL_FIND_SAME] = "SELECT id FROM decision WHERE body = ?1 AND decided_on = ?2 AND reference = ?3",
    [SQL_ADD] = "INSERT INTO decision (body, decided_on, reference, act_id) VALUES (?1, ?2, ?3, ?4) RETURNING id",
    [SQL_FIND] = "SELECT id, body, decided_on, reference FROM decision WHERE id = ?1",
};

static const char *const bodies[] = {"styregruppe", "bestyrelse", "generalforsamling", NULL};

static tl_status refuse(struct tl_err *err, const char *text, const char *what)
{
    (void)tl_err_set(err, TL_ERR_INPUT, "the decision '%.100s' %s", text, what);
    tl_err_hint(err, "write the body, the date and the place in the minutes: \"styregruppe 2025-10-12 pkt. 4\"");
    return TL_ERR_INPUT;
}

tl_status tl_decision_parse(struct tl_decision *out, const char *text, struct tl_arena *arena, struct tl_err *err)
{
    struct tl_err ignored = TL_ERR_NONE;
    size_t body_length = strcspn(text, " ");
    char *body = tl_arena_copy(arena, text, body_length);
    const char *rest = text + body_length + strspn(text + body_length, " ");
    size_t date_length = strcspn(rest, " ");
    char *date = tl_arena_copy(arena, rest, date_length);
    const char *reference = rest + date_length + strspn(rest + date_length, " ");
    const char *copy = tl_arena_text(arena, reference);
    if (body == NULL || date == NULL || copy == NULL)
        return tl_err_memory(err);
    bool known = false;
    tl_text_lower(body);
    for (size_t i = 0; bodies[i] != NULL; i++)
        known = known || tl_text_equal(body, bodies[i]);
    if (!known)
        return refuse(err, text, "does not begin with styregruppe, bestyrelse or generalforsamling");
    *out = (struct tl_decision){.body = body, .reference = copy};
    if (tl_date_parse(&out->date, date, &ignored) != TL_OK)
        return refuse(err, text, "has no date after the body");
    if (copy[0] == '\0')
        return refuse(err, text, "does not say where it is minuted");
    if (tl_text_valid_utf8(text, strlen(text)) != strlen(text))
        return refuse(err, text, "is not UTF-8");
    return TL_OK;
}

static void bind(struct tl_stmt *stmt, const struct tl_decision *decision)
{
    tl_stmt_bind_text(stmt, 1, decision->body);
    tl_stmt_bind_date(stmt, 2, decision->date);
    tl_stmt_bind_text(stmt, 3, decision->reference);
}

tl_status tl_decision_record(struct tl_decision *decision, struct tl_store *store, struct tl_err *err)
{
    struct tl_stmt *stmt;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_FIND_SAME], err);
    if (status != TL_OK)
        return status;
    bind(stmt, decision);
    status = tl_stmt_answer(stmt, &decision->id, err);
    if (status != TL_OK || decision->id != 0)
        return status;
    status = tl_stmt_get(&stmt, store, SQL[SQL_ADD], err);
    if (status != TL_OK)
        return status;
    bind(stmt, decision);
    tl_stmt_bind_int(stmt, 4, tl_store_act(store));
    return tl_stmt_answer(stmt, &decision->id, err);
}

tl_status tl_decision_find(struct tl_decision *out, struct tl_store *store, int64_t id, struct tl_arena *arena,
                           struct tl_err *err)
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
    if (!row)
        return tl_err_set(err, TL_ERR_NOT_FOUND, "there is no decision %" PRId64, id);
    *out = (struct tl_decision){tl_stmt_int(stmt, 0), tl_stmt_copy(stmt, 1, arena), tl_stmt_date(stmt, 2),
                                tl_stmt_copy(stmt, 3, arena)};
    tl_stmt_end(stmt);
    return out->body == NULL || out->reference == NULL ? tl_err_memory(err) : TL_OK;
}

const char *tl_decision_text(const struct tl_decision *decision, struct tl_arena *arena)
{
    char date[TL_DATE_TEXT_SIZE];
    return tl_arena_format(arena, "%s %s %s", decision->body, tl_date_iso(decision->date, date), decision->reference);
}
