/* SPDX-License-Identifier: MPL-2.0 */
/* What changes a price or a budget: markup, passive membership, rebates, indexation. */
#include "quoted.h"
#include "terms_read.h"

static tl_status read_markup_member(void *target, const struct tl_terms_reader *reader, const struct tl_yaml_node *node)
{
    return tl_terms_read_percent(&((struct tl_markup *)target)->member, reader, node);
}

static tl_status read_markup_other(void *target, const struct tl_terms_reader *reader, const struct tl_yaml_node *node)
{
    return tl_terms_read_percent(&((struct tl_markup *)target)->other, reader, node);
}

tl_status tl_terms_read_markup(void *target, const struct tl_terms_reader *reader, const struct tl_yaml_node *node)
{
    static const struct tl_terms_entry entries[] = {
        {"association member", true, read_markup_member}, {"other", true, read_markup_other}, {NULL, false, NULL}};
    struct tl_markup *markup = &((struct tl_line *)target)->markup;
    markup->present = true;
    return tl_terms_read_mapping(markup, reader, node, "the markup", entries);
}

tl_status tl_terms_read_passive(void *target, const struct tl_terms_reader *reader, const struct tl_yaml_node *node)
{
    return tl_terms_read_share(&((struct tl_line *)target)->passive, reader, node);
}

tl_status tl_terms_read_rebates(void *target, const struct tl_terms_reader *reader, const struct tl_yaml_node *node)
{
    struct tl_line *line = target;
    if (node->kind != TL_YAML_MAPPING || node->count == 0) {
        (void)tl_terms_refuse(reader, node, "the rebates are written as tags with amounts or percents");
        tl_err_hint(reader->err, "write for example {funded-2.0: 30000, funded-2.5: 25%%}");
        return TL_ERR_INPUT;
    }
    line->rebates = tl_arena_alloc(&reader->terms->arena, node->count, sizeof *line->rebates);
    if (line->rebates == NULL)
        return tl_err_memory(reader->err);
    line->rebate_count = node->count;
    tl_status status = TL_OK;
    for (size_t i = 0; status == TL_OK && i < node->count; i++) {
        struct tl_rebate *rebate = &line->rebates[i];
        status = tl_terms_copy_tag(&rebate->tag, reader, &node->pairs[i].key, "the tag of a rebate");
        if (status == TL_OK)
            status = tl_terms_read_part(&rebate->share, &rebate->amount, reader, &node->pairs[i].value);
    }
    return status;
}

static tl_status read_index_name(void *target, const struct tl_terms_reader *reader, const struct tl_yaml_node *node)
{
    return tl_terms_copy_code(&((struct tl_indexation *)target)->index, reader, node, "the code of an index");
}

static tl_status read_index_base(void *target, const struct tl_terms_reader *reader, const struct tl_yaml_node *node)
{
    return tl_terms_read_date(&((struct tl_indexation *)target)->base, reader, node);
}

static tl_status read_index_date(void *target, const struct tl_terms_reader *reader, const struct tl_yaml_node *node)
{
    struct tl_indexation *indexation = target;
    struct tl_terms_yearly date;
    tl_status status = tl_terms_read_yearly(&date, reader, node);
    if (status != TL_OK)
        return status;
    indexation->years_before = date.years_before;
    indexation->month = date.month;
    indexation->day = date.day;
    return TL_OK;
}

static tl_status read_index_unit(void *target, const struct tl_terms_reader *reader, const struct tl_yaml_node *node)
{
    struct tl_money unit;
    tl_status status = tl_terms_read_money(&unit, reader, node);
    if (status != TL_OK)
        return status;
    if (tl_money_is_zero(unit)) {
        (void)tl_terms_refuse(reader, node, "'%.*s' is not a unit to round to", QUOTED(node->text));
        tl_err_hint(reader->err, "write an amount above zero, such as 0.01, 1 or 25 kroner");
        return TL_ERR_INPUT;
    }
    ((struct tl_indexation *)target)->round_to_minor = unit.minor;
    return TL_OK;
}

static tl_status read_index_rounding(void *target, const struct tl_terms_reader *reader,
                                     const struct tl_yaml_node *node)
{
    static const char *const words[] = {
        [TL_ROUNDING_NEAREST] = "nearest", [TL_ROUNDING_UP] = "up", [TL_ROUNDING_DOWN] = "down", NULL};
    size_t word;
    tl_status status = tl_terms_read_word(&word, reader, node, "a way to round", words);
    if (status == TL_OK)
        ((struct tl_indexation *)target)->rounding = (tl_rounding)word;
    return status;
}

tl_status tl_terms_read_index(void *target, const struct tl_terms_reader *reader, const struct tl_yaml_node *node)
{
    static const struct tl_terms_entry entries[] = {
        {"name", true, read_index_name},      {"base", true, read_index_base},          {"date", true, read_index_date},
        {"round to", false, read_index_unit}, {"rounding", false, read_index_rounding}, {NULL, false, NULL}};
    return tl_terms_read_mapping(&((struct tl_line *)target)->indexation, reader, node, "the index", entries);
}
