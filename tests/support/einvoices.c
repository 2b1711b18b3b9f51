/* SPDX-License-Identifier: MPL-2.0 */
#include "einvoices.h"

#include <libxml/xpath.h>
#include <libxml/xpathInternals.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "tilslut/base/text.h"

#define UBL "urn:oasis:names:specification:ubl:schema:xsd:"

void sample_einvoice_init(struct sample_einvoice *sample)
{
    struct tl_period year = tl_period_of_year(2026);
    *sample = (struct sample_einvoice){0};
    sample->invoice = (struct tl_invoice){
        .row = {.number = "2026-0007",
                .kind = "invoice",
                .party = "0751",
                .product = "os2valghalla",
                .year = 2026,
                .period = year,
                .date = tl_date_of(2026, 1, 6),
                .due = tl_date_of(2026, 2, 5),
                .reference = "000000202600078",
                .corrects = "",
                .order = ""},
        .currency = "DKK",
        .seller = {.code = "os2",
                   .name = "OS2",
                   .official_name = "OS2 - Offentligt digitaliseringsfællesskab",
                   .kind = "association",
                   .region = "",
                   .cvr = "41849983",
                   .ean = "5790002750595",
                   .address = "c/o ITK, Aarhus Kommune, Hack Kampmanns Plads 2, 8000 Aarhus C"},
        .buyer = {.code = "0751",
                  .name = "Aarhus",
                  .official_name = "Aarhus Kommune",
                  .kind = "municipality",
                  .region = "Midtjylland",
                  .cvr = "55133018",
                  .ean = "",
                  .address = "Rådhuspladsen 2, 8000 Aarhus C"},
        .product = {.code = "os2valghalla", .name = "OS2valghalla", .psp = "XG-9212045260"},
        .decision = {.body = "styregruppe", .date = tl_date_of(2025, 10, 12), .reference = "pkt. 4"},
        .text = "Opkrævning 2026, OS2valghalla",
        .reason = "",
        .evidence = "",
        .lines = sample->lines,
        .vats = sample->vats};
    sample->payee = (struct tl_payee){.registration = "0040",
                                      .account = "0440116243",
                                      .iban = "DK5000400440116243",
                                      .creditor = "",
                                      .decision = "",
                                      .evidence = "aftale"};
    sample->source = (struct tl_einvoice_source){&sample->invoice, sample->references, &sample->payee};
}

static struct tl_invoice_vat *vat_of(struct tl_invoice *invoice, const struct tl_invoice_line *line)
{
    for (size_t i = 0; i < invoice->vat_count; i++)
        if (tl_text_equal(invoice->vats[i].code, line->vat_code) &&
            tl_ratio_compare(invoice->vats[i].rate, line->vat_rate) == 0)
            return &invoice->vats[i];
    struct tl_invoice_vat *vat = &invoice->vats[invoice->vat_count++];
    *vat = (struct tl_invoice_vat){.code = line->vat_code, .reason = line->vat_reason, .rate = line->vat_rate};
    return vat;
}

/* Halves away from zero. */
static int64_t percent_of(int64_t minor, int64_t hundredths)
{
    int64_t product = minor * hundredths, half = product < 0 ? -5000 : 5000;
    return (product + half) / 10000;
}

static void foot(struct tl_invoice *invoice)
{
    invoice->row.net = invoice->row.vat = (struct tl_money){0};
    for (size_t i = 0; i < invoice->vat_count; i++) {
        struct tl_invoice_vat *vat = &invoice->vats[i];
        vat->vat.minor = percent_of(vat->net.minor, 10000 * vat->rate.numerator / vat->rate.denominator);
        invoice->row.net.minor += vat->net.minor;
        invoice->row.vat.minor += vat->vat.minor;
    }
    invoice->row.gross.minor = invoice->row.net.minor + invoice->row.vat.minor;
}

