/* SPDX-License-Identifier: MPL-2.0 */
/* The other sheets of a statement, held against the sheet Kontrol: what people and finance systems read is what the
 * evidence is of. Columns are found by their titles, since a reader may have moved them. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "statement_check_parts.h"
#include "statement_pool.h"
#include "statement_sheets.h"
#include "tilslut/base/text.h"

enum { HEAD_ROWS_MAX = 40, COLUMNS_MAX = 64 };

static const struct control_value *value(const struct file_check *check, size_t row, enum control_column column)
{
    return &check->rows[row][column];
}

static bool is_payment(const struct file_check *check, size_t row)
{
    return tl_text_equal(value(check, row, CONTROL_KIND)->text, CONTROL_IS_PAYMENT);
}

/* The cell that holds just this text, among the first rows and from `from` on; false where there is none. */
static bool find_text(size_t *row, size_t *column, const struct tl_workbook_file_sheet *sheet, const char *text,
                      size_t from)
{
    for (size_t i = 0; i < sheet->count; i++)
        if (sheet->cells[i].row >= from && sheet->cells[i].column < COLUMNS_MAX && !sheet->cells[i].is_number &&
            tl_text_equal(sheet->cells[i].text, text)) {
            *row = sheet->cells[i].row;
            *column = sheet->cells[i].column;
            return true;
        }
    return false;
}

static tl_status lacks(struct file_check *check, const char *sheet, const char *what)
{
    return check_flaw(check, sheet, 0, 0, what, "", "to be there");
}

/* The sheet, or a flaw and NULL. */
static tl_status find_sheet(const struct tl_workbook_file_sheet **out, struct file_check *check, const char *name)
{
    *out = tl_workbook_file_sheet(&check->file, name);
    return *out == NULL ? lacks(check, name, "the sheet") : TL_OK;
}

static tl_status check_import_row(struct file_check *check, const struct tl_workbook_file_sheet *sheet, size_t at,
                                  size_t row, const size_t columns[])
{
    const struct control_value *cells = check->rows[row];
    const struct tl_workbook_cell *entry = tl_workbook_file_cell(sheet, at, columns[0]);
    char number[24];
    int64_t says = 0;
    tl_status status = TL_OK;
    snprintf(number, sizeof number, "%" PRId64, cells[CONTROL_ENTRY].number);
    if (!tl_workbook_cell_integer(&says, entry) || says != cells[CONTROL_ENTRY].number)
        status = check_flaw(check, sheet->name, at, columns[0], "the entry", tl_workbook_cell_text(entry), number);
    if (status == TL_OK)
        status = check_cell_amount(check, sheet, at, columns[1], "net", cells[CONTROL_NET].money);
    if (status == TL_OK)
        status = check_cell_amount(check, sheet, at, columns[2], "VAT", cells[CONTROL_VAT].money);
    if (status == TL_OK)
        status = check_cell_amount(check, sheet, at, columns[3], "gross", cells[CONTROL_GROSS].money);
    if (status == TL_OK)
        status = check_cell_text(check, sheet, at, columns[4], "the product", cells[CONTROL_PRODUCT].text);
    if (status == TL_OK)
        status = check_cell_text(check, sheet, at, columns[5], "the line", cells[CONTROL_LINE].text);
    if (status == TL_OK)
        status = check_cell_text(check, sheet, at, columns[6], "the payment reference", cells[CONTROL_REFERENCE].text);
    if (status == TL_OK)
        status = check_cell_text(check, sheet, at, columns[7], "the VAT code", cells[CONTROL_VAT_CODE].text);
    return status;
}

