/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/agreement/unit.h"

#include <string.h>

#include "tilslut/agreement/party.h"
#include "tilslut/base/identifier.h"
#include "tilslut/base/text.h"
#include "tilslut/store/stmt.h"

enum { SQL_ADD, SQL_LIST };

static const char *const SQL[] = {
    [SQL_ADD] = "INSERT INTO unit (party_code, code, name, ean, order_reference, person_reference, account_string, "
                "valid_from, valid_until, act_id) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
    [SQL_LIST] = "SELECT party_code, code, name, ean, order_reference, person_reference, account_string, valid_from, "
                 "valid_until FROM unit u WHERE (?1 IS NULL OR party_code = ?1) AND id = (SELECT id FROM unit WHERE "
                 "party_code = u.party_code AND code = u.code AND valid_from <= ?2 AND act_id <= ?3 "
                 "ORDER BY valid_from DESC, id DESC LIMIT 1) AND (valid_until = '' OR valid_until >= ?2) "
                 "ORDER BY party_code, code",
};

tl_status tl_unit_list(struct tl_unit **out, size_t *count, struct tl_store *store, const char *party,
                       struct tl_date on, struct tl_arena *arena, struct tl_err *err)
{
    struct tl_stmt *stmt;
    struct tl_unit *units = NULL;
    size_t capacity = 0;
    bool row;
    *count = 0;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_LIST], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_text(stmt, 1, party);
    tl_stmt_bind_date(stmt, 2, on);
    tl_stmt_bind_int(stmt, 3, tl_store_known(store));
    while ((status = tl_stmt_next(stmt, &row, err)) == TL_OK && row) {
        units = tl_arena_grow(arena, units, *count, &capacity, sizeof *units);
        if (units == NULL)
            return tl_err_memory(err);
        struct tl_unit *unit = &units[(*count)++];
        const char **texts[] = {
            &unit->party,         &unit->code, &unit->name, &unit->ean, &unit->order_reference, &unit->person_reference,
            &unit->account_string};
        for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
            if ((*texts[i] = tl_stmt_copy(stmt, (int)i, arena)) == NULL)
                return tl_err_memory(err);
        unit->from = tl_stmt_date(stmt, 7);
        unit->until = tl_stmt_date(stmt, 8);
    }
    *out = units;
    return status;
}

/* The unit of that code in use on a date, or NULL. */
static const struct tl_unit *look_up(const struct tl_unit *units, size_t count, const char *code)
{
    for (size_t i = 0; i < count; i++)
        if (tl_text_equal(units[i].code, code))
            return &units[i];
    return NULL;
}

static tl_status not_found(const struct tl_unit *units, size_t count, const char *party, const char *code,
                           struct tl_date on, struct tl_arena *arena, struct tl_err *err)
{
    char date[TL_DATE_TEXT_SIZE];
    const char **codes = tl_arena_alloc(arena, count + 1, sizeof *codes);
    for (size_t i = 0; codes != NULL && i < count; i++)
        codes[i] = units[i].code;
    const char *nearest = codes == NULL ? NULL : tl_text_nearest(code, codes);
    (void)tl_err_set(err, TL_ERR_NOT_FOUND, "'%s' has no unit '%.60s' on %s", party, code, tl_date_iso(on, date));
    if (nearest != NULL)
        tl_err_hint(err, "did you mean %s?", nearest);
    tl_err_hint(err, "tilslut list units %s shows them; tilslut unit set records one", party);
    return TL_ERR_NOT_FOUND;
}

tl_status tl_unit_find(struct tl_unit *out, struct tl_store *store, const char *party, const char *code,
                       struct tl_date on, struct tl_arena *arena, struct tl_err *err)
{
    struct tl_party found;
    struct tl_unit *units = NULL;
    size_t count = 0;
    tl_status status = tl_party_find(&found, store, party, on, arena, err);
    if (status == TL_OK && code[0] == '\0') {
        *out = (struct tl_unit){found.code, "", found.name, found.ean, "", "", "", found.valid_from, {0}};
        return TL_OK;
    }
    if (status == TL_OK)
        status = tl_unit_list(&units, &count, store, party, on, arena, err);
    if (status != TL_OK)
        return status;
    const struct tl_unit *unit = look_up(units, count, code);
    if (unit == NULL)
        return not_found(units, count, party, code, on, arena, err);
    *out = *unit;
    if (out->ean[0] == '\0')
        out->ean = found.ean;
    return TL_OK;
}

