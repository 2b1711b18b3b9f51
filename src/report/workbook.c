/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/report/workbook.h"

#include <errno.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "safe_text.h"
#include "tilslut/report/number.h"
#include "workbook_parts.h"

enum { CELL_CHARACTERS_MAX = 32767, PAGE_TEXT_SIZE = 256, PAPER_A4 = 9, SECONDS_PER_DAY = 86400 };

void tl_workbook_note(struct tl_workbook *workbook, lxw_error error)
{
    /* the index of a string is not found when there was no memory to add it */
    if (error == LXW_ERROR_MEMORY_MALLOC_FAILED || error == LXW_ERROR_SHARED_STRING_INDEX_NOT_FOUND)
        (void)tl_err_memory(&workbook->err);
    else if (error != LXW_NO_ERROR)
        (void)tl_err_set(&workbook->err, TL_ERR_RANGE, "the workbook cannot hold it: %s", lxw_strerror(error));
}

static bool is_failed(const struct tl_workbook *workbook)
{
    return workbook->err.status != TL_OK;
}

/* The first character that XML or a cell cannot hold, or NULL. Valid UTF-8 only. */
static const char *unwritable(const char *text)
{
    for (const char *at = text; *at != '\0';) {
        const char *start = at;
        uint32_t character = tl_text_next(&at);
        bool is_control = (character < 0x20 && character != '\n') || (character >= 0x7F && character <= 0x9F);
        if (is_control || character == 0xFFFE || character == 0xFFFF)
            return start;
    }
    return NULL;
}

static bool is_escape(const char *text)
{
    return text[0] == '_' && text[1] == 'x' && strspn(text + 2, "0123456789abcdefABCDEF") >= 4 && text[6] == '_';
}

/* The text with what a reader would take for an escaped character (ECMA-376 part 1, 22.9.2.19: _x0041_ is A) escaped
 * itself, which libxlsxwriter 1.1.4 does not do. NULL when memory is gone. */
static const char *escaped(struct tl_workbook *workbook, const char *text)
{
    if (strstr(text, "_x") == NULL)
        return text;
    struct tl_buf buf = TL_BUF_EMPTY;
    for (const char *c = text; *c != '\0'; c++)
        tl_buf_add(&buf, is_escape(c) ? "_x005F_" : c, is_escape(c) ? 7 : 1);
    const char *copy = buf.failed ? NULL : tl_arena_text(&workbook->arena, tl_buf_string(&buf));
    tl_buf_release(&buf);
    return copy;
}

const char *tl_workbook_checked(struct tl_workbook *workbook, const char *text, const char *where)
{
    size_t length = strlen(text);
    bool is_utf8 = tl_text_valid_utf8(text, length) == length;
    if (!is_utf8 || unwritable(text) != NULL) {
        struct tl_buf shown = TL_BUF_EMPTY;
        tl_safe_text_add(&shown, text);
        (void)tl_err_set(&workbook->err, TL_ERR_INPUT, "'%.120s' (%s) %s", tl_buf_string(&shown), where,
                         is_utf8 ? "has a control character, which a workbook cannot hold" : "is not valid UTF-8");
        tl_buf_release(&shown);
        return NULL;
    }
    if (tl_text_characters(text) > CELL_CHARACTERS_MAX) {
        (void)tl_err_set(&workbook->err, TL_ERR_RANGE, "'%.40s...' (%s) is longer than the %d characters a cell holds",
                         text, where, CELL_CHARACTERS_MAX);
        return NULL;
    }
    const char *ready = escaped(workbook, text);
    if (ready == NULL)
        (void)tl_err_memory(&workbook->err);
    return ready;
}

static tl_status set_about(struct tl_workbook *workbook, const struct tl_workbook_about *about)
{
    const char *title = tl_workbook_checked(workbook, about->title, "the title");
    const char *subject = tl_workbook_checked(workbook, about->subject, "the subject");
    const char *author = tl_workbook_checked(workbook, about->author, "the author");
    if (is_failed(workbook))
        return workbook->err.status;
    /* noon, since 0 would make libxlsxwriter ask the clock on 1970-01-01 */
    lxw_doc_properties properties = {.title = (char *)(uintptr_t)title,
                                     .subject = (char *)(uintptr_t)subject,
                                     .author = (char *)(uintptr_t)author,
                                     .company = (char *)(uintptr_t)author,
                                     .created = (time_t)tl_date_to_days(about->created) * SECONDS_PER_DAY +
                                                SECONDS_PER_DAY / 2};
    tl_workbook_note(workbook, workbook_set_properties(workbook->book, &properties));
    tl_workbook_property(workbook, "Language", about->language);
    return workbook->err.status;
}

