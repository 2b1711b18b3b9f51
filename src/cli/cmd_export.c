/* SPDX-License-Identifier: MPL-2.0 */
/*
 * The ways out: the ledger as files that can be read without tilslut.
 */
#include "output.h"
#include "tilslut/agreement/party.h"
#include "tilslut/agreement/product.h"
#include "tilslut/report/audit.h"
#include "tilslut/report/plain_journal.h"
#include "tilslut/report/query_table.h"
#include "tilslut/store/dump.h"
#include "tilslut/store/package.h"

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

/* The folder that -o names: an export has many files, so that it is never left to chance where they go. */
static tl_status need_folder(const char **out, const struct cli *cli, struct tl_err *err)
{
    *out = cli_args_value(&cli->args, "--output");
    if (*out != NULL && (*out)[0] != '\0')
        return TL_OK;
    (void)tl_err_set(err, TL_ERR_USAGE, "a folder to write to is missing");
    tl_err_hint(err, "name one with -o DIR");
    return TL_ERR_USAGE;
}

static tl_status export_tables(struct cli *cli, struct tl_err *err)
{
    struct tl_package package = {0};
    const char *folder = NULL;
    tl_status status = need_folder(&folder, cli, err);
    if (status == TL_OK)
        status = tl_store_begin_read(cli->store, err);
    if (status == TL_OK)
        status = tl_package_begin(&package, folder, err);
    if (status == TL_OK)
        status = tl_dump_tables(cli->store, tl_package_add, &package, err);
    if (status == TL_OK)
        status = tl_dump_documents(cli->store, 0, tl_package_add, &package, err);
    tl_store_end_read(cli->store);
    if (status == TL_OK)
        status = tl_package_end(&package, err);
    if (status == TL_OK)
        tl_buf_format(&cli->out, "wrote %zu files and %s to %s\n", package.file_count, TL_PACKAGE_MANIFEST, folder);
    tl_package_release(&package);
    return status;
}

static tl_status begin_audit(struct tl_package *package, const char **where, struct cli *cli, const char *folder,
                             int year, struct tl_err *err)
{
    *where = folder;
    if (cli_args_value(&cli->args, "--zip") == NULL)
        return tl_package_begin(package, folder, err);
    const char *name = tl_arena_format(&cli->arena, "revisionsmappe-%d", year);
    *where = name == NULL ? NULL : tl_arena_format(&cli->arena, "%s/%s.zip", folder, name);
    return *where == NULL ? tl_err_memory(err)
                          : tl_package_begin_zip(package, folder, name, tl_moment_date(cli->act.now), err);
}

static tl_status audit(struct cli *cli, struct tl_err *err)
{
    struct tl_package package = {0};
    const char *folder = NULL, *where = NULL;
    int year = 0;
    tl_status status = cli_year(&year, cli->args.positional[0], err);
    if (status == TL_OK)
        status = need_folder(&folder, cli, err);
    if (status == TL_OK)
        status = tl_store_begin_read(cli->store, err);
    if (status == TL_OK)
        status = tl_audit_check(cli->store, year, err);
    if (status == TL_OK)
        status = begin_audit(&package, &where, cli, folder, year, err);
    if (status == TL_OK)
        status = tl_audit_write(&package, cli->store, year, tl_moment_date(cli->act.now), err);
    tl_store_end_read(cli->store);
    if (status == TL_OK)
        tl_buf_format(&cli->out, "wrote %zu files and %s to %s; LAESMIG-README.md says how to check them\n",
                      package.file_count, TL_PACKAGE_MANIFEST, where);
    tl_package_release(&package);
    return status;
}

/* Asking for what there is not would answer with an empty table. */
static tl_status check_limits(const struct tl_query_limits *limits, struct cli *cli, struct tl_err *err)
{
    struct tl_party party;
    struct tl_product product;
    int year;
    tl_status status = TL_OK;
    if (limits->party != NULL)
        status = tl_party_find(&party, cli->store, limits->party, tl_moment_date(cli->act.now), &cli->arena, err);
    if (status == TL_OK && limits->product != NULL)
        status = tl_product_find(&product, cli->store, limits->product, &cli->arena, err);
    if (status == TL_OK && limits->year != NULL)
        status = cli_year(&year, limits->year, err);
    return status;
}

