/* SPDX-License-Identifier: MPL-2.0 */
#include <stdio.h>

#include "check.h"
#include "scratch.h"
#include "tilslut/store/file.h"
#include "tilslut/store/package.h"

/* The text of a file of the folder. */
static void holds(struct scratch *scratch, const char *name, const char *expected)
{
    struct tl_buf text = TL_BUF_EMPTY;
    struct tl_err err = TL_ERR_NONE;
    assert_ok(tl_file_read(&text, scratch_file(scratch, name), &err), &err);
    assert_string_equal(tl_buf_string(&text), expected);
    tl_buf_release(&text);
}

static void the_manifest_lists_every_file_in_the_order_it_came(void **state)
{
    (void)state;
    struct scratch scratch;
    struct tl_package package;
    struct tl_err err = TL_ERR_NONE;
    scratch_begin(&scratch);
    assert_ok(tl_package_begin(&package, scratch.folder, &err), &err);
    assert_ok(tl_package_add(&package, "b", "x.txt", "abc", 3, &err), &err);
    assert_ok(tl_package_add(&package, "", "a.txt", NULL, 0, &err), &err);
    assert_false(scratch_has(&scratch, TL_PACKAGE_MANIFEST));
    assert_ok(tl_package_end(&package, &err), &err);
    assert_int_equal(package.file_count, 2);
    holds(&scratch, "b/x.txt", "abc");
    holds(&scratch, "a.txt", "");
    holds(&scratch, TL_PACKAGE_MANIFEST,
          "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad  b/x.txt\n"
          "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855  a.txt\n");
    tl_package_release(&package);
    scratch_end(&scratch);
}

static void a_whole_package_is_not_written_over_and_half_of_one_is_gone_on_with(void **state)
{
    (void)state;
    struct scratch scratch;
    struct tl_package package;
    struct tl_err err = TL_ERR_NONE;
    char message[300];
    scratch_begin(&scratch);
    assert_ok(tl_package_begin(&package, scratch.folder, &err), &err);
    assert_ok(tl_package_add(&package, "", "a.txt", "old", 3, &err), &err);
    tl_package_release(&package);
    assert_ok(tl_package_begin(&package, scratch.folder, &err), &err);
    assert_ok(tl_package_add(&package, "", "a.txt", "new", 3, &err), &err);
    assert_ok(tl_package_end(&package, &err), &err);
    tl_package_release(&package);
    holds(&scratch, "a.txt", "new");
    snprintf(message, sizeof message, "'%s/SHA256SUMS' exists already", scratch.folder);
    assert_refused(tl_package_begin(&package, scratch.folder, &err), TL_ERR_CONFLICT, &err, message,
                   "what is there is never written over; name another folder with -o DIR");
    tl_package_release(&package);
    scratch_end(&scratch);
}

static void a_name_stays_in_the_folder_and_on_its_line(void **state)
{
    (void)state;
    static const struct {
        const char *name, *message;
    } cases[] = {{"../x", "'../x' is not a plain file name"},
                 {".x", "'.x' is not a plain file name"},
                 {"", "'' is not a plain file name"},
                 {"a\nb", "'a?b' is not a plain file name"},
                 {"a\\b", "'a\\b' is not a plain file name"}};
    struct scratch scratch;
    struct tl_package package;
    scratch_begin(&scratch);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct tl_err err = TL_ERR_NONE;
        assert_ok(tl_package_begin(&package, scratch.folder, &err), &err);
        assert_refused(tl_package_add(&package, "", cases[i].name, "x", 1, &err), TL_ERR_INPUT, &err, cases[i].message,
                       "");
        tl_package_release(&package);
    }
    assert_int_equal(scratch_count(&scratch), 0);
    scratch_end(&scratch);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_manifest_lists_every_file_in_the_order_it_came),
        cmocka_unit_test(a_whole_package_is_not_written_over_and_half_of_one_is_gone_on_with),
        cmocka_unit_test(a_name_stays_in_the_folder_and_on_its_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
