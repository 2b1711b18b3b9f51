/* SPDX-License-Identifier: MPL-2.0 */
/*
 * The steering group's workbook. It is a working paper and not issued.
 */
#include "output.h"
#include "tilslut/agreement/steering.h"
#include "tilslut/agreement/what_if.h"
#include "tilslut/agreement/widest_year.h"
#include "tilslut/report/budget_doc.h"
#include "tilslut/report/budget_xlsx.h"
#include "tilslut/store/file.h"

/* The years that the workbook is made of. */
struct years {
    struct tl_steering steering; /* with the year as decided */
    const struct tl_product_year *decided;
    struct tl_product_year widest, tried;
    struct tl_alloc_request requests[3];
};

static void release_years(struct years *years)
{
    tl_steering_release(&years->steering);
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
    tl_status status = tl_steering_read(&years->steering, cli->store, product, year, tl_moment_date(cli->act.now), err);
    if (status == TL_OK)
        years->decided = tl_steering_year(&years->steering, year);
    if (status == TL_OK)
        status = compute_tried(years, cli, year, err);
    if (status == TL_OK)
        status = tl_widest_year_compute(&years->widest, cli->store, product, year, err);
    if (status != TL_OK)
        return status;
    years->requests[0] = tl_product_year_request(years->decided);
    years->requests[1] = tl_product_year_request(&years->widest);
    years->requests[2] = tl_product_year_request(&years->tried);
    return TL_OK;
}

/* The two pages, by the template in the language that was asked for. */
static tl_status print_pages(struct tl_buf *out, struct cli *cli, const struct tl_budget_facts *facts,
                             struct tl_err *err)
{
    struct tl_issuer issuer = {.store = cli->store, .today = facts->date};
    tl_status status = cli_template(&issuer, cli, "budget", err);
    if (status == TL_OK)
        status = tl_pdf_fonts_open(&issuer.fonts, err);
    if (status == TL_OK)
        status = tl_budget_doc(out, facts, issuer.template_text, issuer.template_name, issuer.fonts, err);
    tl_pdf_fonts_close(issuer.fonts);
    return status;
}

static tl_status write_file(struct cli *cli, const char *folder, const struct tl_budget_facts *facts,
                            const struct tl_buf *bytes, const char *ending, struct tl_err *err)
{
    const char *name =
        tl_arena_format(&cli->arena, "budget-%s-%d%s", facts->product->code, facts->allocation->year, ending);
    tl_status status =
        name == NULL ? tl_err_memory(err) : tl_file_write(folder, name, bytes->bytes, bytes->length, err);
    if (status == TL_OK)
        tl_buf_format(&cli->out, "%s/%s\n", folder, name);
    return status;
}

static tl_status write_papers(struct cli *cli, const struct years *years, struct tl_err *err)
{
    struct tl_buf xlsx = TL_BUF_EMPTY, pdf = TL_BUF_EMPTY;
    const char *folder;
    bool printed = cli_args_value(&cli->args, "--pdf") != NULL, is_english;
    const struct tl_product_year *decided = years->decided;
    const struct tl_budget_facts facts = {.owner = &years->steering.owner,
                                          .product = &decided->product,
                                          .decision = &decided->adopted.decision,
                                          .date = tl_moment_date(cli->act.now),
                                          .allocation = &decided->allocation,
                                          .decided = {&years->requests[0], &decided->allocation},
                                          .widest = {&years->requests[1], &years->widest.allocation},
                                          .tried = {&years->requests[2], &years->tried.allocation},
                                          .steering = &years->steering};
    tl_status status = cli_language(&is_english, cli, err);
    if (status == TL_OK)
        status = tl_budget_xlsx(&xlsx, &facts, err);
    if (status == TL_OK && printed)
        status = print_pages(&pdf, cli, &facts, err);
    if (status == TL_OK)
        status = cli_output_folder(&folder, cli, err);
    if (status == TL_OK)
        status = write_file(cli, folder, &facts, &xlsx, ".xlsx", err);
    if (status == TL_OK && printed)
        status = write_file(cli, folder, &facts, &pdf, is_english ? "-en.pdf" : ".pdf", err);
    tl_buf_release(&xlsx);
    tl_buf_release(&pdf);
    return status;
}

static tl_status budget(struct cli *cli, struct tl_err *err)
{
    struct years years = {.widest = TL_PRODUCT_YEAR_EMPTY, .tried = TL_PRODUCT_YEAR_EMPTY};
    int year = 0;
    tl_status status = cli_year(&year, cli->args.positional[1], err);
    if (status == TL_OK)
        status = compute_years(&years, cli, year, err);
    if (status == TL_OK)
        status = write_papers(cli, &years, err);
    release_years(&years);
    return status;
}

static const struct cli_option budget_options[] = {
    {"--if", NULL, "CHANGE", true, "set the sheet Hvad nu hvis to a change, as `tilslut allocate` has it; repeatable"},
    {"--pdf", NULL, NULL, false, "and two pages of it as PDF, for those who print"},
    {"--lang", NULL, "da|en", false, "the language of the PDF (default: da)"},
    CLI_OPTION_TEMPLATES,
    CLI_OPTION_OUTPUT,
    CLI_OPTIONS_END,
};

const struct cli_command cli_steering_commands[] = {
    {"budget", "PRODUCT YEAR", "write the steering group's workbook as XLSX, and two pages of it as PDF",
     "Writes a working paper, which is not registered: who pays what, the rule of each line, the working of each "
     "share;\n"
     "and a sheet that recomputes by itself: tick members in or out, take or drop an option, change a budget, a "
     "price,\n"
     "a markup, a floor, a cap or a boundary, and everybody's amount follows to the øre.",
     2, 2, CLI_READS, budget_options, budget},
    {0},
};
