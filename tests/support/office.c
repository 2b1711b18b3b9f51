/* SPDX-License-Identifier: MPL-2.0 */
#include "office.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "check.h"

const char *office_directory(void)
{
    static char directory[OFFICE_PATH_SIZE / 2];
    if (directory[0] != '\0')
        return directory;
    ssize_t length = readlink("/proc/self/exe", directory, sizeof directory - sizeof ".files");
    assert_true(length > 0);
    memcpy(directory + length, ".files", sizeof ".files");
    assert_true(mkdir(directory, 0777) == 0 || access(directory, W_OK) == 0);
    return directory;
}

/* `<directory>/<name><rest>` */
static void path_of(char into[OFFICE_PATH_SIZE], const char *name, const char *rest)
{
    int length = snprintf(into, OFFICE_PATH_SIZE, "%s/%s%s", office_directory(), name, rest);
    assert_true(length > 0 && length < OFFICE_PATH_SIZE);
}

void office_save(const char *name, const struct tl_buf *bytes)
{
    char path[OFFICE_PATH_SIZE];
    path_of(path, name, "");
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes->bytes, 1, bytes->length, file), bytes->length);
    assert_int_equal(fclose(file), 0);
}

static struct tl_buf read_all(FILE *file)
{
    struct tl_buf buf = TL_BUF_EMPTY;
    char bytes[4096];
    assert_non_null(file);
    for (size_t got; (got = fread(bytes, 1, sizeof bytes, file)) > 0;)
        tl_buf_add(&buf, bytes, got);
    assert_false(buf.failed);
    return buf;
}

struct tl_buf office_part(const char *name, const char *part)
{
    char command[2 * OFFICE_PATH_SIZE];
    snprintf(command, sizeof command, "unzip -p '%s/%s' '%s'", office_directory(), name, part);
    FILE *pipe = popen(command, "r");
    struct tl_buf text = read_all(pipe);
    assert_int_equal(pclose(pipe), 0);
    return text;
}

/* LibreOffice believes the results that are stored in a file unless it is told not to. */
static void write_profile(void)
{
    static const char settings[] =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        "<oor:items xmlns:oor=\"http://openoffice.org/2001/registry\">\n"
        "<item oor:path=\"/org.openoffice.Office.Calc/Formula/Load\">"
        "<prop oor:name=\"OOXMLRecalcMode\" oor:op=\"fuse\"><value>0</value></prop></item>\n"
        "<item oor:path=\"/org.openoffice.Setup/L10N\">"
        "<prop oor:name=\"ooSetupSystemLocale\" oor:op=\"fuse\"><value>en-US</value></prop></item>\n"
        "</oor:items>\n";
    char path[OFFICE_PATH_SIZE];
    struct tl_buf text = TL_BUF_EMPTY;
    path_of(path, "profile", "");
    assert_true(mkdir(path, 0777) == 0 || access(path, W_OK) == 0);
    path_of(path, "profile/user", "");
    assert_true(mkdir(path, 0777) == 0 || access(path, W_OK) == 0);
    tl_buf_text(&text, settings);
    office_save("profile/user/registrymodifications.xcu", &text);
    tl_buf_release(&text);
}

void office_recalculate_sheet(const char *const *names, int sheet)
{
    struct tl_buf command = TL_BUF_EMPTY;
    const char *directory = office_directory();
    write_profile();
    /* comma, double quote, UTF-8, from line 1, not as shown, that sheet; -1 is every sheet */
    tl_buf_format(&command,
                  "soffice '-env:UserInstallation=file://%s/profile' --headless --convert-to "
                  "'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,%d' --outdir '%s'",
                  directory, sheet, directory);
    for (; *names != NULL; names++)
        tl_buf_format(&command, " '%s/%s'", directory, *names);
    tl_buf_text(&command, " >/dev/null 2>&1");
    assert_int_equal(system(tl_buf_string(&command)), 0);
    tl_buf_release(&command);
}

void office_recalculate(const char *const *names)
{
    office_recalculate_sheet(names, -1);
}

/* Copies the next field of a CSV text and moves *at behind it; returns what ended it: ',' '\n' or 0. */
static char next_field(struct tl_buf *into, const char **at)
{
    bool quoted = false;
    tl_buf_release(into);
    for (; **at != '\0'; (*at)++) {
        if (**at == '"')
            quoted = !quoted;
        else if (!quoted && (**at == ',' || **at == '\n'))
            return *(*at)++;
        else
            tl_buf_add(into, *at, 1);
    }
    return '\0';
}

const char *office_cell(const char *name, const char *sheet, size_t row, size_t column)
{
    static char text[2048];
    char path[OFFICE_PATH_SIZE], rest[64];
    struct tl_buf field = TL_BUF_EMPTY;
    int stem = (int)(strrchr(name, '.') - name);
    snprintf(text, sizeof text, "%.*s", stem, name);
    snprintf(rest, sizeof rest, "-%s.csv", sheet);
    path_of(path, text, rest);
    FILE *file = fopen(path, "rb");
    struct tl_buf csv = read_all(file);
    fclose(file);
    const char *at = tl_buf_string(&csv);
    size_t line = 0, place = 0;
    text[0] = '\0';
    for (char end = ','; end != '\0';) {
        end = next_field(&field, &at);
        if (line == row && place == column)
            snprintf(text, sizeof text, "%s", tl_buf_string(&field));
        place = end == '\n' ? 0 : place + 1;
        line += end == '\n' ? 1 : 0;
    }
    tl_buf_release(&field);
    tl_buf_release(&csv);
    return text;
}

int64_t office_minor(const char *name, const char *sheet, size_t row, size_t column)
{
    char number[64];
    char *end, *comma;
    const char *text = office_cell(name, sheet, row, column);
    snprintf(number, sizeof number, "%s", text);
    if ((comma = strchr(number, ',')) != NULL)
        *comma = '.';
    double amount = strtod(number, &end);
    if (number[0] == '\0' || *end != '\0')
        fail_msg("%s %s row %zu column %zu is '%s', not a number", name, sheet, row, column, text);
    return llround(amount * 100.0);
}
