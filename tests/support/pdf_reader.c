/* SPDX-License-Identifier: MPL-2.0 */
#include "pdf_reader.h"

#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "check.h"

enum { OBJECTS_MAX = 20000, STREAM_MAX = 8 * 1024 * 1024 };

static const struct pdf_value nothing = {.kind = PDF_NULL};

static bool is_space(char c)
{
    return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' || c == '\0';
}

static bool is_delimiter(char c)
{
    return c == '(' || c == ')' || c == '<' || c == '>' || c == '[' || c == ']' || c == '/' || c == '%';
}

static void skip_space(const char **at, const char *end)
{
    while (*at < end && (is_space(**at) || **at == '%')) {
        if (**at == '%')
            while (*at < end && **at != '\n')
                ++*at;
        else
            ++*at;
    }
}

static void add_item(struct pdf_read *pdf, struct pdf_value *to, struct pdf_value item)
{
    void *items = tl_arena_grow(&pdf->arena, to->items, to->count, &to->capacity, sizeof *to->items);
    assert_non_null(items);
    to->items = items;
    to->items[to->count++] = item;
}

static int hex_digit(char c)
{
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
                                  : -1;
}

static void read_hex_string(struct pdf_read *pdf, const char **at, const char *end, struct pdf_value *out)
{
    char *bytes = tl_arena_alloc(&pdf->arena, (size_t)(end - *at) < 65536 ? (size_t)(end - *at) : 65536, 1);
    int high = -1;
    assert_non_null(bytes);
    *out = (struct pdf_value){.kind = PDF_STRING, .text = bytes};
    for (; *at < end && **at != '>'; ++*at) {
        int digit = hex_digit(**at);
        if (digit < 0)
            continue;
        if (high < 0)
            high = digit;
        else {
            bytes[out->length++] = (char)(high * 16 + digit);
            high = -1;
        }
    }
    ++*at;
}

/* What follows a backslash: a sign of its own, or one of the control characters that have a letter. */
static char unescaped(char c)
{
    return c == 'n' ? '\n' : c == 'r' ? '\r' : c == 't' ? '\t' : c == 'b' ? '\b' : c == 'f' ? '\f' : c;
}

static void read_literal_string(struct pdf_read *pdf, const char **at, const char *end, struct pdf_value *out)
{
    const char *start = *at;
    int depth = 1;
    while (*at < end && depth > 0) {
        if (**at == '\\')
            ++*at;
        else if (**at == '(')
            depth++;
        else if (**at == ')')
            depth--;
        ++*at;
    }
    size_t length = 0, written = (size_t)(*at - start) - 1;
    char *bytes = tl_arena_alloc(&pdf->arena, written + 1, 1);
    assert_non_null(bytes);
    for (size_t i = 0; i < written; i++)
        bytes[length++] = start[i] == '\\' && i + 1 < written ? unescaped(start[++i]) : start[i];
    *out = (struct pdf_value){.kind = PDF_STRING, .text = bytes, .length = length};
}

static void read_number(const char *text, struct pdf_value *out)
{
    const char *c = text;
    bool negative = *c == '-';
    int64_t value = 0, decimals = -1;
    for (c += *c == '-' || *c == '+' ? 1 : 0; *c != '\0'; c++) {
        if (*c == '.')
            decimals = 0;
        else if (decimals < 3) {
            value = value * 10 + (*c - '0');
            decimals += decimals >= 0 ? 1 : 0;
        }
    }
    for (int64_t i = decimals < 0 ? 0 : decimals; i < 3; i++)
        value *= 10;
    *out = (struct pdf_value){.kind = PDF_NUMBER, .thousandths = negative ? -value : value};
}

static void read_word(struct pdf_read *pdf, const char **at, const char *end, struct pdf_value *out)
{
    const char *start = *at;
    while (*at < end && !is_space(**at) && !is_delimiter(**at))
        ++*at;
    char *word = tl_arena_copy(&pdf->arena, start, (size_t)(*at - start));
    assert_non_null(word);
    if (strspn(word, "+-.0123456789") == strlen(word) && word[0] != '\0')
        read_number(word, out);
    else if (strcmp(word, "true") == 0 || strcmp(word, "false") == 0)
        *out = (struct pdf_value){.kind = PDF_BOOLEAN, .thousandths = word[0] == 't'};
    else if (strcmp(word, "null") == 0)
        *out = nothing;
    else
        *out = (struct pdf_value){.kind = PDF_OPERATOR, .text = word};
}

/* In an array or dictionary, `12 0 R` has arrived as two numbers and an operator. */
static void fold_reference(struct pdf_value *container)
{
    struct pdf_value *last = &container->items[container->count - 1];
    if (last->kind != PDF_OPERATOR || strcmp(last->text, "R") != 0 || container->count < 3)
        return;
    container->count -= 2;
    struct pdf_value *number = &container->items[container->count - 1];
    *number = (struct pdf_value){.kind = PDF_REFERENCE, .thousandths = number->thousandths / 1000};
}

