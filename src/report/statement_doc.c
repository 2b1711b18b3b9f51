/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/report/statement_doc.h"

#include <inttypes.h>

#include "agreement_parts.h"
#include "template_doc.h"
#include "tilslut/report/statement.h"
#include "tilslut/report/statement_control.h"

/* clang-format off */
const char *const tl_statement_field_names[] = {
    "document.number", "document.version", "document.date", "document.replaces",
    "owner.name", "owner.address", "owner.cvr",
    "party.name", "party.address", "party.cvr", "party.ean",
    "product.name", "product.code", "product.psp",
    "period.name", "period.first", "period.last", "period.first_day", "period.last_day", "period.known",
    "opening", "purposes.purpose", "purposes.amount", "credited", "paid", "closing", "is_kept",
    "rows.date", "rows.entry", "rows.member", "rows.text", "rows.period", "rows.invoice", "rows.reference",
    "rows.amount", "rows.balance",
    "members.code", "members.member", "members.opening", "members.charged", "members.credited", "members.paid",
    "members.closing",
    "aged_on", "ages.age", "ages.amount", "any_open",
    "items.member", "items.text", "items.reference", "items.due", "items.days", "items.amount",
    "coming.year", "coming.rows.product", "coming.rows.line", "coming.rows.amount", "coming.rows.figures_of",
    "coming.total", "coming.is_nothing",
    "payee.registration", "payee.account", "payee.iban", "payee.creditor",
    "seal.entry", "seal.hash", "control.sum", "control.total", "control.lines",
    NULL,
};
/* clang-format on */

/* A statement on its way to the template. */
struct page {
    const struct tl_statement *statement;
    struct agreement_source source;
    struct tl_statement_summary summary;
};

static void put_party(struct tl_fields *root, const char *name, const struct tl_party *party)
{
    struct tl_fields *row = tl_fields_row(root, name);
    tl_fields_text(row, "name", party->official_name);
    tl_fields_optional(row, "address", party->address);
    tl_fields_optional(row, "cvr", party->cvr);
    tl_fields_optional(row, "ean", party->ean);
}

/* Short, since it stands in a narrow column. */
static void put_day(struct tl_fields *row, const char *name, struct tl_date date, bool is_english)
{
    char text[TL_DATE_TEXT_SIZE];
    tl_fields_text(row, name,
                   tl_date_is_none(date) ? ""
                   : is_english          ? tl_date_iso(date, text)
                                         : tl_date_da(date, text));
}

static void put_head(struct tl_fields *root, const struct page *page)
{
    const struct tl_statement *statement = page->statement;
    bool is_english = page->source.is_english;
    struct tl_fields *document = tl_fields_row(root, "document"), *period = tl_fields_row(root, "period");
    tl_fields_text(document, "number", statement->issue.number);
    tl_fields_format(document, "version", "%d", statement->issue.version);
    agreement_put_date(document, "date", statement->issue.date, is_english);
    tl_fields_text(document, "replaces", "");
    if (statement->issue.replaces > 0)
        tl_fields_format(document, "replaces", "%d", statement->issue.replaces);
    tl_fields_text(period, "name", tl_statement_period_name(statement->period, is_english, page->source.arena));
    agreement_put_date(period, "first", statement->period.first, is_english);
    agreement_put_date(period, "last", statement->period.last, is_english);
    put_day(period, "first_day", statement->period.first, is_english);
    put_day(period, "last_day", statement->period.last, is_english);
    agreement_put_date(period, "known", statement->known_on, is_english);
    put_party(root, "owner", statement->owner);
    tl_fields_rows(root, "party");
    tl_fields_rows(root, "product");
    if (statement->party != NULL)
        put_party(root, "party", statement->party);
    else {
        struct tl_fields *product = tl_fields_row(root, "product");
        tl_fields_text(product, "name", statement->product->name);
        tl_fields_text(product, "code", statement->product->code);
        tl_fields_text(product, "psp", statement->product->psp);
    }
}

