/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/report/agreement_doc.h"

#include "../../../src/report/agreement_parts.h"
#include "agreement_fixture.h"
#include "pdf_look.h"
#include "pdf_rules.h"
#include "tilslut/agreement/governance.h"
#include "tilslut/base/embedded.h"

static struct tl_pdf_fonts *fonts;
static const struct tl_embedded_file *template;

static int open_all(void **state)
{
    (void)state;
    struct tl_err err = TL_ERR_NONE;
    template = tl_embedded_find("reports/agreement.da.md");
    return template != NULL && tl_pdf_fonts_open(&fonts, &err) == TL_OK ? 0 : -1;
}

static int close_all(void **state)
{
    (void)state;
    tl_pdf_fonts_close(fonts);
    return 0;
}

static void print_ok(struct tl_buf *pdf, const struct tl_agreement_facts *facts)
{
    struct tl_err err = TL_ERR_NONE;
    *pdf = (struct tl_buf)TL_BUF_EMPTY;
    assert_ok(tl_agreement_doc(pdf, facts, template->content, template->name, fonts, &err), &err);
}

static void it_says_what_a_joining_agreement_says(void **state)
{
    (void)state;
    static struct agreement_fixture f;
    struct tl_buf pdf, text = TL_BUF_EMPTY;
    agreement_fixture_open(&f, 35, 6, NULL);
    print_ok(&pdf, &f.facts);
    pdf_look_keep(&pdf, "agreement.pdf");
    pdf_look_text(&pdf, &text);
    pdf_look_says(&text, "Projektet er et OS2-projekt og skal efterleve OS2s governancemodel samt code of conduct. "
                         "Leverandøren bekræfter at have tilsluttet sig OS2 via OS2s leverandørpartneraftale.");
    pdf_look_says(&text, "Tilslutningsaftale om OS2valghalla mellem OS2 - Offentligt digitaliseringsfællesskab");
    pdf_look_says(&text, "og Gladsaxe Kommune (herefter »Anvenderen«)");
    pdf_look_says(&text, "TA-os2valghalla-0159");
    pdf_look_says(&text, "Vedtaget af styregruppen den 12. oktober 2025, pkt. 4");
    pdf_look_says(&text, "med 6 måneders varsel til udgangen af et halvår (30. juni eller 31. december).");
    pdf_look_says(&text, "Betalingsfristen er 30 dage fra fakturadatoen.");
    pdf_look_says(&text, "Mozilla Public License 2.0 (MPL 2.0)");
    pdf_look_says(&text, "på samme vilkår 4.0 (CC BY-SA 4.0)");
    pdf_look_says(&text, "Tilslutningsafgift, Vederlag, Fælles udvikling og Fælles drift er uden for momslovens");
    pdf_look_says(&text, "Af Driftstilkobling betales 25 % moms (ydelsen er momspligtig).");
    pdf_look_says(&text, "fra og med 60.000, til og med 120.000");
    pdf_look_says(&text, "Regnskabspost 117, segl ");
    pdf_look_says(&text, "Sted og dato");
    pdf_look_says(&text, "side 1 af ");
    tl_buf_release(&text);
    tl_buf_release(&pdf);
    agreement_fixture_close(&f);
}

static void what_the_member_pays_is_what_was_allocated(void **state)
{
    (void)state;
    static struct agreement_fixture f;
    struct tl_buf pdf, text = TL_BUF_EMPTY;
    struct tl_err err = TL_ERR_NONE;
    char amount[TL_MONEY_TEXT_SIZE], expected[100];
    struct tl_money total;
    agreement_fixture_open(&f, 35, 6, NULL);
    print_ok(&pdf, &f.facts);
    pdf_look_text(&pdf, &text);
    for (size_t i = 0; i < f.allocation.line_count; i++) {
        const struct tl_share *share = tl_line_result_share(&f.allocation.lines[i], "0159");
        assert_non_null(share);
        if (!f.allocation.lines[i].known)
            continue;
        snprintf(expected, sizeof expected, "%s kr.", tl_money_da(share->amount, amount));
        pdf_look_says(&text, expected);
    }
    assert_ok(tl_allocation_member_total(&total, &f.allocation, "0159", &err), &err);
    snprintf(expected, sizeof expected, "I alt for 2026 %s kr.", tl_money_da(total, amount));
    pdf_look_says(&text, expected);
    pdf_look_says(&text, "Driftstilkobling Taksten er endnu ikke fastsat én gang endnu ikke fastsat");
    pdf_look_says(&text, "42000,00 × 1,09");
    for (size_t i = 0; i < f.member_count; i++)
        pdf_look_says(&text, f.members[i].name);
    tl_buf_release(&text);
    tl_buf_release(&pdf);
    agreement_fixture_close(&f);
}

