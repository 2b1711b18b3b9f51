/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/exchange/camt.h"

#include <string.h>

#include "camt_xml.h"
#include "quoted.h"
#include "tilslut/base/identifier.h"
#include "tilslut/base/text.h"

struct reader {
    const struct tl_source *source;
    const char *currency;
    struct tl_arena *arena;
    struct tl_err *err;
};

/* The sums of the entries by direction, for the totals that a file may state. */
struct totals {
    struct tl_money credit, debit; /* neither is negative */
    int64_t count;
};

static tl_status fail_at(const struct reader *reader, const struct camt_node *node)
{
    tl_err_hint(reader->err, "fetch the file from the bank again");
    tl_err_at(reader->err, reader->source->name, camt_node_line(node), 0);
    return reader->err->status;
}

static tl_status read_text(const char **out, const struct reader *reader, const struct camt_node *node)
{
    *out = camt_node_text(node, reader->arena);
    return *out == NULL ? tl_err_memory(reader->err) : TL_OK;
}

/* The text at a path that must be there. */
static tl_status read_needed(const char **out, const struct camt_node **found, const struct reader *reader,
                             const struct camt_node *node, const char *path)
{
    *found = camt_node_at(node, path);
    tl_status status = read_text(out, reader, *found);
    if (status == TL_OK && (*out)[0] == '\0') {
        (void)tl_err_set(reader->err, TL_ERR_INPUT, "'%s' has no %s", camt_node_name(node), path);
        return fail_at(reader, node);
    }
    return status;
}

/* Digits, a point, and decimals beyond the second only when they are 0: the decimal of XML has no second reading. */
static tl_status parse_amount(struct tl_money *out, const struct reader *reader, const char *text,
                              const struct camt_node *node)
{
    size_t whole = strspn(text, "0123456789");
    size_t decimals = text[whole] == '.' ? strspn(text + whole + 1, "0123456789") : 0;
    const char *end = text + whole + (text[whole] == '.' ? 1 + decimals : 0);
    const char *rest = decimals > 2 ? text + whole + 3 : end;
    bool is_amount = whole > 0 && *end == '\0' && rest + strspn(rest, "0") == end;
    char plain[TL_MONEY_TEXT_SIZE];
    if (is_amount && whole + 4 <= sizeof plain) {
        size_t length = (size_t)(rest - text);
        memcpy(plain, text, length);
        /* tl_money_parse wants none, one or two decimals behind a point */
        length -= length > 0 && plain[length - 1] == '.' ? 1 : 0;
        plain[length] = '\0';
        const char *digits = plain + strspn(plain, "0");
        if (digits[0] == '\0' || digits[0] == '.')
            digits -= digits > plain ? 1 : 0;
        if (tl_money_parse(out, digits, reader->err) == TL_OK)
            return TL_OK;
        return fail_at(reader, node);
    }
    (void)tl_err_set(reader->err, TL_ERR_INPUT, "'%.*s' is not an amount with at most two decimals", QUOTED(text));
    return fail_at(reader, node);
}

/* An element Amt: a sum of the expected currency. */
static tl_status read_amount(struct tl_money *out, const struct reader *reader, const struct camt_node *node)
{
    const char *text, *currency = camt_node_attribute(node, "Ccy", reader->arena);
    tl_status status = currency == NULL ? tl_err_memory(reader->err) : read_text(&text, reader, node);
    if (status != TL_OK)
        return status;
    if (!tl_text_equal(currency, reader->currency)) {
        (void)tl_err_set(reader->err, TL_ERR_INPUT, "the amount %.*s is in '%.*s', not in %s", QUOTED(text),
                         QUOTED(currency), reader->currency);
        tl_err_hint(reader->err, "the ledger is kept in %s", reader->currency);
        return fail_at(reader, node);
    }
    return parse_amount(out, reader, text, node);
}