static void put_account(struct tl_fields *root, const struct page *page)
{
    const struct tl_statement *statement = page->statement;
    agreement_put_money(&page->source, root, "opening", statement->opening);
    tl_fields_rows(root, "purposes");
    for (size_t i = 0; i < TL_PURPOSE_COUNT; i++) {
        if (tl_money_is_zero(page->summary.purposes[i]))
            continue;
        struct tl_fields *row = tl_fields_row(root, "purposes");
        tl_fields_text(row, "purpose", tl_statement_purpose_name((tl_purpose)i, page->source.is_english));
        agreement_put_money(&page->source, row, "amount", page->summary.purposes[i]);
    }
    agreement_put_money(&page->source, root, "credited", page->summary.credited);
    agreement_put_money(&page->source, root, "paid", statement->payments);
    agreement_put_money(&page->source, root, "closing", statement->closing);
    tl_fields_flag(root, "is_kept", statement->closing.minor < 0);
}

static const char *row_text(const struct page *page, const struct tl_statement_row *row)
{
    const char *name = row->line_name;
    if (page->source.is_english && row->line != NULL)
        name = row->line->name.en;
    if (name == NULL || name[0] == '\0')
        return row->text;
    if (page->statement->party == NULL || row->product_name == NULL || row->product_name[0] == '\0')
        return name;
    return tl_arena_format(page->source.arena, "%s, %s", row->product_name, name);
}

static void put_rows(struct tl_fields *root, const struct page *page)
{
    const struct tl_statement *statement = page->statement;
    bool is_english = page->source.is_english;
    struct tl_money balance = statement->opening;
    tl_fields_rows(root, "rows");
    for (size_t i = 0; i < statement->row_count; i++) {
        const struct tl_statement_row *row = &statement->rows[i];
        struct tl_fields *fields = tl_fields_row(root, "rows");
        const char *period = "";
        if (!tl_date_is_none(row->period.first))
            period = tl_statement_period_name(row->period, is_english, page->source.arena);
        balance.minor += row->gross.minor; /* within bounds: tl_statement_check added the same */
        put_day(fields, "date", row->date, is_english);
        tl_fields_text(fields, "entry", "");
        if (row->entry != 0)
            tl_fields_format(fields, "entry", "%" PRId64, row->entry);
        tl_fields_optional(fields, "member", statement->party == NULL ? row->party_name : "");
        tl_fields_text(fields, "text", row_text(page, row));
        tl_fields_text(fields, "period", period);
        tl_fields_optional(fields, "invoice", row->invoice);
        tl_fields_optional(fields, "reference", row->reference);
        agreement_put_money(&page->source, fields, "amount", row->gross);
        agreement_put_money(&page->source, fields, "balance", balance);
    }
}

static tl_status put_members(struct tl_fields *root, const struct page *page)
{
    tl_status status = TL_OK;
    tl_fields_rows(root, "members");
    for (size_t i = 0; i < page->statement->member_count && status == TL_OK; i++) {
        const struct tl_statement_member *member = &page->statement->members[i];
        struct tl_fields *row = tl_fields_row(root, "members");
        struct tl_money charged = {0};
        for (size_t at = 0; at < TL_PURPOSE_COUNT && status == TL_OK; at++)
            status = tl_money_add(&charged, charged, member->purposes[at], page->source.err);
        tl_fields_text(row, "code", member->code);
        tl_fields_text(row, "member", member->name);
        agreement_put_money(&page->source, row, "opening", member->opening);
        agreement_put_money(&page->source, row, "charged", charged);
        agreement_put_money(&page->source, row, "credited", member->credits);
        agreement_put_money(&page->source, row, "paid", member->payments);
        agreement_put_money(&page->source, row, "closing", member->closing);
    }
    return status;
}

/* Beyond this many open items only their ages are told. */
enum { ITEMS_MAX = 200 };

