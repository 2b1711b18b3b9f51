/* SPDX-License-Identifier: MPL-2.0 */
/*
 * The statuses a function of the library can return, and the error that explains one.
 *
 * A function that can fail returns tl_status and takes `struct tl_err *err` last. The first failure
 * wins: whoever finds err already set leaves it alone. Higher floors add where and what next
 * (tl_err_at, tl_err_hint); they never overwrite. Nothing here allocates, so an error can be told
 * when memory is gone.
 *
 * A message is lower case, without a full stop, its subject in single quotes; what to do next stands
 * in the hint.
 */
#ifndef TILSLUT_BASE_STATUS_H
#define TILSLUT_BASE_STATUS_H

#include <stddef.h>

/* X(name, exit status of the program, meaning) */
#define TL_STATUS_LIST(X)                                                                                              \
    X(TL_OK, 0, "done")                                                                                                \
    X(TL_ERR_BROKEN, 1, "a check found the record changed or incomplete")                                              \
    X(TL_ERR_PARTLY, 1, "some of what was asked for could not be done; the rest is")                                   \
    X(TL_ERR_USAGE, 2, "the command line does not fit the command")                                                    \
    X(TL_ERR_INPUT, 2, "the input breaks a rule of its format or of the domain")                                       \
    X(TL_ERR_NOT_FOUND, 2, "what was named does not exist")                                                            \
    X(TL_ERR_MISSING, 2, "a figure, decision, price or class that is needed is not recorded")                          \
    X(TL_ERR_CONFLICT, 2, "it is already there, with other content")                                                   \
    X(TL_ERR_STATE, 2, "not allowed in the present state")                                                             \
    X(TL_ERR_INFEASIBLE, 2, "no allocation meets the stated conditions")                                               \
    X(TL_ERR_RANGE, 2, "a number or text is larger than the program handles")                                          \
    X(TL_ERR_IO, 2, "the operating system refused to read or write")                                                   \
    X(TL_ERR_STORE, 2, "the ledger file could not be used")                                                            \
    X(TL_ERR_MEMORY, 2, "out of memory")

#define TL_STATUS_ENUM(name, exit_status, meaning) name,
typedef enum tl_status { TL_STATUS_LIST(TL_STATUS_ENUM) } tl_status;
#undef TL_STATUS_ENUM

#define TL_MUST_CHECK __attribute__((warn_unused_result))
#define TL_PRINTF(format_index, first_argument) __attribute__((format(printf, format_index, first_argument)))

struct tl_err {
    tl_status status; /* TL_OK while nothing has failed */
    char where[256];  /* "file:line:column", "file:line", "file" or "" */
    char message[640];
    char hint[320]; /* "" when there is nothing to suggest */
};

#define TL_ERR_NONE                                                                                                    \
    {                                                                                                                  \
        TL_OK, "", "", ""                                                                                              \
    }

/* The program's exit status for a status: 0, 1 or 2. */
int tl_status_exit(tl_status status);

/* What a status means, in one lower-case phrase. Static. */
const char *tl_status_text(tl_status status);

/* Records the first failure and returns `status`; a later call changes nothing and returns the first.
 * The message is cut at a character boundary when it is too long; control characters but tabs become '?'. */
tl_status tl_err_set(struct tl_err *err, tl_status status, const char *format, ...) TL_PRINTF(3, 4);

/* Records TL_ERR_MEMORY and returns it. */
tl_status tl_err_memory(struct tl_err *err);

/* Says where, when that is not said yet. `line` and `column` count from 1; 0 leaves them out. */
void tl_err_at(struct tl_err *err, const char *file, size_t line, size_t column);

/* Says what to do next, when that is not said yet. */
void tl_err_hint(struct tl_err *err, const char *format, ...) TL_PRINTF(2, 3);

#endif