static void members_are_listed_in_danish_order(void **state)
{
    (void)state;
    static struct agreement_fixture f;
    struct tl_buf pdf, text = TL_BUF_EMPTY;
    agreement_fixture_open(&f, 98, 6, NULL);
    print_ok(&pdf, &f.facts);
    pdf_look_text(&pdf, &text);
    const char *annex = strstr(text.bytes, "har 98 medlemmer i 2026.");
    assert_non_null(annex);
    const char *ae = strstr(annex, "Ærø"), *aa = strstr(annex, "Aabenraa"), *last = strstr(annex, "Aarhus");
    assert_true(strstr(annex, "Viborg") < ae && ae < aa && aa < last);
    assert_non_null(ae);
    tl_buf_release(&text);
    tl_buf_release(&pdf);
    agreement_fixture_close(&f);
}

static void it_keeps_the_rules_of_pdf_a_and_pdf_ua_at_any_length(void **state)
{
    (void)state;
    static struct agreement_fixture f;
    for (size_t count = 10; count <= 98; count += 44) {
        struct tl_buf pdf;
        agreement_fixture_open(&f, count, 6, NULL);
        print_ok(&pdf, &f.facts);
        const char *broken = pdf_rules_broken(pdf.bytes, pdf.length);
        assert_string_equal(broken == NULL ? "" : broken, "");
        tl_buf_release(&pdf);
        agreement_fixture_close(&f);
    }
}

static void the_same_facts_give_the_same_bytes(void **state)
{
    (void)state;
    static struct agreement_fixture f;
    struct tl_buf first, second;
    agreement_fixture_open(&f, 12, 3, NULL);
    print_ok(&first, &f.facts);
    agreement_fixture_close(&f);
    agreement_fixture_open(&f, 12, 3, NULL);
    print_ok(&second, &f.facts);
    agreement_fixture_close(&f);
    assert_int_equal(first.length, second.length);
    assert_memory_equal(first.bytes, second.bytes, first.length);
    tl_buf_release(&first);
    tl_buf_release(&second);
}

static void terms_without_options_notice_budgets_or_classes_print_too(void **state)
{
    (void)state;
    static struct agreement_fixture f;
    struct tl_buf pdf, text = TL_BUF_EMPTY;
    agreement_fixture_open(&f, 3, 1,
                           "product: os2kitos\nfrom: 2026-01-01\n"
                           "reference: {measure: population, date: 01-01 of the year before}\nlines:\n"
                           "  - {id: flat, name: Vederlag, account: \"00002\", price: 30000}\n");
    f.facts.issue.head_entry = 0;
    f.facts.issue.version = 3;
    f.facts.issue.replaces = 2;
    print_ok(&pdf, &f.facts);
    pdf_look_text(&pdf, &text);
    pdf_look_says(&text, "3, der træder i stedet for version 2");
    pdf_look_says(&text, "Vilkårene indeholder ingen ydelser, der kan tilvælges eller fravælges.");
    pdf_look_says(&text, "Vilkårene fastsætter intet opsigelsesvarsel.");
    pdf_look_says(&text, "Af Vederlag betales moms i det omfang, det følger af momsloven.");
    pdf_look_says(&text, "Alle Anvendere 30.000,00 kr.");
    assert_null(strstr(text.bytes, "segl"));
    assert_null(strstr(text.bytes, "fordelingsnøglen betyder"));
    assert_null(pdf_rules_broken(pdf.bytes, pdf.length));
    tl_buf_release(&text);
    tl_buf_release(&pdf);
    agreement_fixture_close(&f);
}

