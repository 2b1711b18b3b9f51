/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Projects that members fund together, and their pledges.
 */
#include "cli.h"
#include "tilslut/agreement/decision.h"
#include "tilslut/agreement/party.h"
#include "tilslut/agreement/pledge.h"
#include "tilslut/agreement/project.h"

#define COUNT_OF(array) (sizeof(array) / sizeof(array)[0])

static tl_status read_amount(struct tl_money *out, const struct cli *cli, const char *option, struct tl_err *err)
{
    tl_status status = tl_money_parse(out, cli_args_value(&cli->args, option), err);
    if (status != TL_OK)
        tl_err_at(err, option, 0, 0);
    return status;
}

static tl_status project_add(struct cli *cli, struct tl_err *err)
{
    static const char *const needed[] = {"--target", "--threshold", "--deadline", "--decision"};
    struct tl_project project = {.product = cli->args.positional[0], .code = cli->args.positional[1]};
    for (size_t i = 0; i < COUNT_OF(needed); i++)
        if (cli_args_value(&cli->args, needed[i]) == NULL) {
            (void)tl_err_set(err, TL_ERR_USAGE, "a project needs --target, --threshold, --deadline and --decision");
            tl_err_hint(err, "for example: tilslut project add os2valghalla funded-3.0 --target 900000 --threshold "
                             "600000 --deadline 2026-09-30 --decision \"styregruppe 2026-02-10 pkt. 5\"");
            return TL_ERR_USAGE;
        }
    tl_status status = read_amount(&project.target, cli, "--target", err);
    if (status == TL_OK)
        status = read_amount(&project.threshold, cli, "--threshold", err);
    if (status == TL_OK)
        status = cli_date(&project.deadline, cli, "--deadline", err);
    if (status == TL_OK)
        status = cli_begin(cli, err);
    if (status == TL_OK)
        status = tl_project_record(cli->store, &project, cli_args_value(&cli->args, "--decision"), err);
    if (status == TL_OK)
        status = cli_commit(cli, err);
    if (status == TL_OK)
        tl_buf_format(&cli->out, "recorded the project %s of %s, for pledges until %s\n", project.code, project.product,
                      cli_args_value(&cli->args, "--deadline"));
    return status;
}

static tl_status project_fund(struct cli *cli, struct tl_err *err)
{
    const char *decision = cli_args_value(&cli->args, "--decision");
    struct tl_project project;
    char amount[TL_MONEY_TEXT_SIZE];
    tl_status status = TL_OK;
    if (decision == NULL) {
        status = tl_err_set(err, TL_ERR_USAGE, "funding a project needs --decision");
        tl_err_hint(err, "for example --decision \"styregruppe 2026-10-06 pkt. 2\"");
    }
    if (status == TL_OK)
        status = cli_begin(cli, err);
    if (status == TL_OK)
        status = tl_project_fund(&project, cli->store, cli->args.positional[0], decision, &cli->arena, err);
    if (status == TL_OK)
        status = cli_commit(cli, err);
    if (status == TL_OK)
        tl_buf_format(&cli->out, "the project %s is funded: %zu %s, %s in all, now binding\n", project.code,
                      project.pledge_count, cli_plural(project.pledge_count, "pledge", "pledges"),
                      tl_money_da(project.pledged, amount));
    return status;
}

static tl_status pledge(struct cli *cli, struct tl_err *err)
{
    const char *evidence = cli_args_value(&cli->args, "--evidence");
    struct tl_pledge pledge = {.project = cli->args.positional[0],
                               .party = cli->args.positional[1],
                               .evidence = evidence == NULL ? "" : evidence};
    char amount[TL_MONEY_TEXT_SIZE];
    tl_status status = tl_money_parse(&pledge.amount, cli->args.positional[2], err);
    if (status == TL_OK)
        status = cli_date_or_today(&pledge.on, cli, "--date", err);
    if (status == TL_OK)
        status = cli_begin(cli, err);
    if (status == TL_OK)
        status = tl_pledge_record(cli->store, &pledge, err);
    if (status == TL_OK)
        status = cli_commit(cli, err);
    if (status == TL_OK && pledge.amount.minor == 0)
        tl_buf_format(&cli->out, "%s withdraws its pledge to %s\n", pledge.party, pledge.project);
    else if (status == TL_OK)
        tl_buf_format(&cli->out, "%s pledges %s to %s\n", pledge.party, tl_money_da(pledge.amount, amount),
                      pledge.project);
    return status;
}

