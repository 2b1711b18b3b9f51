/* SPDX-License-Identifier: MPL-2.0 */
#include "pdf_file.h"

#include <stdio.h>
#include <string.h>
#include <zlib.h>

enum {
    STREAMED_TOGETHER = 1000, /* dictionaries in an object stream, which a reader unpacks as a whole */
    ROW_SHORT = 64,           /* of bytes, for most elements of the structure */
    ROW_LONG = 128,
    OBJECTS_MAX = 9999999,
    XREF_WIDTH = 7,
    COMPRESSION = 6
};

/* Where an object is found: its place in the file, or its object stream and its index there. */
struct place {
    bool is_streamed;
    size_t offset; /* or the number of the object stream */
    size_t index;
};

void pdf_file_release(struct pdf_file *file)
{
    tl_arena_release(&file->arena);
    tl_buf_release(&file->kids);
    *file = (struct pdf_file)PDF_FILE_EMPTY;
}

uint32_t pdf_file_object(struct pdf_file *file)
{
    void *objects =
        tl_arena_grow(&file->arena, file->objects, file->object_count, &file->object_capacity, sizeof *file->objects);
    if (objects == NULL) {
        file->out_of_memory = true;
        return 0;
    }
    file->objects = objects;
    file->objects[file->object_count++] = (struct pdf_object){.entries = NULL};
    return (uint32_t)file->object_count;
}

static struct pdf_object *find(struct pdf_file *file, uint32_t object)
{
    return object == 0 || object > file->object_count ? NULL : &file->objects[object - 1];
}

void pdf_file_entries(struct pdf_file *file, uint32_t object, const struct tl_buf *entries)
{
    struct pdf_object *found = find(file, object);
    const char *copy = entries->failed ? NULL : tl_arena_text(&file->arena, tl_buf_string(entries));
    if (copy == NULL || found == NULL)
        file->out_of_memory = true;
    else
        found->entries = copy;
}

void pdf_file_deflate(struct tl_buf *out, const struct tl_buf *content)
{
    unsigned char piece[16384];
    z_stream z = {.next_in = (Bytef *)content->bytes, .avail_in = (uInt)content->length};
    if (content->failed || deflateInit(&z, COMPRESSION) != Z_OK) {
        out->failed = true;
        return;
    }
    int result = Z_OK;
    while (result == Z_OK) {
        z.next_out = piece;
        z.avail_out = sizeof piece;
        result = deflate(&z, Z_FINISH);
        tl_buf_add(out, (const char *)piece, sizeof piece - z.avail_out);
    }
    out->failed = out->failed || result != Z_STREAM_END;
    deflateEnd(&z);
}

static void fill_stream(struct pdf_file *file, uint32_t object, const char *entries, const struct tl_buf *content,
                        pdf_stream_form form)
{
    struct tl_buf deflated = TL_BUF_EMPTY;
    struct pdf_object *found = find(file, object);
    if (form == PDF_STREAM_COMPRESSED)
        pdf_file_deflate(&deflated, content);
    const struct tl_buf *written = form == PDF_STREAM_COMPRESSED ? &deflated : content;
    const char *text = tl_arena_format(&file->arena, "%s%s/Length %zu", entries,
                                       form == PDF_STREAM_PLAIN ? "" : "/Filter/FlateDecode", written->length);
    const char *bytes = written->failed ? NULL : tl_arena_copy(&file->arena, tl_buf_string(written), written->length);
    if (found == NULL || text == NULL || bytes == NULL)
        file->out_of_memory = true;
    else
        *found = (struct pdf_object){text, bytes, written->length};
    tl_buf_release(&deflated);
}

uint32_t pdf_file_stream(struct pdf_file *file, const char *entries, const struct tl_buf *content, pdf_stream_form form)
{
    uint32_t object = pdf_file_object(file);
    fill_stream(file, object, entries, content, form);
    return object;
}

uint32_t pdf_file_page(struct pdf_file *file, const struct tl_buf *entries, const struct tl_buf *content)
{
    struct tl_buf all = TL_BUF_EMPTY;
    if (file->pages_object == 0)
        file->pages_object = pdf_file_object(file);
    uint32_t stream = pdf_file_stream(file, "", content, PDF_STREAM_COMPRESSED), page = pdf_file_object(file);
    tl_buf_format(&all, "/Type/Page/Parent %u 0 R/Contents %u 0 R%s", (unsigned)file->pages_object, (unsigned)stream,
                  tl_buf_string(entries));
    all.failed = all.failed || entries->failed;
    pdf_file_entries(file, page, &all);
    tl_buf_format(&file->kids, "%s%u 0 R", file->page_count == 0 ? "" : " ", (unsigned)page);
    file->page_count++;
    tl_buf_release(&all);
    return page;
}

