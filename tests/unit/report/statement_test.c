/* SPDX-License-Identifier: MPL-2.0 */
#include "check.h"
#include "statements.h"
#include "tilslut/report/statement.h"

static void sample_foots(void **state)
{
    (void)state;
    struct sample_statement sample;
    struct tl_err err = TL_ERR_NONE;
    sample_statement_init(&sample);
    assert_ok(tl_statement_check(&sample.statement, &err), &err);
}

static void refused(struct sample_statement *sample, const char *message)
{
    struct tl_err err = TL_ERR_NONE;
    assert_refused(tl_statement_check(&sample->statement, &err), TL_ERR_BROKEN, &err, message, NULL);
}

static void statement_that_is_an_oere_off_is_refused_with_both_amounts(void **state)
{
    (void)state;
    struct sample_statement sample;
    sample_statement_init(&sample);
    sample.statement.closing.minor++;
    refused(&sample, "the statement does not foot: the closing balance is 187.253,65, but its parts make 187.253,64");
    sample_statement_init(&sample);
    sample.statement.charges.minor--;
    refused(&sample, "the statement does not foot: charges are 516.687,94, but its parts make 516.687,95");
    sample_statement_init(&sample);
    sample.statement.payments.minor--;
    refused(&sample, "the statement does not foot: payments are -328.183,82, but its parts make -328.183,81");
    sample_statement_init(&sample);
    sample.rows[1].vat.minor++;
    refused(&sample, "the statement does not foot: the gross of a row is 271.503,81, but its parts make 271.503,82");
}

static void row_outside_the_period_is_refused(void **state)
{
    (void)state;
    struct sample_statement sample;
    sample_statement_init(&sample);
    sample.rows[SAMPLE_ROWS - 1].date = tl_date_of(2027, 1, 1);
    refused(&sample, "the statement has entry 1093 of 2027-01-01, outside its period");
    sample_statement_init(&sample);
    sample.rows[0].date = tl_date_of(2025, 12, 31);
    refused(&sample, "the statement has entry 12 of 2025-12-31, outside its period");
}

static void row_out_of_order_is_refused(void **state)
{
    (void)state;
    struct sample_statement sample;
    sample_statement_init(&sample);
    sample.rows[3].date = tl_date_of(2026, 1, 14);
    refused(&sample, "the statement has entry 57 of 2026-01-14 after a later one");
}

static struct tl_digest digest_of(const struct tl_statement *statement)
{
    struct tl_err err = TL_ERR_NONE;
    struct tl_digest digest;
    assert_ok(tl_statement_digest(&digest, statement, &err), &err);
    return digest;
}

static void digest_is_the_same_for_a_new_issue_of_the_same_content(void **state)
{
    (void)state;
    struct sample_statement first, second;
    sample_statement_init(&first);
    sample_statement_init(&second);
    second.statement.issue = (struct tl_issue){.number = "KU-0751-2026-B",
                                               .version = 9,
                                               .replaces = 8,
                                               .date = tl_date_of(2027, 2, 3),
                                               .head = tl_digest_of("other", 5),
                                               .head_entry = 77};
    second.rows[3].decision = NULL;
    first.rows[3].decision = "";
    struct tl_digest a = digest_of(&first.statement), b = digest_of(&second.statement);
    assert_true(tl_digest_equal(&a, &b));
}

/* One change per kind of field; each must be seen. */
static void change(struct sample_statement *sample, int which)
{
    struct tl_statement_row *row = &sample->rows[1];
    switch (which) {
    case 0:
        row->covers = "noget andet";
        break;
    case 1:
        row->order_reference = "4500123457";
        break;
    case 2:
        row->vat_rate = tl_ratio_of(1, 5);
        break;
    case 3:
        row->is_budgeted = false;
        break;
    case 4:
        row->due = tl_date_of(2026, 2, 15);
        break;
    case 5:
        row->budget.minor++;
        break;
    case 6:
        sample->party.address = "Rådhuspladsen 3, 8000 Aarhus C";
        break;
    case 7:
        sample->owner.cvr = "12345674";
        break;
    case 8:
        sample->statement.currency = "EUR";
        break;
    case 9:
        sample->statement.opening.minor++;
        break;
    case 10:
        sample->statement.row_count--;
        break;
    case 11: /* the same letters in a row, but in other fields */
        row->product_code = "os2";
        row->product_name = "valghallaOS2valghalla";
        break;
    }
}

static void digest_sees_every_change_of_content(void **state)
{
    (void)state;
    struct sample_statement original;
    sample_statement_init(&original);
    struct tl_digest before = digest_of(&original.statement);
    for (int which = 0; which <= 11; which++) {
        struct sample_statement changed;
        sample_statement_init(&changed);
        change(&changed, which);
        struct tl_digest after = digest_of(&changed.statement);
        if (tl_digest_equal(&before, &after))
            fail_msg("change %d was not seen", which);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sample_foots),
        cmocka_unit_test(statement_that_is_an_oere_off_is_refused_with_both_amounts),
        cmocka_unit_test(row_outside_the_period_is_refused),
        cmocka_unit_test(row_out_of_order_is_refused),
        cmocka_unit_test(digest_is_the_same_for_a_new_issue_of_the_same_content),
        cmocka_unit_test(digest_sees_every_change_of_content),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
