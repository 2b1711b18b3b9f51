/* SPDX-License-Identifier: MPL-2.0 */
#include <inttypes.h>

#include "period.h"
#include "tilslut/agreement/balancing.h"
#include "tilslut/agreement/hours.h"
#include "tilslut/agreement/voucher.h"

static const char *given(const struct cli *cli, const char *option)
{
    const char *value = cli_args_value(&cli->args, option);
    return value == NULL ? "" : value;
}

static tl_status read_id(int64_t *out, struct cli *cli, struct tl_err *err)
{
    return cli_number(out, cli->args.positional[0], "the number of a voucher", err);
}

static tl_status rate_decide(struct cli *cli, struct tl_err *err)
{
    int year = 0;
    struct tl_money rate;
    tl_recorded recorded;
    tl_status status = cli_year(&year, cli->args.positional[0], err);
    if (status == TL_OK)
        status = tl_money_parse(&rate, cli->args.positional[1], err);
    if (status == TL_OK)
        status = cli_begin(cli, err);
    if (status == TL_OK)
        status = tl_hours_decide_rate(&recorded, cli->store, year, rate, given(cli, "--decision"), err);
    if (status == TL_OK)
        status = cli_commit(cli, err);
    if (status == TL_OK)
        tl_buf_format(&cli->out, "%s\n", recorded == TL_RECORDED_SAME ? "as recorded before" : "recorded");
    return status;
}

static tl_status hours_add(struct cli *cli, struct tl_err *err)
{
    struct tl_hours hours = {
        .party = cli->args.positional[0], .product = given(cli, "--product"), .evidence = given(cli, "--evidence")};
    const char *period = cli_args_value(&cli->args, "--period");
    int64_t id = 0;
    tl_status status = tl_ratio_parse(&hours.hours, cli->args.positional[1], err);
    if (status == TL_OK && period == NULL) {
        status = tl_err_set(err, TL_ERR_USAGE, "hours in kind need --period");
        tl_err_hint(err, "say when they were worked, for example --period 2026-03");
    }
    if (status == TL_OK)
        status = cli_period(&hours.period, period, err);
    if (status == TL_OK)
        status = cli_begin(cli, err);
    if (status == TL_OK)
        status = tl_hours_register(&id, cli->store, &hours, err);
    if (status == TL_OK)
        status = cli_commit(cli, err);
    if (status == TL_OK)
        tl_buf_format(&cli->out,
                      "registered voucher %" PRId64 ": %s hours of %s\n"
                      "somebody else than %s approves it with: tilslut hours approve %" PRId64 " --as NAME\n",
                      id, cli->args.positional[1], hours.party, cli->act.actor, id);
    return status;
}

static tl_status hours_approve(struct cli *cli, struct tl_err *err)
{
    int64_t id = 0;
    tl_status status = read_id(&id, cli, err);
    if (status == TL_OK)
        status = cli_begin(cli, err);
    if (status == TL_OK)
        status = tl_voucher_approve(cli->store, id, "hours", cli->act.actor, tl_moment_date(cli->act.now), err);
    if (status == TL_OK)
        status = cli_commit(cli, err);
    if (status == TL_OK)
        tl_buf_format(&cli->out, "approved voucher %" PRId64 "\n", id);
    return status;
}

static tl_status reject(struct cli *cli, const char *kind, struct tl_err *err)
{
    int64_t id = 0;
    tl_status status = read_id(&id, cli, err);
    if (status == TL_OK)
        status = cli_begin(cli, err);
    if (status == TL_OK)
        status = tl_voucher_reject(cli->store, id, kind, cli_args_value(&cli->args, "--reason"), err);
    if (status == TL_OK)
        status = cli_commit(cli, err);
    if (status == TL_OK)
        tl_buf_format(&cli->out, "rejected voucher %" PRId64 "\n", id);
    return status;
}

static tl_status hours_reject(struct cli *cli, struct tl_err *err)
{
    return reject(cli, "hours", err);
}

static tl_status balance_reject(struct cli *cli, struct tl_err *err)
{
    return reject(cli, "balancing", err);
}

static const char *or_missing(const char *text)
{
    return text[0] == '\0' ? NULL : text;
}

