/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/report/budget_doc.h"

#include <inttypes.h>
#include <string.h>

#include "agreement_parts.h"
#include "allocation_members.h"
#include "template_doc.h"
#include "tilslut/agreement/steering.h"

/* clang-format off */
const char *const tl_budget_field_names[] = {
    "owner.name", "product.name", "product.purpose", "year", "date",
    "decision.decided_by", "decision.decided_on", "decision.decision_reference",
    "member_count", "total", "lines.line", "lines.total", "lines.members",
    "follow.until", "follow.decision", "follow.carried",
    "quarters.quarter", "quarters.income", "quarters.budget", "quarters.actual", "quarters.forecast",
    "quarters.deviation", "of_year.income", "of_year.budget", "of_year.actual", "of_year.forecast",
    "of_year.deviation", "result",
    "has_payers", "columns.line", "payers.member", "payers.cells.amount",
    "years.year", "years.members", "years.total", "next_missing", "seal.entry", "seal.hash",
    NULL,
};
/* clang-format on */

/* The paper on its way to the template. */
struct paper {
    const struct tl_budget_facts *facts;
    struct agreement_source source;
    struct tl_allocation_members members;
};

static void put_head(struct tl_fields *root, const struct paper *paper)
{
    const struct tl_budget_facts *facts = paper->facts;
    const struct tl_text *purpose = &facts->allocation->terms->purpose;
    char hex[TL_DIGEST_HEX_SIZE];
    struct tl_fields *product = tl_fields_row(root, "product");
    tl_fields_text(tl_fields_row(root, "owner"), "name", facts->owner->official_name);
    tl_fields_text(product, "name", facts->product->name);
    tl_fields_optional(product, "purpose", paper->source.is_english ? purpose->en : purpose->da);
    tl_fields_format(root, "year", "%d", facts->allocation->year);
    agreement_put_date(root, "date", facts->date, paper->source.is_english);
    tl_fields_rows(root, "decision");
    if (facts->decision != NULL)
        agreement_put_decision(tl_fields_row(root, "decision"), &paper->source, facts->decision);
    tl_fields_rows(root, "seal");
    if (facts->steering->head_entry > 0) {
        struct tl_fields *seal = tl_fields_row(root, "seal");
        tl_fields_format(seal, "entry", "%" PRId64, facts->steering->head_entry);
        tl_fields_text(seal, "hash", tl_digest_hex(&facts->steering->head, hex));
    }
}

static size_t count_members(const struct tl_line_result *result)
{
    size_t count = 0;
    for (size_t i = 0; i < result->share_count; i++)
        count += i == 0 || strcmp(result->shares[i - 1].member->code, result->shares[i].member->code) != 0 ? 1 : 0;
    return count;
}

static void put_lines(struct tl_fields *root, const struct paper *paper)
{
    const struct tl_allocation *allocation = paper->facts->allocation;
    tl_fields_format(root, "member_count", "%zu", paper->members.count);
    agreement_put_money(&paper->source, root, "total", allocation->total);
    for (size_t i = 0; i < allocation->line_count; i++) {
        const struct tl_line_result *result = &allocation->lines[i];
        struct tl_fields *row = tl_fields_row(root, "lines");
        const struct tl_text *name = &result->line->name;
        tl_fields_text(row, "line", paper->source.is_english ? name->en : name->da);
        tl_fields_format(row, "members", "%zu", count_members(result));
        tl_fields_text(row, "total", "");
        if (result->known)
            agreement_put_amount(&paper->source, row, "total", result->total);
    }
}

