/* SPDX-License-Identifier: MPL-2.0 */
/*
 * The commands that issue documents: agreements and statements. That they can be written is found out first; then the
 * register is written, in one transaction; the files are then copies of what is registered, so that one that could not
 * be written after all, since the disk is full, can be had again.
 */
#include <string.h>

#include "cli.h"
#include "tilslut/agreement/account_statement.h"
#include "tilslut/agreement/party.h"
#include "tilslut/agreement/product.h"
#include "tilslut/base/embedded.h"
#include "tilslut/report/budget_xlsx.h"
#include "tilslut/report/issuer.h"
#include "tilslut/store/file.h"

#define AGREEMENT_TEMPLATE "agreement.da.md"
#define PRICELIST_TEMPLATE "pricelist.da.md"

/* The folder to write to, made when everything that goes there is ready and before it is registered; "" is the root, so
 * that a name can always follow after a slash. */
static tl_status output_folder(const char **out, struct cli *cli, struct tl_err *err)
{
    const char *folder = cli_args_value(&cli->args, "--output");
    if (folder == NULL)
        folder = ".";
    size_t length = strlen(folder);
    while (length > 0 && folder[length - 1] == '/')
        length--;
    *out = tl_arena_copy(&cli->arena, folder, length);
    return *out == NULL ? tl_err_memory(err) : tl_file_make_folder(folder, err);
}

/* The folder, with room for every document. */
static tl_status prepare_folder(const char **out, struct cli *cli, const struct tl_issued *issued, size_t count,
                                struct tl_err *err)
{
    tl_status status = output_folder(out, cli, err);
    for (size_t i = 0; status == TL_OK && i < count; i++)
        status = tl_file_check_place(*out, issued[i].document.file_name, err);
    return status;
}

static tl_status write_document(struct cli *cli, const char *folder, const struct tl_issued *issued, struct tl_err *err)
{
    struct tl_arena arena = TL_ARENA_EMPTY;
    const struct tl_document *document = &issued->document;
    const char *bytes;
    char date[TL_DATE_TEXT_SIZE];
    tl_status status = tl_document_read(&bytes, cli->store, document, &arena, err);
    if (status == TL_OK)
        status = tl_file_write(folder, document->file_name, bytes, document->size, err);
    if (status != TL_OK)
        tl_err_hint(err, "the document is issued; when the cause is removed, the same command gives the file");
    if (status == TL_OK && issued->is_copy)
        tl_buf_format(&cli->out, "%s/%s (kopi: issued %s)\n", folder, document->file_name,
                      tl_date_iso(document->issued_on, date));
    else if (status == TL_OK)
        tl_buf_format(&cli->out, "%s/%s\n", folder, document->file_name);
    tl_arena_release(&arena);
    return status;
}

static tl_status write_documents(struct cli *cli, const char *folder, const struct tl_issued *issued, size_t count,
                                 struct tl_err *err)
{
    size_t outdated = 0;
    tl_status status = TL_OK;
    for (size_t i = 0; status == TL_OK && i < count; i++) {
        status = write_document(cli, folder, &issued[i], err);
        outdated += issued[i].is_outdated ? 1 : 0;
        cli_progress("written", i + 1, count);
    }
    if (status == TL_OK && outdated > 0)
        cli_note("%zu of %zu would say something else if they were written today; --revise issues new versions",
                 outdated, count);
    return status;
}

static tl_status read_template(const char **text, const char **name, const char *file, struct cli *cli,
                               struct tl_err *err)
{
    const char *folder = cli_args_value(&cli->args, "--templates");
    struct tl_buf bytes = TL_BUF_EMPTY;
    if (folder == NULL) {
        *name = tl_arena_format(&cli->arena, "reports/%s", file);
        if (*name == NULL)
            return tl_err_memory(err);
        *text = tl_embedded_find(*name)->content;
        return TL_OK;
    }
    *name = tl_arena_format(&cli->arena, "%s/%s", folder, file);
    tl_status status = *name == NULL ? tl_err_memory(err) : tl_file_read(&bytes, *name, err);
    if (status != TL_OK)
        tl_err_hint(err, "--templates names a folder that holds " AGREEMENT_TEMPLATE);
    if (status == TL_OK && memchr(tl_buf_string(&bytes), '\0', bytes.length) != NULL)
        status = tl_err_set(err, TL_ERR_INPUT, "'%s' is not a text", *name);
    if (status == TL_OK && strspn(tl_buf_string(&bytes), " \t\r\n") == bytes.length)
        status = tl_err_set(err, TL_ERR_INPUT, "'%s' is empty", *name);
    if (status == TL_OK) {
        *text = tl_arena_text(&cli->arena, tl_buf_string(&bytes));
        status = *text == NULL ? tl_err_memory(err) : TL_OK;
    }
    tl_buf_release(&bytes);
    return status;
}

