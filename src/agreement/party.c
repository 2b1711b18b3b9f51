/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/agreement/party.h"

#include "tilslut/base/identifier.h"
#include "tilslut/base/text.h"
#include "tilslut/store/stmt.h"

enum { SQL_ADD, SQL_ADD_VERSION, SQL_FIND, SQL_CODES, SQL_ADD_ASSOCIATION, SQL_ASSOCIATION };

static const char *const SQL[] = {
    [SQL_ADD] = "INSERT INTO party (code, act_id) VALUES (?1, ?2)",
    [SQL_ADD_VERSION] =
        "INSERT INTO party_version (party_code, valid_from, name, official_name, kind, region, cvr, ean, "
        "address, act_id) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
    [SQL_FIND] =
        "SELECT party_code, name, official_name, kind, region, cvr, ean, address, valid_from FROM party_version "
        "WHERE party_code = ?1 AND act_id <= ?3 ORDER BY valid_from <= ?2 DESC, "
        "CASE WHEN valid_from <= ?2 THEN valid_from END DESC, valid_from, id DESC LIMIT 1",
    [SQL_CODES] = "SELECT code FROM party WHERE act_id <= ?1 ORDER BY code",
    [SQL_ADD_ASSOCIATION] =
        "INSERT INTO association (party_code, valid_from, is_member, act_id) VALUES (?1, ?2, ?3, ?4)",
    [SQL_ASSOCIATION] = "SELECT is_member FROM association WHERE party_code = ?1 AND valid_from <= ?2 AND "
                        "act_id <= ?3 ORDER BY valid_from DESC, id DESC LIMIT 1",
};

static tl_status check(const struct tl_party *party, struct tl_err *err)
{
    tl_status status = TL_OK;
    if (!tl_text_is_code(party->code)) {
        (void)tl_err_set(err, TL_ERR_INPUT, "'%.60s' is not a party code", party->code);
        tl_err_hint(err, "a code has 1 to 40 letters, digits, - and _; a municipality's has 4 digits, such as 0751");
        return TL_ERR_INPUT;
    }
    if (tl_text_equal(party->kind, "municipality"))
        status = tl_identifier_check_municipality(party->code, err);
    if (status == TL_OK && party->cvr[0] != '\0')
        status = tl_identifier_check_cvr(party->cvr, err);
    if (status == TL_OK && party->ean[0] != '\0')
        status = tl_identifier_check_ean(party->ean, err);
    return status;
}

/* Reads the version that holds on a date; *found is false when nothing is known of the code. */
static tl_status read_version(struct tl_party *out, bool *found, struct tl_store *store, const char *code,
                              struct tl_date on, struct tl_arena *arena, struct tl_err *err)
{
    struct tl_stmt *stmt;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_FIND], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_text(stmt, 1, code);
    tl_stmt_bind_date(stmt, 2, on);
    tl_stmt_bind_int(stmt, 3, tl_store_known(store));
    status = tl_stmt_next(stmt, found, err);
    if (status != TL_OK || !*found)
        return status;
    const char *texts[8];
    for (int i = 0; i < 8; i++) {
        texts[i] = tl_stmt_copy(stmt, i, arena);
        if (texts[i] == NULL)
            status = tl_err_memory(err);
    }
    *out = (struct tl_party){.code = texts[0],
                             .name = texts[1],
                             .official_name = texts[2],
                             .kind = texts[3],
                             .region = texts[4],
                             .cvr = texts[5],
                             .ean = texts[6],
                             .address = texts[7],
                             .valid_from = tl_stmt_date(stmt, 8)};
    tl_stmt_end(stmt);
    return status;
}

static bool is_same(const struct tl_party *a, const struct tl_party *b)
{
    return tl_text_equal(a->name, b->name) && tl_text_equal(a->official_name, b->official_name) &&
           tl_text_equal(a->kind, b->kind) && tl_text_equal(a->region, b->region) && tl_text_equal(a->cvr, b->cvr) &&
           tl_text_equal(a->ean, b->ean) && tl_text_equal(a->address, b->address);
}

