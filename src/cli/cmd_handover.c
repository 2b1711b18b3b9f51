/* SPDX-License-Identifier: MPL-2.0 */
/*
 * How a membership ends: what follows from a notice, and handing over to another party.
 */
#include "cli.h"
#include "tilslut/agreement/handover.h"
#include "tilslut/agreement/leaving.h"
#include "tilslut/agreement/notice_period.h"

#define COUNT_OF(array) (sizeof(array) / sizeof(array)[0])

static tl_status handover(struct cli *cli, struct tl_err *err)
{
    const char *evidence = cli_args_value(&cli->args, "--evidence");
    const char **to = NULL;
    struct tl_handover handover = {.product = cli->args.positional[0],
                                   .from = cli->args.positional[1],
                                   .evidence = evidence == NULL ? "" : evidence};
    char date[TL_DATE_TEXT_SIZE];
    tl_status status = cli_date(&handover.on, cli, "--date", err);
    if (status == TL_OK && tl_date_is_none(handover.on)) {
        status = tl_err_set(err, TL_ERR_USAGE, "a handover needs --date, the first day in other hands");
        tl_err_hint(err, "for example --date 2027-01-01");
    }
    if (status == TL_OK)
        status = cli_list(&to, &handover.to_count, cli, cli->args.positional[2], err);
    handover.to = to;
    if (status == TL_OK)
        status = cli_begin(cli, err);
    if (status == TL_OK)
        status = tl_handover_record(cli->store, &handover, err);
    if (status == TL_OK)
        status = cli_commit(cli, err);
    if (status == TL_OK)
        tl_buf_format(&cli->out, "%s hands over %s to %s on %s\n", handover.from, handover.product,
                      cli->args.positional[2], tl_date_iso(handover.on, date));
    return status;
}

/* What stands above the table for people. */
static tl_status print_notice(struct cli *cli, const struct tl_leaving *leaving, struct tl_err *err)
{
    char date[TL_DATE_TEXT_SIZE], other[TL_DATE_TEXT_SIZE], amount[TL_MONEY_TEXT_SIZE];
    const char *period = tl_notice_period_text(leaving->period, &cli->arena);
    if (period == NULL)
        return tl_err_memory(err);
    struct tl_buf *out = &cli->out;
    tl_buf_format(out, "notice given   %s; %s, first permitted end %s\n", tl_date_iso(leaving->notice_on, date), period,
                  tl_date_iso(leaving->first_permitted, other));
    tl_buf_format(out, "last day       %s\n", tl_date_iso(leaving->last, date));
    if (!tl_date_is_none(leaving->last_charged.last))
        tl_buf_format(out, "last charged   %s to %s\n", tl_date_iso(leaving->last_charged.first, date),
                      tl_date_iso(leaving->last_charged.last, other));
    tl_buf_format(out, "billed         %s\n", tl_money_da(leaving->billed, amount));
    tl_buf_format(out, "paid           %s\n", tl_money_da(leaving->paid, amount));
    tl_buf_format(out, "balance        %s\n", tl_money_da(leaving->balance, amount));
    tl_buf_format(out, "to be charged  %s\n", tl_money_da(leaving->to_come, amount));
    tl_buf_format(out, "owed           %s\n", tl_money_da(leaving->owed, amount));
    if (!tl_money_is_zero(leaving->credit))
        tl_buf_format(out, "to its credit  %s of payments that pay nothing yet\n",
                      tl_money_da(leaving->credit, amount));
    if (!tl_money_is_zero(leaving->besides))
        tl_buf_format(out, "besides        %s on no product\n", tl_money_da(leaving->besides, amount));
    if (!tl_money_is_zero(leaving->elsewhere))
        tl_buf_format(out, "elsewhere      %s on other products\n", tl_money_da(leaving->elsewhere, amount));
    return TL_OK;
}

static tl_status leaving(struct cli *cli, struct tl_err *err)
{
    static const struct tl_column columns[] = {
        {"year", "Year", TL_COLUMN_INTEGER}, {"line", "Line", TL_COLUMN_CODE}, {"first", "From", TL_COLUMN_DATE},
        {"last", "To", TL_COLUMN_DATE},      {"net", "Net", TL_COLUMN_MONEY},  {"vat", "VAT", TL_COLUMN_MONEY},
        {"gross", "Gross", TL_COLUMN_MONEY},
    };
    struct tl_table table = TL_TABLE_EMPTY;
    struct tl_leaving leaving;
    tl_status status = tl_table_init(&table, columns, COUNT_OF(columns), err);
    if (status == TL_OK)
        status =
            tl_leaving_read(&leaving, cli->store, cli->args.positional[0], cli->args.positional[1], &cli->arena, err);
    if (status == TL_OK && !cli_for_machines(cli))
        status = print_notice(cli, &leaving, err);
    for (size_t i = 0; status == TL_OK && i < leaving.charge_count; i++) {
        const struct tl_leaving_charge *charge = &leaving.charges[i];
        struct tl_cell cells[] = {tl_cell_integer(charge->year),      tl_cell_code(charge->line_id),
                                  tl_cell_date(charge->period.first), tl_cell_date(charge->period.last),
                                  tl_cell_money(charge->net),         tl_cell_money(charge->vat),
                                  tl_cell_money(charge->gross)};
        status = tl_table_add(&table, cells, err);
    }
    if (status == TL_OK && (leaving.charge_count > 0 || cli_for_machines(cli)))
        status = cli_print_table(cli, &table, err);
    if (status == TL_OK && leaving.unknown_year != 0)
        cli_note("what %d charges cannot be computed yet: %s", leaving.unknown_year, leaving.unknown);
    tl_table_release(&table);
    return status;
}

static const struct cli_option handover_options[] = {
    {"--date", NULL, "DATE", false, "the first day in other hands"},
    {"--evidence", NULL, "TEXT", false, "where it is decided"},
    CLI_OPTIONS_END,
};

const struct cli_command cli_handover_commands[] = {
    {"leaving", "PRODUCT MEMBER", "what follows from a notice",
     "Prints the last day of a member under notice, what is charged until then, and what is still owed.", 2, 2,
     CLI_READS, cli_form_options, leaving},
    {"handover", "PRODUCT MEMBER NEW,...", "record that others take a membership over",
     "Ends a membership on the day before, and begins one for each of those who take over, as when a municipality is\n"
     "merged into another. No joining fee is charged again; options, waivers, classes and groups go along. Who is a\n"
     "member already goes on as one.",
     3, 3, CLI_RECORDS, handover_options, handover},
    {0},
};
