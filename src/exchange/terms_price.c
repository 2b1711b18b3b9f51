/* SPDX-License-Identifier: MPL-2.0 */
/* What a line costs: flat, per class, per unit, by bracket, by date of signing. */
#include <string.h>

#include "quoted.h"
#include "terms_read.h"

static const char not_yet_known[] = "not yet known";

static tl_status read_class_price(struct tl_class_price *out, const struct tl_terms_reader *reader,
                                  const struct tl_yaml_node *node)
{
    out->known = node->kind != TL_YAML_TEXT || !tl_text_equal(node->text, not_yet_known);
    return out->known ? tl_terms_read_money(&out->amount, reader, node) : TL_OK;
}

/* Refuses prices of classes that the terms do not have. */
static tl_status check_classes(const struct tl_terms_reader *reader, const struct tl_yaml_node *node)
{
    const struct tl_terms *terms = reader->terms;
    const char *names[TL_TERMS_CLASSES_MAX + 1] = {NULL};
    if (terms->class_count == 0) {
        (void)tl_terms_refuse(reader, node, "the price is given per size class, but the terms have no classes");
        tl_err_hint(reader->err, "add classes: {Lille: below 25000, ...}, or write one price for all");
        return TL_ERR_INPUT;
    }
    for (size_t i = 0; i < terms->class_count; i++)
        names[i] = terms->classes[i].name;
    for (size_t i = 0; i < node->count; i++) {
        const struct tl_yaml_node *key = &node->pairs[i].key;
        if (tl_terms_class_index(terms, key->text) < terms->class_count)
            continue;
        (void)tl_terms_refuse(reader, key, "the terms have no size class '%.*s'", QUOTED(key->text));
        tl_terms_hint_key(reader, &node->pairs[i], names);
        return TL_ERR_INPUT;
    }
    return TL_OK;
}

static tl_status read_per_class(struct tl_price *out, const struct tl_terms_reader *reader,
                                const struct tl_yaml_node *node)
{
    const struct tl_terms *terms = reader->terms;
    tl_status status = check_classes(reader, node);
    if (status != TL_OK)
        return status;
    out->kind = TL_PRICE_PER_CLASS;
    out->per_class = tl_arena_alloc(&reader->terms->arena, terms->class_count, sizeof *out->per_class);
    if (out->per_class == NULL)
        return tl_err_memory(reader->err);
    for (size_t i = 0; status == TL_OK && i < terms->class_count; i++) {
        const struct tl_yaml_pair *pair = tl_yaml_find(node, terms->classes[i].name);
        if (pair == NULL) {
            (void)tl_terms_refuse(reader, node, "the price for the size class '%.*s' is missing",
                                  QUOTED(terms->classes[i].name));
            tl_err_hint(reader->err, "write an amount, or not yet known");
            return TL_ERR_INPUT;
        }
        status = read_class_price(&out->per_class[i], reader, &pair->value);
    }
    return status;
}

/* Digits with one mark and decimals, which cannot be taken for thousands: 0.4137, 1,5 and 0.385, but not 1.385. */
static bool is_decimal(const char *text)
{
    enum { THOUSANDS_DIGITS = 3 };
    static const char digits[] = "0123456789";
    size_t whole = strspn(text, digits);
    if (whole == 0 || (text[whole] != '.' && text[whole] != ','))
        return false;
    size_t decimals = strspn(text + whole + 1, digits);
    bool could_be_thousands = decimals == THOUSANDS_DIGITS && whole <= THOUSANDS_DIGITS && text[0] != '0';
    return decimals > 0 && text[whole + 1 + decimals] == '\0' && !could_be_thousands;
}

