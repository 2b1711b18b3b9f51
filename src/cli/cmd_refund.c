/* SPDX-License-Identifier: MPL-2.0 */
#include <inttypes.h>

#include "cli.h"
#include "tilslut/agreement/refund.h"

static tl_status draft(struct cli *cli, struct tl_err *err)
{
    struct tl_refund refund = {.party = cli->args.positional[0], .reason = cli_args_value(&cli->args, "--reason")};
    char amount[TL_MONEY_TEXT_SIZE];
    tl_status status = tl_money_parse(&refund.amount, cli->args.positional[1], err);
    if (status == TL_OK)
        status = cli_date(&refund.date, cli, "--date", err);
    if (status == TL_OK && (refund.reason == NULL || tl_date_is_none(refund.date))) {
        status = tl_err_set(err, TL_ERR_USAGE, "a refund needs --date and --reason");
        tl_err_hint(err, "for example: tilslut refund 0751 100 --date 2026-03-01 --reason 'betalt to gange'");
    }
    if (status == TL_OK)
        status = cli_begin(cli, err);
    if (status == TL_OK)
        status = tl_refund_draft(&refund, cli->store, err);
    if (status == TL_OK)
        status = cli_commit(cli, err);
    if (status == TL_OK)
        tl_buf_format(&cli->out,
                      "drafted refund %" PRId64 ": %s %s to %s\nsomebody else than %s approves it with: tilslut refund "
                      "approve %" PRId64 " --as NAME\n",
                      refund.id, tl_money_da(refund.amount, amount), tl_store_currency(cli->store), refund.party,
                      cli->act.actor, refund.id);
    return status;
}

static tl_status approve(struct cli *cli, struct tl_err *err)
{
    int64_t id = 0, entry = 0;
    tl_status status = cli_number(&id, cli->args.positional[0], "the number of a refund", err);
    if (status == TL_OK)
        status = cli_begin(cli, err);
    if (status == TL_OK)
        status = tl_refund_approve(&entry, cli->store, id, cli->act.actor, err);
    if (status == TL_OK)
        status = cli_commit(cli, err);
    if (status == TL_OK)
        tl_buf_format(&cli->out, "approved refund %" PRId64 ": entry %" PRId64 "\n", id, entry);
    return status;
}

static tl_status discard(struct cli *cli, struct tl_err *err)
{
    int64_t id = 0;
    tl_status status = cli_number(&id, cli->args.positional[0], "the number of a refund", err);
    if (status == TL_OK)
        status = cli_begin(cli, err);
    if (status == TL_OK)
        status = tl_refund_discard(cli->store, id, err);
    if (status == TL_OK)
        status = cli_commit(cli, err);
    if (status == TL_OK)
        tl_buf_format(&cli->out, "discarded refund %" PRId64 "\n", id);
    return status;
}

static tl_status list_refunds(struct cli *cli, struct tl_err *err)
{
    static const struct tl_column columns[] = {
        {"refund", "Refund", TL_COLUMN_INTEGER}, {"party", "Party", TL_COLUMN_CODE},
        {"date", "Date", TL_COLUMN_DATE},        {"amount", "Amount", TL_COLUMN_MONEY},
        {"reason", "Reason", TL_COLUMN_TEXT},    {"state", "State", TL_COLUMN_TEXT},
        {"author", "Author", TL_COLUMN_TEXT},    {"ended_by", "Approved or discarded by", TL_COLUMN_TEXT},
        {"entry", "Entry", TL_COLUMN_INTEGER},
    };
    struct tl_table table = TL_TABLE_EMPTY;
    struct tl_refund *refunds = NULL;
    size_t count = 0;
    tl_status status = tl_table_init(&table, columns, sizeof columns / sizeof columns[0], err);
    if (status == TL_OK)
        status = tl_refund_list(&refunds, &count, cli->store, &cli->arena, err);
    for (size_t i = 0; status == TL_OK && i < count; i++) {
        const struct tl_refund *refund = &refunds[i];
        struct tl_cell cells[] = {tl_cell_integer(refund->id),
                                  tl_cell_code(refund->party),
                                  tl_cell_date(refund->date),
                                  tl_cell_money(refund->amount),
                                  tl_cell_text(refund->reason),
                                  tl_cell_text(refund->state),
                                  tl_cell_text(refund->author),
                                  refund->ended_by[0] == '\0' ? tl_cell_missing() : tl_cell_text(refund->ended_by),
                                  refund->entry == 0 ? tl_cell_missing() : tl_cell_integer(refund->entry)};
        status = tl_table_add(&table, cells, err);
    }
    if (status == TL_OK)
        status = cli_print_table(cli, &table, err);
    tl_table_release(&table);
    return status;
}

static const struct cli_option refund_options[] = {
    {"--date", NULL, "DATE", false, "of the entry"},
    {"--reason", NULL, "TEXT", false, "why it is sent back; the statement says it"},
    CLI_OPTIONS_END,
};

const struct cli_command cli_refund_commands[] = {
    {"refund approve", "REFUND", "approve a refund and post it",
     "Approves a refund that somebody else drafted, and posts it. The bank's own line is matched with its entry later.",
     1, 1, CLI_RECORDS, cli_no_options, approve},
    {"refund discard", "REFUND", "drop a drafted refund", "Drops a refund; it stays on record as discarded.", 1, 1,
     CLI_RECORDS, cli_no_options, discard},
    {"refund", "PARTY AMOUNT", "draft a refund to a member",
     "Drafts a refund of what a member has to its credit. Nothing is posted until somebody else approves it.", 2, 2,
     CLI_RECORDS, refund_options, draft},
    {"list refunds", "", "list refunds", "Lists refunds with who drafted and who approved or discarded them.", 0, 0,
     CLI_READS, cli_form_options, list_refunds},
    {0},
};
