/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Roles: who may draft and who may approve; who has to; and who did what under which role.
 */
#include <inttypes.h>

#include "cli.h"
#include "tilslut/agreement/duty.h"
#include "tilslut/agreement/role.h"
#include "tilslut/agreement/role_book.h"

#define COUNT_OF(array) (sizeof(array) / sizeof(array)[0])
#define NO_LOGIN                                                                                                       \
    "This records responsibility in a local file; it is not a login: whoever holds the file can say to be anybody."

static const char *given(const struct cli *cli, const char *option)
{
    const char *value = cli_args_value(&cli->args, option);
    return value == NULL ? "" : value;
}

/* The product that is named; NULL for the whole ledger, also by `all`. */
static const char *product_of(const char *text)
{
    return text == NULL || tl_text_equal(text, "all") ? NULL : text;
}

static const char *scope_words(const char *product)
{
    return product == NULL || product[0] == '\0' ? "the whole ledger" : product;
}

static tl_status read_day(struct tl_date *out, const struct cli *cli, const char *option, const char *what,
                          struct tl_err *err)
{
    tl_status status = cli_date(out, cli, option, err);
    if (status != TL_OK || !tl_date_is_none(*out))
        return status;
    (void)tl_err_set(err, TL_ERR_USAGE, "%s needs %s", what, option);
    tl_err_hint(err, "give the day, for example %s 2026-01-01", option);
    return TL_ERR_USAGE;
}

static tl_status role_grant(struct cli *cli, struct tl_err *err)
{
    struct tl_role_request request = {.person = cli->args.positional[0],
                                      .product = product_of(cli_args_value(&cli->args, "--product")),
                                      .decision = given(cli, "--decision"),
                                      .evidence = given(cli, "--evidence")};
    char date[TL_DATE_TEXT_SIZE];
    tl_status status = tl_role_parse(&request.role, cli->args.positional[1], err);
    if (status == TL_OK)
        status = read_day(&request.from, cli, "--from", "a role", err);
    if (status == TL_OK)
        status = cli_begin(cli, err);
    if (status == TL_OK)
        status = tl_role_grant(cli->store, &request, cli->act.actor, tl_moment_date(cli->act.now), err);
    if (status == TL_OK)
        status = cli_commit(cli, err);
    if (status == TL_OK)
        tl_buf_format(&cli->out, "%s is %s (%s) for %s from %s on\n", request.person, tl_role_en(request.role),
                      tl_role_da(request.role), scope_words(request.product), tl_date_iso(request.from, date));
    return status;
}

static tl_status role_end(struct cli *cli, struct tl_err *err)
{
    const char *person = cli->args.positional[0], *product = product_of(cli_args_value(&cli->args, "--product"));
    tl_role role;
    struct tl_date last;
    char date[TL_DATE_TEXT_SIZE];
    tl_status status = tl_role_parse(&role, cli->args.positional[1], err);
    if (status == TL_OK)
        status = read_day(&last, cli, "--to", "the end of a role", err);
    if (status == TL_OK)
        status = cli_begin(cli, err);
    if (status == TL_OK)
        status = tl_role_end(cli->store, person, role, product, last, given(cli, "--evidence"), err);
    if (status == TL_OK)
        status = cli_commit(cli, err);
    if (status == TL_OK)
        tl_buf_format(&cli->out, "%s is %s (%s) for %s until %s\n", person, tl_role_en(role), tl_role_da(role),
                      scope_words(product), tl_date_iso(last, date));
    return status;
}

static tl_status role_rule(struct cli *cli, struct tl_err *err)
{
    const char *above = cli_args_value(&cli->args, "--above");
    struct tl_role_rule rule = {.product = product_of(cli->args.positional[0]),
                                .approvers = given(cli, "--approvers"),
                                .is_above = above != NULL,
                                .decision = given(cli, "--decision")};
    tl_status status = TL_OK;
    if (rule.approvers[0] == '\0') {
        status = tl_err_set(err, TL_ERR_USAGE, "a rule needs --approvers");
        tl_err_hint(err, "write any, internal, external, or internal+external where both must");
    }
    if (status == TL_OK && above != NULL)
        status = tl_money_parse(&rule.above, above, err);
    if (status == TL_OK)
        status = read_day(&rule.from, cli, "--from", "a rule", err);
    if (status == TL_OK)
        status = cli_begin(cli, err);
    if (status == TL_OK)
        status = tl_role_rule_record(cli->store, &rule, err);
    if (status == TL_OK)
        status = cli_commit(cli, err);
    if (status == TL_OK)
        tl_buf_text(&cli->out, "recorded\n");
    return status;
}

/* ---- lists ---- */

/* Whether a role is held on the day; on any day when there is none. */
static bool is_held(const struct tl_role_holding *held, struct tl_date on)
{
    return tl_date_is_none(on) || (tl_date_compare(held->from, on) <= 0 &&
                                   (held->end_act == INT64_MAX || tl_date_compare(held->until, on) >= 0));
}

