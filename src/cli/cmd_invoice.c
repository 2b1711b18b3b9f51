/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Invoices and credit notes, and what a billing run will do.
 */
#include <inttypes.h>

#include "cli.h"
#include "tilslut/agreement/invoice.h"
#include "tilslut/agreement/run.h"
#include "tilslut/base/text.h"
#include "tilslut/key/billing.h"

#define COUNT_OF(array) (sizeof(array) / sizeof(array)[0])

static tl_status print_and_release(struct cli *cli, struct tl_table *table, tl_status status, struct tl_err *err)
{
    if (status == TL_OK)
        status = cli_print_table(cli, table, err);
    tl_table_release(table);
    return status;
}

static struct tl_cell code_cell(const char *code)
{
    return code[0] == '\0' ? tl_cell_missing() : tl_cell_code(code);
}

/* What has become of it by credit notes. */
static const char *state_of(const struct tl_invoice_row *row)
{
    if (tl_text_equal(row->kind, "credit note"))
        return "posted";
    if (row->credited.minor == 0)
        return "posted";
    return row->credited.minor + row->gross.minor <= 0 ? "credited" : "credited in part";
}

static tl_status list_invoices(struct cli *cli, struct tl_err *err)
{
    static const struct tl_column columns[] = {
        {"number", "Number", TL_COLUMN_CODE},     {"kind", "Kind", TL_COLUMN_TEXT},
        {"party", "Party", TL_COLUMN_CODE},       {"product", "Product", TL_COLUMN_CODE},
        {"year", "Year", TL_COLUMN_INTEGER},      {"bills", "Bills", TL_COLUMN_TEXT},
        {"date", "Date", TL_COLUMN_DATE},         {"due", "Due", TL_COLUMN_DATE},
        {"net", "Net", TL_COLUMN_MONEY},          {"vat", "VAT", TL_COLUMN_MONEY},
        {"gross", "Total", TL_COLUMN_MONEY},      {"reference", "Payment id", TL_COLUMN_CODE},
        {"corrects", "Corrects", TL_COLUMN_CODE}, {"state", "State", TL_COLUMN_TEXT},
        {"entry", "Entry", TL_COLUMN_INTEGER},
    };
    struct tl_table table = TL_TABLE_EMPTY;
    struct tl_invoice_row *rows = NULL;
    size_t count = 0;
    tl_status status = tl_table_init(&table, columns, COUNT_OF(columns), err);
    if (status == TL_OK)
        status = tl_invoice_list(&rows, &count, cli->store, cli_args_value(&cli->args, "--party"), &cli->arena, err);
    for (size_t i = 0; status == TL_OK && i < count; i++) {
        const struct tl_invoice_row *row = &rows[i];
        char label[TL_BILLING_LABEL_SIZE];
        struct tl_cell cells[] = {
            tl_cell_code(row->number),  tl_cell_text(row->kind),
            tl_cell_code(row->party),   tl_cell_code(row->product),
            tl_cell_integer(row->year), tl_cell_text(tl_billing_label(row->period, label)),
            tl_cell_date(row->date),    tl_date_is_none(row->due) ? tl_cell_missing() : tl_cell_date(row->due),
            tl_cell_money(row->net),    tl_cell_money(row->vat),
            tl_cell_money(row->gross),  tl_cell_code(row->reference),
            code_cell(row->corrects),   tl_cell_text(state_of(row)),
            tl_cell_integer(row->entry)};
        status = tl_table_add(&table, cells, err);
    }
    return print_and_release(cli, &table, status, err);
}

