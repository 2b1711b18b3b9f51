/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/report/invoice_doc.h"

#include <string.h>

#include "check.h"
#include "einvoices.h"
#include "pdf_look.h"
#include "pdf_rules.h"
#include "tilslut/base/embedded.h"

static struct tl_pdf_fonts *fonts;
static const struct tl_embedded_file *danish, *english;

static int open_all(void **state)
{
    (void)state;
    struct tl_err err = TL_ERR_NONE;
    danish = tl_embedded_find("reports/invoice.da.md");
    english = tl_embedded_find("reports/invoice.en.md");
    return danish != NULL && english != NULL && tl_pdf_fonts_open(&fonts, &err) == TL_OK ? 0 : -1;
}

static int close_all(void **state)
{
    (void)state;
    tl_pdf_fonts_close(fonts);
    return 0;
}

/* Prints the sample and reads it back; every page keeps the rules of a printed document. */
static void print(struct tl_buf *text, const struct sample_einvoice *sample, const struct tl_embedded_file *template)
{
    struct tl_err err = TL_ERR_NONE;
    struct tl_buf pdf = TL_BUF_EMPTY;
    struct tl_invoice_facts facts = {
        .issue = {.number = "FA-2026-0007", .version = 1, .date = tl_date_of(2026, 1, 6), .translates = "FA-2026-0007"},
        .source = &sample->source};
    struct tl_digest content;
    assert_ok(tl_invoice_digest(&content, &facts, template->content, template->name, &err), &err);
    facts.issue.content = &content;
    assert_ok(tl_invoice_doc(&pdf, &facts, template->content, template->name, fonts, &err), &err);
    pdf_look_keep(&pdf, "invoice.pdf");
    pdf_look_text(&pdf, text);
    assert_null(pdf_rules_broken(pdf.bytes, pdf.length));
    tl_buf_release(&pdf);
}

static void it_says_who_owes_what_why_when_and_how_to_pay(void **state)
{
    (void)state;
    struct sample_einvoice sample;
    struct tl_buf text = TL_BUF_EMPTY;
    sample_einvoice_init(&sample);
    sample_einvoice_add(&sample, "Vederlag", 2798000, "S", 25, "");
    sample.lines[0].reduced.minor = 3000000;
    sample.lines[0].reduced_for = "passive, rebate funded-2.0";
    sample_einvoice_add(&sample, "Kontingent", 33333, "O", 0, "medlemsbidrag");
    print(&text, &sample, danish);
    pdf_look_says(&text, "Faktura 2026-0007");
    pdf_look_says(&text, "Aarhus Kommune, Digitalisering, Rådhuspladsen 2, 8000 Aarhus C");
    pdf_look_says(&text, "4500012345");
    pdf_look_says(&text, "Betales senest 5. februar 2026");
    pdf_look_says(&text, "57.980,00 kr. 30.000,00 kr. 27.980,00 kr.");
    pdf_look_says(&text, "Vederlag er nedsat med 30.000,00 kr.: Passivt medlemskab, rabat funded-2.0.");
    pdf_look_says(&text, "25 % moms 27.980,00 kr. 6.995,00 kr.");
    pdf_look_says(&text, "Uden for momslovens anvendelsesområde: medlemsbidrag 333,33 kr. 0,00 kr.");
    pdf_look_says(&text, "I alt at betale 35.308,33 kr.");
    pdf_look_says(&text, "0040 0440116243");
    pdf_look_says(&text, "000000202600078");
    tl_buf_release(&text);
}

static void a_credit_note_gives_back_and_asks_for_nothing(void **state)
{
    (void)state;
    struct sample_einvoice sample;
    struct tl_buf text = TL_BUF_EMPTY;
    sample_einvoice_init(&sample);
    sample_einvoice_add(&sample, "Vederlag", 2798000, "S", 25, "");
    sample_einvoice_credit(&sample);
    print(&text, &sample, english);
    pdf_look_says(&text, "Credit note 2026-0008");
    pdf_look_says(&text, "Of invoice 2026-0007 of 6 January 2026");
    pdf_look_says(&text, "Total credited DKK 34,975.00");
    pdf_look_says(&text, "This is a translation. The Danish text, FA-2026-0007, is binding");
    assert_null(strstr(tl_buf_string(&text), "Please pay"));
    tl_buf_release(&text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_says_who_owes_what_why_when_and_how_to_pay),
        cmocka_unit_test(a_credit_note_gives_back_and_asks_for_nothing),
    };
    return cmocka_run_group_tests(tests, open_all, close_all);
}
