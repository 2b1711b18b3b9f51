/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/agreement/membership.h"

#include "membership_parts.h"
#include "terms_words.h"
#include "tilslut/agreement/party.h"
#include "tilslut/agreement/product.h"
#include "tilslut/base/text.h"

/* Whether a membership stands in the way of one that begins on a day: it is on its way, or has not ended before. */
static bool is_in_the_way(const struct tl_membership_life *life, struct tl_date from)
{
    return life->state != TL_MEMBERSHIP_STATE_WITHDRAWN &&
           (tl_date_is_none(life->last) || tl_date_compare(life->last, from) >= 0);
}

static tl_status refuse_second(const struct tl_joining *joining, const struct tl_party *party,
                               const struct tl_membership_history *history, const struct tl_membership_life *recorded,
                               struct tl_err *err)
{
    struct tl_membership_life then;
    tl_status status = tl_membership_state_follow(&then, history, joining->from, err);
    if (status != TL_OK)
        return status;
    bool is_later = then.state == TL_MEMBERSHIP_STATE_NONE;
    return tl_membership_refuse_second(joining->product, party, is_later ? recorded : &then, err);
}

static tl_status check_not_member(struct tl_store *store, const struct tl_joining *joining,
                                  const struct tl_party *party, struct tl_arena *arena, struct tl_err *err)
{
    struct tl_membership_history *histories = NULL;
    struct tl_membership_life life;
    size_t count = 0;
    tl_status status = tl_membership_history_list(&histories, &count, store, joining->product, party->code, arena, err);
    for (size_t i = 0; status == TL_OK && i < count; i++) {
        status = tl_membership_state_follow(&life, &histories[i], (struct tl_date){0}, err);
        if (status == TL_OK && is_in_the_way(&life, joining->from))
            status = refuse_second(joining, party, &histories[i], &life, err);
    }
    return status;
}

static tl_status check_class(const struct tl_joining *joining, const struct tl_terms *terms, struct tl_err *err)
{
    if (joining->class_by_hand == NULL)
        return TL_OK;
    tl_status status = tl_terms_words_check_class(terms, joining->class_by_hand, err);
    if (status == TL_OK && (joining->class_reason == NULL || joining->class_reason[0] == '\0')) {
        status = tl_err_set(err, TL_ERR_MISSING, "a size class set by hand needs a reason");
        tl_err_hint(err, "add --reason \"...\"");
    }
    return status;
}

static tl_status check_against_terms(struct tl_store *store, const struct tl_joining *joining, struct tl_err *err)
{
    struct tl_terms terms;
    tl_status status = tl_membership_read_terms(&terms, store, joining->product, joining->from, err);
    for (size_t i = 0; status == TL_OK && i < joining->option_count; i++)
        status = tl_terms_words_check_option(&terms, joining->options[i], err);
    for (size_t i = 0; status == TL_OK && i < joining->waiver_count; i++)
        status = tl_terms_words_check_tag(&terms, joining->waivers[i], err);
    if (status == TL_OK)
        status = check_class(joining, &terms, err);
    if (status == TL_OK && joining->waiver_count > 0 && (joining->evidence == NULL || joining->evidence[0] == '\0')) {
        status = tl_err_set(err, TL_ERR_MISSING, "the waiver '%s' needs evidence", joining->waivers[0]);
        tl_err_hint(err, "add --evidence \"where it is documented\"");
    }
    tl_terms_release(&terms);
    return status;
}

