/* SPDX-License-Identifier: MPL-2.0 */
#include <inttypes.h>
#include <string.h>

#include "cli.h"
#include "tilslut/agreement/checks.h"
#include "tilslut/ledger/anchor_book.h"
#include "tilslut/ledger/chain.h"
#include "tilslut/store/file.h"

/* The checks by name, with what each proves. */
static tl_status list_checks(struct cli *cli, struct tl_err *err)
{
    static const struct tl_column columns[] = {{"check", "Check", TL_COLUMN_TEXT},
                                               {"proves", "Proves that", TL_COLUMN_TEXT}};
    struct tl_table table = TL_TABLE_EMPTY;
    size_t count;
    const struct tl_check *checks = tl_checks_all(&count);
    tl_status status = tl_table_init(&table, columns, 2, err);
    for (size_t i = 0; status == TL_OK && i < count; i++) {
        const struct tl_cell cells[] = {tl_cell_text(checks[i].name), tl_cell_text(checks[i].proves)};
        status = tl_table_add(&table, cells, err);
    }
    if (status == TL_OK)
        status = cli_print_table(cli, &table, err);
    tl_table_release(&table);
    return status;
}

/* A row for each finding, and for each check that has none. */
static tl_status add_check(struct tl_table *table, const struct tl_check_work *work, struct tl_err *err)
{
    const struct tl_findings *findings = work->findings;
    struct tl_buf counted = TL_BUF_EMPTY;
    tl_check_write_counted(&counted, work);
    tl_status status = tl_buf_status(&counted, err);
    struct tl_cell cells[] = {tl_cell_text(work->check->name),
                              tl_cell_text(counted.length == 0 ? NULL : tl_buf_string(&counted)), tl_cell_missing()};
    if (status == TL_OK && work->found == 0)
        status = tl_table_add(table, cells, err);
    for (size_t i = 0; status == TL_OK && work->found > 0 && i < findings->count; i++)
        if (tl_text_equal(findings->items[i].check, work->check->name)) {
            cells[2] = tl_cell_text(findings->items[i].text);
            status = tl_table_add(table, cells, err);
        }
    tl_buf_release(&counted);
    return status;
}

static tl_status print_rows(struct cli *cli, const struct tl_checked *checked, struct tl_err *err)
{
    static const struct tl_column columns[] = {{"check", "Check", TL_COLUMN_TEXT},
                                               {"gone_through", "Gone through", TL_COLUMN_TEXT},
                                               {"finding", "Finding", TL_COLUMN_TEXT}};
    struct tl_table table = TL_TABLE_EMPTY;
    tl_status status = tl_table_init(&table, columns, 3, err);
    for (size_t i = 0; status == TL_OK && i < checked->count; i++)
        status = add_check(&table, &checked->done[i], err);
    if (status == TL_OK)
        status = cli_print_table(cli, &table, err);
    tl_table_release(&table);
    return status;
}

static void print_findings(struct cli *cli, const struct tl_findings *findings)
{
    for (size_t i = 0; i < findings->count; i++)
        tl_buf_format(&cli->out, "%s: %s\n", findings->items[i].check, findings->items[i].text);
    if (findings->left_out > 0)
        tl_buf_format(&cli->out, "and %zu more\n", findings->left_out);
}

static void print_verdict(struct cli *cli, size_t found)
{
    if (found == 0)
        tl_buf_text(&cli->out, "all as recorded\n");
    else
        tl_buf_format(&cli->out, "%zu %s\n", found, cli_plural(found, "finding", "findings"));
}

/* All that was gone through on one line; what there is none of is left out. */
static void print_counts(struct cli *cli, const struct tl_checked *checked, size_t found)
{
    const char *between = "";
    for (size_t i = 0; i < checked->count; i++) {
        size_t before = cli->out.length + strlen(between);
        tl_buf_text(&cli->out, between);
        tl_check_write_counted(&cli->out, &checked->done[i]);
        if (cli->out.length > before)
            between = ", ";
        else
            cli->out.length = before - strlen(between);
    }
    tl_buf_text(&cli->out, ": ");
    print_verdict(cli, found);
}

/* A line for each check that was asked for by name. */
static void print_each(struct cli *cli, const struct tl_checked *checked)
{
    for (size_t i = 0; i < checked->count; i++) {
        const struct tl_check_work *work = &checked->done[i];
        struct tl_buf counted = TL_BUF_EMPTY;
        tl_check_write_counted(&counted, work);
        tl_buf_format(&cli->out, "%s: %s%s", work->check->name, tl_buf_string(&counted),
                      counted.length == 0 ? "" : ": ");
        cli->out.failed = cli->out.failed || counted.failed;
        tl_buf_release(&counted);
        print_verdict(cli, work->found);
    }
}

static tl_status print_head(struct cli *cli, struct tl_err *err)
{
    struct tl_chain_head head;
    char hex[TL_DIGEST_HEX_SIZE];
    tl_status status = tl_chain_read_head(&head, cli->store, err);
    if (status == TL_OK)
        tl_buf_format(&cli->out, "head of the chain: entry %" PRId64 " %s\n", head.entry,
                      tl_digest_hex(&head.hash, hex));
    return status;
}

static tl_status print_checked(struct cli *cli, const struct tl_checked *checked, const struct tl_findings *findings,
                               bool by_name, struct tl_err *err)
{
    size_t found = findings->count + findings->left_out;
    tl_status status = TL_OK;
    if (cli_for_machines(cli))
        status = print_rows(cli, checked, err);
    else {
        print_findings(cli, findings);
        if (by_name)
            print_each(cli, checked);
        else
            print_counts(cli, checked, found);
        if (!by_name && found == 0)
            status = print_head(cli, err);
    }
    for (size_t i = 0; i < checked->count; i++)
        if (checked->done[i].remark[0] != '\0')
            cli_note("%s: %s", checked->done[i].check->name, checked->done[i].remark);
    if (status != TL_OK || found == 0)
        return status;
    (void)tl_err_set(err, TL_ERR_BROKEN, "the ledger is not as it was recorded");
    tl_err_hint(err, "keep this file as it is, and compare it with the last good copy");
    return TL_ERR_BROKEN;
}

