/* SPDX-License-Identifier: MPL-2.0 */
#include <inttypes.h>

#include "period.h"
#include "tilslut/agreement/cost.h"
#include "tilslut/agreement/voucher.h"

static const char *value_or(const struct cli *cli, const char *option, const char *otherwise)
{
    const char *value = cli_args_value(&cli->args, option);
    return value == NULL ? otherwise : value;
}

/* A number of an option; what it was before where the option was not given. */
static tl_status read_number(int64_t *out, const struct cli *cli, const char *option, const char *what,
                             struct tl_err *err)
{
    const char *text = cli_args_value(&cli->args, option);
    return text == NULL ? TL_OK : cli_number(out, text, what, err);
}

static tl_status read_dates(struct tl_cost *cost, const struct cli *cli, struct tl_err *err)
{
    const char *period = cli_args_value(&cli->args, "--period");
    tl_status status = cli_date(&cost->invoiced_on, cli, "--date", err);
    if (status == TL_OK && tl_date_is_none(cost->invoiced_on)) {
        status = tl_err_set(err, TL_ERR_USAGE, "a cost needs --date");
        tl_err_hint(err, "give the date of the supplier's invoice, for example --date 2026-02-11");
    }
    if (status == TL_OK)
        status = cli_date(&cost->due_on, cli, "--due", err);
    cost->period = (struct tl_period){cost->invoiced_on, cost->invoiced_on};
    if (status == TL_OK && period != NULL)
        status = cli_period(&cost->period, period, err);
    return status;
}

/* What both ways of registering a cost take. */
static tl_status read_common(struct tl_cost *cost, const struct cli *cli, struct tl_err *err)
{
    const char *vat = cli_args_value(&cli->args, "--vat");
    cost->product = cli->args.positional[0];
    cost->account = cli->args.positional[1];
    cost->supplier_name = cli_args_value(&cli->args, "--name");
    cost->invoice = value_or(cli, "--invoice", "");
    cost->line = 1;
    cost->issue = value_or(cli, "--issue", "");
    cost->text = value_or(cli, "--text", "");
    cost->vat_code = value_or(cli, "--vat-code", "none");
    cost->vat_reason = value_or(cli, "--vat-reason", "");
    cost->working = "";
    tl_status status = read_number(&cost->line, cli, "--line", "the number of a line", err);
    if (status == TL_OK && cost->line < 1)
        status = tl_err_set(err, TL_ERR_USAGE, "lines of an invoice are counted from 1");
    if (status == TL_OK && vat != NULL)
        status = tl_money_parse(&cost->vat, vat, err);
    return status == TL_OK ? read_dates(cost, cli, err) : status;
}

static tl_status finish(struct cli *cli, const struct tl_cost *cost, struct tl_err *err)
{
    int64_t id = 0;
    char net[TL_MONEY_TEXT_SIZE];
    struct tl_cost stored;
    tl_status status = cli_begin(cli, err);
    if (status == TL_OK)
        status = tl_cost_register(&id, cli->store, cost, err);
    if (status == TL_OK)
        status = tl_cost_find(&stored, cli->store, id, &cli->arena, err);
    if (status == TL_OK)
        status = cli_commit(cli, err);
    if (status != TL_OK)
        return status;
    tl_buf_format(&cli->out, "registered cost %" PRId64 ": %s %s, %s %s\n", id, tl_money_da(stored.net, net),
                  tl_store_currency(cli->store), stored.supplier_name, stored.invoice);
    if (stored.working[0] != '\0')
        tl_buf_format(&cli->out, "%s\n", stored.working);
    tl_buf_format(&cli->out, "somebody else than %s approves it with: tilslut cost approve %" PRId64 " --as NAME\n",
                  cli->act.actor, id);
    return TL_OK;
}

