/* SPDX-License-Identifier: MPL-2.0 */
/*
 * A statement as the ledger would give it, for the tests of what prints it: one municipality with a year of every
 * kind of line.
 */
#ifndef TESTS_SUPPORT_STATEMENTS_H
#define TESTS_SUPPORT_STATEMENTS_H

#include "tilslut/agreement/facts.h"

enum { SAMPLE_ROWS = 7 };

struct sample_statement {
    struct tl_party owner, party;
    struct tl_statement_row rows[SAMPLE_ROWS];
    struct tl_statement statement; /* points at the others, so don't copy it */
};

/* Fills *sample; it foots. */
void sample_statement_init(struct sample_statement *sample);

/* Sets charges, payments and closing to what opening and rows make. */
void sample_statement_foot(struct tl_statement *statement);

#endif
