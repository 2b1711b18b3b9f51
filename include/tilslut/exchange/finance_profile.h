/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Profiles of finance systems: how a receiver wants the lines that it books. Layouts are agreed locally, so that what a
 * receiver has is written down once; no profile claims to be a vendor's format.
 *
 *     profile: vores-okonomi
 *     encoding: ISO 8859-1        # or UTF-8, UTF-8 with BOM
 *     line end: CRLF              # or LF
 *     separator: ";"              # or "," "|" tab
 *     quotes: where needed        # or always, never (a text that would need them is refused then)
 *     header: yes                 # or no
 *     decimal: ","                # or "."
 *     date: DD-MM-YYYY            # or YYYY-MM-DD, DD.MM.YYYY, DD/MM/YYYY, YYYYMMDD, DDMMYYYY
 *     sign: charge positive       # or charge negative
 *     formulas: apostrophe        # text that begins as a formula does: or refuse, as written
 *     files: one                  # or one per unit
 *     account string: own         # the member's own; or needed (refused without), or what stands where it has none,
 * with # {psp}, {account}, {product} and {line} vat codes: {S: I25, O: I0}  # ours: theirs; a code that is not listed
 * is refused. Left out: ours columns:                    # in their order
 *       - {title: Bilag, from: entry}
 *       - {title: Type, text: K}  # the same in every row
 */
#ifndef TILSLUT_EXCHANGE_FINANCE_PROFILE_H
#define TILSLUT_EXCHANGE_FINANCE_PROFILE_H

#include <stdbool.h>
#include <stddef.h>

#include "tilslut/base/arena.h"
#include "tilslut/base/status.h"
#include "tilslut/exchange/source.h"

enum { TL_FINANCE_COLUMNS_MAX = 60 };

/* What a column can hold: X(name, words in the profile). */
#define TL_FINANCE_SOURCES(X)                                                                                          \
    X(ENTRY, "entry")                                                                                                  \
    X(DATE, "date")                                                                                                    \
    X(KIND, "kind")                                                                                                    \
    X(INVOICE, "invoice")                                                                                              \
    X(MEMBER, "member")                                                                                                \
    X(UNIT, "unit")                                                                                                    \
    X(CVR, "cvr")                                                                                                      \
    X(EAN, "ean")                                                                                                      \
    X(ORDER, "order reference")                                                                                        \
    X(PERSON, "person reference")                                                                                      \
    X(PRODUCT, "product")                                                                                              \
    X(PRODUCT_NAME, "product name")                                                                                    \
    X(PSP, "psp")                                                                                                      \
    X(ACCOUNT, "account")                                                                                              \
    X(ACCOUNT_STRING, "account string")                                                                                \
    X(LINE, "line")                                                                                                    \
    X(TEXT, "text")                                                                                                    \
    X(FROM, "period from")                                                                                             \
    X(TO, "period to")                                                                                                 \
    X(NET, "net")                                                                                                      \
    X(VAT_CODE, "vat code")                                                                                            \
    X(VAT_RATE, "vat rate")                                                                                            \
    X(VAT, "vat")                                                                                                      \
    X(GROSS, "gross")                                                                                                  \
    X(CURRENCY, "currency")                                                                                            \
    X(DUE, "due")                                                                                                      \
    X(REFERENCE, "payment reference")                                                                                  \
    X(CREDITOR, "creditor cvr")

#define TL_FINANCE_SOURCE_ENUM(name, words) TL_FINANCE_##name,
typedef enum tl_finance_source {
    TL_FINANCE_SOURCES(TL_FINANCE_SOURCE_ENUM) TL_FINANCE_SOURCE_COUNT,
    TL_FINANCE_CONSTANT = TL_FINANCE_SOURCE_COUNT
} tl_finance_source;
#undef TL_FINANCE_SOURCE_ENUM

struct tl_finance_column {
    const char *title;
    tl_finance_source source;
    const char *text; /* of TL_FINANCE_CONSTANT; "" else */
};

typedef enum tl_finance_encoding { TL_FINANCE_UTF8, TL_FINANCE_UTF8_BOM, TL_FINANCE_LATIN1 } tl_finance_encoding;
typedef enum tl_finance_quotes { TL_QUOTES_WHERE_NEEDED, TL_QUOTES_ALWAYS, TL_QUOTES_NEVER } tl_finance_quotes;
typedef enum tl_finance_formulas {
    TL_FORMULAS_APOSTROPHE,
    TL_FORMULAS_REFUSED,
    TL_FORMULAS_AS_WRITTEN
} tl_finance_formulas;

struct tl_finance_vat_code {
    const char *own, *theirs;
};

struct tl_finance_profile {
    const char *name; /* a code */
    tl_finance_encoding encoding;
    tl_finance_quotes quotes;
    tl_finance_formulas formulas;
    bool has_crlf, has_header, charges_are_negative, has_file_per_unit, needs_account_string;
    char separator, decimal;
    const char *date;           /* the form, one of those above */
    const char *account_string; /* where the member has none; "" for none */
    const struct tl_finance_vat_code *vat_codes;
    size_t vat_code_count; /* 0: ours */
    const struct tl_finance_column *columns;
    size_t column_count;
};

/* Reads a profile into the arena. TL_ERR_INPUT with file:line:column: what tl_yaml_read refuses; a setting that is
 * unknown (the hint names the nearest), missing or none of its values; a column with neither or both of `from` and
 * `text`; one mark for decimals and between columns, unless amounts are quoted; a title or text that the encoding does
 * not hold, that has a tab or line end in it, that begins as a formula does, or that cannot be written without quotes where there are to be none.
 * TL_ERR_RANGE: more columns than TL_FINANCE_COLUMNS_MAX. */
tl_status tl_finance_profile_read(struct tl_finance_profile *out, const struct tl_source *source,
                                  struct tl_arena *arena, struct tl_err *err) TL_MUST_CHECK;

/* `order reference`. Static; "text" for TL_FINANCE_CONSTANT. */
const char *tl_finance_source_words(tl_finance_source source);

/* Whether a spreadsheet would take a text for a formula: it begins with = + - @, a tab or a line end. */
bool tl_finance_is_formula(const char *text);
/* The first character of a UTF-8 text that the encoding does not hold; 0 when it holds all. Control characters but line
 * feed, carriage return and tab are in none. */
uint32_t tl_finance_unwritable(const struct tl_finance_profile *profile, const char *text);
/* Whether a field must stand in quotes: it holds the separator, a quote or a line end. */
bool tl_finance_needs_quotes(const struct tl_finance_profile *profile, const char *text);

#endif
