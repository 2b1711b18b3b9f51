/* SPDX-License-Identifier: MPL-2.0 */
#include "check.h"

#include <libxml/parser.h>
#include <stdio.h>
#include <string.h>

#include "einvoices.h"
#include "tilslut/report/einvoice_check.h"
#include "tilslut/report/einvoice_xml.h"
#include "ubl_order.h"

static struct tl_arena arena;

static int begin(void **state)
{
    (void)state;
    arena = (struct tl_arena)TL_ARENA_EMPTY;
    return 0;
}

static int finish(void **state)
{
    (void)state;
    tl_arena_release(&arena);
    return 0;
}

static struct tl_einvoice made(const struct sample_einvoice *sample)
{
    struct tl_err err = TL_ERR_NONE;
    struct tl_einvoice einvoice;
    assert_ok(tl_einvoice_make(&einvoice, &sample->source, &arena, &err), &err);
    return einvoice;
}

static struct tl_buf written(const struct tl_einvoice *einvoice)
{
    struct tl_err err = TL_ERR_NONE;
    struct tl_buf out = TL_BUF_EMPTY;
    assert_ok(tl_einvoice_xml(&out, einvoice, &err), &err);
    return out;
}

static xmlDoc *parsed(const struct tl_buf *xml)
{
    xmlDoc *doc = xmlReadMemory(xml->bytes, (int)xml->length, "einvoice", NULL, XML_PARSE_NONET);
    assert_non_null(doc);
    return doc;
}

static void order_is(const struct tl_buf *xml, const char *expected)
{
    struct tl_buf violations = TL_BUF_EMPTY;
    xmlDoc *doc = parsed(xml);
    ubl_order_check(&violations, doc);
    assert_string_equal(tl_buf_string(&violations), expected);
    tl_buf_release(&violations);
    xmlFreeDoc(doc);
}

/* What every document must hold; returns it, for more. */
static xmlDoc *accepted(const struct tl_einvoice *einvoice)
{
    struct tl_err err = TL_ERR_NONE;
    struct tl_einvoice_flaw *flaws = NULL;
    size_t count = 0;
    assert_ok(tl_einvoice_check(&flaws, &count, einvoice, &arena, &err), &err);
    for (size_t i = 0; i < count; i++)
        fail_msg("%s: %s (%s)", flaws[i].field, flaws[i].text, flaws[i].rule);
    struct tl_buf xml = written(einvoice), again = written(einvoice);
    assert_int_equal(xml.length, again.length);
    assert_memory_equal(xml.bytes, again.bytes, xml.length);
    order_is(&xml, "");
    xmlDoc *doc = parsed(&xml);
    einvoice_totals_follow(doc);
    tl_buf_release(&again);
    tl_buf_release(&xml);
    return doc;
}

static void says(xmlDoc *doc, const char *path, const char *expected)
{
    char *text = einvoice_text(doc, path);
    assert_string_equal(text, expected);
    xmlFree(text);
}

static void a_plain_invoice_to_an_account(void **state)
{
    (void)state;
    struct sample_einvoice sample;
    sample_einvoice_init(&sample);
    sample_einvoice_add(&sample, "Vederlag", 5668000, "S", 25, "");
    struct tl_einvoice einvoice = made(&sample);
    xmlDoc *doc = accepted(&einvoice);
    says(doc, "cbc:InvoiceTypeCode", "380");
    says(doc, "cbc:DueDate", "2026-02-05");
    says(doc, "cbc:BuyerReference", "INDKØB-7");
    says(doc, "cac:OrderReference/cbc:ID", "4500012345");
    says(doc, "cbc:AccountingCost", "1234-5678");
    says(doc, "cac:AccountingSupplierParty//cbc:EndpointID[@schemeID='0088']", "5790002750595");
    says(doc, "cac:AccountingSupplierParty//cac:PartyLegalEntity/cbc:CompanyID[@schemeID='0184']", "DK41849983");
    says(doc, "cac:AccountingSupplierParty//cbc:StreetName", "Hack Kampmanns Plads 2");
    says(doc, "cac:AccountingSupplierParty//cbc:AdditionalStreetName", "c/o ITK");
    says(doc, "cac:AccountingSupplierParty//cbc:Line", "Aarhus Kommune");
    says(doc, "cac:AccountingCustomerParty//cbc:EndpointID[@schemeID='0088']", "5790000121090");
    says(doc, "cac:AccountingCustomerParty//cbc:CityName", "Aarhus C");
    says(doc, "cac:PaymentMeans/cbc:PaymentMeansCode", "42");
    says(doc, "cac:PaymentMeans//cac:FinancialInstitutionBranch/cbc:ID", "0040");
    says(doc, "cac:LegalMonetaryTotal/cbc:PayableAmount[@currencyID='DKK']", "70850.00");
    says(doc, "cac:InvoiceLine/cbc:Note", "01.01.2026-31.12.2026, andel: 52000.00 x 6/12 = 56.680,00 kr.");
    xmlFreeDoc(doc);
}

