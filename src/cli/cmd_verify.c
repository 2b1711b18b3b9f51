/* SPDX-License-Identifier: MPL-2.0 */
#include <inttypes.h>

#include "cli.h"
#include "tilslut/agreement/book.h"

tl_status cli_verify(struct cli *cli, struct tl_err *err)
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
        tl_buf_format(&cli->out,
                      "%" PRId64 " entries with %" PRId64 " postings, %zu versions of terms, %zu runs, %zu documents: ",
                      verified.entries, verified.postings, verified.terms, verified.runs, verified.documents);
        if (findings.count == 0)
            tl_buf_format(&cli->out, "all as recorded\nhead of the chain: entry %" PRId64 " %s\n", verified.head.entry,
                          tl_digest_hex(&verified.head.hash, hex));
        else {
            tl_buf_format(&cli->out, "%zu findings\n", findings.count + findings.left_out);
            status = tl_err_set(err, TL_ERR_BROKEN, "the ledger is not as it was recorded");
            tl_err_hint(err, "keep this file as it is, and compare it with the last good copy");
        }
    }
    tl_findings_release(&findings);
    return status;
}
