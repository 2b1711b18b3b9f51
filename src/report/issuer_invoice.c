/* SPDX-License-Identifier: MPL-2.0 */
/* Issuing invoices and credit notes as papers. */
#include "issuer_parts.h"
#include "template_doc.h"
#include "tilslut/report/invoice_doc.h"

/* FA-2026-0001, KN-2026-0004; in the arena. NULL when memory is gone. */
static const char *number_of(const struct tl_invoice_row *row, struct tl_arena *arena)
{
    bool is_credit = tl_text_equal(row->kind, "credit note");
    return tl_arena_format(arena, "%s-%s", is_credit ? "KN" : "FA", row->number);
}

tl_status tl_issuer_find_invoice(struct tl_document *out, const struct tl_issuer *issuer, const char *number,
                                 struct tl_arena *arena, struct tl_err *err)
{
    struct tl_invoice_row row;
    tl_status status = tl_invoice_find(&row, issuer->store, number, arena, err);
    if (status != TL_OK)
        return status;
    return issuer_find_danish(out, issuer, number_of(&row, arena),
                              tl_arena_format(arena, "tilslut invoice paper %s", number), arena, err);
}

static tl_status issue_new(struct tl_issued *out, const struct tl_issuer *issuer, const struct tl_invoice_facts *facts,
                           const struct tl_digest *content, struct tl_arena *arena, struct tl_err *err)
{
    const struct tl_invoice_row *row = &facts->source->invoice->row;
    struct tl_buf pdf = TL_BUF_EMPTY;
    tl_status status = tl_invoice_doc(&pdf, facts, issuer->template_text, issuer->template_name, issuer->fonts, err);
    if (status == TL_OK) {
        out->document = (struct tl_document){.kind = row->kind,
                                             .product = row->product,
                                             .party = row->party,
                                             .year = row->year,
                                             .content_digest = *content};
        status = issuer_record(out, issuer, &facts->issue, "pdf", &pdf, arena, err);
    }
    tl_buf_release(&pdf);
    return status;
}

tl_status tl_issuer_invoice(struct tl_issued *out, const struct tl_issuer *issuer, const char *number, bool revise,
                            struct tl_arena *arena, struct tl_err *err)
{
    struct tl_einvoice_source source;
    struct tl_invoice_facts facts = {.source = &source};
    struct tl_document danish, latest;
    struct tl_digest content;
    bool is_english = template_is_english(issuer->template_name);
    const char *name = NULL, *translates = NULL;
    *out = (struct tl_issued){.is_copy = false};
    tl_status status = tl_einvoice_source_load(&source, issuer->store, number, arena, err);
    if (status == TL_OK && is_english)
        status = tl_issuer_find_invoice(&danish, issuer, number, arena, err);
    if (status == TL_OK && is_english && (translates = issuer_name_of(&danish, arena)) == NULL)
        status = tl_err_memory(err);
    if (status == TL_OK && (name = number_of(&source.invoice->row, arena)) == NULL)
        status = tl_err_memory(err);
    if (status == TL_OK && is_english)
        name = tl_arena_format(arena, "%s%s", name, TRANSLATION_ENDING);
    if (status == TL_OK)
        status = issuer_next(&facts.issue, &latest, issuer, name, arena, err);
    facts.issue.translates = translates;
    if (status == TL_OK)
        status = tl_invoice_digest(&content, &facts, issuer->template_text, issuer->template_name, err);
    if (status != TL_OK)
        return status;
    facts.issue.content = &content;
    bool differs = latest.id != 0 && !tl_digest_equal(&content, &latest.content_digest);
    if (latest.id == 0 || (differs && revise))
        return issue_new(out, issuer, &facts, &content, arena, err);
    *out = (struct tl_issued){.document = latest, .is_copy = true, .is_outdated = differs};
    return TL_OK;
}
