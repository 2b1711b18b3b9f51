/* SPDX-License-Identifier: MPL-2.0 */
#include "workbook_zip.h"

#include <stdlib.h>
#include <zip.h>

#include "tilslut/exchange/workbook_file.h"

struct workbook_zip {
    zip_t *archive;
    const struct tl_source *source;
    uint64_t inflated; /* of all parts that were read */
};

enum { RATIO_FREE = 1000000, PIECE = 16384 };

static tl_status refuse(const struct tl_source *source, tl_status status, struct tl_err *err, const char *reason)
{
    (void)tl_err_set(err, status, "the file is not a workbook (XLSX): %s", reason);
    tl_err_at(err, source->name, 0, 0);
    return status;
}

static tl_status open_archive(struct workbook_zip *zip, struct tl_err *err)
{
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t *bytes = zip_source_buffer_create(zip->source->bytes, zip->source->length, 0, &error);
    if (bytes != NULL)
        zip->archive = zip_open_from_source(bytes, ZIP_RDONLY | ZIP_CHECKCONS, &error);
    bool is_memory_gone = zip_error_code_zip(&error) == ZIP_ER_MEMORY;
    if (zip->archive == NULL && bytes != NULL)
        zip_source_free(bytes);
    zip_error_fini(&error);
    if (zip->archive != NULL)
        return TL_OK;
    return is_memory_gone ? tl_err_memory(err) : refuse(zip->source, TL_ERR_INPUT, err, "it is no whole ZIP archive");
}

tl_status workbook_zip_open(struct workbook_zip **out, const struct tl_source *source, struct tl_err *err)
{
    struct workbook_zip *zip = calloc(1, sizeof *zip);
    *out = zip;
    if (zip == NULL)
        return tl_err_memory(err);
    zip->source = source;
    tl_status status = open_archive(zip, err);
    if (status == TL_OK && zip_get_num_entries(zip->archive, 0) > TL_WORKBOOK_PARTS_MAX)
        status = refuse(source, TL_ERR_RANGE, err, "it has more parts than any workbook of ours");
    return status;
}

void workbook_zip_close(struct workbook_zip *zip)
{
    if (zip == NULL)
        return;
    if (zip->archive != NULL)
        zip_discard(zip->archive);
    free(zip);
}

/* Reads to the end, but no further than the bounds, whatever the directory of the archive says. */
static tl_status inflate_part(struct tl_buf *out, struct workbook_zip *zip, zip_file_t *part, struct tl_err *err)
{
    char piece[PIECE];
    uint64_t allowed = RATIO_FREE + (uint64_t)zip->source->length * TL_WORKBOOK_RATIO_MAX, here = 0;
    for (;;) {
        zip_int64_t got = zip_fread(part, piece, sizeof piece);
        if (got < 0)
            return refuse(zip->source, TL_ERR_INPUT, err, "a part of it is damaged");
        if (got == 0)
            return tl_buf_status(out, err);
        here += (uint64_t)got;
        zip->inflated += (uint64_t)got;
        if (here > TL_WORKBOOK_PART_MAX || zip->inflated > allowed)
            return refuse(zip->source, TL_ERR_RANGE, err, "it inflates to more than any workbook of ours");
        tl_buf_add(out, piece, (size_t)got);
        if (out->failed)
            return tl_err_memory(err);
    }
}

tl_status workbook_zip_read(struct tl_buf *out, bool *found, struct workbook_zip *zip, const char *name,
                            struct tl_err *err)
{
    zip_int64_t index = zip_name_locate(zip->archive, name, 0);
    *found = index >= 0;
    if (index < 0)
        return TL_OK;
    zip_file_t *part = zip_fopen_index(zip->archive, (zip_uint64_t)index, 0);
    if (part == NULL)
        return refuse(zip->source, TL_ERR_INPUT, err, "a part of it cannot be opened");
    tl_status status = inflate_part(out, zip, part, err);
    int closed = zip_fclose(part);
    return status == TL_OK && closed != 0 ? refuse(zip->source, TL_ERR_INPUT, err, "a part of it is damaged") : status;
}
