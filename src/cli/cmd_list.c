/* SPDX-License-Identifier: MPL-2.0 */
/*
 * The commands that list what is recorded; each fills one table.
 */
#include "cli.h"
#include "tilslut/agreement/class_count.h"
#include "tilslut/agreement/decision.h"
#include "tilslut/agreement/document.h"
#include "tilslut/agreement/figure.h"
#include "tilslut/agreement/party.h"
#include "tilslut/agreement/product.h"
#include "tilslut/agreement/product_level.h"
#include "tilslut/agreement/roster.h"
#include "tilslut/agreement/run.h"
#include "tilslut/agreement/terms_book.h"
#include "tilslut/base/text.h"
#include "tilslut/key/billing.h"
#include "tilslut/ledger/balance.h"
#include "tilslut/ledger/journal.h"
#include "tilslut/report/explain.h"

#define COUNT_OF(array) (sizeof(array) / sizeof(array)[0])

static tl_status print_and_release(struct cli *cli, struct tl_table *table, tl_status status, struct tl_err *err)
{
    if (status == TL_OK)
        status = cli_print_table(cli, table, err);
    tl_table_release(table);
    return status;
}

/* An empty text is a missing cell. */
static struct tl_cell text_cell(const char *text)
{
    return text[0] == '\0' ? tl_cell_missing() : tl_cell_text(text);
}

static struct tl_cell code_cell(const char *code)
{
    return code[0] == '\0' ? tl_cell_missing() : tl_cell_code(code);
}

static tl_status list_parties(struct cli *cli, struct tl_err *err)
{
    static const struct tl_column columns[] = {
        {"code", "Code", TL_COLUMN_CODE},
        {"name", "Name", TL_COLUMN_TEXT},
        {"official_name", "Official name", TL_COLUMN_TEXT},
        {"kind", "Kind", TL_COLUMN_TEXT},
        {"region", "Region", TL_COLUMN_TEXT},
        {"cvr", "CVR", TL_COLUMN_CODE},
        {"ean", "EAN", TL_COLUMN_CODE},
        {"association_member", "Association", TL_COLUMN_TEXT},
    };
    static const char *const associations[] = {
        [TL_ASSOCIATION_NOT_RECORDED] = "", [TL_ASSOCIATION_MEMBER] = "member", [TL_ASSOCIATION_OTHER] = "other"};
    struct tl_table table = TL_TABLE_EMPTY;
    struct tl_party *parties = NULL;
    size_t count = 0;
    struct tl_date today = tl_moment_date(cli->act.now);
    tl_status status = tl_table_init(&table, columns, COUNT_OF(columns), err);
    if (status == TL_OK)
        status = tl_party_list(&parties, &count, cli->store, today, &cli->arena, err);
    for (size_t i = 0; status == TL_OK && i < count; i++) {
        const struct tl_party *party = &parties[i];
        tl_association association;
        status = tl_party_association(&association, cli->store, party->code, today, err);
        if (status != TL_OK)
            break;
        struct tl_cell cells[] = {code_cell(party->code),          text_cell(party->name),
                                  text_cell(party->official_name), text_cell(party->kind),
                                  text_cell(party->region),        code_cell(party->cvr),
                                  code_cell(party->ean),           text_cell(associations[association])};
        status = tl_table_add(&table, cells, err);
    }
    return print_and_release(cli, &table, status, err);
}

static tl_status list_products(struct cli *cli, struct tl_err *err)
{
    static const struct tl_column columns[] = {
        {"code", "Code", TL_COLUMN_CODE},
        {"name", "Name", TL_COLUMN_TEXT},
        {"psp", "PSP element", TL_COLUMN_CODE},
        {"level", "Level", TL_COLUMN_INTEGER},
    };
    struct tl_table table = TL_TABLE_EMPTY;
    struct tl_product *products = NULL;
    size_t count = 0;
    tl_status status = tl_table_init(&table, columns, COUNT_OF(columns), err);
    if (status == TL_OK)
        status = tl_product_list(&products, &count, cli->store, &cli->arena, err);
    for (size_t i = 0; status == TL_OK && i < count; i++) {
        int level = 0;
        status = tl_product_level_on(&level, cli->store, products[i].code, tl_moment_date(cli->act.now), err);
        if (status != TL_OK)
            break;
        struct tl_cell cells[] = {tl_cell_code(products[i].code), tl_cell_text(products[i].name),
                                  tl_cell_code(products[i].psp), tl_cell_integer(level)};
        status = tl_table_add(&table, cells, err);
    }
    return print_and_release(cli, &table, status, err);
}

