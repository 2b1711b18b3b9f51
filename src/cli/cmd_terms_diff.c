/* SPDX-License-Identifier: MPL-2.0 */
/*
 * What changed between two versions of the terms, or a version and a draft: setting by setting, and in kroner for each
 * member. Nothing is recorded.
 */
#include <string.h>

#include "cli.h"
#include "notes.h"
#include "tilslut/agreement/decision.h"
#include "tilslut/agreement/product.h"
#include "tilslut/agreement/product_year.h"
#include "tilslut/agreement/terms_book.h"
#include "tilslut/exchange/terms_difference.h"
#include "tilslut/exchange/terms_yaml.h"
#include "tilslut/report/comparison_table.h"
#include "tilslut/report/terms_difference_table.h"
#include "tilslut/store/file.h"

/* One side of the comparison: a version, or a draft in a file. */
struct side {
    const char *name;                 /* "version 2", or the file's */
    const struct tl_adopted *adopted; /* NULL for a draft */
    struct tl_source source;
    struct tl_terms terms;
    struct tl_terms_settings settings;
};

struct comparison {
    const char *product;
    struct tl_adopted *versions;
    size_t version_count;
    struct side before, after;
    struct tl_buf bytes; /* of the draft */
    struct tl_terms_difference difference;
};

static tl_status read_settings(struct side *side, struct cli *cli, struct tl_err *err)
{
    return tl_terms_setting_list(&side->settings, &side->terms, &side->source, &cli->arena, err);
}

static tl_status take_version(struct side *side, struct cli *cli, const struct tl_adopted *adopted, struct tl_err *err)
{
    side->adopted = adopted;
    side->name = tl_arena_format(&cli->arena, "version %d", adopted->version);
    if (side->name == NULL)
        return tl_err_memory(err);
    side->source = (struct tl_source){side->name, adopted->content, strlen(adopted->content)};
    tl_status status = tl_terms_book_read(&side->terms, adopted, err);
    return status == TL_OK ? read_settings(side, cli, err) : status;
}

/* A draft is checked as adopting it would, so that nobody decides on what cannot be adopted. */
static tl_status take_draft(struct comparison *comparison, struct cli *cli, const char *path, struct tl_err *err)
{
    struct side *side = &comparison->after;
    tl_status status = tl_file_read(&comparison->bytes, path, err);
    if (status != TL_OK)
        return status;
    side->name = path;
    side->source = (struct tl_source){path, tl_buf_string(&comparison->bytes), comparison->bytes.length};
    status = tl_terms_yaml_read(&side->terms, &side->source, err);
    if (status == TL_OK)
        status = tl_terms_yaml_check(&side->terms, path, err);
    return status == TL_OK ? read_settings(side, cli, err) : status;
}

static bool is_number(const char *text)
{
    return text[0] != '\0' && strspn(text, "0123456789") == strlen(text);
}

static tl_status find_version(const struct tl_adopted **out, const struct comparison *comparison, const char *text,
                              struct tl_err *err)
{
    int64_t number = 0;
    tl_status status = cli_number(&number, text, "a version", err);
    if (status != TL_OK)
        return status;
    for (size_t i = 0; i < comparison->version_count; i++)
        if (comparison->versions[i].version == number) {
            *out = &comparison->versions[i];
            return TL_OK;
        }
    (void)tl_err_set(err, TL_ERR_NOT_FOUND, "the terms of '%s' have no version %s", comparison->product, text);
    tl_err_hint(err, "tilslut list terms %s shows the versions", comparison->product);
    return TL_ERR_NOT_FOUND;
}

/* The versions of the product; a draft in a file names it. */
static tl_status read_versions(struct comparison *comparison, struct cli *cli, struct tl_err *err)
{
    struct tl_product product;
    tl_status status = tl_product_find(&product, cli->store, comparison->product, &cli->arena, err);
    if (status == TL_OK)
        status = tl_terms_book_list(&comparison->versions, &comparison->version_count, cli->store, product.code,
                                    &cli->arena, err);
    if (status == TL_OK && comparison->version_count == 0) {
        status = tl_err_set(err, TL_ERR_MISSING, "no terms of '%s' are adopted, so there is nothing to compare with",
                            comparison->product);
        tl_err_hint(err, "tilslut terms check FILE says whether a draft can be adopted");
    }
    return status;
}

/* The version that is compared with: the one named, else the newest before the later side. */
static tl_status find_before(const struct tl_adopted **out, const struct comparison *comparison, struct cli *cli,
                             struct tl_err *err)
{
    const char *wanted = cli_args_value(&cli->args, "--from");
    const struct tl_adopted *after = comparison->after.adopted;
    if (wanted != NULL)
        return find_version(out, comparison, wanted, err);
    if (after == NULL)
        *out = &comparison->versions[comparison->version_count - 1];
    else if (after > comparison->versions)
        *out = after - 1;
    else {
        (void)tl_err_set(err, TL_ERR_MISSING, "version %d is the first of '%s', so there is nothing to compare with",
                         after->version, comparison->product);
        tl_err_hint(err, "name a draft: tilslut terms diff %s --to FILE", comparison->product);
        return TL_ERR_MISSING;
    }
    return TL_OK;
}

