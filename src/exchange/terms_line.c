/* SPDX-License-Identifier: MPL-2.0 */
/* The lines of the terms. */
#include <string.h>

#include "quoted.h"
#include "terms_read.h"
#include "tilslut/base/identifier.h"

static tl_status read_code(const char **out, const struct tl_terms_reader *reader, const struct tl_yaml_node *node,
                           const char *what)
{
    tl_status status = tl_terms_copy_text(out, reader, node);
    if (status != TL_OK || tl_text_is_code(*out))
        return status;
    (void)tl_terms_refuse(reader, node, "'%.*s' is not %s", QUOTED(*out), what);
    tl_err_hint(reader->err, "use 1 to 40 of A-Z a-z 0-9 - and _");
    return TL_ERR_INPUT;
}

static tl_status read_id(void *target, const struct tl_terms_reader *reader, const struct tl_yaml_node *node)
{
    return read_code(&((struct tl_line *)target)->id, reader, node, "the id of a line");
}

static tl_status read_name(void *target, const struct tl_terms_reader *reader, const struct tl_yaml_node *node)
{
    return tl_terms_read_both(&((struct tl_line *)target)->name, reader, node);
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
    return read_code(&((struct tl_line *)target)->option, reader, node, "the code of an option");
}

static tl_status read_price(void *target, const struct tl_terms_reader *reader, const struct tl_yaml_node *node)
{
    return tl_terms_read_price(&((struct tl_line *)target)->price, reader, node);
}

static tl_status read_markup(void *target, const struct tl_terms_reader *reader, const struct tl_yaml_node *node)
{
    return tl_terms_read_markup(&((struct tl_line *)target)->markup, reader, node);
}

/* A waiver is a tag such as funded-3.0, which may have dots where a code has none. */
static tl_status read_waived_for(void *target, const struct tl_terms_reader *reader, const struct tl_yaml_node *node)
{
    static const char allowed[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.";
    struct tl_line *line = target;
    tl_status status = tl_terms_copy_text(&line->waived_for, reader, node);
    if (status != TL_OK)
        return status;
    if (line->waived_for[strspn(line->waived_for, allowed)] == '\0' && strlen(line->waived_for) <= 40)
        return TL_OK;
    (void)tl_terms_refuse(reader, node, "'%.*s' is not the tag of a waiver", QUOTED(line->waived_for));
    tl_err_hint(reader->err, "use 1 to 40 of A-Z a-z 0-9 - _ and .");
    return TL_ERR_INPUT;
}

static tl_status read_budget(void *target, const struct tl_terms_reader *reader, const struct tl_yaml_node *node)
{
    struct tl_line *line = target;
    line->has_budget = true;
    return tl_terms_read_money(&line->budget, reader, node);
}

static tl_status read_key(void *target, const struct tl_terms_reader *reader, const struct tl_yaml_node *node)
{
    return tl_terms_read_key(&((struct tl_line *)target)->key, reader, node);
}

static tl_status read_floor(void *target, const struct tl_terms_reader *reader, const struct tl_yaml_node *node)
{
    struct tl_line *line = target;
    line->has_floor = true;
    return tl_terms_read_money(&line->floor, reader, node);
}

static tl_status read_cap(void *target, const struct tl_terms_reader *reader, const struct tl_yaml_node *node)
{
    struct tl_line *line = target;
    line->has_cap = true;
    tl_status status = tl_terms_read_money(&line->cap, reader, node);
    if (status == TL_OK && line->has_floor && line->cap.minor < line->floor.minor)
        return tl_terms_refuse(reader, node, "the cap is less than the floor");
    return status;
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

/* `cap` is read after `floor`, with which it is compared. */
static const struct tl_terms_entry entries[] = {
    {"id", true, read_id},
    {"name", false, read_name},
    {"covers", false, read_covers},
    {"kind", false, read_kind},
    {"account", true, read_account},
    {"option", false, read_option},
    {"price", false, read_price},
    {"markup", false, read_markup},
    {"waived for", false, read_waived_for},
    {"budget", false, read_budget},
    {"key", false, read_key},
    {"floor", false, read_floor},
    {"cap", false, read_cap},
    {"round to", false, read_round_to},
    {"vat", false, read_vat},
    {NULL, false, NULL},
};

/* Refuses a key of the line that only goes with another one. */
static tl_status check_goes_with(const struct tl_terms_reader *reader, const struct tl_yaml_node *node, const char *key,
                                 const char *with)
{
    const struct tl_yaml_pair *pair = tl_yaml_find(node, key);
    if (pair == NULL || tl_yaml_find(node, with) != NULL)
        return TL_OK;
    return tl_terms_refuse(reader, &pair->key, "'%s' goes with a %s, which the line does not have", key, with);
}

/* A line is either priced or budgeted, and each has its own keys. */
static tl_status check_line(const struct tl_terms_reader *reader, const struct tl_line *line,
                            const struct tl_yaml_node *node)
{
    static const char *const pairs[][2] = {{"markup", "price"}, {"key", "budget"},      {"floor", "budget"},
                                           {"cap", "budget"},   {"round to", "budget"}, {"budget", "key"}};
    const struct tl_yaml_pair *budget = tl_yaml_find(node, "budget");
    bool has_price = line->price.kind != TL_PRICE_NONE;
    if (has_price && budget != NULL) {
        (void)tl_terms_refuse(reader, &budget->key, "the line '%s' has both a price and a budget", line->id);
        tl_err_hint(reader->err, "a priced line has a price per member, a budgeted one a total and a key");
        return TL_ERR_INPUT;
    }
    if (!has_price && budget == NULL) {
        (void)tl_terms_refuse(reader, node, "the line '%s' has neither a price nor a budget", line->id);
        tl_err_hint(reader->err, "write price: not yet known when that is so");
        return TL_ERR_INPUT;
    }
    tl_status status = TL_OK;
    for (size_t i = 0; status == TL_OK && i < sizeof pairs / sizeof pairs[0]; i++)
        status = check_goes_with(reader, node, pairs[i][0], pairs[i][1]);
    return status;
}

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
        status = check_line(reader, line, node);
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
