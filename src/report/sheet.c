/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/report/sheet.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "tilslut/report/number.h"
#include "workbook_parts.h"

enum { FORMULA_SIZE = 4096, LINE_POINTS = 14, ROW_POINTS = 15 };

static bool is_open(const struct tl_sheet *sheet)
{
    return sheet->workbook != NULL && sheet->workbook->err.status == TL_OK;
}

/* The cell's place in libxlsxwriter's types and its format; false after a failure. */
struct place {
    lxw_row_t row;
    lxw_col_t column;
    lxw_format *format;
};

static bool find_place(struct place *out, struct tl_sheet *sheet, size_t row, size_t column, tl_look look, tl_form form)
{
    if (!is_open(sheet))
        return false;
    struct tl_workbook *workbook = sheet->workbook;
    if (row >= LXW_ROW_MAX || column >= LXW_COL_MAX) {
        (void)tl_err_set(&workbook->err, TL_ERR_RANGE, "the sheet '%s' is full", sheet->name);
        return false;
    }
    if (workbook->formats[look][form] == NULL)
        workbook->formats[look][form] = tl_workbook_format(workbook->book, look, form);
    *out = (struct place){(lxw_row_t)row, (lxw_col_t)column, workbook->formats[look][form]};
    if (out->format == NULL)
        (void)tl_err_memory(&workbook->err);
    return out->format != NULL;
}

const char *tl_sheet_ref(char into[TL_SHEET_REF_SIZE], size_t row, size_t column)
{
    if (row >= LXW_ROW_MAX || column >= LXW_COL_MAX)
        return strcpy(into, "#REF!");
    lxw_rowcol_to_cell(into, (lxw_row_t)row, (lxw_col_t)column);
    return into;
}

const char *tl_sheet_fixed_ref(char into[TL_SHEET_REF_SIZE], size_t row, size_t column)
{
    if (row >= LXW_ROW_MAX || column >= LXW_COL_MAX)
        return strcpy(into, "#REF!");
    lxw_rowcol_to_cell_abs(into, (lxw_row_t)row, (lxw_col_t)column, true, true);
    return into;
}

/* The text as it can be written to that cell, or NULL after a failure. */
static const char *cell_text(struct tl_sheet *sheet, const struct place *place, const char *text)
{
    char ref[TL_SHEET_REF_SIZE], where[64];
    snprintf(where, sizeof where, "%s!%s", sheet->name, tl_sheet_ref(ref, place->row, place->column));
    return tl_workbook_checked(sheet->workbook, text == NULL ? "" : text, where);
}

/* How many lines a text takes in a column, counted a little too many rather than too few. */
static size_t count_lines(const char *text, double width)
{
    /* a character of running text in Open Sans 10 is about as wide as a digit of the standard font */
    const size_t room = width < 2 ? 1 : (size_t)width;
    size_t lines = 1, used = 0;
    while (*text != '\0') {
        size_t length = strcspn(text, " \n"), characters = 0;
        for (const char *at = text; at < text + length;) {
            (void)tl_text_next(&at);
            characters++;
        }
        if (used > 0 && used + characters > room) {
            lines++;
            used = 0;
        }
        lines += characters / (room + 1); /* a long word is cut */
        used += characters + 1;
        text += length;
        if (*text == '\n') {
            lines++;
            used = 0;
        }
        text += *text == '\0' ? 0 : 1;
    }
    return lines;
}

/* Makes the row high enough for a text that is broken into lines: readers other than Excel don't do it themselves. */
static void make_room(struct tl_sheet *sheet, const struct place *place, const char *text)
{
    size_t lines = place->column < sheet->width_count ? count_lines(text, sheet->widths[place->column]) : 1;
    if (sheet->tall_row != place->row)
        sheet->tall_lines = 1;
    sheet->tall_row = place->row;
    if (lines <= sheet->tall_lines)
        return;
    sheet->tall_lines = lines;
    tl_sheet_height(sheet, place->row, ROW_POINTS + (double)(lines - 1) * LINE_POINTS);
}

void tl_sheet_text(struct tl_sheet *sheet, size_t row, size_t column, tl_look look, tl_form form, const char *text)
{
    struct place place;
    if (!find_place(&place, sheet, row, column, look, form))
        return;
    const char *ready = cell_text(sheet, &place, text);
    if (ready == NULL)
        return;
    if (tl_workbook_is_broken(look, form) && look != TL_LOOK_HEAD)
        make_room(sheet, &place, text == NULL ? "" : text);
    tl_workbook_note(sheet->workbook,
                     worksheet_write_string(sheet->sheet, place.row, place.column, ready, place.format));
}