/* A date, or the date of a moment as its own clock shows it. */
static tl_status read_date(struct tl_date *out, const struct reader *reader, const struct camt_node *node,
                           const char *what)
{
    enum { DATE_LENGTH = 10 };
    const struct camt_node *at = camt_node_child(node, "Dt");
    const char *text;
    if (at == NULL)
        at = camt_node_child(node, "DtTm");
    if (at == NULL) {
        (void)tl_err_set(reader->err, TL_ERR_INPUT, "'%s' has no date", what);
        return fail_at(reader, node);
    }
    tl_status status = read_text(&text, reader, at);
    if (status != TL_OK)
        return status;
    size_t length = strlen(text);
    bool has_rest = length > DATE_LENGTH && strchr("TZ+-", text[DATE_LENGTH]) != NULL;
    char *date = tl_arena_copy(reader->arena, text, has_rest ? DATE_LENGTH : length);
    if (date == NULL)
        return tl_err_memory(reader->err);
    status = tl_date_parse(out, date, reader->err);
    return status == TL_OK ? TL_OK : fail_at(reader, at);
}

/* Turns an amount by the direction that `node` says; *said is false when it says none. */
static tl_status read_direction(struct tl_money *amount, bool *said, const struct reader *reader,
                                const struct camt_node *node)
{
    const struct camt_node *direction = camt_node_child(node, "CdtDbtInd");
    const char *text;
    tl_status status = read_text(&text, reader, direction);
    *said = direction != NULL;
    if (status != TL_OK || !*said)
        return status;
    if (tl_text_equal(text, "DBIT"))
        *amount = tl_money_negate(*amount);
    else if (!tl_text_equal(text, "CRDT")) {
        (void)tl_err_set(reader->err, TL_ERR_INPUT, "'%.*s' is neither CRDT nor DBIT", QUOTED(text));
        return fail_at(reader, direction);
    }
    return TL_OK;
}

/* An amount with its direction, both needed. */
static tl_status read_signed(struct tl_money *out, const struct reader *reader, const struct camt_node *node)
{
    const struct camt_node *amount = camt_node_child(node, "Amt");
    bool said = false;
    if (amount == NULL) {
        (void)tl_err_set(reader->err, TL_ERR_INPUT, "'%s' has no Amt", camt_node_name(node));
        return fail_at(reader, node);
    }
    tl_status status = read_amount(out, reader, amount);
    if (status == TL_OK)
        status = read_direction(out, &said, reader, node);
    if (status == TL_OK && !said) {
        (void)tl_err_set(reader->err, TL_ERR_INPUT, "'%s' has no CdtDbtInd", camt_node_name(node));
        return fail_at(reader, node);
    }
    return status;
}

/* The texts of all elements of a name below `node`, with a space between. */
static tl_status join_texts(const char **out, const struct reader *reader, const struct camt_node *node,
                            const char *name)
{
    const char *joined = "", *text;
    for (const struct camt_node *at = camt_node_child(node, name); at != NULL; at = camt_node_again(at)) {
        tl_status status = read_text(&text, reader, at);
        if (status != TL_OK)
            return status;
        if (text[0] == '\0')
            continue;
        joined = joined[0] == '\0' ? text : tl_arena_format(reader->arena, "%s %s", joined, text);
        if (joined == NULL)
            return tl_err_memory(reader->err);
    }
    *out = joined;
    return TL_OK;
}

/* The first text that is not empty, of some paths. */
static tl_status first_text(const char **out, const struct reader *reader, const struct camt_node *node,
                            const char *const *paths)
{
    tl_status status = TL_OK;
    *out = "";
    for (; status == TL_OK && *paths != NULL && (*out)[0] == '\0'; paths++)
        status = read_text(out, reader, camt_node_at(node, *paths));
    return status;
}

/* Who is at the other side: version 08 puts the party below Pty. */
static tl_status read_payer(struct tl_bank_line *line, const struct reader *reader, const struct camt_node *parties)
{
    static const char *const names[2][3] = {{"Cdtr/Nm", "Cdtr/Pty/Nm", NULL}, {"Dbtr/Nm", "Dbtr/Pty/Nm", NULL}};
    static const char *const accounts[2][3] = {{"CdtrAcct/Id/IBAN", "CdtrAcct/Id/Othr/Id", NULL},
                                               {"DbtrAcct/Id/IBAN", "DbtrAcct/Id/Othr/Id", NULL}};
    static const char *const numbers[2][3] = {{"Cdtr/Id/OrgId/Othr/Id", "Cdtr/Pty/Id/OrgId/Othr/Id", NULL},
                                              {"Dbtr/Id/OrgId/Othr/Id", "Dbtr/Pty/Id/OrgId/Othr/Id", NULL}};
    struct tl_err ignored = TL_ERR_NONE;
    size_t side = line->amount.minor > 0 ? 1 : 0;
    tl_status status = first_text(&line->payer, reader, parties, names[side]);
    if (status == TL_OK)
        status = first_text(&line->payer_account, reader, parties, accounts[side]);
    if (status == TL_OK)
        status = first_text(&line->payer_cvr, reader, parties, numbers[side]);
    if (status == TL_OK && tl_identifier_check_cvr(line->payer_cvr, &ignored) != TL_OK)
        line->payer_cvr = "";
    return status;
}

