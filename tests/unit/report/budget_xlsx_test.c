/* SPDX-License-Identifier: MPL-2.0 */
#include "allocation_fixture.h"

#include <math.h>
#include <stdlib.h>

#include "office.h"
#include "tilslut/report/budget_xlsx.h"

static const struct tl_party owner = {
    .name = "OS2", .official_name = "OS2 - Offentligt digitaliseringsfællesskab", .cvr = "41849983"};
static const struct tl_product product = {.code = "os2valghalla", .name = "OS2valghalla"};

static void save(const struct tl_allocation *allocation, const struct tl_decision *decision, const char *name)
{
    struct tl_err err = TL_ERR_NONE;
    struct tl_buf out = TL_BUF_EMPTY;
    const struct tl_budget_facts budget = {.owner = &owner,
                                           .product = &product,
                                           .decision = decision,
                                           .date = tl_date_of(2025, 11, 1),
                                           .allocation = allocation};
    assert_ok(tl_budget_xlsx(&out, &budget, &err), &err);
    office_save(name, &out);
    tl_buf_release(&out);
}

static void part_contains(const char *name, const char *part, const char *expected)
{
    struct tl_buf text = office_part(name, part);
    if (strstr(tl_buf_string(&text), expected) == NULL)
        fail_msg("%s lacks %s:\n%s", part, expected, tl_buf_string(&text));
    tl_buf_release(&text);
}

enum { FIRST_MEMBER = 5, FIRST_LINE_COLUMN = 4, BUDGET = 6, DISTRIBUTED = 8, VERDICT = 9, AMOUNT = 15 };

/* What LibreOffice computed is what the allocation says, share by share, line by line, member by member. */
static void check_foots(const char *name, const struct allocation_fixture *fixture)
{
    const struct tl_allocation *allocation = &fixture->allocation;
    size_t row = 1, total_column = FIRST_LINE_COLUMN + allocation->line_count, totals = FIRST_MEMBER + FIXTURE_MEMBERS;
    for (size_t line = 0; line < allocation->line_count; line++) {
        const struct tl_line_result *result = &allocation->lines[line];
        for (size_t i = 0; i < result->share_count; i++, row++)
            if (result->known)
                assert_same_int(office_minor(name, "Fordeling", row, AMOUNT), result->shares[i].amount.minor);
        if (!result->known)
            continue;
        assert_same_int(office_minor(name, "Linjer", 1 + line, DISTRIBUTED), result->total.minor);
        assert_same_int(office_minor(name, "Hvem betaler hvad", totals, FIRST_LINE_COLUMN + line), result->total.minor);
        if (result->line->has_budget)
            assert_string_equal(office_cell(name, "Linjer", 1 + line, VERDICT), "Stemmer");
    }
    for (size_t i = 0; i < FIXTURE_MEMBERS; i++) {
        struct tl_money total;
        struct tl_err err = TL_ERR_NONE;
        assert_ok(tl_allocation_member_total(&total, allocation, fixture->members[i].code, &err), &err);
        assert_same_int(office_minor(name, "Hvem betaler hvad", FIRST_MEMBER + i, total_column), total.minor);
    }
    assert_same_int(office_minor(name, "Hvem betaler hvad", totals, total_column), allocation->total.minor);
    assert_string_equal(office_cell(name, "Hvem betaler hvad", totals, total_column - 1), "ikke kendt");
}

static void recalculated_in_libreoffice_members_and_lines_foot(void **state)
{
    (void)state;
    struct allocation_fixture plain, enriched;
    const struct tl_decision decision = {1, "styregruppe", tl_date_of(2025, 10, 12), "pkt. 4"};
    allocation_fixture_init(&plain);
    allocation_fixture_init(&enriched);
    allocation_fixture_enrich(&enriched);
    save(&plain.allocation, &decision, "plain.xlsx");
    save(&enriched.allocation, &decision, "enriched.xlsx");
    office_recalculate((const char *const[]){"plain.xlsx", "enriched.xlsx", NULL});
    check_foots("plain.xlsx", &plain);
    check_foots("enriched.xlsx", &enriched);
    assert_string_equal(office_cell("plain.xlsx", "Hvem betaler hvad", 1, 0),
                        "Besluttet af styregruppe 12.10.2025, pkt. 4. Alle beløb er ekskl. moms.");
    allocation_fixture_release(&plain);
    allocation_fixture_release(&enriched);
}

