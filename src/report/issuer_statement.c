/* SPDX-License-Identifier: MPL-2.0 */
/* Issuing statements of account. */
#include "issuer_parts.h"
#include "template_doc.h"
#include "tilslut/report/statement.h"
#include "tilslut/report/statement_control.h"
#include "tilslut/report/statement_doc.h"
#include "tilslut/report/statement_xlsx.h"

/* KU-2026-0751; KUP where it is printed, PK and PKP of a product; what was known on an earlier day has that day. */
static const char *number_of(const struct tl_issuer *issuer, const struct tl_issuer_account *account,
                             struct tl_arena *arena)
{
    const struct tl_statement_request *request = &account->request;
    const char *period = tl_statement_period_code(request->period, arena);
    const char *code = request->party != NULL ? request->party : request->product;
    bool is_english = account->is_pdf && template_is_english(issuer->template_name);
    const char *known = "";
    if (!tl_date_is_none(request->known_on))
        known = tl_arena_format(arena, "-K%d", (int)request->known_on.number);
    if (period == NULL || known == NULL)
        return NULL;
    return tl_arena_format(arena, "%s%s-%s-%s%s%s", request->party != NULL ? "KU" : "PK", account->is_pdf ? "P" : "",
                           period, code, known, is_english ? TRANSLATION_ENDING : "");
}

/* What the document says: of a printed one, with its template, which has words of its own. */
static tl_status digest(struct tl_digest *out, const struct tl_issuer *issuer, const struct tl_issuer_account *account,
                        const struct tl_statement *statement, struct tl_err *err)
{
    struct tl_buf both = TL_BUF_EMPTY;
    tl_status status = tl_statement_digest(out, statement, err);
    if (status != TL_OK || !account->is_pdf)
        return status;
    tl_buf_add(&both, (const char *)out->bytes, sizeof out->bytes);
    tl_buf_text(&both, issuer->template_text);
    status = tl_buf_status(&both, err);
    if (status == TL_OK)
        *out = tl_digest_of(tl_buf_string(&both), both.length);
    tl_buf_release(&both);
    return status;
}

static tl_status issue_new(struct tl_issued *out, const struct tl_issuer *issuer,
                           const struct tl_issuer_account *account, struct tl_statement *statement,
                           const struct tl_digest *content, struct tl_arena *arena, struct tl_err *err)
{
    const struct tl_statement_request *request = &account->request;
    struct tl_arena scratch = TL_ARENA_EMPTY;
    struct tl_buf bytes = TL_BUF_EMPTY;
    statement->issue.content = content;
    tl_status status = tl_account_reader_look_ahead(statement, account->reader, request, issuer->today, &scratch, err);
    if (status == TL_OK)
        status = account->is_pdf ? tl_statement_doc(&bytes, statement, issuer->template_text, issuer->template_name,
                                                    issuer->fonts, err)
                                 : tl_statement_xlsx(&bytes, statement, err);
    if (status == TL_OK) {
        out->document = (struct tl_document){.kind = "statement",
                                             .party = request->party != NULL ? request->party : statement->owner->code,
                                             .product = request->product,
                                             .year = tl_date_year(request->period.first),
                                             .content_digest = *content};
        status = issuer_record(out, issuer, &statement->issue, account->is_pdf ? "pdf" : "xlsx", &bytes, arena, err);
        out->document.party = request->party != NULL ? request->party : tl_store_owner(issuer->store);
    }
    tl_buf_release(&bytes);
    tl_arena_release(&scratch);
    return status;
}

/* What is told of the account, also where the document is given again. */
static tl_status tell(struct tl_issued_account *out, const struct tl_statement *statement, struct tl_arena *arena,
                      struct tl_err *err)
{
    struct tl_statement_summary summary;
    tl_status status = tl_statement_sum_up(&summary, statement, err);
    if (status == TL_OK)
        status = tl_statement_control_sum(&out->control, statement, err);
    if (status != TL_OK)
        return status;
    out->code = tl_arena_text(arena, tl_statement_holder_code(statement));
    out->name = tl_arena_text(arena, tl_statement_holder(statement));
    out->opening = statement->opening;
    out->charges = statement->charges;
    out->payments = statement->payments;
    out->closing = statement->closing;
    out->line_count = summary.line_count;
    return out->code == NULL || out->name == NULL ? tl_err_memory(err) : TL_OK;
}

tl_status tl_issuer_statement(struct tl_issued_account *out, const struct tl_issuer *issuer,
                              const struct tl_issuer_account *account, struct tl_arena *arena, struct tl_err *err)
{
    struct tl_arena scratch = TL_ARENA_EMPTY;
    struct tl_statement statement;
    struct tl_document latest;
    struct tl_digest content;
    const char *number = number_of(issuer, account, arena);
    *out = (struct tl_issued_account){.line_count = 0};
    tl_status status = tl_account_reader_read(&statement, account->reader, &account->request, &scratch, err);
    if (status == TL_OK)
        status = issuer_next(&statement.issue, &latest, issuer, number, arena, err);
    if (status == TL_OK)
        status = tl_statement_check(&statement, err);
    if (status == TL_OK)
        status = digest(&content, issuer, account, &statement, err);
    if (status == TL_OK && latest.id != 0 && tl_digest_equal(&content, &latest.content_digest)) {
        out->issued = (struct tl_issued){.document = latest, .is_copy = true};
        statement.issue.version = latest.version;
        statement.issue.head = latest.head;
        statement.issue.head_entry = latest.head_entry;
    } else if (status == TL_OK)
        status = issue_new(&out->issued, issuer, account, &statement, &content, arena, err);
    if (status == TL_OK)
        status = tell(out, &statement, arena, err);
    tl_arena_release(&scratch);
    return status;
}
