/* SPDX-License-Identifier: MPL-2.0 */
#include <inttypes.h>

#include "cli.h"
#include "notes.h"
#include "tilslut/agreement/product_year.h"
#include "tilslut/agreement/run.h"

static tl_status print_run(struct cli *cli, int64_t id, const char *did, struct tl_err *err)
{
    struct tl_run run;
    struct tl_money gross;
    char net[TL_MONEY_TEXT_SIZE], vat[TL_MONEY_TEXT_SIZE], sum[TL_MONEY_TEXT_SIZE];
    tl_status status = tl_run_find(&run, cli->store, id, &cli->arena, err);
    if (status == TL_OK)
        status = tl_money_add(&gross, run.net, run.vat, err);
    if (status == TL_OK)
        tl_buf_format(&cli->out, "%s run %" PRId64 ": %s %d, %zu %s, net %s, VAT %s, total %s %s\n", did, id,
                      run.product, run.year, run.member_count, cli_plural(run.member_count, "member", "members"),
                      tl_money_da(run.net, net), tl_money_da(run.vat, vat), tl_money_da(gross, sum),
                      tl_store_currency(cli->store));
    return status;
}

/* Everything that can fail comes before the commit: a draft that is refused is not recorded. */
static tl_status draft(struct cli *cli, struct tl_product_year *computed, int year, struct tl_err *err)
{
    int64_t id = 0;
    tl_status status = cli_begin(cli, err);
    if (status == TL_OK)
        status = tl_run_draft(&id, cli->store, cli->args.positional[0], year, err);
    if (status == TL_OK)
        status = tl_product_year_compute(computed, cli->store, cli->args.positional[0], year, 0, err);
    if (status == TL_OK)
        status = print_run(cli, id, "drafted", err);
    if (status == TL_OK)
        tl_buf_format(&cli->out, "somebody else than %s approves it with: tilslut approve %" PRId64 " --as NAME\n",
                      cli->act.actor, id);
    if (status == TL_OK)
        status = tl_buf_status(&cli->out, err);
    return status == TL_OK ? cli_commit(cli, err) : status;
}

static tl_status bill(struct cli *cli, struct tl_err *err)
{
    struct tl_product_year computed = TL_PRODUCT_YEAR_EMPTY;
    int year = 0;
    tl_status status = cli_year(&year, cli->args.positional[1], err);
    if (status == TL_OK)
        status = draft(cli, &computed, year, err);
    if (status == TL_OK)
        cli_note_allocation(&computed.allocation);
    tl_product_year_release(&computed);
    return status;
}

static tl_status read_id(int64_t *out, struct cli *cli, struct tl_err *err)
{
    return cli_number(out, cli->args.positional[0], "the number of a run", err);
}

static tl_status approve(struct cli *cli, struct tl_err *err)
{
    struct tl_date date;
    int64_t id = 0;
    size_t entries = 0;
    tl_status status = read_id(&id, cli, err);
    if (status == TL_OK)
        status = cli_date(&date, cli, "--date", err);
    if (status == TL_OK)
        status = cli_begin(cli, err);
    if (status == TL_OK)
        status = tl_run_approve(&entries, cli->store, id, cli->act.actor, tl_moment_date(cli->act.now), date, err);
    if (status == TL_OK)
        status = print_run(cli, id, "approved", err);
    if (status == TL_OK)
        tl_buf_format(&cli->out, "posted %zu %s\n", entries, cli_plural(entries, "entry", "entries"));
    if (status == TL_OK)
        status = tl_buf_status(&cli->out, err);
    return status == TL_OK ? cli_commit(cli, err) : status;
}

static tl_status discard(struct cli *cli, struct tl_err *err)
{
    int64_t id = 0;
    tl_status status = read_id(&id, cli, err);
    if (status == TL_OK)
        status = cli_begin(cli, err);
    if (status == TL_OK)
        status = tl_run_discard(cli->store, id, err);
    if (status == TL_OK)
        status = cli_commit(cli, err);
    if (status == TL_OK)
        tl_buf_format(&cli->out, "discarded run %" PRId64 "\n", id);
    return status;
}

static const struct cli_option approve_options[] = {
    {"--date", NULL, "DATE", false, "of the charges (default today, or the nearer end of the year billed)"},
    CLI_OPTIONS_END,
};

const struct cli_command cli_bill_commands[] = {
    {"bill", "PRODUCT YEAR", "draft a billing run",
     "Drafts the charges of a year. A draft changes nothing that is owed; somebody else approves it.", 2, 2,
     CLI_RECORDS, cli_no_options, bill},
    {"approve", "RUN", "approve a billing run and post its charges",
     "Approves a draft that somebody else made, and posts one entry per member.", 1, 1, CLI_RECORDS, approve_options,
     approve},
    {"discard", "RUN", "drop a draft", "Drops a draft run; it stays on record as discarded.", 1, 1, CLI_RECORDS,
     cli_no_options, discard},
    {0},
};
