/* SPDX-License-Identifier: MPL-2.0 */
/*
 * The one file of this floor that knows libxml2's writer. Elements come in the order of the UBL 2.1 schema, which is
 * the same for invoices and credit notes in what is written here.
 */
#include "tilslut/report/einvoice_xml.h"

#include <libxml/xmlwriter.h>
#include <limits.h>
#include <string.h>

#include "einvoice_flaws.h"
#include "safe_text.h"

#define UBL "urn:oasis:names:specification:ubl:schema:xsd:"
static const char customization[] = "urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0";
static const char profile[] = "urn:fdc:peppol.eu:2017:poacc:billing:01:1.0";

/* A document on its way; failures are sticky. */
struct pen {
    xmlTextWriterPtr writer;
    const struct tl_einvoice *einvoice;
    struct tl_buf text; /* the one that is being written */
    bool failed;
};

static void keep(struct pen *pen, int result)
{
    pen->failed = pen->failed || result < 0;
}

static void begin(struct pen *pen, const char *name)
{
    keep(pen, xmlTextWriterStartElement(pen->writer, BAD_CAST name));
}

static void end(struct pen *pen)
{
    keep(pen, xmlTextWriterEndElement(pen->writer));
}

static void attribute(struct pen *pen, const char *name, const char *value)
{
    keep(pen, xmlTextWriterWriteAttribute(pen->writer, BAD_CAST name, BAD_CAST value));
}

/* An element with an attribute, unless its text is blank. */
static void put_with(struct pen *pen, const char *name, const char *key, const char *value, const char *text)
{
    if (tl_einvoice_is_blank(text))
        return;
    pen->text.length = 0;
    tl_safe_text_add(&pen->text, text);
    pen->failed = pen->failed || pen->text.failed;
    begin(pen, name);
    if (key != NULL)
        attribute(pen, key, value);
    keep(pen, xmlTextWriterWriteString(pen->writer, BAD_CAST tl_buf_string(&pen->text)));
    end(pen);
}

static void put(struct pen *pen, const char *name, const char *text)
{
    put_with(pen, name, NULL, NULL, text);
}

static void put_date(struct pen *pen, const char *name, struct tl_date date)
{
    char text[TL_DATE_TEXT_SIZE];
    if (!tl_date_is_none(date))
        put(pen, name, tl_date_iso(date, text));
}

static void put_amount(struct pen *pen, const char *name, struct tl_money amount)
{
    char text[TL_MONEY_TEXT_SIZE];
    put_with(pen, name, "currencyID", pen->einvoice->currency, tl_money_plain(amount, text));
}

/* An amount that is told only where there is one. */
static void put_some(struct pen *pen, const char *name, struct tl_money amount)
{
    if (!tl_money_is_zero(amount))
        put_amount(pen, name, amount);
}

/* An element that holds nothing but another one. */
static void put_in(struct pen *pen, const char *outer, const char *inner, const char *text)
{
    if (tl_einvoice_is_blank(text))
        return;
    begin(pen, outer);
    put(pen, inner, text);
    end(pen);
}

static void put_period(struct pen *pen, struct tl_period period)
{
    begin(pen, "cac:InvoicePeriod");
    put_date(pen, "cbc:StartDate", period.first);
    put_date(pen, "cbc:EndDate", period.last);
    end(pen);
}

static void put_root(struct pen *pen)
{
    bool is_credit = pen->einvoice->is_credit;
    begin(pen, is_credit ? "CreditNote" : "Invoice");
    attribute(pen, "xmlns", is_credit ? UBL "CreditNote-2" : UBL "Invoice-2");
    attribute(pen, "xmlns:cac", UBL "CommonAggregateComponents-2");
    attribute(pen, "xmlns:cbc", UBL "CommonBasicComponents-2");
}

static void put_head(struct pen *pen)
{
    const struct tl_einvoice *einvoice = pen->einvoice;
    put(pen, "cbc:CustomizationID", customization);
    put(pen, "cbc:ProfileID", profile);
    put(pen, "cbc:ID", einvoice->number);
    put_date(pen, "cbc:IssueDate", einvoice->issued);
    if (einvoice->is_credit)
        put(pen, "cbc:CreditNoteTypeCode", "381");
    else {
        put_date(pen, "cbc:DueDate", einvoice->due);
        put(pen, "cbc:InvoiceTypeCode", "380");
    }
    put(pen, "cbc:Note", einvoice->note);
    put(pen, "cbc:DocumentCurrencyCode", einvoice->currency);
    put(pen, "cbc:AccountingCost", einvoice->account_string);
    put(pen, "cbc:BuyerReference", einvoice->buyer_reference);
    put_period(pen, einvoice->period);
    put_in(pen, "cac:OrderReference", "cbc:ID", einvoice->order_reference);
}

static void put_corrected(struct pen *pen)
{
    const struct tl_einvoice *einvoice = pen->einvoice;
    if (tl_einvoice_is_blank(einvoice->corrects))
        return;
    begin(pen, "cac:BillingReference");
    begin(pen, "cac:InvoiceDocumentReference");
    put(pen, "cbc:ID", einvoice->corrects);
    put_date(pen, "cbc:IssueDate", einvoice->corrects_date);
    end(pen);
    end(pen);
}

