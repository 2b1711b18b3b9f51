/* SPDX-License-Identifier: MPL-2.0 */
/* The lines of the terms. */
#include "quoted.h"
#include "terms_read.h"
#include "tilslut/base/identifier.h"

static tl_status read_id(void *target, const struct tl_terms_reader *reader, const struct tl_yaml_node *node)
{
    return tl_terms_copy_code(&((struct tl_line *)target)->id, reader, node, "the id of a line");
}

/* A name stands in tables and on the lines of a file. */
static tl_status read_name(void *target, const struct tl_terms_reader *reader, const struct tl_yaml_node *node)
{
    struct tl_text *name = &((struct tl_line *)target)->name;
    tl_status status = tl_terms_read_both(name, reader, node);
    if (status == TL_OK && (strpbrk(name->da, "\t\r\n") != NULL || strpbrk(name->en, "\t\r\n") != NULL))
        return tl_terms_refuse(reader, node, "the name of a line holds a tab or a line end");
    return status;
}

static tl_status read_covers(void *target, const struct tl_terms_reader *reader, const struct tl_yaml_node *node)
{
    return tl_terms_read_both(&((struct tl_line *)target)->covers, reader, node);
}

static tl_status read_kind(void *target, const struct tl_terms_reader *reader, const struct tl_yaml_node *node)
{
    static const char *const words[] = {
        [TL_LINE_ANNUAL] = "annual", [TL_LINE_JOINING_FEE] = "joining fee", [TL_LINE_ONE_OFF] = "one-off", NULL};
    size_t word;
    tl_status status = tl_terms_read_word(&word, reader, node, "a kind of line", words);
    if (status == TL_OK)
        ((struct tl_line *)target)->kind = (tl_line_kind)word;
    return status;
}

static tl_status read_account(void *target, const struct tl_terms_reader *reader, const struct tl_yaml_node *node)
{
    struct tl_line *line = target;
    tl_status status = tl_terms_copy_text(&line->account, reader, node);
    if (status != TL_OK)
        return status;
    return tl_identifier_check_account(line->account, reader->err) == TL_OK ? TL_OK : tl_terms_fail_at(reader, node);
}

static tl_status read_option(void *target, const struct tl_terms_reader *reader, const struct tl_yaml_node *node)
{
    return tl_terms_copy_code(&((struct tl_line *)target)->option, reader, node, "the code of an option");
}

static tl_status read_group(void *target, const struct tl_terms_reader *reader, const struct tl_yaml_node *node)
{
    return tl_terms_copy_code(&((struct tl_line *)target)->group, reader, node, "the code of a group");
}

static tl_status read_waived_for(void *target, const struct tl_terms_reader *reader, const struct tl_yaml_node *node)
{
    return tl_terms_copy_tag(&((struct tl_line *)target)->waived_for, reader, node, "the tag of a waiver");
}

static tl_status read_prorata(void *target, const struct tl_terms_reader *reader, const struct tl_yaml_node *node)
{
    static const char *const words[] = {[TL_PRORATA_NONE] = "none",
                                        [TL_PRORATA_DAYS] = "days",
                                        [TL_PRORATA_MONTHS] = "months",
                                        [TL_PRORATA_QUARTERS] = "quarters",
                                        [TL_PRORATA_HALF_YEAR_RULE] = "half-year rule",
                                        NULL};
    size_t word;
    tl_status status = tl_terms_read_word(&word, reader, node, "a way to follow time", words);
    if (status == TL_OK)
        ((struct tl_line *)target)->prorata = (tl_prorata)word;
    return status;
}

static tl_status read_budget(void *target, const struct tl_terms_reader *reader, const struct tl_yaml_node *node)
{
    struct tl_line *line = target;
    line->has_budget = true;
    return tl_terms_read_money(&line->budget, reader, node);
}

