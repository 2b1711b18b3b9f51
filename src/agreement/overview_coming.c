/* SPDX-License-Identifier: MPL-2.0 */
#include "overview_parts.h"
#include "tilslut/agreement/party.h"
#include "tilslut/agreement/project.h"
#include "tilslut/agreement/terms_book.h"
#include "tilslut/agreement/unit.h"
#include "tilslut/base/text.h"

tl_status tl_overview_add_coming(struct tl_overview_run *run, const struct tl_overview_coming *coming,
                                 struct tl_err *err)
{
    struct tl_overview *out = run->out;
    if (tl_date_is_none(coming->on) || !tl_period_contains(out->period, coming->on))
        return TL_OK;
    out->coming = tl_arena_grow(run->arena, out->coming, out->coming_count, &run->coming_capacity, sizeof *out->coming);
    if (out->coming == NULL || coming->detail == NULL)
        return tl_err_memory(err);
    out->coming[out->coming_count++] = *coming;
    return TL_OK;
}

tl_status tl_overview_product_coming(struct tl_overview_run *run, const struct tl_product *product, struct tl_err *err)
{
    struct tl_adopted *versions = NULL;
    size_t count = 0;
    tl_status status = tl_terms_book_list(&versions, &count, run->store, product->code, run->arena, err);
    for (size_t i = 0; status == TL_OK && i < count; i++) {
        struct tl_overview_coming coming = {versions[i].valid_from,
                                            TL_OVERVIEW_TERMS,
                                            product->code,
                                            "",
                                            "",
                                            tl_arena_format(run->arena, "version %d", versions[i].version),
                                            {0}};
        status = tl_overview_add_coming(run, &coming, err);
    }
    return status == TL_OK ? tl_overview_notice_coming(run, product, err) : status;
}

tl_status tl_overview_agreement_coming(struct tl_overview_run *run, const struct tl_membership_history *history,
                                       const struct tl_overview_agreement *agreement, struct tl_err *err)
{
    struct tl_overview_coming coming = {
        agreement->first, TL_OVERVIEW_BEGINS, agreement->product, agreement->party, agreement->party_name, "", {0}};
    tl_status status = tl_overview_add_coming(run, &coming, err);
    coming.on = agreement->last;
    coming.kind = TL_OVERVIEW_ENDS;
    if (status == TL_OK)
        status = tl_overview_add_coming(run, &coming, err);
    for (size_t i = 0; status == TL_OK && i < history->count; i++) {
        const struct tl_membership_fact *fact = &history->facts[i];
        if (fact->event != TL_MEMBERSHIP_CLASS_FROZEN)
            continue;
        coming.on = fact->until;
        coming.kind = TL_OVERVIEW_FROZEN;
        coming.detail = fact->detail;
        status = tl_overview_add_coming(run, &coming, err);
    }
    return status;
}

tl_status tl_overview_project_coming(struct tl_overview_run *run, const struct tl_product *product, struct tl_err *err)
{
    struct tl_project *projects = NULL;
    size_t count = 0;
    tl_status status = tl_project_list(&projects, &count, run->store, run->arena, err);
    for (size_t i = 0; status == TL_OK && i < count; i++) {
        struct tl_overview_coming coming = {
            projects[i].deadline, TL_OVERVIEW_PLEDGES, product->code, "", "", projects[i].code, {0}};
        if (!projects[i].is_funded && tl_text_equal(projects[i].product, product->code))
            status = tl_overview_add_coming(run, &coming, err);
    }
    return status;
}

tl_status tl_overview_unit_coming(struct tl_overview_run *run, struct tl_err *err)
{
    struct tl_unit *units = NULL;
    size_t count = 0;
    tl_status status = tl_unit_list(&units, &count, run->store, run->party, run->on, run->arena, err);
    for (size_t i = 0; status == TL_OK && i < count; i++) {
        struct tl_overview_coming coming = {units[i].until, TL_OVERVIEW_UNIT_CLOSES, "", units[i].party,
                                            units[i].name,  units[i].code,           {0}};
        status = tl_overview_add_coming(run, &coming, err);
    }
    return status;
}
