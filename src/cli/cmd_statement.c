/* SPDX-License-Identifier: MPL-2.0 */
/*
 * The command that issues statements of account: of members and of products, as workbooks and as PDF, with an index of
 * a batch.
 */
#include "output.h"
#include "period.h"
#include "tilslut/agreement/account_statement.h"
#include "tilslut/agreement/party.h"
#include "tilslut/agreement/product.h"
#include "tilslut/report/statement.h"
#include "tilslut/report/table_xlsx.h"
#include "tilslut/store/file.h"

/* What is asked for: the accounts of parties, or of products. */
struct batch {
    const char **codes;
    size_t count;
    bool is_of_products, is_whole; /* whole: every party or product there is */
    struct tl_issuer issuer;
    struct tl_issuer_account account;
    struct tl_issued_account *issued;
};

static tl_status want_all_parties(struct batch *batch, struct cli *cli, struct tl_err *err)
{
    const struct tl_period period = batch->account.request.period;
    tl_status status =
        tl_account_statement_parties(&batch->codes, &batch->count, cli->store, period.last, &cli->arena, err);
    if (status == TL_OK && batch->count == 0) {
        int year = tl_date_year(period.last);
        char last[TL_DATE_TEXT_SIZE];
        status = tl_err_set(err, TL_ERR_MISSING, "nobody has anything on their account by %s",
                            tl_date_iso(period.last, last));
        tl_err_hint(err, "tilslut bill PRODUCT %d drafts the charges; tilslut approve posts them", year);
    }
    return status;
}

static tl_status want_all_products(struct batch *batch, struct cli *cli, struct tl_err *err)
{
    struct tl_product *products = NULL;
    tl_status status = tl_product_list(&products, &batch->count, cli->store, &cli->arena, err);
    if (status == TL_OK && batch->count == 0) {
        status = tl_err_set(err, TL_ERR_MISSING, "no product is recorded");
        tl_err_hint(err, "tilslut product add records one");
    }
    if (status != TL_OK)
        return status;
    batch->codes = tl_arena_alloc(&cli->arena, batch->count, sizeof *batch->codes);
    if (batch->codes == NULL)
        return tl_err_memory(err);
    for (size_t i = 0; i < batch->count; i++)
        batch->codes[i] = products[i].code;
    return TL_OK;
}

static tl_status find_wanted(struct batch *batch, struct cli *cli, struct tl_err *err)
{
    const char *products = cli_args_value(&cli->args, "--product");
    bool all = cli_args_value(&cli->args, "--all") != NULL, parties = cli->args.positional_count == 2;
    if ((products != NULL) + all + parties != 1) {
        (void)tl_err_set(err, TL_ERR_USAGE, "name the parties, or say --all or --product CODE");
        tl_err_hint(err, "for example: tilslut statement %s --all -o out", cli->args.positional[0]);
        return TL_ERR_USAGE;
    }
    batch->is_of_products = products != NULL;
    batch->is_whole = all || (products != NULL && tl_text_equal(products, "all"));
    if (all)
        return want_all_parties(batch, cli, err);
    if (parties)
        return cli_list(&batch->codes, &batch->count, cli, cli->args.positional[1], err);
    return batch->is_whole ? want_all_products(batch, cli, err)
                           : cli_list(&batch->codes, &batch->count, cli, products, err);
}

/* The period, cut at the day that is asked for; and what was known. */
static tl_status read_request(struct tl_statement_request *request, struct cli *cli, struct tl_err *err)
{
    struct tl_date until;
    char first[TL_DATE_TEXT_SIZE], day[TL_DATE_TEXT_SIZE];
    tl_status status = cli_period(&request->period, cli->args.positional[0], err);
    if (status == TL_OK && tl_date_compare(request->period.first, request->period.last) > 0)
        status = tl_err_set(err, TL_ERR_USAGE, "the period '%.60s' ends before it begins", cli->args.positional[0]);
    if (status == TL_OK)
        status = cli_date(&until, cli, "--date", err);
    if (status == TL_OK && !tl_date_is_none(until)) {
        if (tl_date_compare(until, request->period.first) < 0)
            status = tl_err_set(err, TL_ERR_USAGE, "%s lies before the period, which begins on %s",
                                tl_date_iso(until, day), tl_date_iso(request->period.first, first));
        else if (tl_date_compare(until, request->period.last) < 0)
            request->period.last = until;
    }
    if (status == TL_OK)
        status = cli_date(&request->known_on, cli, "--known", err);
    if (status == TL_OK)
        status = cli_known(cli, err);
    if (status == TL_OK && !tl_date_is_none(request->known_on)) {
        request->known = tl_store_known(cli->store);
        tl_store_set_known(cli->store, 0);
    }
    return status;
}

