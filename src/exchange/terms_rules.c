/* SPDX-License-Identifier: MPL-2.0 */
/* What holds for all lines of the terms: reference, size classes, notice, later versions, payment and billing. */
#include "measure.h"
#include "quoted.h"
#include "terms_read.h"

static tl_status read_measure(void *target, const struct tl_terms_reader *reader, const struct tl_yaml_node *node)
{
    struct tl_reference *reference = target;
    tl_status status = tl_terms_copy_text(&reference->measure, reader, node);
    if (status == TL_OK && tl_measure_check(reference->measure, &reader->terms->arena, reader->err) != TL_OK)
        status = tl_terms_fail_at(reader, node);
    return status;
}

static tl_status read_reference_date(void *target, const struct tl_terms_reader *reader,
                                     const struct tl_yaml_node *node)
{
    struct tl_reference *reference = target;
    struct tl_terms_yearly date;
    tl_status status = tl_terms_read_yearly(&date, reader, node);
    if (status != TL_OK)
        return status;
    reference->years_before = date.years_before;
    reference->month = date.month;
    reference->day = date.day;
    return TL_OK;
}

tl_status tl_terms_read_reference(void *target, const struct tl_terms_reader *reader, const struct tl_yaml_node *node)
{
    static const struct tl_terms_entry entries[] = {
        {"measure", true, read_measure}, {"date", true, read_reference_date}, {NULL, false, NULL}};
    struct tl_terms *terms = target;
    return tl_terms_read_mapping(&terms->reference, reader, node, "the reference", entries);
}

static tl_status read_class(struct tl_size_class *out, struct tl_terms_bounds *bounds,
                            const struct tl_terms_reader *reader, const struct tl_yaml_pair *pair, bool is_last)
{
    struct tl_terms_bound bound;
    tl_status status = tl_terms_copy_text(&out->name, reader, &pair->key);
    if (status == TL_OK)
        status = tl_terms_next_bound(&bound, bounds, reader, &pair->value, out->name, is_last);
    if (status == TL_OK)
        *out = (struct tl_size_class){out->name, bound.has_bound, bound.inclusive, bound.value};
    return status;
}

/* Each class begins where the one before ends; the last takes the rest. */
tl_status tl_terms_read_classes(void *target, const struct tl_terms_reader *reader, const struct tl_yaml_node *node)
{
    struct tl_terms_bounds bounds = {.what = "size class",
                                     .several = "classes",
                                     .rest = "the rest",
                                     .last_hint = "give the last class the rest, so that every member has a class"};
    struct tl_terms *terms = target;
    if (node->kind != TL_YAML_MAPPING || node->count == 0) {
        (void)tl_terms_refuse(reader, node, "the size classes are written as names with bounds");
        tl_err_hint(reader->err, "write for example {Lille: below 25000, Stor: the rest}");
        return TL_ERR_INPUT;
    }
    if (node->count > TL_TERMS_CLASSES_MAX)
        return tl_terms_refuse(reader, node, "the terms have more than %d size classes", TL_TERMS_CLASSES_MAX);
    terms->classes = tl_arena_alloc(&terms->arena, node->count, sizeof *terms->classes);
    if (terms->classes == NULL)
        return tl_err_memory(reader->err);
    tl_status status = TL_OK;
    for (size_t i = 0; status == TL_OK && i < node->count; i++)
        status = read_class(&terms->classes[i], &bounds, reader, &node->pairs[i], i + 1 == node->count);
    terms->class_count = node->count;
    return status;
}

static tl_status read_months(void *target, const struct tl_terms_reader *reader, const struct tl_yaml_node *node)
{
    return tl_terms_read_whole(&((struct tl_notice *)target)->months, reader, node, 1, TL_TERMS_NOTICE_MONTHS_MAX);
}

static tl_status read_notice_end(void *target, const struct tl_terms_reader *reader, const struct tl_yaml_node *node)
{
    static const char *const words[] = {[TL_NOTICE_MONTH_END] = "month",
                                        [TL_NOTICE_QUARTER_END] = "quarter",
                                        [TL_NOTICE_HALF_YEAR_END] = "half-year",
                                        [TL_NOTICE_YEAR_END] = "year",
                                        NULL};
    size_t word;
    tl_status status = tl_terms_read_word(&word, reader, node, "what a notice runs to the end of", words);
    if (status == TL_OK)
        ((struct tl_notice *)target)->end = (tl_notice_end)word;
    return status;
}