static tl_status report(struct cli *cli, struct tl_err *err)
{
    struct tl_table table = TL_TABLE_EMPTY;
    const struct tl_embedded_file *query;
    struct tl_query_limits limits = {cli_args_value(&cli->args, "--party"), cli_args_value(&cli->args, "--product"),
                                     cli_args_value(&cli->args, "--year")};
    tl_status status = tl_query_find(&query, cli->args.positional[0], err);
    if (status == TL_OK)
        status = check_limits(&limits, cli, err);
    if (status == TL_OK)
        status = tl_query_table(&table, cli->store, query, &limits, err);
    if (status == TL_OK)
        status = cli_print_table(cli, &table, err);
    tl_table_release(&table);
    return status;
}

static tl_status list_reports(struct cli *cli, struct tl_err *err)
{
    static const struct tl_column columns[] = {{"report", "Report", TL_COLUMN_CODE},
                                               {"shows", "Shows", TL_COLUMN_TEXT}};
    struct tl_table table = TL_TABLE_EMPTY;
    tl_status status = tl_table_init(&table, columns, 2, err);
    for (const struct tl_embedded_file *query = NULL; status == TL_OK && (query = tl_query_next(query)) != NULL;) {
        struct tl_cell cells[] = {tl_cell_code(tl_query_name(query, &cli->arena)),
                                  tl_cell_text(tl_query_summary(query, &cli->arena))};
        status = cells[0].as.text == NULL || cells[1].as.text == NULL ? tl_err_memory(err)
                                                                      : tl_table_add(&table, cells, err);
    }
    if (status == TL_OK)
        status = cli_print_table(cli, &table, err);
    tl_table_release(&table);
    return status;
}

static const struct cli_option report_options[] = {
    {"--party", NULL, "CODE", false, "of one party only"},
    {"--product", NULL, "CODE", false, "of one product only"},
    {"--year", NULL, "YEAR", false, "of one year only"},
    CLI_OPTIONS_FORM,
    CLI_OPTIONS_END,
};
static const struct cli_option tables_options[] = {
    {"--output", "-o", "DIR", false, "the folder to write to; it is made where it is missing"},
    CLI_OPTIONS_END,
};
static const struct cli_option audit_options[] = {
    {"--output", "-o", "DIR", false, "the folder to write to; it is made where it is missing"},
    {"--zip", NULL, NULL, false, "write it as one file, DIR/revisionsmappe-YEAR.zip"},
    CLI_OPTIONS_END,
};
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
    {"export tables", "", "write every table as CSV, and the documents as files",
     "Writes tables/TABLE.csv for each table of the ledger, documents/ with what was issued, byte for byte, and last\n"
     "SHA256SUMS, which sha256sum -c checks. The CSV holds what is stored, byte for byte: open it in a spreadsheet "
     "only\n"
     "by its import, with all columns as text. Names of contact persons are left out, since they can be erased in the\n"
     "ledger and not in a copy.",
     0, 0, CLI_READS, tables_options, export_tables},
    {"audit", "YEAR", "write the audit package of a year, to be checked without this program",
     "Writes a folder with the accounts of the year as a workbook whose rows lead to the filed documents, the "
     "documents\n"
     "as issued, terms verbatim, every table with decisions, figures and seals as CSV, the journal, and a page in "
     "Danish\n"
     "and English that says how to check it with sha256sum, sqlite3 and hledger. With --zip it is one file, to be "
     "unpacked\n"
     "with any program; the same ledger and day give the same bytes.",
     1, 1, CLI_READS, audit_options, audit},
    {"report list", "", "list the queries", "Lists the read-only queries, and what each of them can be limited to.", 0,
     0, CLI_NO_LEDGER, cli_form_options, list_reports},
    {"report", "NAME", "run one of the read-only queries that the program carries",
     "Prints what a query answers. The queries are the files reports/*.sql, which the sqlite3 shell runs as they are:\n"
     "sqlite3 -readonly -header -csv tilslut.db <reports/NAME.sql. tilslut report list names them.",
     1, 1, CLI_READS, report_options, report},
    {0},
};