static bool is_kept(const struct tl_option_taken *option, struct tl_date today)
{
    return tl_date_is_none(option->last) || tl_date_compare(option->last, today) >= 0;
}

/* `hosting, support` */
static const char *join_words(struct tl_arena *arena, const char *words, const char *word)
{
    return words[0] == '\0' ? word : tl_arena_format(arena, "%s, %s", words, word);
}

static tl_status add_members(struct tl_table *table, struct cli *cli, const char *product, struct tl_err *err)
{
    struct tl_roster roster = TL_ROSTER_EMPTY;
    struct tl_date today = tl_moment_date(cli->act.now);
    tl_status status = tl_roster_read_all(&roster, cli->store, product, today, err);
    for (size_t i = 0; status == TL_OK && i < roster.count; i++) {
        const struct tl_member *member = &roster.members[i];
        const char *options = "", *waivers = "";
        for (size_t j = 0; options != NULL && j < member->option_count; j++)
            if (is_kept(&member->options[j], today))
                options = join_words(&roster.arena, options, member->options[j].option);
        for (size_t j = 0; waivers != NULL && j < member->waiver_count; j++)
            waivers = join_words(&roster.arena, waivers, member->waivers[j]);
        if (options == NULL || waivers == NULL) {
            status = tl_err_memory(err);
            break;
        }
        struct tl_cell cells[] = {tl_cell_code(product),
                                  tl_cell_code(member->code),
                                  tl_cell_text(member->name),
                                  tl_cell_date(member->signed_on),
                                  tl_cell_date(member->first),
                                  tl_cell_date(member->last),
                                  text_cell(options),
                                  text_cell(waivers),
                                  tl_cell_text(member->class_by_hand)};
        status = tl_table_add(table, cells, err);
    }
    tl_roster_release(&roster);
    return status;
}

static tl_status list_members(struct cli *cli, struct tl_err *err)
{
    static const struct tl_column columns[] = {
        {"product", "Product", TL_COLUMN_CODE},
        {"member", "Member", TL_COLUMN_CODE},
        {"name", "Name", TL_COLUMN_TEXT},
        {"signed", "Signed", TL_COLUMN_DATE},
        {"from", "From", TL_COLUMN_DATE},
        {"to", "To", TL_COLUMN_DATE},
        {"options", "Options", TL_COLUMN_TEXT},
        {"waivers", "Waivers", TL_COLUMN_TEXT},
        {"class_by_hand", "Class by hand", TL_COLUMN_TEXT},
    };
    struct tl_table table = TL_TABLE_EMPTY;
    struct tl_product one, *products = &one;
    size_t count = 1;
    tl_status status = tl_table_init(&table, columns, COUNT_OF(columns), err);
    if (status == TL_OK)
        status = cli->args.positional_count == 0
                     ? tl_product_list(&products, &count, cli->store, &cli->arena, err)
                     : tl_product_find(&one, cli->store, cli->args.positional[0], &cli->arena, err);
    for (size_t i = 0; status == TL_OK && i < count; i++)
        status = add_members(&table, cli, products[i].code, err);
    return print_and_release(cli, &table, status, err);
}

