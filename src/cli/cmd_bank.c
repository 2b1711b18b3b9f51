/* SPDX-License-Identifier: MPL-2.0 */
/*
 * The commands about the bank: how it writes its files, what they say, and what becomes of each line.
 */
#include <inttypes.h>

#include "cli.h"
#include "tilslut/agreement/bank_book.h"
#include "tilslut/agreement/bank_compare.h"
#include "tilslut/agreement/bank_match.h"
#include "tilslut/store/file.h"

static tl_status add_profile(struct cli *cli, struct tl_err *err)
{
    struct tl_buf bytes = TL_BUF_EMPTY;
    tl_recorded recorded = TL_RECORDED_SAME;
    const char *name = "";
    int64_t version = 0;
    tl_status status = tl_file_read(&bytes, cli->args.positional[0], err);
    if (status == TL_OK)
        status = cli_begin(cli, err);
    if (status == TL_OK) {
        struct tl_source source = {cli->args.positional[0], tl_buf_string(&bytes), bytes.length};
        status = tl_bank_book_add_profile(&recorded, &name, &version, cli->store, &source, &cli->arena, err);
    }
    if (status == TL_OK)
        status = cli_commit(cli, err);
    if (status == TL_OK)
        tl_buf_format(&cli->out, "profile %s, version %" PRId64 "%s\n", name, version,
                      recorded == TL_RECORDED_SAME ? ", as recorded before" : "");
    tl_buf_release(&bytes);
    return status;
}

static tl_status list_profiles(struct cli *cli, struct tl_err *err)
{
    static const struct tl_column columns[] = {
        {"profile", "Profile", TL_COLUMN_CODE},
        {"version", "Version", TL_COLUMN_INTEGER},
        {"recorded_at", "Recorded", TL_COLUMN_CODE},
        {"actor", "By", TL_COLUMN_TEXT},
    };
    struct tl_table table = TL_TABLE_EMPTY;
    struct tl_bank_profile_version *profiles = NULL;
    size_t count = 0;
    tl_status status = tl_table_init(&table, columns, sizeof columns / sizeof columns[0], err);
    if (status == TL_OK)
        status = tl_bank_book_profiles(&profiles, &count, cli->store, &cli->arena, err);
    for (size_t i = 0; status == TL_OK && i < count; i++) {
        struct tl_cell cells[] = {tl_cell_code(profiles[i].name), tl_cell_integer(profiles[i].version),
                                  tl_cell_code(profiles[i].recorded_at), tl_cell_text(profiles[i].actor)};
        status = tl_table_add(&table, cells, err);
    }
    if (status == TL_OK)
        status = cli_print_table(cli, &table, err);
    tl_table_release(&table);
    return status;
}

static void say_imported(struct cli *cli, const struct tl_bank_imported *imported, size_t posted)
{
    if (imported->statements == 0) {
        tl_buf_text(&cli->out, "recorded before; nothing was changed\n");
        return;
    }
    size_t left = imported->lines - posted;
    tl_buf_format(&cli->out, "%zu %s with %zu %s: %zu posted by reference, %zu to be matched\n", imported->statements,
                  cli_plural(imported->statements, "statement", "statements"), imported->lines,
                  cli_plural(imported->lines, "line", "lines"), posted, left);
    if (imported->already > 0)
        tl_buf_format(&cli->out, "%zu recorded before\n", imported->already);
    if (imported->pending > 0)
        tl_buf_format(&cli->out, "%zu not booked by the bank yet, and left out\n", imported->pending);
    if (left > 0)
        tl_buf_text(&cli->out, "tilslut list unmatched shows them with what is proposed\n");
}

