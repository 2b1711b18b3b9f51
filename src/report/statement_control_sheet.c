/* SPDX-License-Identifier: MPL-2.0 */
/* The sheet Kontrol: what the statement claims, with the evidence of each row, and the sum over both. */
#include "statement_control_parts.h"
#include "statement_sheets.h"
#include "tilslut/report/statement_control.h"

static void put(struct tl_sheet *sheet, size_t row, size_t column, tl_look look, const struct control_value *value)
{
    switch (value->kind) {
    case CONTROL_A_TEXT:
        if (value->text[0] != '\0')
            tl_sheet_text(sheet, row, column, look, TL_FORM_CODE, value->text);
        break;
    case CONTROL_AN_AMOUNT:
        tl_sheet_money(sheet, row, column, look, value->money);
        break;
    case CONTROL_A_DATE:
        if (!tl_date_is_none(value->date))
            tl_sheet_date(sheet, row, column, look, value->date);
        break;
    case CONTROL_A_NUMBER:
        tl_sheet_number(sheet, row, column, look, value->number);
        break;
    }
}

static tl_status write_head(const struct tl_statement_sheets *sheets, struct tl_sheet *sheet, struct tl_err *err)
{
    struct control_value facts[CONTROL_FACT_COUNT];
    struct tl_digest sum;
    char hex[TL_DIGEST_HEX_SIZE];
    tl_status status = control_fill_facts(facts, sheets->statement, sheets->arena, err);
    if (status == TL_OK)
        status = tl_statement_control_sum(&sum, sheets->statement, err);
    if (status != TL_OK)
        return status;
    tl_sheet_height(sheet, CONTROL_ROW_TITLE, 32);
    tl_sheet_text(sheet, CONTROL_ROW_TITLE, 0, TL_LOOK_TITLE, TL_FORM_TEXT, CONTROL_TITLE);
    tl_sheet_text(sheet, CONTROL_ROW_TITLE + 1, 0, TL_LOOK_SUBTITLE, TL_FORM_TEXT,
                  "Alt, hvad kontoudtoget påstår, og beviset for hver linje. `tilslut check` regner det efter.");
    for (size_t i = 0; i < CONTROL_FACT_COUNT; i++) {
        tl_sheet_text(sheet, CONTROL_ROW_FACTS + i, CONTROL_FACT_LABEL, TL_LOOK_LABEL, TL_FORM_TEXT,
                      control_facts[i].text);
        put(sheet, CONTROL_ROW_FACTS + i, CONTROL_FACT_VALUE, TL_LOOK_PLAIN, &facts[i]);
    }
    tl_sheet_text(sheet, CONTROL_ROW_SUM, CONTROL_FACT_LABEL, TL_LOOK_LABEL, TL_FORM_TEXT, "Kontrolsum (SHA-256)");
    tl_sheet_text(sheet, CONTROL_ROW_SUM, CONTROL_FACT_VALUE, TL_LOOK_STRONG, TL_FORM_CODE, tl_digest_hex(&sum, hex));
    return TL_OK;
}

tl_status tl_statement_write_control(const struct tl_statement_sheets *sheets, struct tl_err *err)
{
    const struct tl_statement *statement = sheets->statement;
    struct control_value cells[CONTROL_COLUMN_COUNT];
    double widths[CONTROL_COLUMN_COUNT];
    const char *titles[CONTROL_COLUMN_COUNT];
    for (size_t i = 0; i < CONTROL_COLUMN_COUNT; i++) {
        widths[i] = control_columns[i].width > 0 ? control_columns[i].width : tl_statement_money_width(statement);
        titles[i] = control_columns[i].text;
    }
    const struct tl_sheet_setup setup = {.name = CONTROL_SHEET,
                                         .landscape = true,
                                         .pages_wide = 4,
                                         .widths = widths,
                                         .width_count = CONTROL_COLUMN_COUNT,
                                         .header_left = tl_statement_text(statement->owner->official_name),
                                         .header_right = tl_statement_holder(statement),
                                         .footer_left = sheets->document,
                                         .footer_right = sheets->heading};
    struct tl_sheet *sheet = tl_workbook_sheet(sheets->workbook, &setup);
    tl_status status = write_head(sheets, sheet, err);
    for (size_t i = 0; i < CONTROL_COLUMN_COUNT; i++)
        tl_sheet_text(sheet, CONTROL_ROW_HEAD, i, TL_LOOK_HEAD, TL_FORM_TEXT, titles[i]);
    for (size_t i = 0; status == TL_OK && i < statement->row_count; i++) {
        status = control_fill_row(cells, &statement->rows[i], sheets->arena, err);
        for (size_t column = 0; status == TL_OK && column < CONTROL_COLUMN_COUNT; column++)
            put(sheet, CONTROL_ROW_FIRST + i, column, TL_LOOK_PLAIN, &cells[column]);
    }
    if (status == TL_OK && statement->row_count > 0)
        tl_sheet_table(sheet, CONTROL_ROW_HEAD, CONTROL_ROW_HEAD + statement->row_count, "Bevis", titles,
                       CONTROL_COLUMN_COUNT);
    tl_sheet_freeze(sheet, CONTROL_ROW_FIRST, 0);
    tl_sheet_repeat(sheet, CONTROL_ROW_HEAD, CONTROL_ROW_HEAD);
    return status;
}
