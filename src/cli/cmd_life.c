/* SPDX-License-Identifier: MPL-2.0 */
/*
 * The life of an agreement: drafted, sent, signed, countersigned, withdrawn; and what it has come to.
 */
#include "cli.h"
#include "tilslut/agreement/membership.h"
#include "tilslut/agreement/membership_history.h"
#include "tilslut/agreement/party.h"
#include "tilslut/agreement/product.h"
#include "tilslut/agreement/waiver.h"

#define COUNT_OF(array) (sizeof(array) / sizeof(array)[0])

static const char *value_or_empty(const struct cli *cli, const char *option)
{
    const char *value = cli_args_value(&cli->args, option);
    return value == NULL ? "" : value;
}

/* Records one step for each member of the list, and says so. */
static tl_status step(struct cli *cli, tl_membership_event event, const char *detail, const char *told,
                      struct tl_err *err)
{
    struct tl_membership_fact fact = {.event = event, .detail = detail, .evidence = value_or_empty(cli, "--evidence")};
    const char *product = cli->args.positional[0];
    const char **codes = NULL;
    size_t count = 0;
    char date[TL_DATE_TEXT_SIZE];
    tl_status status = cli_date_or_today(&fact.on, cli, "--date", err);
    if (status == TL_OK)
        status = cli_list(&codes, &count, cli, cli->args.positional[1], err);
    if (status == TL_OK)
        status = cli_begin(cli, err);
    for (size_t i = 0; status == TL_OK && i < count; i++)
        status = tl_membership_history_step(cli->store, product, codes[i], &fact, err);
    if (status == TL_OK)
        status = cli_commit(cli, err);
    for (size_t i = 0; status == TL_OK && i < count; i++)
        tl_buf_format(&cli->out, "the agreement of %s for %s is %s on %s\n", codes[i], product, told,
                      tl_date_iso(fact.on, date));
    return status;
}

static tl_status need_evidence(const struct cli *cli, const char *what, const char *hint, struct tl_err *err)
{
    if (value_or_empty(cli, "--evidence")[0] != '\0')
        return TL_OK;
    (void)tl_err_set(err, TL_ERR_USAGE, "%s needs --evidence", what);
    tl_err_hint(err, "%s", hint);
    return TL_ERR_USAGE;
}

/* Grounds without what they are for would be lost. */
static tl_status check_grounds(const struct cli *cli, struct tl_err *err)
{
    if (cli_args_value(&cli->args, "--evidence") != NULL && cli_args_value(&cli->args, "--waiver") == NULL)
        return tl_err_set(err, TL_ERR_USAGE, "--evidence is given, but no --waiver that it documents");
    if (cli_args_value(&cli->args, "--reason") != NULL && cli_args_value(&cli->args, "--class") == NULL)
        return tl_err_set(err, TL_ERR_USAGE, "--reason is given, but no --class that it is a reason for");
    return TL_OK;
}

static tl_status draft(struct cli *cli, struct tl_err *err)
{
    struct tl_joining joining = {.product = cli->args.positional[0],
                                 .evidence = cli_args_value(&cli->args, "--evidence"),
                                 .class_by_hand = cli_args_value(&cli->args, "--class"),
                                 .class_reason = cli_args_value(&cli->args, "--reason")};
    const char **codes = NULL, **options = NULL, **waivers = NULL;
    struct tl_date on;
    size_t count = 0;
    int64_t id;
    tl_status status = check_grounds(cli, err);
    if (status == TL_OK)
        status = cli_date_or_today(&on, cli, "--date", err);
    if (status == TL_OK)
        status = cli_date(&joining.from, cli, "--from", err);
    if (status == TL_OK && tl_date_is_none(joining.from)) {
        status = tl_err_set(err, TL_ERR_USAGE, "a draft needs --from, the day the membership is to begin");
        tl_err_hint(err, "for example --from 2026-07-01");
    }
    if (status == TL_OK)
        status = cli_list(&codes, &count, cli, cli->args.positional[1], err);
    if (status == TL_OK)
        status = cli_lists(&options, &joining.option_count, cli, "--with", err);
    if (status == TL_OK)
        status = cli_lists(&waivers, &joining.waiver_count, cli, "--waiver", err);
    joining.options = options;
    joining.waivers = waivers;
    if (status == TL_OK)
        status = cli_begin(cli, err);
    for (size_t i = 0; status == TL_OK && i < count; i++) {
        joining.party = codes[i];
        status = tl_membership_draft(&id, cli->store, &joining, on, err);
    }
    if (status == TL_OK)
        status = cli_commit(cli, err);
    for (size_t i = 0; status == TL_OK && i < count; i++)
        tl_buf_format(&cli->out, "the agreement of %s for %s is drafted, to begin on %s\n", codes[i], joining.product,
                      cli_args_value(&cli->args, "--from"));
    return status;
}

