/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/agreement/invoicing.h"

#include "terms_words.h"
#include "tilslut/agreement/product.h"
#include "tilslut/agreement/terms_book.h"
#include "tilslut/base/text.h"
#include "tilslut/store/stmt.h"

enum { SQL_ASSIGN, SQL_ASSIGNED, SQL_JOINED, SQL_REFER, SQL_REFERENCE };

static const char *const SQL[] = {
    [SQL_ASSIGN] = "INSERT INTO unit_invoiced (product_code, party_code, unit_code, valid_from, act_id) "
                   "VALUES (?1, ?2, ?3, ?4, ?5)",
    [SQL_ASSIGNED] = "SELECT unit_code FROM unit_invoiced WHERE product_code = ?1 AND party_code = ?2 AND "
                     "valid_from <= ?3 AND act_id <= ?4 ORDER BY valid_from DESC, id DESC LIMIT 1",
    [SQL_JOINED] = "SELECT count(*) FROM membership WHERE product_code = ?1 AND party_code = ?2 AND act_id <= ?3",
    [SQL_REFER] = "INSERT INTO unit_reference (party_code, unit_code, product_code, line_id, order_reference, "
                  "account_string, valid_from, act_id) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    [SQL_REFERENCE] = "SELECT order_reference, account_string FROM unit_reference WHERE party_code = ?1 AND "
                      "unit_code = ?2 AND product_code = ?3 AND line_id = ?4 AND valid_from <= ?5 AND act_id <= ?6 "
                      "ORDER BY valid_from DESC, id DESC LIMIT 1",
};

/* The code of the unit assigned on a date; "" where none is. */
static tl_status find_assigned(const char **code, bool *found, struct tl_store *store, const char *product,
                               const char *party, struct tl_date on, struct tl_arena *arena, struct tl_err *err)
{
    struct tl_stmt *stmt;
    *code = "";
    *found = false;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_ASSIGNED], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_text(stmt, 1, product);
    tl_stmt_bind_text(stmt, 2, party);
    tl_stmt_bind_date(stmt, 3, on);
    tl_stmt_bind_int(stmt, 4, tl_store_known(store));
    status = tl_stmt_next(stmt, found, err);
    if (status != TL_OK || !*found)
        return status;
    *code = tl_stmt_copy(stmt, 0, arena);
    tl_stmt_end(stmt);
    return *code == NULL ? tl_err_memory(err) : TL_OK;
}

static tl_status check_joined(struct tl_store *store, const char *product, const char *party, struct tl_err *err)
{
    struct tl_stmt *stmt;
    int64_t count = 0;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_JOINED], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_text(stmt, 1, product);
    tl_stmt_bind_text(stmt, 2, party);
    tl_stmt_bind_int(stmt, 3, tl_store_known(store));
    status = tl_stmt_answer(stmt, &count, err);
    if (status == TL_OK && count == 0) {
        status = tl_err_set(err, TL_ERR_NOT_FOUND, "'%s' has not joined '%s'", party, product);
        tl_err_hint(err, "tilslut list members %s shows who has", product);
    }
    return status;
}

tl_status tl_invoicing_assign(struct tl_store *store, const char *product, const char *party, const char *unit,
                              struct tl_date from, struct tl_err *err)
{
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct tl_product found;
    struct tl_unit unit_found;
    const char *now = "";
    bool assigned = false;
    struct tl_stmt *stmt;
    tl_status status = tl_product_find(&found, store, product, &arena, err);
    if (status == TL_OK)
        status = tl_unit_find(&unit_found, store, party, unit, from, &arena, err);
    if (status == TL_OK)
        status = check_joined(store, product, party, err);
    if (status == TL_OK)
        status = find_assigned(&now, &assigned, store, product, party, from, &arena, err);
    bool same = status == TL_OK && assigned && tl_text_equal(now, unit);
    tl_arena_release(&arena);
    if (status == TL_OK && !same)
        status = tl_stmt_get(&stmt, store, SQL[SQL_ASSIGN], err);
    if (status != TL_OK || same)
        return status;
    tl_stmt_bind_text(stmt, 1, product);
    tl_stmt_bind_text(stmt, 2, party);
    tl_stmt_bind_text(stmt, 3, unit);
    tl_stmt_bind_date(stmt, 4, from);
    tl_stmt_bind_int(stmt, 5, tl_store_act(store));
    return tl_stmt_run(stmt, err);
}