static tl_status cost_add(struct cli *cli, struct tl_err *err)
{
    struct tl_cost cost = {.supplier = cli_args_value(&cli->args, "--supplier"), .role = ""};
    if (cost.supplier == NULL) {
        (void)tl_err_set(err, TL_ERR_USAGE, "a cost needs --supplier");
        tl_err_hint(err, "give the supplier's CVR number, for example --supplier 12345674");
        return TL_ERR_USAGE;
    }
    tl_status status = tl_money_parse(&cost.net, cli->args.positional[2], err);
    if (status == TL_OK)
        status = read_common(&cost, cli, err);
    if (status == TL_OK)
        status = read_number(&cost.corrects, cli, "--credits", "the number of a cost", err);
    return status == TL_OK ? finish(cli, &cost, err) : status;
}

static tl_status cost_hours(struct cli *cli, struct tl_err *err)
{
    struct tl_cost cost = {.supplier = cli->args.positional[2], .role = cli->args.positional[3]};
    tl_status status = tl_ratio_parse(&cost.hours, cli->args.positional[4], err);
    if (status == TL_OK)
        status = read_common(&cost, cli, err);
    return status == TL_OK ? finish(cli, &cost, err) : status;
}

static tl_status read_id(int64_t *out, struct cli *cli, struct tl_err *err)
{
    return cli_number(out, cli->args.positional[0], "the number of a cost", err);
}

static tl_status cost_approve(struct cli *cli, struct tl_err *err)
{
    struct tl_date date;
    int64_t id = 0;
    size_t entries = 0;
    tl_status status = read_id(&id, cli, err);
    if (status == TL_OK)
        status = cli_date(&date, cli, "--date", err);
    if (status == TL_OK)
        status = cli_begin(cli, err);
    if (status == TL_OK)
        status = tl_cost_approve(&entries, cli->store, id, cli->act.actor, date, err);
    if (status == TL_OK)
        status = cli_commit(cli, err);
    if (status == TL_OK)
        tl_buf_format(&cli->out, "approved cost %" PRId64 "; posted %zu %s\n", id, entries,
                      cli_plural(entries, "entry", "entries"));
    return status;
}

static tl_status cost_reject(struct cli *cli, struct tl_err *err)
{
    int64_t id = 0;
    tl_status status = read_id(&id, cli, err);
    if (status == TL_OK)
        status = cli_begin(cli, err);
    if (status == TL_OK)
        status = tl_voucher_reject(cli->store, id, "cost", cli_args_value(&cli->args, "--reason"), err);
    if (status == TL_OK)
        status = cli_commit(cli, err);
    if (status == TL_OK)
        tl_buf_format(&cli->out, "rejected cost %" PRId64 "\n", id);
    return status;
}

static tl_status cost_pay(struct cli *cli, struct tl_err *err)
{
    struct tl_date date;
    int64_t id = 0, entry = 0;
    bool already = false;
    tl_status status = read_id(&id, cli, err);
    if (status == TL_OK)
        status = cli_date(&date, cli, "--date", err);
    if (status == TL_OK && tl_date_is_none(date)) {
        status = tl_err_set(err, TL_ERR_USAGE, "a payment needs --date");
        tl_err_hint(err, "give the day the bank paid it, for example --date 2026-02-11");
    }
    if (status == TL_OK)
        status = cli_begin(cli, err);
    if (status == TL_OK)
        status = tl_cost_pay(&entry, &already, cli->store, id, date, value_or(cli, "--text", ""), err);
    if (status == TL_OK)
        status = cli_commit(cli, err);
    if (status == TL_OK && already)
        tl_buf_format(&cli->out, "recorded before, as entry %" PRId64 "; nothing was changed\n", entry);
    else if (status == TL_OK)
        tl_buf_format(&cli->out, "entry %" PRId64 ": cost %" PRId64 " is paid\n", entry, id);
    return status;
}

