/* SPDX-License-Identifier: MPL-2.0 */
/*
 * A PDF file being written: objects with numbers, pages, streams, and the bytes in the end (ISO 32000-1, 7.5).
 *
 * What stands in a dictionary is given as PDF syntax. Dictionaries are kept in compressed object streams (7.5.7), since
 * a tagged document has a dictionary for every cell of every table. Failures are kept and told by pdf_file_save.
 */
#ifndef TILSLUT_SRC_REPORT_PDF_FILE_H
#define TILSLUT_SRC_REPORT_PDF_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tilslut/base/arena.h"
#include "tilslut/base/digest.h"
#include "tilslut/base/status.h"
#include "tilslut/base/text.h"

struct pdf_object {
    const char *entries; /* between << and >>; NULL until they are given */
    const char *content; /* of a stream, as it is written; NULL for a dictionary */
    size_t content_length;
};

/* Zero-initialise; the first object is number 1. */
struct pdf_file {
    struct tl_arena arena;
    struct pdf_object *objects;
    size_t object_count, object_capacity;
    uint32_t pages_object; /* the page tree, 0 before the first page */
    struct tl_buf kids;    /* of the page tree */
    size_t page_count;
    bool out_of_memory;
};

#define PDF_FILE_EMPTY                                                                                                 \
    {                                                                                                                  \
        .arena = TL_ARENA_EMPTY                                                                                        \
    }

void pdf_file_release(struct pdf_file *file);

/* A new dictionary object; its number, or 0 when memory is gone. */
uint32_t pdf_file_object(struct pdf_file *file);
/* Sets what stands between << and >>. The text is copied; a text that has failed fails the file. */
void pdf_file_entries(struct pdf_file *file, uint32_t object, const struct tl_buf *entries);
/* Appends the bytes deflated, as a compressed stream holds them. */
void pdf_file_deflate(struct tl_buf *out, const struct tl_buf *content);
/* A new stream object; Length is added to `entries`. Compressed: the content is deflated here, and Filter added.
 * Deflated: the content has been through pdf_file_deflate. The content is copied. */
typedef enum pdf_stream_form { PDF_STREAM_PLAIN, PDF_STREAM_COMPRESSED, PDF_STREAM_DEFLATED } pdf_stream_form;
uint32_t pdf_file_stream(struct pdf_file *file, const char *entries, const struct tl_buf *content,
                         pdf_stream_form form);
/* A new page, the last one so far; the number of its object. `entries` are those beside its type, parent and content.
 */
uint32_t pdf_file_page(struct pdf_file *file, const struct tl_buf *entries, const struct tl_buf *content);

/* Appends the bytes. `catalog` gets the page tree; `info` and `catalog` are entries as above. The file's identifier
 * comes from its content: the same content, the same bytes. TL_ERR_MEMORY. */
tl_status pdf_file_save(struct pdf_file *file, const struct tl_buf *catalog, const struct tl_buf *info,
                        struct tl_buf *out, struct tl_err *err) TL_MUST_CHECK;

#endif
