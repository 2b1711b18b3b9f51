/* SPDX-License-Identifier: MPL-2.0 */
/*
 * What becomes of the result of a product's year.
 */
#include <inttypes.h>

#include "cli.h"
#include "tilslut/agreement/carryover.h"

static tl_status print_shares(struct cli *cli, const struct tl_carryover *carry, struct tl_err *err)
{
    static const struct tl_column columns[] = {
        {"party", "Party", TL_COLUMN_CODE},
        {"charged", "Charged in the year", TL_COLUMN_MONEY},
        {"working", "Working", TL_COLUMN_TEXT},
        {"amount", "Credited", TL_COLUMN_MONEY},
    };
    struct tl_table table = TL_TABLE_EMPTY;
    tl_status status = tl_table_init(&table, columns, sizeof columns / sizeof columns[0], err);
    for (size_t i = 0; status == TL_OK && i < carry->share_count; i++) {
        const struct tl_carryover_share *share = &carry->shares[i];
        struct tl_cell cells[] = {tl_cell_code(share->party),
                                  carry->key[0] == '\0' ? tl_cell_money(share->weight) : tl_cell_missing(),
                                  tl_cell_text(share->working), tl_cell_money(share->amount)};
        status = tl_table_add(&table, cells, err);
    }
    if (status == TL_OK && carry->share_count > 0)
        status = cli_print_table(cli, &table, err);
    tl_table_release(&table);
    return status;
}

static tl_status draft(struct cli *cli, struct tl_err *err)
{
    struct tl_carryover carry = {.product = cli->args.positional[0],
                                 .destination = cli_args_value(&cli->args, "--to"),
                                 .key = cli_args_value(&cli->args, "--key"),
                                 .decision = cli_args_value(&cli->args, "--decision")};
    char amount[TL_MONEY_TEXT_SIZE];
    tl_status status = cli_year(&carry.year, cli->args.positional[1], err);
    if (status == TL_OK && (carry.destination == NULL || carry.decision == NULL)) {
        status = tl_err_set(err, TL_ERR_USAGE, "a result is carried with --to and --decision");
        tl_err_hint(err, "for example: tilslut carry os2valghalla 2026 --to next --decision \"styregruppe 2027-02-10 "
                         "pkt. 4\"");
    }
    if (status == TL_OK)
        status = cli_date(&carry.figures_on, cli, "--figures", err);
    if (carry.key == NULL)
        carry.key = "";
    if (status == TL_OK && carry.key[0] != '\0' && tl_date_is_none(carry.figures_on))
        carry.figures_on = tl_date_of(carry.year - 1, 1, 1);
    if (status == TL_OK && carry.key[0] == '\0' && !tl_date_is_none(carry.figures_on))
        status = tl_err_set(err, TL_ERR_USAGE, "--figures goes with --key");
    if (status == TL_OK)
        status = cli_begin(cli, err);
    if (status == TL_OK)
        status = tl_carryover_draft(&carry, cli->store, tl_moment_date(cli->act.now), &cli->arena, err);
    if (status == TL_OK)
        status = print_shares(cli, &carry, err);
    if (status == TL_OK)
        tl_buf_format(&cli->out,
                      "drafted carry %" PRId64 ": the result of '%s' for %d, %s %s, to %s\nsomebody else than %s "
                      "approves it with: tilslut carry approve %" PRId64 " --as NAME\n",
                      carry.id, carry.product, carry.year, tl_money_da(carry.amount, amount),
                      tl_store_currency(cli->store), carry.destination, cli->act.actor, carry.id);
    if (status == TL_OK)
        status = tl_buf_status(&cli->out, err);
    return status == TL_OK ? cli_commit(cli, err) : status;
}

static tl_status approve(struct cli *cli, struct tl_err *err)
{
    int64_t id = 0, entry = 0;
    tl_status status = cli_number(&id, cli->args.positional[0], "the number of a carry", err);
    if (status == TL_OK)
        status = cli_begin(cli, err);
    if (status == TL_OK)
        status = tl_carryover_approve(&entry, cli->store, id, cli->act.actor, err);
    if (status == TL_OK)
        status = cli_commit(cli, err);
    if (status == TL_OK)
        tl_buf_format(&cli->out, "approved carry %" PRId64 ": entry %" PRId64 "\n", id, entry);
    return status;
}