static tl_status check_product(const struct comparison *comparison, struct tl_err *err)
{
    const char *of_draft = comparison->after.terms.product;
    return tl_text_equal(of_draft, comparison->product)
               ? TL_OK
               : tl_err_set(err, TL_ERR_INPUT, "'%s' has the terms of '%s', not of '%s'", comparison->after.name,
                            of_draft, comparison->product);
}

/* `terms diff PRODUCT [--to VERSION|FILE]`, or `terms diff FILE`. */
static tl_status take_sides(struct comparison *comparison, struct cli *cli, struct tl_err *err)
{
    const char *subject = cli->args.positional[0], *to = cli_args_value(&cli->args, "--to");
    const struct tl_adopted *before = NULL, *after = NULL;
    tl_status status = TL_OK;
    bool is_file = !tl_text_is_code(subject);
    if (is_file && to != NULL) {
        status = tl_err_set(err, TL_ERR_USAGE, "'%s' is a draft, and --to names another one", subject);
        tl_err_hint(err, "name the product first: tilslut terms diff PRODUCT --to FILE");
    } else if (is_file || (to != NULL && !is_number(to)))
        status = take_draft(comparison, cli, is_file ? subject : to, err);
    comparison->product = is_file ? comparison->after.terms.product : subject;
    if (status == TL_OK)
        status = read_versions(comparison, cli, err);
    if (status == TL_OK && comparison->after.name != NULL)
        status = check_product(comparison, err);
    else if (status == TL_OK) {
        after = &comparison->versions[comparison->version_count - 1];
        if (to != NULL)
            status = find_version(&after, comparison, to, err);
        if (status == TL_OK)
            status = take_version(&comparison->after, cli, after, err);
    }
    if (status == TL_OK)
        status = find_before(&before, comparison, cli, err);
    return status == TL_OK ? take_version(&comparison->before, cli, before, err) : status;
}

/* The first year that terms are billed for: that of their first day, or the next where older terms have begun it. */
static int first_year(const struct side *side)
{
    struct tl_date from = side->terms.valid_from;
    bool begins_it = tl_date_compare(from, tl_period_of_year(tl_date_year(from)).first) == 0;
    bool is_first = side->adopted != NULL && side->adopted->version == 1;
    return tl_date_year(from) + (begins_it || is_first ? 0 : 1);
}

static void print_heading(struct cli *cli, const struct comparison *comparison)
{
    char date[TL_DATE_TEXT_SIZE];
    const struct side *sides[] = {&comparison->before, &comparison->after};
    tl_buf_format(&cli->out, "Terms of %s\n", comparison->product);
    for (size_t i = 0; i < 2; i++) {
        const struct side *side = sides[i];
        const char *decision = side->adopted == NULL ? NULL : tl_decision_text(&side->adopted->decision, &cli->arena);
        tl_buf_format(&cli->out, "  %s %s, from %s%s%s\n", i == 0 ? "before:" : "after: ", side->name,
                      tl_date_iso(side->terms.valid_from, date), decision == NULL ? ", a draft" : ", ",
                      decision == NULL ? "" : decision);
    }
    tl_buf_text(&cli->out, "\n");
}

static tl_status print_settings(struct cli *cli, const struct comparison *comparison, struct tl_err *err)
{
    struct tl_table table = TL_TABLE_EMPTY;
    const char *before = comparison->before.name, *after = comparison->after.name;
    tl_status status = cli_for_machines(cli)
                           ? tl_terms_difference_table_long(&table, &comparison->difference, before, after, err)
                           : tl_terms_difference_table(&table, &comparison->difference, before, after, err);
    if (status == TL_OK)
        status = cli_print_table(cli, &table, err);
    tl_table_release(&table);
    return status;
}

/* The same members, figures and carried fractions, under the terms of one side. */
static tl_status allocate_side(struct tl_product_year *out, struct cli *cli, const struct comparison *comparison,
                               const struct side *side, int year, struct tl_err *err)
{
    int64_t id = side->adopted != NULL ? side->adopted->id : comparison->before.adopted->id;
    tl_status status = tl_product_year_load(out, cli->store, comparison->product, year, id, err);
    if (status == TL_OK)
        tl_product_year_leave_later(out);
    if (status == TL_OK && side->adopted == NULL)
        status = tl_product_year_try_terms(out, &side->source, err);
    /* terms that begin later are tried as if they began in that year, so that what is charged once is, on both sides */
    if (status == TL_OK && tl_date_year(out->terms.valid_from) > year)
        out->terms.valid_from = tl_date_of(year, 1, 1);
    return status == TL_OK ? tl_product_year_allocate(out, err) : status;
}

