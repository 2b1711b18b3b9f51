/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/report/pdf.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "pdf_look.h"
#include "pdf_rules.h"
#include "tilslut/report/markdown.h"

static struct tl_pdf_fonts *fonts;

static int open_fonts(void **state)
{
    (void)state;
    struct tl_err err = TL_ERR_NONE;
    return tl_pdf_fonts_open(&fonts, &err) == TL_OK ? 0 : -1;
}

static int close_fonts(void **state)
{
    (void)state;
    tl_pdf_fonts_close(fonts);
    return 0;
}

static tl_status write_markdown(struct tl_buf *pdf, const char *markdown, struct tl_err *err)
{
    struct tl_doc doc = TL_DOC_EMPTY;
    doc.face = (struct tl_doc_face){.title = "Prøve & <test>",
                                    .author = "OS2",
                                    .subject = "",
                                    .language = "da",
                                    .header_left = "OS2",
                                    .header_right = "Prøve",
                                    .footer_left = "nr. 1",
                                    .footer_below = "",
                                    .page_word = "side",
                                    .of_word = "af",
                                    .issued = tl_date_of(2026, 2, 28)};
    tl_status status = tl_markdown_read(&doc, markdown, "t.md", err);
    if (status == TL_OK)
        status = tl_pdf_write(pdf, &doc, fonts, err);
    tl_doc_release(&doc);
    return status;
}

static void write_ok(struct tl_buf *pdf, const char *markdown)
{
    struct tl_err err = TL_ERR_NONE;
    *pdf = (struct tl_buf)TL_BUF_EMPTY;
    assert_ok(write_markdown(pdf, markdown, &err), &err);
}

static const char sample[] =
    "# Titel\n\nEt afsnit med **fed**, *kursiv* og ***begge***, æøå ÆØÅ é ü ß – “citat” € ½.\n\n"
    "- første punkt\n- andet punkt\n  1. indre\n\n## Afsnit\n\n<!-- note -->\n\nPå flade.\n\n<!-- end -->\n\n"
    "<!-- table: rows total -->\n| Navn | Beløb |\n|---|---:|\n| Aarhus | 1.234,56 kr. |\n| Læsø | 7 |\n| I alt | "
    "1.241,56 kr. |\n\n|  |  |\n|---|---|\n| Nøgle | Værdi |\n\n### Under\n\n"
    "<!-- signatures -->\n| For A | For B |\n|---|---|\n| Navn | Navn |\n\n---\n\nSlut.\n";

static void a_document_keeps_the_rules_of_pdf_a_and_pdf_ua(void **state)
{
    (void)state;
    struct tl_buf pdf;
    write_ok(&pdf, sample);
    const char *broken = pdf_rules_broken(pdf.bytes, pdf.length);
    assert_string_equal(broken == NULL ? "" : broken, "");
    tl_buf_release(&pdf);
}

static void other_programs_read_it_without_complaint(void **state)
{
    (void)state;
    struct tl_buf pdf, output = TL_BUF_EMPTY;
    write_ok(&pdf, sample);
    pdf_look_run(&pdf, "qpdf --check %s", &output);
    assert_non_null(strstr(output.bytes, "No syntax or stream encoding errors found"));
    output.length = 0;
    pdf_look_run(&pdf, "pdfinfo %s", &output);
    assert_non_null(strstr(output.bytes, "Title:           Prøve & <test>\n"));
    assert_non_null(strstr(output.bytes, "Tagged:          yes\n"));
    assert_non_null(strstr(output.bytes, "PDF version:     1.7\n"));
    output.length = 0;
    pdf_look_run(&pdf, "TZ=UTC pdfinfo -isodates %s", &output);
    assert_non_null(strstr(output.bytes, "CreationDate:    2026-02-28T00:00:00Z\n"));
    tl_buf_release(&output);
    tl_buf_release(&pdf);
}

static void fonts_are_embedded_in_part_and_map_to_unicode(void **state)
{
    (void)state;
    struct tl_buf pdf, output = TL_BUF_EMPTY;
    write_ok(&pdf, sample);
    pdf_look_run(&pdf, "pdffonts %s | tail -n +3", &output);
    size_t lines = 0;
    for (char *line = strtok(output.bytes, "\n"); line != NULL; line = strtok(NULL, "\n"), lines++)
        assert_non_null(strstr(line, "Identity-H       yes yes yes"));
    assert_int_equal(lines, 4);
    tl_buf_release(&output);
    tl_buf_release(&pdf);
}