static tl_status prepare_form(struct batch *batch, struct cli *cli, struct tl_err *err)
{
    bool is_english;
    batch->account.is_pdf = cli_args_value(&cli->args, "--pdf") != NULL;
    tl_status status = cli_language(&is_english, cli, err);
    if (status == TL_OK && !batch->account.is_pdf &&
        (is_english || cli_args_value(&cli->args, "--templates") != NULL)) {
        status = tl_err_set(err, TL_ERR_USAGE, "a workbook has no template and is in Danish");
        tl_err_hint(err, "--pdf prints the statement, also in English");
    }
    if (status == TL_OK && batch->account.is_pdf)
        status = cli_template(&batch->issuer, cli, "statement", err);
    if (status == TL_OK && batch->account.is_pdf)
        status = tl_pdf_fonts_open(&batch->issuer.fonts, err);
    return status;
}

static tl_status issue_all(struct batch *batch, struct cli *cli, struct tl_err *err)
{
    tl_status status = TL_OK;
    batch->issued = tl_arena_alloc(&cli->arena, batch->count, sizeof *batch->issued);
    if (batch->issued == NULL)
        return tl_err_memory(err);
    for (size_t i = 0; status == TL_OK && i < batch->count; i++) {
        struct tl_statement_request *request = &batch->account.request;
        *(batch->is_of_products ? &request->product : &request->party) = batch->codes[i];
        status = tl_issuer_statement(&batch->issued[i], &batch->issuer, &batch->account, &cli->arena, err);
        cli_progress("statements", i + 1, batch->count);
    }
    return status;
}

enum { INDEX_COLUMNS = 13 };
static const struct tl_column index_columns[INDEX_COLUMNS] = {
    {"code", "Code", TL_COLUMN_CODE},
    {"name", "Name", TL_COLUMN_TEXT},
    {"number", "Number", TL_COLUMN_CODE},
    {"version", "Version", TL_COLUMN_INTEGER},
    {"issued", "Issued", TL_COLUMN_DATE},
    {"file", "File", TL_COLUMN_TEXT},
    {"opening", "Opening", TL_COLUMN_MONEY},
    {"payments", "Payments", TL_COLUMN_MONEY},
    {"closing", "Closing", TL_COLUMN_MONEY},
    {"lines", "Lines", TL_COLUMN_INTEGER},
    {"control_total", "Control total", TL_COLUMN_MONEY},
    {"control_sum", "Control sum", TL_COLUMN_CODE},
    {"sha256", "SHA-256", TL_COLUMN_CODE},
};
static const char *const index_titles[INDEX_COLUMNS] = {
    "Kode",      "Navn",        "Nummer", "Version",      "Udstedt",    "Fil",    "Primosaldo",
    "Indbetalt", "Ultimosaldo", "Linjer", "Kontroltotal", "Kontrolsum", "SHA-256"};

static tl_status add_to_index(struct tl_table *table, const struct tl_issued_account *account, struct tl_err *err)
{
    const struct tl_document *document = &account->issued.document;
    char control[TL_DIGEST_HEX_SIZE], sha256[TL_DIGEST_HEX_SIZE];
    const struct tl_cell cells[INDEX_COLUMNS] = {
        tl_cell_code(account->code),
        tl_cell_text(account->name),
        tl_cell_code(document->number),
        tl_cell_integer(document->version),
        tl_cell_date(document->issued_on),
        tl_cell_text(document->file_name),
        tl_cell_money(account->opening),
        tl_cell_money(account->payments),
        tl_cell_money(account->closing),
        tl_cell_integer((int64_t)account->line_count),
        tl_cell_money(account->charges),
        tl_cell_code(tl_digest_hex(&account->control, control)),
        tl_cell_code(tl_digest_hex(&document->sha256, sha256)),
    };
    return tl_table_add(table, cells, err);
}