static tl_status send_out(struct cli *cli, struct tl_err *err)
{
    return step(cli, TL_MEMBERSHIP_SENT, "", "sent", err);
}

static tl_status sign(struct cli *cli, struct tl_err *err)
{
    tl_status status =
        need_evidence(cli, "a signature", "say where the signed agreement lies: --evidence \"sag 12\"", err);
    return status == TL_OK ? step(cli, TL_MEMBERSHIP_SIGNED, value_or_empty(cli, "--by"), "signed by the member", err)
                           : status;
}

static tl_status countersign(struct cli *cli, struct tl_err *err)
{
    const char *by = cli_args_value(&cli->args, "--by");
    return step(cli, TL_MEMBERSHIP_COUNTERSIGNED, by == NULL ? cli->act.actor : by, "countersigned", err);
}

static tl_status withdraw(struct cli *cli, struct tl_err *err)
{
    tl_status status =
        need_evidence(cli, "withdrawing an agreement", "say why, or where it is documented: --evidence \"...\"", err);
    return status == TL_OK ? step(cli, TL_MEMBERSHIP_WITHDRAWN, "", "withdrawn", err) : status;
}

static tl_status stay(struct cli *cli, struct tl_err *err)
{
    tl_status status =
        need_evidence(cli, "withdrawing a notice", "it takes the agreement of both: say where it is documented", err);
    return status == TL_OK ? step(cli, TL_MEMBERSHIP_NOTICE_WITHDRAWN, "", "no longer under notice", err) : status;
}

static struct tl_cell text_cell(const char *text)
{
    return text[0] == '\0' ? tl_cell_missing() : tl_cell_text(text);
}

/* One row per event; for people the state of today stands above. */
static tl_status add_history(struct tl_table *table, struct cli *cli, const struct tl_membership_history *history,
                             const char *name, int64_t number, struct tl_err *err)
{
    struct tl_membership_life life;
    tl_status status = tl_membership_state_follow(&life, history, tl_moment_date(cli->act.now), err);
    if (status == TL_OK && !cli_for_machines(cli))
        tl_buf_format(&cli->out, "%s %s, %s, agreement %d: %s\n", history->party, name, history->product, (int)number,
                      life.state == TL_MEMBERSHIP_STATE_NONE ? "not yet begun" : tl_membership_state_name(life.state));
    if (status == TL_OK)
        status = tl_membership_state_follow(&life, history, (struct tl_date){0}, err);
    for (size_t i = 0; status == TL_OK && i < history->count; i++) {
        const struct tl_membership_fact *fact = &history->facts[i];
        struct tl_cell cells[] = {tl_cell_integer(number),
                                  tl_cell_date(fact->on),
                                  tl_cell_text(tl_membership_event_name(fact->event)),
                                  text_cell(fact->detail),
                                  tl_cell_date(fact->until),
                                  text_cell(fact->evidence),
                                  fact->after == TL_MEMBERSHIP_STATE_NONE
                                      ? tl_cell_missing()
                                      : tl_cell_text(tl_membership_state_name(fact->after)),
                                  tl_cell_code(fact->recorded_at),
                                  tl_cell_text(fact->actor)};
        status = tl_table_add(table, cells, err);
    }
    return status;
}

