/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Products and how they are governed: level, facts, bodies, suppliers, follow or explain, and the log of decisions.
 */
#include "cli.h"
#include "tilslut/agreement/decision_use.h"
#include "tilslut/agreement/governance.h"
#include "tilslut/agreement/party.h"
#include "tilslut/agreement/product.h"
#include "tilslut/agreement/product_body.h"
#include "tilslut/agreement/product_fact.h"
#include "tilslut/agreement/product_level.h"
#include "tilslut/agreement/supplier.h"

#define COUNT_OF(array) (sizeof(array) / sizeof(array)[0])

static tl_status print_and_release(struct cli *cli, struct tl_table *table, tl_status status, struct tl_err *err)
{
    if (status == TL_OK)
        status = cli_print_table(cli, table, err);
    tl_table_release(table);
    return status;
}

static struct tl_cell text_cell(const char *text)
{
    return text[0] == '\0' ? tl_cell_missing() : tl_cell_text(text);
}

/* A level that was named, or 0. */
static tl_status level_of(int *out, const char *text, struct tl_err *err)
{
    int64_t number = 0;
    *out = 0;
    if (text == NULL)
        return TL_OK;
    tl_status status = cli_number(&number, text, "a product level", err);
    if (status == TL_OK && (number < 1 || number > 3))
        status = tl_err_set(err, TL_ERR_USAGE, "'%.60s' is not a product level", text);
    if (status != TL_OK)
        tl_err_hint(err, "levels are 1, 2 and 3");
    *out = (int)number;
    return status;
}

/* ---- status ---- */

static tl_status add_status(struct tl_table *table, const struct tl_governance_row *row, struct tl_err *err)
{
    const struct tl_requirement *requirement = row->requirement;
    struct tl_cell cells[] = {
        tl_cell_text(tl_requirement_theme_en(requirement->theme)),
        tl_cell_code(requirement->code),
        requirement->required_from > 0 ? tl_cell_integer(requirement->required_from) : tl_cell_missing(),
        requirement->recommended_from > 0 ? tl_cell_integer(requirement->recommended_from) : tl_cell_missing(),
        requirement->step > 0 ? tl_cell_integer(requirement->step) : tl_cell_missing(),
        tl_cell_text(tl_governance_standing_en(row->standing)),
        text_cell(row->ground),
        text_cell(row->by),
        tl_cell_date(row->since),
        tl_cell_text(requirement->en),
    };
    return tl_table_add(table, cells, err);
}

/* What `--missing` keeps. */
static bool is_open(const struct tl_governance_row *row)
{
    return row->standing == TL_STANDING_MISSING || row->standing == TL_STANDING_ADVISED;
}

static tl_status add_rows(struct tl_table *table, const struct tl_governance_row *rows, size_t count,
                          const struct cli *cli, struct tl_err *err)
{
    enum { STEPS = 7 };
    bool checklist = cli_args_value(&cli->args, "--checklist") != NULL;
    bool missing = cli_args_value(&cli->args, "--missing") != NULL;
    tl_status status = TL_OK;
    if (checklist && missing)
        return tl_err_set(err, TL_ERR_USAGE, "--checklist and --missing do not go together");
    for (size_t i = 0; !checklist && status == TL_OK && i < count; i++)
        if (missing ? is_open(&rows[i]) : rows[i].standing != TL_STANDING_LATER)
            status = add_status(table, &rows[i], err);
    for (int step = 1; checklist && step <= STEPS; step++)
        for (size_t i = 0; status == TL_OK && i < count; i++)
            if (rows[i].requirement->step == step)
                status = add_status(table, &rows[i], err);
    return status;
}