static const struct tl_column columns[] = {
    {"cost", "Cost", TL_COLUMN_INTEGER},       {"state", "State", TL_COLUMN_TEXT},
    {"product", "Product", TL_COLUMN_CODE},    {"account", "Account", TL_COLUMN_CODE},
    {"supplier", "Supplier", TL_COLUMN_CODE},  {"name", "Name", TL_COLUMN_TEXT},
    {"invoice", "Invoice", TL_COLUMN_CODE},    {"line", "Line", TL_COLUMN_INTEGER},
    {"date", "Date", TL_COLUMN_DATE},          {"due", "Due", TL_COLUMN_DATE},
    {"from", "From", TL_COLUMN_DATE},          {"to", "To", TL_COLUMN_DATE},
    {"issue", "Issue", TL_COLUMN_CODE},        {"text", "Text", TL_COLUMN_TEXT},
    {"net", "Net", TL_COLUMN_MONEY},           {"vat", "VAT", TL_COLUMN_MONEY},
    {"vat_code", "VAT is", TL_COLUMN_TEXT},    {"vat_reason", "Because", TL_COLUMN_TEXT},
    {"credits", "Credits", TL_COLUMN_INTEGER}, {"working", "Working", TL_COLUMN_TEXT},
    {"author", "Author", TL_COLUMN_TEXT},      {"ended_by", "Ended by", TL_COLUMN_TEXT},
    {"reason", "Reason", TL_COLUMN_TEXT},      {"booked", "Booked", TL_COLUMN_DATE},
    {"paid", "Paid", TL_COLUMN_DATE},
};

static const char *or_missing(const char *text)
{
    return text[0] == '\0' ? NULL : text;
}

static tl_status add_cost(struct tl_table *table, const struct tl_cost *cost, struct tl_err *err)
{
    struct tl_cell cells[] = {
        tl_cell_integer(cost->id),
        tl_cell_text(cost->state),
        tl_cell_code(cost->product),
        tl_cell_code(cost->account),
        tl_cell_code(cost->supplier),
        tl_cell_text(cost->supplier_name),
        tl_cell_code(cost->invoice),
        tl_cell_integer(cost->line),
        tl_cell_date(cost->invoiced_on),
        tl_cell_date(cost->due_on),
        tl_cell_date(cost->period.first),
        tl_cell_date(cost->period.last),
        tl_cell_code(or_missing(cost->issue)),
        tl_cell_text(cost->text),
        tl_cell_money(cost->net),
        tl_cell_money(cost->vat),
        tl_cell_text(cost->vat_code),
        tl_cell_text(or_missing(cost->vat_reason)),
        cost->corrects == 0 ? tl_cell_missing() : tl_cell_integer(cost->corrects),
        tl_cell_text(or_missing(cost->working)),
        tl_cell_text(cost->author),
        tl_cell_text(or_missing(cost->ended_by)),
        tl_cell_text(or_missing(cost->reason)),
        tl_cell_date(cost->holds_on),
        tl_cell_date(cost->paid_on),
    };
    return tl_table_add(table, cells, err);
}

static tl_status list_costs(struct cli *cli, struct tl_err *err)
{
    struct tl_table table = TL_TABLE_EMPTY;
    struct tl_cost *costs = NULL;
    size_t count = 0;
    const char *product = cli->args.positional_count == 0 ? NULL : cli->args.positional[0];
    bool open = cli_args_value(&cli->args, "--open") != NULL;
    tl_status status = tl_table_init(&table, columns, sizeof columns / sizeof columns[0], err);
    if (status == TL_OK)
        status = open ? tl_cost_open(&costs, &count, cli->store, &cli->arena, err)
                      : tl_cost_list(&costs, &count, cli->store, product, &cli->arena, err);
    for (size_t i = 0; status == TL_OK && i < count; i++)
        if (product == NULL || tl_text_equal(costs[i].product, product))
            status = add_cost(&table, &costs[i], err);
    if (status == TL_OK)
        status = cli_print_table(cli, &table, err);
    tl_table_release(&table);
    return status;
}

