/* SPDX-License-Identifier: MPL-2.0 */
#include "period.h"

#include <string.h>

enum { YEAR = 4, MONTH = 7, DAY = 10 };

static int read_digits(const char *text, int count)
{
    int number = 0;
    for (int i = 0; i < count; i++)
        number = number * 10 + (text[i] - '0');
    return number;
}

/* The days of `2026-H1` or `2026-Q3`; none where it is no such thing. */
static struct tl_period read_part_of_year(const char *text)
{
    struct tl_period none = {{0}, {0}};
    bool is_half = text[YEAR + 1] == 'H', is_quarter = text[YEAR + 1] == 'Q';
    int part = text[YEAR + 2] - '0', months = is_half ? 6 : 3;
    for (size_t i = 0; i < YEAR; i++)
        if (text[i] < '0' || text[i] > '9')
            return none;
    if (text[YEAR] != '-' || !(is_half || is_quarter) || part < 1 || part > 12 / months)
        return none;
    struct tl_date first = tl_date_of(read_digits(text, YEAR), (part - 1) * months + 1, 1);
    if (tl_date_is_none(first))
        return none;
    return (struct tl_period){first, tl_date_add_days(tl_date_add_months(first, months), -1)};
}

/* The days of `length` bytes: a year, a part of it, a month or a day; none where they are no such thing. */
static struct tl_period read_part(const char *text, size_t length)
{
    static const char shape[] = "dddd-dd-dd";
    struct tl_period none = {{0}, {0}};
    if (length == MONTH && (text[YEAR + 1] == 'H' || text[YEAR + 1] == 'Q'))
        return read_part_of_year(text);
    if (length != YEAR && length != MONTH && length != DAY)
        return none;
    for (size_t i = 0; i < length; i++)
        if (shape[i] == 'd' ? text[i] < '0' || text[i] > '9' : text[i] != '-')
            return none;
    int year = read_digits(text, YEAR);
    int month = length > YEAR ? read_digits(text + YEAR + 1, 2) : 1;
    int day = length > MONTH ? read_digits(text + MONTH + 1, 2) : 1;
    struct tl_date first = tl_date_of(year, month, day);
    if (tl_date_is_none(first) || length == DAY)
        return (struct tl_period){first, first};
    if (length == YEAR)
        return tl_period_of_year(year);
    return (struct tl_period){first, tl_date_add_days(tl_date_add_months(first, 1), -1)};
}

tl_status cli_period(struct tl_period *out, const char *text, struct tl_err *err)
{
    const char *dots = strstr(text, "..");
    size_t length = dots == NULL ? strlen(text) : (size_t)(dots - text);
    const char *rest = dots == NULL ? text : dots + 2;
    struct tl_period from = read_part(text, length), to = read_part(rest, strlen(rest));
    *out = (struct tl_period){from.first, to.last};
    if (!tl_date_is_none(from.first) && !tl_date_is_none(to.last))
        return TL_OK;
    (void)tl_err_set(err, TL_ERR_USAGE, "'%.60s' is not a period", text);
    tl_err_hint(err, "write it like 2026, 2026-H1, 2026-Q3, 2026-03 or 2026-11-01..2027-01-31");
    return TL_ERR_USAGE;
}
