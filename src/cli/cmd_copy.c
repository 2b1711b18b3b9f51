/* SPDX-License-Identifier: MPL-2.0 */
#include <inttypes.h>
#include <unistd.h>

#include "cli.h"
#include "tilslut/ledger/anchor_book.h"
#include "tilslut/store/backup.h"

static void show_progress(size_t done, size_t of)
{
    cli_progress("pages", done, of);
}

static void print_state(struct cli *cli, const char *did, const char *path, const struct tl_anchor *anchor)
{
    char hex[TL_DIGEST_HEX_SIZE];
    tl_buf_format(&cli->out,
                  "%s %s, up to act %" PRId64 ", entry %" PRId64 "\nhead of the chain: entry %" PRId64 " %s\n", did,
                  path, anchor->act, anchor->entry, anchor->entry, tl_digest_hex(&anchor->entry_seal, hex));
}

static tl_status backup(struct cli *cli, struct tl_err *err)
{
    const char *path = cli->args.positional[0];
    struct tl_anchor anchor;
    tl_status status = tl_store_begin_read(cli->store, err);
    if (status == TL_OK)
        status = tl_anchor_book_take(&anchor, cli->store, CLI_PROGRAM, err);
    if (status == TL_OK)
        status = tl_backup_write(cli->store, path, show_progress, err);
    tl_store_end_read(cli->store);
    if (status == TL_OK)
        print_state(cli, "copied to", path, &anchor);
    return status;
}

/* Opens the copy, looks whether SQLite finds it whole, and says up to where it goes. A read is begun then. */
static tl_status open_copy(struct tl_store **copy, struct tl_anchor *anchor, const char *path, struct tl_err *err)
{
    struct tl_err found = TL_ERR_NONE;
    tl_status status = tl_store_open(copy, path, TL_STORE_READ, err);
    if (status == TL_OK)
        status = tl_store_begin_read(*copy, err);
    if (status != TL_OK)
        return status;
    status = tl_store_check_file(*copy, &found);
    if (status == TL_OK)
        return tl_anchor_book_take(anchor, *copy, CLI_PROGRAM, err);
    (void)tl_err_set(err, found.status == TL_ERR_BROKEN ? TL_ERR_STORE : found.status, "'%s': %s", path, found.message);
    tl_err_hint(err, "take another copy; keep this one for those who investigate");
    return err->status;
}

static tl_status restore(struct cli *cli, struct tl_err *err)
{
    struct tl_store *copy = NULL;
    struct tl_anchor anchor;
    tl_status status = open_copy(&copy, &anchor, cli->args.positional[0], err);
    if (status == TL_OK)
        status = tl_backup_write(copy, cli->path, show_progress, err);
    tl_store_close(copy);
    if (status == TL_OK)
        print_state(cli, "restored", cli->path, &anchor);
    return status;
}

/* Compares the copy's head, counts and sums with what the ledger had at that act. */
static tl_status compare(struct cli *cli, struct tl_findings *findings, const struct tl_anchor *anchor,
                         struct tl_err *err)
{
    struct tl_check_work work = {.check = &tl_anchor_book_row, .findings = findings};
    tl_status status = tl_store_open(&cli->store, cli->path, TL_STORE_READ, err);
    if (status == TL_OK)
        status = tl_store_begin_read(cli->store, err);
    if (status == TL_OK)
        status = tl_anchor_book_check(&work, cli->store, anchor, err);
    if (cli->store != NULL)
        tl_store_end_read(cli->store);
    return status;
}

static tl_status integrity(struct cli *cli, struct tl_err *err)
{
    const char *path = cli->args.positional[0];
    struct tl_findings findings = TL_FINDINGS_EMPTY;
    struct tl_store *copy = NULL;
    struct tl_anchor anchor;
    /* one that was named should be there */
    bool there = !tl_text_equal(cli->path, "tilslut.db") || access(cli->path, F_OK) == 0;
    tl_status status = open_copy(&copy, &anchor, path, err);
    tl_store_close(copy);
    if (status == TL_OK && there)
        status = compare(cli, &findings, &anchor, err);
    if (status == TL_OK && findings.count > 0) {
        for (size_t i = 0; i < findings.count; i++)
            tl_buf_format(&cli->out, "copy: %s\n", findings.items[i].text);
        status = tl_err_set(err, TL_ERR_BROKEN, "'%s' is no copy of '%s'", path, cli->path);
        tl_err_hint(
            err, "the anchor is the head of the copy; since they parted, one of the two was gone on with or changed");
    } else if (status == TL_OK) {
        print_state(cli, "whole:", path, &anchor);
        if (there)
            tl_buf_format(&cli->out, "the same as %s at that act\n", cli->path);
        else
            cli_note("there is no ledger '%s' to compare it with; tilslut verify -f %s goes through it", cli->path,
                     path);
    }
    tl_findings_release(&findings);
    return status;
}

const struct cli_command cli_copy_commands[] = {
    {"backup", "FILE", "copy the ledger while it is in use",
     "Copies one state of the ledger to a file that is not there yet, while others go on writing. The file is there\n"
     "whole and on the disk, or not at all. A plain copy of a ledger in use can miss what lies in its log.",
     1, 1, CLI_READS, cli_no_options, backup},
    {"restore", "COPY", "make a ledger from a copy",
     "Makes the ledger file named by -f (or the default) from a copy that SQLite finds whole. A file that is there\n"
     "already is never written over.",
     1, 1, CLI_NO_LEDGER, cli_no_options, restore},
    {"integrity", "COPY", "look quickly whether a copy is whole, and a copy of this ledger",
     "Looks whether SQLite finds the copy whole, and compares its head, its counts and its sums with what the ledger\n"
     "had at the copy's last act. Exit status 1 when they differ. tilslut verify -f COPY goes through all of it.",
     1, 1, CLI_NO_LEDGER, cli_no_options, integrity},
    {0},
};