/* `ENTRY:DIGITS`, the head as documents print it, of which at least 16 digits. False when the text is no such. */
static bool read_head_given(int64_t *entry, const char **digits, const char *text)
{
    struct tl_err ignored = TL_ERR_NONE;
    char number[20];
    size_t length = strspn(text, "0123456789");
    if (length == 0 || length >= sizeof number || text[length] != ':')
        return false;
    memcpy(number, text, length);
    number[length] = '\0';
    *digits = text + length + 1;
    size_t hex = strspn(*digits, "0123456789abcdefABCDEF");
    return hex >= 16 && hex < TL_DIGEST_HEX_SIZE && (*digits)[hex] == '\0' &&
           cli_number(entry, number, "an entry", &ignored) == TL_OK;
}

static tl_status check_anchors_of(struct tl_check_work *work, struct cli *cli, const char *path, struct tl_err *err)
{
    struct tl_buf bytes = TL_BUF_EMPTY;
    struct tl_anchor *anchors = NULL;
    size_t count = 0;
    tl_status status = tl_file_read(&bytes, path, err);
    if (status != TL_OK)
        tl_err_hint(err, "name a file that holds an anchor, or ENTRY:HASH with 16 digits of the hash or more");
    struct tl_source source = {path, tl_buf_string(&bytes), bytes.length};
    if (status == TL_OK)
        status = tl_anchor_read(&anchors, &count, &source, &cli->arena, err);
    for (size_t i = 0; status == TL_OK && i < count; i++)
        status = tl_anchor_book_check(work, cli->store, &anchors[i], err);
    tl_check_counted(work, (int64_t)count, "anchor", "anchors");
    tl_buf_release(&bytes);
    return status;
}

/* The head that was kept elsewhere, where one is given: as one more check behind the others. */
static tl_status check_anchor(struct tl_checked *checked, struct tl_findings *findings, struct cli *cli,
                              struct tl_err *err)
{
    const char *given = cli_args_value(&cli->args, "--anchor"), *digits = "";
    int64_t entry = 0;
    tl_status status;
    if (given == NULL)
        return TL_OK;
    struct tl_check_work *work = &checked->done[checked->count++];
    *work = (struct tl_check_work){.check = &tl_anchor_book_row, .findings = findings};
    size_t before = findings->count + findings->left_out;
    if (read_head_given(&entry, &digits, given)) {
        status = tl_anchor_book_check_entry(work, cli->store, entry, digits, err);
        tl_check_counted(work, 1, "anchor", "anchors");
    } else
        status = check_anchors_of(work, cli, given, err);
    work->found = findings->count + findings->left_out - before;
    return status;
}

/* An anchor proves nothing of what lies under its seals unless both chains are gone through as well. */
static tl_status add_chains(const char ***names, size_t *count, struct cli *cli, struct tl_err *err)
{
    static const char *const chains[] = {"acts", "chain"};
    const char **all = tl_arena_alloc(&cli->arena, *count + 2, sizeof *all);
    if (all == NULL)
        return tl_err_memory(err);
    size_t used = 0;
    for (; used < *count; used++)
        all[used] = (*names)[used];
    for (size_t i = 0; i < 2; i++)
        all[used++] = chains[i];
    *names = all;
    *count = used;
    return TL_OK;
}

static tl_status verify(struct cli *cli, struct tl_err *err)
{
    struct tl_findings findings = TL_FINDINGS_EMPTY;
    struct tl_checked checked;
    const char **names = NULL;
    size_t name_count = 0;
    if (cli_args_value(&cli->args, "--list") != NULL)
        return list_checks(cli, err);
    tl_status status = cli_lists(&names, &name_count, cli, "--only", err);
    if (status == TL_OK && name_count > 0 && cli_args_value(&cli->args, "--anchor") != NULL)
        status = add_chains(&names, &name_count, cli, err);
    if (status == TL_OK)
        status = tl_store_begin_read(cli->store, err);
    if (status == TL_OK)
        status = tl_checks_run(&findings, &checked, cli->store, names, name_count, err);
    if (status == TL_OK)
        status = check_anchor(&checked, &findings, cli, err);
    if (status == TL_OK)
        status = print_checked(cli, &checked, &findings, name_count > 0, err);
    tl_store_end_read(cli->store);
    tl_findings_release(&findings);
    return status;
}

static const struct cli_option verify_options[] = {
    {"--list", NULL, NULL, false, "list the checks with what each proves; nothing is gone through"},
    {"--only", NULL, "CHECK,...", true, "run these checks alone"},
    {"--anchor", NULL, "FILE", false,
     "a text with what tilslut seal export wrote, or ENTRY:HASH as a document prints it"},
    CLI_OPTIONS_FORM,
    CLI_OPTIONS_END,
};

const struct cli_command cli_verify_commands[] = {
    {"verify", "", "go through every sum, seal and document",
     "Goes through the file, the schema, the chains of entries and of acts, terms, runs and documents, and names what "
     "is\n"
     "wrong. --list names the checks it consists of. A chain can have lost its last acts, or have been made anew as a\n"
     "whole, and still agree with itself: --anchor compares it with a head that was kept outside of the file.\n"
     "Exit status 1 when something is.",
     0, 0, CLI_READS, verify_options, verify},
    {0},
};
