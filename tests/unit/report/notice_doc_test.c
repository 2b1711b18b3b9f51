/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/report/notice_doc.h"

#include "agreement_fixture.h"
#include "pdf_look.h"
#include "pdf_rules.h"
#include "tilslut/base/embedded.h"

static struct tl_pdf_fonts *fonts;
static const struct tl_embedded_file *danish, *english;

static int open_all(void **state)
{
    (void)state;
    struct tl_err err = TL_ERR_NONE;
    danish = tl_embedded_find("reports/notice.da.md");
    english = tl_embedded_find("reports/notice.en.md");
    return danish != NULL && english != NULL && tl_pdf_fonts_open(&fonts, &err) == TL_OK ? 0 : -1;
}

static int close_all(void **state)
{
    (void)state;
    tl_pdf_fonts_close(fonts);
    return 0;
}

/* A member that leaves in the middle of the year, with one charge and one credit. */
struct leaving {
    struct agreement_fixture f;
    struct tl_member member;
    struct tl_statement_row rows[2];
    struct tl_notice_facts notice;
};

static void open_leaving(struct leaving *leaving)
{
    agreement_fixture_open(&leaving->f, 12, 3, NULL);
    leaving->member = *leaving->f.facts.member;
    leaving->member.last = tl_date_of(2026, 6, 30);
    for (size_t i = 0; i < 2; i++)
        leaving->rows[i] = (struct tl_statement_row){.kind = i == 0 ? TL_ROW_CHARGE : TL_ROW_CREDIT,
                                                     .date = tl_date_of(2026, 1, 6 + (int)i),
                                                     .line_id = i == 0 ? "maintenance" : "gone",
                                                     .line_name = "Tidligere ydelse",
                                                     .period = {tl_date_of(2026, 1, 1), tl_date_of(2026, 6, 30)},
                                                     .gross = {i == 0 ? 5668000 : -100000}};
    leaving->notice = (struct tl_notice_facts){.facts = leaving->f.facts,
                                               .given = tl_date_of(2025, 11, 28),
                                               .rows = leaving->rows,
                                               .row_count = 2,
                                               .year_is_charged = true,
                                               .balance = {5568000}};
    leaving->notice.facts.member = &leaving->member;
    leaving->notice.facts.issue.number = "OP-os2valghalla-0751";
}

static void print_text(struct tl_buf *text, const struct leaving *leaving, const struct tl_embedded_file *template)
{
    struct tl_err err = TL_ERR_NONE;
    struct tl_buf pdf = TL_BUF_EMPTY;
    assert_ok(tl_notice_doc(&pdf, &leaving->notice, template->content, template->name, fonts, &err), &err);
    assert_null(pdf_rules_broken(pdf.bytes, pdf.length));
    pdf_look_text(&pdf, text);
    tl_buf_release(&pdf);
}

static void it_says_the_last_day_what_was_charged_and_what_is_owed(void **state)
{
    (void)state;
    static struct leaving leaving;
    struct tl_buf text = TL_BUF_EMPTY;
    open_leaving(&leaving);
    print_text(&text, &leaving, danish);
    pdf_look_says(&text, "Opsagt 28. november 2025");
    pdf_look_says(&text, "Sidste dag 30. juni 2026");
    pdf_look_says(&text, "Vederlag 6. januar 2026 1. januar 2026 til 30. juni 2026 56.680,00 kr.");
    pdf_look_says(&text, "Tidligere ydelse (kreditnota) 7. januar 2026");
    pdf_look_says(&text, "Opkrævet i alt 55.680,00 kr.");
    pdf_look_says(&text, "Der opkræves ikke yderligere");
    pdf_look_says(&text, "i alt 55.680,00 kr. på kontoen");
    tl_buf_release(&text);
    agreement_fixture_close(&leaving.f);
}

/* A credit note takes the earlier charge off and puts the new one on: the member sees one amount for each line. */
static void a_credit_note_shows_one_amount_for_each_line_called_what_it_is(void **state)
{
    (void)state;
    static struct leaving leaving;
    static const struct {
        const char *line_id;
        int64_t entry, gross;
        tl_statement_row_kind kind;
        int last_month, last_day;
    } parts[] = {{"maintenance", 1, 5668000, TL_ROW_CHARGE, 12, 31},
                 {"gone", 1, 100000, TL_ROW_CHARGE, 12, 31},
                 {"kept", 1, 700, TL_ROW_CHARGE, 6, 30},
                 {"maintenance", 2, 2834000, TL_ROW_CREDIT, 6, 30},
                 {"gone", 2, 150000, TL_ROW_CREDIT, 6, 30},
                 {"kept", 2, 700, TL_ROW_CREDIT, 6, 30},
                 {"maintenance", 2, -5668000, TL_ROW_CREDIT, 12, 31},
                 {"gone", 2, -100000, TL_ROW_CREDIT, 12, 31},
                 {"kept", 2, -700, TL_ROW_CREDIT, 6, 30}};
    enum { PARTS = sizeof parts / sizeof parts[0] };
    struct tl_statement_row rows[PARTS];
    struct tl_buf text = TL_BUF_EMPTY;
    open_leaving(&leaving);
    for (size_t i = 0; i < PARTS; i++)
        rows[i] = (struct tl_statement_row){
            .kind = parts[i].kind,
            .entry = parts[i].entry,
            .date = tl_date_of(2026, 1, 5 + (int)parts[i].entry),
            .line_id = parts[i].line_id,
            .line_name = parts[i].line_id[0] == 'g' ? "Tidligere ydelse" : "Bevaret ydelse",
            .period = {tl_date_of(2026, 1, 1), tl_date_of(2026, parts[i].last_month, parts[i].last_day)},
            .gross = {parts[i].gross}};
    leaving.notice.rows = rows;
    leaving.notice.row_count = PARTS;
    print_text(&text, &leaving, danish);
    pdf_look_says(&text, "Den senest opkrævede periode slutter den 30. juni 2026.");
    pdf_look_says(&text, "Vederlag 6. januar 2026 1. januar 2026 til 31. december 2026 56.680,00 kr.");
    pdf_look_says(&text, "Vederlag (kreditnota) 7. januar 2026 1. januar 2026 til 31. december 2026 -28.340,00 kr.");
    pdf_look_says(&text, "Tidligere ydelse (modregnet i kreditnota) 7. januar 2026");
    pdf_look_says(&text, "500,00 kr.");
    pdf_look_says(&text, "Bevaret ydelse 6. januar 2026");
    assert_null(strstr(tl_buf_string(&text), "Bevaret ydelse 7."));
    assert_null(strstr(tl_buf_string(&text), "Bevaret ydelse ("));
    pdf_look_says(&text, "Opkrævet i alt 29.847,00 kr.");
    tl_buf_release(&text);
    agreement_fixture_close(&leaving.f);
}

