/* SPDX-License-Identifier: MPL-2.0 */
/*
 * The command table: names, arguments, options and help of every command.
 */
#include "cli.h"

#define OUTPUT                                                                                                         \
    {                                                                                                                  \
        "--output", "-o", "DIR", false, "the folder to write to; it is made where it is missing"                       \
    }
#define DECISION(help)                                                                                                 \
    {                                                                                                                  \
        "--decision", NULL, "TEXT", false, help                                                                        \
    }

static const struct cli_option no_options[] = {CLI_OPTIONS_END};
static const struct cli_option form_options[] = {CLI_OPTIONS_FORM, CLI_OPTIONS_END};

static const struct cli_option init_options[] = {
    {"--currency", NULL, "CODE", false, "of all amounts, three letters (default DKK)"},
    CLI_OPTIONS_END,
};
static const struct cli_option import_parties_options[] = {
    {"--from", NULL, "DATE", false, "since when the file holds; needed where it changes what is recorded"},
    CLI_OPTIONS_END,
};
static const struct cli_option import_population_options[] = {
    {"--source", NULL, "TEXT", false, "where the figures come from (default: the table and the file's name)"},
    CLI_OPTIONS_END,
};
static const struct cli_option import_figures_options[] = {
    {"--measure", NULL, "NAME", false, "what was counted: users, pupils, area, ..."},
    {"--source", NULL, "TEXT", false, "where the figures come from (default: the file's name)"},
    CLI_OPTIONS_END,
};
static const struct cli_option index_set_options[] = {
    {"--date", NULL, "DATE", false, "the date the value holds for"},
    {"--value", NULL, "NUMBER", false, "the value, such as 118.3"},
    {"--published", NULL, "DATE", false, "when it was published"},
    {"--source", NULL, "TEXT", false, "who published it, and where"},
    CLI_OPTIONS_END,
};
static const struct cli_option party_set_options[] = {
    {"--association", NULL, "member|other", false, "whether they are members of the association; needs --from"},
    {"--ean", NULL, "NUMBER", false, "the EAN number that invoices go to"},
    {"--address", NULL, "TEXT", false, "lines separated by \", \""},
    {"--from", NULL, "DATE", false, "since when it holds (default today for EAN and address)"},
    CLI_OPTIONS_END,
};
static const struct cli_option product_add_options[] = {
    {"--name", NULL, "NAME", false, "as it is printed"},
    {"--psp", NULL, "XG-0000000000", false, "its PSP element"},
    {"--level", NULL, "1|2|3", false, "its product level"},
    CLI_OPTIONS_END,
};
static const struct cli_option terms_adopt_options[] = {
    DECISION("who decided, when, where it is minuted: \"styregruppe 2025-10-12 pkt. 4\""),
    CLI_OPTIONS_END,
};
static const struct cli_option terms_show_options[] = {
    {"--version", NULL, "N", false, "which version (default: the latest)"},
    CLI_OPTIONS_END,
};
static const struct cli_option join_options[] = {
    {"--signed", NULL, "DATE", false, "when the member signed"},
    {"--from", NULL, "DATE", false, "when the membership begins"},
    {"--with", NULL, "OPTION,...", true, "options that the member takes, such as hosting"},
    {"--waiver", NULL, "TAG,...", true, "waivers that the member has, such as funded-3.0; needs --evidence"},
    {"--evidence", NULL, "TEXT", false, "where the waivers are documented"},
    {"--class", NULL, "NAME", false, "a size class set by hand, for members without inhabitants; needs --reason"},
    {"--reason", NULL, "TEXT", false, "why the class is set by hand"},
    CLI_OPTIONS_END,
};
static const struct cli_option change_options[] = {
    {"--from", NULL, "DATE", false, "since when the change holds"},
    {"--take", NULL, "OPTION", false, "the member takes an option"},
    {"--drop", NULL, "OPTION", false, "the member drops an option"},
    {"--waiver", NULL, "TAG", false, "a waiver or rebate; needs --evidence"},
    {"--evidence", NULL, "TEXT", false, "where the waiver is documented"},
    {"--class", NULL, "NAME", false, "a size class set by hand; needs --reason"},
    {"--freeze", NULL, "NAME", false, "the member keeps this size class until --until; needs --reason"},
    {"--until", NULL, "DATE", false, "the last day of a frozen class"},
    {"--reason", NULL, "TEXT", false, "why the class is set by hand or frozen"},
    {"--group", NULL, "NAME", false, "the member joins a group that lines name"},
    {"--no-group", NULL, "NAME", false, "the member leaves a group"},
    {"--passive", NULL, NULL, false, "the membership becomes passive"},
    {"--active", NULL, NULL, false, "the membership is active again"},
    CLI_OPTIONS_END,
};
static const struct cli_option leave_options[] = {
    {"--notice", NULL, "DATE", false, "the day notice was given"},
    {"--until", NULL, "DATE", false, "the last day, where it is later than the first that the terms permit"},
    CLI_OPTIONS_END,
};
static const struct cli_option allocate_options[] = {
    {"--explain", NULL, "MEMBER", false, "write down the working of one member's amounts"},
    {"--if", NULL, "CHANGE", true, "try a change and show before and after; repeatable, nothing is recorded"},
    {"--known", NULL, "DATE", false, "with what was known at the end of that day"},
    CLI_OPTIONS_FORM,
    CLI_OPTIONS_END,
};
static const struct cli_option changes_options[] = {
    {"--from", NULL, "DATE", false, "of the figures that count now"},
    {"--to", NULL, "DATE", false, "of the new figures"},
    {"--percent", NULL, "N", false, "also who changes by more than N percent, not only who changes class"},
    CLI_OPTIONS_FORM,
    CLI_OPTIONS_END,
};
static const struct cli_option price_options[] = {
    {"--line", NULL, "LINE", false, "whose prices are to cover the budget"},
    {"--budget", NULL, "AMOUNT", false, "what is to be covered"},
    {"--round", NULL, "KRONER", false, "prices are multiples of this (default 100)"},
    CLI_OPTIONS_FORM,
    CLI_OPTIONS_END,
};
static const struct cli_option needed_options[] = {
    {"--below", NULL, "AMOUNT", false, "what each is to pay less than, on average"},
    CLI_OPTIONS_FORM,
    CLI_OPTIONS_END,
};
static const struct cli_option seats_options[] = {
    {"--seats", NULL, "N", false, "how many seats or votes there are"},
    CLI_OPTIONS_FORM,
    CLI_OPTIONS_END,
};
static const struct cli_option instalments_options[] = {
    {"--parts", NULL, "PART,...", false, "the parts of the whole, such as 1/2,1/2; they sum to 1"},
    CLI_OPTIONS_FORM,
    CLI_OPTIONS_END,
};
static const struct cli_option outlook_options[] = {
    {"--years", NULL, "N", false, "how many years (default 5)"},
    {"--index", NULL, "PERCENT", false, "what budgets and prices grow by each year, such as 2.5%"},
    {"--join", NULL, "YEAR=MEMBER,...", true, "who joins when"},
    CLI_OPTIONS_FORM,
    CLI_OPTIONS_END,
};
static const struct cli_option agreement_options[] = {
    {"--all", NULL, NULL, false, "for all members"},
    {"--year", NULL, "YEAR", false, "whose amounts it shows (default: the first year of the membership)"},
    {"--revise", NULL, NULL, false, "issue a new version where the agreement would say something else now"},
    {"--templates", NULL, "DIR", false, "take agreement.da.md from there instead of the program's own"},
    OUTPUT,
    CLI_OPTIONS_END,
};
static const struct cli_option pricelist_options[] = {
    {"--templates", NULL, "DIR", false, "take pricelist.da.md from there instead of the program's own"},
    OUTPUT,
    CLI_OPTIONS_END,
};
static const struct cli_option budget_options[] = {
    OUTPUT,
    CLI_OPTIONS_END,
};
static const struct cli_option approve_options[] = {
    {"--date", NULL, "DATE", false, "of the charges (default today, or the nearer end of the year billed)"},
    CLI_OPTIONS_END,
};
static const struct cli_option statement_options[] = {
    {"--all", NULL, NULL, false, "for all parties with anything on their account"},
    OUTPUT,
    CLI_OPTIONS_END,
};
static const struct cli_option pay_options[] = {
    {"--date", NULL, "DATE", false, "when the bank received it"},
    {"--text", NULL, "TEXT", false, "what the statement says of it (default: Indbetaling)"},
    {"--reference", NULL, "TEXT", false, "the payment reference it came with"},
    CLI_OPTIONS_END,
};
static const struct cli_option list_classes_options[] = {
    {"--date", NULL, "DATE", false, "of the figures (default: the reference date of this year)"},
    CLI_OPTIONS_FORM,
    CLI_OPTIONS_END,
};
static const struct cli_option list_balances_options[] = {
    {"--date", NULL, "DATE", false, "of entries dated up to then (default: all)"},
    CLI_OPTIONS_FORM,
    CLI_OPTIONS_END,
};
static const struct cli_option list_entries_options[] = {
    {"--party", NULL, "CODE", false, "only entries that concern this party"},
    CLI_OPTIONS_FORM,
    CLI_OPTIONS_END,
};