/* What a transaction says beside its amount; `details` is NULL for an entry without any. */
static tl_status read_details(struct tl_bank_line *line, const struct reader *reader, const struct camt_node *details)
{
    const struct camt_node *remittance = camt_node_child(details, "RmtInf");
    const char *text = "";
    tl_status status = read_payer(line, reader, camt_node_child(details, "RltdPties"));
    if (status == TL_OK)
        status = join_texts(&text, reader, remittance, "Ustrd");
    if (status == TL_OK && text[0] == '\0')
        status = read_text(&text, reader, camt_node_child(details, "AddtlTxInf"));
    if (text[0] != '\0')
        line->text = text;
    for (const struct camt_node *at = camt_node_child(remittance, "Strd");
         status == TL_OK && at != NULL && line->reference[0] == '\0'; at = camt_node_again(at))
        status = read_text(&line->reference, reader, camt_node_at(at, "CdtrRefInf/Ref"));
    text = "";
    if (status == TL_OK)
        status = read_text(&text, reader, camt_node_at(details, "Refs/AcctSvcrRef"));
    if (text[0] != '\0')
        line->bank_reference = text;
    return status;
}

struct lines {
    struct tl_bank_line *items;
    size_t count, capacity;
};

static tl_status add_line(struct lines *lines, const struct reader *reader, const struct tl_bank_line *line,
                          const struct camt_node *details, const struct camt_node *node)
{
    lines->items = tl_arena_grow(reader->arena, lines->items, lines->count, &lines->capacity, sizeof *line);
    if (lines->items == NULL)
        return tl_err_memory(reader->err);
    struct tl_bank_line *added = &lines->items[lines->count++];
    *added = *line;
    added->line = camt_node_line(node);
    if (tl_money_is_zero(added->amount)) {
        (void)tl_err_set(reader->err, TL_ERR_INPUT, "entry %zu has an amount of zero", line->entry);
        return fail_at(reader, node);
    }
    return read_details(added, reader, details);
}

/* One of several transactions that an entry gathers. Version 02 gives its amount below AmtDtls alone. */
static tl_status read_transaction(struct tl_money *out, const struct reader *reader, const struct camt_node *details,
                                  const struct tl_bank_line *entry)
{
    const struct camt_node *amount = camt_node_child(details, "Amt");
    bool said = false;
    if (amount == NULL)
        amount = camt_node_at(details, "AmtDtls/TxAmt/Amt");
    if (amount == NULL) {
        (void)tl_err_set(reader->err, TL_ERR_INPUT, "entry %zu gathers transactions, of which one has no amount",
                         entry->entry);
        return fail_at(reader, details);
    }
    tl_status status = read_amount(out, reader, amount);
    if (status == TL_OK)
        status = read_direction(out, &said, reader, details);
    if (status == TL_OK && !said && entry->amount.minor < 0)
        *out = tl_money_negate(*out);
    return status;
}

/* The lines of a batch, which must make the entry. */
static tl_status add_batch(struct lines *lines, const struct reader *reader, const struct tl_bank_line *entry,
                           const struct camt_node *node)
{
    struct tl_money sum = {0};
    char sum_text[TL_MONEY_TEXT_SIZE], entry_text[TL_MONEY_TEXT_SIZE];
    tl_status status = TL_OK;
    for (const struct camt_node *group = camt_node_child(node, "NtryDtls"); group != NULL;
         group = camt_node_again(group))
        for (const struct camt_node *details = camt_node_child(group, "TxDtls"); status == TL_OK && details != NULL;
             details = camt_node_again(details)) {
            struct tl_bank_line line = *entry;
            status = read_transaction(&line.amount, reader, details, entry);
            if (status == TL_OK && tl_money_add(&sum, sum, line.amount, reader->err) != TL_OK)
                status = fail_at(reader, details);
            if (status == TL_OK)
                status = add_line(lines, reader, &line, details, details);
        }
    if (status == TL_OK && sum.minor != entry->amount.minor) {
        (void)tl_err_set(reader->err, TL_ERR_INPUT, "entry %zu is %s, but its transactions sum to %s", entry->entry,
                         tl_money_plain(entry->amount, entry_text), tl_money_plain(sum, sum_text));
        return fail_at(reader, node);
    }
    return status;
}