/* Whose agreements are wanted, with the year that each is to show. */
struct wanted {
    const char **codes;
    int *years;
    size_t count;
};

static tl_status want_all(struct wanted *wanted, struct cli *cli, const struct tl_roster *roster, struct tl_err *err)
{
    wanted->count = roster->count;
    wanted->codes = tl_arena_alloc(&cli->arena, roster->count, sizeof *wanted->codes);
    if (wanted->codes == NULL)
        return tl_err_memory(err);
    for (size_t i = 0; i < roster->count; i++)
        if ((wanted->codes[i] = tl_arena_text(&cli->arena, roster->members[i].code)) == NULL)
            return tl_err_memory(err);
    if (roster->count > 0)
        return TL_OK;
    (void)tl_err_set(err, TL_ERR_MISSING, "nobody has joined '%s'", cli->args.positional[0]);
    tl_err_hint(err, "tilslut join %s MEMBER --signed DATE --from DATE records a membership", cli->args.positional[0]);
    return TL_ERR_MISSING;
}

static tl_status find_years(struct wanted *wanted, struct cli *cli, const struct tl_roster *roster, struct tl_err *err)
{
    const char *text = cli_args_value(&cli->args, "--year");
    int year = 0;
    tl_status status = text == NULL ? TL_OK : cli_year(&year, text, err);
    wanted->years = tl_arena_alloc(&cli->arena, wanted->count, sizeof *wanted->years);
    if (status == TL_OK && wanted->years == NULL)
        return tl_err_memory(err);
    for (size_t i = 0; status == TL_OK && i < wanted->count; i++) {
        const struct tl_member *member = tl_roster_find(roster, wanted->codes[i]);
        if (member == NULL) {
            status = tl_err_set(err, TL_ERR_NOT_FOUND, "'%.60s' has not joined '%s'", wanted->codes[i],
                                cli->args.positional[0]);
            tl_err_hint(err, "tilslut list members %s shows who has", cli->args.positional[0]);
        } else
            wanted->years[i] = text == NULL ? tl_date_year(member->first) : year;
    }
    return status;
}

static tl_status find_wanted(struct wanted *wanted, struct cli *cli, struct tl_err *err)
{
    struct tl_roster roster = TL_ROSTER_EMPTY;
    struct tl_product product;
    bool all = cli_args_value(&cli->args, "--all") != NULL;
    tl_status status = TL_OK;
    if (all == (cli->args.positional_count == 2)) {
        status = tl_err_set(err, TL_ERR_USAGE, "name the members, or say --all");
        tl_err_hint(err, "for example: tilslut agreement %s --all -o out", cli->args.positional[0]);
    }
    if (status == TL_OK)
        status = tl_product_find(&product, cli->store, cli->args.positional[0], &cli->arena, err);
    if (status == TL_OK)
        status = tl_roster_read(&roster, cli->store, cli->args.positional[0], tl_moment_date(cli->act.now), err);
    if (status == TL_OK)
        status = all ? want_all(wanted, cli, &roster, err)
                     : cli_list(&wanted->codes, &wanted->count, cli, cli->args.positional[1], err);
    if (status == TL_OK)
        status = find_years(wanted, cli, &roster, err);
    tl_roster_release(&roster);
    return status;
}

/* Issues the agreements; a year is computed once for all members in a row that it serves. */
static tl_status issue_agreements(struct tl_issued *issued, struct cli *cli, const struct tl_issuer *issuer,
                                  const struct wanted *wanted, struct tl_err *err)
{
    struct tl_product_year year = TL_PRODUCT_YEAR_EMPTY;
    bool revise = cli_args_value(&cli->args, "--revise") != NULL;
    tl_status status = TL_OK;
    for (size_t i = 0; status == TL_OK && i < wanted->count; i++) {
        if (year.allocation.year != wanted->years[i]) {
            tl_product_year_release(&year);
            status = tl_product_year_compute(&year, cli->store, cli->args.positional[0], wanted->years[i], 0, err);
        }
        if (status == TL_OK)
            status = tl_issuer_agreement(&issued[i], issuer, &year, wanted->codes[i], revise, &cli->arena, err);
        cli_progress("agreements", i + 1, wanted->count);
    }
    tl_product_year_release(&year);
    return status;
}

