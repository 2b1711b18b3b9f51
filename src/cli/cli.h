/* SPDX-License-Identifier: MPL-2.0 */
/*
 * What the commands share: the command table, and the one context that they read, ask and print through. Nothing
 * below this floor prints, reads the environment or asks the clock.
 */
#ifndef TILSLUT_CLI_CLI_H
#define TILSLUT_CLI_CLI_H

#include <stdbool.h>
#include <stdint.h>

#include "args.h"
#include "tilslut/base/arena.h"
#include "tilslut/base/date.h"
#include "tilslut/base/status.h"
#include "tilslut/base/text.h"
#include "tilslut/report/table.h"
#include "tilslut/store/store.h"

/* What this program calls itself, with its version. */
#define CLI_PROGRAM "tilslut 0.1.0"

/* How a command uses the ledger file. */
typedef enum cli_use { CLI_NO_LEDGER, CLI_READS, CLI_RECORDS } cli_use;

struct cli_command;

/* One run of the program. */
struct cli {
    const struct cli_command *command;
    struct cli_args args;
    struct tl_arena arena; /* of the run */
    const char *path;      /* of the ledger file */
    struct tl_act act;
    struct tl_moment clock; /* the clock's own time, also where SOURCE_DATE_EPOCH sets the act's */
    struct tl_store *store; /* open as the command's use says; NULL for CLI_NO_LEDGER */
    struct tl_buf out;      /* what goes to standard output when the command has succeeded */
};

struct cli_command {
    const char *name;      /* "terms adopt" */
    const char *arguments; /* "FILE" */
    const char *summary;
    const char *help;
    size_t arguments_min, arguments_max;
    cli_use use;
    const struct cli_option *options;
    tl_status (*run)(struct cli *cli, struct tl_err *err);
};

/* What belongs together in the overview. Commands are ended by one without a name, groups by one without a title. */
struct cli_group {
    const char *title;
    const struct cli_command *const *commands; /* the tables of the group's files, ended by NULL */
};
extern const struct cli_group cli_groups[];

/* The next command of all groups; the first one after NULL, NULL after the last. *at keeps the place and starts as {0}.
 */
struct cli_place {
    size_t group, table, row;
};
const struct cli_command *cli_commands_next(struct cli_place *at);

/* Options that several commands have. */
extern const struct cli_option cli_no_options[];
extern const struct cli_option cli_form_options[];

#define CLI_OPTIONS_END                                                                                                \
    {                                                                                                                  \
        0                                                                                                              \
    }
#define CLI_OPTIONS_FORM                                                                                               \
    {"--csv", NULL, NULL, false, "print CSV, for machines"},                                                           \
    {                                                                                                                  \
        "--json", NULL, NULL, false, "print JSON, for machines"                                                        \
    }

#define CLI_OPTION_OUTPUT                                                                                              \
    {                                                                                                                  \
        "--output", "-o", "DIR", false, "the folder to write to; it is made where it is missing"                       \
    }
#define CLI_OPTION_KNOWN                                                                                               \
    {                                                                                                                  \
        "--known", NULL, "DATE", false, "with what was known at the end of that day"                                   \
    }
#define CLI_OPTION_DECISION(help)                                                                                      \
    {                                                                                                                  \
        "--decision", NULL, "TEXT", false, help                                                                        \
    }

/* Begins the transaction of a command that records; cli_commit ends it. What is open when a command fails is rolled
 * back. */
tl_status cli_begin(struct cli *cli, struct tl_err *err) TL_MUST_CHECK;
tl_status cli_commit(struct cli *cli, struct tl_err *err) TL_MUST_CHECK;

/* Limits what is seen to what was recorded by the end of the day that --known gives, if it does. */
tl_status cli_known(struct cli *cli, struct tl_err *err) TL_MUST_CHECK;

/* Prints a table in the form that was asked for. */
tl_status cli_print_table(struct cli *cli, const struct tl_table *table, struct tl_err *err) TL_MUST_CHECK;
bool cli_for_machines(const struct cli *cli);

/* A remark on standard error; not an error. */
void cli_note(const char *format, ...) TL_PRINTF(1, 2);
/* The word for so many things. */
const char *cli_plural(size_t count, const char *one, const char *many);
/* What long work has come to, on standard error when that is a terminal; `done` == `of` ends it. */
void cli_progress(const char *what, size_t done, size_t of);

