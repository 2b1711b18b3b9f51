/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/agreement/governance.h"

#include "governance_shown.h"
#include "tilslut/agreement/product.h"
#include "tilslut/agreement/product_level.h"
#include "tilslut/base/text.h"
#include "tilslut/store/stmt.h"

enum { SQL_ADD, SQL_LATEST };

static const char *const SQL[] = {
    [SQL_ADD] = "INSERT INTO product_requirement (product_code, requirement, answer, ground, stated_by, valid_from, "
                "act_id) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    [SQL_LATEST] = "SELECT answer, ground, stated_by, valid_from FROM product_requirement WHERE product_code = ?1 AND "
                   "requirement = ?2 AND valid_from <= ?3 AND act_id <= ?4 ORDER BY valid_from DESC, id DESC LIMIT 1",
};

static const char *const answers[] = {"fulfilled", "explained", "lapsed"};

/* The latest statement on a date; its `ground` is NULL when there is none. */
static tl_status read_latest(struct tl_governance_statement *out, struct tl_store *store, const char *product,
                             const char *requirement, struct tl_date on, struct tl_arena *arena, struct tl_err *err)
{
    struct tl_stmt *stmt;
    bool row;
    *out = (struct tl_governance_statement){.product = product, .requirement = requirement};
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_LATEST], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_text(stmt, 1, product);
    tl_stmt_bind_text(stmt, 2, requirement);
    tl_stmt_bind_date(stmt, 3, on);
    tl_stmt_bind_int(stmt, 4, tl_store_known(store));
    status = tl_stmt_next(stmt, &row, err);
    if (status != TL_OK || !row)
        return status;
    const char *answer = tl_stmt_text(stmt, 0);
    out->answer = tl_text_equal(answer, answers[TL_ANSWER_FULFILLED])   ? TL_ANSWER_FULFILLED
                  : tl_text_equal(answer, answers[TL_ANSWER_EXPLAINED]) ? TL_ANSWER_EXPLAINED
                                                                        : TL_ANSWER_LAPSED;
    out->ground = tl_stmt_copy(stmt, 1, arena);
    out->by = tl_stmt_copy(stmt, 2, arena);
    out->from = tl_stmt_date(stmt, 3);
    tl_stmt_end(stmt);
    return out->ground == NULL || out->by == NULL ? tl_err_memory(err) : TL_OK;
}

static tl_status no_requirement(const char *code, struct tl_err *err)
{
    enum { NAMES_MAX = 100 };
    const char *names[NAMES_MAX + 1] = {NULL};
    size_t count;
    const struct tl_requirement *requirements = tl_requirement_list(&count);
    for (size_t i = 0; i < count && i < NAMES_MAX; i++)
        names[i] = requirements[i].code;
    const char *nearest = tl_text_nearest(code, names);
    (void)tl_err_set(err, TL_ERR_NOT_FOUND, "there is no requirement '%.60s'", code);
    if (nearest != NULL)
        tl_err_hint(err, "did you mean %s?", nearest);
    tl_err_hint(err, "tilslut product status PRODUCT names them");
    return TL_ERR_NOT_FOUND;
}

static tl_status check_words(const struct tl_governance_statement *statement, const struct tl_requirement *requirement,
                             struct tl_err *err)
{
    if (statement->answer == TL_ANSWER_FULFILLED && requirement->shown != TL_SHOWN_BY_HAND) {
        (void)tl_err_set(err, TL_ERR_STATE, "'%s' is shown by what is recorded, not said by hand", requirement->code);
        tl_err_hint(err, "record it with: tilslut %s", requirement->how);
        return TL_ERR_STATE;
    }
    if (statement->ground[0] == '\0')
        return tl_err_set(err, TL_ERR_MISSING,
                          statement->answer == TL_ANSWER_FULFILLED ? "'%s' needs evidence" : "'%s' needs a reason",
                          requirement->code);
    if (statement->answer == TL_ANSWER_EXPLAINED && statement->by[0] == '\0')
        return tl_err_set(err, TL_ERR_MISSING, "nobody is named who explains '%s'", requirement->code);
    return TL_OK;
}

/* The same words from the same day on: said once. */
static bool is_said(const struct tl_governance_statement *latest, const struct tl_governance_statement *statement)
{
    return latest->ground != NULL && latest->answer == statement->answer &&
           tl_date_compare(latest->from, statement->from) == 0 && tl_text_equal(latest->ground, statement->ground) &&
           tl_text_equal(latest->by, statement->answer == TL_ANSWER_EXPLAINED ? statement->by : "");
}

