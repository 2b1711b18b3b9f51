/* SPDX-License-Identifier: MPL-2.0 */
/*
 * The rules of PDF/A-2a (ISO 19005-2) and PDF/UA-1 (ISO 14289-1) that concern what our files contain, checked on the
 * finished bytes: file, metadata, colour, fonts glyph by glyph, page contents operator by operator, structure.
 */
#ifndef TESTS_SUPPORT_PDF_RULES_H
#define TESTS_SUPPORT_PDF_RULES_H

#include <stddef.h>

/* NULL when the file keeps all rules; else the first one it breaks, in words. Static. */
const char *pdf_rules_broken(const char *bytes, size_t length);

#endif
