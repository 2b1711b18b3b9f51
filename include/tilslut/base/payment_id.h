/* SPDX-License-Identifier: MPL-2.0 */
/*
 * The Danish payment id (betalings-ID) of the joint inpayment form (fællesindbetalingskort, FIK), by which a payment
 * says what it is for, and the line that a payer types or scans: `+71<026840149965328+81234567<`.
 *
 *   type 71  a payment id of 15 digits
 *   type 73  no payment id: the payer writes a message
 *   type 75  a payment id of 16 digits, and a message
 *
 * The last digit of an id is a check digit by modulus 10: from the right, the digits before it are multiplied by
 * 2, 1, 2, 1 .., the digits of the products are added, and the check digit makes the sum divisible by 10 (the rule
 * that banks publish for FI cards; the same as Luhn's). The creditor number (kreditornummer) of 8 digits is given by
 * the payee's bank and carries no check digit of its own.
 *
 * Every function but tl_payment_id_make returns TL_OK, or TL_ERR_INPUT with a message that quotes the text and says
 * what is wrong.
 */
#ifndef TILSLUT_BASE_PAYMENT_ID_H
#define TILSLUT_BASE_PAYMENT_ID_H

#include <stdint.h>

#include "tilslut/base/status.h"

enum {
    TL_PAYMENT_ID_TEXT = 20, /* bytes of an id with its end: 15 or 16 digits, "" for type 73 */
    TL_PAYMENT_ID_LINE = 40, /* bytes of a whole line with its end */
    TL_PAYMENT_ID_CREDITOR_DIGITS = 8
};
#define TL_PAYMENT_ID_NUMBER_MAX INT64_C(99999999999999)

typedef enum tl_payment_id_type {
    TL_PAYMENT_ID_71 = 71,
    TL_PAYMENT_ID_73 = 73,
    TL_PAYMENT_ID_75 = 75
} tl_payment_id_type;

/* What a whole line says. */
struct tl_payment_id {
    tl_payment_id_type type;
    char id[TL_PAYMENT_ID_TEXT];                      /* "" for type 73 */
    char creditor[TL_PAYMENT_ID_CREDITOR_DIGITS + 1]; /* 8 digits */
};

/* The id of type 71 for a number of the payee's own, such as an invoice number without its letters: 14 digits with
 * zeros in front, and the check digit. TL_ERR_RANGE unless 1 <= number <= TL_PAYMENT_ID_NUMBER_MAX. */
tl_status tl_payment_id_make(int64_t number, char id[TL_PAYMENT_ID_TEXT], struct tl_err *err) TL_MUST_CHECK;

/* Whether `id` has the digits of its type and the right check digit; for type 73 it must be empty. */
tl_status tl_payment_id_check(tl_payment_id_type type, const char *id, struct tl_err *err) TL_MUST_CHECK;

/* Whether `creditor` is 8 digits, not all 0. */
tl_status tl_payment_id_check_creditor(const char *creditor, struct tl_err *err) TL_MUST_CHECK;

/* The whole line, `+71<id+creditor<`. The id and the creditor number are checked first. */
tl_status tl_payment_id_line(tl_payment_id_type type, const char *id, const char *creditor,
                             char line[TL_PAYMENT_ID_LINE], struct tl_err *err) TL_MUST_CHECK;

/* Reads a line as people and banks write it: with or without the last `<`, and with spaces between its parts. */
tl_status tl_payment_id_read(const char *line, struct tl_payment_id *read, struct tl_err *err) TL_MUST_CHECK;

#endif
