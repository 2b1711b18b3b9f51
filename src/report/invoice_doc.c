/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/report/invoice_doc.h"

#include "agreement_parts.h"
#include "template_doc.h"
#include "tilslut/base/payment_id.h"

/* clang-format off */
const char *const tl_invoice_field_names[] = {
    "document.number", "document.version", "document.date", "document.translates",
    "owner.name", "owner.address", "owner.cvr", "owner.ean",
    "party.code", "party.name", "party.unit", "party.address", "party.cvr", "party.ean",
    "invoice.number", "invoice.text", "invoice.date", "invoice.due", "invoice.period_first",
    "invoice.period_last", "invoice.reference", "invoice.corrects", "invoice.corrects_date", "invoice.reason",
    "invoice.evidence", "invoice.order_reference", "invoice.person_reference",
    "is_credit", "product.name", "decision.decided_by", "decision.decided_on", "decision.decision_reference",
    "lines.name", "lines.covers", "lines.psp", "lines.account_string", "lines.first", "lines.last", "lines.amount",
    "lines.price", "lines.reduced", "lines.reduced_for", "lines.vat_code",
    "lines.workings.first", "lines.workings.last", "lines.workings.part", "lines.workings.working",
    "lines.workings.amount",
    "any_reduced", "any_account_string",
    "vats.rate", "vats.is_outside", "vats.is_exempt", "vats.is_taxed", "vats.reason", "vats.net", "vats.amount",
    "net", "vat", "total",
    "payee.registration", "payee.account", "payee.iban", "payee.creditor", "payee.payment_line",
    NULL,
};
/* clang-format on */

/* What the builders share. */
struct maker {
    const struct agreement_source *values; /* language and arena */
    const struct tl_einvoice_source *source;
    const struct tl_invoice *invoice;
    bool is_credit;
};

/* Amounts of a credit note are told as what is given back. */
static struct tl_money as_told(const struct maker *maker, struct tl_money amount)
{
    return maker->is_credit ? tl_money_negate(amount) : amount;
}

static const struct tl_einvoice_reference *first_reference(const struct maker *maker)
{
    static const struct tl_einvoice_reference none = {"", "", "", "", ""};
    return maker->invoice->line_count == 0 ? &none : &maker->source->references[0];
}

static struct tl_fields *put_party(struct tl_fields *root, const char *name, const struct tl_party *party)
{
    struct tl_fields *row = tl_fields_row(root, name);
    tl_fields_text(row, "name", party->official_name);
    tl_fields_optional(row, "address", party->address);
    tl_fields_optional(row, "cvr", party->cvr);
    return row;
}

static void put_parties(struct tl_fields *root, const struct maker *maker)
{
    const struct tl_einvoice_reference *reference = first_reference(maker);
    struct tl_fields *owner = put_party(root, "owner", &maker->invoice->seller);
    tl_fields_optional(owner, "ean", maker->invoice->seller.ean);
    struct tl_fields *party = put_party(root, "party", &maker->invoice->buyer);
    tl_fields_text(party, "code", maker->invoice->buyer.code);
    tl_fields_optional(party, "unit", reference->unit);
    tl_fields_optional(party, "ean", reference->ean);
}

static void put_head(struct tl_fields *root, const struct maker *maker)
{
    const struct tl_invoice *invoice = maker->invoice;
    const struct tl_einvoice_reference *reference = first_reference(maker);
    bool is_english = maker->values->is_english;
    struct tl_fields *row = tl_fields_row(root, "invoice");
    tl_fields_text(row, "number", invoice->row.number);
    tl_fields_text(row, "text", invoice->text);
    agreement_put_date(row, "date", invoice->row.date, is_english);
    agreement_put_date(row, "due", invoice->row.due, is_english);
    agreement_put_date(row, "period_first", invoice->row.period.first, is_english);
    agreement_put_date(row, "period_last", invoice->row.period.last, is_english);
    tl_fields_text(row, "reference", invoice->row.reference);
    tl_fields_optional(row, "corrects", invoice->row.corrects);
    agreement_put_date(row, "corrects_date", invoice->corrects_date, is_english);
    tl_fields_optional(row, "reason", invoice->reason);
    tl_fields_optional(row, "evidence", invoice->evidence);
    tl_fields_optional(row, "order_reference", reference->order_reference);
    tl_fields_optional(row, "person_reference", reference->person_reference);
    tl_fields_flag(root, "is_credit", maker->is_credit);
    tl_fields_text(tl_fields_row(root, "product"), "name", invoice->product.name);
    agreement_put_decision(tl_fields_row(root, "decision"), maker->values, &invoice->decision);
}