static tl_status product_status(struct cli *cli, struct tl_err *err)
{
    static const struct tl_column columns[] = {
        {"theme", "Theme", TL_COLUMN_TEXT},
        {"requirement", "Requirement", TL_COLUMN_CODE},
        {"required_from_level", "Required", TL_COLUMN_INTEGER},
        {"recommended_from_level", "Recommended", TL_COLUMN_INTEGER},
        {"step", "Step", TL_COLUMN_INTEGER},
        {"status", "Status", TL_COLUMN_TEXT},
        {"ground", "Shown by, or why not", TL_COLUMN_TEXT},
        {"explained_by", "By", TL_COLUMN_TEXT},
        {"since", "Since", TL_COLUMN_DATE},
        {"asks", "What is asked for", TL_COLUMN_TEXT},
    };
    struct tl_table table = TL_TABLE_EMPTY;
    struct tl_governance_row *rows = NULL;
    size_t count = 0;
    int level = 0;
    struct tl_date on;
    tl_status status = tl_table_init(&table, columns, COUNT_OF(columns), err);
    if (status == TL_OK)
        status = cli_date_or_today(&on, cli, "--date", err);
    if (status == TL_OK)
        status = level_of(&level, cli_args_value(&cli->args, "--level"), err);
    if (status == TL_OK)
        status = tl_governance_read(&rows, &count, cli->store, cli->args.positional[0], level, on, &cli->arena, err);
    if (status == TL_OK)
        status = add_rows(&table, rows, count, cli, err);
    return print_and_release(cli, &table, status, err);
}

/* ---- statements ---- */

static tl_status state(struct cli *cli, tl_governance_answer answer, const char *ground_option, struct tl_err *err)
{
    static const char *const words[] = {"fulfilled", "explained", "lapsed"};
    const char *ground = cli_args_value(&cli->args, ground_option);
    const char *by = answer == TL_ANSWER_EXPLAINED ? cli_args_value(&cli->args, "--by") : "";
    struct tl_governance_statement statement = {
        cli->args.positional[0], cli->args.positional[1], answer, ground, by, {0}};
    tl_status status = cli_date_or_today(&statement.from, cli, "--date", err);
    if (status == TL_OK && ground == NULL)
        status = tl_err_set(err, TL_ERR_USAGE, "%s TEXT is needed", ground_option);
    if (status == TL_OK && by == NULL) {
        status = tl_err_set(err, TL_ERR_USAGE, "--by ROLE is needed");
        tl_err_hint(err, "say which role explains, such as \"styregruppens formand\"");
    }
    if (status == TL_OK)
        status = cli_begin(cli, err);
    if (status == TL_OK)
        status = tl_governance_state(cli->store, &statement, err);
    if (status == TL_OK)
        status = cli_commit(cli, err);
    if (status == TL_OK)
        tl_buf_format(&cli->out, "%s: '%s' is recorded as %s\n", statement.product, statement.requirement,
                      words[answer]);
    return status;
}

static tl_status product_fulfil(struct cli *cli, struct tl_err *err)
{
    return state(cli, TL_ANSWER_FULFILLED, "--evidence", err);
}

static tl_status product_explain(struct cli *cli, struct tl_err *err)
{
    return state(cli, TL_ANSWER_EXPLAINED, "--reason", err);
}

static tl_status product_lapse(struct cli *cli, struct tl_err *err)
{
    return state(cli, TL_ANSWER_LAPSED, "--reason", err);
}

/* ---- level and facts ---- */

static tl_status product_level(struct cli *cli, struct tl_err *err)
{
    const char *decision = cli_args_value(&cli->args, "--decision"), *code = cli->args.positional[0];
    struct tl_date from;
    int level = 0;
    char date[TL_DATE_TEXT_SIZE];
    tl_status status = level_of(&level, cli->args.positional[1], err);
    if (status == TL_OK)
        status = cli_date(&from, cli, "--from", err);
    if (status == TL_OK && (decision == NULL || tl_date_is_none(from))) {
        status = tl_err_set(err, TL_ERR_USAGE, "a level needs --from and --decision");
        tl_err_hint(err, "for example: --from 2026-01-01 --decision \"bestyrelse 2025-11-20 pkt. 6\"");
    }
    if (status == TL_OK)
        status = cli_begin(cli, err);
    if (status == TL_OK)
        status = tl_product_level_decide(cli->store, code, level, from, decision, err);
    if (status == TL_OK)
        status = cli_commit(cli, err);
    if (status == TL_OK)
        tl_buf_format(&cli->out, "%s has level %d from %s\n", code, level, tl_date_iso(from, date));
    return status;
}