/* Everything that is recorded when an agreement is drafted, or joined by in one go. */
static tl_status list_facts(struct tl_membership_history *out, const struct tl_joining *joining, struct tl_date drafted,
                            struct tl_arena *arena, struct tl_err *err)
{
    static const tl_membership_event steps[] = {TL_MEMBERSHIP_DRAFTED, TL_MEMBERSHIP_SENT, TL_MEMBERSHIP_SIGNED,
                                                TL_MEMBERSHIP_COUNTERSIGNED};
    enum { STEPS = sizeof steps / sizeof steps[0], OTHERS = 2 };
    *out = (struct tl_membership_history){.product = joining->product, .party = joining->party};
    out->facts =
        tl_arena_alloc(arena, STEPS + OTHERS + joining->option_count + joining->waiver_count, sizeof *out->facts);
    if (out->facts == NULL)
        return tl_err_memory(err);
    for (size_t i = 0; i < (tl_date_is_none(joining->signed_on) ? 1 : STEPS); i++)
        out->facts[out->count++] =
            (struct tl_membership_fact){.event = steps[i], .on = drafted, .detail = "", .evidence = ""};
    out->facts[out->count++] = (struct tl_membership_fact){
        .event = TL_MEMBERSHIP_BEGINS, .on = joining->from, .detail = "", .evidence = "", .is_drafted = true};
    for (size_t i = 0; i < joining->option_count; i++)
        out->facts[out->count++] = (struct tl_membership_fact){.event = TL_MEMBERSHIP_OPTION_TAKEN,
                                                               .on = joining->from,
                                                               .detail = joining->options[i],
                                                               .evidence = "",
                                                               .is_drafted = true};
    for (size_t i = 0; i < joining->waiver_count; i++)
        out->facts[out->count++] = (struct tl_membership_fact){.event = TL_MEMBERSHIP_WAIVER,
                                                               .on = drafted,
                                                               .detail = joining->waivers[i],
                                                               .evidence = joining->evidence,
                                                               .is_drafted = true};
    if (joining->class_by_hand != NULL)
        out->facts[out->count++] = (struct tl_membership_fact){.event = TL_MEMBERSHIP_CLASS_BY_HAND,
                                                               .on = joining->from,
                                                               .detail = joining->class_by_hand,
                                                               .evidence = joining->class_reason,
                                                               .is_drafted = true};
    return TL_OK;
}

static tl_status record(int64_t *id, struct tl_store *store, const struct tl_joining *joining, struct tl_date drafted,
                        struct tl_arena *arena, struct tl_err *err)
{
    struct tl_membership_history history;
    struct tl_membership_life life;
    tl_status status = list_facts(&history, joining, drafted, arena, err);
    if (status == TL_OK)
        status = tl_membership_state_follow(&life, &history, (struct tl_date){0}, err);
    if (status == TL_OK)
        status = tl_membership_add(id, store, joining->product, joining->party, err);
    for (size_t i = 0; status == TL_OK && i < history.count; i++)
        status = tl_membership_add_fact(store, *id, &history.facts[i], err);
    return status;
}

static tl_status begin(int64_t *id, struct tl_store *store, const struct tl_joining *joining, struct tl_date drafted,
                       struct tl_err *err)
{
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct tl_product product;
    struct tl_party party;
    tl_status status = tl_product_find(&product, store, joining->product, &arena, err);
    if (status == TL_OK)
        status = tl_party_find(&party, store, joining->party, joining->from, &arena, err);
    if (status == TL_OK)
        status = check_not_member(store, joining, &party, &arena, err);
    if (status == TL_OK)
        status = check_against_terms(store, joining, err);
    if (status == TL_OK)
        status = record(id, store, joining, drafted, &arena, err);
    tl_arena_release(&arena);
    return status;
}

tl_status tl_membership_draft(int64_t *id, struct tl_store *store, const struct tl_joining *joining, struct tl_date on,
                              struct tl_err *err)
{
    struct tl_joining unsigned_yet = *joining;
    unsigned_yet.signed_on = (struct tl_date){0};
    return begin(id, store, &unsigned_yet, on, err);
}

tl_status tl_membership_join(int64_t *id, struct tl_store *store, const struct tl_joining *joining, struct tl_err *err)
{
    return begin(id, store, joining, joining->signed_on, err);
}
