/* SPDX-License-Identifier: MPL-2.0 */
/*
 * The command that confirms notices, with the final account.
 */
#include "output.h"
#include "tilslut/agreement/product.h"
#include "tilslut/agreement/roster.h"

/* Whose notices are to be confirmed, and the Danish confirmations where they are to be translated. */
struct wanted {
    const char **codes;
    struct tl_issuer_notice *notices;
    struct tl_document *translated; /* NULL for confirmations in Danish */
    size_t count;
};

/* Every member whose membership has a last day. */
static tl_status want_all(struct wanted *wanted, struct cli *cli, struct tl_err *err)
{
    struct tl_roster roster = TL_ROSTER_EMPTY;
    const char *product = cli->args.positional[0];
    tl_status status = tl_roster_read(&roster, cli->store, product, tl_moment_date(cli->act.now), err);
    if (status == TL_OK) {
        wanted->codes = tl_arena_alloc(&cli->arena, roster.count, sizeof *wanted->codes);
        status = wanted->codes == NULL ? tl_err_memory(err) : TL_OK;
    }
    for (size_t i = 0; status == TL_OK && i < roster.count; i++)
        if (!tl_date_is_none(roster.members[i].last)) {
            wanted->codes[wanted->count] = tl_arena_text(&cli->arena, roster.members[i].code);
            status = wanted->codes[wanted->count++] == NULL ? tl_err_memory(err) : TL_OK;
        }
    if (status == TL_OK && wanted->count == 0) {
        status = tl_err_set(err, TL_ERR_STATE, "nobody has given notice in '%s'", product);
        tl_err_hint(err, "tilslut leave %s MEMBER --notice DATE records one", product);
    }
    tl_roster_release(&roster);
    return status;
}

static tl_status find_notices(struct wanted *wanted, struct cli *cli, const struct tl_issuer *issuer,
                              struct tl_err *err)
{
    const char *product = cli->args.positional[0];
    bool is_english = false;
    tl_status status = cli_language(&is_english, cli, err);
    wanted->notices = tl_arena_alloc(&cli->arena, wanted->count, sizeof *wanted->notices);
    struct tl_document *danish = tl_arena_alloc(&cli->arena, wanted->count, sizeof *danish);
    if (status == TL_OK && (wanted->notices == NULL || danish == NULL))
        return tl_err_memory(err);
    wanted->translated = is_english ? danish : NULL;
    for (size_t i = 0; status == TL_OK && i < wanted->count; i++) {
        if (is_english)
            status = tl_issuer_find_confirmation(&danish[i], issuer, product, wanted->codes[i], &cli->arena, err);
        if (status == TL_OK)
            status = tl_issuer_find_notice(&wanted->notices[i], issuer, product, wanted->codes[i],
                                           is_english ? &danish[i] : NULL, &cli->arena, err);
    }
    return status;
}

static tl_status find_wanted(struct wanted *wanted, struct cli *cli, const struct tl_issuer *issuer, struct tl_err *err)
{
    bool all = cli_args_value(&cli->args, "--all") != NULL;
    struct tl_product product;
    if (all == (cli->args.positional_count == 2)) {
        (void)tl_err_set(err, TL_ERR_USAGE, "name the members, or say --all");
        tl_err_hint(err, "for example: tilslut notice confirm %s --all -o out", cli->args.positional[0]);
        return TL_ERR_USAGE;
    }
    tl_status status = tl_product_find(&product, cli->store, cli->args.positional[0], &cli->arena, err);
    if (status == TL_OK)
        status = all ? want_all(wanted, cli, err)
                     : cli_list(&wanted->codes, &wanted->count, cli, cli->args.positional[1], err);
    return status == TL_OK ? find_notices(wanted, cli, issuer, err) : status;
}

/* The year of the last day, or this one, since figures and budgets of later ones may not be known; never one before the
 * membership. */
static int year_of(const struct tl_issuer_notice *notice, struct tl_date today)
{
    int year = tl_date_year(today), first = tl_date_year(notice->first), last = tl_date_year(notice->last);
    return year > last ? last : year < first ? first : year;
}

static tl_status issue_confirmations(struct tl_issued *issued, struct cli *cli, const struct tl_issuer *issuer,
                                     const void *context, struct tl_err *err)
{
    const struct wanted *wanted = context;
    struct cli_year year = CLI_YEAR_EMPTY;
    bool revise = cli_args_value(&cli->args, "--revise") != NULL;
    tl_status status = TL_OK;
    for (size_t i = 0; status == TL_OK && i < wanted->count; i++) {
        const struct tl_document *translated = wanted->translated == NULL ? NULL : &wanted->translated[i];
        int wanted_year = year_of(&wanted->notices[i], translated == NULL ? issuer->today : translated->issued_on);
        status = cli_output_year(&year, cli, wanted_year, translated == NULL ? 0 : translated->act, NULL, err);
        if (status == TL_OK)
            status = tl_issuer_confirmation(&issued[i], issuer, &year.year, wanted->codes[i], &wanted->notices[i],
                                            translated, revise, &cli->arena, err);
        cli_progress("confirmations", i + 1, wanted->count);
    }
    tl_product_year_release(&year.year);
    return status;
}

static tl_status notice_confirm(struct cli *cli, struct tl_err *err)
{
    struct tl_issuer issuer = {.store = cli->store, .today = tl_moment_date(cli->act.now)};
    struct wanted wanted = {0};
    tl_status status = find_wanted(&wanted, cli, &issuer, err);
    return status == TL_OK ? cli_output_issue(cli, &issuer, "notice", wanted.count, issue_confirmations, &wanted, err)
                           : status;
}

static const struct cli_option confirm_options[] = {
    {"--all", NULL, NULL, false, "for all who have given notice"},
    {"--revise", NULL, NULL, false, "issue a new version where the confirmation would say something else now"},
    CLI_OPTION_LANGUAGE,
    CLI_OPTION_TEMPLATES,
    CLI_OPTION_OUTPUT,
    CLI_OPTIONS_END,
};

const struct cli_command cli_notice_commands[] = {
    {"notice confirm", "PRODUCT [MEMBER,...]", "confirm notices (bekræftelse af opsigelse) as PDF",
     "Issues the confirmation of a notice with the final account: the last day, what was charged and until when, what "
     "is\n"
     "still to be charged, what is owed or in credit, and what happens with hosting and data.\n"
     "What was issued before is given again as it was.",
     1, 2, CLI_RECORDS, confirm_options, notice_confirm},
    {0},
};
