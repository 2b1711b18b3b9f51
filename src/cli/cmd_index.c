/* SPDX-License-Identifier: MPL-2.0 */
#include "cli.h"
#include "tilslut/agreement/index_value.h"

static tl_status index_set(struct cli *cli, struct tl_err *err)
{
    const char *value = cli_args_value(&cli->args, "--value"), *source = cli_args_value(&cli->args, "--source");
    struct tl_index_value index = {.index = cli->args.positional[0], .source = source};
    struct tl_date published;
    tl_recorded recorded;
    tl_status status = cli_date(&index.holds_on, cli, "--date", err);
    if (status == TL_OK)
        status = cli_date(&published, cli, "--published", err);
    if (status == TL_OK &&
        (value == NULL || source == NULL || tl_date_is_none(index.holds_on) || tl_date_is_none(published))) {
        status = tl_err_set(err, TL_ERR_USAGE, "an index value needs --date, --value, --published and --source");
        tl_err_hint(err, "for example: tilslut index set KL-PL --date 2026-01-01 --value 118.3 --published 2025-06-20 "
                         "--source \"KL, skøn for pris- og lønudvikling\"");
    }
    if (status == TL_OK)
        status = tl_ratio_parse(&index.value, value, err);
    if (status == TL_OK)
        status = cli_begin(cli, err);
    if (status == TL_OK)
        status = tl_index_value_record(&recorded, cli->store, &index, published, err);
    if (status == TL_OK)
        status = cli_commit(cli, err);
    if (status == TL_OK)
        tl_buf_format(&cli->out, "%s\n", recorded == TL_RECORDED_SAME ? "as recorded before" : "recorded");
    return status;
}

static tl_status list_index(struct cli *cli, struct tl_err *err)
{
    static const struct tl_column columns[] = {
        {"index", "Index", TL_COLUMN_CODE},
        {"date", "Date", TL_COLUMN_DATE},
        {"value", "Value", TL_COLUMN_RATIO},
        {"source", "Source", TL_COLUMN_TEXT},
    };
    struct tl_table table = TL_TABLE_EMPTY;
    struct tl_index_value *values = NULL;
    size_t count = 0;
    tl_status status = tl_table_init(&table, columns, sizeof columns / sizeof columns[0], err);
    if (status == TL_OK)
        status = tl_index_value_list(&values, &count, cli->store, &cli->arena, err);
    for (size_t i = 0; status == TL_OK && i < count; i++) {
        struct tl_cell cells[] = {tl_cell_code(values[i].index), tl_cell_date(values[i].holds_on),
                                  tl_cell_ratio(values[i].value), tl_cell_text(values[i].source)};
        status = tl_table_add(&table, cells, err);
    }
    if (status == TL_OK)
        status = cli_print_table(cli, &table, err);
    tl_table_release(&table);
    return status;
}

static const struct cli_option index_set_options[] = {
    {"--date", NULL, "DATE", false, "the date the value holds for"},
    {"--value", NULL, "NUMBER", false, "the value, such as 118.3"},
    {"--published", NULL, "DATE", false, "when it was published"},
    {"--source", NULL, "TEXT", false, "who published it, and where"},
    CLI_OPTIONS_END,
};

const struct cli_command cli_index_commands[] = {
    {"index set", "NAME", "record a value of an index that prices follow",
     "Records an index value with its day of publication. A revised value is recorded the same way; the latest counts.",
     1, 1, CLI_RECORDS, index_set_options, index_set},
    {"list index", "", "list index values", "Lists the latest recorded value of each index and date.", 0, 0, CLI_READS,
     cli_form_options, list_index},
    {0},
};
