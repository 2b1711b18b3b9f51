/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/agreement/membership.h"

#include <inttypes.h>

#include "tilslut/agreement/party.h"
#include "tilslut/agreement/product.h"
#include "tilslut/agreement/terms_book.h"
#include "tilslut/base/text.h"
#include "tilslut/store/stmt.h"

enum { SQL_ADD, SQL_ADD_EVENT, SQL_RUNNING };

static const char *const SQL[] = {
    [SQL_ADD] = "INSERT INTO membership (product_code, party_code, act_id) VALUES (?1, ?2, ?3) RETURNING id",
    [SQL_ADD_EVENT] = "INSERT INTO membership_event (membership_id, event, holds_on, detail, evidence, act_id) "
                      "VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    /* a membership of the same party that has not ended before the new one begins */
    [SQL_RUNNING] = "SELECT m.id, b.holds_on FROM membership m "
                    "JOIN membership_event b ON b.membership_id = m.id AND b.event = 'begins' "
                    "LEFT JOIN membership_event e ON e.membership_id = m.id AND e.event = 'ends' "
                    "WHERE m.product_code = ?1 AND m.party_code = ?2 AND (e.id IS NULL OR e.holds_on >= ?3) LIMIT 1",
};

static tl_status add_event(struct tl_store *store, int64_t membership, const char *event, struct tl_date on,
                           const char *detail, const char *evidence, struct tl_err *err)
{
    struct tl_stmt *stmt;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_ADD_EVENT], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_int(stmt, 1, membership);
    tl_stmt_bind_text(stmt, 2, event);
    tl_stmt_bind_date(stmt, 3, on);
    tl_stmt_bind_text(stmt, 4, detail);
    tl_stmt_bind_text(stmt, 5, evidence);
    tl_stmt_bind_int(stmt, 6, tl_store_act(store));
    return tl_stmt_run(stmt, err);
}

static tl_status check_not_member(struct tl_store *store, const struct tl_joining *joining,
                                  const struct tl_party *party, struct tl_err *err)
{
    struct tl_stmt *stmt;
    bool row;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_RUNNING], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_text(stmt, 1, joining->product);
    tl_stmt_bind_text(stmt, 2, joining->party);
    tl_stmt_bind_date(stmt, 3, joining->from);
    status = tl_stmt_next(stmt, &row, err);
    if (status != TL_OK || !row)
        return status;
    status = tl_err_set(err, TL_ERR_CONFLICT, "%s (%s) has joined '%s' already, from %s", party->name, party->code,
                        joining->product, tl_stmt_text(stmt, 1));
    tl_err_hint(err, "tilslut list members %s shows the memberships", joining->product);
    tl_stmt_end(stmt);
    return status;
}

/* Refuses a word that is not among those the terms use. */
static tl_status check_word(const char *word, const char *kind, const char *const *known, const struct tl_terms *terms,
                            struct tl_err *err)
{
    for (size_t i = 0; known[i] != NULL; i++)
        if (tl_text_equal(known[i], word))
            return TL_OK;
    const char *nearest = tl_text_nearest(word, known);
    (void)tl_err_set(err, TL_ERR_NOT_FOUND, "the terms of '%s' know no %s '%.60s'", terms->product, kind, word);
    if (nearest != NULL)
        tl_err_hint(err, "did you mean %s?", nearest);
    else if (known[0] != NULL)
        tl_err_hint(err, "they know %s", known[0]);
    else
        tl_err_hint(err, "they have none");
    return TL_ERR_NOT_FOUND;
}

typedef const char *pick(const struct tl_line *line);

static const char *pick_option(const struct tl_line *line)
{
    return line->option;
}

static const char *pick_waiver(const struct tl_line *line)
{
    return line->waived_for;
}

static tl_status check_words(const char *const *words, size_t count, const char *kind, pick *choose,
                             const struct tl_terms *terms, struct tl_arena *arena, struct tl_err *err)
{
    const char **known = tl_arena_alloc(arena, terms->line_count + 1, sizeof *known);
    size_t used = 0;
    if (known == NULL)
        return tl_err_memory(err);
    for (size_t i = 0; i < terms->line_count; i++)
        if (choose(&terms->lines[i]) != NULL)
            known[used++] = choose(&terms->lines[i]);
    tl_status status = TL_OK;
    for (size_t i = 0; status == TL_OK && i < count; i++) {
        status = check_word(words[i], kind, known, terms, err);
        for (size_t j = 0; status == TL_OK && j < i; j++)
            if (tl_text_equal(words[j], words[i]))
                status = tl_err_set(err, TL_ERR_INPUT, "the %s '%.60s' is named twice", kind, words[i]);
    }
    return status;
}

