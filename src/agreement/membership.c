/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/agreement/membership.h"

#include <inttypes.h>

#include "membership_parts.h"
#include "terms_words.h"
#include "tilslut/agreement/party.h"
#include "tilslut/agreement/product.h"
#include "tilslut/base/text.h"
#include "tilslut/store/stmt.h"

enum { SQL_ADD, SQL_RUNNING };

static const char *const SQL[] = {
    [SQL_ADD] = "INSERT INTO membership (product_code, party_code, act_id) VALUES (?1, ?2, ?3) RETURNING id",
    /* a membership of the same party that has not ended before the new one begins */
    [SQL_RUNNING] = "SELECT m.id, b.holds_on FROM membership m "
                    "JOIN membership_event b ON b.membership_id = m.id AND b.event = 'begins' "
                    "LEFT JOIN membership_event e ON e.membership_id = m.id AND e.event = 'ends' "
                    "WHERE m.product_code = ?1 AND m.party_code = ?2 AND (e.id IS NULL OR e.holds_on >= ?3) LIMIT 1",
};

static tl_status check_not_member(struct tl_store *store, const struct tl_joining *joining,
                                  const struct tl_party *party, struct tl_err *err)
{
    struct tl_stmt *stmt;
    bool row;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_RUNNING], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_text(stmt, 1, joining->product);
    tl_stmt_bind_text(stmt, 2, joining->party);
    tl_stmt_bind_date(stmt, 3, joining->from);
    status = tl_stmt_next(stmt, &row, err);
    if (status != TL_OK || !row)
        return status;
    status = tl_err_set(err, TL_ERR_CONFLICT, "%s (%s) has joined '%s' already, from %s", party->name, party->code,
                        joining->product, tl_stmt_text(stmt, 1));
    tl_err_hint(err, "tilslut list members %s shows the memberships", joining->product);
    tl_stmt_end(stmt);
    return status;
}

static tl_status check_class(const struct tl_joining *joining, const struct tl_terms *terms, struct tl_err *err)
{
    if (joining->class_by_hand == NULL)
        return TL_OK;
    tl_status status = tl_terms_words_check_class(terms, joining->class_by_hand, err);
    if (status == TL_OK && (joining->class_reason == NULL || joining->class_reason[0] == '\0')) {
        status = tl_err_set(err, TL_ERR_MISSING, "a size class set by hand needs a reason");
        tl_err_hint(err, "add --reason \"...\"");
    }
    return status;
}

static tl_status check_against_terms(struct tl_store *store, const struct tl_joining *joining, struct tl_err *err)
{
    struct tl_terms terms;
    tl_status status = tl_membership_read_terms(&terms, store, joining->product, joining->from, err);
    for (size_t i = 0; status == TL_OK && i < joining->option_count; i++)
        status = tl_terms_words_check_option(&terms, joining->options[i], err);
    for (size_t i = 0; status == TL_OK && i < joining->waiver_count; i++)
        status = tl_terms_words_check_tag(&terms, joining->waivers[i], err);
    if (status == TL_OK)
        status = check_class(joining, &terms, err);
    if (status == TL_OK && joining->waiver_count > 0 && (joining->evidence == NULL || joining->evidence[0] == '\0')) {
        status = tl_err_set(err, TL_ERR_MISSING, "the waiver '%s' needs evidence", joining->waivers[0]);
        tl_err_hint(err, "add --evidence \"where it is documented\"");
    }
    tl_terms_release(&terms);
    return status;
}

static tl_status record_events(struct tl_store *store, int64_t id, const struct tl_joining *joining, struct tl_err *err)
{
    const struct tl_membership_row signed_row = {"signed", joining->signed_on, {0}, "", ""};
    const struct tl_membership_row begins_row = {"begins", joining->from, {0}, "", ""};
    tl_status status = tl_membership_add_row(store, id, &signed_row, err);
    if (status == TL_OK)
        status = tl_membership_add_row(store, id, &begins_row, err);
    for (size_t i = 0; status == TL_OK && i < joining->option_count; i++) {
        const struct tl_membership_row row = {"option taken", joining->from, {0}, joining->options[i], ""};
        status = tl_membership_add_row(store, id, &row, err);
    }
    for (size_t i = 0; status == TL_OK && i < joining->waiver_count; i++) {
        const struct tl_membership_row row = {
            "waiver", joining->signed_on, {0}, joining->waivers[i], joining->evidence};
        status = tl_membership_add_row(store, id, &row, err);
    }
    if (status == TL_OK && joining->class_by_hand != NULL) {
        const struct tl_membership_row row = {
            "class by hand", joining->from, {0}, joining->class_by_hand, joining->class_reason};
        status = tl_membership_add_row(store, id, &row, err);
    }
    return status;
}

tl_status tl_membership_join(int64_t *id, struct tl_store *store, const struct tl_joining *joining, struct tl_err *err)
{
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct tl_product product;
    struct tl_party party;
    struct tl_stmt *stmt;
    tl_status status = tl_product_find(&product, store, joining->product, &arena, err);
    if (status == TL_OK)
        status = tl_party_find(&party, store, joining->party, joining->from, &arena, err);
    if (status == TL_OK)
        status = check_not_member(store, joining, &party, err);
    if (status == TL_OK)
        status = check_against_terms(store, joining, err);
    tl_arena_release(&arena);
    if (status == TL_OK)
        status = tl_stmt_get(&stmt, store, SQL[SQL_ADD], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_text(stmt, 1, joining->product);
    tl_stmt_bind_text(stmt, 2, joining->party);
    tl_stmt_bind_int(stmt, 3, tl_store_act(store));
    status = tl_stmt_answer(stmt, id, err);
    return status == TL_OK ? record_events(store, *id, joining, err) : status;
}