#define COMMON                                                                                                         \
    {"--invoice", NULL, "NUMBER", false, "the supplier's own number of the invoice"},                                  \
        {"--line", NULL, "NUMBER", false, "of an invoice that is spread over several costs (default 1)"},              \
        {"--date", NULL, "DATE", false, "of the invoice"}, {"--due", NULL, "DATE", false, "when it is to be paid"},    \
        CLI_OPTION_PERIOD("when what it pays for is delivered, such as 2026-11-01..2027-01-31"),                       \
        {"--name", NULL, "NAME", false, "of a supplier that is attached to no product"},                               \
        {"--issue", NULL, "REFERENCE", false, "of the task in the product's tracker"},                                 \
        {"--text", NULL, "TEXT", false, "what it is for"}, {"--vat", NULL, "AMOUNT", false, "the VAT on it"},          \
        {"--vat-code", NULL, "deducted|borne", false, "whether VAT is recovered, or a part of the cost"},              \
    {                                                                                                                  \
        "--vat-reason", NULL, "TEXT", false, "why"                                                                     \
    }

static const struct cli_option cost_add_options[] = {
    {"--supplier", NULL, "CVR", false, "the supplier's CVR number"},
    COMMON,
    {"--credits", NULL, "COST", false, "it is a credit note of this cost"},
    CLI_OPTIONS_END,
};
static const struct cli_option cost_hours_options[] = {COMMON, CLI_OPTIONS_END};
static const struct cli_option approve_options[] = {
    {"--date", NULL, "DATE", false, "of the entry (default: the invoice's)"},
    CLI_OPTIONS_END,
};
static const struct cli_option reject_options[] = {
    {"--reason", NULL, "TEXT", false, "what is wrong with it"},
    CLI_OPTIONS_END,
};
static const struct cli_option pay_options[] = {
    {"--date", NULL, "DATE", false, "when the bank paid it"},
    {"--text", NULL, "TEXT", false, "what the entry says of it"},
    CLI_OPTIONS_END,
};
static const struct cli_option list_options[] = {
    {"--open", NULL, NULL, false, "only what is approved and not paid, by due date"},
    CLI_OPTIONS_FORM,
    CLI_OPTIONS_END,
};

const struct cli_command cli_cost_commands[] = {
    {"cost add", "PRODUCT ACCOUNT AMOUNT", "register a supplier's invoice",
     "Registers what a supplier invoices, without VAT, on a product and a cost account. It counts for nothing until\n"
     "somebody else approves it. The same line of an invoice is registered once.",
     3, 3, CLI_RECORDS, cost_add_options, cost_add},
    {"cost hours", "PRODUCT ACCOUNT SUPPLIER ROLE HOURS", "register a supplier's hours at its rate",
     "Registers an invoice of hours; the amount follows from the supplier's rate for the role.", 5, 5, CLI_RECORDS,
     cost_hours_options, cost_hours},
    {"cost approve", "COST", "approve a cost and post it",
     "Approves a cost that somebody else registered, and posts it. What its period puts into other years goes there "
     "by\n"
     "days, through prepaid and accrued costs; a year that is closed by then takes nothing, and its part is booked on "
     "the\n"
     "date of the entry.",
     1, 1, CLI_RECORDS, approve_options, cost_approve},
    {"cost reject", "COST", "reject a cost", "Rejects a cost that is not approved; it stays on record.", 1, 1,
     CLI_RECORDS, reject_options, cost_reject},
    {"cost pay", "COST", "record that a cost is paid",
     "Records that an approved cost is paid, or that the supplier has paid a credit note back.", 1, 1, CLI_RECORDS,
     pay_options, cost_pay},
    {"list costs", "[PRODUCT]", "list costs", "Lists the costs of one product or of all.", 0, 1, CLI_READS,
     list_options, list_costs},
    {0},
};
