/* SPDX-License-Identifier: MPL-2.0 */
#include "governance_shown.h"

#include <inttypes.h>
#include <string.h>
#include <strings.h>

#include "tilslut/agreement/decision.h"
#include "tilslut/agreement/product_body.h"
#include "tilslut/agreement/product_fact.h"
#include "tilslut/agreement/supplier.h"
#include "tilslut/agreement/terms_book.h"
#include "tilslut/base/text.h"
#include "tilslut/store/stmt.h"

enum { SQL_MUNICIPALITIES, SQL_MEMBERS, SQL_BOARD, SQL_PRICE_LIST };

static const char *const SQL[] = {
    [SQL_MUNICIPALITIES] =
        "SELECT count(*) FROM (SELECT party_code AS code FROM membership m WHERE product_code = ?1 AND act_id <= ?3 "
        "AND "
        "EXISTS (SELECT 1 FROM membership_event WHERE membership_id = m.id AND event = 'signed' AND holds_on <= ?2 AND "
        "act_id <= ?3) AND NOT EXISTS (SELECT 1 FROM membership_event WHERE membership_id = m.id AND event = 'ends' "
        "AND "
        "holds_on < ?2 AND act_id <= ?3) "
        "UNION SELECT party_code FROM product_body b WHERE product_code = ?1 AND id = (SELECT id FROM product_body "
        "WHERE product_code = ?1 AND body = b.body AND party_code = b.party_code AND valid_from <= ?2 AND "
        "act_id <= ?3 ORDER BY valid_from DESC, id DESC LIMIT 1) AND is_seated) "
        "WHERE EXISTS (SELECT 1 FROM party_version WHERE party_code = code AND kind = 'municipality')",
    [SQL_MEMBERS] =
        "SELECT count(*) FROM membership m WHERE product_code = ?1 AND act_id <= ?3 AND "
        "EXISTS (SELECT 1 FROM membership_event WHERE membership_id = m.id AND event = 'signed' AND holds_on <= ?2 AND "
        "act_id <= ?3) AND NOT EXISTS (SELECT 1 FROM membership_event WHERE membership_id = m.id AND event = 'ends' "
        "AND "
        "holds_on < ?2 AND act_id <= ?3)",
    /* the board's latest word on a level that needs it */
    [SQL_BOARD] = "SELECT l.decision_id FROM product_level l JOIN decision d ON d.id = l.decision_id WHERE "
                  "l.product_code = ?1 AND l.valid_from <= ?2 AND l.act_id <= ?3 AND l.level >= 2 AND "
                  "d.body IN ('bestyrelse', 'generalforsamling') ORDER BY l.valid_from DESC, l.id DESC LIMIT 1",
    [SQL_PRICE_LIST] =
        ("SELECT coalesce(max(year), 0) FROM document WHERE kind = 'pricelist' AND product_code = ?1 AND "
         "issued_on <= ?2 AND act_id <= ?3 AND year >= CAST(substr(?2, 1, 4) AS INTEGER)"),
};

/* What is asked, and where the answer goes. */
struct question {
    struct tl_store *store;
    const char *product;
    struct tl_date on;
    struct tl_arena *arena;
    bool is_shown;
    const char *ground;
};

