/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/report/agreement_doc.h"

#include "agreement_parts.h"
#include "template_doc.h"

tl_status agreement_check_facts(const struct agreement_source *source)
{
    const struct tl_agreement_facts *facts = source->facts;
    struct tl_err *err = source->err;
    if (facts->decision == NULL)
        return tl_err_set(err, TL_ERR_MISSING, "the terms of '%s' have no decision", facts->product->code);
    const struct tl_left_out *left_out = tl_allocation_left_out(facts->allocation, facts->member->code);
    if (left_out != NULL) {
        *err = *left_out->why;
        return err->status;
    }
    for (size_t i = 0; i < facts->allocation->line_count; i++)
        if (tl_line_result_share(&facts->allocation->lines[i], facts->member->code) != NULL)
            return TL_OK;
    return tl_err_set(err, TL_ERR_MISSING, "member '%s' has no share of '%s' in %d", facts->member->code,
                      facts->product->code, facts->allocation->year);
}

/* All fields of the agreement, or those that are about its clauses and its own amounts; in the source's arena. */
static tl_status fill_fields(struct tl_fields **out, const struct agreement_source *source, bool own_only)
{
    *out = tl_fields_new(source->arena);
    tl_status status = *out == NULL ? tl_err_memory(source->err) : agreement_check_facts(source);
    if (status == TL_OK)
        status = agreement_fields_fill(*out, source);
    if (status != TL_OK)
        return status;
    return own_only ? agreement_own_annexes_fill(*out, source) : agreement_annexes_fill(*out, source);
}

tl_status tl_agreement_doc(struct tl_buf *pdf, const struct tl_agreement_facts *facts, const char *template_text,
                           const char *template_name, const struct tl_pdf_fonts *fonts, struct tl_err *err)
{
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct agreement_source source = {facts, template_is_english(template_name), &arena, err};
    struct template_source template = {template_text, template_name, tl_agreement_field_names};
    struct tl_doc_face face;
    struct tl_fields *fields = NULL;
    if (tl_date_is_none(facts->issue.date))
        return tl_err_set(err, TL_ERR_MISSING, "the document '%s' has no issue date", facts->issue.number);
    tl_status status = fill_fields(&fields, &source, false);
    if (status == TL_OK)
        status = agreement_face_fill(&face, &source, source.is_english ? "Joining agreement" : "Tilslutningsaftale",
                                     facts->party->official_name);
    if (status == TL_OK)
        status = template_print(pdf, &template, fields, &face, fonts, err);
    tl_arena_release(&arena);
    return status;
}

tl_status tl_agreement_digest(struct tl_digest *out, const struct tl_agreement_facts *facts, const char *template_text,
                              const char *template_name, struct tl_err *err)
{
    struct tl_agreement_facts timeless = *facts;
    timeless.issue = agreement_timeless_issue(&facts->issue);
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct agreement_source source = {&timeless, template_is_english(template_name), &arena, err};
    struct template_source template = {template_text, template_name, tl_agreement_field_names};
    struct tl_fields *fields = NULL;
    tl_status status = fill_fields(&fields, &source, true);
    if (status == TL_OK)
        status = template_digest(out, &template, fields, err);
    tl_arena_release(&arena);
    return status;
}
