/* SPDX-License-Identifier: MPL-2.0 */
/*
 * A PDF file being written, by libharu: objects with numbers, pages, streams, and the bytes in the end.
 *
 * Only pdf_haru.c knows the library. What stands in a dictionary is given as PDF syntax, since the library has
 * calls for neither structure nor archiving. Failures are kept and told by pdf_file_save.
 */
#ifndef TILSLUT_SRC_REPORT_PDF_HARU_H
#define TILSLUT_SRC_REPORT_PDF_HARU_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tilslut/base/digest.h"
#include "tilslut/base/status.h"
#include "tilslut/base/text.h"

struct pdf_file;

/* TL_ERR_STATE when the library at run time is not the version this was tried with. */
tl_status pdf_file_open(struct pdf_file **out, struct tl_err *err) TL_MUST_CHECK;
void pdf_file_close(struct pdf_file *file);

/* A new dictionary object; the number, or 0 after a failure. */
uint32_t pdf_file_object(struct pdf_file *file);
/* Sets what stands between << and >>. The text is copied; a text that has failed fails the file. */
void pdf_file_entries(struct pdf_file *file, uint32_t object, const struct tl_buf *entries);
/* A new stream object; Length and Filter are added to `entries`. */
uint32_t pdf_file_stream(struct pdf_file *file, const char *entries, const struct tl_buf *content, bool is_compressed);
/* A new A4 page with its key in the structure's parent tree; the number of its object. */
uint32_t pdf_file_page(struct pdf_file *file, const struct tl_buf *resources, int32_t struct_parents,
                       const struct tl_buf *content);
/* Added to the catalog, and instead of the library's own document information. */
void pdf_file_catalog(struct pdf_file *file, const struct tl_buf *entries);
void pdf_file_info(struct pdf_file *file, const struct tl_buf *entries);

/* Appends the bytes. TL_ERR_MEMORY, or TL_ERR_STATE with the library's code of the first failure. */
tl_status pdf_file_save(struct pdf_file *file, const struct tl_digest *id, struct tl_buf *out,
                        struct tl_err *err) TL_MUST_CHECK;

#endif
