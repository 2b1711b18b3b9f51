/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Which figure and which size class of a member count.
 */
#include "alloc_run.h"

#include "tilslut/base/text.h"

tl_status tl_alloc_figure(const struct tl_figure **out, const struct tl_alloc_run *run, const struct tl_member *member,
                          const char *measure, struct tl_err *err)
{
    char date[TL_DATE_TEXT_SIZE];
    struct tl_date on = run->out->reference_date;
    for (size_t i = 0; i < member->figure_count; i++) {
        const struct tl_figure *figure = &member->figures[i];
        if (tl_date_compare(figure->holds_on, on) != 0 || !tl_text_equal(figure->measure, measure))
            continue;
        if (figure->value.denominator <= 0 || figure->value.numerator < 0)
            return tl_err_set(err, TL_ERR_INPUT, "member '%s' has a figure of '%s' on %s that is below zero",
                              member->code, measure, tl_date_iso(on, date));
        *out = figure;
        return TL_OK;
    }
    return tl_err_set(err, TL_ERR_MISSING, "member '%s' has no figure of '%s' on %s", member->code, measure,
                      tl_date_iso(on, date));
}

static tl_status take_first(const char *measure, void *context)
{
    *(const char **)context = measure;
    return TL_ERR_STATE; /* ends the visit */
}

tl_status tl_alloc_first_figure(const struct tl_figure **out, const struct tl_alloc_run *run,
                                const struct tl_member *member, const struct tl_key *key, struct tl_err *err)
{
    const char *measure = NULL;
    *out = NULL;
    if (tl_key_measures(key, take_first, &measure) == TL_OK || measure == NULL)
        return TL_OK;
    return tl_alloc_figure(out, run, member, measure, err);
}

/* A class that was decided for the member, instead of the one its figure falls in. */
static tl_status classify_by_name(struct tl_share *share, const char *name, const char *how,
                                  const struct tl_alloc_run *run, struct tl_err *err)
{
    const struct tl_terms *terms = run->terms;
    size_t index = tl_terms_class_index(terms, name);
    if (index == terms->class_count)
        return tl_err_set(err, TL_ERR_INPUT, "member '%s' is %s the class '%s', which the terms do not have",
                          share->member->code, how, name);
    share->size_class = &terms->classes[index];
    return TL_OK;
}

tl_status tl_alloc_classify(struct tl_share *share, const struct tl_alloc_run *run, struct tl_err *err)
{
    const struct tl_member *member = share->member;
    if (member->class_frozen != NULL && run->out->year <= member->class_frozen_until) {
        share->class_is_frozen = true;
        return classify_by_name(share, member->class_frozen, "frozen in", run, err);
    }
    if (member->class_by_hand != NULL) {
        share->class_is_by_hand = true;
        return classify_by_name(share, member->class_by_hand, "placed in", run, err);
    }
    tl_status status = tl_alloc_figure(&share->figure, run, member, run->terms->reference.measure, err);
    if (status == TL_ERR_MISSING)
        tl_err_hint(err, "import the figure, or place the member in a class by hand, with the reason");
    if (status != TL_OK)
        return status;
    share->size_class = tl_terms_class_of(run->terms, share->figure->value);
    if (share->size_class != NULL)
        return TL_OK;
    char value[TL_RATIO_TEXT_SIZE];
    return tl_err_set(err, TL_ERR_MISSING, "no class of the terms holds the %s of member '%s', which is %s",
                      share->figure->measure, member->code, tl_ratio_text(share->figure->value, value));
}

static tl_status source_figure(const struct tl_figure **out, size_t member, const char *measure, void *context,
                               struct tl_err *err)
{
    const struct tl_alloc_source *source = context;
    tl_status status = tl_alloc_figure(out, source->run, source->members[member], measure, err);
    if (status == TL_ERR_MISSING)
        tl_err_hint(err, "import the figure, with its source");
    return status;
}

static tl_status source_class(const char **out, size_t member, void *context, struct tl_err *err)
{
    const struct tl_alloc_source *source = context;
    struct tl_share share = {.member = source->members[member]};
    tl_status status = tl_alloc_classify(&share, source->run, err);
    if (status == TL_OK)
        *out = share.size_class->name;
    return status;
}

static const char *source_code(size_t member, void *context)
{
    const struct tl_alloc_source *source = context;
    return source->members[member]->code;
}

struct tl_key_source tl_alloc_key_source(struct tl_alloc_source *source, size_t count)
{
    return (struct tl_key_source){count, source_figure, source_class, source_code, source};
}
