/* SPDX-License-Identifier: MPL-2.0 */
/* Issuing price lists. */
#include "issuer_parts.h"
#include "tilslut/agreement/party.h"
#include "tilslut/report/pricelist_doc.h"

tl_status tl_issuer_find_pricelist(struct tl_document *out, const struct tl_issuer *issuer, const char *product,
                                   int year, struct tl_arena *arena, struct tl_err *err)
{
    const char *number = tl_arena_format(arena, "TB-%s-%d", product, year);
    const char *command = tl_arena_format(arena, "tilslut pricelist %s %d", product, year);
    return issuer_find_danish(out, issuer, number, command, arena, err);
}

/* The owner as it was known when the translated one was issued, or as it is known now. */
static tl_status find_owner(struct tl_party *out, const struct tl_issuer *issuer, const struct tl_document *translated,
                            struct tl_arena *arena, struct tl_err *err)
{
    int64_t known = tl_store_known(issuer->store);
    if (translated != NULL)
        tl_store_set_known(issuer->store, translated->act);
    tl_status status = tl_party_find(out, issuer->store, tl_store_owner(issuer->store),
                                     translated == NULL ? issuer->today : translated->issued_on, arena, err);
    tl_store_set_known(issuer->store, known);
    return status;
}

static tl_status issue_new(struct tl_issued *out, const struct tl_issuer *issuer,
                           const struct tl_pricelist_facts *facts, const struct tl_document *document,
                           struct tl_arena *arena, struct tl_err *err)
{
    struct tl_buf pdf = TL_BUF_EMPTY;
    tl_status status = tl_pricelist_doc(&pdf, facts, issuer->template_text, issuer->template_name, issuer->fonts, err);
    if (status == TL_OK) {
        out->document = *document;
        status = issuer_record(out, issuer, &facts->issue, "pdf", &pdf, arena, err);
    }
    tl_buf_release(&pdf);
    return status;
}

tl_status tl_issuer_pricelist(struct tl_issued *out, const struct tl_issuer *issuer, const struct tl_product_year *year,
                              const struct tl_document *translated, struct tl_arena *arena, struct tl_err *err)
{
    struct tl_party owner;
    struct tl_pricelist_facts facts = {.owner = &owner,
                                       .product = &year->product,
                                       .terms = &year->terms,
                                       .terms_version = year->adopted.version,
                                       .decision = &year->adopted.decision,
                                       .allocation = &year->allocation,
                                       .members = year->roster.members,
                                       .member_count = year->roster.count};
    struct tl_document latest;
    struct tl_digest content;
    const char *number = tl_arena_format(arena, "TB-%s-%d%s", year->product.code, year->year,
                                         translated == NULL ? "" : TRANSLATION_ENDING);
    *out = (struct tl_issued){.is_copy = false};
    tl_status status = find_owner(&owner, issuer, translated, arena, err);
    if (status == TL_OK)
        status = issuer_next(&facts.issue, &latest, issuer, number, arena, err);
    if (status == TL_OK && translated != NULL)
        status = (facts.issue.translates = issuer_name_of(translated, arena)) == NULL ? tl_err_memory(err) : TL_OK;
    if (status == TL_OK)
        status = tl_pricelist_digest(&content, &facts, issuer->template_text, issuer->template_name, err);
    if (status != TL_OK)
        return status;
    if (latest.id != 0 && tl_digest_equal(&content, &latest.content_digest)) {
        *out = (struct tl_issued){.document = latest, .is_copy = true};
        return TL_OK;
    }
    struct tl_document document = {.kind = "pricelist",
                                   .product = year->product.code,
                                   .party = owner.code,
                                   .year = year->year,
                                   .content_digest = content};
    facts.issue.content = &content;
    return issue_new(out, issuer, &facts, &document, arena, err);
}
