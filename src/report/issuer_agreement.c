/* SPDX-License-Identifier: MPL-2.0 */
/* Issuing joining agreements. */
#include "issuer_parts.h"
#include "tilslut/agreement/governance.h"
#include "tilslut/agreement/party.h"
#include "tilslut/agreement/product_level.h"
#include "tilslut/agreement/terms_binding.h"
#include "tilslut/agreement/waiver.h"
#include "tilslut/report/agreement_doc.h"

tl_status tl_issuer_find_agreement(struct tl_document *out, const struct tl_issuer *issuer, const char *product,
                                   const char *party, struct tl_arena *arena, struct tl_err *err)
{
    const char *number = tl_arena_format(arena, "TA-%s-%s", product, party);
    const char *command = tl_arena_format(arena, "tilslut agreement %s %s", product, party);
    return issuer_find_danish(out, issuer, number, command, arena, err);
}

/* The version that the member signed, where the product has several and the agreement is signed by both. */
static tl_status read_signed(struct tl_agreement_facts *out, const struct tl_issuer *issuer,
                             const struct tl_product_year *year, struct tl_date on, struct tl_arena *arena,
                             struct tl_err *err)
{
    struct tl_adopted *versions = NULL;
    struct tl_terms_bindings bindings;
    size_t count = 0;
    const struct tl_member *member = out->member;
    tl_status status = tl_terms_book_list(&versions, &count, issuer->store, year->product.code, arena, err);
    if (status != TL_OK || count < 2)
        return status;
    struct tl_date day = tl_date_compare(member->first, on) > 0 ? member->first : on;
    if (!tl_date_is_none(member->last) && tl_date_compare(member->last, day) < 0)
        day = member->last;
    status = tl_terms_binding_list(&bindings, issuer->store, year->product.code, day, arena, err);
    for (size_t i = 0; status == TL_OK && i < bindings.count; i++)
        if (tl_text_equal(bindings.items[i].member, member->code)) {
            out->signed_version = bindings.items[i].signed_version->version;
            out->signed_decision = &bindings.items[i].signed_version->decision;
            out->follows = bindings.items[i].follows;
        }
    return status;
}

/* The product on the level that it has on a date. */
static tl_status read_product(const struct tl_product **out, const struct tl_issuer *issuer,
                              const struct tl_product *recorded, struct tl_date on, struct tl_arena *arena,
                              struct tl_err *err)
{
    struct tl_product *product = tl_arena_alloc(arena, 1, sizeof *product);
    if (product == NULL)
        return tl_err_memory(err);
    *product = *recorded;
    *out = product;
    return tl_product_level_on(&product->level, issuer->store, product->code, on, err);
}

static tl_status read_facts(struct tl_agreement_facts *out, const struct tl_issuer *issuer,
                            const struct tl_product_year *year, const char *party, struct tl_date on,
                            struct tl_arena *arena, struct tl_err *err)
{
    struct tl_party *parties = tl_arena_alloc(arena, 2, sizeof *parties);
    const struct tl_member *member = tl_roster_find(&year->roster, party);
    tl_status status = parties == NULL ? tl_err_memory(err) : TL_OK;
    if (status == TL_OK && member == NULL) {
        status = tl_err_set(err, TL_ERR_NOT_FOUND, "%s is not a member of '%s'", party, year->product.code);
        tl_err_hint(err, "tilslut join %s %s --signed DATE --from DATE records a membership", year->product.code,
                    party);
    }
    if (status == TL_OK)
        status = tl_party_find(&parties[0], issuer->store, tl_store_owner(issuer->store), on, arena, err);
    if (status == TL_OK)
        status = tl_party_find(&parties[1], issuer->store, party, on, arena, err);
    *out = (struct tl_agreement_facts){.owner = &parties[0],
                                       .party = &parties[1],
                                       .product = &year->product,
                                       .terms = &year->terms,
                                       .terms_version = year->adopted.version,
                                       .decision = &year->adopted.decision,
                                       .allocation = &year->allocation,
                                       .member = member,
                                       .members = year->roster.members,
                                       .member_count = year->roster.count};
    if (status == TL_OK)
        status = read_product(&out->product, issuer, &year->product, on, arena, err);
    struct tl_waiver *waivers = NULL;
    if (status == TL_OK)
        status = tl_waiver_list(&waivers, &out->waiver_count, issuer->store, year->product.code, party, arena, err);
    out->waivers = waivers;
    return status == TL_OK ? read_signed(out, issuer, year, on, arena, err) : status;
}