static tl_status agreement(struct cli *cli, struct tl_err *err)
{
    struct tl_issuer issuer = {.store = cli->store, .today = tl_moment_date(cli->act.now)};
    struct wanted wanted = {0};
    struct tl_issued *issued = NULL;
    const char *folder;
    tl_status status = find_wanted(&wanted, cli, err);
    if (status == TL_OK)
        status = read_template(&issuer.template_text, &issuer.template_name, AGREEMENT_TEMPLATE, cli, err);
    if (status == TL_OK)
        status = tl_pdf_fonts_open(&issuer.fonts, err);
    if (status == TL_OK) {
        issued = tl_arena_alloc(&cli->arena, wanted.count, sizeof *issued);
        status = issued == NULL ? tl_err_memory(err) : cli_begin(cli, err);
    }
    if (status == TL_OK)
        status = issue_agreements(issued, cli, &issuer, &wanted, err);
    if (status == TL_OK)
        status = prepare_folder(&folder, cli, issued, wanted.count, err);
    if (status == TL_OK)
        status = cli_commit(cli, err);
    if (status == TL_OK)
        status = write_documents(cli, folder, issued, wanted.count, err);
    tl_pdf_fonts_close(issuer.fonts);
    return status;
}

static tl_status statement_parties(const char ***codes, size_t *count, struct cli *cli, int year, struct tl_err *err)
{
    bool all = cli_args_value(&cli->args, "--all") != NULL;
    if (all == (cli->args.positional_count == 2)) {
        (void)tl_err_set(err, TL_ERR_USAGE, "name the parties, or say --all");
        tl_err_hint(err, "for example: tilslut statement %d --all -o out", year);
        return TL_ERR_USAGE;
    }
    if (!all)
        return cli_list(codes, count, cli, cli->args.positional[1], err);
    tl_status status = tl_account_statement_parties(codes, count, cli->store, year, &cli->arena, err);
    if (status == TL_OK && *count == 0) {
        status = tl_err_set(err, TL_ERR_MISSING, "nobody has anything on their account by the end of %d", year);
        tl_err_hint(err, "tilslut bill PRODUCT %d drafts the charges; tilslut approve posts them", year);
    }
    return status;
}

static tl_status statement(struct cli *cli, struct tl_err *err)
{
    struct tl_issuer issuer = {.store = cli->store, .today = tl_moment_date(cli->act.now)};
    struct tl_issued *issued = NULL;
    const char **codes = NULL, *folder;
    size_t count = 0;
    int year = 0;
    tl_status status = cli_year(&year, cli->args.positional[0], err);
    if (status == TL_OK)
        status = statement_parties(&codes, &count, cli, year, err);
    if (status == TL_OK) {
        issued = tl_arena_alloc(&cli->arena, count, sizeof *issued);
        status = issued == NULL ? tl_err_memory(err) : cli_begin(cli, err);
    }
    for (size_t i = 0; status == TL_OK && i < count; i++) {
        status = tl_issuer_statement(&issued[i], &issuer, codes[i], year, &cli->arena, err);
        cli_progress("statements", i + 1, count);
    }
    if (status == TL_OK)
        status = prepare_folder(&folder, cli, issued, count, err);
    if (status == TL_OK)
        status = cli_commit(cli, err);
    return status == TL_OK ? write_documents(cli, folder, issued, count, err) : status;
}

static tl_status pricelist(struct cli *cli, struct tl_err *err)
{
    struct tl_issuer issuer = {.store = cli->store, .today = tl_moment_date(cli->act.now)};
    struct tl_product_year year = TL_PRODUCT_YEAR_EMPTY;
    struct tl_issued issued;
    const char *folder;
    int number = 0;
    tl_status status = cli_year(&number, cli->args.positional[1], err);
    if (status == TL_OK)
        status = tl_product_year_compute(&year, cli->store, cli->args.positional[0], number, 0, err);
    if (status == TL_OK)
        status = read_template(&issuer.template_text, &issuer.template_name, PRICELIST_TEMPLATE, cli, err);
    if (status == TL_OK)
        status = tl_pdf_fonts_open(&issuer.fonts, err);
    if (status == TL_OK)
        status = cli_begin(cli, err);
    if (status == TL_OK)
        status = tl_issuer_pricelist(&issued, &issuer, &year, &cli->arena, err);
    if (status == TL_OK)
        status = output_folder(&folder, cli, err);
    if (status == TL_OK)
        status = cli_commit(cli, err);
    if (status == TL_OK)
        status = write_documents(cli, folder, &issued, 1, err);
    tl_pdf_fonts_close(issuer.fonts);
    tl_product_year_release(&year);
    return status;
}

