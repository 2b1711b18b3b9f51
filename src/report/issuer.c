/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/report/issuer.h"

#include "tilslut/agreement/account_statement.h"
#include "tilslut/agreement/party.h"
#include "tilslut/base/text.h"
#include "tilslut/ledger/chain.h"
#include "tilslut/report/agreement_doc.h"
#include "tilslut/report/pricelist_doc.h"
#include "tilslut/report/statement.h"
#include "tilslut/report/statement_xlsx.h"

/* What was issued under a number, and what the next version says of itself. */
static tl_status next_issue(struct tl_issue *issue, struct tl_document *latest, const struct tl_issuer *issuer,
                            const char *number, struct tl_arena *arena, struct tl_err *err)
{
    struct tl_chain_head head;
    tl_status status =
        number == NULL ? tl_err_memory(err) : tl_document_latest(latest, issuer->store, number, arena, err);
    if (status == TL_OK)
        status = tl_chain_read_head(&head, issuer->store, err);
    if (status != TL_OK)
        return status;
    int version = latest->id == 0 ? 0 : latest->version;
    *issue = (struct tl_issue){.number = number,
                               .version = version + 1,
                               .date = issuer->today,
                               .replaces = version,
                               .head = head.hash,
                               .head_entry = head.entry};
    return TL_OK;
}

/* Fills what is common to all documents and records it with its bytes. */
static tl_status record(struct tl_issued *out, const struct tl_issuer *issuer, const struct tl_issue *issue,
                        const char *suffix, const struct tl_buf *bytes, struct tl_arena *arena, struct tl_err *err)
{
    struct tl_document *document = &out->document;
    document->number = issue->number;
    document->version = issue->version;
    document->issued_on = issue->date;
    document->head = issue->head;
    document->head_entry = issue->head_entry;
    document->file_name = tl_arena_format(arena, "%s-v%d.%s", issue->number, issue->version, suffix);
    if (document->file_name == NULL)
        return tl_err_memory(err);
    return tl_document_record(document, bytes->bytes, bytes->length, issuer->store, err);
}

static tl_status agreement_facts(struct tl_agreement_facts *out, const struct tl_issuer *issuer,
                                 const struct tl_product_year *year, const char *party, struct tl_arena *arena,
                                 struct tl_err *err)
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
        status = tl_party_find(&parties[0], issuer->store, tl_store_owner(issuer->store), issuer->today, arena, err);
    if (status == TL_OK)
        status = tl_party_find(&parties[1], issuer->store, party, issuer->today, arena, err);
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

tl_status tl_issuer_agreement(struct tl_issued *out, const struct tl_issuer *issuer, const struct tl_product_year *year,
                              const char *party, bool revise, struct tl_arena *arena, struct tl_err *err)
{
    struct tl_agreement_facts facts;
    struct tl_document latest;
    struct tl_digest content;
    struct tl_buf pdf = TL_BUF_EMPTY;
    const char *number = tl_arena_format(arena, "TA-%s-%s", year->product.code, party);
    *out = (struct tl_issued){.is_copy = false};
    tl_status status = agreement_facts(&facts, issuer, year, party, arena, err);
    if (status == TL_OK)
        status = next_issue(&facts.issue, &latest, issuer, number, arena, err);
    if (status == TL_OK)
        status = tl_agreement_digest(&content, &facts, issuer->template_text, issuer->template_name, err);
    if (status != TL_OK)
        return status;
    bool differs = latest.id == 0 || !tl_digest_equal(&content, &latest.content_digest);
    if (latest.id != 0 && (!differs || !revise)) {
        *out = (struct tl_issued){.document = latest, .is_copy = true, .is_outdated = differs};
        return TL_OK;
    }
    status = tl_agreement_doc(&pdf, &facts, issuer->template_text, issuer->template_name, issuer->fonts, err);
    if (status == TL_OK) {
        out->document = (struct tl_document){.kind = "agreement",
                                             .product = year->product.code,
                                             .party = party,
                                             .year = year->allocation.year,
                                             .content_digest = content};
        status = record(out, issuer, &facts.issue, "pdf", &pdf, arena, err);
    }
    tl_buf_release(&pdf);
    return status;
}

tl_status tl_issuer_statement(struct tl_issued *out, const struct tl_issuer *issuer, const char *party, int year,
                              struct tl_arena *arena, struct tl_err *err)
{
    struct tl_statement statement;
    struct tl_document latest;
    struct tl_digest content;
    struct tl_buf xlsx = TL_BUF_EMPTY;
    const char *number = tl_arena_format(arena, "KU-%d-%s", year, party);
    *out = (struct tl_issued){.is_copy = false};
    tl_status status = tl_account_statement_read(&statement, issuer->store, party, year, arena, err);
    if (status == TL_OK)
        status = next_issue(&statement.issue, &latest, issuer, number, arena, err);
    if (status == TL_OK)
        status = tl_statement_digest(&content, &statement, err);
    if (status != TL_OK)
        return status;
    if (latest.id != 0 && tl_digest_equal(&content, &latest.content_digest)) {
        *out = (struct tl_issued){.document = latest, .is_copy = true};
        return TL_OK;
    }
    status = tl_statement_xlsx(&xlsx, &statement, err);
    if (status == TL_OK) {
        out->document =
            (struct tl_document){.kind = "statement", .party = party, .year = year, .content_digest = content};
        status = record(out, issuer, &statement.issue, "xlsx", &xlsx, arena, err);
    }
    tl_buf_release(&xlsx);
    return status;
}

tl_status tl_issuer_pricelist(struct tl_issued *out, const struct tl_issuer *issuer, const struct tl_product_year *year,
                              struct tl_arena *arena, struct tl_err *err)
{
    struct tl_party owner;
    struct tl_pricelist_facts facts = {.owner = &owner,
                                       .product = &year->product,
                                       .terms = &year->terms,
                                       .terms_version = year->adopted.version,
                                       .decision = &year->adopted.decision,
                                       .allocation = &year->allocation};
    struct tl_document latest;
    struct tl_digest content;
    struct tl_buf pdf = TL_BUF_EMPTY;
    const char *number = tl_arena_format(arena, "TB-%s-%d", year->product.code, year->year);
    *out = (struct tl_issued){.is_copy = false};
    tl_status status = tl_party_find(&owner, issuer->store, tl_store_owner(issuer->store), issuer->today, arena, err);
    if (status == TL_OK)
        status = next_issue(&facts.issue, &latest, issuer, number, arena, err);
    if (status == TL_OK)
        status = tl_pricelist_digest(&content, &facts, issuer->template_text, issuer->template_name, err);
    if (status != TL_OK)
        return status;
    if (latest.id != 0 && tl_digest_equal(&content, &latest.content_digest)) {
        *out = (struct tl_issued){.document = latest, .is_copy = true};
        return TL_OK;
    }
    status = tl_pricelist_doc(&pdf, &facts, issuer->template_text, issuer->template_name, issuer->fonts, err);
    if (status == TL_OK) {
        out->document = (struct tl_document){.kind = "pricelist",
                                             .product = year->product.code,
                                             .party = owner.code,
                                             .year = year->year,
                                             .content_digest = content};
        status = record(out, issuer, &facts.issue, "pdf", &pdf, arena, err);
    }
    tl_buf_release(&pdf);
    return status;
}
