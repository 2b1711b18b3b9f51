/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/agreement/role.h"

#include <string.h>

#include "tilslut/agreement/decision.h"
#include "tilslut/agreement/product.h"
#include "tilslut/agreement/role_book.h"
#include "tilslut/base/person.h"
#include "tilslut/base/text.h"
#include "tilslut/store/stmt.h"

enum { PERSON_MAX = 100 };

enum { SQL_GRANT, SQL_END, SQL_RULE };

static const char *const SQL[] = {
    [SQL_GRANT] = "INSERT INTO role_grant (person, role, product_code, valid_from, decision_id, evidence, act_id) "
                  "VALUES (?1, ?2, ?3, ?4, nullif(?5, 0), ?6, ?7)",
    [SQL_END] = "INSERT INTO role_end (grant_id, valid_until, evidence, act_id) VALUES (?1, ?2, ?3, ?4)",
    [SQL_RULE] = "INSERT INTO role_rule (product_code, approvers, above_minor, valid_from, decision_id, act_id) "
                 "VALUES (?1, ?2, CASE WHEN ?3 THEN ?4 END, ?5, ?6, ?7)",
};

static const struct {
    const char *name, *en, *da;
} names[TL_ROLE_COUNT] = {
    [TL_ROLE_DRAFTER] = {"drafter", "drafter", "sagsbehandler"},
    [TL_ROLE_APPROVER_INTERNAL] = {"approver-internal", "internal approver", "intern godkender"},
    [TL_ROLE_APPROVER_EXTERNAL] = {"approver-external", "external approver", "ekstern godkender"},
    [TL_ROLE_READER] = {"reader", "reader", "læser"},
    [TL_ROLE_AUDITOR] = {"auditor", "auditor", "revisor"},
};

const char *tl_role_name(tl_role role)
{
    return names[role].name;
}

const char *tl_role_en(tl_role role)
{
    return names[role].en;
}

const char *tl_role_da(tl_role role)
{
    return names[role].da;
}

tl_status tl_role_parse(tl_role *out, const char *text, struct tl_err *err)
{
    for (int role = 0; role < TL_ROLE_COUNT; role++)
        if (tl_text_equal(names[role].name, text)) {
            *out = (tl_role)role;
            return TL_OK;
        }
    (void)tl_err_set(err, TL_ERR_INPUT, "there is no role '%.40s'", text);
    tl_err_hint(err, "roles are drafter, approver-internal, approver-external, reader and auditor");
    return TL_ERR_INPUT;
}

static tl_status check_person(const char *person, struct tl_err *err)
{
    size_t length = strlen(person);
    if (length > 0 && length <= PERSON_MAX && person[0] != ' ' && person[length - 1] != ' ')
        return TL_OK;
    (void)tl_err_set(err, TL_ERR_INPUT, "'%.60s' is not a name that acts are recorded under", person);
    tl_err_hint(err, "write it as it is given with --as NAME, in 1 to 100 characters");
    return TL_ERR_INPUT;
}

static const char *scope_of(const char *product)
{
    return product == NULL ? "" : product;
}

/* `os2valghalla`, or the whole ledger. */
static const char *scope_words(const char *product)
{
    return product == NULL || product[0] == '\0' ? "the whole ledger" : product;
}

static tl_status check_product(struct tl_store *store, const char *product, struct tl_arena *arena, struct tl_err *err)
{
    struct tl_product found;
    return product == NULL ? TL_OK : tl_product_find(&found, store, product, arena, err);
}

/* Whether a role that was given goes on at the day, or begins after it. */
static bool goes_on(const struct tl_role_holding *held, struct tl_date on)
{
    return held->end_act == INT64_MAX || tl_date_compare(held->until, on) >= 0;
}

