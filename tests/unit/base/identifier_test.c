/* SPDX-License-Identifier: MPL-2.0 */
#include "check.h"
#include "tilslut/base/identifier.h"

typedef tl_status (*checker)(const char *text, struct tl_err *err);

static void accepted(checker check, const char *text)
{
    struct tl_err err = TL_ERR_NONE;
    assert_ok(check(text, &err), &err);
}

static void refused(checker check, const char *text, const char *message, const char *hint)
{
    struct tl_err err = TL_ERR_NONE;
    assert_refused(check(text, &err), TL_ERR_INPUT, &err, message, hint);
}

static void a_cvr_number_has_eight_digits_that_fit_modulus_11(void **state)
{
    (void)state;
    accepted(tl_identifier_check_cvr, "64942212"); /* Københavns Kommune */
    accepted(tl_identifier_check_cvr, "41849983"); /* OS2 */
    refused(tl_identifier_check_cvr, "64942213", "'64942213' is not a CVR number: its check digit does not fit", "");
    refused(tl_identifier_check_cvr, "00000000", "'00000000' is not a CVR number: it begins with 0", "");
    refused(tl_identifier_check_cvr, "6494221", "'6494221' is not a CVR number: it has 7 digits, not 8", "");
    refused(tl_identifier_check_cvr, "", "'' is not a CVR number: it has 0 digits, not 8", "");
    refused(tl_identifier_check_cvr, "64 94 22 12", "'64 94 22 12' is not a CVR number: ' ' is not a digit",
            "write the 8 digits without spaces or marks");
    refused(tl_identifier_check_cvr, "6494221ø", "'6494221ø' is not a CVR number: 'ø' is not a digit",
            "write the 8 digits without spaces or marks");
}

/* Every wrong digit and every exchange of neighbours that modulus 11 promises to find. */
static void one_wrong_digit_never_makes_another_cvr_number(void **state)
{
    (void)state;
    static const char right[] = "29189420";
    for (size_t at = 0; at + 1 < sizeof right; at++) {
        for (char digit = '0'; digit <= '9'; digit++) {
            char text[sizeof right];
            struct tl_err err = TL_ERR_NONE;
            for (size_t i = 0; i < sizeof right; i++)
                text[i] = right[i];
            text[at] = digit;
            assert_int_equal(tl_identifier_check_cvr(text, &err) == TL_OK, digit == right[at]);
        }
    }
}

static void an_ean_number_has_thirteen_digits_that_fit_modulus_10(void **state)
{
    (void)state;
    accepted(tl_identifier_check_ean, "5790002750595"); /* OS2 */
    refused(tl_identifier_check_ean, "5790002750596",
            "'5790002750596' is not an EAN number: its check digit does not fit", "");
    refused(tl_identifier_check_ean, "0000000000000", "'0000000000000' is not an EAN number: it is all zeros", "");
    refused(tl_identifier_check_ean, "579000275059", "'579000275059' is not an EAN number: it has 12 digits, not 13",
            "");
    refused(tl_identifier_check_ean, "579-0002750595", "'579-0002750595' is not an EAN number: '-' is not a digit",
            "write the 13 digits without spaces or marks");
}

static void a_psp_element_may_end_with_an_account(void **state)
{
    (void)state;
    accepted(tl_identifier_check_psp, "XG-9212045260");
    accepted(tl_identifier_check_psp, "XG-9212045260-00003");
    static const char *const wrong[] = {"",
                                        "XG9212045260",
                                        "xg-9212045260",
                                        "XG-921204526",
                                        "XG-92120452600",
                                        "XG-9212045260-",
                                        "XG-9212045260-0003",
                                        "XG-921204526x"};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        struct tl_err err = TL_ERR_NONE;
        assert_int_equal(tl_identifier_check_psp(wrong[i], &err), TL_ERR_INPUT);
    }
    refused(tl_identifier_check_psp, "XG-921204526",
            "'XG-921204526' is not a PSP element: it is written like XG-9212045260 or XG-9212045260-00003", "");
}

static void a_municipality_code_has_four_digits(void **state)
{
    (void)state;
    accepted(tl_identifier_check_municipality, "0751");
    refused(tl_identifier_check_municipality, "751", "'751' is not a municipality code: it has 3 digits, not 4", "");
    refused(tl_identifier_check_municipality, "O751", "'O751' is not a municipality code: 'O' is not a digit",
            "write the 4 digits without spaces or marks");
}

