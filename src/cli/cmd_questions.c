/* SPDX-License-Identifier: MPL-2.0 */
/*
 * The questions a steering group asks. Each reads, computes and prints; nothing is recorded.
 */
#include <string.h>

#include "cli.h"
#include "tilslut/agreement/covering_price.h"
#include "tilslut/agreement/outlook.h"
#include "tilslut/agreement/product_year.h"

enum { MINOR_PER_KRONE = 100 };

/* An option that the question cannot do without. */
static tl_status require(const char **out, const struct cli *cli, const char *option, const char *example,
                         struct tl_err *err)
{
    *out = cli_args_value(&cli->args, option);
    if (*out != NULL)
        return TL_OK;
    (void)tl_err_set(err, TL_ERR_USAGE, "'%s' needs %s", cli->command->name, option);
    tl_err_hint(err, "for example %s %s", option, example);
    return TL_ERR_USAGE;
}

static tl_status require_amount(struct tl_money *out, const struct cli *cli, const char *option, const char *example,
                                struct tl_err *err)
{
    const char *text;
    tl_status status = require(&text, cli, option, example, err);
    if (status == TL_OK)
        status = tl_money_parse(out, text, err);
    if (status == TL_OK && out->minor <= 0)
        status = tl_err_set(err, TL_ERR_INPUT, "%s is an amount above zero", option);
    return status;
}

static tl_status compute_year(struct tl_product_year *out, struct cli *cli, struct tl_err *err)
{
    int year = 0;
    tl_status status = cli_year(&year, cli->args.positional[1], err);
    return status == TL_OK ? tl_product_year_compute(out, cli->store, cli->args.positional[0], year, 0, err) : status;
}

static tl_status price_columns(struct tl_table *table, const struct tl_terms *terms, size_t price_count,
                               struct cli *cli, struct tl_err *err)
{
    struct tl_column *columns = tl_arena_alloc(&cli->arena, price_count + 2, sizeof *columns);
    if (columns == NULL)
        return tl_err_memory(err);
    for (size_t i = 0; i < price_count; i++) {
        const char *key = tl_arena_format(&cli->arena, "price_%zu", i + 1);
        if (key == NULL)
            return tl_err_memory(err);
        columns[i] = (struct tl_column){key, price_count == 1 ? "Price" : terms->classes[i].name, TL_COLUMN_MONEY};
    }
    columns[price_count] = (struct tl_column){"income", "Income", TL_COLUMN_MONEY};
    columns[price_count + 1] = (struct tl_column){"surplus", "Surplus", TL_COLUMN_MONEY};
    return tl_table_init(table, columns, price_count + 2, err);
}

static tl_status print_prices(struct cli *cli, const struct tl_product_year *year, const char *line_id,
                              const struct tl_covering_price *found, size_t count, struct tl_err *err)
{
    struct tl_table table = TL_TABLE_EMPTY;
    size_t prices = tl_terms_line(&year->terms, line_id)->price.kind == TL_PRICE_FLAT ? 1 : year->terms.class_count;
    struct tl_cell *cells = tl_arena_alloc(&cli->arena, prices + 2, sizeof *cells);
    tl_status status = cells == NULL ? tl_err_memory(err) : price_columns(&table, &year->terms, prices, cli, err);
    for (size_t i = 0; status == TL_OK && i < count; i++) {
        for (size_t j = 0; j < prices; j++)
            cells[j] = tl_cell_money(found[i].prices[j]);
        cells[prices] = tl_cell_money(found[i].income);
        cells[prices + 1] = tl_cell_money(found[i].surplus);
        status = tl_table_add(&table, cells, err);
    }
    if (status == TL_OK)
        status = cli_print_table(cli, &table, err);
    tl_table_release(&table);
    return status;
}