static void text_can_be_copied_as_it_was_written(void **state)
{
    (void)state;
    struct tl_buf pdf, output = TL_BUF_EMPTY;
    write_ok(&pdf, sample);
    pdf_look_run(&pdf, "pdftotext %s -", &output);
    assert_non_null(strstr(output.bytes, "Et afsnit med fed, kursiv og begge, æøå ÆØÅ é ü ß – “citat” € ½."));
    assert_non_null(strstr(output.bytes, "1.234,56 kr."));
    assert_non_null(strstr(output.bytes, "side 1 af 1"));
    tl_buf_release(&output);
    tl_buf_release(&pdf);
}

static void the_same_document_gives_the_same_bytes(void **state)
{
    (void)state;
    struct tl_buf first, second, other;
    write_ok(&first, sample);
    write_ok(&other, "# Andet\n\nW");
    write_ok(&second, sample);
    assert_int_equal(first.length, second.length);
    assert_memory_equal(first.bytes, second.bytes, first.length);
    assert_true(other.length != first.length);
    tl_buf_release(&first);
    tl_buf_release(&second);
    tl_buf_release(&other);
}

static void a_character_the_typeface_lacks_is_named(void **state)
{
    (void)state;
    struct tl_buf pdf = TL_BUF_EMPTY;
    struct tl_err err = TL_ERR_NONE;
    assert_refused(write_markdown(&pdf, "# A\n\nHvad 漢 er", &err), TL_ERR_INPUT, &err,
                   "the font has no character U+6F22 '漢', needed in 'Hvad 漢 er'",
                   "write the text with characters of the Latin, Greek or Cyrillic alphabets");
    tl_buf_release(&pdf);
}

static void marks_that_hide_or_turn_text_around_are_refused(void **state)
{
    (void)state;
    struct tl_buf pdf = TL_BUF_EMPTY;
    struct tl_err err = TL_ERR_NONE;
    assert_refused(write_markdown(&pdf,
                                  "# A\n\n12\xE2\x80\xAE"
                                  "34 kr.",
                                  &err),
                   TL_ERR_INPUT, &err, "the font has no character U+202E '\\u202e', needed in '12\\u202e34 kr.'", NULL);
    tl_buf_release(&pdf);
}

static void combining_marks_become_one_character_with_their_letter(void **state)
{
    (void)state;
    struct tl_buf pdf, output = TL_BUF_EMPTY;
    struct tl_err err = TL_ERR_NONE;
    write_ok(&pdf, "# A\n\nA\xCC\x8Arhus e\xCC\x81n\n");
    pdf_look_run(&pdf, "pdftotext %s -", &output);
    assert_non_null(strstr(output.bytes, "Århus én"));
    tl_buf_release(&output);
    tl_buf_release(&pdf);
    assert_refused(write_markdown(&pdf, "# A\n\nq\xCC\x8A", &err), TL_ERR_INPUT, &err,
                   "the font has no character U+030A '\xCC\x8A', needed in 'q\xCC\x8A'", NULL);
    tl_buf_release(&pdf);
}

static void a_document_without_a_title_or_date_is_refused(void **state)
{
    (void)state;
    struct tl_buf pdf = TL_BUF_EMPTY;
    struct tl_err err = TL_ERR_NONE;
    struct tl_doc doc = TL_DOC_EMPTY;
    doc.face = (struct tl_doc_face){.title = "", .issued = tl_date_of(2026, 1, 1)};
    assert_refused(tl_pdf_write(&pdf, &doc, fonts, &err), TL_ERR_INPUT, &err,
                   "a document needs a title and an issue date", "");
}

static void an_empty_document_is_one_page(void **state)
{
    (void)state;
    struct tl_buf pdf;
    write_ok(&pdf, "");
    assert_null(pdf_rules_broken(pdf.bytes, pdf.length));
    tl_buf_release(&pdf);
}

