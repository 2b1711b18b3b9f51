/* SPDX-License-Identifier: MPL-2.0 */
/*
 * What the working of an amount is written with, and its parts. Failures stick to `out`.
 */
#ifndef REPORT_EXPLAIN_PEN_H
#define REPORT_EXPLAIN_PEN_H

#include "tilslut/base/text.h"
#include "tilslut/key/alloc.h"

struct tl_pen {
    struct tl_buf *out;
    struct tl_arena arena;
};

/* The word that a line of the working begins with. */
void tl_pen_label(struct tl_pen *pen, const char *name);
void tl_pen_end_line(struct tl_pen *pen);

/* Text that somebody else wrote, made safe for a terminal. */
void tl_pen_text(struct tl_pen *pen, const char *words);
/* Text that was made for this; NULL says that memory is gone. */
void tl_pen_made(struct tl_pen *pen, const char *words);

void tl_pen_money(struct tl_pen *pen, struct tl_money amount);
/* Minor units as an amount: two decimals when that is exact, else more of them and the exact fraction. */
void tl_pen_exact_money(struct tl_pen *pen, const struct tl_frac *minor);
void tl_pen_date(struct tl_pen *pen, struct tl_date day);
void tl_pen_number(struct tl_pen *pen, struct tl_ratio value);
/* `12,5 %` or `1/3` */
void tl_pen_part(struct tl_pen *pen, struct tl_ratio ratio);

/* One share with all its steps. */
void tl_pen_share(struct tl_pen *pen, const struct tl_allocation *allocation, const struct tl_line_result *result,
                  const struct tl_share *share);

#endif
