/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Meaning never rests on colour: what is missing is written out. Each sheet has one table with a head that is repeated
 * in print, kept on the screen, and can be filtered by.
 */
#include "tilslut/report/overview_xlsx.h"

#include "tilslut/report/sheet.h"
#include "tilslut/report/workbook.h"

enum { ROW_TITLE, ROW_SUBTITLE, ROW_HEAD = 3, ROW_FIRST };

#define COUNT_OF(array) (sizeof(array) / sizeof(array)[0])

struct page {
    const struct tl_overview_paper *paper;
    struct tl_workbook *workbook;
    struct tl_arena *arena;
    const char *heading;
};

/* A sheet with its title and the head of its table, whose columns from `numbers_from` on hold numbers. */
static struct tl_sheet *begin(const struct page *page, const char *name, const char *subtitle, const double *widths,
                              const char *const *titles, size_t count, size_t numbers_from)
{
    const struct tl_sheet_setup setup = {.name = name,
                                         .landscape = true,
                                         .widths = widths,
                                         .width_count = count,
                                         .header_left = page->paper->owner->official_name,
                                         .footer_left = page->heading};
    struct tl_sheet *sheet = tl_workbook_sheet(page->workbook, &setup);
    tl_sheet_height(sheet, ROW_TITLE, 32);
    tl_sheet_text(sheet, ROW_TITLE, 0, TL_LOOK_TITLE, TL_FORM_TEXT, page->heading);
    tl_sheet_text(sheet, ROW_SUBTITLE, 0, TL_LOOK_SUBTITLE, TL_FORM_TEXT, subtitle);
    tl_sheet_height(sheet, ROW_HEAD, 32);
    for (size_t i = 0; i < count; i++)
        tl_sheet_text(sheet, ROW_HEAD, i, TL_LOOK_HEAD, i < numbers_from ? TL_FORM_TEXT : TL_FORM_RIGHT, titles[i]);
    tl_sheet_freeze(sheet, ROW_FIRST, 2);
    tl_sheet_repeat(sheet, ROW_HEAD, ROW_HEAD);
    return sheet;
}

/* Makes the rows a table, or says that there are none. */
static void end(struct tl_sheet *sheet, size_t rows, const char *name, const char *const *titles, size_t count,
                const char *none)
{
    if (rows == 0)
        tl_sheet_text(sheet, ROW_FIRST, 0, TL_LOOK_PLAIN, TL_FORM_TEXT, none);
    else
        tl_sheet_table(sheet, ROW_HEAD, ROW_HEAD + rows, name, titles, count);
}

/* States in the order of an agreement's life. */
static const tl_membership_state shown[] = {
    TL_MEMBERSHIP_STATE_DRAFTED,       TL_MEMBERSHIP_STATE_SENT,     TL_MEMBERSHIP_STATE_SIGNED,
    TL_MEMBERSHIP_STATE_COUNTERSIGNED, TL_MEMBERSHIP_STATE_IN_FORCE, TL_MEMBERSHIP_STATE_PASSIVE,
    TL_MEMBERSHIP_STATE_UNDER_NOTICE,  TL_MEMBERSHIP_STATE_ENDED,    TL_MEMBERSHIP_STATE_WITHDRAWN,
};

static void write_counts(const struct page *page)
{
    enum { CODE, NAME, FIRST_STATE, COLUMNS = FIRST_STATE + COUNT_OF(shown) };
    const struct tl_overview *overview = page->paper->overview;
    const char *titles[COLUMNS] = {"Produkt", "Navn"};
    double widths[COLUMNS] = {18, 24};
    for (size_t i = 0; i < COUNT_OF(shown); i++) {
        titles[FIRST_STATE + i] = tl_overview_state_da(shown[i]);
        widths[FIRST_STATE + i] = 13;
    }
    struct tl_sheet *sheet =
        begin(page, "Overblik", "Antal aftaler efter produkt og tilstand", widths, titles, COLUMNS, FIRST_STATE);
    for (size_t i = 0; i < overview->count_count; i++) {
        const struct tl_overview_count *count = &overview->counts[i];
        size_t at = ROW_FIRST + i;
        tl_sheet_text(sheet, at, CODE, TL_LOOK_ROW, TL_FORM_CODE, count->product);
        tl_sheet_text(sheet, at, NAME, TL_LOOK_ROW, TL_FORM_TEXT, count->product_name);
        for (size_t j = 0; j < COUNT_OF(shown); j++)
            tl_sheet_number(sheet, at, FIRST_STATE + j, TL_LOOK_ROW, (int64_t)count->by_state[shown[j]]);
    }
    end(sheet, overview->count_count, "Overblik", titles, COLUMNS, "Ingen produkter.");
}

