/* SPDX-License-Identifier: MPL-2.0 */
#include <inttypes.h>

#include "cli.h"
#include "notes.h"
#include "tilslut/agreement/product_year.h"
#include "tilslut/agreement/run.h"
#include "tilslut/base/text.h"
#include "tilslut/key/billing.h"

/* `os2valghalla 2026`, `os2valghalla 2026 H1`, `credit of 2026-0001`. */
static const char *name_of(const struct tl_run *run, struct tl_arena *arena)
{
    char label[TL_BILLING_LABEL_SIZE];
    if (tl_text_equal(run->kind, "credit"))
        return tl_arena_format(arena, "credit of %s", run->corrects);
    if (tl_text_equal(run->kind, "pledges"))
        return tl_arena_format(arena, "%s %d, pledges to %s", run->product, run->year, run->lines);
    if (tl_text_equal(run->kind, "settlement"))
        return tl_arena_format(arena, "%s %d, %s settled", run->product, run->year, run->lines);
    if (tl_text_equal(run->kind, "one-off"))
        return tl_arena_format(arena, "%s %d, %s once", run->product, run->year, run->lines);
    tl_billing_label(run->period, label);
    return tl_text_equal(label, "year") ? tl_arena_format(arena, "%s %d", run->product, run->year)
                                        : tl_arena_format(arena, "%s %d %s", run->product, run->year, label);
}

static tl_status print_run(struct cli *cli, int64_t id, const char *did, struct tl_err *err)
{
    struct tl_run run;
    struct tl_money gross;
    char net[TL_MONEY_TEXT_SIZE], vat[TL_MONEY_TEXT_SIZE], sum[TL_MONEY_TEXT_SIZE];
    tl_status status = tl_run_find(&run, cli->store, id, &cli->arena, err);
    const char *name = status == TL_OK ? name_of(&run, &cli->arena) : NULL;
    if (status == TL_OK && name == NULL)
        status = tl_err_memory(err);
    if (status == TL_OK)
        status = tl_money_add(&gross, run.net, run.vat, err);
    if (status == TL_OK)
        tl_buf_format(&cli->out, "%s run %" PRId64 ": %s, %zu %s, net %s, VAT %s, total %s %s\n", did, id, name,
                      run.member_count, cli_plural(run.member_count, "member", "members"), tl_money_da(run.net, net),
                      tl_money_da(run.vat, vat), tl_money_da(gross, sum), tl_store_currency(cli->store));
    return status;
}

static tl_status print_obstacles(struct cli *cli, int64_t id, struct tl_err *err)
{
    struct tl_run run;
    struct tl_obstacle *obstacles = NULL;
    size_t count = 0;
    tl_status status = tl_run_find(&run, cli->store, id, &cli->arena, err);
    if (status == TL_OK)
        status = tl_run_obstacles(&obstacles, &count, cli->store, &run, &cli->arena, err);
    for (size_t i = 0; status == TL_OK && i < count; i++)
        tl_buf_format(&cli->out, "in the way: %s; %s\n", obstacles[i].text, obstacles[i].hint);
    return status;
}

/* Everything that can fail comes before the commit: a draft that is refused is not recorded. */
static tl_status finish_draft(struct cli *cli, int64_t id, struct tl_err *err)
{
    tl_status status = print_run(cli, id, "drafted", err);
    if (status == TL_OK)
        status = print_obstacles(cli, id, err);
    if (status == TL_OK)
        tl_buf_format(&cli->out, "somebody else than %s approves it with: tilslut approve %" PRId64 " --as NAME\n",
                      cli->act.actor, id);
    if (status == TL_OK)
        status = tl_buf_status(&cli->out, err);
    return status == TL_OK ? cli_commit(cli, err) : status;
}

static tl_status draft(struct cli *cli, struct tl_product_year *computed, const struct tl_run_request *request,
                       struct tl_err *err)
{
    int64_t id = 0;
    tl_status status = cli_begin(cli, err);
    if (status == TL_OK)
        status = tl_run_draft_request(&id, cli->store, request, err);
    if (status == TL_OK && request->pledges_to == NULL)
        status = tl_product_year_compute(computed, cli->store, request->product, request->year, 0, err);
    return status == TL_OK ? finish_draft(cli, id, err) : status;
}