void sample_einvoice_add(struct sample_einvoice *sample, const char *name, int64_t net_minor, const char *vat_code,
                         int rate, const char *reason)
{
    struct tl_invoice *invoice = &sample->invoice;
    size_t at = invoice->line_count++;
    struct tl_invoice_line *line = &sample->lines[at];
    assert_true(at < SAMPLE_LINES);
    sample->workings[at] = (struct tl_invoice_working){"share", invoice->row.period, "52000.00 x 6/12", {net_minor}};
    *line = (struct tl_invoice_line){.line_id = "line",
                                     .account = "00002",
                                     .psp = "XG-9212045260-00002",
                                     .name = {name, name},
                                     .covers = {"", ""},
                                     .period = invoice->row.period,
                                     .net = {net_minor},
                                     .reduced_for = "",
                                     .vat_code = vat_code,
                                     .vat_reason = reason,
                                     .vat_rate = tl_ratio_of(rate, 100),
                                     .workings = &sample->workings[at],
                                     .working_count = 1};
    sample->references[at] =
        (struct tl_einvoice_reference){"Digitalisering", "5790000121090", "4500012345", "INDKØB-7", "1234-5678"};
    vat_of(invoice, line)->net.minor += net_minor;
    foot(invoice);
}

void sample_einvoice_credit(struct sample_einvoice *sample)
{
    struct tl_invoice *invoice = &sample->invoice;
    for (size_t i = 0; i < invoice->line_count; i++)
        invoice->lines[i].net = tl_money_negate(invoice->lines[i].net);
    for (size_t i = 0; i < invoice->vat_count; i++)
        invoice->vats[i].net = tl_money_negate(invoice->vats[i].net);
    foot(invoice);
    invoice->row.kind = "credit note";
    invoice->row.number = "2026-0008";
    invoice->row.due = (struct tl_date){0};
    invoice->row.corrects = "2026-0007";
    invoice->corrects_date = tl_date_of(2026, 1, 6);
}

/* The nodes at a path, from a node on; free both. */
struct found {
    xmlXPathContext *context;
    xmlXPathObject *nodes;
    int count;
};

static struct found find(xmlDoc *doc, xmlNode *from, const char *path)
{
    struct found found = {.context = xmlXPathNewContext(doc)};
    assert_non_null(found.context);
    xmlXPathRegisterNs(found.context, BAD_CAST "i", xmlDocGetRootElement(doc)->ns->href);
    xmlXPathRegisterNs(found.context, BAD_CAST "cac", BAD_CAST UBL "CommonAggregateComponents-2");
    xmlXPathRegisterNs(found.context, BAD_CAST "cbc", BAD_CAST UBL "CommonBasicComponents-2");
    found.context->node = from == NULL ? xmlDocGetRootElement(doc) : from;
    found.nodes = xmlXPathEvalExpression(BAD_CAST path, found.context);
    assert_non_null(found.nodes);
    found.count = found.nodes->nodesetval == NULL ? 0 : found.nodes->nodesetval->nodeNr;
    return found;
}

static void let_go(struct found *found)
{
    xmlXPathFreeObject(found->nodes);
    xmlXPathFreeContext(found->context);
}

static char *text_at(xmlDoc *doc, xmlNode *from, const char *path)
{
    struct found found = find(doc, from, path);
    if (found.count != 1)
        fail_msg("%d nodes at %s", found.count, path);
    char *text = (char *)xmlNodeGetContent(found.nodes->nodesetval->nodeTab[0]);
    let_go(&found);
    return text;
}

char *einvoice_text(xmlDoc *doc, const char *path)
{
    return text_at(doc, NULL, path);
}

int einvoice_count(xmlDoc *doc, const char *path)
{
    struct found found = find(doc, NULL, path);
    int count = found.count;
    let_go(&found);
    return count;
}

