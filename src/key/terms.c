/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/key/terms.h"

#include "tilslut/base/text.h"

void tl_terms_release(struct tl_terms *terms)
{
    tl_arena_release(&terms->arena);
    *terms = (struct tl_terms)TL_TERMS_EMPTY;
}

const struct tl_line *tl_terms_line(const struct tl_terms *terms, const char *id)
{
    for (size_t i = 0; i < terms->line_count; i++)
        if (tl_text_equal(terms->lines[i].id, id))
            return &terms->lines[i];
    return NULL;
}

struct tl_date tl_terms_reference_date(const struct tl_terms *terms, int year)
{
    const struct tl_reference *reference = &terms->reference;
    return tl_date_of(year - reference->years_before, reference->month, reference->day);
}

int tl_terms_reference_year(const struct tl_terms *terms, struct tl_date date)
{
    int year = tl_date_year(date) + terms->reference.years_before;
    return tl_date_compare(tl_terms_reference_date(terms, year), date) < 0 ? year + 1 : year;
}

static bool holds(const struct tl_size_class *size_class, struct tl_ratio value)
{
    int order = size_class->has_bound ? tl_ratio_compare(value, size_class->bound) : -1;
    return order < 0 || (order == 0 && size_class->inclusive);
}

const struct tl_size_class *tl_terms_class_of(const struct tl_terms *terms, struct tl_ratio value)
{
    for (size_t i = 0; i < terms->class_count; i++)
        if (holds(&terms->classes[i], value))
            return &terms->classes[i];
    return NULL;
}

size_t tl_terms_class_index(const struct tl_terms *terms, const char *name)
{
    size_t i = 0;
    while (i < terms->class_count && !tl_text_equal(terms->classes[i].name, name))
        i++;
    return i;
}

struct check {
    const struct tl_terms *terms;
    struct tl_err *err;
};

static tl_status check_class(const char *name, void *context)
{
    const struct check *check = context;
    if (tl_terms_class_index(check->terms, name) < check->terms->class_count)
        return TL_OK;
    (void)tl_err_set(check->err, TL_ERR_INPUT, "the key names the size class '%.60s', which the terms do not have",
                     name);
    tl_err_hint(check->err, "write the classes as the terms do");
    return TL_ERR_INPUT;
}

tl_status tl_terms_check_key(const struct tl_terms *terms, const struct tl_key *key, struct tl_err *err)
{
    return tl_key_classes(key, check_class, &(struct check){terms, err});
}
