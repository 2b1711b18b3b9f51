/* SPDX-License-Identifier: MPL-2.0 */
#include "cli.h"
#include "tilslut/agreement/open_item.h"
#include "tilslut/agreement/party.h"

static const char *const age_names[TL_OPEN_AGE_COUNT] = {"not due", "0-30", "31-60", "61-90", "over 90"};

static tl_status list_items(struct cli *cli, struct tl_date on, struct tl_err *err)
{
    static const struct tl_column columns[] = {
        {"entry", "Entry", TL_COLUMN_INTEGER}, {"date", "Date", TL_COLUMN_DATE},
        {"due", "Due", TL_COLUMN_DATE},        {"reference", "Reference", TL_COLUMN_CODE},
        {"text", "Text", TL_COLUMN_TEXT},      {"amount", "Amount", TL_COLUMN_MONEY},
        {"paid", "Paid", TL_COLUMN_MONEY},     {"open", "Open", TL_COLUMN_MONEY},
        {"days", "Days", TL_COLUMN_INTEGER},   {"age", "Age", TL_COLUMN_TEXT},
    };
    struct tl_table table = TL_TABLE_EMPTY;
    struct tl_open_item *items = NULL;
    struct tl_party party;
    struct tl_money sum = {0};
    size_t count = 0;
    tl_status status = tl_table_init(&table, columns, sizeof columns / sizeof columns[0], err);
    if (status == TL_OK)
        status = tl_party_find(&party, cli->store, cli->args.positional[0], on, &cli->arena, err);
    if (status == TL_OK)
        status = tl_open_item_read_open(&items, &count, cli->store, party.code, on, &cli->arena, err);
    for (size_t i = 0; status == TL_OK && i < count; i++) {
        const struct tl_open_item *item = &items[i];
        if (tl_money_is_zero(item->open))
            continue;
        bool is_owed = item->open.minor > 0;
        struct tl_cell cells[] = {tl_cell_integer(item->entry),
                                  tl_cell_date(item->date),
                                  is_owed ? tl_cell_date(item->due) : tl_cell_missing(),
                                  tl_cell_code(item->reference[0] == '\0' ? NULL : item->reference),
                                  tl_cell_text(item->text),
                                  tl_cell_money(item->amount),
                                  tl_cell_money((struct tl_money){item->amount.minor - item->open.minor}),
                                  tl_cell_money(item->open),
                                  is_owed ? tl_cell_integer(tl_open_item_days(item, on)) : tl_cell_missing(),
                                  is_owed ? tl_cell_text(age_names[tl_open_item_age(item, on)]) : tl_cell_missing()};
        status = tl_table_add(&table, cells, err);
        if (status == TL_OK)
            status = tl_money_add(&sum, sum, item->open, err);
    }
    struct tl_cell totals[] = {tl_cell_missing(), tl_cell_missing(), tl_cell_missing(), tl_cell_missing(),
                               tl_cell_missing(), tl_cell_missing(), tl_cell_missing(), tl_cell_money(sum),
                               tl_cell_missing(), tl_cell_missing()};
    if (status == TL_OK)
        status = tl_table_set_totals(&table, totals, err);
    if (status == TL_OK)
        status = cli_print_table(cli, &table, err);
    tl_table_release(&table);
    return status;
}

/* What a member owes by age, and what is kept on the account. */
struct sums {
    struct tl_money ages[TL_OPEN_AGE_COUNT], kept, balance;
};

static tl_status add_to_sums(struct sums *sums, const struct tl_open_item *item, struct tl_date on, struct tl_err *err)
{
    struct tl_money *sum = item->open.minor < 0 ? &sums->kept : &sums->ages[tl_open_item_age(item, on)];
    tl_status status = tl_money_add(sum, *sum, item->open, err);
    return status == TL_OK ? tl_money_add(&sums->balance, sums->balance, item->open, err) : status;
}

enum { SUM_COLUMNS = TL_OPEN_AGE_COUNT + 4 };

