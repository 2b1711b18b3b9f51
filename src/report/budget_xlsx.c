/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/report/budget_xlsx.h"

#include <string.h>

#include "budget_sheets.h"
#include "what_if_sheet.h"

struct tl_sheet_setup tl_budget_setup(const struct tl_budget_sheets *sheets, const char *name, const double *widths,
                                      size_t width_count)
{
    const char *owner = sheets->budget->owner->official_name;
    return (struct tl_sheet_setup){.name = name,
                                   .landscape = true,
                                   .widths = widths,
                                   .width_count = width_count,
                                   .header_left = owner,
                                   .header_right = sheets->budget->product->name,
                                   .footer_left = sheets->heading,
                                   .footer_right = sheets->decision};
}

static const char *decision_text(const struct tl_budget_facts *budget, struct tl_arena *arena)
{
    const struct tl_decision *decision = budget->decision;
    char date[TL_DATE_TEXT_SIZE];
    if (decision == NULL)
        return "Udkast, ikke besluttet";
    return tl_arena_format(arena, "Besluttet af %s %s, %s", decision->body, tl_date_da(decision->date, date),
                           decision->reference);
}

static tl_status prepare(struct tl_budget_sheets *sheets, struct tl_err *err)
{
    const struct tl_budget_facts *budget = sheets->budget;
    const struct tl_allocation *year = budget->allocation == NULL ? budget->decided.allocation : budget->allocation;
    char text[TL_MONEY_TEXT_SIZE], largest[] = "-9.999.999,99";
    size_t length = strlen(tl_money_da(year->total, text));
    sheets->money_width = (double)(length > sizeof largest ? length : sizeof largest) + 1.5;
    sheets->heading = tl_arena_format(sheets->arena, "Budget %d, %s", year->year, budget->product->name);
    sheets->decision = decision_text(budget, sheets->arena);
    if (sheets->heading == NULL || sheets->decision == NULL)
        return tl_err_memory(err);
    const struct tl_workbook_about about = {.title = sheets->heading,
                                            .subject = sheets->decision,
                                            .author = budget->owner->official_name,
                                            .language = "da-DK",
                                            .created = budget->date};
    tl_status status = tl_allocation_members_find(&sheets->members, year, sheets->arena, err);
    return status == TL_OK ? tl_workbook_new(&sheets->workbook, &about, err) : status;
}

static tl_status write_sheets(const struct tl_budget_sheets *sheets, struct tl_err *err)
{
    struct tl_what_if_page what_if;
    bool tries = sheets->budget->widest.allocation != NULL, shows = sheets->budget->allocation != NULL;
    bool looks = shows && sheets->budget->steering != NULL;
    if (looks) {
        tl_budget_write_overview(sheets);
        tl_budget_write_follow(sheets);
    }
    if (shows)
        tl_budget_write_members(sheets);
    tl_status status = tries ? tl_what_if_begin(&what_if, sheets, err) : TL_OK;
    if (status != TL_OK)
        return status;
    if (looks) {
        tl_budget_write_history(sheets);
        tl_budget_write_regions(sheets);
    }
    if (shows) {
        tl_budget_write_lines(sheets);
        tl_budget_write_shares(sheets);
    }
    if (tries)
        tl_what_if_write(&what_if);
    return TL_OK;
}

static tl_status write_workbook(struct tl_buf *out, const void *content, struct tl_err *err)
{
    const struct tl_budget_facts *budget = content;
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct tl_budget_sheets sheets = {.budget = budget, .allocation = budget->allocation, .arena = &arena};
    tl_status status = prepare(&sheets, err);
    if (status == TL_OK)
        status = write_sheets(&sheets, err);
    if (status == TL_OK)
        status = tl_workbook_finish(out, sheets.workbook, err);
    tl_workbook_free(sheets.workbook);
    tl_arena_release(&arena);
    return status;
}

tl_status tl_budget_xlsx(struct tl_buf *out, const struct tl_budget_facts *facts, struct tl_err *err)
{
    return tl_workbook_write(out, write_workbook, facts, err);
}
