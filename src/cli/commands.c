/* SPDX-License-Identifier: MPL-2.0 */
/*
 * All commands, in the order of the overview. Each cmd_ file holds the options, the help and the code of its own.
 */
#include "cli.h"

static const struct cli_command *const records[] = {cli_init_commands,  cli_import_commands,  cli_index_commands,
                                                    cli_party_commands, cli_product_commands, NULL};
static const struct cli_command *const products[] = {cli_governance_commands, NULL};
static const struct cli_command *const addresses[] = {cli_unit_commands, NULL};
static const struct cli_command *const agreements[] = {
    cli_terms_commands,    cli_terms_diff_commands, cli_terms_sign_commands,
    cli_join_commands,     cli_life_commands,       cli_member_commands,
    cli_handover_commands, cli_pledge_commands,     NULL};
static const struct cli_command *const questions[] = {cli_allocate_commands,    cli_changes_commands,
                                                      cli_questions_commands,   cli_seats_commands,
                                                      cli_instalments_commands, NULL};
static const struct cli_command *const documents[] = {
    cli_issue_commands,  cli_steering_commands,       cli_statement_commands, cli_letter_commands,
    cli_notice_commands, cli_pledge_confirm_commands, cli_template_commands,  NULL};
static const struct cli_command *const money[] = {cli_bill_commands, cli_invoice_commands, cli_einvoice_commands,
                                                  cli_pay_commands,  cli_payee_commands,   NULL};
static const struct cli_command *const payments[] = {cli_bank_commands, cli_open_commands, cli_refund_commands,
                                                     cli_remind_commands, NULL};
static const struct cli_command *const lists[] = {cli_overview_commands,    cli_list_commands,
                                                  cli_chart_commands,       cli_list_signatures_commands,
                                                  cli_pledge_list_commands, NULL};
static const struct cli_command *const year[] = {cli_budget_commands, cli_period_commands, cli_carry_commands, NULL};
static const struct cli_command *const costs[] = {cli_cost_commands,   cli_rate_commands,  cli_hours_commands,
                                                  cli_outlay_commands, cli_share_commands, NULL};
static const struct cli_command *const proof[] = {cli_trace_commands, cli_verify_commands, cli_check_commands,
                                                  cli_seal_commands,  cli_copy_commands,   NULL};
static const struct cli_command *const responsibility[] = {cli_role_commands, NULL};
static const struct cli_command *const ways_out[] = {cli_export_commands, cli_finance_commands, NULL};

const struct cli_group cli_groups[] = {
    {"records", records},
    {"products and their governance", products},
    {"units and contacts of parties", addresses},
    {"agreements", agreements},
    {"questions; nothing is recorded", questions},
    {"documents", documents},
    {"money", money},
    {"payments", payments},
    {"costs and work in kind", costs},
    {"ways out", ways_out},
    {"the year of the ledger", year},
    {"who answers for what", responsibility},
    {"lists", lists},
    {"proof", proof},
    {0},
};

const struct cli_option cli_no_options[] = {CLI_OPTIONS_END};
const struct cli_option cli_form_options[] = {CLI_OPTIONS_FORM, CLI_OPTIONS_END};

const struct cli_command *cli_commands_next(struct cli_place *at)
{
    while (cli_groups[at->group].title != NULL) {
        const struct cli_command *table = cli_groups[at->group].commands[at->table];
        if (table == NULL) {
            at->group++;
            at->table = at->row = 0;
        } else if (table[at->row].name == NULL) {
            at->table++;
            at->row = 0;
        } else
            return &table[at->row++];
    }
    return NULL;
}
