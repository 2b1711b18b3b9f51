/* SPDX-License-Identifier: MPL-2.0 */
#include <string.h>

#include "cli.h"
#include "tilslut/agreement/book.h"

tl_status cli_init(struct cli *cli, struct tl_err *err)
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