/* index-2026.csv; of products and of printed ones apart. */
static const char *index_name(const struct batch *batch, struct cli *cli, const char *suffix)
{
    const char *period = tl_statement_period_code(batch->account.request.period, &cli->arena);
    return period == NULL
               ? NULL
               : tl_arena_format(&cli->arena, "index-%s%s%s.%s", period, batch->is_of_products ? "-products" : "",
                                 batch->account.is_pdf ? "-pdf" : "", suffix);
}

static tl_status write_index_file(const struct batch *batch, struct cli *cli, const char *folder, const char *suffix,
                                  const struct tl_buf *bytes, struct tl_err *err)
{
    const char *name = index_name(batch, cli, suffix);
    tl_status status =
        name == NULL ? tl_err_memory(err) : tl_file_write(folder, name, bytes->bytes, bytes->length, err);
    if (status == TL_OK)
        tl_buf_format(&cli->out, "%s/%s\n", folder, name);
    return status;
}

/* The latest day on which any of the batch was issued, so that the same batch gives the same index. */
static struct tl_date last_issued(const struct batch *batch)
{
    struct tl_date last = {0};
    for (size_t i = 0; i < batch->count; i++)
        if (tl_date_compare(batch->issued[i].issued.document.issued_on, last) > 0)
            last = batch->issued[i].issued.document.issued_on;
    return last;
}

static tl_status write_index(const struct batch *batch, struct cli *cli, const char *folder, struct tl_err *err)
{
    struct tl_table table = TL_TABLE_EMPTY;
    struct tl_buf csv = TL_BUF_EMPTY, xlsx = TL_BUF_EMPTY;
    struct tl_party owner;
    const struct tl_period period = batch->account.request.period;
    char first[TL_DATE_TEXT_SIZE], last[TL_DATE_TEXT_SIZE];
    tl_status status = tl_table_init(&table, index_columns, INDEX_COLUMNS, err);
    for (size_t i = 0; status == TL_OK && i < batch->count; i++)
        status = add_to_index(&table, &batch->issued[i], err);
    if (status == TL_OK)
        status = tl_table_print(&csv, &table, TL_TABLE_CSV, err);
    if (status == TL_OK)
        status = tl_party_find(&owner, cli->store, tl_store_owner(cli->store), period.last, &cli->arena, err);
    const char *subtitle =
        tl_arena_format(&cli->arena, "%s – %s", tl_date_da(period.first, first), tl_date_da(period.last, last));
    if (status == TL_OK && subtitle == NULL)
        status = tl_err_memory(err);
    if (status == TL_OK) {
        const struct tl_table_xlsx page = {.table = &table,
                                           .title = batch->is_of_products ? "Produktkonti" : "Kontoudtog",
                                           .subtitle = subtitle,
                                           .sheet = "Indeks",
                                           .name = "Indeks",
                                           .author = owner.official_name,
                                           .titles = index_titles,
                                           .created = last_issued(batch)};
        status = tl_table_xlsx(&xlsx, &page, err);
    }
    if (status == TL_OK)
        status = write_index_file(batch, cli, folder, "csv", &csv, err);
    if (status == TL_OK)
        status = write_index_file(batch, cli, folder, "xlsx", &xlsx, err);
    tl_buf_release(&xlsx);
    tl_buf_release(&csv);
    tl_table_release(&table);
    return status;
}

/* Writes one file, unless it is there as it was issued. */
static tl_status write_file(struct cli *cli, const char *folder, const struct tl_issued *issued, size_t *unchanged,
                            struct tl_err *err)
{
    struct tl_arena arena = TL_ARENA_EMPTY;
    const struct tl_document *document = &issued->document;
    const char *bytes, *path = tl_arena_format(&arena, "%s/%s", folder, document->file_name);
    char date[TL_DATE_TEXT_SIZE];
    tl_status status = path == NULL ? tl_err_memory(err) : tl_document_read(&bytes, cli->store, document, &arena, err);
    bool is_there = status == TL_OK && tl_file_holds(path, bytes, document->size);
    if (status == TL_OK && !is_there)
        status = tl_file_write(folder, document->file_name, bytes, document->size, err);
    if (status != TL_OK)
        tl_err_hint(err, "the document is issued; when the cause is removed, the same command gives the file");
    else if (issued->is_copy)
        tl_buf_format(&cli->out, "%s (kopi: issued %s%s)\n", path, tl_date_iso(document->issued_on, date),
                      is_there ? ", unchanged" : "");
    else
        tl_buf_format(&cli->out, "%s\n", path);
    *unchanged += is_there ? 1 : 0;
    tl_arena_release(&arena);
    return status;
}

