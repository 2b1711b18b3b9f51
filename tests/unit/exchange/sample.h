/* SPDX-License-Identifier: MPL-2.0 */
/*
 * What the tests of the exchange floor share: files of tests/data, and the parties in parties.csv as areas.
 */
#ifndef TESTS_EXCHANGE_SAMPLE_H
#define TESTS_EXCHANGE_SAMPLE_H

#include <stdio.h>
#include <string.h>

#include "check.h"
#include "tilslut/exchange/figures_file.h"
#include "tilslut/exchange/parties_file.h"
#include "tilslut/exchange/source.h"

enum { SAMPLE_SIZE_MAX = 64 * 1024, SAMPLE_PARTIES_MAX = 120 };

static inline struct tl_source sample_text(const char *name, const char *text)
{
    return (struct tl_source){name, text, strlen(text)};
}

static inline struct tl_source sample_file(const char *path, struct tl_arena *arena)
{
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    char *bytes = tl_arena_alloc(arena, SAMPLE_SIZE_MAX, 1);
    assert_non_null(bytes);
    size_t length = fread(bytes, 1, SAMPLE_SIZE_MAX, file);
    assert_true(length > 0 && length < SAMPLE_SIZE_MAX);
    assert_int_equal(fclose(file), 0);
    return (struct tl_source){path, bytes, length};
}

/* The parties of tests/data/parties.csv; *count of them, in the arena. */
static inline const struct tl_area *sample_areas(size_t *count, struct tl_arena *arena)
{
    struct tl_err err = TL_ERR_NONE;
    struct tl_parties_file file;
    struct tl_source source = sample_file("tests/data/parties.csv", arena);
    assert_ok(tl_parties_file_read(&file, &source, arena, &err), &err);
    struct tl_area *areas = tl_arena_alloc(arena, file.row_count, sizeof *areas);
    assert_non_null(areas);
    for (size_t i = 0; i < file.row_count; i++)
        areas[i] = (struct tl_area){file.rows[i].code, file.rows[i].name, file.rows[i].kind, file.rows[i].region};
    *count = file.row_count;
    return areas;
}

#endif
