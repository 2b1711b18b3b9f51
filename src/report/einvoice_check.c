/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/report/einvoice_check.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "einvoice_flaws.h"
#include "tilslut/base/identifier.h"
#include "tilslut/base/payment_id.h"
#include "tilslut/base/text.h"

static const char set_party[] = "tilslut party set records it";
static const char set_payee[] = "tilslut payee set records where members pay";

void tl_einvoice_flaw_add(struct tl_einvoice_flaws *flaws, size_t line, const char *field, const char *rule,
                          const char *hint, const char *format, ...)
{
    char text[400];
    va_list arguments;
    struct tl_einvoice_flaw *items =
        tl_arena_grow(flaws->arena, flaws->items, flaws->count, &flaws->capacity, sizeof *items);
    flaws->failed = flaws->failed || items == NULL;
    if (flaws->failed)
        return;
    va_start(arguments, format);
    int length = vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    size_t kept = length < 0 ? 0 : tl_text_cut(text, strlen(text));
    struct tl_einvoice_flaw *flaw = &items[flaws->count++];
    flaws->items = items;
    *flaw = (struct tl_einvoice_flaw){.rule = rule, .hint = hint, .text = tl_arena_copy(flaws->arena, text, kept)};
    flaw->field =
        line == 0 ? tl_arena_text(flaws->arena, field) : tl_arena_format(flaws->arena, "line %zu, %s", line, field);
    flaws->failed = flaw->field == NULL || flaw->text == NULL;
}

bool tl_einvoice_is_blank(const char *text)
{
    return text[strspn(text, " \t\r\n")] == '\0';
}

static void need(struct tl_einvoice_flaws *flaws, const char *text, const char *field, const char *rule,
                 const char *hint)
{
    if (tl_einvoice_is_blank(text))
        tl_einvoice_flaw_add(flaws, 0, field, rule, hint, "it is missing");
}

/* Upper-case letters `DK` and 8 digits. */
static bool is_cvr(const char *text)
{
    return strncmp(text, "DK", 2) == 0 && strlen(text) == 10 && strspn(text + 2, "0123456789") == 8;
}

static bool is_gln(const char *text)
{
    struct tl_err unused = TL_ERR_NONE;
    return tl_identifier_check_ean(text, &unused) == TL_OK;
}

static void check_references(struct tl_einvoice_flaws *flaws)
{
    static const char hint[] = "tilslut unit reference PARTY - PRODUCT --order-reference TEXT --from DATE records one";
    const struct tl_einvoice *einvoice = flaws->einvoice;
    if (tl_einvoice_is_blank(einvoice->order_reference) && tl_einvoice_is_blank(einvoice->buyer_reference))
        tl_einvoice_flaw_add(flaws, 0, "order reference (BT-13)", "PEPPOL-EN16931-R003", hint,
                             "neither an order reference nor a person reference is recorded");
    for (size_t i = 1; i < einvoice->line_count; i++)
        if (!tl_text_equal(einvoice->lines[i].order_reference, einvoice->lines[0].order_reference)) {
            tl_einvoice_flaw_add(flaws, i + 1, "order reference (BT-13)", "UBL 2.1, OrderReference 0..1",
                                 "record one order for all lines of the product",
                                 "its order '%.60s' is not '%.60s' of the first line; an invoice names one order",
                                 einvoice->lines[i].order_reference, einvoice->lines[0].order_reference);
            return;
        }
}

static void check_head(struct tl_einvoice_flaws *flaws)
{
    const struct tl_einvoice *einvoice = flaws->einvoice;
    need(flaws, einvoice->number, "number (BT-1)", "BR-02", "");
    if (tl_date_is_none(einvoice->issued))
        tl_einvoice_flaw_add(flaws, 0, "date (BT-2)", "BR-03", "", "it is missing");
    need(flaws, einvoice->currency, "currency (BT-5)", "BR-05", "");
    if (!einvoice->is_credit && einvoice->payable.minor > 0 && tl_date_is_none(einvoice->due) &&
        tl_einvoice_is_blank(einvoice->payment_terms))
        tl_einvoice_flaw_add(flaws, 0, "due date (BT-9)", "BR-CO-25", "",
                             "there is an amount to pay, and no day to pay it on");
    if (tl_date_compare(einvoice->period.last, einvoice->period.first) < 0)
        tl_einvoice_flaw_add(flaws, 0, "period (BG-14)", "BR-29", "", "it ends before it begins");
    check_references(flaws);
}