tl_status tl_terms_read_notice(void *target, const struct tl_terms_reader *reader, const struct tl_yaml_node *node)
{
    static const struct tl_terms_entry entries[] = {
        {"months", true, read_months}, {"to", true, read_notice_end}, {NULL, false, NULL}};
    struct tl_terms *terms = target;
    return tl_terms_read_mapping(&terms->notice, reader, node, "the notice", entries);
}

static tl_status read_who_decides(bool *needs_signature, const struct tl_terms_reader *reader,
                                  const struct tl_yaml_node *node)
{
    static const char *const words[] = {"steering group", "new signature", NULL};
    size_t word;
    tl_status status = tl_terms_read_word(&word, reader, node, "a way to decide on later terms", words);
    if (status == TL_OK)
        *needs_signature = word == 1;
    return status;
}

static tl_status read_prices_by(void *target, const struct tl_terms_reader *reader, const struct tl_yaml_node *node)
{
    return read_who_decides(&((struct tl_follows *)target)->prices_need_signature, reader, node);
}

static tl_status read_text_by(void *target, const struct tl_terms_reader *reader, const struct tl_yaml_node *node)
{
    return read_who_decides(&((struct tl_follows *)target)->text_needs_signature, reader, node);
}

static tl_status read_follows_days(void *target, const struct tl_terms_reader *reader, const struct tl_yaml_node *node)
{
    return tl_terms_read_whole(&((struct tl_follows *)target)->days, reader, node, 0, TL_TERMS_FOLLOWS_DAYS_MAX);
}

tl_status tl_terms_read_follows(void *target, const struct tl_terms_reader *reader, const struct tl_yaml_node *node)
{
    static const struct tl_terms_entry entries[] = {{"prices", false, read_prices_by},
                                                    {"text", false, read_text_by},
                                                    {"days", false, read_follows_days},
                                                    {NULL, false, NULL}};
    struct tl_terms *terms = target;
    return tl_terms_read_mapping(&terms->follows, reader, node, "what follows later terms", entries);
}

static tl_status read_days(void *target, const struct tl_terms_reader *reader, const struct tl_yaml_node *node)
{
    return tl_terms_read_whole(target, reader, node, 0, TL_TERMS_PAYMENT_DAYS_MAX);
}

tl_status tl_terms_read_payment(void *target, const struct tl_terms_reader *reader, const struct tl_yaml_node *node)
{
    static const struct tl_terms_entry entries[] = {{"days", true, read_days}, {NULL, false, NULL}};
    struct tl_terms *terms = target;
    return tl_terms_read_mapping(&terms->payment_days, reader, node, "the payment", entries);
}

tl_status tl_terms_read_billing(void *target, const struct tl_terms_reader *reader, const struct tl_yaml_node *node)
{
    static const char *const words[] = {[TL_BILLING_YEARLY] = "yearly",
                                        [TL_BILLING_HALF_YEARLY] = "half-yearly",
                                        [TL_BILLING_QUARTERLY] = "quarterly",
                                        NULL};
    size_t word;
    tl_status status = tl_terms_read_word(&word, reader, node, "how often a year is billed", words);
    if (status == TL_OK)
        ((struct tl_terms *)target)->billing = (tl_billing)word;
    return status;
}

tl_status tl_terms_read_prepaid(void *target, const struct tl_terms_reader *reader, const struct tl_yaml_node *node)
{
    static const char *const words[] = {"kept", "credited", NULL};
    size_t word;
    tl_status status = tl_terms_read_word(&word, reader, node, "what becomes of a prepaid amount", words);
    if (status == TL_OK)
        ((struct tl_terms *)target)->credits_prepaid = word == 1;
    return status;
}

tl_status tl_terms_read_invoices(void *target, const struct tl_terms_reader *reader, const struct tl_yaml_node *node)
{
    static const char *const words[] = {"any", "electronic", NULL};
    size_t word;
    tl_status status = tl_terms_read_word(&word, reader, node, "a way to send invoices", words);
    if (status == TL_OK)
        ((struct tl_terms *)target)->bills_electronic = word == 1;
    return status;
}
