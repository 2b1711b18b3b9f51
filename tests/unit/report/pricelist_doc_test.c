/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/report/pricelist_doc.h"

#include "agreement_fixture.h"
#include "pdf_look.h"
#include "pdf_rules.h"
#include "tilslut/base/embedded.h"
#include "tilslut/report/template.h"

static struct tl_pdf_fonts *fonts;
static const struct tl_embedded_file *template;

static int open_all(void **state)
{
    (void)state;
    struct tl_err err = TL_ERR_NONE;
    template = tl_embedded_find("reports/pricelist.da.md");
    return template != NULL && tl_pdf_fonts_open(&fonts, &err) == TL_OK ? 0 : -1;
}

static int close_all(void **state)
{
    (void)state;
    tl_pdf_fonts_close(fonts);
    return 0;
}

static struct tl_pricelist_facts facts_of(struct agreement_fixture *f)
{
    struct tl_pricelist_facts facts = {.issue = f->facts.issue,
                                       .owner = &f->owner,
                                       .product = &f->product,
                                       .terms = &f->terms,
                                       .terms_version = 2,
                                       .decision = &f->decision,
                                       .allocation = &f->allocation};
    facts.issue.number = "TB-os2valghalla-2026";
    return facts;
}

static void it_says_what_the_product_costs_and_who_decided(void **state)
{
    (void)state;
    static struct agreement_fixture f;
    struct tl_err err = TL_ERR_NONE;
    struct tl_buf pdf = TL_BUF_EMPTY, text = TL_BUF_EMPTY;
    agreement_fixture_open_rich(&f);
    struct tl_pricelist_facts facts = facts_of(&f);
    assert_ok(tl_pricelist_doc(&pdf, &facts, template->content, template->name, fonts, &err), &err);
    pdf_look_keep(&pdf, "pricelist.pdf");
    pdf_look_text(&pdf, &text);
    pdf_look_says(&text, "Takstblad for OS2valghalla 2026");
    pdf_look_says(&text, "TB-os2valghalla-2026, version 1");
    pdf_look_says(&text, "Vedtaget af styregruppen den 12. oktober 2025, pkt. 4");
    pdf_look_says(&text, "Lille under 25.000 22.000,00 kr. 22.592,00 kr. 24.625,28 kr. 30.499,20 kr.");
    pdf_look_says(&text, "Taksten er endnu ikke fastsat og kan ikke opkræves.");
    pdf_look_says(&text, "Budgettet på 480.000,00 kr. fordeles mellem de Anvendere, der har tilvalgt ydelsen, efter "
                         "nøglen »population«");
    pdf_look_says(&text, "side 1 af ");
    assert_null(pdf_rules_broken(pdf.bytes, pdf.length));
    tl_buf_release(&text);
    tl_buf_release(&pdf);
    agreement_fixture_close(&f);
}

static void in_english_it_says_that_the_danish_one_binds(void **state)
{
    (void)state;
    static struct agreement_fixture f;
    struct tl_err err = TL_ERR_NONE;
    struct tl_buf pdf = TL_BUF_EMPTY, text = TL_BUF_EMPTY;
    const struct tl_embedded_file *english = tl_embedded_find("reports/pricelist.en.md");
    agreement_fixture_open_rich(&f);
    struct tl_pricelist_facts facts = facts_of(&f);
    facts.issue.translates = "TB-os2valghalla-2026, version 3";
    assert_ok(tl_pricelist_doc(&pdf, &facts, english->content, english->name, fonts, &err), &err);
    pdf_look_keep(&pdf, "pricelist-en.pdf");
    pdf_look_text(&pdf, &text);
    pdf_look_says(&text, "Price list for OS2valghalla 2026");
    pdf_look_says(&text, "The Danish text, TB-os2valghalla-2026, version 3, is binding and prevails");
    pdf_look_says(&text, "DKK 32,000.00 DKK 32,861.00 DKK 35,818.49 DKK 44,362.35");
    pdf_look_says(&text, "page 1 of ");
    assert_null(pdf_rules_broken(pdf.bytes, pdf.length));
    tl_buf_release(&text);
    tl_buf_release(&pdf);
    agreement_fixture_close(&f);
}

static void tell_unknown(const char *unknown, size_t line, size_t column, const char *nearest, void *context)
{
    (void)context;
    print_error("%zu:%zu: %s (%s)\n", line, column, unknown, nearest == NULL ? "-" : nearest);
}

static void its_template_uses_only_fields_that_exist(void **state)
{
    (void)state;
    struct tl_err err = TL_ERR_NONE;
    size_t count;
    assert_ok(tl_template_check(template->content, template->name, tl_pricelist_field_names, tell_unknown, NULL, &count,
                                &err),
              &err);
    assert_int_equal(count, 0);
}

static void its_digest_follows_the_prices_and_not_the_day_of_issue(void **state)
{
    (void)state;
    static struct agreement_fixture f;
    struct tl_err err = TL_ERR_NONE;
    struct tl_digest first, second;
    agreement_fixture_open(&f, 12, 3, NULL);
    struct tl_pricelist_facts facts = facts_of(&f);
    assert_ok(tl_pricelist_digest(&first, &facts, template->content, template->name, &err), &err);
    facts.issue.version = 4;
    facts.issue.date = tl_date_of(2030, 1, 1);
    assert_ok(tl_pricelist_digest(&second, &facts, template->content, template->name, &err), &err);
    assert_true(tl_digest_equal(&first, &second));
    f.terms.lines[0].price.per_class[0].amount.minor += 100;
    assert_ok(tl_pricelist_digest(&second, &facts, template->content, template->name, &err), &err);
    assert_false(tl_digest_equal(&first, &second));
    agreement_fixture_close(&f);
}

static void prices_nobody_decided_or_without_a_date_are_refused(void **state)
{
    (void)state;
    static struct agreement_fixture f;
    struct tl_err err = TL_ERR_NONE;
    struct tl_buf pdf = TL_BUF_EMPTY;
    agreement_fixture_open(&f, 12, 3, NULL);
    struct tl_pricelist_facts facts = facts_of(&f);
    facts.decision = NULL;
    assert_refused(tl_pricelist_doc(&pdf, &facts, template->content, template->name, fonts, &err), TL_ERR_MISSING, &err,
                   "the terms of 'os2valghalla' have no decision", "");
    facts.issue.date = (struct tl_date){0};
    err = (struct tl_err)TL_ERR_NONE;
    assert_refused(tl_pricelist_doc(&pdf, &facts, template->content, template->name, fonts, &err), TL_ERR_MISSING, &err,
                   "the document 'TB-os2valghalla-2026' has no issue date", "");
    assert_int_equal(pdf.length, 0);
    agreement_fixture_close(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_says_what_the_product_costs_and_who_decided),
        cmocka_unit_test(in_english_it_says_that_the_danish_one_binds),
        cmocka_unit_test(its_template_uses_only_fields_that_exist),
        cmocka_unit_test(its_digest_follows_the_prices_and_not_the_day_of_issue),
        cmocka_unit_test(prices_nobody_decided_or_without_a_date_are_refused),
    };
    return cmocka_run_group_tests(tests, open_all, close_all);
}
