/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/report/agreement_doc.h"

#include <string.h>

#include "agreement_parts.h"
#include "tilslut/report/markdown.h"
#include "tilslut/report/pdf.h"

static bool is_english_name(const char *template_name)
{
    static const char ending[] = ".en.md";
    size_t length = strlen(template_name), tail = sizeof ending - 1;
    return length >= tail && strcmp(template_name + length - tail, ending) == 0;
}

static tl_status check_facts(const struct tl_agreement_facts *facts, struct tl_err *err)
{
    if (facts->decision == NULL)
        return tl_err_set(err, TL_ERR_MISSING, "the terms of '%s' have no decision", facts->product->code);
    for (size_t i = 0; i < facts->allocation->line_count; i++)
        if (tl_line_result_share(&facts->allocation->lines[i], facts->member->code) != NULL)
            return TL_OK;
    return tl_err_set(err, TL_ERR_MISSING, "member '%s' has no share of '%s' in %d", facts->member->code,
                      facts->product->code, facts->allocation->year);
}

/* Where the first unknown field stands. */
struct first_unknown {
    const char *template_name;
    struct tl_err *err;
};

static void refuse_unknown(const char *unknown, size_t line, size_t column, const char *nearest, void *context)
{
    const struct first_unknown *first = context;
    if (first->err->status != TL_OK)
        return;
    tl_err_set(first->err, TL_ERR_INPUT, "unknown field '%s'", unknown);
    tl_err_at(first->err, first->template_name, line, column);
    if (nearest != NULL)
        tl_err_hint(first->err, "did you mean '%s'?", nearest);
}

/* A field that no agreement has is refused even where this agreement would not print it. */
static tl_status check_names(const char *template_text, const char *template_name, struct tl_err *err)
{
    struct first_unknown first = {template_name, err};
    size_t count;
    tl_status status =
        tl_template_check(template_text, template_name, tl_agreement_field_names, refuse_unknown, &first, &count, err);
    return status == TL_OK ? err->status : status;
}

/* The template filled with the facts, as Markdown. */
static tl_status fill_template(struct tl_buf *markdown, const struct tl_agreement_facts *facts,
                               const char *template_text, const char *template_name, struct tl_err *err)
{
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct agreement_source source = {facts, is_english_name(template_name), &arena, err};
    struct tl_fields *root = tl_fields_new(&arena);
    tl_status status = root == NULL ? tl_err_memory(err) : check_facts(facts, err);
    if (status == TL_OK)
        status = check_names(template_text, template_name, err);
    if (status == TL_OK)
        status = agreement_fields_fill(root, &source);
    if (status == TL_OK)
        status = agreement_annexes_fill(root, &source);
    if (status == TL_OK)
        status = tl_fields_status(root, err);
    if (status == TL_OK)
        status = tl_template_render(markdown, template_text, template_name, root, err);
    tl_arena_release(&arena);
    return status;
}

/* What stands around the pages. */
static tl_status fill_face(struct tl_doc *doc, const struct tl_agreement_facts *facts, bool is_english,
                           struct tl_err *err)
{
    struct tl_arena *arena = &doc->arena;
    const struct tl_issue *issue = &facts->issue;
    char date[TL_DATE_TEXT_SIZE], hex[TL_DIGEST_HEX_SIZE];
    const char *title = is_english ? "Joining agreement" : "Tilslutningsaftale";
    tl_digest_hex(&issue->head, hex);
    doc->face = (struct tl_doc_face){
        .title = tl_arena_format(arena, "%s %s, %s", title, facts->product->name, facts->party->official_name),
        .author = facts->owner->official_name,
        .subject = tl_arena_format(arena, "%s, version %d", issue->number, issue->version),
        .language = is_english ? "en" : "da",
        .header_left = facts->owner->name,
        .header_right = tl_arena_format(arena, "%s %s, %s", title, facts->product->name, facts->party->official_name),
        .footer_left =
            tl_arena_format(arena, "%s, version %d, %s", issue->number, issue->version,
                            is_english ? tl_date_en_long(issue->date, date) : tl_date_da_long(issue->date, date)),
        .footer_below = issue->head_entry == 0 ? ""
                                               : tl_arena_format(arena,
                                                                 is_english ? "Ledger entry %lld, seal %.16s"
                                                                            : "Regnskabspost %lld, segl %.16s",
                                                                 (long long)issue->head_entry, hex),
        .page_word = is_english ? "page" : "side",
        .of_word = is_english ? "of" : "af",
        .issued = issue->date};
    const struct tl_doc_face *face = &doc->face;
    bool is_whole = face->title != NULL && face->subject != NULL && face->header_right != NULL &&
                    face->footer_left != NULL && face->footer_below != NULL;
    return is_whole ? TL_OK : tl_err_memory(err);
}

tl_status tl_agreement_doc(struct tl_buf *pdf, const struct tl_agreement_facts *facts, const char *template_text,
                           const char *template_name, const struct tl_pdf_fonts *fonts, struct tl_err *err)
{
    struct tl_doc doc = TL_DOC_EMPTY;
    struct tl_buf markdown = TL_BUF_EMPTY;
    if (tl_date_is_none(facts->issue.date))
        return tl_err_set(err, TL_ERR_MISSING, "the document '%s' has no issue date", facts->issue.number);
    tl_status status = fill_template(&markdown, facts, template_text, template_name, err);
    if (status == TL_OK)
        status = tl_markdown_read(&doc, tl_buf_string(&markdown), template_name, err);
    if (status == TL_OK)
        status = fill_face(&doc, facts, is_english_name(template_name), err);
    if (status == TL_OK)
        status = tl_pdf_write(pdf, &doc, fonts, err);
    tl_buf_release(&markdown);
    tl_doc_release(&doc);
    return status;
}

tl_status tl_agreement_digest(struct tl_digest *out, const struct tl_agreement_facts *facts, const char *template_text,
                              const char *template_name, struct tl_err *err)
{
    struct tl_agreement_facts timeless = *facts;
    timeless.issue = (struct tl_issue){
        .number = facts->issue.number, .version = 1, .date = tl_date_of(2000, 1, 1), .replaces = 0, .head_entry = 0};
    struct tl_buf markdown = TL_BUF_EMPTY;
    tl_status status = fill_template(&markdown, &timeless, template_text, template_name, err);
    if (status == TL_OK)
        *out = tl_digest_of(markdown.bytes, markdown.length);
    tl_buf_release(&markdown);
    return status;
}
