/* SPDX-License-Identifier: MPL-2.0 */
/* Issuing confirmations of pledges. */
#include "issuer_parts.h"
#include "tilslut/agreement/party.h"
#include "tilslut/agreement/product.h"
#include "tilslut/agreement/terms_book.h"
#include "tilslut/report/pledge_doc.h"

tl_status tl_issuer_find_pledge(struct tl_document *out, const struct tl_issuer *issuer, const char *project,
                                const char *party, struct tl_arena *arena, struct tl_err *err)
{
    const char *number = tl_arena_format(arena, "TS-%s-%s", project, party);
    const char *command = tl_arena_format(arena, "tilslut pledge confirm %s %s", project, party);
    return issuer_find_danish(out, issuer, number, command, arena, err);
}

/* What the facts point to. */
struct known {
    struct tl_party owner, party;
    struct tl_product product;
    struct tl_project project;
    struct tl_pledge pledge;
    struct tl_adopted adopted;
    struct tl_terms terms;
};

static tl_status find_pledge(struct tl_pledge *out, const struct tl_issuer *issuer, const char *project,
                             const char *party, struct tl_date on, struct tl_arena *arena, struct tl_err *err)
{
    struct tl_pledge *pledges = NULL;
    size_t count = 0;
    tl_status status = tl_pledge_list(&pledges, &count, issuer->store, project, on, arena, err);
    for (size_t i = 0; status == TL_OK && i < count; i++)
        if (tl_text_equal(pledges[i].party, party)) {
            *out = pledges[i];
            return TL_OK;
        }
    if (status == TL_OK) {
        status = tl_err_set(err, TL_ERR_NOT_FOUND, "'%.40s' has pledged nothing to '%.40s'", party, project);
        tl_err_hint(err, "tilslut list pledges %s shows who has", project);
    }
    return status;
}

/* The latest terms of the product, from whenever they hold: who joins will meet them. */
static tl_status read_terms(struct tl_pledge_facts *out, struct known *known, const struct tl_issuer *issuer,
                            struct tl_arena *arena, struct tl_err *err)
{
    struct tl_adopted *versions = NULL;
    size_t count = 0;
    tl_status status = tl_terms_book_list(&versions, &count, issuer->store, known->product.code, arena, err);
    if (status != TL_OK || count == 0)
        return status;
    known->adopted = versions[count - 1];
    status = tl_terms_book_read(&known->terms, &known->adopted, err);
    out->terms = &known->terms;
    out->terms_version = known->adopted.version;
    out->decision = &known->adopted.decision;
    return status;
}

static tl_status read_facts(struct tl_pledge_facts *out, struct known *known, const struct tl_issuer *issuer,
                            const char *project, const char *party, struct tl_date on, struct tl_arena *arena,
                            struct tl_err *err)
{
    struct tl_store *store = issuer->store;
    tl_status status = tl_project_find(&known->project, store, project, arena, err);
    if (status == TL_OK)
        status = tl_party_find(&known->party, store, party, on, arena, err);
    if (status == TL_OK)
        status = find_pledge(&known->pledge, issuer, project, party, on, arena, err);
    if (status == TL_OK)
        status = tl_product_find(&known->product, store, known->project.product, arena, err);
    if (status == TL_OK)
        status = tl_party_find(&known->owner, store, tl_store_owner(store), on, arena, err);
    if (status == TL_OK)
        status = read_terms(out, known, issuer, arena, err);
    out->owner = &known->owner;
    out->party = &known->party;
    out->product = &known->product;
    out->project = &known->project;
    out->pledge = &known->pledge;
    return status;
}

static tl_status issue_new(struct tl_issued *out, const struct tl_issuer *issuer, const struct tl_pledge_facts *facts,
                           const struct tl_digest *content, struct tl_arena *arena, struct tl_err *err)
{
    struct tl_buf pdf = TL_BUF_EMPTY;
    tl_status status = tl_pledge_doc(&pdf, facts, issuer->template_text, issuer->template_name, issuer->fonts, err);
    if (status == TL_OK) {
        out->document = (struct tl_document){.kind = "pledge",
                                             .product = facts->product->code,
                                             .party = facts->party->code,
                                             .year = tl_date_year(facts->issue.date),
                                             .content_digest = *content};
        status = issuer_record(out, issuer, &facts->issue, "pdf", &pdf, arena, err);
    }
    tl_buf_release(&pdf);
    return status;
}

/* The one that was issued, or a new version. */
static tl_status issue(struct tl_issued *out, const struct tl_issuer *issuer, struct tl_pledge_facts *facts,
                       const struct tl_document *translated, bool revise, struct tl_arena *arena, struct tl_err *err)
{
    struct tl_document latest;
    struct tl_digest content;
    const char *number = tl_arena_format(arena, "TS-%s-%s%s", facts->project->code, facts->party->code,
                                         translated == NULL ? "" : TRANSLATION_ENDING);
    tl_status status = issuer_next(&facts->issue, &latest, issuer, number, arena, err);
    if (status == TL_OK && translated != NULL)
        status = (facts->issue.translates = issuer_name_of(translated, arena)) == NULL ? tl_err_memory(err) : TL_OK;
    if (status == TL_OK)
        status = tl_pledge_digest(&content, facts, issuer->template_text, issuer->template_name, err);
    if (status != TL_OK)
        return status;
    bool differs = latest.id == 0 || !tl_digest_equal(&content, &latest.content_digest);
    facts->issue.content = &content;
    if (latest.id == 0 || (differs && revise))
        return issue_new(out, issuer, facts, &content, arena, err);
    *out = (struct tl_issued){.document = latest, .is_copy = true, .is_outdated = differs};
    return TL_OK;
}

tl_status tl_issuer_pledge(struct tl_issued *out, const struct tl_issuer *issuer, const char *project,
                           const char *party, const struct tl_document *translated, bool revise, struct tl_arena *arena,
                           struct tl_err *err)
{
    struct tl_pledge_facts facts = {.terms = NULL};
    struct known known = {.terms = TL_TERMS_EMPTY};
    int64_t before = tl_store_known(issuer->store);
    *out = (struct tl_issued){.is_copy = false};
    if (translated != NULL)
        tl_store_set_known(issuer->store, translated->act);
    tl_status status = read_facts(&facts, &known, issuer, project, party,
                                  translated == NULL ? issuer->today : translated->issued_on, arena, err);
    tl_store_set_known(issuer->store, before);
    if (status == TL_OK)
        status = issue(out, issuer, &facts, translated, revise, arena, err);
    tl_terms_release(&known.terms);
    return status;
}
