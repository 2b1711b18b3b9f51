/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/key/instalment.h"

#include <string.h>

#include "check.h"
#include "community.h"

static void allocate(struct tl_allocation *out, const struct tl_terms *terms, const struct community *community)
{
    struct tl_err err = TL_ERR_NONE;
    struct tl_alloc_request request = {
        .terms = terms, .year = 2026, .members = community->members, .member_count = community->count};
    assert_ok(tl_alloc(out, &request, &err), &err);
}

static void two_halves_differ_by_at_most_the_odd_oere(void **state)
{
    (void)state;
    struct tl_terms terms;
    struct community community;
    struct tl_allocation allocation;
    struct tl_instalments instalments;
    struct tl_err err = TL_ERR_NONE;
    struct tl_money total;
    community_terms(&terms);
    community_make(&community, 2025, (const int64_t[]){1, 1, 1}, 3);
    community_add_flat(&terms, "fee", 10001);
    community_add_flat(&terms, "later", 0)->price.kind = TL_PRICE_NOT_YET_KNOWN;
    allocate(&allocation, &terms, &community);
    assert_ok(tl_instalments_split(&instalments, &allocation, (const struct tl_ratio[]){{1, 2}, {1, 2}}, 2, &err),
              &err);
    const struct tl_instalment_line *line = &instalments.lines[0];
    assert_money(line->totals[0], 15002);
    assert_money(line->totals[1], 15001);
    assert_money(instalments.totals[0], 15002);
    for (size_t i = 0; i < 3; i++) {
        assert_money((struct tl_money){line->amounts[2 * i].minor + line->amounts[2 * i + 1].minor}, 10001);
        assert_true(line->amounts[2 * i].minor == 5000 || line->amounts[2 * i].minor == 5001);
    }
    assert_ok(tl_instalments_member_total(&total, &instalments, "0003", 0, &err), &err);
    assert_money(total, 5000);
    assert_ok(tl_instalments_member_total(&total, &instalments, "0009", 0, &err), &err);
    assert_money(total, 0);
    tl_instalments_release(&instalments);
    tl_allocation_release(&allocation);
    community_release(&community);
    tl_terms_release(&terms);
}

/* Everybody has paid its exact part to less than an øre after each instalment (the largest remainder of all may move
 * one more), and nobody pays back. */
static void check_line(const struct tl_instalment_line *line, const struct tl_ratio *parts, size_t count)
{
    int64_t columns[8] = {0};
    mpq_t paid, due, part;
    mpq_init(paid);
    mpq_init(due);
    mpq_init(part);
    for (size_t i = 0; i < line->result->share_count; i++) {
        int64_t amount = line->result->shares[i].amount.minor, sum = 0;
        mpq_set_ui(due, 0, 1);
        for (size_t j = 0; j < count; j++) {
            int64_t instalment = line->amounts[i * count + j].minor;
            assert_true(amount >= 0 ? instalment >= 0 : instalment <= 0);
            sum += instalment;
            columns[j] += instalment;
            mpq_set_si(part, parts[j].numerator, (unsigned long)parts[j].denominator);
            mpq_canonicalize(part);
            mpq_set_si(paid, amount, 1);
            mpq_mul(part, part, paid);
            mpq_add(due, due, part);
            mpq_set_si(paid, sum, 1);
            mpq_sub(paid, paid, due);
            mpq_abs(paid, paid);
            assert_true(mpq_cmp_ui(paid, 2, 1) < 0);
        }
        assert_same_int(sum, amount);
    }
    for (size_t j = 0; j < count; j++)
        assert_money(line->totals[j], columns[j]);
    mpq_clear(paid);
    mpq_clear(due);
    mpq_clear(part);
}

static void the_table_agrees_in_rows_columns_and_total(void **state)
{
    (void)state;
    static const struct tl_ratio quarters[] = {{1, 4}, {1, 4}, {1, 4}, {1, 4}};
    static const struct tl_ratio uneven[] = {{1, 7}, {1, 3}, {11, 21}};
    static const struct tl_ratio once[] = {{1, 1}};
    static const struct {
        const struct tl_ratio *parts;
        size_t count;
    } plans[] = {{quarters, 4}, {uneven, 3}, {once, 1}};
    struct check_random random = {21};
    struct community community;
    community_load(&community, 2025);
    for (int round = 0; round < 60; round++) {
        struct tl_terms terms;
        struct tl_allocation allocation;
        struct tl_instalments instalments;
        struct tl_err err = TL_ERR_NONE;
        int64_t total = 0;
        community_terms(&terms);
        community_add_budget(&terms, "a", check_random_between(&random, 0, round % 3 == 0 ? 300 : 90000000),
                             "population");
        community_add_budget(&terms, "b", check_random_between(&random, -9000000, 9000000),
                             "25% equal + 75% population");
        community_add_prices(&terms, "c", (const int64_t[]){2200001, 3200003, 4200007, 5200009});
        allocate(&allocation, &terms, &community);
        const struct tl_ratio *parts = plans[round % 3].parts;
        size_t count = plans[round % 3].count;
        assert_ok(tl_instalments_split(&instalments, &allocation, parts, count, &err), &err);
        for (size_t i = 0; i < allocation.line_count; i++)
            check_line(&instalments.lines[i], parts, count);
        for (size_t j = 0; j < count; j++) {
            int64_t by_members = 0;
            for (size_t i = 0; i < community.count; i++) {
                struct tl_money pays;
                assert_ok(tl_instalments_member_total(&pays, &instalments, community.members[i].code, j, &err), &err);
                by_members += pays.minor;
            }
            assert_money(instalments.totals[j], by_members);
            total += by_members;
        }
        assert_money(allocation.total, total);
        tl_instalments_release(&instalments);
        tl_allocation_release(&allocation);
        tl_terms_release(&terms);
    }
    community_release(&community);
}

static void parts_that_are_no_whole_are_refused(void **state)
{
    (void)state;
    struct tl_allocation allocation = TL_ALLOCATION_EMPTY;
    struct tl_instalments instalments;
    struct tl_err err = TL_ERR_NONE;
    assert_refused(tl_instalments_split(&instalments, &allocation, (const struct tl_ratio[]){{1, 2}, {1, 3}}, 2, &err),
                   TL_ERR_INPUT, &err, "the instalments do not sum to the whole",
                   "let their parts sum to 100%, as in 1/3, 1/3, 1/3");
    err = (struct tl_err)TL_ERR_NONE;
    assert_refused(tl_instalments_split(&instalments, &allocation, (const struct tl_ratio[]){{3, 2}, {-1, 2}}, 2, &err),
                   TL_ERR_INPUT, &err, "instalment 2 is not above zero", "");
    err = (struct tl_err)TL_ERR_NONE;
    assert_refused(tl_instalments_split(&instalments, &allocation, (const struct tl_ratio[]){{0, 0}}, 1, &err),
                   TL_ERR_INPUT, &err, "instalment 1 is not above zero", "");
    err = (struct tl_err)TL_ERR_NONE;
    assert_refused(tl_instalments_split(&instalments, &allocation, NULL, 0, &err), TL_ERR_INPUT, &err,
                   "no instalments are named", "");
    err = (struct tl_err)TL_ERR_NONE;
    assert_refused(tl_instalments_split(&instalments, &allocation, NULL, 367, &err), TL_ERR_RANGE, &err,
                   "367 instalments are more than 366", "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_halves_differ_by_at_most_the_odd_oere),
        cmocka_unit_test(the_table_agrees_in_rows_columns_and_total),
        cmocka_unit_test(parts_that_are_no_whole_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