/* As a reader copies it: a word that is divided on the page is whole in the text. */
static void a_divided_word_is_whole_in_the_text(void **state)
{
    (void)state;
    struct tl_buf pdf, text = TL_BUF_EMPTY, markdown = TL_BUF_EMPTY;
    static const char word[] = "databehandleraftalevilkår ";
    size_t count = 0;
    for (int i = 0; i < 60; i++)
        tl_buf_text(&markdown, word);
    write_ok(&pdf, markdown.bytes);
    assert_null(pdf_rules_broken(pdf.bytes, pdf.length));
    pdf_look_run(&pdf, "pdftotext -raw %s -", &text);
    for (const char *at = text.bytes; (at = strstr(at, "databehandleraftalevilkår")) != NULL; at++)
        count++;
    assert_int_equal(count, 60);
    text.length = 0;
    pdf_look_run(&pdf, "qpdf --qdf --object-streams=disable %s - | grep -c ActualText", &text);
    assert_true(atoi(text.bytes) > 4);
    tl_buf_release(&markdown);
    tl_buf_release(&text);
    tl_buf_release(&pdf);
}

static void put_pages(struct tl_buf *markdown, int count)
{
    tl_buf_text(markdown, "# Aftale\n\n<!-- contents: Indhold -->\n\n## 1. Parter\n\ntekst\n\n");
    for (int i = 0; i < count; i++)
        tl_buf_format(markdown, "<!-- page break -->\n\n# Bilag %d\n\n## Linje\n\ntekst\n\n", i + 1);
}

static void a_long_document_lists_its_sections_with_their_pages(void **state)
{
    (void)state;
    struct tl_buf pdf, text = TL_BUF_EMPTY, markdown = TL_BUF_EMPTY;
    put_pages(&markdown, 4);
    write_ok(&pdf, markdown.bytes);
    const char *broken = pdf_rules_broken(pdf.bytes, pdf.length);
    assert_string_equal(broken == NULL ? "" : broken, "");
    pdf_look_text(&pdf, &text);
    pdf_look_says(&text, "Indhold 1. Parter 1 Bilag 1 2 Bilag 2 3 Bilag 3 4 Bilag 4 5 1. Parter tekst");
    text.length = 0;
    pdf_look_run(&pdf, "pdfinfo -struct-text %s | tr -s '\\n ' ' '", &text);
    pdf_look_says(&text, "TOC TOCI Reference (inline) Link (inline) \"1. Parter 1\" Object");
    tl_buf_release(&markdown);
    tl_buf_release(&text);
    tl_buf_release(&pdf);
}

static void a_short_document_has_no_table_of_contents(void **state)
{
    (void)state;
    struct tl_buf pdf, text = TL_BUF_EMPTY, markdown = TL_BUF_EMPTY;
    put_pages(&markdown, 3);
    write_ok(&pdf, markdown.bytes);
    assert_null(pdf_rules_broken(pdf.bytes, pdf.length));
    pdf_look_text(&pdf, &text);
    assert_null(strstr(text.bytes, "Indhold"));
    tl_buf_release(&markdown);
    tl_buf_release(&text);
    tl_buf_release(&pdf);
}

static void a_chart_keeps_the_rules_and_has_its_text(void **state)
{
    (void)state;
    struct tl_buf pdf, text = TL_BUF_EMPTY;
    write_ok(&pdf,
             "# A\n\n<!-- chart: Bidrag -->\n| N | V | W |\n|---|---:|---:|\n| **X** | 12,00 | 1 |\n| Y | 3 | 2 |\n");
    const char *broken = pdf_rules_broken(pdf.bytes, pdf.length);
    assert_string_equal(broken == NULL ? "" : broken, "");
    pdf_look_run(&pdf, "pdfinfo -struct %s", &text);
    pdf_look_says(&text, "Figure");
    pdf_look_says(&text, "/Placement /Block");
    tl_buf_release(&text);
    tl_buf_release(&pdf);
}