static tl_status write_all(const struct batch *batch, struct cli *cli, const char *folder, struct tl_err *err)
{
    size_t unchanged = 0;
    tl_status status = TL_OK;
    for (size_t i = 0; status == TL_OK && i < batch->count; i++) {
        status = write_file(cli, folder, &batch->issued[i].issued, &unchanged, err);
        cli_progress("written", i + 1, batch->count);
    }
    if (status == TL_OK && batch->is_whole)
        status = write_index(batch, cli, folder, err);
    if (status == TL_OK && batch->is_whole && unchanged > 0)
        cli_note("%zu of %zu files were there already as they were issued, and are left alone", unchanged,
                 batch->count);
    return status;
}

static tl_status check_places(const struct batch *batch, struct cli *cli, const char **folder, struct tl_err *err)
{
    const char *csv = index_name(batch, cli, "csv"), *xlsx = index_name(batch, cli, "xlsx");
    tl_status status = csv == NULL || xlsx == NULL ? tl_err_memory(err) : cli_output_folder(folder, cli, err);
    for (size_t i = 0; status == TL_OK && i < batch->count; i++)
        status = tl_file_check_place(*folder, batch->issued[i].issued.document.file_name, err);
    if (status == TL_OK && batch->is_whole)
        status = tl_file_check_place(*folder, csv, err);
    return status == TL_OK && batch->is_whole ? tl_file_check_place(*folder, xlsx, err) : status;
}

static tl_status statement(struct cli *cli, struct tl_err *err)
{
    struct batch batch = {.issuer = {.store = cli->store, .today = tl_moment_date(cli->act.now)}};
    const char *folder;
    tl_status status = read_request(&batch.account.request, cli, err);
    if (status == TL_OK)
        status = find_wanted(&batch, cli, err);
    if (status == TL_OK)
        status = prepare_form(&batch, cli, err);
    if (status == TL_OK)
        status = tl_account_reader_open(&batch.account.reader, cli->store, err);
    if (status == TL_OK)
        status = cli_begin(cli, err);
    if (status == TL_OK)
        status = issue_all(&batch, cli, err);
    if (status == TL_OK)
        status = check_places(&batch, cli, &folder, err);
    if (status == TL_OK)
        status = cli_commit(cli, err);
    tl_account_reader_close(batch.account.reader);
    tl_pdf_fonts_close(batch.issuer.fonts);
    return status == TL_OK ? write_all(&batch, cli, folder, err) : status;
}

static const struct cli_option statement_options[] = {
    {"--all", NULL, NULL, false, "for all parties with anything on their account"},
    {"--product", NULL, "CODE,...", true, "the account of a product with all its members, or of `all` products"},
    {"--date", NULL, "DATE", false, "end the period on that day, with ages as of it"},
    CLI_OPTION_KNOWN,
    {"--pdf", NULL, NULL, false, "print it, instead of a workbook"},
    CLI_OPTION_LANGUAGE,
    CLI_OPTION_TEMPLATES,
    CLI_OPTION_OUTPUT,
    CLI_OPTIONS_END,
};

const struct cli_command cli_statement_commands[] = {
    {"statement", "PERIOD [PARTY,...]", "issue statements of account as XLSX or PDF",
     "Issues the statement of one party, several, or --all; or of products. The period is 2026, 2026-H1, 2026-Q3,\n"
     "2026-03, or 2026-03-01..2026-09-30. A statement to which nothing was added is given again as it was. With --all\n"
     "an index of the files is written beside them. Whoever gets the workbook can check it: tilslut check FILE.",
     1, 2, CLI_RECORDS, statement_options, statement},
    {0},
};