static tl_status list_hours(struct cli *cli, struct tl_err *err)
{
    static const struct tl_column columns[] = {
        {"voucher", "Voucher", TL_COLUMN_INTEGER}, {"state", "State", TL_COLUMN_TEXT},
        {"member", "Member", TL_COLUMN_CODE},      {"product", "Product", TL_COLUMN_CODE},
        {"from", "From", TL_COLUMN_DATE},          {"to", "To", TL_COLUMN_DATE},
        {"hours", "Hours", TL_COLUMN_RATIO},       {"evidence", "Evidence", TL_COLUMN_TEXT},
        {"author", "Author", TL_COLUMN_TEXT},      {"ended_by", "Ended by", TL_COLUMN_TEXT},
    };
    struct tl_table table = TL_TABLE_EMPTY;
    struct tl_hours *hours = NULL;
    size_t count = 0;
    int year = 0;
    tl_status status = tl_table_init(&table, columns, sizeof columns / sizeof columns[0], err);
    if (status == TL_OK && cli->args.positional_count > 0)
        status = cli_year(&year, cli->args.positional[0], err);
    if (status == TL_OK)
        status = tl_hours_list(&hours, &count, cli->store, year, &cli->arena, err);
    for (size_t i = 0; status == TL_OK && i < count; i++) {
        struct tl_cell cells[] = {
            tl_cell_integer(hours[i].id),        tl_cell_text(hours[i].state),
            tl_cell_code(hours[i].party),        tl_cell_code(or_missing(hours[i].product)),
            tl_cell_date(hours[i].period.first), tl_cell_date(hours[i].period.last),
            tl_cell_ratio(hours[i].hours),       tl_cell_text(hours[i].evidence),
            tl_cell_text(hours[i].author),       tl_cell_text(or_missing(hours[i].ended_by)),
        };
        status = tl_table_add(&table, cells, err);
    }
    if (status == TL_OK)
        status = cli_print_table(cli, &table, err);
    tl_table_release(&table);
    return status;
}

/* Each member's line, then who pays whom. */
static tl_status print_balancing(struct cli *cli, int64_t id, struct tl_err *err)
{
    struct tl_balancing balancing;
    char put_in[TL_MONEY_TEXT_SIZE], fair[TL_MONEY_TEXT_SIZE], hours[TL_RATIO_TEXT_SIZE], amount[TL_MONEY_TEXT_SIZE];
    tl_status status = tl_balancing_find(&balancing, cli->store, id, &cli->arena, err);
    if (status != TL_OK)
        return status;
    tl_buf_format(&cli->out, "balancing of %d%s%s, voucher %" PRId64 " (%s), by '%s', %s an hour\n", balancing.year,
                  balancing.product[0] == '\0' ? "" : " of ", balancing.product, id, balancing.state, balancing.key,
                  tl_money_da(balancing.rate.rate, amount));
    for (size_t i = 0; i < balancing.count; i++) {
        const struct tl_balancing_line *line = &balancing.lines[i];
        tl_buf_format(&cli->out, "  %s put in %s hours, %s; its fair share is %s\n", line->party,
                      tl_ratio_text(line->hours, hours), tl_money_da(line->put_in, put_in),
                      tl_money_da(line->fair, fair));
    }
    for (size_t i = 0; i < balancing.settlement.count; i++) {
        const struct tl_transfer *transfer = &balancing.settlement.transfers[i];
        tl_buf_format(&cli->out, "  %s pays %s %s\n", balancing.lines[transfer->from].party,
                      balancing.lines[transfer->to].party,
                      tl_money_da((struct tl_money){transfer->amount_minor}, amount));
    }
    tl_buf_format(&cli->out, "  %zu %s, %s\n", balancing.settlement.count,
                  cli_plural(balancing.settlement.count, "transfer", "transfers"),
                  balancing.settlement.is_least ? "the fewest there can be" : "the largest to the largest");
    return TL_OK;
}

static tl_status balance_draft(struct cli *cli, struct tl_err *err)
{
    struct tl_date on;
    int year = 0;
    int64_t id = 0;
    const char *key = cli_args_value(&cli->args, "--key");
    tl_status status = cli_year(&year, cli->args.positional[0], err);
    if (status == TL_OK && key == NULL) {
        status = tl_err_set(err, TL_ERR_USAGE, "a balancing needs --key");
        tl_err_hint(err, "say by what hours are shared out, for example --key population or --key equal");
    }
    if (status == TL_OK)
        status = cli_date(&on, cli, "--figures", err);
    if (status == TL_OK && tl_date_is_none(on))
        on = tl_date_of(year - 1, 1, 1);
    if (status == TL_OK)
        status = cli_begin(cli, err);
    if (status == TL_OK)
        status = tl_balancing_draft(&id, cli->store, year, given(cli, "--product"), key, on, err);
    if (status == TL_OK)
        status = print_balancing(cli, id, err);
    if (status == TL_OK)
        status = cli_commit(cli, err);
    if (status == TL_OK)
        tl_buf_format(&cli->out,
                      "somebody else than %s approves it with: tilslut balance-hours approve %" PRId64 " --as NAME\n",
                      cli->act.actor, id);
    return status;
}

