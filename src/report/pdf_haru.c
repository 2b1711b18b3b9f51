/* SPDX-License-Identifier: MPL-2.0 */
/*
 * The only file that knows libharu. Tried with version 2.3.0, as Debian 12 has it.
 *
 * The library keeps the objects, their numbers, the page tree, the streams and the cross-reference table. It has no
 * calls for what an archivable and accessible file needs, and its fonts, metadata and identifier do not pass either
 * standard; but every dictionary has a function that is called when it is written (`write_fn`), and there the
 * entries are written as they were given.
 */
#include "pdf_haru.h"

#include <hpdf.h>
#include <hpdf_doc.h>
#include <stdlib.h>
#include <string.h>

#include "tilslut/base/arena.h"

#if HPDF_VERSION_ID != 20300
#error "pdf_haru.c reaches into libharu's structs as of version 2.3.0: try it with this version, then change this line"
#endif

static const char tried_version[] = "2.3.0";

struct pdf_file {
    HPDF_Doc doc;
    struct tl_arena arena; /* texts of the dictionaries */
    HPDF_STATUS failure;   /* the first one */
    bool out_of_memory;
};

static void on_error(HPDF_STATUS number, HPDF_STATUS detail, void *context)
{
    (void)detail;
    struct pdf_file *file = context;
    if (file->failure == HPDF_OK)
        file->failure = number;
}

tl_status pdf_file_open(struct pdf_file **out, struct tl_err *err)
{
    *out = NULL;
    if (strcmp(HPDF_GetVersion(), tried_version) != 0) {
        tl_status status = tl_err_set(err, TL_ERR_STATE, "libharu is version '%s'", HPDF_GetVersion());
        tl_err_hint(err, "PDF files are written with version %s", tried_version);
        return status;
    }
    struct pdf_file *file = calloc(1, sizeof *file);
    if (file == NULL)
        return tl_err_memory(err);
    HPDF_Doc doc = HPDF_New(on_error, file);
    if (doc == NULL) {
        free(file);
        return tl_err_memory(err);
    }
    file->doc = doc;
    doc->pdf_version = HPDF_VER_17;
    HPDF_SetCompressionMode(doc, HPDF_COMP_ALL);
    *out = file;
    return TL_OK;
}

void pdf_file_close(struct pdf_file *file)
{
    if (file == NULL)
        return;
    HPDF_Free(file->doc);
    tl_arena_release(&file->arena);
    free(file);
}

/* The library calls the handler from some of its functions only; the others leave their error in the document. */
static HPDF_STATUS first_failure(const struct pdf_file *file)
{
    return file->failure != HPDF_OK ? file->failure : HPDF_GetError(file->doc);
}

static bool has_failed(const struct pdf_file *file)
{
    return file->out_of_memory || first_failure(file) != HPDF_OK;
}

/* The library calls this where the dictionary's entries are due. */
static HPDF_STATUS write_entries(HPDF_Dict dict, HPDF_Stream stream)
{
    const char *entries = dict->attr;
    HPDF_STATUS status = HPDF_OK;
    if (entries == NULL)
        return status;
    status = HPDF_Stream_Write(stream, (const HPDF_BYTE *)entries, (HPDF_UINT)strlen(entries));
    return status == HPDF_OK ? HPDF_Stream_WriteChar(stream, '\n') : status;
}

static uint32_t number_of(HPDF_Dict dict)
{
    return dict->header.obj_id & 0x00FFFFFFU;
}

/* Dictionaries made here keep their text in `attr`, which the library uses for some of its own only. */
static void set_entries(struct pdf_file *file, HPDF_Dict dict, const struct tl_buf *entries)
{
    char *copy = entries->failed ? NULL : tl_arena_text(&file->arena, tl_buf_string(entries));
    if (copy == NULL)
        file->out_of_memory = true;
    dict->attr = copy;
    dict->write_fn = write_entries;
}

uint32_t pdf_file_object(struct pdf_file *file)
{
    if (has_failed(file))
        return 0;
    HPDF_Dict dict = HPDF_Dict_New(file->doc->mmgr);
    if (dict == NULL || HPDF_Xref_Add(file->doc->xref, dict) != HPDF_OK)
        return 0;
    return number_of(dict);
}

