/* SPDX-License-Identifier: MPL-2.0 */
#include "cli.h"
#include "tilslut/agreement/import.h"
#include "tilslut/store/file.h"

static tl_status finish(struct cli *cli, const char *what, const struct tl_imported *imported, struct tl_err *err)
{
    tl_status status = cli_commit(cli, err);
    if (status != TL_OK)
        return status;
    tl_buf_format(&cli->out, "%s: %zu new, %zu changed, %zu as recorded before", what, imported->added,
                  imported->changed, imported->same);
    if (imported->totals > 0)
        tl_buf_format(&cli->out, "; %zu stated %s", imported->totals,
                      cli_plural(imported->totals, "total foots", "totals foot"));
    tl_buf_text(&cli->out, "\n");
    return TL_OK;
}

static tl_status import_parties(struct cli *cli, struct tl_err *err)
{
    struct tl_buf bytes = TL_BUF_EMPTY;
    struct tl_imported imported;
    struct tl_date from;
    tl_status status = cli_date(&from, cli, "--from", err);
    if (status == TL_OK)
        status = tl_file_read(&bytes, cli->args.positional[0], err);
    if (status == TL_OK)
        status = cli_begin(cli, err);
    if (status == TL_OK) {
        struct tl_source source = {cli->args.positional[0], tl_buf_string(&bytes), bytes.length};
        status = tl_import_parties(&imported, cli->store, &source, from, err);
    }
    if (status == TL_OK)
        status = finish(cli, "parties", &imported, err);
    tl_buf_release(&bytes);
    return status;
}

static tl_status import_measure(struct cli *cli, const char *measure, struct tl_err *err)
{
    struct tl_buf bytes = TL_BUF_EMPTY;
    struct tl_imported imported;
    tl_status status = tl_file_read(&bytes, cli->args.positional[0], err);
    if (status == TL_OK)
        status = cli_begin(cli, err);
    if (status == TL_OK) {
        struct tl_source source = {cli->args.positional[0], tl_buf_string(&bytes), bytes.length};
        status =
            tl_import_figures(&imported, cli->store, &source, measure, cli_args_value(&cli->args, "--source"), err);
    }
    if (status == TL_OK)
        status = finish(cli, measure, &imported, err);
    tl_buf_release(&bytes);
    return status;
}

static tl_status import_population(struct cli *cli, struct tl_err *err)
{
    return import_measure(cli, "population", err);
}

static tl_status import_figures(struct cli *cli, struct tl_err *err)
{
    const char *measure = cli_args_value(&cli->args, "--measure");
    if (measure != NULL)
        return import_measure(cli, measure, err);
    (void)tl_err_set(err, TL_ERR_USAGE, "the figures need a measure");
    tl_err_hint(err, "add --measure NAME, for example --measure users");
    return TL_ERR_USAGE;
}

static const struct cli_option import_parties_options[] = {
    {"--from", NULL, "DATE", false, "since when the file holds; needed where it changes what is recorded"},
    CLI_OPTIONS_END,
};
static const struct cli_option import_population_options[] = {
    {"--source", NULL, "TEXT", false, "where the figures come from (default: the table and the file's name)"},
    CLI_OPTIONS_END,
};
static const struct cli_option import_figures_options[] = {
    {"--measure", NULL, "NAME", false, "what was counted: users, pupils, area, ..."},
    {"--source", NULL, "TEXT", false, "where the figures come from (default: the file's name)"},
    CLI_OPTIONS_END,
};

const struct cli_command cli_import_commands[] = {
    {"import parties", "FILE", "record municipalities and others from a CSV file",
     "Records parties from a CSV file with the columns code, name, kind, and where known official_name, region, cvr,\n"
     "ean, address, association_member (yes or no). Importing a file twice changes nothing.",
     1, 1, CLI_RECORDS, import_parties_options, import_parties},
    {"import population", "FILE", "record inhabitants from StatBank or a CSV file",
     "Records inhabitants from a file of Statistics Denmark's StatBank (FOLK1A, with codes or names) or a CSV file "
     "with\n"
     "the columns code, name, population, as_of; its header tells which it is. Stated totals must foot.",
     1, 1, CLI_RECORDS, import_population_options, import_population},
    {"import figures", "FILE", "record any other measure from a CSV file",
     "Records figures of the measure from a CSV file with the columns code, name, as_of and one named as the measure.",
     1, 1, CLI_RECORDS, import_figures_options, import_figures},
    {0},
};
