/* SPDX-License-Identifier: MPL-2.0 */
#include "membership_parts.h"

#include "tilslut/agreement/terms_book.h"
#include "tilslut/store/stmt.h"

enum { SQL_ADD, SQL_ADD_FACT };

static const char *const SQL[] = {
    [SQL_ADD] = "INSERT INTO membership (product_code, party_code, act_id) VALUES (?1, ?2, ?3) RETURNING id",
    [SQL_ADD_FACT] = "INSERT INTO membership_event (membership_id, event, holds_on, holds_until, detail, "
                     "evidence, act_id) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
};

tl_status tl_membership_add(int64_t *id, struct tl_store *store, const char *product, const char *party,
                            struct tl_err *err)
{
    struct tl_stmt *stmt;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_ADD], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_text(stmt, 1, product);
    tl_stmt_bind_text(stmt, 2, party);
    tl_stmt_bind_int(stmt, 3, tl_store_act(store));
    return tl_stmt_answer(stmt, id, err);
}

tl_status tl_membership_add_fact(struct tl_store *store, int64_t membership, const struct tl_membership_fact *fact,
                                 struct tl_err *err)
{
    struct tl_stmt *stmt;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_ADD_FACT], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_int(stmt, 1, membership);
    tl_stmt_bind_text(stmt, 2, tl_membership_event_name(fact->event));
    tl_stmt_bind_date(stmt, 3, fact->on);
    tl_stmt_bind_date(stmt, 4, fact->until);
    tl_stmt_bind_text(stmt, 5, fact->detail);
    tl_stmt_bind_text(stmt, 6, fact->evidence);
    tl_stmt_bind_int(stmt, 7, tl_store_act(store));
    return tl_stmt_run(stmt, err);
}

tl_status tl_membership_refuse_second(const char *product, const struct tl_party *party,
                                      const struct tl_membership_life *life, struct tl_err *err)
{
    char date[TL_DATE_TEXT_SIZE], allowed[TL_MEMBERSHIP_ALLOWED_SIZE];
    if (life->is_agreed)
        (void)tl_err_set(err, TL_ERR_CONFLICT, "%s (%s) has joined '%s' already, from %s", party->name, party->code,
                         product, tl_date_iso(life->first, date));
    else
        (void)tl_err_set(err, TL_ERR_CONFLICT, "%s (%s) has an agreement for '%s' already, which is %s", party->name,
                         party->code, product, tl_membership_state_name(life->state));
    tl_err_hint(err, "allowed instead: %s; tilslut life %s %s shows what has happened",
                tl_membership_state_allowed(life, allowed), product, party->code);
    return TL_ERR_CONFLICT;
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