static void several_lines_of_one_rate_are_taxed_on_their_sum(void **state)
{
    (void)state;
    struct sample_einvoice sample;
    sample_einvoice_init(&sample);
    for (int i = 0; i < 5; i++)
        sample_einvoice_add(&sample, "Vederlag", 102, "S", 25, "");
    struct tl_einvoice einvoice = made(&sample);
    xmlDoc *doc = accepted(&einvoice);
    /* 5 x 0.255 would be 1.30; of the sum it is 1.275, rounded once */
    says(doc, "cac:TaxTotal/cbc:TaxAmount", "1.28");
    assert_int_equal(einvoice_count(doc, "cac:InvoiceLine"), 5);
    xmlFreeDoc(doc);
}

static void what_is_outside_the_scope_of_vat_stands_alone_without_a_vat_number(void **state)
{
    (void)state;
    struct sample_einvoice sample;
    sample_einvoice_init(&sample);
    sample_einvoice_add(&sample, "Vederlag", 5668000, "O", 0, "medlemsbidrag");
    struct tl_einvoice einvoice = made(&sample);
    xmlDoc *doc = accepted(&einvoice);
    says(doc, "cac:TaxTotal//cac:TaxCategory/cbc:ID", "O");
    says(doc, "cac:TaxTotal//cbc:TaxExemptionReasonCode", "VATEX-EU-O");
    says(doc, "cac:TaxTotal//cbc:TaxExemptionReason", "medlemsbidrag");
    assert_int_equal(einvoice_count(doc, "//cbc:Percent"), 0);
    assert_int_equal(einvoice_count(doc, "//cac:PartyTaxScheme"), 0);
    xmlFreeDoc(doc);
}

static void beside_what_is_taxed_it_is_exempt_with_the_reason_in_words(void **state)
{
    (void)state;
    struct sample_einvoice sample;
    sample_einvoice_init(&sample);
    sample_einvoice_add(&sample, "Vederlag", 5668000, "O", 0, "medlemsbidrag");
    sample_einvoice_add(&sample, "Drift", 21720305, "S", 25, "");
    sample_einvoice_add(&sample, "Kursus", 100000, "E", 0, "undervisning");
    struct tl_einvoice einvoice = made(&sample);
    xmlDoc *doc = accepted(&einvoice);
    says(doc, "cac:TaxTotal//cac:TaxCategory[cbc:ID='E']/cbc:TaxExemptionReason",
         "Uden for momslovens anvendelsesområde: medlemsbidrag; undervisning");
    says(doc, "cac:TaxTotal/cac:TaxSubtotal[cac:TaxCategory/cbc:ID='E']/cbc:TaxableAmount", "57680.00");
    assert_int_equal(einvoice_count(doc, "//cac:TaxCategory[cbc:ID='O'] | //cbc:TaxExemptionReasonCode"), 0);
    says(doc, "cac:AccountingSupplierParty//cac:PartyTaxScheme/cbc:CompanyID", "DK41849983");
    xmlFreeDoc(doc);
}

