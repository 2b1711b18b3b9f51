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

static bool is_shaped(const char *text, size_t length, const char *shape)
{
    for (size_t i = 0; i < length; i++)
        if (shape[i] == 'd' ? text[i] < '0' || text[i] > '9' : text[i] != shape[i])
            return false;
    return true;
}

/* The n-th part of a year that is cut into parts of so many months; none where it has no such part. */
static struct tl_period part_of_year(int year, int part, int months)
{
    struct tl_period none = {{0}, {0}};
    if (part < 1 || part > 12 / months)
        return none;
    struct tl_date first = tl_date_of(year, 1 + (part - 1) * months, 1);
    return (struct tl_period){first, tl_date_add_days(tl_date_add_months(first, months), -1)};
}

/* The days of `length` bytes: a year, a half-year, a quarter, a month or a day; none where they are no such thing. */
static struct tl_period read_part(const char *text, size_t length)
{
    struct tl_period none = {{0}, {0}};
    if (length == MONTH && is_shaped(text, length, "dddd-Qd"))
        return part_of_year(read_digits(text, YEAR), text[MONTH - 1] - '0', 3);
    if (length == MONTH && is_shaped(text, length, "dddd-Hd"))
        return part_of_year(read_digits(text, YEAR), text[MONTH - 1] - '0', 6);
    if ((length != YEAR && length != MONTH && length != DAY) || !is_shaped(text, length, "dddd-dd-dd"))
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
    tl_err_hint(err, "write it like 2026, 2026-H1, 2026-Q1, 2026-03 or 2026-11-01..2027-01-31");
    return TL_ERR_USAGE;
}
