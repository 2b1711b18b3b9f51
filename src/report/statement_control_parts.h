/* SPDX-License-Identifier: MPL-2.0 */
/*
 * The values of the sheet Kontrol, for what writes it (statement_control_sheet.c) and what reads it back
 * (statement_check.c). Names and order are kept; a new column or fact is added at the end.
 */
#ifndef REPORT_STATEMENT_CONTROL_PARTS_H
#define REPORT_STATEMENT_CONTROL_PARTS_H

#include <stdbool.h>

#include "tilslut/agreement/facts.h"
#include "tilslut/base/arena.h"
#include "tilslut/base/text.h"

#define CONTROL_SHEET "Kontrol"
/* What the first cell of the sheet says, so that a file is known for what it is. */
#define CONTROL_TITLE "Kontrol af kontoudtoget"

typedef enum control_kind { CONTROL_A_TEXT, CONTROL_AN_AMOUNT, CONTROL_A_DATE, CONTROL_A_NUMBER } control_kind;

/* The facts at the head, X(name, label, kind). */
#define CONTROL_FACTS(X)                                                                                               \
    X(DOCUMENT, "Dokument", CONTROL_A_TEXT)                                                                            \
    X(OWNER, "Udsteder", CONTROL_A_TEXT)                                                                               \
    X(HOLDER_KIND, "Konto for", CONTROL_A_TEXT)                                                                        \
    X(HOLDER, "Kode", CONTROL_A_TEXT)                                                                                  \
    X(FIRST, "Periode fra", CONTROL_A_DATE)                                                                            \
    X(LAST, "Periode til", CONTROL_A_DATE)                                                                             \
    X(KNOWN, "Viden pr.", CONTROL_A_DATE)                                                                              \
    X(CURRENCY, "Valuta", CONTROL_A_TEXT)                                                                              \
    X(OPENING, "Primosaldo", CONTROL_AN_AMOUNT)                                                                        \
    X(CHARGED, "Opkrævet", CONTROL_AN_AMOUNT)                                                                          \
    X(CREDITED, "Krediteret", CONTROL_AN_AMOUNT)                                                                       \
    X(PAID, "Indbetalt", CONTROL_AN_AMOUNT)                                                                            \
    X(CLOSING, "Ultimosaldo", CONTROL_AN_AMOUNT)                                                                       \
    X(LINES, "Antal linjer", CONTROL_A_NUMBER)                                                                         \
    X(TOTAL, "Kontroltotal", CONTROL_AN_AMOUNT)                                                                        \
    X(HEAD_ENTRY, "Kædens post", CONTROL_A_NUMBER)                                                                     \
    X(HEAD, "Kædens segl", CONTROL_A_TEXT)

/* The columns of the evidence, X(name, title, kind, width). */
#define CONTROL_COLUMNS(X)                                                                                             \
    X(ENTRY, "Bilag", CONTROL_A_NUMBER, 9)                                                                             \
    X(DATE, "Dato", CONTROL_A_DATE, 12)                                                                                \
    X(KIND, "Art", CONTROL_A_TEXT, 12)                                                                                 \
    X(PARTY, "Medlem", CONTROL_A_TEXT, 11)                                                                             \
    X(PRODUCT, "Produkt", CONTROL_A_TEXT, 16)                                                                          \
    X(LINE, "Linje", CONTROL_A_TEXT, 15)                                                                               \
    X(PURPOSE, "Formål", CONTROL_A_TEXT, 17)                                                                           \
    X(FROM, "Periode fra", CONTROL_A_DATE, 14)                                                                         \
    X(TO, "Periode til", CONTROL_A_DATE, 14)                                                                           \
    X(DUE, "Forfald", CONTROL_A_DATE, 12)                                                                              \
    X(REFERENCE, "Betalings-ID", CONTROL_A_TEXT, 19)                                                                   \
    X(INVOICE, "Faktura", CONTROL_A_TEXT, 21)                                                                          \
    X(MEASURE, "Mål", CONTROL_A_TEXT, 13)                                                                              \
    X(MEASURE_DATE, "Målt pr.", CONTROL_A_DATE, 12)                                                                    \
    X(FIGURE, "Tal", CONTROL_A_TEXT, 12)                                                                               \
    X(SOURCE, "Kilde", CONTROL_A_TEXT, 34)                                                                             \
    X(CLASS, "Klasse", CONTROL_A_TEXT, 13)                                                                             \
    X(PRICE, "Pris", CONTROL_AN_AMOUNT, 0)                                                                             \
    X(MARKUP, "Tillæg", CONTROL_A_TEXT, 10)                                                                            \
    X(TIME, "Tid", CONTROL_A_TEXT, 9)                                                                                  \
    X(KEY, "Nøgle", CONTROL_A_TEXT, 28)                                                                                \
    X(BUDGET, "Budget", CONTROL_AN_AMOUNT, 0)                                                                          \
    X(WEIGHT, "Vægt", CONTROL_A_TEXT, 18)                                                                              \
    X(WEIGHT_SUM, "Vægtsum", CONTROL_A_TEXT, 18)                                                                       \
    X(SHARE, "Andel", CONTROL_A_TEXT, 18)                                                                              \
    X(EXACT, "Præcist i øre", CONTROL_A_TEXT, 22)                                                                      \
    X(CARRIED, "Overført i øre", CONTROL_A_TEXT, 18)                                                                   \
    X(ROUNDING, "Afrunding i øre", CONTROL_A_TEXT, 18)                                                                 \
    X(UNIT, "Enhed i øre", CONTROL_A_NUMBER, 13)                                                                       \
    X(FOLLOWS, "Følger af", CONTROL_A_TEXT, 13)                                                                        \
    X(NET, "Netto", CONTROL_AN_AMOUNT, 0)                                                                              \
    X(VAT_CODE, "Momskode", CONTROL_A_TEXT, 12)                                                                        \
    X(VAT_RATE, "Momssats", CONTROL_A_TEXT, 12)                                                                        \
    X(VAT, "Moms", CONTROL_AN_AMOUNT, 0)                                                                               \
    X(GROSS, "Brutto", CONTROL_AN_AMOUNT, 0)                                                                           \
    X(WORKING, "Udregning", CONTROL_A_TEXT, 50)                                                                        \
    X(DECISION, "Beslutning", CONTROL_A_TEXT, 34)

