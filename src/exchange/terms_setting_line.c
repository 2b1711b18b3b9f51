/* SPDX-License-Identifier: MPL-2.0 */
/* What a line says, as settings. */
#include "terms_setting_list.h"
#include "tilslut/base/text.h"

static void put_code(struct tl_terms_setting_list *list, const char *key, const char *code)
{
    if (code != NULL)
        tl_terms_setting_say(list, key, code);
}

static void put_percent(struct tl_terms_setting_list *list, struct tl_terms_path path, struct tl_ratio ratio)
{
    tl_terms_setting_put(list, path, tl_terms_setting_part(list, ratio, (struct tl_money){0}));
}

static void put_adjustments(struct tl_terms_setting_list *list, const struct tl_line *line)
{
    if (line->markup.present) {
        put_percent(list, tl_terms_path_of("markup", "association member"), line->markup.member);
        put_percent(list, tl_terms_path_of("markup", "other"), line->markup.other);
    }
    if (!tl_ratio_is_none(line->passive))
        put_percent(list, tl_terms_path_of("passive", NULL), line->passive);
    for (size_t i = 0; i < line->rebate_count; i++) {
        const struct tl_rebate *rebate = &line->rebates[i];
        tl_terms_setting_put(list, tl_terms_path_of("rebates", rebate->tag),
                             tl_terms_setting_part(list, rebate->share, rebate->amount));
    }
    put_code(list, "waived for", line->waived_for);
}

/* The item of the list of first shares that a member bears or an account gives. */
static const struct tl_yaml_node *find_first(const struct tl_yaml_node *scope, const char *key, const char *code)
{
    const struct tl_yaml_pair *first = tl_yaml_find(scope, "first");
    for (size_t i = 0; first != NULL && first->value.kind == TL_YAML_SEQUENCE && i < first->value.count; i++) {
        const struct tl_yaml_pair *pair = tl_yaml_find(&first->value.items[i], key);
        if (pair != NULL && tl_text_equal(pair->value.text, code))
            return &first->value.items[i];
    }
    return NULL;
}

static void put_first(struct tl_terms_setting_list *list, const struct tl_first_share *first)
{
    const char *key = first->member != NULL ? "member" : "account";
    const char *code = first->member != NULL ? first->member : first->account;
    const char *part = tl_terms_setting_part(list, first->share, first->amount);
    if (part != NULL && first->also_in_key)
        part = tl_arena_format(list->arena, "%s, also in key", part);
    tl_terms_setting_put_at(list, tl_terms_path_add(tl_terms_path_of("first", key), code), part,
                            find_first(list->scope, key, code));
}

static void put_bound(struct tl_terms_setting_list *list, const char *key, bool has_amount, struct tl_ratio share,
                      struct tl_money amount)
{
    if (has_amount || !tl_ratio_is_none(share))
        tl_terms_setting_say(list, key, tl_terms_setting_part(list, share, amount));
}

static void put_agreed(struct tl_terms_setting_list *list, const struct tl_line *line)
{
    for (size_t i = 0; i < line->agreed_count; i++) {
        const struct tl_agreed_amount *agreed = &line->agreed[i];
        struct tl_terms_path path = tl_terms_path_of("agreed", agreed->member);
        tl_terms_setting_put(list, path, tl_terms_setting_money(list, agreed->amount));
        if (agreed->reason[0] != '\0')
            tl_terms_setting_put(list, tl_terms_path_add(path, "reason"), agreed->reason);
    }
}

