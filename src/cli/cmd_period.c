/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Periods: what must be true before one is closed, the close, and reopening it by two people.
 */
#include <inttypes.h>

#include "cli.h"
#include "tilslut/agreement/decision.h"
#include "tilslut/agreement/period_close.h"

#define COUNT_OF(array) (sizeof(array) / sizeof(array)[0])

static tl_status read_period(struct tl_period *out, const struct cli *cli, struct tl_err *err)
{
    return tl_closed_period_parse(out, cli->args.positional[0], err);
}

/* The conditions, all of them seen in one state of the file. */
static tl_status look(struct tl_close_conditions *out, struct cli *cli, struct tl_period period, struct tl_err *err)
{
    tl_status status = tl_store_begin_read(cli->store, err);
    if (status != TL_OK)
        return status;
    status = tl_period_close_conditions(out, cli->store, period, tl_moment_date(cli->act.now), &cli->arena, err);
    tl_store_end_read(cli->store);
    return status;
}

static tl_status period_check(struct cli *cli, struct tl_err *err)
{
    static const struct tl_column columns[] = {
        {"condition", "Condition", TL_COLUMN_CODE},
        {"asks", "Must be true", TL_COLUMN_TEXT},
        {"obstacle", "In the way", TL_COLUMN_TEXT},
        {"hint", "What to do", TL_COLUMN_TEXT},
    };
    struct tl_table table = TL_TABLE_EMPTY;
    struct tl_period period;
    struct tl_close_conditions conditions = {.count = 0};
    tl_status status = tl_table_init(&table, columns, COUNT_OF(columns), err);
    if (status == TL_OK)
        status = read_period(&period, cli, err);
    if (status == TL_OK)
        status = look(&conditions, cli, period, err);
    for (size_t i = 0; status == TL_OK && i < conditions.count; i++) {
        const struct tl_close_condition *condition = &conditions.items[i];
        struct tl_cell cells[] = {tl_cell_code(condition->name), tl_cell_text(condition->asks),
                                  tl_cell_text(condition->obstacle), tl_cell_text(condition->hint)};
        status = tl_table_add(&table, cells, err);
    }
    if (status == TL_OK)
        status = cli_print_table(cli, &table, err);
    tl_table_release(&table);
    return status;
}

static tl_status period_close(struct cli *cli, struct tl_err *err)
{
    struct tl_period period;
    struct tl_close_conditions conditions;
    struct tl_closed_period closed;
    char name[TL_CLOSED_PERIOD_NAME_SIZE], debit[TL_MONEY_TEXT_SIZE], next[TL_DATE_TEXT_SIZE];
    tl_status status = read_period(&period, cli, err);
    if (status == TL_OK)
        status = look(&conditions, cli, period, err);
    if (status == TL_OK)
        status = cli_begin(cli, err);
    if (status == TL_OK)
        status = tl_period_close(&closed, cli->store, period, cli_args_value(&cli->args, "--decision"), &conditions,
                                 &cli->arena, err);
    if (status == TL_OK)
        status = cli_commit(cli, err);
    if (status == TL_OK)
        tl_buf_format(&cli->out, "%s is closed, with %" PRId64 " %s of %s %s; entries are dated from %s on\n",
                      tl_closed_period_name(period, name), closed.entries,
                      cli_plural((size_t)closed.entries, "entry", "entries"), tl_money_da(closed.debit, debit),
                      tl_store_currency(cli->store), tl_date_iso(tl_date_add_days(period.last, 1), next));
    return status;
}

static tl_status period_reopen(struct cli *cli, struct tl_err *err)
{
    const char *text = cli_args_value(&cli->args, "--decision"), *reason = cli_args_value(&cli->args, "--reason");
    struct tl_period period;
    struct tl_decision decision;
    char name[TL_CLOSED_PERIOD_NAME_SIZE];
    tl_status status = read_period(&period, cli, err);
    if (status == TL_OK && (text == NULL || reason == NULL)) {
        status = tl_err_set(err, TL_ERR_USAGE, "reopening a period needs --decision and --reason");
        tl_err_hint(err, "for example: --decision \"bestyrelse 2026-05-12 pkt. 3\" --reason \"en faktura manglede\"");
    }
    if (status == TL_OK)
        status = tl_decision_parse(&decision, text, &cli->arena, err);
    if (status == TL_OK)
        status = cli_begin(cli, err);
    if (status == TL_OK)
        status = tl_decision_record(&decision, cli->store, err);
    if (status == TL_OK)
        status = tl_closed_period_propose(cli->store, period, decision.id, reason, err);
    if (status == TL_OK)
        status = cli_commit(cli, err);
    if (status == TL_OK)
        tl_buf_format(&cli->out,
                      "proposed; somebody else than %s confirms it with: tilslut period confirm %s --as NAME\n",
                      cli->act.actor, tl_closed_period_name(period, name));
    return status;
}

static tl_status period_confirm(struct cli *cli, struct tl_err *err)
{
    struct tl_period period;
    char name[TL_CLOSED_PERIOD_NAME_SIZE];
    tl_status status = read_period(&period, cli, err);
    if (status == TL_OK)
        status = cli_begin(cli, err);
    if (status == TL_OK)
        status = tl_closed_period_confirm(cli->store, period, cli->act.actor, err);
    if (status == TL_OK)
        status = cli_commit(cli, err);
    if (status == TL_OK)
        tl_buf_format(&cli->out, "%s is open again\n", tl_closed_period_name(period, name));
    return status;
}

