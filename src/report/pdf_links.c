/* SPDX-License-Identifier: MPL-2.0 */
/* Links inside the document (ISO 32000-1, 12.5.6.5): each is an annotation that belongs to its structure element. */
#include "pdf_writer.h"

tl_status pdf_links_reserve(struct pdf_writer *w)
{
    w->links = tl_arena_alloc(&w->arena, w->layout.entry_count, sizeof *w->links);
    if (w->links == NULL)
        return tl_err_memory(w->err);
    for (size_t i = 0; i < w->layout.entry_count; i++)
        w->links[i] = pdf_file_object(&w->file);
    return TL_OK;
}

void pdf_links_put(const struct pdf_writer *w, size_t page, struct tl_buf *out)
{
    bool any = false;
    for (size_t i = 0; i < w->layout.entry_count; i++)
        if (w->layout.entries[i].page == page) {
            tl_buf_format(out, any ? " %u 0 R" : "/Annots[%u 0 R", (unsigned)w->links[i]);
            any = true;
        }
    tl_buf_text(out, any ? "]" : "");
}

/* The link's keys in the parent tree follow those of the pages. */
tl_status pdf_links_write(struct pdf_writer *w)
{
    const struct layout *l = &w->layout;
    struct tl_buf out = TL_BUF_EMPTY;
    for (size_t i = 0; i < l->entry_count; i++) {
        const struct ly_entry *entry = &l->entries[i];
        const struct ly_heading *heading = &l->headings[entry->heading];
        out.length = 0;
        tl_buf_text(&out, "/Type/Annot/Subtype/Link/F 4/Border[0 0 0]/Rect[");
        pdf_number(&out, entry->x_mpt);
        tl_buf_text(&out, " ");
        pdf_number(&out, LY_PAGE_HEIGHT_MPT - entry->y_mpt - entry->height_mpt);
        tl_buf_text(&out, " ");
        pdf_number(&out, entry->x_mpt + entry->width_mpt);
        tl_buf_text(&out, " ");
        pdf_number(&out, LY_PAGE_HEIGHT_MPT - entry->y_mpt);
        tl_buf_text(&out, "]/Contents ");
        const char *contents =
            tl_arena_format(&w->arena, "%s, %s %zu", heading->text, l->face->page_word, heading->page + 1);
        if (contents == NULL)
            out.failed = true;
        pdf_meta_string(&out, contents == NULL ? "" : contents);
        tl_buf_format(&out, "/StructParent %zu/Dest[%u 0 R/XYZ 0 ", l->page_count + i,
                      (unsigned)w->pages[heading->page]);
        pdf_number(&out, LY_PAGE_HEIGHT_MPT - heading->y_mpt + 6000);
        tl_buf_text(&out, " null]");
        pdf_file_entries(&w->file, w->links[i], &out);
    }
    tl_status status = tl_buf_status(&out, w->err);
    tl_buf_release(&out);
    return status;
}