static tl_status budget(struct cli *cli, struct tl_err *err)
{
    struct tl_product_year year = TL_PRODUCT_YEAR_EMPTY;
    struct tl_party owner;
    struct tl_buf xlsx = TL_BUF_EMPTY;
    const char *folder, *name = NULL;
    int number = 0;
    tl_status status = cli_year(&number, cli->args.positional[1], err);
    if (status == TL_OK)
        status = tl_product_year_compute(&year, cli->store, cli->args.positional[0], number, 0, err);
    if (status == TL_OK)
        status = tl_party_find(&owner, cli->store, tl_store_owner(cli->store), tl_moment_date(cli->act.now),
                               &cli->arena, err);
    if (status == TL_OK) {
        struct tl_budget budget = {&owner, &year.product, &year.allocation, &year.adopted.decision,
                                   tl_moment_date(cli->act.now)};
        status = tl_budget_xlsx(&xlsx, &budget, err);
    }
    if (status == TL_OK) {
        name = tl_arena_format(&cli->arena, "budget-%s-%d.xlsx", year.product.code, number);
        status = name == NULL ? tl_err_memory(err) : output_folder(&folder, cli, err);
    }
    if (status == TL_OK)
        status = tl_file_write(folder, name, xlsx.bytes, xlsx.length, err);
    if (status == TL_OK)
        tl_buf_format(&cli->out, "%s/%s\n", folder, name);
    tl_buf_release(&xlsx);
    tl_product_year_release(&year);
    return status;
}

static const struct cli_option agreement_options[] = {
    {"--all", NULL, NULL, false, "for all members"},
    {"--year", NULL, "YEAR", false, "whose amounts it shows (default: the first year of the membership)"},
    {"--revise", NULL, NULL, false, "issue a new version where the agreement would say something else now"},
    {"--templates", NULL, "DIR", false, "take agreement.da.md from there instead of the program's own"},
    CLI_OPTION_OUTPUT,
    CLI_OPTIONS_END,
};
static const struct cli_option pricelist_options[] = {
    {"--templates", NULL, "DIR", false, "take pricelist.da.md from there instead of the program's own"},
    CLI_OPTION_OUTPUT,
    CLI_OPTIONS_END,
};
static const struct cli_option budget_options[] = {
    CLI_OPTION_OUTPUT,
    CLI_OPTIONS_END,
};
static const struct cli_option statement_options[] = {
    {"--all", NULL, NULL, false, "for all parties with anything on their account"},
    CLI_OPTION_OUTPUT,
    CLI_OPTIONS_END,
};

const struct cli_command cli_issue_commands[] = {
    {"agreement", "PRODUCT [MEMBER,...]", "issue joining agreements as PDF",
     "Issues the joining agreement of one member, several, or --all. What was issued before is given again as it was.",
     1, 2, CLI_RECORDS, agreement_options, agreement},
    {"pricelist", "PRODUCT YEAR", "issue the price list (takstblad) as PDF",
     "Issues the price list of a year: prices and budgets with their rules, VAT, and the decision behind them.", 2, 2,
     CLI_RECORDS, pricelist_options, pricelist},
    {"budget", "PRODUCT YEAR", "write the steering group's workbook as XLSX",
     "Writes a working paper, which is not registered: who pays what, the rule of each line, the working of each "
     "share.\n"
     "Change a budget, a price or a weight in it, and the amounts follow.",
     2, 2, CLI_READS, budget_options, budget},
    {"statement", "YEAR [PARTY,...]", "issue statements of account as XLSX",
     "Issues the statement of one party, several, or --all. A statement to which nothing was added is given again as "
     "it\n"
     "was.",
     1, 2, CLI_RECORDS, statement_options, statement},
    {0},
};
