/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Who is in a line: members active at some time in the period, of the line's group and with its option where it has
 * one, and for what is charged once, in the period it is charged in.
 */
#include "alloc_run.h"

#include "tilslut/base/text.h"

static struct tl_date later(struct tl_date a, struct tl_date b)
{
    return tl_date_compare(a, b) > 0 ? a : b;
}

/* The days of the period from `first` to `last` (none: without end); false when there are none. */
static bool days_within(struct tl_period *out, struct tl_date first, struct tl_date last, struct tl_period period)
{
    out->first = later(first, period.first);
    out->last = tl_date_is_none(last) || tl_date_compare(last, period.last) > 0 ? period.last : last;
    return tl_date_compare(out->first, out->last) <= 0;
}

static bool is_in_group(const struct tl_member *member, const char *group)
{
    for (size_t i = 0; i < member->group_count; i++)
        if (tl_text_equal(member->groups[i], group))
            return true;
    return false;
}

bool tl_alloc_is_charged(const struct tl_line *line, const struct tl_alloc_run *run)
{
    return line->kind != TL_LINE_ONE_OFF || tl_period_contains(run->period, run->terms->valid_from);
}

const struct tl_line *tl_alloc_fixing_line(const struct tl_line *line, const struct tl_member *member)
{
    if (line->kind != TL_LINE_JOINING_FEE || member->signed_terms == NULL ||
        tl_alloc_agreed(line, member->code) != NULL)
        return NULL;
    const struct tl_line *fixed = tl_terms_line(member->signed_terms, line->id);
    return fixed == NULL || fixed->kind != TL_LINE_JOINING_FEE || fixed->has_budget ? NULL : fixed;
}

/* Who signed terms without the fee owes none. */
static bool has_signed(const struct tl_line *line, const struct tl_member *member)
{
    if (line->has_budget || (member->signed_terms == NULL && line->from == NULL))
        return true;
    return tl_alloc_agreed(line, member->code) != NULL || tl_alloc_fixing_line(line, member) != NULL;
}

/* A joining fee is charged in the period the membership begins in, and not again when another carries it on. */
static bool begins_in_time(const struct tl_line *line, const struct tl_member *member, const struct tl_alloc_run *run)
{
    return line->kind != TL_LINE_JOINING_FEE ||
           (!member->was_taken_over && tl_period_contains(run->period, member->first) && has_signed(line, member));
}

/* Adds the ticks in which the member is in the line in the days from `first` to `last`; false when there are none. */
static bool add_days(struct tl_presence *presence, const struct tl_line *line, const struct tl_member *member,
                     struct tl_period days, const struct tl_ticks *ticks, const struct tl_alloc_run *run)
{
    struct tl_period active, taken;
    bool found = false;
    if (line->kind == TL_LINE_ONE_OFF)
        days.first = later(days.first, run->terms->valid_from);
    if (!days_within(&active, days.first, days.last, run->period))
        return false;
    if (line->option == NULL) {
        tl_presence_add(presence, ticks, active);
        return true;
    }
    for (size_t i = 0; i < member->option_count; i++) {
        const struct tl_option_taken *option = &member->options[i];
        if (!tl_text_equal(option->option, line->option) || !days_within(&taken, option->first, option->last, active))
            continue;
        tl_presence_add(presence, ticks, taken);
        found = true;
    }
    return found;
}

/* Whether the line can be the member's at all, whenever it is there. */
static bool can_be_in(const struct tl_line *line, const struct tl_member *member, const struct tl_alloc_run *run)
{
    return !tl_date_is_none(member->first) && tl_alloc_is_charged(line, run) && begins_in_time(line, member, run) &&
           (line->group == NULL || is_in_group(member, line->group));
}

/* A member in a line, by the memberships that ended and by the one it has. */
struct attendance {
    struct tl_presence earlier, latest;
    bool was_there, is_there;
};

static struct attendance attend(const struct tl_line *line, const struct tl_member *member,
                                const struct tl_ticks *ticks, const struct tl_alloc_run *run)
{
    struct attendance attendance = {.was_there = false};
    if (!can_be_in(line, member, run))
        return attendance;
    for (size_t i = 0; i < member->earlier_count; i++)
        attendance.was_there =
            add_days(&attendance.earlier, line, member, member->earlier[i], ticks, run) || attendance.was_there;
    attendance.is_there =
        add_days(&attendance.latest, line, member, (struct tl_period){member->first, member->last}, ticks, run);
    return attendance;
}

/* Where a membership was handed over within a unit of time, the unit is charged once, to whoever had it first: all of
 * the period where the line follows no time, or a half year; the begun month or quarter. */
static void leave_to_predecessor(struct attendance *attendance, const struct tl_member *member,
                                 const struct attendance *before, const struct tl_ticks *ticks,
                                 const struct tl_alloc_run *run)
{
    struct tl_presence begun = {{0}};
    if (!before->was_there && !before->is_there)
        return;
    if (ticks->rule == TL_PRORATA_NONE || ticks->rule == TL_PRORATA_HALF_YEAR_RULE) {
        attendance->is_there = false;
        return;
    }
    if (ticks->rule == TL_PRORATA_DAYS || !tl_period_contains(run->period, member->first))
        return;
    tl_presence_add(&begun, ticks, (struct tl_period){member->first, member->first});
    tl_presence_leave(&attendance->latest, &begun, &before->earlier);
    tl_presence_leave(&attendance->latest, &begun, &before->latest);
    attendance->is_there = attendance->is_there && tl_presence_count(&attendance->latest) > 0;
}

/* The ticks in which a member is charged; false when there are none. */
static bool find_presence(struct tl_presence *out, const struct tl_line *line, const struct tl_member *member,
                          const struct tl_ticks *ticks, const struct tl_alloc_run *run)
{
    struct attendance attendance = attend(line, member, ticks, run);
    for (size_t i = 0; attendance.is_there && i < member->taken_from_count; i++)
        for (size_t j = 0; j < run->member_count; j++)
            if (tl_text_equal(run->members[j]->code, member->taken_from[i])) {
                struct attendance before = attend(line, run->members[j], ticks, run);
                leave_to_predecessor(&attendance, member, &before, ticks, run);
            }
    *out = attendance.earlier;
    if (attendance.is_there)
        tl_presence_join(out, &attendance.latest);
    return attendance.was_there || attendance.is_there;
}

tl_status tl_alloc_find_scope(struct tl_alloc_scope *out, const struct tl_line *line, const struct tl_alloc_run *run,
                              struct tl_err *err)
{
    /* what is charged once follows no time */
    bool is_annual = line->kind == TL_LINE_ANNUAL;
    tl_prorata rule = is_annual ? line->prorata : TL_PRORATA_NONE;
    *out = (struct tl_alloc_scope){
        .ticks = tl_ticks_of(run->period, rule),
        .months = is_annual ? run->months : (struct tl_tick_range){0, TL_MONTHS_PER_YEAR},
    };
    out->members = tl_arena_alloc(run->scratch, run->member_count, sizeof(const struct tl_member *));
    if (rule != TL_PRORATA_NONE)
        out->presences = tl_arena_alloc(run->scratch, run->member_count, sizeof *out->presences);
    if (out->members == NULL || (rule != TL_PRORATA_NONE && out->presences == NULL))
        return tl_err_memory(err);
    for (size_t i = 0; i < run->member_count; i++) {
        struct tl_presence presence;
        if (!find_presence(&presence, line, run->members[i], &out->ticks, run))
            continue;
        if (out->presences != NULL)
            out->presences[out->count] = presence;
        out->members[out->count++] = run->members[i];
    }
    return TL_OK;
}
