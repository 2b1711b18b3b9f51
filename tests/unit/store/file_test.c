/* SPDX-License-Identifier: MPL-2.0 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "check.h"
#include "scratch.h"
#include "tilslut/store/file.h"

static void assert_holds(const char *path, const void *bytes, size_t size)
{
    struct tl_buf read = TL_BUF_EMPTY;
    struct tl_err err = TL_ERR_NONE;
    assert_ok(tl_file_read(&read, path, &err), &err);
    assert_int_equal(read.length, size);
    assert_memory_equal(tl_buf_string(&read), bytes, size);
    tl_buf_release(&read);
}

static void what_is_written_is_read_back(void **state)
{
    (void)state;
    struct scratch scratch;
    struct tl_err err = TL_ERR_NONE;
    static char bytes[300000];
    scratch_begin(&scratch);
    for (size_t i = 0; i < sizeof bytes; i++)
        bytes[i] = (char)(i * 7);
    static const size_t sizes[] = {sizeof bytes, 1, 0, 65536};
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        assert_ok(tl_file_write(scratch.folder, "a.bin", bytes, sizes[i], &err), &err);
        assert_holds(scratch_file(&scratch, "a.bin"), bytes, sizes[i]);
        assert_int_equal(scratch_count(&scratch), 1);
    }
    scratch_end(&scratch);
}

static struct stat about(const char *path)
{
    struct stat about;
    assert_int_equal(stat(path, &about), 0);
    return about;
}

static void a_file_that_holds_the_same_bytes_is_left_alone(void **state)
{
    (void)state;
    struct scratch scratch;
    struct tl_err err = TL_ERR_NONE;
    scratch_begin(&scratch);
    assert_ok(tl_file_write(scratch.folder, "a.txt", "abc", 3, &err), &err);
    struct stat first = about(scratch_file(&scratch, "a.txt"));
    assert_ok(tl_file_write(scratch.folder, "a.txt", "abc", 3, &err), &err);
    struct stat second = about(scratch_file(&scratch, "a.txt"));
    assert_true(first.st_ino == second.st_ino);
    assert_true(first.st_mtim.tv_nsec == second.st_mtim.tv_nsec && first.st_mtim.tv_sec == second.st_mtim.tv_sec);
    assert_ok(tl_file_write(scratch.folder, "a.txt", "abd", 3, &err), &err);
    assert_holds(scratch_file(&scratch, "a.txt"), "abd", 3);
    assert_ok(tl_file_write(scratch.folder, "a.txt", "ab", 2, &err), &err);
    assert_holds(scratch_file(&scratch, "a.txt"), "ab", 2);
    scratch_end(&scratch);
}

/* Whoever has the old file open keeps the old bytes: it is replaced, not written over. */
static void a_file_is_replaced_not_written_over(void **state)
{
    (void)state;
    struct scratch scratch;
    struct tl_err err = TL_ERR_NONE;
    char line[8] = "";
    scratch_begin(&scratch);
    assert_ok(tl_file_write(scratch.folder, "a.txt", "old", 3, &err), &err);
    FILE *open_before = fopen(scratch_file(&scratch, "a.txt"), "r");
    assert_non_null(open_before);
    assert_ok(tl_file_write(scratch.folder, "a.txt", "new", 3, &err), &err);
    assert_int_equal(fread(line, 1, sizeof line, open_before), 3);
    assert_string_equal(line, "old");
    fclose(open_before);
    scratch_end(&scratch);
}

static void touch(const char *folder, const char *name, bool is_there)
{
    char path[200];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    if (!is_there)
        assert_int_not_equal(access(path, F_OK), 0);
    else if (access(path, F_OK) != 0) {
        FILE *file = fopen(path, "w");
        assert_non_null(file);
        fclose(file);
    }
}

/* A process that is gone, by its number; one that lives; names that are not of this kind. */
static void what_killed_programs_left_in_a_folder_is_taken_away(void **state)
{
    (void)state;
    struct scratch scratch;
    struct tl_err err = TL_ERR_NONE;
    char gone[40], gone_dotted[40], living[40];
    pid_t child = fork();
    if (child == 0)
        _exit(0);
    assert_int_equal(waitpid(child, NULL, 0), child);
    snprintf(gone, sizeof gone, ".a.new-%ld", (long)child);
    snprintf(gone_dotted, sizeof gone_dotted, ".a.b.pdf.new-%ld", (long)child);
    snprintf(living, sizeof living, ".a.new-%ld", (long)getpid());
    scratch_begin(&scratch);
    const char *const stay[] = {living, ".a.new-", ".a.new-x", ".a.news-1", "a.new-999999999", ".new-999999999"};
    touch(scratch.folder, gone, true);
    touch(scratch.folder, gone_dotted, true);
    for (size_t i = 0; i < sizeof stay / sizeof stay[0]; i++)
        touch(scratch.folder, stay[i], true);
    assert_ok(tl_file_make_folder(scratch.folder, &err), &err);
    touch(scratch.folder, gone, false);
    touch(scratch.folder, gone_dotted, false);
    assert_int_equal(scratch_count(&scratch), sizeof stay / sizeof stay[0]);
    for (size_t i = 0; i < sizeof stay / sizeof stay[0]; i++)
        (void)unlink(scratch_file(&scratch, stay[i]));
    scratch_end(&scratch);
}

