/* SPDX-License-Identifier: MPL-2.0 */
/*
 * What each member would pay in each instalment (rate); the parts sum to the whole in every direction.
 */
#include "cli.h"
#include "tilslut/agreement/product_year.h"
#include "tilslut/key/instalment.h"

static tl_status read_parts(struct tl_ratio **out, size_t *count, struct cli *cli, struct tl_err *err)
{
    const char *text = cli_args_value(&cli->args, "--parts");
    const char **texts = NULL;
    if (text == NULL) {
        (void)tl_err_set(err, TL_ERR_USAGE, "'instalments' needs --parts");
        tl_err_hint(err, "for example --parts 1/2,1/2 or --parts 25%%,25%%,25%%,25%%");
        return TL_ERR_USAGE;
    }
    tl_status status = cli_values(&texts, count, cli, text, err);
    *out = tl_arena_alloc(&cli->arena, *count, sizeof **out);
    if (status == TL_OK && *out == NULL)
        status = tl_err_memory(err);
    for (size_t i = 0; status == TL_OK && i < *count; i++)
        status = tl_ratio_parse(&(*out)[i], texts[i], err);
    return status;
}

static tl_status start_table(struct tl_table *table, struct cli *cli, size_t count, struct tl_err *err)
{
    struct tl_column *columns = tl_arena_alloc(&cli->arena, count + 3, sizeof *columns);
    if (columns == NULL)
        return tl_err_memory(err);
    columns[0] = (struct tl_column){"member", "Member", TL_COLUMN_CODE};
    columns[1] = (struct tl_column){"name", "Name", TL_COLUMN_TEXT};
    for (size_t i = 0; i < count; i++) {
        const char *key = tl_arena_format(&cli->arena, "instalment_%zu", i + 1);
        const char *title = tl_arena_format(&cli->arena, "Instalment %zu", i + 1);
        if (key == NULL || title == NULL)
            return tl_err_memory(err);
        columns[2 + i] = (struct tl_column){key, title, TL_COLUMN_MONEY};
    }
    columns[2 + count] = (struct tl_column){"total", "Total", TL_COLUMN_MONEY};
    return tl_table_init(table, columns, count + 3, err);
}

static tl_status fill(struct tl_table *table, struct cli *cli, const struct tl_product_year *year,
                      const struct tl_instalments *instalments, struct tl_err *err)
{
    size_t count = instalments->count;
    struct tl_cell *cells = tl_arena_alloc(&cli->arena, count + 3, sizeof *cells);
    struct tl_money total;
    tl_status status = cells == NULL ? tl_err_memory(err) : TL_OK;
    for (size_t i = 0; status == TL_OK && i < year->roster.count; i++) {
        const struct tl_member *member = &year->roster.members[i];
        cells[0] = tl_cell_code(member->code);
        cells[1] = tl_cell_text(member->name);
        for (size_t j = 0; status == TL_OK && j < count; j++) {
            status = tl_instalments_member_total(&total, instalments, member->code, j, err);
            cells[2 + j] = tl_cell_money(total);
        }
        if (status == TL_OK)
            status = tl_allocation_member_total(&total, &year->allocation, member->code, err);
        cells[2 + count] = tl_cell_money(total);
        if (status == TL_OK)
            status = tl_table_add(table, cells, err);
    }
    if (status != TL_OK)
        return status;
    cells[0] = tl_cell_missing();
    cells[1] = tl_cell_text("Total");
    for (size_t j = 0; j < count; j++)
        cells[2 + j] = tl_cell_money(instalments->totals[j]);
    cells[2 + count] = tl_cell_money(year->allocation.total);
    return tl_table_set_totals(table, cells, err);
}

static tl_status instalments(struct cli *cli, struct tl_err *err)
{
    struct tl_product_year year = TL_PRODUCT_YEAR_EMPTY;
    struct tl_instalments instalments = {.count = 0};
    struct tl_table table = TL_TABLE_EMPTY;
    struct tl_ratio *parts = NULL;
    size_t count = 0;
    int number = 0;
    tl_status status = cli_year(&number, cli->args.positional[1], err);
    if (status == TL_OK)
        status = read_parts(&parts, &count, cli, err);
    if (status == TL_OK)
        status = tl_product_year_compute(&year, cli->store, cli->args.positional[0], number, 0, err);
    if (status == TL_OK)
        status = tl_instalments_split(&instalments, &year.allocation, parts, count, err);
    if (status == TL_OK)
        status = start_table(&table, cli, count, err);
    if (status == TL_OK)
        status = fill(&table, cli, &year, &instalments, err);
    if (status == TL_OK)
        status = cli_print_table(cli, &table, err);
    tl_table_release(&table);
    tl_instalments_release(&instalments);
    tl_product_year_release(&year);
    return status;
}

static const struct cli_option instalments_options[] = {
    {"--parts", NULL, "PART,...", false, "the parts of the whole, such as 1/2,1/2; they sum to 1"},
    CLI_OPTIONS_FORM,
    CLI_OPTIONS_END,
};

const struct cli_command cli_instalments_commands[] = {
    {"instalments", "PRODUCT YEAR", "what each pays in each instalment",
     "Splits the year's amounts into instalments; members, lines and instalments agree to the øre.", 2, 2, CLI_READS,
     instalments_options, instalments},
    {0},
};
