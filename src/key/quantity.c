/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/key/quantity.h"

#include "alloc_run.h"

static bool has_fixed_percents(const struct tl_key *key)
{
    const struct tl_key *behind = tl_key_behind_name(key);
    bool found = behind->kind == TL_KEY_FIXED && behind->in_percent;
    for (size_t i = 0; !found && behind->kind == TL_KEY_MIX && i < behind->part_count; i++)
        found = has_fixed_percents(behind->parts[i].key);
    return found;
}

static size_t count_quantities(const struct tl_key *key)
{
    const struct tl_key *behind = tl_key_behind_name(key);
    size_t count = behind->kind == TL_KEY_MIX ? 0 : 1;
    for (size_t i = 0; behind->kind == TL_KEY_MIX && i < behind->part_count; i++)
        count += count_quantities(behind->parts[i].key);
    return count;
}

/* a x b where their terms are short enough. */
static tl_status multiply(struct tl_ratio *out, struct tl_ratio a, struct tl_ratio b, struct tl_err *err)
{
    int64_t numerator, denominator;
    if (__builtin_mul_overflow(a.numerator, b.numerator, &numerator) ||
        __builtin_mul_overflow(a.denominator, b.denominator, &denominator))
        return tl_err_set(err, TL_ERR_RANGE, "the weights of a key inside another have too many digits");
    *out = tl_ratio_of(numerator, denominator);
    return TL_OK;
}

static tl_status list_parts(struct tl_quantity_part *parts, size_t *count, const struct tl_key *key,
                            struct tl_ratio factor, struct tl_err *err)
{
    const struct tl_key *behind = tl_key_behind_name(key);
    tl_status status = TL_OK;
    if (behind->kind != TL_KEY_MIX) {
        parts[(*count)++] = (struct tl_quantity_part){factor, behind};
        return TL_OK;
    }
    for (size_t i = 0; status == TL_OK && i < behind->part_count; i++) {
        struct tl_ratio inner;
        status = multiply(&inner, factor, behind->parts[i].factor, err);
        if (status == TL_OK)
            status = list_parts(parts, count, behind->parts[i].key, inner, err);
    }
    return status;
}

tl_status tl_quantity_parts(struct tl_quantity_part **out, size_t *count, const struct tl_key *key,
                            struct tl_arena *arena, struct tl_err *err)
{
    *count = 0;
    *out = tl_arena_alloc(arena, count_quantities(key), sizeof **out);
    if (*out == NULL)
        return tl_err_memory(err);
    return has_fixed_percents(key) ? TL_OK : list_parts(*out, count, key, tl_ratio_of(1, 1), err);
}

/* One member, and the class that it is tried in. */
struct counted {
    struct tl_alloc_source source;
    struct tl_key_source own;
    const char *size_class;
};

static tl_status figure_of(const struct tl_figure **out, size_t member, const char *measure, void *context,
                           struct tl_err *err)
{
    const struct counted *counted = context;
    return counted->own.figure(out, member, measure, counted->own.context, err);
}

static tl_status class_of(const char **out, size_t member, void *context, struct tl_err *err)
{
    const struct counted *counted = context;
    *out = counted->size_class;
    return counted->size_class != NULL ? TL_OK : counted->own.size_class(out, member, counted->own.context, err);
}

static const char *code_of(size_t member, void *context)
{
    const struct counted *counted = context;
    return counted->own.code(member, counted->own.context);
}

tl_status tl_quantity_count(struct tl_frac *out, const struct tl_key *quantity, const struct tl_alloc_request *request,
                            const struct tl_member *member, const char *size_class, struct tl_err *err)
{
    struct tl_allocation year = {.arena = TL_ARENA_EMPTY,
                                 .year = request->year,
                                 .reference_date = tl_terms_reference_date(request->terms, request->year)};
    const struct tl_alloc_run run = {.request = request, .terms = request->terms, .out = &year};
    struct counted counted = {{&run, &member}, {0}, size_class};
    counted.own = tl_alloc_key_source(&counted.source, 1);
    const struct tl_key_source source = {1, figure_of, class_of, code_of, &counted};
    return tl_key_quantity(out->q, quantity, 0, &source, err);
}
