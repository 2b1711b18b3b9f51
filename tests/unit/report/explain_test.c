/* SPDX-License-Identifier: MPL-2.0 */
#include "allocation_fixture.h"
#include "tilslut/report/explain.h"

static void explains(const char *member, const char *expected)
{
    struct allocation_fixture fixture;
    struct tl_err err = TL_ERR_NONE;
    struct tl_buf out = TL_BUF_EMPTY;
    allocation_fixture_init(&fixture);
    assert_ok(tl_explain(&out, &fixture.allocation, member, &err), &err);
    assert_string_equal(tl_buf_string(&out), expected);
    tl_buf_release(&out);
    allocation_fixture_release(&fixture);
}

/* Every step of priced and budgeted lines, a waiver, a cap that binds, and a price that nobody knows yet. */
static void every_amount_of_a_member_has_its_working(void **state)
{
    (void)state;
    explains("0751", "0751 Aarhus, os2valghalla 2026\n"
                     "terms from 2026-01-01, figures of 2025-01-01, amounts excluding VAT\n"
                     "\n"
                     "Joining fee (joining), account 00001, once, when the membership begins\n"
                     "  period      2026-01-01 to 2026-12-31\n"
                     "  figure      population 373.388 on 2025-01-01, source: Danmarks Statistik, FOLK1A\n"
                     "  class       Meget stor: above 120.000\n"
                     "  price       350.000,00\n"
                     "  waived      because of funded-3.0\n"
                     "  working     350000.00 x 0\n"
                     "  exact       0,00\n"
                     "  rounding    0,00, to whole 0,01\n"
                     "  amount      0,00\n"
                     "\n"
                     "Annual contribution (maintenance), account 00002, every year\n"
                     "  period      2026-01-01 to 2026-12-31\n"
                     "  figure      population 373.388 on 2025-01-01, source: Danmarks Statistik, FOLK1A\n"
                     "  class       Meget stor: above 120.000\n"
                     "  price       52.000,00\n"
                     "  markup      9 %, member of the association\n"
                     "  working     52000.00 x 1.09\n"
                     "  exact       56.680,00\n"
                     "  rounding    0,00, to whole 0,01\n"
                     "  amount      56.680,00\n"
                     "\n"
                     "Shared development (development), account 00003, every year\n"
                     "  period      2026-01-01 to 2026-12-31\n"
                     "  figure      population 373.388 on 2025-01-01, source: Danmarks Statistik, FOLK1A\n"
                     "  budget      1.200.000,00\n"
                     "  key         25% equal + 75% population\n"
                     "  weight      1571693/3429760 of 1\n"
                     "  share       1571693/3429760 = 45,825160 %\n"
                     "  cap         500.000,00\n"
                     "  working     min(700000.00 x (25% x 1/5 + 75% x 373388/685952)/(1858067/3429760), 500000.00)\n"
                     "  exact       500.000,00\n"
                     "  rounding    0,00, to whole 100,00\n"
                     "  amount      500.000,00\n"
                     "\n"
                     "Hosting (hosting), account 00003, every year\n"
                     "  period      2026-01-01 to 2026-12-31\n"
                     "  figure      population 373.388 on 2025-01-01, source: Danmarks Statistik, FOLK1A\n"
                     "  budget      100.000,00\n"
                     "  key         population\n"
                     "  weight      373388 of 585951\n"
                     "  share       373388/585951 = 63,723417 %\n"
                     "  working     100000.00 x 373388/585951\n"
                     "  exact       63.723,417146, exactly 37338800000/585951\n"
                     "  rounding    +0,002854, exactly 83621/29297550, to whole 0,01\n"
                     "  amount      63.723,42\n"
                     "  carried on  -0,00285419771\n"
                     "\n"
                     "Connection (connection), account 00001, every year\n"
                     "  period      2026-01-01 to 2026-12-31\n"
                     "  amount      not yet known, so it cannot be billed\n"
                     "\n"
                     "Total of what is known 620.403,42\n");
}

