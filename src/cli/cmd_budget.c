/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Budgets of products, and budget against actual.
 */
#include "cli.h"
#include "tilslut/agreement/budget.h"
#include "tilslut/agreement/budget_follow.h"
#include "tilslut/agreement/carryover.h"
#include "tilslut/store/file.h"

#define COUNT_OF(array) (sizeof(array) / sizeof(array)[0])

static tl_status print_and_release(struct cli *cli, struct tl_table *table, tl_status status, struct tl_err *err)
{
    if (status == TL_OK)
        status = cli_print_table(cli, table, err);
    tl_table_release(table);
    return status;
}

static tl_status print_budget(struct cli *cli, const struct tl_budget *budget, struct tl_err *err)
{
    static const struct tl_column columns[] = {
        {"account", "Account", TL_COLUMN_CODE}, {"name", "Name", TL_COLUMN_TEXT},
        {"kind", "Kind", TL_COLUMN_TEXT},       {"q1", "Q1", TL_COLUMN_MONEY},
        {"q2", "Q2", TL_COLUMN_MONEY},          {"q3", "Q3", TL_COLUMN_MONEY},
        {"q4", "Q4", TL_COLUMN_MONEY},          {"year", "Year", TL_COLUMN_MONEY},
        {"working", "Working", TL_COLUMN_TEXT},
    };
    struct tl_table table = TL_TABLE_EMPTY;
    tl_status status = tl_table_init(&table, columns, COUNT_OF(columns), err);
    for (size_t i = 0; status == TL_OK && i < budget->amount_count; i++) {
        const struct tl_budget_amount *amount = &budget->amounts[i];
        struct tl_money year = {0};
        for (int q = 0; status == TL_OK && q < TL_BUDGET_QUARTERS; q++)
            status = tl_money_add(&year, year, amount->quarters[q], err);
        struct tl_cell cells[] = {tl_cell_code(amount->account),
                                  tl_cell_text(amount->name_da),
                                  tl_cell_text(amount->is_income ? "income" : "cost"),
                                  tl_cell_money(amount->quarters[0]),
                                  tl_cell_money(amount->quarters[1]),
                                  tl_cell_money(amount->quarters[2]),
                                  tl_cell_money(amount->quarters[3]),
                                  tl_cell_money(year),
                                  amount->working[0] == '\0' ? tl_cell_missing() : tl_cell_text(amount->working)};
        if (status == TL_OK)
            status = tl_table_add(&table, cells, err);
    }
    return print_and_release(cli, &table, status, err);
}

/* What every recording of a budget ends with. */
static tl_status finish(struct cli *cli, const struct tl_budget *budget, struct tl_err *err)
{
    struct tl_money carried = {0};
    char text[TL_MONEY_TEXT_SIZE];
    tl_status status = print_budget(cli, budget, err);
    if (status == TL_OK)
        status = tl_carryover_brought(&carried, cli->store, budget->product, budget->year - 1, err);
    if (status == TL_OK && !tl_money_is_zero(carried) && !cli_for_machines(cli))
        tl_buf_format(&cli->out, "carried from %d to this year's pot: %s %s; the budget above does not count it\n",
                      budget->year - 1, tl_money_da(carried, text), tl_store_currency(cli->store));
    if (status == TL_OK && !cli_for_machines(cli))
        tl_buf_format(&cli->out, "version %d of the budget of '%s' for %d is recorded\n", budget->version,
                      budget->product, budget->year);
    if (status == TL_OK)
        status = tl_buf_status(&cli->out, err);
    return status == TL_OK ? cli_commit(cli, err) : status;
}

static tl_status need_decision(const char **out, const struct cli *cli, struct tl_err *err)
{
    *out = cli_args_value(&cli->args, "--decision");
    if (*out != NULL)
        return TL_OK;
    (void)tl_err_set(err, TL_ERR_USAGE, "a budget needs --decision");
    tl_err_hint(err, "for example: --decision \"styregruppe 2025-11-12 pkt. 5\"");
    return TL_ERR_USAGE;
}

static tl_status budget_set(struct cli *cli, struct tl_err *err)
{
    struct tl_buf bytes = TL_BUF_EMPTY;
    struct tl_budget budget;
    const char *decision, *path = cli->args.positional[2];
    int year = 0;
    tl_status status = cli_year(&year, cli->args.positional[1], err);
    if (status == TL_OK)
        status = need_decision(&decision, cli, err);
    if (status == TL_OK)
        status = tl_file_read(&bytes, path, err);
    if (status == TL_OK)
        status = cli_begin(cli, err);
    if (status == TL_OK) {
        struct tl_source source = {path, tl_buf_string(&bytes), bytes.length};
        status =
            tl_budget_record(&budget, cli->store, cli->args.positional[0], year, &source, decision, &cli->arena, err);
    }
    if (status == TL_OK)
        status = finish(cli, &budget, err);
    tl_buf_release(&bytes);
    return status;
}