static void half_a_year_and_a_rounded_price(void **state)
{
    (void)state;
    struct sample_einvoice sample;
    sample_einvoice_init(&sample);
    sample.invoice.row.period.last = tl_date_of(2026, 6, 30);
    sample_einvoice_add(&sample, "Vederlag", 3333333, "S", 25, "");
    struct tl_einvoice einvoice = made(&sample);
    einvoice.rounding.minor = 34;
    einvoice.payable.minor += 34;
    xmlDoc *doc = accepted(&einvoice);
    says(doc, "cac:InvoicePeriod/cbc:EndDate", "2026-06-30");
    says(doc, "cac:InvoiceLine/cac:InvoicePeriod/cbc:EndDate", "2026-06-30");
    says(doc, "cac:LegalMonetaryTotal/cbc:PayableRoundingAmount", "0.34");
    says(doc, "cac:LegalMonetaryTotal/cbc:PayableAmount", "41667.00");
    xmlFreeDoc(doc);
}

static void a_rebate_is_an_allowance_with_its_reason(void **state)
{
    (void)state;
    struct sample_einvoice sample;
    sample_einvoice_init(&sample);
    sample_einvoice_add(&sample, "Vederlag", 2798000, "S", 25, "");
    struct tl_einvoice einvoice = made(&sample);
    einvoice.lines[0].price.minor = 5798000;
    einvoice.lines[0].allowance.minor = 3000000;
    einvoice.lines[0].allowance_reason = "Medfinansierede version 2.0";
    xmlDoc *doc = accepted(&einvoice);
    says(doc, "cac:InvoiceLine/cac:AllowanceCharge/cbc:Amount", "30000.00");
    says(doc, "cac:InvoiceLine/cac:AllowanceCharge/cbc:AllowanceChargeReason", "Medfinansierede version 2.0");
    says(doc, "cac:InvoiceLine/cbc:LineExtensionAmount", "27980.00");
    xmlFreeDoc(doc);
}

static void what_is_paid_before_is_taken_off(void **state)
{
    (void)state;
    struct sample_einvoice sample;
    sample_einvoice_init(&sample);
    sample_einvoice_add(&sample, "Vederlag", 1000000, "S", 25, "");
    struct tl_einvoice einvoice = made(&sample);
    einvoice.prepaid.minor = 250000;
    einvoice.payable.minor -= 250000;
    xmlDoc *doc = accepted(&einvoice);
    says(doc, "cac:LegalMonetaryTotal/cbc:PrepaidAmount", "2500.00");
    says(doc, "cac:LegalMonetaryTotal/cbc:PayableAmount", "10000.00");
    xmlFreeDoc(doc);
}

static void a_creditor_number_makes_it_a_payment_form(void **state)
{
    (void)state;
    struct sample_einvoice sample;
    sample_einvoice_init(&sample);
    sample.payee.creditor = "81234567";
    sample_einvoice_add(&sample, "Vederlag", 5668000, "S", 25, "");
    struct tl_einvoice einvoice = made(&sample);
    xmlDoc *doc = accepted(&einvoice);
    says(doc, "cac:PaymentMeans/cbc:PaymentMeansCode", "93");
    says(doc, "cac:PaymentMeans/cbc:PaymentID", "71#000000202600078");
    says(doc, "cac:PaymentMeans/cac:PayeeFinancialAccount/cbc:ID", "81234567");
    assert_int_equal(einvoice_count(doc, "//cac:FinancialInstitutionBranch"), 0);
    xmlFreeDoc(doc);
}

static void an_account_abroad_is_paid_by_its_iban(void **state)
{
    (void)state;
    struct sample_einvoice sample;
    sample_einvoice_init(&sample);
    sample.payee.registration = sample.payee.account = "";
    sample.payee.iban = "SE4550000000058398257466";
    sample_einvoice_add(&sample, "Vederlag", 5668000, "S", 25, "");
    struct tl_einvoice einvoice = made(&sample);
    xmlDoc *doc = accepted(&einvoice);
    says(doc, "cac:PaymentMeans/cbc:PaymentMeansCode", "58");
    says(doc, "cac:PaymentMeans/cac:PayeeFinancialAccount/cbc:ID", "SE4550000000058398257466");
    xmlFreeDoc(doc);
}