static void a_product_code_is_small_letters_digits_and_hyphens(void **state)
{
    (void)state;
    accepted(tl_identifier_check_product, "os2valghalla");
    accepted(tl_identifier_check_product, "2-mo");
    accepted(tl_identifier_check_product, "a234567890123456789012345678901234567890");
    refused(tl_identifier_check_product, "", "'' is not a product code: it is empty", "");
    refused(tl_identifier_check_product, "OS2mo", "'OS2mo' is not a product code: only a-z, 0-9 and - are allowed", "");
    refused(tl_identifier_check_product, "os2udoglær",
            "'os2udoglær' is not a product code: only a-z, 0-9 and - are allowed", "");
    refused(tl_identifier_check_product, "-mo", "'-mo' is not a product code: it begins with -", "");
    refused(tl_identifier_check_product, "a2345678901234567890123456789012345678901",
            "'a2345678901234567890123456789012345678901' is not a product code: it has 41 characters, 40 are allowed",
            "");
}

static void an_account_has_five_digits(void **state)
{
    (void)state;
    accepted(tl_identifier_check_account, "00001");
    refused(tl_identifier_check_account, "1", "'1' is not an account: it has 1 digit, not 5", "");
}

static void a_long_text_is_quoted_up_to_a_whole_character(void **state)
{
    (void)state;
    refused(tl_identifier_check_cvr, "11111111112222222222333333333344444444445555555555666666666øøøøø",
            "'11111111112222222222333333333344444444445555555555666666666' is not a CVR number: 'ø' is not a digit",
            "write the 8 digits without spaces or marks");
}

/* The examples of SWIFT's IBAN registry. */
static void an_iban_has_check_digits_that_fit_modulus_97(void **state)
{
    (void)state;
    accepted(tl_identifier_check_iban, "DK5000400440116243");
    accepted(tl_identifier_check_iban, "SE4550000000058398257466");
    accepted(tl_identifier_check_iban, "NO9386011117947");
    accepted(tl_identifier_check_iban, "GB29NWBK60161331926819");
    refused(tl_identifier_check_iban, "DK5100400440116243",
            "'DK5100400440116243' is not an IBAN: its check digits do not fit", "");
    refused(tl_identifier_check_iban, "DK50 0040 0440 1162 43",
            "'DK50 0040 0440 1162 43' is not an IBAN: it is written like DK5000400440116243, without spaces", "");
    refused(tl_identifier_check_iban, "DK500040044011624",
            "'DK500040044011624' is not an IBAN: a Danish one has DK and 16 digits", "");
    refused(tl_identifier_check_iban, "", "'' is not an IBAN: it has 15 to 34 characters", "");
    refused(tl_identifier_check_iban, "SE45500000000583982574660000000000000000",
            "'SE45500000000583982574660000000000000000' is not an IBAN: it has 15 to 34 characters", "");
}

static void a_danish_account_has_four_digits_and_up_to_ten(void **state)
{
    (void)state;
    accepted(tl_identifier_check_bank_registration, "0040");
    refused(tl_identifier_check_bank_registration, "40",
            "'40' is not a bank's registration number: it has 2 digits, not 4", "");
    accepted(tl_identifier_check_bank_account, "440116243");
    accepted(tl_identifier_check_bank_account, "0440116243");
    refused(tl_identifier_check_bank_account, "44011624301",
            "'44011624301' is not an account number: it has 1 to 10 digits", "");
    refused(tl_identifier_check_bank_account, "", "'' is not an account number: it has 1 to 10 digits", "");
    refused(tl_identifier_check_bank_account, "000", "'000' is not an account number: it is all zeros", "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_cvr_number_has_eight_digits_that_fit_modulus_11),
        cmocka_unit_test(one_wrong_digit_never_makes_another_cvr_number),
        cmocka_unit_test(an_ean_number_has_thirteen_digits_that_fit_modulus_10),
        cmocka_unit_test(a_psp_element_may_end_with_an_account),
        cmocka_unit_test(a_municipality_code_has_four_digits),
        cmocka_unit_test(a_product_code_is_small_letters_digits_and_hyphens),
        cmocka_unit_test(an_account_has_five_digits),
        cmocka_unit_test(an_iban_has_check_digits_that_fit_modulus_97),
        cmocka_unit_test(a_danish_account_has_four_digits_and_up_to_ten),
        cmocka_unit_test(a_long_text_is_quoted_up_to_a_whole_character),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
