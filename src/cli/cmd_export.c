/* SPDX-License-Identifier: MPL-2.0 */
/*
 * The ways out: the ledger as files that can be read without tilslut.
 */
#include "output.h"
#include "tilslut/report/plain_journal.h"

#define NOT_WRITTEN_OVER "what is there is never written over; name another"

static tl_status export_journal(struct cli *cli, struct tl_err *err)
{
    const char *path = cli_args_value(&cli->args, "--output");
    struct tl_buf text = TL_BUF_EMPTY;
    tl_status status = tl_store_begin_read(cli->store, err);
    if (status == TL_OK)
        status = tl_plain_journal_write(&text, cli->store, err);
    tl_store_end_read(cli->store);
    if (status == TL_OK && path != NULL)
        status = cli_output_file(cli, path, &text, NOT_WRITTEN_OVER " file", err);
    else if (status == TL_OK)
        tl_buf_add(&cli->out, text.bytes, text.length);
    tl_buf_release(&text);
    return status;
}

static const struct cli_option journal_options[] = {
    {"--output", "-o", "FILE", false, "the file to write, which must not be there yet (default: print it)"},
    CLI_OPTIONS_END,
};

const struct cli_command cli_export_commands[] = {
    {"export journal", "", "write the ledger as a journal for hledger and ledger",
     "Writes every sealed entry as a plain-text journal: accounts by the chart, with party and product below them; "
     "the\n"
     "entry's number, reference, document, decision and seal as tags. hledger -f FILE check finds it in order, and\n"
     "hledger -f FILE bal comes to the balances of tilslut list balances.",
     0, 0, CLI_READS, journal_options, export_journal},
    {0},
};
