/* SPDX-License-Identifier: MPL-2.0 */
#include "check.h"

#include "einvoices.h"
#include "tilslut/base/text.h"
#include "tilslut/report/einvoice_check.h"

/* Breaks one thing of an invoice that a receiver would take. */
typedef void breaker(struct tl_einvoice *einvoice);

static struct tl_einvoice_attachment attachment;

/* The flaws of an invoice of two lines, one of each VAT, or of its credit note. */
static void found(breaker *change, bool is_credit, const char *expected)
{
    struct tl_err err = TL_ERR_NONE;
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct tl_buf said = TL_BUF_EMPTY;
    struct sample_einvoice sample;
    struct tl_einvoice einvoice;
    struct tl_einvoice_flaw *flaws = NULL;
    size_t count = 0;
    sample_einvoice_init(&sample);
    sample_einvoice_add(&sample, "Vederlag", 5668000, "S", 25, "");
    sample_einvoice_add(&sample, "Kursus", 100000, "E", 0, "undervisning");
    if (is_credit)
        sample_einvoice_credit(&sample);
    assert_ok(tl_einvoice_make(&einvoice, &sample.source, &arena, &err), &err);
    change(&einvoice);
    assert_ok(tl_einvoice_check(&flaws, &count, &einvoice, &arena, &err), &err);
    for (size_t i = 0; i < count; i++)
        tl_buf_format(&said, "%s: %s [%s]\n", flaws[i].field, flaws[i].text, flaws[i].rule);
    assert_string_equal(tl_buf_string(&said), expected);
    tl_buf_release(&said);
    tl_arena_release(&arena);
}

static void refused(breaker *change, const char *expected)
{
    found(change, false, expected);
}

/* X(name, what is broken, what is said) */
#define HEAD(X)                                                                                                        \
    X(number, e->number = " ", "number (BT-1): it is missing [BR-02]\n")                                               \
    X(date, e->issued = (struct tl_date){0}, "date (BT-2): it is missing [BR-03]\n")                                   \
    X(currency, e->currency = "", "currency (BT-5): it is missing [BR-05]\n")                                          \
    X(due, e->due = (struct tl_date){0},                                                                               \
      "due date (BT-9): there is an amount to pay, and no day to pay it on [BR-CO-25]\n")                              \
    X(references, e->order_reference = e->buyer_reference = "",                                                        \
      "order reference (BT-13): neither an order reference nor a person reference is recorded "                        \
      "[PEPPOL-EN16931-R003]\n")                                                                                       \
    X(orders, e->lines[1].order_reference = "RQ-2",                                                                    \
      "line 2, order reference (BT-13): its order 'RQ-2' is not '4500012345' of the first line; an invoice names one " \
      "order [UBL 2.1, OrderReference 0..1]\n")                                                                        \
    X(line_before, e->lines[1].period.first = tl_date_of(2025, 12, 31),                                                \
      "line 2, period (BT-134): it begins before the invoice's [PEPPOL-EN16931-R110]\n")                               \
    X(line_after, e->lines[1].period.last = tl_date_of(2027, 1, 1),                                                    \
      "line 2, period (BT-135): it ends after the invoice's [PEPPOL-EN16931-R111]\n")                                  \
    X(line_turned, e->lines[1].period = ((struct tl_period){tl_date_of(2026, 3, 1), tl_date_of(2026, 2, 1)}),          \
      "line 2, period (BG-26): it ends before it begins [BR-30]\n")

