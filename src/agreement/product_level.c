/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/agreement/product_level.h"

#include "tilslut/agreement/decision.h"
#include "tilslut/agreement/product.h"
#include "tilslut/store/stmt.h"

enum { SQL_ADD, SQL_ON, SQL_SAME };

static const char *const SQL[] = {
    [SQL_ADD] = "INSERT INTO product_level (product_code, level, valid_from, decision_id, act_id) "
                "VALUES (?1, ?2, ?3, ?4, ?5)",
    [SQL_ON] = "SELECT level FROM product_level WHERE product_code = ?1 AND valid_from <= ?2 AND act_id <= ?3 "
               "ORDER BY valid_from DESC, id DESC LIMIT 1",
    [SQL_SAME] = "SELECT count(*) FROM product_level WHERE product_code = ?1 AND level = ?2 AND valid_from = ?3 AND "
                 "decision_id = ?4",
};

tl_status tl_product_level_on(int *out, struct tl_store *store, const char *product, struct tl_date on,
                              struct tl_err *err)
{
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct tl_product found;
    struct tl_stmt *stmt;
    int64_t level = 0;
    tl_status status = tl_product_find(&found, store, product, &arena, err);
    if (status == TL_OK)
        status = tl_stmt_get(&stmt, store, SQL[SQL_ON], err);
    if (status == TL_OK) {
        tl_stmt_bind_text(stmt, 1, product);
        tl_stmt_bind_date(stmt, 2, on);
        tl_stmt_bind_int(stmt, 3, tl_store_known(store));
        status = tl_stmt_answer(stmt, &level, err);
    }
    if (status == TL_OK)
        *out = level == 0 ? found.level : (int)level;
    tl_arena_release(&arena);
    return status;
}

static tl_status check_new(struct tl_store *store, const char *product, int level, struct tl_date from,
                           const struct tl_decision *decision, struct tl_err *err)
{
    struct tl_stmt *stmt;
    int64_t same = 0;
    char date[TL_DATE_TEXT_SIZE];
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_SAME], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_text(stmt, 1, product);
    tl_stmt_bind_int(stmt, 2, level);
    tl_stmt_bind_date(stmt, 3, from);
    tl_stmt_bind_int(stmt, 4, decision->id);
    status = tl_stmt_answer(stmt, &same, err);
    if (status == TL_OK && same > 0)
        status = tl_err_set(err, TL_ERR_CONFLICT, "that '%s' has level %d from %s is decided already", product, level,
                            tl_date_iso(from, date));
    return status;
}

tl_status tl_product_level_decide(struct tl_store *store, const char *product, int level, struct tl_date from,
                                  const char *decision_text, struct tl_err *err)
{
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct tl_product found;
    struct tl_decision decision;
    struct tl_stmt *stmt;
    tl_status status = tl_product_find(&found, store, product, &arena, err);
    if (status == TL_OK && (level < 1 || level > 3)) {
        status = tl_err_set(err, TL_ERR_INPUT, "%d is not a product level", level);
        tl_err_hint(err, "levels are 1, 2 and 3");
    }
    if (status == TL_OK)
        status = tl_decision_parse(&decision, decision_text, &arena, err);
    if (status == TL_OK)
        status = tl_decision_record(&decision, store, err);
    if (status == TL_OK)
        status = check_new(store, product, level, from, &decision, err);
    tl_arena_release(&arena);
    if (status == TL_OK)
        status = tl_stmt_get(&stmt, store, SQL[SQL_ADD], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_text(stmt, 1, product);
    tl_stmt_bind_int(stmt, 2, level);
    tl_stmt_bind_date(stmt, 3, from);
    tl_stmt_bind_int(stmt, 4, decision.id);
    tl_stmt_bind_int(stmt, 5, tl_store_act(store));
    return tl_stmt_run(stmt, err);
}