static tl_status check_free(const struct tl_role_book *book, const struct tl_role_request *request, struct tl_err *err)
{
    const char *scope = scope_of(request->product);
    char from[TL_DATE_TEXT_SIZE];
    for (size_t i = 0; i < book->count; i++) {
        const struct tl_role_holding *held = &book->items[i];
        bool other_side = held->role != request->role && (TL_ROLES_OF(held->role) & TL_ROLES_APPROVE) != 0 &&
                          (TL_ROLES_OF(request->role) & TL_ROLES_APPROVE) != 0;
        bool overlaps = tl_text_equal(held->product, scope) || held->product[0] == '\0' || scope[0] == '\0';
        if (!tl_person_is_same(held->person, request->person) || !goes_on(held, request->from))
            continue;
        if (held->role == request->role && tl_text_equal(held->product, scope)) {
            (void)tl_err_set(err, TL_ERR_CONFLICT, "'%s' is %s for %s from %s already", held->person,
                             tl_role_en(held->role), scope_words(scope), tl_date_iso(held->from, from));
            tl_err_hint(err, "tilslut role end records when that ends");
            return TL_ERR_CONFLICT;
        }
        if (other_side && overlaps) {
            (void)tl_err_set(err, TL_ERR_CONFLICT, "'%s' is %s for %s, and cannot be %s too", held->person,
                             tl_role_en(held->role), scope_words(held->product), tl_role_en(request->role));
            tl_err_hint(err, "two approvals are those of two people; give one of the roles to somebody else");
            return TL_ERR_CONFLICT;
        }
    }
    return TL_OK;
}

/* Once there were approvers, nobody takes a role himself; and when the last of them is gone, a decision gives it. */
static tl_status check_giver(const struct tl_role_book *book, const struct tl_role_request *request, const char *actor,
                             struct tl_role_moment moment, struct tl_err *err)
{
    bool is_first = true;
    char date[TL_DATE_TEXT_SIZE];
    for (size_t i = 0; i < book->count && is_first; i++)
        is_first = (TL_ROLES_OF(book->items[i].role) & TL_ROLES_APPROVE) == 0;
    if (is_first)
        return TL_OK;
    if (tl_person_is_same(actor, request->person)) {
        (void)tl_err_set(err, TL_ERR_STATE, "'%s' cannot take a role that nobody else gives", actor);
        tl_err_hint(err, "another approver gives it, with tilslut role grant");
        return TL_ERR_STATE;
    }
    if (request->decision[0] == '\0' && tl_role_book_find(book, moment, NULL, NULL, TL_ROLES_APPROVE) == NULL) {
        (void)tl_err_set(err, TL_ERR_MISSING, "nobody is approver on %s, who could give a role",
                         tl_date_iso(moment.on, date));
        tl_err_hint(err, "a decision gives it then, for example --decision 'bestyrelse 2026-01-10 pkt. 2'");
        return TL_ERR_MISSING;
    }
    return TL_OK;
}

static tl_status add_grant(struct tl_store *store, const struct tl_role_request *request, int64_t decision,
                           struct tl_err *err)
{
    struct tl_stmt *stmt;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_GRANT], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_text(stmt, 1, request->person);
    tl_stmt_bind_text(stmt, 2, tl_role_name(request->role));
    tl_stmt_bind_text(stmt, 3, request->product);
    tl_stmt_bind_date(stmt, 4, request->from);
    tl_stmt_bind_int(stmt, 5, decision);
    tl_stmt_bind_text(stmt, 6, request->evidence);
    tl_stmt_bind_int(stmt, 7, tl_store_act(store));
    return tl_stmt_run(stmt, err);
}

static tl_status check_ground(const struct tl_role_request *request, struct tl_err *err)
{
    if (request->decision[0] != '\0' || request->evidence[0] != '\0')
        return TL_OK;
    (void)tl_err_set(err, TL_ERR_MISSING, "a role needs a decision, or evidence");
    tl_err_hint(err, "for example --decision 'styregruppe 2026-01-10 pkt. 2', or --evidence 'fuldmagt 2026-01-05'");
    return TL_ERR_MISSING;
}