static void amounts_follow_from_budget_figure_and_price(void **state)
{
    (void)state;
    struct allocation_fixture fixture;
    allocation_fixture_init(&fixture);
    save(&fixture.allocation, NULL, "draft.xlsx");
    const char *part = "xl/worksheets/sheet3.xml";
    part_contains("draft.xlsx", part, "<f>G16</f><v>210803</v>");      /* the weight is the figure */
    part_contains("draft.xlsx", part, "<f>L16/SUM(L16:L18)</f>");      /* the share follows from the weights */
    part_contains("draft.xlsx", part, "<f>Linjer!G5*M16</f>");         /* the exact amount from budget and share */
    part_contains("draft.xlsx", part, "<f>ROUND(N16+O16,2)</f>");      /* the amount from it and the rounding */
    part_contains("draft.xlsx", part, "<f>J6*(1+K6)</f><v>56680</v>"); /* and from price and markup */
    part_contains("draft.xlsx", "xl/worksheets/sheet1.xml", "<f>Fordeling!P16</f><v>35976.22</v>");
    /* a cap had a say in these, so a formula would be wrong */
    struct tl_buf text = office_part("draft.xlsx", part);
    assert_null(strstr(tl_buf_string(&text), "<f>Linjer!G4*"));
    tl_buf_release(&text);
    part_contains("draft.xlsx", "xl/sharedStrings.xml", "Udkast, ikke besluttet. Alle beløb er ekskl. moms.");
    allocation_fixture_release(&fixture);
}

static void terms_without_figures_still_have_a_budget(void **state)
{
    (void)state;
    struct allocation_fixture fixture;
    allocation_fixture_init(&fixture);
    fixture.terms.reference.measure = NULL;
    save(&fixture.allocation, NULL, "flat.xlsx");
    part_contains("flat.xlsx", "xl/sharedStrings.xml", "<t>Tal</t>");
    allocation_fixture_release(&fixture);
}

static void name_with_a_control_character_is_refused(void **state)
{
    (void)state;
    struct allocation_fixture fixture;
    struct tl_err err = TL_ERR_NONE;
    struct tl_buf out = TL_BUF_EMPTY;
    allocation_fixture_init(&fixture);
    fixture.members[0].name = "Oden\tse";
    const struct tl_budget_facts budget = {
        .owner = &owner, .product = &product, .date = tl_date_of(2025, 11, 1), .allocation = &fixture.allocation};
    assert_refused(tl_budget_xlsx(&out, &budget, &err), TL_ERR_INPUT, &err,
                   "'Oden\\x09se' (Hvem betaler hvad!B6) has a control character, which a workbook cannot hold", NULL);
    allocation_fixture_release(&fixture);
}

static void budget_without_a_date_is_refused(void **state)
{
    (void)state;
    struct allocation_fixture fixture;
    struct tl_err err = TL_ERR_NONE;
    struct tl_buf out = TL_BUF_EMPTY;
    allocation_fixture_init(&fixture);
    const struct tl_budget_facts budget = {.owner = &owner, .product = &product, .allocation = &fixture.allocation};
    assert_refused(tl_budget_xlsx(&out, &budget, &err), TL_ERR_INPUT, &err, "a workbook needs a date of creation",
                   NULL);
    allocation_fixture_release(&fixture);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(recalculated_in_libreoffice_members_and_lines_foot),
        cmocka_unit_test(amounts_follow_from_budget_figure_and_price),
        cmocka_unit_test(terms_without_figures_still_have_a_budget),
        cmocka_unit_test(name_with_a_control_character_is_refused),
        cmocka_unit_test(budget_without_a_date_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
