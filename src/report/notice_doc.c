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

static tl_status put_rows(struct tl_fields *account, const struct agreement_source *source,
                          const struct tl_notice_facts *notice)
{
    struct tl_money total = {0};
    struct tl_date charged_until = {0};
    tl_status status = TL_OK;
    tl_fields_rows(account, "rows");
    for (size_t i = 0; i < notice->row_count && status == TL_OK; i++) {
        const struct tl_statement_row *row = &notice->rows[i];
        struct tl_fields *fields = tl_fields_row(account, "rows");
        agreement_put_date(fields, "date", row->date, source->is_english);
        tl_fields_text(fields, "line", line_name(row, source));
        agreement_put_date(fields, "first", row->period.first, source->is_english);
        agreement_put_date(fields, "last", row->period.last, source->is_english);
        tl_fields_flag(fields, "is_credit", row->kind == TL_ROW_CREDIT);
        agreement_put_money(source, fields, "amount", row->gross);
        if (row->kind == TL_ROW_CHARGE && tl_date_compare(row->period.last, charged_until) > 0)
            charged_until = row->period.last;
        status = tl_money_add(&total, total, row->gross, source->err);
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