static const char *part_word(const char *part, bool is_english)
{
    if (tl_text_equal(part, "billed"))
        return is_english ? "billed before" : "opkrævet tidligere";
    if (tl_text_equal(part, "credit"))
        return is_english ? "credited" : "krediteret";
    return is_english ? "share" : "andel";
}

static void put_workings(struct tl_fields *row, const struct maker *maker, const struct tl_invoice_line *line)
{
    bool is_english = maker->values->is_english;
    for (size_t i = 0; i < line->working_count; i++) {
        const struct tl_invoice_working *working = &line->workings[i];
        struct tl_fields *at = tl_fields_row(row, "workings");
        agreement_put_date(at, "first", working->period.first, is_english);
        agreement_put_date(at, "last", working->period.last, is_english);
        tl_fields_text(at, "part", part_word(working->part, is_english));
        tl_fields_text(at, "working", working->working);
        agreement_put_money(maker->values, at, "amount", working->net);
    }
}

/* What reduced the line, where price and amount are above it. */
static tl_status put_reduced(bool *any, struct tl_fields *row, const struct maker *maker,
                             const struct tl_invoice_line *line)
{
    struct tl_money reduced = as_told(maker, line->reduced), net = as_told(maker, line->net), price = net;
    const char *reason = "";
    tl_status status = TL_OK;
    if (reduced.minor > 0 && net.minor >= 0) {
        *any = true;
        status = tl_money_add(&price, net, reduced, maker->values->err);
        if (status == TL_OK)
            status = tl_einvoice_reason(&reason, line->reduced_for, maker->values->is_english, maker->values->arena,
                                        maker->values->err);
        agreement_put_money(maker->values, row, "reduced", reduced);
    } else
        tl_fields_text(row, "reduced", "");
    tl_fields_text(row, "reduced_for", reason);
    agreement_put_money(maker->values, row, "price", price);
    return status;
}

static tl_status put_lines(struct tl_fields *root, const struct maker *maker)
{
    const struct tl_invoice *invoice = maker->invoice;
    bool is_english = maker->values->is_english, any_reduced = false, any_account = false;
    tl_status status = TL_OK;
    for (size_t i = 0; status == TL_OK && i < invoice->line_count; i++) {
        const struct tl_invoice_line *line = &invoice->lines[i];
        struct tl_fields *row = tl_fields_row(root, "lines");
        tl_fields_text(row, "name", is_english ? line->name.en : line->name.da);
        tl_fields_optional(row, "covers", is_english ? line->covers.en : line->covers.da);
        tl_fields_text(row, "psp", line->psp);
        tl_fields_optional(row, "account_string", maker->source->references[i].account_string);
        any_account = any_account || maker->source->references[i].account_string[0] != '\0';
        agreement_put_date(row, "first", line->period.first, is_english);
        agreement_put_date(row, "last", line->period.last, is_english);
        agreement_put_money(maker->values, row, "amount", as_told(maker, line->net));
        tl_fields_text(row, "vat_code", line->vat_code);
        status = put_reduced(&any_reduced, row, maker, line);
        put_workings(row, maker, line);
    }
    tl_fields_flag(root, "any_reduced", any_reduced);
    tl_fields_flag(root, "any_account_string", any_account);
    return status;
}

static void put_sums(struct tl_fields *root, const struct maker *maker)
{
    const struct tl_invoice *invoice = maker->invoice;
    for (size_t i = 0; i < invoice->vat_count; i++) {
        const struct tl_invoice_vat *vat = &invoice->vats[i];
        struct tl_fields *row = tl_fields_row(root, "vats");
        agreement_put_percent(maker->values, row, "rate", vat->rate);
        tl_fields_flag(row, "is_taxed", tl_text_equal(vat->code, "S"));
        tl_fields_flag(row, "is_outside", tl_text_equal(vat->code, "O"));
        tl_fields_flag(row, "is_exempt", tl_text_equal(vat->code, "E"));
        tl_fields_optional(row, "reason", vat->reason);
        agreement_put_money(maker->values, row, "net", as_told(maker, vat->net));
        agreement_put_money(maker->values, row, "amount", as_told(maker, vat->vat));
    }
    agreement_put_money(maker->values, root, "net", as_told(maker, invoice->row.net));
    agreement_put_money(maker->values, root, "vat", as_told(maker, invoice->row.vat));
    agreement_put_money(maker->values, root, "total", as_told(maker, invoice->row.gross));
}

