/* SPDX-License-Identifier: MPL-2.0 */
/*
 * A zip archive that is put together in memory: the same files and date give the same bytes.
 */
#ifndef TILSLUT_STORE_ZIP_H
#define TILSLUT_STORE_ZIP_H

#include <stddef.h>

#include "tilslut/base/date.h"
#include "tilslut/base/status.h"
#include "tilslut/base/text.h"

struct tl_zip;

/* An empty archive, whose files are all of the date. TL_ERR_MEMORY. */
tl_status tl_zip_new(struct tl_zip **out, struct tl_date date, struct tl_err *err) TL_MUST_CHECK;
/* NULL is accepted. */
void tl_zip_free(struct tl_zip *zip);

/* Adds a file `folder/name`; the bytes are copied. TL_ERR_MEMORY, TL_ERR_IO with the reason. */
tl_status tl_zip_add(struct tl_zip *zip, const char *name, const void *bytes, size_t length,
                     struct tl_err *err) TL_MUST_CHECK;

/* Appends the archive to `out`; nothing can be added after it. TL_ERR_MEMORY, TL_ERR_IO. */
tl_status tl_zip_end(struct tl_zip *zip, struct tl_buf *out, struct tl_err *err) TL_MUST_CHECK;

#endif