static void a_name_that_leaves_the_folder_is_refused(void **state)
{
    (void)state;
    struct scratch scratch;
    static const char *const names[] = {"", ".", "..", "../a", "a/b", "/tmp/a", ".hidden", "a/"};
    scratch_begin(&scratch);
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        struct tl_err err = TL_ERR_NONE;
        char message[80];
        snprintf(message, sizeof message, "'%s' is not a plain file name", names[i]);
        assert_refused(tl_file_write(scratch.folder, names[i], "a", 1, &err), TL_ERR_INPUT, &err, message, "");
    }
    assert_int_equal(scratch_count(&scratch), 0);
    scratch_end(&scratch);
}

static void what_cannot_be_written_is_told_and_leaves_nothing(void **state)
{
    (void)state;
    struct scratch scratch;
    struct tl_err folder_err = TL_ERR_NONE, name_err = TL_ERR_NONE;
    char message[300];
    scratch_begin(&scratch);
    snprintf(message, sizeof message, "could not write '%s/none/a': No such file or directory", scratch.folder);
    char folder[100];
    snprintf(folder, sizeof folder, "%s/none", scratch.folder);
    assert_refused(tl_file_write(folder, "a", "a", 1, &folder_err), TL_ERR_IO, &folder_err, message, "");
    assert_int_equal(mkdir(scratch_file(&scratch, "a"), 0777), 0);
    scratch_write(&scratch, "a/b", "x", 1);
    snprintf(message, sizeof message, "could not write '%s/a': Is a directory", scratch.folder);
    assert_refused(tl_file_write(scratch.folder, "a", "a", 1, &name_err), TL_ERR_IO, &name_err, message, "");
    assert_int_equal(scratch_count(&scratch), 1);
    scratch_end(&scratch);
}

static void what_cannot_be_read_is_told(void **state)
{
    (void)state;
    struct scratch scratch;
    struct tl_err none = TL_ERR_NONE, folder = TL_ERR_NONE;
    struct tl_buf out = TL_BUF_EMPTY;
    char message[300];
    scratch_begin(&scratch);
    snprintf(message, sizeof message, "could not read '%s/none': No such file or directory", scratch.folder);
    assert_refused(tl_file_read(&out, scratch_file(&scratch, "none"), &none), TL_ERR_IO, &none, message, "");
    snprintf(message, sizeof message, "'%s' is a folder, not a file", scratch.folder);
    assert_refused(tl_file_read(&out, scratch.folder, &folder), TL_ERR_IO, &folder, message, "");
    tl_buf_release(&out);
    scratch_end(&scratch);
}

static void a_file_without_end_is_not_read_for_ever(void **state)
{
    (void)state;
    struct tl_buf out = TL_BUF_EMPTY;
    struct tl_err err = TL_ERR_NONE;
    assert_refused(tl_file_read(&out, "/dev/zero", &err), TL_ERR_RANGE, &err, "'/dev/zero' is larger than 256 MiB", "");
    tl_buf_release(&out);
}

static void folders_are_made_with_those_above_them(void **state)
{
    (void)state;
    struct scratch scratch;
    struct tl_err err = TL_ERR_NONE;
    scratch_begin(&scratch);
    static const char *const names[] = {"a", "a/b/c", "a/b/c", "d//e/", "d/./e/../f"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        assert_ok(tl_file_make_folder(scratch_file(&scratch, names[i]), &err), &err);
        assert_true(S_ISDIR(about(scratch_file(&scratch, names[i])).st_mode));
    }
    assert_ok(tl_file_make_folder("/", &err), &err);
    assert_ok(tl_file_make_folder(".", &err), &err);
    scratch_end(&scratch);
}

static void a_folder_in_the_place_of_a_file_is_refused(void **state)
{
    (void)state;
    struct scratch scratch;
    struct tl_err is_file = TL_ERR_NONE, below_file = TL_ERR_NONE, empty = TL_ERR_NONE;
    char message[300];
    scratch_begin(&scratch);
    scratch_write(&scratch, "a", "x", 1);
    snprintf(message, sizeof message, "'%s/a' is not a folder", scratch.folder);
    assert_refused(tl_file_make_folder(scratch_file(&scratch, "a"), &is_file), TL_ERR_IO, &is_file, message,
                   "name a folder with -o DIR");
    snprintf(message, sizeof message, "could not make the folder '%s/a/b': Not a directory", scratch.folder);
    assert_refused(tl_file_make_folder(scratch_file(&scratch, "a/b"), &below_file), TL_ERR_IO, &below_file, message,
                   NULL);
    assert_refused(tl_file_make_folder("", &empty), TL_ERR_IO, &empty, "'' is not a folder",
                   "name a folder with -o DIR");
    scratch_end(&scratch);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_written_is_read_back),
        cmocka_unit_test(a_file_that_holds_the_same_bytes_is_left_alone),
        cmocka_unit_test(a_file_is_replaced_not_written_over),
        cmocka_unit_test(what_killed_programs_left_in_a_folder_is_taken_away),
        cmocka_unit_test(a_name_that_leaves_the_folder_is_refused),
        cmocka_unit_test(what_cannot_be_written_is_told_and_leaves_nothing),
        cmocka_unit_test(what_cannot_be_read_is_told),
        cmocka_unit_test(a_file_without_end_is_not_read_for_ever),
        cmocka_unit_test(folders_are_made_with_those_above_them),
        cmocka_unit_test(a_folder_in_the_place_of_a_file_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
