/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/report/fields.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* What is shared by a whole tree. */
struct fields_tree {
    struct tl_arena *arena;
    bool failed;
};

struct tl_fields {
    struct fields_tree *tree;
    struct tl_field *items;
    size_t count, capacity;
};

static struct tl_fields *new_row(struct fields_tree *tree)
{
    struct tl_fields *row = tl_arena_alloc(tree->arena, 1, sizeof *row);
    if (row == NULL)
        tree->failed = true;
    else
        row->tree = tree;
    return row;
}

struct tl_fields *tl_fields_new(struct tl_arena *arena)
{
    struct fields_tree *tree = tl_arena_alloc(arena, 1, sizeof *tree);
    if (tree == NULL)
        return NULL;
    tree->arena = arena;
    return new_row(tree);
}

static struct tl_field *find(const struct tl_fields *fields, const char *name, size_t length)
{
    for (size_t i = 0; i < fields->count; i++)
        if (strlen(fields->items[i].name) == length && memcmp(fields->items[i].name, name, length) == 0)
            return &fields->items[i];
    return NULL;
}

/* The field of that name, made when it is not there; NULL when memory is gone. */
static struct tl_field *obtain(struct tl_fields *fields, const char *name, tl_field_kind kind)
{
    struct tl_field *field = find(fields, name, strlen(name));
    if (field != NULL)
        return field;
    struct tl_arena *arena = fields->tree->arena;
    void *items = tl_arena_grow(arena, fields->items, fields->count, &fields->capacity, sizeof *fields->items);
    char *copy = items == NULL ? NULL : tl_arena_text(arena, name);
    if (copy == NULL) {
        fields->tree->failed = true;
        return NULL;
    }
    fields->items = items;
    field = &fields->items[fields->count++];
    *field = (struct tl_field){.name = copy, .kind = kind, .text = ""};
    return field;
}

void tl_fields_text(struct tl_fields *fields, const char *name, const char *value)
{
    struct tl_field *field = obtain(fields, name, TL_FIELD_TEXT);
    if (field == NULL)
        return;
    field->text = value == NULL ? NULL : tl_arena_text(fields->tree->arena, value);
    if (field->text == NULL) {
        field->text = "";
        fields->tree->failed = true;
    }
}

void tl_fields_optional(struct tl_fields *fields, const char *name, const char *value)
{
    tl_fields_text(fields, name, value == NULL ? "" : value);
}

void tl_fields_format(struct tl_fields *fields, const char *name, const char *format, ...)
{
    va_list arguments, again;
    va_start(arguments, format);
    va_copy(again, arguments);
    int length = vsnprintf(NULL, 0, format, arguments);
    va_end(arguments);
    char *text = length < 0 ? NULL : tl_arena_alloc(fields->tree->arena, (size_t)length + 1, 1);
    if (text == NULL)
        fields->tree->failed = true;
    else
        vsnprintf(text, (size_t)length + 1, format, again);
    va_end(again);
    tl_fields_text(fields, name, text);
}

void tl_fields_flag(struct tl_fields *fields, const char *name, bool value)
{
    tl_fields_text(fields, name, value ? "1" : "");
}

struct tl_fields *tl_fields_row(struct tl_fields *fields, const char *name)
{
    struct tl_field *field = obtain(fields, name, TL_FIELD_ROWS);
    struct tl_fields *row = field == NULL ? NULL : new_row(fields->tree);
    if (row == NULL)
        return fields;
    void *rows =
        tl_arena_grow(fields->tree->arena, field->rows, field->row_count, &field->row_capacity, sizeof *field->rows);
    if (rows == NULL) {
        fields->tree->failed = true;
        return fields;
    }
    field->rows = rows;
    field->rows[field->row_count++] = row;
    return row;
}

void tl_fields_rows(struct tl_fields *fields, const char *name)
{
    (void)obtain(fields, name, TL_FIELD_ROWS);
}

tl_status tl_fields_status(const struct tl_fields *fields, struct tl_err *err)
{
    return fields->tree->failed ? tl_err_memory(err) : TL_OK;
}

const struct tl_field *tl_fields_find(const struct tl_fields *fields, const char *name, size_t name_length)
{
    return find(fields, name, name_length);
}

size_t tl_fields_count(const struct tl_fields *fields)
{
    return fields->count;
}

const struct tl_field *tl_fields_at(const struct tl_fields *fields, size_t index)
{
    return index < fields->count ? &fields->items[index] : NULL;
}
