/* SPDX-License-Identifier: MPL-2.0 */
#include <string.h>

#include "cli.h"
#include "tilslut/agreement/book.h"

static tl_status init(struct cli *cli, struct tl_err *err)
{
    const char *currency = cli_args_value(&cli->args, "--currency");
    if (currency == NULL)
        currency = "DKK";
    if (strlen(currency) != 3 || strspn(currency, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != 3) {
        (void)tl_err_set(err, TL_ERR_USAGE, "'%.40s' is not a currency", currency);
        tl_err_hint(err, "write three capital letters (ISO 4217), for example DKK");
        return TL_ERR_USAGE;
    }
    tl_status status = tl_book_create(cli->path, currency, &cli->act, err);
    if (status == TL_OK)
        tl_buf_format(&cli->out, "made %s, a ledger in %s\n", cli->path, currency);
    return status;
}

static const struct cli_option init_options[] = {
    {"--currency", NULL, "CODE", false, "of all amounts, three letters (default DKK)"},
    CLI_OPTIONS_END,
};

const struct cli_command cli_init_commands[] = {
    {"init", "", "make a ledger file",
     "Makes a ledger file with the chart of accounts, in one step: it is there whole or not at all.", 0, 0,
     CLI_NO_LEDGER, init_options, init},
    {0},
};
