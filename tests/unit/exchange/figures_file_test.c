/* SPDX-License-Identifier: MPL-2.0 */
#include "sample.h"

static void a_statbank_file_of_codes_gives_every_municipality(void **state)
{
    (void)state;
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct tl_err err = TL_ERR_NONE;
    struct tl_figures_file file;
    struct tl_figures_request request = {.source = sample_file("tests/data/statbank/FOLK1A-2025K1-Code.csv", &arena)};
    request.areas = sample_areas(&request.area_count, &arena);
    assert_ok(tl_figures_file_read(&file, &request, &arena, &err), &err);
    assert_same_int((int64_t)file.row_count, 99);
    assert_same_int((int64_t)file.total_count, 6);
    assert_string_equal(file.rows[0].area->code, "0101");
    assert_same_int(file.rows[0].figure.value.numerator, 667099);
    assert_same_int(file.rows[0].figure.holds_on.number, 20250101);
    assert_string_equal(file.rows[0].figure.source, "Danmarks Statistik FOLK1A, 2025K1, file FOLK1A-2025K1-Code.csv");
    tl_arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_statbank_file_of_codes_gives_every_municipality),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
