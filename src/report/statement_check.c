/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/report/statement_check.h"

#include <inttypes.h>
#include <string.h>

#include "statement_check_parts.h"
#include "tilslut/base/text.h"

tl_status check_flaw(struct file_check *check, const char *sheet, size_t row, size_t column, const char *what,
                     const char *says, const char *should)
{
    struct tl_statement_checked *out = check->out;
    char ref[TL_WORKBOOK_REF_SIZE];
    if (out->flaw_count == TL_STATEMENT_FLAWS_MAX) {
        out->left_out++;
        return TL_OK;
    }
    struct tl_statement_flaw *flaw = &out->flaws[out->flaw_count];
    *flaw = (struct tl_statement_flaw){
        .sheet = tl_arena_text(check->arena, sheet),
        .cell = tl_arena_text(check->arena, tl_workbook_file_ref(ref, row, column)),
        .what = tl_arena_text(check->arena, what),
        .says = tl_arena_format(check->arena, "%.200s", says),
        .should = tl_arena_format(check->arena, "%.200s", should),
    };
    if (flaw->sheet == NULL || flaw->cell == NULL || flaw->what == NULL || flaw->says == NULL || flaw->should == NULL)
        return tl_err_memory(check->err);
    out->flaw_count++;
    return TL_OK;
}

tl_status check_amount(struct file_check *check, const char *sheet, size_t row, size_t column, const char *what,
                       struct tl_money says, struct tl_money should)
{
    char is[TL_MONEY_TEXT_SIZE], ought[TL_MONEY_TEXT_SIZE];
    check->out->amount_count++;
    if (says.minor == should.minor)
        return TL_OK;
    return check_flaw(check, sheet, row, column, what, tl_money_da(says, is), tl_money_da(should, ought));
}

tl_status check_cell_amount(struct file_check *check, const struct tl_workbook_file_sheet *sheet, size_t row,
                            size_t column, const char *what, struct tl_money should)
{
    const struct tl_workbook_cell *cell = tl_workbook_file_cell(sheet, row, column);
    struct tl_money says;
    char ought[TL_MONEY_TEXT_SIZE];
    if (tl_workbook_cell_money(&says, cell))
        return check_amount(check, sheet->name, row, column, what, says, should);
    check->out->amount_count++;
    return check_flaw(check, sheet->name, row, column, what, tl_workbook_cell_text(cell), tl_money_da(should, ought));
}

tl_status check_cell_text(struct file_check *check, const struct tl_workbook_file_sheet *sheet, size_t row,
                          size_t column, const char *what, const char *should)
{
    const char *says = tl_workbook_cell_text(tl_workbook_file_cell(sheet, row, column));
    if (tl_text_equal(says, should))
        return TL_OK;
    return check_flaw(check, sheet->name, row, column, what, says, should);
}

/* A value of the sheet Kontrol; a cell of another kind is a flaw and counts as nothing. */
static tl_status read_value(struct control_value *out, struct file_check *check, const struct control_label *label,
                            size_t row, size_t column)
{
    static const char *const kinds[] = {"", "an amount", "a date", "a whole number"};
    const struct tl_workbook_cell *cell = tl_workbook_file_cell(check->control, row, column);
    bool fits = true;
    *out = (struct control_value){.kind = label->kind, .text = ""};
    switch (label->kind) {
    case CONTROL_A_TEXT:
        out->text = tl_workbook_cell_text(cell);
        break;
    case CONTROL_AN_AMOUNT:
        fits = tl_workbook_cell_money(&out->money, cell);
        break;
    case CONTROL_A_DATE:
        fits = cell == NULL || tl_workbook_cell_date(&out->date, cell);
        break;
    case CONTROL_A_NUMBER:
        fits = tl_workbook_cell_integer(&out->number, cell);
        break;
    }
    if (fits)
        return TL_OK;
    return check_flaw(check, check->control->name, row, column, label->text, tl_workbook_cell_text(cell),
                      kinds[label->kind]);
}

static tl_status refuse(const struct tl_source *source, struct tl_err *err, const char *reason)
{
    (void)tl_err_set(err, TL_ERR_INPUT, "the workbook is no statement of account that tilslut wrote: %s", reason);
    tl_err_hint(err, "tilslut statement writes them; check reads those that have a sheet '%s'", CONTROL_SHEET);
    tl_err_at(err, source->name, 0, 0);
    return TL_ERR_INPUT;
}

/* Whether the sheet is laid out as ours: title, labels, head of the table. */
static tl_status check_layout(struct file_check *check, const struct tl_source *source)
{
    const struct tl_workbook_file_sheet *sheet = check->control;
    if (sheet == NULL)
        return refuse(source, check->err, "it has no sheet '" CONTROL_SHEET "'");
    if (!tl_text_equal(tl_workbook_cell_text(tl_workbook_file_cell(sheet, CONTROL_ROW_TITLE, 0)), CONTROL_TITLE))
        return refuse(source, check->err, "its sheet '" CONTROL_SHEET "' is another one");
    for (size_t i = 0; i < CONTROL_FACT_COUNT; i++)
        if (!tl_text_equal(
                tl_workbook_cell_text(tl_workbook_file_cell(sheet, CONTROL_ROW_FACTS + i, CONTROL_FACT_LABEL)),
                control_facts[i].text))
            return refuse(source, check->err, "its sheet '" CONTROL_SHEET "' lacks what it should state");
    for (size_t i = 0; i < CONTROL_COLUMN_COUNT; i++)
        if (!tl_text_equal(tl_workbook_cell_text(tl_workbook_file_cell(sheet, CONTROL_ROW_HEAD, i)),
                           control_columns[i].text))
            return refuse(source, check->err, "its sheet '" CONTROL_SHEET "' lacks columns of the evidence");
    return TL_OK;
}