static void read_container(struct pdf_read *pdf, const char **at, const char *end, struct pdf_value *out, pdf_kind kind)
{
    *out = (struct pdf_value){.kind = kind};
    for (;;) {
        skip_space(at, end);
        if (*at >= end)
            return;
        if (kind == PDF_ARRAY && **at == ']') {
            ++*at;
            return;
        }
        if (kind == PDF_DICT && **at == '>') {
            *at += 2;
            return;
        }
        struct pdf_value item;
        if (!pdf_next_token(pdf, at, end, &item))
            return;
        add_item(pdf, out, item);
        fold_reference(out);
    }
}

bool pdf_next_token(struct pdf_read *pdf, const char **at, const char *end, struct pdf_value *out)
{
    skip_space(at, end);
    if (*at >= end)
        return false;
    char c = **at;
    if (c == '/') {
        const char *start = ++*at;
        while (*at < end && !is_space(**at) && !is_delimiter(**at))
            ++*at;
        *out = (struct pdf_value){.kind = PDF_NAME, .text = tl_arena_copy(&pdf->arena, start, (size_t)(*at - start))};
        assert_non_null(out->text);
    } else if (c == '(') {
        ++*at;
        read_literal_string(pdf, at, end, out);
    } else if (c == '<' && *at + 1 < end && (*at)[1] == '<') {
        *at += 2;
        read_container(pdf, at, end, out, PDF_DICT);
    } else if (c == '<') {
        ++*at;
        read_hex_string(pdf, at, end, out);
    } else if (c == '[') {
        ++*at;
        read_container(pdf, at, end, out, PDF_ARRAY);
    } else if (is_delimiter(c)) {
        ++*at;
        *out = (struct pdf_value){.kind = PDF_OPERATOR, .text = "?"};
    } else
        read_word(pdf, at, end, out);
    return true;
}

const struct pdf_object *pdf_object_of(const struct pdf_read *pdf, const struct pdf_value *reference)
{
    static const struct pdf_object none = {.value = {.kind = PDF_NULL}};
    bool is_there = reference->kind == PDF_REFERENCE && (size_t)reference->thousandths < pdf->object_count;
    return is_there ? &pdf->objects[reference->thousandths] : &none;
}

const struct pdf_value *pdf_follow(const struct pdf_read *pdf, const struct pdf_value *value)
{
    return value->kind == PDF_REFERENCE ? &pdf_object_of(pdf, value)->value : value;
}

const struct pdf_value *pdf_get_raw(const struct pdf_value *dict, const char *key)
{
    for (size_t i = 0; dict->kind == PDF_DICT && i + 1 < dict->count; i += 2)
        if (dict->items[i].kind == PDF_NAME && strcmp(dict->items[i].text, key) == 0)
            return &dict->items[i + 1];
    return &nothing;
}

const struct pdf_value *pdf_get(const struct pdf_read *pdf, const struct pdf_value *dict, const char *key)
{
    return pdf_follow(pdf, pdf_get_raw(dict, key));
}

bool pdf_is_name(const struct pdf_value *value, const char *name)
{
    return value->kind == PDF_NAME && strcmp(value->text, name) == 0;
}

/* Undoes the predictors of PNG that are in use here, None and Up, in place; the new length. */
static size_t undo_predictor(unsigned char *bytes, size_t length, size_t columns)
{
    size_t rows = length / (columns + 1);
    assert_true(columns > 0 && rows * (columns + 1) == length);
    for (size_t row = 0; row < rows; row++) {
        unsigned char *to = bytes + row * columns, *from = bytes + row * (columns + 1);
        unsigned char type = *from;
        assert_true(type == 0 || type == 2);
        memmove(to, from + 1, columns);
        for (size_t i = 0; type == 2 && row > 0 && i < columns; i++)
            to[i] = (unsigned char)(to[i] + to[(ptrdiff_t)i - (ptrdiff_t)columns]);
    }
    return rows * columns;
}

/* Deflated bytes, or the bytes as they are. */
static void decode_stream(struct pdf_read *pdf, struct pdf_object *object, const char *bytes, size_t length)
{
    const struct pdf_value *filter = pdf_get(pdf, &object->value, "Filter");
    if (filter->kind == PDF_ARRAY && filter->count == 1)
        filter = &filter->items[0];
    if (!pdf_is_name(filter, "FlateDecode")) {
        object->stream = bytes;
        object->stream_length = length;
        return;
    }
    uLongf size = STREAM_MAX;
    Bytef *out = malloc(STREAM_MAX);
    assert_non_null(out);
    assert_int_equal(uncompress(out, &size, (const Bytef *)bytes, (uLong)length), Z_OK);
    const struct pdf_value *parameters = pdf_get(pdf, &object->value, "DecodeParms");
    if (pdf_get(pdf, parameters, "Predictor")->thousandths >= 10000)
        size = undo_predictor(out, size, (size_t)(pdf_get(pdf, parameters, "Columns")->thousandths / 1000));
    object->stream = tl_arena_copy(&pdf->arena, (const char *)out, size);
    object->stream_length = size;
    free(out);
    assert_non_null(object->stream);
}

