/* SPDX-License-Identifier: MPL-2.0 */
#include "output.h"
#include "tilslut/agreement/checks.h"
#include "tilslut/ledger/anchor_book.h"

/* A head that does not vouch for what lies under it should not come into anybody's minutes. */
static tl_status check_chains(struct cli *cli, struct tl_err *err)
{
    static const char *const chains[] = {"acts", "chain"};
    struct tl_findings findings = TL_FINDINGS_EMPTY;
    struct tl_checked checked;
    tl_status status = tl_checks_run(&findings, &checked, cli->store, chains, 2, err);
    if (status == TL_OK && findings.count > 0) {
        status = tl_err_set(err, TL_ERR_STATE, "the ledger is not as it was recorded: %s", findings.items[0].text);
        tl_err_hint(err, "tilslut verify names all that it finds");
    }
    tl_findings_release(&findings);
    return status;
}

static tl_status export_seal(struct cli *cli, struct tl_err *err)
{
    const char *path = cli_args_value(&cli->args, "--output");
    struct tl_anchor anchor;
    struct tl_buf text = TL_BUF_EMPTY;
    tl_status status = tl_store_begin_read(cli->store, err);
    if (status == TL_OK)
        status = check_chains(cli, err);
    if (status == TL_OK)
        status = tl_anchor_book_take(&anchor, cli->store, CLI_PROGRAM, err);
    tl_store_end_read(cli->store);
    if (status == TL_OK) {
        tl_anchor_write(&text, &anchor);
        status = tl_buf_status(&text, err);
    }
    if (status == TL_OK && path != NULL)
        status = cli_output_file(cli, path, &text, "an earlier seal is evidence; name another file", err);
    else if (status == TL_OK)
        tl_buf_add(&cli->out, text.bytes, text.length);
    tl_buf_release(&text);
    return status;
}

static const struct cli_option seal_options[] = {
    {"--output", "-o", "FILE", false, "the file to write, which must not be there yet (default: print it)"},
    CLI_OPTIONS_END,
};

const struct cli_command cli_seal_commands[] = {
    {"seal export", "", "write the head of the chains, for the minutes of a meeting",
     "Writes the last seals of the ledger with what they cover, as a text in Danish and English. Kept outside of the\n"
     "file, in minutes or a letter, it lets tilslut verify --anchor find out later whether what it covers is still\n"
     "there as it was.",
     0, 0, CLI_READS, seal_options, export_seal},
    {0},
};
