/* SPDX-License-Identifier: MPL-2.0 */
/* The words of a statement, in Danish and English. */
#include "tilslut/report/statement.h"

static const char *word(const char *const words[2], bool is_english)
{
    return words[is_english ? 1 : 0];
}

const char *tl_statement_kind_name(const struct tl_statement_row *row, bool is_english)
{
    static const char *const charge[] = {"Opkrævning", "Charge"}, *const correction[] = {"Regulering", "Correction"},
                             *const credit[] = {"Kreditnota", "Credit note"},
                             *const payment[] = {"Indbetaling", "Payment"};
    switch (row->kind) {
    case TL_ROW_CHARGE:
        return word(charge, is_english);
    case TL_ROW_CREDIT:
        return word(row->gross.minor > 0 ? correction : credit, is_english);
    case TL_ROW_PAYMENT:
        return word(payment, is_english);
    }
    return "";
}

const char *tl_statement_purpose_name(tl_purpose purpose, bool is_english)
{
    static const char *const names[TL_PURPOSE_COUNT][2] = {
        [TL_PURPOSE_JOINING] = {"Tilslutning", "Joining"},
        [TL_PURPOSE_MAINTENANCE] = {"Vedligehold", "Maintenance"},
        [TL_PURPOSE_DEVELOPMENT] = {"Udvikling", "Development"},
        [TL_PURPOSE_HOSTING] = {"Drift og tilvalg", "Hosting and options"},
        [TL_PURPOSE_OTHER] = {"Andet", "Other"},
    };
    return purpose < TL_PURPOSE_COUNT ? word(names[purpose], is_english) : "";
}

const char *tl_statement_age_name(size_t age, bool is_english)
{
    static const char *const names[TL_STATEMENT_AGES][2] = {
        {"Ikke forfaldent", "Not due"},
        {"Forfaldent, 0-30 dage", "Past due, 0-30 days"},
        {"Forfaldent, 31-60 dage", "Past due, 31-60 days"},
        {"Forfaldent, 61-90 dage", "Past due, 61-90 days"},
        {"Forfaldent, over 90 dage", "Past due, over 90 days"},
        {"Til gode på kontoen", "Kept on the account"},
    };
    return age < TL_STATEMENT_AGES ? word(names[age], is_english) : "";
}

/* What a period is, by its length: `count` months that begin where such a part of a year can. */
static int part_of_year(struct tl_period period, int months)
{
    int month = tl_date_month(period.first);
    struct tl_date behind = tl_date_add_months(period.first, months);
    bool fits = tl_date_day(period.first) == 1 && (month - 1) % months == 0 &&
                tl_date_compare(tl_date_add_days(behind, -1), period.last) == 0;
    return fits ? (month - 1) / months + 1 : 0;
}

enum { HALF = 6, QUARTER = 3, YEAR = 12 };

const char *tl_statement_period_name(struct tl_period period, bool is_english, struct tl_arena *arena)
{
    char first[TL_DATE_TEXT_SIZE], last[TL_DATE_TEXT_SIZE];
    int year = tl_date_year(period.first), part;
    static const char *const ordinals[] = {"first", "second", "third", "fourth"};
    if (part_of_year(period, YEAR) > 0)
        return tl_arena_format(arena, "%d", year);
    if ((part = part_of_year(period, HALF)) > 0)
        return is_english ? tl_arena_format(arena, "%s half of %d", ordinals[part - 1], year)
                          : tl_arena_format(arena, "%d. halvår %d", part, year);
    if ((part = part_of_year(period, QUARTER)) > 0)
        return is_english ? tl_arena_format(arena, "%s quarter of %d", ordinals[part - 1], year)
                          : tl_arena_format(arena, "%d. kvartal %d", part, year);
    return is_english
               ? tl_arena_format(arena, "%s – %s", tl_date_en_long(period.first, first),
                                 tl_date_en_long(period.last, last))
               : tl_arena_format(arena, "%s – %s", tl_date_da(period.first, first), tl_date_da(period.last, last));
}

const char *tl_statement_period_code(struct tl_period period, struct tl_arena *arena)
{
    int year = tl_date_year(period.first), part;
    if (part_of_year(period, YEAR) > 0)
        return tl_arena_format(arena, "%d", year);
    if ((part = part_of_year(period, HALF)) > 0)
        return tl_arena_format(arena, "%dH%d", year, part);
    if ((part = part_of_year(period, QUARTER)) > 0)
        return tl_arena_format(arena, "%dQ%d", year, part);
    if ((part = part_of_year(period, 1)) > 0)
        return tl_arena_format(arena, "%d-%02d", year, part);
    return tl_arena_format(arena, "%d-%d", (int)period.first.number, (int)period.last.number);
}

const char *tl_statement_holder(const struct tl_statement *statement)
{
    return statement->party != NULL ? statement->party->official_name : statement->product->name;
}

const char *tl_statement_holder_code(const struct tl_statement *statement)
{
    return statement->party != NULL ? statement->party->code : statement->product->code;
}