static tl_status add_identity(struct tl_store *store, const char *code, struct tl_err *err)
{
    struct tl_stmt *stmt;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_ADD], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_text(stmt, 1, code);
    tl_stmt_bind_int(stmt, 2, tl_store_act(store));
    return tl_stmt_run(stmt, err);
}

static tl_status add_version(struct tl_store *store, const struct tl_party *party, struct tl_err *err)
{
    struct tl_stmt *stmt;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_ADD_VERSION], err);
    if (status != TL_OK)
        return status;
    const char *texts[] = {party->name, party->official_name, party->kind,   party->region,
                           party->cvr,  party->ean,           party->address};
    tl_stmt_bind_text(stmt, 1, party->code);
    tl_stmt_bind_date(stmt, 2, party->valid_from);
    for (int i = 0; i < 7; i++)
        tl_stmt_bind_text(stmt, 3 + i, texts[i]);
    tl_stmt_bind_int(stmt, 10, tl_store_act(store));
    return tl_stmt_run(stmt, err);
}

static tl_status change_needs_date(const struct tl_party *now, const struct tl_party *wanted, struct tl_err *err)
{
    bool renamed = !tl_text_equal(now->official_name, wanted->official_name);
    (void)tl_err_set(err, TL_ERR_CONFLICT, "%s is recorded as %s, CVR '%s'; a change needs the date it holds from",
                     now->code, renamed ? now->official_name : now->name, now->cvr);
    tl_err_hint(err, "add --from DATE; what was recorded stays readable for the time before");
    return TL_ERR_CONFLICT;
}

tl_status tl_party_record(tl_recorded *recorded, struct tl_store *store, const struct tl_party *party,
                          struct tl_err *err)
{
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct tl_party now, wanted = *party;
    bool found = false, dated = !tl_date_is_none(party->valid_from);
    struct tl_date on = dated ? party->valid_from : tl_date_of(TL_YEAR_MAX, 12, 31);
    tl_status status = check(party, err);
    if (status == TL_OK)
        status = read_version(&now, &found, store, party->code, on, &arena, err);
    if (status == TL_OK && !found)
        status = add_identity(store, party->code, err);
    if (found && wanted.ean[0] == '\0')
        wanted.ean = now.ean;
    if (found && wanted.address[0] == '\0')
        wanted.address = now.address;
    if (!dated)
        wanted.valid_from = tl_date_of(TL_YEAR_MIN, 1, 1);
    *recorded = !found ? TL_RECORDED_NEW : is_same(&now, &wanted) ? TL_RECORDED_SAME : TL_RECORDED_CHANGED;
    if (status == TL_OK && *recorded == TL_RECORDED_CHANGED && !dated)
        status = change_needs_date(&now, &wanted, err);
    if (status == TL_OK && *recorded != TL_RECORDED_SAME)
        status = add_version(store, &wanted, err);
    tl_arena_release(&arena);
    return status;
}

/* Names the code or, for a word typed instead of a code, the party of that name. */
static tl_status not_found(struct tl_store *store, const char *code, struct tl_date on, struct tl_err *err)
{
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct tl_party *parties = NULL;
    size_t count = 0;
    const char **words = NULL;
    struct tl_err ignored = TL_ERR_NONE;
    (void)tl_err_set(err, TL_ERR_NOT_FOUND, "no party has the code '%.60s'", code);
    if (tl_party_list(&parties, &count, store, on, &arena, &ignored) == TL_OK)
        words = tl_arena_alloc(&arena, 2 * count + 1, sizeof *words);
    for (size_t i = 0; words != NULL && i < count; i++) {
        words[2 * i] = parties[i].name;
        words[2 * i + 1] = parties[i].code;
    }
    const char *nearest = words == NULL ? NULL : tl_text_nearest(code, words);
    for (size_t i = 0; nearest != NULL && i < count; i++)
        if (parties[i].name == nearest || parties[i].code == nearest)
            tl_err_hint(err, "did you mean %s (%s)?", parties[i].code, parties[i].name);
    if (count == 0)
        tl_err_hint(err, "no parties are recorded yet; begin with: tilslut import parties FILE");
    tl_err_hint(err, "tilslut list parties shows all codes");
    tl_arena_release(&arena);
    return TL_ERR_NOT_FOUND;
}