/* Every text that stands on a page, and not only the paragraphs. */
static void a_missing_character_is_named_wherever_it_would_stand(void **state)
{
    (void)state;
    static const char *const texts[] = {"# \xE6\xBC\xA2",
                                        "| \xE6\xBC\xA2 |\n|---|\n| a |\n",
                                        "| a |\n|---|\n| \xE6\xBC\xA2 |\n",
                                        "1. \xE6\xBC\xA2",
                                        "<!-- signatures -->\n| \xE6\xBC\xA2 |\n|---|\n| Navn |\n",
                                        "<!-- chart: \xE6\xBC\xA2 -->\n| a | b |\n|---|---:|\n| c | 1 |\n",
                                        "<!-- chart: a -->\n| a | b |\n|---|---:|\n| \xE6\xBC\xA2 | 1 |\n",
                                        "<!-- contents: \xE6\xBC\xA2 -->\n\n# a\n"};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        struct tl_buf pdf = TL_BUF_EMPTY;
        struct tl_err err = TL_ERR_NONE;
        assert_int_equal(write_markdown(&pdf, texts[i], &err), TL_ERR_INPUT);
        assert_string_equal(err.message, "the font has no character U+6F22 '\xE6\xBC\xA2', needed in '\xE6\xBC\xA2'");
        tl_buf_release(&pdf);
    }
}

static void a_table_over_two_pages_is_one_table_with_one_header(void **state)
{
    (void)state;
    struct tl_buf pdf, text = TL_BUF_EMPTY, markdown = TL_BUF_EMPTY;
    char expected[100];
    size_t tables = 0, heads = 0, columns = 0;
    tl_buf_text(&markdown, "# Bilag\n\n<!-- table: rows -->\n| Medlem | Beløb |\n|---|---:|\n");
    for (int i = 1; i <= 60; i++)
        tl_buf_format(&markdown, "| Nr. %d | %d,00 |\n", i, i);
    write_ok(&pdf, markdown.bytes);
    assert_null(pdf_rules_broken(pdf.bytes, pdf.length));
    pdf_look_run(&pdf, "pdfinfo -struct-text %s | tr -s '\\n ' ' '", &text);
    for (const char *at = text.bytes; (at = strstr(at, " Table ")) != NULL; at++)
        tables++;
    for (const char *at = text.bytes; (at = strstr(at, "THead")) != NULL; at++)
        heads++;
    for (const char *at = text.bytes; (at = strstr(at, "\"Medlem\"")) != NULL; at++)
        columns++;
    assert_true(tables == 1 && heads == 1 && columns == 1);
    for (int i = 1; i <= 60; i++) {
        snprintf(expected, sizeof expected, "TR TH: /Scope /Row \"Nr. %d\" TD \"%d,00\"", i, i);
        pdf_look_says(&text, expected);
    }
    text.length = 0;
    pdf_look_text(&pdf, &text); /* who sees the second page sees its header again */
    pdf_look_says(&text, "side 1 af 2 ");
    assert_non_null(strstr(strstr(text.bytes, "side 1 af 2"), "Medlem Beløb"));
    tl_buf_release(&markdown);
    tl_buf_release(&text);
    tl_buf_release(&pdf);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_document_keeps_the_rules_of_pdf_a_and_pdf_ua),
        cmocka_unit_test(other_programs_read_it_without_complaint),
        cmocka_unit_test(fonts_are_embedded_in_part_and_map_to_unicode),
        cmocka_unit_test(text_can_be_copied_as_it_was_written),
        cmocka_unit_test(the_same_document_gives_the_same_bytes),
        cmocka_unit_test(a_character_the_typeface_lacks_is_named),
        cmocka_unit_test(marks_that_hide_or_turn_text_around_are_refused),
        cmocka_unit_test(combining_marks_become_one_character_with_their_letter),
        cmocka_unit_test(a_document_without_a_title_or_date_is_refused),
        cmocka_unit_test(an_empty_document_is_one_page),
        cmocka_unit_test(a_divided_word_is_whole_in_the_text),
        cmocka_unit_test(a_long_document_lists_its_sections_with_their_pages),
        cmocka_unit_test(a_short_document_has_no_table_of_contents),
        cmocka_unit_test(a_chart_keeps_the_rules_and_has_its_text),
        cmocka_unit_test(a_missing_character_is_named_wherever_it_would_stand),
        cmocka_unit_test(a_table_over_two_pages_is_one_table_with_one_header),
    };
    return cmocka_run_group_tests(tests, open_fonts, close_fonts);
}
