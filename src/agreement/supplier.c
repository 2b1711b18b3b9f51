/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/agreement/supplier.h"

#include "tilslut/agreement/product.h"
#include "tilslut/base/identifier.h"
#include "tilslut/base/text.h"
#include "tilslut/store/stmt.h"

enum { SQL_ADD, SQL_LIST };

static const char *const SQL[] = {
    [SQL_ADD] = "INSERT INTO product_supplier (product_code, cvr, name, partner_since, partner_evidence, is_attached, "
                "valid_from, act_id) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    [SQL_LIST] = "SELECT cvr, name, partner_since, partner_evidence, valid_from FROM product_supplier s "
                 "WHERE product_code = ?1 AND id = (SELECT id FROM product_supplier WHERE product_code = ?1 AND "
                 "cvr = s.cvr AND valid_from <= ?2 AND act_id <= ?3 ORDER BY valid_from DESC, id DESC LIMIT 1) AND "
                 "is_attached ORDER BY cvr",
};

static tl_status add(struct tl_store *store, const struct tl_supplier *supplier, bool is_attached, struct tl_err *err)
{
    struct tl_stmt *stmt;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_ADD], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_text(stmt, 1, supplier->product);
    tl_stmt_bind_text(stmt, 2, supplier->cvr);
    tl_stmt_bind_text(stmt, 3, supplier->name);
    tl_stmt_bind_date(stmt, 4, supplier->partner_since);
    tl_stmt_bind_text(stmt, 5, supplier->partner_evidence);
    tl_stmt_bind_int(stmt, 6, is_attached ? 1 : 0);
    tl_stmt_bind_date(stmt, 7, supplier->from);
    tl_stmt_bind_int(stmt, 8, tl_store_act(store));
    return tl_stmt_run(stmt, err);
}

/* The supplier as attached on a date; NULL when it is not. */
static tl_status find(const struct tl_supplier **out, struct tl_store *store, const char *product, const char *cvr,
                      struct tl_date on, struct tl_arena *arena, struct tl_err *err)
{
    struct tl_supplier *suppliers = NULL;
    size_t count = 0;
    *out = NULL;
    tl_status status = tl_supplier_list(&suppliers, &count, store, product, on, arena, err);
    for (size_t i = 0; status == TL_OK && i < count; i++)
        if (tl_text_equal(suppliers[i].cvr, cvr))
            *out = &suppliers[i];
    return status;
}

static tl_status check_grounds(const struct tl_supplier *supplier, struct tl_err *err)
{
    bool signed_ = !tl_date_is_none(supplier->partner_since);
    bool evidence = supplier->partner_evidence != NULL && supplier->partner_evidence[0] != '\0';
    if (signed_ == evidence)
        return TL_OK;
    (void)tl_err_set(err, TL_ERR_MISSING,
                     signed_ ? "the partner agreement of '%s' needs evidence"
                             : "the evidence for '%s' needs the date of its partner agreement",
                     supplier->cvr);
    tl_err_hint(err, "add --partner-since DATE --evidence \"where it lies\"");
    return TL_ERR_MISSING;
}

/* Puts what is recorded where nothing is given. */
static tl_status complete(struct tl_supplier *row, const struct tl_supplier *now, struct tl_err *err)
{
    if (row->name == NULL && now != NULL)
        row->name = now->name;
    if (tl_date_is_none(row->partner_since)) {
        row->partner_since = now == NULL ? (struct tl_date){0} : now->partner_since;
        row->partner_evidence = now == NULL ? "" : now->partner_evidence;
    }
    if (row->name != NULL && row->name[0] != '\0')
        return TL_OK;
    (void)tl_err_set(err, TL_ERR_MISSING, "the supplier '%s' has no name", row->cvr);
    tl_err_hint(err, "add --name NAME");
    return TL_ERR_MISSING;
}

static bool is_same(const struct tl_supplier *a, const struct tl_supplier *b)
{
    return tl_text_equal(a->name, b->name) && tl_date_compare(a->partner_since, b->partner_since) == 0 &&
           tl_text_equal(a->partner_evidence, b->partner_evidence);
}

tl_status tl_supplier_record(struct tl_store *store, const struct tl_supplier *supplier, struct tl_err *err)
{
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct tl_supplier row = *supplier;
    const struct tl_supplier *now;
    struct tl_product product;
    tl_status status = tl_product_find(&product, store, supplier->product, &arena, err);
    if (status == TL_OK)
        status = tl_identifier_check_cvr(supplier->cvr, err);
    if (status == TL_OK)
        status = check_grounds(supplier, err);
    if (status == TL_OK)
        status = find(&now, store, supplier->product, supplier->cvr, supplier->from, &arena, err);
    if (status == TL_OK)
        status = complete(&row, now, err);
    if (status == TL_OK && (now == NULL || !is_same(&row, now)))
        status = add(store, &row, true, err);
    tl_arena_release(&arena);
    return status;
}

tl_status tl_supplier_end(struct tl_store *store, const char *product, const char *cvr, struct tl_date from,
                          struct tl_err *err)
{
    struct tl_arena arena = TL_ARENA_EMPTY;
    const struct tl_supplier *now = NULL;
    struct tl_product found;
    char date[TL_DATE_TEXT_SIZE];
    tl_status status = tl_product_find(&found, store, product, &arena, err);
    if (status == TL_OK)
        status = find(&now, store, product, cvr, from, &arena, err);
    if (status == TL_OK && now == NULL) {
        status = tl_err_set(err, TL_ERR_STATE, "'%.40s' is no supplier of '%s' on %s", cvr, product,
                            tl_date_iso(from, date));
        tl_err_hint(err, "tilslut list suppliers %s shows who is", product);
    }
    if (status == TL_OK) {
        struct tl_supplier row = *now;
        row.from = from;
        status = add(store, &row, false, err);
    }
    tl_arena_release(&arena);
    return status;
}

tl_status tl_supplier_list(struct tl_supplier **out, size_t *count, struct tl_store *store, const char *product,
                           struct tl_date on, struct tl_arena *arena, struct tl_err *err)
{
    struct tl_stmt *stmt;
    struct tl_supplier *suppliers = NULL;
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
        suppliers = tl_arena_grow(arena, suppliers, *count, &capacity, sizeof *suppliers);
        if (suppliers == NULL)
            return tl_err_memory(err);
        struct tl_supplier supplier = {product,
                                       tl_stmt_copy(stmt, 0, arena),
                                       tl_stmt_copy(stmt, 1, arena),
                                       tl_stmt_date(stmt, 2),
                                       tl_stmt_copy(stmt, 3, arena),
                                       tl_stmt_date(stmt, 4)};
        if (supplier.cvr == NULL || supplier.name == NULL || supplier.partner_evidence == NULL)
            return tl_err_memory(err);
        suppliers[(*count)++] = supplier;
    }
    *out = suppliers;
    return status;
}
