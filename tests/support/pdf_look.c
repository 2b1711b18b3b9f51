/* SPDX-License-Identifier: MPL-2.0 */
#include "pdf_look.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "check.h"

void pdf_look_run(const struct tl_buf *pdf, const char *command, struct tl_buf *output)
{
    char path[] = "/tmp/pdf_look_XXXXXX", line[200], piece[4096];
    int descriptor = mkstemp(path);
    assert_true(descriptor >= 0);
    assert_int_equal(write(descriptor, pdf->bytes, pdf->length), (ssize_t)pdf->length);
    assert_int_equal(close(descriptor), 0);
    const char *hole = strstr(command, "%s");
    assert_non_null(hole);
    snprintf(line, sizeof line, "%.*s%s%s 2>&1", (int)(hole - command), command, path, hole + 2);
    FILE *pipe = popen(line, "r");
    assert_non_null(pipe);
    size_t length;
    while ((length = fread(piece, 1, sizeof piece, pipe)) > 0)
        tl_buf_add(output, piece, length);
    assert_int_equal(pclose(pipe), 0);
    unlink(path);
}

void pdf_look_text(const struct tl_buf *pdf, struct tl_buf *text)
{
    struct tl_buf raw = TL_BUF_EMPTY;
    bool space = false;
    pdf_look_run(pdf, "pdftotext -layout %s -", &raw);
    for (const char *c = tl_buf_string(&raw); *c != '\0'; c++) {
        bool is_space = *c == ' ' || *c == '\n' || *c == '\f';
        if (!is_space && space)
            tl_buf_text(text, " ");
        if (!is_space)
            tl_buf_add(text, c, 1);
        space = is_space;
    }
    tl_buf_release(&raw);
}

void pdf_look_says(const struct tl_buf *text, const char *expected)
{
    if (strstr(tl_buf_string(text), expected) == NULL)
        print_error("the text lacks: %s\n", expected);
    assert_non_null(strstr(tl_buf_string(text), expected));
}

void pdf_look_keep(const struct tl_buf *pdf, const char *name)
{
    char path[300];
    if (getenv("TILSLUT_LOOK") == NULL)
        return;
    snprintf(path, sizeof path, "%s/%s", getenv("TILSLUT_LOOK"), name);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(pdf->bytes, 1, pdf->length, file), pdf->length);
    assert_int_equal(fclose(file), 0);
}
