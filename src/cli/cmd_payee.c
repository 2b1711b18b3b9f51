/* SPDX-License-Identifier: MPL-2.0 */
#include <string.h>

#include "cli.h"
#include "tilslut/agreement/payee.h"

static const char *given(const struct cli *cli, const char *option)
{
    const char *value = cli_args_value(&cli->args, option);
    return value == NULL ? "" : value;
}

/* `0040 0440116243`: the registration number, a space, the account number. */
static tl_status split_account(struct tl_payee *payee, struct cli *cli, struct tl_err *err)
{
    const char *text = given(cli, "--account");
    size_t length = strcspn(text, " ");
    payee->registration = tl_arena_copy(&cli->arena, text, length);
    payee->account = text + length + strspn(text + length, " ");
    return payee->registration == NULL ? tl_err_memory(err) : TL_OK;
}

static tl_status payee_set(struct cli *cli, struct tl_err *err)
{
    struct tl_payee payee = {.iban = given(cli, "--iban"),
                             .creditor = given(cli, "--creditor"),
                             .decision = given(cli, "--decision"),
                             .evidence = given(cli, "--evidence")};
    tl_recorded recorded;
    tl_status status = cli_date(&payee.valid_from, cli, "--from", err);
    if (status == TL_OK && tl_date_is_none(payee.valid_from)) {
        status = tl_err_set(err, TL_ERR_USAGE, "where members pay needs --from");
        tl_err_hint(err, "give the day since when it holds, for example --from 2026-01-01");
    }
    if (status == TL_OK)
        status = split_account(&payee, cli, err);
    if (status == TL_OK)
        status = cli_begin(cli, err);
    if (status == TL_OK)
        status = tl_payee_record(&recorded, cli->store, &payee, err);
    if (status == TL_OK)
        status = cli_commit(cli, err);
    if (status == TL_OK)
        tl_buf_format(&cli->out, "%s\n", recorded == TL_RECORDED_SAME ? "as recorded before" : "recorded");
    return status;
}

static const char *or_missing(const char *text)
{
    return text[0] == '\0' ? NULL : text;
}

static tl_status list_payee(struct cli *cli, struct tl_err *err)
{
    static const struct tl_column columns[] = {
        {"from", "From", TL_COLUMN_DATE},         {"registration", "Bank", TL_COLUMN_CODE},
        {"account", "Account", TL_COLUMN_CODE},   {"iban", "IBAN", TL_COLUMN_CODE},
        {"creditor", "FIK", TL_COLUMN_CODE},      {"decision", "Decision", TL_COLUMN_TEXT},
        {"evidence", "Evidence", TL_COLUMN_TEXT},
    };
    struct tl_table table = TL_TABLE_EMPTY;
    struct tl_payee *payees = NULL;
    size_t count = 0;
    tl_status status = tl_table_init(&table, columns, sizeof columns / sizeof columns[0], err);
    if (status == TL_OK)
        status = tl_payee_list(&payees, &count, cli->store, &cli->arena, err);
    for (size_t i = 0; status == TL_OK && i < count; i++) {
        struct tl_cell cells[] = {
            tl_cell_date(payees[i].valid_from),           tl_cell_code(or_missing(payees[i].registration)),
            tl_cell_code(or_missing(payees[i].account)),  tl_cell_code(or_missing(payees[i].iban)),
            tl_cell_code(or_missing(payees[i].creditor)), tl_cell_text(or_missing(payees[i].decision)),
            tl_cell_text(or_missing(payees[i].evidence))};
        status = tl_table_add(&table, cells, err);
    }
    if (status == TL_OK)
        status = cli_print_table(cli, &table, err);
    tl_table_release(&table);
    return status;
}

static const struct cli_option payee_set_options[] = {
    {"--from", NULL, "DATE", false, "since when it holds"},
    {"--account", NULL, "'REG NUMBER'", false, "the bank's registration number and the account number"},
    {"--iban", NULL, "IBAN", false, "the same as an IBAN; it follows from a Danish account, and the other way round"},
    {"--creditor", NULL, "NUMBER", false, "the creditor number of the joint inpayment form (FIK), 8 digits"},
    CLI_OPTION_DECISION("who decided it, such as 'bestyrelse 2026-01-10 pkt. 2'"),
    {"--evidence", NULL, "TEXT", false, "where it is documented, such as the agreement with the bank"},
    CLI_OPTIONS_END,
};

const struct cli_command cli_payee_commands[] = {
    {"payee set", "", "record the bank account that members pay to",
     "Records the bank account and creditor number of the ledger's owner from a date on. Files of the bank are\n"
     "checked against the account; requests for payment carry account and creditor number.",
     0, 0, CLI_RECORDS, payee_set_options, payee_set},
    {"list payee", "", "list where members pay", "Lists the bank accounts and creditor numbers by date.", 0, 0,
     CLI_READS, cli_form_options, list_payee},
    {0},
};
