/* SPDX-License-Identifier: MPL-2.0 */
/* The sheet Overblik: what is decided, the figures that matter, who pays most, and what the other sheets are for. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "budget_sheets.h"
#include "tilslut/agreement/steering.h"
#include "tilslut/report/sheet_chart.h"

enum { LABEL, VALUE, REMARK, COLUMNS };
enum { ROW_TITLE, ROW_PURPOSE, ROW_DECISION, ROW_FIRST = 4, LARGEST = 12 };

struct overview {
    const struct tl_budget_sheets *sheets;
    struct tl_sheet *sheet;
    size_t at;
};

static void section(struct overview *o, const char *title)
{
    tl_sheet_height(o->sheet, o->at, 24);
    tl_sheet_fill(o->sheet, o->at, 0, COLUMNS - 1, TL_LOOK_SECTION);
    tl_sheet_text(o->sheet, o->at++, LABEL, TL_LOOK_SECTION, TL_FORM_TEXT, title);
}

static void money(struct overview *o, const char *label, struct tl_money amount, const char *remark)
{
    tl_sheet_text(o->sheet, o->at, LABEL, TL_LOOK_ROW, TL_FORM_TEXT, label);
    tl_sheet_money(o->sheet, o->at, VALUE, TL_LOOK_ROW, amount);
    tl_sheet_text(o->sheet, o->at++, REMARK, TL_LOOK_ROW, TL_FORM_TEXT, remark);
}

static void words(struct overview *o, const char *label, const char *text)
{
    tl_sheet_text(o->sheet, o->at, LABEL, TL_LOOK_ROW, TL_FORM_TEXT, label);
    tl_sheet_text(o->sheet, o->at, VALUE, TL_LOOK_ROW, TL_FORM_CODE, "");
    tl_sheet_text(o->sheet, o->at++, REMARK, TL_LOOK_ROW, TL_FORM_TEXT, text);
}

static void write_figures(struct overview *o)
{
    const struct tl_allocation *allocation = o->sheets->allocation;
    const struct tl_steering *steering = o->sheets->budget->steering;
    const struct tl_budget_follow *follow = &steering->follow;
    char date[TL_DATE_TEXT_SIZE];
    section(o, "Årets tal, ekskl. moms");
    tl_sheet_text(o->sheet, o->at, LABEL, TL_LOOK_ROW, TL_FORM_TEXT, "Medlemmer, der betaler");
    tl_sheet_whole(o->sheet, o->at, VALUE, TL_LOOK_ROW, (int64_t)o->sheets->members.count);
    tl_sheet_text(o->sheet, o->at++, REMARK, TL_LOOK_ROW, TL_FORM_TEXT, "");
    money(o, "Medlemmerne betaler i alt", allocation->total, "");
    for (size_t i = 0; i < allocation->line_count; i++) {
        const struct tl_line_result *result = &allocation->lines[i];
        if (result->known)
            money(o, result->line->name.da, result->total,
                  result->line->has_budget ? "fordelt efter nøgle" : "efter pris");
        else
            words(o, result->line->name.da, "prisen er ikke kendt endnu");
    }
    const char *until = tl_workbook_made(o->sheets->workbook, tl_arena_format(o->sheets->arena, "bogført til og med %s",
                                                                              tl_date_da(follow->date, date)));
    money(o, "Udgifter til nu", follow->cost[TL_FOLLOW_YEAR].actual, until);
    if (follow->has_budget) {
        money(o, "Udgifter, budget for året", follow->cost[TL_FOLLOW_YEAR].budget, follow->decision);
        money(o, "Resultat, forventet for året", follow->result[TL_FOLLOW_YEAR].forecast, "indtægter mindre udgifter");
    }
    if (!tl_money_is_zero(follow->carried))
        money(o, "Overført fra året før", follow->carried, "ikke regnet med i resultatet");
    o->at++;
}

struct payer {
    const struct tl_member *member;
    struct tl_money total;
};

static int by_total(const void *a, const void *b)
{
    const struct payer *left = a, *right = b;
    if (left->total.minor != right->total.minor)
        return left->total.minor > right->total.minor ? -1 : 1;
    return strcmp(left->member->code, right->member->code);
}

static struct tl_money total_of(const struct tl_allocation *allocation, const char *code)
{
    struct tl_money sum = {0};
    for (size_t i = 0; i < allocation->line_count; i++) {
        size_t count;
        const struct tl_share *shares = tl_line_result_shares(&allocation->lines[i], code, &count);
        for (size_t s = 0; s < count; s++)
            sum.minor += shares[s].amount.minor; /* within bounds: they are parts of totals that are */
    }
    return sum;
}

