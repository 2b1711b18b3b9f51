/* SPDX-License-Identifier: MPL-2.0 */
/* Issuing confirmations of notices, with the final account. */
#include "issuer_parts.h"
#include "tilslut/agreement/account_statement.h"
#include "tilslut/agreement/membership_history.h"
#include "tilslut/agreement/terms_binding.h"
#include "tilslut/report/notice_doc.h"

tl_status tl_issuer_find_confirmation(struct tl_document *out, const struct tl_issuer *issuer, const char *product,
                                      const char *party, struct tl_arena *arena, struct tl_err *err)
{
    const char *number = tl_arena_format(arena, "OP-%s-%s", product, party);
    const char *command = tl_arena_format(arena, "tilslut notice confirm %s %s", product, party);
    return issuer_find_danish(out, issuer, number, command, arena, err);
}

/* The last of the histories with a notice that stands. */
static tl_status find_in(struct tl_issuer_notice *out, const struct tl_membership_history *histories, size_t count,
                         struct tl_err *err)
{
    struct tl_membership_life life;
    tl_status status = TL_OK;
    for (size_t i = 0; i < count && status == TL_OK; i++) {
        status = tl_membership_state_follow(&life, &histories[i], (struct tl_date){0}, err);
        if (status == TL_OK && !tl_date_is_none(life.notice_on) && !tl_date_is_none(life.last))
            *out = (struct tl_issuer_notice){.given = life.notice_on, .first = life.first, .last = life.last};
    }
    return status;
}

tl_status tl_issuer_find_notice(struct tl_issuer_notice *out, const struct tl_issuer *issuer, const char *product,
                                const char *party, const struct tl_document *as_of, struct tl_arena *arena,
                                struct tl_err *err)
{
    struct tl_membership_history *histories = NULL;
    size_t count = 0;
    int64_t known = tl_store_known(issuer->store);
    *out = (struct tl_issuer_notice){.given = {0}};
    if (as_of != NULL)
        tl_store_set_known(issuer->store, as_of->act);
    tl_status status = tl_membership_history_list(&histories, &count, issuer->store, product, party, arena, err);
    tl_store_set_known(issuer->store, known);
    if (status == TL_OK)
        status = find_in(out, histories, count, err);
    if (status == TL_OK && tl_date_is_none(out->given)) {
        status = tl_err_set(err, TL_ERR_STATE, "no notice of %s stands in '%s'", party, product);
        tl_err_hint(err, "tilslut leave %s %s --notice DATE records one", product, party);
    }
    return status;
}

/* Adds a statement's charges and credits for the product. */
static tl_status add_rows(struct tl_notice_facts *notice, struct tl_statement_row **rows, size_t *capacity,
                          const struct tl_statement *statement, struct tl_arena *arena, struct tl_err *err)
{
    for (size_t i = 0; i < statement->row_count; i++) {
        const struct tl_statement_row *row = &statement->rows[i];
        if (row->kind == TL_ROW_PAYMENT || !tl_text_equal(row->product_code, notice->facts.product->code))
            continue;
        *rows = tl_arena_grow(arena, *rows, notice->row_count, capacity, sizeof **rows);
        if (*rows == NULL)
            return tl_err_memory(err);
        (*rows)[notice->row_count++] = *row;
        int year = tl_date_year(row->period.last);
        if (row->kind == TL_ROW_CHARGE && year == notice->facts.allocation->year)
            notice->year_is_charged = true;
    }
    return TL_OK;
}

/* The account from the year of joining to the latest of today's and the last day's. */
static tl_status read_account(struct tl_notice_facts *out, const struct tl_issuer *issuer,
                              const struct tl_issuer_notice *notice, const struct tl_document *as_of,
                              struct tl_arena *arena, struct tl_err *err)
{
    struct tl_statement statement;
    struct tl_statement_row *rows = NULL;
    size_t capacity = 0;
    int64_t known = tl_store_known(issuer->store);
    int until = tl_date_year(as_of == NULL ? issuer->today : as_of->issued_on);
    if (until < tl_date_year(notice->last))
        until = tl_date_year(notice->last);
    if (as_of != NULL) {
        tl_store_set_known(issuer->store, as_of->act);
        out->balance_on = as_of->issued_on;
    }
    tl_status status = TL_OK;
    for (int year = tl_date_year(notice->first); status == TL_OK && year <= until; year++) {
        status = tl_account_statement_read(&statement, issuer->store, out->facts.party->code, year, arena, err);
        if (status == TL_OK)
            status = add_rows(out, &rows, &capacity, &statement, arena, err);
        if (status == TL_OK)
            out->balance = statement.closing;
    }
    tl_store_set_known(issuer->store, known);
    out->rows = rows;
    return status;
}

