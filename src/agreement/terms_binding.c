/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/agreement/terms_binding.h"

#include <string.h>

#include "membership_parts.h"
#include "terms_versions.h"
#include "tilslut/agreement/roster.h"
#include "tilslut/base/text.h"
#include "tilslut/store/stmt.h"

static const char SQL_SIGNATURES[] = "SELECT m.party_code, t.version, s.signed_on, s.evidence FROM terms_signature s "
                                     "JOIN membership m ON m.id = s.membership_id JOIN terms t ON t.id = s.terms_id "
                                     "WHERE m.product_code = ?1 AND s.act_id <= ?2 ORDER BY m.party_code, t.version";

/* A new signature, by member and version. */
struct signature {
    const char *member, *evidence;
    int version;
    struct tl_date signed_on;
};

struct reading {
    struct tl_store *store;
    struct tl_arena *arena;
    struct tl_terms_versions versions;
    struct signature *signatures;
    size_t signature_count;
};

/* What a member has signed: the index of a version, and when. */
struct hand {
    size_t version;
    struct tl_date signed_on;
    const char *evidence;
};

static tl_status read_signatures(struct reading *reading, const char *product, struct tl_err *err)
{
    struct tl_stmt *stmt;
    size_t capacity = 0;
    bool row;
    tl_status status = tl_stmt_get(&stmt, reading->store, SQL_SIGNATURES, err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_text(stmt, 1, product);
    tl_stmt_bind_int(stmt, 2, tl_store_known(reading->store));
    while ((status = tl_stmt_next(stmt, &row, err)) == TL_OK && row) {
        struct signature *grown =
            tl_arena_grow(reading->arena, reading->signatures, reading->signature_count, &capacity, sizeof *grown);
        if (grown == NULL)
            return tl_err_memory(err);
        reading->signatures = grown;
        struct signature *next = &grown[reading->signature_count++];
        *next = (struct signature){.member = tl_stmt_copy(stmt, 0, reading->arena),
                                   .version = (int)tl_stmt_int(stmt, 1),
                                   .signed_on = tl_stmt_date(stmt, 2),
                                   .evidence = tl_stmt_copy(stmt, 3, reading->arena)};
        if (next->member == NULL || next->evidence == NULL)
            return tl_err_memory(err);
    }
    return status;
}

static tl_status start(struct reading *reading, struct tl_store *store, const char *product, struct tl_arena *arena,
                       struct tl_err *err)
{
    *reading = (struct reading){.store = store, .arena = arena};
    tl_status status = tl_terms_versions_read(&reading->versions, store, product, arena, err);
    return status == TL_OK ? read_signatures(reading, product, err) : status;
}

const struct tl_adopted *tl_terms_binding_at_signing(const struct tl_adopted *versions, size_t count,
                                                     const struct tl_member *member)
{
    struct tl_date last;
    for (size_t i = count; i-- > 0;)
        if (tl_date_compare(versions[i].decision.date, member->signed_on) <= 0 &&
            tl_date_compare(versions[i].valid_from, member->first) <= 0)
            return &versions[i];
    for (size_t i = 0; i < count; i++)
        if (tl_terms_book_state(&last, versions, count, i, member->first) == TL_TERMS_IN_FORCE)
            return &versions[i];
    return count == 0 ? NULL : &versions[0];
}

/* The version that an agreement was signed under. */
static size_t signed_first(const struct tl_terms_versions *versions, const struct tl_member *member)
{
    return (size_t)(tl_terms_binding_at_signing(versions->adopted, versions->count, member) - versions->adopted);
}

/* The latest version that a member signed, of those that begin by a day (none: of all); a signature on an agreement
 * that has ended does not count for the next. */
static struct hand hand_of(const struct reading *reading, const struct tl_member *member, struct tl_date until)
{
    const struct tl_terms_versions *versions = &reading->versions;
    struct hand hand = {signed_first(versions, member), member->signed_on, ""};
    for (size_t i = 0; i < reading->signature_count; i++) {
        const struct signature *signature = &reading->signatures[i];
        size_t at = tl_terms_versions_index(versions, signature->version);
        bool counts = tl_text_equal(signature->member, member->code) && at < versions->count && at > hand.version &&
                      tl_date_compare(signature->signed_on, member->signed_on) >= 0;
        if (counts && (tl_date_is_none(until) || tl_date_compare(versions->items[at].adopted->valid_from, until) <= 0))
            hand = (struct hand){at, signature->signed_on, signature->evidence};
    }
    return hand;
}

static const struct tl_follows *follows_of(const struct reading *reading, size_t version)
{
    return &reading->versions.items[version].terms.follows;
}

/* What of a later version a member who signed an earlier one has to sign. */
static tl_status find_lacking(struct tl_terms_parts *out, struct reading *reading, size_t signed_version, size_t later,
                              struct tl_err *err)
{
    const struct tl_follows *follows = follows_of(reading, signed_version);
    *out = (struct tl_terms_parts){false, false};
    if (later <= signed_version)
        return TL_OK;
    tl_status status = tl_terms_versions_compare(out, &reading->versions, signed_version, later, err);
    out->text = out->text && follows->text_needs_signature;
    out->prices = out->prices && follows->prices_need_signature;
    return status;
}

static tl_status bind(struct tl_terms_binding *out, struct reading *reading, const struct tl_member *member,
                      struct tl_date on, struct tl_err *err)
{
    const struct tl_terms_versions *versions = &reading->versions;
    struct hand any = hand_of(reading, member, (struct tl_date){0}), by_then = hand_of(reading, member, on);
    size_t in_force = tl_terms_versions_in_force(versions, on), newest = versions->count - 1;
    struct tl_terms_parts now, coming;
    tl_status status = find_lacking(&now, reading, by_then.version, in_force, err);
    if (status == TL_OK)
        status = find_lacking(&coming, reading, any.version, newest, err);
    if (status != TL_OK)
        return status;
    *out = (struct tl_terms_binding){.member = tl_arena_text(reading->arena, member->code),
                                     .name = tl_arena_text(reading->arena, member->name),
                                     .signed_on = any.signed_on,
                                     .evidence = any.evidence,
                                     .signed_version = versions->items[any.version].adopted,
                                     .follows = *follows_of(reading, any.version),
                                     .text = versions->items[now.text ? by_then.version : in_force].adopted,
                                     .prices = versions->items[now.prices ? by_then.version : in_force].adopted,
                                     .to_sign = coming.text || coming.prices ? versions->items[newest].adopted : NULL};
    return out->member == NULL || out->name == NULL ? tl_err_memory(err) : TL_OK;
}

static bool runs_on(const struct tl_member *member, struct tl_date on)
{
    return tl_date_compare(member->first, on) <= 0 &&
           (tl_date_is_none(member->last) || tl_date_compare(member->last, on) >= 0);
}

static tl_status refuse_none_in_force(const char *product, struct tl_date on, struct tl_err *err)
{
    char date[TL_DATE_TEXT_SIZE];
    (void)tl_err_set(err, TL_ERR_MISSING, "no terms of '%s' are in force on %s", product, tl_date_iso(on, date));
    tl_err_hint(err, "tilslut list terms %s shows the versions", product);
    return TL_ERR_MISSING;
}

tl_status tl_terms_binding_list(struct tl_terms_bindings *out, struct tl_store *store, const char *product,
                                struct tl_date on, struct tl_arena *arena, struct tl_err *err)
{
    struct tl_roster roster = TL_ROSTER_EMPTY;
    struct reading reading;
    *out = (struct tl_terms_bindings){NULL, 0};
    tl_status status = start(&reading, store, product, arena, err);
    if (status == TL_OK && tl_terms_versions_in_force(&reading.versions, on) == reading.versions.count)
        status = refuse_none_in_force(product, on, err);
    if (status == TL_OK)
        status = tl_roster_read(&roster, store, product, on, err);
    if (status == TL_OK) {
        out->items = tl_arena_alloc(arena, roster.count, sizeof *out->items);
        status = out->items == NULL ? tl_err_memory(err) : TL_OK;
    }
    for (size_t i = 0; status == TL_OK && i < roster.count; i++)
        if (runs_on(&roster.members[i], on))
            status = bind(&out->items[out->count++], &reading, &roster.members[i], on, err);
    tl_terms_versions_release(&reading.versions);
    tl_roster_release(&roster);
    return status;
}

tl_status tl_terms_binding_find(struct tl_terms_binding *out, struct tl_store *store, const char *product,
                                const char *member, struct tl_date on, struct tl_arena *arena, struct tl_err *err)
{
    struct tl_terms_bindings all;
    char date[TL_DATE_TEXT_SIZE];
    tl_status status = tl_terms_binding_list(&all, store, product, on, arena, err);
    for (size_t i = 0; status == TL_OK && i < all.count; i++)
        if (tl_text_equal(all.items[i].member, member)) {
            *out = all.items[i];
            return TL_OK;
        }
    if (status == TL_OK) {
        status = tl_err_set(err, TL_ERR_NOT_FOUND, "'%s' is no member of '%s' on %s", member, product,
                            tl_date_iso(on, date));
        tl_err_hint(err, "tilslut list members %s shows the memberships", product);
    }
    return status;
}

tl_status tl_terms_binding_read(struct tl_terms *out, struct tl_store *store, const char *product, const char *member,
                                struct tl_date on, struct tl_arena *arena, struct tl_err *err)
{
    struct tl_terms_bindings all = {NULL, 0};
    tl_status status = tl_membership_read_terms(out, store, product, on, err);
    if (status == TL_OK)
        status = tl_terms_binding_list(&all, store, product, on, arena, err);
    for (size_t i = 0; status == TL_OK && i < all.count; i++)
        if (tl_text_equal(all.items[i].member, member)) {
            tl_terms_release(out);
            *out = (struct tl_terms)TL_TERMS_EMPTY;
            return tl_terms_book_read(out, all.items[i].text, err);
        }
    return status;
}

static bool runs_in(const struct tl_member *member, int year)
{
    struct tl_period period = tl_period_of_year(year);
    return tl_date_compare(member->first, period.last) <= 0 &&
           (tl_date_is_none(member->last) || tl_date_compare(member->last, period.first) >= 0);
}

tl_status tl_terms_binding_unsigned(const char ***out, size_t *count, struct tl_store *store,
                                    const struct tl_product_year *year, struct tl_arena *arena, struct tl_err *err)
{
    const struct tl_roster *roster = &year->roster;
    struct reading reading;
    const char **codes = tl_arena_alloc(arena, roster->count, sizeof *codes);
    size_t found = 0;
    tl_status status = start(&reading, store, year->product.code, arena, err);
    if (status == TL_OK && codes == NULL)
        status = tl_err_memory(err);
    size_t version = tl_terms_versions_index(&reading.versions, year->adopted.version);
    for (size_t i = 0; status == TL_OK && i < roster->count; i++) {
        const struct tl_member *member = &roster->members[i];
        struct tl_terms_parts parts = {false, false};
        if (!runs_in(member, year->year))
            continue;
        status = find_lacking(&parts, &reading, hand_of(&reading, member, (struct tl_date){0}).version, version, err);
        if (parts.prices)
            codes[found++] = member->code;
    }
    *out = codes;
    *count = found;
    tl_terms_versions_release(&reading.versions);
    return status;
}
