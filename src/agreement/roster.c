/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/agreement/roster.h"

#include "tilslut/agreement/figure.h"
#include "tilslut/agreement/membership_history.h"
#include "tilslut/agreement/party.h"
#include "tilslut/agreement/pledge.h"
#include "tilslut/base/text.h"

/* What events add up to, while they are read; those that hold on a date are told as of `on`. */
struct told {
    struct tl_date on;
    struct tl_option_taken *options;
    const char **waivers, **groups;
    size_t option_capacity, waiver_capacity, group_capacity;
};

static tl_status take_option(struct tl_member *member, struct told *told, const struct tl_membership_fact *fact,
                             struct tl_arena *arena, struct tl_err *err)
{
    told->options =
        tl_arena_grow(arena, told->options, member->option_count, &told->option_capacity, sizeof *told->options);
    if (told->options == NULL)
        return tl_err_memory(err);
    told->options[member->option_count++] = (struct tl_option_taken){fact->detail, fact->on, {0}};
    member->options = told->options;
    return TL_OK;
}

static void drop_option(struct tl_member *member, struct told *told, const struct tl_membership_fact *fact)
{
    for (size_t i = 0; i < member->option_count; i++)
        if (tl_text_equal(told->options[i].option, fact->detail) && tl_date_is_none(told->options[i].last))
            told->options[i].last = tl_date_add_days(fact->on, -1);
}

/* Adds the event's detail to a list of words. */
static tl_status take_word(const char ***words, size_t *count, size_t *capacity, const struct tl_membership_fact *fact,
                           struct tl_arena *arena, struct tl_err *err)
{
    *words = tl_arena_grow(arena, *words, *count, capacity, sizeof **words);
    if (*words == NULL)
        return tl_err_memory(err);
    (*words)[(*count)++] = fact->detail;
    return TL_OK;
}

/* A waiver counts in the whole of the year that it holds from; one that was signed with the membership, always. */
static tl_status take_waiver(struct tl_member *member, struct told *told, const struct tl_membership_fact *fact,
                             struct tl_arena *arena, struct tl_err *err)
{
    if (!fact->is_drafted && tl_date_year(fact->on) > tl_date_year(told->on) &&
        tl_date_compare(fact->on, member->signed_on) > 0)
        return TL_OK;
    tl_status status = take_word(&told->waivers, &member->waiver_count, &told->waiver_capacity, fact, arena, err);
    member->waivers = told->waivers;
    return status;
}

static tl_status join_group(struct tl_member *member, struct told *told, const struct tl_membership_fact *fact,
                            struct tl_arena *arena, struct tl_err *err)
{
    tl_status status = take_word(&told->groups, &member->group_count, &told->group_capacity, fact, arena, err);
    member->groups = told->groups;
    return status;
}

static void leave_group(struct tl_member *member, struct told *told, const struct tl_membership_fact *fact)
{
    size_t kept = 0;
    for (size_t i = 0; i < member->group_count; i++)
        if (!tl_text_equal(told->groups[i], fact->detail))
            told->groups[kept++] = told->groups[i];
    member->group_count = kept;
}

/* Groups, passive membership and classes hold from their date on; what comes later than `on` is not taken yet. */
static tl_status take_dated(struct tl_member *member, struct told *told, const struct tl_membership_fact *fact,
                            struct tl_arena *arena, struct tl_err *err)
{
    if (tl_date_compare(fact->on, told->on) > 0)
        return TL_OK;
    switch (fact->event) {
    case TL_MEMBERSHIP_PASSIVE:
    case TL_MEMBERSHIP_ACTIVE:
        member->is_passive = fact->event == TL_MEMBERSHIP_PASSIVE;
        break;
    case TL_MEMBERSHIP_GROUP_JOINED:
        return join_group(member, told, fact, arena, err);
    case TL_MEMBERSHIP_GROUP_LEFT:
        leave_group(member, told, fact);
        break;
    case TL_MEMBERSHIP_CLASS_FROZEN:
        member->class_frozen = fact->detail;
        member->class_frozen_until = tl_date_year(fact->until);
        break;
    case TL_MEMBERSHIP_CLASS_BY_HAND:
        member->class_by_hand = fact->detail;
        member->class_reason = fact->evidence;
        break;
    default:
        break;
    }
    return TL_OK;
}

