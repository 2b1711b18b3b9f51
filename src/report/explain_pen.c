/* SPDX-License-Identifier: MPL-2.0 */
#include "explain_pen.h"

#include "safe_text.h"
#include "tilslut/report/number.h"

enum { EXACT_DECIMALS = 6 };

void tl_pen_label(struct tl_pen *pen, const char *name)
{
    tl_buf_format(pen->out, "  %-12s", name);
}

void tl_pen_end_line(struct tl_pen *pen)
{
    tl_buf_text(pen->out, "\n");
}

void tl_pen_text(struct tl_pen *pen, const char *words)
{
    tl_safe_text_add(pen->out, words);
}

void tl_pen_made(struct tl_pen *pen, const char *words)
{
    if (words == NULL)
        pen->out->failed = true;
    else
        tl_buf_text(pen->out, words);
}

void tl_pen_money(struct tl_pen *pen, struct tl_money amount)
{
    char into[TL_MONEY_TEXT_SIZE];
    tl_buf_text(pen->out, tl_money_da(amount, into));
}

void tl_pen_date(struct tl_pen *pen, struct tl_date day)
{
    char into[TL_DATE_TEXT_SIZE];
    tl_buf_text(pen->out, tl_date_iso(day, into));
}

void tl_pen_number(struct tl_pen *pen, struct tl_ratio value)
{
    char into[TL_NUMBER_TEXT_SIZE];
    tl_buf_text(pen->out, tl_number_da(value, into));
}

static bool is_whole(const struct tl_frac *fraction)
{
    return mpz_cmp_ui(mpq_denref(fraction->q), 1) == 0;
}

void tl_pen_exact_money(struct tl_pen *pen, const struct tl_frac *minor)
{
    struct tl_frac major;
    tl_frac_init(&major);
    mpq_set_ui(major.q, 100, 1);
    mpq_div(major.q, minor->q, major.q);
    tl_pen_made(pen, tl_frac_da(&major, is_whole(minor) ? 2 : EXACT_DECIMALS, &pen->arena));
    if (!is_whole(minor)) {
        tl_buf_text(pen->out, ", exactly ");
        tl_pen_made(pen, tl_frac_text(&major, &pen->arena));
    }
    tl_frac_release(&major);
}

void tl_pen_part(struct tl_pen *pen, struct tl_ratio ratio)
{
    char into[TL_NUMBER_TEXT_SIZE];
    tl_buf_text(pen->out, tl_number_percent_da(ratio, into));
}
