/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Who has signed which version of the terms, and who has yet to.
 */
#include <limits.h>

#include "cli.h"
#include "tilslut/agreement/decision.h"
#include "tilslut/agreement/terms_binding.h"
#include "tilslut/agreement/terms_signature.h"

static tl_status require(const struct cli *cli, struct tl_err *err)
{
    static const char *const options[] = {"--version", "--date", "--evidence"};
    for (size_t i = 0; i < sizeof options / sizeof options[0]; i++)
        if (cli_args_value(&cli->args, options[i]) == NULL) {
            (void)tl_err_set(err, TL_ERR_USAGE, "a signature needs %s", options[i]);
            tl_err_hint(err, "for example: --version 2 --date 2026-11-03 --evidence \"sag 26/1234\"");
            return TL_ERR_USAGE;
        }
    return TL_OK;
}

static tl_status terms_sign(struct cli *cli, struct tl_err *err)
{
    struct tl_terms_signing signing = {.product = cli->args.positional[0],
                                       .evidence = cli_args_value(&cli->args, "--evidence")};
    const char **codes = NULL;
    size_t count = 0;
    int64_t version = 0;
    tl_status status = require(cli, err);
    if (status == TL_OK)
        status = cli_number(&version, cli_args_value(&cli->args, "--version"), "a version", err);
    signing.version = version > INT_MAX ? INT_MAX : (int)version;
    if (status == TL_OK)
        status = cli_date(&signing.signed_on, cli, "--date", err);
    if (status == TL_OK)
        status = cli_list(&codes, &count, cli, cli->args.positional[1], err);
    if (status == TL_OK)
        status = cli_begin(cli, err);
    for (size_t i = 0; status == TL_OK && i < count; i++) {
        signing.member = codes[i];
        status = tl_terms_signature_record(cli->store, &signing, tl_moment_date(cli->act.now), err);
    }
    if (status == TL_OK)
        status = cli_commit(cli, err);
    for (size_t i = 0; status == TL_OK && i < count; i++)
        tl_buf_format(&cli->out, "%s has signed version %d of the terms of %s\n", codes[i], signing.version,
                      signing.product);
    return status;
}

static tl_status list_signatures(struct cli *cli, struct tl_err *err)
{
    static const struct tl_column columns[] = {
        {"member", "Member", TL_COLUMN_CODE},       {"name", "Name", TL_COLUMN_TEXT},
        {"signed", "Signed", TL_COLUMN_INTEGER},    {"signed_on", "On", TL_COLUMN_DATE},
        {"decision", "Decided by", TL_COLUMN_TEXT}, {"text", "Text of", TL_COLUMN_INTEGER},
        {"prices", "Prices of", TL_COLUMN_INTEGER}, {"to_sign", "Has yet to sign", TL_COLUMN_INTEGER},
        {"evidence", "Evidence", TL_COLUMN_TEXT},
    };
    struct tl_table table = TL_TABLE_EMPTY;
    struct tl_terms_bindings bindings = {NULL, 0};
    struct tl_date on;
    tl_status status = cli_date_or_today(&on, cli, "--date", err);
    if (status == TL_OK)
        status = tl_table_init(&table, columns, sizeof columns / sizeof columns[0], err);
    if (status == TL_OK)
        status = tl_terms_binding_list(&bindings, cli->store, cli->args.positional[0], on, &cli->arena, err);
    for (size_t i = 0; status == TL_OK && i < bindings.count; i++) {
        const struct tl_terms_binding *b = &bindings.items[i];
        struct tl_cell cells[] = {tl_cell_code(b->member),
                                  tl_cell_text(b->name),
                                  tl_cell_integer(b->signed_version->version),
                                  tl_cell_date(b->signed_on),
                                  tl_cell_text(tl_decision_text(&b->signed_version->decision, &cli->arena)),
                                  tl_cell_integer(b->text->version),
                                  tl_cell_integer(b->prices->version),
                                  b->to_sign == NULL ? tl_cell_missing() : tl_cell_integer(b->to_sign->version),
                                  b->evidence[0] == '\0' ? tl_cell_missing() : tl_cell_text(b->evidence)};
        status = tl_table_add(&table, cells, err);
    }
    if (status == TL_OK)
        status = cli_print_table(cli, &table, err);
    tl_table_release(&table);
    return status;
}

static const struct cli_option terms_sign_options[] = {
    {"--version", NULL, "N", false, "the version that was signed"},
    {"--date", NULL, "DATE", false, "when it was signed"},
    {"--evidence", NULL, "TEXT", false, "where the signed document is"},
    CLI_OPTIONS_END,
};
static const struct cli_option list_signatures_options[] = {
    {"--date", NULL, "DATE", false, "who is bound by what on that day (default: today)"},
    CLI_OPTIONS_FORM,
    CLI_OPTIONS_END,
};

const struct cli_command cli_terms_sign_commands[] = {
    {"terms sign", "PRODUCT MEMBER,...", "record that members signed a later version of the terms",
     "Records a member's new signature, on a version adopted after the one its agreement was signed under. Before "
     "that\n"
     "the member stays on the text it signed, where the terms ask for a new signature (follows, in the terms).",
     2, 2, CLI_RECORDS, terms_sign_options, terms_sign},
    {0},
};
const struct cli_command cli_list_signatures_commands[] = {
    {"list signatures", "PRODUCT", "list who signed which version of the terms, and who has yet to",
     "Lists the members on a day: the version each has signed, whose text and whose prices bind it, and the newest\n"
     "version where it needs a signature that is lacking.",
     1, 1, CLI_READS, list_signatures_options, list_signatures},
    {0},
};