#define CONTROL_FACT_ENUM(name, label, kind) CONTROL_FACT_##name,
enum { CONTROL_FACTS(CONTROL_FACT_ENUM) CONTROL_FACT_COUNT };
#undef CONTROL_FACT_ENUM
#define CONTROL_COLUMN_ENUM(name, title, kind, width) CONTROL_##name,
enum control_column { CONTROL_COLUMNS(CONTROL_COLUMN_ENUM) CONTROL_COLUMN_COUNT };
#undef CONTROL_COLUMN_ENUM

struct control_label {
    const char *text;
    control_kind kind;
    double width;
};
extern const struct control_label control_facts[CONTROL_FACT_COUNT];
extern const struct control_label control_columns[CONTROL_COLUMN_COUNT];

/* What the amount of a row follows from (column FOLLOWS): the price, the share, or nothing that can be told in a row;
 * then the exact amount stands for itself. A credit has none. */
#define CONTROL_BY_PRICE "pris"
#define CONTROL_BY_SHARE "andel"
#define CONTROL_BY_RULES "regler"

/* Words of the column KIND. */
#define CONTROL_IS_CHARGE "opkrævning"
#define CONTROL_IS_CREDIT "kreditering"
#define CONTROL_IS_PAYMENT "indbetaling"

/* Where things stand on the sheet: row 0 the title, then the facts, the control sum, and the table. */
enum {
    CONTROL_ROW_TITLE,
    CONTROL_ROW_FACTS = 3,
    CONTROL_ROW_SUM = CONTROL_ROW_FACTS + CONTROL_FACT_COUNT,
    CONTROL_ROW_HEAD = CONTROL_ROW_SUM + 2,
    CONTROL_ROW_FIRST
};
enum { CONTROL_FACT_LABEL, CONTROL_FACT_VALUE = 3 };

/* A value of one of the kinds; the others are zero, a text never NULL. */
struct control_value {
    control_kind kind;
    const char *text;
    struct tl_money money;
    struct tl_date date;
    int64_t number;
};

/* The values of the head and of a row; texts lie in the statement or the arena. TL_ERR_INPUT: a stored fraction that is
 * none. TL_ERR_MEMORY. */
tl_status control_fill_facts(struct control_value values[CONTROL_FACT_COUNT], const struct tl_statement *statement,
                             struct tl_arena *arena, struct tl_err *err) TL_MUST_CHECK;
tl_status control_fill_row(struct control_value values[CONTROL_COLUMN_COUNT], const struct tl_statement_row *row,
                           struct tl_arena *arena, struct tl_err *err) TL_MUST_CHECK;

/* Adds values in the form that the sum is taken of. */
void control_write(struct tl_buf *buf, const struct control_value *values, size_t count);

/* What a row's amount follows from, by its own fractions; "" for none of these. */
const char *control_follows(const struct tl_statement_row *row, struct tl_err *err);

#endif