static tl_status open_file(struct tl_workbook *workbook)
{
    char path[64];
    workbook->file = memfd_create("workbook", MFD_CLOEXEC);
    if (workbook->file < 0)
        return tl_err_set(&workbook->err, TL_ERR_IO, "cannot create a temporary file: %s", strerror(errno));
    /* libxlsxwriter 1.1.4 writes only to a path; this one leads to the file that has no name */
    snprintf(path, sizeof path, "/proc/self/fd/%d", workbook->file);
    workbook->book = workbook_new(path);
    return workbook->book == NULL ? tl_err_memory(&workbook->err) : TL_OK;
}

tl_status tl_workbook_new(struct tl_workbook **out, const struct tl_workbook_about *about, struct tl_err *err)
{
    *out = NULL;
    if (tl_date_is_none(about->created))
        return tl_err_set(err, TL_ERR_INPUT, "a workbook needs a date of creation");
    struct tl_workbook *workbook = calloc(1, sizeof *workbook);
    if (workbook == NULL)
        return tl_err_memory(err);
    tl_status status = open_file(workbook);
    if (status == TL_OK)
        status = set_about(workbook, about);
    if (status != TL_OK) {
        if (err->status == TL_OK)
            *err = workbook->err;
        tl_workbook_free(workbook);
        return status;
    }
    *out = workbook;
    return TL_OK;
}

void tl_workbook_free(struct tl_workbook *workbook)
{
    if (workbook == NULL)
        return;
    lxw_workbook_free(workbook->book);
    if (workbook->file >= 0)
        close(workbook->file);
    tl_arena_release(&workbook->arena);
    free(workbook);
}

static tl_status read_back(struct tl_buf *out, int file, struct tl_err *err)
{
    char bytes[8192];
    off_t at = 0;
    for (;;) {
        ssize_t got = pread(file, bytes, sizeof bytes, at);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return tl_err_set(err, TL_ERR_IO, "cannot read the workbook back: %s", strerror(errno));
        if (got == 0)
            return tl_buf_status(out, err);
        tl_buf_add(out, bytes, (size_t)got);
        at += got;
    }
}

tl_status tl_workbook_finish(struct tl_buf *out, struct tl_workbook *workbook, struct tl_err *err)
{
    if (!is_failed(workbook)) {
        lxw_error error = workbook_close(workbook->book);
        workbook->book = NULL; /* closing frees it, whether it succeeds or not */
        if (error == LXW_ERROR_MEMORY_MALLOC_FAILED)
            (void)tl_err_memory(&workbook->err);
        else if (error != LXW_NO_ERROR)
            (void)tl_err_set(&workbook->err, TL_ERR_IO, "cannot write the workbook: %s", lxw_strerror(error));
    }
    if (!is_failed(workbook))
        return read_back(out, workbook->file, err);
    if (err->status == TL_OK)
        *err = workbook->err;
    return err->status;
}

/* Whether so much memory could be had, now that the workbook has given back what it took, that it cannot have run short
 * before: far more than its cells took, which is a multiple of what they are deflated. The room is not touched. */
static bool had_room(size_t length)
{
    enum { ROOM = 16 * 1024 * 1024, TIMES = 1000 };
    if (length > (SIZE_MAX - ROOM) / TIMES)
        return false;
    void *volatile room = malloc(ROOM + length * TIMES);
    bool had = room != NULL;
    free(room);
    return had;
}

tl_status tl_workbook_write(struct tl_buf *out, tl_workbook_writer *write, const void *content, struct tl_err *err)
{
    struct tl_buf first = TL_BUF_EMPTY, second = TL_BUF_EMPTY;
    tl_status status = write(&first, content, err);
    if (status == TL_OK && !had_room(first.length)) {
        status = write(&second, content, err);
        if (status == TL_OK && (first.length != second.length || memcmp(first.bytes, second.bytes, first.length) != 0))
            status = tl_err_memory(err);
    }
    if (status == TL_OK) {
        tl_buf_add(out, first.bytes, first.length);
        status = tl_buf_status(out, err);
    }
    tl_buf_release(&first);
    tl_buf_release(&second);
    return status;
}

const char *tl_workbook_made(struct tl_workbook *workbook, const char *text)
{
    if (text == NULL)
        (void)tl_err_memory(&workbook->err);
    return text == NULL ? "" : text;
}

