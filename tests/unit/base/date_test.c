/* SPDX-License-Identifier: MPL-2.0 */
#include <stdio.h>

#include "check.h"
#include "tilslut/base/date.h"

/* Another way to tell the calendar: day after day. */
struct day {
    int year, month, day;
};

static int month_length(int year, int month)
{
    if (month == 2)
        return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28;
    return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

static void next_day(struct day *day)
{
    if (++day->day <= month_length(day->year, day->month))
        return;
    day->day = 1;
    if (++day->month <= 12)
        return;
    day->month = 1;
    day->year++;
}

static void every_day_from_1900_to_2100_counts_one_more_and_comes_back(void **state)
{
    (void)state;
    struct day day = {1900, 1, 1};
    for (int32_t number = -25567; day.year <= 2100; number++, next_day(&day)) {
        struct tl_date date = tl_date_of(day.year, day.month, day.day), parsed;
        struct tl_err err = TL_ERR_NONE;
        char iso[TL_DATE_TEXT_SIZE];
        assert_same_int(tl_date_to_days(date), number);
        assert_same_int(tl_date_from_days(number).number, date.number);
        assert_same_int(tl_date_year(date), day.year);
        assert_same_int(tl_date_month(date), day.month);
        assert_same_int(tl_date_day(date), day.day);
        assert_ok(tl_date_parse(&parsed, tl_date_iso(date, iso), &err), &err);
        assert_same_int(parsed.number, date.number);
    }
}

static void the_count_of_days_begins_in_1970(void **state)
{
    (void)state;
    assert_same_int(tl_date_to_days(tl_date_of(1970, 1, 1)), 0);
    assert_same_int(tl_date_to_days(tl_date_of(2000, 3, 1)), 11017);
    assert_same_int(tl_date_to_days(tl_date_of(9999, 12, 31)), 2932896);
}

static void days_that_do_not_exist_are_no_date(void **state)
{
    (void)state;
    static const struct day none[] = {{2025, 2, 29}, {1900, 2, 29},  {2100, 2, 29}, {2025, 4, 31},  {2025, 13, 1},
                                      {2025, 0, 1},  {2025, 1, 0},   {2025, 1, 32}, {1899, 12, 31}, {10000, 1, 1},
                                      {2025, -1, 1}, {2025, 12, -1}, {0, 0, 0}};
    for (size_t i = 0; i < sizeof none / sizeof none[0]; i++)
        assert_true(tl_date_is_none(tl_date_of(none[i].year, none[i].month, none[i].day)));
    assert_false(tl_date_is_none(tl_date_of(2000, 2, 29)));
    assert_false(tl_date_is_none(tl_date_of(2024, 2, 29)));
}

static void only_the_form_of_machines_is_read(void **state)
{
    (void)state;
    static const char *const texts[] = {"",           "2026",        "2026-1-31",   "2026-01-3",
                                        "26-01-31",   "2026/01/31",  "31.01.2026",  "2026-02-29",
                                        "2026-00-10", " 2026-01-31", "2026-01-31 ", "2026-01-31T",
                                        "2026-01-3x", "+026-01-31",  "20260131"};
    static const char hint[] = "write a date as year-month-day, for example 2026-01-31";
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        struct tl_err err = TL_ERR_NONE;
        struct tl_date date = {20200101};
        char message[80];
        snprintf(message, sizeof message, "'%s' is not a date", texts[i]);
        assert_refused(tl_date_parse(&date, texts[i], &err), TL_ERR_INPUT, &err, message, hint);
        assert_same_int(date.number, 20200101);
    }
}

static void a_long_text_that_is_no_date_is_quoted_in_part(void **state)
{
    (void)state;
    struct tl_err err = TL_ERR_NONE;
    struct tl_date date;
    assert_refused(tl_date_parse(&date, "0123456789012345678901234567890123456789012345", &err), TL_ERR_INPUT, &err,
                   "'0123456789012345678901234567890123456789' is not a date", NULL);
}

static void months_later_is_the_same_day_or_the_last_of_a_shorter_month(void **state)
{
    (void)state;
    static const struct {
        struct day from;
        int months;
        struct day to;
    } cases[] = {{{2026, 1, 31}, 1, {2026, 2, 28}},   {{2024, 1, 31}, 1, {2024, 2, 29}},
                 {{2026, 8, 31}, 6, {2027, 2, 28}},   {{2026, 12, 15}, 1, {2027, 1, 15}},
                 {{2026, 6, 30}, 12, {2027, 6, 30}},  {{2026, 3, 31}, -1, {2026, 2, 28}},
                 {{2026, 1, 15}, -1, {2025, 12, 15}}, {{2026, 5, 31}, 0, {2026, 5, 31}},
                 {{2024, 2, 29}, 12, {2025, 2, 28}},  {{2026, 12, 31}, 95676, {9999, 12, 31}}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct day from = cases[i].from, to = cases[i].to;
        struct tl_date later = tl_date_add_months(tl_date_of(from.year, from.month, from.day), cases[i].months);
        assert_same_int(later.number, tl_date_of(to.year, to.month, to.day).number);
    }
}