/* The status of the product when the membership begins, or today: as it is known, or was when the Danish agreement was
 * issued. The terms that the agreement rests on may not be in force yet. */
static tl_status read_governance(struct tl_agreement_facts *facts, const struct tl_issuer *issuer,
                                 const struct tl_document *translated, struct tl_arena *arena, struct tl_err *err)
{
    int64_t known = tl_store_known(issuer->store);
    struct tl_governance_row *rows = NULL;
    struct tl_date on = translated == NULL ? issuer->today : translated->issued_on;
    facts->governance_on = tl_date_compare(facts->member->first, on) > 0 ? facts->member->first : on;
    if (translated != NULL)
        tl_store_set_known(issuer->store, translated->act);
    tl_status status = tl_governance_rows(&rows, &facts->governance_count, issuer->store, facts->product->code,
                                          facts->governance_on, arena, err);
    if (status == TL_OK)
        status = tl_product_level_on(&facts->governance_level, issuer->store, facts->product->code,
                                     facts->governance_on, err);
    tl_store_set_known(issuer->store, known);
    facts->governance = rows;
    return status;
}

static tl_status issue_new(struct tl_issued *out, const struct tl_issuer *issuer, struct tl_agreement_facts *facts,
                           const struct tl_document *document, const struct tl_document *translated,
                           struct tl_arena *arena, struct tl_err *err)
{
    struct tl_buf pdf = TL_BUF_EMPTY;
    tl_status status = read_governance(facts, issuer, translated, arena, err);
    if (status == TL_OK)
        status = tl_agreement_doc(&pdf, facts, issuer->template_text, issuer->template_name, issuer->fonts, err);
    if (status == TL_OK) {
        out->document = *document;
        status = issuer_record(out, issuer, &facts->issue, "pdf", &pdf, arena, err);
    }
    tl_buf_release(&pdf);
    return status;
}

tl_status issuer_agreement_facts(struct tl_agreement_facts *out, const struct tl_issuer *issuer,
                                 const struct tl_product_year *year, const char *party, const struct tl_document *as_of,
                                 struct tl_arena *arena, struct tl_err *err)
{
    int64_t known = tl_store_known(issuer->store);
    if (as_of != NULL)
        tl_store_set_known(issuer->store, as_of->act);
    tl_status status =
        read_facts(out, issuer, year, party, as_of == NULL ? issuer->today : as_of->issued_on, arena, err);
    tl_store_set_known(issuer->store, known);
    return status;
}

tl_status tl_issuer_agreement(struct tl_issued *out, const struct tl_issuer *issuer, const struct tl_product_year *year,
                              const char *party, const struct tl_document *translated, bool revise,
                              struct tl_arena *arena, struct tl_err *err)
{
    struct tl_agreement_facts facts;
    struct tl_document latest;
    struct tl_digest content;
    const char *number =
        tl_arena_format(arena, "TA-%s-%s%s", year->product.code, party, translated == NULL ? "" : TRANSLATION_ENDING);
    *out = (struct tl_issued){.is_copy = false};
    tl_status status = issuer_agreement_facts(&facts, issuer, year, party, translated, arena, err);
    if (status == TL_OK)
        status = issuer_next(&facts.issue, &latest, issuer, number, arena, err);
    if (status == TL_OK && translated != NULL)
        status = (facts.issue.translates = issuer_name_of(translated, arena)) == NULL ? tl_err_memory(err) : TL_OK;
    if (status == TL_OK)
        status = tl_agreement_digest(&content, &facts, issuer->template_text, issuer->template_name, err);
    if (status != TL_OK)
        return status;
    bool differs = latest.id == 0 || !tl_digest_equal(&content, &latest.content_digest);
    if (latest.id != 0 && (!differs || !revise)) {
        *out = (struct tl_issued){.document = latest, .is_copy = true, .is_outdated = differs};
        return TL_OK;
    }
    struct tl_document document = {.kind = "agreement",
                                   .product = year->product.code,
                                   .party = party,
                                   .year = year->allocation.year,
                                   .content_digest = content};
    facts.issue.content = &content;
    return issue_new(out, issuer, &facts, &document, translated, arena, err);
}
