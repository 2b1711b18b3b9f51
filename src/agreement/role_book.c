/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/agreement/role_book.h"

#include "tilslut/base/person.h"
#include "tilslut/store/stmt.h"

enum { SQL_ROLES, SQL_RULES };

#define DECIDED "d.body || ' ' || d.decided_on || ' ' || d.reference"

static const char *const SQL[] = {
    [SQL_ROLES] = "SELECT g.id, g.act_id, g.person, g.role, coalesce(g.product_code, ''), g.valid_from, "
                  "coalesce(" DECIDED ", g.evidence), a.actor, a.recorded_at, e.act_id, coalesce(e.valid_until, ''), "
                  "coalesce(e.evidence, ''), coalesce(b.actor, '') FROM role_grant g JOIN act a ON a.id = g.act_id "
                  "LEFT JOIN decision d ON d.id = g.decision_id "
                  "LEFT JOIN role_end e ON e.grant_id = g.id AND e.act_id <= ?1 LEFT JOIN act b ON b.id = e.act_id "
                  "WHERE g.act_id <= ?1 ORDER BY g.id",
    [SQL_RULES] = "SELECT r.id, r.act_id, r.product_code, r.approvers, r.above_minor, r.valid_from, " DECIDED ", "
                  "a.actor, a.recorded_at FROM role_rule r JOIN act a ON a.id = r.act_id "
                  "JOIN decision d ON d.id = r.decision_id WHERE r.act_id <= ?1 ORDER BY r.id",
};

static tl_status read_holding(struct tl_role_holding *out, struct tl_stmt *stmt, struct tl_arena *arena,
                              struct tl_err *err)
{
    *out = (struct tl_role_holding){.id = tl_stmt_int(stmt, 0),
                                    .act = tl_stmt_int(stmt, 1),
                                    .person = tl_stmt_copy(stmt, 2, arena),
                                    .product = tl_stmt_copy(stmt, 4, arena),
                                    .from = tl_stmt_date(stmt, 5),
                                    .ground = tl_stmt_copy(stmt, 6, arena),
                                    .given_by = tl_stmt_copy(stmt, 7, arena),
                                    .given_at = tl_stmt_copy(stmt, 8, arena),
                                    .end_act = tl_stmt_is_null(stmt, 9) ? INT64_MAX : tl_stmt_int(stmt, 9),
                                    .until = tl_stmt_date(stmt, 10),
                                    .end_evidence = tl_stmt_copy(stmt, 11, arena),
                                    .ended_by = tl_stmt_copy(stmt, 12, arena)};
    if (out->person == NULL || out->product == NULL || out->ground == NULL || out->given_by == NULL ||
        out->given_at == NULL || out->end_evidence == NULL || out->ended_by == NULL)
        return tl_err_memory(err);
    struct tl_err told = TL_ERR_NONE;
    if (tl_role_parse(&out->role, tl_stmt_text(stmt, 3), &told) != TL_OK)
        return tl_err_set(err, TL_ERR_BROKEN, "%s", told.message);
    return TL_OK;
}

static tl_status read_rule(struct tl_role_rule_row *out, struct tl_stmt *stmt, struct tl_arena *arena,
                           struct tl_err *err)
{
    bool is_of_all = tl_stmt_is_null(stmt, 2);
    *out = (struct tl_role_rule_row){.id = tl_stmt_int(stmt, 0),
                                     .act = tl_stmt_int(stmt, 1),
                                     .rule = {.product = is_of_all ? NULL : tl_stmt_copy(stmt, 2, arena),
                                              .approvers = tl_stmt_copy(stmt, 3, arena),
                                              .is_above = !tl_stmt_is_null(stmt, 4),
                                              .above = {tl_stmt_int(stmt, 4)},
                                              .from = tl_stmt_date(stmt, 5),
                                              .decision = tl_stmt_copy(stmt, 6, arena)},
                                     .by = tl_stmt_copy(stmt, 7, arena),
                                     .at = tl_stmt_copy(stmt, 8, arena)};
    bool whole = (is_of_all || out->rule.product != NULL) && out->rule.approvers != NULL &&
                 out->rule.decision != NULL && out->by != NULL && out->at != NULL;
    return whole ? TL_OK : tl_err_memory(err);
}

static tl_status read_roles(struct tl_role_book *out, struct tl_store *store, struct tl_arena *arena,
                            struct tl_err *err)
{
    struct tl_stmt *stmt;
    size_t capacity = 0;
    bool row;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_ROLES], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_int(stmt, 1, tl_store_known(store));
    while (status == TL_OK && (status = tl_stmt_next(stmt, &row, err)) == TL_OK && row) {
        out->items = tl_arena_grow(arena, out->items, out->count, &capacity, sizeof *out->items);
        status = out->items == NULL ? tl_err_memory(err) : read_holding(&out->items[out->count++], stmt, arena, err);
    }
    if (status != TL_OK)
        tl_stmt_end(stmt);
    return status;
}

static tl_status read_rules(struct tl_role_book *out, struct tl_store *store, struct tl_arena *arena,
                            struct tl_err *err)
{
    struct tl_stmt *stmt;
    size_t capacity = 0;
    bool row;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_RULES], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_int(stmt, 1, tl_store_known(store));
    while (status == TL_OK && (status = tl_stmt_next(stmt, &row, err)) == TL_OK && row) {
        out->rules = tl_arena_grow(arena, out->rules, out->rule_count, &capacity, sizeof *out->rules);
        status = out->rules == NULL ? tl_err_memory(err) : read_rule(&out->rules[out->rule_count++], stmt, arena, err);
    }
    if (status != TL_OK)
        tl_stmt_end(stmt);
    return status;
}