/* That the latest terms of the product have the line. */
static tl_status check_line(struct tl_store *store, const struct tl_invoicing_reference *reference,
                            struct tl_arena *arena, struct tl_err *err)
{
    struct tl_adopted *versions = NULL;
    struct tl_terms terms = TL_TERMS_EMPTY;
    size_t count = 0;
    if (reference->line[0] == '\0')
        return TL_OK;
    tl_status status = tl_terms_book_list(&versions, &count, store, reference->product, arena, err);
    if (status == TL_OK && count == 0)
        return tl_err_set(err, TL_ERR_NOT_FOUND, "no terms of '%s' are adopted, so it has no lines",
                          reference->product);
    if (status == TL_OK)
        status = tl_terms_book_read(&terms, &versions[count - 1], err);
    if (status == TL_OK)
        status = tl_terms_words_check_line(&terms, reference->line, err);
    tl_terms_release(&terms);
    return status;
}

tl_status tl_invoicing_refer(struct tl_store *store, const struct tl_invoicing_reference *reference, struct tl_err *err)
{
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct tl_product product;
    struct tl_unit unit;
    struct tl_stmt *stmt;
    tl_status status = tl_product_find(&product, store, reference->product, &arena, err);
    if (status == TL_OK)
        status = tl_unit_find(&unit, store, reference->party, reference->unit, reference->from, &arena, err);
    if (status == TL_OK)
        status = check_line(store, reference, &arena, err);
    if (status == TL_OK && reference->order_reference[0] == '\0' && reference->account_string[0] == '\0')
        status = tl_err_set(err, TL_ERR_INPUT, "neither an order reference nor an account string is given");
    tl_arena_release(&arena);
    if (status == TL_OK)
        status = tl_stmt_get(&stmt, store, SQL[SQL_REFER], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_text(stmt, 1, reference->party);
    tl_stmt_bind_text(stmt, 2, reference->unit);
    tl_stmt_bind_text(stmt, 3, reference->product);
    tl_stmt_bind_text(stmt, 4, reference->line);
    tl_stmt_bind_text(stmt, 5, reference->order_reference);
    tl_stmt_bind_text(stmt, 6, reference->account_string);
    tl_stmt_bind_date(stmt, 7, reference->from);
    tl_stmt_bind_int(stmt, 8, tl_store_act(store));
    return tl_stmt_run(stmt, err);
}

tl_status tl_invoicing_unit(struct tl_unit *out, struct tl_store *store, const char *product, const char *party,
                            struct tl_date on, struct tl_arena *arena, struct tl_err *err)
{
    struct tl_err closed = TL_ERR_NONE;
    const char *code = "";
    bool assigned = false;
    tl_status status = find_assigned(&code, &assigned, store, product, party, on, arena, err);
    if (status != TL_OK)
        return status;
    status = tl_unit_find(out, store, party, code, on, arena, &closed);
    /* a unit that was closed is no address any more; the party's own is */
    if (status == TL_ERR_NOT_FOUND && code[0] != '\0')
        return tl_unit_find(out, store, party, "", on, arena, err);
    if (status != TL_OK)
        *err = closed;
    return status;
}

/* Puts what is recorded for one line, or ("") for all, in the place of what is there. */
static tl_status refine(struct tl_unit *unit, struct tl_store *store, const char *product, const char *line,
                        struct tl_date on, struct tl_arena *arena, struct tl_err *err)
{
    struct tl_stmt *stmt;
    bool row;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_REFERENCE], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_text(stmt, 1, unit->party);
    tl_stmt_bind_text(stmt, 2, unit->code);
    tl_stmt_bind_text(stmt, 3, product);
    tl_stmt_bind_text(stmt, 4, line);
    tl_stmt_bind_date(stmt, 5, on);
    tl_stmt_bind_int(stmt, 6, tl_store_known(store));
    status = tl_stmt_next(stmt, &row, err);
    if (status != TL_OK || !row)
        return status;
    const char *order = tl_stmt_copy(stmt, 0, arena), *account = tl_stmt_copy(stmt, 1, arena);
    tl_stmt_end(stmt);
    if (order == NULL || account == NULL)
        return tl_err_memory(err);
    if (order[0] != '\0')
        unit->order_reference = order;
    if (account[0] != '\0')
        unit->account_string = account;
    return TL_OK;
}

tl_status tl_invoicing_read(struct tl_unit *out, struct tl_store *store, const char *product, const char *party,
                            const char *line, struct tl_date on, struct tl_arena *arena, struct tl_err *err)
{
    tl_status status = tl_invoicing_unit(out, store, product, party, on, arena, err);
    if (status == TL_OK)
        status = refine(out, store, product, "", on, arena, err);
    if (status == TL_OK && line[0] != '\0')
        status = refine(out, store, product, line, on, arena, err);
    return status;
}