static tl_status check(const struct tl_unit *unit, struct tl_err *err)
{
    char from[TL_DATE_TEXT_SIZE], until[TL_DATE_TEXT_SIZE];
    if (!tl_text_is_code(unit->code)) {
        (void)tl_err_set(err, TL_ERR_INPUT, "'%.60s' is not a unit code", unit->code);
        tl_err_hint(err, "a code has 1 to 40 letters, digits, - and _, such as digitalisering");
        return TL_ERR_INPUT;
    }
    if (!tl_date_is_none(unit->until) && tl_date_compare(unit->until, unit->from) < 0)
        return tl_err_set(err, TL_ERR_INPUT, "the unit '%s' would end on %s, before it begins on %s", unit->code,
                          tl_date_iso(unit->until, until), tl_date_iso(unit->from, from));
    if (unit->person_reference != NULL && strchr(unit->person_reference, '@') != NULL) {
        (void)tl_err_set(err, TL_ERR_INPUT, "'%.60s' is no role or code of the buyer's", unit->person_reference);
        tl_err_hint(err, "references can never be erased; persons are kept by: tilslut contact add");
        return TL_ERR_INPUT;
    }
    return unit->ean == NULL || unit->ean[0] == '\0' ? TL_OK : tl_identifier_check_ean(unit->ean, err);
}

static const char *given_or(const char *given, const char *recorded)
{
    return given != NULL ? given : recorded;
}

static bool is_same(const struct tl_unit *a, const struct tl_unit *b)
{
    return tl_text_equal(a->name, b->name) && tl_text_equal(a->ean, b->ean) &&
           tl_text_equal(a->order_reference, b->order_reference) &&
           tl_text_equal(a->person_reference, b->person_reference) &&
           tl_text_equal(a->account_string, b->account_string) && tl_date_compare(a->until, b->until) == 0;
}

static tl_status add(struct tl_store *store, const struct tl_unit *unit, struct tl_err *err)
{
    struct tl_stmt *stmt;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_ADD], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_text(stmt, 1, unit->party);
    tl_stmt_bind_text(stmt, 2, unit->code);
    tl_stmt_bind_text(stmt, 3, unit->name);
    tl_stmt_bind_text(stmt, 4, unit->ean);
    tl_stmt_bind_text(stmt, 5, unit->order_reference);
    tl_stmt_bind_text(stmt, 6, unit->person_reference);
    tl_stmt_bind_text(stmt, 7, unit->account_string);
    tl_stmt_bind_date(stmt, 8, unit->from);
    tl_stmt_bind_date(stmt, 9, unit->until);
    tl_stmt_bind_int(stmt, 10, tl_store_act(store));
    return tl_stmt_run(stmt, err);
}

tl_status tl_unit_record(struct tl_store *store, const struct tl_unit *unit, struct tl_err *err)
{
    static const struct tl_unit nothing = {
        .name = "", .ean = "", .order_reference = "", .person_reference = "", .account_string = ""};
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct tl_party party;
    struct tl_unit *units = NULL;
    size_t count = 0;
    tl_status status = check(unit, err);
    if (status == TL_OK)
        status = tl_party_find(&party, store, unit->party, unit->from, &arena, err);
    if (status == TL_OK)
        status = tl_unit_list(&units, &count, store, unit->party, unit->from, &arena, err);
    if (status == TL_OK) {
        const struct tl_unit *now = look_up(units, count, unit->code);
        const struct tl_unit *before = now == NULL ? &nothing : now;
        struct tl_unit row = *unit;
        row.name = given_or(unit->name, before->name);
        row.ean = given_or(unit->ean, before->ean);
        row.order_reference = given_or(unit->order_reference, before->order_reference);
        row.person_reference = given_or(unit->person_reference, before->person_reference);
        row.account_string = given_or(unit->account_string, before->account_string);
        if (row.name[0] == '\0') {
            status = tl_err_set(err, TL_ERR_MISSING, "the unit '%s' has no name", unit->code);
            tl_err_hint(err, "add --name NAME");
        } else if (now == NULL || !is_same(&row, now))
            status = add(store, &row, err);
    }
    tl_arena_release(&arena);
    return status;
}
