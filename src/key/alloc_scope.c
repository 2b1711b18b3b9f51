/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Who is in a line: members active at some time in the period, with the line's option where it has one, and for
 * what is charged once, in the year it is charged in.
 */
#include "alloc_run.h"

#include "tilslut/base/text.h"

/* Whether two stretches of days share one; no last date means without end. */
static bool overlaps(struct tl_date first, struct tl_date last, struct tl_period period)
{
    return tl_date_compare(first, period.last) <= 0 &&
           (tl_date_is_none(last) || tl_date_compare(last, period.first) >= 0);
}

static struct tl_date later(struct tl_date a, struct tl_date b)
{
    return tl_date_compare(a, b) > 0 ? a : b;
}

/* The days of the period in which the member is one; false when there are none. */
static bool active_days(struct tl_period *out, const struct tl_member *member, struct tl_period period)
{
    if (tl_date_is_none(member->first) || !overlaps(member->first, member->last, period))
        return false;
    if (!tl_date_is_none(member->last) && tl_date_compare(member->last, member->first) < 0)
        return false;
    out->first = later(member->first, period.first);
    out->last =
        tl_date_is_none(member->last) || tl_date_compare(member->last, period.last) > 0 ? period.last : member->last;
    return true;
}

static bool takes_option(const struct tl_member *member, const char *option, struct tl_period active)
{
    for (size_t i = 0; i < member->option_count; i++) {
        const struct tl_option_taken *taken = &member->options[i];
        if (tl_text_equal(taken->option, option) && overlaps(taken->first, taken->last, active))
            return true;
    }
    return false;
}

bool tl_alloc_is_charged(const struct tl_line *line, const struct tl_alloc_run *run)
{
    return line->kind != TL_LINE_ONE_OFF || tl_period_contains(run->period, run->terms->valid_from);
}

/* A joining fee is charged in the year the membership begins. */
static bool begins_in_time(const struct tl_line *line, const struct tl_member *member, const struct tl_alloc_run *run)
{
    return line->kind != TL_LINE_JOINING_FEE || tl_period_contains(run->period, member->first);
}

static bool in_scope(const struct tl_line *line, const struct tl_member *member, const struct tl_alloc_run *run)
{
    struct tl_period active;
    return tl_alloc_is_charged(line, run) && active_days(&active, member, run->period) &&
           begins_in_time(line, member, run) && (line->option == NULL || takes_option(member, line->option, active));
}

tl_status tl_alloc_scope(struct tl_line_result *result, const struct tl_alloc_run *run, struct tl_err *err)
{
    size_t count = 0;
    for (size_t i = 0; i < run->member_count; i++)
        count += in_scope(result->line, run->members[i], run) ? 1 : 0;
    result->shares = tl_arena_alloc(&run->out->arena, count, sizeof *result->shares);
    if (result->shares == NULL)
        return tl_err_memory(err);
    for (size_t i = 0; i < run->member_count && result->share_count < count; i++)
        if (in_scope(result->line, run->members[i], run))
            result->shares[result->share_count++] =
                (struct tl_share){.member = run->members[i], .period = run->period, .markup = {0, 1}};
    return TL_OK;
}
