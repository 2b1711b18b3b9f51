/* SPDX-License-Identifier: MPL-2.0 */
/* The sheet Opfølgning: budget, actual and forecast of each account and quarter, and the quarters as a chart. */
#include <stdio.h>

#include "budget_sheets.h"
#include "tilslut/agreement/steering.h"
#include "tilslut/report/sheet_chart.h"

enum { ACCOUNT, NAME, KIND, FIRST_QUARTER, PER_QUARTER = 3, PER_YEAR = 4 };
enum { BUDGET, ACTUAL, DEVIATION, FORECAST_OF_YEAR = 2, DEVIATION_OF_YEAR = 3 };
enum { YEAR_COLUMN = FIRST_QUARTER + TL_BUDGET_QUARTERS * PER_QUARTER, COLUMNS = YEAR_COLUMN + PER_YEAR };
enum { ROW_TITLE, ROW_NOTE, ROW_TOP = 3, ROW_HEAD, ROW_FIRST };

static void put(struct tl_sheet *sheet, size_t row, size_t column, tl_look look, bool has, struct tl_money amount)
{
    if (has)
        tl_sheet_kroner(sheet, row, column, look, amount);
    else
        tl_sheet_fill(sheet, row, column, column, look);
}

/* Deviations are formulas, so that whoever reads them sees what they are. */
static void put_deviation(struct tl_sheet *sheet, size_t row, size_t column, size_t from, size_t budget, tl_look look,
                          bool has, struct tl_money deviation)
{
    char left[TL_SHEET_REF_SIZE], right[TL_SHEET_REF_SIZE];
    if (has)
        tl_sheet_kroner_formula(sheet, row, column, look, deviation, "=ROUND(%s-%s,2)", tl_sheet_ref(left, row, from),
                                tl_sheet_ref(right, row, budget));
    else
        tl_sheet_fill(sheet, row, column, column, look);
}

static void write_amounts(struct tl_sheet *sheet, size_t row, tl_look look, const struct tl_follow_amount *amounts,
                          bool has_budget)
{
    for (size_t q = 0; q < TL_BUDGET_QUARTERS; q++) {
        const struct tl_follow_amount *amount = &amounts[q];
        size_t at = FIRST_QUARTER + q * PER_QUARTER;
        put(sheet, row, at + BUDGET, look, has_budget, amount->budget);
        put(sheet, row, at + ACTUAL, look, amount->has_begun, amount->actual);
        put_deviation(sheet, row, at + DEVIATION, at + ACTUAL, at + BUDGET, look, has_budget && amount->has_begun,
                      amount->deviation);
    }
    const struct tl_follow_amount *year = &amounts[TL_FOLLOW_YEAR];
    put(sheet, row, YEAR_COLUMN + BUDGET, look, has_budget, year->budget);
    put(sheet, row, YEAR_COLUMN + ACTUAL, look, true, year->actual);
    put(sheet, row, YEAR_COLUMN + FORECAST_OF_YEAR, look, has_budget, year->forecast);
    put_deviation(sheet, row, YEAR_COLUMN + DEVIATION_OF_YEAR, YEAR_COLUMN + FORECAST_OF_YEAR, YEAR_COLUMN + BUDGET,
                  look, has_budget, year->deviation);
}

