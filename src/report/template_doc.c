/* SPDX-License-Identifier: MPL-2.0 */
#include "template_doc.h"

#include <string.h>

#include "tilslut/report/markdown.h"
#include "tilslut/report/pdf.h"

bool template_is_english(const char *name)
{
    static const char ending[] = ".en.md";
    size_t length = strlen(name), tail = sizeof ending - 1;
    return length >= tail && strcmp(name + length - tail, ending) == 0;
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
static tl_status check_names(const struct template_source *template, struct tl_err *err)
{
    struct first_unknown first = {template->name, err};
    size_t count;
    tl_status status =
        tl_template_check(template->text, template->name, template->known, refuse_unknown, &first, &count, err);
    return status == TL_OK ? err->status : status;
}

/* The template with its fields filled in, as Markdown. */
static tl_status fill_in(struct tl_buf *markdown, const struct template_source *template,
                         const struct tl_fields *fields, struct tl_err *err)
{
    tl_status status = tl_fields_status(fields, err);
    if (status == TL_OK)
        status = check_names(template, err);
    return status == TL_OK ? tl_template_render(markdown, template->text, template->name, fields, err) : status;
}

tl_status template_digest(struct tl_digest *out, const struct template_source *template, const struct tl_fields *fields,
                          struct tl_err *err)
{
    struct tl_buf markdown = TL_BUF_EMPTY;
    tl_status status = fill_in(&markdown, template, fields, err);
    if (status == TL_OK)
        *out = tl_digest_of(markdown.bytes, markdown.length);
    tl_buf_release(&markdown);
    return status;
}

tl_status template_print(struct tl_buf *pdf, const struct template_source *template, const struct tl_fields *fields,
                         const struct tl_doc_face *face, const struct tl_pdf_fonts *fonts, struct tl_err *err)
{
    struct tl_doc doc = TL_DOC_EMPTY;
    struct tl_buf markdown = TL_BUF_EMPTY;
    doc.face = *face;
    tl_status status = fill_in(&markdown, template, fields, err);
    if (status == TL_OK)
        status = tl_markdown_read(&doc, tl_buf_string(&markdown), template->name, err);
    if (status == TL_OK)
        status = tl_pdf_write(pdf, &doc, fonts, err);
    tl_buf_release(&markdown);
    tl_doc_release(&doc);
    return status;
}