static void put_budget(struct tl_terms_setting_list *list, const struct tl_line *line)
{
    if (!line->has_budget)
        return;
    tl_terms_setting_say(list, "budget", tl_terms_setting_money(list, line->budget));
    tl_terms_setting_say(list, "key", tl_key_text_full(line->key, list->arena));
    for (size_t i = 0; i < line->first_share_count; i++)
        put_first(list, &line->first_shares[i]);
    put_bound(list, "floor", line->has_floor, line->floor_share, line->floor);
    put_bound(list, "cap", line->has_cap, line->cap_share, line->cap);
    if (line->has_published_decimals)
        tl_terms_setting_say(list, "published decimals", tl_arena_format(list->arena, "%d", line->published_decimals));
    tl_terms_setting_say(list, "rounding", line->rounds_each_period ? "each period" : "carried");
}

static void put_index(struct tl_terms_setting_list *list, const struct tl_indexation *index)
{
    static const char *const roundings[] = {
        [TL_ROUNDING_NEAREST] = "nearest", [TL_ROUNDING_UP] = "up", [TL_ROUNDING_DOWN] = "down"};
    struct tl_money unit = {index->round_to_minor == 0 ? 1 : index->round_to_minor};
    if (index->index == NULL)
        return;
    tl_terms_setting_put(list, tl_terms_path_of("index", "name"), index->index);
    tl_terms_setting_put(list, tl_terms_path_of("index", "base"), tl_terms_setting_date(list, index->base));
    tl_terms_setting_put(list, tl_terms_path_of("index", "date"),
                         tl_terms_setting_yearly(list, index->years_before, index->month, index->day));
    tl_terms_setting_put(list, tl_terms_path_of("index", "round to"), tl_terms_setting_money(list, unit));
    tl_terms_setting_put(list, tl_terms_path_of("index", "rounding"), roundings[index->rounding]);
}

/* `25%: why`, `outside: why`; where the line leaves it to all lines, its place is theirs. */
static void put_vat(struct tl_terms_setting_list *list, const struct tl_vat *vat, const struct tl_yaml_node *of_all)
{
    char rate[TL_RATIO_TEXT_SIZE];
    const char *way = tl_text_equal(vat->code, "S")   ? tl_ratio_percent(vat->rate, rate)
                      : tl_text_equal(vat->code, "E") ? "exempt"
                                                      : "outside";
    const struct tl_yaml_pair *own = tl_yaml_find(list->scope, "vat");
    if (vat->stated)
        tl_terms_setting_put_at(list, tl_terms_path_of("vat", NULL),
                                tl_arena_format(list->arena, "%s: %s", way, vat->reason),
                                own != NULL ? &own->value : of_all);
}

void tl_terms_setting_line(struct tl_terms_setting_list *list, const struct tl_terms *terms, const struct tl_line *line,
                           const struct tl_yaml_node *vat_of_all)
{
    static const char *const kinds[] = {
        [TL_LINE_ANNUAL] = "annual", [TL_LINE_JOINING_FEE] = "joining fee", [TL_LINE_ONE_OFF] = "one-off"};
    static const char *const proratas[] = {[TL_PRORATA_NONE] = "none",
                                           [TL_PRORATA_DAYS] = "days",
                                           [TL_PRORATA_MONTHS] = "months",
                                           [TL_PRORATA_QUARTERS] = "quarters",
                                           [TL_PRORATA_HALF_YEAR_RULE] = "half-year rule"};
    tl_terms_setting_say(list, "id", line->id);
    tl_terms_setting_both(list, "name", line->name);
    tl_terms_setting_both(list, "covers", line->covers);
    tl_terms_setting_say(list, "kind", kinds[line->kind]);
    tl_terms_setting_say(list, "account", line->account);
    put_code(list, "option", line->option);
    put_code(list, "group", line->group);
    tl_terms_setting_say(list, "pro rata", proratas[line->prorata]);
    tl_terms_setting_price(list, terms, line);
    put_adjustments(list, line);
    put_budget(list, line);
    put_agreed(list, line);
    tl_terms_setting_say(list, "round to", tl_terms_setting_money(list, (struct tl_money){line->round_to_minor}));
    put_index(list, &line->indexation);
    put_vat(list, &line->vat, vat_of_all);
}
