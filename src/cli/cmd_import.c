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

tl_status cli_import_parties(struct cli *cli, struct tl_err *err)
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

static tl_status import_figures(struct cli *cli, const char *measure, struct tl_err *err)
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

tl_status cli_import_population(struct cli *cli, struct tl_err *err)
{
    return import_figures(cli, "population", err);
}

tl_status cli_import_figures(struct cli *cli, struct tl_err *err)
{
    const char *measure = cli_args_value(&cli->args, "--measure");
    if (measure != NULL)
        return import_figures(cli, measure, err);
    (void)tl_err_set(err, TL_ERR_USAGE, "the figures need a measure");
    tl_err_hint(err, "add --measure NAME, for example --measure users");
    return TL_ERR_USAGE;
}