static size_t count_details(const struct camt_node *entry, const struct camt_node **only)
{
    size_t count = 0;
    *only = NULL;
    for (const struct camt_node *group = camt_node_child(entry, "NtryDtls"); group != NULL;
         group = camt_node_again(group))
        for (const struct camt_node *details = camt_node_child(group, "TxDtls"); details != NULL;
             details = camt_node_again(details)) {
            *only = details;
            count++;
        }
    return count;
}

/* *booked is false for an entry that is only announced. */
static tl_status read_status(bool *booked, const struct reader *reader, const struct camt_node *entry)
{
    static const char *const announced[] = {"PDNG", "INFO", "FUTR", NULL};
    const struct camt_node *node = camt_node_child(entry, "Sts");
    const struct camt_node *code = camt_node_child(node, "Cd");
    const char *text;
    tl_status status = read_text(&text, reader, code == NULL ? node : code);
    *booked = status == TL_OK && tl_text_equal(text, "BOOK");
    for (size_t i = 0; status == TL_OK && announced[i] != NULL; i++)
        if (tl_text_equal(text, announced[i]))
            return TL_OK;
    if (status == TL_OK && !*booked) {
        (void)tl_err_set(reader->err, TL_ERR_INPUT, "'%.*s' is not a status of an entry", QUOTED(text));
        return fail_at(reader, entry);
    }
    return status;
}

static tl_status add_to_totals(struct totals *totals, const struct reader *reader, struct tl_money amount)
{
    totals->count++;
    return amount.minor > 0 ? tl_money_add(&totals->credit, totals->credit, amount, reader->err)
                            : tl_money_subtract(&totals->debit, totals->debit, amount, reader->err);
}

static tl_status read_entry(struct lines *lines, struct totals *totals, const struct reader *reader,
                            const struct camt_node *node)
{
    struct tl_bank_line line = {.entry = (size_t)totals->count + 1,
                                .reference = "",
                                .text = "",
                                .payer = "",
                                .payer_account = "",
                                .payer_cvr = "",
                                .bank_reference = ""};
    const struct camt_node *booking = camt_node_child(node, "BookgDt"), *details;
    const char *reversal;
    tl_status status = read_signed(&line.amount, reader, node);
    if (status == TL_OK && booking == NULL) {
        (void)tl_err_set(reader->err, TL_ERR_INPUT, "entry %zu has no booking date", line.entry);
        return fail_at(reader, node);
    }
    if (status == TL_OK)
        status = read_date(&line.booked_on, reader, booking, "BookgDt");
    if (status == TL_OK)
        status = read_text(&reversal, reader, camt_node_child(node, "RvslInd"));
    if (status == TL_OK)
        status = read_text(&line.bank_reference, reader, camt_node_child(node, "AcctSvcrRef"));
    if (status == TL_OK)
        status = read_text(&line.text, reader, camt_node_child(node, "AddtlNtryInf"));
    if (status == TL_OK && add_to_totals(totals, reader, line.amount) != TL_OK)
        status = fail_at(reader, node);
    if (status != TL_OK)
        return status;
    line.is_reversal = tl_text_equal(reversal, "true") || tl_text_equal(reversal, "1");
    return count_details(node, &details) > 1 ? add_batch(lines, reader, &line, node)
                                             : add_line(lines, reader, &line, details, node);
}

