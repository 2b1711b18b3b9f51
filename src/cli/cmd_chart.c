/* SPDX-License-Identifier: MPL-2.0 */
/*
 * The chart of accounts: what is in it, and accounts from a file.
 */
#include "cli.h"
#include "tilslut/agreement/product.h"
#include "tilslut/exchange/chart_file.h"
#include "tilslut/ledger/account.h"
#include "tilslut/store/file.h"

/* `XG-9212045260-00002`: the account of a product, where one is named; only incomes and expenses have one. */
static struct tl_cell psp_cell(struct cli *cli, const struct tl_product *product, const struct tl_account *account)
{
    if (product == NULL || !(tl_text_equal(account->type, "income") || tl_text_equal(account->type, "expense")))
        return tl_cell_missing();
    return tl_cell_code(tl_arena_format(&cli->arena, "%s-%s", product->psp, account->code));
}

static tl_status list_accounts(struct cli *cli, struct tl_err *err)
{
    static const struct tl_column columns[] = {
        {"account", "Account", TL_COLUMN_CODE},         {"name_da", "Name", TL_COLUMN_TEXT},
        {"name_en", "In English", TL_COLUMN_TEXT},      {"side", "Side", TL_COLUMN_TEXT},
        {"psp_element", "PSP element", TL_COLUMN_CODE},
    };
    struct tl_table table = TL_TABLE_EMPTY;
    struct tl_account *accounts = NULL;
    struct tl_product product;
    const char *code = cli_args_value(&cli->args, "--product");
    size_t count = 0;
    tl_status status = tl_table_init(&table, columns, code == NULL ? 4 : 5, err);
    if (status == TL_OK && code != NULL)
        status = tl_product_find(&product, cli->store, code, &cli->arena, err);
    if (status == TL_OK)
        status = tl_account_list(&accounts, &count, cli->store, &cli->arena, err);
    for (size_t i = 0; status == TL_OK && i < count; i++) {
        struct tl_cell cells[] = {tl_cell_code(accounts[i].code), tl_cell_text(accounts[i].name_da),
                                  tl_cell_text(accounts[i].name_en), tl_cell_text(accounts[i].type),
                                  psp_cell(cli, code == NULL ? NULL : &product, &accounts[i])};
        status = tl_table_add(&table, cells, err);
    }
    if (status == TL_OK)
        status = cli_print_table(cli, &table, err);
    tl_table_release(&table);
    return status;
}

static tl_status record(size_t *added, struct cli *cli, const struct tl_chart_file *file, const char *path,
                        struct tl_err *err)
{
    tl_status status = TL_OK;
    for (size_t i = 0; status == TL_OK && i < file->row_count; i++) {
        const struct tl_chart_row *row = &file->rows[i];
        const struct tl_account account = {row->code, row->name_da, row->name_en, row->side};
        bool is_new;
        status = tl_account_record(&is_new, cli->store, &account, err);
        if (status != TL_OK)
            tl_err_at(err, path, (uint32_t)row->line, 0);
        *added += is_new ? 1 : 0;
    }
    return status;
}

static tl_status import_chart(struct cli *cli, struct tl_err *err)
{
    const char *path = cli->args.positional[0];
    struct tl_buf bytes = TL_BUF_EMPTY;
    struct tl_chart_file file;
    size_t added = 0;
    tl_status status = tl_file_read(&bytes, path, err);
    if (status == TL_OK) {
        struct tl_source source = {path, tl_buf_string(&bytes), bytes.length};
        status = tl_chart_file_read(&file, &source, &cli->arena, err);
    }
    if (status == TL_OK)
        status = cli_begin(cli, err);
    if (status == TL_OK)
        status = record(&added, cli, &file, path, err);
    if (status == TL_OK)
        status = cli_commit(cli, err);
    if (status == TL_OK)
        tl_buf_format(&cli->out, "accounts: %zu new, %zu as recorded before\n", added, file.row_count - added);
    tl_buf_release(&bytes);
    return status;
}

static const struct cli_option accounts_options[] = {
    {"--product", NULL, "CODE", false, "with the PSP elements of a product"},
    CLI_OPTIONS_FORM,
    CLI_OPTIONS_END,
};

const struct cli_command cli_chart_commands[] = {
    {"list accounts", "", "the chart of accounts",
     "Lists the chart of accounts. With --product, the PSP element that each income and expense has for the product.",
     0, 0, CLI_READS, accounts_options, list_accounts},
    {"chart import", "FILE", "add accounts from a CSV file",
     "Adds accounts to the chart from a CSV file with the columns account, name_da, name_en and side, which is asset,\n"
     "liability, equity, income or expense. The accounts that the program posts to by itself are there from the "
     "start.\n"
     "An account that is recorded keeps its names and its side.",
     1, 1, CLI_RECORDS, cli_no_options, import_chart},
    {0},
};
