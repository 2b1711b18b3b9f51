/* SPDX-License-Identifier: MPL-2.0 */
/*
 * What products pay to the shared secretariat.
 */
#include <inttypes.h>

#include "cli.h"
#include "tilslut/agreement/common_share.h"

static const char *given(const struct cli *cli, const char *option, const char *otherwise)
{
    const char *value = cli_args_value(&cli->args, option);
    return value == NULL ? otherwise : value;
}

static tl_status read_rate(struct tl_common_share_rate *rate, const struct cli *cli, struct tl_err *err)
{
    const char *percent = cli_args_value(&cli->args, "--percent");
    const char *per_member = cli_args_value(&cli->args, "--per-member");
    rate->percent = tl_ratio_of(0, 1);
    tl_status status = cli_date(&rate->from, cli, "--from", err);
    if (status == TL_OK && ((percent == NULL) == (per_member == NULL) || rate->to == NULL || rate->decision == NULL ||
                            tl_date_is_none(rate->from))) {
        status = tl_err_set(err, TL_ERR_USAGE, "a share needs --percent or --per-member, --to, --from and --decision");
        tl_err_hint(err,
                    "for example: tilslut share set os2valghalla --percent 10%% --to sekretariat --from 2026-01-01 "
                    "--decision \"bestyrelse 2025-11-20 pkt. 7\"");
    }
    if (status == TL_OK && percent != NULL)
        status = tl_ratio_parse(&rate->percent, percent, err);
    if (status == TL_OK && per_member != NULL) {
        status = tl_money_parse(&rate->per_member, per_member, err);
        if (status == TL_OK && tl_money_is_zero(rate->per_member)) {
            status = tl_err_set(err, TL_ERR_USAGE, "a share of 0.00 a member is none");
            tl_err_hint(err, "--percent 0%% ends a share");
        }
    }
    return status;
}

static tl_status share_set(struct cli *cli, struct tl_err *err)
{
    struct tl_common_share_rate rate = {.product = cli->args.positional[0],
                                        .to = cli_args_value(&cli->args, "--to"),
                                        .cost_account = given(cli, "--account", "00007"),
                                        .income_account = given(cli, "--income", "00003"),
                                        .decision = cli_args_value(&cli->args, "--decision")};
    tl_recorded recorded;
    tl_status status = read_rate(&rate, cli, err);
    if (status == TL_OK)
        status = cli_begin(cli, err);
    if (status == TL_OK)
        status = tl_common_share_decide(&recorded, cli->store, &rate, err);
    if (status == TL_OK)
        status = cli_commit(cli, err);
    if (status == TL_OK)
        tl_buf_format(&cli->out, "%s\n", recorded == TL_RECORDED_SAME ? "as recorded before" : "recorded");
    return status;
}

static tl_status share_book(struct cli *cli, struct tl_err *err)
{
    struct tl_common_share share;
    int year = 0;
    char entitled[TL_MONEY_TEXT_SIZE], booked[TL_MONEY_TEXT_SIZE], amount[TL_MONEY_TEXT_SIZE];
    tl_status status = cli_year(&year, cli->args.positional[1], err);
    if (status == TL_OK)
        status = cli_begin(cli, err);
    if (status == TL_OK)
        status = tl_common_share_draft(&share, cli->store, cli->args.positional[0], year, tl_moment_date(cli->act.now),
                                       &cli->arena, err);
    if (status == TL_OK)
        status = cli_commit(cli, err);
    if (status != TL_OK)
        return status;
    tl_buf_format(&cli->out, "drafted share %" PRId64 ": %s %s of '%s' for %d, to '%s'\n%s = %s", share.id,
                  tl_money_da(share.amount, amount), tl_store_currency(cli->store), share.product, share.year,
                  share.rate.to, share.working, tl_money_da(share.entitled, entitled));
    if (!tl_money_is_zero(share.booked))
        tl_buf_format(&cli->out, ", of which %s is booked", tl_money_da(share.booked, booked));
    tl_buf_format(&cli->out,
                  "; %s\nsomebody else than %s approves it with: tilslut share approve %" PRId64 " --as NAME\n",
                  share.rate.decision, cli->act.actor, share.id);
    return TL_OK;
}

