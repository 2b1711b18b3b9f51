/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/agreement/product.h"

#include "tilslut/base/identifier.h"
#include "tilslut/base/text.h"
#include "tilslut/store/stmt.h"

enum { SQL_ADD, SQL_LIST };

static const char *const SQL[] = {
    [SQL_ADD] = "INSERT INTO product (code, name, psp, level, act_id) VALUES (?1, ?2, ?3, ?4, ?5)",
    [SQL_LIST] = "SELECT code, name, psp, level FROM product WHERE act_id <= ?1 ORDER BY code",
};

enum { PSP_PRODUCT_LENGTH = 13 };

static tl_status check(const struct tl_product *product, struct tl_err *err)
{
    tl_status status = tl_identifier_check_product(product->code, err);
    if (status == TL_OK)
        status = tl_identifier_check_psp(product->psp, err);
    if (status == TL_OK &&
        (product->psp[0] != 'X' || product->psp[1] != 'G' || tl_text_characters(product->psp) != PSP_PRODUCT_LENGTH)) {
        status = tl_err_set(err, TL_ERR_INPUT, "'%s' is not the PSP element of a product", product->psp);
        tl_err_hint(err, "a product's PSP element is XG- and 10 digits; the accounts below it are added by the lines");
    }
    if (status == TL_OK && product->name[0] == '\0')
        status = tl_err_set(err, TL_ERR_INPUT, "the product '%s' has no name", product->code);
    if (status == TL_OK && (product->level < 1 || product->level > 3)) {
        status = tl_err_set(err, TL_ERR_INPUT, "%d is not a product level", product->level);
        tl_err_hint(err, "levels are 1, 2 and 3");
    }
    return status;
}

tl_status tl_product_record(struct tl_store *store, const struct tl_product *product, struct tl_err *err)
{
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct tl_product *products = NULL;
    size_t count = 0;
    struct tl_stmt *stmt;
    tl_status status = check(product, err);
    if (status == TL_OK)
        status = tl_product_list(&products, &count, store, &arena, err);
    for (size_t i = 0; status == TL_OK && i < count; i++) {
        if (tl_text_equal(products[i].code, product->code))
            status = tl_err_set(err, TL_ERR_CONFLICT, "the product '%s' exists already", product->code);
        else if (tl_text_equal(products[i].psp, product->psp))
            status = tl_err_set(err, TL_ERR_CONFLICT, "the PSP element '%s' belongs to the product '%s'", product->psp,
                                products[i].code);
    }
    tl_arena_release(&arena);
    if (status == TL_OK)
        status = tl_stmt_get(&stmt, store, SQL[SQL_ADD], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_text(stmt, 1, product->code);
    tl_stmt_bind_text(stmt, 2, product->name);
    tl_stmt_bind_text(stmt, 3, product->psp);
    tl_stmt_bind_int(stmt, 4, product->level);
    tl_stmt_bind_int(stmt, 5, tl_store_act(store));
    return tl_stmt_run(stmt, err);
}

static tl_status not_found(const struct tl_product *products, size_t count, const char *code, struct tl_arena *arena,
                           struct tl_err *err)
{
    const char **codes = tl_arena_alloc(arena, count + 1, sizeof *codes);
    for (size_t i = 0; codes != NULL && i < count; i++)
        codes[i] = products[i].code;
    const char *nearest = codes == NULL ? NULL : tl_text_nearest(code, codes);
    (void)tl_err_set(err, TL_ERR_NOT_FOUND, "there is no product '%.60s'", code);
    if (nearest != NULL)
        tl_err_hint(err, "did you mean %s?", nearest);
    tl_err_hint(err, "tilslut list products shows them; tilslut product add makes one");
    return TL_ERR_NOT_FOUND;
}

tl_status tl_product_find(struct tl_product *out, struct tl_store *store, const char *code, struct tl_arena *arena,
                          struct tl_err *err)
{
    struct tl_product *products = NULL;
    size_t count = 0;
    tl_status status = tl_product_list(&products, &count, store, arena, err);
    for (size_t i = 0; status == TL_OK && i < count; i++)
        if (tl_text_equal(products[i].code, code)) {
            *out = products[i];
            return TL_OK;
        }
    return status == TL_OK ? not_found(products, count, code, arena, err) : status;
}

tl_status tl_product_list(struct tl_product **out, size_t *count, struct tl_store *store, struct tl_arena *arena,
                          struct tl_err *err)
{
    struct tl_stmt *stmt;
    struct tl_product *products = NULL;
    size_t capacity = 0;
    bool row;
    *count = 0;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_LIST], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_int(stmt, 1, tl_store_known(store));
    while ((status = tl_stmt_next(stmt, &row, err)) == TL_OK && row) {
        products = tl_arena_grow(arena, products, *count, &capacity, sizeof *products);
        if (products == NULL)
            return tl_err_memory(err);
        products[*count] = (struct tl_product){tl_stmt_copy(stmt, 0, arena), tl_stmt_copy(stmt, 1, arena),
                                               tl_stmt_copy(stmt, 2, arena), (int)tl_stmt_int(stmt, 3)};
        if (products[*count].code == NULL || products[*count].name == NULL || products[*count].psp == NULL)
            return tl_err_memory(err);
        ++*count;
    }
    *out = products;
    return status;
}
