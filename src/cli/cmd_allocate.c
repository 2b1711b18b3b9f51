/* SPDX-License-Identifier: MPL-2.0 */
#include "cli.h"
#include "notes.h"
#include "tilslut/agreement/product_year.h"
#include "tilslut/report/allocation_table.h"
#include "tilslut/report/explain.h"

enum { LAST_SECOND_OF_DAY = 24 * 60 * 60 - 1 };

/* Limits what is seen to what was recorded by the end of a day. */
static tl_status set_known(struct cli *cli, struct tl_err *err)
{
    struct tl_date date;
    int64_t act = 0;
    tl_status status = cli_date(&date, cli, "--known", err);
    if (status != TL_OK || tl_date_is_none(date))
        return status;
    struct tl_moment end = {(int64_t)tl_date_to_days(date) * (LAST_SECOND_OF_DAY + 1) + LAST_SECOND_OF_DAY};
    status = tl_store_act_at(&act, cli->store, end, err);
    if (status == TL_OK)
        tl_store_set_known(cli->store, act);
    return status;
}

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

tl_status cli_allocate(struct cli *cli, struct tl_err *err)
{
    struct tl_product_year year = TL_PRODUCT_YEAR_EMPTY;
    int number = 0;
    tl_status status = cli_year(&number, cli->args.positional[1], err);
    if (status == TL_OK && cli_for_machines(cli) && cli_args_value(&cli->args, "--explain") != NULL) {
        status = tl_err_set(err, TL_ERR_USAGE, "--explain is for people and goes with neither --csv nor --json");
        tl_err_hint(err, "leave --explain out: --csv and --json give the whole working of every member");
    }
    if (status == TL_OK)
        status = set_known(cli, err);
    if (status == TL_OK)
        status = tl_product_year_compute(&year, cli->store, cli->args.positional[0], number, 0, err);
    if (status == TL_OK)
        status = print(cli, &year, err);
    if (status == TL_OK)
        cli_note_allocation(&year.allocation);
    tl_product_year_release(&year);
    return status;
}
