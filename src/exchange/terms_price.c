/* SPDX-License-Identifier: MPL-2.0 */
/* What a line costs: price, markup, VAT and key. */
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

tl_status tl_terms_read_price(struct tl_price *out, const struct tl_terms_reader *reader,
                              const struct tl_yaml_node *node)
{
    if (node->kind == TL_YAML_MAPPING)
        return read_per_class(out, reader, node);
    if (node->kind == TL_YAML_TEXT && tl_text_equal(node->text, not_yet_known)) {
        out->kind = TL_PRICE_NOT_YET_KNOWN;
        return TL_OK;
    }
    out->kind = TL_PRICE_FLAT;
    return tl_terms_read_money(&out->flat, reader, node);
}

static tl_status read_markup_member(void *target, const struct tl_terms_reader *reader, const struct tl_yaml_node *node)
{
    return tl_terms_read_percent(&((struct tl_markup *)target)->member, reader, node);
}

static tl_status read_markup_other(void *target, const struct tl_terms_reader *reader, const struct tl_yaml_node *node)
{
    return tl_terms_read_percent(&((struct tl_markup *)target)->other, reader, node);
}

tl_status tl_terms_read_markup(struct tl_markup *out, const struct tl_terms_reader *reader,
                               const struct tl_yaml_node *node)
{
    static const struct tl_terms_entry entries[] = {
        {"association member", true, read_markup_member}, {"other", true, read_markup_other}, {NULL, false, NULL}};
    out->present = true;
    return tl_terms_read_mapping(out, reader, node, "the markup", entries);
}

static tl_status read_vat_rate(void *target, const struct tl_terms_reader *reader, const struct tl_yaml_node *node)
{
    struct tl_vat *vat = target;
    tl_status status = tl_terms_read_percent(&vat->rate, reader, node);
    if (status != TL_OK)
        return status;
    if (vat->rate.numerator == 0 || tl_ratio_compare(vat->rate, tl_ratio_of(1, 1)) > 0) {
        (void)tl_terms_refuse(reader, node, "'%.*s' is not a rate of VAT", QUOTED(node->text));
        tl_err_hint(reader->err, "write 25%%, or outside: or exempt: with the reason");
        return TL_ERR_INPUT;
    }
    vat->code = "S";
    return TL_OK;
}

static tl_status read_vat_reason(void *target, const struct tl_terms_reader *reader, const struct tl_yaml_node *node)
{
    return tl_terms_copy_text(&((struct tl_vat *)target)->reason, reader, node);
}

static tl_status read_vat_outside(void *target, const struct tl_terms_reader *reader, const struct tl_yaml_node *node)
{
    ((struct tl_vat *)target)->code = "O";
    return read_vat_reason(target, reader, node);
}

static tl_status read_vat_exempt(void *target, const struct tl_terms_reader *reader, const struct tl_yaml_node *node)
{
    ((struct tl_vat *)target)->code = "E";
    return read_vat_reason(target, reader, node);
}

/* The three ways to state VAT, told apart by their first word; each says why (the reason is printed). */
tl_status tl_terms_read_vat(struct tl_vat *out, const struct tl_terms_reader *reader, const struct tl_yaml_node *node)
{
    static const struct tl_terms_entry any[] = {{"rate", false, read_vat_rate},
                                                {"reason", false, read_vat_reason},
                                                {"outside", false, read_vat_outside},
                                                {"exempt", false, read_vat_exempt},
                                                {NULL, false, NULL}};
    struct tl_vat vat = {.rate = tl_ratio_of(0, 1), .stated = true};
    tl_status status = tl_terms_read_mapping(&vat, reader, node, "the VAT", any);
    if (status != TL_OK)
        return status;
    bool has_rate = tl_yaml_find(node, "rate") != NULL, has_reason = tl_yaml_find(node, "reason") != NULL;
    bool is_outside = tl_yaml_find(node, "outside") != NULL, is_exempt = tl_yaml_find(node, "exempt") != NULL;
    if (has_rate + is_outside + is_exempt != 1 || has_rate != has_reason) {
        (void)tl_terms_refuse(reader, node, "the VAT is not stated in one of its three ways");
        tl_err_hint(reader->err, "write {rate: 25%%, reason: why} or {outside: why} or {exempt: why}");
        return TL_ERR_INPUT;
    }
    *out = vat;
    return TL_OK;
}

struct key_classes {
    const struct tl_terms_reader *reader;
    const struct tl_yaml_node *node;
};

/* A class that a key names, and nobody is in, would be found only when the line is allocated. */
static tl_status check_class(const char *size_class, void *context)
{
    const struct key_classes *classes = context;
    const struct tl_terms *terms = classes->reader->terms;
    const char *names[TL_TERMS_CLASSES_MAX + 1] = {NULL};
    if (tl_terms_class_index(terms, size_class) < terms->class_count)
        return TL_OK;
    for (size_t i = 0; i < terms->class_count; i++)
        names[i] = terms->classes[i].name;
    (void)tl_terms_refuse(classes->reader, classes->node,
                          "the key names a size class '%.*s' that the terms do not have", QUOTED(size_class));
    if (terms->class_count > 0)
        tl_terms_hint_words(classes->reader, size_class, names);
    return TL_ERR_INPUT;
}

tl_status tl_terms_read_key(const struct tl_key **out, const struct tl_terms_reader *reader,
                            const struct tl_yaml_node *node)
{
    const char *text = "";
    size_t column = 1;
    tl_status status = tl_terms_read_text(&text, reader, node);
    if (status != TL_OK)
        return status;
    if (tl_key_parse(out, text, &column, &reader->terms->arena, reader->err) != TL_OK)
        return tl_terms_fail_inside(reader, node, column - 1);
    struct key_classes classes = {reader, node};
    return tl_key_classes(*out, check_class, &classes);
}
