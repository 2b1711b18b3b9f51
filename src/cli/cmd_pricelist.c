/* SPDX-License-Identifier: MPL-2.0 */
/*
 * The price list as a table: a workbook or CSV, made anew each time and not registered.
 */
#include "output.h"
#include "tilslut/agreement/decision.h"
#include "tilslut/agreement/party.h"
#include "tilslut/report/pricelist_table.h"
#include "tilslut/report/table_xlsx.h"
#include "tilslut/store/file.h"

static tl_status write_workbook(struct cli *cli, const struct tl_table *table, const struct tl_product_year *year,
                                const char *decision, struct tl_err *err)
{
    struct tl_party owner;
    struct tl_buf xlsx = TL_BUF_EMPTY;
    struct tl_date today = tl_moment_date(cli->act.now);
    const char *folder;
    const char *title = tl_arena_format(&cli->arena, "Takstblad %s %d", year->product.name, year->year);
    const char *subtitle = tl_arena_format(&cli->arena, "Beløb er ekskl. moms. Besluttet af %s", decision);
    const char *name = tl_arena_format(&cli->arena, "pricelist-%s-%d.xlsx", year->product.code, year->year);
    tl_status status = title == NULL || subtitle == NULL || name == NULL
                           ? tl_err_memory(err)
                           : tl_party_find(&owner, cli->store, tl_store_owner(cli->store), today, &cli->arena, err);
    if (status == TL_OK) {
        const struct tl_table_xlsx page = {.table = table,
                                           .title = title,
                                           .subtitle = subtitle,
                                           .sheet = "Takstblad",
                                           .name = "Takster",
                                           .author = owner.official_name,
                                           .titles = tl_pricelist_titles,
                                           .created = today};
        status = tl_table_xlsx(&xlsx, &page, err);
    }
    if (status == TL_OK)
        status = cli_output_folder(&folder, cli, err);
    if (status == TL_OK)
        status = tl_file_write(folder, name, xlsx.bytes, xlsx.length, err);
    if (status == TL_OK)
        tl_buf_format(&cli->out, "%s/%s\n", folder, name);
    tl_buf_release(&xlsx);
    return status;
}

tl_status cli_pricelist_table(struct cli *cli, struct tl_err *err)
{
    struct tl_product_year year = TL_PRODUCT_YEAR_EMPTY;
    struct tl_table table = TL_TABLE_EMPTY;
    const char *decision = NULL;
    int number = 0;
    tl_status status = cli_year(&number, cli->args.positional[1], err);
    if (status == TL_OK)
        status = tl_product_year_compute_prices(&year, cli->store, cli->args.positional[0], number, err);
    if (status == TL_OK) {
        decision = tl_decision_text(&year.adopted.decision, &cli->arena);
        status = decision == NULL ? tl_err_memory(err) : tl_pricelist_table(&table, &year.allocation, decision, err);
    }
    if (status == TL_OK)
        status = cli_args_value(&cli->args, "--xlsx") != NULL ? write_workbook(cli, &table, &year, decision, err)
                                                              : cli_print_table(cli, &table, err);
    tl_table_release(&table);
    tl_product_year_release(&year);
    return status;
}
