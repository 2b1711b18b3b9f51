/* SPDX-License-Identifier: MPL-2.0 */
#include "cli.h"
#include "tilslut/agreement/supplier_rate.h"

static tl_status rate_add(struct cli *cli, struct tl_err *err)
{
    const char *evidence = cli_args_value(&cli->args, "--evidence");
    struct tl_supplier_rate rate = {
        .cvr = cli->args.positional[0], .role = cli->args.positional[1], .evidence = evidence == NULL ? "" : evidence};
    tl_recorded recorded;
    tl_status status = tl_money_parse(&rate.rate, cli->args.positional[2], err);
    if (status == TL_OK)
        status = cli_date(&rate.valid_from, cli, "--from", err);
    if (status == TL_OK && tl_date_is_none(rate.valid_from)) {
        status = tl_err_set(err, TL_ERR_USAGE, "a rate needs --from");
        tl_err_hint(err, "give the day since when it is charged, for example --from 2026-01-01");
    }
    if (status == TL_OK)
        status = cli_begin(cli, err);
    if (status == TL_OK)
        status = tl_supplier_rate_record(&recorded, cli->store, &rate, err);
    if (status == TL_OK)
        status = cli_commit(cli, err);
    if (status == TL_OK)
        tl_buf_format(&cli->out, "%s\n", recorded == TL_RECORDED_SAME ? "as recorded before" : "recorded");
    return status;
}

static tl_status list_rates(struct cli *cli, struct tl_err *err)
{
    static const struct tl_column columns[] = {
        {"supplier", "Supplier", TL_COLUMN_CODE}, {"role", "Role", TL_COLUMN_TEXT},
        {"from", "From", TL_COLUMN_DATE},         {"rate", "An hour", TL_COLUMN_MONEY},
        {"evidence", "Evidence", TL_COLUMN_TEXT},
    };
    struct tl_table table = TL_TABLE_EMPTY;
    struct tl_supplier_rate *rates = NULL;
    size_t count = 0;
    tl_status status = tl_table_init(&table, columns, sizeof columns / sizeof columns[0], err);
    if (status == TL_OK)
        status = tl_supplier_rate_list(&rates, &count, cli->store, &cli->arena, err);
    for (size_t i = 0; status == TL_OK && i < count; i++) {
        struct tl_cell cells[] = {tl_cell_code(rates[i].cvr), tl_cell_text(rates[i].role),
                                  tl_cell_date(rates[i].valid_from), tl_cell_money(rates[i].rate),
                                  tl_cell_text(rates[i].evidence)};
        status = tl_table_add(&table, cells, err);
    }
    if (status == TL_OK)
        status = cli_print_table(cli, &table, err);
    tl_table_release(&table);
    return status;
}

static const struct cli_option rate_add_options[] = {
    {"--from", NULL, "DATE", false, "since when it is charged"},
    {"--evidence", NULL, "TEXT", false, "the agreement or decision it follows from"},
    CLI_OPTIONS_END,
};

const struct cli_command cli_rate_commands[] = {
    {"rate add", "SUPPLIER ROLE RATE", "record what a supplier charges an hour",
     "Records what a supplier (by its CVR number) charges for an hour of a role, without VAT, from a date on.", 3, 3,
     CLI_RECORDS, rate_add_options, rate_add},
    {"list rates", "", "list suppliers' rates", "Lists what suppliers charge an hour, by role and date.", 0, 0,
     CLI_READS, cli_form_options, list_rates},
    {0},
};