/* Pledges that have become waivers, which no agreement records. */
static tl_status add_pledges(struct tl_table *table, struct cli *cli, const char *product, const char *code,
                             struct tl_err *err)
{
    struct tl_waiver *waivers = NULL;
    size_t count = 0;
    char amount[TL_MONEY_TEXT_SIZE], on[TL_DATE_TEXT_SIZE];
    tl_status status = tl_waiver_list(&waivers, &count, cli->store, product, code, &cli->arena, err);
    for (size_t i = 0; status == TL_OK && i < count; i++) {
        const struct tl_waiver *waiver = &waivers[i];
        if (tl_date_is_none(waiver->pledged_on))
            continue;
        const char *evidence =
            tl_arena_format(&cli->arena, "pledge of %s on %s: %s", tl_money_da(waiver->pledged, amount),
                            tl_date_iso(waiver->pledged_on, on), waiver->evidence);
        if (evidence == NULL)
            return tl_err_memory(err);
        struct tl_cell cells[] = {tl_cell_missing(),
                                  tl_cell_date(waiver->on),
                                  tl_cell_text(tl_membership_event_name(TL_MEMBERSHIP_WAIVER)),
                                  tl_cell_text(waiver->tag),
                                  tl_cell_missing(),
                                  tl_cell_text(evidence),
                                  tl_cell_missing(),
                                  tl_cell_code(waiver->recorded_at),
                                  tl_cell_text(waiver->actor)};
        status = tl_table_add(table, cells, err);
    }
    return status;
}

static tl_status life(struct cli *cli, struct tl_err *err)
{
    static const struct tl_column columns[] = {
        {"agreement", "Agreement", TL_COLUMN_INTEGER},
        {"date", "Date", TL_COLUMN_DATE},
        {"event", "Event", TL_COLUMN_TEXT},
        {"detail", "What", TL_COLUMN_TEXT},
        {"until", "Until", TL_COLUMN_DATE},
        {"evidence", "Evidence", TL_COLUMN_TEXT},
        {"state", "State then", TL_COLUMN_TEXT},
        {"recorded_at", "Recorded", TL_COLUMN_CODE},
        {"actor", "By", TL_COLUMN_TEXT},
    };
    const char *product = cli->args.positional[0], *code = cli->args.positional[1];
    struct tl_table table = TL_TABLE_EMPTY;
    struct tl_membership_history *histories = NULL;
    struct tl_product found;
    struct tl_party party;
    size_t count = 0;
    tl_status status = tl_table_init(&table, columns, COUNT_OF(columns), err);
    if (status == TL_OK)
        status = tl_product_find(&found, cli->store, product, &cli->arena, err);
    if (status == TL_OK)
        status = tl_party_find(&party, cli->store, code, tl_moment_date(cli->act.now), &cli->arena, err);
    if (status == TL_OK)
        status = tl_membership_history_list(&histories, &count, cli->store, product, code, &cli->arena, err);
    if (status == TL_OK && count == 0) {
        status = tl_err_set(err, TL_ERR_NOT_FOUND, "%s (%s) has no agreement for '%s'", party.name, code, product);
        tl_err_hint(err, "allowed then: draft, join");
    }
    for (size_t i = 0; status == TL_OK && i < count; i++)
        status = add_history(&table, cli, &histories[i], party.name, (int64_t)i + 1, err);
    if (status == TL_OK)
        status = add_pledges(&table, cli, product, code, err);
    if (status == TL_OK)
        status = cli_print_table(cli, &table, err);
    tl_table_release(&table);
    return status;
}

#define DATE_OPTION(help)                                                                                              \
    {                                                                                                                  \
        "--date", NULL, "DATE", false, help                                                                            \
    }