#define PARTIES(X)                                                                                                     \
    X(seller_name, e->seller.name = "", "seller's name (BT-27): it is missing [BR-06]\n")                              \
    X(seller_endpoint, e->seller.endpoint = "",                                                                        \
      "seller's electronic address (BT-34): no EAN number of 'OS2 - Offentligt digitaliseringsfællesskab' is "        \
      "recorded [PEPPOL-EN16931-R020]\n")                                                                              \
    X(seller_cvr, e->seller.cvr = "", "seller's CVR number (BT-30): it is missing [DK-R-002]\n")                       \
    X(seller_cvr_form, e->seller.cvr = "41849983",                                                                     \
      "seller's CVR number (BT-30): '41849983' is not DK and a CVR number [PEPPOL-COMMON-R042]\n")                     \
    X(seller_vat_form, e->seller.vat = "41849983",                                                                     \
      "seller's VAT number (BT-31): '41849983' does not begin with the country it is from [BR-CO-09]\n")               \
    X(seller_country, e->seller.country = "", "seller's country (BT-40): it is missing [BR-09]\n")                     \
    X(buyer_name, e->buyer.name = "", "buyer's name (BT-44): it is missing [BR-07]\n")                                 \
    X(buyer_endpoint, e->buyer.endpoint = "",                                                                          \
      "buyer's electronic address (BT-49): no EAN number of 'Aarhus Kommune' is recorded [PEPPOL-EN16931-R010]\n")     \
    X(buyer_gln, e->buyer.endpoint = "5790000121091",                                                                  \
      "buyer's electronic address (BT-49): '5790000121091' is not an EAN number [PEPPOL-COMMON-R040]\n")               \
    X(buyer_by_cvr, (e->buyer.scheme = "0184", e->buyer.endpoint = "DK5513301"),                                       \
      "buyer's electronic address (BT-49): 'DK5513301' is not DK and a CVR number [PEPPOL-COMMON-R042]\n")             \
    X(buyer_scheme, e->buyer.scheme = "",                                                                              \
      "buyer's electronic address (BT-49): '' is not a scheme of addresses [BR-63]\n")                                 \
    X(buyer_cvr_form, e->buyer.cvr = "DK1",                                                                            \
      "buyer's CVR number (BT-47): 'DK1' is not DK and a CVR number [PEPPOL-COMMON-R042]\n")                           \
    X(buyer_country, e->buyer.country = "", "buyer's country (BT-55): it is missing [BR-11]\n")

#define PAYMENT(X)                                                                                                     \
    X(no_payment, e->payment.code = "",                                                                                \
      "payment means (BT-81): neither an account nor a creditor number is recorded for its date [BR-49]\n")            \
    X(other_code, e->payment.code = "30",                                                                              \
      "payment means (BT-81): '30' is none of 31, 42, 58 and 93, which we write [DK-R-005]\n")                         \
    X(no_branch, e->payment.branch = "",                                                                               \
      "account (BT-84, BT-86): it has a registration number and an account number [DK-R-006]\n")                       \
    X(no_iban, (e->payment.code = "58", e->payment.account = ""), "account (BT-84): it is missing [BR-61]\n")          \
    X(fik_id, e->payment = ((struct tl_einvoice_payment){"93", "000000202600078", "81234567", ""}),                    \
      "payment id (BT-83): '000000202600078' does not begin with 71#, 73# or 75# [DK-R-010]\n")                        \
    X(fik_digits, e->payment = ((struct tl_einvoice_payment){"93", "71#000000202600079", "81234567", ""}),             \
      "payment id (BT-83): '71#000000202600079' is not a payment id [DK-R-011]\n")                                     \
    X(fik_creditor, e->payment = ((struct tl_einvoice_payment){"93", "71#000000202600078", "8123456", ""}),            \
      "creditor number (BT-84): '8123456' is not 8 digits [DK-R-010]\n")                                               \
    X(attached_type, attach(e, "2026-0007.exe", 3),                                                                    \
      "type of the attachment (BT-125): '2026-0007.exe' is of none of the types that receivers take "                  \
      "[PEPPOL-EN16931-CL001]\n")                                                                                      \
    X(attached_nothing, attach(e, "2026-0007.pdf", 0), "attachment (BT-125): it is empty [PEPPOL-EN16931-R008]\n")

