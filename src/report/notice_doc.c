/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/report/notice_doc.h"

#include "agreement_parts.h"
#include "template_doc.h"

/* As the terms name the line in the language of the document; as it was charged where they have no such line now. */
static const char *line_name(const struct tl_statement_row *row, const struct agreement_source *source)
{
    const struct tl_terms *terms = source->facts->terms;
    for (size_t i = 0; i < terms->line_count; i++)
        if (tl_text_equal(terms->lines[i].id, row->line_id))
            return agreement_text(&terms->lines[i].name, source->is_english);
    return row->line_name;
}

/* What one entry came to on one line: a credit note takes the earlier charge off and puts the new one on, and the
 * member is told the difference. */
struct account_row {
    const struct tl_statement_row *first;
    struct tl_period period;
    struct tl_date charged_until; /* of what was put on; none where something was only taken off */
    struct tl_money amount;
    size_t parts;
};

static bool is_same_row(const struct account_row *row, const struct tl_statement_row *part)
{
    return row->first->entry == part->entry && tl_text_equal(row->first->line_id, part->line_id);
}

/* One row for each entry and line, in the order in which they begin. The parts of an entry follow one another. */
static tl_status add_up(struct account_row **out, size_t *count, const struct tl_notice_facts *notice,
                        const struct agreement_source *source)
{
    struct account_row *rows = tl_arena_alloc(source->arena, notice->row_count, sizeof *rows);
    size_t entry = 0; /* where the rows of the present entry begin */
    *out = rows;
    *count = 0;
    if (rows == NULL)
        return tl_err_memory(source->err);
    tl_status status = TL_OK;
    for (size_t i = 0; i < notice->row_count && status == TL_OK; i++) {
        const struct tl_statement_row *part = &notice->rows[i];
        if (i > 0 && part->entry != notice->rows[i - 1].entry)
            entry = *count;
        size_t at = entry;
        while (at < *count && !is_same_row(&rows[at], part))
            at++;
        if (at == *count)
            rows[(*count)++] = (struct account_row){.first = part, .period = part->period};
        struct account_row *row = &rows[at];
        row->parts++;
        if (tl_date_compare(part->period.first, row->period.first) < 0)
            row->period.first = part->period.first;
        if (tl_date_compare(part->period.last, row->period.last) > 0)
            row->period.last = part->period.last;
        if (part->gross.minor >= 0 && tl_date_compare(part->period.last, row->charged_until) > 0)
            row->charged_until = part->period.last;
        status = tl_money_add(&row->amount, row->amount, part->gross, source->err);
    }
    return status;
}

/* A line of the account, and the last day that it is charged for. */
struct account_line {
    const char *id;
    struct tl_date until;
};

/* A charge reaches further; a credit note says anew until when its period is charged. */
static void move_until(struct account_line *line, const struct account_row *row)
{
    bool is_later = tl_date_compare(row->charged_until, line->until) > 0;
    bool is_said_anew = row->first->kind == TL_ROW_CREDIT && !tl_date_is_none(row->charged_until) &&
                        tl_date_compare(row->period.first, line->until) <= 0 &&
                        tl_date_compare(line->until, row->period.last) <= 0;
    if (is_later || is_said_anew)
        line->until = row->charged_until;
}

/* The last day that anything is charged for; none where nothing is. */
static tl_status find_charged_until(struct tl_date *out, const struct account_row *rows, size_t count,
                                    const struct agreement_source *source)
{
    struct account_line *lines = tl_arena_alloc(source->arena, count, sizeof *lines);
    size_t line_count = 0;
    *out = (struct tl_date){0};
    if (lines == NULL)
        return tl_err_memory(source->err);
    for (size_t i = 0; i < count; i++) {
        size_t at = 0;
        while (at < line_count && !tl_text_equal(lines[at].id, rows[i].first->line_id))
            at++;
        if (at == line_count)
            lines[line_count++] = (struct account_line){.id = rows[i].first->line_id};
        move_until(&lines[at], &rows[i]);
    }
    for (size_t i = 0; i < line_count; i++)
        if (tl_date_compare(lines[i].until, *out) > 0)
            *out = lines[i].until;
    return TL_OK;
}