static void write_head(const struct tl_budget_sheets *sheets, struct tl_sheet *sheet)
{
    static const char *const of_quarter[] = {"Budget", "Faktisk", "Afvigelse"};
    static const char *const of_year[] = {"Budget", "Faktisk til nu", "Forventet", "Afvigelse, forventet"};
    tl_sheet_fill(sheet, ROW_TOP, 0, COLUMNS - 1, TL_LOOK_HEAD);
    for (size_t q = 0; q < TL_BUDGET_QUARTERS; q++) {
        size_t at = FIRST_QUARTER + q * PER_QUARTER;
        tl_sheet_wide_text(sheet, ROW_TOP, at, at + PER_QUARTER - 1, TL_LOOK_HEAD,
                           tl_workbook_made(sheets->workbook, tl_arena_format(sheets->arena, "%zu. kvartal", q + 1)));
        for (size_t i = 0; i < PER_QUARTER; i++)
            tl_sheet_text(sheet, ROW_HEAD, at + i, TL_LOOK_HEAD, TL_FORM_RIGHT, of_quarter[i]);
    }
    tl_sheet_wide_text(sheet, ROW_TOP, YEAR_COLUMN, COLUMNS - 1, TL_LOOK_HEAD, "Hele året");
    for (size_t i = 0; i < PER_YEAR; i++)
        tl_sheet_text(sheet, ROW_HEAD, YEAR_COLUMN + i, TL_LOOK_HEAD, TL_FORM_RIGHT, of_year[i]);
    tl_sheet_text(sheet, ROW_HEAD, ACCOUNT, TL_LOOK_HEAD, TL_FORM_TEXT, "Konto");
    tl_sheet_text(sheet, ROW_HEAD, NAME, TL_LOOK_HEAD, TL_FORM_TEXT, "Navn");
    tl_sheet_text(sheet, ROW_HEAD, KIND, TL_LOOK_HEAD, TL_FORM_TEXT, "Art");
    tl_sheet_height(sheet, ROW_HEAD, 34);
}

static void write_total(struct tl_sheet *sheet, size_t row, const char *name, const struct tl_follow_amount *amounts,
                        bool has_budget)
{
    tl_sheet_fill(sheet, row, 0, COLUMNS - 1, TL_LOOK_TOTAL);
    tl_sheet_text(sheet, row, NAME, TL_LOOK_TOTAL, TL_FORM_TEXT, name);
    write_amounts(sheet, row, TL_LOOK_TOTAL, amounts, has_budget);
}

/* The costs of the quarters, for the chart beside them. */
static void write_chart(const struct tl_budget_sheets *sheets, struct tl_sheet *sheet, size_t row)
{
    enum { BUDGETED = 2, POSTED, EXPECTED };
    const struct tl_budget_follow *follow = &sheets->budget->steering->follow;
    tl_sheet_text(sheet, row, NAME, TL_LOOK_HEAD, TL_FORM_TEXT, "Udgifter");
    tl_sheet_text(sheet, row, BUDGETED, TL_LOOK_HEAD, TL_FORM_RIGHT, "Budget");
    tl_sheet_text(sheet, row, POSTED, TL_LOOK_HEAD, TL_FORM_RIGHT, "Faktisk");
    tl_sheet_text(sheet, row, EXPECTED, TL_LOOK_HEAD, TL_FORM_RIGHT, "Forventet");
    for (size_t q = 0; q < TL_BUDGET_QUARTERS; q++) {
        tl_sheet_text(sheet, row + 1 + q, NAME, TL_LOOK_ROW, TL_FORM_TEXT,
                      tl_workbook_made(sheets->workbook, tl_arena_format(sheets->arena, "%zu. kvartal", q + 1)));
        tl_sheet_kroner(sheet, row + 1 + q, BUDGETED, TL_LOOK_ROW, follow->cost[q].budget);
        tl_sheet_kroner(sheet, row + 1 + q, POSTED, TL_LOOK_ROW, follow->cost[q].actual);
        tl_sheet_kroner(sheet, row + 1 + q, EXPECTED, TL_LOOK_ROW, follow->cost[q].forecast);
    }
    const struct tl_sheet_series series[] = {
        {"Budget", {row + 1, BUDGETED, row + TL_BUDGET_QUARTERS, BUDGETED}},
        {"Faktisk", {row + 1, POSTED, row + TL_BUDGET_QUARTERS, POSTED}},
        {"Forventet", {row + 1, EXPECTED, row + TL_BUDGET_QUARTERS, EXPECTED}},
    };
    char budget[TL_MONEY_TEXT_SIZE], actual[TL_MONEY_TEXT_SIZE], forecast[TL_MONEY_TEXT_SIZE];
    const struct tl_follow_amount *year = &follow->cost[TL_FOLLOW_YEAR];
    const struct tl_sheet_chart chart = {
        .kind = TL_SHEET_CHART_COLUMNS,
        .title = "Udgifter pr. kvartal",
        .description = tl_workbook_made(
            sheets->workbook,
            tl_arena_format(sheets->arena,
                            "Søjlediagram: udgifternes budget, det faktiske og det forventede i årets fire kvartaler. "
                            "For hele året er budgettet %s kr., det faktiske til nu %s kr. og det forventede %s kr. "
                            "Tallene står i tabellen ved siden af.",
                            tl_money_da(year->budget, budget), tl_money_da(year->actual, actual),
                            tl_money_da(year->forecast, forecast))),
        .names = {row + 1, NAME, row + TL_BUDGET_QUARTERS, NAME},
        .series = series,
        .series_count = sizeof series / sizeof series[0],
        .width = 720,
        .height = 300};
    tl_sheet_put_chart(sheet, row, FIRST_QUARTER + PER_QUARTER, &chart);
}

