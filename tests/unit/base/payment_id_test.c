/* SPDX-License-Identifier: MPL-2.0 */
#include "check.h"

#include <string.h>

#include "tilslut/base/payment_id.h"

static void makes(int64_t number, const char *id)
{
    char made[TL_PAYMENT_ID_TEXT];
    struct tl_err err = TL_ERR_NONE;
    assert_ok(tl_payment_id_make(number, made, &err), &err);
    assert_string_equal(made, id);
    assert_ok(tl_payment_id_check(TL_PAYMENT_ID_71, made, &err), &err);
}

/* 1 and 02684014996532: documentation of Business::DK::FI; 2: giro-kort.dk on payment ids; 00404040000066: Uniconta's
 * description of the FIK code. */
static void published_examples_have_their_check_digit(void **state)
{
    (void)state;
    makes(1, "000000000000018");
    makes(2, "000000000000026");
    makes(INT64_C(2684014996532), "026840149965328");
    makes(INT64_C(404040000066), "004040400000669");
}

static void a_number_outside_fourteen_digits_makes_no_payment_id(void **state)
{
    (void)state;
    static const struct {
        int64_t number;
        const char *message;
    } cases[] = {
        {0, "'0' can't be a payment id: a number from 1 to 99999999999999 can"},
        {-1, "'-1' can't be a payment id: a number from 1 to 99999999999999 can"},
        {INT64_C(100000000000000), "'100000000000000' can't be a payment id: a number from 1 to 99999999999999 can"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        char id[TL_PAYMENT_ID_TEXT];
        struct tl_err err = TL_ERR_NONE;
        assert_refused(tl_payment_id_make(cases[i].number, id, &err), TL_ERR_RANGE, &err, cases[i].message, "");
    }
    makes(TL_PAYMENT_ID_NUMBER_MAX, "999999999999994");
}

static void one_wrong_digit_never_makes_another_payment_id(void **state)
{
    (void)state;
    static const char right[] = "026840149965328";
    for (size_t at = 0; at + 1 < sizeof right; at++) {
        for (char digit = '0'; digit <= '9'; digit++) {
            char text[sizeof right];
            struct tl_err err = TL_ERR_NONE;
            memcpy(text, right, sizeof right);
            text[at] = digit;
            assert_int_equal(tl_payment_id_check(TL_PAYMENT_ID_71, text, &err) == TL_OK, digit == right[at]);
        }
    }
}

static void refused_id(tl_payment_id_type type, const char *id, const char *message, const char *hint)
{
    struct tl_err err = TL_ERR_NONE;
    assert_refused(tl_payment_id_check(type, id, &err), TL_ERR_INPUT, &err, message, hint);
}

static void each_type_has_its_own_number_of_digits(void **state)
{
    (void)state;
    struct tl_err err = TL_ERR_NONE;
    assert_ok(tl_payment_id_check(TL_PAYMENT_ID_73, "", &err), &err);
    assert_ok(tl_payment_id_check(TL_PAYMENT_ID_75, "0026840149965328", &err), &err);
    refused_id(TL_PAYMENT_ID_71, "0026840149965328",
               "'0026840149965328' is not a payment id of type 71: it has 16 digits, not 15", "");
    refused_id(TL_PAYMENT_ID_75, "026840149965328",
               "'026840149965328' is not a payment id of type 75: it has 15 digits, not 16", "");
    refused_id(TL_PAYMENT_ID_73, "1", "'1' is not a payment id: type 73 has none", "");
    refused_id(TL_PAYMENT_ID_71, "", "'' is not a payment id of type 71: it has 0 digits, not 15", "");
    refused_id(TL_PAYMENT_ID_71, "000000000000000", "'000000000000000' is not a payment id of type 71: it is all zeros",
               "");
    refused_id(TL_PAYMENT_ID_71, "000000000000019",
               "'000000000000019' is not a payment id of type 71: its check digit does not fit", "");
    refused_id(TL_PAYMENT_ID_71, "0000 0000 0000 018",
               "'0000 0000 0000 018' is not a payment id of type 71: it holds more than digits",
               "write the 15 digits without spaces or marks");
}

static void a_creditor_number_has_eight_digits(void **state)
{
    (void)state;
    struct tl_err err = TL_ERR_NONE;
    assert_ok(tl_payment_id_check_creditor("81234567", &err), &err);
    assert_refused(tl_payment_id_check_creditor("1234567", &err), TL_ERR_INPUT, &err,
                   "'1234567' is not a creditor number: it has 7 digits, not 8", "");
    err = (struct tl_err)TL_ERR_NONE;
    assert_refused(tl_payment_id_check_creditor("00000000", &err), TL_ERR_INPUT, &err,
                   "'00000000' is not a creditor number: it is all zeros", "");
}

static void a_line_is_read_as_it_is_written(void **state)
{
    (void)state;
    static const struct {
        tl_payment_id_type type;
        const char *id, *line;
    } cases[] = {
        {TL_PAYMENT_ID_71, "026840149965328", "+71<026840149965328+81234567<"},
        {TL_PAYMENT_ID_73, "", "+73<+81234567<"},
        {TL_PAYMENT_ID_75, "0026840149965328", "+75<0026840149965328+81234567<"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct tl_err err = TL_ERR_NONE;
        struct tl_payment_id read;
        char line[TL_PAYMENT_ID_LINE];
        assert_ok(tl_payment_id_line(cases[i].type, cases[i].id, "81234567", line, &err), &err);
        assert_string_equal(line, cases[i].line);
        assert_ok(tl_payment_id_read(line, &read, &err), &err);
        assert_int_equal(read.type, cases[i].type);
        assert_string_equal(read.id, cases[i].id);
        assert_string_equal(read.creditor, "81234567");
    }
}

static void spaces_and_a_missing_end_mark_are_read_over(void **state)
{
    (void)state;
    struct tl_err err = TL_ERR_NONE;
    struct tl_payment_id read;
    assert_ok(tl_payment_id_read(" +71 < 026840149965328 + 81234567 ", &read, &err), &err);
    assert_string_equal(read.id, "026840149965328");
    assert_string_equal(read.creditor, "81234567");
}

static void what_is_no_line_is_refused(void **state)
{
    (void)state;
    static const char *const wrong[] = {"",
                                        "71<026840149965328+81234567<",
                                        "+72<026840149965328+81234567<",
                                        "+71026840149965328+81234567<",
                                        "+71<026840149965328",
                                        "+71<026840149965328+812345678<",
                                        "+71<02684014996532800000+81234567<",
                                        "+71<026840149965328+81234567<x",
                                        "+071<026840149965328+81234567<"};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        struct tl_err err = TL_ERR_NONE;
        struct tl_payment_id read;
        assert_int_equal(tl_payment_id_read(wrong[i], &read, &err), TL_ERR_INPUT);
        assert_string_equal(err.hint, "it is written like +71<026840149965328+81234567<, +73<+81234567< or +75<..");
    }
    struct tl_err err = TL_ERR_NONE;
    struct tl_payment_id read;
    assert_refused(tl_payment_id_read("+71<026840149965327+81234567<", &read, &err), TL_ERR_INPUT, &err,
                   "'026840149965327' is not a payment id of type 71: its check digit does not fit", "");
    char line[TL_PAYMENT_ID_LINE];
    err = (struct tl_err)TL_ERR_NONE;
    assert_refused(tl_payment_id_line(TL_PAYMENT_ID_71, "026840149965328", "8123456", line, &err), TL_ERR_INPUT, &err,
                   "'8123456' is not a creditor number: it has 7 digits, not 8", "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(published_examples_have_their_check_digit),
        cmocka_unit_test(a_number_outside_fourteen_digits_makes_no_payment_id),
        cmocka_unit_test(one_wrong_digit_never_makes_another_payment_id),
        cmocka_unit_test(each_type_has_its_own_number_of_digits),
        cmocka_unit_test(a_creditor_number_has_eight_digits),
        cmocka_unit_test(a_line_is_read_as_it_is_written),
        cmocka_unit_test(spaces_and_a_missing_end_mark_are_read_over),
        cmocka_unit_test(what_is_no_line_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
