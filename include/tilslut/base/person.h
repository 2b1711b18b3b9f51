/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Names of people as the ledger records them: what leaves the house takes two of them.
 */
#ifndef TILSLUT_BASE_PERSON_H
#define TILSLUT_BASE_PERSON_H

#include <stdbool.h>

/* Whether two names mean the same person: letters may be small or capital (ASCII and Danish), spaces count for nothing.
 * The schema's triggers hold any other program to the same rule. */
bool tl_person_is_same(const char *a, const char *b);

#endif
