/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/agreement/overview.h"

#include <stdlib.h>
#include <string.h>

#include "overview_parts.h"
#include "tilslut/agreement/contact.h"
#include "tilslut/agreement/invoicing.h"
#include "tilslut/agreement/membership_history.h"
#include "tilslut/agreement/party.h"
#include "tilslut/agreement/product.h"
#include "tilslut/agreement/roster.h"
#include "tilslut/agreement/terms_book.h"
#include "tilslut/base/text.h"

/* What the agreements of one product are looked at with. */
struct desk {
    struct tl_overview_run *run;
    const struct tl_product *product;
    struct tl_terms terms; /* in force, where there are any */
    bool has_terms;
    struct tl_roster roster;
    const struct tl_contact *contacts; /* by party */
    size_t contact_count;
};

static int contact_by_party(const void *key, const void *item)
{
    return strcmp(key, ((const struct tl_contact *)item)->party);
}

static bool has_contact(const struct desk *desk, const char *party)
{
    if (desk->contact_count == 0)
        return false;
    const struct tl_contact *end = desk->contacts + desk->contact_count;
    const struct tl_contact *at =
        bsearch(party, desk->contacts, desk->contact_count, sizeof *desk->contacts, contact_by_party);
    while (at != NULL && at > desk->contacts && tl_text_equal(at[-1].party, party))
        at--;
    for (; at != NULL && at < end && tl_text_equal(at->party, party); at++)
        if (!at->is_erased)
            return true;
    return false;
}

/* Whether the size class can be told: no figure is needed, or it is there, or the class was set. */
static bool has_figure(const struct desk *desk, const char *party)
{
    if (!desk->has_terms || desk->terms.class_count == 0 || desk->terms.reference.measure == NULL)
        return true;
    const struct tl_member *member = tl_roster_find(&desk->roster, party);
    if (member == NULL || member->class_by_hand != NULL || member->class_frozen != NULL)
        return true;
    struct tl_date date = tl_terms_reference_date(&desk->terms, tl_date_year(desk->run->on));
    for (size_t i = 0; i < member->figure_count; i++)
        if (tl_text_equal(member->figures[i].measure, desk->terms.reference.measure) &&
            tl_date_compare(member->figures[i].holds_on, date) == 0)
            return true;
    return false;
}

static tl_status fill(struct tl_overview_agreement *row, const struct desk *desk,
                      const struct tl_membership_history *history, const struct tl_membership_life *life,
                      struct tl_err *err)
{
    struct tl_overview_run *run = desk->run;
    struct tl_party party;
    struct tl_unit unit;
    tl_status status = tl_party_find(&party, run->store, history->party, run->on, run->arena, err);
    if (status == TL_OK)
        status = tl_invoicing_unit(&unit, run->store, history->product, history->party, run->on, run->arena, err);
    if (status != TL_OK)
        return status;
    *row = (struct tl_overview_agreement){
        .product = desk->product->code,
        .product_name = desk->product->name,
        .party = party.code,
        .party_name = party.name,
        .state = life->state,
        .signed_on = life->signed_on,
        .notice_on = life->notice_on,
        .first = life->first,
        .last = life->last,
        .lacks_signature = life->state == TL_MEMBERSHIP_STATE_DRAFTED || life->state == TL_MEMBERSHIP_STATE_SENT,
        .lacks_countersignature = life->state == TL_MEMBERSHIP_STATE_SIGNED,
        .lacks_ean = unit.ean[0] == '\0',
        .lacks_contact = !has_contact(desk, history->party),
        .lacks_figure = !has_figure(desk, history->party),
    };
    return TL_OK;
}

static tl_status add_history(const struct desk *desk, struct tl_overview_count *counted,
                             const struct tl_membership_history *history, struct tl_err *err)
{
    struct tl_overview_run *run = desk->run;
    struct tl_overview *out = run->out;
    struct tl_membership_life life;
    tl_status status = tl_membership_state_follow(&life, history, run->on, err);
    if (status != TL_OK || life.state == TL_MEMBERSHIP_STATE_NONE)
        return status;
    counted->by_state[life.state]++;
    if (life.state == TL_MEMBERSHIP_STATE_ENDED || life.state == TL_MEMBERSHIP_STATE_WITHDRAWN)
        return TL_OK;
    counted->total++;
    out->agreements = tl_arena_grow(run->arena, out->agreements, out->agreement_count, &run->agreement_capacity,
                                    sizeof *out->agreements);
    if (out->agreements == NULL)
        return tl_err_memory(err);
    struct tl_overview_agreement *row = &out->agreements[out->agreement_count++];
    status = fill(row, desk, history, &life, err);
    return status == TL_OK ? tl_overview_agreement_coming(run, history, row, err) : status;
}

