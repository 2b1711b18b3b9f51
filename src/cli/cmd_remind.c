/* SPDX-License-Identifier: MPL-2.0 */
/*
 * The command that issues reminders of charges that are past due.
 */
#include "output.h"
#include "tilslut/agreement/party.h"
#include "tilslut/agreement/reminder.h"
#include "tilslut/agreement/reminder_fee.h"

/* What is asked for. */
struct wanted {
    const char *party; /* NULL for all */
    struct tl_date on;
    int64_t days;
};

static tl_status read_wanted(struct wanted *wanted, struct cli *cli, struct tl_err *err)
{
    const char *days = cli_args_value(&cli->args, "--days");
    bool all = cli_args_value(&cli->args, "--all") != NULL;
    struct tl_party party;
    wanted->days = TL_REMINDER_DAYS;
    if (all == (cli->args.positional_count == 1)) {
        (void)tl_err_set(err, TL_ERR_USAGE, "name the party to remind, or say --all");
        tl_err_hint(err, "for example: tilslut remind --all -o out");
        return TL_ERR_USAGE;
    }
    tl_status status = cli_date_or_today(&wanted->on, cli, "--date", err);
    if (status == TL_OK && days != NULL)
        status = cli_number(&wanted->days, days, "a number of days", err);
    if (status == TL_OK && (wanted->days < 1 || wanted->days > 365))
        status = tl_err_set(err, TL_ERR_INPUT, "'%s' days lie between no two reminders: 1 to 365 do", days);
    if (status == TL_OK && !all) {
        status = tl_party_find(&party, cli->store, cli->args.positional[0], wanted->on, &cli->arena, err);
        wanted->party = party.code;
    }
    return status;
}

static tl_status issue_all(struct cli *cli, struct tl_issuer *issuer, const struct tl_reminder *reminders, size_t count,
                           struct tl_err *err)
{
    struct tl_issued *issued = tl_arena_alloc(&cli->arena, count, sizeof *issued);
    const char *folder;
    tl_status status = issued == NULL ? tl_err_memory(err) : TL_OK;
    for (size_t i = 0; status == TL_OK && i < count; i++) {
        status = tl_issuer_reminder(&issued[i], issuer, &reminders[i], &cli->arena, err);
        cli_progress("reminders", i + 1, count);
    }
    if (status == TL_OK)
        status = cli_output_prepare(&folder, cli, issued, count, err);
    if (status == TL_OK)
        status = cli_commit(cli, err);
    return status == TL_OK ? cli_output_write(cli, folder, issued, count, err) : status;
}

static tl_status remind(struct cli *cli, struct tl_err *err)
{
    struct tl_issuer issuer = {.store = cli->store, .today = tl_moment_date(cli->act.now)};
    struct wanted wanted = {.party = NULL};
    struct tl_reminder *reminders = NULL;
    size_t count = 0;
    tl_status status = read_wanted(&wanted, cli, err);
    if (status == TL_OK)
        status = cli_template(&issuer, cli, "reminder", err);
    if (status == TL_OK)
        status = cli_begin(cli, err);
    if (status == TL_OK)
        status = tl_reminder_read(&reminders, &count, cli->store, wanted.party, wanted.on, (int32_t)wanted.days,
                                  &cli->arena, err);
    if (status == TL_OK && count == 0) {
        tl_buf_text(&cli->out, "nobody is to be reminded\n");
        return cli_commit(cli, err);
    }
    if (status == TL_OK)
        status = tl_pdf_fonts_open(&issuer.fonts, err);
    if (status == TL_OK)
        status = issue_all(cli, &issuer, reminders, count, err);
    tl_pdf_fonts_close(issuer.fonts);
    return status;
}

static const char *given(const struct cli *cli, const char *option, const char *otherwise)
{
    const char *value = cli_args_value(&cli->args, option);
    return value == NULL ? otherwise : value;
}