/* Kroner for each unit, which may be a fraction of an øre: 3.85, 0,4137. */
static tl_status read_rate(struct tl_ratio *out, const struct tl_terms_reader *reader, const struct tl_yaml_node *node,
                           const char *text)
{
    enum { MINOR_PER_MAJOR = 100 };
    struct tl_err no_amount = TL_ERR_NONE;
    struct tl_money amount;
    if (tl_money_parse(&amount, text, &no_amount) == TL_OK && amount.minor >= 0) {
        *out = tl_ratio_of(amount.minor, MINOR_PER_MAJOR);
        return TL_OK;
    }
    if (is_decimal(text))
        return tl_ratio_parse(out, text, reader->err) == TL_OK ? TL_OK : tl_terms_fail_at(reader, node);
    (void)tl_terms_refuse(reader, node, "'%.*s' is not a price per unit", QUOTED(text));
    tl_err_hint(reader->err, "write for example 3.85 per population; a single mark before three digits could mean two "
                             "things");
    return TL_ERR_INPUT;
}

static const char per[] = " per ";

/* `3.85 per population`; `mark` is where ` per ` stands. */
static tl_status read_per_unit(struct tl_price *out, const struct tl_terms_reader *reader,
                               const struct tl_yaml_node *node, const char *mark)
{
    size_t length = (size_t)(mark - node->text);
    const char *rate = tl_arena_copy(&reader->terms->arena, node->text, length);
    if (rate == NULL)
        return tl_err_memory(reader->err);
    out->kind = TL_PRICE_PER_UNIT;
    tl_status status = read_rate(&out->per_unit, reader, node, rate);
    return status == TL_OK ? tl_terms_parse_quantity(&out->quantity, reader, node, length + sizeof per - 1) : status;
}

static const char by[] = "by ";

/* {by population: {...}}; but a size class may have a name like that. */
static bool is_by_bracket(const struct tl_terms *terms, const struct tl_yaml_node *node)
{
    const char *key = node->count > 0 ? node->pairs[0].key.text : "";
    return strncmp(key, by, sizeof by - 1) == 0 && tl_terms_class_index(terms, key) == terms->class_count;
}

static tl_status read_bracket(struct tl_price_bracket *out, struct tl_terms_bounds *bounds,
                              const struct tl_terms_reader *reader, const struct tl_yaml_pair *pair, bool is_last)
{
    struct tl_terms_bound bound;
    tl_status status = tl_terms_next_bound(&bound, bounds, reader, &pair->key, pair->key.text, is_last);
    if (status == TL_OK) {
        *out = (struct tl_price_bracket){.has_bound = bound.has_bound, .inclusive = bound.inclusive};
        out->bound = bound.value;
        status = read_class_price(&out->price, reader, &pair->value);
    }
    return status;
}

static tl_status read_brackets(struct tl_price *out, const struct tl_terms_reader *reader,
                               const struct tl_yaml_node *node)
{
    const struct tl_yaml_pair *table = &node->pairs[0];
    const struct tl_yaml_node *rows = &table->value;
    struct tl_terms_bounds bounds = {.what = "bracket",
                                     .several = "brackets",
                                     .rest = "above",
                                     .last_hint = "end with above, so that every member has a price"};
    if (node->count > 1) {
        (void)tl_terms_refuse(reader, &node->pairs[1].key, "a price has one table of brackets");
        tl_err_hint(reader->err, "within { } put what holds a comma in quotes: {\"by min(population, 100000)\": ...}");
        return TL_ERR_INPUT;
    }
    tl_status status = tl_terms_parse_quantity(&out->quantity, reader, &table->key, sizeof by - 1);
    if (status != TL_OK)
        return status;
    if (rows->kind != TL_YAML_MAPPING || rows->count == 0) {
        (void)tl_terms_refuse(reader, rows, "the brackets of a price are written as bounds with amounts");
        tl_err_hint(reader->err, "write for example {up to 20000: 10000, above: 30000}");
        return TL_ERR_INPUT;
    }
    out->kind = TL_PRICE_BRACKETS;
    out->brackets = tl_arena_alloc(&reader->terms->arena, rows->count, sizeof *out->brackets);
    if (out->brackets == NULL)
        return tl_err_memory(reader->err);
    out->bracket_count = rows->count;
    for (size_t i = 0; status == TL_OK && i < rows->count; i++)
        status = read_bracket(&out->brackets[i], &bounds, reader, &rows->pairs[i], i + 1 == rows->count);
    return status;
}

