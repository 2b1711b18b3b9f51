/* SPDX-License-Identifier: MPL-2.0 */
/* The worked examples. They name only members they describe, and lines, options and tags that the terms have. */
#include "quoted.h"
#include "terms_read.h"
#include "tilslut/key/example.h"

/* An example on its way; its amounts come from two keys. */
struct draft {
    struct tl_example *example;
    struct tl_example_amount *amounts;
    size_t capacity;
};

static tl_status read_name(void *target, const struct tl_terms_reader *reader, const struct tl_yaml_node *node)
{
    return tl_terms_copy_text(&((struct draft *)target)->example->name, reader, node);
}

static tl_status read_year(void *target, const struct tl_terms_reader *reader, const struct tl_yaml_node *node)
{
    return tl_terms_read_whole(&((struct draft *)target)->example->year, reader, node, TL_YEAR_MIN + 2, TL_YEAR_MAX);
}

static tl_status read_first(void *target, const struct tl_terms_reader *reader, const struct tl_yaml_node *node)
{
    return tl_terms_read_date(&((struct tl_period *)target)->first, reader, node);
}

static tl_status read_last(void *target, const struct tl_terms_reader *reader, const struct tl_yaml_node *node)
{
    return tl_terms_read_date(&((struct tl_period *)target)->last, reader, node);
}

static tl_status read_period(void *target, const struct tl_terms_reader *reader, const struct tl_yaml_node *node)
{
    static const struct tl_terms_entry entries[] = {
        {"from", true, read_first}, {"to", true, read_last}, {NULL, false, NULL}};
    return tl_terms_read_mapping(&((struct draft *)target)->example->period, reader, node, "the period", entries);
}

/* A mapping with something in it. `example` says how it is written. */
static tl_status check_mapping(const struct tl_terms_reader *reader, const struct tl_yaml_node *node, const char *what,
                               const char *example)
{
    if (node->kind == TL_YAML_MAPPING && node->count > 0)
        return TL_OK;
    (void)tl_terms_refuse(reader, node, "%s", what);
    tl_err_hint(reader->err, "write for example %s", example);
    return TL_ERR_INPUT;
}

static tl_status read_index_value(struct tl_index_value *out, const char *index, const struct tl_terms_reader *reader,
                                  const struct tl_yaml_pair *pair)
{
    const char *text = "";
    *out = (struct tl_index_value){.index = index, .source = "the example"};
    tl_status status = tl_terms_read_date(&out->holds_on, reader, &pair->key);
    if (status == TL_OK)
        status = tl_terms_read_text(&text, reader, &pair->value);
    if (status == TL_OK && tl_ratio_parse(&out->value, text, reader->err) != TL_OK)
        status = tl_terms_fail_at(reader, &pair->value);
    if (status == TL_OK && out->value.numerator == 0)
        status = tl_terms_refuse(reader, &pair->value, "the value of an index is above zero");
    return status;
}

static const char index_form[] = "{KL-PL: {2024-01-01: 115.2, 2026-01-01: 118.3}}";

/* {KL-PL: {2024-01-01: 115.2, 2026-01-01: 118.3}} */
static tl_status read_index(void *target, const struct tl_terms_reader *reader, const struct tl_yaml_node *node)
{
    struct tl_example *example = ((struct draft *)target)->example;
    struct tl_index_value *values = NULL;
    size_t capacity = 0;
    tl_status status =
        check_mapping(reader, node, "the index values are written as indices with dates and values", index_form);
    for (size_t i = 0; status == TL_OK && i < node->count; i++) {
        const struct tl_yaml_node *dates = &node->pairs[i].value;
        const char *index;
        status = tl_terms_copy_code(&index, reader, &node->pairs[i].key, "the code of an index");
        if (status == TL_OK)
            status =
                check_mapping(reader, dates, "the values of an index are written as dates with values", index_form);
        for (size_t j = 0; status == TL_OK && j < dates->count; j++) {
            values =
                tl_arena_grow(&reader->terms->arena, values, example->index_value_count, &capacity, sizeof *values);
            if (values == NULL)
                return tl_err_memory(reader->err);
            example->index_values = values;
            status = read_index_value(&values[example->index_value_count++], index, reader, &dates->pairs[j]);
        }
    }
    return status;
}

static tl_status read_members(void *target, const struct tl_terms_reader *reader, const struct tl_yaml_node *node)
{
    struct tl_example *example = ((struct draft *)target)->example;
    struct tl_date on = tl_terms_reference_date(reader->terms, example->year);
    tl_status status =
        check_mapping(reader, node, "the members of an example are written as codes with what is known of them",
                      "{0751: {population: 373388, association: member}}");
    if (status != TL_OK)
        return status;
    struct tl_member *members = tl_arena_alloc(&reader->terms->arena, node->count, sizeof *members);
    if (members == NULL)
        return tl_err_memory(reader->err);
    for (size_t i = 0; status == TL_OK && i < node->count; i++)
        status = tl_terms_read_example_member(&members[i], reader, &node->pairs[i], on);
    example->members = members;
    example->member_count = node->count;
    return status;
}