tl_status tl_role_book_read(struct tl_role_book *out, struct tl_store *store, struct tl_arena *arena,
                            struct tl_err *err)
{
    *out = (struct tl_role_book){0};
    tl_status status = read_roles(out, store, arena, err);
    return status == TL_OK ? read_rules(out, store, arena, err) : status;
}

/* Whether a role that was given for `held` is one for `product` too, as one for the whole ledger is. NULL: any. */
static bool covers(const char *held, const char *product)
{
    return held[0] == '\0' || product == NULL || tl_text_equal(held, product);
}

bool tl_role_book_governs(const struct tl_role_book *book, int64_t act, const char *product)
{
    for (size_t i = 0; i < book->count; i++)
        if (book->items[i].act < act && (TL_ROLES_OF(book->items[i].role) & TL_ROLES_READ) == 0 &&
            covers(book->items[i].product, product))
            return true;
    return false;
}

/* Whether it is one of the roles, was known at the moment, and holds then. */
static bool holds(const struct tl_role_holding *held, struct tl_role_moment moment, unsigned roles)
{
    bool has_ended = held->end_act < moment.act && tl_date_compare(held->until, moment.on) < 0;
    return (roles & TL_ROLES_OF(held->role)) != 0 && held->act < moment.act &&
           tl_date_compare(held->from, moment.on) <= 0 && !has_ended;
}

/* Which of two roles is named for an act. */
static bool is_nearer(const struct tl_role_holding *a, const struct tl_role_holding *b)
{
    if ((a->product[0] == '\0') != (b->product[0] == '\0'))
        return a->product[0] != '\0';
    return a->role < b->role;
}

const struct tl_role_holding *tl_role_book_find(const struct tl_role_book *book, struct tl_role_moment moment,
                                                const char *person, const char *product, unsigned roles)
{
    const struct tl_role_holding *found = NULL;
    for (size_t i = 0; i < book->count; i++) {
        const struct tl_role_holding *held = &book->items[i];
        if (holds(held, moment, roles) && covers(held->product, product) &&
            (person == NULL || tl_person_is_same(held->person, person)) && (found == NULL || is_nearer(held, found)))
            found = held;
    }
    return found;
}

const struct tl_role_rule *tl_role_book_rule(const struct tl_role_book *book, struct tl_role_moment moment,
                                             const char *product)
{
    const struct tl_role_rule *found = NULL;
    for (size_t i = 0; i < book->rule_count; i++) {
        const struct tl_role_rule *rule = &book->rules[i].rule;
        bool is_own = rule->product != NULL;
        if (book->rules[i].act >= moment.act || tl_date_compare(rule->from, moment.on) > 0 ||
            (is_own && !tl_text_equal(rule->product, product)))
            continue;
        bool found_own = found != NULL && found->product != NULL;
        if (found == NULL || (is_own && !found_own) ||
            (is_own == found_own && tl_date_compare(rule->from, found->from) >= 0))
            found = rule;
    }
    return found;
}

enum { NAMES_MAX = 6 };

/* Whether the same person, with the same role, was written for an earlier row. */
static bool was_written(const struct tl_role_book *book, size_t at, struct tl_role_moment moment, const char *product,
                        unsigned roles)
{
    for (size_t i = 0; i < at; i++)
        if (holds(&book->items[i], moment, roles) && covers(book->items[i].product, product) &&
            book->items[i].role == book->items[at].role &&
            tl_person_is_same(book->items[i].person, book->items[at].person))
            return true;
    return false;
}

/* ` (internal)`, or nothing. */
static const char *side_of(tl_role role)
{
    return role == TL_ROLE_APPROVER_INTERNAL ? " (internal)" : role == TL_ROLE_APPROVER_EXTERNAL ? " (external)" : "";
}

static void write_names(struct tl_buf *out, const struct tl_role_book *book, struct tl_role_moment moment,
                        const char *product, unsigned roles, const char *word)
{
    size_t written = 0, count = 0;
    for (size_t i = 0; i < book->count; i++)
        count += holds(&book->items[i], moment, roles) && covers(book->items[i].product, product) &&
                 !was_written(book, i, moment, product, roles);
    if (count == 0) {
        tl_buf_format(out, "nobody is %s", word);
        return;
    }
    tl_buf_format(out, "%s%s ", word, count == 1 ? " is" : "s are");
    for (size_t i = 0; i < book->count && written < NAMES_MAX; i++) {
        const struct tl_role_holding *held = &book->items[i];
        if (!holds(held, moment, roles) || !covers(held->product, product) ||
            was_written(book, i, moment, product, roles))
            continue;
        const char *before = written == 0 ? "" : written + 1 == count ? " and " : ", ";
        tl_buf_format(out, "%s%.40s%s", before, held->person, side_of(held->role));
        written++;
    }
    if (written < count)
        tl_buf_format(out, " and %zu more", count - written);
}

void tl_role_book_write(struct tl_buf *out, const struct tl_role_book *book, struct tl_role_moment moment,
                        const char *product, unsigned roles)
{
    if ((roles & TL_ROLES_DRAFT) != 0)
        write_names(out, book, moment, product, TL_ROLES_DRAFT, "drafter");
    if ((roles & TL_ROLES_DRAFT) != 0 && (roles & TL_ROLES_APPROVE) != 0)
        tl_buf_text(out, ", ");
    if ((roles & TL_ROLES_APPROVE) != 0)
        write_names(out, book, moment, product, roles & TL_ROLES_APPROVE, "approver");
}
