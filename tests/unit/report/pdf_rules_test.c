/* SPDX-License-Identifier: MPL-2.0 */
/* The checker itself: every rule it keeps is broken once, in a file that is otherwise right. */
#include "pdf_rules.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "check.h"
#include "tilslut/report/markdown.h"
#include "tilslut/report/pdf.h"

static struct tl_buf plain; /* the sample without compression, as qpdf writes it */

/* Five pages, since shorter documents have no table of contents. */
static const char sample[] =
    "# A\n\n## B\n\ntext\n\n- item\n\n| C | D |\n|---|---|\n| c | d |\n\n<!-- contents: E -->\n\n"
    "<!-- chart: F -->\n| N | V |\n|---|---:|\n| X | 12 |\n\n<!-- page break -->\n\n## G\n\n<!-- page break -->\n\n"
    "g\n\n<!-- page break -->\n\ng\n\n<!-- page break -->\n\ng\n";

static struct tl_buf whole; /* the sample as it was written */

static void write_sample(const char *path)
{
    struct tl_doc doc = TL_DOC_EMPTY;
    struct tl_err err = TL_ERR_NONE;
    struct tl_pdf_fonts *fonts;
    struct tl_buf pdf = TL_BUF_EMPTY;
    doc.face = (struct tl_doc_face){.title = "Sample",
                                    .author = "OS2",
                                    .subject = "About",
                                    .language = "da",
                                    .page_word = "side",
                                    .of_word = "af",
                                    .issued = tl_date_of(2026, 2, 28)};
    assert_ok(tl_markdown_read(&doc, sample, "t", &err), &err);
    assert_ok(tl_pdf_fonts_open(&fonts, &err), &err);
    assert_ok(tl_pdf_write(&pdf, &doc, fonts, &err), &err);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(pdf.bytes, 1, pdf.length, file), pdf.length);
    assert_int_equal(fclose(file), 0);
    tl_pdf_fonts_close(fonts);
    whole = pdf;
    tl_doc_release(&doc);
}

static int open_sample(void **state)
{
    (void)state;
    char path[] = "/tmp/pdf_rules_XXXXXX", command[200], piece[8192];
    int descriptor = mkstemp(path);
    if (descriptor < 0)
        return -1;
    close(descriptor);
    write_sample(path);
    snprintf(command, sizeof command, "qpdf --qdf --no-original-object-ids --object-streams=disable %s -", path);
    FILE *pipe = popen(command, "r");
    size_t length;
    while (pipe != NULL && (length = fread(piece, 1, sizeof piece, pipe)) > 0)
        tl_buf_add(&plain, piece, length);
    unlink(path);
    return pipe == NULL ? -1 : pclose(pipe);
}

static int close_sample(void **state)
{
    (void)state;
    tl_buf_release(&plain);
    tl_buf_release(&whole);
    return 0;
}

static char *find(char *bytes, size_t length, const char *text)
{
    return memmem(bytes, length, text, strlen(text));
}

/* Replaces the first `from` behind the first `behind` with `to`, which is padded with spaces to the same length. */
static void assert_broken(const char *behind, const char *from, const char *to, const char *expected)
{
    size_t length = plain.length, room = strlen(from);
    char *copy = malloc(length);
    assert_non_null(copy);
    assert_true(strlen(to) <= room);
    memcpy(copy, plain.bytes, length);
    char *start = behind == NULL ? copy : find(copy, length, behind);
    assert_non_null(start);
    char *at = find(start, length - (size_t)(start - copy), from);
    assert_non_null(at);
    memset(at, ' ', room);
    memcpy(at, to, strlen(to));
    const char *broken = pdf_rules_broken(copy, length);
    if (broken == NULL || strcmp(broken, expected) != 0)
        print_error("'%s' instead of '%s'\n", to, from);
    assert_string_equal(broken == NULL ? "nothing" : broken, expected);
    free(copy);
}

static void the_untouched_sample_breaks_no_rule(void **state)
{
    (void)state;
    const char *broken = pdf_rules_broken(plain.bytes, plain.length);
    assert_string_equal(broken == NULL ? "" : broken, "");
}

