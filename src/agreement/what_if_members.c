/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Changes to try on who is a member, with which options and which figures.
 */
#include <string.h>

#include "terms_words.h"
#include "tilslut/base/text.h"
#include "tilslut/exchange/published_number.h"
#include "what_if_parts.h"

/* Calls `apply` for each code of the change's value. */
static tl_status each_code(struct tl_trial *trial, const struct tl_change *change,
                           tl_status (*apply)(struct tl_trial *, const struct tl_change *, const char *,
                                              struct tl_err *),
                           struct tl_err *err)
{
    tl_status status = TL_OK;
    for (const char *at = change->value; status == TL_OK;) {
        size_t length = strcspn(at, ",");
        const char *code = tl_arena_copy(trial->arena, at, length);
        status = code == NULL  ? tl_err_memory(err)
                 : length == 0 ? tl_what_if_refuse(change->text, "the list has an empty place", err)
                               : apply(trial, change, code, err);
        if (at[length] == '\0')
            break;
        at += length + 1;
    }
    return status;
}

/* A member of the year; one who left before it or comes after it is none. */
static tl_status find_member(struct tl_member **out, struct tl_trial *trial, const char *code, struct tl_err *err)
{
    struct tl_roster *roster = &trial->year->roster;
    const struct tl_member *member = tl_roster_find_in(roster, code, trial->year->year);
    if (member == NULL) {
        (void)tl_err_set(err, TL_ERR_NOT_FOUND, "'%.40s' is not a member of '%s' in %d", code,
                         trial->year->product.code, trial->year->year);
        return TL_ERR_NOT_FOUND;
    }
    *out = &roster->members[member - roster->members];
    return TL_OK;
}

static void take_out(struct tl_roster *roster, const struct tl_member *member)
{
    size_t at = (size_t)(member - roster->members);
    roster->count--;
    memmove(&roster->members[at], &roster->members[at + 1], (roster->count - at) * sizeof *roster->members);
}

static tl_status put_in(struct tl_trial *trial, const struct tl_member *member, struct tl_err *err)
{
    struct tl_roster *roster = &trial->year->roster;
    struct tl_member *members = tl_arena_alloc(trial->arena, roster->count + 1, sizeof *members);
    if (members == NULL)
        return tl_err_memory(err);
    if (roster->count > 0)
        memcpy(members, roster->members, roster->count * sizeof *members);
    members[roster->count++] = *member;
    roster->members = members;
    return TL_OK;
}

static tl_status join_one(struct tl_trial *trial, const struct tl_change *change, const char *code, struct tl_err *err)
{
    (void)change;
    struct tl_roster *roster = &trial->year->roster;
    struct tl_member joined;
    if (tl_roster_find_in(roster, code, trial->year->year) != NULL)
        return tl_err_set(err, TL_ERR_CONFLICT, "'%.40s' is a member of '%s' already", code, trial->year->product.code);
    tl_status status = tl_roster_try(&joined, trial->store, trial->year->product.code, code,
                                     tl_date_of(trial->year->year, 1, 1), trial->arena, err);
    if (status != TL_OK)
        return status;
    /* a membership that ended before the year, or begins after it, gives way */
    const struct tl_member *other = tl_roster_find(roster, code);
    if (other != NULL)
        take_out(roster, other);
    return put_in(trial, &joined, err);
}

/* It stays in the roster, since the terms may name it. */
static tl_status leave_one(struct tl_trial *trial, const struct tl_change *change, const char *code, struct tl_err *err)
{
    (void)change;
    struct tl_member *member;
    tl_status status = find_member(&member, trial, code, err);
    if (status == TL_OK) {
        member->first = member->last = tl_date_of(trial->year->year - 1, 12, 31);
        member->earlier_count = 0;
    }
    return status;
}

tl_status tl_what_if_join(struct tl_trial *trial, const struct tl_change *change, struct tl_err *err)
{
    return each_code(trial, change, join_one, err);
}

tl_status tl_what_if_leave(struct tl_trial *trial, const struct tl_change *change, struct tl_err *err)
{
    return each_code(trial, change, leave_one, err);
}

