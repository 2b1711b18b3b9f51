/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/report/explain.h"

#include <string.h>

#include "safe_text.h"
#include "tilslut/report/number.h"

enum { EXACT_DECIMALS = 6, SHARE_DECIMALS = 6 };

/* What is being written; failures stick to `out`. */
struct pen {
    struct tl_buf *out;
    struct tl_arena arena;
};

static void label(struct pen *pen, const char *name)
{
    tl_buf_format(pen->out, "  %-12s", name);
}

static void end_line(struct pen *pen)
{
    tl_buf_text(pen->out, "\n");
}

static void text(struct pen *pen, const char *words)
{
    tl_safe_text_add(pen->out, words);
}

/* A text that was made for this and may be NULL because memory is gone. */
static void made(struct pen *pen, const char *words)
{
    if (words == NULL)
        pen->out->failed = true;
    else
        tl_buf_text(pen->out, words);
}

static void money(struct pen *pen, struct tl_money amount)
{
    char into[TL_MONEY_TEXT_SIZE];
    tl_buf_text(pen->out, tl_money_da(amount, into));
}

static void date(struct pen *pen, struct tl_date day)
{
    char into[TL_DATE_TEXT_SIZE];
    tl_buf_text(pen->out, tl_date_iso(day, into));
}

static void number(struct pen *pen, struct tl_ratio value)
{
    char into[TL_NUMBER_TEXT_SIZE];
    tl_buf_text(pen->out, tl_number_da(value, into));
}

static bool is_whole(const struct tl_frac *fraction)
{
    return mpz_cmp_ui(mpq_denref(fraction->q), 1) == 0;
}

/* Minor units as an amount: two decimals when that is exact, else more of them and the exact fraction. */
static void exact_money(struct pen *pen, const struct tl_frac *minor)
{
    struct tl_frac major;
    tl_frac_init(&major);
    mpq_set_ui(major.q, 100, 1);
    mpq_div(major.q, minor->q, major.q);
    made(pen, tl_frac_da(&major, is_whole(minor) ? 2 : EXACT_DECIMALS, &pen->arena));
    if (!is_whole(minor)) {
        tl_buf_text(pen->out, ", exactly ");
        made(pen, tl_frac_text(&major, &pen->arena));
    }
    tl_frac_release(&major);
}

void tl_explain_class_rule(struct tl_buf *out, const struct tl_terms *terms, const struct tl_size_class *size_class)
{
    char into[TL_NUMBER_TEXT_SIZE];
    size_t index = 0;
    while (index < terms->class_count && strcmp(terms->classes[index].name, size_class->name) != 0)
        index++;
    if (index == terms->class_count)
        return;
    if (index > 0) {
        const struct tl_size_class *below = &terms->classes[index - 1];
        tl_buf_format(out, below->inclusive ? "above %s" : "%s or more", tl_number_da(below->bound, into));
    }
    if (size_class->has_bound)
        tl_buf_format(out, size_class->inclusive ? "%sup to and including %s" : "%sbelow %s", index > 0 ? ", " : "",
                      tl_number_da(size_class->bound, into));
    else if (index == 0)
        tl_buf_text(out, "everyone");
}

static const char *kind_text(tl_line_kind kind)
{
    switch (kind) {
    case TL_LINE_ANNUAL:
        return "every year";
    case TL_LINE_JOINING_FEE:
        return "once, when the membership begins";
    case TL_LINE_ONE_OFF:
        return "once";
    }
    return "";
}

static void heading(struct pen *pen, const struct tl_line *line)
{
    tl_buf_text(pen->out, "\n");
    text(pen, line->name.en);
    tl_buf_text(pen->out, " (");
    text(pen, line->id);
    tl_buf_text(pen->out, "), account ");
    text(pen, line->account);
    tl_buf_format(pen->out, ", %s\n", kind_text(line->kind));
}