static void put_open(struct tl_fields *root, const struct page *page)
{
    const struct tl_statement *statement = page->statement;
    agreement_put_date(root, "aged_on", statement->aged_on, page->source.is_english);
    tl_fields_flag(root, "any_open", statement->item_count > 0);
    tl_fields_rows(root, "ages");
    tl_fields_rows(root, "items");
    for (size_t i = 0; i < TL_STATEMENT_AGES; i++) {
        if (tl_money_is_zero(statement->ages[i]))
            continue;
        struct tl_fields *row = tl_fields_row(root, "ages");
        tl_fields_text(row, "age", tl_statement_age_name(i, page->source.is_english));
        agreement_put_money(&page->source, row, "amount", statement->ages[i]);
    }
    for (size_t i = 0; i < statement->item_count && statement->item_count <= ITEMS_MAX; i++) {
        const struct tl_statement_item *item = &statement->items[i];
        struct tl_fields *row = tl_fields_row(root, "items");
        bool is_owed = item->open.minor > 0;
        tl_fields_optional(row, "member", statement->party == NULL ? item->party_name : "");
        tl_fields_optional(row, "text", item->text);
        tl_fields_optional(row, "reference", item->reference);
        put_day(row, "due", is_owed ? item->due : (struct tl_date){0}, page->source.is_english);
        tl_fields_text(row, "days", "");
        if (is_owed && item->days > 0)
            tl_fields_format(row, "days", "%" PRId32, item->days);
        agreement_put_money(&page->source, row, "amount", item->open);
    }
}

static void put_coming(struct tl_fields *root, const struct page *page)
{
    const struct tl_statement *statement = page->statement;
    tl_fields_rows(root, "coming");
    if (statement->coming_year == 0)
        return;
    struct tl_fields *coming = tl_fields_row(root, "coming");
    tl_fields_format(coming, "year", "%d", statement->coming_year);
    tl_fields_flag(coming, "is_nothing", statement->coming_count == 0);
    tl_fields_rows(coming, "rows");
    for (size_t i = 0; i < statement->coming_count; i++) {
        const struct tl_statement_coming *line = &statement->coming[i];
        struct tl_fields *row = tl_fields_row(coming, "rows");
        tl_fields_text(row, "product", line->product_name);
        tl_fields_optional(row, "line", line->line_name);
        tl_fields_text(row, "amount", "");
        if (line->is_known)
            agreement_put_money(&page->source, row, "amount", line->amount);
        tl_fields_text(row, "figures_of", "");
        if (line->figures_of != 0)
            tl_fields_format(row, "figures_of", "%d", line->figures_of);
    }
    agreement_put_money(&page->source, coming, "total", statement->coming_total);
}

static void put_payee(struct tl_fields *root, const struct page *page)
{
    const struct tl_payee_facts *payee = page->statement->payee;
    tl_fields_rows(root, "payee");
    if (payee == NULL || page->statement->party == NULL)
        return;
    struct tl_fields *row = tl_fields_row(root, "payee");
    tl_fields_optional(row, "registration", payee->registration);
    tl_fields_optional(row, "account", payee->account);
    tl_fields_optional(row, "iban", payee->iban);
    tl_fields_optional(row, "creditor", payee->creditor);
}

static tl_status put_seal(struct tl_fields *root, const struct page *page)
{
    const struct tl_issue *issue = &page->statement->issue;
    struct tl_digest control;
    char hex[TL_DIGEST_HEX_SIZE];
    struct tl_fields *row = tl_fields_row(root, "control");
    tl_status status = tl_statement_control_sum(&control, page->statement, page->source.err);
    if (status != TL_OK)
        return status;
    tl_fields_text(row, "sum", tl_digest_hex(&control, hex));
    agreement_put_money(&page->source, row, "total", page->statement->charges);
    tl_fields_format(row, "lines", "%zu", page->summary.line_count);
    tl_fields_rows(root, "seal");
    if (issue->head_entry == 0)
        return TL_OK;
    struct tl_fields *seal = tl_fields_row(root, "seal");
    tl_fields_format(seal, "entry", "%" PRId64, issue->head_entry);
    tl_fields_text(seal, "hash", tl_digest_hex(&issue->head, hex));
    return TL_OK;
}