static void print_head(struct cli *cli, const struct tl_invoice *invoice)
{
    const struct tl_invoice_row *row = &invoice->row;
    char date[TL_DATE_TEXT_SIZE], due[TL_DATE_TEXT_SIZE], first[TL_DATE_TEXT_SIZE], last[TL_DATE_TEXT_SIZE];
    tl_buf_format(&cli->out, "%s %s of %s: %s\n", row->kind, row->number, tl_date_iso(row->date, date), invoice->text);
    tl_buf_format(&cli->out, "  from      %s, CVR %s\n", invoice->seller.official_name, invoice->seller.cvr);
    tl_buf_format(&cli->out, "  to        %s %s, CVR %s, EAN %s\n", row->party, invoice->buyer.official_name,
                  invoice->buyer.cvr[0] == '\0' ? "none" : invoice->buyer.cvr,
                  invoice->buyer.ean[0] == '\0' ? "none" : invoice->buyer.ean);
    tl_buf_format(&cli->out, "  period    %s to %s\n", tl_date_iso(row->period.first, first),
                  tl_date_iso(row->period.last, last));
    if (!tl_date_is_none(row->due))
        tl_buf_format(&cli->out, "  due       %s, payment id +71<%s\n", tl_date_iso(row->due, due), row->reference);
    if (row->corrects[0] != '\0')
        tl_buf_format(&cli->out, "  corrects  %s of %s\n", row->corrects, tl_date_iso(invoice->corrects_date, date));
    if (invoice->reason[0] != '\0')
        tl_buf_format(&cli->out, "  reason    %s (%s)\n", invoice->reason, invoice->evidence);
    if (row->order[0] != '\0')
        tl_buf_format(&cli->out, "  order     %s\n", row->order);
    tl_buf_format(&cli->out, "  decision  %s %s %s\n", invoice->decision.body,
                  tl_date_iso(invoice->decision.date, date), invoice->decision.reference);
}

static void print_lines(struct cli *cli, const struct tl_invoice *invoice)
{
    char first[TL_DATE_TEXT_SIZE], last[TL_DATE_TEXT_SIZE], net[TL_MONEY_TEXT_SIZE];
    for (size_t i = 0; i < invoice->line_count; i++) {
        const struct tl_invoice_line *line = &invoice->lines[i];
        tl_buf_format(&cli->out, "  %-10s%s, %s: %s, VAT code %s\n", "line", line->line_id, line->name.da,
                      tl_money_da(line->net, net), line->vat_code);
        if (line->reduced.minor != 0) {
            char reduced[TL_MONEY_TEXT_SIZE];
            tl_buf_format(&cli->out, "  %-10sreduced by %s (%s)\n", "", tl_money_da(line->reduced, reduced),
                          line->reduced_for);
        }
        for (size_t j = 0; j < line->working_count; j++) {
            const struct tl_invoice_working *working = &line->workings[j];
            tl_buf_format(&cli->out, "  %-10s%s to %s, %s: %s = %s\n", "", tl_date_iso(working->period.first, first),
                          tl_date_iso(working->period.last, last), working->part, working->working,
                          tl_money_da(working->net, net));
        }
    }
}

static tl_status show_invoice(struct cli *cli, struct tl_err *err)
{
    struct tl_invoice invoice;
    char net[TL_MONEY_TEXT_SIZE], vat[TL_MONEY_TEXT_SIZE], gross[TL_MONEY_TEXT_SIZE], rate[TL_RATIO_TEXT_SIZE];
    tl_status status = tl_invoice_load(&invoice, cli->store, cli->args.positional[0], &cli->arena, err);
    if (status != TL_OK)
        return status;
    print_head(cli, &invoice);
    print_lines(cli, &invoice);
    for (size_t i = 0; i < invoice.vat_count; i++) {
        const struct tl_invoice_vat *of_code = &invoice.vats[i];
        tl_buf_format(&cli->out, "  VAT %-6s%s of %s: %s%s%s\n", of_code->code, tl_ratio_percent(of_code->rate, rate),
                      tl_money_da(of_code->net, net), tl_money_da(of_code->vat, vat),
                      of_code->reason[0] == '\0' ? "" : "; ", of_code->reason);
    }
    tl_buf_format(&cli->out, "  total     net %s, VAT %s, total %s %s\n", tl_money_da(invoice.row.net, net),
                  tl_money_da(invoice.row.vat, vat), tl_money_da(invoice.row.gross, gross), invoice.currency);
    return tl_buf_status(&cli->out, err);
}

static tl_status add_sums(struct tl_table *table, const char *what, const struct tl_run_sum *sums, size_t count,
                          struct tl_err *err)
{
    tl_status status = TL_OK;
    for (size_t i = 0; status == TL_OK && i < count; i++) {
        const struct tl_run_sum *sum = &sums[i];
        struct tl_cell cells[] = {tl_cell_text(what),       code_cell(sum->line_id),
                                  code_cell(sum->vat_code), tl_cell_integer((int64_t)sum->member_count),
                                  tl_cell_money(sum->owed), tl_cell_money(sum->billed),
                                  tl_cell_money(sum->net),  tl_cell_money(sum->vat)};
        status = tl_table_add(table, cells, err);
    }
    return status;
}

