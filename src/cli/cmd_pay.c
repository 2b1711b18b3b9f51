/* SPDX-License-Identifier: MPL-2.0 */
#include <inttypes.h>

#include "cli.h"
#include "tilslut/agreement/payment.h"

static const char *value_or(const struct cli *cli, const char *option, const char *otherwise)
{
    const char *value = cli_args_value(&cli->args, option);
    return value == NULL ? otherwise : value;
}

/* A day that has not come is a slip of the pen, such as 2062 for 2026. One day ahead may be today already, further
 * east than UTC. SOURCE_DATE_EPOCH may lie before what is recorded with it, and the clock before SOURCE_DATE_EPOCH: the
 * later of them is now. */
static tl_status check_has_come(const struct cli *cli, struct tl_date date, struct tl_err *err)
{
    char text[TL_DATE_TEXT_SIZE];
    struct tl_moment now = cli->act.now.seconds > cli->clock.seconds ? cli->act.now : cli->clock;
    if (tl_date_compare(date, tl_date_add_days(tl_moment_date(now), 1)) <= 0)
        return TL_OK;
    (void)tl_err_set(err, TL_ERR_INPUT, "%s has not come yet", tl_date_iso(date, text));
    tl_err_hint(err, "give the day the bank received the payment");
    return TL_ERR_INPUT;
}

static tl_status pay(struct cli *cli, struct tl_err *err)
{
    struct tl_payment payment = {.party = cli->args.positional[0],
                                 .reference = value_or(cli, "--reference", ""),
                                 .text = value_or(cli, "--text", "Indbetaling")};
    int64_t entry = 0;
    bool already = false;
    char amount[TL_MONEY_TEXT_SIZE];
    tl_status status = tl_money_parse(&payment.amount, cli->args.positional[1], err);
    if (status == TL_OK)
        status = cli_date(&payment.date, cli, "--date", err);
    if (status == TL_OK && tl_date_is_none(payment.date)) {
        status = tl_err_set(err, TL_ERR_USAGE, "a payment needs --date");
        tl_err_hint(err, "give the day the bank received it, for example --date 2026-02-11");
    }
    if (status == TL_OK)
        status = check_has_come(cli, payment.date, err);
    if (status == TL_OK)
        status = cli_begin(cli, err);
    if (status == TL_OK)
        status = tl_payment_post(&entry, &already, cli->store, &payment, err);
    if (status == TL_OK)
        status = cli_commit(cli, err);
    if (status != TL_OK)
        return status;
    if (already)
        tl_buf_format(&cli->out, "recorded before, as entry %" PRId64 "; nothing was changed\n", entry);
    else
        tl_buf_format(&cli->out, "entry %" PRId64 ": %s %s from %s\n", entry, tl_money_da(payment.amount, amount),
                      tl_store_currency(cli->store), payment.party);
    return TL_OK;
}

static const struct cli_option pay_options[] = {
    {"--date", NULL, "DATE", false, "when the bank received it"},
    {"--text", NULL, "TEXT", false, "what the statement says of it (default: Indbetaling)"},
    {"--reference", NULL, "TEXT", false, "the payment reference it came with"},
    CLI_OPTIONS_END,
};

const struct cli_command cli_pay_commands[] = {
    {"pay", "PARTY AMOUNT", "record a payment",
     "Records a payment received. The same payment typed twice is recorded once.", 2, 2, CLI_RECORDS, pay_options, pay},
    {0},
};