void tl_sheet_link(struct tl_sheet *sheet, size_t row, size_t column, tl_look look, const char *text, const char *path)
{
    struct place place;
    if (path[0] == '\0') {
        tl_sheet_text(sheet, row, column, look, TL_FORM_CODE, text);
        return;
    }
    if (!find_place(&place, sheet, row, column, look, TL_FORM_CODE))
        return;
    const char *ready = cell_text(sheet, &place, text);
    /* as an address and not as its "external:", which would be written with the backslashes of one system */
    if (ready != NULL)
        tl_workbook_note(sheet->workbook, worksheet_write_url_opt(sheet->sheet, place.row, place.column, path,
                                                                  place.format, ready, NULL));
}

void tl_sheet_wide_text(struct tl_sheet *sheet, size_t row, size_t first_column, size_t last_column, tl_look look,
                        const char *text)
{
    struct place place;
    if (!find_place(&place, sheet, row, first_column, look, TL_FORM_TEXT))
        return;
    const char *ready = cell_text(sheet, &place, text);
    if (ready != NULL)
        tl_workbook_note(sheet->workbook, worksheet_merge_range(sheet->sheet, place.row, place.column, place.row,
                                                                (lxw_col_t)last_column, ready, place.format));
}

static void put_number(struct tl_sheet *sheet, size_t row, size_t column, tl_look look, tl_form form, double number)
{
    struct place place;
    if (find_place(&place, sheet, row, column, look, form))
        tl_workbook_note(sheet->workbook,
                         worksheet_write_number(sheet->sheet, place.row, place.column, number, place.format));
}

void tl_sheet_date(struct tl_sheet *sheet, size_t row, size_t column, tl_look look, struct tl_date date)
{
    struct place place;
    if (!find_place(&place, sheet, row, column, look, TL_FORM_DATE))
        return;
    lxw_datetime day = {.year = tl_date_year(date), .month = tl_date_month(date), .day = tl_date_day(date)};
    tl_workbook_note(sheet->workbook,
                     tl_date_is_none(date)
                         ? worksheet_write_blank(sheet->sheet, place.row, place.column, place.format)
                         : worksheet_write_datetime(sheet->sheet, place.row, place.column, &day, place.format));
}

static double money_number(struct tl_money amount)
{
    return (double)amount.minor / 100.0;
}

void tl_sheet_money(struct tl_sheet *sheet, size_t row, size_t column, tl_look look, struct tl_money amount)
{
    put_number(sheet, row, column, look, TL_FORM_MONEY, money_number(amount));
}

void tl_sheet_kroner(struct tl_sheet *sheet, size_t row, size_t column, tl_look look, struct tl_money amount)
{
    put_number(sheet, row, column, look, TL_FORM_KRONER, money_number(amount));
}

void tl_sheet_due(struct tl_sheet *sheet, size_t row, size_t column, tl_look look, struct tl_money amount)
{
    put_number(sheet, row, column, look, TL_FORM_DUE, money_number(amount));
}

void tl_sheet_number(struct tl_sheet *sheet, size_t row, size_t column, tl_look look, int64_t number)
{
    put_number(sheet, row, column, look, TL_FORM_NUMBER, (double)number);
}

void tl_sheet_whole(struct tl_sheet *sheet, size_t row, size_t column, tl_look look, int64_t number)
{
    put_number(sheet, row, column, look, TL_FORM_WHOLE, (double)number);
}

static double ratio_number(struct tl_ratio ratio)
{
    return (double)ratio.numerator / (double)ratio.denominator;
}

void tl_sheet_ratio(struct tl_sheet *sheet, size_t row, size_t column, tl_look look, struct tl_ratio ratio)
{
    char text[TL_NUMBER_TEXT_SIZE];
    if (tl_ratio_is_none(ratio))
        tl_sheet_fill(sheet, row, column, column, look);
    else if (tl_number_is_decimal(ratio))
        put_number(sheet, row, column, look, ratio.denominator == 1 ? TL_FORM_WHOLE : TL_FORM_DECIMAL,
                   ratio_number(ratio));
    else
        tl_sheet_text(sheet, row, column, look, TL_FORM_RIGHT, tl_number_da(ratio, text));
}

