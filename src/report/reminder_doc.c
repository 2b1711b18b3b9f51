/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/report/reminder_doc.h"

#include <inttypes.h>

#include "agreement_parts.h"
#include "template_doc.h"
#include "tilslut/base/payment_id.h"

/* clang-format off */
const char *const tl_reminder_field_names[] = {
    "document.number", "document.version", "document.date",
    "owner.name", "owner.address", "owner.cvr",
    "party.code", "party.name", "party.address", "party.cvr", "party.ean",
    "payee.registration", "payee.account", "payee.iban", "payee.creditor",
    "items.entry", "items.date", "items.due", "items.reference", "items.text", "items.amount", "items.paid",
    "items.open", "items.days", "items.payment_line",
    "any_payment_line", "any_paid", "total", "fee", "fee_basis",
    NULL,
};
/* clang-format on */

static void put_party(struct tl_fields *root, const char *name, const struct tl_party *party)
{
    struct tl_fields *row = tl_fields_row(root, name);
    tl_fields_text(row, "name", party->official_name);
    tl_fields_optional(row, "address", party->address);
    tl_fields_optional(row, "cvr", party->cvr);
}

/* The line of the inpayment form, where the reference is a payment id and the payee has a creditor number. */
static bool put_payment_line(struct tl_fields *row, const struct tl_open_item *item, const char *creditor)
{
    struct tl_err ignored = TL_ERR_NONE;
    char line[TL_PAYMENT_ID_LINE];
    bool has = tl_payment_id_line(TL_PAYMENT_ID_71, item->reference, creditor, line, &ignored) == TL_OK;
    tl_fields_text(row, "payment_line", has ? line : "");
    return has;
}

/* What the reminder itself costs; it is a part of the total. */
static tl_status put_fee(struct tl_fields *root, const struct agreement_source *source,
                         const struct tl_reminder_facts *facts)
{
    struct tl_money total = facts->reminder->total;
    tl_status status = TL_OK;
    if (facts->fee != NULL) {
        agreement_put_money(source, root, "fee", facts->fee->amount);
        tl_fields_text(root, "fee_basis", facts->fee->basis);
        status = tl_money_add(&total, total, facts->fee->amount, source->err);
    } else
        tl_fields_flag(root, "fee", false);
    agreement_put_money(source, root, "total", total);
    return status;
}

static void put_items(struct tl_fields *root, const struct agreement_source *source,
                      const struct tl_reminder_facts *facts)
{
    bool any_payment_line = false, any_paid = false;
    for (size_t i = 0; i < facts->reminder->count; i++) {
        const struct tl_open_item *item = &facts->reminder->items[i];
        struct tl_fields *row = tl_fields_row(root, "items");
        struct tl_money paid = {item->amount.minor - item->open.minor};
        tl_fields_format(row, "entry", "%" PRId64, item->entry);
        agreement_put_date(row, "date", item->date, source->is_english);
        agreement_put_date(row, "due", item->due, source->is_english);
        tl_fields_text(row, "reference", item->reference);
        tl_fields_text(row, "text", item->text);
        agreement_put_money(source, row, "amount", item->amount);
        agreement_put_money(source, row, "paid", paid);
        agreement_put_money(source, row, "open", item->open);
        tl_fields_format(row, "days", "%" PRId32, tl_open_item_days(item, facts->reminder->date));
        any_payment_line = put_payment_line(row, item, facts->payee->creditor) || any_payment_line;
        any_paid = any_paid || paid.minor != 0;
    }
    tl_fields_flag(root, "any_payment_line", any_payment_line);
    tl_fields_flag(root, "any_paid", any_paid);
}

static tl_status fill_fields(struct tl_fields **out, const struct agreement_source *source,
                             const struct tl_reminder_facts *facts)
{
    struct tl_fields *root = *out = tl_fields_new(source->arena);
    if (root == NULL)
        return tl_err_memory(source->err);
    struct tl_fields *document = tl_fields_row(root, "document");
    tl_fields_text(document, "number", facts->issue.number);
    tl_fields_format(document, "version", "%d", facts->issue.version);
    agreement_put_date(document, "date", facts->issue.date, source->is_english);
    put_party(root, "owner", facts->owner);
    put_party(root, "party", facts->party);
    struct tl_fields *party = tl_fields_row(root, "payee");
    tl_fields_optional(party, "registration", facts->payee->registration);
    tl_fields_optional(party, "account", facts->payee->account);
    tl_fields_optional(party, "iban", facts->payee->iban);
    tl_fields_optional(party, "creditor", facts->payee->creditor);
    put_items(root, source, facts);
    return put_fee(root, source, facts);
}

/* What stands around the pages. */
static tl_status fill_face(struct tl_doc_face *face, const struct agreement_source *source,
                           const struct tl_reminder_facts *facts)
{
    const struct tl_issue *issue = &facts->issue;
    char date[TL_DATE_TEXT_SIZE];
    const char *issued = source->is_english ? tl_date_en_long(issue->date, date) : tl_date_da_long(issue->date, date);
    const char *title = tl_arena_format(source->arena, "%s, %s", source->is_english ? "Reminder" : "Rykker",
                                        facts->party->official_name);
    const char *below = tl_arena_format(source->arena, "%s, version %d, %s", issue->number, issue->version, issued);
    const char *subject = tl_arena_format(source->arena, "%s, version %d", issue->number, issue->version);
    const char *seal = agreement_seal_text(source, issue);
    if (title == NULL || below == NULL || subject == NULL || seal == NULL)
        return tl_err_memory(source->err);
    *face = (struct tl_doc_face){.title = title,
                                 .author = facts->owner->official_name,
                                 .subject = subject,
                                 .language = source->is_english ? "en" : "da",
                                 .header_left = facts->owner->name,
                                 .header_right = title,
                                 .footer_left = below,
                                 .footer_below = seal,
                                 .page_word = source->is_english ? "page" : "side",
                                 .of_word = source->is_english ? "of" : "af",
                                 .issued = issue->date};
    return TL_OK;
}

tl_status tl_reminder_doc(struct tl_buf *pdf, const struct tl_reminder_facts *facts, const char *template_text,
                          const char *template_name, const struct tl_pdf_fonts *fonts, struct tl_err *err)
{
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct agreement_source source = {NULL, template_is_english(template_name), &arena, err};
    struct template_source template = {template_text, template_name, tl_reminder_field_names};
    struct tl_doc_face face;
    struct tl_fields *fields = NULL;
    tl_status status = fill_fields(&fields, &source, facts);
    if (status == TL_OK)
        status = fill_face(&face, &source, facts);
    if (status == TL_OK)
        status = template_print(pdf, &template, fields, &face, fonts, err);
    tl_arena_release(&arena);
    return status;
}

tl_status tl_reminder_digest(struct tl_digest *out, const struct tl_reminder_facts *facts, const char *template_text,
                             const char *template_name, struct tl_err *err)
{
    struct tl_reminder_facts timeless = *facts;
    timeless.issue = agreement_timeless_issue(&facts->issue);
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct agreement_source source = {NULL, template_is_english(template_name), &arena, err};
    struct template_source template = {template_text, template_name, tl_reminder_field_names};
    struct tl_fields *fields = NULL;
    tl_status status = fill_fields(&fields, &source, &timeless);
    if (status == TL_OK)
        status = template_digest(out, &template, fields, err);
    tl_arena_release(&arena);
    return status;
}