static void figure(struct pen *pen, const struct tl_figure *known)
{
    label(pen, "figure");
    text(pen, known->measure);
    tl_buf_text(pen->out, " ");
    number(pen, known->value);
    tl_buf_text(pen->out, " on ");
    date(pen, known->holds_on);
    tl_buf_text(pen->out, ", source: ");
    text(pen, known->source);
    end_line(pen);
}

static void size_class(struct pen *pen, const struct tl_terms *terms, const struct tl_share *share)
{
    label(pen, "class");
    text(pen, share->size_class->name);
    if (share->class_is_by_hand) {
        tl_buf_text(pen->out, ", set by hand: ");
        text(pen, share->member->class_reason == NULL ? "no reason recorded" : share->member->class_reason);
    } else {
        tl_buf_text(pen->out, ": ");
        tl_explain_class_rule(pen->out, terms, share->size_class);
    }
    end_line(pen);
}

static const char *association_text(tl_association association)
{
    switch (association) {
    case TL_ASSOCIATION_MEMBER:
        return "member of the association";
    case TL_ASSOCIATION_OTHER:
        return "not a member of the association";
    case TL_ASSOCIATION_NOT_RECORDED:
        return "membership of the association not recorded, so counted as none";
    }
    return "";
}

static void priced(struct pen *pen, const struct tl_line *line, const struct tl_share *share)
{
    char into[TL_NUMBER_TEXT_SIZE];
    label(pen, "price");
    money(pen, share->price);
    end_line(pen);
    if (line->markup.present) {
        label(pen, "markup");
        tl_buf_format(pen->out, "%s, %s\n", tl_number_percent_da(share->markup, into),
                      association_text(share->member->association));
    }
    if (share->waived != NULL) {
        label(pen, "waived");
        tl_buf_text(pen->out, "because of ");
        text(pen, share->waived);
        end_line(pen);
    }
}

static void share_of_weights(struct pen *pen, const struct tl_line_result *result, const struct tl_share *share)
{
    struct tl_frac percent;
    tl_frac_init(&percent);
    mpq_set_ui(percent.q, 100, 1);
    mpq_mul(percent.q, percent.q, share->share.q);
    label(pen, "weight");
    made(pen, tl_frac_text(&share->weight, &pen->arena));
    tl_buf_text(pen->out, " of ");
    made(pen, tl_frac_text(&result->weight_sum, &pen->arena));
    end_line(pen);
    label(pen, "share");
    made(pen, tl_frac_text(&share->share, &pen->arena));
    tl_buf_text(pen->out, " = ");
    made(pen, tl_frac_da(&percent, SHARE_DECIMALS, &pen->arena));
    tl_buf_text(pen->out, " %\n");
    tl_frac_release(&percent);
}

static void bounds(struct pen *pen, const struct tl_line *line)
{
    if (line->has_floor) {
        label(pen, "floor");
        money(pen, line->floor);
        end_line(pen);
    }
    if (line->has_cap) {
        label(pen, "cap");
        money(pen, line->cap);
        end_line(pen);
    }
}

static void budgeted(struct pen *pen, const struct tl_line_result *result, const struct tl_share *share)
{
    label(pen, "budget");
    money(pen, result->line->budget);
    end_line(pen);
    label(pen, "key");
    text(pen, result->key_text);
    end_line(pen);
    share_of_weights(pen, result, share);
    bounds(pen, result->line);
}

static void amounts(struct pen *pen, const struct tl_line *line, const struct tl_share *share)
{
    if (share->working != NULL && share->working[0] != '\0') {
        label(pen, "working");
        text(pen, share->working);
        end_line(pen);
    }
    label(pen, "exact");
    exact_money(pen, &share->exact);
    end_line(pen);
    label(pen, "rounding");
    tl_buf_text(pen->out, mpq_sgn(share->rounding.q) > 0 ? "+" : "");
    exact_money(pen, &share->rounding);
    tl_buf_text(pen->out, ", to whole ");
    money(pen, (struct tl_money){line->round_to_minor});
    end_line(pen);
    label(pen, "amount");
    money(pen, share->amount);
    end_line(pen);
}

