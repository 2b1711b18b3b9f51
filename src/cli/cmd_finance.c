/* SPDX-License-Identifier: MPL-2.0 */
/*
 * The commands about members' finance systems: how each wants the lines that it books, and those lines.
 */
#include <inttypes.h>
#include <string.h>

#include "cli.h"
#include "output.h"
#include "tilslut/agreement/account_statement.h"
#include "tilslut/agreement/finance_book.h"
#include "tilslut/exchange/finance_sample.h"
#include "tilslut/report/finance_csv.h"
#include "tilslut/store/file.h"

static tl_status add_profile(struct cli *cli, struct tl_err *err)
{
    struct tl_buf bytes = TL_BUF_EMPTY;
    struct tl_finance_kept kept;
    tl_recorded recorded = TL_RECORDED_SAME;
    const char *evidence = cli_args_value(&cli->args, "--evidence");
    tl_status status = tl_file_read(&bytes, cli->args.positional[0], err);
    if (status == TL_OK)
        status = cli_begin(cli, err);
    if (status == TL_OK) {
        struct tl_source source = {cli->args.positional[0], tl_buf_string(&bytes), bytes.length};
        status = tl_finance_book_add(&recorded, &kept, cli->store, &source, evidence == NULL ? "" : evidence,
                                     &cli->arena, err);
    }
    if (status == TL_OK)
        status = cli_commit(cli, err);
    if (status == TL_OK)
        tl_buf_format(&cli->out, "finance profile %s, version %" PRId64 "%s\n", kept.name, kept.version,
                      recorded == TL_RECORDED_SAME ? ", as recorded before" : "");
    tl_buf_release(&bytes);
    return status;
}

static tl_status list_profiles(struct cli *cli, struct tl_err *err)
{
    static const struct tl_column columns[] = {
        {"profile", "Profile", TL_COLUMN_CODE},   {"version", "Version", TL_COLUMN_INTEGER},
        {"evidence", "Evidence", TL_COLUMN_TEXT}, {"recorded_at", "Recorded", TL_COLUMN_CODE},
        {"actor", "By", TL_COLUMN_TEXT},
    };
    struct tl_table table = TL_TABLE_EMPTY;
    struct tl_finance_kept *kept = NULL;
    size_t count = 0;
    tl_status status = tl_table_init(&table, columns, sizeof columns / sizeof columns[0], err);
    if (status == TL_OK)
        status = tl_finance_book_list(&kept, &count, cli->store, &cli->arena, err);
    for (size_t i = 0; status == TL_OK && i < count; i++) {
        struct tl_cell cells[] = {tl_cell_code(kept[i].name), tl_cell_integer(kept[i].version),
                                  tl_cell_text(kept[i].evidence), tl_cell_code(kept[i].recorded_at),
                                  tl_cell_text(kept[i].actor)};
        status = tl_table_add(&table, cells, err);
    }
    if (status == TL_OK)
        status = cli_print_table(cli, &table, err);
    tl_table_release(&table);
    return status;
}

/* A profile of the ledger by its name, or one that is a file. */
static tl_status find_profile(struct tl_finance_profile *out, struct cli *cli, const char *text, struct tl_buf *bytes,
                              struct tl_err *err)
{
    if (tl_text_is_code(text))
        return tl_finance_book_find(out, cli->store, text, &cli->arena, err);
    tl_status status = tl_file_read(bytes, text, err);
    if (status != TL_OK)
        return status;
    struct tl_source source = {text, tl_buf_string(bytes), bytes->length};
    return tl_finance_profile_read(out, &source, &cli->arena, err);
}

static void print_differences(struct cli *cli, const char *file, const struct tl_finance_sample *sample)
{
    for (size_t i = 0; i < sample->difference_count; i++) {
        const struct tl_finance_difference *difference = &sample->differences[i];
        tl_buf_text(&cli->out, file);
        if (difference->line > 0)
            tl_buf_format(&cli->out, ":%zu", difference->line);
        if (difference->column > 0)
            tl_buf_format(&cli->out, ":%zu", difference->column);
        tl_buf_format(&cli->out, ": %s\n", difference->message);
    }
}