/* The balance of a kind, and the day it holds for; *found is false when there is none. */
static tl_status read_balance(struct tl_money *amount, struct tl_date *date, bool *found, const struct reader *reader,
                              const struct camt_node *statement, const char *kind)
{
    tl_status status = TL_OK;
    *found = false;
    for (const struct camt_node *at = camt_node_child(statement, "Bal"); status == TL_OK && at != NULL;
         at = camt_node_again(at)) {
        const char *code;
        status = read_text(&code, reader, camt_node_at(at, "Tp/CdOrPrtry/Cd"));
        if (status != TL_OK || !tl_text_equal(code, kind))
            continue;
        if (*found) {
            (void)tl_err_set(reader->err, TL_ERR_INPUT, "the balance %s is there twice", kind);
            return fail_at(reader, at);
        }
        *found = true;
        status = read_signed(amount, reader, at);
        const struct camt_node *when = camt_node_child(at, "Dt");
        if (status == TL_OK && when == NULL) {
            (void)tl_err_set(reader->err, TL_ERR_INPUT, "the balance %s has no date", kind);
            return fail_at(reader, at);
        }
        if (status == TL_OK)
            status = read_date(date, reader, when, "Bal");
    }
    return status;
}

static tl_status read_balances(struct tl_bank_statement *statement, const struct reader *reader,
                               const struct camt_node *node)
{
    bool found = false;
    tl_status status = read_balance(&statement->opening, &statement->first, &found, reader, node, "OPBD");
    if (status == TL_OK && !found)
        status = read_balance(&statement->opening, &statement->first, &found, reader, node, "PRCD");
    if (status == TL_OK && !found) {
        (void)tl_err_set(reader->err, TL_ERR_INPUT, "the statement has no opening balance (OPBD or PRCD)");
        return fail_at(reader, node);
    }
    if (status == TL_OK)
        status = read_balance(&statement->closing, &statement->last, &found, reader, node, "CLBD");
    if (status == TL_OK && !found) {
        (void)tl_err_set(reader->err, TL_ERR_INPUT, "the statement has no closing balance (CLBD)");
        return fail_at(reader, node);
    }
    statement->has_balances = true;
    return status;
}

/* A stated total must be that of the entries; nothing stated is nothing to check. */
static tl_status check_sum(const struct reader *reader, const struct camt_node *node, struct tl_money sum,
                           const char *what)
{
    struct tl_money stated;
    char stated_text[TL_MONEY_TEXT_SIZE], sum_text[TL_MONEY_TEXT_SIZE];
    const char *text;
    if (node == NULL)
        return TL_OK;
    tl_status status = read_text(&text, reader, node);
    if (status == TL_OK)
        status = parse_amount(&stated, reader, text, node);
    if (status == TL_OK && stated.minor != sum.minor) {
        (void)tl_err_set(reader->err, TL_ERR_INPUT, "the %s are stated as %s, but sum to %s", what,
                         tl_money_plain(stated, stated_text), tl_money_plain(sum, sum_text));
        return fail_at(reader, node);
    }
    return status;
}

static tl_status check_totals(const struct reader *reader, const struct camt_node *statement,
                              const struct totals *totals)
{
    const struct camt_node *summary = camt_node_child(statement, "TxsSummry");
    const struct camt_node *count = camt_node_at(summary, "TtlNtries/NbOfNtries");
    const char *text;
    tl_status status = read_text(&text, reader, count);
    if (status == TL_OK && count != NULL) {
        const char *said = tl_arena_format(reader->arena, "%lld", (long long)totals->count);
        if (said == NULL)
            return tl_err_memory(reader->err);
        if (!tl_text_equal(text + (strspn(text, "0") < strlen(text) ? strspn(text, "0") : 0), said)) {
            (void)tl_err_set(reader->err, TL_ERR_INPUT, "'%.*s' entries are stated, but there are %s", QUOTED(text),
                             said);
            return fail_at(reader, count);
        }
    }
    if (status == TL_OK)
        status = check_sum(reader, camt_node_at(summary, "TtlCdtNtries/Sum"), totals->credit, "credits");
    if (status == TL_OK)
        status = check_sum(reader, camt_node_at(summary, "TtlDbtNtries/Sum"), totals->debit, "debits");
    return status;
}

static tl_status read_entries(struct tl_bank_statement *statement, const struct reader *reader,
                              const struct camt_node *node)
{
    struct lines lines = {0};
    struct totals totals = {.count = 0};
    tl_status status = TL_OK;
    for (const struct camt_node *entry = camt_node_child(node, "Ntry"); status == TL_OK && entry != NULL;
         entry = camt_node_again(entry)) {
        bool booked;
        status = read_status(&booked, reader, entry);
        if (status == TL_OK && booked)
            status = read_entry(&lines, &totals, reader, entry);
        else if (status == TL_OK)
            statement->pending_count++;
    }
    statement->lines = lines.items;
    statement->line_count = lines.count;
    if (status == TL_OK && statement->pending_count == 0)
        status = check_totals(reader, node, &totals);
    return status;
}

