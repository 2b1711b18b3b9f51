/* SPDX-License-Identifier: MPL-2.0 */
/*
 * The secretariat's overview.
 */
#include "output.h"
#include "tilslut/agreement/overview.h"
#include "tilslut/agreement/party.h"
#include "tilslut/agreement/product.h"
#include "tilslut/report/overview_xlsx.h"
#include "tilslut/store/file.h"

#define COUNT_OF(array) (sizeof(array) / sizeof(array)[0])

static struct tl_cell text_cell(const char *text)
{
    return text[0] == '\0' ? tl_cell_missing() : tl_cell_text(text);
}

static struct tl_cell code_cell(const char *code)
{
    return code[0] == '\0' ? tl_cell_missing() : tl_cell_code(code);
}

static tl_status fill_counts(struct tl_table *table, const struct tl_overview *overview, struct tl_arena *arena,
                             struct tl_err *err)
{
    static const struct tl_column columns[] = {{"product", "Product", TL_COLUMN_CODE},
                                               {"state", "State", TL_COLUMN_TEXT},
                                               {"agreements", "Agreements", TL_COLUMN_INTEGER}};
    (void)arena;
    tl_status status = tl_table_init(table, columns, COUNT_OF(columns), err);
    for (size_t i = 0; i < overview->count_count; i++)
        for (size_t state = 0; status == TL_OK && state < TL_MEMBERSHIP_STATE_COUNT; state++) {
            size_t number = overview->counts[i].by_state[state];
            struct tl_cell cells[] = {tl_cell_code(overview->counts[i].product),
                                      tl_cell_text(tl_membership_state_name((tl_membership_state)state)),
                                      tl_cell_integer((int64_t)number)};
            if (number > 0)
                status = tl_table_add(table, cells, err);
        }
    return status;
}

static tl_status fill_agreements(struct tl_table *table, const struct tl_overview *overview, struct tl_arena *arena,
                                 struct tl_err *err)
{
    static const struct tl_column columns[] = {
        {"product", "Product", TL_COLUMN_CODE}, {"member", "Member", TL_COLUMN_CODE},
        {"name", "Name", TL_COLUMN_TEXT},       {"state", "State", TL_COLUMN_TEXT},
        {"signed", "Signed", TL_COLUMN_DATE},   {"from", "From", TL_COLUMN_DATE},
        {"notice", "Notice", TL_COLUMN_DATE},   {"to", "To", TL_COLUMN_DATE},
        {"lacks", "Lacks", TL_COLUMN_TEXT},
    };
    tl_status status = tl_table_init(table, columns, COUNT_OF(columns), err);
    for (size_t i = 0; status == TL_OK && i < overview->agreement_count; i++) {
        const struct tl_overview_agreement *row = &overview->agreements[i];
        const char *lacks = tl_overview_lacks(row, false, arena);
        if (lacks == NULL)
            return tl_err_memory(err);
        struct tl_cell cells[] = {tl_cell_code(row->product),
                                  tl_cell_code(row->party),
                                  tl_cell_text(row->party_name),
                                  tl_cell_text(tl_membership_state_name(row->state)),
                                  tl_cell_date(row->signed_on),
                                  tl_cell_date(row->first),
                                  tl_cell_date(row->notice_on),
                                  tl_cell_date(row->last),
                                  text_cell(lacks)};
        status = tl_table_add(table, cells, err);
    }
    return status;
}

static tl_status fill_coming(struct tl_table *table, const struct tl_overview *overview, struct tl_arena *arena,
                             struct tl_err *err)
{
    static const struct tl_column columns[] = {
        {"date", "Date", TL_COLUMN_DATE},     {"what", "What", TL_COLUMN_TEXT}, {"product", "Product", TL_COLUMN_CODE},
        {"member", "Member", TL_COLUMN_CODE}, {"name", "Name", TL_COLUMN_TEXT}, {"detail", "Detail", TL_COLUMN_TEXT},
        {"until", "To", TL_COLUMN_DATE},
    };
    (void)arena;
    tl_status status = tl_table_init(table, columns, COUNT_OF(columns), err);
    for (size_t i = 0; status == TL_OK && i < overview->coming_count; i++) {
        const struct tl_overview_coming *row = &overview->coming[i];
        struct tl_cell cells[] = {tl_cell_date(row->on),      tl_cell_text(tl_overview_kind_en(row->kind)),
                                  code_cell(row->product),    code_cell(row->party),
                                  text_cell(row->party_name), text_cell(row->detail),
                                  tl_cell_date(row->until)};
        status = tl_table_add(table, cells, err);
    }
    return status;
}

typedef tl_status fill_function(struct tl_table *table, const struct tl_overview *overview, struct tl_arena *arena,
                                struct tl_err *err);

static const struct part {
    const char *name, *title;
    fill_function *fill;
} parts[] = {
    {"counts", "agreements by state", fill_counts},
    {"agreements", "agreements, and what they lack", fill_agreements},
    {"coming", "what comes up", fill_coming},
};

static tl_status print_part(struct cli *cli, const struct part *part, const struct tl_overview *overview, bool titled,
                            struct tl_err *err)
{
    struct tl_table table = TL_TABLE_EMPTY;
    tl_status status = part->fill(&table, overview, &cli->arena, err);
    if (titled)
        tl_buf_format(&cli->out, "%s%s\n", cli->out.length == 0 ? "" : "\n", part->title);
    if (status == TL_OK)
        status = cli_print_table(cli, &table, err);
    tl_table_release(&table);
    return status;
}

