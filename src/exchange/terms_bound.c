/* SPDX-License-Identifier: MPL-2.0 */
/* Bounds that rise from one size class, or bracket of a price, to the next. */
#include <string.h>

#include "quoted.h"
#include "terms_read.h"
#include "tilslut/exchange/published_number.h"

/* `below 25000`, `up to 60000`, or the words for what is left. */
static tl_status read_bound(struct tl_terms_bound *out, const struct tl_terms_bounds *bounds,
                            const struct tl_terms_reader *reader, const struct tl_yaml_node *node)
{
    static const char below[] = "below ", up_to[] = "up to ";
    const char *text = "";
    *out = (struct tl_terms_bound){.has_bound = false};
    tl_status status = tl_terms_read_text(&text, reader, node);
    if (status != TL_OK || tl_text_equal(text, bounds->rest))
        return status;
    bool is_below = strncmp(text, below, sizeof below - 1) == 0;
    out->inclusive = strncmp(text, up_to, sizeof up_to - 1) == 0;
    if (!is_below && !out->inclusive) {
        (void)tl_terms_refuse(reader, node, "'%.*s' is not the bound of a %s", QUOTED(text), bounds->what);
        tl_err_hint(reader->err, "write below 25000, up to 25000 (which takes 25000 too) or %s", bounds->rest);
        return TL_ERR_INPUT;
    }
    size_t offset = is_below ? sizeof below - 1 : sizeof up_to - 1;
    out->has_bound = true;
    if (tl_published_number_parse(&out->value, text + offset, reader->err) != TL_OK)
        return tl_terms_fail_inside(reader, node, offset);
    return TL_OK;
}

tl_status tl_terms_next_bound(struct tl_terms_bound *out, struct tl_terms_bounds *bounds,
                              const struct tl_terms_reader *reader, const struct tl_yaml_node *node, const char *name,
                              bool is_last)
{
    tl_status status = read_bound(out, bounds, reader, node);
    if (status != TL_OK)
        return status;
    if (!is_last && !out->has_bound)
        return tl_terms_refuse(reader, node, "'%s' stands before the last %s", bounds->rest, bounds->what);
    if (is_last && out->has_bound) {
        (void)tl_terms_refuse(reader, node, "the last %s '%.*s' has a bound", bounds->what, QUOTED(name));
        tl_err_hint(reader->err, "%s", bounds->last_hint);
        return TL_ERR_INPUT;
    }
    if (bounds->before_name != NULL && !is_last && tl_ratio_compare(bounds->before, out->value) >= 0) {
        (void)tl_terms_refuse(reader, node, "the %s '%.*s' does not end above '%.*s'", bounds->what, QUOTED(name),
                              QUOTED(bounds->before_name));
        tl_err_hint(reader->err, "write the %s from small to large", bounds->several);
        return TL_ERR_INPUT;
    }
    bounds->before = out->value;
    bounds->before_name = name;
    return TL_OK;
}