tl_status tl_role_grant(struct tl_store *store, const struct tl_role_request *request, const char *actor,
                        struct tl_date today, struct tl_err *err)
{
    struct tl_role_moment moment = {tl_store_act(store), today};
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct tl_role_book book;
    struct tl_decision decision = {.id = 0};
    tl_status status = check_person(request->person, err);
    if (status == TL_OK)
        status = check_ground(request, err);
    if (status == TL_OK)
        status = check_product(store, request->product, &arena, err);
    if (status == TL_OK && request->decision[0] != '\0')
        status = tl_decision_parse(&decision, request->decision, &arena, err);
    if (status == TL_OK)
        status = tl_role_book_read(&book, store, &arena, err);
    if (status == TL_OK)
        status = check_giver(&book, request, actor, moment, err);
    if (status == TL_OK)
        status = check_free(&book, request, err);
    if (status == TL_OK && request->decision[0] != '\0')
        status = tl_decision_record(&decision, store, err);
    if (status == TL_OK)
        status = add_grant(store, request, decision.id, err);
    tl_arena_release(&arena);
    return status;
}

/* The role without an end that began at the latest on the day after `last`. */
static tl_status find_held(const struct tl_role_holding **out, const struct tl_role_book *book, const char *person,
                           tl_role role, const char *product, struct tl_date last, struct tl_err *err)
{
    const char *scope = scope_of(product);
    char text[TL_DATE_TEXT_SIZE];
    *out = NULL;
    for (size_t i = 0; i < book->count; i++) {
        const struct tl_role_holding *held = &book->items[i];
        if (held->role == role && tl_text_equal(held->product, scope) && tl_person_is_same(held->person, person) &&
            held->end_act == INT64_MAX && tl_date_compare(held->from, tl_date_add_days(last, 1)) <= 0)
            *out = held;
    }
    if (*out != NULL)
        return TL_OK;
    (void)tl_err_set(err, TL_ERR_NOT_FOUND, "'%.60s' has no role as %s for %s that ends on %s", person,
                     tl_role_en(role), scope_words(product), tl_date_iso(last, text));
    tl_err_hint(err, "tilslut list roles shows who has which role, for which product and since when");
    return TL_ERR_NOT_FOUND;
}

tl_status tl_role_end(struct tl_store *store, const char *person, tl_role role, const char *product,
                      struct tl_date last, const char *evidence, struct tl_err *err)
{
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct tl_role_book book;
    const struct tl_role_holding *held = NULL;
    struct tl_stmt *stmt;
    tl_status status = TL_OK;
    if (evidence[0] == '\0') {
        status = tl_err_set(err, TL_ERR_MISSING, "the end of a role needs evidence");
        tl_err_hint(err, "for example --evidence 'fratrådt, mail 2026-06-01'");
    }
    if (status == TL_OK)
        status = check_product(store, product, &arena, err);
    if (status == TL_OK)
        status = tl_role_book_read(&book, store, &arena, err);
    if (status == TL_OK)
        status = find_held(&held, &book, person, role, product, last, err);
    if (status == TL_OK)
        status = tl_stmt_get(&stmt, store, SQL[SQL_END], err);
    if (status == TL_OK) {
        tl_stmt_bind_int(stmt, 1, held->id);
        tl_stmt_bind_date(stmt, 2, last);
        tl_stmt_bind_text(stmt, 3, evidence);
        tl_stmt_bind_int(stmt, 4, tl_store_act(store));
        status = tl_stmt_run(stmt, err);
    }
    tl_arena_release(&arena);
    return status;
}

/* ---- rules ---- */

