/* SPDX-License-Identifier: MPL-2.0 */
/*
 * The command that issues reminders of charges that are past due.
 */
#include "output.h"
#include "tilslut/agreement/party.h"
#include "tilslut/agreement/reminder.h"

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
    tl_status status = cli_date(&wanted->on, cli, "--date", err);
    if (status == TL_OK && tl_date_is_none(wanted->on))
        wanted->on = tl_moment_date(cli->act.now);
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
    {"remind", "[PARTY]", "issue reminders (rykkere) of charges past due as PDF",
     "Issues a reminder to each member that has charges past due, with what is open of them. No fee is charged. A "
     "charge\n"
     "is not reminded of again within 14 days, or those that --days says.",
     0, 1, CLI_RECORDS, remind_options, remind},
    {0},
};
