/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/agreement/figure_change.h"

#include "tilslut/agreement/figure.h"
#include "tilslut/agreement/party.h"
#include "tilslut/agreement/product_year.h"
#include "tilslut/base/text.h"

/* The two years that are compared: the same in all but the figures. */
struct comparison {
    const struct tl_figure_change_request *request;
    struct tl_product_year before, after;
};

static const struct tl_figure *find_figure(const struct tl_figure *figures, size_t count, const char *measure,
                                           struct tl_date date)
{
    for (size_t i = 0; i < count; i++)
        if (tl_text_equal(figures[i].measure, measure) && tl_date_compare(figures[i].holds_on, date) == 0)
            return &figures[i];
    return NULL;
}

static bool is_on(const struct tl_figure *figure, struct tl_date date)
{
    return tl_date_compare(figure->holds_on, date) == 0;
}

/* Gives a member its figures of `date` as those that the year is computed by; what it has none of then stays. */
static tl_status move_figures(struct tl_member *member, struct tl_date date, struct tl_date reference,
                              struct tl_arena *arena, struct tl_err *err)
{
    struct tl_figure *moved = tl_arena_alloc(arena, member->figure_count, sizeof *moved);
    size_t used = 0;
    if (moved == NULL)
        return tl_err_memory(err);
    for (size_t i = 0; i < member->figure_count; i++) {
        const struct tl_figure *figure = &member->figures[i];
        bool gives_way = is_on(figure, reference) && !is_on(figure, date) &&
                         find_figure(member->figures, member->figure_count, figure->measure, date) != NULL;
        if (gives_way)
            continue;
        moved[used] = *figure;
        if (is_on(figure, date))
            moved[used].holds_on = reference;
        used++;
    }
    member->figures = moved;
    member->figure_count = used;
    return TL_OK;
}

/* Loads and allocates the year by the figures of `date`, with the members of `ahead` years later. */
static tl_status compute_by(struct tl_product_year *out, struct tl_store *store, const char *product, int year,
                            int ahead, struct tl_date date, struct tl_err *err)
{
    tl_status status = tl_product_year_load(out, store, product, year, 0, err);
    if (status == TL_OK && ahead > 0)
        status = tl_product_year_look_ahead(out, store, ahead, err);
    struct tl_date reference = status == TL_OK ? tl_terms_reference_date(&out->terms, year) : (struct tl_date){0};
    for (size_t i = 0; status == TL_OK && i < out->roster.count; i++)
        status = move_figures(&out->roster.members[i], date, reference, &out->arena, err);
    return status == TL_OK ? tl_product_year_allocate(out, err) : status;
}

/* The year that the figures of `from` count for, by the terms in force then, and how much later those of `to` do. */
static tl_status find_year(int *out, int *ahead, struct tl_store *store, const struct tl_figure_change_request *request,
                           struct tl_err *err)
{
    struct tl_product_year year = TL_PRODUCT_YEAR_EMPTY;
    tl_status status = tl_product_year_load(&year, store, request->product, tl_date_year(request->from) + 1, 0, err);
    if (status == TL_OK) {
        *out = tl_terms_reference_year(&year.terms, request->from);
        *ahead = tl_terms_reference_year(&year.terms, request->to) - *out;
    }
    tl_product_year_release(&year);
    return status;
}

static tl_status compute(struct comparison *comparison, struct tl_store *store, struct tl_err *err)
{
    const struct tl_figure_change_request *request = comparison->request;
    int year = 0, ahead = 0;
    tl_status status = find_year(&year, &ahead, store, request, err);
    if (status == TL_OK)
        status = compute_by(&comparison->before, store, request->product, year, ahead, request->from, err);
    if (status == TL_OK)
        status = compute_by(&comparison->after, store, request->product, year, ahead, request->to, err);
    return status;
}

/* What a member pays each year: what is paid once is fixed before the new figures count. */
static tl_status annual_total(struct tl_money *out, const struct tl_allocation *allocation, const char *code,
                              struct tl_err *err)
{
    tl_status status = TL_OK;
    *out = (struct tl_money){0};
    for (size_t i = 0; status == TL_OK && i < allocation->line_count; i++) {
        const struct tl_line_result *result = &allocation->lines[i];
        size_t count = 0;
        const struct tl_share *shares = tl_line_result_shares(result, code, &count);
        for (size_t j = 0; status == TL_OK && result->line->kind == TL_LINE_ANNUAL && j < count; j++)
            status = tl_money_add(out, *out, shares[j].amount, err);
    }
    return status;
}