static tl_status decide_fee(struct cli *cli, struct tl_err *err)
{
    struct tl_reminder_fee fee = {.basis = given(cli, "--basis", ""),
                                  .account = given(cli, "--account", ""),
                                  .product = given(cli, "--product", ""),
                                  .decision = cli_args_value(&cli->args, "--decision")};
    tl_recorded recorded;
    tl_status status = tl_money_parse(&fee.amount, cli->args.positional[0], err);
    if (status == TL_OK)
        status = cli_date(&fee.from, cli, "--from", err);
    if (status == TL_OK && (tl_date_is_none(fee.from) || fee.account[0] == '\0' || fee.decision == NULL)) {
        status = tl_err_set(err, TL_ERR_USAGE, "a fee needs --from, --account and --decision");
        tl_err_hint(err, "for example: tilslut remind fee 100 --from 2026-01-01 --account 00003 --basis \"rentelovens "
                         "§ 9 b\" --decision \"bestyrelse 2025-11-20 pkt. 8\"");
    }
    if (status == TL_OK)
        status = cli_begin(cli, err);
    if (status == TL_OK)
        status = tl_reminder_fee_decide(&recorded, cli->store, &fee, err);
    if (status == TL_OK)
        status = cli_commit(cli, err);
    if (status == TL_OK)
        tl_buf_format(&cli->out, "%s\n", recorded == TL_RECORDED_SAME ? "as recorded before" : "recorded");
    return status;
}

static tl_status list_fees(struct cli *cli, struct tl_err *err)
{
    static const struct tl_column columns[] = {
        {"from", "From", TL_COLUMN_DATE},         {"amount", "Amount", TL_COLUMN_MONEY},
        {"basis", "Legal basis", TL_COLUMN_TEXT}, {"account", "Account", TL_COLUMN_CODE},
        {"product", "Product", TL_COLUMN_CODE},   {"decision", "Decision", TL_COLUMN_TEXT},
    };
    struct tl_table table = TL_TABLE_EMPTY;
    struct tl_reminder_fee *fees = NULL;
    size_t count = 0;
    tl_status status = tl_table_init(&table, columns, sizeof columns / sizeof columns[0], err);
    if (status == TL_OK)
        status = tl_reminder_fee_list(&fees, &count, cli->store, &cli->arena, err);
    for (size_t i = 0; status == TL_OK && i < count; i++) {
        struct tl_cell cells[] = {
            tl_cell_date(fees[i].from),
            tl_cell_money(fees[i].amount),
            fees[i].basis[0] == '\0' ? tl_cell_missing() : tl_cell_text(fees[i].basis),
            tl_cell_code(fees[i].account),
            fees[i].product[0] == '\0' ? tl_cell_missing() : tl_cell_code(fees[i].product),
            tl_cell_text(fees[i].decision),
        };
        status = tl_table_add(&table, cells, err);
    }
    if (status == TL_OK)
        status = cli_print_table(cli, &table, err);
    tl_table_release(&table);
    return status;
}

static const struct cli_option fee_options[] = {
    {"--from", NULL, "DATE", false, "since when reminders charge it"},
    {"--basis", NULL, "TEXT", false, "the law or agreement that allows it, as members read it"},
    {"--account", NULL, "ACCOUNT", false, "of the income"},
    {"--product", NULL, "PRODUCT", false, "whose income it is, such as the secretariat's (default: of none)"},
    CLI_OPTION_DECISION("who decided it, when, and where it is minuted"),
    CLI_OPTIONS_END,
};

static const struct cli_option remind_options[] = {
    {"--all", NULL, NULL, false, "everybody with charges past due"},
    {"--date", NULL, "DATE", false, "past due on that day (default: today)"},
    {"--days", NULL, "NUMBER", false, "leave out what was reminded of within these days (default: 14)"},
    CLI_OPTION_LANGUAGE,
    CLI_OPTION_TEMPLATES,
    CLI_OPTION_OUTPUT,
    CLI_OPTIONS_END,
};

const struct cli_command cli_remind_commands[] = {
    {"remind fee", "AMOUNT", "decide what a reminder costs (rykkergebyr)",
     "Records the fee that each reminder charges from a day on, with the law or agreement that allows it; the reminder "
     "says\n"
     "both. It is charged when the reminder is issued, once for a member and day. 0 ends it.",
     1, 1, CLI_RECORDS, fee_options, decide_fee},
    {"list reminder-fees", "", "list what reminders cost", "Lists the fees that were decided.", 0, 0, CLI_READS,
     cli_form_options, list_fees},
    {"remind", "[PARTY]", "issue reminders (rykkere) of charges past due as PDF",
     "Issues a reminder to each member that has charges past due, with what is open of them. A "
     "charge\n"
     "is not reminded of again within 14 days, or those that --days says.",
     0, 1, CLI_RECORDS, remind_options, remind},
    {0},
};