static tl_status bill(struct cli *cli, struct tl_err *err)
{
    struct tl_product_year computed = TL_PRODUCT_YEAR_EMPTY;
    struct tl_run_request request = {.product = cli->args.positional[0],
                                     .period = cli_args_value(&cli->args, "--period"),
                                     .pledges_to = cli_args_value(&cli->args, "--pledges")};
    const char **members = NULL, **lines = NULL, **left_out = NULL;
    tl_status status = cli_year(&request.year, cli->args.positional[1], err);
    if (status == TL_OK)
        status = cli_lists(&members, &request.member_count, cli, "--only", err);
    if (status == TL_OK)
        status = cli_lists(&lines, &request.line_count, cli, "--one-off", err);
    if (status == TL_OK)
        status = cli_lists(&left_out, &request.left_out_count, cli, "--leave-out", err);
    if (status == TL_OK && request.line_count > 0 && request.period != NULL)
        status = tl_err_set(err, TL_ERR_USAGE, "--one-off and --period don't go together");
    if (status == TL_OK && request.pledges_to != NULL &&
        (request.line_count > 0 || request.period != NULL || request.left_out_count > 0))
        status = tl_err_set(err, TL_ERR_USAGE, "--pledges goes with --only, and with nothing else");
    request.members = members;
    request.lines = lines;
    request.left_out = left_out;
    if (status == TL_OK)
        status = draft(cli, &computed, &request, err);
    if (status == TL_OK)
        cli_note_allocation(&computed.allocation);
    tl_product_year_release(&computed);
    return status;
}

static tl_status credit(struct cli *cli, struct tl_err *err)
{
    int64_t id = 0;
    tl_status status = cli_begin(cli, err);
    if (status == TL_OK)
        status =
            tl_run_draft_credit(&id, cli->store, cli->args.positional[0], cli_args_value(&cli->args, "--line"),
                                cli_args_value(&cli->args, "--reason"), cli_args_value(&cli->args, "--evidence"), err);
    return status == TL_OK ? finish_draft(cli, id, err) : status;
}

/* What the line cost. */
static tl_status print_settled(struct cli *cli, int64_t id, struct tl_err *err)
{
    struct tl_run run;
    char actual[TL_MONEY_TEXT_SIZE];
    tl_status status = tl_run_find(&run, cli->store, id, &cli->arena, err);
    if (status == TL_OK)
        tl_buf_format(&cli->out, "line '%s' cost %s in %d, on %s\n", run.lines, tl_money_da(run.actual, actual),
                      run.year, run.accounts);
    return status;
}

static tl_status settle(struct cli *cli, struct tl_err *err)
{
    struct tl_run_settlement settlement = {.product = cli->args.positional[0],
                                           .line = cli_args_value(&cli->args, "--line"),
                                           .decision = cli_args_value(&cli->args, "--decision")};
    const char **accounts = NULL;
    int64_t id = 0;
    tl_status status = cli_year(&settlement.year, cli->args.positional[1], err);
    if (status == TL_OK)
        status = cli_lists(&accounts, &settlement.account_count, cli, "--account", err);
    settlement.accounts = accounts;
    if (status == TL_OK && (settlement.line == NULL || settlement.account_count == 0 || settlement.decision == NULL)) {
        status = tl_err_set(err, TL_ERR_USAGE, "a settlement needs --line, --account and --decision");
        tl_err_hint(err, "for example: tilslut settle os2valghalla 2026 --line hosting --account 00005 --decision "
                         "\"styregruppe 2027-02-10 pkt. 4\"");
    }
    if (status == TL_OK)
        status = cli_begin(cli, err);
    if (status == TL_OK)
        status = tl_run_draft_settlement(&id, cli->store, &settlement, tl_moment_date(cli->act.now), err);
    if (status == TL_OK)
        status = print_settled(cli, id, err);
    return status == TL_OK ? finish_draft(cli, id, err) : status;
}

static tl_status read_id(int64_t *out, struct cli *cli, struct tl_err *err)
{
    return cli_number(out, cli->args.positional[0], "the number of a run", err);
}

/* What an approval did: posted the run, or left it to the other one that has to approve. */
static tl_status print_approved(struct cli *cli, int64_t id, size_t entries, struct tl_err *err)
{
    struct tl_run run;
    const char *awaited = "";
    tl_status status = tl_run_find(&run, cli->store, id, &cli->arena, err);
    if (status == TL_OK && tl_text_equal(run.state, "draft"))
        status = tl_run_awaited(&awaited, cli->store, &run, tl_moment_date(cli->act.now), &cli->arena, err);
    if (status == TL_OK && awaited[0] != '\0') {
        status = print_run(cli, id, "partly approved", err);
        tl_buf_format(&cli->out, "it stays a draft until the other approval; %s\n", awaited);
        return status;
    }
    if (status == TL_OK)
        status = print_run(cli, id, "approved", err);
    if (status == TL_OK)
        tl_buf_format(&cli->out, "posted %zu %s\n", entries, cli_plural(entries, "entry", "entries"));
    return status;
}

