/* SPDX-License-Identifier: MPL-2.0 */
/*
 * The last days to give notice. A notice goes by the text that binds the member on its day: those who follow the terms
 * in force share one row of their product, and each that an older text still binds has its own.
 */
#include "overview_parts.h"
#include "terms_versions.h"
#include "tilslut/agreement/notice_period.h"
#include "tilslut/agreement/terms_binding.h"
#include "tilslut/base/text.h"

/* Days in which the same version is in force, to the first of the next. */
struct stretch {
    struct tl_date first;
    size_t in_force; /* the count of versions where there is none */
    struct tl_terms_bindings bindings;
};

struct notices {
    struct tl_overview_run *run;
    const char *product;
    struct tl_terms_versions versions;
    struct stretch *stretches;
    size_t count;
};

/* Who gives notice: one member, or (NULL) all who follow the terms in force. */
struct giver {
    const char *party, *name;
};

static tl_status add_stretch(struct notices *notices, struct tl_date first, struct tl_err *err)
{
    struct tl_overview_run *run = notices->run;
    struct stretch *stretch = &notices->stretches[notices->count++];
    *stretch = (struct stretch){.first = first, .in_force = tl_terms_versions_in_force(&notices->versions, first)};
    if (stretch->in_force == notices->versions.count || notices->versions.count < 2)
        return TL_OK;
    return tl_terms_binding_list(&stretch->bindings, run->store, notices->product, first, run->arena, err);
}

/* The period begins one, and each version that comes into force in it, or the day after. */
static tl_status find_stretches(struct notices *notices, struct tl_err *err)
{
    const struct tl_period period = notices->run->out->period;
    const struct tl_terms_versions *versions = &notices->versions;
    struct tl_date behind = tl_date_add_days(period.last, 1);
    notices->stretches = tl_arena_alloc(notices->run->arena, versions->count + 1, sizeof *notices->stretches);
    if (notices->stretches == NULL)
        return tl_err_memory(err);
    tl_status status = add_stretch(notices, period.first, err);
    for (size_t i = 0; status == TL_OK && i < versions->count; i++) {
        struct tl_date first = versions->items[i].adopted->valid_from;
        if (tl_date_compare(first, notices->stretches[notices->count - 1].first) > 0 &&
            tl_date_compare(first, behind) <= 0)
            status = add_stretch(notices, first, err);
    }
    return status;
}

static const struct stretch *stretch_of(const struct notices *notices, struct tl_date day)
{
    size_t at = notices->count - 1;
    while (at > 0 && tl_date_compare(notices->stretches[at].first, day) > 0)
        at--;
    return &notices->stretches[at];
}

static const struct tl_terms_binding *binding_of(const struct stretch *stretch, const char *party)
{
    for (size_t i = 0; i < stretch->bindings.count; i++)
        if (tl_text_equal(stretch->bindings.items[i].member, party))
            return &stretch->bindings.items[i];
    return NULL;
}

static bool follows(const struct notices *notices, const struct stretch *stretch,
                    const struct tl_terms_binding *binding)
{
    return binding->text->version == notices->versions.items[stretch->in_force].adopted->version;
}

/* Whether any of those that are looked at goes by the terms in force; so does a product without members. */
static bool somebody_follows(const struct notices *notices, const struct stretch *stretch)
{
    bool any = false;
    for (size_t i = 0; i < stretch->bindings.count; i++) {
        const struct tl_terms_binding *binding = &stretch->bindings.items[i];
        if (notices->run->party != NULL && !tl_text_equal(notices->run->party, binding->member))
            continue;
        if (follows(notices, stretch, binding))
            return true;
        any = true;
    }
    return !any;
}

