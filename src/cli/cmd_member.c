/* SPDX-License-Identifier: MPL-2.0 */
/*
 * The commands that record what happens in a running membership.
 */
#include "cli.h"
#include "tilslut/agreement/membership_event.h"

static const char *value_or_empty(const struct cli *cli, const char *option)
{
    const char *value = cli_args_value(&cli->args, option);
    return value == NULL ? "" : value;
}

/* Each option is an event; those without a value have no detail. */
static const struct event {
    const char *option;
    tl_membership_event event;
    const char *reason; /* the option that says why, where one is needed */
} events[] = {
    {"--take", TL_MEMBERSHIP_OPTION_TAKEN, NULL},
    {"--drop", TL_MEMBERSHIP_OPTION_DROPPED, NULL},
    {"--waiver", TL_MEMBERSHIP_WAIVER, "--evidence"},
    {"--class", TL_MEMBERSHIP_CLASS_BY_HAND, "--reason"},
    {"--freeze", TL_MEMBERSHIP_CLASS_FROZEN, "--reason"},
    {"--group", TL_MEMBERSHIP_GROUP_JOINED, NULL},
    {"--no-group", TL_MEMBERSHIP_GROUP_LEFT, NULL},
    {"--passive", TL_MEMBERSHIP_PASSIVE, NULL},
    {"--active", TL_MEMBERSHIP_ACTIVE, NULL},
};

enum { EVENT_COUNT = sizeof events / sizeof events[0] };

/* Records the events that are asked for, for one member; *count grows by how many. */
static tl_status change_member(struct cli *cli, const char *code, struct tl_date from, struct tl_date until,
                               size_t *count, struct tl_err *err)
{
    tl_status status = TL_OK;
    for (size_t i = 0; status == TL_OK && i < EVENT_COUNT; i++) {
        const char *detail = cli_args_value(&cli->args, events[i].option);
        if (detail == NULL)
            continue;
        struct tl_membership_change change = {
            .product = cli->args.positional[0],
            .party = code,
            .event = events[i].event,
            .from = from,
            .detail = detail,
            .evidence = events[i].reason == NULL ? "" : value_or_empty(cli, events[i].reason)};
        if (change.event == TL_MEMBERSHIP_CLASS_FROZEN)
            change.until = until;
        status = tl_membership_change(cli->store, &change, err);
        ++*count;
    }
    return status;
}

static bool is_given(const struct cli *cli, const char *option)
{
    return cli_args_value(&cli->args, option) != NULL;
}

/* Evidence of nothing and a reason for nothing are refused: what they were meant for would be missing. */
static tl_status check_grounds(const struct cli *cli, struct tl_err *err)
{
    if (is_given(cli, "--evidence") && !is_given(cli, "--waiver"))
        return tl_err_set(err, TL_ERR_USAGE, "--evidence is given, but no --waiver that it documents");
    if (is_given(cli, "--reason") && !is_given(cli, "--class") && !is_given(cli, "--freeze"))
        return tl_err_set(err, TL_ERR_USAGE, "--reason is given, but no --class or --freeze that it is a reason for");
    return TL_OK;
}

static tl_status read_dates(struct tl_date *from, struct tl_date *until, struct cli *cli, struct tl_err *err)
{
    tl_status status = cli_date(from, cli, "--from", err);
    if (status == TL_OK)
        status = cli_date(until, cli, "--until", err);
    bool freezes = is_given(cli, "--freeze");
    if (status == TL_OK && tl_date_is_none(*from)) {
        status = tl_err_set(err, TL_ERR_USAGE, "a change needs --from");
        tl_err_hint(err, "say since when it holds, for example --from 2026-07-01");
    }
    if (status == TL_OK && freezes == tl_date_is_none(*until)) {
        status = tl_err_set(err, TL_ERR_USAGE, "--freeze and --until go together");
        tl_err_hint(err, "for example: --freeze Mellem --until 2030-12-31 --reason \"...\"");
    }
    return status;
}

/* Something and its opposite on one day would say nothing. */
static tl_status check_opposites(const struct cli *cli, struct tl_err *err)
{
    static const char *const pairs[][2] = {{"--take", "--drop"}, {"--group", "--no-group"}, {"--passive", "--active"}};
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++) {
        const char *one = cli_args_value(&cli->args, pairs[i][0]), *other = cli_args_value(&cli->args, pairs[i][1]);
        if (one != NULL && other != NULL && tl_text_equal(one, other))
            return tl_err_set(err, TL_ERR_USAGE, "%s and %s do not go together", pairs[i][0], pairs[i][1]);
    }
    return TL_OK;
}

