/* SPDX-License-Identifier: MPL-2.0 */
#include "cli.h"
#include "notes.h"
#include "tilslut/agreement/membership.h"

/* Evidence of nothing and a reason for nothing are refused: what they were meant for would be missing. */
static tl_status check_grounds(const struct cli *cli, struct tl_err *err)
{
    if (cli_args_value(&cli->args, "--evidence") != NULL && cli_args_value(&cli->args, "--waiver") == NULL) {
        (void)tl_err_set(err, TL_ERR_USAGE, "--evidence is given, but no --waiver that it documents");
        tl_err_hint(err, "add --waiver TAG, such as --waiver funded-3.0");
        return TL_ERR_USAGE;
    }
    if (cli_args_value(&cli->args, "--reason") != NULL && cli_args_value(&cli->args, "--class") == NULL) {
        (void)tl_err_set(err, TL_ERR_USAGE, "--reason is given, but no --class that it is a reason for");
        tl_err_hint(err, "add --class NAME");
        return TL_ERR_USAGE;
    }
    return TL_OK;
}

static tl_status join(struct cli *cli, struct tl_err *err)
{
    struct tl_joining joining = {.product = cli->args.positional[0],
                                 .evidence = cli_args_value(&cli->args, "--evidence"),
                                 .class_by_hand = cli_args_value(&cli->args, "--class"),
                                 .class_reason = cli_args_value(&cli->args, "--reason")};
    const char **codes = NULL, **options = NULL, **waivers = NULL;
    size_t count = 0;
    int64_t id;
    tl_status status = cli_date(&joining.signed_on, cli, "--signed", err);
    if (status == TL_OK)
        status = cli_date(&joining.from, cli, "--from", err);
    if (status == TL_OK && (tl_date_is_none(joining.signed_on) || tl_date_is_none(joining.from))) {
        status = tl_err_set(err, TL_ERR_USAGE, "joining needs --signed and --from");
        tl_err_hint(err, "for example: --signed 2025-11-03 --from 2026-01-01");
    }
    if (status == TL_OK)
        status = check_grounds(cli, err);
    if (status == TL_OK)
        status = cli_list(&codes, &count, cli, cli->args.positional[1], err);
    if (status == TL_OK)
        status = cli_lists(&options, &joining.option_count, cli, "--with", err);
    if (status == TL_OK)
        status = cli_lists(&waivers, &joining.waiver_count, cli, "--waiver", err);
    joining.options = options;
    joining.waivers = waivers;
    if (status == TL_OK)
        status = cli_begin(cli, err);
    for (size_t i = 0; status == TL_OK && i < count; i++) {
        joining.party = codes[i];
        status = tl_membership_join(&id, cli->store, &joining, err);
    }
    if (status == TL_OK)
        status = cli_note_figures(cli, joining.product, codes, count, joining.from, err);
    if (status == TL_OK)
        status = cli_note_governance(cli, joining.product, err);
    if (status == TL_OK)
        status = cli_commit(cli, err);
    for (size_t i = 0; status == TL_OK && i < count; i++)
        tl_buf_format(&cli->out, "%s has joined %s from %s\n", codes[i], joining.product,
                      cli_args_value(&cli->args, "--from"));
    return status;
}

static const struct cli_option join_options[] = {
    {"--signed", NULL, "DATE", false, "when the member signed"},
    {"--from", NULL, "DATE", false, "when the membership begins"},
    {"--with", NULL, "OPTION,...", true, "options that the member takes, such as hosting"},
    {"--waiver", NULL, "TAG,...", true, "waivers that the member has, such as funded-3.0; needs --evidence"},
    {"--evidence", NULL, "TEXT", false, "where the waivers are documented"},
    {"--class", NULL, "NAME", false, "a size class set by hand, for members without inhabitants; needs --reason"},
    {"--reason", NULL, "TEXT", false, "why the class is set by hand"},
    CLI_OPTIONS_END,
};

const struct cli_command cli_join_commands[] = {
    {"join", "PRODUCT MEMBER,...", "record that members join",
     "Records a membership, for one member or several on the same terms: when it was signed, when it begins, what the\n"
     "member chose.",
     2, 2, CLI_RECORDS, join_options, join},
    {0},
};
