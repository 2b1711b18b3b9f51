/* SPDX-License-Identifier: MPL-2.0 */
#include "membership_parts.h"

#include "tilslut/agreement/terms_book.h"
#include "tilslut/base/text.h"
#include "tilslut/store/stmt.h"

static const char SQL_ADD[] = "INSERT INTO membership_event (membership_id, event, holds_on, holds_until, detail, "
                              "evidence, act_id) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";

tl_status tl_membership_add_row(struct tl_store *store, int64_t membership, const struct tl_membership_row *row,
                                struct tl_err *err)
{
    struct tl_stmt *stmt;
    tl_status status = tl_stmt_get(&stmt, store, SQL_ADD, err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_int(stmt, 1, membership);
    tl_stmt_bind_text(stmt, 2, row->event);
    tl_stmt_bind_date(stmt, 3, row->on);
    tl_stmt_bind_date(stmt, 4, row->until);
    tl_stmt_bind_text(stmt, 5, row->detail);
    tl_stmt_bind_text(stmt, 6, row->evidence);
    tl_stmt_bind_int(stmt, 7, tl_store_act(store));
    return tl_stmt_run(stmt, err);
}

/* Words that the terms use for one kind of thing, gathered to compare with and suggest from. */
struct words {
    struct tl_arena arena;
    const char **items;
    size_t count, capacity;
    bool failed;
};

/* Adds a word; NULL ends the list. */
static void put(struct words *words, const char *word)
{
    const char **items = tl_arena_grow(&words->arena, words->items, words->count, &words->capacity, sizeof *items);
    words->failed = words->failed || items == NULL;
    if (words->failed)
        return;
    words->items = items;
    items[words->count] = word;
    words->count += word == NULL ? 0 : 1;
}

static void gather(struct words *words, const char *word)
{
    if (word != NULL)
        put(words, word);
}

/* Ends the gathering: refuses a word that is not among those that were gathered. */
static tl_status check_word(struct words *words, const char *word, const char *kind, const struct tl_terms *terms,
                            struct tl_err *err)
{
    put(words, NULL);
    tl_status status = words->failed ? tl_err_memory(err) : TL_OK;
    bool known = false;
    for (size_t i = 0; status == TL_OK && i < words->count; i++)
        known = known || tl_text_equal(words->items[i], word);
    if (status == TL_OK && !known) {
        const char *nearest = tl_text_nearest(word, words->items);
        status = tl_err_set(err, TL_ERR_NOT_FOUND, "the terms of '%s' know no %s '%.60s'", terms->product, kind, word);
        if (nearest != NULL)
            tl_err_hint(err, "did you mean %s?", nearest);
        else if (words->count > 0)
            tl_err_hint(err, "they know %s", words->items[0]);
        else
            tl_err_hint(err, "they have none");
    }
    tl_arena_release(&words->arena);
    return status;
}

tl_status tl_membership_check_option(const struct tl_terms *terms, const char *option, struct tl_err *err)
{
    struct words words = {.arena = TL_ARENA_EMPTY};
    for (size_t i = 0; i < terms->line_count; i++)
        gather(&words, terms->lines[i].option);
    return check_word(&words, option, "option", terms, err);
}

tl_status tl_membership_check_tag(const struct tl_terms *terms, const char *tag, struct tl_err *err)
{
    struct words words = {.arena = TL_ARENA_EMPTY};
    for (size_t i = 0; i < terms->line_count; i++)
        gather(&words, terms->lines[i].waived_for);
    return check_word(&words, tag, "waiver", terms, err);
}

tl_status tl_membership_check_class(const struct tl_terms *terms, const char *name, struct tl_err *err)
{
    struct words words = {.arena = TL_ARENA_EMPTY};
    for (size_t i = 0; i < terms->class_count; i++)
        gather(&words, terms->classes[i].name);
    return check_word(&words, name, "size class", terms, err);
}

tl_status tl_membership_check_group(const struct tl_terms *terms, const char *group, struct tl_err *err)
{
    struct words words = {.arena = TL_ARENA_EMPTY};
    for (size_t i = 0; i < terms->line_count; i++)
        gather(&words, terms->lines[i].group);
    return check_word(&words, group, "group", terms, err);
}

tl_status tl_membership_read_terms(struct tl_terms *terms, struct tl_store *store, const char *product,
                                   struct tl_date on, struct tl_err *err)
{
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct tl_adopted adopted;
    *terms = (struct tl_terms)TL_TERMS_EMPTY;
    tl_status status = tl_terms_book_in_force(&adopted, store, product, on, &arena, err);
    if (status == TL_OK)
        status = tl_terms_book_read(terms, &adopted, err);
    tl_arena_release(&arena);
    return status;
}