static tl_status product_set(struct cli *cli, struct tl_err *err)
{
    static const char *const options[TL_PRODUCT_FACT_COUNT] = {"--purpose", "--purpose-en", "--repository", "--licence",
                                                               "--document-licence"};
    const char *code = cli->args.positional[0];
    struct tl_date from;
    size_t given = 0;
    tl_status status = cli_date_or_today(&from, cli, "--from", err);
    for (size_t i = 0; i < COUNT_OF(options); i++)
        given += cli_args_value(&cli->args, options[i]) != NULL ? 1 : 0;
    if (status == TL_OK && given == 0)
        status = tl_err_set(err, TL_ERR_USAGE,
                            "nothing is given to record: --purpose, --repository, --licence or --document-licence");
    if (status == TL_OK)
        status = cli_begin(cli, err);
    for (size_t i = 0; status == TL_OK && i < COUNT_OF(options); i++) {
        const char *value = cli_args_value(&cli->args, options[i]);
        if (value != NULL)
            status = tl_product_fact_record(cli->store, code, (tl_product_fact)i, value, from, err);
    }
    if (status == TL_OK)
        status = cli_commit(cli, err);
    if (status == TL_OK)
        tl_buf_format(&cli->out, "recorded what %s is\n", code);
    return status;
}

/* ---- bodies and suppliers ---- */

static tl_status product_body(struct cli *cli, struct tl_err *err)
{
    const char *role = cli_args_value(&cli->args, "--role"), **codes = NULL;
    bool gives_up = cli_args_value(&cli->args, "--end") != NULL;
    struct tl_product_seat seat = {
        .product = cli->args.positional[0], .body = cli->args.positional[1], .role = role == NULL ? "" : role};
    size_t count = 0;
    char date[TL_DATE_TEXT_SIZE];
    tl_status status = cli_date(&seat.from, cli, gives_up ? "--end" : "--from", err);
    if (status == TL_OK && gives_up && (role != NULL || cli_args_value(&cli->args, "--from") != NULL))
        status = tl_err_set(err, TL_ERR_USAGE, "--end goes with neither --role nor --from");
    if (status == TL_OK && !gives_up && (role == NULL || tl_date_is_none(seat.from))) {
        status = tl_err_set(err, TL_ERR_USAGE, "a seat needs --role and --from");
        tl_err_hint(err, "for example: --role formand --from 2026-01-01; --end DATE gives it up");
    }
    if (status == TL_OK)
        status = cli_list(&codes, &count, cli, cli->args.positional[2], err);
    if (status == TL_OK)
        status = cli_begin(cli, err);
    for (size_t i = 0; status == TL_OK && i < count; i++) {
        seat.party = codes[i];
        status = tl_product_body_record(cli->store, &seat, gives_up, err);
    }
    if (status == TL_OK)
        status = cli_commit(cli, err);
    for (size_t i = 0; status == TL_OK && i < count; i++)
        tl_buf_format(&cli->out,
                      gives_up ? "%s has no seat in the %s of %s from %s\n" : "%s is in the %s of %s from %s\n",
                      codes[i], seat.body, seat.product, tl_date_iso(seat.from, date));
    return status;
}

