/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/key/terms.h"

#include "check.h"
#include "community.h"

static void figures_count_on_the_first_of_january_of_the_year_before(void **state)
{
    (void)state;
    struct tl_terms terms;
    char date[TL_DATE_TEXT_SIZE];
    community_terms(&terms);
    assert_string_equal(tl_date_iso(tl_terms_reference_date(&terms, 2026), date), "2025-01-01");
    assert_int_equal(tl_terms_reference_year(&terms, tl_date_of(2025, 1, 1)), 2026);
    assert_int_equal(tl_terms_reference_year(&terms, tl_date_of(2025, 1, 2)), 2027);
    assert_int_equal(tl_terms_reference_year(&terms, tl_date_of(2024, 12, 31)), 2026);
    terms.reference = (struct tl_reference){"pupils", 0, 9, 5};
    assert_string_equal(tl_date_iso(tl_terms_reference_date(&terms, 2026), date), "2026-09-05");
    assert_int_equal(tl_terms_reference_year(&terms, tl_date_of(2026, 9, 5)), 2026);
    assert_int_equal(tl_terms_reference_year(&terms, tl_date_of(2026, 9, 6)), 2027);
    tl_terms_release(&terms);
}

static const char *class_name(const struct tl_terms *terms, int64_t numerator, int64_t denominator)
{
    return tl_terms_class_of(terms, tl_ratio_of(numerator, denominator))->name;
}

static void a_class_takes_what_lies_below_its_bound_and_its_bound_only_when_inclusive(void **state)
{
    (void)state;
    struct tl_terms terms;
    community_terms(&terms);
    assert_string_equal(class_name(&terms, 0, 1), "Lille");
    assert_string_equal(class_name(&terms, 49999, 2), "Lille");
    assert_string_equal(class_name(&terms, 25000, 1), "Mellem");
    assert_string_equal(class_name(&terms, 60000, 1), "Stor");
    assert_string_equal(class_name(&terms, 120000, 1), "Meget stor");
    terms.classes[0].inclusive = true;
    assert_string_equal(class_name(&terms, 25000, 1), "Lille");
    assert_string_equal(class_name(&terms, 50001, 2), "Mellem");
    tl_terms_release(&terms);
}

static void a_figure_beyond_the_last_bound_has_no_class(void **state)
{
    (void)state;
    struct tl_terms terms;
    community_terms(&terms);
    terms.class_count = 3;
    assert_null(tl_terms_class_of(&terms, tl_ratio_of(120000, 1)));
    terms.class_count = 0;
    assert_null(tl_terms_class_of(&terms, tl_ratio_of(1, 1)));
    tl_terms_release(&terms);
}

/* The counts that OS2 published for these classes, from the population of 1 January 2020. */
static void the_municipalities_of_2020_fall_into_17_56_21_and_4(void **state)
{
    (void)state;
    struct tl_terms terms;
    struct community community;
    size_t counts[4] = {0};
    community_terms(&terms);
    community_load(&community, 2020);
    for (size_t i = 0; i < community.count; i++)
        counts[tl_terms_class_of(&terms, community.members[i].figures[0].value) - terms.classes]++;
    assert_int_equal(counts[0], 17);
    assert_int_equal(counts[1], 56);
    assert_int_equal(counts[2], 21);
    assert_int_equal(counts[3], 4);
    community_release(&community);
    tl_terms_release(&terms);
}

static void lines_and_classes_are_found_by_name(void **state)
{
    (void)state;
    struct tl_terms terms;
    community_terms(&terms);
    community_add_flat(&terms, "fee", 100);
    community_add_flat(&terms, "maintenance", 200);
    assert_ptr_equal(tl_terms_line(&terms, "maintenance"), &terms.lines[1]);
    assert_null(tl_terms_line(&terms, "hosting"));
    assert_int_equal(tl_terms_class_index(&terms, "Meget stor"), 3);
    assert_int_equal(tl_terms_class_index(&terms, "meget stor"), 4);
    tl_terms_release(&terms);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(figures_count_on_the_first_of_january_of_the_year_before),
        cmocka_unit_test(a_class_takes_what_lies_below_its_bound_and_its_bound_only_when_inclusive),
        cmocka_unit_test(a_figure_beyond_the_last_bound_has_no_class),
        cmocka_unit_test(the_municipalities_of_2020_fall_into_17_56_21_and_4),
        cmocka_unit_test(lines_and_classes_are_found_by_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
