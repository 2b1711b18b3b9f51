/* SPDX-License-Identifier: MPL-2.0 */
/*
 * The commands that issue documents: agreements and price lists.
 */
#include "notes.h"
#include "output.h"
#include "tilslut/agreement/party.h"
#include "tilslut/agreement/product.h"

/* Whose agreements are wanted, with the year that each is to show; a translation shows that of the Danish agreement. */
struct wanted {
    const char **codes;
    int *years;
    size_t count;
    bool all, is_english;
};

/* What could be issued, and what not. */
struct outcome {
    struct tl_issued *issued;
    const char **left;  /* codes, `left_count` of them */
    struct tl_err *why; /* of each of them */
    size_t issued_count, left_count;
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

/* The year a member begins in, also of one whose agreement is on its way. */
static tl_status find_first_year(int *year, struct cli *cli, const struct tl_roster *roster, const char *code,
                                 struct tl_err *err)
{
    const char *product = cli->args.positional[0];
    const struct tl_member *member = tl_roster_find(roster, code);
    struct tl_roster drafted = TL_ROSTER_EMPTY;
    tl_status status = TL_OK;
    if (member == NULL) {
        status = tl_roster_read_drafted(&drafted, cli->store, product, tl_moment_date(cli->act.now), code, err);
        member = status == TL_OK ? tl_roster_find(&drafted, code) : NULL;
    }
    if (member != NULL)
        *year = tl_date_year(member->first);
    else if (status == TL_OK) {
        status = tl_err_set(err, TL_ERR_NOT_FOUND, "'%.60s' has not joined '%s'", code, product);
        tl_err_hint(err, "tilslut list members %s shows who has; tilslut draft drafts an agreement", product);
    }
    tl_roster_release(&drafted);
    return status;
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
        status = find_first_year(&wanted->years[i], cli, roster, wanted->codes[i], err);
        if (text != NULL)
            wanted->years[i] = year;
    }
    return status;
}

static tl_status find_language(struct wanted *wanted, struct cli *cli, struct tl_err *err)
{
    tl_status status = cli_language(&wanted->is_english, cli, err);
    if (status != TL_OK || !wanted->is_english || cli_args_value(&cli->args, "--year") == NULL)
        return status;
    (void)tl_err_set(err, TL_ERR_USAGE, "--year does not go with --lang en");
    tl_err_hint(err, "a translation shows the year of the Danish agreement");
    return TL_ERR_USAGE;
}

