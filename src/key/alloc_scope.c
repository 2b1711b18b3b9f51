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

/* The same over all of its memberships. */
static bool add_presence(struct tl_presence *presence, const struct tl_line *line, const struct tl_member *member,
                         const struct tl_ticks *ticks, const struct tl_alloc_run *run)
{
    const struct tl_period latest = {member->first, member->last};
    if (tl_date_is_none(member->first) || !tl_alloc_is_charged(line, run) || !begins_in_time(line, member, run) ||
        (line->group != NULL && !is_in_group(member, line->group)))
        return false;
    bool found = add_days(presence, line, member, latest, ticks, run);
    for (size_t i = 0; i < member->earlier_count; i++)
        found = add_days(presence, line, member, member->earlier[i], ticks, run) || found;
    return found;
}

/* Whoever handed over within the period pays for all of a line that follows no time, or for its half year: the one that
 * carries the membership on does not pay for the same period once more. */
static bool is_paid_for(const struct tl_line *line, tl_prorata rule, const struct tl_member *member,
                        const struct tl_ticks *ticks, const struct tl_alloc_run *run)
{
    if (rule != TL_PRORATA_NONE && rule != TL_PRORATA_HALF_YEAR_RULE)
        return false;
    for (size_t i = 0; i < member->taken_from_count; i++)
        for (size_t j = 0; j < run->member_count; j++) {
            struct tl_presence presence = {{0}};
            if (tl_text_equal(run->members[j]->code, member->taken_from[i]) &&
                add_presence(&presence, line, run->members[j], ticks, run))
                return true;
        }
    return false;
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
        struct tl_presence presence = {{0}};
        if (!add_presence(&presence, line, run->members[i], &out->ticks, run) ||
            is_paid_for(line, rule, run->members[i], &out->ticks, run))
            continue;
        if (out->presences != NULL)
            out->presences[out->count] = presence;
        out->members[out->count++] = run->members[i];
    }
    return TL_OK;
}