static tl_status find_effect(struct tl_figure_change *change, const struct comparison *comparison, struct tl_err *err)
{
    struct tl_money before = {0}, after = {0};
    change->is_member = tl_roster_find_in(&comparison->before.roster, change->code, comparison->before.year) != NULL;
    if (!change->is_member)
        return TL_OK;
    tl_status status = annual_total(&before, &comparison->before.allocation, change->code, err);
    if (status == TL_OK)
        status = annual_total(&after, &comparison->after.allocation, change->code, err);
    return status == TL_OK ? tl_money_subtract(&change->effect, after, before, err) : status;
}

/* |after - before| > more_than x before, by cross-multiplication. */
static bool changes_much(struct tl_ratio before, struct tl_ratio after, struct tl_ratio more_than)
{
    struct tl_frac b = {0}, a = {0}, limit = {0};
    tl_frac_init(&b);
    tl_frac_init(&a);
    tl_frac_init(&limit);
    tl_frac_set_ratio(&b, before);
    tl_frac_set_ratio(&a, after);
    tl_frac_set_ratio(&limit, more_than);
    mpq_sub(a.q, a.q, b.q);
    mpq_abs(a.q, a.q);
    mpq_mul(limit.q, limit.q, b.q);
    bool much = mpq_cmp(a.q, limit.q) > 0;
    tl_frac_release(&limit);
    tl_frac_release(&a);
    tl_frac_release(&b);
    return much;
}

static const char *class_name(const struct tl_terms *terms, struct tl_ratio value)
{
    const struct tl_size_class *size_class = tl_terms_class_of(terms, value);
    return size_class == NULL ? "" : size_class->name;
}

/* Whether a party is in the report; its change is then in *out. */
static tl_status look_at(struct tl_figure_change *out, bool *found, size_t *missing, struct tl_store *store,
                         const struct comparison *comparison, const struct tl_party *party, struct tl_arena *arena,
                         struct tl_err *err)
{
    const struct tl_figure_change_request *request = comparison->request;
    const struct tl_terms *terms = &comparison->before.terms;
    struct tl_figure *figures = NULL;
    size_t count = 0;
    *found = false;
    tl_status status = tl_figure_list(&figures, &count, store, party->code, arena, err);
    if (status != TL_OK)
        return status;
    const struct tl_figure *before = find_figure(figures, count, terms->reference.measure, request->from);
    const struct tl_figure *after = find_figure(figures, count, terms->reference.measure, request->to);
    if (before == NULL || after == NULL) {
        *missing += tl_text_equal(party->kind, "municipality") ? 1 : 0;
        return TL_OK;
    }
    *out = (struct tl_figure_change){.code = party->code,
                                     .name = party->name,
                                     .before = before->value,
                                     .after = after->value,
                                     .class_before = tl_arena_text(arena, class_name(terms, before->value)),
                                     .class_after = tl_arena_text(arena, class_name(terms, after->value))};
    if (out->class_before == NULL || out->class_after == NULL)
        return tl_err_memory(err);
    bool counts = tl_text_equal(party->kind, "municipality") ||
                  tl_roster_find_in(&comparison->before.roster, party->code, comparison->before.year) != NULL;
    *found = counts &&
             (!tl_text_equal(out->class_before, out->class_after) ||
              (!tl_ratio_is_none(request->more_than) && changes_much(before->value, after->value, request->more_than)));
    return *found ? find_effect(out, comparison, err) : TL_OK;
}

tl_status tl_figure_change_list(struct tl_figure_change **out, size_t *count, size_t *missing, struct tl_store *store,
                                const struct tl_figure_change_request *request, struct tl_arena *arena,
                                struct tl_err *err)
{
    struct comparison comparison = {
        .request = request, .before = TL_PRODUCT_YEAR_EMPTY, .after = TL_PRODUCT_YEAR_EMPTY};
    struct tl_party *parties = NULL;
    size_t party_count = 0;
    *count = *missing = 0;
    tl_status status = compute(&comparison, store, err);
    if (status == TL_OK)
        status = tl_party_list(&parties, &party_count, store, request->to, arena, err);
    struct tl_figure_change *changes = status == TL_OK ? tl_arena_alloc(arena, party_count, sizeof *changes) : NULL;
    if (status == TL_OK && changes == NULL)
        status = tl_err_memory(err);
    for (size_t i = 0; status == TL_OK && i < party_count; i++) {
        bool found;
        status = look_at(&changes[*count], &found, missing, store, &comparison, &parties[i], arena, err);
        *count += status == TL_OK && found ? 1 : 0;
    }
    tl_product_year_release(&comparison.after);
    tl_product_year_release(&comparison.before);
    *out = changes;
    return status;
}