static tl_status take_facts(struct tl_member *member, const struct tl_membership_history *history, struct tl_date on,
                            struct tl_arena *arena, struct tl_err *err)
{
    struct told told = {.on = on};
    tl_status status = TL_OK;
    for (size_t i = 0; status == TL_OK && i < history->count; i++) {
        const struct tl_membership_fact *fact = &history->facts[i];
        if (fact->event == TL_MEMBERSHIP_OPTION_TAKEN)
            status = take_option(member, &told, fact, arena, err);
        else if (fact->event == TL_MEMBERSHIP_OPTION_DROPPED)
            drop_option(member, &told, fact);
        else if (fact->event == TL_MEMBERSHIP_WAIVER)
            status = take_waiver(member, &told, fact, arena, err);
        else
            status = take_dated(member, &told, fact, arena, err);
    }
    return status;
}

/* The pledges to all projects. */
struct pledges {
    struct tl_pledge *items;
    size_t count;
};

static bool has_waiver(const struct tl_member *member, const char *tag)
{
    for (size_t i = 0; i < member->waiver_count; i++)
        if (tl_text_equal(member->waivers[i], tag))
            return true;
    return false;
}

/* A binding pledge counts as a waiver with the tag of its project from the date that the project was funded on, as one
 * that is recorded does. */
static tl_status take_pledges(struct tl_member *member, const struct pledges *pledges, const char *product,
                              struct tl_date on, struct tl_arena *arena, struct tl_err *err)
{
    const char **waivers = tl_arena_alloc(arena, member->waiver_count + pledges->count, sizeof *waivers);
    if (waivers == NULL)
        return tl_err_memory(err);
    for (size_t i = 0; i < member->waiver_count; i++)
        waivers[i] = member->waivers[i];
    member->waivers = waivers;
    for (size_t i = 0; i < pledges->count; i++) {
        const struct tl_pledge *pledge = &pledges->items[i];
        if (pledge->state == TL_PLEDGE_BINDING && tl_text_equal(pledge->party, member->code) &&
            tl_text_equal(pledge->product, product) && !has_waiver(member, pledge->project) &&
            (tl_date_year(pledge->binding_on) <= tl_date_year(on) ||
             tl_date_compare(pledge->binding_on, member->signed_on) <= 0))
            waivers[member->waiver_count++] = pledge->project;
    }
    return TL_OK;
}

/* Whose membership it carries on, from its first day. */
static tl_status take_predecessors(struct tl_member *member, const struct tl_membership_history *history,
                                   struct tl_arena *arena, struct tl_err *err)
{
    if (!member->was_taken_over)
        return TL_OK;
    const char **codes = tl_arena_alloc(arena, history->count, sizeof *codes);
    if (codes == NULL)
        return tl_err_memory(err);
    for (size_t i = 0; i < history->count; i++) {
        const struct tl_membership_fact *fact = &history->facts[i];
        if (fact->event == TL_MEMBERSHIP_TAKEN_OVER && tl_date_compare(fact->on, member->first) == 0)
            codes[member->taken_from_count++] = fact->detail;
    }
    member->taken_from = codes;
    return TL_OK;
}

/* A membership that both have agreed on, so that it counts. */
struct agreed {
    const struct tl_membership_history *history;
    struct tl_membership_life life;
};