static tl_status add_project(struct tl_table *table, struct cli *cli, const struct tl_project *project,
                             struct tl_err *err)
{
    struct tl_money missing = {
        project->threshold.minor > project->pledged.minor ? project->threshold.minor - project->pledged.minor : 0};
    const char *decision = tl_decision_text(project->is_funded ? &project->funding : &project->decision, &cli->arena);
    if (decision == NULL)
        return tl_err_memory(err);
    bool is_late = tl_date_compare(tl_moment_date(cli->act.now), project->deadline) > 0;
    struct tl_cell cells[] = {tl_cell_code(project->code),
                              tl_cell_code(project->product),
                              tl_cell_date(project->deadline),
                              tl_cell_integer((int64_t)project->pledge_count),
                              tl_cell_money(project->pledged),
                              tl_cell_money(project->threshold),
                              tl_cell_money(project->target),
                              tl_cell_money(missing),
                              tl_cell_text(project->is_funded   ? "funded"
                                           : missing.minor == 0 ? "threshold met"
                                           : is_late            ? "lapsed"
                                                                : "open"),
                              tl_cell_text(decision)};
    return tl_table_add(table, cells, err);
}

static tl_status list_projects(struct cli *cli, struct tl_err *err)
{
    static const struct tl_column columns[] = {
        {"project", "Project", TL_COLUMN_CODE},   {"product", "Product", TL_COLUMN_CODE},
        {"deadline", "Deadline", TL_COLUMN_DATE}, {"pledges", "Pledges", TL_COLUMN_INTEGER},
        {"pledged", "Pledged", TL_COLUMN_MONEY},  {"threshold", "Threshold", TL_COLUMN_MONEY},
        {"target", "Target", TL_COLUMN_MONEY},    {"missing", "Missing", TL_COLUMN_MONEY},
        {"state", "State", TL_COLUMN_TEXT},       {"decision", "Decision", TL_COLUMN_TEXT},
    };
    struct tl_table table = TL_TABLE_EMPTY;
    struct tl_project *projects = NULL;
    size_t count = 0;
    tl_status status = tl_table_init(&table, columns, COUNT_OF(columns), err);
    if (status == TL_OK)
        status = tl_project_list(&projects, &count, cli->store, &cli->arena, err);
    for (size_t i = 0; status == TL_OK && i < count; i++)
        status = add_project(&table, cli, &projects[i], err);
    if (status == TL_OK)
        status = cli_print_table(cli, &table, err);
    tl_table_release(&table);
    return status;
}

/* One project has a total that its threshold and target can be held against. */
static tl_status add_totals(struct tl_table *table, struct cli *cli, const char *code, struct tl_err *err)
{
    struct tl_project project;
    char threshold[TL_MONEY_TEXT_SIZE], target[TL_MONEY_TEXT_SIZE];
    tl_status status = tl_project_find(&project, cli->store, code, &cli->arena, err);
    if (status != TL_OK)
        return status;
    const char *text = tl_arena_format(&cli->arena, "of a threshold of %s, a target of %s",
                                       tl_money_da(project.threshold, threshold), tl_money_da(project.target, target));
    if (text == NULL)
        return tl_err_memory(err);
    struct tl_cell totals[] = {
        tl_cell_text("Total"), tl_cell_missing(), tl_cell_missing(), tl_cell_money(project.pledged),
        tl_cell_missing(),     tl_cell_missing(), tl_cell_missing(), tl_cell_text(text)};
    return tl_table_set_totals(table, totals, err);
}