static tl_status period_drop(struct cli *cli, struct tl_err *err)
{
    struct tl_period period;
    char name[TL_CLOSED_PERIOD_NAME_SIZE];
    tl_status status = read_period(&period, cli, err);
    if (status == TL_OK)
        status = cli_begin(cli, err);
    if (status == TL_OK)
        status = tl_closed_period_drop(cli->store, period, err);
    if (status == TL_OK)
        status = cli_commit(cli, err);
    if (status == TL_OK)
        tl_buf_format(&cli->out, "%s stays closed\n", tl_closed_period_name(period, name));
    return status;
}

static struct tl_cell or_missing(const char *text)
{
    return text[0] == '\0' ? tl_cell_missing() : tl_cell_text(text);
}

static tl_status list_periods(struct cli *cli, struct tl_err *err)
{
    static const struct tl_column columns[] = {
        {"period", "Period", TL_COLUMN_CODE},
        {"first", "First day", TL_COLUMN_DATE},
        {"last", "Last day", TL_COLUMN_DATE},
        {"state", "State", TL_COLUMN_TEXT},
        {"entries", "Entries", TL_COLUMN_INTEGER},
        {"turnover", "Turnover", TL_COLUMN_MONEY},
        {"closed_at", "Closed", TL_COLUMN_CODE},
        {"closed_by", "By", TL_COLUMN_TEXT},
        {"decision", "Decision", TL_COLUMN_TEXT},
        {"reopening_proposed_by", "Reopening proposed by", TL_COLUMN_TEXT},
        {"reopening_confirmed_by", "Confirmed by", TL_COLUMN_TEXT},
        {"reopening_decision", "Decision", TL_COLUMN_TEXT},
        {"reason", "Reason", TL_COLUMN_TEXT},
    };
    struct tl_table table = TL_TABLE_EMPTY;
    struct tl_closed_period *closes = NULL;
    size_t count = 0;
    tl_status status = tl_table_init(&table, columns, COUNT_OF(columns), err);
    if (status == TL_OK)
        status = tl_closed_period_list(&closes, &count, cli->store, &cli->arena, err);
    for (size_t i = 0; status == TL_OK && i < count; i++) {
        const struct tl_closed_period *closed = &closes[i];
        char name[TL_CLOSED_PERIOD_NAME_SIZE];
        struct tl_cell cells[] = {tl_cell_code(tl_closed_period_name(closed->period, name)),
                                  tl_cell_date(closed->period.first),
                                  tl_cell_date(closed->period.last),
                                  tl_cell_text(closed->state),
                                  tl_cell_integer(closed->entries),
                                  tl_cell_money(closed->debit),
                                  tl_cell_code(closed->closed_at),
                                  tl_cell_text(closed->closed_by),
                                  or_missing(closed->decision),
                                  or_missing(closed->proposed_by),
                                  or_missing(closed->confirmed_by),
                                  or_missing(closed->reopen_decision),
                                  or_missing(closed->reason)};
        status = tl_table_add(&table, cells, err);
    }
    if (status == TL_OK)
        status = cli_print_table(cli, &table, err);
    tl_table_release(&table);
    return status;
}

static const struct cli_option close_options[] = {
    CLI_OPTION_DECISION("who decided it, when, and where it is minuted; where somebody had to"),
    CLI_OPTIONS_END,
};
static const struct cli_option reopen_options[] = {
    CLI_OPTION_DECISION("who decided it, when, and where it is minuted"),
    {"--reason", NULL, "TEXT", false, "why the period is to be reopened"},
    CLI_OPTIONS_END,
};

const struct cli_command cli_period_commands[] = {
    {"period check", "PERIOD", "what must be true before a period is closed",
     "Goes through what must be true before a quarter (2026-Q1) or a year (2026) is closed, and tells what stands in\n"
     "the way.",
     1, 1, CLI_READS, cli_form_options, period_check},
    {"period close", "PERIOD", "close a quarter or a year",
     "Closes a quarter (2026-Q1) or a year (2026): no entry can be dated up to its last day from then on.\n"
     "Refused while something stands in the way.",
     1, 1, CLI_RECORDS, close_options, period_close},
    {"period reopen", "PERIOD", "propose to reopen a closed period",
     "Proposes to reopen a closed period by a decision. Nothing changes until somebody else confirms it.", 1, 1,
     CLI_RECORDS, reopen_options, period_reopen},
    {"period confirm", "PERIOD", "reopen a period that somebody else proposed to reopen",
     "Confirms what somebody else proposed: the period takes entries again. The close stays on record.", 1, 1,
     CLI_RECORDS, cli_no_options, period_confirm},
    {"period drop", "PERIOD", "drop a proposal to reopen a period", "Drops the proposal; the period stays closed.", 1,
     1, CLI_RECORDS, cli_no_options, period_drop},
    {"list periods", "", "list closed periods",
     "Lists the periods that were closed, and who had which of them reopened.", 0, 0, CLI_READS, cli_form_options,
     list_periods},
    {0},
};
