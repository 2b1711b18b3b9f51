/* SPDX-License-Identifier: MPL-2.0 */
/*
 * How seats or votes would follow what the members pay, by each of the classical methods.
 */
#include "cli.h"
#include "tilslut/agreement/product_year.h"
#include "tilslut/key/seats.h"

enum { METHOD_COUNT = TL_SEATS_DEAN + 1, FIRST_METHOD_COLUMN = 3 };

/* What the members pay, as weights; release them. */
struct weights {
    struct tl_frac *items;
    struct tl_money *amounts;
    size_t count;
};

static void release(struct weights *weights)
{
    for (size_t i = 0; i < weights->count; i++)
        tl_frac_release(&weights->items[i]);
}

static tl_status read_weights(struct weights *out, struct cli *cli, const struct tl_product_year *year,
                              struct tl_err *err)
{
    size_t count = year->roster.count;
    tl_status status = TL_OK;
    out->items = tl_arena_alloc(&cli->arena, count, sizeof *out->items);
    out->amounts = tl_arena_alloc(&cli->arena, count, sizeof *out->amounts);
    if (out->items == NULL || out->amounts == NULL)
        return tl_err_memory(err);
    for (size_t i = 0; status == TL_OK && i < count; i++) {
        status = tl_allocation_member_total(&out->amounts[i], &year->allocation, year->roster.members[i].code, err);
        tl_frac_init(&out->items[i]);
        out->count++;
        tl_frac_set_whole(&out->items[i], out->amounts[i].minor);
    }
    return status;
}

/* A column per method; a method that cannot allot so few seats leaves its column empty, with a note. */
static tl_status allot_all(int64_t *seats[METHOD_COUNT], struct cli *cli, const struct weights *weights, int64_t total,
                           struct tl_err *err)
{
    tl_status status = TL_OK;
    for (int method = 0; status == TL_OK && method < METHOD_COUNT; method++) {
        struct tl_err failure = TL_ERR_NONE;
        seats[method] = tl_arena_alloc(&cli->arena, weights->count, sizeof *seats[method]);
        if (seats[method] == NULL)
            return tl_err_memory(err);
        status = tl_seats_allot(seats[method], total, (tl_seat_method)method, weights->items, weights->count, &failure);
        if (status == TL_ERR_INFEASIBLE && method >= TL_SEATS_HUNTINGTON_HILL) {
            cli_note("%s: %s", tl_seats_method_name((tl_seat_method)method), failure.message);
            seats[method] = NULL;
            status = TL_OK;
        } else if (status != TL_OK)
            *err = failure;
    }
    return status;
}

static tl_status fill(struct tl_table *table, const struct tl_product_year *year, const struct weights *weights,
                      int64_t *seats[METHOD_COUNT], int64_t total, struct tl_err *err)
{
    tl_status status = TL_OK;
    struct tl_money sum = {0};
    struct tl_cell cells[FIRST_METHOD_COLUMN + METHOD_COUNT];
    for (size_t i = 0; status == TL_OK && i < weights->count; i++) {
        cells[0] = tl_cell_code(year->roster.members[i].code);
        cells[1] = tl_cell_text(year->roster.members[i].name);
        cells[2] = tl_cell_money(weights->amounts[i]);
        for (int method = 0; method < METHOD_COUNT; method++)
            cells[FIRST_METHOD_COLUMN + method] =
                seats[method] == NULL ? tl_cell_missing() : tl_cell_integer(seats[method][i]);
        status = tl_table_add(table, cells, err);
        if (status == TL_OK)
            status = tl_money_add(&sum, sum, weights->amounts[i], err);
    }
    cells[0] = tl_cell_missing();
    cells[1] = tl_cell_text("Total");
    cells[2] = tl_cell_money(sum);
    for (int method = 0; method < METHOD_COUNT; method++)
        cells[FIRST_METHOD_COLUMN + method] = seats[method] == NULL ? tl_cell_missing() : tl_cell_integer(total);
    return status == TL_OK ? tl_table_set_totals(table, cells, err) : status;
}

static tl_status seats(struct cli *cli, struct tl_err *err)
{
    static const char *const keys[METHOD_COUNT] = {"largest_remainder", "sainte_lague", "dhondt",
                                                   "huntington_hill",   "adams",        "dean"};
    struct tl_column columns[FIRST_METHOD_COLUMN + METHOD_COUNT] = {
        {"member", "Member", TL_COLUMN_CODE}, {"name", "Name", TL_COLUMN_TEXT}, {"amount", "Pays", TL_COLUMN_MONEY}};
    struct tl_product_year year = TL_PRODUCT_YEAR_EMPTY;
    struct tl_table table = TL_TABLE_EMPTY;
    struct weights weights = {0};
    int64_t *seats[METHOD_COUNT] = {NULL}, total = 0;
    const char *text = cli_args_value(&cli->args, "--seats");
    int number = 0;
    for (int method = 0; method < METHOD_COUNT; method++)
        columns[FIRST_METHOD_COLUMN + method] =
            (struct tl_column){keys[method], tl_seats_method_name((tl_seat_method)method), TL_COLUMN_INTEGER};
    tl_status status = cli_year(&number, cli->args.positional[1], err);
    if (status == TL_OK && text == NULL) {
        status = tl_err_set(err, TL_ERR_USAGE, "'seats' needs --seats");
        tl_err_hint(err, "for example --seats 25");
    }
    if (status == TL_OK)
        status = cli_number(&total, text, "a number of seats", err);
    if (status == TL_OK && total == 0)
        status = tl_err_set(err, TL_ERR_USAGE, "there are no seats to allot");
    if (status == TL_OK)
        status = tl_product_year_compute(&year, cli->store, cli->args.positional[0], number, 0, err);
    if (status == TL_OK)
        status = read_weights(&weights, cli, &year, err);
    if (status == TL_OK)
        status = allot_all(seats, cli, &weights, total, err);
    if (status == TL_OK)
        status = tl_table_init(&table, columns, FIRST_METHOD_COLUMN + METHOD_COUNT, err);
    if (status == TL_OK)
        status = fill(&table, &year, &weights, seats, total, err);
    if (status == TL_OK)
        status = cli_print_table(cli, &table, err);
    tl_table_release(&table);
    release(&weights);
    tl_product_year_release(&year);
    return status;
}

static const struct cli_option seats_options[] = {
    {"--seats", NULL, "N", false, "how many seats or votes there are"},
    CLI_OPTIONS_FORM,
    CLI_OPTIONS_END,
};

const struct cli_command cli_seats_commands[] = {
    {"seats", "PRODUCT YEAR", "how seats or votes would follow what members pay",
     "Allots seats by what the members pay in the year, by each of the classical methods.", 2, 2, CLI_READS,
     seats_options, seats},
    {0},
};
