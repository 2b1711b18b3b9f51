/* SPDX-License-Identifier: MPL-2.0 */
/* The outline (ISO 32000-1, 12.3.3): bookmarks from the headings. */
#include "pdf_writer.h"

/* The index of the heading above `index` in the outline, or -1: the nearest before it of a higher level. */
static int heading_above(const struct layout *l, size_t index)
{
    for (size_t i = index; i > 0; i--)
        if (l->headings[i - 1].level < l->headings[index].level)
            return (int)i - 1;
    return -1;
}

/* First, last and neighbours among the headings under the same one. */
static void put_outline_links(struct tl_buf *out, const uint32_t *objects, const int *above, size_t count, int self)
{
    int first = -1, last = -1, kids = 0, previous = -1, next = -1;
    for (size_t i = 0; i < count; i++) {
        if (above[i] == self) {
            first = first < 0 ? (int)i : first;
            last = (int)i;
            kids++;
        }
        if (self >= 0 && above[i] == above[self] && (int)i < self)
            previous = (int)i;
        if (self >= 0 && above[i] == above[self] && (int)i > self && next < 0)
            next = (int)i;
    }
    if (first >= 0)
        tl_buf_format(out, " /First %u 0 R /Last %u 0 R /Count %d", (unsigned)objects[first], (unsigned)objects[last],
                      self < 0 ? kids : -kids);
    if (previous >= 0)
        tl_buf_format(out, " /Prev %u 0 R", (unsigned)objects[previous]);
    if (next >= 0)
        tl_buf_format(out, " /Next %u 0 R", (unsigned)objects[next]);
}

tl_status pdf_outline_write(struct pdf_writer *w)
{
    const struct layout *l = &w->layout;
    uint32_t *objects = tl_arena_alloc(&w->arena, l->heading_count, sizeof *objects);
    int *above = tl_arena_alloc(&w->arena, l->heading_count, sizeof *above);
    if (objects == NULL || above == NULL)
        return tl_err_memory(w->err);
    for (size_t i = 0; i < l->heading_count; i++) {
        objects[i] = pdf_file_object(&w->file);
        above[i] = heading_above(l, i);
    }
    struct tl_buf out = TL_BUF_EMPTY;
    for (size_t i = 0; i < l->heading_count; i++) {
        const struct ly_heading *heading = &l->headings[i];
        out.length = 0;
        tl_buf_text(&out, "/Title ");
        pdf_meta_string(&out, heading->text);
        tl_buf_format(&out, " /Parent %u 0 R /Dest [%u 0 R /XYZ 0 ",
                      (unsigned)(above[i] < 0 ? w->outline : objects[above[i]]), (unsigned)w->pages[heading->page]);
        pdf_number(&out, LY_PAGE_HEIGHT_MPT - heading->y_mpt + 6000);
        tl_buf_format(&out, " null] /SE %u 0 R", (unsigned)w->elems[heading->elem]);
        put_outline_links(&out, objects, above, l->heading_count, (int)i);
        pdf_file_entries(&w->file, objects[i], &out);
    }
    out.length = 0;
    tl_buf_text(&out, "/Type /Outlines");
    put_outline_links(&out, objects, above, l->heading_count, -1);
    pdf_file_entries(&w->file, w->outline, &out);
    tl_status status = tl_buf_status(&out, w->err);
    tl_buf_release(&out);
    return status;
}