static tl_status check_sample(struct cli *cli, struct tl_err *err)
{
    struct tl_buf profile_bytes = TL_BUF_EMPTY, bytes = TL_BUF_EMPTY;
    struct tl_finance_profile profile;
    struct tl_finance_sample sample = {.row_count = 0};
    const char *file = cli->args.positional[1];
    tl_status status = find_profile(&profile, cli, cli->args.positional[0], &profile_bytes, err);
    if (status == TL_OK)
        status = tl_file_read(&bytes, file, err);
    if (status == TL_OK) {
        struct tl_source source = {file, tl_buf_string(&bytes), bytes.length};
        status = tl_finance_sample_check(&sample, &profile, &source, &cli->arena, err);
    }
    if (status == TL_OK && sample.difference_count == 0)
        tl_buf_format(&cli->out, "%s is written as %s says: %zu columns, %zu %s\n", file, profile.name,
                      profile.column_count, sample.row_count, cli_plural(sample.row_count, "row", "rows"));
    print_differences(cli, file, &sample);
    if (status == TL_OK && sample.difference_count > 0) {
        status = tl_err_set(err, TL_ERR_BROKEN, "%s is not written as %s says: %zu %s", file, profile.name,
                            sample.difference_count, cli_plural(sample.difference_count, "difference", "differences"));
        tl_err_hint(err, "change the profile until they agree");
    }
    tl_buf_release(&profile_bytes);
    tl_buf_release(&bytes);
    return status;
}

/* A file to be written: its name is made of codes only. */
struct made {
    const char *name, *unit; /* unit NULL: all of them */
    struct tl_buf bytes;
    size_t rows;
};

struct batch {
    struct made *items;
    size_t count, capacity;
    struct tl_finance_profile profile;
    int year;
};

static tl_status make_file(struct batch *batch, struct cli *cli, const struct tl_statement *statement, const char *unit,
                           struct tl_err *err)
{
    struct made *items = tl_arena_grow(&cli->arena, batch->items, batch->count, &batch->capacity, sizeof *items);
    if (items == NULL)
        return tl_err_memory(err);
    batch->items = items;
    struct made *made = &items[batch->count++];
    const char *party = statement->party->code;
    *made = (struct made){
        .name =
            unit == NULL || unit[0] == '\0'
                ? tl_arena_format(&cli->arena, "FI-%d-%s-%s.csv", batch->year, party, batch->profile.name)
                : tl_arena_format(&cli->arena, "FI-%d-%s-%s-%s.csv", batch->year, party, unit, batch->profile.name)};
    if (made->name == NULL)
        return tl_err_memory(err);
    tl_status status = tl_finance_csv(&made->bytes, &made->rows, &batch->profile, statement, unit, err);
    if (status != TL_OK)
        tl_err_at(err, made->name, 0, 0);
    return status;
}

/* Whether there is a file for the unit, from `first` on. */
static bool is_made(const struct batch *batch, size_t first, const char *unit)
{
    for (size_t i = first; i < batch->count; i++)
        if (batch->items[i].unit == NULL || tl_text_equal(batch->items[i].unit, unit))
            return true;
    return false;
}

static tl_status make_files(struct batch *batch, struct cli *cli, const char *party, struct tl_err *err)
{
    struct tl_statement statement;
    size_t first = batch->count;
    tl_status status = tl_account_statement_read(&statement, cli->store, party, batch->year, &cli->arena, err);
    for (size_t i = 0; status == TL_OK && i < statement.row_count; i++) {
        const struct tl_statement_row *row = &statement.rows[i];
        if (row->kind != TL_ROW_PAYMENT && !is_made(batch, first, row->unit))
            status = make_file(batch, cli, &statement, batch->profile.has_file_per_unit ? row->unit : NULL, err);
    }
    if (status != TL_OK || batch->count > first || cli_args_value(&cli->args, "--all") != NULL)
        return status;
    return tl_err_set(err, TL_ERR_MISSING, "%s was charged nothing in %d", party, batch->year);
}

static tl_status write_files(const struct batch *batch, struct cli *cli, struct tl_err *err)
{
    const char *folder;
    tl_status status = cli_output_folder(&folder, cli, err);
    for (size_t i = 0; status == TL_OK && i < batch->count; i++)
        status = tl_file_check_place(folder, batch->items[i].name, err);
    for (size_t i = 0; status == TL_OK && i < batch->count; i++) {
        const struct made *made = &batch->items[i];
        status = tl_file_write(folder, made->name, made->bytes.bytes, made->bytes.length, err);
        if (status == TL_OK)
            tl_buf_format(&cli->out, "%s/%s (%zu %s)\n", folder, made->name, made->rows,
                          cli_plural(made->rows, "line", "lines"));
    }
    return status;
}

static tl_status find_parties(const char ***codes, size_t *count, struct cli *cli, int year, struct tl_err *err)
{
    bool all = cli_args_value(&cli->args, "--all") != NULL;
    if (all == (cli->args.positional_count == 2)) {
        (void)tl_err_set(err, TL_ERR_USAGE, "name the members, or say --all");
        tl_err_hint(err, "for example: tilslut finance export %d --all --profile NAME -o out", year);
        return TL_ERR_USAGE;
    }
    return all ? tl_account_statement_parties(codes, count, cli->store, tl_date_of(year, 12, 31), &cli->arena, err)
               : cli_list(codes, count, cli, cli->args.positional[1], err);
}

