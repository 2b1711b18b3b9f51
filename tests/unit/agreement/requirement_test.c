/* SPDX-License-Identifier: MPL-2.0 */
#include "check.h"

#include <stdio.h>
#include <string.h>

#include "tilslut/agreement/requirement.h"
#include "tilslut/base/text.h"

static void each_requirement_is_asked_for_by_a_level_and_found_by_its_code(void **state)
{
    (void)state;
    size_t count;
    const struct tl_requirement *requirements = tl_requirement_list(&count);
    assert_true(count > 30);
    for (size_t i = 0; i < count; i++) {
        const struct tl_requirement *requirement = &requirements[i];
        assert_ptr_equal(tl_requirement_find(requirement->code), requirement);
        assert_true(requirement->required_from > 0 || requirement->recommended_from > 0);
        /* what is recommended first and required later is recommended on a lower level */
        if (requirement->required_from > 0 && requirement->recommended_from > 0)
            assert_true(requirement->recommended_from < requirement->required_from);
        assert_true(requirement->da[0] != '\0' && requirement->en[0] != '\0' && requirement->how[0] != '\0');
        assert_int_equal(tl_text_valid_utf8(requirement->da, strlen(requirement->da)), strlen(requirement->da));
    }
    assert_null(tl_requirement_find("nothing"));
}

static void each_level_asks_for_all_that_the_one_below_does(void **state)
{
    (void)state;
    size_t count;
    const struct tl_requirement *requirements = tl_requirement_list(&count);
    size_t required[4] = {0};
    for (size_t i = 0; i < count; i++)
        for (int level = 1; level <= 3; level++) {
            required[level] += tl_requirement_is_required(&requirements[i], level) ? 1 : 0;
            if (level > 1 && tl_requirement_is_required(&requirements[i], level - 1))
                assert_true(tl_requirement_is_required(&requirements[i], level));
            if (tl_requirement_is_required(&requirements[i], level))
                assert_true(tl_requirement_is_recommended(&requirements[i], level));
        }
    assert_int_equal(required[1], 15);
    assert_int_equal(required[2], 19);
    assert_int_equal(required[3], 22);
}

static void each_step_of_the_checklist_has_a_requirement(void **state)
{
    (void)state;
    size_t count;
    const struct tl_requirement *requirements = tl_requirement_list(&count);
    for (int step = 1; step <= 7; step++) {
        size_t found = 0;
        for (size_t i = 0; i < count; i++)
            found += requirements[i].step == step ? 1 : 0;
        assert_true(found > 0);
    }
}

/* Themes come in one piece each, so that a document can give each a heading. */
static void themes_are_not_mixed(void **state)
{
    (void)state;
    size_t count;
    const struct tl_requirement *requirements = tl_requirement_list(&count);
    for (size_t i = 1; i < count; i++)
        assert_true(requirements[i - 1].theme <= requirements[i].theme);
    assert_string_equal(tl_requirement_theme_en(TL_THEME_STRATEGY), "strategic context");
    assert_string_equal(tl_requirement_theme_da(TL_THEME_FORMALITIES), "Formkrav");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_requirement_is_asked_for_by_a_level_and_found_by_its_code),
        cmocka_unit_test(each_level_asks_for_all_that_the_one_below_does),
        cmocka_unit_test(each_step_of_the_checklist_has_a_requirement),
        cmocka_unit_test(themes_are_not_mixed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
