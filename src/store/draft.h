/* SPDX-License-Identifier: MPL-2.0 */
/*
 * A file of SQLite's that is made under another name beside its place, and comes there whole or not at all:
 * `NAME.new-PID`. What programs left there that were killed is taken away by the next one that makes a file there.
 */
#ifndef STORE_DRAFT_H
#define STORE_DRAFT_H

#include <stdbool.h>

#include "tilslut/base/status.h"
#include "tilslut/base/text.h"

struct tl_draft {
    const char *path, *hint; /* borrowed */
    struct tl_buf draft;
    bool made;
};

#define TL_DRAFT_EMPTY                                                                                                 \
    {                                                                                                                  \
        .path = NULL                                                                                                   \
    }

/* Whether a name ends, from `mark` on, like that of a draft of a program that is no more: `.new-PID`, and what SQLite puts
 * behind it. */
bool tl_draft_is_left_over(const char *mark);

/* Makes an empty draft of `path`. TL_ERR_CONFLICT with the hint when that exists, TL_ERR_IO. End it whatever the
 * status. */
tl_status tl_draft_begin(struct tl_draft *draft, const char *path, const char *hint, struct tl_err *err) TL_MUST_CHECK;

/* The name under which it is filled; borrowed. */
const char *tl_draft_path(const struct tl_draft *draft);

/* Puts it into its place, durably, when `status` is TL_OK, and otherwise takes it away. It must be closed. Returns
 * `status`, or what went wrong: TL_ERR_CONFLICT when the path came to exist meanwhile, TL_ERR_IO. */
tl_status tl_draft_end(struct tl_draft *draft, tl_status status, struct tl_err *err) TL_MUST_CHECK;

#endif