/* The terms of the year with the notice of the text that binds the member, which may be an older one. */
static tl_status read_words(struct tl_terms *out, const struct tl_issuer *issuer,
                            const struct tl_agreement_facts *facts, const struct tl_issuer_notice *notice,
                            const struct tl_document *as_of, struct tl_arena *arena, struct tl_err *err)
{
    struct tl_terms binding = TL_TERMS_EMPTY;
    int64_t known = tl_store_known(issuer->store);
    if (as_of != NULL)
        tl_store_set_known(issuer->store, as_of->act);
    tl_status status = tl_terms_binding_read(&binding, issuer->store, facts->product->code, facts->party->code,
                                             notice->given, arena, err);
    tl_store_set_known(issuer->store, known);
    *out = *facts->terms;
    out->notice = binding.notice;
    tl_terms_release(&binding);
    return status;
}

static tl_status issue_new(struct tl_issued *out, const struct tl_issuer *issuer, const struct tl_notice_facts *notice,
                           const struct tl_digest *content, struct tl_arena *arena, struct tl_err *err)
{
    struct tl_buf pdf = TL_BUF_EMPTY;
    tl_status status = tl_notice_doc(&pdf, notice, issuer->template_text, issuer->template_name, issuer->fonts, err);
    if (status == TL_OK) {
        out->document = (struct tl_document){.kind = "notice",
                                             .product = notice->facts.product->code,
                                             .party = notice->facts.party->code,
                                             .year = notice->facts.allocation->year,
                                             .content_digest = *content};
        status = issuer_record(out, issuer, &notice->facts.issue, "pdf", &pdf, arena, err);
    }
    tl_buf_release(&pdf);
    return status;
}

tl_status tl_issuer_confirmation(struct tl_issued *out, const struct tl_issuer *issuer,
                                 const struct tl_product_year *year, const char *party,
                                 const struct tl_issuer_notice *notice, const struct tl_document *translated,
                                 bool revise, struct tl_arena *arena, struct tl_err *err)
{
    struct tl_notice_facts facts = {.given = notice->given};
    struct tl_terms words;
    struct tl_document latest;
    struct tl_digest content;
    const char *number =
        tl_arena_format(arena, "OP-%s-%s%s", year->product.code, party, translated == NULL ? "" : TRANSLATION_ENDING);
    *out = (struct tl_issued){.is_copy = false};
    tl_status status = issuer_agreement_facts(&facts.facts, issuer, year, party, translated, arena, err);
    if (status == TL_OK)
        status = read_words(&words, issuer, &facts.facts, notice, translated, arena, err);
    facts.facts.terms = &words;
    if (status == TL_OK)
        status = read_account(&facts, issuer, notice, translated, arena, err);
    if (status == TL_OK)
        status = issuer_next(&facts.facts.issue, &latest, issuer, number, arena, err);
    if (status == TL_OK && translated != NULL)
        status =
            (facts.facts.issue.translates = issuer_name_of(translated, arena)) == NULL ? tl_err_memory(err) : TL_OK;
    if (status == TL_OK)
        status = tl_notice_digest(&content, &facts, issuer->template_text, issuer->template_name, err);
    if (status != TL_OK)
        return status;
    bool differs = latest.id == 0 || !tl_digest_equal(&content, &latest.content_digest);
    if (latest.id != 0 && (!differs || !revise)) {
        *out = (struct tl_issued){.document = latest, .is_copy = true, .is_outdated = differs};
        return TL_OK;
    }
    facts.facts.issue.content = &content;
    return issue_new(out, issuer, &facts, &content, arena, err);
}
