/* SPDX-License-Identifier: MPL-2.0 */
/*
 * What members pay for a product out of their own pocket, and get back.
 */
#include <inttypes.h>

#include "cli.h"
#include "tilslut/agreement/outlay.h"

static const char *given(const struct cli *cli, const char *option)
{
    const char *value = cli_args_value(&cli->args, option);
    return value == NULL ? "" : value;
}

static tl_status read_id(int64_t *out, struct cli *cli, const char *what, struct tl_err *err)
{
    return cli_number(out, cli->args.positional[0], what, err);
}

static tl_status outlay_add(struct cli *cli, struct tl_err *err)
{
    struct tl_outlay outlay = {.product = cli->args.positional[0],
                               .party = cli->args.positional[1],
                               .account = given(cli, "--account"),
                               .project = given(cli, "--project"),
                               .text = given(cli, "--text"),
                               .evidence = given(cli, "--evidence")};
    int64_t id = 0;
    char amount[TL_MONEY_TEXT_SIZE];
    tl_status status = tl_money_parse(&outlay.amount, cli->args.positional[2], err);
    if (status == TL_OK)
        status = cli_date(&outlay.paid_on, cli, "--date", err);
    if (status == TL_OK && (outlay.account[0] == '\0' || tl_date_is_none(outlay.paid_on))) {
        status = tl_err_set(err, TL_ERR_USAGE, "an outlay needs --account and --date");
        tl_err_hint(err, "give the account of the cost and the day it was paid, for example --account 00010 --date "
                         "2026-02-11");
    }
    if (status == TL_OK)
        status = cli_begin(cli, err);
    if (status == TL_OK)
        status = tl_outlay_register(&id, cli->store, &outlay, err);
    if (status == TL_OK)
        status = cli_commit(cli, err);
    if (status == TL_OK)
        tl_buf_format(&cli->out,
                      "registered outlay %" PRId64 ": %s %s, paid by %s\n"
                      "somebody else than %s approves it with: tilslut outlay approve %" PRId64 " --as NAME\n",
                      id, tl_money_da(outlay.amount, amount), tl_store_currency(cli->store), outlay.party,
                      cli->act.actor, id);
    return status;
}

static tl_status outlay_repay(struct cli *cli, struct tl_err *err)
{
    int64_t outlay = 0, id = 0;
    struct tl_money amount = {0};
    char text[TL_MONEY_TEXT_SIZE];
    tl_status status = read_id(&outlay, cli, "the number of an outlay", err);
    if (status == TL_OK && cli->args.positional_count > 1) {
        status = tl_money_parse(&amount, cli->args.positional[1], err);
        if (status == TL_OK && tl_money_is_zero(amount))
            status = tl_err_set(err, TL_ERR_USAGE, "a repayment of 0.00 is none");
    }
    if (status == TL_OK)
        status = cli_begin(cli, err);
    if (status == TL_OK)
        status = tl_outlay_repay(&id, &amount, cli->store, outlay, err);
    if (status == TL_OK)
        status = cli_commit(cli, err);
    if (status == TL_OK)
        tl_buf_format(&cli->out,
                      "registered repayment %" PRId64 ": %s %s of outlay %" PRId64 "\n"
                      "somebody else than %s approves it with: tilslut outlay approve %" PRId64 " --as NAME\n",
                      id, tl_money_da(amount, text), tl_store_currency(cli->store), outlay, cli->act.actor, id);
    return status;
}

static tl_status outlay_approve(struct cli *cli, struct tl_err *err)
{
    struct tl_date date;
    int64_t id = 0, entry = 0;
    tl_status status = read_id(&id, cli, "the number of an outlay or repayment", err);
    if (status == TL_OK)
        status = cli_date(&date, cli, "--date", err);
    if (status == TL_OK)
        status = cli_begin(cli, err);
    if (status == TL_OK)
        status = tl_outlay_approve(&entry, cli->store, id, cli->act.actor, date, tl_moment_date(cli->act.now), err);
    if (status == TL_OK)
        status = cli_commit(cli, err);
    if (status == TL_OK)
        tl_buf_format(&cli->out, "approved voucher %" PRId64 ": entry %" PRId64 "\n", id, entry);
    return status;
}

