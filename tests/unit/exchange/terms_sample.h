/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Terms as text for the tests of their reader: what every file has, and what is expected of a refusal.
 */
#ifndef TESTS_EXCHANGE_TERMS_SAMPLE_H
#define TESTS_EXCHANGE_TERMS_SAMPLE_H

#include "sample.h"
#include "tilslut/base/text.h"
#include "tilslut/exchange/terms_yaml.h"

#define HEAD "product: p\nfrom: 2026-01-01\n"
#define REFERENCE "reference: {measure: population, date: 01-01 of the year before}\n"
#define CLASSES REFERENCE "classes: {Lille: below 25000, Stor: the rest}\n"
/* One line, with more of it behind; it begins on line 4 after HEAD. */
#define LINE "lines:\n  - id: a\n    account: \"00002\"\n"

static inline struct tl_terms read_text(const char *text)
{
    struct tl_err err = TL_ERR_NONE;
    struct tl_terms terms;
    struct tl_source source = sample_text("t.yaml", text);
    assert_ok(tl_terms_yaml_read(&terms, &source, &err), &err);
    return terms;
}

static inline void refused_as(const char *text, tl_status status, const char *where, const char *message,
                              const char *hint)
{
    struct tl_err err = TL_ERR_NONE;
    struct tl_terms terms;
    struct tl_source source = sample_text("t.yaml", text);
    assert_refused(tl_terms_yaml_read(&terms, &source, &err), status, &err, message, hint);
    assert_string_equal(err.where, where);
    assert_null(terms.arena.newest);
    tl_terms_release(&terms);
}

static inline void refused(const char *text, const char *where, const char *message, const char *hint)
{
    refused_as(text, TL_ERR_INPUT, where, message, hint);
}

static inline void assert_ratio(struct tl_ratio ratio, int64_t numerator, int64_t denominator)
{
    assert_same_int(ratio.numerator, numerator);
    assert_same_int(ratio.denominator, denominator);
}

#endif