static tl_status list_entries(struct cli *cli, struct tl_err *err)
{
    static const struct tl_column columns[] = {
        {"entry", "Entry", TL_COLUMN_INTEGER},
        {"date", "Date", TL_COLUMN_DATE},
        {"kind", "Kind", TL_COLUMN_TEXT},
        {"text", "Text", TL_COLUMN_TEXT},
        {"reference", "Reference", TL_COLUMN_CODE},
        {"due", "Due", TL_COLUMN_DATE},
        {"account", "Account", TL_COLUMN_CODE},
        {"account_name", "Account name", TL_COLUMN_TEXT},
        {"party", "Party", TL_COLUMN_CODE},
        {"product", "Product", TL_COLUMN_CODE},
        {"line", "Line", TL_COLUMN_CODE},
        {"amount", "Amount", TL_COLUMN_MONEY},
        {"recorded_at", "Recorded", TL_COLUMN_CODE},
        {"actor", "By", TL_COLUMN_TEXT},
        {"sealed", "Sealed", TL_COLUMN_TEXT},
    };
    struct tl_table table = TL_TABLE_EMPTY;
    struct tl_journal_row *rows = NULL;
    struct tl_party party;
    const char *code = cli_args_value(&cli->args, "--party");
    struct tl_date until;
    size_t count = 0;
    tl_status status = tl_table_init(&table, columns, COUNT_OF(columns), err);
    if (status == TL_OK)
        status = cli_date(&until, cli, "--date", err);
    if (status == TL_OK)
        status = cli_known(cli, err);
    if (status == TL_OK && code != NULL)
        status = tl_party_find(&party, cli->store, code, tl_moment_date(cli->act.now), &cli->arena, err);
    if (status == TL_OK)
        status = tl_journal_read(&rows, &count, cli->store, code, &cli->arena, err);
    for (size_t i = 0; status == TL_OK && i < count; i++) {
        const struct tl_journal_row *row = &rows[i];
        if (!tl_date_is_none(until) && tl_date_compare(row->holds_on, until) > 0)
            continue;
        struct tl_cell cells[] = {tl_cell_integer(row->entry),
                                  tl_cell_date(row->holds_on),
                                  text_cell(row->kind),
                                  text_cell(row->text),
                                  code_cell(row->reference),
                                  tl_cell_date(row->due_on),
                                  code_cell(row->account),
                                  text_cell(row->account_name),
                                  code_cell(row->party),
                                  code_cell(row->product),
                                  code_cell(row->line_id),
                                  tl_cell_money(row->amount),
                                  code_cell(row->recorded_at),
                                  text_cell(row->actor),
                                  tl_cell_text(row->is_sealed ? "yes" : "no: void")};
        status = tl_table_add(&table, cells, err);
    }
    return print_and_release(cli, &table, status, err);
}

static tl_status list_figures(struct cli *cli, struct tl_err *err)
{
    static const struct tl_column columns[] = {
        {"party", "Party", TL_COLUMN_CODE}, {"name", "Name", TL_COLUMN_TEXT},    {"measure", "Measure", TL_COLUMN_TEXT},
        {"date", "Date", TL_COLUMN_DATE},   {"value", "Value", TL_COLUMN_RATIO}, {"source", "Source", TL_COLUMN_TEXT},
    };
    struct tl_table table = TL_TABLE_EMPTY;
    struct tl_party party;
    struct tl_figure *figures = NULL;
    size_t count = 0;
    tl_status status = tl_table_init(&table, columns, COUNT_OF(columns), err);
    if (status == TL_OK)
        status =
            tl_party_find(&party, cli->store, cli->args.positional[0], tl_moment_date(cli->act.now), &cli->arena, err);
    if (status == TL_OK)
        status = tl_figure_list(&figures, &count, cli->store, party.code, &cli->arena, err);
    for (size_t i = 0; status == TL_OK && i < count; i++) {
        struct tl_cell cells[] = {tl_cell_code(party.code),         tl_cell_text(party.name),
                                  tl_cell_text(figures[i].measure), tl_cell_date(figures[i].holds_on),
                                  tl_cell_ratio(figures[i].value),  tl_cell_text(figures[i].source)};
        status = tl_table_add(&table, cells, err);
    }
    return print_and_release(cli, &table, status, err);
}

