/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/exchange/terms_yaml.h"

#include "terms_read.h"
#include "tilslut/base/identifier.h"
#include "tilslut/base/text.h"

enum { PAYMENT_DAYS = 30 };

static tl_status read_product(void *target, const struct tl_terms_reader *reader, const struct tl_yaml_node *node)
{
    struct tl_terms *terms = target;
    tl_status status = tl_terms_copy_text(&terms->product, reader, node);
    if (status != TL_OK)
        return status;
    return tl_identifier_check_product(terms->product, reader->err) == TL_OK ? TL_OK : tl_terms_fail_at(reader, node);
}

static tl_status read_from(void *target, const struct tl_terms_reader *reader, const struct tl_yaml_node *node)
{
    const char *text = "";
    tl_status status = tl_terms_read_text(&text, reader, node);
    if (status != TL_OK)
        return status;
    return tl_date_parse(&((struct tl_terms *)target)->valid_from, text, reader->err) == TL_OK
               ? TL_OK
               : tl_terms_fail_at(reader, node);
}

static tl_status read_purpose(void *target, const struct tl_terms_reader *reader, const struct tl_yaml_node *node)
{
    return tl_terms_read_both(&((struct tl_terms *)target)->purpose, reader, node);
}

static tl_status read_vat(void *target, const struct tl_terms_reader *reader, const struct tl_yaml_node *node)
{
    (void)target;
    return tl_terms_read_vat(reader->vat, reader, node);
}

/* The lines are read last: they use the classes and the VAT. */
static const struct tl_terms_entry entries[] = {
    {"product", true, read_product},           {"from", true, read_from},
    {"purpose", false, read_purpose},          {"reference", false, tl_terms_read_reference},
    {"classes", false, tl_terms_read_classes}, {"notice", false, tl_terms_read_notice},
    {"payment", false, tl_terms_read_payment}, {"vat", false, read_vat},
    {"lines", true, tl_terms_read_lines},      {NULL, false, NULL},
};

/* Classes and measures need a figure, and a figure needs a date. */
static tl_status note_measure(const char *measure, void *context)
{
    const char **first = context;
    if (*first == NULL)
        *first = measure;
    return TL_OK;
}

static tl_status check_reference(const struct tl_terms_reader *reader, const struct tl_yaml_node *root)
{
    const struct tl_terms *terms = reader->terms;
    const char *measure = NULL;
    tl_status status = TL_OK;
    if (terms->reference.measure != NULL)
        return TL_OK;
    for (size_t i = 0; status == TL_OK && i < terms->line_count; i++)
        if (terms->lines[i].has_budget)
            status = tl_key_measures(terms->lines[i].key, note_measure, &measure);
    if (status != TL_OK || (measure == NULL && terms->class_count == 0))
        return status;
    (void)tl_terms_refuse(reader, root, "'reference' is missing: the terms use figures and do not say of which date");
    tl_err_hint(reader->err, "write reference: {measure: population, date: 01-01 of the year before}");
    return TL_ERR_INPUT;
}

tl_status tl_terms_yaml_read(struct tl_terms *out, const struct tl_source *source, struct tl_err *err)
{
    static const struct tl_text nothing = {"", ""};
    struct tl_arena tree = TL_ARENA_EMPTY;
    struct tl_terms terms = TL_TERMS_EMPTY;
    struct tl_vat vat = {.code = "O", .rate = tl_ratio_of(0, 1), .reason = ""};
    const struct tl_yaml_node *root = NULL;
    terms.purpose = nothing;
    terms.payment_days = PAYMENT_DAYS;
    struct tl_terms_reader reader = {.name = source->name, .terms = &terms, .vat = &vat, .err = err};
    tl_status status = tl_yaml_read(&root, source, &tree, err);
    if (status == TL_OK)
        status = tl_terms_read_mapping(&terms, &reader, root, "a file of terms", entries);
    if (status == TL_OK)
        status = check_reference(&reader, root);
    tl_arena_release(&tree);
    if (status != TL_OK)
        tl_terms_release(&terms);
    *out = terms;
    return status;
}
