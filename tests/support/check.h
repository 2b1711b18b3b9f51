/* SPDX-License-Identifier: MPL-2.0 */
/*
 * What the tests say again and again, said once: cmocka with readable failures.
 */
#ifndef TESTS_SUPPORT_CHECK_H
#define TESTS_SUPPORT_CHECK_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tilslut/base/status.h"
#include "tilslut/money/money.h"

/* The call succeeded; prints the error when it did not. */
#define assert_ok(status, err) check_ok((status), (err), __FILE__, __LINE__)
/* The call failed with `expected`, this message, and (unless NULL) this hint, word for word. */
#define assert_refused(status, expected, err, message, hint)                                                           \
    check_refused((status), (expected), (err), (message), (hint), __FILE__, __LINE__)
#define assert_money(actual, expected_minor) check_money((actual), (expected_minor), __FILE__, __LINE__)
#define assert_same_int(actual, expected) check_same_int((actual), (expected), __FILE__, __LINE__)

void check_ok(tl_status status, const struct tl_err *err, const char *file, int line);
void check_refused(tl_status status, tl_status expected, const struct tl_err *err, const char *message,
                   const char *hint, const char *file, int line);
void check_money(struct tl_money actual, int64_t expected_minor, const char *file, int line);
void check_same_int(int64_t actual, int64_t expected, const char *file, int line);

/* A small generator for property tests: the same numbers on every machine (SplitMix64). */
struct check_random {
    uint64_t state;
};
uint64_t check_random_next(struct check_random *random);
/* Uniform enough in [low, high]. */
int64_t check_random_between(struct check_random *random, int64_t low, int64_t high);

#endif