static tl_status add_amount(struct draft *draft, const char *member, const char *line_id, size_t source_line,
                            const struct tl_terms_reader *reader, const struct tl_yaml_node *node)
{
    struct tl_example *example = draft->example;
    draft->amounts = tl_arena_grow(&reader->terms->arena, draft->amounts, example->amount_count, &draft->capacity,
                                   sizeof *draft->amounts);
    if (draft->amounts == NULL)
        return tl_err_memory(reader->err);
    example->amounts = draft->amounts;
    struct tl_example_amount *amount = &draft->amounts[example->amount_count++];
    *amount = (struct tl_example_amount){.member = member, .line_id = line_id, .source_line = source_line};
    return tl_terms_read_money(&amount->amount, reader, node);
}

static tl_status find_line(const char **id, const struct tl_terms_reader *reader, const struct tl_yaml_pair *pair)
{
    const struct tl_terms *terms = reader->terms;
    const struct tl_line *line = tl_terms_line(terms, pair->key.text);
    const char *ids[TL_TERMS_LINES_MAX + 1] = {NULL};
    if (line != NULL) {
        *id = line->id;
        return TL_OK;
    }
    for (size_t i = 0; i < terms->line_count; i++)
        ids[i] = terms->lines[i].id;
    (void)tl_terms_refuse(reader, &pair->key, "the terms have no line '%.*s'", QUOTED(pair->key.text));
    tl_terms_hint_key(reader, pair, ids);
    return TL_ERR_INPUT;
}

/* One amount for all lines, or {development: 812345.00, maintenance: 56680}. */
static tl_status read_per_line(struct draft *draft, const char *member, size_t source_line,
                               const struct tl_terms_reader *reader, const struct tl_yaml_node *node)
{
    if (node->kind == TL_YAML_TEXT)
        return add_amount(draft, member, NULL, source_line, reader, node);
    tl_status status = check_mapping(reader, node, "amounts are written as lines with amounts, or one for all lines",
                                     "{development: 812345.00}");
    for (size_t i = 0; status == TL_OK && i < node->count; i++) {
        const struct tl_yaml_pair *pair = &node->pairs[i];
        const char *id;
        status = find_line(&id, reader, pair);
        if (status == TL_OK)
            status = add_amount(draft, member, id, pair->key.line, reader, &pair->value);
    }
    return status;
}

static tl_status find_member(const char **code, const struct tl_example *example, const struct tl_terms_reader *reader,
                             const struct tl_yaml_pair *pair)
{
    for (size_t i = 0; i < example->member_count; i++)
        if (tl_text_equal(example->members[i].code, pair->key.text)) {
            *code = example->members[i].code;
            return TL_OK;
        }
    (void)tl_terms_refuse(reader, &pair->key, "the example has no member '%.*s'", QUOTED(pair->key.text));
    tl_err_hint(reader->err, "add it to the members of the example");
    return TL_ERR_INPUT;
}

static tl_status read_amounts(void *target, const struct tl_terms_reader *reader, const struct tl_yaml_node *node)
{
    struct draft *draft = target;
    tl_status status = check_mapping(reader, node, "the amounts of an example are written as members with amounts",
                                     "{0751: {development: 812345.00}}");
    for (size_t i = 0; status == TL_OK && i < node->count; i++) {
        const struct tl_yaml_pair *pair = &node->pairs[i];
        const char *code;
        status = find_member(&code, draft->example, reader, pair);
        if (status == TL_OK)
            status = read_per_line(draft, code, pair->key.line, reader, &pair->value);
    }
    return status;
}

static tl_status read_total(void *target, const struct tl_terms_reader *reader, const struct tl_yaml_node *node)
{
    return read_per_line(target, NULL, node->line, reader, node);
}

/* The members need the year, and the amounts the members. */
static const struct tl_terms_entry entries[] = {
    {"name", true, read_name},       {"year", true, read_year},
    {"period", false, read_period},  {"index", false, read_index},
    {"members", true, read_members}, {"amounts", false, read_amounts},
    {"total", false, read_total},    {NULL, false, NULL},
};

static tl_status read_example(struct tl_example *out, const struct tl_terms_reader *reader,
                              const struct tl_yaml_node *node)
{
    struct draft draft = {.example = out};
    *out = (struct tl_example){.source_line = node->line};
    tl_status status = tl_terms_read_mapping(&draft, reader, node, "an example", entries);
    if (status != TL_OK || out->amount_count > 0)
        return status;
    (void)tl_terms_refuse(reader, node, "the example states no amounts, so it shows nothing");
    tl_err_hint(reader->err, "add amounts: or total:");
    return TL_ERR_INPUT;
}

tl_status tl_terms_read_examples(void *target, const struct tl_terms_reader *reader, const struct tl_yaml_node *node)
{
    struct tl_terms *terms = target;
    if (node->kind != TL_YAML_SEQUENCE || node->count == 0) {
        (void)tl_terms_refuse(reader, node, "the examples are written as a list");
        tl_err_hint(reader->err, "begin each example with '- name: '");
        return TL_ERR_INPUT;
    }
    if (node->count > TL_TERMS_EXAMPLES_MAX)
        return tl_terms_refuse(reader, node, "the terms have more than %d examples", TL_TERMS_EXAMPLES_MAX);
    struct tl_example *examples = tl_arena_alloc(&terms->arena, node->count, sizeof *examples);
    if (examples == NULL)
        return tl_err_memory(reader->err);
    terms->examples = examples;
    for (size_t i = 0; i < node->count; i++) {
        tl_status status = read_example(&examples[i], reader, &node->items[i]);
        if (status != TL_OK)
            return status;
        terms->example_count = i + 1;
    }
    return TL_OK;
}