/* The terms of one party that a flaw names. */
struct party_terms {
    const char *name, *name_rule, *endpoint, *endpoint_rule, *scheme_rule, *country, *country_rule;
};

static void check_endpoint(struct tl_einvoice_flaws *flaws, const struct tl_einvoice_party *party,
                           const struct party_terms *terms)
{
    if (tl_einvoice_is_blank(party->endpoint)) {
        tl_einvoice_flaw_add(flaws, 0, terms->endpoint, terms->endpoint_rule,
                             "tilslut party set CODE --ean NUMBER --from DATE records the EAN number",
                             "no EAN number of '%.80s' is recorded", party->name);
        return;
    }
    if (tl_text_equal(party->scheme, TL_EINVOICE_GLN)) {
        if (!is_gln(party->endpoint))
            tl_einvoice_flaw_add(flaws, 0, terms->endpoint, "PEPPOL-COMMON-R040", set_party,
                                 "'%.40s' is not an EAN number", party->endpoint);
    } else if (!tl_text_equal(party->scheme, TL_EINVOICE_CVR))
        tl_einvoice_flaw_add(flaws, 0, terms->endpoint, terms->scheme_rule, "", "'%.20s' is not a scheme of addresses",
                             party->scheme);
    else if (!is_cvr(party->endpoint))
        tl_einvoice_flaw_add(flaws, 0, terms->endpoint, "PEPPOL-COMMON-R042", set_party,
                             "'%.40s' is not DK and a CVR number", party->endpoint);
}

static void check_party(struct tl_einvoice_flaws *flaws, const struct tl_einvoice_party *party,
                        const struct party_terms *terms)
{
    check_endpoint(flaws, party, terms);
    need(flaws, party->name, terms->name, terms->name_rule, set_party);
    need(flaws, party->country, terms->country, terms->country_rule, "");
}

static void check_parties(struct tl_einvoice_flaws *flaws)
{
    static const struct party_terms seller = {
        "seller's name (BT-27)",    "BR-06", "seller's electronic address (BT-34)", "PEPPOL-EN16931-R020", "BR-62",
        "seller's country (BT-40)", "BR-09"};
    static const struct party_terms buyer = {
        "buyer's name (BT-44)",    "BR-07", "buyer's electronic address (BT-49)", "PEPPOL-EN16931-R010", "BR-63",
        "buyer's country (BT-55)", "BR-11"};
    const struct tl_einvoice *einvoice = flaws->einvoice;
    check_party(flaws, &einvoice->seller, &seller);
    need(flaws, einvoice->seller.cvr, "seller's CVR number (BT-30)", "DK-R-002", set_party);
    if (!tl_einvoice_is_blank(einvoice->seller.cvr) && !is_cvr(einvoice->seller.cvr))
        tl_einvoice_flaw_add(flaws, 0, "seller's CVR number (BT-30)", "PEPPOL-COMMON-R042", set_party,
                             "'%.40s' is not DK and a CVR number", einvoice->seller.cvr);
    if (!tl_einvoice_is_blank(einvoice->seller.vat) && !is_cvr(einvoice->seller.vat))
        tl_einvoice_flaw_add(flaws, 0, "seller's VAT number (BT-31)", "BR-CO-09", set_party,
                             "'%.40s' does not begin with the country it is from", einvoice->seller.vat);
    check_party(flaws, &einvoice->buyer, &buyer);
    if (!tl_einvoice_is_blank(einvoice->buyer.cvr) && !is_cvr(einvoice->buyer.cvr))
        tl_einvoice_flaw_add(flaws, 0, "buyer's CVR number (BT-47)", "PEPPOL-COMMON-R042", set_party,
                             "'%.40s' is not DK and a CVR number", einvoice->buyer.cvr);
}