void pdf_file_entries(struct pdf_file *file, uint32_t object, const struct tl_buf *entries)
{
    if (has_failed(file))
        return;
    HPDF_XrefEntry entry = HPDF_Xref_GetEntry(file->doc->xref, object);
    if (entry != NULL && entry->obj != NULL)
        set_entries(file, entry->obj, entries);
}

static void fill_stream(struct pdf_file *file, HPDF_Stream stream, const struct tl_buf *content)
{
    if (content->failed)
        file->out_of_memory = true;
    else if (content->length > 0) /* what fails here stays in the document */
        HPDF_Stream_Write(stream, (const HPDF_BYTE *)content->bytes, (HPDF_UINT)content->length);
}

uint32_t pdf_file_stream(struct pdf_file *file, const char *entries, const struct tl_buf *content, bool is_compressed)
{
    HPDF_Dict dict = has_failed(file) ? NULL : HPDF_DictStream_New(file->doc->mmgr, file->doc->xref);
    if (dict == NULL)
        return 0;
    struct tl_buf text = TL_BUF_EMPTY;
    tl_buf_text(&text, entries);
    dict->filter = is_compressed ? HPDF_STREAM_FILTER_FLATE_DECODE : HPDF_STREAM_FILTER_NONE;
    set_entries(file, dict, &text);
    fill_stream(file, dict->stream, content);
    tl_buf_release(&text);
    return number_of(dict);
}

uint32_t pdf_file_page(struct pdf_file *file, const struct tl_buf *resources, int32_t struct_parents,
                       const struct tl_buf *content)
{
    HPDF_Page page = has_failed(file) ? NULL : HPDF_AddPage(file->doc);
    if (page == NULL)
        return 0;
    fill_stream(file, ((HPDF_PageAttr)page->attr)->stream, content);
    HPDF_Dict_AddNumber(page, "StructParents", struct_parents);
    HPDF_Dict_AddName(page, "Tabs", "S");
    HPDF_Dict own = HPDF_Dict_GetItem(page, "Resources", HPDF_OCLASS_DICT);
    if (own == NULL)
        on_error(HPDF_INVALID_PARAMETER, 0, file);
    else
        set_entries(file, own, resources);
    return number_of(page);
}

void pdf_file_catalog(struct pdf_file *file, const struct tl_buf *entries)
{
    if (!has_failed(file))
        set_entries(file, file->doc->catalog, entries);
}

void pdf_file_info(struct pdf_file *file, const struct tl_buf *entries)
{
    if (has_failed(file))
        return;
    HPDF_Dict info = file->doc->info; /* made with the document, to name the library */
    if (info == NULL || HPDF_Dict_RemoveElement(info, "Producer") != HPDF_OK)
        on_error(HPDF_INVALID_DOCUMENT, 0, file);
    else
        set_entries(file, info, entries);
}

static tl_status failure_of(const struct pdf_file *file, struct tl_err *err)
{
    HPDF_STATUS failure = first_failure(file);
    bool is_memory =
        failure == HPDF_FAILD_TO_ALLOC_MEM || failure == HPDF_ZLIB_ERROR; /* deflating fails for no other */
    if (file->out_of_memory || is_memory)
        return tl_err_memory(err);
    return tl_err_set(err, TL_ERR_STATE, "libharu failed with code 0x%04lX", (unsigned long)failure);
}

tl_status pdf_file_save(struct pdf_file *file, const struct tl_digest *id, struct tl_buf *out, struct tl_err *err)
{
    char hex[TL_DIGEST_HEX_SIZE];
    struct tl_buf entries = TL_BUF_EMPTY;
    tl_digest_hex(id, hex);
    tl_buf_format(&entries, "/ID [<%.32s> <%.32s>]", hex, hex);
    set_entries(file, file->doc->trailer, &entries);
    tl_buf_release(&entries);
    if (!has_failed(file))
        HPDF_SaveToStream(file->doc);
    if (has_failed(file))
        return failure_of(file, err);
    HPDF_UINT32 left = HPDF_GetStreamSize(file->doc);
    while (left > 0) {
        HPDF_BYTE piece[16384];
        HPDF_UINT32 size = left < sizeof piece ? left : sizeof piece;
        HPDF_STATUS status = HPDF_ReadFromStream(file->doc, piece, &size);
        if ((status != HPDF_OK && status != HPDF_STREAM_EOF) || size == 0)
            return failure_of(file, err);
        tl_buf_add(out, (const char *)piece, size);
        left -= size;
    }
    return tl_buf_status(out, err);
}
