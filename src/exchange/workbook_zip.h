/* SPDX-License-Identifier: MPL-2.0 */
/*
 * The parts of a workbook's file: the one place that knows libzip.
 */
#ifndef TILSLUT_SRC_EXCHANGE_WORKBOOK_ZIP_H
#define TILSLUT_SRC_EXCHANGE_WORKBOOK_ZIP_H

#include "tilslut/base/status.h"
#include "tilslut/base/text.h"
#include "tilslut/exchange/source.h"

struct workbook_zip;

/* Opens a file; the source must outlive it. Close it with workbook_zip_close, also NULL. TL_ERR_INPUT, TL_ERR_RANGE,
 * TL_ERR_MEMORY. */
tl_status workbook_zip_open(struct workbook_zip **out, const struct tl_source *source,
                            struct tl_err *err) TL_MUST_CHECK;
void workbook_zip_close(struct workbook_zip *zip);

/* Appends a part, inflated. *found is false, and nothing wrong, where there is none of that name. */
tl_status workbook_zip_read(struct tl_buf *out, bool *found, struct workbook_zip *zip, const char *name,
                            struct tl_err *err) TL_MUST_CHECK;

#endif
