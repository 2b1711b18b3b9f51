/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/agreement/terms_book.h"

#include <inttypes.h>
#include <string.h>

#include "tilslut/agreement/decision.h"
#include "tilslut/agreement/product.h"
#include "tilslut/base/text.h"
#include "tilslut/exchange/terms_yaml.h"
#include "tilslut/ledger/account.h"
#include "tilslut/store/stmt.h"

#define COLUMNS                                                                                                        \
    "SELECT t.id, t.product_code, t.version, t.valid_from, t.sha256, t.decision_id, a.recorded_at, a.actor, "          \
    "t.content "                                                                                                       \
    "FROM terms t JOIN act a ON a.id = t.act_id WHERE t.act_id <= ?1 AND "

enum { SQL_ADD, SQL_IN_FORCE, SQL_FIND, SQL_LIST };

static const char *const SQL[] = {
    [SQL_ADD] = "INSERT INTO terms (product_code, version, valid_from, content, sha256, decision_id, act_id) "
                "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    [SQL_IN_FORCE] =
        COLUMNS "t.product_code = ?2 AND t.valid_from <= ?3 ORDER BY t.valid_from DESC, t.version DESC LIMIT 1",
    [SQL_FIND] = COLUMNS "t.id = ?2",
    [SQL_LIST] = COLUMNS "(?2 IS NULL OR t.product_code = ?2) ORDER BY t.product_code, t.version",
};

/* Reads the present row but for its decision, of which only the id is set. */
static tl_status read_row(struct tl_adopted *out, struct tl_stmt *stmt, struct tl_arena *arena, struct tl_err *err)
{
    *out = (struct tl_adopted){.id = tl_stmt_int(stmt, 0),
                               .product = tl_stmt_copy(stmt, 1, arena),
                               .version = (int)tl_stmt_int(stmt, 2),
                               .valid_from = tl_stmt_date(stmt, 3),
                               .decision = {.id = tl_stmt_int(stmt, 5)},
                               .recorded_at = tl_stmt_copy(stmt, 6, arena),
                               .actor = tl_stmt_copy(stmt, 7, arena),
                               .content = tl_stmt_copy(stmt, 8, arena)};
    if (out->product == NULL || out->recorded_at == NULL || out->actor == NULL || out->content == NULL)
        return tl_err_memory(err);
    if (!tl_stmt_digest(stmt, 4, &out->sha256))
        return tl_err_set(err, TL_ERR_BROKEN, "terms %" PRId64 " have no hash", out->id);
    return TL_OK;
}

/* Runs a bound statement for one row; *found is false when there is none. */
static tl_status read_one(struct tl_adopted *out, bool *found, struct tl_store *store, struct tl_stmt *stmt,
                          struct tl_arena *arena, struct tl_err *err)
{
    tl_status status = tl_stmt_next(stmt, found, err);
    if (status != TL_OK || !*found)
        return status;
    status = read_row(out, stmt, arena, err);
    tl_stmt_end(stmt);
    if (status == TL_OK)
        status = tl_decision_find(&out->decision, store, out->decision.id, arena, err);
    return status;
}

static tl_status find_in_force(struct tl_adopted *out, bool *found, struct tl_store *store, const char *product,
                               struct tl_date on, struct tl_arena *arena, struct tl_err *err)
{
    struct tl_stmt *stmt;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_IN_FORCE], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_int(stmt, 1, tl_store_known(store));
    tl_stmt_bind_text(stmt, 2, product);
    tl_stmt_bind_date(stmt, 3, on);
    return read_one(out, found, store, stmt, arena, err);
}

tl_status tl_terms_book_in_force(struct tl_adopted *out, struct tl_store *store, const char *product, struct tl_date on,
                                 struct tl_arena *arena, struct tl_err *err)
{
    bool found = false;
    char date[TL_DATE_TEXT_SIZE];
    tl_status status = find_in_force(out, &found, store, product, on, arena, err);
    if (status != TL_OK || found)
        return status;
    (void)tl_err_set(err, TL_ERR_MISSING, "no terms of '%s' are in force on %s", product, tl_date_iso(on, date));
    tl_err_hint(err, "adopt them with: tilslut terms adopt FILE --decision \"styregruppe 2025-10-12 pkt. 4\"");
    return TL_ERR_MISSING;
}

