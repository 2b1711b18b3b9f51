/* SPDX-License-Identifier: MPL-2.0 */
/*
 * The command that issues covering letters to agreements.
 */
#include "output.h"
#include "tilslut/agreement/product.h"

/* Whose letters are wanted, by the agreements that were issued to them. */
struct wanted {
    struct tl_document *agreements;
    size_t count;
    struct tl_date sign_by; /* none where no day is given */
};

/* Every party with an agreement for the product; the latest version of each. */
static tl_status want_all(struct wanted *wanted, struct cli *cli, const struct tl_issuer *issuer, struct tl_err *err)
{
    const char *product = cli->args.positional[0];
    struct tl_document *documents = NULL;
    size_t count = 0;
    tl_status status = tl_document_list(&documents, &count, cli->store, &cli->arena, err);
    if (status == TL_OK) {
        wanted->agreements = tl_arena_alloc(&cli->arena, count, sizeof *wanted->agreements);
        status = wanted->agreements == NULL ? tl_err_memory(err) : TL_OK;
    }
    for (size_t i = 0; status == TL_OK && i < count; i++) {
        const struct tl_document *document = &documents[i];
        if (document->version == 1 && tl_text_equal(document->kind, "agreement") &&
            tl_text_equal(document->product, product) && !tl_issuer_is_translation(document))
            status = tl_issuer_find_agreement(&wanted->agreements[wanted->count++], issuer, product, document->party,
                                              &cli->arena, err);
    }
    if (status == TL_OK && wanted->count == 0) {
        status = tl_err_set(err, TL_ERR_MISSING, "no agreement for '%s' is issued", product);
        tl_err_hint(err, "tilslut agreement %s --all issues them", product);
    }
    return status;
}

static tl_status want_named(struct wanted *wanted, struct cli *cli, const struct tl_issuer *issuer, struct tl_err *err)
{
    const char **codes = NULL;
    tl_status status = cli_list(&codes, &wanted->count, cli, cli->args.positional[1], err);
    if (status == TL_OK) {
        wanted->agreements = tl_arena_alloc(&cli->arena, wanted->count, sizeof *wanted->agreements);
        status = wanted->agreements == NULL ? tl_err_memory(err) : TL_OK;
    }
    for (size_t i = 0; status == TL_OK && i < wanted->count; i++)
        status = tl_issuer_find_agreement(&wanted->agreements[i], issuer, cli->args.positional[0], codes[i],
                                          &cli->arena, err);
    return status;
}

static tl_status find_wanted(struct wanted *wanted, struct cli *cli, const struct tl_issuer *issuer, struct tl_err *err)
{
    bool all = cli_args_value(&cli->args, "--all") != NULL;
    struct tl_product product;
    if (all == (cli->args.positional_count == 2)) {
        (void)tl_err_set(err, TL_ERR_USAGE, "name the members, or say --all");
        tl_err_hint(err, "for example: tilslut letter %s --all --by DATE -o out", cli->args.positional[0]);
        return TL_ERR_USAGE;
    }
    tl_status status = tl_product_find(&product, cli->store, cli->args.positional[0], &cli->arena, err);
    if (status != TL_OK)
        return status;
    return all ? want_all(wanted, cli, issuer, err) : want_named(wanted, cli, issuer, err);
}

/* Issues the letters; a year is computed once for all agreements in a row that were issued together. */
static tl_status issue_letters(struct tl_issued *issued, struct cli *cli, const struct tl_issuer *issuer,
                               const void *context, struct tl_err *err)
{
    const struct wanted *wanted = context;
    struct cli_year year = CLI_YEAR_EMPTY;
    bool revise = cli_args_value(&cli->args, "--revise") != NULL;
    tl_status status = TL_OK;
    for (size_t i = 0; status == TL_OK && i < wanted->count; i++) {
        const struct tl_document *agreement = &wanted->agreements[i];
        status = cli_output_year(&year, cli, agreement->year, agreement->act, agreement->party, err);
        if (status == TL_OK)
            status =
                tl_issuer_letter(&issued[i], issuer, &year.year, agreement, wanted->sign_by, revise, &cli->arena, err);
        cli_progress("letters", i + 1, wanted->count);
    }
    tl_product_year_release(&year.year);
    return status;
}

static tl_status letter(struct cli *cli, struct tl_err *err)
{
    struct tl_issuer issuer = {.store = cli->store, .today = tl_moment_date(cli->act.now)};
    struct wanted wanted = {0};
    tl_status status = cli_date(&wanted.sign_by, cli, "--by", err);
    if (status == TL_OK)
        status = find_wanted(&wanted, cli, &issuer, err);
    return status == TL_OK ? cli_output_issue(cli, &issuer, "letter", wanted.count, issue_letters, &wanted, err)
                           : status;
}

static const struct cli_option letter_options[] = {
    {"--by", NULL, "DATE", false, "the day by which the agreement is to be signed"},
    {"--all", NULL, NULL, false, "for all whose agreement is issued"},
    {"--revise", NULL, NULL, false, "issue a new version where the letter would say something else now"},
    CLI_OPTION_LANGUAGE,
    CLI_OPTION_TEMPLATES,
    CLI_OPTION_OUTPUT,
    CLI_OPTIONS_END,
};

const struct cli_command cli_letter_commands[] = {
    {"letter", "PRODUCT [MEMBER,...]", "issue covering letters to agreements (følgebrev) as PDF",
     "Issues the letter with which an agreement is sent: what to sign, by when, how to return it, what it will cost. "
     "It\n"
     "goes with the agreement as it was issued. What was issued before is given again as it was.",
     1, 2, CLI_RECORDS, letter_options, letter},
    {0},
};
