/* SPDX-License-Identifier: MPL-2.0 */
#include <stdio.h>
#include <string.h>

#include "cli.h"
#include "tilslut/agreement/figure_change.h"

/* `5` and `5%` are the same. */
static tl_status read_percent(struct tl_ratio *out, const char *text, struct tl_err *err)
{
    char percent[60];
    const char *sign = strchr(text, '%') == NULL ? "%" : "";
    tl_status status = tl_ratio_parse(out, text, err); /* an error quotes what was typed */
    if (status != TL_OK)
        return status;
    if ((size_t)snprintf(percent, sizeof percent, "%s%s", text, sign) >= sizeof percent)
        return tl_err_set(err, TL_ERR_RANGE, "the percent has too many digits");
    return tl_ratio_parse(out, percent, err);
}

static tl_status read_request(struct tl_figure_change_request *out, struct cli *cli, struct tl_err *err)
{
    const char *percent = cli_args_value(&cli->args, "--percent");
    *out = (struct tl_figure_change_request){.product = cli->args.positional[0]};
    tl_status status = cli_date(&out->from, cli, "--from", err);
    if (status == TL_OK)
        status = cli_date(&out->to, cli, "--to", err);
    if (status == TL_OK && (tl_date_is_none(out->from) || tl_date_compare(out->from, out->to) >= 0)) {
        status = tl_err_set(err, TL_ERR_USAGE, "the dates of two sets of figures are needed, the earlier first");
        tl_err_hint(err, "for example: --from 2025-01-01 --to 2026-01-01");
    }
    return status == TL_OK && percent != NULL ? read_percent(&out->more_than, percent, err) : status;
}

static tl_status changes(struct cli *cli, struct tl_err *err)
{
    static const struct tl_column columns[] = {
        {"code", "Code", TL_COLUMN_CODE},          {"name", "Name", TL_COLUMN_TEXT},
        {"before", "Before", TL_COLUMN_RATIO},     {"after", "After", TL_COLUMN_RATIO},
        {"class_before", "Class", TL_COLUMN_TEXT}, {"class_after", "New class", TL_COLUMN_TEXT},
        {"member", "Member", TL_COLUMN_TEXT},      {"effect", "Effect a year", TL_COLUMN_MONEY},
    };
    struct tl_figure_change_request request;
    struct tl_figure_change *changes = NULL;
    struct tl_table table = TL_TABLE_EMPTY;
    size_t count = 0, missing = 0;
    tl_status status = read_request(&request, cli, err);
    if (status == TL_OK)
        status = tl_figure_change_list(&changes, &count, &missing, cli->store, &request, &cli->arena, err);
    if (status == TL_OK)
        status = tl_table_init(&table, columns, sizeof columns / sizeof columns[0], err);
    for (size_t i = 0; status == TL_OK && i < count; i++) {
        const struct tl_figure_change *change = &changes[i];
        struct tl_cell cells[] = {tl_cell_code(change->code),
                                  tl_cell_text(change->name),
                                  tl_cell_ratio(change->before),
                                  tl_cell_ratio(change->after),
                                  tl_cell_text(change->class_before),
                                  tl_cell_text(change->class_after),
                                  tl_cell_text(change->is_member ? "yes" : "no"),
                                  change->is_member ? tl_cell_money(change->effect) : tl_cell_missing()};
        status = tl_table_add(&table, cells, err);
    }
    if (status == TL_OK)
        status = cli_print_table(cli, &table, err);
    if (status == TL_OK && missing > 0)
        cli_note("%zu %s not compared", missing,
                 cli_plural(missing, "municipality lacks a figure on one of the dates, and is",
                            "municipalities lack a figure on one of the dates, and are"));
    tl_table_release(&table);
    return status;
}

static const struct cli_option changes_options[] = {
    {"--from", NULL, "DATE", false, "of the figures that count now"},
    {"--to", NULL, "DATE", false, "of the new figures"},
    {"--percent", NULL, "N", false, "also who changes by more than N percent, not only who changes class"},
    CLI_OPTIONS_FORM,
    CLI_OPTIONS_END,
};

const struct cli_command cli_changes_commands[] = {
    {"changes", "PRODUCT", "who changes size class when new figures arrive",
     "Compares two sets of figures over all municipalities by the product's terms: who changes size class (or, with\n"
     "--percent, changes much), and what all the new figures together mean for what a member pays each year.",
     1, 1, CLI_READS, changes_options, changes},
    {0},
};