static void in_english_it_names_the_lines_in_english_and_the_text_that_binds(void **state)
{
    (void)state;
    static struct leaving leaving;
    struct tl_buf text = TL_BUF_EMPTY;
    open_leaving(&leaving);
    leaving.notice.facts.issue.translates = "OP-os2valghalla-0751, version 1";
    leaving.notice.balance.minor = -100;
    leaving.notice.balance_on = tl_date_of(2026, 2, 1);
    print_text(&text, &leaving, english);
    pdf_look_says(&text, "Annual contribution 6 January 2026");
    pdf_look_says(&text, "The Danish text, OP-os2valghalla-0751, version 1, is binding");
    pdf_look_says(&text, "On 1 February 2026");
    pdf_look_says(&text, "DKK 1.00 to its credit");
    tl_buf_release(&text);
    agreement_fixture_close(&leaving.f);
}

static void what_is_not_charged_yet_is_told_with_its_amounts(void **state)
{
    (void)state;
    static struct leaving leaving;
    struct tl_buf text = TL_BUF_EMPTY;
    open_leaving(&leaving);
    leaving.notice.row_count = 0;
    leaving.notice.year_is_charged = false;
    leaving.notice.balance.minor = 0;
    leaving.member.last = tl_date_of(2027, 6, 30);
    print_text(&text, &leaving, danish);
    pdf_look_says(&text, "Der er ikke opkrævet beløb for OS2valghalla.");
    pdf_look_says(&text, "Endnu ikke opkrævet. For 2026 opkræves");
    pdf_look_says(&text, "For tiden efter den 31. december 2026 og indtil den 30. juni 2027");
    pdf_look_says(&text, "udlignet");
    tl_buf_release(&text);
    agreement_fixture_close(&leaving.f);
}

static void its_digest_follows_the_account_and_not_the_day_of_issue(void **state)
{
    (void)state;
    static struct leaving leaving;
    struct tl_err err = TL_ERR_NONE;
    struct tl_digest first, second;
    open_leaving(&leaving);
    assert_ok(tl_notice_digest(&first, &leaving.notice, danish->content, danish->name, &err), &err);
    leaving.notice.facts.issue.date = tl_date_of(2030, 1, 1);
    leaving.notice.facts.issue.version = 3;
    assert_ok(tl_notice_digest(&second, &leaving.notice, danish->content, danish->name, &err), &err);
    assert_true(tl_digest_equal(&first, &second));
    leaving.notice.balance.minor -= 1;
    assert_ok(tl_notice_digest(&second, &leaving.notice, danish->content, danish->name, &err), &err);
    assert_false(tl_digest_equal(&first, &second));
    agreement_fixture_close(&leaving.f);
}

static void a_membership_that_runs_on_is_not_confirmed_to_end(void **state)
{
    (void)state;
    static struct leaving leaving;
    struct tl_err err = TL_ERR_NONE;
    struct tl_buf pdf = TL_BUF_EMPTY;
    open_leaving(&leaving);
    leaving.member.last = (struct tl_date){0};
    char expected[128];
    snprintf(expected, sizeof expected, "the membership of '%s' in 'os2valghalla' has no last day",
             leaving.member.code);
    assert_refused(tl_notice_doc(&pdf, &leaving.notice, danish->content, danish->name, fonts, &err), TL_ERR_MISSING,
                   &err, expected, "");
    leaving.notice.facts.issue.date = (struct tl_date){0};
    err = (struct tl_err)TL_ERR_NONE;
    assert_refused(tl_notice_doc(&pdf, &leaving.notice, danish->content, danish->name, fonts, &err), TL_ERR_MISSING,
                   &err, "the document 'OP-os2valghalla-0751' has no issue date", "");
    assert_int_equal(pdf.length, 0);
    agreement_fixture_close(&leaving.f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_says_the_last_day_what_was_charged_and_what_is_owed),
        cmocka_unit_test(a_credit_note_shows_one_amount_for_each_line_called_what_it_is),
        cmocka_unit_test(in_english_it_names_the_lines_in_english_and_the_text_that_binds),
        cmocka_unit_test(what_is_not_charged_yet_is_told_with_its_amounts),
        cmocka_unit_test(its_digest_follows_the_account_and_not_the_day_of_issue),
        cmocka_unit_test(a_membership_that_runs_on_is_not_confirmed_to_end),
    };
    return cmocka_run_group_tests(tests, open_all, close_all);
}
