/* SPDX-License-Identifier: MPL-2.0 */
#include "check.h"
#include "tilslut/base/person.h"

static void capitals_and_spaces_make_nobody_somebody_else(void **state)
{
    (void)state;
    assert_true(tl_person_is_same("anna", "anna"));
    assert_true(tl_person_is_same("Anna Ås", "annaås"));
    assert_true(tl_person_is_same(" ÆØÅ ", "æøå"));
    assert_true(tl_person_is_same("", "  "));
}

static void other_letters_are_another_person(void **state)
{
    (void)state;
    assert_false(tl_person_is_same("anna", "anne"));
    assert_false(tl_person_is_same("anna", "ann"));
    assert_false(tl_person_is_same("ann", "anna"));
    assert_false(tl_person_is_same("åse", "ase"));
    assert_false(tl_person_is_same("[", "{")); /* signs beside the letters have no small form */
    assert_false(tl_person_is_same("×", "÷"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(capitals_and_spaces_make_nobody_somebody_else),
        cmocka_unit_test(other_letters_are_another_person),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