static tl_status export_lines(struct cli *cli, struct tl_err *err)
{
    struct batch batch = {.items = NULL};
    const char **codes = NULL, *profile = cli_args_value(&cli->args, "--profile");
    size_t count = 0;
    tl_status status = cli_year(&batch.year, cli->args.positional[0], err);
    if (status == TL_OK)
        status = find_parties(&codes, &count, cli, batch.year, err);
    if (status == TL_OK && profile == NULL) {
        status = tl_err_set(err, TL_ERR_USAGE, "--profile says how the receiver wants the lines");
        tl_err_hint(err, "tilslut list finance-profiles shows those that are recorded");
    }
    if (status == TL_OK)
        status = tl_finance_book_find(&batch.profile, cli->store, profile, &cli->arena, err);
    for (size_t i = 0; status == TL_OK && i < count; i++)
        status = make_files(&batch, cli, codes[i], err);
    if (status == TL_OK && batch.count == 0)
        status = tl_err_set(err, TL_ERR_MISSING, "nobody was charged anything in %d", batch.year);
    if (status == TL_OK)
        status = write_files(&batch, cli, err);
    for (size_t i = 0; i < batch.count; i++)
        tl_buf_release(&batch.items[i].bytes);
    return status;
}

static const struct cli_option profile_options[] = {
    {"--evidence", NULL, "TEXT", false, "where the layout was agreed with the receiver"},
    CLI_OPTIONS_END,
};
static const struct cli_option export_options[] = {
    {"--all", NULL, NULL, false, "for all who were charged or credited anything in the year"},
    {"--profile", NULL, "NAME", false, "how the receiver wants them"},
    CLI_OPTION_OUTPUT,
    CLI_OPTIONS_END,
};

const struct cli_command cli_finance_commands[] = {
    {"finance profile", "FILE", "record how a finance system wants its lines",
     "Records a profile: columns in their order, encoding, separator, marks, dates, signs, VAT codes, account string. "
     "The\n"
     "ledger keeps every version. examples/finance/ has three to start from, such as:\n\n"
     "    profile: vores-okonomi\n"
     "    encoding: ISO 8859-1        # or UTF-8, UTF-8 with BOM\n"
     "    line end: CRLF              # or LF\n"
     "    separator: \";\"              # or \",\" \"|\" tab\n"
     "    quotes: where needed        # or always, never\n"
     "    header: yes                 # or no\n"
     "    decimal: \",\"                # or \".\"\n"
     "    date: DD-MM-YYYY            # or YYYY-MM-DD, DD.MM.YYYY, DD/MM/YYYY, YYYYMMDD, DDMMYYYY\n"
     "    sign: charge positive       # or charge negative\n"
     "    formulas: apostrophe        # before text that begins with = + - @ or ': or refuse, as written\n"
     "    files: one                  # or one per unit\n"
     "    account string: own         # or needed, or text with {psp}, {account}, {product} and {line}\n"
     "    vat codes: {S: I25, O: I0}  # ours: theirs\n"
     "    columns:\n"
     "      - {title: Beløb, from: gross}\n"
     "      - {title: Type, text: K}\n\n"
     "A column is from: entry, date, kind, invoice, member, unit, cvr, ean, order reference, person reference, "
     "product,\n"
     "product name, psp, account, account string, line, text, period from, period to, net, vat code, vat rate, vat,\n"
     "gross, currency, due, payment reference, creditor cvr.",
     1, 1, CLI_RECORDS, profile_options, add_profile},
    {"finance check", "PROFILE SAMPLE", "hold a receiver's sample file against a profile",
     "Compares a file that the receiver gave with what a profile would write: encoding, line ends, separator, header, "
     "and\n"
     "the form of dates and amounts. PROFILE is the name of one that is recorded, or a file.",
     2, 2, CLI_READS, cli_no_options, check_sample},
    {"finance export", "YEAR [MEMBER,...]", "write what members' finance systems import",
     "Writes a year's charges and credits as CSV in the form of a profile, the same rows as the sheet Import of the\n"
     "statement: one file for each member, or for each of its units where the profile says so. A text that the form "
     "cannot\n"
     "hold is refused with its row and column, and nothing is written.",
     1, 2, CLI_READS, export_options, export_lines},
    {"list finance-profiles", "", "list the finance profiles", "Lists the profiles of finance systems, by version.", 0,
     0, CLI_READS, cli_form_options, list_profiles},
    {0},
};
