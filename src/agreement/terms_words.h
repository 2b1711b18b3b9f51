/* SPDX-License-Identifier: MPL-2.0 */
/*
 * The words that terms use for lines, options, classes and so on: whether they know one, and the nearest when not.
 */
#ifndef TILSLUT_AGREEMENT_TERMS_WORDS_H
#define TILSLUT_AGREEMENT_TERMS_WORDS_H

#include "tilslut/base/status.h"
#include "tilslut/key/terms.h"

/* TL_ERR_NOT_FOUND when the terms know no such line, option, tag of a waiver or rebate, size class, or group. The hint
 * suggests the nearest, or says which they know. */
tl_status tl_terms_words_check_line(const struct tl_terms *terms, const char *id, struct tl_err *err) TL_MUST_CHECK;
tl_status tl_terms_words_check_option(const struct tl_terms *terms, const char *option,
                                      struct tl_err *err) TL_MUST_CHECK;
tl_status tl_terms_words_check_tag(const struct tl_terms *terms, const char *tag, struct tl_err *err) TL_MUST_CHECK;
tl_status tl_terms_words_check_class(const struct tl_terms *terms, const char *name, struct tl_err *err) TL_MUST_CHECK;
tl_status tl_terms_words_check_group(const struct tl_terms *terms, const char *group, struct tl_err *err) TL_MUST_CHECK;
/* The same for a measure that the classes, a key or a price counts. */
tl_status tl_terms_words_check_measure(const struct tl_terms *terms, const char *measure,
                                       struct tl_err *err) TL_MUST_CHECK;

#endif
