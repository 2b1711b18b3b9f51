/* SPDX-License-Identifier: MPL-2.0 */
#include "alloc_time.h"

enum { WORD_BITS = 64, JULY = 7, MONTHS_PER_QUARTER = 3 };

struct tl_ticks tl_ticks_of(struct tl_period period, tl_prorata rule)
{
    struct tl_ticks ticks = {.period = period, .rule = rule};
    ticks.count = rule == TL_PRORATA_DAYS ? tl_date_to_days(period.last) - tl_date_to_days(period.first) + 1
                                          : tl_date_month(period.last) - tl_date_month(period.first) + 1;
    return ticks;
}

static struct tl_tick_range clip(struct tl_tick_range range, const struct tl_ticks *ticks)
{
    if (range.first < 0)
        range.first = 0;
    if (range.behind > ticks->count)
        range.behind = ticks->count;
    return range;
}

/* Months from `first` to `last` of the year, as ticks. */
static struct tl_tick_range of_months(const struct tl_ticks *ticks, int first, int last)
{
    int start = tl_date_month(ticks->period.first);
    return clip((struct tl_tick_range){first - start, last - start + 1}, ticks);
}

static struct tl_tick_range of_days(const struct tl_ticks *ticks, struct tl_period days)
{
    int32_t start = tl_date_to_days(ticks->period.first);
    return clip((struct tl_tick_range){tl_date_to_days(days.first) - start, tl_date_to_days(days.last) - start + 1},
                ticks);
}

static struct tl_tick_range counted(const struct tl_ticks *ticks, struct tl_period days)
{
    int first = tl_date_month(days.first), last = tl_date_month(days.last);
    switch (ticks->rule) {
    case TL_PRORATA_DAYS:
        return of_days(ticks, days);
    case TL_PRORATA_MONTHS:
        return of_months(ticks, first, last);
    case TL_PRORATA_QUARTERS:
        return of_months(ticks, first - (first - 1) % MONTHS_PER_QUARTER,
                         last + (MONTHS_PER_QUARTER - 1) - (last - 1) % MONTHS_PER_QUARTER);
    case TL_PRORATA_HALF_YEAR_RULE: {
        struct tl_date first_of_july = tl_date_of(tl_date_year(days.first), JULY, 1);
        bool in_time = tl_date_compare(days.first, first_of_july) <= 0;
        return of_months(ticks, in_time ? 1 : JULY, TL_MONTHS_PER_YEAR);
    }
    case TL_PRORATA_NONE:
        break;
    }
    return (struct tl_tick_range){0, ticks->count};
}

void tl_presence_add(struct tl_presence *presence, const struct tl_ticks *ticks, struct tl_period days)
{
    struct tl_tick_range range = counted(ticks, days);
    for (int tick = range.first; tick < range.behind; tick++)
        presence->words[tick / WORD_BITS] |= UINT64_C(1) << (tick % WORD_BITS);
}

void tl_presence_join(struct tl_presence *presence, const struct tl_presence *other)
{
    for (size_t i = 0; i < sizeof presence->words / sizeof presence->words[0]; i++)
        presence->words[i] |= other->words[i];
}

void tl_presence_leave(struct tl_presence *presence, const struct tl_presence *other, const struct tl_presence *too)
{
    for (size_t i = 0; i < sizeof presence->words / sizeof presence->words[0]; i++)
        presence->words[i] &= ~(other->words[i] & too->words[i]);
}

bool tl_presence_has(const struct tl_presence *presence, int tick)
{
    return (presence->words[tick / WORD_BITS] >> (tick % WORD_BITS) & 1U) != 0;
}

int tl_presence_count(const struct tl_presence *presence)
{
    int count = 0;
    for (size_t i = 0; i < sizeof presence->words / sizeof presence->words[0]; i++)
        count += __builtin_popcountll(presence->words[i]);
    return count;
}

struct tl_tick_range tl_presence_range(const struct tl_presence *presence, const struct tl_ticks *ticks)
{
    struct tl_tick_range range = {0, ticks->count};
    while (range.first < range.behind && !tl_presence_has(presence, range.first))
        range.first++;
    while (range.behind > range.first && !tl_presence_has(presence, range.behind - 1))
        range.behind--;
    return range;
}

void tl_presence_mark_cuts(struct tl_presence *cuts, const struct tl_presence *presence)
{
    uint64_t before = 0;
    for (size_t i = 0; i < sizeof cuts->words / sizeof cuts->words[0]; i++) {
        uint64_t word = presence->words[i];
        cuts->words[i] |= word ^ (word << 1 | before);
        before = word >> (WORD_BITS - 1);
    }
}

struct tl_period tl_ticks_days(const struct tl_ticks *ticks, struct tl_tick_range range)
{
    struct tl_date first = ticks->period.first;
    if (ticks->rule == TL_PRORATA_DAYS)
        return (struct tl_period){tl_date_add_days(first, range.first), tl_date_add_days(first, range.behind - 1)};
    return (struct tl_period){tl_date_add_months(first, range.first),
                              tl_date_add_days(tl_date_add_months(first, range.behind), -1)};
}

/* amount x part / whole in whole units, halves away from zero; all of it at the end. */
static int64_t running_total(int64_t amount, int part, int whole, int64_t unit)
{
    if (part == whole)
        return amount;
    __extension__ typedef __int128 wide;
    wide size = (wide)(amount < 0 ? -amount : amount) * part, step = (wide)whole * unit;
    int64_t rounded = (int64_t)((2 * size + step) / (2 * step)) * unit;
    return amount < 0 ? -rounded : rounded;
}

int64_t tl_time_part(int64_t amount_minor, struct tl_tick_range range, int whole, int64_t unit)
{
    return running_total(amount_minor, range.behind, whole, unit) -
           running_total(amount_minor, range.first, whole, unit);
}