static tl_status check_import(struct file_check *check)
{
    static const char *const titles[] = {"Bilagsnummer", "Netto", "Moms",         "Brutto",
                                         "Produktkode",  "Linje", "Betalings-ID", "Momskode"};
    enum { TITLES = sizeof titles / sizeof *titles };
    const struct tl_workbook_file_sheet *sheet;
    size_t columns[TITLES], head, at = 1;
    tl_status status = find_sheet(&sheet, check, "Import");
    if (status != TL_OK || sheet == NULL)
        return status;
    for (size_t i = 0; i < TITLES; i++)
        if (!find_text(&head, &columns[i], sheet, titles[i], 0) || head != 0)
            return lacks(check, "Import", titles[i]);
    for (size_t i = 0; status == TL_OK && i < check->row_count; i++)
        if (!is_payment(check, i))
            status = check_import_row(check, sheet, at++, i, columns);
    size_t last = sheet->count == 0 ? 0 : sheet->cells[sheet->count - 1].row;
    if (status == TL_OK && last >= at)
        status = check_flaw(check, "Import", at, 0, "a row more than the account has",
                            tl_workbook_cell_text(tl_workbook_file_cell(sheet, at, 0)), "");
    return status;
}

/* Movements with their balance, and the totals below. */
static tl_status check_account(struct file_check *check)
{
    const struct tl_workbook_file_sheet *sheet;
    size_t head, charged, paid, balance, ignored;
    struct tl_money sum = check->facts[CONTROL_FACT_OPENING].money;
    tl_status status = find_sheet(&sheet, check, "Kontoudtog");
    if (status != TL_OK || sheet == NULL)
        return status;
    if (!find_text(&head, &balance, sheet, "Saldo", 0) || head > HEAD_ROWS_MAX ||
        !find_text(&ignored, &charged, sheet, "Opkrævet", head) || ignored != head ||
        !find_text(&ignored, &paid, sheet, "Indbetalt", head) || ignored != head)
        return lacks(check, "Kontoudtog", "the head of the table");
    status = check_cell_amount(check, sheet, head + 1, balance, "the opening balance", sum);
    for (size_t i = 0; status == TL_OK && i < check->row_count; i++) {
        struct tl_money gross = value(check, i, CONTROL_GROSS)->money;
        size_t at = head + 2 + i;
        status = is_payment(check, i) ? check_cell_amount(check, sheet, at, paid, "the payment", tl_money_negate(gross))
                                      : check_cell_amount(check, sheet, at, charged, "the charge", gross);
        if (status == TL_OK)
            status = tl_money_add(&sum, sum, gross, check->err);
        if (status == TL_OK)
            status = check_cell_amount(check, sheet, at, balance, "the balance", sum);
    }
    if (status == TL_OK)
        status = check_cell_amount(check, sheet, head + 3 + check->row_count, balance, "the closing balance", sum);
    return status;
}

/* The first page; and the net of the calculation, which follows when somebody tries other figures in it. */
static tl_status check_fronts(struct file_check *check)
{
    const struct tl_workbook_file_sheet *sheet;
    struct tl_money net = {0};
    size_t row, column;
    enum { AMOUNT = 3 };
    static const struct {
        const char *label;
        size_t fact;
    } figures[] = {{"Primosaldo", CONTROL_FACT_OPENING},
                   {"Kreditnotaer", CONTROL_FACT_CREDITED},
                   {"Indbetalinger", CONTROL_FACT_PAID},
                   {"Ultimosaldo", CONTROL_FACT_CLOSING}};
    tl_status status = find_sheet(&sheet, check, "Oversigt");
    for (size_t i = 0; status == TL_OK && sheet != NULL && i < sizeof figures / sizeof *figures; i++)
        status =
            find_text(&row, &column, sheet, figures[i].label, 0)
                ? check_cell_amount(check, sheet, row, AMOUNT, figures[i].label, check->facts[figures[i].fact].money)
                : lacks(check, "Oversigt", figures[i].label);
    for (size_t i = 0; status == TL_OK && i < check->row_count; i++)
        if (!is_payment(check, i))
            status = tl_money_add(&net, net, value(check, i, CONTROL_NET)->money, check->err);
    if (status == TL_OK)
        status = find_sheet(&sheet, check, "Beregning");
    if (status == TL_OK && sheet != NULL)
        status = check_cell_amount(check, sheet, 4, STATEMENT_CARD_VALUE,
                                   "the calculation's net, which differs when figures were tried in it", net);
    return status;
}

