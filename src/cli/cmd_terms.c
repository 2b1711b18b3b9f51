/* SPDX-License-Identifier: MPL-2.0 */
#include "cli.h"
#include "tilslut/agreement/product.h"
#include "tilslut/agreement/run.h"
#include "tilslut/agreement/terms_book.h"
#include "tilslut/exchange/terms_yaml.h"
#include "tilslut/store/file.h"

static tl_status terms_check(struct cli *cli, struct tl_err *err)
{
    struct tl_buf bytes = TL_BUF_EMPTY;
    struct tl_terms terms = TL_TERMS_EMPTY;
    char date[TL_DATE_TEXT_SIZE];
    tl_status status = tl_file_read(&bytes, cli->args.positional[0], err);
    if (status == TL_OK) {
        struct tl_source source = {cli->args.positional[0], tl_buf_string(&bytes), bytes.length};
        status = tl_terms_yaml_read(&terms, &source, err);
    }
    if (status == TL_OK)
        status = tl_terms_yaml_check(&terms, cli->args.positional[0], err);
    if (status == TL_OK) {
        tl_buf_format(&cli->out, "%s: terms of %s from %s, %zu %s, ", cli->args.positional[0], terms.product,
                      tl_date_iso(terms.valid_from, date), terms.line_count,
                      cli_plural(terms.line_count, "line", "lines"));
        if (terms.example_count > 0)
            tl_buf_format(&cli->out, "%zu worked %s, ", terms.example_count,
                          cli_plural(terms.example_count, "example", "examples"));
        tl_buf_text(&cli->out, "nothing wrong\n");
    }
    tl_terms_release(&terms);
    tl_buf_release(&bytes);
    return status;
}

/* What terms that begin within a year charge once, they charge in that year. */
static tl_status note_once(struct cli *cli, const struct tl_adopted *adopted, struct tl_err *err)
{
    struct tl_terms terms = TL_TERMS_EMPTY;
    const char *lines = "";
    tl_status status = tl_terms_book_read(&terms, adopted, err);
    for (size_t i = 0; status == TL_OK && i < terms.line_count; i++)
        if (terms.lines[i].kind == TL_LINE_ONE_OFF) {
            lines = tl_arena_format(&cli->arena, "%s%s'%s'", lines, lines[0] == '\0' ? "" : ", ", terms.lines[i].id);
            status = lines == NULL ? tl_err_memory(err) : TL_OK;
        }
    if (status == TL_OK && lines[0] != '\0')
        cli_note("what is charged once and was not before is charged in %d: %s", tl_date_year(adopted->valid_from),
                 lines);
    tl_terms_release(&terms);
    return status;
}

/* Says which year later terms count from, where that does not follow from their first day alone. */
static tl_status note_first_year(struct cli *cli, const struct tl_adopted *adopted, struct tl_err *err)
{
    struct tl_run *runs = NULL;
    size_t count = 0;
    int begins = tl_date_year(adopted->valid_from), billed = 0;
    bool is_new_year = tl_date_compare(adopted->valid_from, tl_period_of_year(begins).first) == 0;
    int year = is_new_year ? begins : begins + 1;
    tl_status status = tl_run_list(&runs, &count, cli->store, &cli->arena, err);
    for (size_t i = 0; status == TL_OK && i < count; i++)
        if (tl_text_equal(runs[i].product, adopted->product) && tl_text_equal(runs[i].state, "approved") &&
            !tl_text_equal(runs[i].kind, "pledges") && runs[i].year > billed)
            billed = runs[i].year;
    if (status == TL_OK && billed >= year)
        cli_note("%d is billed already; version %d counts from %d", billed, adopted->version, billed + 1);
    else if (status == TL_OK && year > begins)
        cli_note("a year is allocated by the terms in force on its first day; version %d counts from %d",
                 adopted->version, year);
    return status == TL_OK && year > begins ? note_once(cli, adopted, err) : status;
}

