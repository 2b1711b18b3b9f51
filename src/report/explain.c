/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/report/explain.h"

#include <string.h>

#include "explain_pen.h"
#include "tilslut/report/number.h"

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

static void heading(struct tl_pen *pen, const struct tl_line *line)
{
    tl_buf_text(pen->out, "\n");
    tl_pen_text(pen, line->name.en);
    tl_buf_text(pen->out, " (");
    tl_pen_text(pen, line->id);
    tl_buf_text(pen->out, "), account ");
    tl_pen_text(pen, line->account);
    tl_buf_format(pen->out, ", %s\n", kind_text(line->kind));
}

static void no_share(struct tl_pen *pen, const struct tl_line *line)
{
    tl_pen_label(pen, "no share");
    if (line->option != NULL) {
        tl_buf_text(pen->out, "only for those who took the option ");
        tl_pen_text(pen, line->option);
    } else
        tl_buf_text(pen->out, line->kind == TL_LINE_ANNUAL ? "not a member in this year" : "not due in this year");
    tl_pen_end_line(pen);
}

/* A line of the terms; *found says how many shares of it the member has. */
static tl_status one_line(struct tl_pen *pen, size_t *found, const struct tl_allocation *allocation,
                          const struct tl_line_result *result, const char *member_code, struct tl_err *err)
{
    struct tl_money sum = {0};
    tl_status status = TL_OK;
    *found = 0;
    heading(pen, result->line);
    for (size_t i = 0; i < result->share_count && status == TL_OK; i++)
        if (strcmp(result->shares[i].member->code, member_code) == 0) {
            tl_pen_share(pen, allocation, result, &result->shares[i]);
            status = tl_money_add(&sum, sum, result->shares[i].amount, err);
            ++*found;
        }
    if (*found == 0)
        no_share(pen, result->line);
    if (*found > 1 && result->known) {
        tl_pen_label(pen, "together");
        tl_pen_money(pen, sum);
        tl_pen_end_line(pen);
    }
    return status;
}

static const struct tl_member *find_member(const struct tl_allocation *allocation, const char *code)
{
    for (size_t i = 0; i < allocation->line_count; i++)
        for (size_t s = 0; s < allocation->lines[i].share_count; s++)
            if (strcmp(allocation->lines[i].shares[s].member->code, code) == 0)
                return allocation->lines[i].shares[s].member;
    return NULL;
}

static void title(struct tl_pen *pen, const struct tl_allocation *allocation, const struct tl_member *member)
{
    tl_pen_text(pen, member->code);
    tl_buf_text(pen->out, " ");
    tl_pen_text(pen, member->name);
    tl_buf_text(pen->out, ", ");
    tl_pen_text(pen, allocation->terms->product);
    tl_buf_format(pen->out, " %d\nterms from ", allocation->year);
    tl_pen_date(pen, allocation->terms->valid_from);
    tl_buf_text(pen->out, ", figures of ");
    tl_pen_date(pen, allocation->reference_date);
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
    struct tl_pen pen = {.out = out, .arena = TL_ARENA_EMPTY};
    bool all_known = true;
    title(&pen, allocation, member);
    for (size_t i = 0; i < allocation->line_count && status == TL_OK; i++) {
        size_t shares;
        status = one_line(&pen, &shares, allocation, &allocation->lines[i], member_code, err);
        all_known = all_known && (shares == 0 || allocation->lines[i].known);
    }
    tl_buf_text(out, all_known ? "\nTotal " : "\nTotal of what is known ");
    tl_pen_money(&pen, total);
    tl_pen_end_line(&pen);
    tl_arena_release(&pen.arena);
    return status == TL_OK ? tl_buf_status(out, err) : status;
}