static tl_status outlay_reject(struct cli *cli, struct tl_err *err)
{
    int64_t id = 0;
    tl_status status = read_id(&id, cli, "the number of an outlay or repayment", err);
    if (status == TL_OK)
        status = cli_begin(cli, err);
    if (status == TL_OK)
        status = tl_outlay_reject(cli->store, id, cli_args_value(&cli->args, "--reason"), err);
    if (status == TL_OK)
        status = cli_commit(cli, err);
    if (status == TL_OK)
        tl_buf_format(&cli->out, "rejected voucher %" PRId64 "\n", id);
    return status;
}

static const char *or_missing(const char *text)
{
    return text[0] == '\0' ? NULL : text;
}

static tl_status list_outlays(struct cli *cli, struct tl_err *err)
{
    static const struct tl_column columns[] = {
        {"outlay", "Outlay", TL_COLUMN_INTEGER}, {"state", "State", TL_COLUMN_TEXT},
        {"product", "Product", TL_COLUMN_CODE},  {"member", "Member", TL_COLUMN_CODE},
        {"account", "Account", TL_COLUMN_CODE},  {"project", "Project", TL_COLUMN_CODE},
        {"date", "Paid on", TL_COLUMN_DATE},     {"text", "Text", TL_COLUMN_TEXT},
        {"evidence", "Receipt", TL_COLUMN_TEXT}, {"amount", "Amount", TL_COLUMN_MONEY},
        {"repaid", "Repaid", TL_COLUMN_MONEY},   {"owed", "Remains", TL_COLUMN_MONEY},
        {"author", "Author", TL_COLUMN_TEXT},    {"ended_by", "Ended by", TL_COLUMN_TEXT},
        {"booked", "Booked", TL_COLUMN_DATE},
    };
    struct tl_table table = TL_TABLE_EMPTY;
    struct tl_outlay *outlays = NULL;
    size_t count = 0;
    const char *product = cli->args.positional_count == 0 ? NULL : cli->args.positional[0];
    bool open = cli_args_value(&cli->args, "--open") != NULL;
    tl_status status = tl_table_init(&table, columns, sizeof columns / sizeof columns[0], err);
    if (status == TL_OK)
        status = tl_outlay_list(&outlays, &count, cli->store, &cli->arena, err);
    for (size_t i = 0; status == TL_OK && i < count; i++) {
        const struct tl_outlay *outlay = &outlays[i];
        struct tl_cell cells[] = {
            tl_cell_integer(outlay->id),    tl_cell_text(outlay->state),
            tl_cell_code(outlay->product),  tl_cell_code(outlay->party),
            tl_cell_code(outlay->account),  tl_cell_code(or_missing(outlay->project)),
            tl_cell_date(outlay->paid_on),  tl_cell_text(outlay->text),
            tl_cell_text(outlay->evidence), tl_cell_money(outlay->amount),
            tl_cell_money(outlay->repaid),  tl_cell_money(outlay->owed),
            tl_cell_text(outlay->author),   tl_cell_text(or_missing(outlay->ended_by)),
            tl_cell_date(outlay->holds_on),
        };
        bool wanted = product == NULL || tl_text_equal(outlay->product, product);
        if (wanted && !(open && tl_money_is_zero(outlay->owed)))
            status = tl_table_add(&table, cells, err);
    }
    if (status == TL_OK)
        status = cli_print_table(cli, &table, err);
    tl_table_release(&table);
    return status;
}