static tl_status import_bank(struct cli *cli, struct tl_err *err)
{
    struct tl_buf bytes = TL_BUF_EMPTY;
    struct tl_bank_imported imported = {0};
    size_t posted = 0;
    tl_status status = tl_file_read(&bytes, cli->args.positional[0], err);
    if (status == TL_OK)
        status = cli_begin(cli, err);
    if (status == TL_OK) {
        struct tl_source source = {cli->args.positional[0], tl_buf_string(&bytes), bytes.length};
        status = tl_bank_book_import(&imported, cli->store, &source, cli_args_value(&cli->args, "--profile"), err);
    }
    if (status == TL_OK)
        status = tl_bank_match_known(&posted, cli->store, err);
    if (status == TL_OK)
        status = cli_commit(cli, err);
    if (status == TL_OK)
        say_imported(cli, &imported, posted);
    tl_buf_release(&bytes);
    return status;
}

static tl_status list_bank(struct cli *cli, struct tl_err *err)
{
    static const struct tl_column columns[] = {
        {"statement", "Statement", TL_COLUMN_CODE},
        {"file", "File", TL_COLUMN_TEXT},
        {"from", "From", TL_COLUMN_DATE},
        {"to", "To", TL_COLUMN_DATE},
        {"lines", "Lines", TL_COLUMN_INTEGER},
        {"opening", "Opening", TL_COLUMN_MONEY},
        {"closing", "Closing", TL_COLUMN_MONEY},
        {"ledger", "Ledger", TL_COLUMN_MONEY},
        {"not_seen", "+ not seen", TL_COLUMN_MONEY},
        {"unused", "- unmatched", TL_COLUMN_MONEY},
        {"moved", "+ other day", TL_COLUMN_MONEY},
        {"before", "- before", TL_COLUMN_MONEY},
    };
    struct tl_table table = TL_TABLE_EMPTY;
    struct tl_bank_compared *statements = NULL;
    size_t count = 0;
    tl_status status = tl_table_init(&table, columns, sizeof columns / sizeof columns[0], err);
    if (status == TL_OK)
        status = tl_bank_compare_read(&statements, &count, cli->store, &cli->arena, err);
    for (size_t i = 0; status == TL_OK && i < count; i++) {
        const struct tl_bank_compared *statement = &statements[i];
        bool has = statement->has_balances;
        struct tl_cell cells[] = {tl_cell_code(statement->identity),
                                  tl_cell_text(statement->file_name),
                                  tl_cell_date(statement->first),
                                  tl_cell_date(statement->last),
                                  tl_cell_integer((int64_t)statement->line_count),
                                  has ? tl_cell_money(statement->opening) : tl_cell_missing(),
                                  has ? tl_cell_money(statement->closing) : tl_cell_missing(),
                                  tl_cell_money(statement->ledger),
                                  tl_cell_money(statement->not_seen),
                                  tl_cell_money(statement->unused),
                                  tl_cell_money(statement->moved),
                                  has ? tl_cell_money(statement->before) : tl_cell_missing()};
        status = tl_table_add(&table, cells, err);
    }
    if (status == TL_OK)
        status = cli_print_table(cli, &table, err);
    tl_table_release(&table);
    return status;
}

static struct tl_cell text_cell(const char *text)
{
    return text[0] == '\0' ? tl_cell_missing() : tl_cell_text(text);
}