static tl_status read_price(struct tl_price *out, const struct tl_terms_reader *reader, const struct tl_yaml_node *node)
{
    if (node->kind == TL_YAML_MAPPING)
        return is_by_bracket(reader->terms, node) ? read_brackets(out, reader, node)
                                                  : read_per_class(out, reader, node);
    const char *mark = node->kind == TL_YAML_TEXT ? strstr(node->text, per) : NULL;
    if (mark != NULL)
        return read_per_unit(out, reader, node, mark);
    if (node->kind == TL_YAML_TEXT && tl_text_equal(node->text, not_yet_known)) {
        out->kind = TL_PRICE_NOT_YET_KNOWN;
        return TL_OK;
    }
    out->kind = TL_PRICE_FLAT;
    return tl_terms_read_money(&out->flat, reader, node);
}

tl_status tl_terms_read_price(void *target, const struct tl_terms_reader *reader, const struct tl_yaml_node *node)
{
    return read_price(&((struct tl_line *)target)->price, reader, node);
}

/* `until 2026-06-30`, and `later` as the last. */
static tl_status read_time(struct tl_price_step *out, struct tl_date before, const struct tl_terms_reader *reader,
                           const struct tl_yaml_node *key, bool is_last)
{
    static const char until[] = "until ";
    char date[TL_DATE_TEXT_SIZE];
    bool is_later = tl_text_equal(key->text, "later");
    if (!is_later && strncmp(key->text, until, sizeof until - 1) != 0) {
        (void)tl_terms_refuse(reader, key, "'%.*s' is not a time of signing", QUOTED(key->text));
        tl_err_hint(reader->err, "write until 2026-06-30, with the last day, or later");
        return TL_ERR_INPUT;
    }
    if (is_later && !is_last)
        return tl_terms_refuse(reader, key, "'later' stands before the last price by signing");
    if (is_later)
        return TL_OK;
    if (tl_date_parse(&out->until, key->text + sizeof until - 1, reader->err) != TL_OK)
        return tl_terms_fail_inside(reader, key, sizeof until - 1);
    if (tl_date_compare(before, out->until) >= 0) {
        (void)tl_terms_refuse(reader, key, "'%s' does not lie after %s", key->text, tl_date_iso(before, date));
        tl_err_hint(reader->err, "write the dates from early to late");
        return TL_ERR_INPUT;
    }
    if (is_last) {
        (void)tl_terms_refuse(reader, key, "the last price by signing ends");
        tl_err_hint(reader->err, "end with later, so that every member has a price, or later: not yet known");
        return TL_ERR_INPUT;
    }
    return TL_OK;
}

tl_status tl_terms_read_price_steps(void *target, const struct tl_terms_reader *reader, const struct tl_yaml_node *node)
{
    struct tl_line *line = target;
    if (node->kind != TL_YAML_MAPPING || node->count == 0) {
        (void)tl_terms_refuse(reader, node, "the prices by signing are written as dates with prices");
        tl_err_hint(reader->err, "write for example {until 2026-06-30: 60000, later: 120000}");
        return TL_ERR_INPUT;
    }
    line->price_steps = tl_arena_alloc(&reader->terms->arena, node->count, sizeof *line->price_steps);
    if (line->price_steps == NULL)
        return tl_err_memory(reader->err);
    line->price_step_count = node->count;
    struct tl_date before = {0};
    tl_status status = TL_OK;
    for (size_t i = 0; status == TL_OK && i < node->count; i++) {
        struct tl_price_step *step = &line->price_steps[i];
        status = read_time(step, before, reader, &node->pairs[i].key, i + 1 == node->count);
        if (status == TL_OK)
            status = read_price(&step->price, reader, &node->pairs[i].value);
        before = step->until;
    }
    return status;
}
