/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/agreement/finance_book.h"

#include <string.h>

#include "tilslut/base/text.h"
#include "tilslut/store/stmt.h"

enum { SQL_ADD, SQL_LATEST, SQL_LIST };

static const char *const SQL[] = {
    [SQL_ADD] = "INSERT INTO finance_profile (name, version, content, evidence, act_id) VALUES (?1, ?2, ?3, ?4, ?5)",
    [SQL_LATEST] = "SELECT version, content, evidence FROM finance_profile WHERE name = ?1 AND act_id <= ?2 "
                   "ORDER BY version DESC LIMIT 1",
    [SQL_LIST] = "SELECT p.name, p.version, p.evidence, a.recorded_at, a.actor FROM finance_profile p JOIN act a ON "
                 "a.id = p.act_id WHERE p.act_id <= ?1 ORDER BY p.name, p.version",
};

/* A version as it is kept; version 0 when there is none of that name. */
struct kept {
    int64_t version;
    const char *content, *evidence;
};

static tl_status find_kept(struct kept *out, struct tl_store *store, const char *name, struct tl_arena *arena,
                           struct tl_err *err)
{
    struct tl_stmt *stmt;
    bool row;
    *out = (struct kept){.version = 0};
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_LATEST], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_text(stmt, 1, name);
    tl_stmt_bind_int(stmt, 2, tl_store_known(store));
    status = tl_stmt_next(stmt, &row, err);
    if (status != TL_OK || !row)
        return status;
    *out = (struct kept){tl_stmt_int(stmt, 0), tl_stmt_copy(stmt, 1, arena), tl_stmt_copy(stmt, 2, arena)};
    tl_stmt_end(stmt);
    return out->content == NULL || out->evidence == NULL ? tl_err_memory(err) : TL_OK;
}

static tl_status add(struct tl_store *store, const char *name, const struct kept *kept, struct tl_err *err)
{
    struct tl_stmt *stmt;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_ADD], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_text(stmt, 1, name);
    tl_stmt_bind_int(stmt, 2, kept->version);
    tl_stmt_bind_text(stmt, 3, kept->content);
    tl_stmt_bind_text(stmt, 4, kept->evidence);
    tl_stmt_bind_int(stmt, 5, tl_store_act(store));
    return tl_stmt_run(stmt, err);
}

tl_status tl_finance_book_add(tl_recorded *recorded, struct tl_finance_kept *out, struct tl_store *store,
                              const struct tl_source *source, const char *evidence, struct tl_arena *arena,
                              struct tl_err *err)
{
    struct tl_finance_profile profile;
    struct kept latest;
    char *content;
    size_t length;
    tl_status status = tl_finance_profile_read(&profile, source, arena, err);
    if (status == TL_OK && evidence[0] == '\0') {
        status = tl_err_set(err, TL_ERR_MISSING, "a profile needs evidence of what was agreed with the receiver");
        tl_err_hint(err, "add it, for example --evidence 'mail fra økonomi 2026-01-12'");
    }
    if (status == TL_OK)
        status = tl_source_text(&content, &length, source, source->length, arena, err);
    if (status == TL_OK)
        status = find_kept(&latest, store, profile.name, arena, err);
    if (status != TL_OK)
        return status;
    bool is_same =
        latest.version > 0 && tl_text_equal(latest.content, content) && tl_text_equal(latest.evidence, evidence);
    *recorded = is_same ? TL_RECORDED_SAME : latest.version == 0 ? TL_RECORDED_NEW : TL_RECORDED_CHANGED;
    *out = (struct tl_finance_kept){
        .name = profile.name, .version = latest.version + (is_same ? 0 : 1), .evidence = evidence};
    const struct kept next = {out->version, content, evidence};
    return is_same ? TL_OK : add(store, profile.name, &next, err);
}

static tl_status not_found(struct tl_store *store, const char *name, struct tl_arena *arena, struct tl_err *err)
{
    struct tl_finance_kept *kept = NULL;
    size_t count = 0;
    tl_status status = tl_finance_book_list(&kept, &count, store, arena, err);
    if (status != TL_OK)
        return status;
    const char **names = tl_arena_alloc(arena, count + 1, sizeof *names);
    for (size_t i = 0; names != NULL && i < count; i++)
        names[i] = kept[i].name;
    const char *nearest = names == NULL ? NULL : tl_text_nearest(name, names);
    (void)tl_err_set(err, TL_ERR_NOT_FOUND, "there is no finance profile '%.60s'", name);
    if (nearest != NULL)
        tl_err_hint(err, "did you mean %s?", nearest);
    tl_err_hint(err, "tilslut finance profile FILE --evidence TEXT records one");
    return TL_ERR_NOT_FOUND;
}

tl_status tl_finance_book_find(struct tl_finance_profile *out, struct tl_store *store, const char *name,
                               struct tl_arena *arena, struct tl_err *err)
{
    struct kept kept;
    tl_status status = find_kept(&kept, store, name, arena, err);
    if (status != TL_OK || kept.version == 0)
        return status == TL_OK ? not_found(store, name, arena, err) : status;
    struct tl_source source = {name, kept.content, strlen(kept.content)};
    return tl_finance_profile_read(out, &source, arena, err);
}

tl_status tl_finance_book_list(struct tl_finance_kept **out, size_t *count, struct tl_store *store,
                               struct tl_arena *arena, struct tl_err *err)
{
    struct tl_stmt *stmt;
    struct tl_finance_kept *all = NULL;
    size_t capacity = 0;
    bool row;
    *count = 0;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_LIST], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_int(stmt, 1, tl_store_known(store));
    while ((status = tl_stmt_next(stmt, &row, err)) == TL_OK && row) {
        all = tl_arena_grow(arena, all, *count, &capacity, sizeof *all);
        if (all == NULL)
            return tl_err_memory(err);
        struct tl_finance_kept *kept = &all[(*count)++];
        *kept =
            (struct tl_finance_kept){tl_stmt_copy(stmt, 0, arena), tl_stmt_int(stmt, 1), tl_stmt_copy(stmt, 2, arena),
                                     tl_stmt_copy(stmt, 3, arena), tl_stmt_copy(stmt, 4, arena)};
        if (kept->name == NULL || kept->evidence == NULL || kept->recorded_at == NULL || kept->actor == NULL)
            return tl_err_memory(err);
    }
    *out = all;
    return status;
}