static tl_status price(struct cli *cli, struct tl_err *err)
{
    struct tl_product_year year = TL_PRODUCT_YEAR_EMPTY;
    struct tl_covering_price *found = NULL;
    struct tl_money budget;
    const char *line = NULL, *round = cli_args_value(&cli->args, "--round");
    int64_t unit = 100;
    size_t count = 0;
    tl_status status = require(&line, cli, "--line", "maintenance", err);
    if (status == TL_OK)
        status = require_amount(&budget, cli, "--budget", "1500000", err);
    if (status == TL_OK && round != NULL)
        status = cli_number(&unit, round, "a number of kroner to round to", err);
    if (status == TL_OK && (unit < 1 || unit > 10000))
        status = tl_err_set(err, TL_ERR_USAGE, "--round is 1 to 10000 kroner");
    if (status == TL_OK)
        status = compute_year(&year, cli, err);
    if (status == TL_OK)
        status = tl_covering_price_find(&found, &count, &year, line, budget, unit * MINOR_PER_KRONE, &cli->arena, err);
    if (status == TL_OK)
        status = print_prices(cli, &year, line, found, count, err);
    tl_product_year_release(&year);
    return status;
}

/* Shares come by member, who has several where segments cut the year. */
static int64_t count_members(const struct tl_line_result *result)
{
    int64_t count = 0;
    for (size_t i = 0; i < result->share_count; i++)
        count += i == 0 || result->shares[i].member != result->shares[i - 1].member ? 1 : 0;
    return count;
}

/* Members m at least, so that total / m is below the limit. */
static int64_t members_below(struct tl_money total, struct tl_money below)
{
    return total.minor / below.minor + 1;
}

static tl_status needed(struct cli *cli, struct tl_err *err)
{
    static const struct tl_column columns[] = {
        {"line", "Line", TL_COLUMN_CODE},
        {"total", "Total", TL_COLUMN_MONEY},
        {"members", "Members", TL_COLUMN_INTEGER},
        {"average", "Each, on average", TL_COLUMN_MONEY},
        {"needed", "Members needed", TL_COLUMN_INTEGER},
        {"more", "More", TL_COLUMN_INTEGER},
    };
    struct tl_product_year year = TL_PRODUCT_YEAR_EMPTY;
    struct tl_table table = TL_TABLE_EMPTY;
    struct tl_money below;
    tl_status status = require_amount(&below, cli, "--below", "25000", err);
    if (status == TL_OK)
        status = compute_year(&year, cli, err);
    if (status == TL_OK)
        status = tl_table_init(&table, columns, sizeof columns / sizeof columns[0], err);
    for (size_t i = 0; status == TL_OK && i < year.allocation.line_count; i++) {
        const struct tl_line_result *result = &year.allocation.lines[i];
        int64_t members = count_members(result);
        if (!result->line->has_budget || members == 0)
            continue;
        int64_t needed = members_below(result->total, below);
        struct tl_cell cells[] = {tl_cell_code(result->line->id),
                                  tl_cell_money(result->total),
                                  tl_cell_integer(members),
                                  tl_cell_money((struct tl_money){(result->total.minor + members / 2) / members}),
                                  tl_cell_integer(needed),
                                  tl_cell_integer(needed > members ? needed - members : 0)};
        status = tl_table_add(&table, cells, err);
    }
    if (status == TL_OK && table.row_count == 0)
        status = tl_err_set(err, TL_ERR_MISSING, "'%s' has no budgeted line, whose cost more members would share",
                            cli->args.positional[0]);
    if (status == TL_OK)
        status = cli_print_table(cli, &table, err);
    tl_table_release(&table);
    tl_product_year_release(&year);
    return status;
}

/* What a member would pay alone: all of what the lines it is in come to. A joining fee is no part of it: it is the
 * price of what is there already, not a cost that members share. */
static tl_status alone_and_together(struct tl_money *alone, struct tl_money *together,
                                    const struct tl_allocation *allocation, const char *code, struct tl_err *err)
{
    tl_status status = TL_OK;
    *alone = *together = (struct tl_money){0};
    for (size_t i = 0; status == TL_OK && i < allocation->line_count; i++) {
        const struct tl_line_result *result = &allocation->lines[i];
        size_t count = 0;
        const struct tl_share *shares = tl_line_result_shares(result, code, &count);
        if (!result->known || count == 0 || result->line->kind == TL_LINE_JOINING_FEE)
            continue;
        status = tl_money_add(alone, *alone, result->total, err);
        for (size_t j = 0; status == TL_OK && j < count; j++)
            status = tl_money_add(together, *together, shares[j].amount, err);
    }
    return status;
}