/* The page tree, the catalog and the information dictionary; the numbers of the latter two. */
static void write_roots(struct pdf_file *file, const struct tl_buf *catalog, const struct tl_buf *info, uint32_t *root,
                        uint32_t *information)
{
    struct tl_buf all = TL_BUF_EMPTY;
    tl_buf_format(&all, "/Type/Pages/Count %zu/Kids[%s]", file->page_count, tl_buf_string(&file->kids));
    all.failed = all.failed || file->kids.failed;
    pdf_file_entries(file, file->pages_object, &all);
    all.length = 0;
    tl_buf_format(&all, "/Type/Catalog/Pages %u 0 R%s", (unsigned)file->pages_object, tl_buf_string(catalog));
    all.failed = all.failed || catalog->failed;
    *root = pdf_file_object(file);
    pdf_file_entries(file, *root, &all);
    *information = pdf_file_object(file);
    pdf_file_entries(file, *information, info);
    tl_buf_release(&all);
}

/* The bytes in rows of so many, each as its difference from the row above (the predictor Up of PNG), which deflates to
 * next to nothing where rows are alike. The last row is whole. */
static void write_rows(struct tl_buf *out, const struct tl_buf *bytes, size_t columns)
{
    static const unsigned char nothing[ROW_LONG] = {0};
    unsigned char row[ROW_LONG + 1] = {2}; /* Up */
    const unsigned char *above = nothing;
    for (size_t at = 0; at + columns <= bytes->length; at += columns) {
        const unsigned char *own = (const unsigned char *)bytes->bytes + at;
        for (size_t i = 0; i < columns; i++)
            row[i + 1] = (unsigned char)(own[i] - above[i]);
        tl_buf_add(out, (const char *)row, columns + 1);
        above = own;
    }
    out->failed = out->failed || bytes->failed;
}

/* Spaces up to the end of a row of so many columns. */
static void fill_up(struct tl_buf *buf, size_t columns)
{
    static const char spaces[] = "                                                                ";
    for (size_t left = (columns - buf->length % columns) % columns; left > 0 && !buf->failed;) {
        size_t part = left < sizeof spaces - 1 ? left : sizeof spaces - 1;
        tl_buf_add(buf, spaces, part);
        left -= part;
    }
}

static const char *entries_of(const struct pdf_object *object)
{
    return object->entries == NULL ? "" : object->entries;
}

/* The length of the row that a dictionary is put in; 0 where it is longer than any. */
static size_t row_of(const struct pdf_object *object)
{
    size_t length = strlen(entries_of(object)) + strlen("<<>>\n");
    return length <= ROW_SHORT ? ROW_SHORT : length <= ROW_LONG ? ROW_LONG : 0;
}

/* Packs dictionaries that fit in rows of one length into an object stream, each a row; longer ones as they are. */
static void pack(struct pdf_file *file, const size_t *numbers, size_t count, size_t columns, struct place *places)
{
    struct tl_buf bytes = TL_BUF_EMPTY, rows = TL_BUF_EMPTY;
    size_t offset = 0;
    char entries[120];
    uint32_t stream = pdf_file_object(file);
    for (size_t i = 0; i < count; i++) {
        tl_buf_format(&bytes, columns > 0 ? "%7zu%8zu " : "%zu %zu ", numbers[i], offset);
        offset += columns > 0 ? columns : strlen(entries_of(&file->objects[numbers[i] - 1])) + strlen("<<>>\n");
        places[numbers[i]] = (struct place){.is_streamed = true, .offset = stream, .index = i};
    }
    if (columns > 0)
        fill_up(&bytes, columns);
    int used = snprintf(entries, sizeof entries, "/Type/ObjStm/N %zu/First %zu", count, bytes.length);
    for (size_t i = 0; i < count; i++) {
        tl_buf_text(&bytes, "<<");
        tl_buf_text(&bytes, entries_of(&file->objects[numbers[i] - 1]));
        tl_buf_text(&bytes, ">>\n");
        if (columns > 0)
            fill_up(&bytes, columns);
    }
    if (columns > 0) {
        write_rows(&rows, &bytes, columns);
        snprintf(entries + used, sizeof entries - (size_t)used, "/DecodeParms<</Predictor 12/Columns %zu>>", columns);
    }
    fill_stream(file, stream, entries, columns > 0 ? &rows : &bytes, PDF_STREAM_COMPRESSED);
    tl_buf_release(&bytes);
    tl_buf_release(&rows);
}