void tl_sheet_percent(struct tl_sheet *sheet, size_t row, size_t column, tl_look look, struct tl_ratio ratio)
{
    char text[TL_NUMBER_TEXT_SIZE];
    if (tl_ratio_is_none(ratio))
        tl_sheet_fill(sheet, row, column, column, look);
    else if (tl_number_is_decimal(ratio))
        put_number(sheet, row, column, look, 100 % ratio.denominator == 0 ? TL_FORM_PERCENT : TL_FORM_PERCENT_FINE,
                   ratio_number(ratio));
    else
        tl_sheet_text(sheet, row, column, look, TL_FORM_RIGHT, tl_number_percent_da(ratio, text));
}

void tl_sheet_fraction(struct tl_sheet *sheet, size_t row, size_t column, tl_look look, tl_form form,
                       const struct tl_frac *fraction)
{
    put_number(sheet, row, column, look, form, mpq_get_d(fraction->q));
}

/* Prints the formula; false when there is nowhere to put it. Formulas are the program's own and short. */
TL_PRINTF(3, 0)
static bool print_formula(char into[FORMULA_SIZE], struct tl_sheet *sheet, const char *formula, va_list arguments)
{
    if (!is_open(sheet))
        return false;
    int length = vsnprintf(into, FORMULA_SIZE, formula, arguments);
    if (length < 0 || length >= FORMULA_SIZE)
        (void)tl_err_set(&sheet->workbook->err, TL_ERR_RANGE, "a formula of the sheet '%s' is too long", sheet->name);
    return is_open(sheet);
}

static void put_formula(struct tl_sheet *sheet, const struct place *place, const char *formula, double result)
{
    tl_workbook_note(sheet->workbook, worksheet_write_formula_num(sheet->sheet, place->row, place->column, formula,
                                                                  place->format, result));
}

/* A number as the result of a formula. */
TL_PRINTF(7, 0)
static void put_number_formula(struct tl_sheet *sheet, size_t row, size_t column, tl_look look, tl_form form,
                               double result, const char *formula, va_list arguments)
{
    char text[FORMULA_SIZE];
    struct place place;
    if (print_formula(text, sheet, formula, arguments) && find_place(&place, sheet, row, column, look, form))
        put_formula(sheet, &place, text, result);
}

void tl_sheet_money_formula(struct tl_sheet *sheet, size_t row, size_t column, tl_look look, struct tl_money result,
                            const char *formula, ...)
{
    va_list arguments;
    va_start(arguments, formula);
    put_number_formula(sheet, row, column, look, TL_FORM_MONEY, money_number(result), formula, arguments);
    va_end(arguments);
}

void tl_sheet_kroner_formula(struct tl_sheet *sheet, size_t row, size_t column, tl_look look, struct tl_money result,
                             const char *formula, ...)
{
    va_list arguments;
    va_start(arguments, formula);
    put_number_formula(sheet, row, column, look, TL_FORM_KRONER, money_number(result), formula, arguments);
    va_end(arguments);
}

void tl_sheet_due_formula(struct tl_sheet *sheet, size_t row, size_t column, tl_look look, struct tl_money result,
                          const char *formula, ...)
{
    va_list arguments;
    va_start(arguments, formula);
    put_number_formula(sheet, row, column, look, TL_FORM_DUE, money_number(result), formula, arguments);
    va_end(arguments);
}

void tl_sheet_whole_formula(struct tl_sheet *sheet, size_t row, size_t column, tl_look look, int64_t result,
                            const char *formula, ...)
{
    va_list arguments;
    va_start(arguments, formula);
    put_number_formula(sheet, row, column, look, TL_FORM_WHOLE, (double)result, formula, arguments);
    va_end(arguments);
}

void tl_sheet_fraction_formula(struct tl_sheet *sheet, size_t row, size_t column, tl_look look, tl_form form,
                               const struct tl_frac *result, const char *formula, ...)
{
    va_list arguments;
    va_start(arguments, formula);
    put_number_formula(sheet, row, column, look, form, mpq_get_d(result->q), formula, arguments);
    va_end(arguments);
}

TL_PRINTF(7, 0)
static void put_text_formula(struct tl_sheet *sheet, size_t row, size_t column, tl_look look, tl_form form,
                             const char *result, const char *formula, va_list arguments)
{
    char text[FORMULA_SIZE];
    struct place place;
    if (print_formula(text, sheet, formula, arguments) && find_place(&place, sheet, row, column, look, form))
        tl_workbook_note(sheet->workbook, worksheet_write_formula_str(sheet->sheet, place.row, place.column, text,
                                                                      place.format, result));
}

