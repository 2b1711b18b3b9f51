/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/base/date.h"

#include <stdio.h>
#include <string.h>

static bool is_leap(int year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static int days_in_month(int year, int month)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return month == 2 && is_leap(year) ? 29 : days[month - 1];
}

struct tl_date tl_date_of(int year, int month, int day)
{
    if (year < TL_YEAR_MIN || year > TL_YEAR_MAX || month < 1 || month > 12 || day < 1 ||
        day > days_in_month(year, month))
        return (struct tl_date){0};
    return (struct tl_date){year * 10000 + month * 100 + day};
}

tl_status tl_date_parse(struct tl_date *out, const char *text, struct tl_err *err)
{
    static const char form[] = "dddd-dd-dd";
    bool fits = strlen(text) == sizeof form - 1;
    for (size_t i = 0; fits && i < sizeof form - 1; i++)
        fits = form[i] == 'd' ? text[i] >= '0' && text[i] <= '9' : text[i] == form[i];
    struct tl_date date = {0};
    if (fits) {
        int digits[10];
        for (size_t i = 0; i < 10; i++)
            digits[i] = text[i] - '0';
        date = tl_date_of(digits[0] * 1000 + digits[1] * 100 + digits[2] * 10 + digits[3], digits[5] * 10 + digits[6],
                          digits[8] * 10 + digits[9]);
    }
    if (tl_date_is_none(date)) {
        (void)tl_err_set(err, TL_ERR_INPUT, "'%.40s' is not a date", text);
        tl_err_hint(err, "write a date as year-month-day, for example 2026-01-31");
        return TL_ERR_INPUT;
    }
    *out = date;
    return TL_OK;
}

bool tl_date_is_none(struct tl_date date)
{
    return date.number == 0;
}

int tl_date_compare(struct tl_date a, struct tl_date b)
{
    return (a.number > b.number) - (a.number < b.number);
}

int tl_date_year(struct tl_date date)
{
    return date.number / 10000;
}

int tl_date_month(struct tl_date date)
{
    return date.number / 100 % 100;
}

int tl_date_day(struct tl_date date)
{
    return date.number % 100;
}

/* Counting years from March makes the leap day the last of the year. */
int32_t tl_date_to_days(struct tl_date date)
{
    int month = tl_date_month(date);
    int year = tl_date_year(date) - (month <= 2 ? 1 : 0);
    int months_since_march = (month + 9) % 12;
    int day_of_year = (153 * months_since_march + 2) / 5 + tl_date_day(date) - 1;
    return year * 365 + year / 4 - year / 100 + year / 400 + day_of_year - 719468;
}

struct tl_date tl_date_from_days(int32_t days)
{
    static const struct tl_date first = {TL_YEAR_MIN * 10000 + 101}, last = {TL_YEAR_MAX * 10000 + 1231};
    if (days < tl_date_to_days(first) || days > tl_date_to_days(last))
        return (struct tl_date){0};
    int32_t z = days + 719468;
    int32_t era = (z >= 0 ? z : z - 146096) / 146097;
    int32_t day_of_era = z - era * 146097;
    int32_t year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    int32_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    int32_t months_since_march = (5 * day_of_year + 2) / 153;
    int32_t month = months_since_march < 10 ? months_since_march + 3 : months_since_march - 9;
    int32_t year = year_of_era + era * 400 + (month <= 2 ? 1 : 0);
    return tl_date_of((int)year, (int)month, (int)(day_of_year - (153 * months_since_march + 2) / 5 + 1));
}

struct tl_date tl_date_add_days(struct tl_date date, int32_t days)
{
    int32_t sum;
    if (__builtin_add_overflow(tl_date_to_days(date), days, &sum))
        return (struct tl_date){0};
    return tl_date_from_days(sum);
}

struct tl_date tl_date_add_months(struct tl_date date, int months)
{
    int count;
    if (__builtin_add_overflow(tl_date_year(date) * 12 + tl_date_month(date) - 1, months, &count) || count < 0)
        return (struct tl_date){0};
    int year = count / 12, month = count % 12 + 1, day = tl_date_day(date);
    if (day > days_in_month(year, month))
        day = days_in_month(year, month);
    return tl_date_of(year, month, day);
}

struct tl_period tl_period_of_year(int year)
{
    return (struct tl_period){tl_date_of(year, 1, 1), tl_date_of(year, 12, 31)};
}

bool tl_period_contains(struct tl_period period, struct tl_date date)
{
    return tl_date_compare(period.first, date) <= 0 && tl_date_compare(date, period.last) <= 0;
}

/* Writes `count` digits, zeros in front. */
static void put_digits(char *into, int count, int number)
{
    while (count-- > 0) {
        into[count] = (char)('0' + number % 10);
        number /= 10;
    }
}

const char *tl_date_iso(struct tl_date date, char into[TL_DATE_TEXT_SIZE])
{
    into[0] = '\0';
    if (tl_date_is_none(date))
        return into;
    memcpy(into, "0000-00-00", sizeof "0000-00-00");
    put_digits(into, 4, tl_date_year(date));
    put_digits(into + 5, 2, tl_date_month(date));
    put_digits(into + 8, 2, tl_date_day(date));
    return into;
}

const char *tl_date_da(struct tl_date date, char into[TL_DATE_TEXT_SIZE])
{
    into[0] = '\0';
    if (!tl_date_is_none(date))
        snprintf(into, TL_DATE_TEXT_SIZE, "%02d.%02d.%04d", tl_date_day(date), tl_date_month(date), tl_date_year(date));
    return into;
}

const char *tl_date_da_long(struct tl_date date, char into[TL_DATE_TEXT_SIZE])
{
    static const char *const months[] = {"januar", "februar", "marts",     "april",   "maj",      "juni",
                                         "juli",   "august",  "september", "oktober", "november", "december"};
    into[0] = '\0';
    if (!tl_date_is_none(date))
        snprintf(into, TL_DATE_TEXT_SIZE, "%d. %s %d", tl_date_day(date), months[tl_date_month(date) - 1],
                 tl_date_year(date));
    return into;
}

const char *tl_date_en_long(struct tl_date date, char into[TL_DATE_TEXT_SIZE])
{
    static const char *const months[] = {"January", "February", "March",     "April",   "May",      "June",
                                         "July",    "August",   "September", "October", "November", "December"};
    into[0] = '\0';
    if (!tl_date_is_none(date))
        snprintf(into, TL_DATE_TEXT_SIZE, "%d %s %d", tl_date_day(date), months[tl_date_month(date) - 1],
                 tl_date_year(date));
    return into;
}

enum { DAY_SECONDS = 24 * 60 * 60 };

static int32_t moment_days(struct tl_moment moment)
{
    int64_t days = moment.seconds / DAY_SECONDS;
    return (int32_t)(moment.seconds % DAY_SECONDS < 0 ? days - 1 : days);
}

const char *tl_moment_iso(struct tl_moment moment, char into[TL_DATE_TEXT_SIZE])
{
    int32_t days = moment_days(moment);
    struct tl_date date = tl_date_from_days(days);
    int second = (int)(moment.seconds - (int64_t)days * DAY_SECONDS);
    snprintf(into, TL_DATE_TEXT_SIZE, "%04d-%02d-%02dT%02d:%02d:%02dZ", tl_date_year(date), tl_date_month(date),
             tl_date_day(date), second / 3600, second / 60 % 60, second % 60);
    return into;
}

struct tl_date tl_moment_date(struct tl_moment moment)
{
    return tl_date_from_days(moment_days(moment));
}