static tl_status product_supplier(struct cli *cli, struct tl_err *err)
{
    const char *evidence = cli_args_value(&cli->args, "--evidence");
    bool ends = cli_args_value(&cli->args, "--end") != NULL;
    struct tl_supplier supplier = {.product = cli->args.positional[0],
                                   .cvr = cli->args.positional[1],
                                   .name = cli_args_value(&cli->args, "--name"),
                                   .partner_evidence = evidence == NULL ? "" : evidence};
    char date[TL_DATE_TEXT_SIZE];
    tl_status status = cli_date(&supplier.from, cli, ends ? "--end" : "--from", err);
    if (status == TL_OK)
        status = cli_date(&supplier.partner_since, cli, "--partner-since", err);
    if (status == TL_OK && tl_date_is_none(supplier.from)) {
        status = tl_err_set(err, TL_ERR_USAGE, "a supplier needs --from");
        tl_err_hint(err, "for example: --name NAME --from 2026-01-01; --end DATE when it is attached no longer");
    }
    if (status == TL_OK)
        status = cli_begin(cli, err);
    if (status == TL_OK)
        status = ends ? tl_supplier_end(cli->store, supplier.product, supplier.cvr, supplier.from, err)
                      : tl_supplier_record(cli->store, &supplier, err);
    if (status == TL_OK)
        status = cli_commit(cli, err);
    if (status == TL_OK)
        tl_buf_format(&cli->out, ends ? "%s is no supplier of %s from %s\n" : "%s is a supplier of %s from %s\n",
                      supplier.cvr, supplier.product, tl_date_iso(supplier.from, date));
    return status;
}

/* ---- lists ---- */

static tl_status list_bodies(struct cli *cli, struct tl_err *err)
{
    static const struct tl_column columns[] = {
        {"body", "Body", TL_COLUMN_TEXT}, {"party", "Party", TL_COLUMN_CODE}, {"name", "Name", TL_COLUMN_TEXT},
        {"role", "Role", TL_COLUMN_TEXT}, {"from", "From", TL_COLUMN_DATE},
    };
    struct tl_table table = TL_TABLE_EMPTY;
    struct tl_product_seat *seats = NULL;
    struct tl_product product;
    size_t count = 0;
    struct tl_date on;
    tl_status status = tl_table_init(&table, columns, COUNT_OF(columns), err);
    if (status == TL_OK)
        status = cli_date_or_today(&on, cli, "--date", err);
    if (status == TL_OK)
        status = tl_product_find(&product, cli->store, cli->args.positional[0], &cli->arena, err);
    if (status == TL_OK)
        status = tl_product_body_list(&seats, &count, cli->store, product.code, on, &cli->arena, err);
    for (size_t i = 0; status == TL_OK && i < count; i++) {
        struct tl_party party;
        status = tl_party_find(&party, cli->store, seats[i].party, on, &cli->arena, err);
        if (status != TL_OK)
            break;
        struct tl_cell cells[] = {tl_cell_text(seats[i].body), tl_cell_code(seats[i].party), tl_cell_text(party.name),
                                  tl_cell_text(seats[i].role), tl_cell_date(seats[i].from)};
        status = tl_table_add(&table, cells, err);
    }
    return print_and_release(cli, &table, status, err);
}

static tl_status list_suppliers(struct cli *cli, struct tl_err *err)
{
    static const struct tl_column columns[] = {
        {"cvr", "CVR", TL_COLUMN_CODE},
        {"name", "Name", TL_COLUMN_TEXT},
        {"partner_since", "Partner since", TL_COLUMN_DATE},
        {"evidence", "Evidence", TL_COLUMN_TEXT},
        {"from", "From", TL_COLUMN_DATE},
    };
    struct tl_table table = TL_TABLE_EMPTY;
    struct tl_supplier *suppliers = NULL;
    struct tl_product product;
    size_t count = 0;
    struct tl_date on;
    tl_status status = tl_table_init(&table, columns, COUNT_OF(columns), err);
    if (status == TL_OK)
        status = cli_date_or_today(&on, cli, "--date", err);
    if (status == TL_OK)
        status = tl_product_find(&product, cli->store, cli->args.positional[0], &cli->arena, err);
    if (status == TL_OK)
        status = tl_supplier_list(&suppliers, &count, cli->store, product.code, on, &cli->arena, err);
    for (size_t i = 0; status == TL_OK && i < count; i++) {
        struct tl_cell cells[] = {tl_cell_code(suppliers[i].cvr), tl_cell_text(suppliers[i].name),
                                  tl_cell_date(suppliers[i].partner_since), text_cell(suppliers[i].partner_evidence),
                                  tl_cell_date(suppliers[i].from)};
        status = tl_table_add(&table, cells, err);
    }
    return print_and_release(cli, &table, status, err);
}