static tl_status complete(struct tl_member *member, const struct agreed *agreed, const struct pledges *pledges,
                          struct tl_store *store, struct tl_date on, struct tl_arena *arena, struct tl_err *err)
{
    struct tl_party party;
    struct tl_figure *figures = NULL;
    *member = (struct tl_member){.code = agreed->history->party,
                                 .signed_on = agreed->life.signed_on,
                                 .first = agreed->life.first,
                                 .last = agreed->life.last,
                                 .was_taken_over = agreed->life.was_taken_over};
    struct tl_date then = tl_date_compare(member->first, on) > 0 ? member->first : on;
    tl_status status = take_facts(member, agreed->history, then, arena, err);
    if (status == TL_OK)
        status = take_predecessors(member, agreed->history, arena, err);
    if (status == TL_OK && pledges->count > 0)
        status = take_pledges(member, pledges, agreed->history->product, then, arena, err);
    if (status == TL_OK)
        status = tl_party_find(&party, store, member->code, then, arena, err);
    if (status == TL_OK)
        status = tl_party_association(&member->association, store, member->code, then, err);
    if (status == TL_OK)
        status = tl_figure_list(&figures, &member->figure_count, store, member->code, arena, err);
    if (status != TL_OK)
        return status;
    member->name = party.name;
    member->figures = figures;
    return TL_OK;
}

/* Adds the days of a membership that ended before `member` began, with its options as far as they went. */
static tl_status add_earlier(struct tl_member *member, const struct agreed *agreed, struct tl_arena *arena,
                             struct tl_err *err)
{
    struct tl_member before = {.signed_on = agreed->life.signed_on};
    struct tl_date last = agreed->life.last;
    tl_status status = take_facts(&before, agreed->history, last, arena, err);
    if (status != TL_OK)
        return status;
    struct tl_option_taken *options =
        tl_arena_alloc(arena, member->option_count + before.option_count, sizeof *options);
    struct tl_period *periods = tl_arena_alloc(arena, member->earlier_count + 1, sizeof *periods);
    if (options == NULL || periods == NULL)
        return tl_err_memory(err);
    size_t count = 0;
    for (size_t i = 0; i < before.option_count; i++) {
        struct tl_option_taken option = before.options[i];
        if (tl_date_is_none(option.last) || tl_date_compare(option.last, last) > 0)
            option.last = last;
        if (tl_date_compare(option.first, option.last) <= 0)
            options[count++] = option;
    }
    for (size_t i = 0; i < member->option_count; i++)
        options[count++] = member->options[i];
    for (size_t i = 0; i < member->earlier_count; i++)
        periods[i] = member->earlier[i];
    periods[member->earlier_count++] = (struct tl_period){agreed->life.first, last};
    member->earlier = periods;
    member->options = options;
    member->option_count = count;
    return TL_OK;
}

/* Whether a membership counts: both have agreed on it, or it is to be seen as if they had. */
static bool counts(struct tl_membership_life *life, const char *party, const char *drafted)
{
    bool is_on_its_way = life->state == TL_MEMBERSHIP_STATE_DRAFTED || life->state == TL_MEMBERSHIP_STATE_SENT ||
                         life->state == TL_MEMBERSHIP_STATE_SIGNED;
    if (life->is_agreed || drafted == NULL || !is_on_its_way || !tl_text_equal(party, drafted))
        return life->is_agreed;
    if (tl_date_is_none(life->signed_on))
        life->signed_on = life->drafted_on;
    return true;
}

