/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/agreement/handover.h"

#include "membership_parts.h"
#include "tilslut/agreement/party.h"
#include "tilslut/agreement/pledge.h"
#include "tilslut/base/text.h"

static tl_status check_grounds(const struct tl_handover *handover, struct tl_err *err)
{
    if (handover->evidence[0] == '\0') {
        (void)tl_err_set(err, TL_ERR_MISSING, "a handover needs evidence");
        tl_err_hint(err, "add --evidence \"where it is decided\"");
        return TL_ERR_MISSING;
    }
    for (size_t i = 0; i < handover->to_count; i++)
        if (tl_text_equal(handover->to[i], handover->from))
            return tl_err_set(err, TL_ERR_INPUT, "'%.40s' cannot be handed over to itself", handover->from);
    return TL_OK;
}

/* `0751,0461` */
static tl_status join_codes(const char **out, const struct tl_handover *handover, struct tl_arena *arena,
                            struct tl_err *err)
{
    *out = handover->to[0];
    for (size_t i = 1; *out != NULL && i < handover->to_count; i++)
        *out = tl_arena_format(arena, "%s,%s", *out, handover->to[i]);
    return *out == NULL ? tl_err_memory(err) : TL_OK;
}

/* Whether an event undoes another of the same kind of fact. */
static bool undoes(tl_membership_event event, const struct tl_membership_fact *of, const struct tl_membership_fact *by)
{
    bool same_word = tl_text_equal(of->detail, by->detail);
    switch (event) {
    case TL_MEMBERSHIP_OPTION_TAKEN:
        return by->event == TL_MEMBERSHIP_OPTION_DROPPED && same_word;
    case TL_MEMBERSHIP_GROUP_JOINED:
        return by->event == TL_MEMBERSHIP_GROUP_LEFT && same_word;
    case TL_MEMBERSHIP_CLASS_BY_HAND:
    case TL_MEMBERSHIP_CLASS_FROZEN:
        return by->event == event;
    case TL_MEMBERSHIP_PASSIVE:
        return by->event == TL_MEMBERSHIP_ACTIVE || by->event == TL_MEMBERSHIP_PASSIVE;
    default:
        return false;
    }
}

/* Whether what happened before the handover is a right that goes with the membership. */
static bool goes_along(const struct tl_membership_history *old, size_t at, struct tl_date on)
{
    const struct tl_membership_fact *fact = &old->facts[at];
    switch (fact->event) {
    case TL_MEMBERSHIP_SIGNED:
    case TL_MEMBERSHIP_WAIVER:
        return tl_date_compare(fact->on, on) <= 0;
    case TL_MEMBERSHIP_OPTION_TAKEN:
    case TL_MEMBERSHIP_CLASS_BY_HAND:
    case TL_MEMBERSHIP_CLASS_FROZEN:
    case TL_MEMBERSHIP_GROUP_JOINED:
    case TL_MEMBERSHIP_PASSIVE:
        break;
    default:
        return false;
    }
    for (size_t i = at + 1; i < old->count; i++)
        if (tl_date_compare(old->facts[i].on, on) <= 0 && undoes(fact->event, fact, &old->facts[i]))
            return false;
    bool is_over = !tl_date_is_none(fact->until) && tl_date_compare(fact->until, on) < 0;
    return tl_date_compare(fact->on, on) <= 0 && !is_over;
}

/* What is carried on keeps its date where that decides something; the rest holds from the day of the handover. */
static tl_status carry_rights(struct tl_store *store, int64_t id, const struct tl_membership_history *old,
                              struct tl_date on, struct tl_err *err)
{
    tl_status status = TL_OK;
    for (size_t i = 0; status == TL_OK && i < old->count; i++) {
        if (!goes_along(old, i, on))
            continue;
        struct tl_membership_fact fact = old->facts[i];
        bool keeps_date = fact.event == TL_MEMBERSHIP_SIGNED || fact.event == TL_MEMBERSHIP_WAIVER;
        if (!keeps_date)
            fact.on = on;
        status = tl_membership_add_fact(store, id, &fact, err);
    }
    return status;
}

static bool has_waiver(const struct tl_membership_history *old, const char *tag)
{
    for (size_t i = 0; i < old->count; i++)
        if (old->facts[i].event == TL_MEMBERSHIP_WAIVER && tl_text_equal(old->facts[i].detail, tag))
            return true;
    return false;
}