static tl_status find_wanted(struct wanted *wanted, struct cli *cli, struct tl_err *err)
{
    struct tl_roster roster = TL_ROSTER_EMPTY;
    struct tl_product product;
    bool all = wanted->all = cli_args_value(&cli->args, "--all") != NULL;
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

/* A year is computed once for all members in a row that it serves. */
static tl_status issue_agreement(struct tl_issued *issued, struct cli *cli, const struct tl_issuer *issuer,
                                 struct cli_year *year, const struct wanted *wanted, size_t index, struct tl_err *err)
{
    struct tl_document danish = {0};
    const char *product = cli->args.positional[0], *code = wanted->codes[index];
    int number = wanted->years[index];
    bool revise = cli_args_value(&cli->args, "--revise") != NULL;
    tl_status status = TL_OK;
    if (wanted->is_english) {
        status = tl_issuer_find_agreement(&danish, issuer, product, code, &cli->arena, err);
        number = danish.year;
    }
    if (status == TL_OK)
        status = cli_output_year(year, cli, number, danish.act, code, err);
    if (status == TL_OK)
        status = tl_issuer_agreement(issued, issuer, &year->year, code, wanted->is_english ? &danish : NULL, revise,
                                     &cli->arena, err);
    return status;
}

/* Whether it is about the one agreement, so that the others can do without it. */
static bool is_of_one(tl_status status)
{
    return status == TL_ERR_MISSING || status == TL_ERR_INPUT || status == TL_ERR_INFEASIBLE ||
           status == TL_ERR_NOT_FOUND || status == TL_ERR_STATE || status == TL_ERR_RANGE;
}

/* Issues what can be issued. Of the members that were named, one that cannot be served stops the others; of all, it is
 * left out, unless nobody can be served. */
static tl_status issue_agreements(struct outcome *outcome, struct cli *cli, const struct tl_issuer *issuer,
                                  const struct wanted *wanted, struct tl_err *err)
{
    struct cli_year year = CLI_YEAR_EMPTY;
    tl_status status = TL_OK;
    *outcome = (struct outcome){.issued = tl_arena_alloc(&cli->arena, wanted->count, sizeof *outcome->issued),
                                .left = tl_arena_alloc(&cli->arena, wanted->count, sizeof *outcome->left),
                                .why = tl_arena_alloc(&cli->arena, wanted->count, sizeof *outcome->why)};
    if (outcome->issued == NULL || outcome->left == NULL || outcome->why == NULL)
        return tl_err_memory(err);
    for (size_t i = 0; status == TL_OK && i < wanted->count; i++) {
        struct tl_err why = TL_ERR_NONE;
        status = issue_agreement(&outcome->issued[outcome->issued_count], cli, issuer, &year, wanted, i, &why);
        if (status == TL_OK)
            outcome->issued_count++;
        else if (wanted->all && is_of_one(status)) {
            outcome->left[outcome->left_count] = wanted->codes[i];
            outcome->why[outcome->left_count++] = why;
            status = TL_OK;
        } else
            *err = why;
        cli_progress("agreements", i + 1, wanted->count);
    }
    tl_product_year_release(&year.year);
    if (status == TL_OK && outcome->issued_count == 0)
        *err = outcome->why[0];
    return err->status;
}

/* Says once for each reason who was left out. */
static void note_left(const struct outcome *outcome)
{
    enum { NAMED_MAX = 10 };
    for (size_t i = 0; i < outcome->left_count; i++) {
        struct tl_buf names = TL_BUF_EMPTY;
        const char *message = outcome->why[i].message;
        size_t count = 0, before = 0;
        for (size_t j = 0; j < i; j++)
            before += tl_text_equal(outcome->why[j].message, message) ? 1 : 0;
        for (size_t j = i; before == 0 && j < outcome->left_count; j++)
            if (tl_text_equal(outcome->why[j].message, message) && count++ < NAMED_MAX)
                tl_buf_format(&names, "%s%s", j == i ? "" : ", ", outcome->left[j]);
        if (count > NAMED_MAX)
            tl_buf_format(&names, " and %zu more", count - NAMED_MAX);
        if (before == 0)
            cli_note("not issued to %s: %s", tl_buf_string(&names), message);
        tl_buf_release(&names);
    }
}

static tl_status agreement(struct cli *cli, struct tl_err *err)
{
    struct tl_issuer issuer = {.store = cli->store, .today = tl_moment_date(cli->act.now)};
    struct wanted wanted = {0};
    struct outcome outcome = {0};
    const char *folder;
    tl_status status = find_wanted(&wanted, cli, err);
    if (status == TL_OK)
        status = cli_template(&issuer, cli, "agreement", err);
    if (status == TL_OK)
        status = find_language(&wanted, cli, err);
    if (status == TL_OK)
        status = tl_pdf_fonts_open(&issuer.fonts, err);
    if (status == TL_OK)
        status = cli_begin(cli, err);
    if (status == TL_OK)
        status = issue_agreements(&outcome, cli, &issuer, &wanted, err);
    if (status == TL_OK)
        status = cli_note_governance(cli, cli->args.positional[0], err);
    if (status == TL_OK)
        status = cli_output_prepare(&folder, cli, outcome.issued, outcome.issued_count, err);
    if (status == TL_OK)
        status = cli_commit(cli, err);
    if (status == TL_OK)
        status = cli_output_write(cli, folder, outcome.issued, outcome.issued_count, err);
    tl_pdf_fonts_close(issuer.fonts);
    if (status != TL_OK || outcome.left_count == 0)
        return status;
    note_left(&outcome);
    (void)tl_err_set(err, TL_ERR_PARTLY, "%zu of %zu agreements could not be issued", outcome.left_count, wanted.count);
    tl_err_hint(err, "record what is missing; the same command then issues them");
    return TL_ERR_PARTLY;
}

/* The year's prices, as they were known when the Danish list was issued where that is to be translated. */
static tl_status compute_prices(struct tl_product_year *year, struct cli *cli, int number,
                                const struct tl_document *danish, struct tl_err *err)
{
    int64_t before = tl_store_known(cli->store);
    if (danish->act != 0)
        tl_store_set_known(cli->store, danish->act);
    tl_status status = tl_product_year_compute_prices(year, cli->store, cli->args.positional[0], number, err);
    tl_store_set_known(cli->store, before);
    return status;
}

static tl_status pricelist(struct cli *cli, struct tl_err *err)
{
    struct tl_issuer issuer = {.store = cli->store, .today = tl_moment_date(cli->act.now)};
    struct tl_product_year year = TL_PRODUCT_YEAR_EMPTY;
    struct tl_document danish = {0};
    struct tl_issued issued;
    const char *folder, *product = cli->args.positional[0];
    bool is_english = false;
    int number = 0;
    if (cli_for_machines(cli) || cli_args_value(&cli->args, "--xlsx") != NULL)
        return cli_pricelist_table(cli, err);
    tl_status status = cli_year(&number, cli->args.positional[1], err);
    if (status == TL_OK)
        status = cli_template(&issuer, cli, "pricelist", err);
    if (status == TL_OK)
        status = cli_language(&is_english, cli, err);
    if (status == TL_OK && is_english)
        status = tl_issuer_find_pricelist(&danish, &issuer, product, number, &cli->arena, err);
    if (status == TL_OK)
        status = compute_prices(&year, cli, number, &danish, err);
    if (status == TL_OK)
        status = tl_pdf_fonts_open(&issuer.fonts, err);
    if (status == TL_OK)
        status = cli_begin(cli, err);
    if (status == TL_OK)
        status = tl_issuer_pricelist(&issued, &issuer, &year, is_english ? &danish : NULL, &cli->arena, err);
    if (status == TL_OK)
        status = cli_output_folder(&folder, cli, err);
    if (status == TL_OK)
        status = cli_commit(cli, err);
    if (status == TL_OK)
        status = cli_output_write(cli, folder, &issued, 1, err);
    tl_pdf_fonts_close(issuer.fonts);
    tl_product_year_release(&year);
    return status;
}

static const struct cli_option agreement_options[] = {
    {"--all", NULL, NULL, false, "for all members"},
    {"--year", NULL, "YEAR", false, "whose amounts it shows (default: the first year of the membership)"},
    {"--revise", NULL, NULL, false, "issue a new version where the agreement would say something else now"},
    CLI_OPTION_LANGUAGE,
    CLI_OPTION_TEMPLATES,
    CLI_OPTION_OUTPUT,
    CLI_OPTIONS_END,
};
static const struct cli_option pricelist_options[] = {
    {"--xlsx", NULL, NULL, false, "write a workbook instead, which is not registered"},
    CLI_OPTIONS_FORM,
    CLI_OPTION_LANGUAGE,
    CLI_OPTION_TEMPLATES,
    CLI_OPTION_OUTPUT,
    CLI_OPTIONS_END,
};

const struct cli_command cli_issue_commands[] = {
    {"agreement", "PRODUCT [MEMBER,...]", "issue joining agreements as PDF",
     "Issues the joining agreement of one member, several, or --all. What was issued before is given again as it was.",
     1, 2, CLI_RECORDS, agreement_options, agreement},
    {"pricelist", "PRODUCT YEAR", "issue the price list (takstblad) as PDF, XLSX or CSV",
     "Issues the price list of a year: prices and budgets with their rules, VAT, and the decision behind them.", 2, 2,
     CLI_RECORDS, pricelist_options, pricelist},
    {0},
};