static void put_quarter(struct tl_fields *row, const struct paper *paper, size_t at)
{
    const struct tl_budget_follow *follow = &paper->facts->steering->follow;
    const struct tl_follow_amount *cost = &follow->cost[at], *income = &follow->income[at];
    const char *const names[] = {"income", "budget", "actual", "forecast", "deviation"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        tl_fields_text(row, names[i], "");
    if (income->has_begun)
        agreement_put_amount(&paper->source, row, "income", income->actual);
    if (cost->has_begun)
        agreement_put_amount(&paper->source, row, "actual", cost->actual);
    if (!follow->has_budget)
        return;
    agreement_put_amount(&paper->source, row, "budget", cost->budget);
    agreement_put_amount(&paper->source, row, "forecast", cost->forecast);
    if (cost->has_begun)
        agreement_put_amount(&paper->source, row, "deviation", cost->deviation);
}

static void put_follow(struct tl_fields *root, const struct paper *paper)
{
    const struct tl_budget_follow *follow = &paper->facts->steering->follow;
    struct tl_fields *of_follow = tl_fields_row(root, "follow");
    agreement_put_date(of_follow, "until", follow->date, paper->source.is_english);
    tl_fields_text(of_follow, "decision", follow->has_budget ? follow->decision : "");
    tl_fields_text(of_follow, "carried", "");
    if (!tl_money_is_zero(follow->carried))
        agreement_put_money(&paper->source, of_follow, "carried", follow->carried);
    for (size_t q = 0; q < TL_BUDGET_QUARTERS; q++) {
        struct tl_fields *row = tl_fields_row(root, "quarters");
        tl_fields_format(row, "quarter", paper->source.is_english ? "Q%zu" : "%zu. kvartal", q + 1);
        put_quarter(row, paper, q);
    }
    put_quarter(tl_fields_row(root, "of_year"), paper, TL_FOLLOW_YEAR);
    tl_fields_text(root, "result", "");
    if (follow->has_budget)
        agreement_put_money(&paper->source, root, "result", follow->result[TL_FOLLOW_YEAR].forecast);
}

/* Who pays what, for a chart: a piece for each line that is known. */
static void put_payers(struct tl_fields *root, const struct paper *paper)
{
    const struct tl_allocation *allocation = paper->facts->allocation;
    bool any = false;
    tl_fields_rows(root, "columns");
    tl_fields_rows(root, "payers");
    for (size_t i = 0; i < allocation->line_count; i++) {
        const struct tl_text *name = &allocation->lines[i].line->name;
        any = any || allocation->lines[i].known;
        if (allocation->lines[i].known)
            tl_fields_text(tl_fields_row(root, "columns"), "line", paper->source.is_english ? name->en : name->da);
    }
    tl_fields_flag(root, "has_payers", any && paper->members.count > 0);
    for (size_t m = 0; m < paper->members.count; m++) {
        const struct tl_member *member = paper->members.items[m];
        struct tl_fields *row = tl_fields_row(root, "payers");
        tl_fields_text(row, "member", member->name);
        for (size_t i = 0; i < allocation->line_count; i++) {
            size_t count;
            struct tl_money sum = {0};
            const struct tl_share *shares = tl_line_result_shares(&allocation->lines[i], member->code, &count);
            for (size_t s = 0; s < count; s++)
                sum.minor += shares[s].amount.minor; /* within bounds: they are parts of totals that are */
            if (allocation->lines[i].known)
                agreement_put_amount(&paper->source, tl_fields_row(row, "cells"), "amount", sum);
        }
    }
}

static tl_status put_years(struct tl_fields *root, const struct paper *paper)
{
    const struct tl_steering *steering = paper->facts->steering;
    tl_status status = TL_OK;
    for (size_t y = 0; status == TL_OK && y < steering->year_count; y++) {
        struct tl_allocation_members members;
        const struct tl_allocation *allocation = &steering->years[y].allocation;
        status = tl_allocation_members_find(&members, allocation, paper->source.arena, paper->source.err);
        if (status != TL_OK)
            break;
        struct tl_fields *row = tl_fields_row(root, "years");
        tl_fields_format(row, "year", "%d", allocation->year);
        tl_fields_format(row, "members", "%zu", members.count);
        agreement_put_amount(&paper->source, row, "total", allocation->total);
    }
    tl_fields_optional(root, "next_missing", steering->next_missing);
    return status;
}

static tl_status fill_fields(struct tl_fields **out, const struct paper *paper)
{
    *out = tl_fields_new(paper->source.arena);
    if (*out == NULL)
        return tl_err_memory(paper->source.err);
    put_head(*out, paper);
    put_lines(*out, paper);
    put_follow(*out, paper);
    put_payers(*out, paper);
    return put_years(*out, paper);
}

static tl_status fill_face(struct tl_doc_face *face, const struct paper *paper)
{
    const struct tl_budget_facts *facts = paper->facts;
    bool is_english = paper->source.is_english;
    char date[TL_DATE_TEXT_SIZE];
    const char *title =
        tl_arena_format(paper->source.arena, "Budget %d, %s", facts->allocation->year, facts->product->name);
    *face = (struct tl_doc_face){
        .title = title,
        .author = facts->owner->official_name,
        .subject = is_english ? "Working paper for the steering group" : "Arbejdspapir til styregruppen",
        .language = is_english ? "en" : "da",
        .header_left = facts->owner->name,
        .header_right = title,
        .footer_left = tl_arena_format(
            paper->source.arena, is_english ? "Working paper, not issued, %s" : "Arbejdspapir, ikke udstedt, %s",
            is_english ? tl_date_en_long(facts->date, date) : tl_date_da_long(facts->date, date)),
        .footer_below = "",
        .page_word = is_english ? "page" : "side",
        .of_word = is_english ? "of" : "af",
        .issued = facts->date};
    return title == NULL || face->footer_left == NULL ? tl_err_memory(paper->source.err) : TL_OK;
}

tl_status tl_budget_doc(struct tl_buf *pdf, const struct tl_budget_facts *facts, const char *template_text,
                        const char *template_name, const struct tl_pdf_fonts *fonts, struct tl_err *err)
{
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct paper paper = {.facts = facts, .source = {NULL, template_is_english(template_name), &arena, err}};
    struct template_source template = {template_text, template_name, tl_budget_field_names};
    struct tl_doc_face face;
    struct tl_fields *fields = NULL;
    tl_status status = tl_allocation_members_find(&paper.members, facts->allocation, &arena, err);
    if (status == TL_OK)
        status = fill_fields(&fields, &paper);
    if (status == TL_OK)
        status = fill_face(&face, &paper);
    if (status == TL_OK)
        status = template_print(pdf, &template, fields, &face, fonts, err);
    tl_arena_release(&arena);
    return status;
}
