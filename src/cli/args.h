/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Command-line arguments, read against a table of what a command takes: `--name VALUE`, `--name=VALUE`, `-o VALUE`,
 * flags, and positional arguments in any order; `--` ends the options.
 */
#ifndef TILSLUT_CLI_ARGS_H
#define TILSLUT_CLI_ARGS_H

#include <stdbool.h>
#include <stddef.h>

#include "tilslut/base/status.h"

struct cli_option {
    const char *name;  /* "--decision" */
    const char *brief; /* "-o", or NULL */
    const char *value; /* what stands for its value in the help, or NULL for a flag */
    bool repeatable;
    const char *help;
};

/* Stands for the value of an option that is personal data, which is not recorded with the command. */
extern const char cli_personal[];

enum { CLI_ARGS_MAX = 256 };

struct cli_args {
    const char *positional[CLI_ARGS_MAX];
    size_t positional_count;
    struct {
        const struct cli_option *option;
        const char *value; /* "" for a flag */
    } given[CLI_ARGS_MAX];
    size_t given_count;
};

/* Reads argv[0..count) against two tables, each ended by an option without a name. TL_ERR_USAGE: an unknown option (the
 * hint names the nearest), one without its value or with one it does not take, one twice. */
tl_status cli_args_read(struct cli_args *out, char *const *argv, size_t count, const struct cli_option *options,
                        const struct cli_option *common, struct tl_err *err) TL_MUST_CHECK;

/* The value of an option, or NULL when it was not given; "" for a flag that was. */
const char *cli_args_value(const struct cli_args *args, const char *name);

#endif