/* Who pays most, as a table with bars and as a chart beside it. */
static void write_largest(struct overview *o)
{
    size_t count = o->sheets->members.count;
    struct payer *payers = tl_arena_alloc(o->sheets->arena, count, sizeof *payers);
    if (payers == NULL) {
        (void)tl_workbook_made(o->sheets->workbook, NULL);
        return;
    }
    if (count == 0)
        return;
    for (size_t i = 0; i < count; i++)
        payers[i] = (struct payer){o->sheets->members.items[i],
                                   total_of(o->sheets->allocation, o->sheets->members.items[i]->code)};
    qsort(payers, count, sizeof *payers, by_total);
    size_t shown = count < LARGEST ? count : LARGEST;
    section(o, shown < count ? "De største betalinger" : "Hvem betaler hvad");
    size_t first = o->at;
    for (size_t i = 0; i < shown; i++) {
        const struct tl_share *share = tl_allocation_members_classed(o->sheets->allocation, payers[i].member->code);
        money(o, payers[i].member->name, payers[i].total, share == NULL ? "" : share->size_class->name);
    }
    const struct tl_sheet_range values = {first, VALUE, o->at - 1, VALUE};
    const struct tl_sheet_series series = {"Betaling", values};
    char largest[TL_MONEY_TEXT_SIZE], smallest[TL_MONEY_TEXT_SIZE];
    tl_sheet_bars(o->sheet, values);
    const struct tl_sheet_chart chart = {
        .kind = TL_SHEET_CHART_BARS,
        .title = shown < count ? "De største betalinger, kr." : "Hvem betaler hvad, kr.",
        .description = tl_workbook_made(
            o->sheets->workbook,
            tl_arena_format(o->sheets->arena,
                            "Søjlediagram med %zu af %zu medlemmer, de største øverst. Mest betaler %s med %s kr.; "
                            "nederst står %s med %s kr. Tallene står i tabellen ved siden af.",
                            shown, count, payers[0].member->name, tl_money_da(payers[0].total, largest),
                            payers[shown - 1].member->name, tl_money_da(payers[shown - 1].total, smallest))),
        .names = {first, LABEL, o->at - 1, LABEL},
        .series = &series,
        .series_count = 1,
        .width = 560,
        .height = 420};
    tl_sheet_put_chart(o->sheet, ROW_FIRST, COLUMNS + 1, &chart);
    o->at++;
}

static void write_guide(struct overview *o)
{
    static const char *const sheets[][2] = {
        {"Opfølgning", "Budget, faktisk og forventet, konto for konto og kvartal for kvartal."},
        {"Hvem betaler hvad", "Alle medlemmer og alle linjer."},
        {"Hvad nu hvis", "Prøv: hvem er med, andre budgetter, priser og tilvalg. Alles beløb følger med, til øren."},
        {"Historik", "Årene før, og næste år som det er besluttet."},
        {"Medlemmer", "Hvem der er med, region for region, og deres klasser."},
        {"Linjer og Fordeling", "Hver linjes regel, og regnestykket bag hvert beløb."}};
    section(o, "Arkene");
    for (size_t i = 0; i < sizeof sheets / sizeof sheets[0]; i++)
        words(o, sheets[i][0], sheets[i][1]);
    o->at++;
}

static void write_seal(struct overview *o)
{
    const struct tl_steering *steering = o->sheets->budget->steering;
    char hex[TL_DIGEST_HEX_SIZE];
    section(o, "Segl");
    if (steering->head_entry == 0)
        words(o, "Regnskabets kæde", "Der er ikke bogført noget endnu.");
    else
        words(o, "Regnskabets kæde",
              tl_workbook_made(o->sheets->workbook,
                               tl_arena_format(o->sheets->arena, "Bilag %" PRId64 ": %s", steering->head_entry,
                                               tl_digest_hex(&steering->head, hex))));
    words(o, "Arbejdspapir", "Projektmappen er ikke udstedt og binder ingen.");
}

void tl_budget_write_overview(const struct tl_budget_sheets *sheets)
{
    const double widths[COLUMNS] = {34, sheets->money_width + 4, 56};
    struct tl_sheet_setup setup = tl_budget_setup(sheets, "Overblik", widths, COLUMNS);
    struct overview o = {sheets, tl_workbook_sheet(sheets->workbook, &setup), ROW_FIRST};
    const char *purpose = sheets->allocation->terms->purpose.da;
    tl_sheet_height(o.sheet, ROW_TITLE, 32);
    tl_sheet_text(o.sheet, ROW_TITLE, 0, TL_LOOK_TITLE, TL_FORM_TEXT, sheets->heading);
    tl_sheet_height(o.sheet, ROW_PURPOSE, 32);
    tl_sheet_wide_text(o.sheet, ROW_PURPOSE, 0, COLUMNS - 1, TL_LOOK_NOTE, purpose == NULL ? "" : purpose);
    tl_sheet_text(o.sheet, ROW_DECISION, 0, TL_LOOK_SUBTITLE, TL_FORM_TEXT, sheets->decision);
    write_figures(&o);
    write_largest(&o);
    write_guide(&o);
    write_seal(&o);
}
