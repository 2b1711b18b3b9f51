/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Units of a party with their invoice addresses, and its contacts.
 */
#include <inttypes.h>

#include "cli.h"
#include "tilslut/agreement/contact.h"
#include "tilslut/agreement/invoicing.h"
#include "tilslut/agreement/party.h"
#include "tilslut/agreement/unit.h"

#define COUNT_OF(array) (sizeof(array) / sizeof(array)[0])

/* `-` stands for the party itself. */
static const char *unit_code(const char *text)
{
    return text == NULL || tl_text_equal(text, "-") ? "" : text;
}

static struct tl_cell text_cell(const char *text)
{
    return text[0] == '\0' ? tl_cell_missing() : tl_cell_text(text);
}

static struct tl_cell code_cell(const char *code)
{
    return code[0] == '\0' ? tl_cell_missing() : tl_cell_code(code);
}

static tl_status print_and_release(struct cli *cli, struct tl_table *table, tl_status status, struct tl_err *err)
{
    if (status == TL_OK)
        status = cli_print_table(cli, table, err);
    tl_table_release(table);
    return status;
}

static tl_status from_option(struct tl_date *out, const struct cli *cli, struct tl_err *err)
{
    tl_status status = cli_date(out, cli, "--from", err);
    if (status == TL_OK && tl_date_is_none(*out))
        status = tl_err_set(err, TL_ERR_USAGE, "--from DATE is needed");
    return status;
}

/* ---- units ---- */

static tl_status unit_set(struct cli *cli, struct tl_err *err)
{
    struct tl_unit unit = {.party = cli->args.positional[0],
                           .code = cli->args.positional[1],
                           .name = cli_args_value(&cli->args, "--name"),
                           .ean = cli_args_value(&cli->args, "--ean"),
                           .order_reference = cli_args_value(&cli->args, "--order-reference"),
                           .person_reference = cli_args_value(&cli->args, "--person-reference"),
                           .account_string = cli_args_value(&cli->args, "--account-string")};
    char date[TL_DATE_TEXT_SIZE];
    tl_status status = from_option(&unit.from, cli, err);
    if (status == TL_OK)
        status = cli_date(&unit.until, cli, "--until", err);
    if (status == TL_OK)
        status = cli_begin(cli, err);
    if (status == TL_OK)
        status = tl_unit_record(cli->store, &unit, err);
    if (status == TL_OK)
        status = cli_commit(cli, err);
    if (status == TL_OK)
        tl_buf_format(&cli->out, "recorded the unit %s of %s from %s\n", unit.code, unit.party,
                      tl_date_iso(unit.from, date));
    return status;
}

static tl_status unit_reference(struct cli *cli, struct tl_err *err)
{
    const char *line = cli_args_value(&cli->args, "--line"), *order = cli_args_value(&cli->args, "--order-reference");
    const char *account = cli_args_value(&cli->args, "--account-string");
    struct tl_invoicing_reference reference = {.party = cli->args.positional[0],
                                               .unit = unit_code(cli->args.positional[1]),
                                               .product = cli->args.positional[2],
                                               .line = line == NULL ? "" : line,
                                               .order_reference = order == NULL ? "" : order,
                                               .account_string = account == NULL ? "" : account};
    tl_status status = from_option(&reference.from, cli, err);
    if (status == TL_OK && order == NULL && account == NULL)
        status = tl_err_set(err, TL_ERR_USAGE, "nothing is given to record: --order-reference or --account-string");
    if (status == TL_OK)
        status = cli_begin(cli, err);
    if (status == TL_OK)
        status = tl_invoicing_refer(cli->store, &reference, err);
    if (status == TL_OK)
        status = cli_commit(cli, err);
    if (status == TL_OK)
        tl_buf_format(&cli->out, "recorded the references of %s for %s\n", reference.party, reference.product);
    return status;
}

static tl_status unit_invoice(struct cli *cli, struct tl_err *err)
{
    const char *product = cli->args.positional[0], *party = cli->args.positional[1];
    const char *unit = unit_code(cli->args.positional[2]);
    struct tl_date from;
    char date[TL_DATE_TEXT_SIZE];
    tl_status status = from_option(&from, cli, err);
    if (status == TL_OK)
        status = cli_begin(cli, err);
    if (status == TL_OK)
        status = tl_invoicing_assign(cli->store, product, party, unit, from, err);
    if (status == TL_OK)
        status = cli_commit(cli, err);
    if (status == TL_OK)
        tl_buf_format(&cli->out, "%s%s%s is invoiced for %s from %s\n", unit, unit[0] == '\0' ? "" : " of ", party,
                      product, tl_date_iso(from, date));
    return status;
}

