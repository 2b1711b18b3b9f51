/* SPDX-License-Identifier: MPL-2.0 */
/*
 * A period as a person types it.
 */
#ifndef TILSLUT_CLI_PERIOD_H
#define TILSLUT_CLI_PERIOD_H

#include "cli.h"

#define CLI_OPTION_PERIOD(help)                                                                                        \
    {                                                                                                                  \
        "--period", NULL, "PERIOD", false, help                                                                        \
    }

/* Reads `2026`, `2026-H1`, `2026-Q1`, `2026-03`, `2026-03-10` or two of them with two dots between: from the first day
 * of the one to the last of the other. TL_ERR_USAGE names the text. */
tl_status cli_period(struct tl_period *out, const char *text, struct tl_err *err) TL_MUST_CHECK;

#endif