/* Where a stream's bytes begin, or NULL when the object is none. */
static const char *stream_start(const char *at, const char *end)
{
    skip_space(&at, end);
    if (end - at < 7 || memcmp(at, "stream", 6) != 0)
        return NULL;
    at += 6;
    at += *at == '\r' ? 1 : 0;
    return at + 1;
}

/* Reads every `N 0 obj`; a stream's length may stand in a later object, so streams are decoded afterwards. */
static void read_objects(struct pdf_read *pdf, const char **streams)
{
    const char *end = pdf->bytes + pdf->length;
    for (const char *at = pdf->bytes; at < end;) {
        const char *found = memmem(at, (size_t)(end - at), " 0 obj", 6);
        if (found == NULL)
            return;
        const char *number = found;
        while (number > pdf->bytes && number[-1] >= '0' && number[-1] <= '9')
            number--;
        size_t index = (size_t)atol(number);
        at = found + 6;
        if (index == 0 || index >= OBJECTS_MAX)
            continue;
        struct pdf_object *object = &pdf->objects[index];
        if (!pdf_next_token(pdf, &at, end, &object->value))
            return;
        streams[index] = stream_start(at, end);
        if (streams[index] != NULL) {
            const char *stop = memmem(streams[index], (size_t)(end - streams[index]), "endstream", 9);
            at = stop == NULL ? end : stop;
        }
        pdf->object_count = index + 1 > pdf->object_count ? index + 1 : pdf->object_count;
    }
}

/* The dictionaries that an object stream holds: pairs of number and place, then the dictionaries. */
static void read_object_stream(struct pdf_read *pdf, const struct pdf_object *stream)
{
    size_t count = (size_t)(pdf_get(pdf, &stream->value, "N")->thousandths / 1000);
    size_t first = (size_t)(pdf_get(pdf, &stream->value, "First")->thousandths / 1000);
    const char *at = stream->stream, *end = at + stream->stream_length;
    for (size_t i = 0; i < count; i++) {
        struct pdf_value number, place;
        assert_true(pdf_next_token(pdf, &at, end, &number) && pdf_next_token(pdf, &at, end, &place));
        size_t index = (size_t)(number.thousandths / 1000), offset = first + (size_t)(place.thousandths / 1000);
        assert_true(index > 0 && index < OBJECTS_MAX && offset < stream->stream_length);
        const char *body = stream->stream + offset;
        assert_true(pdf_next_token(pdf, &body, end, &pdf->objects[index].value));
        pdf->object_count = index + 1 > pdf->object_count ? index + 1 : pdf->object_count;
    }
}

static void find_trailer(struct pdf_read *pdf)
{
    const char *last = NULL, *end = pdf->bytes + pdf->length;
    for (const char *at = pdf->bytes; at < end && (at = memmem(at, (size_t)(end - at), "trailer", 7)) != NULL; at++)
        last = at + 7;
    for (size_t i = 0; last == NULL && i < pdf->object_count; i++)
        if (pdf_is_name(pdf_get_raw(&pdf->objects[i].value, "Type"), "XRef")) {
            pdf->trailer = pdf->objects[i].value;
            return;
        }
    assert_non_null(last);
    assert_true(pdf_next_token(pdf, &last, end, &pdf->trailer));
}

void pdf_read_open(struct pdf_read *pdf, const char *bytes, size_t length)
{
    *pdf = (struct pdf_read){.arena = TL_ARENA_EMPTY, .bytes = bytes, .length = length};
    pdf->objects = tl_arena_alloc(&pdf->arena, OBJECTS_MAX, sizeof *pdf->objects);
    const char **streams = tl_arena_alloc(&pdf->arena, OBJECTS_MAX, sizeof *streams);
    assert_true(pdf->objects != NULL && streams != NULL);
    read_objects(pdf, streams);
    for (size_t i = 0, count = pdf->object_count; i < count; i++)
        if (streams[i] != NULL) {
            struct pdf_object *object = &pdf->objects[i];
            int64_t size = pdf_get(pdf, &object->value, "Length")->thousandths / 1000;
            size_t left = (size_t)(bytes + length - streams[i]);
            object->ends_where_it_says = /* qpdf --qdf adds no end of line where there is one */
                memmem(bytes, length < 40 ? length : 40, "%QDF-", 5) != NULL ||
                (size >= 0 && (size_t)size + 10 < left && memcmp(streams[i] + size, "\nendstream", 10) == 0);
            decode_stream(pdf, object, streams[i], (size_t)size);
            if (pdf_is_name(pdf_get_raw(&object->value, "Type"), "ObjStm"))
                read_object_stream(pdf, object);
        }
    find_trailer(pdf);
}

void pdf_read_close(struct pdf_read *pdf)
{
    tl_arena_release(&pdf->arena);
}