static tl_status discard(struct cli *cli, struct tl_err *err)
{
    int64_t id = 0;
    tl_status status = cli_number(&id, cli->args.positional[0], "the number of a carry", err);
    if (status == TL_OK)
        status = cli_begin(cli, err);
    if (status == TL_OK)
        status = tl_carryover_discard(cli->store, id, err);
    if (status == TL_OK)
        status = cli_commit(cli, err);
    if (status == TL_OK)
        tl_buf_format(&cli->out, "discarded carry %" PRId64 "\n", id);
    return status;
}

static tl_status list_carries(struct cli *cli, struct tl_err *err)
{
    static const struct tl_column columns[] = {
        {"carry", "Carry", TL_COLUMN_INTEGER},
        {"product", "Product", TL_COLUMN_CODE},
        {"year", "Year", TL_COLUMN_INTEGER},
        {"result", "Result", TL_COLUMN_MONEY},
        {"to", "To", TL_COLUMN_CODE},
        {"key", "Key", TL_COLUMN_TEXT},
        {"decision", "Decision", TL_COLUMN_TEXT},
        {"state", "State", TL_COLUMN_TEXT},
        {"author", "Author", TL_COLUMN_TEXT},
        {"ended_by", "Approved or discarded by", TL_COLUMN_TEXT},
        {"entry", "Entry", TL_COLUMN_INTEGER},
    };
    struct tl_table table = TL_TABLE_EMPTY;
    struct tl_carryover *carries = NULL;
    size_t count = 0;
    tl_status status = tl_table_init(&table, columns, sizeof columns / sizeof columns[0], err);
    if (status == TL_OK)
        status = tl_carryover_list(&carries, &count, cli->store, &cli->arena, err);
    for (size_t i = 0; status == TL_OK && i < count; i++) {
        const struct tl_carryover *carry = &carries[i];
        struct tl_cell cells[] = {
            tl_cell_integer(carry->id),
            tl_cell_code(carry->product),
            tl_cell_integer(carry->year),
            tl_cell_money(carry->amount),
            tl_cell_code(carry->destination),
            carry->key[0] == '\0' ? tl_cell_missing() : tl_cell_text(carry->key),
            tl_cell_text(carry->decision),
            tl_cell_text(carry->state),
            tl_cell_text(carry->author),
            carry->ended_by[0] == '\0' ? tl_cell_missing() : tl_cell_text(carry->ended_by),
            carry->entry == 0 ? tl_cell_missing() : tl_cell_integer(carry->entry),
        };
        status = tl_table_add(&table, cells, err);
    }
    if (status == TL_OK)
        status = cli_print_table(cli, &table, err);
    tl_table_release(&table);
    return status;
}

static const struct cli_option carry_options[] = {
    {"--key", NULL, "KEY", false, "members share it by this key, such as \"25% equal + 75% population\""},
    {"--figures", NULL, "DATE", false, "that the key counts (default: 1 January of the year before)"},
    {"--to", NULL, "WHERE", false, "next (the pot of the next year), reserve, or members"},
    CLI_OPTION_DECISION("who decided it, when, and where it is minuted"),
    CLI_OPTIONS_END,
};

const struct cli_command cli_carry_commands[] = {
    {"carry approve", "CARRY", "approve what becomes of a result, and post it",
     "Approves what somebody else drafted, and posts one entry on the last day of the year: incomes and costs of the\n"
     "year come to zero, and the result lies where it was decided.",
     1, 1, CLI_RECORDS, cli_no_options, approve},
    {"carry discard", "CARRY", "drop what was drafted of a result", "Drops a draft; it stays on record as discarded.",
     1, 1, CLI_RECORDS, cli_no_options, discard},
    {"carry", "PRODUCT YEAR", "draft what becomes of a year's result (overførsel af over- eller underskud)",
     "Drafts what becomes of a product's result, its incomes less its costs in a year that has ended and is not "
     "closed:\n"
     "to the pot of the next year, to the reserve, or to the members, credited (of a deficit charged) in proportion "
     "to\n"
     "what each was charged in the year, or by another key. Nothing is posted until somebody else approves it. A "
     "result is carried once.",
     2, 2, CLI_RECORDS, carry_options, draft},
    {"list carries", "", "list what became of the results of years",
     "Lists what was decided of results, with who drafted and who approved or discarded it.", 0, 0, CLI_READS,
     cli_form_options, list_carries},
    {0},
};