/* One pool: split anew from its exact weights and what is carried. `head` is the row of its titles. */
static tl_status check_pool(struct file_check *check, const struct tl_workbook_file_sheet *sheet, size_t head)
{
    size_t first = head + 1, count = 0, top = head - STATEMENT_POOL_SHARES_ROW + 1;
    struct tl_money unit = {0}, budget = {0};
    struct tl_err wrong = TL_ERR_NONE;
    bool fits = false;
    while (tl_workbook_cell_text(tl_workbook_file_cell(sheet, first + count, STATEMENT_POOL_WEIGHT_EXACT))[0] != '\0')
        count++;
    struct statement_claim *claims = tl_arena_alloc(check->arena, count, sizeof *claims);
    struct statement_result *results = tl_arena_alloc(check->arena, count, sizeof *results);
    if (claims == NULL || results == NULL)
        return tl_err_memory(check->err);
    tl_status status = TL_OK;
    for (size_t i = 0; status == TL_OK && i < count; i++) {
        struct tl_money part;
        const struct tl_workbook_cell *ledger = tl_workbook_file_cell(sheet, first + i, STATEMENT_POOL_LEDGER);
        claims[i].weight = tl_workbook_cell_text(tl_workbook_file_cell(sheet, first + i, STATEMENT_POOL_WEIGHT_EXACT));
        claims[i].carried_in =
            tl_workbook_cell_text(tl_workbook_file_cell(sheet, first + i, STATEMENT_POOL_CARRIED_EXACT));
        if (!tl_workbook_cell_money(&part, ledger))
            return check_flaw(check, sheet->name, first + i, STATEMENT_POOL_LEDGER, "the share",
                              tl_workbook_cell_text(ledger), "an amount");
        status = tl_money_add(&budget, budget, part, check->err);
    }
    if (status == TL_OK &&
        !tl_workbook_cell_money(&unit, tl_workbook_file_cell(sheet, top + STATEMENT_POOL_UNIT_ROW, 2)))
        return check_flaw(check, sheet->name, top + STATEMENT_POOL_UNIT_ROW, 2, "the unit", "", "an amount");
    /* what was shared out is the sum of the shares: the budget's own cell is there to be tried */
    if (status == TL_OK)
        status = statement_pool_split(results, &fits, claims, count, budget.minor, unit.minor, &wrong);
    if (status == TL_ERR_MEMORY)
        return tl_err_memory(check->err);
    if (status != TL_OK || !fits)
        return check_flaw(check, sheet->name, head, 0, "how the budget was shared out", "",
                          "to follow from the weights");
    for (size_t i = 0; status == TL_OK && i < count; i++)
        status =
            check_cell_amount(check, sheet, first + i, STATEMENT_POOL_LEDGER,
                              "the share, by largest remainder among all", (struct tl_money){results[i].part_minor});
    return status;
}

static tl_status check_pools(struct file_check *check)
{
    const struct tl_workbook_file_sheet *sheet = tl_workbook_file_sheet(&check->file, "Fordeling");
    size_t row, column, from = STATEMENT_POOL_SHARES_ROW;
    tl_status status = TL_OK;
    while (sheet != NULL && status == TL_OK && find_text(&row, &column, sheet, "Kode", from)) {
        status = check_pool(check, sheet, row);
        from = row + 1;
    }
    return status;
}

tl_status check_sheets(struct file_check *check)
{
    tl_status status = check_account(check);
    if (status == TL_OK)
        status = check_import(check);
    if (status == TL_OK)
        status = check_fronts(check);
    return status == TL_OK ? check_pools(check) : status;
}