static tl_status list_decisions(struct cli *cli, struct tl_err *err)
{
    static const struct tl_column columns[] = {
        {"decided_on", "Decided", TL_COLUMN_DATE},
        {"body", "Body", TL_COLUMN_TEXT},
        {"reference", "Reference", TL_COLUMN_TEXT},
        {"product", "Product", TL_COLUMN_CODE},
        {"subject", "On", TL_COLUMN_TEXT},
        {"what", "What", TL_COLUMN_TEXT},
        {"from", "From", TL_COLUMN_DATE},
        {"recorded_at", "Recorded", TL_COLUMN_CODE},
        {"actor", "By", TL_COLUMN_TEXT},
    };
    struct tl_table table = TL_TABLE_EMPTY;
    struct tl_decision_use *uses = NULL;
    struct tl_product product;
    const char *code = cli->args.positional_count == 0 ? NULL : cli->args.positional[0];
    size_t count = 0;
    tl_status status = tl_table_init(&table, columns, COUNT_OF(columns), err);
    if (status == TL_OK && code != NULL)
        status = tl_product_find(&product, cli->store, code, &cli->arena, err);
    if (status == TL_OK)
        status = tl_decision_use_list(&uses, &count, cli->store, code, &cli->arena, err);
    for (size_t i = 0; status == TL_OK && i < count; i++) {
        struct tl_cell cells[] = {tl_cell_date(uses[i].decision.date),
                                  tl_cell_text(uses[i].decision.body),
                                  tl_cell_text(uses[i].decision.reference),
                                  tl_cell_code(uses[i].product),
                                  tl_cell_text(uses[i].subject),
                                  tl_cell_text(uses[i].what),
                                  tl_cell_date(uses[i].from),
                                  tl_cell_code(uses[i].recorded_at),
                                  tl_cell_text(uses[i].actor)};
        status = tl_table_add(&table, cells, err);
    }
    return print_and_release(cli, &table, status, err);
}

static const struct cli_option status_options[] = {
    {"--level", NULL, "1|2|3", false, "what that level would ask for (default: the level that it has)"},
    {"--missing", NULL, NULL, false, "only what is neither fulfilled nor explained"},
    {"--checklist", NULL, NULL, false, "only the steps before others can join, in their order"},
    {"--date", NULL, "DATE", false, "as of that day (default: today)"},
    CLI_OPTIONS_FORM,
    CLI_OPTIONS_END,
};
static const struct cli_option fulfil_options[] = {
    {"--evidence", NULL, "TEXT", false, "where it is documented"},
    {"--date", NULL, "DATE", false, "from when it is so (default: today)"},
    CLI_OPTIONS_END,
};
static const struct cli_option explain_options[] = {
    {"--reason", NULL, "TEXT", false, "why it is not fulfilled"},
    {"--by", NULL, "ROLE", false, "the role that explains, such as \"styregruppens formand\""},
    {"--date", NULL, "DATE", false, "from when it is so (default: today)"},
    CLI_OPTIONS_END,
};
static const struct cli_option lapse_options[] = {
    {"--reason", NULL, "TEXT", false, "why it holds no longer"},
    {"--date", NULL, "DATE", false, "from when it is so (default: today)"},
    CLI_OPTIONS_END,
};
static const struct cli_option level_options[] = {
    {"--from", NULL, "DATE", false, "from when it has the level"},
    CLI_OPTION_DECISION("who decided it, when, and where it is minuted; from level 2 on the board approves"),
    CLI_OPTIONS_END,
};
static const struct cli_option set_options[] = {
    {"--purpose", NULL, "TEXT", false, "what it is for, in Danish; agreements print it"},
    {"--purpose-en", NULL, "TEXT", false, "the same in English"},
    {"--repository", NULL, "URL", false, "where its code lies"},
    {"--licence", NULL, "NAME", false, "of its code: MPL-2.0 is what OS2 asks for"},
    {"--document-licence", NULL, "NAME", false, "of its documents: CC-BY-SA-4.0 is what OS2 asks for"},
    {"--from", NULL, "DATE", false, "from when it is so (default: today)"},
    CLI_OPTIONS_END,
};
static const struct cli_option body_options[] = {
    {"--role", NULL, "ROLE", false, "the role of the party there, such as formand or medlem; no person's name"},
    {"--from", NULL, "DATE", false, "from when it has the seat"},
    {"--end", NULL, "DATE", false, "the first day without the seat"},
    CLI_OPTIONS_END,
};
static const struct cli_option supplier_options[] = {
    {"--name", NULL, "NAME", false, "of the company"},
    {"--partner-since", NULL, "DATE", false, "when it signed OS2's partner agreement; needs --evidence"},
    {"--evidence", NULL, "TEXT", false, "where the partner agreement lies"},
    {"--from", NULL, "DATE", false, "from when it is so"},
    {"--end", NULL, "DATE", false, "the first day it is attached no longer"},
    CLI_OPTIONS_END,
};
static const struct cli_option list_options[] = {
    {"--date", NULL, "DATE", false, "as of that day (default: today)"},
    CLI_OPTIONS_FORM,
    CLI_OPTIONS_END,
};