static tl_status list_terms(struct cli *cli, struct tl_err *err)
{
    static const struct tl_column columns[] = {
        {"product", "Product", TL_COLUMN_CODE},    {"version", "Version", TL_COLUMN_INTEGER},
        {"state", "State", TL_COLUMN_TEXT},        {"from", "From", TL_COLUMN_DATE},
        {"until", "Until", TL_COLUMN_DATE},        {"decision", "Decision", TL_COLUMN_TEXT},
        {"adopted_at", "Adopted", TL_COLUMN_CODE}, {"adopted_by", "By", TL_COLUMN_TEXT},
        {"sha256", "SHA-256", TL_COLUMN_CODE},
    };
    struct tl_table table = TL_TABLE_EMPTY;
    struct tl_adopted *versions = NULL;
    struct tl_product product;
    const char *code = cli->args.positional_count == 0 ? NULL : cli->args.positional[0];
    struct tl_date on = {0}, last;
    size_t count = 0;
    char hex[TL_DIGEST_HEX_SIZE];
    tl_status status = tl_table_init(&table, columns, COUNT_OF(columns), err);
    if (status == TL_OK)
        status = cli_date_or_today(&on, cli, "--date", err);
    if (status == TL_OK && code != NULL)
        status = tl_product_find(&product, cli->store, code, &cli->arena, err);
    if (status == TL_OK)
        status = tl_terms_book_list(&versions, &count, cli->store, code, &cli->arena, err);
    for (size_t i = 0; status == TL_OK && i < count; i++) {
        const struct tl_adopted *version = &versions[i];
        tl_terms_state state = tl_terms_book_state(&last, versions, count, i, on);
        struct tl_cell cells[] = {tl_cell_code(version->product),
                                  tl_cell_integer(version->version),
                                  tl_cell_text(tl_terms_state_name(state)),
                                  tl_cell_date(version->valid_from),
                                  tl_cell_date(last),
                                  tl_cell_text(tl_decision_text(&version->decision, &cli->arena)),
                                  tl_cell_code(version->recorded_at),
                                  tl_cell_text(version->actor),
                                  tl_cell_code(tl_digest_hex(&version->sha256, hex))};
        status = tl_table_add(&table, cells, err);
    }
    return print_and_release(cli, &table, status, err);
}

static tl_status list_runs(struct cli *cli, struct tl_err *err)
{
    static const struct tl_column columns[] = {
        {"run", "Run", TL_COLUMN_INTEGER},
        {"product", "Product", TL_COLUMN_CODE},
        {"year", "Year", TL_COLUMN_INTEGER},
        {"bills", "Bills", TL_COLUMN_TEXT},
        {"state", "State", TL_COLUMN_TEXT},
        {"members", "Members", TL_COLUMN_INTEGER},
        {"net", "Net", TL_COLUMN_MONEY},
        {"vat", "VAT", TL_COLUMN_MONEY},
        {"drafted_at", "Drafted", TL_COLUMN_CODE},
        {"author", "Author", TL_COLUMN_TEXT},
        {"ended_by", "Approved or discarded by", TL_COLUMN_TEXT},
    };
    struct tl_table table = TL_TABLE_EMPTY;
    struct tl_run *runs = NULL;
    size_t count = 0;
    tl_status status = tl_table_init(&table, columns, COUNT_OF(columns), err);
    if (status == TL_OK)
        status = tl_run_list(&runs, &count, cli->store, &cli->arena, err);
    for (size_t i = 0; status == TL_OK && i < count; i++) {
        const struct tl_run *run = &runs[i];
        char label[TL_BILLING_LABEL_SIZE];
        bool is_period = tl_text_equal(run->kind, "period");
        struct tl_cell cells[] = {
            tl_cell_integer(run->id),      tl_cell_code(run->product),
            tl_cell_integer(run->year),    tl_cell_text(is_period ? tl_billing_label(run->period, label) : run->kind),
            tl_cell_text(run->state),      tl_cell_integer((int64_t)run->member_count),
            tl_cell_money(run->net),       tl_cell_money(run->vat),
            tl_cell_code(run->drafted_at), tl_cell_text(run->author),
            text_cell(run->ended_by)};
        status = tl_table_add(&table, cells, err);
    }
    return print_and_release(cli, &table, status, err);
}

static tl_status list_documents(struct cli *cli, struct tl_err *err)
{
    static const struct tl_column columns[] = {
        {"number", "Number", TL_COLUMN_CODE},  {"version", "Version", TL_COLUMN_INTEGER},
        {"kind", "Kind", TL_COLUMN_TEXT},      {"product", "Product", TL_COLUMN_CODE},
        {"party", "Party", TL_COLUMN_CODE},    {"year", "Year", TL_COLUMN_INTEGER},
        {"issued", "Issued", TL_COLUMN_DATE},  {"bytes", "Bytes", TL_COLUMN_INTEGER},
        {"sha256", "SHA-256", TL_COLUMN_CODE},
    };
    struct tl_table table = TL_TABLE_EMPTY;
    struct tl_document *documents = NULL;
    size_t count = 0;
    char hex[TL_DIGEST_HEX_SIZE];
    tl_status status = tl_table_init(&table, columns, COUNT_OF(columns), err);
    if (status == TL_OK)
        status = tl_document_list(&documents, &count, cli->store, &cli->arena, err);
    for (size_t i = 0; status == TL_OK && i < count; i++) {
        const struct tl_document *document = &documents[i];
        struct tl_cell cells[] = {tl_cell_code(document->number),
                                  tl_cell_integer(document->version),
                                  tl_cell_text(document->kind),
                                  tl_cell_code(document->product),
                                  tl_cell_code(document->party),
                                  tl_cell_integer(document->year),
                                  tl_cell_date(document->issued_on),
                                  tl_cell_integer((int64_t)document->size),
                                  tl_cell_code(tl_digest_hex(&document->sha256, hex))};
        status = tl_table_add(&table, cells, err);
    }
    return print_and_release(cli, &table, status, err);
}