static tl_status budget_index(struct cli *cli, struct tl_err *err)
{
    struct tl_budget_index index = {.index = cli_args_value(&cli->args, "--index")};
    struct tl_budget budget;
    const char *decision = NULL;
    int year = 0;
    tl_status status = cli_year(&year, cli->args.positional[1], err);
    if (status == TL_OK && index.index == NULL) {
        status = tl_err_set(err, TL_ERR_USAGE, "--index NAME is needed");
        tl_err_hint(err, "tilslut list index shows the values that are recorded");
    }
    if (status == TL_OK)
        status = need_decision(&decision, cli, err);
    if (status == TL_OK)
        status = cli_date(&index.from, cli, "--from", err);
    if (status == TL_OK)
        status = cli_date(&index.to, cli, "--to", err);
    if (tl_date_is_none(index.from))
        index.from = tl_date_of(year - 1, 1, 1);
    if (tl_date_is_none(index.to))
        index.to = tl_date_of(year, 1, 1);
    if (status == TL_OK)
        status = cli_begin(cli, err);
    if (status == TL_OK)
        status = tl_budget_record_indexed(&budget, cli->store, cli->args.positional[0], year, &index, decision,
                                          &cli->arena, err);
    return status == TL_OK ? finish(cli, &budget, err) : status;
}

static tl_status list_budgets(struct cli *cli, struct tl_err *err)
{
    static const struct tl_column columns[] = {
        {"product", "Product", TL_COLUMN_CODE},    {"year", "Year", TL_COLUMN_INTEGER},
        {"version", "Version", TL_COLUMN_INTEGER}, {"basis", "Made of", TL_COLUMN_TEXT},
        {"decision", "Decision", TL_COLUMN_TEXT},  {"recorded_at", "Recorded", TL_COLUMN_CODE},
        {"recorded_by", "By", TL_COLUMN_TEXT},
    };
    struct tl_table table = TL_TABLE_EMPTY;
    struct tl_budget *budgets = NULL;
    size_t count = 0;
    tl_status status = tl_table_init(&table, columns, COUNT_OF(columns), err);
    if (status == TL_OK)
        status = tl_budget_list(&budgets, &count, cli->store, &cli->arena, err);
    for (size_t i = 0; status == TL_OK && i < count; i++) {
        struct tl_cell cells[] = {tl_cell_code(budgets[i].product),    tl_cell_integer(budgets[i].year),
                                  tl_cell_integer(budgets[i].version), tl_cell_text(budgets[i].basis),
                                  tl_cell_text(budgets[i].decision),   tl_cell_code(budgets[i].recorded_at),
                                  tl_cell_text(budgets[i].actor)};
        status = tl_table_add(&table, cells, err);
    }
    return print_and_release(cli, &table, status, err);
}

/* ---- follow-up ---- */

static tl_status add_amount(struct tl_table *table, const struct tl_follow_row *row, int column,
                            const struct tl_follow_amount *amount, bool has_budget, struct tl_err *err)
{
    static const char *const names[] = {"Q1", "Q2", "Q3", "Q4", "year"};
    struct tl_cell cells[] = {
        row->account == NULL ? tl_cell_missing() : tl_cell_code(row->account),
        tl_cell_text(row->name_da),
        row->account == NULL ? tl_cell_missing() : tl_cell_text(row->is_income ? "income" : "cost"),
        tl_cell_code(names[column]),
        has_budget ? tl_cell_money(amount->budget) : tl_cell_missing(),
        amount->has_begun ? tl_cell_money(amount->actual) : tl_cell_missing(),
        has_budget && amount->has_begun ? tl_cell_money(amount->deviation) : tl_cell_missing(),
        has_budget ? tl_cell_money(amount->forecast) : tl_cell_missing(),
    };
    return tl_table_add(table, cells, err);
}

static tl_status add_amounts(struct tl_table *table, const struct tl_follow_row *row,
                             const struct tl_follow_amount *amounts, bool has_budget, struct tl_err *err)
{
    tl_status status = TL_OK;
    for (int column = 0; status == TL_OK && column < TL_FOLLOW_COLUMNS; column++)
        status = add_amount(table, row, column, &amounts[column], has_budget, err);
    return status;
}

/* What the year begins with. */
static tl_status add_carried(struct tl_table *table, const struct tl_budget_follow *follow, struct tl_arena *arena,
                             struct tl_err *err)
{
    struct tl_follow_row row = {.name_da = tl_arena_format(arena, "Overført fra %d", follow->year - 1)};
    struct tl_follow_amount amount = {.actual = follow->carried, .has_begun = true};
    return row.name_da == NULL ? tl_err_memory(err) : add_amount(table, &row, TL_FOLLOW_YEAR, &amount, false, err);
}

/* A part of the costs: what goes to the shared secretariat. */
static tl_status add_share(struct tl_table *table, const struct tl_budget_follow *follow, struct tl_arena *arena,
                           struct tl_err *err)
{
    const char *name = tl_arena_format(arena, "Heraf bidrag til %s", follow->share_to);
    struct tl_cell cells[] = {
        tl_cell_missing(), tl_cell_text(name),
        tl_cell_missing(), tl_cell_code("year"),
        tl_cell_missing(), tl_cell_money(follow->share_booked),
        tl_cell_missing(), tl_cell_money(follow->share_forecast),
    };
    return name == NULL ? tl_err_memory(err) : tl_table_add(table, cells, err);
}

