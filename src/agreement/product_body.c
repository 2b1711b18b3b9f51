/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/agreement/product_body.h"

#include <string.h>

#include "tilslut/agreement/party.h"
#include "tilslut/agreement/product.h"
#include "tilslut/base/text.h"
#include "tilslut/store/stmt.h"

enum { SQL_ADD, SQL_LIST };

static const char *const SQL[] = {
    [SQL_ADD] = "INSERT INTO product_body (product_code, body, party_code, role, is_seated, valid_from, act_id) "
                "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    [SQL_LIST] = "SELECT body, party_code, role, valid_from FROM product_body b WHERE product_code = ?1 AND "
                 "id = (SELECT id FROM product_body WHERE product_code = ?1 AND body = b.body AND "
                 "party_code = b.party_code AND valid_from <= ?2 AND act_id <= ?3 ORDER BY valid_from DESC, id DESC "
                 "LIMIT 1) AND is_seated ORDER BY body DESC, party_code",
};

static const char *const bodies[] = {"styregruppe", "koordinationsgruppe", NULL};

static tl_status check_words(const struct tl_product_seat *seat, bool gives_up, struct tl_err *err)
{
    bool known = false;
    for (size_t i = 0; bodies[i] != NULL; i++)
        known = known || tl_text_equal(seat->body, bodies[i]);
    if (!known) {
        (void)tl_err_set(err, TL_ERR_INPUT, "a product has no body '%.60s'", seat->body);
        tl_err_hint(err, "its bodies are styregruppe and koordinationsgruppe");
        return TL_ERR_INPUT;
    }
    if (!gives_up && seat->role[0] == '\0')
        return tl_err_set(err, TL_ERR_INPUT, "the role of '%s' in the %s is empty", seat->party, seat->body);
    if (strchr(seat->role, '@') != NULL) {
        (void)tl_err_set(err, TL_ERR_INPUT, "'%.60s' is not a role", seat->role);
        tl_err_hint(err,
                    "a seat belongs to a party in a role, such as formand; persons are kept by: tilslut contact add");
        return TL_ERR_INPUT;
    }
    return TL_OK;
}

static tl_status check_change(struct tl_store *store, const struct tl_product_seat *seat, bool gives_up,
                              struct tl_err *err)
{
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct tl_product_seat *seats = NULL;
    const struct tl_product_seat *held = NULL;
    size_t count = 0;
    char date[TL_DATE_TEXT_SIZE];
    tl_status status = tl_product_body_list(&seats, &count, store, seat->product, seat->from, &arena, err);
    for (size_t i = 0; status == TL_OK && i < count; i++)
        if (tl_text_equal(seats[i].body, seat->body) && tl_text_equal(seats[i].party, seat->party))
            held = &seats[i];
    if (status == TL_OK && gives_up && held == NULL)
        status = tl_err_set(err, TL_ERR_STATE, "'%s' has no seat in the %s of '%s' on %s", seat->party, seat->body,
                            seat->product, tl_date_iso(seat->from, date));
    else if (status == TL_OK && !gives_up && held != NULL && tl_text_equal(held->role, seat->role))
        status = tl_err_set(err, TL_ERR_STATE, "'%s' has a seat in the %s of '%s' as %s already, from %s", seat->party,
                            seat->body, seat->product, held->role, tl_date_iso(held->from, date));
    tl_arena_release(&arena);
    return status;
}

tl_status tl_product_body_record(struct tl_store *store, const struct tl_product_seat *seat, bool gives_up,
                                 struct tl_err *err)
{
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct tl_product product;
    struct tl_party party;
    struct tl_stmt *stmt;
    tl_status status = tl_product_find(&product, store, seat->product, &arena, err);
    if (status == TL_OK)
        status = check_words(seat, gives_up, err);
    if (status == TL_OK)
        status = tl_party_find(&party, store, seat->party, seat->from, &arena, err);
    tl_arena_release(&arena);
    if (status == TL_OK)
        status = check_change(store, seat, gives_up, err);
    if (status == TL_OK)
        status = tl_stmt_get(&stmt, store, SQL[SQL_ADD], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_text(stmt, 1, seat->product);
    tl_stmt_bind_text(stmt, 2, seat->body);
    tl_stmt_bind_text(stmt, 3, seat->party);
    tl_stmt_bind_text(stmt, 4, gives_up && seat->role[0] == '\0' ? "-" : seat->role);
    tl_stmt_bind_int(stmt, 5, gives_up ? 0 : 1);
    tl_stmt_bind_date(stmt, 6, seat->from);
    tl_stmt_bind_int(stmt, 7, tl_store_act(store));
    return tl_stmt_run(stmt, err);
}

tl_status tl_product_body_list(struct tl_product_seat **out, size_t *count, struct tl_store *store, const char *product,
                               struct tl_date on, struct tl_arena *arena, struct tl_err *err)
{
    struct tl_stmt *stmt;
    struct tl_product_seat *seats = NULL;
    size_t capacity = 0;
    bool row;
    *count = 0;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_LIST], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_text(stmt, 1, product);
    tl_stmt_bind_date(stmt, 2, on);
    tl_stmt_bind_int(stmt, 3, tl_store_known(store));
    while ((status = tl_stmt_next(stmt, &row, err)) == TL_OK && row) {
        seats = tl_arena_grow(arena, seats, *count, &capacity, sizeof *seats);
        if (seats == NULL)
            return tl_err_memory(err);
        struct tl_product_seat seat = {product, tl_stmt_copy(stmt, 0, arena), tl_stmt_copy(stmt, 1, arena),
                                       tl_stmt_copy(stmt, 2, arena), tl_stmt_date(stmt, 3)};
        if (seat.body == NULL || seat.party == NULL || seat.role == NULL)
            return tl_err_memory(err);
        seats[(*count)++] = seat;
    }
    *out = seats;
    return status;
}
