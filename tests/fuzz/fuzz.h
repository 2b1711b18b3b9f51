/* SPDX-License-Identifier: MPL-2.0 */
/*
 * What the fuzz targets share. Each target is one LLVMFuzzerTestOneInput: linked with clang's libFuzzer it searches
 * for new input, linked with replay.c it runs the corpus and a number of mutations of it, the same on every machine.
 *
 * A target checks more than that nothing crashes: what is refused says why and where, and what is accepted holds.
 */
#ifndef TESTS_FUZZ_FUZZ_H
#define TESTS_FUZZ_FUZZ_H

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tilslut/base/status.h"
#include "tilslut/base/text.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

/* Ends the program, so that the fuzzer keeps the input. */
#define FUZZ_CHECK(holds)                                                                                              \
    do {                                                                                                               \
        if (!(holds)) {                                                                                                \
            fprintf(stderr, "%s:%d: does not hold: %s\n", __FILE__, __LINE__, #holds);                                 \
            abort();                                                                                                   \
        }                                                                                                              \
    } while (0)

/* A status and its error agree; a refusal has a message that a terminal can show. */
static inline void fuzz_check_error(tl_status status, const struct tl_err *err)
{
    FUZZ_CHECK(status == err->status);
    FUZZ_CHECK((status == TL_OK) == (err->message[0] == '\0'));
    FUZZ_CHECK(err->message[tl_text_valid_utf8(err->message, strlen(err->message))] == '\0');
    FUZZ_CHECK(err->hint[tl_text_valid_utf8(err->hint, strlen(err->hint))] == '\0');
    FUZZ_CHECK(strchr(err->message, '\x1B') == NULL && strchr(err->hint, '\x1B') == NULL);
}

/* A refusal of a file begins with the name of the file. */
static inline void fuzz_check_where(const struct tl_err *err, const char *name)
{
    FUZZ_CHECK(err->status == TL_OK || strncmp(err->where, name, strlen(name)) == 0);
}

#endif