static tl_status share_approve(struct cli *cli, struct tl_err *err)
{
    struct tl_date date;
    int64_t id = 0, entry = 0;
    tl_status status = cli_number(&id, cli->args.positional[0], "the number of a share", err);
    if (status == TL_OK)
        status = cli_date(&date, cli, "--date", err);
    if (status == TL_OK)
        status = cli_begin(cli, err);
    if (status == TL_OK)
        status =
            tl_common_share_approve(&entry, cli->store, id, cli->act.actor, date, tl_moment_date(cli->act.now), err);
    if (status == TL_OK)
        status = cli_commit(cli, err);
    if (status == TL_OK)
        tl_buf_format(&cli->out, "approved share %" PRId64 ": entry %" PRId64 "\n", id, entry);
    return status;
}

static tl_status share_discard(struct cli *cli, struct tl_err *err)
{
    int64_t id = 0;
    tl_status status = cli_number(&id, cli->args.positional[0], "the number of a share", err);
    if (status == TL_OK)
        status = cli_begin(cli, err);
    if (status == TL_OK)
        status = tl_common_share_discard(cli->store, id, err);
    if (status == TL_OK)
        status = cli_commit(cli, err);
    if (status == TL_OK)
        tl_buf_format(&cli->out, "discarded share %" PRId64 "\n", id);
    return status;
}

static tl_status list_shares(struct cli *cli, struct tl_err *err)
{
    static const struct tl_column columns[] = {
        {"share", "Share", TL_COLUMN_INTEGER},        {"product", "Product", TL_COLUMN_CODE},
        {"year", "Year", TL_COLUMN_INTEGER},          {"to", "To", TL_COLUMN_CODE},
        {"working", "Working", TL_COLUMN_TEXT},       {"comes_to", "Comes to", TL_COLUMN_MONEY},
        {"booked", "Booked before", TL_COLUMN_MONEY}, {"amount", "Amount", TL_COLUMN_MONEY},
        {"decision", "Decision", TL_COLUMN_TEXT},     {"state", "State", TL_COLUMN_TEXT},
        {"author", "Author", TL_COLUMN_TEXT},         {"ended_by", "Approved or discarded by", TL_COLUMN_TEXT},
        {"entry", "Entry", TL_COLUMN_INTEGER},
    };
    struct tl_table table = TL_TABLE_EMPTY;
    struct tl_common_share *shares = NULL;
    size_t count = 0;
    tl_status status = tl_table_init(&table, columns, sizeof columns / sizeof columns[0], err);
    if (status == TL_OK)
        status = tl_common_share_list(&shares, &count, cli->store, &cli->arena, err);
    for (size_t i = 0; status == TL_OK && i < count; i++) {
        const struct tl_common_share *share = &shares[i];
        struct tl_cell cells[] = {
            tl_cell_integer(share->id),
            tl_cell_code(share->product),
            tl_cell_integer(share->year),
            tl_cell_code(share->rate.to),
            tl_cell_text(share->working),
            tl_cell_money(share->entitled),
            tl_cell_money(share->booked),
            tl_cell_money(share->amount),
            tl_cell_text(share->rate.decision),
            tl_cell_text(share->state),
            tl_cell_text(share->author),
            share->ended_by[0] == '\0' ? tl_cell_missing() : tl_cell_text(share->ended_by),
            share->entry == 0 ? tl_cell_missing() : tl_cell_integer(share->entry),
        };
        status = tl_table_add(&table, cells, err);
    }
    if (status == TL_OK)
        status = cli_print_table(cli, &table, err);
    tl_table_release(&table);
    return status;
}