const struct cli_command cli_governance_commands[] = {
    {"product set", "PRODUCT", "record a product's purpose, repository and licences",
     "Records what the product's agreements tell of it.", 1, 1, CLI_RECORDS, set_options, product_set},
    {"product level", "PRODUCT LEVEL", "record a decision on a product's level",
     "Records that a body decided the level of a product from a date on.", 2, 2, CLI_RECORDS, level_options,
     product_level},
    {"product body", "PRODUCT BODY MEMBER,...", "record seats in a steering or coordination group",
     "Records that parties take a seat in the styregruppe or koordinationsgruppe of a product, in a role, or give it "
     "up.",
     3, 3, CLI_RECORDS, body_options, product_body},
    {"product supplier", "PRODUCT CVR", "record a supplier, and its partner agreement",
     "Records a supplier of the product, and whether it has signed OS2's partner agreement, as every agreement says.",
     2, 2, CLI_RECORDS, supplier_options, product_supplier},
    {"product fulfil", "PRODUCT REQUIREMENT", "record that a requirement is fulfilled",
     "Records that the product fulfils a requirement that the ledger cannot show by itself, with the evidence.", 2, 2,
     CLI_RECORDS, fulfil_options, product_fulfil},
    {"product explain", "PRODUCT REQUIREMENT", "explain why a requirement is not fulfilled",
     "Records why the product does not fulfil a requirement: follow or explain.", 2, 2, CLI_RECORDS, explain_options,
     product_explain},
    {"product lapse", "PRODUCT REQUIREMENT", "record that such a statement holds no longer",
     "Records that what was said of a requirement, that it is fulfilled or why not, holds no longer.", 2, 2,
     CLI_RECORDS, lapse_options, product_lapse},
    {"product status", "PRODUCT", "what a product's level asks for, and what is missing",
     "Lists what the product's level requires and recommends: what is fulfilled, and by what it is shown; what is\n"
     "explained, by whom; what is missing. Nothing is forbidden because of it.",
     1, 1, CLI_READS, status_options, product_status},
    {"list bodies", "PRODUCT", "list the seats of a product's bodies", "Lists who sits in the bodies of a product.", 1,
     1, CLI_READS, list_options, list_bodies},
    {"list suppliers", "PRODUCT", "list a product's suppliers", "Lists the suppliers attached to a product.", 1, 1,
     CLI_READS, list_options, list_suppliers},
    {"list decisions", "[PRODUCT]", "list decisions and what each decided",
     "Lists the decisions on one product or on all, and what rests on each.", 0, 1, CLI_READS, cli_form_options,
     list_decisions},
    {0},
};