static void every_rule_that_shapes_a_price_is_told(void **state)
{
    (void)state;
    static struct agreement_fixture f;
    struct tl_buf pdf, text = TL_BUF_EMPTY;
    agreement_fixture_open_rich(&f);
    print_ok(&pdf, &f.facts);
    pdf_look_keep(&pdf, "rich.pdf");
    pdf_look_text(&pdf, &text);
    pdf_look_says(&text,
                  "På grundlaget »funded-2.0« gives 25 % i rabat. På grundlaget »funded-2.5« gives 30.000,00 kr. i "
                  "rabat.");
    pdf_look_says(&text, "Taksten afhænger af datoen for Anvenderens underskrift og ligger fast fra da af.");
    pdf_look_says(&text, "Underskrift senest 31. december 2025");
    pdf_look_says(&text, "Underskrift derefter");
    pdf_look_says(&text, "Passive medlemmer betaler 1/3 af taksten.");
    pdf_look_says(&text, "Taksten beregnes forholdsmæssigt for hver påbegyndt måned.");
    pdf_look_says(&text, "Taksten for 2026 er grundtaksten × 118,3/115,2 efter indekset »PL«");
    pdf_look_says(&text, "Regulering af Vederlag. Beløbet reguleres hvert år med indekset »PL«");
    pdf_look_says(&text, "Passivt medlemskab. Anvenderen er passivt medlem");
    pdf_look_says(&text, "Tilslutningsafgift fastlægges af datoen for Anvenderens underskrift");
    pdf_look_says(&text, "Taksten er 3,85 kr. for hver enhed af indbyggertal.");
    pdf_look_says(&text, "til og med 50.000 1.000,00 kr.");
    pdf_look_says(&text,
                  "Fælles udvikling: for Brøndby er i stedet for nøglen aftalt 50.000,00 kr. om året (bærer selv en "
                  "del af driften).");
    pdf_look_says(&text, "Fælles udvikling: 10 % tages forlods af budgettet og hentes fra konto 00004.");
    pdf_look_says(&text, "Fælles udvikling: 10.000,00 kr. tages forlods af budgettet og betales af Frederiksberg.");
    pdf_look_says(&text, "med andele offentliggjort i procent med 5 decimaler");
    pdf_look_says(&text, "Størrelsesklasse Mellem, fastholdt til og med 2028");
    pdf_look_says(&text, "Takst fastlagt ved underskrift 3. november 2025");
    pdf_look_says(&text, "Regulering 118,3/115,2 efter indekset »PL«");
    pdf_look_says(&text, "Passivt medlemskab 1/3 af taksten");
    pdf_look_says(&text, "Rabat 17.500,00 kr.");
    pdf_look_says(&text, "(181/365 af året)");
    assert_null(pdf_rules_broken(pdf.bytes, pdf.length));
    tl_buf_release(&text);
    tl_buf_release(&pdf);
    agreement_fixture_close(&f);
}

static void a_template_in_english_gets_english_words_and_numbers(void **state)
{
    (void)state;
    static struct agreement_fixture f;
    struct tl_err err = TL_ERR_NONE;
    struct tl_buf pdf = TL_BUF_EMPTY, text = TL_BUF_EMPTY;
    const struct tl_embedded_file *english = tl_embedded_find("reports/agreement.en.md");
    assert_non_null(english);
    agreement_fixture_open_rich(&f);
    assert_ok(tl_agreement_doc(&pdf, &f.facts, english->content, english->name, fonts, &err), &err);
    pdf_look_keep(&pdf, "agreement.en.pdf");
    pdf_look_text(&pdf, &text);
    pdf_look_says(&text, "Joining agreement for OS2valghalla");
    pdf_look_says(&text, "Projektet er et OS2-projekt og skal efterleve OS2s governancemodel samt code of conduct.");
    pdf_look_says(&text, "Adopted by the steering group on 12 October 2025, pkt. 4");
    pdf_look_says(&text, "Joining fee Price by size class, annex A once, on joining DKK 52,500.00");
    pdf_look_says(&text, "32000.00 \xC3\x97 118.3/115.2");
    pdf_look_says(&text, "inhabitants 70,958 on 1 January 2025");
    pdf_look_says(&text, "page 1 of ");
    assert_null(pdf_rules_broken(pdf.bytes, pdf.length));
    tl_buf_release(&text);
    tl_buf_release(&pdf);
    agreement_fixture_close(&f);
}