static tl_status print_sums(struct cli *cli, int64_t id, struct tl_err *err)
{
    static const struct tl_column columns[] = {
        {"of", "Of", TL_COLUMN_TEXT},         {"code", "Line or member", TL_COLUMN_CODE},
        {"vat_code", "Code", TL_COLUMN_CODE}, {"members", "Members", TL_COLUMN_INTEGER},
        {"owed", "Owed", TL_COLUMN_MONEY},    {"billed", "Billed before", TL_COLUMN_MONEY},
        {"net", "Net", TL_COLUMN_MONEY},      {"vat", "VAT", TL_COLUMN_MONEY},
    };
    struct tl_table table = TL_TABLE_EMPTY;
    struct tl_run_sum *lines = NULL, *vats = NULL, *members = NULL;
    size_t line_count = 0, vat_count = 0, member_count = 0;
    tl_status status = tl_table_init(&table, columns, COUNT_OF(columns), err);
    if (status == TL_OK)
        status = tl_run_sums_by_line(&lines, &line_count, cli->store, id, &cli->arena, err);
    if (status == TL_OK)
        status = tl_run_sums_by_vat(&vats, &vat_count, cli->store, id, &cli->arena, err);
    if (status == TL_OK)
        status = tl_run_sums_by_member(&members, &member_count, cli->store, id, &cli->arena, err);
    if (status == TL_OK)
        status = add_sums(&table, "line", lines, line_count, err);
    if (status == TL_OK)
        status = add_sums(&table, "VAT code", vats, vat_count, err);
    if (status == TL_OK)
        status = add_sums(&table, "member", members, member_count, err);
    return print_and_release(cli, &table, status, err);
}

/* What a draft waits for; a run that has ended waits for nothing. */
static tl_status note_obstacles(struct cli *cli, const struct tl_run *run, struct tl_err *err)
{
    struct tl_obstacle *obstacles = NULL;
    size_t count = 0;
    if (!tl_text_equal(run->state, "draft"))
        return TL_OK;
    tl_status status = tl_run_obstacles(&obstacles, &count, cli->store, run, &cli->arena, err);
    for (size_t i = 0; status == TL_OK && i < count; i++)
        cli_note("in the way: %s; %s", obstacles[i].text, obstacles[i].hint);
    return status;
}

/* Who has approved it, where there are roles, and who has yet to. */
static tl_status note_approvals(struct cli *cli, const struct tl_run *run, struct tl_err *err)
{
    struct tl_run_approvals approvals;
    const char *awaited = "";
    tl_status status = tl_run_approvals_read(&approvals, cli->store, run->id, &cli->arena, err);
    for (size_t i = 0; status == TL_OK && i < approvals.count; i++)
        cli_note("approved by %s, %s, on %.10s", approvals.items[i].by, tl_role_en(approvals.items[i].role),
                 approvals.items[i].at);
    if (status == TL_OK && tl_text_equal(run->state, "draft"))
        status = tl_run_awaited(&awaited, cli->store, run, tl_moment_date(cli->act.now), &cli->arena, err);
    if (status == TL_OK && awaited[0] != '\0')
        cli_note("to be approved; %s", awaited);
    return status;
}

static tl_status show_run(struct cli *cli, struct tl_err *err)
{
    struct tl_run run;
    int64_t id = 0;
    tl_status status = cli_number(&id, cli->args.positional[0], "the number of a run", err);
    if (status == TL_OK)
        status = tl_run_find(&run, cli->store, id, &cli->arena, err);
    if (status == TL_OK)
        status = print_sums(cli, id, err);
    if (status == TL_OK)
        status = note_approvals(cli, &run, err);
    return status == TL_OK ? note_obstacles(cli, &run, err) : status;
}

static const struct cli_option list_options[] = {
    {"--party", NULL, "CODE", false, "those of this party only"},
    CLI_OPTIONS_FORM,
    CLI_OPTIONS_END,
};

const struct cli_command cli_invoice_commands[] = {
    {"list invoices", "", "list invoices and credit notes",
     "Lists what members were sent for approved runs, by number, with the payment id and what became of it.", 0, 0,
     CLI_READS, list_options, list_invoices},
    {"show invoice", "NUMBER", "show an invoice or credit note",
     "Shows all that an invoice says: parties, lines with their working, VAT by code, and what it corrects.", 1, 1,
     CLI_READS, cli_no_options, show_invoice},
    {"show run", "RUN", "show what a billing run does",
     "Shows what a run comes to, by line, VAT code and member: what is owed, what of it is billed already, and the "
     "difference; and what stands in the way of a draft.",
     1, 1, CLI_READS, cli_form_options, show_run},
    {0},
};