void tl_workbook_property(struct tl_workbook *workbook, const char *name, const char *value)
{
    const char *text = is_failed(workbook) ? NULL : tl_workbook_checked(workbook, value, name);
    if (text != NULL)
        tl_workbook_note(workbook, workbook_set_custom_property_string(workbook->book, name, text));
}

/* A part of a header or footer: its ampersands doubled, since one begins a command. */
static void add_page_text(struct tl_buf *buf, const char *command, const char *text)
{
    tl_buf_text(buf, command);
    for (; text != NULL && *text != '\0'; text++)
        tl_buf_add(buf, *text == '&' ? "&&" : text, *text == '&' ? 2 : 1);
}

/* The space keeps a text that begins with digits apart from the font's size. */
#define PAGE_FONT "&\"Open Sans,Regular\"&8 "

static void set_page_texts(struct tl_workbook *workbook, lxw_worksheet *sheet, const struct tl_sheet_setup *setup)
{
    struct tl_buf header = TL_BUF_EMPTY, footer = TL_BUF_EMPTY;
    add_page_text(&header, "&L" PAGE_FONT, setup->header_left);
    add_page_text(&header, "&R" PAGE_FONT, setup->header_right);
    add_page_text(&footer, "&L" PAGE_FONT, setup->footer_left);
    tl_buf_text(&footer, "&C" PAGE_FONT "Side &P af &N");
    add_page_text(&footer, "&R" PAGE_FONT, setup->footer_right);
    if (tl_workbook_checked(workbook, tl_buf_string(&header), "a header") != NULL &&
        tl_workbook_checked(workbook, tl_buf_string(&footer), "a footer") != NULL) {
        if (header.length >= PAGE_TEXT_SIZE || footer.length >= PAGE_TEXT_SIZE)
            (void)tl_err_set(&workbook->err, TL_ERR_RANGE, "the header or footer of '%s' is longer than %d bytes",
                             setup->name, PAGE_TEXT_SIZE - 1);
        else {
            tl_workbook_note(workbook, worksheet_set_header(sheet, tl_buf_string(&header)));
            tl_workbook_note(workbook, worksheet_set_footer(sheet, tl_buf_string(&footer)));
        }
    }
    if (header.failed || footer.failed)
        (void)tl_err_memory(&workbook->err);
    tl_buf_release(&header);
    tl_buf_release(&footer);
}

static void set_up(struct tl_workbook *workbook, lxw_worksheet *sheet, const struct tl_sheet_setup *setup)
{
    worksheet_set_paper(sheet, PAPER_A4);
    if (setup->landscape)
        worksheet_set_landscape(sheet);
    worksheet_fit_to_pages(sheet, setup->pages_wide == 0 ? 1 : (uint16_t)setup->pages_wide, 0);
    worksheet_set_margins(sheet, 0.5, 0.5, 0.7, 0.7);
    if (!setup->gridlines)
        worksheet_gridlines(sheet, LXW_HIDE_ALL_GRIDLINES);
    for (size_t i = 0; i < setup->width_count; i++)
        tl_workbook_note(workbook, worksheet_set_column(sheet, (lxw_col_t)i, (lxw_col_t)i, setup->widths[i], NULL));
    set_page_texts(workbook, sheet, setup);
}

struct tl_sheet *tl_workbook_sheet(struct tl_workbook *workbook, const struct tl_sheet_setup *setup)
{
    static struct tl_sheet nowhere; /* stays zeroed: a sheet that takes every call and does nothing */
    if (is_failed(workbook))
        return &nowhere;
    struct tl_sheet *sheet = tl_arena_alloc(&workbook->arena, 1, sizeof *sheet);
    const char *name = tl_arena_text(&workbook->arena, setup->name);
    if (sheet == NULL || name == NULL) {
        (void)tl_err_memory(&workbook->err);
        return &nowhere;
    }
    if (workbook_validate_sheet_name(workbook->book, name) != LXW_NO_ERROR) {
        (void)tl_err_set(&workbook->err, TL_ERR_INPUT, "'%s' cannot be the name of a sheet", name);
        return &nowhere;
    }
    *sheet = (struct tl_sheet){.workbook = workbook,
                               .sheet = workbook_add_worksheet(workbook->book, name),
                               .name = name,
                               .widths = setup->widths,
                               .width_count = setup->width_count};
    if (sheet->sheet == NULL) {
        (void)tl_err_memory(&workbook->err);
        return &nowhere;
    }
    set_up(workbook, sheet->sheet, setup);
    return sheet;
}
