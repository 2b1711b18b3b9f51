/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Where the words of a language are divided, by libhyphen with the patterns of LibreOffice's dictionaries. The patterns
 * are carried inside the program, so that documents do not depend on what is installed where it runs.
 */
#ifndef TILSLUT_SRC_REPORT_HYPHENATION_H
#define TILSLUT_SRC_REPORT_HYPHENATION_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tilslut/base/status.h"

struct hyphenation;

/* Longer words are not divided. */
enum { HYPHENATION_WORD_MAX = 60 };

/* *out is NULL for a language without patterns: its words are then not divided. TL_ERR_MEMORY; but the library ends the
 * program when a small allocation of its own fails. */
tl_status hyphenation_open(struct hyphenation **out, const char *language, struct tl_err *err) TL_MUST_CHECK;
void hyphenation_close(struct hyphenation *hyphenation);

/* points[i]: a line may end, with a hyphen, behind letter i. Words that are short, or look like names of things
 * (capitals inside) are not divided; names with one capital only when they are long. `hyphenation` may be NULL. */
void hyphenation_find(const struct hyphenation *hyphenation, const uint32_t *word, size_t length,
                      bool points[HYPHENATION_WORD_MAX]);

#endif