/* What the old member pledged, and is a waiver for that, is one for the new. */
static tl_status carry_pledges(struct tl_store *store, int64_t id, const struct tl_handover *handover,
                               const struct tl_membership_history *old, struct tl_arena *arena, struct tl_err *err)
{
    struct tl_pledge *pledges = NULL;
    size_t count = 0;
    tl_status status = tl_pledge_list(&pledges, &count, store, NULL, handover->on, arena, err);
    for (size_t i = 0; status == TL_OK && i < count; i++) {
        const struct tl_pledge *pledge = &pledges[i];
        if (pledge->state != TL_PLEDGE_BINDING || !tl_text_equal(pledge->party, handover->from) ||
            !tl_text_equal(pledge->product, handover->product) || has_waiver(old, pledge->project))
            continue;
        struct tl_membership_fact fact = {
            .event = TL_MEMBERSHIP_WAIVER,
            .on = pledge->binding_on,
            .detail = pledge->project,
            .evidence = tl_arena_format(arena, "pledge of %s: %s", handover->from, pledge->evidence)};
        status = fact.evidence == NULL ? tl_err_memory(err) : tl_membership_add_fact(store, id, &fact, err);
    }
    return status;
}

static tl_status take_over(struct tl_store *store, const struct tl_handover *handover, const char *party,
                           const struct tl_membership_history *old, struct tl_arena *arena, struct tl_err *err)
{
    int64_t id = 0;
    const struct tl_membership_fact facts[] = {
        {.event = TL_MEMBERSHIP_TAKEN_OVER,
         .on = handover->on,
         .detail = handover->from,
         .evidence = handover->evidence},
        {.event = TL_MEMBERSHIP_BEGINS, .on = handover->on, .detail = "", .evidence = ""},
    };
    tl_status status = tl_membership_add(&id, store, handover->product, party, err);
    for (size_t i = 0; status == TL_OK && i < sizeof facts / sizeof facts[0]; i++)
        status = tl_membership_add_fact(store, id, &facts[i], err);
    if (status == TL_OK)
        status = carry_rights(store, id, old, handover->on, err);
    return status == TL_OK ? carry_pledges(store, id, handover, old, arena, err) : status;
}

/* A member that day goes on as one, and its history names the other. Everybody else begins. */
static tl_status give_to(struct tl_store *store, const struct tl_handover *handover, const char *code,
                         const struct tl_membership_history *old, struct tl_arena *arena, struct tl_err *err)
{
    const struct tl_membership_fact fact = {.event = TL_MEMBERSHIP_TAKEN_OVER,
                                            .on = handover->on,
                                            .detail = handover->from,
                                            .evidence = handover->evidence};
    struct tl_membership_history *histories = NULL;
    struct tl_membership_life life;
    struct tl_party party;
    size_t count = 0;
    tl_status status = tl_party_find(&party, store, code, handover->on, arena, err);
    if (status == TL_OK)
        status = tl_membership_history_list(&histories, &count, store, handover->product, code, arena, err);
    for (size_t i = 0; status == TL_OK && i < count; i++) {
        status = tl_membership_state_follow(&life, &histories[i], handover->on, err);
        if (status != TL_OK)
            break;
        if (tl_membership_state_allows(life.state, TL_MEMBERSHIP_TAKEN_OVER) && life.state != TL_MEMBERSHIP_STATE_NONE)
            return tl_membership_history_step(store, handover->product, code, &fact, err);
        /* one that is drafted later is told of as recorded */
        if (life.state == TL_MEMBERSHIP_STATE_NONE)
            status = tl_membership_state_follow(&life, &histories[i], (struct tl_date){0}, err);
        if (status == TL_OK && life.state != TL_MEMBERSHIP_STATE_ENDED && life.state != TL_MEMBERSHIP_STATE_WITHDRAWN)
            status = tl_membership_refuse_second(handover->product, &party, &life, err);
    }
    return status == TL_OK ? take_over(store, handover, code, old, arena, err) : status;
}

tl_status tl_handover_record(struct tl_store *store, const struct tl_handover *handover, struct tl_err *err)
{
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct tl_membership_history old;
    struct tl_membership_fact fact = {
        .event = TL_MEMBERSHIP_HANDED_OVER, .on = handover->on, .evidence = handover->evidence};
    tl_status status = check_grounds(handover, err);
    if (status == TL_OK)
        status = join_codes(&fact.detail, handover, &arena, err);
    if (status == TL_OK)
        status = tl_membership_find(&old, store, handover->product, handover->from, &fact, &arena, err);
    if (status == TL_OK)
        status = tl_membership_add_fact(store, old.id, &fact, err);
    for (size_t i = 0; status == TL_OK && i < handover->to_count; i++)
        status = give_to(store, handover, handover->to[i], &old, &arena, err);
    tl_arena_release(&arena);
    return status;
}