static tl_status change(struct cli *cli, struct tl_err *err)
{
    struct tl_date from, until;
    const char **codes = NULL;
    size_t member_count = 0, count = 0;
    tl_status status = check_grounds(cli, err);
    if (status == TL_OK)
        status = read_dates(&from, &until, cli, err);
    if (status == TL_OK)
        status = check_opposites(cli, err);
    if (status == TL_OK)
        status = cli_list(&codes, &member_count, cli, cli->args.positional[1], err);
    if (status == TL_OK)
        status = cli_begin(cli, err);
    for (size_t i = 0; status == TL_OK && i < member_count; i++)
        status = change_member(cli, codes[i], from, until, &count, err);
    if (status == TL_OK && count == 0) {
        status = tl_err_set(err, TL_ERR_USAGE, "nothing is given to change");
        tl_err_hint(err, "tilslut help change lists what can be");
    }
    if (status == TL_OK)
        status = cli_commit(cli, err);
    if (status == TL_OK)
        tl_buf_format(&cli->out, "recorded %zu change%s from %s\n", count, count == 1 ? "" : "s",
                      value_or_empty(cli, "--from"));
    return status;
}

static tl_status leave(struct cli *cli, struct tl_err *err)
{
    struct tl_date notice, until, last;
    char text[TL_DATE_TEXT_SIZE];
    tl_status status = cli_date(&notice, cli, "--notice", err);
    if (status == TL_OK)
        status = cli_date(&until, cli, "--until", err);
    if (status == TL_OK && tl_date_is_none(notice)) {
        status = tl_err_set(err, TL_ERR_USAGE, "leaving needs --notice, the day notice was given");
        tl_err_hint(err, "for example --notice 2026-03-15; the last day follows from the terms");
    }
    if (status == TL_OK)
        status = cli_begin(cli, err);
    if (status == TL_OK)
        status = tl_membership_leave(&last, cli->store, cli->args.positional[0], cli->args.positional[1], notice, until,
                                     value_or_empty(cli, "--evidence"), err);
    if (status == TL_OK)
        status = cli_commit(cli, err);
    if (status == TL_OK)
        tl_buf_format(&cli->out, "%s leaves %s; the last day is %s\n", cli->args.positional[1], cli->args.positional[0],
                      tl_date_iso(last, text));
    return status;
}

static const struct cli_option change_options[] = {
    {"--from", NULL, "DATE", false, "since when the change holds"},
    {"--take", NULL, "OPTION", false, "the member takes an option"},
    {"--drop", NULL, "OPTION", false, "the member drops an option"},
    {"--waiver", NULL, "TAG", false, "a waiver or rebate; needs --evidence"},
    {"--evidence", NULL, "TEXT", false, "where the waiver is documented"},
    {"--class", NULL, "NAME", false, "a size class set by hand; needs --reason"},
    {"--freeze", NULL, "NAME", false, "the member keeps this size class until --until; needs --reason"},
    {"--until", NULL, "DATE", false, "the last day of a frozen class"},
    {"--reason", NULL, "TEXT", false, "why the class is set by hand or frozen"},
    {"--group", NULL, "NAME", false, "the member joins a group that lines name"},
    {"--no-group", NULL, "NAME", false, "the member leaves a group"},
    {"--passive", NULL, NULL, false, "the membership becomes passive"},
    {"--active", NULL, NULL, false, "the membership is active again"},
    CLI_OPTIONS_END,
};
static const struct cli_option leave_options[] = {
    {"--notice", NULL, "DATE", false, "the day notice was given"},
    {"--until", NULL, "DATE", false, "the last day, where it is later than the first that the terms permit"},
    {"--evidence", NULL, "TEXT", false, "where the notice lies"},
    CLI_OPTIONS_END,
};

const struct cli_command cli_member_commands[] = {
    {"change", "PRODUCT MEMBER,...", "record what changes in a membership",
     "Records, from a date on, options taken and dropped, waivers, size classes, groups and passive membership.", 2, 2,
     CLI_RECORDS, change_options, change},
    {"leave", "PRODUCT MEMBER", "record that a member gives notice",
     "Records notice; the last day follows from the notice period and the permitted ends of the terms.", 2, 2,
     CLI_RECORDS, leave_options, leave},
    {0},
};
