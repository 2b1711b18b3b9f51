/* SPDX-License-Identifier: MPL-2.0 */
#include "cli.h"
#include "notes.h"
#include "tilslut/agreement/product_year.h"
#include "tilslut/agreement/what_if.h"
#include "tilslut/report/allocation_table.h"
#include "tilslut/report/comparison_table.h"
#include "tilslut/report/explain.h"

static tl_status print(struct cli *cli, const struct tl_product_year *year, struct tl_err *err)
{
    const char *member = cli_args_value(&cli->args, "--explain");
    struct tl_table table = TL_TABLE_EMPTY;
    if (member != NULL)
        return tl_explain(&cli->out, &year->allocation, member, err);
    tl_status status = cli_for_machines(cli) ? tl_allocation_table_long(&table, &year->allocation, err)
                                             : tl_allocation_table(&table, &year->allocation, err);
    if (status == TL_OK)
        status = cli_print_table(cli, &table, err);
    tl_table_release(&table);
    return status;
}

static tl_status print_comparison(struct cli *cli, const struct tl_product_year *before,
                                  const struct tl_product_year *after, struct tl_err *err)
{
    struct tl_table table = TL_TABLE_EMPTY;
    if (cli_args_value(&cli->args, "--explain") != NULL)
        return print(cli, after, err);
    tl_status status = cli_for_machines(cli)
                           ? tl_comparison_table_long(&table, &before->allocation, &after->allocation, err)
                           : tl_comparison_table(&table, &before->allocation, &after->allocation, err);
    if (status == TL_OK)
        status = cli_print_table(cli, &table, err);
    tl_table_release(&table);
    return status;
}

/* Before as recorded, after as tried; nothing is stored. */
static tl_status allocate_what_if(struct cli *cli, const struct tl_product_year *before, const char *const *changes,
                                  size_t count, struct tl_err *err)
{
    struct tl_product_year after = TL_PRODUCT_YEAR_EMPTY;
    int year = 0;
    tl_status status = tl_what_if_year(&year, changes, count, before->year, err);
    if (status == TL_OK)
        status = tl_product_year_load(&after, cli->store, cli->args.positional[0], year, 0, err);
    if (status == TL_OK)
        status = tl_what_if_apply(&after, changes, count, cli->store, err);
    if (status == TL_OK)
        status = tl_product_year_allocate(&after, err);
    if (status == TL_OK)
        status = print_comparison(cli, before, &after, err);
    if (status == TL_OK)
        cli_note_allocation(&after.allocation);
    tl_product_year_release(&after);
    return status;
}

static tl_status allocate(struct cli *cli, struct tl_err *err)
{
    struct tl_product_year year = TL_PRODUCT_YEAR_EMPTY;
    const char **changes = NULL;
    size_t count = 0;
    int number = 0;
    tl_status status = cli_year(&number, cli->args.positional[1], err);
    if (status == TL_OK && cli_for_machines(cli) && cli_args_value(&cli->args, "--explain") != NULL) {
        status = tl_err_set(err, TL_ERR_USAGE, "--explain is for people and goes with neither --csv nor --json");
        tl_err_hint(err, "leave --explain out: --csv and --json give the whole working of every member");
    }
    if (status == TL_OK)
        status = cli_given(&changes, &count, cli, "--if", err);
    if (status == TL_OK)
        status = cli_known(cli, err);
    if (status == TL_OK)
        status = tl_product_year_compute(&year, cli->store, cli->args.positional[0], number, 0, err);
    if (status == TL_OK && count > 0)
        status = allocate_what_if(cli, &year, changes, count, err);
    else if (status == TL_OK) {
        status = print(cli, &year, err);
        if (status == TL_OK)
            cli_note_allocation(&year.allocation);
    }
    tl_product_year_release(&year);
    return status;
}

static const struct cli_option allocate_options[] = {
    {"--explain", NULL, "MEMBER", false, "write down the working of one member's amounts"},
    {"--if", NULL, "CHANGE", true, "try a change and show before and after; repeatable, nothing is recorded"},
    CLI_OPTION_KNOWN,
    CLI_OPTIONS_FORM,
    CLI_OPTIONS_END,
};

const struct cli_command cli_allocate_commands[] = {
    {"allocate", "PRODUCT YEAR", "who pays what, and why",
     "Computes every line of the terms over the members, and records nothing. With --csv or --json each amount comes\n"
     "with its whole working.\n\n"
     "Changes to try with --if: join=0461,0851  leave=0101  take.hosting=0461  drop.hosting=0101\n"
     "budget.LINE=1500000  price.LINE=30000  price.LINE.CLASS=45000  key.LINE=\"50% equal + 50% population\"\n"
     "floor.LINE=5000  cap.LINE=none  markup.LINE.other=40%  boundary.CLASS=65000  figure.population.0751=380000\n"
     "year=2027",
     2, 2, CLI_READS, allocate_options, allocate},
    {0},
};
