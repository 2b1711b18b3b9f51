/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Identifiers that Danish public bodies, and this program, give to things: what each may look like.
 *
 * A check tells a typing mistake from an identifier; whether the thing exists is for registers to say.
 * Every function returns TL_OK, or TL_ERR_INPUT with a message that quotes the text and says what is wrong.
 */
#ifndef TILSLUT_BASE_IDENTIFIER_H
#define TILSLUT_BASE_IDENTIFIER_H

#include "tilslut/base/status.h"

enum { TL_IDENTIFIER_PRODUCT_MAX = 40 };

/* A CVR number: 8 digits, the first not 0, whose sum weighted 2 7 6 5 4 3 2 1 is divisible by 11
 * (Erhvervsstyrelsen, modulus 11). */
tl_status tl_identifier_check_cvr(const char *text, struct tl_err *err) TL_MUST_CHECK;

/* An EAN or GLN: 13 digits, not all 0, whose sum weighted 1 3 1 3 .. 1 is divisible by 10 (GS1 General
 * Specifications, modulus 10). */
tl_status tl_identifier_check_ean(const char *text, struct tl_err *err) TL_MUST_CHECK;

/* A PSP element: two capital letters, `-` and 10 digits, and optionally `-` and 5 digits (the account):
 * `XG-9212045260`, `XG-9212045260-00003`. */
tl_status tl_identifier_check_psp(const char *text, struct tl_err *err) TL_MUST_CHECK;

/* A municipality code: 4 digits (`0751`), as in the register of authorities. */
tl_status tl_identifier_check_municipality(const char *text, struct tl_err *err) TL_MUST_CHECK;

/* A product code: 1 to TL_IDENTIFIER_PRODUCT_MAX of a-z, 0-9 and -, beginning with a letter or digit. */
tl_status tl_identifier_check_product(const char *text, struct tl_err *err) TL_MUST_CHECK;

/* An account of the chart of accounts: 5 digits (`00002`). */
tl_status tl_identifier_check_account(const char *text, struct tl_err *err) TL_MUST_CHECK;

/* An IBAN without spaces: 2 capital letters, 2 check digits and 11 to 30 of A-Z 0-9 (a Danish one, DK: 14 digits), whose
 * remainder by 97 is 1 (ISO 13616, ISO 7064 MOD 97-10). */
tl_status tl_identifier_check_iban(const char *text, struct tl_err *err) TL_MUST_CHECK;

/* The registration number of a Danish bank: 4 digits. */
tl_status tl_identifier_check_bank_registration(const char *text, struct tl_err *err) TL_MUST_CHECK;

/* A Danish account number: 1 to 10 digits, not all 0. */
tl_status tl_identifier_check_bank_account(const char *text, struct tl_err *err) TL_MUST_CHECK;

#endif
