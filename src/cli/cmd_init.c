/* SPDX-License-Identifier: MPL-2.0 */
#include <string.h>

#include "cli.h"
#include "tilslut/agreement/book.h"
#include "tilslut/exchange/chart_file.h"
#include "tilslut/store/file.h"

/* With the accounts of a file in the place of OS2's. */
static tl_status create_with(struct cli *cli, const char *currency, const char *path, struct tl_err *err)
{
    struct tl_buf bytes = TL_BUF_EMPTY;
    struct tl_chart_file file = {.row_count = 0};
    tl_status status = tl_file_read(&bytes, path, err);
    if (status == TL_OK) {
        struct tl_source source = {path, tl_buf_string(&bytes), bytes.length};
        status = tl_chart_file_read(&file, &source, &cli->arena, err);
    }
    struct tl_account *accounts = tl_arena_alloc(&cli->arena, file.row_count + 1, sizeof *accounts);
    if (status == TL_OK && accounts == NULL)
        status = tl_err_memory(err);
    for (size_t i = 0; status == TL_OK && i < file.row_count; i++)
        accounts[i] =
            (struct tl_account){file.rows[i].code, file.rows[i].name_da, file.rows[i].name_en, file.rows[i].side};
    if (status == TL_OK)
        status = tl_book_create_with(cli->path, currency, accounts, file.row_count, &cli->act, err);
    tl_buf_release(&bytes);
    return status;
}

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
    const char *chart = cli_args_value(&cli->args, "--chart");
    tl_status status =
        chart == NULL ? tl_book_create(cli->path, currency, &cli->act, err) : create_with(cli, currency, chart, err);
    if (status == TL_OK)
        tl_buf_format(&cli->out, "made %s, a ledger in %s\n", cli->path, currency);
    return status;
}

static const struct cli_option init_options[] = {
    {"--currency", NULL, "CODE", false, "of all amounts, three letters (default DKK)"},
    {"--chart", NULL, "FILE", false, "begin with the accounts of a CSV file in the place of OS2's (help chart import)"},
    CLI_OPTIONS_END,
};

const struct cli_command cli_init_commands[] = {
    {"init", "", "make a ledger file",
     "Makes a ledger file with the chart of accounts, in one step: it is there whole or not at all.", 0, 0,
     CLI_NO_LEDGER, init_options, init},
    {0},
};