static tl_status together(struct cli *cli, struct tl_err *err)
{
    static const struct tl_column columns[] = {
        {"member", "Member", TL_COLUMN_CODE}, {"name", "Name", TL_COLUMN_TEXT},
        {"alone", "Alone", TL_COLUMN_MONEY},  {"together", "Together", TL_COLUMN_MONEY},
        {"saved", "Saved", TL_COLUMN_MONEY},
    };
    struct tl_product_year year = TL_PRODUCT_YEAR_EMPTY;
    struct tl_table table = TL_TABLE_EMPTY;
    struct tl_money sum[3] = {{0}, {0}, {0}};
    tl_status status = compute_year(&year, cli, err);
    if (status == TL_OK)
        status = tl_table_init(&table, columns, sizeof columns / sizeof columns[0], err);
    for (size_t i = 0; status == TL_OK && i < year.roster.count; i++) {
        const struct tl_member *member = &year.roster.members[i];
        struct tl_money part[3];
        status = alone_and_together(&part[0], &part[1], &year.allocation, member->code, err);
        if (status == TL_OK)
            status = tl_money_subtract(&part[2], part[0], part[1], err);
        for (size_t j = 0; status == TL_OK && j < 3; j++)
            status = tl_money_add(&sum[j], sum[j], part[j], err);
        struct tl_cell cells[] = {tl_cell_code(member->code), tl_cell_text(member->name), tl_cell_money(part[0]),
                                  tl_cell_money(part[1]), tl_cell_money(part[2])};
        if (status == TL_OK && part[0].minor != 0)
            status = tl_table_add(&table, cells, err);
    }
    struct tl_cell totals[] = {tl_cell_missing(), tl_cell_text("Total"), tl_cell_money(sum[0]), tl_cell_money(sum[1]),
                               tl_cell_money(sum[2])};
    if (status == TL_OK)
        status = tl_table_set_totals(&table, totals, err);
    if (status == TL_OK)
        status = cli_print_table(cli, &table, err);
    tl_table_release(&table);
    tl_product_year_release(&year);
    return status;
}

/* `2027=0461,0851` */
static tl_status read_joinings(struct tl_outlook_request *request, struct cli *cli, struct tl_err *err)
{
    struct tl_outlook_joining *joinings = tl_arena_alloc(&cli->arena, cli->args.given_count, sizeof *joinings);
    tl_status status = joinings == NULL ? tl_err_memory(err) : TL_OK;
    for (size_t i = 0; status == TL_OK && i < cli->args.given_count; i++) {
        const char *value = cli->args.given[i].value;
        if (!tl_text_equal(cli->args.given[i].option->name, "--join"))
            continue;
        const char *year = strlen(value) > 5 && value[4] == '=' ? tl_arena_copy(&cli->arena, value, 4) : NULL;
        if (year == NULL) {
            status = tl_err_set(err, TL_ERR_USAGE, "'%.60s' does not say who joins when", value);
            tl_err_hint(err, "write for example --join 2027=0461,0851");
            break;
        }
        struct tl_outlook_joining *joining = &joinings[request->joining_count];
        const char **codes = NULL;
        size_t code_count = 0;
        joining->codes = value + 5;
        status = cli_year(&joining->year, year, err);
        if (status == TL_OK)
            status = cli_list(&codes, &code_count, cli, joining->codes, err);
        if (status == TL_OK && (joining->year < request->year || joining->year >= request->year + (int)request->years))
            status = tl_err_set(err, TL_ERR_USAGE, "%d is not one of the years of the outlook", joining->year);
        request->joining_count++;
    }
    request->joinings = joinings;
    return status;
}

/* `2.5%`; 2.5 alone would be two and a half times as much. */
static tl_status read_growth(struct tl_ratio *out, const char *text, struct tl_err *err)
{
    tl_status status = tl_ratio_parse(out, text, err);
    if (status == TL_OK && strchr(text, '%') == NULL && out->numerator != 0) {
        status = tl_err_set(err, TL_ERR_USAGE, "'%.60s' is not a percent", text);
        tl_err_hint(err, "write for example --index 2.5%%");
    }
    return status;
}