static tl_status read_terms(struct desk *desk, struct tl_err *err)
{
    struct tl_adopted adopted;
    struct tl_err missing = TL_ERR_NONE;
    struct tl_overview_run *run = desk->run;
    tl_status status = tl_terms_book_in_force(&adopted, run->store, desk->product->code, run->on, run->arena, &missing);
    if (status == TL_ERR_MISSING)
        return TL_OK;
    if (status != TL_OK) {
        *err = missing;
        return status;
    }
    desk->has_terms = true;
    return tl_terms_book_read(&desk->terms, &adopted, err);
}

static tl_status add_product(struct tl_overview_run *run, const struct tl_product *product,
                             const struct tl_contact *contacts, size_t contact_count, struct tl_err *err)
{
    struct desk desk = {run, product, TL_TERMS_EMPTY, false, TL_ROSTER_EMPTY, contacts, contact_count};
    struct tl_membership_history *histories = NULL;
    size_t count = 0;
    struct tl_overview_count *counted = &run->out->counts[run->out->count_count];
    *counted = (struct tl_overview_count){.product = product->code, .product_name = product->name};
    tl_status status = read_terms(&desk, err);
    if (status == TL_OK)
        status = tl_roster_read(&desk.roster, run->store, product->code, run->on, err);
    if (status == TL_OK)
        status = tl_membership_history_list(&histories, &count, run->store, product->code, run->party, run->arena, err);
    for (size_t i = 0; status == TL_OK && i < count; i++)
        status = add_history(&desk, counted, &histories[i], err);
    bool concerns = run->party == NULL || count > 0;
    if (status == TL_OK && concerns) {
        run->out->count_count++;
        status = tl_overview_product_coming(run, product, err);
        if (status == TL_OK)
            status = tl_overview_project_coming(run, product, err);
    }
    tl_roster_release(&desk.roster);
    tl_terms_release(&desk.terms);
    return status;
}

static int by_date(const void *a, const void *b)
{
    const struct tl_overview_coming *x = a, *y = b;
    int order = tl_date_compare(x->on, y->on);
    if (order == 0)
        order = (int)x->kind - (int)y->kind;
    if (order == 0)
        order = strcmp(x->product, y->product);
    if (order == 0)
        order = strcmp(x->party, y->party);
    return order != 0 ? order : strcmp(x->detail, y->detail);
}

static tl_status read_products(struct tl_overview_run *run, const struct tl_product *products, size_t count,
                               struct tl_err *err)
{
    struct tl_contact *contacts = NULL;
    size_t contact_count = 0;
    run->out->counts = tl_arena_alloc(run->arena, count, sizeof *run->out->counts);
    if (run->out->counts == NULL)
        return tl_err_memory(err);
    tl_status status = tl_contact_list(&contacts, &contact_count, run->store, NULL, run->arena, err);
    for (size_t i = 0; status == TL_OK && i < count; i++)
        status = add_product(run, &products[i], contacts, contact_count, err);
    return status;
}

tl_status tl_overview_read(struct tl_overview *out, struct tl_store *store, const char *product, const char *party,
                           struct tl_date on, int days, struct tl_arena *arena, struct tl_err *err)
{
    struct tl_overview_run run = {out, store, party, on, arena, 0, 0};
    struct tl_product one, *products = &one;
    struct tl_party found;
    size_t count = 1;
    *out = (struct tl_overview){.period = {on, tl_date_add_days(on, days)}};
    if (days < 0 || days > TL_OVERVIEW_DAYS_MAX || tl_date_is_none(out->period.last))
        return tl_err_set(err, TL_ERR_RANGE, "%d days are more than an overview looks ahead", days);
    tl_status status = product == NULL ? tl_product_list(&products, &count, store, arena, err)
                                       : tl_product_find(&one, store, product, arena, err);
    if (status == TL_OK && party != NULL)
        status = tl_party_find(&found, store, party, on, arena, err);
    if (status == TL_OK)
        status = read_products(&run, products, count, err);
    if (status == TL_OK && product == NULL)
        status = tl_overview_unit_coming(&run, err);
    if (status == TL_OK && out->coming_count > 0)
        qsort(out->coming, out->coming_count, sizeof *out->coming, by_date);
    return status;
}