static tl_status fill_fields(struct tl_fields **out, const struct page *page)
{
    struct tl_fields *root = *out = tl_fields_new(page->source.arena);
    if (root == NULL)
        return tl_err_memory(page->source.err);
    put_head(root, page);
    put_account(root, page);
    put_rows(root, page);
    put_open(root, page);
    put_coming(root, page);
    put_payee(root, page);
    tl_status status = put_members(root, page);
    return status == TL_OK ? put_seal(root, page) : status;
}

/* What can be held against the register: the content, and the ledger as it was. */
static const char *footer_below(const struct page *page)
{
    const struct tl_issue *issue = &page->statement->issue;
    bool is_english = page->source.is_english;
    char content[TL_DIGEST_HEX_SIZE] = "", head[TL_DIGEST_HEX_SIZE] = "";
    if (issue->content != NULL)
        tl_digest_hex(issue->content, content);
    if (issue->head_entry == 0)
        return tl_arena_format(page->source.arena, "%s %.16s", is_english ? "Content SHA-256" : "Indhold SHA-256",
                               content);
    tl_digest_hex(&issue->head, head);
    return tl_arena_format(page->source.arena,
                           is_english ? "Content SHA-256 %.16s. Ledger entry %" PRId64 ", seal %.16s"
                                      : "Indhold SHA-256 %.16s. Regnskabspost %" PRId64 ", segl %.16s",
                           content, issue->head_entry, head);
}

/* What stands around the pages. */
static tl_status fill_face(struct tl_doc_face *face, const struct page *page)
{
    const struct tl_issue *issue = &page->statement->issue;
    struct tl_arena *arena = page->source.arena;
    bool is_english = page->source.is_english, is_member = page->statement->party != NULL;
    char date[TL_DATE_TEXT_SIZE];
    const char *period = tl_statement_period_name(page->statement->period, is_english, arena);
    const char *name = is_member ? (is_english ? "Statement of account" : "Kontoudtog")
                                 : (is_english ? "Product account" : "Produktkonto");
    const char *title =
        period == NULL ? NULL : tl_arena_format(arena, "%s %s, %s", name, period, tl_statement_holder(page->statement));
    *face =
        (struct tl_doc_face){.title = title,
                             .author = page->statement->owner->official_name,
                             .subject = tl_arena_format(arena, "%s, version %d", issue->number, issue->version),
                             .language = is_english ? "en" : "da",
                             .header_left = page->statement->owner->name,
                             .header_right = title,
                             .footer_left = tl_arena_format(arena, "%s, version %d, %s", issue->number, issue->version,
                                                            is_english ? tl_date_en_long(issue->date, date)
                                                                       : tl_date_da_long(issue->date, date)),
                             .footer_below = footer_below(page),
                             .page_word = is_english ? "page" : "side",
                             .of_word = is_english ? "of" : "af",
                             .issued = issue->date};
    bool is_whole = title != NULL && face->subject != NULL && face->footer_left != NULL && face->footer_below != NULL;
    return is_whole ? TL_OK : tl_err_memory(page->source.err);
}

tl_status tl_statement_doc(struct tl_buf *pdf, const struct tl_statement *statement, const char *template_text,
                           const char *template_name, const struct tl_pdf_fonts *fonts, struct tl_err *err)
{
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct page page = {.statement = statement, .source = {NULL, template_is_english(template_name), &arena, err}};
    struct template_source template = {template_text, template_name, tl_statement_field_names};
    struct tl_doc_face face;
    struct tl_fields *fields = NULL;
    tl_status status = tl_statement_check(statement, err);
    if (status == TL_OK)
        status = tl_statement_sum_up(&page.summary, statement, err);
    if (status == TL_OK)
        status = fill_fields(&fields, &page);
    if (status == TL_OK)
        status = fill_face(&face, &page);
    if (status == TL_OK)
        status = template_print(pdf, &template, fields, &face, fonts, err);
    tl_arena_release(&arena);
    return status;
}
