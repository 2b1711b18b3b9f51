/* SPDX-License-Identifier: MPL-2.0 */
/* What holds for all lines of the terms: reference, size classes, notice and payment. */
#include <string.h>

#include "measure.h"
#include "quoted.h"
#include "terms_read.h"
#include "tilslut/exchange/published_number.h"

static tl_status read_measure(void *target, const struct tl_terms_reader *reader, const struct tl_yaml_node *node)
{
    struct tl_reference *reference = target;
    tl_status status = tl_terms_copy_text(&reference->measure, reader, node);
    if (status == TL_OK && tl_measure_check(reference->measure, &reader->terms->arena, reader->err) != TL_OK)
        status = tl_terms_fail_at(reader, node);
    return status;
}

/* `MM-DD`, a day that every year has. */
static bool read_month_day(struct tl_reference *reference, const char *text)
{
    static const char form[] = "dd-dd";
    for (size_t i = 0; i < sizeof form - 1; i++)
        if (form[i] == 'd' ? text[i] < '0' || text[i] > '9' : text[i] != form[i])
            return false;
    enum { NO_LEAP_YEAR = 2001 };
    reference->month = (text[0] - '0') * 10 + (text[1] - '0');
    reference->day = (text[3] - '0') * 10 + (text[4] - '0');
    return !tl_date_is_none(tl_date_of(NO_LEAP_YEAR, reference->month, reference->day));
}

static tl_status read_reference_date(void *target, const struct tl_terms_reader *reader,
                                     const struct tl_yaml_node *node)
{
    static const char *const years[] = {" of the same year", " of the year before", " of the second year before"};
    struct tl_reference *reference = target;
    const char *text = "";
    tl_status status = tl_terms_read_text(&text, reader, node);
    if (status != TL_OK)
        return status;
    int before = 0;
    bool fits = read_month_day(reference, text);
    while (fits && before < 3 && !tl_text_equal(text + 5, years[before]))
        before++;
    if (!fits || before == 3) {
        (void)tl_terms_refuse(reader, node, "'%.*s' does not say a day of each year", QUOTED(text));
        tl_err_hint(reader->err, "write month-day and the year, such as 01-01 of the year before; the same year and "
                                 "the second year before are possible too");
        return TL_ERR_INPUT;
    }
    reference->years_before = before;
    return TL_OK;
}

tl_status tl_terms_read_reference(void *target, const struct tl_terms_reader *reader, const struct tl_yaml_node *node)
{
    static const struct tl_terms_entry entries[] = {
        {"measure", true, read_measure}, {"date", true, read_reference_date}, {NULL, false, NULL}};
    struct tl_terms *terms = target;
    return tl_terms_read_mapping(&terms->reference, reader, node, "the reference", entries);
}

/* `below 25000`, `up to 60000` or `the rest`. */
static tl_status read_bound(struct tl_size_class *out, const struct tl_terms_reader *reader,
                            const struct tl_yaml_node *node)
{
    static const char below[] = "below ", up_to[] = "up to ";
    const char *text = "";
    tl_status status = tl_terms_read_text(&text, reader, node);
    if (status != TL_OK || tl_text_equal(text, "the rest"))
        return status;
    bool is_below = strncmp(text, below, sizeof below - 1) == 0;
    out->inclusive = strncmp(text, up_to, sizeof up_to - 1) == 0;
    if (!is_below && !out->inclusive) {
        (void)tl_terms_refuse(reader, node, "'%.*s' is not the bound of a size class", QUOTED(text));
        tl_err_hint(reader->err, "write below 25000, up to 25000 (which takes 25000 too) or the rest");
        return TL_ERR_INPUT;
    }
    size_t offset = is_below ? sizeof below - 1 : sizeof up_to - 1;
    out->has_bound = true;
    if (tl_published_number_parse(&out->bound, text + offset, reader->err) != TL_OK)
        return tl_terms_fail_inside(reader, node, offset);
    return TL_OK;
}

/* Each class begins where the one before ends; the last takes the rest. */
static tl_status check_order(const struct tl_terms_reader *reader, const struct tl_size_class *classes, size_t at,
                             const struct tl_yaml_node *node)
{
    bool is_last = at + 1 == node->count;
    const struct tl_yaml_node *value = &node->pairs[at].value;
    if (!is_last && !classes[at].has_bound)
        return tl_terms_refuse(reader, value, "'the rest' stands before the last size class");
    if (is_last && classes[at].has_bound) {
        (void)tl_terms_refuse(reader, value, "the last size class '%.*s' has a bound", QUOTED(classes[at].name));
        tl_err_hint(reader->err, "give the last class the rest, so that every member has a class");
        return TL_ERR_INPUT;
    }
    if (at == 0 || is_last || tl_ratio_compare(classes[at - 1].bound, classes[at].bound) < 0)
        return TL_OK;
    (void)tl_terms_refuse(reader, value, "the size class '%.*s' does not end above '%.*s'", QUOTED(classes[at].name),
                          QUOTED(classes[at - 1].name));
    tl_err_hint(reader->err, "write the classes from small to large");
    return TL_ERR_INPUT;
}

tl_status tl_terms_read_classes(void *target, const struct tl_terms_reader *reader, const struct tl_yaml_node *node)
{
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
    for (size_t i = 0; status == TL_OK && i < node->count; i++) {
        status = tl_terms_copy_text(&terms->classes[i].name, reader, &node->pairs[i].key);
        if (status == TL_OK)
            status = read_bound(&terms->classes[i], reader, &node->pairs[i].value);
        if (status == TL_OK)
            status = check_order(reader, terms->classes, i, node);
    }
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
