/* SPDX-License-Identifier: MPL-2.0 */
#include "check.h"

#include <inttypes.h>
#include <stdbool.h>
#include <string.h>

void check_ok(tl_status status, const struct tl_err *err, const char *file, int line)
{
    if (status == TL_OK)
        return;
    print_error("%s: %s\nhint: %s\n", err->where, err->message, err->hint);
    _fail(file, line);
}

void check_refused(tl_status status, tl_status expected, const struct tl_err *err, const char *message,
                   const char *hint, const char *file, int line)
{
    bool fits = status == expected && err->status == expected && strcmp(err->message, message) == 0 &&
                (hint == NULL || strcmp(err->hint, hint) == 0);
    if (fits)
        return;
    print_error("status %d, expected %d\nsaid:     %s\nexpected: %s\nhint:     %s\nexpected: %s\n", (int)status,
                (int)expected, err->message, message, err->hint, hint == NULL ? "(any)" : hint);
    _fail(file, line);
}

void check_money(struct tl_money actual, int64_t expected_minor, const char *file, int line)
{
    if (actual.minor == expected_minor)
        return;
    char is[TL_MONEY_TEXT_SIZE], should[TL_MONEY_TEXT_SIZE];
    print_error("the amount is %s, expected %s\n", tl_money_plain(actual, is),
                tl_money_plain((struct tl_money){expected_minor}, should));
    _fail(file, line);
}

void check_same_int(int64_t actual, int64_t expected, const char *file, int line)
{
    if (actual == expected)
        return;
    print_error("%" PRId64 ", expected %" PRId64 "\n", actual, expected);
    _fail(file, line);
}

uint64_t check_random_next(struct check_random *random)
{
    uint64_t z = random->state += UINT64_C(0x9E3779B97F4A7C15);
    z = (z ^ z >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ z >> 27) * UINT64_C(0x94D049BB133111EB);
    return z ^ z >> 31;
}

int64_t check_random_between(struct check_random *random, int64_t low, int64_t high)
{
    return low + (int64_t)(check_random_next(random) % (uint64_t)(high - low + 1));
}