static void a_credit_note_is_positive_and_names_what_it_corrects(void **state)
{
    (void)state;
    struct sample_einvoice sample;
    sample_einvoice_init(&sample);
    sample_einvoice_add(&sample, "Vederlag", 5668000, "S", 25, "");
    sample_einvoice_add(&sample, "Drift", -100001, "S", 25, "");
    sample_einvoice_credit(&sample);
    struct tl_einvoice einvoice = made(&sample);
    xmlDoc *doc = accepted(&einvoice);
    says(doc, "cbc:CreditNoteTypeCode", "381");
    says(doc, "cac:BillingReference/cac:InvoiceDocumentReference/cbc:ID", "2026-0007");
    says(doc, "cac:BillingReference/cac:InvoiceDocumentReference/cbc:IssueDate", "2026-01-06");
    says(doc, "cac:LegalMonetaryTotal/cbc:PayableAmount", "69599.99");
    says(doc, "cac:CreditNoteLine[1]/cbc:CreditedQuantity[@unitCode='EA']", "1");
    says(doc, "cac:CreditNoteLine[2]/cbc:CreditedQuantity", "-1");
    says(doc, "cac:CreditNoteLine[2]/cac:Price/cbc:PriceAmount", "1000.01");
    assert_int_equal(einvoice_count(doc, "cac:PaymentMeans | cbc:DueDate"), 0);
    xmlFreeDoc(doc);
}

static void account_strings_of_lines_that_differ_stand_at_the_lines(void **state)
{
    (void)state;
    struct sample_einvoice sample;
    sample_einvoice_init(&sample);
    sample_einvoice_add(&sample, "Vederlag", 5668000, "S", 25, "");
    sample_einvoice_add(&sample, "Drift", 100000, "S", 25, "");
    sample.references[1].account_string = "9999-0000";
    struct tl_einvoice einvoice = made(&sample);
    xmlDoc *doc = accepted(&einvoice);
    assert_int_equal(einvoice_count(doc, "cbc:AccountingCost"), 0);
    says(doc, "cac:InvoiceLine[1]/cbc:AccountingCost", "1234-5678");
    says(doc, "cac:InvoiceLine[2]/cbc:AccountingCost", "9999-0000");
    xmlFreeDoc(doc);
}

static void a_file_is_embedded_byte_by_byte(void **state)
{
    (void)state;
    static const char bytes[] = "%PDF\0\xff tiny";
    struct sample_einvoice sample;
    struct tl_einvoice_attachment attachment = {"2026-0007.pdf", "application/pdf", bytes, sizeof bytes - 1};
    sample_einvoice_init(&sample);
    sample_einvoice_add(&sample, "Vederlag", 5668000, "S", 25, "");
    struct tl_einvoice einvoice = made(&sample);
    einvoice.attachment = &attachment;
    xmlDoc *doc = accepted(&einvoice);
    says(doc, "//cbc:EmbeddedDocumentBinaryObject[@mimeCode='application/pdf'][@filename='2026-0007.pdf']",
         "JVBERgD/IHRpbnk=");
    xmlFreeDoc(doc);
}

static void hostile_texts_stay_texts(void **state)
{
    (void)state;
    struct sample_einvoice sample;
    sample_einvoice_init(&sample);
    sample_einvoice_add(&sample, "<b>&amp;]]><!-- \"'\x01\x1b[31m\xff \xef\xbf\xbe\xe2\x80\xae", 5668000, "S", 25, "");
    sample.references[0].unit = "</cbc:Name><cbc:ID>x</cbc:ID>";
    sample.invoice.text = "linje 1\r\nlinje 2";
    struct tl_einvoice einvoice = made(&sample);
    xmlDoc *doc = accepted(&einvoice);
    says(doc, "cac:InvoiceLine/cac:Item/cbc:Name", "<b>&amp;]]><!-- \"'\\x01\\x1b[31m\\xff \\ufffe\\u202e");
    says(doc, "cac:AccountingCustomerParty//cac:PartyName/cbc:Name", "</cbc:Name><cbc:ID>x</cbc:ID>");
    says(doc, "cbc:Note", "linje 1\\x0d\\x0alinje 2. Besluttet: styregruppe 12.10.2025 pkt. 4");
    xmlFreeDoc(doc);
}

static void xmllint_finds_it_well_formed(void **state)
{
    (void)state;
    struct sample_einvoice sample;
    sample_einvoice_init(&sample);
    sample_einvoice_add(&sample, "Vederlag & drift", 5668000, "S", 25, "");
    struct tl_einvoice einvoice = made(&sample);
    struct tl_buf xml = written(&einvoice);
    FILE *lint = popen("xmllint --nonet --noout - 2>&1", "w");
    assert_non_null(lint);
    assert_int_equal(fwrite(xml.bytes, 1, xml.length, lint), xml.length);
    assert_int_equal(pclose(lint), 0);
    tl_buf_release(&xml);
}

