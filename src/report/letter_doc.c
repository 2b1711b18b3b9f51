/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/report/letter_doc.h"

#include "agreement_parts.h"
#include "template_doc.h"

static tl_status fill_fields(struct tl_fields **out, const struct agreement_source *source,
                             const struct tl_letter_facts *letter)
{
    *out = tl_fields_new(source->arena);
    if (*out == NULL)
        return tl_err_memory(source->err);
    if (tl_date_is_none(letter->sign_by))
        return tl_err_set(source->err, TL_ERR_MISSING, "the letter '%s' does not say by when to sign",
                          letter->facts.issue.number);
    tl_status status = agreement_check_facts(source);
    if (status == TL_OK)
        status = agreement_fields_fill(*out, source);
    if (status != TL_OK)
        return status;
    struct tl_fields *agreement = tl_fields_row(*out, "agreement");
    tl_fields_text(agreement, "number", letter->agreement->number);
    tl_fields_format(agreement, "version", "%d", letter->agreement->version);
    agreement_put_date(agreement, "date", letter->agreement->issued_on, source->is_english);
    agreement_put_date(*out, "sign_by", letter->sign_by, source->is_english);
    return TL_OK;
}

tl_status tl_letter_doc(struct tl_buf *pdf, const struct tl_letter_facts *letter, const char *template_text,
                        const char *template_name, const struct tl_pdf_fonts *fonts, struct tl_err *err)
{
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct agreement_source source = {&letter->facts, template_is_english(template_name), &arena, err};
    struct template_source template = {template_text, template_name, tl_letter_field_names};
    struct tl_doc_face face;
    struct tl_fields *fields = NULL;
    if (tl_date_is_none(letter->facts.issue.date))
        return tl_err_set(err, TL_ERR_MISSING, "the document '%s' has no issue date", letter->facts.issue.number);
    tl_status status = fill_fields(&fields, &source, letter);
    if (status == TL_OK)
        status = agreement_face_fill(&face, &source, source.is_english ? "Covering letter" : "Følgebrev",
                                     letter->facts.party->official_name);
    if (status == TL_OK)
        status = template_print(pdf, &template, fields, &face, fonts, err);
    tl_arena_release(&arena);
    return status;
}

tl_status tl_letter_digest(struct tl_digest *out, const struct tl_letter_facts *letter, const char *template_text,
                           const char *template_name, struct tl_err *err)
{
    struct tl_letter_facts timeless = *letter;
    timeless.facts.issue = agreement_timeless_issue(&letter->facts.issue);
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct agreement_source source = {&timeless.facts, template_is_english(template_name), &arena, err};
    struct template_source template = {template_text, template_name, tl_letter_field_names};
    struct tl_fields *fields = NULL;
    tl_status status = fill_fields(&fields, &source, &timeless);
    if (status == TL_OK)
        status = template_digest(out, &template, fields, err);
    tl_arena_release(&arena);
    return status;
}