static void one_share(struct pen *pen, const struct tl_allocation *allocation, const struct tl_line_result *result,
                      const struct tl_share *share)
{
    label(pen, "period");
    date(pen, share->period.first);
    tl_buf_text(pen->out, " to ");
    date(pen, share->period.last);
    end_line(pen);
    if (share->figure != NULL)
        figure(pen, share->figure);
    if (share->size_class != NULL)
        size_class(pen, allocation->terms, share);
    if (!result->known) {
        label(pen, "amount");
        tl_buf_text(pen->out, "not yet known, so it cannot be billed\n");
        return;
    }
    if (result->line->has_budget)
        budgeted(pen, result, share);
    else
        priced(pen, result->line, share);
    amounts(pen, result->line, share);
}

static void no_share(struct pen *pen, const struct tl_line *line)
{
    label(pen, "no share");
    if (line->option != NULL) {
        tl_buf_text(pen->out, "only for those who took the option ");
        text(pen, line->option);
    } else
        tl_buf_text(pen->out, line->kind == TL_LINE_ANNUAL ? "not a member in this year" : "not due in this year");
    end_line(pen);
}

/* Returns how many shares of the line the member has. */
static size_t one_line(struct pen *pen, const struct tl_allocation *allocation, const struct tl_line_result *result,
                       const char *member_code)
{
    size_t found = 0;
    heading(pen, result->line);
    for (size_t i = 0; i < result->share_count; i++)
        if (strcmp(result->shares[i].member->code, member_code) == 0) {
            one_share(pen, allocation, result, &result->shares[i]);
            found++;
        }
    if (found == 0)
        no_share(pen, result->line);
    return found;
}

static const struct tl_member *find_member(const struct tl_allocation *allocation, const char *code)
{
    for (size_t i = 0; i < allocation->line_count; i++)
        for (size_t s = 0; s < allocation->lines[i].share_count; s++)
            if (strcmp(allocation->lines[i].shares[s].member->code, code) == 0)
                return allocation->lines[i].shares[s].member;
    return NULL;
}

static void title(struct pen *pen, const struct tl_allocation *allocation, const struct tl_member *member)
{
    text(pen, member->code);
    tl_buf_text(pen->out, " ");
    text(pen, member->name);
    tl_buf_text(pen->out, ", ");
    text(pen, allocation->terms->product);
    tl_buf_format(pen->out, " %d\nterms from ", allocation->year);
    date(pen, allocation->terms->valid_from);
    tl_buf_text(pen->out, ", figures of ");
    date(pen, allocation->reference_date);
    tl_buf_text(pen->out, ", amounts excluding VAT\n");
}

tl_status tl_explain(struct tl_buf *out, const struct tl_allocation *allocation, const char *member_code,
                     struct tl_err *err)
{
    const struct tl_member *member = find_member(allocation, member_code);
    if (member == NULL) {
        (void)tl_err_set(err, TL_ERR_NOT_FOUND, "'%.60s' has no share of %.60s in %d", member_code,
                         allocation->terms->product, allocation->year);
        tl_err_hint(err, "only those who are members at some time in the year have shares");
        return err->status;
    }
    struct tl_money total = {0};
    tl_status status = tl_allocation_member_total(&total, allocation, member_code, err);
    if (status != TL_OK)
        return status;
    struct pen pen = {.out = out, .arena = TL_ARENA_EMPTY};
    bool all_known = true;
    title(&pen, allocation, member);
    for (size_t i = 0; i < allocation->line_count; i++) {
        size_t shares = one_line(&pen, allocation, &allocation->lines[i], member_code);
        all_known = all_known && (shares == 0 || allocation->lines[i].known);
    }
    tl_buf_text(out, all_known ? "\nTotal " : "\nTotal of what is known ");
    money(&pen, total);
    end_line(&pen);
    tl_arena_release(&pen.arena);
    return tl_buf_status(out, err);
}