/* The terms that a notice of the day goes by, or NULL; *counts says whether the giver has a row for the day. */
static const struct tl_terms *terms_on(bool *counts, const struct notices *notices, const struct giver *giver,
                                       struct tl_date day)
{
    const struct stretch *stretch = stretch_of(notices, day);
    *counts = false;
    if (stretch->in_force == notices->versions.count)
        return NULL;
    const struct tl_terms *in_force = &notices->versions.items[stretch->in_force].terms;
    if (giver->party == NULL) {
        *counts = somebody_follows(notices, stretch);
        return in_force;
    }
    const struct tl_terms_binding *binding = binding_of(stretch, giver->party);
    if (binding == NULL)
        return NULL;
    *counts = !follows(notices, stretch, binding);
    return &notices->versions.items[tl_terms_versions_index(&notices->versions, binding->text->version)].terms;
}

/* The end that a notice of the day reaches; none where the terms have none. */
static struct tl_date end_of(const struct tl_terms *terms, struct tl_date day)
{
    return terms == NULL || terms->notice.months == 0 ? (struct tl_date){0} : tl_notice_period_end(terms->notice, day);
}

/* Each day after which a notice reaches a later end only. */
static tl_status add_days(const struct notices *notices, const struct giver *giver, struct tl_err *err)
{
    const struct tl_period period = notices->run->out->period;
    tl_status status = TL_OK;
    bool counts, ignored;
    for (struct tl_date day = period.first; status == TL_OK && tl_date_compare(day, period.last) <= 0;) {
        struct tl_date next = tl_date_add_days(day, 1);
        struct tl_date end = end_of(terms_on(&counts, notices, giver, day), day);
        struct tl_date later = tl_date_is_none(next) ? next : end_of(terms_on(&ignored, notices, giver, next), next);
        if (counts && !tl_date_is_none(end) && tl_date_compare(later, end) > 0) {
            struct tl_overview_coming coming = {
                day, TL_OVERVIEW_NOTICE, notices->product, giver->party == NULL ? "" : giver->party, giver->name, "",
                end};
            status = tl_overview_add_coming(notices->run, &coming, err);
        }
        if (tl_date_is_none(next))
            break;
        day = next;
    }
    return status;
}

/* Who has given notice, or whose last day is known for another reason, gives none. */
static bool is_leaving(const struct notices *notices, const char *party)
{
    const struct tl_overview *out = notices->run->out;
    for (size_t i = 0; i < out->agreement_count; i++)
        if (tl_text_equal(out->agreements[i].product, notices->product) &&
            tl_text_equal(out->agreements[i].party, party) && tl_date_is_none(out->agreements[i].last))
            return false;
    return true;
}

/* Each member that an older text binds at some time, once. */
static tl_status add_bound(const struct notices *notices, struct tl_err *err)
{
    tl_status status = TL_OK;
    for (size_t at = 0; at < notices->count; at++) {
        const struct stretch *stretch = &notices->stretches[at];
        for (size_t i = 0; status == TL_OK && i < stretch->bindings.count; i++) {
            const struct tl_terms_binding *binding = &stretch->bindings.items[i];
            const struct giver giver = {binding->member, binding->name};
            bool was_there = follows(notices, stretch, binding) || is_leaving(notices, binding->member);
            for (size_t before = 0; before < at && !was_there; before++) {
                const struct tl_terms_binding *earlier = binding_of(&notices->stretches[before], binding->member);
                was_there = earlier != NULL && !follows(notices, &notices->stretches[before], earlier);
            }
            if (!was_there)
                status = add_days(notices, &giver, err);
        }
    }
    return status;
}

tl_status tl_overview_notice_coming(struct tl_overview_run *run, const struct tl_product *product, struct tl_err *err)
{
    static const struct giver everybody = {NULL, ""};
    struct notices notices = {.run = run, .product = product->code};
    struct tl_err missing = TL_ERR_NONE;
    tl_status status = tl_terms_versions_read(&notices.versions, run->store, product->code, run->arena, &missing);
    bool has_terms = status != TL_ERR_MISSING;
    if (status != TL_OK && has_terms)
        *err = missing;
    status = has_terms ? status : TL_OK;
    if (status == TL_OK && has_terms)
        status = find_stretches(&notices, err);
    if (status == TL_OK && has_terms)
        status = add_days(&notices, &everybody, err);
    if (status == TL_OK && has_terms)
        status = add_bound(&notices, err);
    tl_terms_versions_release(&notices.versions);
    return status;
}
