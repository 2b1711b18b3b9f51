/* SPDX-License-Identifier: MPL-2.0 */
#include "sample.h"
#include "tilslut/exchange/terms_yaml.h"

static void the_terms_of_os2valghalla_are_read(void **state)
{
    (void)state;
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct tl_err err = TL_ERR_NONE;
    struct tl_terms terms;
    struct tl_source source = sample_file("tests/data/terms/os2valghalla.yaml", &arena);
    assert_ok(tl_terms_yaml_read(&terms, &source, &err), &err);
    assert_string_equal(terms.product, "os2valghalla");
    assert_same_int((int64_t)terms.line_count, 4);
    assert_string_equal(tl_key_text(terms.lines[2].key, &arena), "25% equal + 75% population");
    tl_terms_release(&terms);
    tl_arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_terms_of_os2valghalla_are_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
