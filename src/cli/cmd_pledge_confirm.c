/* SPDX-License-Identifier: MPL-2.0 */
/*
 * The command that confirms pledges on paper.
 */
#include "output.h"
#include "tilslut/agreement/pledge.h"
#include "tilslut/agreement/project.h"

/* Whose pledges are to be confirmed. */
struct wanted {
    const char **codes;
    size_t count;
};

/* Everybody whose pledge stands or has become a debt; who has withdrawn asks for it by name. */
static tl_status want_all(struct wanted *wanted, struct cli *cli, const struct tl_issuer *issuer, struct tl_err *err)
{
    const char *project = cli->args.positional[0];
    struct tl_pledge *pledges = NULL;
    size_t count = 0;
    tl_status status = tl_pledge_list(&pledges, &count, cli->store, project, issuer->today, &cli->arena, err);
    if (status == TL_OK) {
        wanted->codes = tl_arena_alloc(&cli->arena, count, sizeof *wanted->codes);
        status = wanted->codes == NULL ? tl_err_memory(err) : TL_OK;
    }
    for (size_t i = 0; status == TL_OK && i < count; i++)
        if (pledges[i].state != TL_PLEDGE_WITHDRAWN)
            wanted->codes[wanted->count++] = pledges[i].party;
    if (status == TL_OK && wanted->count == 0) {
        status = tl_err_set(err, TL_ERR_STATE, "nothing is pledged to '%s'", project);
        tl_err_hint(err, "tilslut pledge %s PARTY AMOUNT --evidence TEXT records a pledge", project);
    }
    return status;
}

static tl_status find_wanted(struct wanted *wanted, struct cli *cli, const struct tl_issuer *issuer, struct tl_err *err)
{
    bool all = cli_args_value(&cli->args, "--all") != NULL;
    struct tl_project project;
    if (all == (cli->args.positional_count == 2)) {
        (void)tl_err_set(err, TL_ERR_USAGE, "name the parties, or say --all");
        tl_err_hint(err, "for example: tilslut pledge confirm %s --all -o out", cli->args.positional[0]);
        return TL_ERR_USAGE;
    }
    tl_status status = tl_project_find(&project, cli->store, cli->args.positional[0], &cli->arena, err);
    if (status != TL_OK)
        return status;
    return all ? want_all(wanted, cli, issuer, err)
               : cli_list(&wanted->codes, &wanted->count, cli, cli->args.positional[1], err);
}

static tl_status issue_confirmations(struct tl_issued *issued, struct cli *cli, const struct tl_issuer *issuer,
                                     const void *context, struct tl_err *err)
{
    const struct wanted *wanted = context;
    const char *project = cli->args.positional[0];
    bool revise = cli_args_value(&cli->args, "--revise") != NULL, is_english = false;
    struct tl_document danish;
    tl_status status = cli_language(&is_english, cli, err);
    for (size_t i = 0; status == TL_OK && i < wanted->count; i++) {
        if (is_english)
            status = tl_issuer_find_pledge(&danish, issuer, project, wanted->codes[i], &cli->arena, err);
        if (status == TL_OK)
            status = tl_issuer_pledge(&issued[i], issuer, project, wanted->codes[i], is_english ? &danish : NULL,
                                      revise, &cli->arena, err);
        cli_progress("confirmations", i + 1, wanted->count);
    }
    return status;
}

static tl_status pledge_confirm(struct cli *cli, struct tl_err *err)
{
    struct tl_issuer issuer = {.store = cli->store, .today = tl_moment_date(cli->act.now)};
    struct wanted wanted = {0};
    tl_status status = find_wanted(&wanted, cli, &issuer, err);
    return status == TL_OK ? cli_output_issue(cli, &issuer, "pledge", wanted.count, issue_confirmations, &wanted, err)
                           : status;
}

static const struct cli_option confirm_options[] = {
    {"--all", NULL, NULL, false, "for all whose pledge is not withdrawn"},
    {"--revise", NULL, NULL, false, "issue a new version where the confirmation would say something else now"},
    CLI_OPTION_LANGUAGE,
    CLI_OPTION_TEMPLATES,
    CLI_OPTION_OUTPUT,
    CLI_OPTIONS_END,
};

const struct cli_command cli_pledge_confirm_commands[] = {
    {"pledge confirm", "PROJECT [PARTY,...]", "confirm pledges (bekræftelse af tilsagn) as PDF",
     "Issues the confirmation of a pledge: the project with its target, threshold and deadline, the amount, when it "
     "binds,\n"
     "and what the terms waive or rebate for it. What was issued before is given again as it was.",
     1, 2, CLI_RECORDS, confirm_options, pledge_confirm},
    {0},
};