static void lines_without_a_share_say_why(void **state)
{
    (void)state;
    explains("0479", "0479 Svendborg, os2valghalla 2026\n"
                     "terms from 2026-01-01, figures of 2025-01-01, amounts excluding VAT\n"
                     "\n"
                     "Joining fee (joining), account 00001, once, when the membership begins\n"
                     "  no share    not due in this year\n"
                     "\n"
                     "Annual contribution (maintenance), account 00002, every year\n"
                     "  period      2026-01-01 to 2026-12-31\n"
                     "  figure      population 60.001 on 2025-01-01, source: Danmarks Statistik, FOLK1A\n"
                     "  class       Stor: 60.000 or more, up to and including 120.000\n"
                     "  price       42.000,00\n"
                     "  markup      35 %, not a member of the association\n"
                     "  working     42000.00 x 1.35\n"
                     "  exact       56.700,00\n"
                     "  rounding    0,00, to whole 0,01\n"
                     "  amount      56.700,00\n"
                     "\n"
                     "Shared development (development), account 00003, every year\n"
                     "  period      2026-01-01 to 2026-12-31\n"
                     "  figure      population 60.001 on 2025-01-01, source: Danmarks Statistik, FOLK1A\n"
                     "  budget      1.200.000,00\n"
                     "  key         25% equal + 75% population\n"
                     "  weight      1585967/13719040 of 1\n"
                     "  share       1585967/13719040 = 11,560335 %\n"
                     "  cap         500.000,00\n"
                     "  working     700000.00 x (25% x 1/5 + 75% x 60001/685952)/(1858067/3429760)\n"
                     "  exact       149.372,560301, exactly 277544225000/1858067\n"
                     "  rounding    +27,439699, exactly 50984800/1858067, to whole 100,00\n"
                     "  amount      149.400,00\n"
                     "  carried on  -27,43969942957\n"
                     "\n"
                     "Hosting (hosting), account 00003, every year\n"
                     "  no share    only for those who took the option hosting\n"
                     "\n"
                     "Connection (connection), account 00001, every year\n"
                     "  no share    only for those who took the option hosting\n"
                     "\n"
                     "Total 206.100,00\n");
}

/* The first part of the text only. */
static void begins(const char *member, const char *expected)
{
    struct allocation_fixture fixture;
    struct tl_err err = TL_ERR_NONE;
    struct tl_buf out = TL_BUF_EMPTY;
    allocation_fixture_init(&fixture);
    assert_ok(tl_explain(&out, &fixture.allocation, member, &err), &err);
    assert_true(out.length > strlen(expected));
    out.bytes[strlen(expected)] = '\0';
    assert_string_equal(tl_buf_string(&out), expected);
    tl_buf_release(&out);
    allocation_fixture_release(&fixture);
}

static void class_set_by_hand_has_its_reason(void **state)
{
    (void)state;
    begins("S001", "S001 Styrelsen, os2valghalla 2026\n"
                   "terms from 2026-01-01, figures of 2025-01-01, amounts excluding VAT\n"
                   "\n"
                   "Joining fee (joining), account 00001, once, when the membership begins\n"
                   "  period      2026-01-01 to 2026-12-31\n"
                   "  class       Stor, set by hand: staten har ingen indbyggere\n"
                   "  price       190.000,00\n"
                   "  working     190000.00\n"
                   "  exact       190.000,00\n");
}

static void rules(const struct tl_terms *terms, size_t index, const char *expected)
{
    struct tl_buf out = TL_BUF_EMPTY;
    tl_explain_class_rule(&out, terms, &terms->classes[index]);
    assert_string_equal(tl_buf_string(&out), expected);
    tl_buf_release(&out);
}

static void class_rule_says_on_which_side_the_boundary_lies(void **state)
{
    (void)state;
    struct tl_size_class classes[] = {
        {.name = "Lille", .has_bound = true, .inclusive = false, .bound = {25000, 1}},
        {.name = "Mellem", .has_bound = true, .inclusive = true, .bound = {60000, 1}},
        {.name = "Stor", .has_bound = true, .inclusive = false, .bound = {120000, 1}},
        {.name = "Meget stor"},
    };
    struct tl_terms terms = {.classes = classes, .class_count = 4};
    rules(&terms, 0, "below 25.000");
    rules(&terms, 1, "25.000 or more, up to and including 60.000");
    rules(&terms, 2, "above 60.000, below 120.000");
    rules(&terms, 3, "120.000 or more");
    classes[0].inclusive = true;
    rules(&terms, 0, "up to and including 25.000");
    struct tl_terms all = {.classes = &classes[3], .class_count = 1};
    rules(&all, 0, "everyone");
    struct tl_buf out = TL_BUF_EMPTY;
    tl_explain_class_rule(&out, &all, &classes[0]);
    assert_string_equal(tl_buf_string(&out), "");
}

/* Does the working of a member of the enriched fixture hold this part? */
static void enriched_holds(const char *member, const char *part)
{
    struct allocation_fixture fixture;
    struct tl_err err = TL_ERR_NONE;
    struct tl_buf out = TL_BUF_EMPTY;
    allocation_fixture_init(&fixture);
    allocation_fixture_enrich(&fixture);
    assert_ok(tl_explain(&out, &fixture.allocation, member, &err), &err);
    if (strstr(tl_buf_string(&out), part) == NULL)
        fail_msg("missing:\n%s\nin:\n%s", part, tl_buf_string(&out));
    tl_buf_release(&out);
    allocation_fixture_release(&fixture);
}