static tl_status read_round_to(void *target, const struct tl_terms_reader *reader, const struct tl_yaml_node *node)
{
    struct tl_line *line = target;
    struct tl_money unit;
    tl_status status = tl_terms_read_money(&unit, reader, node);
    if (status != TL_OK)
        return status;
    if (unit.minor != 1 && unit.minor != 100 && unit.minor != 1000 && unit.minor != 10000) {
        (void)tl_terms_refuse(reader, node, "'%.*s' is not a unit to round to", QUOTED(node->text));
        tl_err_hint(reader->err, "possible are 0.01 (øre), 1, 10 and 100 kroner");
        return TL_ERR_INPUT;
    }
    line->round_to_minor = unit.minor;
    return TL_OK;
}

static tl_status read_vat(void *target, const struct tl_terms_reader *reader, const struct tl_yaml_node *node)
{
    return tl_terms_read_vat(&((struct tl_line *)target)->vat, reader, node);
}

static const struct tl_terms_entry entries[] = {
    {"id", true, read_id},
    {"name", false, read_name},
    {"covers", false, read_covers},
    {"kind", false, read_kind},
    {"account", true, read_account},
    {"option", false, read_option},
    {"group", false, read_group},
    {"pro rata", false, read_prorata},
    {"price", false, tl_terms_read_price},
    {"price by signing", false, tl_terms_read_price_steps},
    {"markup", false, tl_terms_read_markup},
    {"passive", false, tl_terms_read_passive},
    {"rebates", false, tl_terms_read_rebates},
    {"waived for", false, read_waived_for},
    {"budget", false, read_budget},
    {"key", false, tl_terms_read_key},
    {"first", false, tl_terms_read_first},
    {"agreed", false, tl_terms_read_agreed},
    {"floor", false, tl_terms_read_floor},
    {"cap", false, tl_terms_read_cap},
    {"published decimals", false, tl_terms_read_decimals},
    {"rounding", false, tl_terms_read_rounding},
    {"round to", false, read_round_to},
    {"index", false, tl_terms_read_index},
    {"vat", false, read_vat},
    {NULL, false, NULL},
};

static tl_status check_id(const struct tl_terms_reader *reader, const struct tl_line *line,
                          const struct tl_yaml_node *node)
{
    const struct tl_line *first = tl_terms_line(reader->terms, line->id);
    if (first == NULL)
        return TL_OK;
    (void)tl_terms_refuse(reader, &tl_yaml_find(node, "id")->value, "two lines have the id '%s', the first on line %zu",
                          line->id, first->source_line);
    tl_err_hint(reader->err, "give one of them another id");
    return TL_ERR_INPUT;
}

static tl_status read_line(struct tl_line *line, const struct tl_terms_reader *reader, const struct tl_yaml_node *node)
{
    static const struct tl_text nothing = {"", ""};
    *line = (struct tl_line){.covers = nothing, .round_to_minor = 1, .vat = *reader->vat, .source_line = node->line};
    tl_status status = tl_terms_read_mapping(line, reader, node, "a line", entries);
    if (line->name.da == NULL)
        line->name = (struct tl_text){line->id, line->id};
    if (status == TL_OK)
        status = tl_terms_check_together(reader, line, node);
    return status == TL_OK ? check_id(reader, line, node) : status;
}

tl_status tl_terms_read_lines(void *target, const struct tl_terms_reader *reader, const struct tl_yaml_node *node)
{
    struct tl_terms *terms = target;
    if (node->kind != TL_YAML_SEQUENCE || node->count == 0) {
        (void)tl_terms_refuse(reader, node, "the lines are written as a list");
        tl_err_hint(reader->err, "begin each line with '- id: '");
        return TL_ERR_INPUT;
    }
    if (node->count > TL_TERMS_LINES_MAX)
        return tl_terms_refuse(reader, node, "the terms have more than %d lines", TL_TERMS_LINES_MAX);
    terms->lines = tl_arena_alloc(&terms->arena, node->count, sizeof *terms->lines);
    if (terms->lines == NULL)
        return tl_err_memory(reader->err);
    for (size_t i = 0; i < node->count; i++) {
        tl_status status = read_line(&terms->lines[i], reader, &node->items[i]);
        if (status != TL_OK)
            return status;
        terms->line_count = i + 1;
    }
    return TL_OK;
}
