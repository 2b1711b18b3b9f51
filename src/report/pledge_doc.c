/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/report/pledge_doc.h"

#include "agreement_parts.h"
#include "template_doc.h"

/* Every line of the terms that is waived or cheaper for who has pledged to the project. */
static void put_benefits(struct tl_fields *root, const struct agreement_source *source,
                         const struct tl_pledge_facts *pledge)
{
    bool has_benefits = false;
    tl_fields_rows(root, "benefits");
    for (size_t i = 0; pledge->terms != NULL && i < pledge->terms->line_count; i++) {
        const struct tl_line *line = &pledge->terms->lines[i];
        bool is_waived = line->waived_for != NULL && tl_text_equal(line->waived_for, pledge->project->code);
        const struct tl_rebate *rebate = NULL;
        for (size_t j = 0; j < line->rebate_count; j++)
            if (tl_text_equal(line->rebates[j].tag, pledge->project->code))
                rebate = &line->rebates[j];
        if (!is_waived && rebate == NULL)
            continue;
        has_benefits = true;
        struct tl_fields *row = tl_fields_row(root, "benefits");
        tl_fields_text(row, "line", agreement_text(&line->name, source->is_english));
        tl_fields_flag(row, "is_waiver", is_waived);
        if (is_waived)
            tl_fields_text(row, "rebate", "");
        else if (tl_ratio_is_none(rebate->share))
            agreement_put_money(source, row, "rebate", rebate->amount);
        else
            agreement_put_percent(source, row, "rebate", rebate->share);
    }
    tl_fields_flag(root, "has_benefits", has_benefits);
}

static void put_project(struct tl_fields *root, const struct agreement_source *source, const struct tl_project *project)
{
    static const struct tl_decision none = {.body = "", .reference = ""};
    struct tl_fields *row = tl_fields_row(root, "project");
    tl_fields_text(row, "code", project->code);
    agreement_put_money(source, row, "target", project->target);
    agreement_put_money(source, row, "threshold", project->threshold);
    agreement_put_date(row, "deadline", project->deadline, source->is_english);
    agreement_put_decision(row, source, &project->decision);
    struct tl_fields *funding = tl_fields_row(root, "funding");
    agreement_put_decision(funding, source, project->is_funded ? &project->funding : &none);
    tl_fields_text(funding, "pledged", "");
    if (project->is_funded) /* what the others pledge until then is no part of this pledge */
        agreement_put_money(source, funding, "pledged", project->pledged);
}

static void put_pledge(struct tl_fields *root, const struct agreement_source *source, const struct tl_pledge *pledge)
{
    struct tl_fields *row = tl_fields_row(root, "pledge");
    agreement_put_money(source, row, "amount", pledge->amount);
    agreement_put_date(row, "on", pledge->on, source->is_english);
    tl_fields_text(row, "evidence", pledge->evidence);
    tl_fields_flag(row, "is_open", pledge->state == TL_PLEDGE_OPEN);
    tl_fields_flag(row, "is_binding", pledge->state == TL_PLEDGE_BINDING);
    tl_fields_flag(row, "is_withdrawn", pledge->state == TL_PLEDGE_WITHDRAWN);
    tl_fields_flag(row, "is_lapsed", pledge->state == TL_PLEDGE_LAPSED);
    tl_fields_flag(row, "stands", pledge->state == TL_PLEDGE_OPEN || pledge->state == TL_PLEDGE_BINDING);
}

/* Terms may not be adopted yet; everything about them is "" then. */
static void put_terms(struct tl_fields *root, const struct agreement_source *source,
                      const struct tl_pledge_facts *pledge)
{
    static const struct tl_decision none = {.body = "", .reference = ""};
    struct tl_fields *row = tl_fields_row(root, "terms");
    tl_fields_text(row, "version", "");
    if (pledge->terms != NULL)
        tl_fields_format(row, "version", "%d", pledge->terms_version);
    agreement_put_decision(row, source, pledge->terms == NULL ? &none : pledge->decision);
}

static tl_status fill_fields(struct tl_fields **out, const struct agreement_source *source,
                             const struct tl_pledge_facts *pledge)
{
    struct tl_fields *root = *out = tl_fields_new(source->arena);
    if (root == NULL)
        return tl_err_memory(source->err);
    agreement_put_issue(root, source);
    agreement_put_party(root, "owner", pledge->owner);
    agreement_put_party(root, "party", pledge->party);
    struct tl_fields *product = tl_fields_row(root, "product");
    tl_fields_text(product, "code", pledge->product->code);
    tl_fields_text(product, "name", pledge->product->name);
    tl_fields_text(product, "purpose",
                   pledge->terms == NULL ? "" : agreement_text(&pledge->terms->purpose, source->is_english));
    put_project(root, source, pledge->project);
    put_pledge(root, source, pledge->pledge);
    put_terms(root, source, pledge);
    put_benefits(root, source, pledge);
    return TL_OK;
}

/* What the builders shared with agreements look at. */
static struct tl_agreement_facts shared_facts(const struct tl_pledge_facts *pledge)
{
    return (struct tl_agreement_facts){
        .issue = pledge->issue, .owner = pledge->owner, .party = pledge->party, .product = pledge->product};
}

tl_status tl_pledge_doc(struct tl_buf *pdf, const struct tl_pledge_facts *facts, const char *template_text,
                        const char *template_name, const struct tl_pdf_fonts *fonts, struct tl_err *err)
{
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct tl_agreement_facts shared = shared_facts(facts);
    struct agreement_source source = {&shared, template_is_english(template_name), &arena, err};
    struct template_source template = {template_text, template_name, tl_pledge_field_names};
    struct tl_doc_face face;
    struct tl_fields *fields = NULL;
    if (tl_date_is_none(facts->issue.date))
        return tl_err_set(err, TL_ERR_MISSING, "the document '%s' has no issue date", facts->issue.number);
    tl_status status = fill_fields(&fields, &source, facts);
    if (status == TL_OK)
        status = agreement_face_fill(&face, &source, source.is_english ? "Confirmation of pledge" : "Tilsagn",
                                     facts->party->official_name);
    if (status == TL_OK)
        status = template_print(pdf, &template, fields, &face, fonts, err);
    tl_arena_release(&arena);
    return status;
}

tl_status tl_pledge_digest(struct tl_digest *out, const struct tl_pledge_facts *facts, const char *template_text,
                           const char *template_name, struct tl_err *err)
{
    struct tl_pledge_facts timeless = *facts;
    timeless.issue = agreement_timeless_issue(&facts->issue);
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct tl_agreement_facts shared = shared_facts(&timeless);
    struct agreement_source source = {&shared, template_is_english(template_name), &arena, err};
    struct template_source template = {template_text, template_name, tl_pledge_field_names};
    struct tl_fields *fields = NULL;
    tl_status status = fill_fields(&fields, &source, &timeless);
    if (status == TL_OK)
        status = template_digest(out, &template, fields, err);
    tl_arena_release(&arena);
    return status;
}