static tl_status list_units(struct cli *cli, struct tl_err *err)
{
    static const struct tl_column columns[] = {
        {"party", "Party", TL_COLUMN_CODE},
        {"unit", "Unit", TL_COLUMN_CODE},
        {"name", "Name", TL_COLUMN_TEXT},
        {"ean", "EAN", TL_COLUMN_CODE},
        {"order_reference", "Order", TL_COLUMN_CODE},
        {"person_reference", "Person reference", TL_COLUMN_CODE},
        {"account_string", "Account string", TL_COLUMN_CODE},
        {"from", "From", TL_COLUMN_DATE},
        {"until", "Until", TL_COLUMN_DATE},
    };
    struct tl_table table = TL_TABLE_EMPTY;
    struct tl_unit *units = NULL;
    struct tl_party party;
    const char *code = cli->args.positional_count == 0 ? NULL : cli->args.positional[0];
    size_t count = 0;
    struct tl_date on;
    tl_status status = tl_table_init(&table, columns, COUNT_OF(columns), err);
    if (status == TL_OK)
        status = cli_date_or_today(&on, cli, "--date", err);
    if (status == TL_OK && code != NULL)
        status = tl_party_find(&party, cli->store, code, on, &cli->arena, err);
    if (status == TL_OK)
        status = tl_unit_list(&units, &count, cli->store, code, on, &cli->arena, err);
    for (size_t i = 0; status == TL_OK && i < count; i++) {
        const struct tl_unit *unit = &units[i];
        struct tl_cell cells[] = {tl_cell_code(unit->party),        tl_cell_code(unit->code),
                                  tl_cell_text(unit->name),         code_cell(unit->ean),
                                  code_cell(unit->order_reference), code_cell(unit->person_reference),
                                  code_cell(unit->account_string),  tl_cell_date(unit->from),
                                  tl_cell_date(unit->until)};
        status = tl_table_add(&table, cells, err);
    }
    return print_and_release(cli, &table, status, err);
}

/* ---- contacts ---- */

static tl_status contact_add(struct cli *cli, struct tl_err *err)
{
    const char *name = cli_args_value(&cli->args, "--name"), *role = cli_args_value(&cli->args, "--role");
    const char *email = cli_args_value(&cli->args, "--email"), *phone = cli_args_value(&cli->args, "--phone");
    struct tl_digest salt;
    struct tl_contact contact = {.party = cli->args.positional[0],
                                 .unit = unit_code(cli_args_value(&cli->args, "--unit")),
                                 .role = role,
                                 .name = name,
                                 .email = email == NULL ? "" : email,
                                 .phone = phone == NULL ? "" : phone};
    if (name == NULL || role == NULL)
        return tl_err_set(err, TL_ERR_USAGE, "a contact needs --role and --name");
    if (!tl_digest_random(&salt))
        return tl_err_set(err, TL_ERR_IO, "the system gives no random numbers");
    tl_status status = cli_begin(cli, err);
    if (status == TL_OK)
        status = tl_contact_record(&contact, cli->store, &salt, tl_moment_date(cli->act.now), err);
    if (status == TL_OK)
        status = cli_commit(cli, err);
    if (status == TL_OK)
        tl_buf_format(&cli->out, "recorded contact %" PRId64 " of %s, %s\n", contact.id, contact.party, contact.role);
    return status;
}

static tl_status contact_erase(struct cli *cli, struct tl_err *err)
{
    const char *reason = cli_args_value(&cli->args, "--reason");
    int64_t id = 0;
    bool was_erased = false;
    tl_status status = cli_number(&id, cli->args.positional[0], "the number of a contact", err);
    if (status == TL_OK && reason == NULL)
        status = tl_err_set(err, TL_ERR_USAGE, "--reason TEXT is needed");
    if (status == TL_OK)
        status = cli_begin(cli, err);
    if (status == TL_OK)
        status = tl_contact_erase(&was_erased, cli->store, id, reason, err);
    if (status == TL_OK)
        status = cli_commit(cli, err);
    if (status != TL_OK)
        return status;
    status = tl_store_sweep(cli->store, err);
    if (status != TL_OK)
        tl_err_hint(err, "the contact is erased, but its bytes may still lie in the file; run the command again");
    else
        tl_buf_format(&cli->out, "contact %" PRId64 " %s; nothing of it is left in this file, but in copies of it\n",
                      id, was_erased ? "was erased before" : "is erased");
    return status;
}

