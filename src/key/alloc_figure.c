/* SPDX-License-Identifier: MPL-2.0 */
#include "alloc_run.h"

#include "tilslut/base/text.h"

tl_status tl_alloc_figure(const struct tl_figure **out, const struct tl_alloc_run *run, const struct tl_member *member,
                          const char *measure, struct tl_err *err)
{
    char date[TL_DATE_TEXT_SIZE], value[TL_RATIO_TEXT_SIZE];
    struct tl_date on = run->out->reference_date;
    for (size_t i = 0; i < member->figure_count; i++) {
        const struct tl_figure *figure = &member->figures[i];
        if (tl_date_compare(figure->holds_on, on) != 0 || !tl_text_equal(figure->measure, measure))
            continue;
        if (figure->value.denominator <= 0 || figure->value.numerator < 0)
            return tl_err_set(err, TL_ERR_INPUT, "member '%s' has the figure %s of '%s' on %s, which is below zero",
                              member->code, tl_ratio_text(figure->value, value), measure, tl_date_iso(on, date));
        *out = figure;
        return TL_OK;
    }
    return tl_err_set(err, TL_ERR_MISSING, "member '%s' has no figure of '%s' on %s", member->code, measure,
                      tl_date_iso(on, date));
}

static tl_status classify_by_hand(struct tl_share *share, const struct tl_alloc_run *run, struct tl_err *err)
{
    const struct tl_terms *terms = run->terms;
    size_t index = tl_terms_class_index(terms, share->member->class_by_hand);
    if (index == terms->class_count)
        return tl_err_set(err, TL_ERR_INPUT, "member '%s' is placed in the class '%s', which the terms do not have",
                          share->member->code, share->member->class_by_hand);
    share->size_class = &terms->classes[index];
    share->class_is_by_hand = true;
    return TL_OK;
}

tl_status tl_alloc_classify(struct tl_share *share, const struct tl_alloc_run *run, struct tl_err *err)
{
    if (share->member->class_by_hand != NULL)
        return classify_by_hand(share, run, err);
    tl_status status = tl_alloc_figure(&share->figure, run, share->member, run->terms->reference.measure, err);
    if (status == TL_ERR_MISSING)
        tl_err_hint(err, "import the figure, or place the member in a class by hand, with the reason");
    if (status != TL_OK)
        return status;
    share->size_class = tl_terms_class_of(run->terms, share->figure->value);
    if (share->size_class != NULL)
        return TL_OK;
    char value[TL_RATIO_TEXT_SIZE];
    return tl_err_set(err, TL_ERR_MISSING, "no class of the terms holds the %s of member '%s', which is %s",
                      share->figure->measure, share->member->code, tl_ratio_text(share->figure->value, value));
}