/* The memberships that count, by party and the day they begin. */
static tl_status read_agreed(struct agreed **out, size_t *count, struct tl_store *store, const char *product,
                             const char *drafted, struct tl_arena *arena, struct tl_err *err)
{
    struct tl_membership_history *histories = NULL;
    size_t history_count = 0;
    *count = 0;
    tl_status status = tl_membership_history_list(&histories, &history_count, store, product, NULL, arena, err);
    *out = status == TL_OK ? tl_arena_alloc(arena, history_count, sizeof **out) : NULL;
    if (status == TL_OK && *out == NULL)
        return tl_err_memory(err);
    for (size_t i = 0; status == TL_OK && i < history_count; i++) {
        struct agreed agreed = {.history = &histories[i]};
        status = tl_membership_state_follow(&agreed.life, &histories[i], (struct tl_date){0}, err);
        if (status != TL_OK || !counts(&agreed.life, histories[i].party, drafted))
            continue;
        size_t at = (*count)++;
        for (; at > 0 && tl_text_equal((*out)[at - 1].history->party, histories[i].party) &&
               tl_date_compare((*out)[at - 1].life.first, agreed.life.first) > 0;
             at--)
            (*out)[at] = (*out)[at - 1];
        (*out)[at] = agreed;
    }
    if (status == TL_ERR_STATE)
        err->status = status = TL_ERR_BROKEN;
    return status;
}

/* Of one party's memberships: the last that begins up to `until`, or the first where none does; with the days of those
 * before it that reach into the year. */
static tl_status add_party(struct tl_roster *out, const struct agreed *agreed, size_t count,
                           const struct pledges *pledges, struct tl_store *store, struct tl_date on,
                           struct tl_date until, struct tl_err *err)
{
    size_t chosen = 0;
    struct tl_member *member = &out->members[out->count++];
    while (chosen + 1 < count && tl_date_compare(agreed[chosen + 1].life.first, until) <= 0)
        chosen++;
    tl_status status = complete(member, &agreed[chosen], pledges, store, on, &out->arena, err);
    for (size_t i = 0; status == TL_OK && i < chosen; i++)
        if (tl_date_year(agreed[i].life.last) >= tl_date_year(until))
            status = add_earlier(member, &agreed[i], &out->arena, err);
    return status;
}

/* With `until` none, every membership stands for itself. */
static tl_status read_roster(struct tl_roster *out, struct tl_store *store, const char *product, struct tl_date on,
                             struct tl_date until, const char *drafted, struct tl_err *err)
{
    struct agreed *agreed = NULL;
    struct pledges pledges = {NULL, 0};
    size_t count = 0;
    *out = (struct tl_roster)TL_ROSTER_EMPTY;
    tl_status status = read_agreed(&agreed, &count, store, product, drafted, &out->arena, err);
    if (status == TL_OK)
        status = tl_pledge_list(&pledges.items, &pledges.count, store, NULL, on, &out->arena, err);
    if (status == TL_OK && (out->members = tl_arena_alloc(&out->arena, count, sizeof *out->members)) == NULL)
        status = tl_err_memory(err);
    for (size_t i = 0, behind; status == TL_OK && i < count; i = behind) {
        behind = i + 1;
        if (tl_date_is_none(until)) {
            status = complete(&out->members[out->count++], &agreed[i], &pledges, store, on, &out->arena, err);
            continue;
        }
        while (behind < count && tl_text_equal(agreed[behind].history->party, agreed[i].history->party))
            behind++;
        status = add_party(out, &agreed[i], behind - i, &pledges, store, on, until, err);
    }
    if (status != TL_OK)
        tl_roster_release(out);
    return status;
}

tl_status tl_roster_read(struct tl_roster *out, struct tl_store *store, const char *product, struct tl_date on,
                         struct tl_err *err)
{
    return read_roster(out, store, product, on, tl_period_of_year(tl_date_year(on)).last, NULL, err);
}

tl_status tl_roster_read_drafted(struct tl_roster *out, struct tl_store *store, const char *product, struct tl_date on,
                                 const char *drafted, struct tl_err *err)
{
    return read_roster(out, store, product, on, tl_period_of_year(tl_date_year(on)).last, drafted, err);
}

tl_status tl_roster_read_all(struct tl_roster *out, struct tl_store *store, const char *product, struct tl_date on,
                             struct tl_err *err)
{
    return read_roster(out, store, product, on, (struct tl_date){0}, NULL, err);
}