static tl_status balance_approve(struct cli *cli, struct tl_err *err)
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
        status = tl_balancing_approve(&entries, cli->store, id, cli->act.actor, date, err);
    if (status == TL_OK)
        status = cli_commit(cli, err);
    if (status == TL_OK)
        tl_buf_format(&cli->out, "approved voucher %" PRId64 "; posted %zu %s\n", id, entries,
                      cli_plural(entries, "entry", "entries"));
    return status;
}

static tl_status balance_show(struct cli *cli, struct tl_err *err)
{
    int64_t id = 0;
    tl_status status = read_id(&id, cli, err);
    return status == TL_OK ? print_balancing(cli, id, err) : status;
}

static const struct cli_option rate_options[] = {
    CLI_OPTION_DECISION("who decided it, such as 'bestyrelse 2026-01-10 pkt. 2'"),
    CLI_OPTIONS_END,
};
static const struct cli_option hours_options[] = {
    CLI_OPTION_PERIOD("when they were worked, within one year, such as 2026-03"),
    {"--product", NULL, "PRODUCT", false, "what they were worked for (default: the association)"},
    {"--evidence", NULL, "TEXT", false, "where they are documented"},
    CLI_OPTIONS_END,
};
static const struct cli_option reject_options[] = {
    {"--reason", NULL, "TEXT", false, "what is wrong with it"},
    CLI_OPTIONS_END,
};
static const struct cli_option balance_options[] = {
    {"--product", NULL, "PRODUCT", false,
     "its hours only, between its members (default: all that no product balances)"},
    {"--key", NULL, "KEY", false, "by what the value is shared out, such as population"},
    {"--figures", NULL, "DATE", false, "the date of the figures (default: 1 January of the year before)"},
    CLI_OPTIONS_END,
};
static const struct cli_option approve_options[] = {
    {"--date", NULL, "DATE", false, "of the entries (default: the year's last day)"},
    CLI_OPTIONS_END,
};

const struct cli_command cli_hours_commands[] = {
    {"rate decide", "YEAR RATE", "record what an hour in kind is worth",
     "Records what an hour that members put in is worth in a year, as decided.", 2, 2, CLI_RECORDS, rate_options,
     rate_decide},
    {"hours add", "MEMBER HOURS", "register hours that a member put in",
     "Registers hours that a member's employees worked for a product or the association (frikøb). They count when\n"
     "somebody else has approved them.",
     2, 2, CLI_RECORDS, hours_options, hours_add},
    {"hours approve", "VOUCHER", "approve hours", "Approves hours that somebody else registered.", 1, 1, CLI_RECORDS,
     cli_no_options, hours_approve},
    {"hours reject", "VOUCHER", "reject hours", "Rejects hours; they stay on record.", 1, 1, CLI_RECORDS,
     reject_options, hours_reject},
    {"list hours", "[YEAR]", "list hours in kind", "Lists the hours that members put in.", 0, 1, CLI_READS,
     cli_form_options, list_hours},
    {"balance-hours", "YEAR", "draft the balancing of a year's hours",
     "Drafts the balancing (udligning) of the hours of a year: their value is shared out between the members of the\n"
     "association by a key, and only the difference to what each put in is settled, with the fewest transfers.",
     1, 1, CLI_RECORDS, balance_options, balance_draft},
    {"balance-hours approve", "VOUCHER", "approve a balancing and post it",
     "Approves a balancing that somebody else drafted, and posts an entry for each transfer.", 1, 1, CLI_RECORDS,
     approve_options, balance_approve},
    {"balance-hours reject", "VOUCHER", "reject a balancing", "Rejects a balancing; it stays on record.", 1, 1,
     CLI_RECORDS, reject_options, balance_reject},
    {"balance-hours show", "VOUCHER", "show a balancing", "Shows each member's line and who pays whom.", 1, 1,
     CLI_READS, cli_no_options, balance_show},
    {0},
};
