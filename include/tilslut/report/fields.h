/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Fields: what a template can print. A tree of named values, groups of values and repeated rows.
 *
 * Everything lies in the arena of the root. Adding never reports by itself: the first failure is kept
 * and told by tl_fields_status, so that a builder of a hundred fields stays readable.
 */
#ifndef TILSLUT_REPORT_FIELDS_H
#define TILSLUT_REPORT_FIELDS_H

#include <stdbool.h>
#include <stddef.h>

#include "tilslut/base/arena.h"
#include "tilslut/base/status.h"

struct tl_fields;

typedef enum tl_field_kind { TL_FIELD_TEXT, TL_FIELD_ROWS } tl_field_kind;

/* One named thing. */
struct tl_field {
    const char *name;
    tl_field_kind kind;
    const char *text;        /* TL_FIELD_TEXT: the value, "" when there is none */
    struct tl_fields **rows; /* TL_FIELD_ROWS: a group is one row */
    size_t row_count, row_capacity;
};

/* A new, empty root; NULL when memory is gone. `arena` must outlive it. */
struct tl_fields *tl_fields_new(struct tl_arena *arena) TL_MUST_CHECK;

/* Sets a value, which is copied. A value that is there already is replaced. NULL is a text that could not be made
 * because memory is gone: tl_fields_status then tells. */
void tl_fields_text(struct tl_fields *fields, const char *name, const char *value);
/* The same for a value that may be missing: NULL counts as "". */
void tl_fields_optional(struct tl_fields *fields, const char *name, const char *value);
void tl_fields_format(struct tl_fields *fields, const char *name, const char *format, ...) TL_PRINTF(3, 4);
/* A value that only answers yes ("1") or no (""), for sections. */
void tl_fields_flag(struct tl_fields *fields, const char *name, bool value);

/* Adds a row to the repeated section `name`. A group is a section with one row. Never NULL: when memory
 * is gone it is `fields` itself, and tl_fields_status tells. */
struct tl_fields *tl_fields_row(struct tl_fields *fields, const char *name);
/* Declares the section `name`, so that a template that asks for it finds it even without rows. */
void tl_fields_rows(struct tl_fields *fields, const char *name);

/* TL_OK, or TL_ERR_MEMORY when any addition anywhere below the root failed. */
tl_status tl_fields_status(const struct tl_fields *fields, struct tl_err *err) TL_MUST_CHECK;

/* The field of that name, directly in `fields`, or NULL. */
const struct tl_field *tl_fields_find(const struct tl_fields *fields, const char *name, size_t name_length);

/* The fields directly in `fields`, in the order they were first added. */
size_t tl_fields_count(const struct tl_fields *fields);
const struct tl_field *tl_fields_at(const struct tl_fields *fields, size_t index);

#endif