static tl_status outlook(struct cli *cli, struct tl_err *err)
{
    static const struct tl_column columns[] = {
        {"year", "Year", TL_COLUMN_INTEGER},
        {"members", "Members", TL_COLUMN_INTEGER},
        {"annual", "Annual", TL_COLUMN_MONEY},
        {"once", "Paid once", TL_COLUMN_MONEY},
        {"per_member", "Annual, each on average", TL_COLUMN_MONEY},
    };
    const char *years = cli_args_value(&cli->args, "--years"), *growth = cli_args_value(&cli->args, "--index");
    struct tl_outlook_request request = {.product = cli->args.positional[0], .growth = {0, 1}};
    struct tl_outlook_year *outlook = NULL;
    struct tl_table table = TL_TABLE_EMPTY;
    int64_t count = 5;
    tl_status status = cli_year(&request.year, cli->args.positional[1], err);
    if (status == TL_OK && years != NULL)
        status = cli_number(&count, years, "a number of years", err);
    request.years = (size_t)count;
    if (status == TL_OK && growth != NULL)
        status = read_growth(&request.growth, growth, err);
    if (status == TL_OK)
        status = read_joinings(&request, cli, err);
    if (status == TL_OK)
        status = tl_outlook_compute(&outlook, cli->store, &request, &cli->arena, err);
    if (status == TL_OK)
        status = tl_table_init(&table, columns, sizeof columns / sizeof columns[0], err);
    for (size_t i = 0; status == TL_OK && i < request.years; i++) {
        struct tl_cell cells[] = {tl_cell_integer(outlook[i].year), tl_cell_integer((int64_t)outlook[i].members),
                                  tl_cell_money(outlook[i].annual), tl_cell_money(outlook[i].once),
                                  tl_cell_money(outlook[i].per_member)};
        status = tl_table_add(&table, cells, err);
    }
    if (status == TL_OK)
        status = cli_print_table(cli, &table, err);
    if (status == TL_OK)
        cli_note("figures stay those of %d; budgets and prices %s%s%s", request.year,
                 request.growth.numerator == 0 ? "stay, too" : "grow by ", request.growth.numerator == 0 ? "" : growth,
                 request.growth.numerator == 0 ? "" : " a year, in whole kroner");
    tl_table_release(&table);
    return status;
}

static const struct cli_option price_options[] = {
    {"--line", NULL, "LINE", false, "whose prices are to cover the budget"},
    {"--budget", NULL, "AMOUNT", false, "what is to be covered"},
    {"--round", NULL, "KRONER", false, "prices are multiples of this (default 100)"},
    CLI_OPTIONS_FORM,
    CLI_OPTIONS_END,
};
static const struct cli_option needed_options[] = {
    {"--below", NULL, "AMOUNT", false, "what each is to pay less than, on average"},
    CLI_OPTIONS_FORM,
    CLI_OPTIONS_END,
};
static const struct cli_option outlook_options[] = {
    {"--years", NULL, "N", false, "how many years (default 5)"},
    {"--index", NULL, "PERCENT", false, "what budgets and prices grow by each year, such as 2.5%"},
    {"--join", NULL, "YEAR=MEMBER,...", true, "who joins when"},
    CLI_OPTIONS_FORM,
    CLI_OPTIONS_END,
};

const struct cli_command cli_questions_commands[] = {
    {"price", "PRODUCT YEAR", "which prices cover a budget with these members",
     "Scales a line's prices alike, so that the size classes keep their proportions, rounds each down or up, and lists "
     "the\n"
     "sets that cover the budget, the smallest surplus first.",
     2, 2, CLI_READS, price_options, price},
    {"needed", "PRODUCT YEAR", "how many more members until each pays less than an amount",
     "For each budgeted line: how many members it takes until each pays less than the amount, on average.", 2, 2,
     CLI_READS, needed_options, needed},
    {"together", "PRODUCT YEAR", "what each would pay alone, and pays together",
     "Compares what a member pays with all of what the lines it is in come to: what it would pay alone. Joining fees "
     "are\n"
     "left out: they are the price of what is there already.",
     2, 2, CLI_READS, cli_form_options, together},
    {"outlook", "PRODUCT YEAR", "the years to come, with an index and members joining",
     "Computes the years from YEAR on by its terms and figures, with members who come and go as it is recorded or "
     "asked\n"
     "for, and with amounts that follow an index.",
     2, 2, CLI_READS, outlook_options, outlook},
    {0},
};