static tl_status list_pledges(struct cli *cli, struct tl_err *err)
{
    static const struct tl_column columns[] = {
        {"project", "Project", TL_COLUMN_TEXT},
        {"party", "Party", TL_COLUMN_CODE},
        {"name", "Name", TL_COLUMN_TEXT},
        {"amount", "Amount", TL_COLUMN_MONEY},
        {"date", "Date", TL_COLUMN_DATE},
        {"state", "State", TL_COLUMN_TEXT},
        {"called_in", "Called in", TL_COLUMN_MONEY},
        {"evidence", "Evidence", TL_COLUMN_TEXT},
    };
    const char *code = cli->args.positional_count == 0 ? NULL : cli->args.positional[0];
    struct tl_table table = TL_TABLE_EMPTY;
    struct tl_pledge *pledges = NULL;
    struct tl_party party;
    struct tl_date today = tl_moment_date(cli->act.now);
    size_t count = 0;
    tl_status status = tl_table_init(&table, columns, COUNT_OF(columns), err);
    if (status == TL_OK && code != NULL)
        status = add_totals(&table, cli, code, err);
    if (status == TL_OK)
        status = tl_pledge_list(&pledges, &count, cli->store, code, today, &cli->arena, err);
    if (status == TL_OK)
        status = tl_pledge_read_called_in(pledges, count, cli->store, err);
    for (size_t i = 0; status == TL_OK && i < count; i++) {
        const struct tl_pledge *row = &pledges[i];
        status = tl_party_find(&party, cli->store, row->party, row->on, &cli->arena, err);
        if (status != TL_OK)
            break;
        struct tl_cell cells[] = {tl_cell_text(row->project),
                                  tl_cell_code(row->party),
                                  tl_cell_text(party.name),
                                  tl_cell_money(row->amount),
                                  tl_cell_date(row->on),
                                  tl_cell_text(tl_pledge_state_name(row->state)),
                                  row->called_in.minor == 0 ? tl_cell_missing() : tl_cell_money(row->called_in),
                                  tl_cell_text(row->evidence)};
        status = tl_table_add(&table, cells, err);
    }
    if (status == TL_OK)
        status = cli_print_table(cli, &table, err);
    tl_table_release(&table);
    return status;
}

static const struct cli_option project_add_options[] = {
    {"--target", NULL, "AMOUNT", false, "what the project costs"},
    {"--threshold", NULL, "AMOUNT", false, "the pledges from which on it is carried out"},
    {"--deadline", NULL, "DATE", false, "the last day for pledges"},
    CLI_OPTION_DECISION("who decided it, when, and where it is minuted"),
    CLI_OPTIONS_END,
};
static const struct cli_option project_fund_options[] = {
    CLI_OPTION_DECISION("who decided to carry it out, when, and where it is minuted"),
    CLI_OPTIONS_END,
};
static const struct cli_option pledge_options[] = {
    {"--date", NULL, "DATE", false, "when it was pledged (default: today)"},
    {"--evidence", NULL, "TEXT", false, "where it is documented"},
    CLI_OPTIONS_END,
};

const struct cli_command cli_pledge_commands[] = {
    {"project add", "PRODUCT PROJECT", "record a project that members fund",
     "Records a project with its target, threshold and deadline. Its code is the tag that terms waive or rebate a "
     "line\n"
     "for, such as funded-3.0.",
     2, 2, CLI_RECORDS, project_add_options, project_add},
    {"pledge", "PROJECT PARTY AMOUNT", "record a pledge (tilsagn)",
     "Records what a party pledges to a project, or changes it; 0 withdraws it. Who pledges need not be a member.", 3,
     3, CLI_RECORDS, pledge_options, pledge},
    {"project fund", "PROJECT", "record that a project is carried out",
     "Records the decision to carry a project out, once its threshold is met. From then on the pledges bind, and are\n"
     "waivers with the project's tag where the terms have one: who joins needs no --waiver.",
     1, 1, CLI_RECORDS, project_fund_options, project_fund},
    {0},
};

const struct cli_command cli_pledge_list_commands[] = {
    {"list projects", "", "list projects with what is pledged", "Lists projects with pledges, threshold and target.", 0,
     0, CLI_READS, cli_form_options, list_projects},
    {"list pledges", "[PROJECT]", "list pledges", "Lists the pledges of one project or of all, as they stand.", 0, 1,
     CLI_READS, cli_form_options, list_pledges},
    {0},
};