static tl_status put_rows(struct tl_fields *account, const struct agreement_source *source,
                          const struct tl_notice_facts *notice)
{
    struct tl_money total = {0};
    struct tl_date charged_until = {0};
    struct account_row *rows = NULL;
    size_t count = 0;
    tl_fields_rows(account, "rows");
    tl_status status = add_up(&rows, &count, notice, source);
    if (status == TL_OK)
        status = find_charged_until(&charged_until, rows, count, source);
    for (size_t i = 0; i < count && status == TL_OK; i++) {
        const struct account_row *row = &rows[i];
        bool is_note = row->first->kind == TL_ROW_CREDIT;
        if (row->amount.minor == 0 && row->parts > 1)
            continue;
        struct tl_fields *fields = tl_fields_row(account, "rows");
        agreement_put_date(fields, "date", row->first->date, source->is_english);
        tl_fields_text(fields, "line", line_name(row->first, source));
        agreement_put_date(fields, "first", row->period.first, source->is_english);
        agreement_put_date(fields, "last", row->period.last, source->is_english);
        tl_fields_flag(fields, "is_credit", row->amount.minor < 0);
        tl_fields_flag(fields, "is_set_off", is_note && row->amount.minor > 0);
        agreement_put_money(source, fields, "amount", row->amount);
        status = tl_money_add(&total, total, row->amount, source->err);
    }
    agreement_put_money(source, account, "total", total);
    agreement_put_date(account, "charged_until", charged_until, source->is_english);
    return status;
}

static tl_status fill_fields(struct tl_fields **out, const struct agreement_source *source,
                             const struct tl_notice_facts *notice)
{
    const struct tl_agreement_facts *facts = source->facts;
    *out = tl_fields_new(source->arena);
    if (*out == NULL)
        return tl_err_memory(source->err);
    if (tl_date_is_none(facts->member->last))
        return tl_err_set(source->err, TL_ERR_MISSING, "the membership of '%s' in '%s' has no last day",
                          facts->member->code, facts->product->code);
    tl_status status = agreement_check_facts(source);
    if (status == TL_OK)
        status = agreement_fields_fill(*out, source);
    if (status != TL_OK)
        return status;
    struct tl_fields *own = tl_fields_row(*out, "notice");
    agreement_put_date(own, "given", notice->given, source->is_english);
    struct tl_fields *account = tl_fields_row(*out, "account");
    int64_t balance = notice->balance.minor;
    bool runs_on = tl_date_year(facts->member->last) > facts->allocation->year;
    tl_fields_flag(account, "year_is_charged", notice->year_is_charged);
    tl_fields_flag(account, "is_complete", notice->year_is_charged && !runs_on);
    tl_fields_flag(account, "runs_on", runs_on);
    agreement_put_date(account, "balance_on",
                       tl_date_is_none(notice->balance_on) ? facts->issue.date : notice->balance_on,
                       source->is_english);
    tl_fields_text(account, "owed", "");
    tl_fields_text(account, "in_credit", "");
    if (balance > 0)
        agreement_put_money(source, account, "owed", notice->balance);
    else if (balance < 0)
        agreement_put_money(source, account, "in_credit", (struct tl_money){-balance});
    return put_rows(account, source, notice);
}

tl_status tl_notice_doc(struct tl_buf *pdf, const struct tl_notice_facts *notice, const char *template_text,
                        const char *template_name, const struct tl_pdf_fonts *fonts, struct tl_err *err)
{
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct agreement_source source = {&notice->facts, template_is_english(template_name), &arena, err};
    struct template_source template = {template_text, template_name, tl_notice_field_names};
    struct tl_doc_face face;
    struct tl_fields *fields = NULL;
    if (tl_date_is_none(notice->facts.issue.date))
        return tl_err_set(err, TL_ERR_MISSING, "the document '%s' has no issue date", notice->facts.issue.number);
    tl_status status = fill_fields(&fields, &source, notice);
    if (status == TL_OK)
        status = agreement_face_fill(&face, &source,
                                     source.is_english ? "Confirmation of notice" : "Bekræftelse af opsigelse",
                                     notice->facts.party->official_name);
    if (status == TL_OK)
        status = template_print(pdf, &template, fields, &face, fonts, err);
    tl_arena_release(&arena);
    return status;
}

tl_status tl_notice_digest(struct tl_digest *out, const struct tl_notice_facts *notice, const char *template_text,
                           const char *template_name, struct tl_err *err)
{
    struct tl_notice_facts timeless = *notice;
    timeless.facts.issue = agreement_timeless_issue(&notice->facts.issue);
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct agreement_source source = {&timeless.facts, template_is_english(template_name), &arena, err};
    struct template_source template = {template_text, template_name, tl_notice_field_names};
    struct tl_fields *fields = NULL;
    tl_status status = fill_fields(&fields, &source, &timeless);
    if (status == TL_OK)
        status = template_digest(out, &template, fields, err);
    tl_arena_release(&arena);
    return status;
}