tl_status tl_terms_book_find(struct tl_adopted *out, struct tl_store *store, int64_t id, struct tl_arena *arena,
                             struct tl_err *err)
{
    struct tl_stmt *stmt;
    bool found = false;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_FIND], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_int(stmt, 1, tl_store_known(store));
    tl_stmt_bind_int(stmt, 2, id);
    status = read_one(out, &found, store, stmt, arena, err);
    return status == TL_OK && !found ? tl_err_set(err, TL_ERR_NOT_FOUND, "there are no terms %" PRId64, id) : status;
}

tl_status tl_terms_book_list(struct tl_adopted **out, size_t *count, struct tl_store *store, const char *product,
                             struct tl_arena *arena, struct tl_err *err)
{
    struct tl_stmt *stmt;
    struct tl_adopted *versions = NULL;
    size_t capacity = 0;
    bool row;
    *count = 0;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_LIST], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_int(stmt, 1, tl_store_known(store));
    tl_stmt_bind_text(stmt, 2, product);
    while (status == TL_OK && (status = tl_stmt_next(stmt, &row, err)) == TL_OK && row) {
        versions = tl_arena_grow(arena, versions, *count, &capacity, sizeof *versions);
        if (versions == NULL)
            return tl_err_memory(err);
        status = read_row(&versions[*count], stmt, arena, err);
        ++*count;
    }
    for (size_t i = 0; status == TL_OK && i < *count; i++)
        status = tl_decision_find(&versions[i].decision, store, versions[i].decision.id, arena, err);
    *out = versions;
    return status;
}

tl_terms_state tl_terms_book_state(struct tl_date *last, const struct tl_adopted *versions, size_t count, size_t i,
                                   struct tl_date on)
{
    const struct tl_adopted *next =
        i + 1 < count && tl_text_equal(versions[i + 1].product, versions[i].product) ? &versions[i + 1] : NULL;
    bool is_replaced = next != NULL && tl_date_compare(next->valid_from, versions[i].valid_from) == 0;
    *last = (struct tl_date){0};
    if (next != NULL && !is_replaced)
        *last = tl_date_add_days(next->valid_from, -1);
    if (is_replaced || (next != NULL && tl_date_compare(next->valid_from, on) <= 0))
        return TL_TERMS_SUPERSEDED;
    return tl_date_compare(versions[i].valid_from, on) > 0 ? TL_TERMS_ADOPTED : TL_TERMS_IN_FORCE;
}

const char *tl_terms_state_name(tl_terms_state state)
{
    static const char *const names[] = {
        [TL_TERMS_ADOPTED] = "adopted", [TL_TERMS_IN_FORCE] = "in force", [TL_TERMS_SUPERSEDED] = "superseded"};
    return names[state];
}

tl_status tl_terms_book_read(struct tl_terms *out, const struct tl_adopted *adopted, struct tl_err *err)
{
    size_t length = strlen(adopted->content);
    struct tl_digest digest = tl_digest_of(adopted->content, length);
    if (!tl_digest_equal(&digest, &adopted->sha256))
        return tl_err_set(err, TL_ERR_BROKEN, "version %d of the terms of '%s' is not the text that was adopted",
                          adopted->version, adopted->product);
    struct tl_source source = {adopted->product, adopted->content, length};
    return tl_terms_yaml_read(out, &source, err);
}

static tl_status check_order(const struct tl_adopted *versions, size_t count, const struct tl_terms *terms,
                             const struct tl_digest *digest, struct tl_err *err)
{
    char date[TL_DATE_TEXT_SIZE];
    for (size_t i = 0; i < count; i++)
        if (tl_digest_equal(&versions[i].sha256, digest))
            return tl_err_set(err, TL_ERR_CONFLICT, "these terms are adopted already, as version %d of '%s'",
                              versions[i].version, terms->product);
    if (count > 0 && tl_date_compare(terms->valid_from, versions[count - 1].valid_from) < 0) {
        (void)tl_err_set(err, TL_ERR_CONFLICT, "version %d of the terms of '%s' begins later, on %s",
                         versions[count - 1].version, terms->product,
                         tl_date_iso(versions[count - 1].valid_from, date));
        tl_err_hint(err, "new terms begin on that day or later: change 'from'");
        return TL_ERR_CONFLICT;
    }
    return TL_OK;
}