static void put_attachment(struct pen *pen)
{
    const struct tl_einvoice_attachment *attachment = pen->einvoice->attachment;
    if (attachment == NULL)
        return;
    begin(pen, "cac:AdditionalDocumentReference");
    put(pen, "cbc:ID", attachment->name);
    begin(pen, "cac:Attachment");
    begin(pen, "cbc:EmbeddedDocumentBinaryObject");
    attribute(pen, "mimeCode", attachment->type);
    attribute(pen, "filename", attachment->name);
    keep(pen, attachment->length > INT_MAX / 2
                  ? -1
                  : xmlTextWriterWriteBase64(pen->writer, attachment->bytes, 0, (int)attachment->length));
    end(pen);
    end(pen);
    end(pen);
}

static void put_address(struct pen *pen, const struct tl_einvoice_party *party)
{
    begin(pen, "cac:PostalAddress");
    put(pen, "cbc:StreetName", party->street);
    put(pen, "cbc:AdditionalStreetName", party->more);
    put(pen, "cbc:CityName", party->city);
    put(pen, "cbc:PostalZone", party->zip);
    put_in(pen, "cac:AddressLine", "cbc:Line", party->others);
    put_in(pen, "cac:Country", "cbc:IdentificationCode", party->country);
    end(pen);
}

static void put_tax_scheme(struct pen *pen)
{
    put_in(pen, "cac:TaxScheme", "cbc:ID", "VAT");
}

static void put_party(struct pen *pen, const char *role, const struct tl_einvoice_party *party)
{
    begin(pen, role);
    begin(pen, "cac:Party");
    put_with(pen, "cbc:EndpointID", "schemeID", party->scheme, party->endpoint);
    put_in(pen, "cac:PartyName", "cbc:Name", party->unit);
    put_address(pen, party);
    if (!tl_einvoice_is_blank(party->vat)) {
        begin(pen, "cac:PartyTaxScheme");
        put(pen, "cbc:CompanyID", party->vat);
        put_tax_scheme(pen);
        end(pen);
    }
    begin(pen, "cac:PartyLegalEntity");
    put(pen, "cbc:RegistrationName", party->name);
    put_with(pen, "cbc:CompanyID", "schemeID", TL_EINVOICE_CVR, party->cvr);
    end(pen);
    end(pen);
    end(pen);
}

static void put_payment(struct pen *pen)
{
    const struct tl_einvoice *einvoice = pen->einvoice;
    const struct tl_einvoice_payment *payment = &einvoice->payment;
    if (!tl_einvoice_is_blank(payment->code)) {
        begin(pen, "cac:PaymentMeans");
        put(pen, "cbc:PaymentMeansCode", payment->code);
        put(pen, "cbc:PaymentID", payment->id);
        begin(pen, "cac:PayeeFinancialAccount");
        put(pen, "cbc:ID", payment->account);
        put_in(pen, "cac:FinancialInstitutionBranch", "cbc:ID", payment->branch);
        end(pen);
        end(pen);
    }
    put_in(pen, "cac:PaymentTerms", "cbc:Note", einvoice->payment_terms);
}

/* 25 of a rate of 1/4. What has no finite decimals does not pass the check. */
static void put_percent(struct pen *pen, struct tl_ratio rate)
{
    char percent[TL_RATIO_TEXT_SIZE];
    tl_ratio_percent(rate, percent);
    percent[strcspn(percent, "%")] = '\0';
    put(pen, "cbc:Percent", percent);
}

/* What is outside the scope of VAT has no rate (BR-O-05). */
static void put_category(struct pen *pen, const char *category, struct tl_ratio rate)
{
    put(pen, "cbc:ID", category);
    if (!tl_text_equal(category, "O"))
        put_percent(pen, rate);
}

static void put_vats(struct pen *pen)
{
    const struct tl_einvoice *einvoice = pen->einvoice;
    begin(pen, "cac:TaxTotal");
    put_amount(pen, "cbc:TaxAmount", einvoice->vat);
    for (size_t i = 0; i < einvoice->vat_count; i++) {
        const struct tl_einvoice_vat *vat = &einvoice->vats[i];
        begin(pen, "cac:TaxSubtotal");
        put_amount(pen, "cbc:TaxableAmount", vat->taxable);
        put_amount(pen, "cbc:TaxAmount", vat->tax);
        begin(pen, "cac:TaxCategory");
        put_category(pen, vat->category, vat->rate);
        put(pen, "cbc:TaxExemptionReasonCode", vat->reason_code);
        put(pen, "cbc:TaxExemptionReason", vat->reason);
        put_tax_scheme(pen);
        end(pen);
        end(pen);
    }
    end(pen);
}