static tl_status add_role(struct tl_table *table, const struct tl_role_holding *held, struct tl_err *err)
{
    bool has_ended = held->end_act != INT64_MAX;
    struct tl_cell cells[] = {tl_cell_text(held->person),
                              tl_cell_code(tl_role_name(held->role)),
                              tl_cell_text(tl_role_da(held->role)),
                              held->product[0] == '\0' ? tl_cell_missing() : tl_cell_code(held->product),
                              tl_cell_date(held->from),
                              has_ended ? tl_cell_date(held->until) : tl_cell_missing(),
                              tl_cell_text(held->ground),
                              tl_cell_text(held->given_by),
                              has_ended ? tl_cell_text(held->end_evidence) : tl_cell_missing(),
                              has_ended ? tl_cell_text(held->ended_by) : tl_cell_missing()};
    return tl_table_add(table, cells, err);
}

static tl_status list_roles(struct cli *cli, struct tl_err *err)
{
    static const struct tl_column columns[] = {
        {"person", "Person", TL_COLUMN_TEXT},
        {"role", "Role", TL_COLUMN_CODE},
        {"role_da", "Rolle", TL_COLUMN_TEXT},
        {"product", "Product", TL_COLUMN_CODE},
        {"from", "From", TL_COLUMN_DATE},
        {"until", "Until", TL_COLUMN_DATE},
        {"ground", "Decision or evidence", TL_COLUMN_TEXT},
        {"given_by", "Given by", TL_COLUMN_TEXT},
        {"end_evidence", "Why it ended", TL_COLUMN_TEXT},
        {"ended_by", "Ended by", TL_COLUMN_TEXT},
    };
    struct tl_table table = TL_TABLE_EMPTY;
    struct tl_role_book book = {.count = 0};
    struct tl_date on;
    tl_status status = tl_table_init(&table, columns, COUNT_OF(columns), err);
    if (status == TL_OK)
        status = cli_date(&on, cli, "--date", err);
    if (status == TL_OK)
        status = cli_known(cli, err);
    if (status == TL_OK)
        status = tl_role_book_read(&book, cli->store, &cli->arena, err);
    for (size_t i = 0; status == TL_OK && i < book.count; i++)
        if (is_held(&book.items[i], on))
            status = add_role(&table, &book.items[i], err);
    if (status == TL_OK)
        status = cli_print_table(cli, &table, err);
    tl_table_release(&table);
    return status;
}

static tl_status list_rules(struct cli *cli, struct tl_err *err)
{
    static const struct tl_column columns[] = {
        {"product", "Product", TL_COLUMN_CODE},     {"from", "From", TL_COLUMN_DATE},
        {"approvers", "Approvers", TL_COLUMN_CODE}, {"above", "Above", TL_COLUMN_MONEY},
        {"decision", "Decision", TL_COLUMN_TEXT},   {"by", "By", TL_COLUMN_TEXT},
    };
    struct tl_table table = TL_TABLE_EMPTY;
    struct tl_role_book book = {.count = 0};
    tl_status status = tl_table_init(&table, columns, COUNT_OF(columns), err);
    if (status == TL_OK)
        status = cli_known(cli, err);
    if (status == TL_OK)
        status = tl_role_book_read(&book, cli->store, &cli->arena, err);
    for (size_t i = 0; status == TL_OK && i < book.rule_count; i++) {
        const struct tl_role_rule *rule = &book.rules[i].rule;
        struct tl_cell cells[] = {rule->product == NULL ? tl_cell_missing() : tl_cell_code(rule->product),
                                  tl_cell_date(rule->from),
                                  tl_cell_code(rule->approvers),
                                  rule->is_above ? tl_cell_money(rule->above) : tl_cell_missing(),
                                  tl_cell_text(rule->decision),
                                  tl_cell_text(book.rules[i].by)};
        status = tl_table_add(&table, cells, err);
    }
    if (status == TL_OK)
        status = cli_print_table(cli, &table, err);
    tl_table_release(&table);
    return status;
}

static struct tl_cell or_missing(const char *text)
{
    return text[0] == '\0' ? tl_cell_missing() : tl_cell_code(text);
}