static void rules_of_the_file(void **state)
{
    (void)state;
    assert_broken(NULL, "%PDF-1.7", "%PDF-1.4", "the header is not that of PDF 1.7 with a comment");
    assert_broken("trailer", "/ID", "/XD", "the trailer has no identifier");
    assert_broken("\ntrailer", "/Info 2 0 R", "/Encrypt 1", "the file is encrypted");
}

/* In the bytes as they leave the program, with their object streams. */
static void a_stream_ends_where_its_length_says(void **state)
{
    (void)state;
    const char *broken = pdf_rules_broken(whole.bytes, whole.length);
    assert_string_equal(broken == NULL ? "" : broken, "");
    char *at = find(whole.bytes, whole.length, "/Subtype/XML/Length ");
    assert_non_null(at);
    at += strlen("/Subtype/XML/Length ") + 1;
    *at = *at == '0' ? '1' : '0';
    broken = pdf_rules_broken(whole.bytes, whole.length);
    assert_non_null(broken);
    assert_non_null(strstr(broken, "does not end where it says"));
}

static void rules_of_the_catalog(void **state)
{
    (void)state;
    assert_broken(NULL, "/Lang (da)", "/Xang (da)", "the catalog names no language");
    assert_broken(NULL, "/Marked true", "/Marked", "the file is not marked as tagged");
    assert_broken(NULL, "/DisplayDocTitle true", "/DisplayDocTitle", "the title is not displayed");
    assert_broken(NULL, "/PageMode", "/AA", "the catalog has a AA");
    assert_broken(NULL, "/StructTreeRoot", "/X", "there is no structure");
}

static void rules_of_the_metadata(void **state)
{
    (void)state;
    assert_broken(NULL, "/Metadata", "/X", "there is no metadata stream");
    assert_broken(NULL, "<pdfaid:part>2", "<pdfaid:part>1", "the metadata lack <pdfaid:part>2</pdfaid:part>");
    assert_broken(NULL, "<pdfaid:conformance>A", "<pdfaid:conformance>B",
                  "the metadata lack <pdfaid:conformance>A</pdfaid:conformance>");
    assert_broken(NULL, "<pdfuaid:part>1", "<pdfuaid:part>2", "the metadata lack <pdfuaid:part>1</pdfuaid:part>");
    assert_broken(NULL, "<pdfaSchema:prefix>pdfuaid", "<pdfaSchema:prefix>pdfuaix",
                  "the metadata lack <pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>");
    assert_broken(NULL, ">Sample<", ">Simple<", "the title of the information dictionary is not that of the metadata");
    assert_broken("<dc:creator>", ">OS2<", ">OS3<",
                  "the Author of the information dictionary is not that of the metadata");
    assert_broken("<dc:description>", ">About<", ">Above<",
                  "the Subject of the information dictionary is not that of the metadata");
    assert_broken(NULL, "<xmp:CreateDate>2026", "<xmp:CreateDate>2027",
                  "the creation date of the information dictionary is not that of the metadata");
}

static void rules_of_colour(void **state)
{
    (void)state;
    assert_broken(NULL, "/GTS_PDFA1", "/GTS_PDFX", "there is no output intent with a profile");
    assert_broken(NULL, "mntrRGB", "mntrGRY", "the profile of the output intent is no RGB profile");
    assert_broken(NULL, "/N 3", "/N 4", "the profile does not have three components");
    assert_broken("MCID", "Td", "k", "page 1 has the operator 'k'");
}

static void rules_of_fonts(void **state)
{
    (void)state;
    assert_broken(NULL, "/CIDToGIDMap /Identity", "/X /Identity", "a font does not map its codes to glyphs");
    assert_broken(NULL, "/FontFile2", "/X", "a font is not embedded");
    assert_broken(NULL, "/Ordering (Identity)", "/Ordering (Ident)", "a font's ordering is not Identity");
    assert_broken(NULL, "/CapHeight", "/X", "a font's descriptor lacks its measures");
    assert_broken(NULL, "/ToUnicode", "/X", "a font has no map to Unicode");
    assert_broken(NULL, "beginbfchar", "beginbfrang", "glyph 87 stands for no character");
    assert_broken(NULL, "/Encoding /Identity-H", "/Encoding /Identity-V",
                  "a font is not composite with glyph numbers as codes");
    assert_broken(NULL, "/W [", "/X [", "the width of glyph 87 is not that of the font file");
    assert_broken("MCID", "[<00", "[<", "text of page 1 has no font or half a code");
}