static void a_text_of_the_facts_cannot_change_the_document(void **state)
{
    (void)state;
    static struct agreement_fixture f;
    struct tl_buf pdf, text = TL_BUF_EMPTY;
    agreement_fixture_open(&f, 12, 3, NULL);
    f.party.official_name = "| *A* <!-- page break --> {{owner.name}} # & Søn";
    print_ok(&pdf, &f.facts);
    pdf_look_text(&pdf, &text);
    pdf_look_says(&text, "og | *A* <!-- page break --> {{owner.name}} # & Søn (herefter »Anvenderen«)");
    assert_null(pdf_rules_broken(pdf.bytes, pdf.length));
    tl_buf_release(&text);
    tl_buf_release(&pdf);
    agreement_fixture_close(&f);
}

static void the_digest_is_of_what_is_agreed_and_not_of_when_it_was_issued(void **state)
{
    (void)state;
    static struct agreement_fixture f;
    struct tl_err err = TL_ERR_NONE;
    struct tl_digest first, second;
    agreement_fixture_open(&f, 12, 3, NULL);
    assert_ok(tl_agreement_digest(&first, &f.facts, template->content, template->name, &err), &err);
    f.facts.issue = (struct tl_issue){.number = f.facts.issue.number,
                                      .version = 2,
                                      .date = tl_date_of(2027, 5, 1),
                                      .replaces = 1,
                                      .head = tl_digest_of("x", 1),
                                      .head_entry = 9};
    assert_ok(tl_agreement_digest(&second, &f.facts, template->content, template->name, &err), &err);
    assert_true(tl_digest_equal(&first, &second));
    f.party.address = "Rådhuset";
    assert_ok(tl_agreement_digest(&second, &f.facts, template->content, template->name, &err), &err);
    assert_false(tl_digest_equal(&first, &second));
    agreement_fixture_close(&f);
}

static void assert_doc_refused(const struct agreement_fixture *f, const char *text, tl_status expected,
                               const char *message, const char *hint, const char *where)
{
    struct tl_buf pdf = TL_BUF_EMPTY;
    struct tl_err err = TL_ERR_NONE;
    assert_refused(tl_agreement_doc(&pdf, &f->facts, text, "own.da.md", fonts, &err), expected, &err, message, hint);
    assert_string_equal(err.where, where);
    assert_int_equal(pdf.length, 0);
    tl_buf_release(&pdf);
}

static void templates_and_facts_that_do_not_fit_are_refused(void **state)
{
    (void)state;
    static struct agreement_fixture f;
    agreement_fixture_open(&f, 12, 3, NULL);
    assert_doc_refused(&f, "# A\n{{#budget_lines}}{{buget}}{{/budget_lines}}", TL_ERR_INPUT, "unknown field 'buget'",
                       "did you mean 'budget'?", "own.da.md:2:18");
    assert_doc_refused(&f, "# {{party.ean}}", TL_ERR_INPUT, "field 'party.ean' is empty",
                       "record it, or write {{#party.ean}} ... {{/party.ean}} around what may be left out",
                       "own.da.md:1:3");
    assert_doc_refused(&f, "# A\n\n> b", TL_ERR_INPUT, "a document cannot hold a quotation", NULL, "own.da.md");
    f.facts.decision = NULL;
    assert_doc_refused(&f, "# A", TL_ERR_MISSING, "the terms of 'os2valghalla' have no decision", "", "");
    f.facts.decision = &f.decision;
    f.facts.issue.date = (struct tl_date){0};
    assert_doc_refused(&f, "# A", TL_ERR_MISSING, "the document 'TA-os2valghalla-0153' has no issue date", "", "");
    f.facts.issue.date = tl_date_of(2026, 1, 1);
    struct tl_member stranger = {.code = "9999", .name = "X"};
    f.facts.member = &stranger;
    assert_doc_refused(&f, "# A", TL_ERR_MISSING, "member '9999' has no share of 'os2valghalla' in 2026", "", "");
    agreement_fixture_close(&f);
}

