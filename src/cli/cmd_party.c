/* SPDX-License-Identifier: MPL-2.0 */
#include "cli.h"
#include "tilslut/agreement/party.h"

/* What `party set` is told to record. */
struct setting {
    tl_association association;
    const char *ean, *address;
    struct tl_date from, from_or_today;
};

static tl_status read_setting(struct setting *out, struct cli *cli, struct tl_err *err)
{
    const char *association = cli_args_value(&cli->args, "--association");
    *out = (struct setting){.ean = cli_args_value(&cli->args, "--ean"),
                            .address = cli_args_value(&cli->args, "--address")};
    tl_status status = cli_date(&out->from, cli, "--from", err);
    out->from_or_today = tl_date_is_none(out->from) ? tl_moment_date(cli->act.now) : out->from;
    if (status != TL_OK)
        return status;
    if (association == NULL && out->ean == NULL && out->address == NULL)
        return tl_err_set(err, TL_ERR_USAGE, "nothing is given to record: --association, --ean or --address");
    if (association == NULL)
        return TL_OK;
    if (tl_text_equal(association, "member"))
        out->association = TL_ASSOCIATION_MEMBER;
    else if (tl_text_equal(association, "other"))
        out->association = TL_ASSOCIATION_OTHER;
    else
        return tl_err_set(err, TL_ERR_USAGE, "--association is member or other, not '%.40s'", association);
    if (tl_date_is_none(out->from)) {
        (void)tl_err_set(err, TL_ERR_USAGE, "--association needs --from");
        tl_err_hint(err, "prices follow membership of the association from that date on");
        return TL_ERR_USAGE;
    }
    return TL_OK;
}

static tl_status set_party(struct cli *cli, const struct setting *setting, const char *code, struct tl_err *err)
{
    struct tl_party party;
    tl_recorded recorded;
    tl_status status = tl_party_find(&party, cli->store, code, setting->from_or_today, &cli->arena, err);
    if (status == TL_OK && setting->association != TL_ASSOCIATION_NOT_RECORDED)
        status = tl_party_record_association(&recorded, cli->store, code, setting->association, setting->from, err);
    if (status != TL_OK || (setting->ean == NULL && setting->address == NULL))
        return status;
    if (setting->ean != NULL)
        party.ean = setting->ean;
    if (setting->address != NULL)
        party.address = setting->address;
    party.valid_from = setting->from_or_today;
    return tl_party_record(&recorded, cli->store, &party, err);
}

static tl_status party_set(struct cli *cli, struct tl_err *err)
{
    struct setting setting;
    const char **codes = NULL;
    size_t count = 0;
    tl_status status = read_setting(&setting, cli, err);
    if (status == TL_OK)
        status = cli_list(&codes, &count, cli, cli->args.positional[0], err);
    if (status == TL_OK && setting.ean != NULL && count > 1)
        status = tl_err_set(err, TL_ERR_USAGE, "an EAN number belongs to one party, not to %zu", count);
    if (status == TL_OK)
        status = cli_begin(cli, err);
    for (size_t i = 0; status == TL_OK && i < count; i++)
        status = set_party(cli, &setting, codes[i], err);
    if (status == TL_OK)
        status = cli_commit(cli, err);
    if (status == TL_OK)
        tl_buf_format(&cli->out, "recorded for %zu %s\n", count, cli_plural(count, "party", "parties"));
    return status;
}

static const struct cli_option party_set_options[] = {
    {"--association", NULL, "member|other", false, "whether they are members of the association; needs --from"},
    {"--ean", NULL, "NUMBER", false, "the EAN number that invoices go to"},
    {"--address", NULL, "TEXT", false, "lines separated by \", \""},
    {"--from", NULL, "DATE", false, "since when it holds (default today for EAN and address)"},
    CLI_OPTIONS_END,
};

const struct cli_command cli_party_commands[] = {
    {"party set", "CODE,...", "record association membership, EAN number or address",
     "Records what is given, for one party or several, from a date on. What was recorded before stays readable.", 1, 1,
     CLI_RECORDS, party_set_options, party_set},
    {0},
};