tl_status tl_party_find(struct tl_party *out, struct tl_store *store, const char *code, struct tl_date on,
                        struct tl_arena *arena, struct tl_err *err)
{
    bool found = false;
    tl_status status = read_version(out, &found, store, code, on, arena, err);
    return status == TL_OK && !found ? not_found(store, code, on, err) : status;
}

/* The codes first: a statement is not stepped while another call uses the store. */
static tl_status read_codes(const char ***out, size_t *count, struct tl_store *store, struct tl_arena *arena,
                            struct tl_err *err)
{
    struct tl_stmt *stmt;
    const char **codes = NULL;
    size_t capacity = 0;
    bool row;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_CODES], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_int(stmt, 1, tl_store_known(store));
    *count = 0;
    while ((status = tl_stmt_next(stmt, &row, err)) == TL_OK && row) {
        codes = tl_arena_grow(arena, codes, *count, &capacity, sizeof *codes);
        if (codes == NULL || (codes[*count] = tl_stmt_copy(stmt, 0, arena)) == NULL)
            return tl_err_memory(err);
        ++*count;
    }
    *out = codes;
    return status;
}

tl_status tl_party_list(struct tl_party **out, size_t *count, struct tl_store *store, struct tl_date on,
                        struct tl_arena *arena, struct tl_err *err)
{
    const char **codes = NULL;
    tl_status status = read_codes(&codes, count, store, arena, err);
    struct tl_party *parties = status == TL_OK ? tl_arena_alloc(arena, *count, sizeof *parties) : NULL;
    if (status == TL_OK && parties == NULL)
        return tl_err_memory(err);
    for (size_t i = 0; status == TL_OK && i < *count; i++) {
        bool found = false;
        status = read_version(&parties[i], &found, store, codes[i], on, arena, err);
        /* not_found would list the parties, to name the nearest */
        if (status == TL_OK && !found)
            status = tl_err_set(err, TL_ERR_BROKEN, "of the party '%.60s' only its code is left", codes[i]);
    }
    *out = parties;
    return status;
}

tl_status tl_party_association(tl_association *out, struct tl_store *store, const char *code, struct tl_date on,
                               struct tl_err *err)
{
    struct tl_stmt *stmt;
    bool row = false;
    *out = TL_ASSOCIATION_NOT_RECORDED;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_ASSOCIATION], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_text(stmt, 1, code);
    tl_stmt_bind_date(stmt, 2, on);
    tl_stmt_bind_int(stmt, 3, tl_store_known(store));
    status = tl_stmt_next(stmt, &row, err);
    if (status == TL_OK && row) {
        *out = tl_stmt_int(stmt, 0) != 0 ? TL_ASSOCIATION_MEMBER : TL_ASSOCIATION_OTHER;
        tl_stmt_end(stmt);
    }
    return status;
}

tl_status tl_party_record_association(tl_recorded *recorded, struct tl_store *store, const char *code,
                                      tl_association association, struct tl_date from, struct tl_err *err)
{
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct tl_party party;
    tl_association now;
    struct tl_stmt *stmt;
    tl_status status = tl_party_find(&party, store, code, from, &arena, err);
    tl_arena_release(&arena);
    if (status == TL_OK)
        status = tl_party_association(&now, store, code, from, err);
    if (status != TL_OK)
        return status;
    *recorded = now == TL_ASSOCIATION_NOT_RECORDED ? TL_RECORDED_NEW
                : now == association               ? TL_RECORDED_SAME
                                                   : TL_RECORDED_CHANGED;
    if (*recorded == TL_RECORDED_SAME)
        return TL_OK;
    status = tl_stmt_get(&stmt, store, SQL[SQL_ADD_ASSOCIATION], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_text(stmt, 1, code);
    tl_stmt_bind_date(stmt, 2, from);
    tl_stmt_bind_int(stmt, 3, association == TL_ASSOCIATION_MEMBER ? 1 : 0);
    tl_stmt_bind_int(stmt, 4, tl_store_act(store));
    return tl_stmt_run(stmt, err);
}