static const struct cli_option draft_options[] = {
    {"--from", NULL, "DATE", false, "when the membership is to begin"},
    {"--with", NULL, "OPTION,...", true, "options that the member takes, such as hosting"},
    {"--waiver", NULL, "TAG,...", true, "waivers that the member has, such as funded-3.0; needs --evidence"},
    {"--evidence", NULL, "TEXT", false, "where the waivers are documented"},
    {"--class", NULL, "NAME", false, "a size class set by hand, for members without inhabitants; needs --reason"},
    {"--reason", NULL, "TEXT", false, "why the class is set by hand"},
    DATE_OPTION("when it is drafted (default: today)"),
    CLI_OPTIONS_END,
};
static const struct cli_option send_options[] = {
    DATE_OPTION("when it is sent (default: today)"),
    {"--evidence", NULL, "TEXT", false, "where that is documented"},
    CLI_OPTIONS_END,
};
static const struct cli_option sign_options[] = {
    DATE_OPTION("when the member signed (default: today)"),
    {"--by", NULL, "WHO", false, "who signed: an office or title rather than a name, since it is kept for ever"},
    {"--evidence", NULL, "TEXT", false, "where the signed agreement lies"},
    CLI_OPTIONS_END,
};
static const struct cli_option countersign_options[] = {
    DATE_OPTION("when it is countersigned (default: today)"),
    {"--by", NULL, "WHO", false, "who signs for the association (default: who is at the desk)"},
    {"--evidence", NULL, "TEXT", false, "where the agreement lies"},
    CLI_OPTIONS_END,
};
static const struct cli_option withdraw_options[] = {
    DATE_OPTION("when it is withdrawn (default: today)"),
    {"--evidence", NULL, "TEXT", false, "why, or where it is documented"},
    CLI_OPTIONS_END,
};
static const struct cli_option stay_options[] = {
    DATE_OPTION("when both agreed to it (default: today)"),
    {"--evidence", NULL, "TEXT", false, "where the agreement of both is documented"},
    CLI_OPTIONS_END,
};

const struct cli_command cli_life_commands[] = {
    {"draft", "PRODUCT MEMBER,...", "draft agreements",
     "Drafts an agreement, for one member or several on the same terms. It counts in no allocation before both have\n"
     "signed it: send, sign and countersign follow. join records all these steps at once.",
     2, 2, CLI_RECORDS, draft_options, draft},
    {"send", "PRODUCT MEMBER,...", "record that drafted agreements are sent",
     "Records that the agreement is sent to the member for signature.", 2, 2, CLI_RECORDS, send_options, send_out},
    {"sign", "PRODUCT MEMBER,...", "record that members sign",
     "Records the member's signature. Its date fixes what depends on the date of signing, such as a joining fee.", 2, 2,
     CLI_RECORDS, sign_options, sign},
    {"countersign", "PRODUCT MEMBER,...", "record the association's signature",
     "Records the signature of the association, by somebody else than who signed for the member. From then on the\n"
     "agreement counts, from the day it begins.",
     2, 2, CLI_RECORDS, countersign_options, countersign},
    {"withdraw", "PRODUCT MEMBER,...", "record that agreements come to nothing",
     "Records that an agreement is withdrawn before it is in force. Once it is countersigned, that takes the "
     "agreement\n"
     "of both.",
     2, 2, CLI_RECORDS, withdraw_options, withdraw},
    {"stay", "PRODUCT MEMBER,...", "record that a notice is withdrawn",
     "Records that a member under notice stays after all, which takes the agreement of both.", 2, 2, CLI_RECORDS,
     stay_options, stay},
    {"life", "PRODUCT MEMBER", "what has happened in a membership",
     "Prints the state of a member's agreement, and who recorded what, when and on what evidence.", 2, 2, CLI_READS,
     cli_form_options, life},
    {0},
};