/* People see all parts; machines one, the agreements where none is named. */
static tl_status print_overview(struct cli *cli, const struct tl_overview *overview, struct tl_err *err)
{
    const char *named = cli_args_value(&cli->args, "--part");
    bool all = named == NULL && !cli_for_machines(cli), found = false;
    tl_status status = TL_OK;
    if (named == NULL)
        named = "agreements";
    for (size_t i = 0; status == TL_OK && i < COUNT_OF(parts); i++)
        if (all || tl_text_equal(named, parts[i].name)) {
            found = true;
            status = print_part(cli, &parts[i], overview, all, err);
        }
    if (status == TL_OK && !found)
        status = tl_err_set(err, TL_ERR_USAGE, "--part is counts, agreements or coming, not '%.40s'", named);
    return status;
}

static tl_status write_overview(struct cli *cli, const struct tl_overview *overview, const char *about,
                                struct tl_err *err)
{
    struct tl_party owner;
    struct tl_buf xlsx = TL_BUF_EMPTY;
    const char *folder, *name = NULL;
    char date[TL_DATE_TEXT_SIZE];
    tl_status status =
        tl_party_find(&owner, cli->store, tl_store_owner(cli->store), overview->period.first, &cli->arena, err);
    if (status == TL_OK) {
        const struct tl_overview_paper paper = {&owner, overview, about};
        status = tl_overview_xlsx(&xlsx, &paper, err);
    }
    if (status == TL_OK) {
        const char *limit = cli->args.positional_count == 0 ? "" : cli->args.positional[0];
        name = tl_arena_format(&cli->arena, "overview%s%s-%s.xlsx", limit[0] == '\0' ? "" : "-", limit,
                               tl_date_iso(overview->period.first, date));
        status = name == NULL ? tl_err_memory(err) : cli_output_folder(&folder, cli, err);
    }
    if (status == TL_OK)
        status = tl_file_write(folder, name, xlsx.bytes, xlsx.length, err);
    if (status == TL_OK)
        tl_buf_format(&cli->out, "%s/%s\n", folder, name);
    tl_buf_release(&xlsx);
    return status;
}

/* What an argument names: a product, else a party. */
static tl_status find_limit(const char **product, const char **party, const char **about, struct cli *cli,
                            struct tl_date on, struct tl_err *err)
{
    struct tl_product *products = NULL;
    struct tl_party found;
    size_t count = 0;
    *product = *party = NULL;
    *about = "";
    if (cli->args.positional_count == 0)
        return TL_OK;
    const char *code = cli->args.positional[0];
    tl_status status = tl_product_list(&products, &count, cli->store, &cli->arena, err);
    for (size_t i = 0; status == TL_OK && i < count; i++)
        if (tl_text_equal(products[i].code, code)) {
            *product = code;
            *about = products[i].name;
            return TL_OK;
        }
    struct tl_err told = TL_ERR_NONE;
    if (status == TL_OK)
        status = tl_party_find(&found, cli->store, code, on, &cli->arena, &told);
    if (status == TL_ERR_NOT_FOUND) {
        (void)tl_err_set(err, status, "there is neither a product nor a party '%.60s'", code);
        tl_err_hint(err, "tilslut list products and tilslut list parties show them");
    } else if (told.status != TL_OK)
        *err = told;
    *party = code;
    if (status == TL_OK)
        *about = found.name;
    return status;
}

static tl_status overview(struct cli *cli, struct tl_err *err)
{
    const char *text = cli_args_value(&cli->args, "--days"), *product, *party, *about;
    struct tl_overview read;
    struct tl_date on;
    int64_t days = 90;
    tl_status status = cli_date_or_today(&on, cli, "--date", err);
    if (status == TL_OK && text != NULL)
        status = cli_number(&days, text, "a number of days", err);
    if (status == TL_OK && days > TL_OVERVIEW_DAYS_MAX)
        status = tl_err_set(err, TL_ERR_USAGE, "an overview looks at most %d days ahead", TL_OVERVIEW_DAYS_MAX);
    if (status == TL_OK)
        status = find_limit(&product, &party, &about, cli, on, err);
    if (status == TL_OK)
        status = tl_overview_read(&read, cli->store, product, party, on, (int)days, &cli->arena, err);
    if (status == TL_OK)
        status = cli_args_value(&cli->args, "--output") != NULL ? write_overview(cli, &read, about, err)
                                                                : print_overview(cli, &read, err);
    return status;
}

static const struct cli_option overview_options[] = {
    {"--days", NULL, "NUMBER", false, "how far to look ahead (default: 90)"},
    {"--date", NULL, "DATE", false, "as of that day (default: today)"},
    {"--part", NULL, "PART", false, "counts, agreements or coming (default: all; for machines agreements)"},
    {"--output", "-o", "DIR", false, "write a workbook (XLSX) to this folder instead"},
    CLI_OPTIONS_FORM,
    CLI_OPTIONS_END,
};

const struct cli_command cli_overview_commands[] = {
    {"overview", "[PRODUCT|MEMBER]", "where agreements stand, what they lack, and what comes up",
     "Shows the agreements of all products, of one, or of one member: how many there are in each state; what each\n"
     "lacks of signatures, EAN number, contact and figure; and what comes up: beginnings and ends, last days for\n"
     "notice, new terms, frozen classes that end.",
     0, 1, CLI_READS, overview_options, overview},
    {0},
};
