/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/key/split.h"

#include "key_weigh.h"
#include "tilslut/base/text.h"
#include "tilslut/key/apportion.h"

struct source {
    const struct tl_member *members;
    struct tl_date on;
};

static tl_status find_figure(const struct tl_figure **out, size_t member, const char *measure, void *context,
                             struct tl_err *err)
{
    const struct source *source = context;
    const struct tl_member *of = &source->members[member];
    char date[TL_DATE_TEXT_SIZE];
    for (size_t i = 0; i < of->figure_count; i++)
        if (tl_text_equal(of->figures[i].measure, measure) &&
            tl_date_compare(of->figures[i].holds_on, source->on) == 0) {
            *out = &of->figures[i];
            return TL_OK;
        }
    return tl_err_set(err, TL_ERR_MISSING, "'%s' has no figure of '%.60s' on %s", of->code, measure,
                      tl_date_iso(source->on, date));
}

static tl_status find_class(const char **out, size_t member, void *context, struct tl_err *err)
{
    const struct source *source = context;
    (void)out;
    return tl_err_set(err, TL_ERR_MISSING, "'%s' has no size class: only terms define classes",
                      source->members[member].code);
}

static const char *code_of(size_t member, void *context)
{
    const struct source *source = context;
    return source->members[member].code;
}

static tl_status apportion(int64_t *parts, struct tl_money total, const struct tl_key_weights *weighed, size_t count,
                           struct tl_err *err)
{
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct tl_frac *weights = tl_arena_alloc(&arena, count, sizeof *weights);
    if (weights == NULL)
        return tl_err_memory(err);
    for (size_t i = 0; i < count; i++) {
        tl_frac_init(&weights[i]);
        tl_numbers_get(weights[i].q, &weighed->numbers, i);
    }
    tl_status status = tl_apportion(parts, total.minor, weights, count, err);
    for (size_t i = 0; i < count; i++)
        tl_frac_release(&weights[i]);
    tl_arena_release(&arena);
    return status;
}

tl_status tl_split(int64_t *parts, struct tl_money total, const struct tl_key *key, const struct tl_member *members,
                   size_t count, struct tl_date figures_on, struct tl_err *err)
{
    struct source context = {members, figures_on};
    struct tl_key_source source = {
        .count = count, .figure = find_figure, .size_class = find_class, .code = code_of, .context = &context};
    struct tl_key_weights weighed = {0};
    tl_status status = tl_key_weigh(&weighed, key, &source, err);
    if (status == TL_OK)
        status = apportion(parts, total, &weighed, count, err);
    tl_key_weights_release(&weighed);
    return status;
}