static tl_status check_approvers(const char *approvers, struct tl_err *err)
{
    static const char *const known[] = {"any", "internal", "external", "internal+external"};
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
        if (tl_text_equal(known[i], approvers))
            return TL_OK;
    (void)tl_err_set(err, TL_ERR_INPUT, "'%.40s' does not say who approves", approvers);
    tl_err_hint(err, "write any, internal, external, or internal+external where both must");
    return TL_ERR_INPUT;
}

static tl_status check_rule(const struct tl_role_rule *rule, const struct tl_role_book *book, int64_t act,
                            struct tl_err *err)
{
    char text[TL_MONEY_TEXT_SIZE];
    if (rule->is_above && rule->above.minor < 0)
        return tl_err_set(err, TL_ERR_INPUT, "a run cannot move less than nothing, as --above %s says",
                          tl_money_plain(rule->above, text));
    if (rule->decision[0] == '\0') {
        (void)tl_err_set(err, TL_ERR_MISSING, "a rule on who approves needs a decision");
        tl_err_hint(err, "for example --decision 'styregruppe 2026-01-10 pkt. 2'");
        return TL_ERR_MISSING;
    }
    if (tl_role_book_governs(book, act, scope_of(rule->product)))
        return TL_OK;
    (void)tl_err_set(err, TL_ERR_STATE, "nobody has a role for %s yet", scope_words(rule->product));
    tl_err_hint(err, "give the approvers their roles first, with tilslut role grant");
    return TL_ERR_STATE;
}

/* TL_ERR_CONFLICT when the same rule is there. */
static tl_status check_new_rule(const struct tl_role_rule *rule, const struct tl_role_book *book, const char *decision,
                                struct tl_err *err)
{
    for (size_t i = 0; i < book->rule_count; i++) {
        const struct tl_role_rule *known = &book->rules[i].rule;
        if (tl_text_equal(scope_of(known->product), scope_of(rule->product)) &&
            tl_text_equal(known->approvers, rule->approvers) && known->is_above == rule->is_above &&
            known->above.minor == rule->above.minor && tl_date_compare(known->from, rule->from) == 0 &&
            tl_text_equal(known->decision, decision))
            return tl_err_set(err, TL_ERR_CONFLICT, "that rule for %s is recorded already", scope_words(rule->product));
    }
    return TL_OK;
}

static tl_status add_rule(struct tl_store *store, const struct tl_role_rule *rule, int64_t decision, struct tl_err *err)
{
    struct tl_stmt *stmt;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_RULE], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_text(stmt, 1, rule->product);
    tl_stmt_bind_text(stmt, 2, rule->approvers);
    tl_stmt_bind_int(stmt, 3, rule->is_above ? 1 : 0);
    tl_stmt_bind_int(stmt, 4, rule->above.minor);
    tl_stmt_bind_date(stmt, 5, rule->from);
    tl_stmt_bind_int(stmt, 6, decision);
    tl_stmt_bind_int(stmt, 7, tl_store_act(store));
    return tl_stmt_run(stmt, err);
}

tl_status tl_role_rule_record(struct tl_store *store, const struct tl_role_rule *rule, struct tl_err *err)
{
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct tl_role_book book;
    struct tl_decision decision;
    const char *decided = NULL;
    tl_status status = check_approvers(rule->approvers, err);
    if (status == TL_OK)
        status = check_product(store, rule->product, &arena, err);
    if (status == TL_OK)
        status = tl_role_book_read(&book, store, &arena, err);
    if (status == TL_OK)
        status = check_rule(rule, &book, tl_store_act(store), err);
    if (status == TL_OK)
        status = tl_decision_parse(&decision, rule->decision, &arena, err);
    if (status == TL_OK && (decided = tl_decision_text(&decision, &arena)) == NULL)
        status = tl_err_memory(err);
    if (status == TL_OK)
        status = check_new_rule(rule, &book, decided, err);
    if (status == TL_OK)
        status = tl_decision_record(&decision, store, err);
    if (status == TL_OK)
        status = add_rule(store, rule, decision.id, err);
    tl_arena_release(&arena);
    return status;
}