#define AMOUNTS(X)                                                                                                     \
    X(line_name, e->lines[0].name = "\t", "line 1, name (BT-153): it is missing [BR-25]\n")                            \
    X(price, (e->lines[0].price.minor = -5668000, e->lines[0].quantity = -1),                                          \
      "line 1, price (BT-146): it is negative [BR-27]\n")                                                              \
    X(allowance, (e->lines[0].allowance.minor = 100, e->lines[0].price.minor += 100),                                  \
      "line 1, reason of the rebate (BT-139): it is missing [BR-42]\n")                                                \
    X(line_net, e->lines[0].price.minor += 1,                                                                          \
      "line 1, net amount (BT-131): it is 56680.00 and should be 56680.01 [PEPPOL-EN16931-R120]\n")                    \
    X(taxable, e->vats[1].taxable.minor += 100,                                                                        \
      "taxable amount (BT-116): it is 1001.00 and should be 1000.00 [BR-E-08]\n")                                      \
    X(tax, (e->vats[0].tax.minor += 1, e->vat.minor += 1, e->gross.minor += 1, e->payable.minor += 1),                 \
      "VAT of the category (BT-117): it is 14170.01 and should be 14170.00 [BR-S-09]\n")                               \
    X(vat_sum, (e->vat.minor += 1, e->gross.minor += 1, e->payable.minor += 1),                                        \
      "VAT (BT-110): it is 14170.01 and should be 14170.00 [BR-CO-14]\n")                                              \
    X(line_sum, (e->line_sum.minor += 1, e->net.minor += 1, e->gross.minor += 1, e->payable.minor += 1),               \
      "sum of the lines (BT-106): it is 57680.01 and should be 57680.00 [BR-CO-10]\n")                                 \
    X(net, (e->net.minor += 1, e->gross.minor += 1, e->payable.minor += 1),                                            \
      "total without VAT (BT-109): it is 57680.01 and should be 57680.00 [BR-CO-13]\n")                                \
    X(gross, (e->gross.minor += 1, e->payable.minor += 1),                                                             \
      "total with VAT (BT-112): it is 71850.01 and should be 71850.00 [BR-CO-15]\n")                                   \
    X(payable, e->payable.minor -= 1, "amount to pay (BT-115): it is 71849.99 and should be 71850.00 [BR-CO-16]\n")    \
    X(reason, e->vats[1].reason = " ", "reason without VAT (BT-120): it is missing [BR-E-10]\n")                       \
    X(reason_of_taxed, e->vats[0].reason = "why", "reason without VAT (BT-120): what is taxed has none [BR-S-10]\n")   \
    X(no_vat_number, e->seller.vat = "",                                                                               \
      "line 1, seller's VAT number (BT-31): it is missing [BR-S-02]\n"                                                 \
      "line 2, seller's VAT number (BT-31): it is missing [BR-E-02]\n")

static void attach(struct tl_einvoice *einvoice, const char *name, size_t length)
{
    attachment = (struct tl_einvoice_attachment){name, tl_einvoice_attachment_type(name), "abc", length};
    einvoice->attachment = &attachment;
}

#define BREAKER(name, change, expected)                                                                                \
    static void break_##name(struct tl_einvoice *e)                                                                    \
    {                                                                                                                  \
        change;                                                                                                        \
    }
#define REFUSED(name, change, expected) refused(break_##name, expected);

HEAD(BREAKER)
PARTIES(BREAKER)
PAYMENT(BREAKER)
AMOUNTS(BREAKER)

static void break_nothing(struct tl_einvoice *einvoice)
{
    (void)einvoice;
}

static void what_a_receiver_takes_has_no_flaws(void **state)
{
    (void)state;
    found(break_nothing, false, "");
    found(break_nothing, true, "");
}

static void flaws_of_the_head_name_field_and_rule(void **state)
{
    (void)state;
    HEAD(REFUSED)
}

static void flaws_of_the_parties_name_field_and_rule(void **state)
{
    (void)state;
    PARTIES(REFUSED)
}

static void flaws_of_payment_and_attachment_name_field_and_rule(void **state)
{
    (void)state;
    PAYMENT(REFUSED)
}

static void flaws_of_the_amounts_name_field_and_rule(void **state)
{
    (void)state;
    AMOUNTS(REFUSED)
}

/* Rates that do not fit their category, and the sums that go with them. */
static void break_rate_of_taxed(struct tl_einvoice *einvoice)
{
    einvoice->lines[0].rate = einvoice->vats[0].rate = tl_ratio_of(0, 1);
    einvoice->vats[0].tax.minor = einvoice->vat.minor = 0;
    einvoice->gross = einvoice->payable = einvoice->net;
}

static void break_rate_of_exempt(struct tl_einvoice *einvoice)
{
    einvoice->lines[1].rate = tl_ratio_of(1, 4);
}

static void break_rate_without_decimals(struct tl_einvoice *einvoice)
{
    einvoice->lines[0].rate = einvoice->vats[0].rate = tl_ratio_of(1, 3);
    einvoice->vats[0].tax.minor = einvoice->vat.minor = 1889333;
    einvoice->gross.minor = einvoice->payable.minor = einvoice->net.minor + 1889333;
}

