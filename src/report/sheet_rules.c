/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/report/sheet_rules.h"

#include "workbook_parts.h"

/* A tint of OS2's green, and of its blue for what is below zero: black text stays readable on both. */
enum { BAR = 0x89B289, BAR_BELOW = 0x9DB4D6 };

static bool is_open(const struct tl_sheet *sheet)
{
    return sheet->workbook != NULL && sheet->workbook->err.status == TL_OK;
}

static void validate(struct tl_sheet *sheet, struct tl_sheet_range range, lxw_data_validation *rule, const char *title,
                     const char *message)
{
    /* libxlsxwriter takes no const text, and copies it */
    rule->ignore_blank = LXW_VALIDATION_ON;
    rule->error_title = (char *)(uintptr_t)title;
    rule->error_message = (char *)(uintptr_t)message;
    tl_workbook_note(sheet->workbook, worksheet_data_validation_range(
                                          sheet->sheet, (lxw_row_t)range.first_row, (lxw_col_t)range.first_column,
                                          (lxw_row_t)range.last_row, (lxw_col_t)range.last_column, rule));
}

void tl_sheet_take_mark(struct tl_sheet *sheet, struct tl_sheet_range range, const char *mark, const char *title,
                        const char *message)
{
    char *list[] = {(char *)(uintptr_t)mark, NULL};
    lxw_data_validation rule = {.validate = LXW_VALIDATION_TYPE_LIST, .value_list = list};
    if (is_open(sheet))
        validate(sheet, range, &rule, title, message);
}

void tl_sheet_take_numbers(struct tl_sheet *sheet, struct tl_sheet_range range, const char *title, const char *message)
{
    lxw_data_validation rule = {.validate = LXW_VALIDATION_TYPE_DECIMAL,
                                .criteria = LXW_VALIDATION_CRITERIA_GREATER_THAN_OR_EQUAL_TO,
                                .value_number = 0};
    if (is_open(sheet))
        validate(sheet, range, &rule, title, message);
}

void tl_sheet_bars(struct tl_sheet *sheet, struct tl_sheet_range range)
{
    lxw_conditional_format bars = {.type = LXW_CONDITIONAL_DATA_BAR,
                                   .data_bar_2010 = LXW_TRUE,
                                   .bar_solid = LXW_TRUE,
                                   .bar_color = BAR,
                                   .bar_negative_color = BAR_BELOW,
                                   .min_rule_type = LXW_CONDITIONAL_RULE_TYPE_NUMBER,
                                   .min_value = 0,
                                   .bar_no_border = LXW_TRUE};
    if (is_open(sheet))
        tl_workbook_note(sheet->workbook, worksheet_conditional_format_range(
                                              sheet->sheet, (lxw_row_t)range.first_row, (lxw_col_t)range.first_column,
                                              (lxw_row_t)range.last_row, (lxw_col_t)range.last_column, &bars));
}
