/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/agreement/class_count.h"

#include "tilslut/agreement/figure.h"
#include "tilslut/agreement/party.h"
#include "tilslut/agreement/roster.h"
#include "tilslut/base/text.h"

static const struct tl_figure *find_figure(const struct tl_figure *figures, size_t count, const char *measure,
                                           struct tl_date date)
{
    for (size_t i = 0; i < count; i++)
        if (tl_text_equal(figures[i].measure, measure) && tl_date_compare(figures[i].holds_on, date) == 0)
            return &figures[i];
    return NULL;
}

/* Adds one municipality to its class. */
static tl_status count_party(struct tl_class_count *counts, size_t *without, struct tl_store *store,
                             const struct tl_terms *terms, struct tl_date date, const char *code, bool is_member,
                             struct tl_arena *arena, struct tl_err *err)
{
    struct tl_figure *figures = NULL;
    size_t count = 0;
    tl_status status = tl_figure_list(&figures, &count, store, code, arena, err);
    if (status != TL_OK)
        return status;
    const struct tl_figure *figure = find_figure(figures, count, terms->reference.measure, date);
    if (figure == NULL) {
        ++*without;
        return TL_OK;
    }
    size_t at = tl_terms_class_index(terms, tl_terms_class_of(terms, figure->value)->name);
    counts[at].municipalities++;
    counts[at].members += is_member ? 1 : 0;
    return TL_OK;
}

tl_status tl_class_count_read(struct tl_class_count **out, size_t *without, struct tl_store *store,
                              const struct tl_terms *terms, struct tl_date date, struct tl_arena *arena,
                              struct tl_err *err)
{
    struct tl_roster roster = TL_ROSTER_EMPTY;
    struct tl_party *parties = NULL;
    size_t count = 0;
    *without = 0;
    if (terms->class_count == 0)
        return tl_err_set(err, TL_ERR_MISSING, "the terms of '%s' have no size classes", terms->product);
    *out = tl_arena_alloc(arena, terms->class_count, sizeof **out);
    if (*out == NULL)
        return tl_err_memory(err);
    for (size_t i = 0; i < terms->class_count; i++)
        (*out)[i].size_class = &terms->classes[i];
    int year = tl_terms_reference_year(terms, date);
    tl_status status = tl_roster_read(&roster, store, terms->product, tl_date_of(year, 1, 1), err);
    if (status == TL_OK)
        status = tl_party_list(&parties, &count, store, date, arena, err);
    for (size_t i = 0; status == TL_OK && i < count; i++)
        if (tl_text_equal(parties[i].kind, "municipality"))
            status = count_party(*out, without, store, terms, date, parties[i].code,
                                 tl_roster_find_in(&roster, parties[i].code, year) != NULL, arena, err);
    tl_roster_release(&roster);
    return status;
}