static tl_status list_contacts(struct cli *cli, struct tl_err *err)
{
    static const struct tl_column columns[] = {
        {"contact", "Contact", TL_COLUMN_INTEGER}, {"party", "Party", TL_COLUMN_CODE},
        {"unit", "Unit", TL_COLUMN_CODE},          {"role", "Role", TL_COLUMN_TEXT},
        {"name", "Name", TL_COLUMN_TEXT},          {"email", "E-mail", TL_COLUMN_TEXT},
        {"phone", "Phone", TL_COLUMN_CODE},        {"erased_at", "Erased", TL_COLUMN_CODE},
        {"erased_by", "By", TL_COLUMN_TEXT},       {"reason", "Why", TL_COLUMN_TEXT},
    };
    struct tl_table table = TL_TABLE_EMPTY;
    struct tl_contact *contacts = NULL;
    struct tl_party party;
    const char *code = cli->args.positional_count == 0 ? NULL : cli->args.positional[0];
    size_t count = 0;
    tl_status status = tl_table_init(&table, columns, COUNT_OF(columns), err);
    if (status == TL_OK && code != NULL)
        status = tl_party_find(&party, cli->store, code, tl_moment_date(cli->act.now), &cli->arena, err);
    if (status == TL_OK)
        status = tl_contact_list(&contacts, &count, cli->store, code, &cli->arena, err);
    for (size_t i = 0; status == TL_OK && i < count; i++) {
        const struct tl_contact *contact = &contacts[i];
        struct tl_cell cells[] = {tl_cell_integer(contact->id),  tl_cell_code(contact->party),
                                  code_cell(contact->unit),      tl_cell_text(contact->role),
                                  text_cell(contact->name),      text_cell(contact->email),
                                  code_cell(contact->phone),     code_cell(contact->erased_at),
                                  text_cell(contact->erased_by), text_cell(contact->reason)};
        status = tl_table_add(&table, cells, err);
    }
    return print_and_release(cli, &table, status, err);
}

static const struct cli_option unit_options[] = {
    {"--name", NULL, "NAME", false, "of the unit"},
    {"--ean", NULL, "NUMBER", false, "its EAN number (default: the party's own)"},
    {"--order-reference", NULL, "TEXT", false, "the order or requisition that its invoices name"},
    {"--person-reference", NULL, "TEXT", false, "the role or code that its invoices name; never a person's name"},
    {"--account-string", NULL, "TEXT", false, "of its accounts (kontostreng)"},
    {"--from", NULL, "DATE", false, "from when it is so"},
    {"--until", NULL, "DATE", false, "the last day of the unit"},
    CLI_OPTIONS_END,
};
static const struct cli_option reference_options[] = {
    {"--line", NULL, "LINE", false, "only for that line of the terms (default: for all)"},
    {"--order-reference", NULL, "TEXT", false, "the order or requisition that invoices name"},
    {"--account-string", NULL, "TEXT", false, "of the unit's accounts (kontostreng)"},
    {"--from", NULL, "DATE", false, "from when it is so"},
    CLI_OPTIONS_END,
};
static const struct cli_option invoice_options[] = {
    {"--from", NULL, "DATE", false, "from when it is so"},
    CLI_OPTIONS_END,
};
static const struct cli_option list_units_options[] = {
    {"--date", NULL, "DATE", false, "as of that day (default: today)"},
    CLI_OPTIONS_FORM,
    CLI_OPTIONS_END,
};
static const struct cli_option contact_options[] = {
    {"--role", NULL, "ROLE", false, "what the contact is for, such as økonomi; it is kept, so it names no person"},
    {"--name", NULL, cli_personal, false, "who it is"},
    {"--email", NULL, cli_personal, false, "its e-mail address"},
    {"--phone", NULL, cli_personal, false, "its telephone number"},
    {"--unit", NULL, "UNIT", false, "the unit of the party that it belongs to"},
    CLI_OPTIONS_END,
};
static const struct cli_option erase_options[] = {
    {"--reason", NULL, "TEXT", false, "why; it is kept, so it names no person"},
    CLI_OPTIONS_END,
};

const struct cli_command cli_unit_commands[] = {
    {"unit set", "PARTY UNIT", "record a unit of a party with its invoice address",
     "Records a unit as it is from a date on: EAN number, references, account string. What is not given stays as it "
     "is.",
     2, 2, CLI_RECORDS, unit_options, unit_set},
    {"unit reference", "PARTY UNIT PRODUCT", "record what a unit wants on a product's invoices",
     "Records the order reference or account string for one product, or for one of its lines. UNIT - is the party "
     "itself.",
     3, 3, CLI_RECORDS, reference_options, unit_reference},
    {"unit invoice", "PRODUCT MEMBER UNIT", "record which unit of a member is invoiced",
     "Records which unit of a member is invoiced for a product from a date on. UNIT - is the party itself, as it is\n"
     "where nothing is recorded.",
     3, 3, CLI_RECORDS, invoice_options, unit_invoice},
    {"list units", "[PARTY]", "list units and their invoice addresses", "Lists the units of one party or of all.", 0, 1,
     CLI_READS, list_units_options, list_units},
    {"contact add", "PARTY", "record whom to write to",
     "Records a contact. Who it is can be erased again, and is neither sealed nor printed on documents; its role "
     "stays.",
     1, 1, CLI_RECORDS, contact_options, contact_add},
    {"contact erase", "CONTACT", "erase a contact for good",
     "Erases who a contact is, so that nothing of it is left in the file, and records that, when and why. What is\n"
     "sealed stays provable. Copies of the file that were made before are yours to find.",
     1, 1, CLI_RECORDS, erase_options, contact_erase},
    {"list contacts", "[PARTY]", "list contacts, and what was erased", "Lists the contacts of one party or of all.", 0,
     1, CLI_READS, cli_form_options, list_contacts},
    {0},
};
