/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Amounts agreed with single members, which override a price as well as a key.
 */
#include "alloc_run.h"

#include "tilslut/base/text.h"

/* A member that is none at all is a slip of the pen; one who is not there just now is not. */
tl_status tl_alloc_check_member(const struct tl_alloc_run *run, const struct tl_line *line, const char *code,
                                const char *what, struct tl_err *err)
{
    for (size_t i = 0; i < run->member_count; i++)
        if (tl_text_equal(run->members[i]->code, code))
            return TL_OK;
    return tl_err_set(err, TL_ERR_NOT_FOUND, "line '%s' has %s for '%s', who is no member", line->id, what, code);
}

tl_status tl_alloc_check_agreed(const struct tl_line *line, const struct tl_alloc_run *run, struct tl_err *err)
{
    tl_status status = TL_OK;
    for (size_t i = 0; status == TL_OK && i < line->agreed_count; i++) {
        const char *member = line->agreed[i].member;
        status = tl_alloc_check_member(run, line, member, "an agreed amount", err);
        if (status == TL_OK && tl_alloc_agreed(line, member) != &line->agreed[i])
            status =
                tl_err_set(err, TL_ERR_INPUT, "line '%s' has two agreed amounts for member '%s'", line->id, member);
    }
    return status;
}

const struct tl_agreed_amount *tl_alloc_agreed(const struct tl_line *line, const char *code)
{
    for (size_t i = 0; i < line->agreed_count; i++)
        if (tl_text_equal(line->agreed[i].member, code))
            return &line->agreed[i];
    return NULL;
}
