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

/* The four figures above the movements, where the sheet has them. */
static tl_status check_summary(struct file_check *check, const struct tl_workbook_file_sheet *sheet, size_t labels,
                               size_t values)
{
    const struct {
        const char *label;
        struct tl_money should;
    } figures[] = {{"Primosaldo", check->facts[CONTROL_FACT_OPENING].money},
                   {"Opkrævet", check->facts[CONTROL_FACT_TOTAL].money},
                   {"Indbetalt", tl_money_negate(check->facts[CONTROL_FACT_PAID].money)},
                   {"Ultimosaldo", check->facts[CONTROL_FACT_CLOSING].money}};
    enum { FIRST = 3 };
    tl_status status = TL_OK;
    for (size_t i = 0; status == TL_OK && i < sizeof figures / sizeof *figures; i++)
        if (tl_text_equal(tl_workbook_cell_text(tl_workbook_file_cell(sheet, FIRST + i, labels)), figures[i].label))
            status = check_cell_amount(check, sheet, FIRST + i, values, figures[i].label, figures[i].should);
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
    status = check_summary(check, sheet, charged, balance);
    if (status == TL_OK)
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

/* The rows of the evidence that are shares of the pool: by member, weight and budget. */
static tl_status check_own_share(struct file_check *check, const struct tl_workbook_file_sheet *sheet, size_t at,
                                 const char *weight, struct tl_money budget, struct tl_money part)
{
    const char *code = tl_workbook_cell_text(tl_workbook_file_cell(sheet, at, STATEMENT_POOL_CODE));
    tl_status status = TL_OK;
    for (size_t i = 0; status == TL_OK && i < check->row_count; i++)
        if (tl_text_equal(value(check, i, CONTROL_FOLLOWS)->text, CONTROL_BY_SHARE) &&
            tl_text_equal(value(check, i, CONTROL_PARTY)->text, code) &&
            tl_text_equal(value(check, i, CONTROL_WEIGHT)->text, weight) &&
            value(check, i, CONTROL_BUDGET)->money.minor == budget.minor)
            status = check_amount(check, CONTROL_SHEET, CONTROL_ROW_FIRST + i, CONTROL_NET,
                                  "net: the share among all, by largest remainder", value(check, i, CONTROL_NET)->money,
                                  part);
    return status;
}

/* What a pool's rows say. */
struct pool_read {
    struct statement_claim *claims;
    struct statement_result *results;
    size_t first, count;
    struct tl_money unit, budget;
};

static tl_status read_pool(struct pool_read *out, bool *is_read, struct file_check *check,
                           const struct tl_workbook_file_sheet *sheet, size_t head)
{
    size_t top = head - STATEMENT_POOL_SHARES_ROW + 1;
    *out = (struct pool_read){.first = head + 1};
    while (tl_workbook_cell_text(
               tl_workbook_file_cell(sheet, out->first + out->count, STATEMENT_POOL_WEIGHT_EXACT))[0] != '\0')
        out->count++;
    out->claims = tl_arena_alloc(check->arena, out->count, sizeof *out->claims);
    out->results = tl_arena_alloc(check->arena, out->count, sizeof *out->results);
    if (out->claims == NULL || out->results == NULL)
        return tl_err_memory(check->err);
    for (size_t i = 0; i < out->count; i++)
        out->claims[i] = (struct statement_claim){
            tl_workbook_cell_text(tl_workbook_file_cell(sheet, out->first + i, STATEMENT_POOL_WEIGHT_EXACT)),
            tl_workbook_cell_text(tl_workbook_file_cell(sheet, out->first + i, STATEMENT_POOL_CARRIED_EXACT))};
    const struct tl_workbook_cell *unit = tl_workbook_file_cell(sheet, top + STATEMENT_POOL_UNIT_ROW, 2),
                                  *budget = tl_workbook_file_cell(sheet, top + STATEMENT_POOL_BOOKED_ROW, 2);
    *is_read = tl_workbook_cell_money(&out->unit, unit) && tl_workbook_cell_money(&out->budget, budget);
    return TL_OK;
}

/* One pool: its budget split anew by the exact weights and what is carried. `head` is the row of its titles. */
static tl_status check_pool(struct file_check *check, const struct tl_workbook_file_sheet *sheet, size_t head)
{
    struct pool_read pool;
    struct tl_err wrong = TL_ERR_NONE;
    bool fits = false, is_read = false;
    tl_status status = read_pool(&pool, &is_read, check, sheet, head);
    if (status == TL_OK && is_read)
        status = statement_pool_split(pool.results, &fits, pool.claims, pool.count, pool.budget.minor, pool.unit.minor,
                                      &wrong);
    if (status == TL_ERR_MEMORY)
        return tl_err_memory(check->err);
    if (status != TL_OK || !fits)
        return check_flaw(check, sheet->name, head, 0, "how the budget was shared out", "",
                          "to follow from the weights");
    for (size_t i = 0; status == TL_OK && i < pool.count; i++) {
        struct tl_money part = {pool.results[i].part_minor};
        status = check_cell_amount(check, sheet, pool.first + i, STATEMENT_POOL_LEDGER,
                                   "the share among all, by largest remainder", part);
        if (status == TL_OK)
            status = check_own_share(check, sheet, pool.first + i, pool.claims[i].weight, pool.budget, part);
    }
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