static void price_tells_index_part_of_the_year_passive_membership_and_rebate(void **state)
{
    (void)state;
    enriched_holds("0751", "Annual contribution (maintenance), account 00002, every year\n"
                           "  period      2026-05-01 to 2026-12-31, counts as 2/3 of the billed period\n"
                           "  figure      population 373.388 on 2025-01-01, source: Danmarks Statistik, FOLK1A\n"
                           "  class       Meget stor: above 120.000\n"
                           "  price       52.000,00\n"
                           "  index       pl 106,2 on 2026-01-01, source: KL 2026\n"
                           "  over        100 on 2023-01-01, source: KL 2023\n"
                           "  then        55.224,00\n"
                           "  passive     1/3 of the price, since the membership is passive\n"
                           "  markup      9 %, member of the association\n"
                           "  rebate      1.000,00 off the year's price\n"
                           "  working     (round(52000.00 x 106.2/100, 1.00) x (1/3) x 1.09 - 1000.00) x 8/12\n"
                           "  exact       12.709,813333, exactly 953236/75\n"
                           "  rounding    -0,003333, exactly -1/300, to whole 0,01\n"
                           "  amount      12.709,81\n");
}

static void pieces_of_the_year_are_told_apart_and_together(void **state)
{
    (void)state;
    enriched_holds("0461", "Shared development (development), account 00003, every year\n"
                           "  period      2026-01-01 to 2026-04-30, counts as 1/3 of the billed period\n"
                           "  figure      population 210.803 on 2025-01-01, source: Danmarks Statistik, FOLK1A\n"
                           "  budget      1.200.000,00\n"
                           "  of it       400.000,00 in this part of the period\n"
                           "  to the key  356.000,00 after agreed amounts and first shares\n"
                           "  first       10 % before the key, and a share by the key\n"
                           "  key         25% equal + 75% population\n"
                           "  weight      2208031/3729648 of 1\n"
                           "  share       2208031/3729648 = 59,202128 %\n"
                           "  published   59,202 %\n"
                           "  cap         90 % of the budget\n"
                           "  working     1200000.00 x 10% x 4/12 + 356000.00 x 59.202%\n"
                           "  exact       250.759,12\n"
                           "  rounding    0,00, to whole 0,01\n"
                           "  amount      250.759,12\n"
                           "  period      2026-05-01 to 2026-12-31, counts as 2/3 of the billed period\n"
                           "  figure      population 210.803 on 2025-01-01, source: Danmarks Statistik, FOLK1A\n"
                           "  budget      1.200.000,00\n"
                           "  of it       800.000,00 in this part of the period\n"
                           "  to the key  712.000,00 after agreed amounts and first shares\n"
                           "  first       10 % before the key, and a share by the key\n"
                           "  key         25% equal + 75% population\n"
                           "  weight      267819/912256 of 1\n"
                           "  share       267819/912256 = 29,357878 %\n"
                           "  published   29,358 %\n"
                           "  cap         90 % of the budget\n"
                           "  working     1200000.00 x 10% x 8/12 + 712000.00 x 29.358%\n"
                           "  exact       289.028,96\n"
                           "  rounding    0,00, to whole 0,01\n"
                           "  amount      289.028,96\n"
                           "  together    539.788,08\n");
}

static void frozen_class_says_until_when(void **state)
{
    (void)state;
    enriched_holds("0461", "  class       Stor, kept until 2028 whatever the figure says\n");
}

static void agreed_amount_has_its_reason(void **state)
{
    (void)state;
    enriched_holds("0825", "  agreed      12.000,00 a year instead of the key: aftalt i styregruppen\n");
}

static void name_cannot_move_the_cursor(void **state)
{
    (void)state;
    struct allocation_fixture fixture;
    struct tl_err err = TL_ERR_NONE;
    struct tl_buf out = TL_BUF_EMPTY;
    allocation_fixture_init(&fixture);
    fixture.members[0].name = "Oden\033[2Jse";
    assert_ok(tl_explain(&out, &fixture.allocation, "0461", &err), &err);
    assert_non_null(strstr(tl_buf_string(&out), "0461 Oden\\x1b[2Jse, os2valghalla 2026\n"));
    assert_null(strchr(tl_buf_string(&out), '\033'));
    tl_buf_release(&out);
    allocation_fixture_release(&fixture);
}

static void member_without_any_share_is_refused(void **state)
{
    (void)state;
    struct allocation_fixture fixture;
    struct tl_err err = TL_ERR_NONE;
    struct tl_buf out = TL_BUF_EMPTY;
    allocation_fixture_init(&fixture);
    assert_refused(tl_explain(&out, &fixture.allocation, "0101", &err), TL_ERR_NOT_FOUND, &err,
                   "'0101' has no share of os2valghalla in 2026",
                   "only those who are members at some time in the year have shares");
    assert_int_equal(out.length, 0);
    allocation_fixture_release(&fixture);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_amount_of_a_member_has_its_working),
        cmocka_unit_test(lines_without_a_share_say_why),
        cmocka_unit_test(class_set_by_hand_has_its_reason),
        cmocka_unit_test(class_rule_says_on_which_side_the_boundary_lies),
        cmocka_unit_test(price_tells_index_part_of_the_year_passive_membership_and_rebate),
        cmocka_unit_test(pieces_of_the_year_are_told_apart_and_together),
        cmocka_unit_test(frozen_class_says_until_when),
        cmocka_unit_test(agreed_amount_has_its_reason),
        cmocka_unit_test(name_cannot_move_the_cursor),
        cmocka_unit_test(member_without_any_share_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
