/* SPDX-License-Identifier: MPL-2.0 */
#include <inttypes.h>

#include "cli.h"
#include "tilslut/agreement/book.h"

static void print_counts(struct cli *cli, const struct tl_verified *verified)
{
    size_t entries = (size_t)verified->entries, postings = (size_t)verified->postings;
    tl_buf_format(&cli->out, "%zu %s, ", verified->acts, cli_plural(verified->acts, "act", "acts"));
    tl_buf_format(&cli->out, "%zu %s with %zu %s, ", entries, cli_plural(entries, "entry", "entries"), postings,
                  cli_plural(postings, "posting", "postings"));
    tl_buf_format(&cli->out, "%zu %s of terms, %zu %s, %zu %s: ", verified->terms,
                  cli_plural(verified->terms, "version", "versions"), verified->runs,
                  cli_plural(verified->runs, "run", "runs"), verified->documents,
                  cli_plural(verified->documents, "document", "documents"));
}

static tl_status verify(struct cli *cli, struct tl_err *err)
{
    struct tl_findings findings = TL_FINDINGS_EMPTY;
    struct tl_verified verified;
    char hex[TL_DIGEST_HEX_SIZE];
    tl_status status = tl_store_begin_read(cli->store, err);
    if (status == TL_OK)
        status = tl_book_verify(&findings, &verified, cli->store, err);
    tl_store_end_read(cli->store);
    if (status == TL_OK) {
        for (size_t i = 0; i < findings.count; i++)
            tl_buf_format(&cli->out, "%s: %s\n", findings.items[i].check, findings.items[i].text);
        if (findings.left_out > 0)
            tl_buf_format(&cli->out, "and %zu more\n", findings.left_out);
        print_counts(cli, &verified);
        if (findings.count == 0)
            tl_buf_format(&cli->out, "all as recorded\nhead of the chain: entry %" PRId64 " %s\n", verified.head.entry,
                          tl_digest_hex(&verified.head.hash, hex));
        else {
            tl_buf_format(&cli->out, "%zu %s\n", findings.count + findings.left_out,
                          cli_plural(findings.count + findings.left_out, "finding", "findings"));
            status = tl_err_set(err, TL_ERR_BROKEN, "the ledger is not as it was recorded");
            tl_err_hint(err, "keep this file as it is, and compare it with the last good copy");
        }
    }
    tl_findings_release(&findings);
    return status;
}

const struct cli_command cli_verify_commands[] = {
    {"verify", "", "go through every sum, seal and document",
     "Goes through the file, the schema, the chains of entries and of acts, terms, runs and documents, and names what "
     "is\n"
     "wrong.\n"
     "Exit status 1 when something is.",
     0, 0, CLI_READS, cli_no_options, verify},
    {0},
};
