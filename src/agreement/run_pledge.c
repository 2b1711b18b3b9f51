/* SPDX-License-Identifier: MPL-2.0 */
#include "run_pledge.h"

#include <string.h>

#include "run_row.h"
#include "tilslut/agreement/pledge.h"
#include "tilslut/base/text.h"

static tl_status refuse_unfunded(const struct tl_project *project, struct tl_err *err)
{
    char pledged[TL_MONEY_TEXT_SIZE], threshold[TL_MONEY_TEXT_SIZE];
    (void)tl_err_set(
        err, TL_ERR_STATE,
        "the project '%s' is not decided on, so its pledges don't bind: %s of a threshold of %s is pledged",
        project->code, tl_money_da(project->pledged, pledged), tl_money_da(project->threshold, threshold));
    tl_err_hint(err, "record the decision with: tilslut project fund %s --decision \"styregruppe 2026-10-06 pkt. 2\"",
                project->code);
    return TL_ERR_STATE;
}

tl_status tl_run_check_project(struct tl_store *store, const struct tl_product_year *year, const char *code,
                               struct tl_arena *arena, struct tl_err *err)
{
    struct tl_project project;
    char date[TL_DATE_TEXT_SIZE];
    tl_status status = tl_project_find(&project, store, code, arena, err);
    if (status != TL_OK)
        return status;
    if (!tl_text_equal(project.product, year->product.code)) {
        (void)tl_err_set(err, TL_ERR_NOT_FOUND, "'%s' is a project of '%s', not of '%s'", project.code, project.product,
                         year->product.code);
        tl_err_hint(err, "tilslut bill %s %d --pledges %s", project.product, year->year, project.code);
        return TL_ERR_NOT_FOUND;
    }
    if (!project.is_funded)
        return refuse_unfunded(&project, err);
    if (tl_date_year(project.funding.date) > year->year)
        return tl_err_set(err, TL_ERR_STATE, "the pledges to '%s' bind from %s on, so they are not billed for %d",
                          project.code, tl_date_iso(project.funding.date, date), year->year);
    if (tl_terms_line(&year->terms, project.code) != NULL)
        return tl_err_set(err, TL_ERR_CONFLICT, "the terms of '%s' have a line '%s', as the project is called",
                          project.product, project.code);
    return TL_OK;
}

tl_status tl_run_check_pledgers(struct tl_store *store, const struct tl_run_request *request, struct tl_arena *arena,
                                struct tl_err *err)
{
    struct tl_pledge *pledges = NULL;
    size_t count = 0;
    tl_status status =
        tl_pledge_list(&pledges, &count, store, request->pledges_to, tl_period_of_year(request->year).last, arena, err);
    for (size_t i = 0; status == TL_OK && i < request->member_count; i++) {
        bool found = false;
        for (size_t j = 0; j < count; j++)
            found = found ||
                    (pledges[j].state == TL_PLEDGE_BINDING && tl_text_equal(pledges[j].party, request->members[i]));
        if (found)
            continue;
        status = tl_err_set(err, TL_ERR_NOT_FOUND, "'%.60s' has no pledge to '%s' that binds", request->members[i],
                            request->pledges_to);
        tl_err_hint(err, "tilslut list pledges %s shows them", request->pledges_to);
    }
    return status;
}

static bool is_taxed_alike(const struct tl_vat *one, const struct tl_vat *other)
{
    return tl_text_equal(one->code, other->code) && tl_ratio_compare(one->rate, other->rate) == 0 &&
           tl_text_equal(one->reason, other->reason);
}

/* The VAT of the terms' one-off contributions, or of all their lines where they have none. */
static tl_status find_vat(struct tl_vat *out, const struct tl_terms *terms, struct tl_err *err)
{
    bool has_contributions = false, found = false;
    for (size_t i = 0; i < terms->line_count; i++)
        has_contributions = has_contributions || tl_text_equal(terms->lines[i].account, TL_ACCOUNT_CONTRIBUTION);
    for (size_t i = 0; i < terms->line_count; i++) {
        const struct tl_line *line = &terms->lines[i];
        if (has_contributions && !tl_text_equal(line->account, TL_ACCOUNT_CONTRIBUTION))
            continue;
        if (found && !is_taxed_alike(out, &line->vat)) {
            (void)tl_err_set(err, TL_ERR_STATE,
                             "the lines of the terms of '%s' have VAT in several ways, so it is not known how a pledge "
                             "is taxed",
                             terms->product);
            tl_err_hint(err, "adopt terms whose lines of account " TL_ACCOUNT_CONTRIBUTION " have the same VAT");
            return TL_ERR_STATE;
        }
        *out = line->vat;
        found = true;
    }
    return TL_OK;
}

static tl_status add_pledge(struct tl_run_rows *rows, const struct tl_pledge *pledge, int64_t due_minor,
                            const struct tl_vat *vat, struct tl_period period, struct tl_err *err)
{
    char rate[TL_RATIO_TEXT_SIZE];
    const struct tl_run_billed billed = {.party_code = pledge->party,
                                         .line_id = pledge->project,
                                         .account_code = TL_ACCOUNT_CONTRIBUTION,
                                         .vat_code = vat->code,
                                         .vat_rate = tl_arena_text(rows->arena, tl_ratio_text(vat->rate, rate)),
                                         .vat_reason = vat->reason};
    return billed.vat_rate == NULL ? tl_err_memory(err) : tl_run_rows_add_amount(rows, &billed, period, due_minor, err);
}

tl_status tl_run_pledge_lines(struct tl_run_computed *out, struct tl_store *store, const struct tl_run_plan *plan,
                              struct tl_err *err)
{
    struct tl_arena *arena = &out->year.arena;
    struct tl_run_rows rows = {.arena = arena};
    struct tl_pledge *pledges = NULL;
    struct tl_vat vat = {.code = "", .reason = "", .rate = {0, 1}};
    size_t count = 0;
    tl_status status = find_vat(&vat, &out->year.terms, err);
    if (status == TL_OK)
        status = tl_pledge_list(&pledges, &count, store, plan->lines, plan->period.last, arena, err);
    if (status == TL_OK)
        status = tl_pledge_read_called_in(pledges, count, store, err);
    for (size_t i = 0; status == TL_OK && i < count; i++) {
        const struct tl_pledge *pledge = &pledges[i];
        int64_t due = pledge->amount.minor - pledge->called_in.minor;
        bool wanted = plan->members[0] == '\0' || tl_run_list_has(plan->members, pledge->party);
        if (pledge->state == TL_PLEDGE_BINDING && wanted && due > 0)
            status = add_pledge(&rows, pledge, due, &vat, plan->period, err);
    }
    if (status == TL_OK)
        status = tl_run_orders_find(&rows, store, plan, err);
    return status == TL_OK ? tl_run_rows_finish(&out->lines, &rows, err) : status;
}