static tl_status list_unmatched(struct cli *cli, struct tl_err *err)
{
    static const struct tl_column columns[] = {
        {"line", "Line", TL_COLUMN_INTEGER},   {"date", "Date", TL_COLUMN_DATE},
        {"amount", "Amount", TL_COLUMN_MONEY}, {"payer", "Payer", TL_COLUMN_TEXT},
        {"text", "Text", TL_COLUMN_TEXT},      {"reference", "Reference", TL_COLUMN_TEXT},
        {"file", "File", TL_COLUMN_TEXT},      {"proposed", "Proposed", TL_COLUMN_CODE},
        {"charge", "Charge", TL_COLUMN_CODE},  {"entry", "Entry", TL_COLUMN_INTEGER},
        {"why", "Why", TL_COLUMN_TEXT},
    };
    struct tl_table table = TL_TABLE_EMPTY;
    struct tl_bank_proposal *proposals = NULL;
    size_t count = 0;
    tl_status status = tl_table_init(&table, columns, sizeof columns / sizeof columns[0], err);
    if (status == TL_OK)
        status = tl_bank_match_list(&proposals, &count, cli->store, &cli->arena, err);
    for (size_t i = 0; status == TL_OK && i < count; i++) {
        const struct tl_bank_proposal *proposal = &proposals[i];
        struct tl_cell cells[] = {tl_cell_integer(proposal->line),
                                  tl_cell_date(proposal->booked_on),
                                  tl_cell_money(proposal->amount),
                                  text_cell(proposal->payer),
                                  text_cell(proposal->text),
                                  text_cell(proposal->reference),
                                  text_cell(proposal->file_name),
                                  tl_cell_code(proposal->party),
                                  tl_cell_code(proposal->of_charge[0] == '\0' ? NULL : proposal->of_charge),
                                  proposal->entry == 0 ? tl_cell_missing() : tl_cell_integer(proposal->entry),
                                  text_cell(proposal->why)};
        status = tl_table_add(&table, cells, err);
    }
    if (status == TL_OK)
        status = cli_print_table(cli, &table, err);
    tl_table_release(&table);
    return status;
}

static tl_status read_line(int64_t *out, const struct cli *cli, struct tl_err *err)
{
    return cli_number(out, cli->args.positional[0], "the number of a line", err);
}

/* With a party, an entry that was recorded by hand, or a cost. */
static tl_status match(struct cli *cli, struct tl_err *err)
{
    const char *reference = cli_args_value(&cli->args, "--reference");
    const char *entry_text = cli_args_value(&cli->args, "--entry"), *cost_text = cli_args_value(&cli->args, "--cost");
    bool has_party = cli->args.positional_count == 2;
    int64_t line = 0, entry = 0, cost = 0;
    tl_status status = read_line(&line, cli, err);
    if (status == TL_OK &&
        (has_party + (entry_text != NULL) + (cost_text != NULL) != 1 || (reference != NULL && !has_party))) {
        status = tl_err_set(err, TL_ERR_USAGE,
                            "name the party that paid, the --entry that was recorded by hand, or the --cost it pays");
        tl_err_hint(err,
                    "for example: tilslut match %" PRId64 " 0751, or: tilslut match %" PRId64
                    " --entry 6, or: tilslut match %" PRId64 " --cost 3",
                    line, line, line);
    }
    if (status == TL_OK && entry_text != NULL)
        status = cli_number(&entry, entry_text, "the number of an entry", err);
    if (status == TL_OK && cost_text != NULL)
        status = cli_number(&cost, cost_text, "the number of a cost", err);
    if (status == TL_OK)
        status = cli_begin(cli, err);
    if (status == TL_OK)
        status = has_party            ? tl_bank_match_party(&entry, cli->store, line, cli->args.positional[1],
                                                 reference == NULL ? "" : reference, err)
                 : entry_text != NULL ? tl_bank_match_entry(cli->store, line, entry, err)
                                      : tl_bank_match_cost(&entry, cli->store, line, cost, err);
    if (status == TL_OK)
        status = cli_commit(cli, err);
    if (status == TL_OK)
        tl_buf_format(&cli->out, "line %" PRId64 " is entry %" PRId64 "\n", line, entry);
    return status;
}

static tl_status set_aside(struct cli *cli, struct tl_err *err)
{
    const char *account = cli_args_value(&cli->args, "--account"), *reason = cli_args_value(&cli->args, "--reason");
    int64_t line = 0, entry = 0;
    tl_status status = read_line(&line, cli, err);
    if (status == TL_OK && (account == NULL || reason == NULL)) {
        status = tl_err_set(err, TL_ERR_USAGE, "a line is set aside with --account and --reason");
        tl_err_hint(err, "for example: tilslut set aside %" PRId64 " --account 00007 --reason 'bankens gebyr, januar'",
                    line);
    }
    if (status == TL_OK)
        status = cli_begin(cli, err);
    if (status == TL_OK)
        status = tl_bank_match_aside(&entry, cli->store, line, account, reason, err);
    if (status == TL_OK)
        status = cli_commit(cli, err);
    if (status == TL_OK)
        tl_buf_format(&cli->out, "line %" PRId64 " is entry %" PRId64 "\n", line, entry);
    return status;
}

