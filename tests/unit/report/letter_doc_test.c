/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/report/letter_doc.h"

#include "agreement_fixture.h"
#include "pdf_look.h"
#include "pdf_rules.h"
#include "tilslut/base/embedded.h"

static struct tl_pdf_fonts *fonts;
static const struct tl_embedded_file *danish, *english;
static struct tl_document agreement;

static int open_all(void **state)
{
    (void)state;
    struct tl_err err = TL_ERR_NONE;
    danish = tl_embedded_find("reports/letter.da.md");
    english = tl_embedded_find("reports/letter.en.md");
    agreement =
        (struct tl_document){.number = "TA-os2valghalla-0751", .version = 2, .issued_on = tl_date_of(2025, 11, 20)};
    return danish != NULL && english != NULL && tl_pdf_fonts_open(&fonts, &err) == TL_OK ? 0 : -1;
}

static int close_all(void **state)
{
    (void)state;
    tl_pdf_fonts_close(fonts);
    return 0;
}

static struct tl_letter_facts letter_of(struct agreement_fixture *f)
{
    struct tl_letter_facts letter = {.facts = f->facts, .agreement = &agreement, .sign_by = tl_date_of(2025, 12, 15)};
    letter.facts.issue.number = "FB-os2valghalla-0751";
    return letter;
}

static void it_says_what_to_sign_by_when_how_to_return_it_and_what_it_costs(void **state)
{
    (void)state;
    static struct agreement_fixture f;
    struct tl_err err = TL_ERR_NONE;
    struct tl_buf pdf = TL_BUF_EMPTY, text = TL_BUF_EMPTY;
    agreement_fixture_open_rich(&f);
    struct tl_letter_facts letter = letter_of(&f);
    assert_ok(tl_letter_doc(&pdf, &letter, danish->content, danish->name, fonts, &err), &err);
    pdf_look_keep(&pdf, "letter.pdf");
    pdf_look_text(&pdf, &text);
    pdf_look_says(&text, "Vedlagt Tilslutningsaftale TA-os2valghalla-0751, version 2 af 20. november 2025, med bilag");
    pdf_look_says(&text, "Underskrives senest 15. december 2025");
    pdf_look_says(&text, "Aftalen underskrives i punkt 12");
    pdf_look_says(&text, "Digital Post");
    pdf_look_says(&text, "I alt for 2026");
    assert_null(pdf_rules_broken(pdf.bytes, pdf.length));
    tl_buf_release(&text);
    tl_buf_release(&pdf);
    agreement_fixture_close(&f);
}

static void in_english_it_says_that_the_danish_agreement_is_the_one_to_sign(void **state)
{
    (void)state;
    static struct agreement_fixture f;
    struct tl_err err = TL_ERR_NONE;
    struct tl_buf pdf = TL_BUF_EMPTY, text = TL_BUF_EMPTY;
    agreement_fixture_open_rich(&f);
    struct tl_letter_facts letter = letter_of(&f);
    assert_ok(tl_letter_doc(&pdf, &letter, english->content, english->name, fonts, &err), &err);
    pdf_look_keep(&pdf, "letter-en.pdf");
    pdf_look_text(&pdf, &text);
    pdf_look_says(&text, "To be signed by 15 December 2025");
    pdf_look_says(&text, "It is the agreement in Danish that is to be signed and that binds.");
    assert_null(pdf_rules_broken(pdf.bytes, pdf.length));
    tl_buf_release(&text);
    tl_buf_release(&pdf);
    agreement_fixture_close(&f);
}

static void a_party_without_an_ean_number_is_asked_for_it(void **state)
{
    (void)state;
    static struct agreement_fixture f;
    struct tl_err err = TL_ERR_NONE;
    struct tl_buf pdf = TL_BUF_EMPTY, text = TL_BUF_EMPTY;
    agreement_fixture_open(&f, 12, 3, NULL);
    f.party.ean = "";
    struct tl_letter_facts letter = letter_of(&f);
    assert_ok(tl_letter_doc(&pdf, &letter, danish->content, danish->name, fonts, &err), &err);
    pdf_look_text(&pdf, &text);
    pdf_look_says(&text, "OS2 mangler jeres EAN-nummer.");
    tl_buf_release(&text);
    tl_buf_release(&pdf);
    agreement_fixture_close(&f);
}

static void its_digest_follows_the_day_to_sign_by_and_the_agreement_and_not_the_day_of_issue(void **state)
{
    (void)state;
    static struct agreement_fixture f;
    struct tl_err err = TL_ERR_NONE;
    struct tl_digest first, second;
    struct tl_document other = agreement;
    agreement_fixture_open(&f, 12, 3, NULL);
    struct tl_letter_facts letter = letter_of(&f);
    assert_ok(tl_letter_digest(&first, &letter, danish->content, danish->name, &err), &err);
    letter.facts.issue.version = 4;
    letter.facts.issue.date = tl_date_of(2030, 1, 1);
    assert_ok(tl_letter_digest(&second, &letter, danish->content, danish->name, &err), &err);
    assert_true(tl_digest_equal(&first, &second));
    letter.sign_by = tl_date_of(2025, 12, 16);
    assert_ok(tl_letter_digest(&second, &letter, danish->content, danish->name, &err), &err);
    assert_false(tl_digest_equal(&first, &second));
    letter.sign_by = tl_date_of(2025, 12, 15);
    other.version = 3;
    letter.agreement = &other;
    assert_ok(tl_letter_digest(&second, &letter, danish->content, danish->name, &err), &err);
    assert_false(tl_digest_equal(&first, &second));
    agreement_fixture_close(&f);
}

static void a_letter_without_a_day_to_sign_by_a_decision_or_a_date_is_refused(void **state)
{
    (void)state;
    static struct agreement_fixture f;
    struct tl_err err = TL_ERR_NONE;
    struct tl_buf pdf = TL_BUF_EMPTY;
    agreement_fixture_open(&f, 12, 3, NULL);
    struct tl_letter_facts letter = letter_of(&f);
    letter.sign_by = (struct tl_date){0};
    assert_refused(tl_letter_doc(&pdf, &letter, danish->content, danish->name, fonts, &err), TL_ERR_MISSING, &err,
                   "the letter 'FB-os2valghalla-0751' does not say by when to sign", "");
    letter = letter_of(&f);
    letter.facts.decision = NULL;
    err = (struct tl_err)TL_ERR_NONE;
    assert_refused(tl_letter_doc(&pdf, &letter, danish->content, danish->name, fonts, &err), TL_ERR_MISSING, &err,
                   "the terms of 'os2valghalla' have no decision", "");
    letter = letter_of(&f);
    letter.facts.issue.date = (struct tl_date){0};
    err = (struct tl_err)TL_ERR_NONE;
    assert_refused(tl_letter_doc(&pdf, &letter, danish->content, danish->name, fonts, &err), TL_ERR_MISSING, &err,
                   "the document 'FB-os2valghalla-0751' has no issue date", "");
    assert_int_equal(pdf.length, 0);
    agreement_fixture_close(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_says_what_to_sign_by_when_how_to_return_it_and_what_it_costs),
        cmocka_unit_test(in_english_it_says_that_the_danish_agreement_is_the_one_to_sign),
        cmocka_unit_test(a_party_without_an_ean_number_is_asked_for_it),
        cmocka_unit_test(its_digest_follows_the_day_to_sign_by_and_the_agreement_and_not_the_day_of_issue),
        cmocka_unit_test(a_letter_without_a_day_to_sign_by_a_decision_or_a_date_is_refused),
    };
    return cmocka_run_group_tests(tests, open_all, close_all);
}