static tl_status print_follow(struct cli *cli, const struct tl_budget_follow *follow, struct tl_err *err)
{
    static const struct tl_column columns[] = {
        {"account", "Account", TL_COLUMN_CODE},
        {"name", "Name", TL_COLUMN_TEXT},
        {"kind", "Kind", TL_COLUMN_TEXT},
        {"quarter", "Quarter", TL_COLUMN_CODE},
        {"budget", "Budget", TL_COLUMN_MONEY},
        {"actual", "Actual", TL_COLUMN_MONEY},
        {"deviation", "Deviation", TL_COLUMN_MONEY},
        {"forecast", "Forecast", TL_COLUMN_MONEY},
    };
    static const struct tl_follow_row income = {.name_da = "Indtægter i alt"}, cost = {.name_da = "Udgifter i alt"},
                                      result = {.name_da = "Resultat"};
    struct tl_table table = TL_TABLE_EMPTY;
    bool has = follow->has_budget;
    tl_status status = tl_table_init(&table, columns, COUNT_OF(columns), err);
    for (size_t i = 0; status == TL_OK && i < follow->row_count; i++)
        status = add_amounts(&table, &follow->rows[i], follow->rows[i].amounts, has, err);
    if (status == TL_OK)
        status = add_amounts(&table, &income, follow->income, has, err);
    if (status == TL_OK)
        status = add_amounts(&table, &cost, follow->cost, has, err);
    if (status == TL_OK)
        status = add_amounts(&table, &result, follow->result, has, err);
    if (status == TL_OK && follow->has_share)
        status = add_share(&table, follow, &cli->arena, err);
    if (status == TL_OK && !tl_money_is_zero(follow->carried))
        status = add_carried(&table, follow, &cli->arena, err);
    return print_and_release(cli, &table, status, err);
}

static tl_status follow(struct cli *cli, struct tl_err *err)
{
    struct tl_budget_follow follow;
    struct tl_date date;
    int year = 0;
    tl_status status = cli_year(&year, cli->args.positional[1], err);
    if (status == TL_OK)
        status = cli_date_or_today(&date, cli, "--date", err);
    if (status == TL_OK)
        status = cli_known(cli, err);
    if (status == TL_OK)
        status = tl_budget_follow_read(&follow, cli->store, cli->args.positional[0], year, date, &cli->arena, err);
    if (status == TL_OK)
        status = print_follow(cli, &follow, err);
    if (status == TL_OK && !follow.has_budget)
        cli_note("'%s' has no budget for %d", follow.product->code, year);
    else if (status == TL_OK && !cli_for_machines(cli))
        tl_buf_format(&cli->out, "budget version %d, %s\n", follow.version, follow.decision);
    return status;
}

static const struct cli_option set_options[] = {
    CLI_OPTION_DECISION("who decided the budget, when, and where it is minuted"),
    CLI_OPTIONS_FORM,
    CLI_OPTIONS_END,
};
static const struct cli_option index_options[] = {
    {"--index", NULL, "NAME", false, "the index that the budget follows"},
    {"--from", NULL, "DATE", false, "of the old value (default: 1 January of the year before)"},
    {"--to", NULL, "DATE", false, "of the new value (default: 1 January of the year)"},
    CLI_OPTION_DECISION("who decided the budget, when, and where it is minuted"),
    CLI_OPTIONS_FORM,
    CLI_OPTIONS_END,
};
static const struct cli_option follow_options[] = {
    {"--date", NULL, "DATE", false, "with entries dated up to then (default: today)"},
    CLI_OPTION_KNOWN,
    CLI_OPTIONS_FORM,
    CLI_OPTIONS_END,
};

const struct cli_command cli_budget_commands[] = {
    {"budget set", "PRODUCT YEAR FILE", "record the budget of a product's year",
     "Records a budget by account and quarter from a CSV file with the columns account, q1, q2, q3 and q4. Incomes "
     "and\n"
     "costs are positive amounts. Without an income account in it, the incomes are those of the year's terms. A "
     "budget\n"
     "is never changed; the next one is a new version.",
     3, 3, CLI_RECORDS, set_options, budget_set},
    {"budget index", "PRODUCT YEAR", "record the budget of a year as the one before, regulated by an index",
     "Records last year's budget x new / old value of an index, each amount rounded to the øre.", 2, 2, CLI_RECORDS,
     index_options, budget_index},
    {"list budgets", "", "list budgets and their decisions", "Lists the versions of all budgets.", 0, 0, CLI_READS,
     cli_form_options, list_budgets},
    {"follow", "PRODUCT YEAR", "budget against actual, with a forecast (budgetopfølgning)",
     "Shows budget, actual, deviation and forecast of each account and quarter. A quarter that has ended is expected "
     "to\n"
     "come to what was posted; any other to its budget, or to what was posted already where that is more. The "
     "deviation\n"
     "of a quarter is actual less budget; that of the year is forecast less budget.",
     2, 2, CLI_READS, follow_options, follow},
    {0},
};