void tl_sheet_text_formula(struct tl_sheet *sheet, size_t row, size_t column, tl_look look, const char *result,
                           const char *formula, ...)
{
    va_list arguments;
    va_start(arguments, formula);
    put_text_formula(sheet, row, column, look, TL_FORM_TEXT, result, formula, arguments);
    va_end(arguments);
}

void tl_sheet_word_formula(struct tl_sheet *sheet, size_t row, size_t column, tl_look look, tl_form form,
                           const char *result, const char *formula, ...)
{
    va_list arguments;
    va_start(arguments, formula);
    put_text_formula(sheet, row, column, look, form, result, formula, arguments);
    va_end(arguments);
}

void tl_sheet_fill(struct tl_sheet *sheet, size_t row, size_t first_column, size_t last_column, tl_look look)
{
    struct place place;
    for (size_t column = first_column; column <= last_column; column++)
        if (find_place(&place, sheet, row, column, look, TL_FORM_TEXT))
            tl_workbook_note(sheet->workbook,
                             worksheet_write_blank(sheet->sheet, place.row, place.column, place.format));
}

void tl_sheet_height(struct tl_sheet *sheet, size_t row, double points)
{
    if (is_open(sheet))
        tl_workbook_note(sheet->workbook, worksheet_set_row(sheet->sheet, (lxw_row_t)row, points, NULL));
}

void tl_sheet_freeze(struct tl_sheet *sheet, size_t rows, size_t columns)
{
    if (is_open(sheet))
        worksheet_freeze_panes(sheet->sheet, (lxw_row_t)rows, (lxw_col_t)columns);
}

void tl_sheet_repeat(struct tl_sheet *sheet, size_t first_row, size_t last_row)
{
    if (is_open(sheet))
        tl_workbook_note(sheet->workbook,
                         worksheet_repeat_rows(sheet->sheet, (lxw_row_t)first_row, (lxw_row_t)last_row));
}

void tl_sheet_name_cell(struct tl_sheet *sheet, const char *name, size_t row, size_t column)
{
    char formula[FORMULA_SIZE], ref[32];
    if (!is_open(sheet))
        return;
    lxw_rowcol_to_cell_abs(ref, (lxw_row_t)row, (lxw_col_t)column, true, true);
    snprintf(formula, sizeof formula, "='%s'!%s", sheet->name, ref);
    tl_workbook_note(sheet->workbook, workbook_define_name(sheet->workbook->book, name, formula));
}

void tl_sheet_table(struct tl_sheet *sheet, size_t first_row, size_t last_row, const char *name,
                    const char *const *titles, size_t title_count)
{
    struct place head;
    if (!find_place(&head, sheet, first_row, title_count - 1, TL_LOOK_HEAD, TL_FORM_TEXT))
        return;
    struct tl_arena *arena = &sheet->workbook->arena;
    lxw_table_column *columns = tl_arena_alloc(arena, title_count, sizeof *columns);
    lxw_table_column **list = tl_arena_alloc(arena, title_count + 1, sizeof(lxw_table_column *));
    if (columns == NULL || list == NULL) {
        (void)tl_err_memory(&sheet->workbook->err);
        return;
    }
    for (size_t i = 0; i < title_count; i++) {
        columns[i].header = (char *)(uintptr_t)titles[i];
        columns[i].header_format = head.format;
        list[i] = &columns[i];
    }
    lxw_table_options options = {.name = (char *)(uintptr_t)name,
                                 .style_type = LXW_TABLE_STYLE_TYPE_LIGHT,
                                 .style_type_number = 1,
                                 .columns = list};
    tl_workbook_note(sheet->workbook, worksheet_add_table(sheet->sheet, head.row, 0, (lxw_row_t)last_row,
                                                          (lxw_col_t)(title_count - 1), &options));
    char first[TL_SHEET_REF_SIZE], last[TL_SHEET_REF_SIZE], range[2 * TL_SHEET_REF_SIZE + 1];
    snprintf(range, sizeof range, "%s:%s", tl_sheet_ref(first, first_row, 0),
             tl_sheet_ref(last, last_row, title_count - 1));
    tl_workbook_note(sheet->workbook, worksheet_ignore_errors(sheet->sheet, LXW_IGNORE_NUMBER_STORED_AS_TEXT, range));
}
