/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/agreement/missing_figure.h"

#include "tilslut/agreement/product_year.h"
#include "tilslut/base/text.h"

/* What is looked for, while the lines are gone through. */
struct search {
    const struct tl_product_year *year;
    const struct tl_member *member;
    struct tl_date on;
    struct tl_missing_figure *items;
    size_t first, count, capacity; /* `first`: of the present member */
    bool is_of_class;
    struct tl_arena *arena;
};

static bool has_figure(struct search *search, const char *measure)
{
    for (size_t i = 0; i < search->member->figure_count; i++)
        if (tl_text_equal(search->member->figures[i].measure, measure) &&
            tl_date_compare(search->member->figures[i].holds_on, search->on) == 0)
            return true;
    for (size_t i = search->first; i < search->count; i++)
        if (tl_text_equal(search->items[i].measure, measure)) {
            search->items[i].is_of_class = search->items[i].is_of_class && search->is_of_class;
            return true;
        }
    return false;
}

static tl_status look_for(const char *measure, void *context)
{
    struct search *search = context;
    if (measure == NULL || has_figure(search, measure))
        return TL_OK;
    search->items =
        tl_arena_grow(search->arena, search->items, search->count, &search->capacity, sizeof *search->items);
    if (search->items == NULL)
        return TL_ERR_MEMORY;
    struct tl_missing_figure *missing = &search->items[search->count++];
    *missing = (struct tl_missing_figure){tl_arena_text(search->arena, search->member->code),
                                          tl_arena_text(search->arena, measure), search->on, search->year->year,
                                          search->is_of_class};
    return missing->member == NULL || missing->measure == NULL ? TL_ERR_MEMORY : TL_OK;
}

static bool concerns(const struct tl_line *line, const struct tl_member *member)
{
    bool has_option = line->option == NULL, is_in_group = line->group == NULL;
    for (size_t i = 0; i < member->option_count; i++)
        has_option = has_option || tl_text_equal(member->options[i].option, line->option);
    for (size_t i = 0; i < member->group_count; i++)
        is_in_group = is_in_group || tl_text_equal(member->groups[i], line->group);
    return has_option && is_in_group;
}

static tl_status note_class(const char *size_class, void *context)
{
    (void)size_class;
    *(bool *)context = true;
    return TL_OK;
}

/* Whether the line goes by size class, and whatever its key counts. */
static tl_status look_at_key(struct search *search, const struct tl_key *key, bool *by_class)
{
    if (key == NULL)
        return TL_OK;
    tl_status status = tl_key_classes(key, note_class, by_class);
    return status == TL_OK ? tl_key_measures(key, look_for, search) : status;
}

static tl_status look_at_price(struct search *search, const struct tl_price *price, bool *by_class)
{
    *by_class = *by_class || price->kind == TL_PRICE_PER_CLASS;
    return look_at_key(search, price->quantity, by_class);
}

static tl_status look_at_line(struct search *search, const struct tl_line *line)
{
    bool by_class = false, is_placed = search->member->class_by_hand != NULL || search->member->class_frozen != NULL;
    tl_status status = look_at_key(search, line->key, &by_class);
    if (status == TL_OK && line->price_step_count == 0)
        status = look_at_price(search, &line->price, &by_class);
    for (size_t i = 0; status == TL_OK && i < line->price_step_count; i++)
        status = look_at_price(search, &line->price_steps[i].price, &by_class);
    if (status != TL_OK || !by_class || is_placed)
        return status;
    search->is_of_class = true;
    status = look_for(search->year->terms.reference.measure, search);
    search->is_of_class = false;
    return status;
}

static tl_status search_member(struct search *search, const char *code, struct tl_err *err)
{
    const struct tl_terms *terms = &search->year->terms;
    tl_status status = TL_OK;
    search->member = tl_roster_find(&search->year->roster, code);
    search->first = search->count;
    if (search->member == NULL)
        return TL_OK;
    for (size_t i = 0; status == TL_OK && i < terms->line_count; i++)
        if (concerns(&terms->lines[i], search->member))
            status = look_at_line(search, &terms->lines[i]);
    return status == TL_OK ? TL_OK : tl_err_memory(err);
}

tl_status tl_missing_figure_list(struct tl_missing_figure **out, size_t *count, struct tl_store *store,
                                 const char *product, const char *const *members, size_t member_count,
                                 struct tl_date from, struct tl_date today, struct tl_arena *arena, struct tl_err *err)
{
    struct tl_product_year year = TL_PRODUCT_YEAR_EMPTY;
    struct tl_err missing = TL_ERR_NONE;
    struct search search = {.year = &year, .arena = arena};
    tl_status status = tl_product_year_load(&year, store, product, tl_date_year(from), 0, &missing);
    if (status == TL_OK) {
        search.on = tl_terms_reference_date(&year.terms, year.year);
        bool is_out = !tl_date_is_none(search.on) && tl_date_compare(search.on, today) <= 0;
        for (size_t i = 0; status == TL_OK && is_out && i < member_count; i++)
            status = search_member(&search, members[i], err);
    } else if (status == TL_ERR_MISSING)
        status = TL_OK;
    else
        *err = missing;
    *out = search.items;
    *count = search.count;
    tl_product_year_release(&year);
    return status;
}