static tl_status list_acts(struct cli *cli, struct tl_err *err)
{
    static const struct tl_column columns[] = {
        {"act", "Act", TL_COLUMN_INTEGER},   {"recorded_at", "Recorded", TL_COLUMN_CODE},
        {"actor", "By", TL_COLUMN_TEXT},     {"duty", "Duty", TL_COLUMN_CODE},
        {"role", "Role", TL_COLUMN_CODE},    {"product", "Product", TL_COLUMN_CODE},
        {"command", "What", TL_COLUMN_TEXT},
    };
    struct tl_table table = TL_TABLE_EMPTY;
    struct tl_duty_act *acts = NULL;
    size_t count = 0;
    tl_status status = tl_table_init(&table, columns, COUNT_OF(columns), err);
    if (status == TL_OK)
        status = cli_known(cli, err);
    if (status == TL_OK)
        status = tl_duty_list(&acts, &count, cli->store, cli_args_value(&cli->args, "--by"), &cli->arena, err);
    for (size_t i = 0; status == TL_OK && i < count; i++) {
        struct tl_cell cells[] = {tl_cell_integer(acts[i].act), tl_cell_code(acts[i].at), tl_cell_text(acts[i].actor),
                                  or_missing(acts[i].duty),     or_missing(acts[i].role), or_missing(acts[i].product),
                                  tl_cell_text(acts[i].command)};
        status = tl_table_add(&table, cells, err);
    }
    if (status == TL_OK)
        status = cli_print_table(cli, &table, err);
    tl_table_release(&table);
    return status;
}

#define OPTION_PRODUCT                                                                                                 \
    {                                                                                                                  \
        "--product", NULL, "PRODUCT", false, "for this product only (default: all, the whole ledger)"                  \
    }

static const struct cli_option grant_options[] = {
    OPTION_PRODUCT,
    {"--from", NULL, "DATE", false, "the first day with the role"},
    CLI_OPTION_DECISION("who decided it, such as 'styregruppe 2026-01-10 pkt. 2'"),
    {"--evidence", NULL, "TEXT", false, "where it is documented, such as a letter of authority (fuldmagt)"},
    CLI_OPTIONS_END,
};
static const struct cli_option end_options[] = {
    OPTION_PRODUCT,
    {"--to", NULL, "DATE", false, "the last day with the role; the day before its first day when it never was"},
    {"--evidence", NULL, "TEXT", false, "where it is documented"},
    CLI_OPTIONS_END,
};
static const struct cli_option rule_options[] = {
    {"--approvers", NULL, "WHO", false, "any, internal, external, or internal+external where both must"},
    {"--above", NULL, "AMOUNT", false, "only for runs that move more, charges and credits of members added up"},
    {"--from", NULL, "DATE", false, "the first day of the rule"},
    CLI_OPTION_DECISION("who decided it, such as 'styregruppe 2026-01-10 pkt. 2'"),
    CLI_OPTIONS_END,
};
static const struct cli_option list_options[] = {
    {"--date", NULL, "DATE", false, "those that hold on that day (default: all there have been)"},
    CLI_OPTION_KNOWN,
    CLI_OPTIONS_FORM,
    CLI_OPTIONS_END,
};
static const struct cli_option rules_options[] = {CLI_OPTION_KNOWN, CLI_OPTIONS_FORM, CLI_OPTIONS_END};
static const struct cli_option acts_options[] = {
    {"--by", NULL, "NAME", false, "those of this person only"},
    CLI_OPTION_KNOWN,
    CLI_OPTIONS_FORM,
    CLI_OPTIONS_END,
};

const struct cli_command cli_role_commands[] = {
    {"role grant", "NAME ROLE", "record that somebody may draft, or approve",
     "Records that a person takes a role, for a product or the whole ledger:\n"
     "  drafter            sagsbehandler: drafts, registers and issues\n"
     "  approver-internal  intern godkender, in the product's own house\n"
     "  approver-external  ekstern godkender, outside of it\n"
     "  reader             læser: records nothing\n"
     "  auditor            revisor: records nothing\n"
     "As long as nobody is to draft or approve for a product, or the ledger, everybody may but readers and auditors,\n"
     "and what takes two people takes them all the same. Anybody gives the first roles; from the first approver on,\n"
     "an approver gives them, to somebody else. What belongs to no product, such as payments, takes a role for the\n"
     "whole ledger where there are such.\n" NO_LOGIN,
     2, 2, CLI_RECORDS, grant_options, role_grant},
    {"role end", "NAME ROLE", "record when a role ends",
     "Records the last day of a role. What was done under it stays what it is.\n" NO_LOGIN, 2, 2, CLI_RECORDS,
     end_options, role_end},
    {"role rule", "PRODUCT", "record who must approve a product's billing runs",
     "Records whose approval a billing run of the product (or of 'all') needs from a day on. A run that needs an\n"
     "internal and an external approver stays a draft until both, two people beside its author, have approved it.\n"
     "A product's own rule comes before that of all.",
     1, 1, CLI_RECORDS, rule_options, role_rule},
    {"list roles", "", "list who may draft and who may approve",
     "Lists roles by the order in which they were given, with those that have ended.\n" NO_LOGIN, 0, 0, CLI_READS,
     list_options, list_roles},
    {"list rules", "", "list whose approval billing runs need", "Lists the rules of products, and of all.", 0, 0,
     CLI_READS, rules_options, list_rules},
    {"list acts", "", "list who did what, under which role",
     "Lists everything that was recorded, by whom and when, with the role that it was done under, where there are\n"
     "roles. An act that touched several products has a row for each.\n" NO_LOGIN,
     0, 0, CLI_READS, acts_options, list_acts},
    {0},
};
