/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/store/zip.h"

#include <stdlib.h>
#include <string.h>
#include <zip.h>

struct tl_zip {
    zip_t *archive;
    zip_source_t *bytes; /* where the archive comes to lie */
    zip_uint16_t date;   /* as zip writes a day: years since 1980, month, day */
};

static tl_status fail(const struct tl_zip *zip, struct tl_err *err)
{
    zip_error_t *error = zip_get_error(zip->archive);
    return zip_error_code_zip(error) == ZIP_ER_MEMORY
               ? tl_err_memory(err)
               : tl_err_set(err, TL_ERR_IO, "could not make a zip archive: %s", zip_error_strerror(error));
}

tl_status tl_zip_new(struct tl_zip **out, struct tl_date date, struct tl_err *err)
{
    struct tl_zip *zip = calloc(1, sizeof *zip);
    int year = tl_date_year(date) < 1980 ? 1980 : tl_date_year(date);
    if (zip == NULL)
        return tl_err_memory(err);
    zip->date = (zip_uint16_t)((year - 1980) << 9 | tl_date_month(date) << 5 | tl_date_day(date));
    zip->bytes = zip_source_buffer_create(NULL, 0, 0, NULL);
    if (zip->bytes != NULL)
        zip->archive = zip_open_from_source(zip->bytes, ZIP_TRUNCATE, NULL);
    if (zip->archive == NULL) {
        zip_source_free(zip->bytes);
        free(zip);
        return tl_err_memory(err);
    }
    zip_source_keep(zip->bytes); /* the archive gives its own hold of it up */
    *out = zip;
    return TL_OK;
}

void tl_zip_free(struct tl_zip *zip)
{
    if (zip == NULL)
        return;
    zip_discard(zip->archive);
    zip_source_free(zip->bytes);
    free(zip);
}

tl_status tl_zip_add(struct tl_zip *zip, const char *name, const void *bytes, size_t length, struct tl_err *err)
{
    /* libzip frees the copy with the source, and the source with the archive */
    void *copy = malloc(length == 0 ? 1 : length);
    if (copy == NULL)
        return tl_err_memory(err);
    memcpy(copy, length == 0 ? "" : bytes, length);
    zip_source_t *source = zip_source_buffer(zip->archive, copy, length, 1);
    if (source == NULL) {
        free(copy);
        return fail(zip, err);
    }
    zip_int64_t index = zip_file_add(zip->archive, name, source, ZIP_FL_ENC_UTF_8);
    if (index < 0) {
        zip_source_free(source);
        return fail(zip, err);
    }
    if (zip_file_set_dostime(zip->archive, (zip_uint64_t)index, 0, zip->date, 0) != 0 ||
        zip_set_file_compression(zip->archive, (zip_uint64_t)index, ZIP_CM_DEFLATE, 0) != 0)
        return fail(zip, err);
    return TL_OK;
}

tl_status tl_zip_end(struct tl_zip *zip, struct tl_buf *out, struct tl_err *err)
{
    char chunk[65536];
    zip_int64_t count;
    if (zip_close(zip->archive) != 0)
        return fail(zip, err);
    zip->archive = NULL;
    if (zip_source_open(zip->bytes) != 0)
        return tl_err_memory(err);
    while ((count = zip_source_read(zip->bytes, chunk, sizeof chunk)) > 0)
        tl_buf_add(out, chunk, (size_t)count);
    (void)zip_source_close(zip->bytes);
    return count < 0 ? tl_err_memory(err) : tl_buf_status(out, err);
}