const struct cli_command cli_commands[] = {
    {"init", "", "make a ledger file",
     "Makes a ledger file with the chart of accounts, in one step: it is there whole or not at all.", 0, 0,
     CLI_NO_LEDGER, init_options, cli_init},
    {"import parties", "FILE", "record municipalities and others from a CSV file",
     "Records parties from a CSV file with the columns code, name, kind, and where known official_name, region, cvr,\n"
     "ean, address, association_member (yes or no). Importing a file twice changes nothing.",
     1, 1, CLI_RECORDS, import_parties_options, cli_import_parties},
    {"import population", "FILE", "record inhabitants from StatBank or a CSV file",
     "Records inhabitants from a file of Statistics Denmark's StatBank (FOLK1A, with codes or names) or a CSV file "
     "with\n"
     "the columns code, name, population, as_of; its header tells which it is. Stated totals must foot.",
     1, 1, CLI_RECORDS, import_population_options, cli_import_population},
    {"import figures", "FILE", "record any other measure from a CSV file",
     "Records figures of the measure from a CSV file with the columns code, name, as_of and one named as the measure.",
     1, 1, CLI_RECORDS, import_figures_options, cli_import_figures},
    {"index set", "NAME", "record a value of an index that prices follow",
     "Records an index value with its day of publication. A revised value is recorded the same way; the latest counts.",
     1, 1, CLI_RECORDS, index_set_options, cli_index_set},
    {"party set", "CODE,...", "record association membership, EAN number or address",
     "Records what is given, for one party or several, from a date on. What was recorded before stays readable.", 1, 1,
     CLI_RECORDS, party_set_options, cli_party_set},
    {"product add", "CODE", "record a product", "Records a product that members can join.", 1, 1, CLI_RECORDS,
     product_add_options, cli_product_add},
    {"terms check", "FILE", "read a terms file and say what is wrong in it",
     "Reads a terms file as adopting it would, and records nothing. Errors come as file:line:column.", 1, 1,
     CLI_NO_LEDGER, no_options, cli_terms_check},
    {"terms adopt", "FILE", "adopt terms with their decision",
     "Checks a terms file and keeps it, verbatim, as the product's next version, with the decision that made it.", 1, 1,
     CLI_RECORDS, terms_adopt_options, cli_terms_adopt},
    {"terms show", "PRODUCT", "print adopted terms as they were adopted",
     "Prints a version of the terms, byte for byte.", 1, 1, CLI_READS, terms_show_options, cli_terms_show},
    {"join", "PRODUCT MEMBER,...", "record that members join",
     "Records a membership, for one member or several on the same terms: when it was signed, when it begins, what the\n"
     "member chose.",
     2, 2, CLI_RECORDS, join_options, cli_join},
    {"change", "PRODUCT MEMBER,...", "record what changes in a membership",
     "Records, from a date on, options taken and dropped, waivers, size classes, groups and passive membership.", 2, 2,
     CLI_RECORDS, change_options, cli_change},
    {"leave", "PRODUCT MEMBER", "record that a member gives notice",
     "Records notice; the last day follows from the notice period and the permitted ends of the terms.", 2, 2,
     CLI_RECORDS, leave_options, cli_leave},
    {"allocate", "PRODUCT YEAR", "who pays what, and why",
     "Computes every line of the terms over the members, and records nothing. With --csv or --json each amount comes\n"
     "with its whole working.\n\n"
     "Changes to try with --if: join=0461,0851  leave=0101  take.hosting=0461  drop.hosting=0101\n"
     "budget.LINE=1500000  price.LINE=30000  price.LINE.CLASS=45000  key.LINE=\"50% equal + 50% population\"\n"
     "floor.LINE=5000  cap.LINE=none  boundary.CLASS=65000  figure.population.0751=380000  year=2027",
     2, 2, CLI_READS, allocate_options, cli_allocate},
    {"changes", "PRODUCT", "who changes size class when new figures arrive",
     "Compares two sets of figures over all municipalities by the product's terms: who changes size class (or, with\n"
     "--percent, changes much), and what all the new figures together mean for what a member pays each year.",
     1, 1, CLI_READS, changes_options, cli_changes},
    {"price", "PRODUCT YEAR", "which prices cover a budget with these members",
     "Scales a line's prices alike, so that the size classes keep their proportions, rounds each down or up, and lists "
     "the\n"
     "sets that cover the budget, the smallest surplus first.",
     2, 2, CLI_READS, price_options, cli_price},
    {"needed", "PRODUCT YEAR", "how many more members until each pays less than an amount",
     "For each budgeted line: how many members it takes until each pays less than the amount, on average.", 2, 2,
     CLI_READS, needed_options, cli_needed},
    {"together", "PRODUCT YEAR", "what each would pay alone, and pays together",
     "Compares what a member pays with all of what the lines it is in come to: what it would pay alone. Joining fees "
     "are\n"
     "left out: they are the price of what is there already.",
     2, 2, CLI_READS, form_options, cli_together},
    {"outlook", "PRODUCT YEAR", "the years to come, with an index and members joining",
     "Computes the years from YEAR on by its terms and figures, with members who come and go as it is recorded or "
     "asked\n"
     "for, and with amounts that follow an index.",
     2, 2, CLI_READS, outlook_options, cli_outlook},
    {"seats", "PRODUCT YEAR", "how seats or votes would follow what members pay",
     "Allots seats by what the members pay in the year, by each of the classical methods.", 2, 2, CLI_READS,
     seats_options, cli_seats},
    {"instalments", "PRODUCT YEAR", "what each pays in each instalment",
     "Splits the year's amounts into instalments; members, lines and instalments agree to the øre.", 2, 2, CLI_READS,
     instalments_options, cli_instalments},
    {"agreement", "PRODUCT [MEMBER,...]", "issue joining agreements as PDF",
     "Issues the joining agreement of one member, several, or --all. What was issued before is given again as it was.",
     1, 2, CLI_RECORDS, agreement_options, cli_agreement},
    {"pricelist", "PRODUCT YEAR", "issue the price list (takstblad) as PDF",
     "Issues the price list of a year: prices and budgets with their rules, VAT, and the decision behind them.", 2, 2,
     CLI_RECORDS, pricelist_options, cli_pricelist},
    {"budget", "PRODUCT YEAR", "write the steering group's workbook as XLSX",
     "Writes a working paper, which is not registered: who pays what, the rule of each line, the working of each "
     "share.\n"
     "Change a budget, a price or a weight in it, and the amounts follow.",
     2, 2, CLI_READS, budget_options, cli_budget},
    {"bill", "PRODUCT YEAR", "draft a billing run",
     "Drafts the charges of a year. A draft changes nothing that is owed; somebody else approves it.", 2, 2,
     CLI_RECORDS, no_options, cli_bill},
    {"approve", "RUN", "approve a billing run and post its charges",
     "Approves a draft that somebody else made, and posts one entry per member.", 1, 1, CLI_RECORDS, approve_options,
     cli_approve},
    {"discard", "RUN", "drop a draft", "Drops a draft run; it stays on record as discarded.", 1, 1, CLI_RECORDS,
     no_options, cli_discard},
    {"statement", "YEAR [PARTY,...]", "issue statements of account as XLSX",
     "Issues the statement of one party, several, or --all. A statement to which nothing was added is given again as "
     "it\n"
     "was.",
     1, 2, CLI_RECORDS, statement_options, cli_statement},
    {"pay", "PARTY AMOUNT", "record a payment",
     "Records a payment received. The same payment typed twice is recorded once.", 2, 2, CLI_RECORDS, pay_options,
     cli_pay},
    {"list parties", "", "list public bodies and associations", "Lists parties as they are today.", 0, 0, CLI_READS,
     form_options, cli_list_parties},
    {"list products", "", "list products", "Lists products.", 0, 0, CLI_READS, form_options, cli_list_products},
    {"list members", "[PRODUCT]", "list memberships", "Lists the memberships of one product or of all.", 0, 1,
     CLI_READS, form_options, cli_list_members},
    {"list entries", "", "list the ledger", "Lists the postings of the ledger with their entries.", 0, 0, CLI_READS,
     list_entries_options, cli_list_entries},
    {"list balances", "", "list the trial balance (saldobalance)",
     "Lists what each account comes to; the balances sum to zero.", 0, 0, CLI_READS, list_balances_options,
     cli_list_balances},
    {"list classes", "PRODUCT", "count size classes",
     "Counts municipalities, and members, in each size class of the product's latest terms.", 1, 1, CLI_READS,
     list_classes_options, cli_list_classes},
    {"list index", "", "list index values", "Lists the latest recorded value of each index and date.", 0, 0, CLI_READS,
     form_options, cli_list_index},
    {"list figures", "PARTY", "list a party's figures", "Lists the figures of a party with date and source.", 1, 1,
     CLI_READS, form_options, cli_list_figures},
    {"list terms", "[PRODUCT]", "list adopted terms and their decisions", "Lists the versions of adopted terms.", 0, 1,
     CLI_READS, form_options, cli_list_terms},
    {"list runs", "", "list billing runs", "Lists billing runs with author and approver.", 0, 0, CLI_READS,
     form_options, cli_list_runs},
    {"list documents", "", "list issued documents", "Lists issued documents with version and hash.", 0, 0, CLI_READS,
     form_options, cli_list_documents},
    {"verify", "", "go through every sum, seal and document",
     "Goes through the file, the schema, the chains of entries and of acts, terms, runs and documents, and names what "
     "is\n"
     "wrong.\n"
     "Exit status 1 when something is.",
     0, 0, CLI_READS, no_options, cli_verify},
    {0},
};