static void write_agreements(const struct page *page)
{
    enum { PRODUCT, CODE, NAME, STATE, SIGNED, FIRST, LAST, LACKS, COLUMNS };
    static const char *const titles[COLUMNS] = {"Produkt",      "Kode", "Anvender", "Tilstand",
                                                "Underskrevet", "Fra",  "Til",      "Mangler"};
    static const double widths[COLUMNS] = {18, 8, 24, 26, 13, 12, 12, 40};
    const struct tl_overview *overview = page->paper->overview;
    struct tl_sheet *sheet =
        begin(page, "Aftaler", "Aftaler, der ikke er ophørt, og hvad de mangler", widths, titles, COLUMNS, COLUMNS);
    for (size_t i = 0; i < overview->agreement_count; i++) {
        const struct tl_overview_agreement *row = &overview->agreements[i];
        const char *lacks = tl_workbook_made(page->workbook, tl_overview_lacks(row, true, page->arena));
        size_t at = ROW_FIRST + i;
        tl_sheet_fill(sheet, at, 0, COLUMNS - 1, TL_LOOK_ROW);
        tl_sheet_text(sheet, at, PRODUCT, TL_LOOK_ROW, TL_FORM_CODE, row->product);
        tl_sheet_text(sheet, at, CODE, TL_LOOK_ROW, TL_FORM_CODE, row->party);
        tl_sheet_text(sheet, at, NAME, TL_LOOK_ROW, TL_FORM_TEXT, row->party_name);
        tl_sheet_text(sheet, at, STATE, TL_LOOK_ROW, TL_FORM_TEXT, tl_overview_state_da(row->state));
        tl_sheet_date(sheet, at, SIGNED, TL_LOOK_ROW, row->signed_on);
        tl_sheet_date(sheet, at, FIRST, TL_LOOK_ROW, row->first);
        tl_sheet_date(sheet, at, LAST, TL_LOOK_ROW, row->last);
        tl_sheet_text(sheet, at, LACKS, TL_LOOK_ROW, TL_FORM_TEXT, lacks[0] == '\0' ? "intet" : lacks);
    }
    end(sheet, overview->agreement_count, "Aftaler", titles, COLUMNS, "Ingen aftaler.");
}

static void write_coming(const struct page *page)
{
    enum { DATE, WHAT, PRODUCT, CODE, NAME, DETAIL, UNTIL, COLUMNS };
    static const char *const titles[COLUMNS] = {"Dato", "Hvad", "Produkt", "Kode", "Anvender", "Nærmere", "Til"};
    static const double widths[COLUMNS] = {12, 28, 18, 8, 24, 20, 12};
    const struct tl_overview *overview = page->paper->overview;
    char first[TL_DATE_TEXT_SIZE], last[TL_DATE_TEXT_SIZE];
    const char *subtitle =
        tl_workbook_made(page->workbook, tl_arena_format(page->arena, "Frister og ændringer fra %s til %s",
                                                         tl_date_da(overview->period.first, first),
                                                         tl_date_da(overview->period.last, last)));
    struct tl_sheet *sheet = begin(page, "Kommende", subtitle, widths, titles, COLUMNS, COLUMNS);
    for (size_t i = 0; i < overview->coming_count; i++) {
        const struct tl_overview_coming *row = &overview->coming[i];
        size_t at = ROW_FIRST + i;
        tl_sheet_date(sheet, at, DATE, TL_LOOK_ROW, row->on);
        tl_sheet_text(sheet, at, WHAT, TL_LOOK_ROW, TL_FORM_TEXT, tl_overview_kind_da(row->kind));
        tl_sheet_text(sheet, at, PRODUCT, TL_LOOK_ROW, TL_FORM_CODE, row->product);
        tl_sheet_text(sheet, at, CODE, TL_LOOK_ROW, TL_FORM_CODE, row->party);
        tl_sheet_text(sheet, at, NAME, TL_LOOK_ROW, TL_FORM_TEXT, row->party_name);
        tl_sheet_text(sheet, at, DETAIL, TL_LOOK_ROW, TL_FORM_CODE, row->detail);
        tl_sheet_date(sheet, at, UNTIL, TL_LOOK_ROW, row->until);
    }
    end(sheet, overview->coming_count, "Kommende", titles, COLUMNS, "Intet i perioden.");
}

static tl_status write_workbook(struct tl_buf *out, const void *content, struct tl_err *err)
{
    const struct tl_overview_paper *paper = content;
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct page page = {.paper = paper, .arena = &arena};
    char date[TL_DATE_TEXT_SIZE];
    page.heading = tl_arena_format(&arena, "Aftaler pr. %s%s%s", tl_date_da(paper->overview->period.first, date),
                                   paper->about[0] == '\0' ? "" : ", ", paper->about);
    const struct tl_workbook_about about = {.title = page.heading,
                                            .subject = "Tilslutningsaftaler: tilstand, mangler og frister",
                                            .author = paper->owner->official_name,
                                            .language = "da-DK",
                                            .created = paper->overview->period.first};
    tl_status status = page.heading == NULL ? tl_err_memory(err) : tl_workbook_new(&page.workbook, &about, err);
    if (status == TL_OK) {
        write_counts(&page);
        write_agreements(&page);
        write_coming(&page);
        status = tl_workbook_finish(out, page.workbook, err);
    }
    tl_workbook_free(page.workbook);
    tl_arena_release(&arena);
    return status;
}

tl_status tl_overview_xlsx(struct tl_buf *out, const struct tl_overview_paper *paper, struct tl_err *err)
{
    return tl_workbook_write(out, write_workbook, paper, err);
}
