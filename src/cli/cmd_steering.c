/* SPDX-License-Identifier: MPL-2.0 */
/*
 * The steering group's workbook. It is a working paper and not issued.
 */
#include "output.h"
#include "tilslut/agreement/party.h"
#include "tilslut/agreement/what_if.h"
#include "tilslut/agreement/widest_year.h"
#include "tilslut/report/budget_xlsx.h"
#include "tilslut/store/file.h"

/* The years that the workbook is made of. */
struct years {
    struct tl_product_year decided, widest, tried;
    struct tl_alloc_request requests[3];
};

static void release_years(struct years *years)
{
    tl_product_year_release(&years->decided);
    tl_product_year_release(&years->widest);
    tl_product_year_release(&years->tried);
}

/* The year as the changes given with --if would have it. */
static tl_status compute_tried(struct years *years, struct cli *cli, int year, struct tl_err *err)
{
    const char **changes;
    size_t count;
    int other;
    tl_status status = cli_given(&changes, &count, cli, "--if", err);
    if (status == TL_OK)
        status = tl_what_if_year(&other, changes, count, year, err);
    if (status == TL_OK && other != year) {
        status = tl_err_set(err, TL_ERR_USAGE, "the workbook is one year's: year= does not go with it");
        tl_err_hint(err, "tilslut budget %s %d writes that of the other year", cli->args.positional[0], other);
    }
    if (status == TL_OK)
        status = tl_product_year_load(&years->tried, cli->store, cli->args.positional[0], year, 0, err);
    if (status == TL_OK)
        status = tl_what_if_apply(&years->tried, changes, count, cli->store, err);
    return status == TL_OK ? tl_product_year_allocate(&years->tried, err) : status;
}

static tl_status compute_years(struct years *years, struct cli *cli, int year, struct tl_err *err)
{
    const char *product = cli->args.positional[0];
    tl_status status = tl_product_year_compute(&years->decided, cli->store, product, year, 0, err);
    if (status == TL_OK)
        status = compute_tried(years, cli, year, err);
    if (status == TL_OK)
        status = tl_widest_year_compute(&years->widest, cli->store, product, year, err);
    if (status != TL_OK)
        return status;
    years->requests[0] = tl_product_year_request(&years->decided);
    years->requests[1] = tl_product_year_request(&years->widest);
    years->requests[2] = tl_product_year_request(&years->tried);
    return TL_OK;
}

static tl_status write_workbook(struct cli *cli, const struct years *years, struct tl_err *err)
{
    struct tl_party owner;
    struct tl_buf xlsx = TL_BUF_EMPTY;
    const char *folder, *name = NULL;
    const struct tl_product_year *decided = &years->decided;
    tl_status status =
        tl_party_find(&owner, cli->store, tl_store_owner(cli->store), tl_moment_date(cli->act.now), &cli->arena, err);
    if (status == TL_OK) {
        const struct tl_budget_facts facts = {.owner = &owner,
                                              .product = &decided->product,
                                              .decision = &decided->adopted.decision,
                                              .date = tl_moment_date(cli->act.now),
                                              .allocation = &decided->allocation,
                                              .decided = {&years->requests[0], &decided->allocation},
                                              .widest = {&years->requests[1], &years->widest.allocation},
                                              .tried = {&years->requests[2], &years->tried.allocation}};
        status = tl_budget_xlsx(&xlsx, &facts, err);
    }
    if (status == TL_OK) {
        name = tl_arena_format(&cli->arena, "budget-%s-%d.xlsx", decided->product.code, decided->year);
        status = name == NULL ? tl_err_memory(err) : cli_output_folder(&folder, cli, err);
    }
    if (status == TL_OK)
        status = tl_file_write(folder, name, xlsx.bytes, xlsx.length, err);
    if (status == TL_OK)
        tl_buf_format(&cli->out, "%s/%s\n", folder, name);
    tl_buf_release(&xlsx);
    return status;
}

static tl_status budget(struct cli *cli, struct tl_err *err)
{
    struct years years = {TL_PRODUCT_YEAR_EMPTY, TL_PRODUCT_YEAR_EMPTY, TL_PRODUCT_YEAR_EMPTY, {{0}}};
    int year = 0;
    tl_status status = cli_year(&year, cli->args.positional[1], err);
    if (status == TL_OK)
        status = compute_years(&years, cli, year, err);
    if (status == TL_OK)
        status = write_workbook(cli, &years, err);
    release_years(&years);
    return status;
}

static const struct cli_option budget_options[] = {
    {"--if", NULL, "CHANGE", true, "set the sheet Hvad nu hvis to a change, as `tilslut allocate` has it; repeatable"},
    CLI_OPTION_OUTPUT,
    CLI_OPTIONS_END,
};

const struct cli_command cli_steering_commands[] = {
    {"budget", "PRODUCT YEAR", "write the steering group's workbook as XLSX",
     "Writes a working paper, which is not registered: who pays what, the rule of each line, the working of each "
     "share;\n"
     "and a sheet that recomputes by itself: tick members in or out, take or drop an option, change a budget, a "
     "price,\n"
     "a markup, a floor, a cap or a boundary, and everybody's amount follows to the øre.",
     2, 2, CLI_READS, budget_options, budget},
    {0},
};