/* Whether the member has the option as long as it is a member in the year. */
static bool has_all_along(const struct tl_member *member, const char *option, int year)
{
    struct tl_date first = tl_date_of(year, 1, 1);
    if (tl_date_compare(member->first, first) > 0)
        first = member->first;
    for (size_t i = 0; i < member->option_count; i++)
        if (tl_text_equal(member->options[i].option, option) && tl_date_is_none(member->options[i].last) &&
            tl_date_compare(member->options[i].first, first) <= 0)
            return true;
    return false;
}

static tl_status take_one(struct tl_trial *trial, const struct tl_change *change, const char *code, struct tl_err *err)
{
    struct tl_member *member;
    tl_status status = find_member(&member, trial, code, err);
    if (status != TL_OK)
        return status;
    if (has_all_along(member, change->subject, trial->year->year))
        return tl_err_set(err, TL_ERR_CONFLICT, "'%.40s' has taken '%.40s' already", code, change->subject);
    struct tl_option_taken *options = tl_arena_alloc(trial->arena, member->option_count + 1, sizeof *options);
    if (options == NULL)
        return tl_err_memory(err);
    if (member->option_count > 0)
        memcpy(options, member->options, member->option_count * sizeof *options);
    options[member->option_count++] = (struct tl_option_taken){change->subject, member->first, {0}};
    member->options = options;
    return TL_OK;
}

static tl_status drop_one(struct tl_trial *trial, const struct tl_change *change, const char *code, struct tl_err *err)
{
    struct tl_member *member;
    struct tl_date first = tl_date_of(trial->year->year, 1, 1);
    size_t kept = 0;
    bool dropped = false;
    tl_status status = find_member(&member, trial, code, err);
    if (status != TL_OK)
        return status;
    struct tl_option_taken *options = tl_arena_alloc(trial->arena, member->option_count, sizeof *options);
    if (options == NULL)
        return tl_err_memory(err);
    for (size_t i = 0; i < member->option_count; i++) {
        const struct tl_option_taken *option = &member->options[i];
        if (!tl_text_equal(option->option, change->subject))
            options[kept++] = *option;
        else if (tl_date_is_none(option->last) || tl_date_compare(option->last, first) >= 0)
            dropped = true;
    }
    if (!dropped)
        return tl_err_set(err, TL_ERR_NOT_FOUND, "'%.40s' has not taken '%.40s'", code, change->subject);
    member->options = options;
    member->option_count = kept;
    return TL_OK;
}

tl_status tl_what_if_take(struct tl_trial *trial, const struct tl_change *change, struct tl_err *err)
{
    tl_status status = tl_terms_words_check_option(&trial->year->terms, change->subject, err);
    return status == TL_OK ? each_code(trial, change, take_one, err) : status;
}

tl_status tl_what_if_drop(struct tl_trial *trial, const struct tl_change *change, struct tl_err *err)
{
    tl_status status = tl_terms_words_check_option(&trial->year->terms, change->subject, err);
    return status == TL_OK ? each_code(trial, change, drop_one, err) : status;
}

tl_status tl_what_if_figure(struct tl_trial *trial, const struct tl_change *change, struct tl_err *err)
{
    struct tl_member *member;
    struct tl_figure figure = {.measure = change->subject,
                               .holds_on = tl_terms_reference_date(&trial->year->terms, trial->year->year),
                               .source = "what-if"};
    size_t at = 0;
    tl_status status = tl_terms_words_check_measure(&trial->year->terms, change->subject, err);
    if (status == TL_OK)
        status = find_member(&member, trial, change->detail, err);
    if (status == TL_OK)
        status = tl_published_number_parse(&figure.value, change->value, err);
    if (status != TL_OK)
        return status;
    struct tl_figure *figures = tl_arena_alloc(trial->arena, member->figure_count + 1, sizeof *figures);
    if (figures == NULL)
        return tl_err_memory(err);
    if (member->figure_count > 0)
        memcpy(figures, member->figures, member->figure_count * sizeof *figures);
    while (at < member->figure_count && !(tl_text_equal(figures[at].measure, figure.measure) &&
                                          tl_date_compare(figures[at].holds_on, figure.holds_on) == 0))
        at++;
    figures[at] = figure;
    member->figures = figures;
    member->figure_count += at == member->figure_count ? 1 : 0;
    return TL_OK;
}