/* Of the version just adopted, where it follows another one. */
static tl_status note_adopted(struct cli *cli, struct tl_err *err)
{
    struct tl_adopted *versions = NULL;
    size_t count = 0, newest = 0;
    tl_status status = tl_terms_book_list(&versions, &count, cli->store, NULL, &cli->arena, err);
    for (size_t i = 0; status == TL_OK && i < count; i++)
        newest = versions[i].id > versions[newest].id ? i : newest;
    bool is_first = newest == 0 || !tl_text_equal(versions[newest - 1].product, versions[newest].product);
    return status == TL_OK && !is_first ? note_first_year(cli, &versions[newest], err) : status;
}

static tl_status terms_adopt(struct cli *cli, struct tl_err *err)
{
    struct tl_buf bytes = TL_BUF_EMPTY;
    const char *decision = cli_args_value(&cli->args, "--decision");
    int version = 0;
    tl_status status = TL_OK;
    if (decision == NULL) {
        status = tl_err_set(err, TL_ERR_USAGE, "terms are adopted with a decision");
        tl_err_hint(err, "add --decision \"styregruppe 2025-10-12 pkt. 4\"");
    }
    if (status == TL_OK)
        status = tl_file_read(&bytes, cli->args.positional[0], err);
    if (status == TL_OK)
        status = cli_begin(cli, err);
    if (status == TL_OK) {
        struct tl_source source = {cli->args.positional[0], tl_buf_string(&bytes), bytes.length};
        status = tl_terms_book_adopt(&version, cli->store, &source, decision, err);
    }
    if (status == TL_OK)
        status = note_adopted(cli, err);
    if (status == TL_OK)
        status = cli_commit(cli, err);
    if (status == TL_OK)
        tl_buf_format(&cli->out, "adopted %s as version %d\n", cli->args.positional[0], version);
    tl_buf_release(&bytes);
    return status;
}

static tl_status terms_show(struct cli *cli, struct tl_err *err)
{
    const char *product = cli->args.positional[0], *wanted = cli_args_value(&cli->args, "--version");
    struct tl_adopted *versions = NULL;
    struct tl_product known;
    size_t count = 0;
    int64_t version = 0;
    tl_status status = wanted == NULL ? TL_OK : cli_number(&version, wanted, "a version", err);
    if (status == TL_OK)
        status = tl_product_find(&known, cli->store, product, &cli->arena, err);
    if (status == TL_OK)
        status = tl_terms_book_list(&versions, &count, cli->store, product, &cli->arena, err);
    if (status == TL_OK && wanted == NULL)
        version = (int64_t)count;
    for (size_t i = 0; status == TL_OK && i < count; i++)
        if (versions[i].version == version) {
            tl_buf_text(&cli->out, versions[i].content);
            return TL_OK;
        }
    if (status == TL_OK) {
        status = tl_err_set(err, TL_ERR_NOT_FOUND, "no such version of the terms of '%s' is adopted", product);
        tl_err_hint(err, "tilslut list terms shows what is");
    }
    return status;
}

static const struct cli_option terms_adopt_options[] = {
    CLI_OPTION_DECISION("who decided, when, where it is minuted: \"styregruppe 2025-10-12 pkt. 4\""),
    CLI_OPTIONS_END,
};
static const struct cli_option terms_show_options[] = {
    {"--version", NULL, "N", false, "which version (default: the latest)"},
    CLI_OPTIONS_END,
};

const struct cli_command cli_terms_commands[] = {
    {"terms check", "FILE", "read a terms file and say what is wrong in it",
     "Reads a terms file as adopting it would, and records nothing. Errors come as file:line:column.", 1, 1,
     CLI_NO_LEDGER, cli_no_options, terms_check},
    {"terms adopt", "FILE", "adopt terms with their decision",
     "Checks a terms file and keeps it, verbatim, as the product's next version, with the decision that made it.", 1, 1,
     CLI_RECORDS, terms_adopt_options, terms_adopt},
    {"terms show", "PRODUCT", "print adopted terms as they were adopted",
     "Prints a version of the terms, byte for byte.", 1, 1, CLI_READS, terms_show_options, terms_show},
    {0},
};
