/* SPDX-License-Identifier: MPL-2.0 */
/* Issuing joining agreements. */
#include "issuer_parts.h"
#include "tilslut/agreement/party.h"
#include "tilslut/report/agreement_doc.h"

tl_status tl_issuer_find_agreement(struct tl_document *out, const struct tl_issuer *issuer, const char *product,
                                   const char *party, struct tl_arena *arena, struct tl_err *err)
{
    const char *number = tl_arena_format(arena, "TA-%s-%s", product, party);
    const char *command = tl_arena_format(arena, "tilslut agreement %s %s", product, party);
    return issuer_find_danish(out, issuer, number, command, arena, err);
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
                                       .member = member};
    return status;
}

static tl_status issue_new(struct tl_issued *out, const struct tl_issuer *issuer,
                           const struct tl_agreement_facts *facts, const struct tl_document *document,
                           struct tl_arena *arena, struct tl_err *err)
{
    struct tl_buf pdf = TL_BUF_EMPTY;
    tl_status status = tl_agreement_doc(&pdf, facts, issuer->template_text, issuer->template_name, issuer->fonts, err);
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
    return issue_new(out, issuer, &facts, &document, arena, err);
}