/* All dictionaries among the objects 1 to `count`. */
static void pack_all(struct pdf_file *file, size_t count, struct place *places)
{
    static const size_t lengths[] = {ROW_SHORT, ROW_LONG, 0};
    size_t numbers[STREAMED_TOGETHER], waiting = 0;
    for (size_t k = 0; k < sizeof lengths / sizeof lengths[0]; k++) {
        for (size_t i = 0; i < count; i++) {
            if (file->objects[i].content == NULL && row_of(&file->objects[i]) == lengths[k])
                numbers[waiting++] = i + 1;
            if (waiting > 0 && (waiting == STREAMED_TOGETHER || i + 1 == count)) {
                pack(file, numbers, waiting, lengths[k], places);
                waiting = 0;
            }
        }
    }
}

static void write_streams(const struct pdf_file *file, size_t start, struct place *places, struct tl_buf *out)
{
    for (size_t i = 0; i < file->object_count; i++) {
        const struct pdf_object *object = &file->objects[i];
        if (object->content == NULL)
            continue;
        places[i + 1].offset = out->length - start;
        tl_buf_format(out, "%zu 0 obj\n<<%s>>\nstream\n", i + 1, object->entries);
        tl_buf_add(out, object->content, object->content_length);
        tl_buf_text(out, "\nendstream\nendobj\n");
    }
}

static void put_big_endian(unsigned char *at, size_t bytes, size_t value)
{
    for (size_t i = bytes; i > 0; i--, value >>= 8)
        at[i - 1] = (unsigned char)(value & 0xFFU);
}

/* One row per object: type, four bytes of place, two of index. */
static void write_xref(const struct place *places, size_t count, struct tl_buf *rows)
{
    struct tl_buf bytes = TL_BUF_EMPTY;
    unsigned char row[XREF_WIDTH];
    for (size_t i = 0; i < count; i++) {
        row[0] = i == 0 ? 0 : places[i].is_streamed ? 2 : 1;
        put_big_endian(row + 1, 4, places[i].offset);
        put_big_endian(row + 5, 2, i == 0 ? 0xFFFF : places[i].index);
        tl_buf_add(&bytes, (const char *)row, sizeof row);
    }
    write_rows(rows, &bytes, sizeof row);
    tl_buf_release(&bytes);
}

tl_status pdf_file_save(struct pdf_file *file, const struct tl_buf *catalog, const struct tl_buf *info,
                        struct tl_buf *out, struct tl_err *err)
{
    uint32_t root, information;
    write_roots(file, catalog, info, &root, &information);
    size_t count = file->object_count;
    size_t room = count + count / STREAMED_TOGETHER + 5; /* with the object streams and the cross-references */
    struct place *places = tl_arena_alloc(&file->arena, room, sizeof *places);
    if (places == NULL || file->out_of_memory)
        return tl_err_memory(err);
    if (count > OBJECTS_MAX)
        return tl_err_set(err, TL_ERR_RANGE, "a document has more than %d parts", OBJECTS_MAX);
    pack_all(file, count, places);
    size_t start = out->length, xref = file->object_count + 1;
    tl_buf_text(out, "%PDF-1.7\n%\xE2\xE3\xCF\xD3\n");
    write_streams(file, start, places, out);
    places[xref].offset = out->length - start;
    struct tl_buf rows = TL_BUF_EMPTY, deflated = TL_BUF_EMPTY;
    char hex[TL_DIGEST_HEX_SIZE];
    struct tl_digest id = tl_digest_of(tl_buf_string(out) + start, out->length - start);
    tl_digest_hex(&id, hex);
    write_xref(places, xref + 1, &rows);
    pdf_file_deflate(&deflated, &rows);
    tl_buf_format(out,
                  "%zu 0 obj\n<</Type/XRef/Size %zu/Root %u 0 R/Info %u 0 R/ID[<%.32s><%.32s>]/W[1 4 2]/Filter"
                  "/FlateDecode/DecodeParms<</Predictor 12/Columns 7>>/Length %zu>>\nstream\n",
                  xref, xref + 1, (unsigned)root, (unsigned)information, hex, hex, deflated.length);
    tl_buf_add(out, tl_buf_string(&deflated), deflated.length);
    tl_buf_format(out, "\nendstream\nendobj\nstartxref\n%zu\n%%%%EOF\n", places[xref].offset);
    out->failed = out->failed || deflated.failed || file->out_of_memory;
    tl_buf_release(&rows);
    tl_buf_release(&deflated);
    return tl_buf_status(out, err);
}
