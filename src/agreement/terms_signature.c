/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/agreement/terms_signature.h"

#include <inttypes.h>

#include "terms_versions.h"
#include "tilslut/agreement/terms_binding.h"
#include "tilslut/store/stmt.h"

enum { SQL_MEMBERSHIP, SQL_ADD, SQL_ALL };

static const char *const SQL[] = {
    [SQL_MEMBERSHIP] = "SELECT id FROM membership WHERE product_code = ?1 AND party_code = ?2 ORDER BY id DESC LIMIT 1",
    [SQL_ADD] = "INSERT INTO terms_signature (membership_id, terms_id, signed_on, evidence, act_id) "
                "VALUES (?1, ?2, ?3, ?4, ?5)",
    [SQL_ALL] = "SELECT s.id, s.membership_id, m.product_code, m.party_code, t.product_code, t.version, s.signed_on, "
                "d.decided_on FROM terms_signature s JOIN membership m ON m.id = s.membership_id "
                "JOIN terms t ON t.id = s.terms_id JOIN decision d ON d.id = t.decision_id "
                "ORDER BY s.membership_id, s.id",
};

static tl_status check_date(const struct tl_terms_signing *signing, const struct tl_adopted *version,
                            struct tl_date today, struct tl_err *err)
{
    char date[TL_DATE_TEXT_SIZE], decided[TL_DATE_TEXT_SIZE];
    tl_date_iso(signing->signed_on, date);
    if (tl_date_compare(signing->signed_on, version->decision.date) < 0)
        return tl_err_set(err, TL_ERR_INPUT, "version %d was decided on %s, so nobody signed it on %s",
                          version->version, tl_date_iso(version->decision.date, decided), date);
    return tl_date_compare(signing->signed_on, today) > 0
               ? tl_err_set(err, TL_ERR_INPUT, "%s has not come yet, so nobody signed on it", date)
               : TL_OK;
}

/* The version that is signed, which is later than what the member has signed. */
static tl_status find_version(const struct tl_adopted **out, const struct tl_terms_versions *versions,
                              const struct tl_terms_binding *binding, const struct tl_terms_signing *signing,
                              struct tl_err *err)
{
    size_t at = tl_terms_versions_index(versions, signing->version);
    if (at == versions->count) {
        (void)tl_err_set(err, TL_ERR_NOT_FOUND, "the terms of '%s' have no version %d", signing->product,
                         signing->version);
        tl_err_hint(err, "tilslut list terms %s shows the versions", signing->product);
        return TL_ERR_NOT_FOUND;
    }
    *out = versions->items[at].adopted;
    if (binding->signed_version->version < signing->version)
        return TL_OK;
    (void)tl_err_set(err, TL_ERR_CONFLICT, "%s (%s) has signed version %d of the terms of '%s' already", binding->name,
                     binding->member, binding->signed_version->version, signing->product);
    tl_err_hint(err, "tilslut list signatures %s shows who signed what", signing->product);
    return TL_ERR_CONFLICT;
}

static tl_status add(struct tl_store *store, const struct tl_terms_signing *signing, int64_t terms, struct tl_err *err)
{
    struct tl_stmt *stmt;
    int64_t membership = 0;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_MEMBERSHIP], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_text(stmt, 1, signing->product);
    tl_stmt_bind_text(stmt, 2, signing->member);
    status = tl_stmt_answer(stmt, &membership, err);
    if (status == TL_OK)
        status = tl_stmt_get(&stmt, store, SQL[SQL_ADD], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_int(stmt, 1, membership);
    tl_stmt_bind_int(stmt, 2, terms);
    tl_stmt_bind_date(stmt, 3, signing->signed_on);
    tl_stmt_bind_text(stmt, 4, signing->evidence);
    tl_stmt_bind_int(stmt, 5, tl_store_act(store));
    return tl_stmt_run(stmt, err);
}

tl_status tl_terms_signature_record(struct tl_store *store, const struct tl_terms_signing *signing,
                                    struct tl_date today, struct tl_err *err)
{
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct tl_terms_versions versions = {.count = 0};
    struct tl_terms_binding binding;
    const struct tl_adopted *version = NULL;
    tl_status status = TL_OK;
    if (signing->evidence == NULL || signing->evidence[0] == '\0') {
        status = tl_err_set(err, TL_ERR_MISSING, "a signature needs evidence");
        tl_err_hint(err, "add --evidence \"where the signed document is\"");
    }
    if (status == TL_OK)
        status = tl_terms_versions_read(&versions, store, signing->product, &arena, err);
    if (status == TL_OK)
        status =
            tl_terms_binding_find(&binding, store, signing->product, signing->member, signing->signed_on, &arena, err);
    if (status == TL_OK)
        status = find_version(&version, &versions, &binding, signing, err);
    if (status == TL_OK)
        status = check_date(signing, version, today, err);
    if (status == TL_OK)
        status = add(store, signing, version->id, err);
    tl_terms_versions_release(&versions);
    tl_arena_release(&arena);
    return status;
}

/* One row against the one before it of the same membership. */
static tl_status check_row(struct tl_check_work *work, struct tl_stmt *stmt, int64_t membership_before,
                           int64_t version_before, struct tl_err *err)
{
    int64_t id = tl_stmt_int(stmt, 0), version = tl_stmt_int(stmt, 5);
    const char *party = tl_stmt_text(stmt, 3);
    char date[TL_DATE_TEXT_SIZE];
    if (!tl_text_equal(tl_stmt_text(stmt, 2), tl_stmt_text(stmt, 4)))
        return tl_check_found(work, err, "signature %" PRId64 " of %s is of the terms of another product", id, party);
    if (tl_stmt_int(stmt, 1) == membership_before && version <= version_before)
        return tl_check_found(work, err,
                              "signature %" PRId64 " of %s is of version %" PRId64 ", after version %" PRId64, id,
                              party, version, version_before);
    if (tl_date_compare(tl_stmt_date(stmt, 6), tl_stmt_date(stmt, 7)) < 0)
        return tl_check_found(work, err, "signature %" PRId64 " of %s is of %s, before version %" PRId64 " was decided",
                              id, party, tl_date_iso(tl_stmt_date(stmt, 6), date), version);
    return TL_OK;
}

tl_status tl_terms_signature_check(struct tl_check_work *work, struct tl_store *store, struct tl_err *err)
{
    struct tl_stmt *stmt;
    int64_t count = 0, membership = 0, version = 0;
    bool row;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_ALL], err);
    while (status == TL_OK && (status = tl_stmt_next(stmt, &row, err)) == TL_OK && row) {
        status = check_row(work, stmt, membership, version, err);
        membership = tl_stmt_int(stmt, 1);
        version = tl_stmt_int(stmt, 5);
        count++;
    }
    tl_check_counted(work, count, "new signature", "new signatures");
    return status;
}