static tl_status approve(struct cli *cli, struct tl_err *err)
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
        status = tl_run_approve(&entries, cli->store, id, cli->act.actor, tl_moment_date(cli->act.now), date, err);
    if (status == TL_OK)
        status = print_approved(cli, id, entries, err);
    if (status == TL_OK)
        status = tl_buf_status(&cli->out, err);
    return status == TL_OK ? cli_commit(cli, err) : status;
}

static tl_status discard(struct cli *cli, struct tl_err *err)
{
    int64_t id = 0;
    tl_status status = read_id(&id, cli, err);
    if (status == TL_OK)
        status = cli_begin(cli, err);
    if (status == TL_OK)
        status = tl_run_discard(cli->store, id, err);
    if (status == TL_OK)
        status = cli_commit(cli, err);
    if (status == TL_OK)
        tl_buf_format(&cli->out, "discarded run %" PRId64 "\n", id);
    return status;
}

static const struct cli_option bill_options[] = {
    {"--period", NULL, "PERIOD", false, "H1, H2 or Q1 to Q4, where the terms bill in parts of the year"},
    {"--only", NULL, "MEMBER,...", true, "these members only, such as late joiners"},
    {"--one-off", NULL, "LINE,...", true, "only these lines, which are charged once, such as joining fees"},
    {"--pledges", NULL, "PROJECT", false, "the pledges to a project that is funded, each once, also of non-members"},
    {"--leave-out", NULL, "LINE,...", true, "lines whose price is not yet known, left out on purpose"},
    CLI_OPTIONS_END,
};

static const struct cli_option credit_options[] = {
    {"--line", NULL, "LINE", false, "this line of it only"},
    {"--reason", NULL, "TEXT", false, "why, as the member reads it"},
    {"--evidence", NULL, "TEXT", false, "where it was decided or is documented"},
    CLI_OPTIONS_END,
};

static const struct cli_option settle_options[] = {
    {"--line", NULL, "LINE", false, "the budgeted line that is settled"},
    {"--account", NULL, "ACCOUNT,...", true, "the accounts that its costs are booked on, such as 00005"},
    CLI_OPTION_DECISION("who decided it, when, and where it is minuted"),
    CLI_OPTIONS_END,
};

static const struct cli_option approve_options[] = {
    {"--date", NULL, "DATE", false, "of the charges (default today, or the nearer end of the year billed)"},
    CLI_OPTIONS_END,
};

const struct cli_command cli_bill_commands[] = {
    {"bill", "PRODUCT YEAR", "draft a billing run",
     "Drafts what members owe for the year up to the end of the period, less what is billed of it already; so a run "
     "after a change bills or credits the difference. A draft changes nothing that is owed; somebody else approves "
     "it, when nothing stands in the way.",
     2, 2, CLI_RECORDS, bill_options, bill},
    {"credit", "INVOICE", "draft a credit note",
     "Drafts a credit note of an invoice, or of a line of it, as far as it is not credited already. Somebody else "
     "approves it. What is owed after it is billed again by the next run.",
     1, 1, CLI_RECORDS, credit_options, credit},
    {"settle", "PRODUCT YEAR", "settle what was paid on account (afregning af aconto)",
     "Drafts the settlement of a budgeted line when the year has ended: what the line's accounts cost is shared out "
     "by\n"
     "the same key as the budget was, and the difference to what is billed is charged or credited. Somebody else\n"
     "approves it as any run. Later runs of the year take that cost for the line's budget.",
     2, 2, CLI_RECORDS, settle_options, settle},
    {"approve", "RUN", "approve a billing run and post its charges",
     "Approves a draft that somebody else made, and posts one entry per member, each with an invoice or credit note.\n"
     "Where a rule asks for an internal and an external approver (role rule), it is posted with the second approval.",
     1, 1, CLI_RECORDS, approve_options, approve},
    {"discard", "RUN", "drop a draft", "Drops a draft run; it stays on record as discarded.", 1, 1, CLI_RECORDS,
     cli_no_options, discard},
    {0},
};
