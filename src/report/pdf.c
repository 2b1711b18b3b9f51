/* SPDX-License-Identifier: MPL-2.0 */
/* Laid-out pages become a file: fonts, pages, structure, outline, and what ties them together. */
#include "tilslut/report/pdf.h"

#include "pdf_writer.h"

static const char page_size[] = "595.28 841.89"; /* A4 */

static tl_status write_fonts(struct pdf_writer *w, struct tl_buf *resources)
{
    tl_status status = TL_OK;
    tl_buf_text(resources, "/Font <<");
    for (size_t face = 0; face < LY_FACE_COUNT && status == TL_OK; face++) {
        if (!w->uses[face].any)
            continue;
        status = pdf_font_write(&w->file, w->kept, face, w->faces[face], &w->uses[face], &w->fonts[face], w->err);
        tl_buf_format(resources, " /F%zu %u 0 R", face, (unsigned)w->fonts[face]);
    }
    tl_buf_text(resources, " >>");
    return status == TL_OK ? tl_buf_status(resources, w->err) : status;
}

/* The catalog's entries. */
static void put_catalog(struct pdf_writer *w, const struct tl_doc_face *face, const struct tl_buf *xmp,
                        struct tl_buf *out)
{
    struct tl_buf profile = TL_BUF_EMPTY, entries = TL_BUF_EMPTY;
    pdf_colour_profile(&profile);
    uint32_t colour = pdf_file_stream(&w->file, "/N 3", &profile, PDF_STREAM_COMPRESSED);
    uint32_t metadata = pdf_file_stream(&w->file, "/Type/Metadata/Subtype/XML", xmp, PDF_STREAM_PLAIN);
    uint32_t intent = pdf_file_object(&w->file);
    tl_buf_format(&entries,
                  "/Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier(sRGB IEC61966-2.1)/Info(sRGB "
                  "IEC61966-2.1)/RegistryName(http://www.color.org)/DestOutputProfile %u 0 R",
                  (unsigned)colour);
    pdf_file_entries(&w->file, intent, &entries);
    tl_buf_format(out,
                  "/Lang(%s)/MarkInfo<</Marked true>>/ViewerPreferences<</DisplayDocTitle true>>/StructTreeRoot %u 0 R"
                  "/Metadata %u 0 R/OutputIntents[%u 0 R]",
                  face->language, (unsigned)w->struct_root, (unsigned)metadata, (unsigned)intent);
    if (w->layout.heading_count > 0)
        tl_buf_format(out, "/Outlines %u 0 R/PageMode/UseOutlines", (unsigned)w->outline);
    tl_buf_release(&profile);
    tl_buf_release(&entries);
}

static void write_pages(struct pdf_writer *w, const struct tl_buf *fonts)
{
    struct tl_buf entries = TL_BUF_EMPTY;
    uint32_t resources = pdf_file_object(&w->file);
    pdf_file_entries(&w->file, resources, fonts);
    for (size_t i = 0; i < w->layout.page_count; i++) {
        entries.length = 0;
        tl_buf_format(&entries, "/MediaBox[0 0 %s]/Resources %u 0 R/StructParents %zu/Tabs/S", page_size,
                      (unsigned)resources, i);
        pdf_links_put(w, i, &entries);
        w->pages[i] = pdf_file_page(&w->file, &entries, &w->contents[i]);
    }
    tl_buf_release(&entries);
}

/* Catalog, information, identifier, and the bytes. */
static tl_status save(struct pdf_writer *w, const struct tl_doc_face *face, struct tl_buf *out)
{
    struct tl_buf xmp = TL_BUF_EMPTY, catalog = TL_BUF_EMPTY, info = TL_BUF_EMPTY;
    pdf_meta_xmp(&xmp, face);
    put_catalog(w, face, &xmp, &catalog);
    pdf_meta_info(&info, face);
    xmp.failed = xmp.failed || catalog.failed || info.failed;
    tl_status status = tl_buf_status(&xmp, w->err);
    if (status == TL_OK)
        status = pdf_file_save(&w->file, &catalog, &info, out, w->err);
    tl_buf_release(&xmp);
    tl_buf_release(&catalog);
    tl_buf_release(&info);
    return status;
}

static tl_status write_file(struct pdf_writer *w, const struct tl_doc_face *face, struct tl_buf *out)
{
    struct tl_buf fonts = TL_BUF_EMPTY;
    w->struct_root = pdf_file_object(&w->file);
    w->outline = w->layout.heading_count > 0 ? pdf_file_object(&w->file) : 0;
    tl_status status = pdf_structure_number(w);
    if (status == TL_OK)
        status = write_fonts(w, &fonts);
    if (status == TL_OK)
        status = pdf_links_reserve(w);
    if (status == TL_OK) {
        write_pages(w, &fonts);
        status = pdf_links_write(w);
    }
    if (status == TL_OK)
        status = pdf_structure_write(w);
    if (status == TL_OK && w->layout.heading_count > 0)
        status = pdf_outline_write(w);
    if (status == TL_OK)
        status = save(w, face, out);
    tl_buf_release(&fonts);
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
    struct pdf_writer w = {.file = PDF_FILE_EMPTY, .kept = fonts->kept, .err = err};
    for (size_t face = 0; face < LY_FACE_COUNT; face++)
        w.faces[face] = &fonts->faces[face];
    const struct hyphenation *hyphenation = NULL;
    tl_status status = pdf_fonts_hyphenation(fonts, doc->face.language, &hyphenation, err);
    if (status == TL_OK)
        status = ly_layout(&w.layout, doc, w.faces, hyphenation, &w.arena, err);
    if (status == TL_OK)
        status = make_room(&w);
    for (size_t i = 0; i < w.layout.page_count && status == TL_OK; i++)
        status = pdf_page_draw(&w, i);
    if (status == TL_OK)
        status = write_file(&w, &doc->face, out);
    pdf_file_release(&w.file);
    for (size_t i = 0; w.contents != NULL && i < w.layout.page_count; i++)
        tl_buf_release(&w.contents[i]);
    tl_arena_release(&w.arena);
    return status;
}
