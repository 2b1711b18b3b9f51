/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Just enough of a PDF reader to check our own files: objects, streams, object streams and page contents, as they are
 * or as `qpdf --qdf` writes them. It fails the test on what it cannot read.
 */
#ifndef TESTS_SUPPORT_PDF_READER_H
#define TESTS_SUPPORT_PDF_READER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tilslut/base/arena.h"

typedef enum pdf_kind {
    PDF_NULL,
    PDF_BOOLEAN,
    PDF_NUMBER,
    PDF_NAME,
    PDF_STRING,
    PDF_ARRAY,
    PDF_DICT,
    PDF_REFERENCE,
    PDF_OPERATOR /* in page contents only */
} pdf_kind;

struct pdf_value {
    pdf_kind kind;
    int64_t thousandths;     /* PDF_NUMBER; PDF_BOOLEAN: 0 or 1; PDF_REFERENCE: the object number */
    const char *text;        /* PDF_NAME, PDF_OPERATOR: NUL-terminated; PDF_STRING: its bytes */
    size_t length;           /* of a string's bytes */
    struct pdf_value *items; /* PDF_ARRAY: elements; PDF_DICT: key, value, key, value */
    size_t count, capacity;
};

struct pdf_object {
    struct pdf_value value;
    const char *stream; /* decoded; NULL when the object is no stream */
    size_t stream_length;
    bool ends_where_it_says; /* of a stream: Length bytes, an end of line, endstream */
};

struct pdf_read {
    struct tl_arena arena;
    const char *bytes;
    size_t length;
    struct pdf_object *objects; /* by number */
    size_t object_count;
    struct pdf_value trailer; /* or the dictionary of the cross-reference stream */
};

void pdf_read_open(struct pdf_read *pdf, const char *bytes, size_t length);
void pdf_read_close(struct pdf_read *pdf);

/* The entry of a dictionary, references followed; a value of kind PDF_NULL when it is not there. */
const struct pdf_value *pdf_get(const struct pdf_read *pdf, const struct pdf_value *dict, const char *key);
/* The entry as it stands, a reference being a reference. */
const struct pdf_value *pdf_get_raw(const struct pdf_value *dict, const char *key);
const struct pdf_value *pdf_follow(const struct pdf_read *pdf, const struct pdf_value *value);
const struct pdf_object *pdf_object_of(const struct pdf_read *pdf, const struct pdf_value *reference);
bool pdf_is_name(const struct pdf_value *value, const char *name);

/* The next operand or operator at *at, before `end`; false at the end. Values lie in the arena. */
bool pdf_next_token(struct pdf_read *pdf, const char **at, const char *end, struct pdf_value *out);

#endif
