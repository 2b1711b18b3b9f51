/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/exchange/terms_yaml.h"

#include "terms_read.h"
#include "tilslut/base/identifier.h"
#include "tilslut/base/text.h"
#include "tilslut/key/example.h"

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
    return tl_terms_read_date(&((struct tl_terms *)target)->valid_from, reader, node);
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

/* The lines are read behind what they use: classes, VAT and keys; and the examples behind the lines. */
static const struct tl_terms_entry entries[] = {
    {"product", true, read_product},
    {"from", true, read_from},
    {"purpose", false, read_purpose},
    {"reference", false, tl_terms_read_reference},
    {"classes", false, tl_terms_read_classes},
    {"notice", false, tl_terms_read_notice},
    {"follows", false, tl_terms_read_follows},
    {"payment", false, tl_terms_read_payment},
    {"billing", false, tl_terms_read_billing},
    {"prepaid", false, tl_terms_read_prepaid},
    {"invoices", false, tl_terms_read_invoices},
    {"vat", false, read_vat},
    {"keys", false, tl_terms_read_keys},
    {"lines", true, tl_terms_read_lines},
    {"examples", false, tl_terms_read_examples},
    {NULL, false, NULL},
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
    if (terms->reference.measure != NULL)
        return TL_OK;
    tl_status status = tl_terms_visit_measures(terms, note_measure, &measure);
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
    terms.follows.text_needs_signature = true;
    /* a year has a reference date even where no line asks for a figure */
    terms.reference = (struct tl_reference){.years_before = 1, .month = 1, .day = 1};
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

tl_status tl_terms_yaml_check(const struct tl_terms *terms, const char *name, struct tl_err *err)
{
    for (size_t i = 0; i < terms->example_count; i++) {
        size_t line;
        tl_status status = tl_example_check(&line, terms, &terms->examples[i], err);
        if (status == TL_OK)
            continue;
        tl_err_at(err, name, line, 0);
        tl_err_hint(err, "correct the example, or the terms");
        return status;
    }
    return TL_OK;
}