/* Values of options and arguments, with an error that names the option. A date that was not given is none. */
tl_status cli_date(struct tl_date *out, const struct cli *cli, const char *option, struct tl_err *err) TL_MUST_CHECK;
/* The same; today where it was not given. */
tl_status cli_date_or_today(struct tl_date *out, const struct cli *cli, const char *option,
                            struct tl_err *err) TL_MUST_CHECK;
tl_status cli_year(int *out, const char *text, struct tl_err *err) TL_MUST_CHECK;
tl_status cli_number(int64_t *out, const char *text, const char *what, struct tl_err *err) TL_MUST_CHECK;
/* The parts of a list of values `1/2,1/2`, in the run's arena. */
tl_status cli_values(const char ***out, size_t *count, struct cli *cli, const char *text,
                     struct tl_err *err) TL_MUST_CHECK;
/* The parts of a list `0751,0851`, in the run's arena. TL_ERR_USAGE: an empty place, or the same part twice. */
tl_status cli_list(const char ***out, size_t *count, struct cli *cli, const char *text,
                   struct tl_err *err) TL_MUST_CHECK;
/* All values of a repeatable option, each of which may be a list. */
tl_status cli_lists(const char ***out, size_t *count, struct cli *cli, const char *option,
                    struct tl_err *err) TL_MUST_CHECK;

/* The same as they were typed. */
tl_status cli_given(const char ***out, size_t *count, struct cli *cli, const char *option,
                    struct tl_err *err) TL_MUST_CHECK;

/* The commands, by file. */
extern const struct cli_command cli_init_commands[];
extern const struct cli_command cli_import_commands[];
extern const struct cli_command cli_index_commands[];
extern const struct cli_command cli_party_commands[];
extern const struct cli_command cli_product_commands[];
extern const struct cli_command cli_governance_commands[];
extern const struct cli_command cli_unit_commands[];
extern const struct cli_command cli_overview_commands[];
extern const struct cli_command cli_terms_commands[];
extern const struct cli_command cli_terms_diff_commands[];
extern const struct cli_command cli_terms_sign_commands[];
extern const struct cli_command cli_list_signatures_commands[];
extern const struct cli_command cli_join_commands[];
extern const struct cli_command cli_member_commands[];
extern const struct cli_command cli_pledge_commands[];
extern const struct cli_command cli_pledge_list_commands[];
extern const struct cli_command cli_handover_commands[];
extern const struct cli_command cli_life_commands[];
extern const struct cli_command cli_allocate_commands[];
extern const struct cli_command cli_changes_commands[];
extern const struct cli_command cli_questions_commands[];
extern const struct cli_command cli_seats_commands[];
extern const struct cli_command cli_instalments_commands[];
extern const struct cli_command cli_issue_commands[];
extern const struct cli_command cli_steering_commands[];
extern const struct cli_command cli_statement_commands[];
extern const struct cli_command cli_finance_commands[];
extern const struct cli_command cli_letter_commands[];
extern const struct cli_command cli_notice_commands[];
extern const struct cli_command cli_pledge_confirm_commands[];
extern const struct cli_command cli_template_commands[];
extern const struct cli_command cli_bill_commands[];
extern const struct cli_command cli_pay_commands[];
extern const struct cli_command cli_invoice_commands[];
extern const struct cli_command cli_einvoice_commands[];
extern const struct cli_command cli_payee_commands[];
extern const struct cli_command cli_bank_commands[];
extern const struct cli_command cli_open_commands[];
extern const struct cli_command cli_refund_commands[];
extern const struct cli_command cli_remind_commands[];
extern const struct cli_command cli_budget_commands[];
extern const struct cli_command cli_period_commands[];
extern const struct cli_command cli_carry_commands[];
extern const struct cli_command cli_cost_commands[];
extern const struct cli_command cli_rate_commands[];
extern const struct cli_command cli_hours_commands[];
extern const struct cli_command cli_outlay_commands[];
extern const struct cli_command cli_share_commands[];
extern const struct cli_command cli_list_commands[];
extern const struct cli_command cli_role_commands[];
extern const struct cli_command cli_verify_commands[];
extern const struct cli_command cli_check_commands[];
extern const struct cli_command cli_seal_commands[];
extern const struct cli_command cli_trace_commands[];
extern const struct cli_command cli_copy_commands[];
extern const struct cli_command cli_export_commands[];
extern const struct cli_command cli_chart_commands[];

#endif