static tl_status list_repayments(struct cli *cli, struct tl_err *err)
{
    static const struct tl_column columns[] = {
        {"repayment", "Repayment", TL_COLUMN_INTEGER},
        {"outlay", "Outlay", TL_COLUMN_INTEGER},
        {"member", "Member", TL_COLUMN_CODE},
        {"amount", "Amount", TL_COLUMN_MONEY},
        {"state", "State", TL_COLUMN_TEXT},
        {"author", "Author", TL_COLUMN_TEXT},
        {"ended_by", "Ended by", TL_COLUMN_TEXT},
        {"booked", "Booked", TL_COLUMN_DATE},
    };
    struct tl_table table = TL_TABLE_EMPTY;
    struct tl_repayment *all = NULL;
    size_t count = 0;
    tl_status status = tl_table_init(&table, columns, sizeof columns / sizeof columns[0], err);
    if (status == TL_OK)
        status = tl_outlay_repayments(&all, &count, cli->store, &cli->arena, err);
    for (size_t i = 0; status == TL_OK && i < count; i++) {
        struct tl_cell cells[] = {
            tl_cell_integer(all[i].id),
            tl_cell_integer(all[i].outlay),
            tl_cell_code(all[i].party),
            tl_cell_money(all[i].amount),
            tl_cell_text(all[i].state),
            tl_cell_text(all[i].author),
            tl_cell_text(or_missing(all[i].ended_by)),
            tl_cell_date(all[i].holds_on),
        };
        status = tl_table_add(&table, cells, err);
    }
    if (status == TL_OK)
        status = cli_print_table(cli, &table, err);
    tl_table_release(&table);
    return status;
}

static const struct cli_option add_options[] = {
    {"--account", NULL, "ACCOUNT", false, "of the cost, such as 00010 for events"},
    {"--date", NULL, "DATE", false, "when the member paid"},
    {"--text", NULL, "TEXT", false, "what it was for"},
    {"--evidence", NULL, "TEXT", false, "the receipt"},
    {"--project", NULL, "CODE", false, "the project whose pledges are to repay it"},
    CLI_OPTIONS_END,
};
static const struct cli_option approve_options[] = {
    {"--date", NULL, "DATE", false, "of the entry (default: when it was paid; today of a repayment)"},
    CLI_OPTIONS_END,
};
static const struct cli_option reject_options[] = {
    {"--reason", NULL, "TEXT", false, "what is wrong with it"},
    CLI_OPTIONS_END,
};
static const struct cli_option list_options[] = {
    {"--open", NULL, NULL, false, "only those of which something is to be repaid"},
    CLI_OPTIONS_FORM,
    CLI_OPTIONS_END,
};

const struct cli_command cli_outlay_commands[] = {
    {"outlay add", "PRODUCT MEMBER AMOUNT", "register what a member paid for a product (udlæg)",
     "Registers what a member paid a third party for a product, without the VAT that the member recovers itself. Once\n"
     "somebody else approves it, it is a cost of the product and owed to the member. A receipt is registered once.",
     3, 3, CLI_RECORDS, add_options, outlay_add},
    {"outlay repay", "OUTLAY [AMOUNT]", "draft the repayment of an outlay",
     "Drafts the repayment of an approved outlay: of an amount, or of all that is left. What is drafted counts, so "
     "that\n"
     "nothing is repaid twice. What a project is to repay waits for the decision to carry the project out.",
     1, 2, CLI_RECORDS, cli_no_options, outlay_repay},
    {"outlay approve", "VOUCHER", "approve an outlay or a repayment, and post it",
     "Approves an outlay, or a repayment, that somebody else registered, and posts it.", 1, 1, CLI_RECORDS,
     approve_options, outlay_approve},
    {"outlay reject", "VOUCHER", "reject an outlay or a repayment", "Rejects a draft; it stays on record.", 1, 1,
     CLI_RECORDS, reject_options, outlay_reject},
    {"list outlays", "[PRODUCT]", "list outlays, with what remains to be repaid",
     "Lists what members paid for one product or for all, with what was repaid and what remains.", 0, 1, CLI_READS,
     list_options, list_outlays},
    {"list repayments", "", "list repayments of outlays", "Lists what went back to members of their outlays.", 0, 0,
     CLI_READS, cli_form_options, list_repayments},
    {0},
};