static tl_status add_classes(struct tl_table *table, struct cli *cli, const struct tl_terms *terms, struct tl_date date,
                             struct tl_err *err)
{
    struct tl_class_count *counts = NULL;
    size_t without = 0;
    char text[TL_DATE_TEXT_SIZE];
    tl_status status = tl_class_count_read(&counts, &without, cli->store, terms, date, &cli->arena, err);
    for (size_t i = 0; status == TL_OK && i < terms->class_count; i++) {
        struct tl_buf rule = TL_BUF_EMPTY;
        tl_explain_class_rule(&rule, terms, counts[i].size_class);
        struct tl_cell cells[] = {tl_cell_text(counts[i].size_class->name), tl_cell_text(tl_buf_string(&rule)),
                                  tl_cell_integer((int64_t)counts[i].municipalities),
                                  tl_cell_integer((int64_t)counts[i].members)};
        status = tl_buf_status(&rule, err);
        if (status == TL_OK)
            status = tl_table_add(table, cells, err);
        tl_buf_release(&rule);
    }
    if (status == TL_OK && without > 0)
        cli_note("%zu %s no figure for '%s' on %s", without,
                 cli_plural(without, "municipality has", "municipalities have"), terms->reference.measure,
                 tl_date_iso(date, text));
    return status;
}

static tl_status list_classes(struct cli *cli, struct tl_err *err)
{
    static const struct tl_column columns[] = {
        {"size_class", "Size class", TL_COLUMN_TEXT},
        {"rule", "Rule", TL_COLUMN_TEXT},
        {"municipalities", "Municipalities", TL_COLUMN_INTEGER},
        {"members", "Of them members", TL_COLUMN_INTEGER},
    };
    struct tl_table table = TL_TABLE_EMPTY;
    struct tl_product product;
    struct tl_adopted *versions = NULL;
    struct tl_terms terms = TL_TERMS_EMPTY;
    struct tl_date date;
    size_t count = 0;
    tl_status status = tl_table_init(&table, columns, COUNT_OF(columns), err);
    if (status == TL_OK)
        status = cli_date(&date, cli, "--date", err);
    if (status == TL_OK)
        status = tl_product_find(&product, cli->store, cli->args.positional[0], &cli->arena, err);
    if (status == TL_OK)
        status = tl_terms_book_list(&versions, &count, cli->store, product.code, &cli->arena, err);
    if (status == TL_OK && count == 0)
        status = tl_err_set(err, TL_ERR_MISSING, "no terms of '%s' are adopted", product.code);
    if (status == TL_OK)
        status = tl_terms_book_read(&terms, &versions[count - 1], err);
    if (status == TL_OK)
        status = add_classes(
            &table, cli, &terms,
            tl_date_is_none(date) ? tl_terms_reference_date(&terms, tl_date_year(tl_moment_date(cli->act.now))) : date,
            err);
    tl_terms_release(&terms);
    return print_and_release(cli, &table, status, err);
}