/* FIK: `71#` and 15 digits, `75#` and 16, `73#` alone; and a creditor number of 8 digits. */
static void check_fik(struct tl_einvoice_flaws *flaws, const struct tl_einvoice_payment *payment)
{
    struct tl_err unused = TL_ERR_NONE;
    bool is_71 = strncmp(payment->id, "71#", 3) == 0, is_75 = strncmp(payment->id, "75#", 3) == 0;
    if (!is_71 && !is_75 && !tl_text_equal(payment->id, "73#"))
        tl_einvoice_flaw_add(flaws, 0, "payment id (BT-83)", "DK-R-010", "",
                             "'%.40s' does not begin with 71#, 73# or 75#", payment->id);
    if ((is_71 && tl_payment_id_check(TL_PAYMENT_ID_71, payment->id + 3, &unused) != TL_OK) ||
        (is_75 && tl_payment_id_check(TL_PAYMENT_ID_75, payment->id + 3, &unused) != TL_OK))
        tl_einvoice_flaw_add(flaws, 0, "payment id (BT-83)", "DK-R-011", "", "'%.40s' is not a payment id",
                             payment->id);
    if (tl_payment_id_check_creditor(payment->account, &unused) != TL_OK)
        tl_einvoice_flaw_add(flaws, 0, "creditor number (BT-84)", "DK-R-010", set_payee, "'%.40s' is not 8 digits",
                             payment->account);
}

/* A credit note is not paid. 30 is a code of the standard that Danish receivers do not take. */
static void check_payment(struct tl_einvoice_flaws *flaws)
{
    const struct tl_einvoice_payment *payment = &flaws->einvoice->payment;
    if (flaws->einvoice->is_credit)
        return;
    if (tl_einvoice_is_blank(payment->code)) {
        tl_einvoice_flaw_add(flaws, 0, "payment means (BT-81)", "BR-49", set_payee,
                             "neither an account nor a creditor number is recorded for its date");
        return;
    }
    bool is_account = tl_text_equal(payment->code, "31") || tl_text_equal(payment->code, "42");
    if (tl_text_equal(payment->code, "93"))
        check_fik(flaws, payment);
    else if (!is_account && !tl_text_equal(payment->code, "58"))
        tl_einvoice_flaw_add(flaws, 0, "payment means (BT-81)", "DK-R-005", "",
                             "'%.20s' is none of 31, 42, 58 and 93, which we write", payment->code);
    else if (is_account && (tl_einvoice_is_blank(payment->account) || tl_einvoice_is_blank(payment->branch)))
        tl_einvoice_flaw_add(flaws, 0, "account (BT-84, BT-86)", "DK-R-006", set_payee,
                             "it has a registration number and an account number");
    else
        need(flaws, payment->account, "account (BT-84)", "BR-61", set_payee);
}

static void check_attachment(struct tl_einvoice_flaws *flaws)
{
    const struct tl_einvoice_attachment *attachment = flaws->einvoice->attachment;
    if (attachment == NULL)
        return;
    need(flaws, attachment->name, "name of the attachment (BT-122)", "BR-52", "");
    if (attachment->type == NULL || tl_einvoice_attachment_type(attachment->name) == NULL)
        tl_einvoice_flaw_add(flaws, 0, "type of the attachment (BT-125)", "PEPPOL-EN16931-CL001",
                             "attach a .pdf, .png, .jpg, .csv, .xlsx or .ods",
                             "'%.80s' is of none of the types that receivers take", attachment->name);
    if (attachment->length == 0)
        tl_einvoice_flaw_add(flaws, 0, "attachment (BT-125)", "PEPPOL-EN16931-R008", "", "it is empty");
}

tl_status tl_einvoice_check(struct tl_einvoice_flaw **out, size_t *count, const struct tl_einvoice *einvoice,
                            struct tl_arena *arena, struct tl_err *err)
{
    struct tl_einvoice_flaws flaws = {.einvoice = einvoice, .arena = arena};
    check_head(&flaws);
    check_attachment(&flaws);
    check_parties(&flaws);
    check_payment(&flaws);
    tl_einvoice_check_amounts(&flaws);
    *out = flaws.items;
    *count = flaws.count;
    return flaws.failed ? tl_err_memory(err) : TL_OK;
}