static tl_status print_amounts(struct cli *cli, const struct tl_product_year *before,
                               const struct tl_product_year *after, struct tl_err *err)
{
    struct tl_table table = TL_TABLE_EMPTY;
    tl_status status = cli_for_machines(cli)
                           ? tl_comparison_table_long(&table, &before->allocation, &after->allocation, err)
                           : tl_comparison_table(&table, &before->allocation, &after->allocation, err);
    if (status == TL_OK && !cli_for_machines(cli))
        tl_buf_format(&cli->out, "\nWhat that means for %d, with the same members and figures\n\n", before->year);
    if (status == TL_OK)
        status = cli_print_table(cli, &table, err);
    tl_table_release(&table);
    return status;
}

static tl_status compare_amounts(struct cli *cli, const struct comparison *comparison, int year, struct tl_err *err)
{
    struct tl_product_year before = TL_PRODUCT_YEAR_EMPTY, after = TL_PRODUCT_YEAR_EMPTY;
    tl_status status = allocate_side(&before, cli, comparison, &comparison->before, year, err);
    if (status == TL_OK)
        status = allocate_side(&after, cli, comparison, &comparison->after, year, err);
    if (status == TL_OK)
        status = print_amounts(cli, &before, &after, err);
    if (status == TL_OK)
        cli_note_allocation(&after.allocation);
    tl_product_year_release(&before);
    tl_product_year_release(&after);
    return status;
}

/* Where nobody asked for a year, a year that cannot be allocated yet does not keep the settings from being shown. */
static tl_status amounts_of_first_year(struct cli *cli, const struct comparison *comparison, struct tl_err *err)
{
    int before = first_year(&comparison->before), after = first_year(&comparison->after);
    int year = before > after ? before : after;
    struct tl_err missing = TL_ERR_NONE;
    tl_status status = compare_amounts(cli, comparison, year, &missing);
    if (status == TL_ERR_MISSING || status == TL_ERR_INFEASIBLE) {
        cli_note("what it means in kroner for %d cannot be said: %s", year, missing.message);
        cli_note("name a year that can be allocated: tilslut terms diff %s YEAR", cli->args.positional[0]);
        return TL_OK;
    }
    if (status != TL_OK)
        *err = missing;
    return status;
}

static tl_status print_all(struct cli *cli, const struct comparison *comparison, int year, struct tl_err *err)
{
    bool for_machines = cli_for_machines(cli);
    bool is_same_text =
        comparison->before.source.length == comparison->after.source.length &&
        memcmp(comparison->before.source.bytes, comparison->after.source.bytes, comparison->after.source.length) == 0;
    if (for_machines)
        return year == 0 ? print_settings(cli, comparison, err) : compare_amounts(cli, comparison, year, err);
    print_heading(cli, comparison);
    if (is_same_text || comparison->difference.count == 0) {
        tl_buf_text(&cli->out, is_same_text ? "The two files are identical.\n"
                                            : "They say the same: only comments, spelling or order differ.\n");
        return TL_OK;
    }
    tl_status status = print_settings(cli, comparison, err);
    if (status != TL_OK)
        return status;
    return year == 0 ? amounts_of_first_year(cli, comparison, err) : compare_amounts(cli, comparison, year, err);
}

static tl_status terms_diff(struct cli *cli, struct tl_err *err)
{
    struct comparison comparison = {.before = {.terms = TL_TERMS_EMPTY}, .after = {.terms = TL_TERMS_EMPTY}};
    int year = 0;
    tl_status status = cli->args.positional_count > 1 ? cli_year(&year, cli->args.positional[1], err) : TL_OK;
    if (status == TL_OK)
        status = take_sides(&comparison, cli, err);
    if (status == TL_OK)
        status = tl_terms_difference_find(&comparison.difference, &comparison.before.settings,
                                          &comparison.after.settings, &cli->arena, err);
    if (status == TL_OK)
        status = print_all(cli, &comparison, year, err);
    tl_terms_release(&comparison.before.terms);
    tl_terms_release(&comparison.after.terms);
    tl_buf_release(&comparison.bytes);
    return status;
}

static const struct cli_option terms_diff_options[] = {
    {"--from", NULL, "VERSION", false, "the version to compare with (default: the one before)"},
    {"--to", NULL, "VERSION|FILE", false, "a version or a draft (default: the newest version)"},
    CLI_OPTIONS_FORM,
    CLI_OPTIONS_END,
};

const struct cli_command cli_terms_diff_commands[] = {
    {"terms diff", "PRODUCT|FILE [YEAR]", "what new terms change, and what each member pays then",
     "Compares two versions of the terms, or a version and a draft in a file, setting by setting, with the place of\n"
     "each difference; then allocates the year under both, with the same members and figures. The year is the first\n"
     "that both can be billed for, unless YEAR says another. Nothing is recorded.\n\n"
     "tilslut terms diff os2demo               the newest version against the one before\n"
     "tilslut terms diff os2demo --from 1 --to 3\n"
     "tilslut terms diff draft.yaml            a draft against the newest version\n\n"
     "--csv and --json give the settings; with a YEAR they give the amounts, per member and line.",
     1, 2, CLI_READS, terms_diff_options, terms_diff},
    {0},
};