/* Puts `to` in the place of the first `from`. */
static void replace(struct tl_buf *xml, const char *from, const char *to)
{
    struct tl_buf changed = TL_BUF_EMPTY;
    const char *at = strstr(xml->bytes, from);
    assert_non_null(at);
    tl_buf_add(&changed, xml->bytes, (size_t)(at - xml->bytes));
    tl_buf_text(&changed, to);
    tl_buf_text(&changed, at + strlen(from));
    tl_buf_release(xml);
    *xml = changed;
}

static void planted(const char *from, const char *to, const char *violation)
{
    struct sample_einvoice sample;
    sample_einvoice_init(&sample);
    sample_einvoice_add(&sample, "Vederlag", 5668000, "S", 25, "");
    struct tl_einvoice einvoice = made(&sample);
    struct tl_buf xml = written(&einvoice);
    replace(&xml, from, to);
    order_is(&xml, violation);
    tl_buf_release(&xml);
}

static void the_table_of_orders_finds_planted_violations(void **state)
{
    (void)state;
    planted("<cbc:ID>2026-0007</cbc:ID>", "", "0 x ID in Invoice\n");
    planted("<cbc:DocumentCurrencyCode>DKK</cbc:DocumentCurrencyCode>",
            "<cbc:DocumentCurrencyCode>DKK</cbc:DocumentCurrencyCode><cbc:DueDate>2026-02-05</cbc:DueDate>",
            "0 x AccountingSupplierParty in Invoice\n0 x AccountingCustomerParty in Invoice\n"
            "0 x TaxTotal in Invoice\n0 x LegalMonetaryTotal in Invoice\n0 x InvoiceLine in Invoice\n"
            "DueDate out of place in Invoice\n");
    planted("<cbc:Percent>25</cbc:Percent>", "<cbc:Percent>25</cbc:Percent><cbc:Percent>25</cbc:Percent>",
            "2 x Percent in TaxCategory\n");
    planted("<cbc:PriceAmount currencyID=\"DKK\">56680.00</cbc:PriceAmount>", "", "0 x PriceAmount in Price\n");
    planted("<cbc:StartDate>2026-01-01</cbc:StartDate>", "<cbc:StartDate/>", "StartDate is empty\n");
    planted("<cbc:CityName>Aarhus C</cbc:CityName>", "<cac:CityName>Aarhus C</cac:CityName>",
            "CityName is not of urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_plain_invoice_to_an_account, begin, finish),
        cmocka_unit_test_setup_teardown(several_lines_of_one_rate_are_taxed_on_their_sum, begin, finish),
        cmocka_unit_test_setup_teardown(what_is_outside_the_scope_of_vat_stands_alone_without_a_vat_number, begin,
                                        finish),
        cmocka_unit_test_setup_teardown(beside_what_is_taxed_it_is_exempt_with_the_reason_in_words, begin, finish),
        cmocka_unit_test_setup_teardown(half_a_year_and_a_rounded_price, begin, finish),
        cmocka_unit_test_setup_teardown(a_rebate_is_an_allowance_with_its_reason, begin, finish),
        cmocka_unit_test_setup_teardown(what_is_paid_before_is_taken_off, begin, finish),
        cmocka_unit_test_setup_teardown(a_creditor_number_makes_it_a_payment_form, begin, finish),
        cmocka_unit_test_setup_teardown(an_account_abroad_is_paid_by_its_iban, begin, finish),
        cmocka_unit_test_setup_teardown(a_credit_note_is_positive_and_names_what_it_corrects, begin, finish),
        cmocka_unit_test_setup_teardown(account_strings_of_lines_that_differ_stand_at_the_lines, begin, finish),
        cmocka_unit_test_setup_teardown(a_file_is_embedded_byte_by_byte, begin, finish),
        cmocka_unit_test_setup_teardown(hostile_texts_stay_texts, begin, finish),
        cmocka_unit_test_setup_teardown(xmllint_finds_it_well_formed, begin, finish),
        cmocka_unit_test_setup_teardown(the_table_of_orders_finds_planted_violations, begin, finish),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
