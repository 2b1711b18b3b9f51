/* SPDX-License-Identifier: MPL-2.0 */
#include "check.h"

#include <string.h>

#include "office.h"
#include "tilslut/report/overview_xlsx.h"

static const struct tl_party owner = {.code = "OS2", .name = "OS2", .official_name = "OS2 - Offentligt fællesskab"};

static void write(struct tl_buf *out, struct tl_overview *overview)
{
    struct tl_err err = TL_ERR_NONE;
    const struct tl_overview_paper paper = {&owner, overview, "OS2demo"};
    overview->period = (struct tl_period){tl_date_of(2026, 2, 20), tl_date_of(2026, 5, 21)};
    assert_ok(tl_overview_xlsx(out, &paper, &err), &err);
}

static struct tl_overview_agreement agreements[] = {
    {.product = "demo",
     .product_name = "OS2demo",
     .party = "0751",
     .party_name = "Aarhus",
     .state = TL_MEMBERSHIP_STATE_SIGNED,
     .lacks_countersignature = true,
     .lacks_ean = true},
    {.product = "demo",
     .product_name = "OS2demo",
     .party = "0851",
     .party_name = "Aalborg",
     .state = TL_MEMBERSHIP_STATE_IN_FORCE},
};
static struct tl_overview_coming coming[] = {
    {{20260331}, TL_OVERVIEW_NOTICE, "demo", "", "", "", {20261231}},
};
static struct tl_overview_count counts[] = {
    {.product = "demo",
     .product_name = "OS2demo",
     .by_state = {[TL_MEMBERSHIP_STATE_SIGNED] = 1, [TL_MEMBERSHIP_STATE_IN_FORCE] = 1},
     .total = 2},
};

static void fill(struct tl_overview *overview)
{
    *overview = (struct tl_overview){agreements, coming, counts, 2, 1, 1, {{0}, {0}}};
}

static void every_sheet_repeats_its_head_in_print_and_has_a_table(void **state)
{
    (void)state;
    struct tl_overview overview;
    struct tl_buf bytes = TL_BUF_EMPTY;
    fill(&overview);
    write(&bytes, &overview);
    office_save("overview.xlsx", &bytes);
    struct tl_buf book = office_part("overview.xlsx", "xl/workbook.xml");
    static const char *const titles[] = {"Overblik!$4:$4", "Aftaler!$4:$4", "Kommende!$4:$4"};
    for (size_t i = 0; i < 3; i++)
        assert_non_null(strstr(tl_buf_string(&book), titles[i]));
    tl_buf_release(&book);
    static const char *const tables[] = {"xl/tables/table1.xml", "xl/tables/table2.xml", "xl/tables/table3.xml"};
    for (size_t i = 0; i < 3; i++) {
        struct tl_buf table = office_part("overview.xlsx", tables[i]);
        assert_non_null(strstr(tl_buf_string(&table), "<autoFilter ref="));
        tl_buf_release(&table);
    }
    tl_buf_release(&bytes);
}

static void what_is_missing_is_written_out(void **state)
{
    (void)state;
    struct tl_overview overview;
    struct tl_buf bytes = TL_BUF_EMPTY;
    static const char *const names[] = {"overview.xlsx", NULL};
    fill(&overview);
    write(&bytes, &overview);
    office_save("overview.xlsx", &bytes);
    office_recalculate(names);
    assert_string_equal(office_cell("overview.xlsx", "Aftaler", 4, 3), "underskrevet af anvenderen");
    assert_string_equal(office_cell("overview.xlsx", "Aftaler", 4, 7), "OS2's underskrift, EAN-nummer");
    assert_string_equal(office_cell("overview.xlsx", "Aftaler", 5, 7), "intet");
    assert_string_equal(office_cell("overview.xlsx", "Kommende", 4, 1), "sidste dag for opsigelse");
    assert_string_equal(office_cell("overview.xlsx", "Overblik", 4, 4), "1");
    tl_buf_release(&bytes);
}

static void an_empty_overview_says_so(void **state)
{
    (void)state;
    struct tl_overview overview = {0};
    struct tl_buf bytes = TL_BUF_EMPTY, again = TL_BUF_EMPTY;
    static const char *const names[] = {"nothing.xlsx", NULL};
    write(&bytes, &overview);
    write(&again, &overview);
    assert_int_equal(bytes.length, again.length);
    assert_memory_equal(bytes.bytes, again.bytes, bytes.length);
    office_save("nothing.xlsx", &bytes);
    office_recalculate(names);
    assert_string_equal(office_cell("nothing.xlsx", "Overblik", 4, 0), "Ingen produkter.");
    assert_string_equal(office_cell("nothing.xlsx", "Kommende", 4, 0), "Intet i perioden.");
    tl_buf_release(&bytes);
    tl_buf_release(&again);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_sheet_repeats_its_head_in_print_and_has_a_table),
        cmocka_unit_test(what_is_missing_is_written_out),
        cmocka_unit_test(an_empty_overview_says_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
