/* SPDX-License-Identifier: MPL-2.0 */
#include <string.h>

#include "check.h"
#include "tilslut/base/embedded.h"

static void the_program_carries_its_schema(void **state)
{
    (void)state;
    static const char begins[] = "-- SPDX-License-Identifier: MPL-2.0\n";
    const struct tl_embedded_file *file = tl_embedded_find("schemas/001-ledger.sql");
    assert_non_null(file);
    assert_int_equal(strlen(file->content), file->length);
    assert_memory_equal(file->content, begins, sizeof begins - 1);
}

static void what_it_does_not_carry_is_not_found(void **state)
{
    (void)state;
    assert_null(tl_embedded_find("schemas/001"));
    assert_null(tl_embedded_find(""));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_program_carries_its_schema),
        cmocka_unit_test(what_it_does_not_carry_is_not_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