/* The agreement of a party that is on its way, if there is one. */
static tl_status find_draft(struct agreed *out, struct tl_store *store, const char *product, const char *code,
                            struct tl_arena *arena, struct tl_err *err)
{
    struct tl_membership_history *histories = NULL;
    size_t count = 0;
    out->history = NULL;
    tl_status status = tl_membership_history_list(&histories, &count, store, product, code, arena, err);
    for (size_t i = 0; status == TL_OK && i < count; i++) {
        struct tl_membership_life life;
        status = tl_membership_state_follow(&life, &histories[i], (struct tl_date){0}, err);
        if (status == TL_OK && !life.is_agreed && life.state != TL_MEMBERSHIP_STATE_WITHDRAWN)
            *out = (struct agreed){&histories[i], life};
    }
    return status;
}

/* What the draft says, from the day that it is tried from. */
static tl_status try_draft(struct tl_member *out, const struct agreed *draft, struct tl_date on, struct tl_arena *arena,
                           struct tl_err *err)
{
    bool in_year = tl_date_year(draft->life.first) == tl_date_year(on);
    out->first = out->signed_on = in_year ? draft->life.first : on;
    tl_status status = take_facts(out, draft->history, draft->life.first, arena, err);
    struct tl_option_taken *options = tl_arena_alloc(arena, out->option_count, sizeof *options);
    if (status == TL_OK && options == NULL)
        status = tl_err_memory(err);
    for (size_t i = 0; status == TL_OK && i < out->option_count; i++)
        options[i] = (struct tl_option_taken){out->options[i].option, out->first, {0}};
    out->options = options;
    return status;
}

tl_status tl_roster_try(struct tl_member *out, struct tl_store *store, const char *product, const char *code,
                        struct tl_date on, struct tl_arena *arena, struct tl_err *err)
{
    struct agreed draft;
    struct pledges pledges = {NULL, 0};
    struct tl_party party;
    struct tl_figure *figures = NULL;
    *out = (struct tl_member){.code = code, .signed_on = on, .first = on};
    tl_status status = tl_party_find(&party, store, code, on, arena, err);
    if (status == TL_OK)
        status = find_draft(&draft, store, product, code, arena, err);
    if (status == TL_OK && draft.history != NULL)
        status = try_draft(out, &draft, on, arena, err);
    if (status == TL_OK)
        status = tl_pledge_list(&pledges.items, &pledges.count, store, NULL, on, arena, err);
    if (status == TL_OK && pledges.count > 0)
        status = take_pledges(out, &pledges, product, out->first, arena, err);
    if (status == TL_OK)
        status = tl_party_association(&out->association, store, code, out->first, err);
    if (status == TL_OK)
        status = tl_figure_list(&figures, &out->figure_count, store, code, arena, err);
    if (status != TL_OK)
        return status;
    out->name = party.name;
    out->figures = figures;
    return TL_OK;
}

void tl_roster_release(struct tl_roster *roster)
{
    tl_arena_release(&roster->arena);
    *roster = (struct tl_roster)TL_ROSTER_EMPTY;
}

const struct tl_member *tl_roster_find(const struct tl_roster *roster, const char *code)
{
    for (size_t i = 0; i < roster->count; i++)
        if (tl_text_equal(roster->members[i].code, code))
            return &roster->members[i];
    return NULL;
}

static bool runs_in(struct tl_date first, struct tl_date last, struct tl_period period)
{
    return tl_date_compare(first, period.last) <= 0 &&
           (tl_date_is_none(last) || tl_date_compare(last, period.first) >= 0);
}

const struct tl_member *tl_roster_find_in(const struct tl_roster *roster, const char *code, int year)
{
    const struct tl_member *member = tl_roster_find(roster, code);
    struct tl_period period = tl_period_of_year(year);
    if (member == NULL)
        return NULL;
    bool runs = runs_in(member->first, member->last, period);
    for (size_t i = 0; i < member->earlier_count; i++)
        runs = runs || runs_in(member->earlier[i].first, member->earlier[i].last, period);
    return runs ? member : NULL;
}