static tl_status read_statement(struct tl_bank_statement *out, const struct reader *reader,
                                const struct camt_node *node)
{
    static const char *const accounts[] = {"Acct/Id/IBAN", "Acct/Id/Othr/Id", NULL};
    const struct camt_node *found;
    out->line = camt_node_line(node);
    tl_status status = read_needed(&out->identity, &found, reader, node, "Id");
    if (status == TL_OK)
        status = first_text(&out->account, reader, node, accounts);
    if (status == TL_OK && out->account[0] == '\0') {
        (void)tl_err_set(reader->err, TL_ERR_INPUT, "the statement does not say of which account it is");
        return fail_at(reader, node);
    }
    if (status == TL_OK)
        status = read_balances(out, reader, node);
    if (status == TL_OK)
        status = read_entries(out, reader, node);
    for (size_t i = 0; status == TL_OK && i < out->line_count; i++) {
        if (tl_date_compare(out->lines[i].booked_on, out->first) < 0)
            out->first = out->lines[i].booked_on;
        if (tl_date_compare(out->lines[i].booked_on, out->last) > 0)
            out->last = out->lines[i].booked_on;
    }
    return status == TL_OK ? tl_bank_statement_check(out, reader->source->name, reader->err) : status;
}

bool tl_camt_is(const struct tl_source *source)
{
    size_t at = 0;
    if (source->length >= 3 && memcmp(source->bytes, "\xEF\xBB\xBF", 3) == 0)
        at = 3;
    while (at < source->length && strchr(" \t\r\n", source->bytes[at]) != NULL && source->bytes[at] != '\0')
        at++;
    return at < source->length && source->bytes[at] == '<';
}

/* The message that a file is, by its name space. */
static tl_status check_message(struct tl_bank_file *file, const struct reader *reader, const struct camt_node *root)
{
    static const char prefix[] = "urn:iso:std:iso:20022:tech:xsd:";
    static const char *const known[] = {"camt.053.001.02", "camt.053.001.08"};
    const char *space = camt_node_space(root);
    if (strncmp(space, prefix, sizeof prefix - 1) == 0)
        space += sizeof prefix - 1;
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
        if (tl_text_equal(space, known[i]) && tl_text_equal(camt_node_name(root), "Document")) {
            file->format = known[i];
            return TL_OK;
        }
    (void)tl_err_set(reader->err, TL_ERR_INPUT, "'%.*s' is not a message that is read here", QUOTED(space));
    tl_err_hint(reader->err, "ask the bank for camt.053.001.02 or camt.053.001.08, the statement of an account");
    return fail_at(reader, root);
}

static tl_status read_file(struct tl_bank_file *file, const struct reader *reader, const struct camt_node *root)
{
    const struct camt_node *message = camt_node_child(root, "BkToCstmrStmt");
    size_t capacity = 0;
    tl_status status = check_message(file, reader, root);
    for (const struct camt_node *at = camt_node_child(message, "Stmt"); status == TL_OK && at != NULL;
         at = camt_node_again(at)) {
        file->statements =
            tl_arena_grow(reader->arena, file->statements, file->count, &capacity, sizeof *file->statements);
        if (file->statements == NULL)
            return tl_err_memory(reader->err);
        struct tl_bank_statement *statement = &file->statements[file->count++];
        *statement = (struct tl_bank_statement){.line = 0};
        status = read_statement(statement, reader, at);
    }
    if (status == TL_OK && file->count == 0) {
        (void)tl_err_set(reader->err, TL_ERR_INPUT, "the file holds no statement");
        return fail_at(reader, root);
    }
    return status;
}

tl_status tl_camt_read(struct tl_bank_file *out, const struct tl_source *source, const char *currency,
                       struct tl_arena *arena, struct tl_err *err)
{
    struct reader reader = {source, currency, arena, err};
    struct tl_bank_file file = {.count = 0};
    struct camt_tree *tree = NULL;
    tl_status status = camt_tree_open(&tree, source, TL_CAMT_LENGTH_MAX, arena, err);
    if (status == TL_OK)
        status = read_file(&file, &reader, camt_tree_root(tree));
    if (status == TL_OK)
        *out = file;
    camt_tree_close(tree);
    return status;
}
