/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/report/pricelist_doc.h"

#include "agreement_parts.h"
#include "template_doc.h"

/* A price list is an agreement without a party. */
static struct tl_agreement_facts as_agreement(const struct tl_pricelist_facts *facts)
{
    return (struct tl_agreement_facts){.issue = facts->issue,
                                       .owner = facts->owner,
                                       .product = facts->product,
                                       .terms = facts->terms,
                                       .terms_version = facts->terms_version,
                                       .decision = facts->decision,
                                       .allocation = facts->allocation,
                                       .members = facts->members,
                                       .member_count = facts->member_count};
}

static tl_status fill_fields(struct tl_fields **out, const struct agreement_source *source)
{
    const struct tl_allocation *allocation = source->facts->allocation;
    *out = tl_fields_new(source->arena);
    if (*out == NULL)
        return tl_err_memory(source->err);
    if (source->facts->decision == NULL)
        return tl_err_set(source->err, TL_ERR_MISSING, "the terms of '%s' have no decision",
                          source->facts->product->code);
    agreement_common_fill(*out, source);
    tl_fields_rows(*out, "lines");
    tl_status status = TL_OK;
    for (size_t i = 0; i < allocation->line_count && status == TL_OK; i++)
        status = agreement_line_fill(tl_fields_row(*out, "lines"), source, &allocation->lines[i]);
    return status == TL_OK ? agreement_key_words_fill(*out, source) : status;
}

tl_status tl_pricelist_doc(struct tl_buf *pdf, const struct tl_pricelist_facts *facts, const char *template_text,
                           const char *template_name, const struct tl_pdf_fonts *fonts, struct tl_err *err)
{
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct tl_agreement_facts agreement = as_agreement(facts);
    struct agreement_source source = {&agreement, template_is_english(template_name), &arena, err};
    struct template_source template = {template_text, template_name, tl_pricelist_field_names};
    struct tl_doc_face face;
    struct tl_fields *fields = NULL;
    if (tl_date_is_none(facts->issue.date))
        return tl_err_set(err, TL_ERR_MISSING, "the document '%s' has no issue date", facts->issue.number);
    tl_status status = fill_fields(&fields, &source);
    if (status == TL_OK)
        status = agreement_face_fill(&face, &source, source.is_english ? "Price list" : "Takstblad", NULL);
    if (status == TL_OK)
        status = template_print(pdf, &template, fields, &face, fonts, err);
    tl_arena_release(&arena);
    return status;
}

tl_status tl_pricelist_digest(struct tl_digest *out, const struct tl_pricelist_facts *facts, const char *template_text,
                              const char *template_name, struct tl_err *err)
{
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct tl_agreement_facts timeless = as_agreement(facts);
    timeless.issue = agreement_timeless_issue(&facts->issue);
    struct agreement_source source = {&timeless, template_is_english(template_name), &arena, err};
    struct template_source template = {template_text, template_name, tl_pricelist_field_names};
    struct tl_fields *fields = NULL;
    tl_status status = fill_fields(&fields, &source);
    if (status == TL_OK)
        status = template_digest(out, &template, fields, err);
    tl_arena_release(&arena);
    return status;
}