/* A decimal number in hundredths; more than two decimals fail. */
static int64_t hundredths(const char *text)
{
    char *end;
    bool is_negative = text[0] == '-';
    int64_t whole = llabs(strtoll(text, &end, 10)) * 100;
    if (*end == '.') {
        size_t digits = strlen(end + 1);
        assert_in_range(digits, 1, 2);
        whole += strtoll(end + 1, &end, 10) * (digits == 1 ? 10 : 1);
    }
    if (*end != '\0')
        fail_msg("'%s' is not a number", text);
    return is_negative ? -whole : whole;
}

/* The sum of the amounts at a path. */
static int64_t sum(xmlDoc *doc, xmlNode *from, const char *path)
{
    struct found found = find(doc, from, path);
    int64_t total = 0;
    for (int i = 0; i < found.count; i++) {
        xmlChar *text = xmlNodeGetContent(found.nodes->nodesetval->nodeTab[i]);
        total += hundredths((const char *)text);
        xmlFree(text);
    }
    let_go(&found);
    return total;
}

static void lines_follow(xmlDoc *doc)
{
    struct found lines = find(doc, NULL, "cac:InvoiceLine | cac:CreditNoteLine");
    assert_true(lines.count > 0);
    for (int i = 0; i < lines.count; i++) {
        xmlNode *line = lines.nodes->nodesetval->nodeTab[i];
        int64_t quantity = sum(doc, line, "cbc:InvoicedQuantity | cbc:CreditedQuantity") / 100;
        int64_t price = sum(doc, line, "cac:Price/cbc:PriceAmount");
        assert_true(price >= 0);
        assert_same_int(sum(doc, line, "cbc:LineExtensionAmount"),
                        quantity * price -
                            sum(doc, line, "cac:AllowanceCharge[cbc:ChargeIndicator='false']/cbc:Amount"));
    }
    let_go(&lines);
}

static void vats_follow(xmlDoc *doc)
{
    struct found vats = find(doc, NULL, "cac:TaxTotal/cac:TaxSubtotal");
    assert_true(vats.count > 0);
    for (int i = 0; i < vats.count; i++) {
        xmlNode *vat = vats.nodes->nodesetval->nodeTab[i];
        char path[200];
        char *category = text_at(doc, vat, "cac:TaxCategory/cbc:ID");
        snprintf(path, sizeof path, "*[cac:Item/cac:ClassifiedTaxCategory/cbc:ID='%s']/cbc:LineExtensionAmount",
                 category);
        int64_t taxable = sum(doc, vat, "cbc:TaxableAmount"), rate = sum(doc, vat, "cac:TaxCategory/cbc:Percent");
        assert_same_int(taxable, sum(doc, NULL, path));
        assert_same_int(sum(doc, vat, "cbc:TaxAmount"), percent_of(taxable, rate));
        xmlFree(category);
    }
    let_go(&vats);
}

void einvoice_totals_follow(xmlDoc *doc)
{
    lines_follow(doc);
    vats_follow(doc);
    int64_t net = sum(doc, NULL, "*/cbc:LineExtensionAmount[../cac:Price]");
    int64_t vat = sum(doc, NULL, "cac:TaxTotal/cac:TaxSubtotal/cbc:TaxAmount");
    assert_same_int(sum(doc, NULL, "cac:LegalMonetaryTotal/cbc:LineExtensionAmount"), net);
    assert_same_int(sum(doc, NULL, "cac:LegalMonetaryTotal/cbc:TaxExclusiveAmount"), net);
    assert_same_int(sum(doc, NULL, "cac:TaxTotal/cbc:TaxAmount"), vat);
    assert_same_int(sum(doc, NULL, "cac:LegalMonetaryTotal/cbc:TaxInclusiveAmount"), net + vat);
    assert_same_int(sum(doc, NULL, "cac:LegalMonetaryTotal/cbc:PayableAmount"),
                    net + vat - sum(doc, NULL, "cac:LegalMonetaryTotal/cbc:PrepaidAmount") +
                        sum(doc, NULL, "cac:LegalMonetaryTotal/cbc:PayableRoundingAmount"));
}