static void months_that_lead_out_of_the_calendar_lead_to_no_date(void **state)
{
    (void)state;
    struct tl_date day = tl_date_of(2026, 1, 31);
    static const int months[] = {-1513, -24313, -30001, 95688, 2000000000, INT32_MAX, INT32_MIN};
    for (size_t i = 0; i < sizeof months / sizeof months[0]; i++)
        assert_true(tl_date_is_none(tl_date_add_months(day, months[i])));
}

static void days_that_lead_out_of_the_calendar_lead_to_no_date(void **state)
{
    (void)state;
    struct tl_date day = tl_date_of(2026, 1, 31);
    assert_same_int(tl_date_add_days(day, 1).number, 20260201);
    assert_same_int(tl_date_add_days(day, -31).number, 20251231);
    static const int32_t days[] = {-50000, 3000000, INT32_MAX, INT32_MIN};
    for (size_t i = 0; i < sizeof days / sizeof days[0]; i++)
        assert_true(tl_date_is_none(tl_date_add_days(day, days[i])));
}

static void dates_are_in_order_and_periods_include_both_ends(void **state)
{
    (void)state;
    struct tl_date first = tl_date_of(2026, 1, 1), last = tl_date_of(2026, 12, 31);
    assert_true(tl_date_compare(first, last) < 0);
    assert_true(tl_date_compare(last, first) > 0);
    assert_int_equal(tl_date_compare(first, first), 0);
    struct tl_period year = tl_period_of_year(2026);
    assert_same_int(year.first.number, first.number);
    assert_same_int(year.last.number, last.number);
    assert_true(tl_period_contains(year, first));
    assert_true(tl_period_contains(year, last));
    assert_false(tl_period_contains(year, tl_date_of(2025, 12, 31)));
    assert_false(tl_period_contains(year, tl_date_of(2027, 1, 1)));
}

static void dates_print_for_machines_and_in_two_languages(void **state)
{
    (void)state;
    char text[TL_DATE_TEXT_SIZE];
    static const char *const danish[] = {"1. januar 2026",  "1. februar 2026",  "1. marts 2026",
                                         "1. april 2026",   "1. maj 2026",      "1. juni 2026",
                                         "1. juli 2026",    "1. august 2026",   "1. september 2026",
                                         "1. oktober 2026", "1. november 2026", "1. december 2026"};
    static const char *const english[] = {"1 January 2026",   "1 February 2026", "1 March 2026",    "1 April 2026",
                                          "1 May 2026",       "1 June 2026",     "1 July 2026",     "1 August 2026",
                                          "1 September 2026", "1 October 2026",  "1 November 2026", "1 December 2026"};
    for (int month = 1; month <= 12; month++) {
        assert_string_equal(tl_date_da_long(tl_date_of(2026, month, 1), text), danish[month - 1]);
        assert_string_equal(tl_date_en_long(tl_date_of(2026, month, 1), text), english[month - 1]);
    }
    assert_string_equal(tl_date_iso(tl_date_of(2026, 2, 3), text), "2026-02-03");
    assert_string_equal(tl_date_da(tl_date_of(2026, 2, 3), text), "03.02.2026");
    struct tl_date none = {0};
    assert_string_equal(tl_date_iso(none, text), "");
    assert_string_equal(tl_date_da(none, text), "");
    assert_string_equal(tl_date_da_long(none, text), "");
    assert_string_equal(tl_date_en_long(none, text), "");
}

static void a_moment_is_a_second_of_utc(void **state)
{
    (void)state;
    char text[TL_DATE_TEXT_SIZE];
    static const struct {
        int64_t seconds;
        const char *iso;
        int32_t date;
    } cases[] = {
        {0, "1970-01-01T00:00:00Z", 19700101},          {-1, "1969-12-31T23:59:59Z", 19691231},
        {86399, "1970-01-01T23:59:59Z", 19700101},      {86400, "1970-01-02T00:00:00Z", 19700102},
        {1767225599, "2025-12-31T23:59:59Z", 20251231}, {INT64_C(253402300799), "9999-12-31T23:59:59Z", 99991231}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct tl_moment moment = {cases[i].seconds};
        assert_string_equal(tl_moment_iso(moment, text), cases[i].iso);
        assert_same_int(tl_moment_date(moment).number, cases[i].date);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_day_from_1900_to_2100_counts_one_more_and_comes_back),
        cmocka_unit_test(the_count_of_days_begins_in_1970),
        cmocka_unit_test(days_that_do_not_exist_are_no_date),
        cmocka_unit_test(only_the_form_of_machines_is_read),
        cmocka_unit_test(a_long_text_that_is_no_date_is_quoted_in_part),
        cmocka_unit_test(months_later_is_the_same_day_or_the_last_of_a_shorter_month),
        cmocka_unit_test(months_that_lead_out_of_the_calendar_lead_to_no_date),
        cmocka_unit_test(days_that_lead_out_of_the_calendar_lead_to_no_date),
        cmocka_unit_test(dates_are_in_order_and_periods_include_both_ends),
        cmocka_unit_test(dates_print_for_machines_and_in_two_languages),
        cmocka_unit_test(a_moment_is_a_second_of_utc),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