void tl_budget_write_follow(const struct tl_budget_sheets *sheets)
{
    const struct tl_budget_follow *follow = &sheets->budget->steering->follow;
    double widths[COLUMNS];
    char date[TL_DATE_TEXT_SIZE];
    for (size_t i = 0; i < COLUMNS; i++)
        widths[i] = i == ACCOUNT ? 9 : i == NAME ? 24 : i < YEAR_COLUMN ? 10.5 : 12;
    struct tl_sheet_setup setup = tl_budget_setup(sheets, "Opfølgning", widths, COLUMNS);
    struct tl_sheet *sheet = tl_workbook_sheet(sheets->workbook, &setup);
    bool has = follow->has_budget;
    tl_sheet_height(sheet, ROW_TITLE, 32);
    tl_sheet_text(sheet, ROW_TITLE, 0, TL_LOOK_TITLE, TL_FORM_TEXT, "Opfølgning på budgettet");
    const char *note =
        has ? tl_arena_format(sheets->arena, "Bogført til og med %s. Budgettets version %d, %s. Vist i hele kroner.",
                              tl_date_da(follow->date, date), follow->version, follow->decision)
            : tl_arena_format(sheets->arena,
                              "Bogført til og med %s. Der er ikke registreret et budget pr. konto og "
                              "kvartal for året.",
                              tl_date_da(follow->date, date));
    tl_sheet_text(sheet, ROW_NOTE, 0, TL_LOOK_SUBTITLE, TL_FORM_TEXT, tl_workbook_made(sheets->workbook, note));
    write_head(sheets, sheet);
    for (size_t i = 0; i < follow->row_count; i++) {
        const struct tl_follow_row *row = &follow->rows[i];
        tl_sheet_text(sheet, ROW_FIRST + i, ACCOUNT, TL_LOOK_ROW, TL_FORM_CODE, row->account);
        tl_sheet_text(sheet, ROW_FIRST + i, NAME, TL_LOOK_ROW, TL_FORM_TEXT, row->name_da);
        tl_sheet_text(sheet, ROW_FIRST + i, KIND, TL_LOOK_ROW, TL_FORM_TEXT, row->is_income ? "indtægt" : "udgift");
        write_amounts(sheet, ROW_FIRST + i, TL_LOOK_ROW, row->amounts, has);
    }
    size_t at = ROW_FIRST + follow->row_count;
    write_total(sheet, at++, "Indtægter i alt", follow->income, has);
    write_total(sheet, at++, "Udgifter i alt", follow->cost, has);
    write_total(sheet, at++, "Resultat", follow->result, has);
    if (!tl_money_is_zero(follow->carried)) {
        tl_sheet_text(
            sheet, at, NAME, TL_LOOK_ROW, TL_FORM_TEXT,
            tl_workbook_made(sheets->workbook, tl_arena_format(sheets->arena, "Overført fra %d", follow->year - 1)));
        tl_sheet_kroner(sheet, at++, YEAR_COLUMN + ACTUAL, TL_LOOK_ROW, follow->carried);
    }
    if (has)
        write_chart(sheets, sheet, at + 1);
    tl_sheet_freeze(sheet, ROW_FIRST, KIND + 1);
    tl_sheet_repeat(sheet, ROW_TOP, ROW_HEAD);
}
