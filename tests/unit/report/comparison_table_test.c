/* SPDX-License-Identifier: MPL-2.0 */
#include <string.h>

#include "check.h"
#include "community.h"
#include "tilslut/report/comparison_table.h"

/* Two allocations of one community. */
struct pair {
    struct tl_terms terms, other;
    struct community community;
    struct tl_allocation before, after;
};

static void allocate(struct tl_allocation *out, const struct tl_terms *terms, const struct tl_member *members,
                     size_t count)
{
    struct tl_err err = TL_ERR_NONE;
    struct tl_alloc_request request = {.terms = terms, .year = 2026, .members = members, .member_count = count};
    assert_ok(tl_alloc(out, &request, &err), &err);
}

static void release(struct pair *pair)
{
    tl_allocation_release(&pair->before);
    tl_allocation_release(&pair->after);
    community_release(&pair->community);
    tl_terms_release(&pair->terms);
    tl_terms_release(&pair->other);
}

static void assert_prints(const struct pair *pair, bool by_line, tl_table_form form, const char *expected)
{
    struct tl_err err = TL_ERR_NONE;
    struct tl_table table = TL_TABLE_EMPTY;
    struct tl_buf out = TL_BUF_EMPTY;
    assert_ok(by_line ? tl_comparison_table_long(&table, &pair->before, &pair->after, &err)
                      : tl_comparison_table(&table, &pair->before, &pair->after, &err),
              &err);
    assert_ok(tl_table_print(&out, &table, form, &err), &err);
    assert_string_equal(tl_buf_string(&out), expected);
    tl_buf_release(&out);
    tl_table_release(&table);
}

/* 0001 and 0002 share 90 kroner by population and pay a fee of 10; then 0001 leaves, 0003 comes, and the fee is not
 * known any more. */
static void make_pair(struct pair *pair)
{
    static const int64_t populations[] = {1000, 2000, 7000};
    *pair = (struct pair){.before = TL_ALLOCATION_EMPTY, .after = TL_ALLOCATION_EMPTY};
    community_make(&pair->community, 2025, populations, 3);
    community_terms(&pair->terms);
    community_add_budget(&pair->terms, "pot", 9000, "population");
    community_add_flat(&pair->terms, "fee", 1000);
    community_terms(&pair->other);
    community_add_budget(&pair->other, "pot", 9000, "population");
    community_add_flat(&pair->other, "fee", 1000)->price.kind = TL_PRICE_NOT_YET_KNOWN;
    allocate(&pair->before, &pair->terms, pair->community.members, 2);
    allocate(&pair->after, &pair->other, pair->community.members + 1, 2);
}

static void each_member_has_a_row_with_totals_below(void **state)
{
    (void)state;
    struct pair pair;
    make_pair(&pair);
    /* 0002: 60 of 90 and the fee; then 20 of 90, which 0003 pays 70 of */
    assert_prints(&pair, false, TL_TABLE_TEXT,
                  "Member  Name   Before  After  Difference\n"
                  "──────  ─────  ──────  ─────  ──────────\n"
                  "0001    0001    40,00      -      -40,00\n"
                  "0002    0002    70,00  20,00      -50,00\n"
                  "0003    0003        -  70,00       70,00\n"
                  "──────  ─────  ──────  ─────  ──────────\n"
                  "        Total  110,00  90,00      -20,00\n");
    release(&pair);
}

static void machines_get_a_row_per_member_and_line(void **state)
{
    (void)state;
    struct pair pair;
    make_pair(&pair);
    assert_prints(&pair, true, TL_TABLE_CSV,
                  "member,name,line,before,after,difference\n"
                  "0001,0001,fee,10.00,,-10.00\n"
                  "0001,0001,pot,30.00,,-30.00\n"
                  "0002,0002,fee,10.00,,-10.00\n"
                  "0002,0002,pot,60.00,20.00,-40.00\n"
                  "0003,0003,pot,,70.00,70.00\n");
    release(&pair);
}

static void two_empty_allocations_have_no_rows(void **state)
{
    (void)state;
    struct pair pair = {.before = TL_ALLOCATION_EMPTY, .after = TL_ALLOCATION_EMPTY};
    community_make(&pair.community, 2025, NULL, 0);
    community_terms(&pair.terms);
    community_terms(&pair.other);
    allocate(&pair.before, &pair.terms, NULL, 0);
    allocate(&pair.after, &pair.other, NULL, 0);
    assert_prints(&pair, true, TL_TABLE_CSV, "member,name,line,before,after,difference\n");
    assert_prints(&pair, false, TL_TABLE_JSON, "[]\n");
    release(&pair);
}

/* The pieces of a year that a member's joining cuts are one row, and rows and totals foot to both allocations. */
static void rows_foot_in_both_directions(void **state)
{
    (void)state;
    struct tl_err err = TL_ERR_NONE;
    struct pair pair = {.before = TL_ALLOCATION_EMPTY, .after = TL_ALLOCATION_EMPTY};
    struct tl_table table = TL_TABLE_EMPTY;
    int64_t sum[3] = {0};
    community_load(&pair.community, 2025);
    community_terms(&pair.terms);
    community_terms(&pair.other);
    community_add_budget(&pair.terms, "pot", 123456789, "25% equal + 75% population")->prorata = TL_PRORATA_DAYS;
    community_add_budget(&pair.other, "pot", 234567891, "equal")->prorata = TL_PRORATA_DAYS;
    pair.community.members[7].first = tl_date_of(2026, 4, 2);
    pair.community.members[9].last = tl_date_of(2026, 9, 30);
    allocate(&pair.before, &pair.terms, pair.community.members, 60);
    allocate(&pair.after, &pair.other, pair.community.members + 5, 93);
    assert_ok(tl_comparison_table(&table, &pair.before, &pair.after, &err), &err);
    assert_int_equal(table.row_count, 98);
    for (size_t i = 0; i < table.row_count; i++) {
        const struct tl_cell *row = table.rows[i];
        struct tl_money before = row[2].present ? row[2].as.money : (struct tl_money){0};
        struct tl_money after = row[3].present ? row[3].as.money : (struct tl_money){0}, paid;
        assert_int_equal(row[2].present, i < 60);
        assert_int_equal(row[3].present, i >= 5);
        assert_money(row[4].as.money, after.minor - before.minor);
        assert_ok(tl_allocation_member_total(&paid, &pair.before, row[0].as.text, &err), &err);
        assert_money(before, paid.minor);
        assert_ok(tl_allocation_member_total(&paid, &pair.after, row[0].as.text, &err), &err);
        assert_money(after, paid.minor);
        for (size_t j = 0; j < 3; j++)
            sum[j] += row[j + 2].present ? row[j + 2].as.money.minor : 0;
    }
    for (size_t j = 0; j < 3; j++)
        assert_money(table.totals[j + 2].as.money, sum[j]);
    assert_money(table.totals[2].as.money, 123456789);
    assert_money(table.totals[3].as.money, 234567891);
    tl_table_release(&table);
    release(&pair);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_member_has_a_row_with_totals_below),
        cmocka_unit_test(machines_get_a_row_per_member_and_line),
        cmocka_unit_test(two_empty_allocations_have_no_rows),
        cmocka_unit_test(rows_foot_in_both_directions),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
