/* SPDX-License-Identifier: MPL-2.0 */
/* Laid-out pages become a file: fonts, pages, structure, outline, and what ties them together. */
#include "tilslut/report/pdf.h"

#include "pdf_fonts_faces.h"
#include "pdf_writer.h"

static tl_status write_fonts(struct pdf_writer *w, struct tl_buf *resources)
{
    tl_status status = TL_OK;
    tl_buf_text(resources, "/Font <<");
    for (size_t face = 0; face < LY_FACE_COUNT && status == TL_OK; face++) {
        if (!w->uses[face].any)
            continue;
        status = pdf_font_write(w->file, w->faces[face], &w->uses[face], &w->fonts[face], w->err);
        tl_buf_format(resources, " /F%zu %u 0 R", face, (unsigned)w->fonts[face]);
    }
    tl_buf_text(resources, " >>");
    return status == TL_OK ? tl_buf_status(resources, w->err) : status;
}

static void write_catalog(struct pdf_writer *w, const struct tl_doc_face *face, const struct tl_buf *xmp)
{
    struct tl_buf profile = TL_BUF_EMPTY, out = TL_BUF_EMPTY;
    pdf_colour_profile(&profile);
    uint32_t colour = pdf_file_stream(w->file, "/N 3", &profile, true);
    uint32_t metadata = pdf_file_stream(w->file, "/Type /Metadata /Subtype /XML", xmp, false);
    uint32_t intent = pdf_file_object(w->file);
    tl_buf_format(&out,
                  "/Type /OutputIntent /S /GTS_PDFA1 /OutputConditionIdentifier (sRGB IEC61966-2.1) /Info (sRGB "
                  "IEC61966-2.1) /RegistryName (http://www.color.org) /DestOutputProfile %u 0 R",
                  (unsigned)colour);
    pdf_file_entries(w->file, intent, &out);
    out.length = 0;
    tl_buf_format(&out,
                  "/Lang (%s) /MarkInfo << /Marked true >> /ViewerPreferences << /DisplayDocTitle true >> "
                  "/StructTreeRoot %u 0 R /Metadata %u 0 R /OutputIntents [%u 0 R]",
                  face->language, (unsigned)w->struct_root, (unsigned)metadata, (unsigned)intent);
    if (w->layout.heading_count > 0)
        tl_buf_format(&out, " /Outlines %u 0 R /PageMode /UseOutlines", (unsigned)w->outline);
    pdf_file_catalog(w->file, &out);
    out.length = 0;
    pdf_meta_info(&out, face);
    pdf_file_info(w->file, &out);
    tl_buf_release(&profile);
    tl_buf_release(&out);
}

static tl_status content_digest(struct tl_digest *out, const struct pdf_writer *w, const struct tl_buf *xmp)
{
    struct tl_buf all = TL_BUF_EMPTY;
    tl_buf_add(&all, xmp->bytes, xmp->length);
    for (size_t i = 0; i < w->layout.page_count; i++)
        tl_buf_add(&all, w->contents[i].bytes, w->contents[i].length);
    struct tl_digest digest = tl_digest_of(tl_buf_string(&all), all.length);
    bool failed = all.failed;
    tl_buf_release(&all);
    *out = digest;
    return failed ? tl_err_memory(w->err) : TL_OK;
}

static tl_status write_file(struct pdf_writer *w, const struct tl_doc_face *face, struct tl_buf *out)
{
    struct tl_buf resources = TL_BUF_EMPTY, xmp = TL_BUF_EMPTY;
    w->struct_root = pdf_file_object(w->file);
    w->outline = pdf_file_object(w->file);
    for (size_t i = 0; i < w->layout.elem_count; i++)
        w->elems[i] = pdf_file_object(w->file);
    tl_status status = write_fonts(w, &resources);
    for (size_t i = 0; i < w->layout.page_count && status == TL_OK; i++)
        w->pages[i] = pdf_file_page(w->file, &resources, (int32_t)i, &w->contents[i]);
    if (status == TL_OK)
        status = pdf_structure_write(w);
    if (status == TL_OK && w->layout.heading_count > 0)
        status = pdf_outline_write(w);
    if (status == TL_OK) {
        pdf_meta_xmp(&xmp, face);
        status = tl_buf_status(&xmp, w->err);
    }
    if (status == TL_OK) {
        write_catalog(w, face, &xmp);
        struct tl_digest id;
        status = content_digest(&id, w, &xmp);
        if (status == TL_OK)
            status = pdf_file_save(w->file, &id, out, w->err);
    }
    tl_buf_release(&resources);
    tl_buf_release(&xmp);
    return status;
}

static tl_status make_room(struct pdf_writer *w)
{
    const struct layout *l = &w->layout;
    w->pages = tl_arena_alloc(&w->arena, l->page_count, sizeof *w->pages);
    w->elems = tl_arena_alloc(&w->arena, l->elem_count, sizeof *w->elems);
    w->contents = tl_arena_alloc(&w->arena, l->page_count, sizeof *w->contents);
    bool is_there = w->pages != NULL && w->elems != NULL && w->contents != NULL;
    for (size_t face = 0; face < LY_FACE_COUNT && is_there; face++) {
        size_t count = w->faces[face]->glyph_count;
        w->uses[face].used = tl_arena_alloc(&w->arena, count, 1);
        w->uses[face].character = tl_arena_alloc(&w->arena, count, sizeof *w->uses[face].character);
        is_there = w->uses[face].used != NULL && w->uses[face].character != NULL;
    }
    return is_there ? TL_OK : tl_err_memory(w->err);
}

tl_status tl_pdf_write(struct tl_buf *out, const struct tl_doc *doc, const struct tl_pdf_fonts *fonts,
                       struct tl_err *err)
{
    if (doc->face.title[0] == '\0' || tl_date_is_none(doc->face.issued))
        return tl_err_set(err, TL_ERR_INPUT, "a document needs a title and an issue date");
    struct pdf_writer w = {.err = err};
    for (size_t face = 0; face < LY_FACE_COUNT; face++)
        w.faces[face] = &fonts->faces[face];
    tl_status status = ly_layout(&w.layout, doc, w.faces, &w.arena, err);
    if (status == TL_OK)
        status = make_room(&w);
    for (size_t i = 0; i < w.layout.page_count && status == TL_OK; i++)
        status = pdf_page_draw(&w, i);
    if (status == TL_OK)
        status = pdf_file_open(&w.file, err);
    if (status == TL_OK)
        status = write_file(&w, &doc->face, out);
    pdf_file_close(w.file);
    for (size_t i = 0; w.contents != NULL && i < w.layout.page_count; i++)
        tl_buf_release(&w.contents[i]);
    tl_arena_release(&w.arena);
    return status;
}