/* Nothing is paid of a credit note. */
static void put_payee(struct tl_fields *root, const struct maker *maker)
{
    static const struct tl_payee none = {.registration = "", .account = "", .iban = "", .creditor = ""};
    const struct tl_payee *payee = maker->source->payee == NULL || maker->is_credit ? &none : maker->source->payee;
    struct tl_fields *row = tl_fields_row(root, "payee");
    struct tl_err ignored = TL_ERR_NONE;
    char line[TL_PAYMENT_ID_LINE];
    bool has_line =
        tl_payment_id_line(TL_PAYMENT_ID_71, maker->invoice->row.reference, payee->creditor, line, &ignored) == TL_OK;
    tl_fields_optional(row, "registration", payee->registration);
    tl_fields_optional(row, "account", payee->account);
    tl_fields_optional(row, "iban", payee->iban);
    tl_fields_optional(row, "creditor", payee->creditor);
    tl_fields_text(row, "payment_line", has_line ? line : "");
}

static tl_status fill_fields(struct tl_fields **out, const struct agreement_source *values,
                             const struct tl_invoice_facts *facts)
{
    const struct tl_invoice *invoice = facts->source->invoice;
    struct maker maker = {values, facts->source, invoice, tl_text_equal(invoice->row.kind, "credit note")};
    struct tl_fields *root = *out = tl_fields_new(values->arena);
    if (root == NULL)
        return tl_err_memory(values->err);
    struct tl_fields *document = tl_fields_row(root, "document");
    tl_fields_text(document, "number", facts->issue.number);
    tl_fields_format(document, "version", "%d", facts->issue.version);
    agreement_put_date(document, "date", facts->issue.date, values->is_english);
    tl_fields_optional(document, "translates", facts->issue.translates);
    put_parties(root, &maker);
    put_head(root, &maker);
    put_sums(root, &maker);
    put_payee(root, &maker);
    return put_lines(root, &maker);
}

/* What stands around the pages. */
static tl_status fill_face(struct tl_doc_face *face, const struct agreement_source *values,
                           const struct tl_invoice_facts *facts)
{
    const struct tl_issue *issue = &facts->issue;
    const struct tl_invoice *invoice = facts->source->invoice;
    bool is_credit = tl_text_equal(invoice->row.kind, "credit note"), is_english = values->is_english;
    char date[TL_DATE_TEXT_SIZE];
    const char *issued = is_english ? tl_date_en_long(issue->date, date) : tl_date_da_long(issue->date, date);
    const char *word = is_credit ? (is_english ? "Credit note" : "Kreditnota") : (is_english ? "Invoice" : "Faktura");
    const char *title =
        tl_arena_format(values->arena, "%s %s, %s", word, invoice->row.number, invoice->buyer.official_name);
    const char *below = tl_arena_format(values->arena, "%s, version %d, %s", issue->number, issue->version, issued);
    const char *subject = tl_arena_format(values->arena, "%s, version %d", issue->number, issue->version);
    const char *seal = agreement_seal_text(values, issue);
    if (title == NULL || below == NULL || subject == NULL || seal == NULL)
        return tl_err_memory(values->err);
    *face = (struct tl_doc_face){.title = title,
                                 .author = invoice->seller.official_name,
                                 .subject = subject,
                                 .language = is_english ? "en" : "da",
                                 .header_left = invoice->seller.name,
                                 .header_right = title,
                                 .footer_left = below,
                                 .footer_below = seal,
                                 .page_word = is_english ? "page" : "side",
                                 .of_word = is_english ? "of" : "af",
                                 .issued = issue->date};
    return TL_OK;
}

tl_status tl_invoice_doc(struct tl_buf *pdf, const struct tl_invoice_facts *facts, const char *template_text,
                         const char *template_name, const struct tl_pdf_fonts *fonts, struct tl_err *err)
{
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct agreement_source values = {NULL, template_is_english(template_name), &arena, err};
    struct template_source template = {template_text, template_name, tl_invoice_field_names};
    struct tl_doc_face face;
    struct tl_fields *fields = NULL;
    tl_status status = fill_fields(&fields, &values, facts);
    if (status == TL_OK)
        status = fill_face(&face, &values, facts);
    if (status == TL_OK)
        status = template_print(pdf, &template, fields, &face, fonts, err);
    tl_arena_release(&arena);
    return status;
}

tl_status tl_invoice_digest(struct tl_digest *out, const struct tl_invoice_facts *facts, const char *template_text,
                            const char *template_name, struct tl_err *err)
{
    struct tl_invoice_facts timeless = *facts;
    timeless.issue = agreement_timeless_issue(&facts->issue);
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct agreement_source values = {NULL, template_is_english(template_name), &arena, err};
    struct template_source template = {template_text, template_name, tl_invoice_field_names};
    struct tl_fields *fields = NULL;
    tl_status status = fill_fields(&fields, &values, &timeless);
    if (status == TL_OK)
        status = template_digest(out, &template, fields, err);
    tl_arena_release(&arena);
    return status;
}
