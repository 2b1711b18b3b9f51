/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/agreement/product_fact.h"

#include <string.h>

#include "tilslut/agreement/product.h"
#include "tilslut/base/text.h"
#include "tilslut/store/stmt.h"

enum { SQL_ADD, SQL_FIND };

static const char *const SQL[] = {
    [SQL_ADD] = "INSERT INTO product_fact (product_code, fact, value, valid_from, act_id) VALUES (?1, ?2, ?3, ?4, ?5)",
    [SQL_FIND] = "SELECT value FROM product_fact WHERE product_code = ?1 AND fact = ?2 AND valid_from <= ?3 AND "
                 "act_id <= ?4 ORDER BY valid_from DESC, id DESC LIMIT 1",
};

static const char *const names[TL_PRODUCT_FACT_COUNT] = {"purpose da", "purpose en", "repository", "licence",
                                                         "document licence"};

static tl_status find(const char **value, struct tl_store *store, const char *product, tl_product_fact fact,
                      struct tl_date on, struct tl_arena *arena, struct tl_err *err)
{
    struct tl_stmt *stmt;
    bool row;
    *value = "";
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_FIND], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_text(stmt, 1, product);
    tl_stmt_bind_text(stmt, 2, names[fact]);
    tl_stmt_bind_date(stmt, 3, on);
    tl_stmt_bind_int(stmt, 4, tl_store_known(store));
    status = tl_stmt_next(stmt, &row, err);
    if (status != TL_OK || !row)
        return status;
    *value = tl_stmt_copy(stmt, 0, arena);
    tl_stmt_end(stmt);
    return *value == NULL ? tl_err_memory(err) : TL_OK;
}

static tl_status check(tl_product_fact fact, const char *value, struct tl_err *err)
{
    static const char https[] = "https://";
    if (value[0] == '\0')
        return tl_err_set(err, TL_ERR_INPUT, "the %s is empty", names[fact]);
    if (fact != TL_PRODUCT_REPOSITORY)
        return TL_OK;
    if (strncmp(value, https, sizeof https - 1) == 0 && value[sizeof https - 1] != '\0' && strchr(value, ' ') == NULL)
        return TL_OK;
    (void)tl_err_set(err, TL_ERR_INPUT, "'%.100s' is not the address of a repository", value);
    tl_err_hint(err, "write it whole: https://github.com/OS2valghalla/os2valghalla");
    return TL_ERR_INPUT;
}

tl_status tl_product_fact_record(struct tl_store *store, const char *product, tl_product_fact fact, const char *value,
                                 struct tl_date from, struct tl_err *err)
{
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct tl_product found;
    const char *now = "";
    struct tl_stmt *stmt;
    tl_status status = tl_product_find(&found, store, product, &arena, err);
    if (status == TL_OK)
        status = check(fact, value, err);
    if (status == TL_OK)
        status = find(&now, store, product, fact, from, &arena, err);
    bool same = status == TL_OK && tl_text_equal(now, value);
    tl_arena_release(&arena);
    if (status == TL_OK && !same)
        status = tl_stmt_get(&stmt, store, SQL[SQL_ADD], err);
    if (status != TL_OK || same)
        return status;
    tl_stmt_bind_text(stmt, 1, product);
    tl_stmt_bind_text(stmt, 2, names[fact]);
    tl_stmt_bind_text(stmt, 3, value);
    tl_stmt_bind_date(stmt, 4, from);
    tl_stmt_bind_int(stmt, 5, tl_store_act(store));
    return tl_stmt_run(stmt, err);
}

tl_status tl_product_fact_read(struct tl_product_facts *out, struct tl_store *store, const char *product,
                               struct tl_date on, struct tl_arena *arena, struct tl_err *err)
{
    tl_status status = TL_OK;
    for (size_t i = 0; status == TL_OK && i < TL_PRODUCT_FACT_COUNT; i++)
        status = find(&out->values[i], store, product, (tl_product_fact)i, on, arena, err);
    return status;
}