static void rules_of_marked_content(void **state)
{
    (void)state;
    assert_broken("/H1 <</MCID", "EMC", "", "marked content of page 1 is nested");
    assert_broken(NULL, "/P <</MCID 2>> BDC", "EMC", "marked content of page 1 ends where none began");
    assert_broken(NULL, "/Artifact <</Type /Layout>> BDC", "", "page 1 paints outside marked content");
    assert_broken(NULL, "/P <</MCID 2>>", "/P <</MCID 1>>", "marked content of page 1 has no number of its own");
    assert_broken(NULL, "/P <</MCID 2>> BDC", "/P<</MCID 99>>BDC", "marked content 99 of page 1 belongs to no element");
    assert_broken(NULL, "/H2 <</MCID 1>>", "/P <</MCID 1>>", "marked content 1 of page 1 is not of its element's type");
}

static void rules_of_structure(void **state)
{
    (void)state;
    assert_broken(NULL, "/S /H2", "/S /H3", "a heading H3 skips a level");
    assert_broken(NULL, "/S /LBody", "/S /P", "a P stands in a LI");
    assert_broken(NULL, "/S /TD", "/S /TR", "a TR stands in a TR");
    assert_broken(NULL, "/S /TBody", "/S /THead", "a table has 2 headers and 0 bodies");
    assert_broken(NULL, "/S /P", "/S /Q", "'Q' is no standard structure type");
    assert_broken(NULL, "/Scope /Column", "/Scope /C", "a header cell does not say what it heads");
    assert_broken(NULL, "/StructParents 0", "/StructParents 1",
                  "page 1 is not in the parent tree with all its content");
    assert_broken(NULL, "/K 2\n", "/K 1", "content 1 of page 1 is claimed twice");
    assert_broken(NULL, "/K 2\n", "/K 7", "content 7 of page 1 is claimed twice");
    assert_broken(NULL, "/Tabs /S", "/Tabs /R", "the tab order of page 1 is not that of the structure");
}

static void rules_of_links(void **state)
{
    (void)state;
    assert_broken(NULL, "/Subtype /Link", "/Subtype /Text", "page 1 has an annotation that is no link");
    assert_broken(NULL, "/F 4\n", "/F 2\n", "a link of page 1 is not printed as it is seen");
    assert_broken("/Border", "/Contents", "/X", "a link of page 1 does not say where it goes");
    assert_broken("/Border", "/Dest [", "/X [", "a link of page 1 goes to no page");
    assert_broken(NULL, "/StructParent 5", "/StructParent 4",
                  "a link of page 1 does not belong to a Link of the structure");
    assert_broken(NULL, "/Type /OBJR", "/Type /X", "a Link does not hold its text and its annotation");
    assert_broken(NULL, "/Annots [", "/X [", "an element claims an annotation that no page has");
    assert_broken(NULL, "/S /Reference", "/S /P", "a P stands in a TOCI");
    assert_broken(NULL, "/S /TOCI", "/S /LI", "a LI stands in a TOC");
}

static void rules_of_figures_and_lists(void **state)
{
    (void)state;
    assert_broken(NULL, "/Alt", "/X", "a figure has no text that stands for it");
    assert_broken(NULL, "/BBox", "/X", "a figure has no box around it");
    assert_broken(NULL, "/ListNumbering", "/X", "a list does not say how it is numbered");
    assert_broken(NULL, "/S /Figure", "/S /Q", "'Q' is no standard structure type");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_untouched_sample_breaks_no_rule),
        cmocka_unit_test(rules_of_the_file),
        cmocka_unit_test(a_stream_ends_where_its_length_says),
        cmocka_unit_test(rules_of_the_catalog),
        cmocka_unit_test(rules_of_the_metadata),
        cmocka_unit_test(rules_of_colour),
        cmocka_unit_test(rules_of_fonts),
        cmocka_unit_test(rules_of_marked_content),
        cmocka_unit_test(rules_of_structure),
        cmocka_unit_test(rules_of_links),
        cmocka_unit_test(rules_of_figures_and_lists),
    };
    return cmocka_run_group_tests(tests, open_sample, close_sample);
}