static tl_status count_of(int64_t *out, const struct question *q, const char *sql, struct tl_err *err)
{
    struct tl_stmt *stmt;
    tl_status status = tl_stmt_get(&stmt, q->store, sql, err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_text(stmt, 1, q->product);
    tl_stmt_bind_date(stmt, 2, q->on);
    tl_stmt_bind_int(stmt, 3, tl_store_known(q->store));
    return tl_stmt_answer(stmt, out, err);
}

static tl_status ask_municipalities(struct question *q, struct tl_err *err)
{
    int64_t count = 0;
    tl_status status = count_of(&count, q, SQL[SQL_MUNICIPALITIES], err);
    q->is_shown = count > 1;
    q->ground = count == 0   ? ""
                : count == 1 ? "1 municipality"
                             : tl_arena_format(q->arena, "%" PRId64 " municipalities", count);
    return status;
}

static bool is_at_os2(const char *repository)
{
    static const char place[] = "https://github.com/OS2";
    return strncasecmp(repository, place, sizeof place - 1) == 0;
}

static tl_status ask_fact(struct question *q, tl_requirement_shown shown, struct tl_err *err)
{
    struct tl_product_facts facts;
    tl_status status = tl_product_fact_read(&facts, q->store, q->product, q->on, q->arena, err);
    if (status != TL_OK)
        return status;
    const char *const *values = facts.values;
    switch (shown) {
    case TL_SHOWN_BY_PURPOSE:
        q->ground = values[TL_PRODUCT_PURPOSE_DA];
        q->is_shown = q->ground[0] != '\0';
        break;
    case TL_SHOWN_BY_REPOSITORY:
        q->ground = values[TL_PRODUCT_REPOSITORY];
        q->is_shown = is_at_os2(q->ground);
        break;
    case TL_SHOWN_BY_LICENCE:
        q->ground = values[TL_PRODUCT_LICENCE];
        q->is_shown = tl_text_equal(q->ground, "MPL-2.0");
        break;
    default:
        q->ground = values[TL_PRODUCT_DOCUMENT_LICENCE];
        q->is_shown = tl_text_equal(q->ground, "CC-BY-SA-4.0");
    }
    return TL_OK;
}

static tl_status ask_board(struct question *q, struct tl_err *err)
{
    int64_t id = 0;
    struct tl_decision decision;
    tl_status status = count_of(&id, q, SQL[SQL_BOARD], err);
    if (status != TL_OK || id == 0)
        return status;
    status = tl_decision_find(&decision, q->store, id, q->arena, err);
    q->is_shown = status == TL_OK;
    if (status == TL_OK)
        q->ground = tl_decision_text(&decision, q->arena);
    return status;
}

static tl_status ask_body(struct question *q, const char *body, struct tl_err *err)
{
    struct tl_product_seat *seats = NULL;
    size_t count = 0, held = 0;
    tl_status status = tl_product_body_list(&seats, &count, q->store, q->product, q->on, q->arena, err);
    for (size_t i = 0; status == TL_OK && i < count; i++)
        held += tl_text_equal(seats[i].body, body) ? 1 : 0;
    q->is_shown = held > 0;
    if (held > 0)
        q->ground = tl_arena_format(q->arena, held == 1 ? "%zu seat" : "%zu seats", held);
    return status;
}

/* The terms in force; *found false where there are none. */
static tl_status find_terms(struct tl_adopted *out, bool *found, const struct question *q, struct tl_err *err)
{
    struct tl_err missing = TL_ERR_NONE;
    tl_status status = tl_terms_book_in_force(out, q->store, q->product, q->on, q->arena, &missing);
    *found = status == TL_OK;
    if (status == TL_OK || status == TL_ERR_MISSING)
        return TL_OK;
    *err = missing;
    return status;
}

static tl_status ask_terms(struct question *q, struct tl_err *err)
{
    struct tl_adopted adopted;
    tl_status status = find_terms(&adopted, &q->is_shown, q, err);
    if (status != TL_OK || !q->is_shown)
        return status;
    const char *decision = tl_decision_text(&adopted.decision, q->arena);
    q->ground = decision == NULL ? NULL : tl_arena_format(q->arena, "version %d, %s", adopted.version, decision);
    return TL_OK;
}

static tl_status ask_money(struct question *q, struct tl_err *err)
{
    struct tl_adopted adopted;
    struct tl_terms terms = TL_TERMS_EMPTY;
    int64_t members = 0;
    bool found, annual = false;
    tl_status status = find_terms(&adopted, &found, q, err);
    if (status != TL_OK || !found)
        return status;
    status = tl_terms_book_read(&terms, &adopted, err);
    for (size_t i = 0; status == TL_OK && i < terms.line_count; i++)
        annual = annual || terms.lines[i].kind == TL_LINE_ANNUAL;
    tl_terms_release(&terms);
    if (status == TL_OK)
        status = count_of(&members, q, SQL[SQL_MEMBERS], err);
    q->is_shown = annual && members > 0;
    if (members > 0)
        q->ground = tl_arena_format(q->arena, members == 1 ? "%" PRId64 " member%s" : "%" PRId64 " members%s", members,
                                    annual ? "" : ", but no yearly contribution");
    return status;
}

static tl_status ask_price_list(struct question *q, struct tl_err *err)
{
    int64_t year = 0;
    tl_status status = count_of(&year, q, SQL[SQL_PRICE_LIST], err);
    q->is_shown = year > 0;
    if (year > 0)
        q->ground = tl_arena_format(q->arena, "takstblad %" PRId64, year);
    return status;
}

static tl_status ask_suppliers(struct question *q, bool partners, struct tl_err *err)
{
    struct tl_supplier *suppliers = NULL;
    size_t count = 0, partner_count = 0;
    const char *without = NULL;
    tl_status status = tl_supplier_list(&suppliers, &count, q->store, q->product, q->on, q->arena, err);
    for (size_t i = 0; status == TL_OK && i < count; i++)
        if (tl_date_is_none(suppliers[i].partner_since) || tl_date_compare(suppliers[i].partner_since, q->on) > 0)
            without = suppliers[i].name;
        else
            partner_count++;
    if (count == 0) {
        q->ground = partners ? "no supplier is attached" : "";
        return status;
    }
    q->is_shown = !partners || partner_count == count;
    q->ground = !partners     ? tl_arena_format(q->arena, count == 1 ? "%zu supplier" : "%zu suppliers", count)
                : q->is_shown ? tl_arena_format(q->arena, "%zu of %zu suppliers", partner_count, count)
                              : tl_arena_format(q->arena, "%s has not", without);
    return status;
}

static tl_status ask(struct question *q, tl_requirement_shown shown, struct tl_err *err)
{
    switch (shown) {
    case TL_SHOWN_BY_MUNICIPALITIES:
        return ask_municipalities(q, err);
    case TL_SHOWN_BY_BOARD:
        return ask_board(q, err);
    case TL_SHOWN_BY_STEERING_GROUP:
        return ask_body(q, "styregruppe", err);
    case TL_SHOWN_BY_COORDINATION_GROUP:
        return ask_body(q, "koordinationsgruppe", err);
    case TL_SHOWN_BY_TERMS:
        return ask_terms(q, err);
    case TL_SHOWN_BY_SECURED_MONEY:
        return ask_money(q, err);
    case TL_SHOWN_BY_PRICE_LIST:
        return ask_price_list(q, err);
    case TL_SHOWN_BY_SUPPLIER:
        return ask_suppliers(q, false, err);
    case TL_SHOWN_BY_PARTNER_AGREEMENTS:
        return ask_suppliers(q, true, err);
    case TL_SHOWN_BY_PURPOSE:
    case TL_SHOWN_BY_REPOSITORY:
    case TL_SHOWN_BY_LICENCE:
    case TL_SHOWN_BY_DOCUMENT_LICENCE:
        return ask_fact(q, shown, err);
    case TL_SHOWN_BY_HAND:
        break;
    }
    return TL_OK;
}

tl_status tl_governance_ask(bool *is_shown, const char **ground, tl_requirement_shown shown, struct tl_store *store,
                            const char *product, struct tl_date on, struct tl_arena *arena, struct tl_err *err)
{
    struct question q = {store, product, on, arena, false, ""};
    tl_status status = ask(&q, shown, err);
    *is_shown = q.is_shown;
    *ground = q.ground;
    return status == TL_OK && q.ground == NULL ? tl_err_memory(err) : status;
}