tl_status tl_governance_state(struct tl_store *store, const struct tl_governance_statement *statement,
                              struct tl_err *err)
{
    struct tl_arena arena = TL_ARENA_EMPTY;
    const struct tl_requirement *requirement = tl_requirement_find(statement->requirement);
    struct tl_governance_statement latest;
    struct tl_product product;
    struct tl_stmt *stmt;
    tl_status status = tl_product_find(&product, store, statement->product, &arena, err);
    if (status == TL_OK)
        status = requirement == NULL ? no_requirement(statement->requirement, err)
                                     : check_words(statement, requirement, err);
    if (status == TL_OK)
        status = read_latest(&latest, store, statement->product, statement->requirement, statement->from, &arena, err);
    bool said = status == TL_OK && is_said(&latest, statement);
    if (status == TL_OK && !said && statement->answer == TL_ANSWER_LAPSED &&
        (latest.ground == NULL || latest.answer == TL_ANSWER_LAPSED)) {
        char date[TL_DATE_TEXT_SIZE];
        status = tl_err_set(err, TL_ERR_STATE, "nothing is stated of '%s' on %s that could lapse",
                            statement->requirement, tl_date_iso(statement->from, date));
    }
    tl_arena_release(&arena);
    if (status == TL_OK && !said)
        status = tl_stmt_get(&stmt, store, SQL[SQL_ADD], err);
    if (status != TL_OK || said)
        return status;
    tl_stmt_bind_text(stmt, 1, statement->product);
    tl_stmt_bind_text(stmt, 2, statement->requirement);
    tl_stmt_bind_text(stmt, 3, answers[statement->answer]);
    tl_stmt_bind_text(stmt, 4, statement->ground);
    tl_stmt_bind_text(stmt, 5, statement->answer == TL_ANSWER_EXPLAINED ? statement->by : "");
    tl_stmt_bind_date(stmt, 6, statement->from);
    tl_stmt_bind_int(stmt, 7, tl_store_act(store));
    return tl_stmt_run(stmt, err);
}

static tl_status read_row(struct tl_governance_row *row, struct tl_store *store, const char *product, int level,
                          struct tl_date on, struct tl_arena *arena, struct tl_err *err)
{
    const struct tl_requirement *requirement = row->requirement;
    struct tl_governance_statement latest;
    bool is_shown = false;
    row->is_required = tl_requirement_is_required(requirement, level);
    row->standing = row->is_required                                    ? TL_STANDING_MISSING
                    : tl_requirement_is_recommended(requirement, level) ? TL_STANDING_ADVISED
                                                                        : TL_STANDING_LATER;
    row->ground = row->by = "";
    tl_status status = TL_OK;
    if (requirement->shown != TL_SHOWN_BY_HAND)
        status = tl_governance_ask(&is_shown, &row->ground, requirement->shown, store, product, on, arena, err);
    if (is_shown)
        row->standing = TL_STANDING_FULFILLED;
    if (status != TL_OK || is_shown)
        return status;
    status = read_latest(&latest, store, product, requirement->code, on, arena, err);
    if (status != TL_OK || latest.ground == NULL || latest.answer == TL_ANSWER_LAPSED)
        return status;
    row->standing = latest.answer == TL_ANSWER_FULFILLED ? TL_STANDING_FULFILLED : TL_STANDING_EXPLAINED;
    row->ground = latest.ground;
    row->by = latest.by;
    row->since = latest.from;
    return TL_OK;
}

tl_status tl_governance_read(struct tl_governance_row **out, size_t *count, struct tl_store *store, const char *product,
                             int level, struct tl_date on, struct tl_arena *arena, struct tl_err *err)
{
    const struct tl_requirement *requirements = tl_requirement_list(count);
    struct tl_governance_row *rows = tl_arena_alloc(arena, *count, sizeof *rows);
    int held = level;
    tl_status status = rows == NULL ? tl_err_memory(err) : tl_product_level_on(&held, store, product, on, err);
    for (size_t i = 0; status == TL_OK && i < *count; i++) {
        rows[i].requirement = &requirements[i];
        status = read_row(&rows[i], store, product, level == 0 ? held : level, on, arena, err);
    }
    *out = rows;
    return status;
}

tl_status tl_governance_rows(struct tl_governance_row **out, size_t *count, struct tl_store *store, const char *product,
                             struct tl_date on, struct tl_arena *arena, struct tl_err *err)
{
    size_t all = 0;
    int level = 0;
    *count = 0;
    tl_status status = tl_product_level_on(&level, store, product, on, err);
    if (status == TL_OK)
        status = tl_governance_read(out, &all, store, product, level, on, arena, err);
    for (size_t i = 0; status == TL_OK && i < all; i++)
        if (tl_requirement_is_recommended((*out)[i].requirement, level))
            (*out)[(*count)++] = (*out)[i];
    return status;
}

const char *tl_governance_standing_en(tl_governance_standing standing)
{
    static const char *const names[] = {"fulfilled", "explained", "missing", "recommended", "later"};
    return names[standing];
}

const char *tl_governance_standing_da(tl_governance_standing standing)
{
    static const char *const names[] = {"opfyldt", "forklaret", "mangler", "anbefales", "senere"};
    return names[standing];
}
