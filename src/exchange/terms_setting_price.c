/* SPDX-License-Identifier: MPL-2.0 */
/* What a line costs, as settings. */
#include "terms_setting_list.h"

static const char not_yet_known[] = "not yet known";

static const char *price_text(struct tl_terms_setting_list *list, const struct tl_class_price *price)
{
    return price->known ? tl_terms_setting_money(list, price->amount) : not_yet_known;
}

static void put_per_unit(struct tl_terms_setting_list *list, struct tl_terms_path path, const struct tl_price *price)
{
    char rate[TL_RATIO_TEXT_SIZE];
    const char *quantity = tl_key_text_full(price->quantity, list->arena);
    tl_terms_setting_put(
        list, path,
        quantity == NULL ? NULL
                         : tl_arena_format(list->arena, "%s per %s", tl_ratio_text(price->per_unit, rate), quantity));
}

/* The quantity and the bounds may be spelled otherwise in the file, so the rows are found by their number. */
static const struct tl_yaml_node *row_of(const struct tl_yaml_node *price, size_t row)
{
    bool has = price != NULL && price->kind == TL_YAML_MAPPING && price->count > 0 && row < price->pairs[0].value.count;
    return has ? &price->pairs[0].value.pairs[row].value : NULL;
}

static void put_brackets(struct tl_terms_setting_list *list, struct tl_terms_path path, const struct tl_price *price)
{
    const struct tl_yaml_node *node = tl_terms_setting_node(list, path);
    const char *quantity = tl_key_text_full(price->quantity, list->arena);
    const char *by = quantity == NULL ? NULL : tl_arena_format(list->arena, "by %s", quantity);
    list->failed = list->failed || by == NULL;
    for (size_t i = 0; !list->failed && i < price->bracket_count; i++) {
        const struct tl_price_bracket *bracket = &price->brackets[i];
        const char *bound =
            tl_terms_setting_bound(list, bracket->has_bound, bracket->inclusive, bracket->bound, "above");
        if (bound != NULL)
            tl_terms_setting_put_at(list, tl_terms_path_add(tl_terms_path_add(path, by), bound),
                                    price_text(list, &bracket->price), row_of(node, i));
    }
}

static void put_price(struct tl_terms_setting_list *list, struct tl_terms_path path, const struct tl_terms *terms,
                      const struct tl_price *price)
{
    switch (price->kind) {
    case TL_PRICE_NONE:
        break;
    case TL_PRICE_FLAT:
        tl_terms_setting_put(list, path, tl_terms_setting_money(list, price->flat));
        break;
    case TL_PRICE_NOT_YET_KNOWN:
        tl_terms_setting_put(list, path, not_yet_known);
        break;
    case TL_PRICE_PER_CLASS:
        for (size_t i = 0; i < terms->class_count; i++)
            tl_terms_setting_put(list, tl_terms_path_add(path, terms->classes[i].name),
                                 price_text(list, &price->per_class[i]));
        break;
    case TL_PRICE_PER_UNIT:
        put_per_unit(list, path, price);
        break;
    case TL_PRICE_BRACKETS:
        put_brackets(list, path, price);
        break;
    }
}

void tl_terms_setting_price(struct tl_terms_setting_list *list, const struct tl_terms *terms,
                            const struct tl_line *line)
{
    char date[TL_DATE_TEXT_SIZE];
    put_price(list, tl_terms_path_of("price", NULL), terms, &line->price);
    for (size_t i = 0; i < line->price_step_count; i++) {
        const struct tl_price_step *step = &line->price_steps[i];
        const char *time = tl_date_is_none(step->until)
                               ? "later"
                               : tl_arena_format(list->arena, "until %s", tl_date_iso(step->until, date));
        list->failed = list->failed || time == NULL;
        if (time != NULL)
            put_price(list, tl_terms_path_of("price by signing", time), terms, &step->price);
    }
}