static tl_status list_rates(struct cli *cli, struct tl_err *err)
{
    static const struct tl_column columns[] = {
        {"product", "Product", TL_COLUMN_CODE},
        {"from", "From", TL_COLUMN_DATE},
        {"to", "To", TL_COLUMN_CODE},
        {"percent", "Of the income", TL_COLUMN_TEXT},
        {"per_member", "A member", TL_COLUMN_MONEY},
        {"account", "Account", TL_COLUMN_CODE},
        {"income", "Income account", TL_COLUMN_CODE},
        {"decision", "Decision", TL_COLUMN_TEXT},
    };
    struct tl_table table = TL_TABLE_EMPTY;
    struct tl_common_share_rate *rates = NULL;
    size_t count = 0;
    tl_status status = tl_table_init(&table, columns, sizeof columns / sizeof columns[0], err);
    if (status == TL_OK)
        status = tl_common_share_rates(&rates, &count, cli->store, &cli->arena, err);
    for (size_t i = 0; status == TL_OK && i < count; i++) {
        const struct tl_common_share_rate *rate = &rates[i];
        char percent[TL_RATIO_TEXT_SIZE];
        bool by_member = !tl_money_is_zero(rate->per_member);
        struct tl_cell cells[] = {
            tl_cell_code(rate->product),
            tl_cell_date(rate->from),
            tl_cell_code(rate->to),
            by_member ? tl_cell_missing() : tl_cell_text(tl_ratio_percent(rate->percent, percent)),
            by_member ? tl_cell_money(rate->per_member) : tl_cell_missing(),
            tl_cell_code(rate->cost_account),
            tl_cell_code(rate->income_account),
            tl_cell_text(rate->decision),
        };
        status = tl_table_add(&table, cells, err);
    }
    if (status == TL_OK)
        status = cli_print_table(cli, &table, err);
    tl_table_release(&table);
    return status;
}

static const struct cli_option set_options[] = {
    {"--percent", NULL, "PERCENT", false, "of the product's income of the year, such as 10%; 0% ends the share"},
    {"--per-member", NULL, "AMOUNT", false, "a year, for each party that is a member on a day of it"},
    {"--to", NULL, "PRODUCT", false, "the secretariat's own product"},
    {"--from", NULL, "DATE", false, "1 January of the first year"},
    {"--account", NULL, "ACCOUNT", false, "of the cost (default: 00007, administration)"},
    {"--income", NULL, "ACCOUNT", false, "of the secretariat's income (default: 00003, contribution)"},
    CLI_OPTION_DECISION("who decided it, when, and where it is minuted"),
    CLI_OPTIONS_END,
};
static const struct cli_option approve_options[] = {
    {"--date", NULL, "DATE", false, "of the entry (default: today, or the nearer end of the year)"},
    CLI_OPTIONS_END,
};

const struct cli_command cli_share_commands[] = {
    {"share set", "PRODUCT", "decide what a product pays to the shared secretariat",
     "Records the rate by which a product pays to the association's secretariat from a year on: percent of its "
     "income,\n"
     "or an amount for each member. The secretariat has a product of its own, with its PSP element.",
     1, 1, CLI_RECORDS, set_options, share_set},
    {"share book", "PRODUCT YEAR", "draft the booking of a year's share",
     "Drafts what the product pays for a year: what its share comes to, less what is booked of it. When income or\n"
     "members change later, the same command drafts the difference. Nothing is posted until somebody else approves "
     "it.",
     2, 2, CLI_RECORDS, cli_no_options, share_book},
    {"share approve", "SHARE", "approve a share and post it",
     "Approves what somebody else drafted, and posts it: a cost of the product and an income of the secretariat's.", 1,
     1, CLI_RECORDS, approve_options, share_approve},
    {"share discard", "SHARE", "drop a drafted share", "Drops a draft; it stays on record as discarded.", 1, 1,
     CLI_RECORDS, cli_no_options, share_discard},
    {"list shares", "", "list what products paid to the secretariat",
     "Lists the shares with what they come to, and who drafted and approved or discarded them.", 0, 0, CLI_READS,
     cli_form_options, list_shares},
    {"list share-rates", "", "list what products pay to the secretariat", "Lists the decided rates.", 0, 0, CLI_READS,
     cli_form_options, list_rates},
    {0},
};
