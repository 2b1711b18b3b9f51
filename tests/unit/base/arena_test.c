/* SPDX-License-Identifier: MPL-2.0 */
#include <stdalign.h>
#include <stdint.h>
#include <string.h>

#include "check.h"
#include "tilslut/base/arena.h"

static void every_piece_is_zeroed_aligned_and_its_own(void **state)
{
    (void)state;
    enum { PIECES = 3000 };
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct check_random random = {1};
    static unsigned char *pieces[PIECES];
    static size_t sizes[PIECES];
    for (size_t i = 0; i < PIECES; i++) {
        sizes[i] = (size_t)check_random_between(&random, 0, i % 50 == 0 ? 40000 : 300);
        pieces[i] = tl_arena_alloc(&arena, sizes[i], 1);
        assert_non_null(pieces[i]);
        assert_int_equal((uintptr_t)pieces[i] % alignof(max_align_t), 0);
        for (size_t j = 0; j < sizes[i]; j++)
            assert_int_equal(pieces[i][j], 0);
        memset(pieces[i], (int)(i % 255) + 1, sizes[i]);
    }
    for (size_t i = 0; i < PIECES; i++)
        for (size_t j = 0; j < sizes[i]; j++)
            assert_int_equal(pieces[i][j], (int)(i % 255) + 1);
    tl_arena_release(&arena);
    assert_null(arena.newest);
}

static void nothing_is_not_null(void **state)
{
    (void)state;
    struct tl_arena arena = TL_ARENA_EMPTY;
    assert_non_null(tl_arena_alloc(&arena, 0, 8));
    assert_non_null(tl_arena_alloc(&arena, 8, 0));
    assert_string_equal(tl_arena_copy(&arena, "", 0), "");
    tl_arena_release(&arena);
    tl_arena_release(&arena);
}

static void more_than_memory_can_hold_is_null(void **state)
{
    (void)state;
    struct tl_arena arena = TL_ARENA_EMPTY;
    size_t capacity = SIZE_MAX / 2 + 1;
    char item;
    assert_null(tl_arena_alloc(&arena, SIZE_MAX / 2, 3));
    assert_null(tl_arena_alloc(&arena, SIZE_MAX, 1));
    assert_null(tl_arena_copy(&arena, "x", SIZE_MAX));
    assert_null(tl_arena_grow(&arena, &item, capacity, &capacity, 1));
    tl_arena_release(&arena);
}

static void copies_end_with_a_zero_byte(void **state)
{
    (void)state;
    struct tl_arena arena = TL_ARENA_EMPTY;
    assert_string_equal(tl_arena_copy(&arena, "abcdef", 3), "abc");
    assert_string_equal(tl_arena_text(&arena, "blåbær"), "blåbær");
    assert_string_equal(tl_arena_format(&arena, "%s-%d", "a", 12), "a-12");
    char long_text[40001];
    memset(long_text, 'x', 40000);
    long_text[40000] = '\0';
    assert_string_equal(tl_arena_format(&arena, "%s", long_text), long_text);
    tl_arena_release(&arena);
}

static void a_growing_array_keeps_what_it_held(void **state)
{
    (void)state;
    struct tl_arena arena = TL_ARENA_EMPTY;
    int *items = NULL;
    size_t capacity = 0;
    for (int i = 0; i < 5000; i++) {
        items = tl_arena_grow(&arena, items, (size_t)i, &capacity, sizeof *items);
        assert_non_null(items);
        items[i] = i;
    }
    for (int i = 0; i < 5000; i++)
        assert_int_equal(items[i], i);
    tl_arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_piece_is_zeroed_aligned_and_its_own), cmocka_unit_test(nothing_is_not_null),
        cmocka_unit_test(more_than_memory_can_hold_is_null),         cmocka_unit_test(copies_end_with_a_zero_byte),
        cmocka_unit_test(a_growing_array_keeps_what_it_held),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