static void fill_cells(struct tl_cell cells[SUM_COLUMNS], const char *party, const char *name, const struct sums *sums)
{
    cells[0] = tl_cell_code(party);
    cells[1] = tl_cell_text(name);
    for (size_t age = 0; age < TL_OPEN_AGE_COUNT; age++)
        cells[2 + age] = tl_cell_money(sums->ages[age]);
    cells[SUM_COLUMNS - 2] = tl_cell_money(sums->kept);
    cells[SUM_COLUMNS - 1] = tl_cell_money(sums->balance);
}

static tl_status add_members(struct tl_table *table, struct cli *cli, const struct tl_open_item *items, size_t count,
                             struct tl_date on, struct tl_err *err)
{
    struct sums all = {.balance = {0}};
    struct tl_cell cells[SUM_COLUMNS];
    tl_status status = TL_OK;
    for (size_t first = 0, next; status == TL_OK && first < count; first = next) {
        struct sums sums = {.balance = {0}};
        struct tl_party party;
        bool is_open = false;
        for (next = first; status == TL_OK && next < count && tl_text_equal(items[next].party, items[first].party);
             next++) {
            status = add_to_sums(&sums, &items[next], on, err);
            if (status == TL_OK)
                status = add_to_sums(&all, &items[next], on, err);
            is_open = is_open || !tl_money_is_zero(items[next].open);
        }
        if (status != TL_OK || !is_open)
            continue;
        status = tl_party_find(&party, cli->store, items[first].party, on, &cli->arena, err);
        if (status == TL_OK) {
            fill_cells(cells, party.code, party.name, &sums);
            status = tl_table_add(table, cells, err);
        }
    }
    fill_cells(cells, NULL, NULL, &all);
    return status == TL_OK ? tl_table_set_totals(table, cells, err) : status;
}

static tl_status list_members(struct cli *cli, struct tl_date on, struct tl_err *err)
{
    static const struct tl_column columns[SUM_COLUMNS] = {
        {"party", "Party", TL_COLUMN_CODE},           {"name", "Name", TL_COLUMN_TEXT},
        {"not_due", "Not due", TL_COLUMN_MONEY},      {"days_0_30", "0-30 days", TL_COLUMN_MONEY},
        {"days_31_60", "31-60", TL_COLUMN_MONEY},     {"days_61_90", "61-90", TL_COLUMN_MONEY},
        {"days_over_90", "Over 90", TL_COLUMN_MONEY}, {"kept", "Kept", TL_COLUMN_MONEY},
        {"balance", "Balance", TL_COLUMN_MONEY},
    };
    struct tl_table table = TL_TABLE_EMPTY;
    struct tl_open_item *items = NULL;
    size_t count = 0;
    tl_status status = tl_table_init(&table, columns, SUM_COLUMNS, err);
    if (status == TL_OK)
        status = tl_open_item_read_open(&items, &count, cli->store, NULL, on, &cli->arena, err);
    if (status == TL_OK)
        status = add_members(&table, cli, items, count, on, err);
    if (status == TL_OK)
        status = cli_print_table(cli, &table, err);
    tl_table_release(&table);
    return status;
}

static tl_status list_open(struct cli *cli, struct tl_err *err)
{
    struct tl_date on;
    tl_status status = cli_date_or_today(&on, cli, "--date", err);
    if (status == TL_OK)
        status = cli_known(cli, err);
    if (status != TL_OK)
        return status;
    return cli->args.positional_count == 0 ? list_members(cli, on, err) : list_items(cli, on, err);
}

static const struct cli_option list_open_options[] = {
    {"--date", NULL, "DATE", false, "as of that day (default: today)"},
    CLI_OPTION_KNOWN,
    CLI_OPTIONS_FORM,
    CLI_OPTIONS_END,
};

const struct cli_command cli_open_commands[] = {
    {"list open", "[PARTY]", "list what members owe, by age",
     "Lists what each member owes by days past due, or the open charges of one. A payment pays the charge of its\n"
     "reference first; what is left of it pays what falls due first, and then stays on the member's account.",
     0, 1, CLI_READS, list_open_options, list_open},
    {0},
};