static void break_category(struct tl_einvoice *einvoice)
{
    einvoice->lines[1].category = "X";
}

static void break_by_outside(struct tl_einvoice *einvoice)
{
    einvoice->lines[1].category = einvoice->vats[1].category = "O";
}

static void break_outside_rate(struct tl_einvoice *einvoice)
{
    break_by_outside(einvoice);
    einvoice->lines[1].rate = tl_ratio_of(1, 4);
    einvoice->vats[1].taxable.minor = 0;
    einvoice->vats[1].reason = "";
}

static void rates_fit_their_categories_and_nothing_stands_beside_what_is_outside(void **state)
{
    (void)state;
    refused(break_rate_of_taxed, "line 1, VAT rate (BT-152): of what is taxed it is above zero [BR-S-05]\n");
    refused(break_rate_of_exempt, "taxable amount (BT-116): it is 1000.00 and should be 0.00 [BR-E-08]\n"
                                  "line 2, VAT rate (BT-152): of what is exempt it is zero [BR-E-05]\n");
    refused(break_rate_without_decimals, "line 1, VAT rate (BT-152): it cannot be written as a decimal [xs:decimal]\n");
    refused(break_category, "taxable amount (BT-116): it is 1000.00 and should be 0.00 [BR-E-08]\n"
                            "line 2, VAT category (BT-151): 'X' is none of S, E and O [BR-CO-04]\n");
    refused(break_by_outside,
            "VAT by category (BG-23): nothing stands beside what is outside the scope of VAT [BR-O-11]\n"
            "line 2, seller's VAT number (BT-31): beside what is outside the scope of VAT it is not told [BR-O-02]\n");
    refused(break_outside_rate,
            "reason without VAT (BT-120): it is missing [BR-O-10]\n"
            "VAT by category (BG-23): nothing stands beside what is outside the scope of VAT [BR-O-11]\n"
            "line 2, VAT rate (BT-152): what is outside the scope of VAT has none [BR-O-05]\n"
            "line 2, seller's VAT number (BT-31): beside what is outside the scope of VAT it is not told [BR-O-02]\n");
}

static void break_all_lines(struct tl_einvoice *einvoice)
{
    einvoice->line_count = einvoice->vat_count = 0;
    einvoice->line_sum = einvoice->net = einvoice->vat = einvoice->gross = einvoice->payable = (struct tl_money){0};
}

static void an_invoice_without_lines_is_none(void **state)
{
    (void)state;
    refused(break_all_lines, "VAT by category (BG-23): there is none [BR-CO-18]\n"
                             "lines (BG-25): there are none [BR-16]\n");
}

/* As if a credit note had been made of an invoice that is one itself. */
static void break_sign(struct tl_einvoice *einvoice)
{
    break_all_lines(einvoice);
    einvoice->prepaid.minor = 100;
    einvoice->payable.minor = -100;
}

static void a_credit_note_is_not_negative(void **state)
{
    (void)state;
    found(break_sign, true,
          "VAT by category (BG-23): there is none [BR-CO-18]\n"
          "amount to pay (BT-115): that of a credit note is not negative [DK-R-016]\n"
          "lines (BG-25): there are none [BR-16]\n");
}

static void break_period(struct tl_einvoice *einvoice)
{
    einvoice->period.last = tl_date_of(2025, 12, 31);
}

static void a_period_ends_after_it_begins(void **state)
{
    (void)state;
    refused(break_period, "period (BG-14): it ends before it begins [BR-29]\n"
                          "line 1, period (BT-135): it ends after the invoice's [PEPPOL-EN16931-R111]\n"
                          "line 2, period (BT-135): it ends after the invoice's [PEPPOL-EN16931-R111]\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_a_receiver_takes_has_no_flaws),
        cmocka_unit_test(flaws_of_the_head_name_field_and_rule),
        cmocka_unit_test(flaws_of_the_parties_name_field_and_rule),
        cmocka_unit_test(flaws_of_payment_and_attachment_name_field_and_rule),
        cmocka_unit_test(flaws_of_the_amounts_name_field_and_rule),
        cmocka_unit_test(rates_fit_their_categories_and_nothing_stands_beside_what_is_outside),
        cmocka_unit_test(an_invoice_without_lines_is_none),
        cmocka_unit_test(a_credit_note_is_not_negative),
        cmocka_unit_test(a_period_ends_after_it_begins),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