static tl_status check_class(const struct tl_joining *joining, const struct tl_terms *terms, struct tl_arena *arena,
                             struct tl_err *err)
{
    if (joining->class_by_hand == NULL)
        return TL_OK;
    const char **known = tl_arena_alloc(arena, terms->class_count + 1, sizeof *known);
    if (known == NULL)
        return tl_err_memory(err);
    for (size_t i = 0; i < terms->class_count; i++)
        known[i] = terms->classes[i].name;
    tl_status status = check_word(joining->class_by_hand, "size class", known, terms, err);
    if (status == TL_OK && (joining->class_reason == NULL || joining->class_reason[0] == '\0')) {
        status = tl_err_set(err, TL_ERR_MISSING, "a size class set by hand needs a reason");
        tl_err_hint(err, "add --reason \"...\"");
    }
    return status;
}

static tl_status check_against_terms(struct tl_store *store, const struct tl_joining *joining, struct tl_err *err)
{
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct tl_adopted adopted;
    struct tl_terms terms = TL_TERMS_EMPTY;
    tl_status status = tl_terms_book_in_force(&adopted, store, joining->product, joining->from, &arena, err);
    if (status == TL_OK)
        status = tl_terms_book_read(&terms, &adopted, err);
    if (status == TL_OK)
        status = check_words(joining->options, joining->option_count, "option", pick_option, &terms, &arena, err);
    if (status == TL_OK)
        status = check_words(joining->waivers, joining->waiver_count, "waiver", pick_waiver, &terms, &arena, err);
    if (status == TL_OK)
        status = check_class(joining, &terms, &arena, err);
    if (status == TL_OK && joining->waiver_count > 0 && (joining->evidence == NULL || joining->evidence[0] == '\0')) {
        status = tl_err_set(err, TL_ERR_MISSING, "the waiver '%s' needs evidence", joining->waivers[0]);
        tl_err_hint(err, "add --evidence \"where it is documented\"");
    }
    tl_terms_release(&terms);
    tl_arena_release(&arena);
    return status;
}

static tl_status record_events(struct tl_store *store, int64_t id, const struct tl_joining *joining, struct tl_err *err)
{
    tl_status status = add_event(store, id, "signed", joining->signed_on, "", "", err);
    if (status == TL_OK)
        status = add_event(store, id, "begins", joining->from, "", "", err);
    for (size_t i = 0; status == TL_OK && i < joining->option_count; i++)
        status = add_event(store, id, "option taken", joining->from, joining->options[i], "", err);
    for (size_t i = 0; status == TL_OK && i < joining->waiver_count; i++)
        status = add_event(store, id, "waiver", joining->signed_on, joining->waivers[i], joining->evidence, err);
    if (status == TL_OK && joining->class_by_hand != NULL)
        status =
            add_event(store, id, "class by hand", joining->from, joining->class_by_hand, joining->class_reason, err);
    return status;
}

tl_status tl_membership_join(int64_t *id, struct tl_store *store, const struct tl_joining *joining, struct tl_err *err)
{
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct tl_product product;
    struct tl_party party;
    struct tl_stmt *stmt;
    tl_status status = tl_product_find(&product, store, joining->product, &arena, err);
    if (status == TL_OK)
        status = tl_party_find(&party, store, joining->party, joining->from, &arena, err);
    if (status == TL_OK)
        status = check_not_member(store, joining, &party, err);
    if (status == TL_OK)
        status = check_against_terms(store, joining, err);
    tl_arena_release(&arena);
    if (status == TL_OK)
        status = tl_stmt_get(&stmt, store, SQL[SQL_ADD], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_text(stmt, 1, joining->product);
    tl_stmt_bind_text(stmt, 2, joining->party);
    tl_stmt_bind_int(stmt, 3, tl_store_act(store));
    status = tl_stmt_answer(stmt, id, err);
    return status == TL_OK ? record_events(store, *id, joining, err) : status;
}