static tl_status list_balances(struct cli *cli, struct tl_err *err)
{
    static const struct tl_column columns[] = {
        {"account", "Account", TL_COLUMN_CODE},  {"name", "Name", TL_COLUMN_TEXT},
        {"debit", "Debit", TL_COLUMN_MONEY},     {"credit", "Credit", TL_COLUMN_MONEY},
        {"balance", "Balance", TL_COLUMN_MONEY},
    };
    struct tl_table table = TL_TABLE_EMPTY;
    struct tl_balance *balances = NULL, sum = {0};
    struct tl_date until;
    size_t count = 0;
    tl_status status = tl_table_init(&table, columns, COUNT_OF(columns), err);
    if (status == TL_OK)
        status = cli_date(&until, cli, "--date", err);
    if (status == TL_OK)
        status = cli_known(cli, err);
    if (status == TL_OK)
        status = tl_balance_read(&balances, &count, cli->store, until, &cli->arena, err);
    for (size_t i = 0; status == TL_OK && i < count; i++) {
        const struct tl_balance *balance = &balances[i];
        struct tl_cell cells[] = {tl_cell_code(balance->account), tl_cell_text(balance->name_da),
                                  tl_cell_money(balance->debit), tl_cell_money(balance->credit),
                                  tl_cell_money(balance->balance)};
        status = tl_money_add(&sum.debit, sum.debit, balance->debit, err);
        if (status == TL_OK)
            status = tl_money_add(&sum.credit, sum.credit, balance->credit, err);
        if (status == TL_OK)
            status = tl_money_add(&sum.balance, sum.balance, balance->balance, err);
        if (status == TL_OK)
            status = tl_table_add(&table, cells, err);
    }
    struct tl_cell totals[] = {tl_cell_missing(), tl_cell_text("Total"), tl_cell_money(sum.debit),
                               tl_cell_money(sum.credit), tl_cell_money(sum.balance)};
    if (status == TL_OK && count > 0)
        status = tl_table_set_totals(&table, totals, err);
    return print_and_release(cli, &table, status, err);
}

static const struct cli_option list_terms_options[] = {
    {"--date", NULL, "DATE", false, "the states on that day (default: today)"},
    CLI_OPTIONS_FORM,
    CLI_OPTIONS_END,
};
static const struct cli_option list_entries_options[] = {
    {"--party", NULL, "CODE", false, "only entries that concern this party"},
    {"--date", NULL, "DATE", false, "only entries dated up to then (default: all)"},
    CLI_OPTION_KNOWN,
    CLI_OPTIONS_FORM,
    CLI_OPTIONS_END,
};
static const struct cli_option list_balances_options[] = {
    {"--date", NULL, "DATE", false, "of entries dated up to then (default: all)"},
    CLI_OPTION_KNOWN,
    CLI_OPTIONS_FORM,
    CLI_OPTIONS_END,
};
static const struct cli_option list_classes_options[] = {
    {"--date", NULL, "DATE", false, "of the figures (default: the reference date of this year)"},
    CLI_OPTIONS_FORM,
    CLI_OPTIONS_END,
};

const struct cli_command cli_list_commands[] = {
    {"list parties", "", "list public bodies and associations", "Lists parties as they are today.", 0, 0, CLI_READS,
     cli_form_options, list_parties},
    {"list products", "", "list products", "Lists products.", 0, 0, CLI_READS, cli_form_options, list_products},
    {"list members", "[PRODUCT]", "list memberships", "Lists the memberships of one product or of all.", 0, 1,
     CLI_READS, cli_form_options, list_members},
    {"list entries", "", "list the ledger", "Lists the postings of the ledger with their entries.", 0, 0, CLI_READS,
     list_entries_options, list_entries},
    {"list balances", "", "list the trial balance (saldobalance)",
     "Lists what each account comes to; the balances sum to zero.", 0, 0, CLI_READS, list_balances_options,
     list_balances},
    {"list classes", "PRODUCT", "count size classes",
     "Counts municipalities, and members, in each size class of the product's latest terms.", 1, 1, CLI_READS,
     list_classes_options, list_classes},
    {"list figures", "PARTY", "list a party's figures", "Lists the figures of a party with date and source.", 1, 1,
     CLI_READS, cli_form_options, list_figures},
    {"list terms", "[PRODUCT]", "list adopted terms, their states and decisions",
     "Lists the versions of adopted terms: adopted, when they begin later; in force; or superseded by a later version.",
     0, 1, CLI_READS, list_terms_options, list_terms},
    {"list runs", "", "list billing runs", "Lists billing runs with author and approver.", 0, 0, CLI_READS,
     cli_form_options, list_runs},
    {"list documents", "", "list issued documents", "Lists issued documents with version and hash.", 0, 0, CLI_READS,
     cli_form_options, list_documents},
    {0},
};