static void put_totals(struct pen *pen)
{
    const struct tl_einvoice *einvoice = pen->einvoice;
    begin(pen, "cac:LegalMonetaryTotal");
    put_amount(pen, "cbc:LineExtensionAmount", einvoice->line_sum);
    put_amount(pen, "cbc:TaxExclusiveAmount", einvoice->net);
    put_amount(pen, "cbc:TaxInclusiveAmount", einvoice->gross);
    put_some(pen, "cbc:PrepaidAmount", einvoice->prepaid);
    put_some(pen, "cbc:PayableRoundingAmount", einvoice->rounding);
    put_amount(pen, "cbc:PayableAmount", einvoice->payable);
    end(pen);
}

/* A rebate: 95 is a discount (UNCL5189). */
static void put_allowance(struct pen *pen, const struct tl_einvoice_line *line)
{
    if (tl_money_is_zero(line->allowance))
        return;
    begin(pen, "cac:AllowanceCharge");
    put(pen, "cbc:ChargeIndicator", "false");
    put(pen, "cbc:AllowanceChargeReasonCode", "95");
    put(pen, "cbc:AllowanceChargeReason", line->allowance_reason);
    put_amount(pen, "cbc:Amount", line->allowance);
    end(pen);
}

static void put_item(struct pen *pen, const struct tl_einvoice_line *line)
{
    begin(pen, "cac:Item");
    put(pen, "cbc:Description", line->description);
    put(pen, "cbc:Name", line->name);
    put_in(pen, "cac:SellersItemIdentification", "cbc:ID", line->item);
    begin(pen, "cac:ClassifiedTaxCategory");
    put_category(pen, line->category, line->rate);
    put_tax_scheme(pen);
    end(pen);
    end(pen);
}

static void put_line(struct pen *pen, size_t at)
{
    const struct tl_einvoice_line *line = &pen->einvoice->lines[at];
    bool is_credit = pen->einvoice->is_credit;
    char number[24];
    snprintf(number, sizeof number, "%zu", at + 1);
    begin(pen, is_credit ? "cac:CreditNoteLine" : "cac:InvoiceLine");
    put(pen, "cbc:ID", number);
    put(pen, "cbc:Note", line->note);
    put_with(pen, is_credit ? "cbc:CreditedQuantity" : "cbc:InvoicedQuantity", "unitCode", "EA",
             line->quantity < 0 ? "-1" : "1");
    put_amount(pen, "cbc:LineExtensionAmount", line->net);
    put(pen, "cbc:AccountingCost", line->account_string);
    put_period(pen, line->period);
    put_allowance(pen, line);
    put_item(pen, line);
    begin(pen, "cac:Price");
    put_amount(pen, "cbc:PriceAmount", line->price);
    end(pen);
    end(pen);
}

static void put_document(struct pen *pen)
{
    keep(pen, xmlTextWriterSetIndent(pen->writer, 1));
    keep(pen, xmlTextWriterSetIndentString(pen->writer, BAD_CAST "  "));
    keep(pen, xmlTextWriterStartDocument(pen->writer, "1.0", "UTF-8", NULL));
    put_root(pen);
    put_head(pen);
    put_corrected(pen);
    put_attachment(pen);
    put_party(pen, "cac:AccountingSupplierParty", &pen->einvoice->seller);
    put_party(pen, "cac:AccountingCustomerParty", &pen->einvoice->buyer);
    put_payment(pen);
    put_vats(pen);
    put_totals(pen);
    for (size_t i = 0; i < pen->einvoice->line_count; i++)
        put_line(pen, i);
    keep(pen, xmlTextWriterEndDocument(pen->writer));
}

static tl_status write_once(struct tl_buf *out, const struct tl_einvoice *einvoice, struct tl_err *err)
{
    xmlBufferPtr bytes = xmlBufferCreate();
    struct pen pen = {bytes == NULL ? NULL : xmlNewTextWriterMemory(bytes, 0), einvoice, TL_BUF_EMPTY, false};
    if (pen.writer != NULL)
        put_document(&pen);
    bool is_whole = pen.writer != NULL && !pen.failed;
    if (pen.writer != NULL)
        xmlFreeTextWriter(pen.writer);
    tl_buf_release(&pen.text);
    if (is_whole)
        tl_buf_add(out, (const char *)xmlBufferContent(bytes), (size_t)xmlBufferLength(bytes));
    if (bytes != NULL)
        xmlBufferFree(bytes);
    return is_whole ? tl_buf_status(out, err) : tl_err_memory(err);
}

/* libxml2 leaves a text out when it has no memory to escape it, and does not tell: what is written twice alike has lost
 * nothing. */
tl_status tl_einvoice_xml(struct tl_buf *out, const struct tl_einvoice *einvoice, struct tl_err *err)
{
    struct tl_buf again = TL_BUF_EMPTY;
    size_t before = out->length;
    tl_status status = write_once(out, einvoice, err);
    if (status == TL_OK)
        status = write_once(&again, einvoice, err);
    if (status == TL_OK &&
        (out->length - before != again.length || memcmp(out->bytes + before, again.bytes, again.length) != 0))
        status = tl_err_memory(err);
    tl_buf_release(&again);
    return status;
}
