/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/agreement/notice_period.h"

#include <string.h>

#include "tilslut/base/text.h"

/* As the terms write them, with the months that each is long. */
static const struct {
    const char *word;
    int months;
} ends[] = {[TL_NOTICE_MONTH_END] = {"month", 1},
            [TL_NOTICE_QUARTER_END] = {"quarter", 3},
            [TL_NOTICE_HALF_YEAR_END] = {"half-year", 6},
            [TL_NOTICE_YEAR_END] = {"year", 12}};

enum { END_COUNT = sizeof ends / sizeof ends[0], DIGITS_MAX = 3 };

static const char MIDDLE[] = " months to ";

const char *tl_notice_period_text(struct tl_notice notice, struct tl_arena *arena)
{
    return tl_arena_format(arena, "%d%s%s", notice.months, MIDDLE, ends[notice.end].word);
}

bool tl_notice_period_read(struct tl_notice *out, const char *text)
{
    size_t digits = strspn(text, "0123456789");
    if (digits == 0 || digits > DIGITS_MAX || strncmp(text + digits, MIDDLE, sizeof MIDDLE - 1) != 0)
        return false;
    out->months = 0;
    for (size_t i = 0; i < digits; i++)
        out->months = out->months * 10 + (text[i] - '0');
    for (size_t i = 0; i < END_COUNT; i++)
        if (tl_text_equal(text + digits + sizeof MIDDLE - 1, ends[i].word)) {
            out->end = (tl_notice_end)i;
            return out->months > 0;
        }
    return false;
}

/* The last day of the month, quarter, half-year or year that a date lies in. */
static struct tl_date end_of(tl_notice_end end, struct tl_date date)
{
    int length = ends[end].months, month = (tl_date_month(date) - 1) / length * length + length;
    return tl_date_add_months(tl_date_of(tl_date_year(date), 1, 31), month - 1);
}

struct tl_date tl_notice_period_end(struct tl_notice notice, struct tl_date given)
{
    struct tl_date behind = tl_date_add_months(given, notice.months);
    return tl_date_is_none(behind) ? behind : end_of(notice.end, behind);
}

bool tl_notice_period_permits(struct tl_notice notice, struct tl_date given, struct tl_date last)
{
    struct tl_date first = tl_notice_period_end(notice, given);
    return !tl_date_is_none(first) && !tl_date_is_none(last) && tl_date_compare(last, first) >= 0 &&
           tl_date_compare(end_of(notice.end, last), last) == 0;
}