static tl_status read_facts(struct file_check *check)
{
    tl_status status = TL_OK;
    for (size_t i = 0; status == TL_OK && i < CONTROL_FACT_COUNT; i++)
        status = read_value(&check->facts[i], check, &control_facts[i], CONTROL_ROW_FACTS + i, CONTROL_FACT_VALUE);
    struct tl_statement_checked *out = check->out;
    out->document = check->facts[CONTROL_FACT_DOCUMENT].text;
    out->owner = check->facts[CONTROL_FACT_OWNER].text;
    out->holder = check->facts[CONTROL_FACT_HOLDER].text;
    out->period.first = check->facts[CONTROL_FACT_FIRST].date;
    out->period.last = check->facts[CONTROL_FACT_LAST].date;
    out->closing = check->facts[CONTROL_FACT_CLOSING].money;
    out->total = check->facts[CONTROL_FACT_TOTAL].money;
    out->head_entry = check->facts[CONTROL_FACT_HEAD_ENTRY].number;
    const char *head = check->facts[CONTROL_FACT_HEAD].text;
    if (status == TL_OK && (out->head_entry != 0 || head[0] != '\0') && !tl_digest_parse(&out->head, head))
        status = check_flaw(check, CONTROL_SHEET, CONTROL_ROW_FACTS + CONTROL_FACT_HEAD, CONTROL_FACT_VALUE,
                            control_facts[CONTROL_FACT_HEAD].text, head, "64 hexadecimal digits");
    return status;
}

static tl_status read_rows(struct file_check *check)
{
    const struct tl_workbook_file_sheet *sheet = check->control;
    size_t last = sheet->count == 0 ? 0 : sheet->cells[sheet->count - 1].row, count = 0;
    tl_status status = TL_OK;
    if (last >= CONTROL_ROW_FIRST)
        count = last - CONTROL_ROW_FIRST + 1;
    if (count > sheet->count)
        count = sheet->count; /* rows without any cell are read as flaws, but not for ever */
    check->rows = tl_arena_alloc(check->arena, count, sizeof *check->rows);
    if (check->rows == NULL)
        return tl_err_memory(check->err);
    for (size_t i = 0; status == TL_OK && i < count; i++)
        for (size_t column = 0; status == TL_OK && column < CONTROL_COLUMN_COUNT; column++)
            status =
                read_value(&check->rows[i][column], check, &control_columns[column], CONTROL_ROW_FIRST + i, column);
    check->row_count = count;
    return status;
}

/* The control sum of what the sheet says. */
static tl_status check_sum(struct file_check *check)
{
    struct tl_buf buf = TL_BUF_EMPTY;
    char hex[TL_DIGEST_HEX_SIZE];
    control_write(&buf, check->facts, CONTROL_FACT_COUNT);
    for (size_t i = 0; i < check->row_count; i++)
        control_write(&buf, check->rows[i], CONTROL_COLUMN_COUNT);
    tl_status status = tl_buf_status(&buf, check->err);
    check->out->control_sum =
        tl_workbook_cell_text(tl_workbook_file_cell(check->control, CONTROL_ROW_SUM, CONTROL_FACT_VALUE));
    if (status == TL_OK) {
        struct tl_digest sum = tl_digest_of(tl_buf_string(&buf), buf.length);
        status = check_cell_text(check, check->control, CONTROL_ROW_SUM, CONTROL_FACT_VALUE, "the control sum",
                                 tl_digest_hex(&sum, hex));
    }
    tl_buf_release(&buf);
    return status;
}

tl_status tl_statement_check_file(struct tl_statement_checked *out, const struct tl_source *source,
                                  struct tl_arena *arena, struct tl_err *err)
{
    struct file_check check = {.out = out, .arena = arena, .err = err};
    *out = (struct tl_statement_checked){.flaws = tl_arena_alloc(arena, TL_STATEMENT_FLAWS_MAX, sizeof *out->flaws)};
    tl_status status = out->flaws == NULL ? tl_err_memory(err) : tl_workbook_file_read(&check.file, source, arena, err);
    if (status != TL_OK)
        return status;
    check.control = tl_workbook_file_sheet(&check.file, CONTROL_SHEET);
    status = check_layout(&check, source);
    if (status == TL_OK)
        status = read_facts(&check);
    if (status == TL_OK)
        status = read_rows(&check);
    if (status == TL_OK)
        status = check_rows(&check);
    if (status == TL_OK)
        status = check_sheets(&check);
    return status == TL_OK ? check_sum(&check) : status;
}