static void count_unknown(const char *unknown, size_t line, size_t column, const char *nearest, void *context)
{
    (void)context;
    print_error("%zu:%zu: %s (%s)\n", line, column, unknown, nearest == NULL ? "-" : nearest);
}

static void the_templates_use_only_fields_that_exist(void **state)
{
    (void)state;
    static const char *const names[] = {"reports/agreement.da.md", "reports/agreement.en.md"};
    for (size_t i = 0; i < 2; i++) {
        struct tl_err err = TL_ERR_NONE;
        size_t count;
        const struct tl_embedded_file *file = tl_embedded_find(names[i]);
        assert_non_null(file);
        assert_ok(
            tl_template_check(file->content, file->name, tl_agreement_field_names, count_unknown, NULL, &count, &err),
            &err);
        assert_int_equal(count, 0);
    }
}

/* The status of a product of level 2: fulfilled, explained and missing, and two recommendations. */
static void add_governance(struct agreement_fixture *f)
{
    static struct tl_governance_row rows[5];
    static const struct {
        const char *code, *ground, *by;
        tl_governance_standing standing;
    } sample[] = {{"source-code", "https://github.com/OS2", "", TL_STANDING_FULFILLED},
                  {"document-licence", "ældre end reglen", "styregruppens formand", TL_STANDING_EXPLAINED},
                  {"security", "", "", TL_STANDING_MISSING},
                  {"code-review", "", "", TL_STANDING_ADVISED},
                  {"news", "os2.eu", "", TL_STANDING_FULFILLED}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        rows[i] = (struct tl_governance_row){.requirement = tl_requirement_find(sample[i].code),
                                             .is_required = i < 3,
                                             .standing = sample[i].standing,
                                             .ground = sample[i].ground,
                                             .by = sample[i].by,
                                             .since = tl_date_of(2026, 1, 5)};
    f->facts.governance = rows;
    f->facts.governance_count = sizeof rows / sizeof rows[0];
    f->facts.governance_on = tl_date_of(2026, 1, 1);
    f->facts.governance_level = 2;
}

static void the_status_of_the_product_is_told_and_not_agreed_on(void **state)
{
    (void)state;
    static struct agreement_fixture f;
    struct tl_err err = TL_ERR_NONE;
    struct tl_digest before, after;
    struct tl_buf text = TL_BUF_EMPTY, pdf = TL_BUF_EMPTY;
    agreement_fixture_open(&f, 12, 3, NULL);
    assert_ok(tl_agreement_digest(&before, &f.facts, template->content, template->name, &err), &err);
    add_governance(&f);
    assert_ok(tl_agreement_digest(&after, &f.facts, template->content, template->name, &err), &err);
    assert_true(tl_digest_equal(&before, &after));
    assert_ok(tl_agreement_doc(&pdf, &f.facts, template->content, template->name, fonts, &err), &err);
    assert_null(pdf_rules_broken(pdf.bytes, pdf.length));
    pdf_look_text(&pdf, &text);
    pdf_look_says(&text, "Af 3 krav er 1 opfyldt, 1 forklaret, og 1 mangler.");
    pdf_look_says(&text, "OS2valghalla er på niveau 2 i OS2's governancemodel.");
    pdf_look_says(&text, "viser status pr. 1. januar 2026.");
    pdf_look_says(&text, "Kildekoden ligger på OS2s GitHub Opfyldt");
    pdf_look_says(&text, "Forklaret: ældre end reglen (styregruppens formand, 5. januar 2026)");
    pdf_look_says(&text, "Sikkerhed er tænkt ind i løsningen Mangler");
    pdf_look_says(&text, "En tredjepart har gennemgået koden Ikke opfyldt");
    tl_buf_release(&pdf);
    tl_buf_release(&text);
    agreement_fixture_close(&f);
}

static bool is_listed(const char *path)
{
    for (const char *const *name = tl_agreement_field_names; *name != NULL; name++)
        if (strcmp(*name, path) == 0)
            return true;
    return false;
}

/* Every value below `fields` is listed; marks in `seen` which names were met. */
static void compare_names(const struct tl_fields *fields, const char *prefix, bool *seen, struct tl_arena *arena)
{
    for (size_t i = 0; i < tl_fields_count(fields); i++) {
        const struct tl_field *field = tl_fields_at(fields, i);
        const char *path = tl_arena_format(arena, "%s%s%s", prefix, prefix[0] == '\0' ? "" : ".", field->name);
        assert_non_null(path);
        if (field->kind == TL_FIELD_TEXT && !is_listed(path))
            print_error("not listed: %s\n", path);
        assert_true(field->kind != TL_FIELD_TEXT || is_listed(path));
        for (size_t j = 0; tl_agreement_field_names[j] != NULL; j++)
            seen[j] = seen[j] || strcmp(tl_agreement_field_names[j], path) == 0;
        for (size_t j = 0; field->kind == TL_FIELD_ROWS && j < field->row_count; j++)
            compare_names(field->rows[j], path, seen, arena);
    }
}

static void the_listed_names_are_those_that_are_filled_in(void **state)
{
    (void)state;
    static struct agreement_fixture f;
    struct tl_err err = TL_ERR_NONE;
    struct tl_arena arena = TL_ARENA_EMPTY;
    bool seen[1000] = {false};
    const struct tl_waiver pledge = {.tag = "funded-3.0", .evidence = "sag 1", .pledged_on = tl_date_of(2025, 1, 2)};
    agreement_fixture_open_rich(&f);
    f.facts.waivers = &pledge;
    f.facts.waiver_count = 1;
    add_governance(&f);
    struct agreement_source source = {&f.facts, false, &arena, &err};
    struct tl_fields *root = tl_fields_new(&arena);
    assert_non_null(root);
    assert_ok(agreement_fields_fill(root, &source), &err);
    assert_ok(agreement_annexes_fill(root, &source), &err);
    compare_names(root, "", seen, &arena);
    for (size_t i = 0; tl_agreement_field_names[i] != NULL; i++) {
        if (!seen[i])
            print_error("never filled in: %s\n", tl_agreement_field_names[i]);
        assert_true(seen[i]);
    }
    tl_arena_release(&arena);
    agreement_fixture_close(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_says_what_a_joining_agreement_says),
        cmocka_unit_test(what_the_member_pays_is_what_was_allocated),
        cmocka_unit_test(members_are_listed_in_danish_order),
        cmocka_unit_test(it_keeps_the_rules_of_pdf_a_and_pdf_ua_at_any_length),
        cmocka_unit_test(the_same_facts_give_the_same_bytes),
        cmocka_unit_test(terms_without_options_notice_budgets_or_classes_print_too),
        cmocka_unit_test(every_rule_that_shapes_a_price_is_told),
        cmocka_unit_test(a_template_in_english_gets_english_words_and_numbers),
        cmocka_unit_test(a_text_of_the_facts_cannot_change_the_document),
        cmocka_unit_test(the_digest_is_of_what_is_agreed_and_not_of_when_it_was_issued),
        cmocka_unit_test(templates_and_facts_that_do_not_fit_are_refused),
        cmocka_unit_test(the_templates_use_only_fields_that_exist),
        cmocka_unit_test(the_status_of_the_product_is_told_and_not_agreed_on),
        cmocka_unit_test(the_listed_names_are_those_that_are_filled_in),
    };
    return cmocka_run_group_tests(tests, open_all, close_all);
}