/* Members are told of new terms so many days ahead as those before them say. */
static tl_status check_days(const struct tl_adopted *versions, size_t count, const struct tl_terms *terms,
                            const struct tl_decision *decision, struct tl_err *err)
{
    struct tl_terms newest = TL_TERMS_EMPTY;
    char decided[TL_DATE_TEXT_SIZE], first[TL_DATE_TEXT_SIZE];
    tl_status status = count == 0 ? TL_OK : tl_terms_book_read(&newest, &versions[count - 1], err);
    int days = newest.follows.days;
    tl_terms_release(&newest);
    struct tl_date earliest = tl_date_add_days(decision->date, days);
    if (status != TL_OK || count == 0 || days == 0 || tl_date_compare(terms->valid_from, earliest) >= 0)
        return status;
    (void)tl_err_set(
        err, TL_ERR_CONFLICT,
        "version %d of the terms of '%s' gives %d days' notice: new terms decided on %s begin on %s at the "
        "earliest",
        versions[count - 1].version, terms->product, days, tl_date_iso(decision->date, decided),
        tl_date_iso(earliest, first));
    tl_err_hint(err, "change 'from'");
    return TL_ERR_CONFLICT;
}

/* That what the terms book on is in the chart. */
static tl_status check_accounts(struct tl_store *store, const struct tl_terms *terms, const char *name,
                                struct tl_err *err)
{
    tl_status status = TL_OK;
    for (size_t i = 0; status == TL_OK && i < terms->line_count; i++) {
        const struct tl_line *line = &terms->lines[i];
        status = tl_account_check_known(store, line->account, err);
        for (size_t j = 0; status == TL_OK && j < line->first_share_count; j++)
            if (line->first_shares[j].account != NULL)
                status = tl_account_check_known(store, line->first_shares[j].account, err);
        if (status == TL_ERR_NOT_FOUND)
            tl_err_at(err, name, (uint32_t)line->source_line, 0);
    }
    return status;
}

static tl_status add(struct tl_store *store, const struct tl_terms *terms, int version, const char *content,
                     const struct tl_digest *digest, int64_t decision, struct tl_err *err)
{
    struct tl_stmt *stmt;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_ADD], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_text(stmt, 1, terms->product);
    tl_stmt_bind_int(stmt, 2, version);
    tl_stmt_bind_date(stmt, 3, terms->valid_from);
    tl_stmt_bind_text(stmt, 4, content);
    tl_stmt_bind_digest(stmt, 5, digest);
    tl_stmt_bind_int(stmt, 6, decision);
    tl_stmt_bind_int(stmt, 7, tl_store_act(store));
    return tl_stmt_run(stmt, err);
}

tl_status tl_terms_book_adopt(int *version, struct tl_store *store, const struct tl_source *source,
                              const char *decision_text, struct tl_err *err)
{
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct tl_terms terms = TL_TERMS_EMPTY;
    struct tl_decision decision;
    struct tl_product product;
    struct tl_adopted *versions = NULL;
    size_t count = 0;
    const char *content = tl_arena_copy(&arena, source->bytes, source->length);
    struct tl_digest digest = tl_digest_of(source->bytes, source->length);
    tl_status status = content == NULL ? tl_err_memory(err) : tl_terms_yaml_read(&terms, source, err);
    if (status == TL_OK)
        status = tl_terms_yaml_check(&terms, source->name, err);
    if (status == TL_OK)
        status = tl_decision_parse(&decision, decision_text, &arena, err);
    if (status == TL_OK)
        status = tl_product_find(&product, store, terms.product, &arena, err);
    if (status == TL_OK)
        status = check_accounts(store, &terms, source->name, err);
    if (status == TL_OK)
        status = tl_terms_book_list(&versions, &count, store, terms.product, &arena, err);
    if (status == TL_OK)
        status = check_order(versions, count, &terms, &digest, err);
    if (status == TL_OK)
        status = check_days(versions, count, &terms, &decision, err);
    if (status == TL_OK)
        status = tl_decision_record(&decision, store, err);
    if (status == TL_OK) {
        *version = count == 0 ? 1 : versions[count - 1].version + 1;
        status = add(store, &terms, *version, content, &digest, decision.id, err);
    }
    tl_terms_release(&terms);
    tl_arena_release(&arena);
    return status;
}