static const struct cli_option import_bank_options[] = {
    {"--profile", NULL, "NAME", false, "how the bank writes a table (CSV); camt.053 needs none"},
    CLI_OPTIONS_END,
};
static const struct cli_option match_options[] = {
    {"--reference", NULL, "TEXT", false, "the charge it pays (default: what falls due first)"},
    {"--entry", NULL, "ENTRY", false, "the payment that was recorded by hand before"},
    {"--cost", NULL, "COST", false, "the approved cost that it pays"},
    CLI_OPTIONS_END,
};
static const struct cli_option set_aside_options[] = {
    {"--account", NULL, "CODE", false, "the account it belongs to, such as 00007"},
    {"--reason", NULL, "TEXT", false, "what it is"},
    CLI_OPTIONS_END,
};

const struct cli_command cli_bank_commands[] = {
    {"bank profile", "FILE", "record how a bank writes its tables",
     "Records a profile: how a bank writes a table (CSV). Another content under the same name is a new version.\n\n"
     "  profile: vores-bank\n"
     "  account: 0040 0440116243      # that the files are of\n"
     "  encoding: ISO 8859-1          # or UTF-8\n"
     "  separator: \";\"                # or \",\"\n"
     "  decimal: \",\"                  # or \".\"\n"
     "  thousands: \".\"                # \".\" \",\" or \" \"; leave it out where the bank writes none\n"
     "  date: DD-MM-YYYY              # or DD.MM.YYYY, DD/MM/YYYY, YYYY-MM-DD\n"
     "  order: newest first           # or oldest first\n"
     "  columns:                      # the titles in the file\n"
     "    date: Dato\n"
     "    amount: Beløb\n"
     "    text: Tekst\n"
     "    balance: Saldo              # and where there are: reference, payer, payer account, currency",
     1, 1, CLI_RECORDS, cli_no_options, add_profile},
    {"list profiles", "", "list how banks write their tables", "Lists the profiles of banks with their versions.", 0, 0,
     CLI_READS, cli_form_options, list_profiles},
    {"import bank", "FILE", "record a statement of the bank",
     "Records the statements of a file: ISO 20022 camt.053 (versions 001.02 and 001.08), or a table read by a "
     "profile.\n"
     "Lines whose payment reference says what they pay are posted; the others wait to be matched. Importing a file\n"
     "twice changes nothing.",
     1, 1, CLI_RECORDS, import_bank_options, import_bank},
    {"list unmatched", "", "list the bank's lines that wait to be matched",
     "Lists the lines of the bank that are no entry yet, each with whose it may be and why.", 0, 0, CLI_READS,
     cli_form_options, list_unmatched},
    {"list bank", "", "list the bank's statements beside the ledger",
     "Lists the statements of the bank, each with the ledger's settlement account on its last day and what explains\n"
     "the difference: ledger - closing = entries that the bank has not seen - lines that are not matched + entries\n"
     "of another day than their line - what the bank had before its first line.",
     0, 0, CLI_READS, cli_form_options, list_bank},
    {"match", "LINE [PARTY]", "say whose a line of the bank is",
     "Posts a line of the bank as a payment of the party or of a cost, or says that it is an entry recorded by hand\n"
     "before. What a member pays too much stays on its account; what it pays too little stays open.",
     1, 2, CLI_RECORDS, match_options, match},
    {"set aside", "LINE", "post a line of the bank that is no member's",
     "Posts a line of the bank, such as its fee, to an account of the chart.", 1, 1, CLI_RECORDS, set_aside_options,
     set_aside},
    {0},
};
