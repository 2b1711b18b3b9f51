/* SPDX-License-Identifier: MPL-2.0 */
#include "bank_known.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "tilslut/agreement/party.h"
#include "tilslut/base/payment_id.h"
#include "tilslut/base/text.h"
#include "tilslut/ledger/account.h"
#include "tilslut/store/stmt.h"

enum { SQL_UNUSED, SQL_UNUSED_OF_ACT, SQL_INVOICES, SQL_RECORDED, SQL_BEFORE };

#define SELECT_UNUSED                                                                                                  \
    "SELECT l.id, l.booked_on, l.amount_minor, l.is_reversal, l.reference, l.text, l.payer, l.payer_account, "         \
    "l.payer_cvr, s.file_name FROM bank_line l JOIN bank_statement s ON s.id = l.statement_id "                        \
    "LEFT JOIN bank_match m ON m.line_id = l.id AND m.act_id <= ?1 WHERE m.line_id IS NULL AND l.act_id <= ?1"

static const char *const SQL[] = {
    [SQL_UNUSED] = SELECT_UNUSED " ORDER BY l.id",
    [SQL_UNUSED_OF_ACT] = SELECT_UNUSED " AND l.act_id = ?2 ORDER BY l.id",
    [SQL_INVOICES] = ("SELECT number, entry_id FROM invoice WHERE kind = 'invoice' AND act_id <= ?1 "
                      "ORDER BY entry_id"),
    /* payments of members that are no line of the bank */
    [SQL_RECORDED] = "SELECT p.entry_id, p.party_code, p.amount_minor FROM posting p JOIN seal s ON "
                     "s.entry_id = p.entry_id JOIN entry e ON e.id = p.entry_id "
                     "LEFT JOIN bank_match m ON m.entry_id = p.entry_id WHERE p.party_code IS NOT NULL AND "
                     "p.account_code = '" TL_ACCOUNT_SETTLEMENT "' AND m.entry_id IS NULL AND e.act_id <= ?1 "
                     "ORDER BY p.entry_id",
    [SQL_BEFORE] = ("SELECT DISTINCT l.payer_account, l.payer, m.party_code FROM bank_match m JOIN bank_line l ON "
                    "l.id = m.line_id WHERE m.party_code IS NOT NULL AND m.act_id <= ?1 ORDER BY m.party_code"),
};

static tl_status add_mark(struct bank_known *known, struct bank_marks *marks, struct bank_mark mark, struct tl_err *err)
{
    marks->items = tl_arena_grow(&known->arena, marks->items, marks->count, &marks->capacity, sizeof mark);
    if (marks->items == NULL)
        return tl_err_memory(err);
    marks->items[marks->count++] = mark;
    return TL_OK;
}

static int compare_marks(const void *a, const void *b)
{
    const struct bank_mark *x = a, *y = b;
    int order = strcmp(x->key, y->key);
    if (order == 0)
        order = (x->number > y->number) - (x->number < y->number);
    if (order == 0)
        order = strcmp(x->party, y->party);
    if (order == 0 && x->item != NULL && y->item != NULL)
        order = (x->item->entry > y->item->entry) - (x->item->entry < y->item->entry);
    return order != 0 ? order : (x->entry > y->entry) - (x->entry < y->entry);
}

static void sort_marks(struct bank_marks *marks)
{
    if (marks->count > 1)
        qsort(marks->items, marks->count, sizeof *marks->items, compare_marks);
}

/* The first mark of a key and number, or the count; others follow it. */
static size_t find_mark(const struct bank_marks *marks, const char *key, int64_t number)
{
    size_t low = 0, high = marks->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const struct bank_mark *mark = &marks->items[middle];
        int order = strcmp(mark->key, key);
        if (order < 0 || (order == 0 && mark->number < number))
            low = middle + 1;
        else
            high = middle;
    }
    bool found = low < marks->count && tl_text_equal(marks->items[low].key, key) && marks->items[low].number == number;
    return found ? low : marks->count;
}

static bool is_same_mark(const struct bank_marks *marks, size_t at, const struct bank_mark *first)
{
    return at < marks->count && tl_text_equal(marks->items[at].key, first->key) &&
           marks->items[at].number == first->number;
}

/* A name as it is compared: small letters. */
static const char *small(struct bank_known *known, const char *name)
{
    char *copy = tl_arena_text(&known->arena, name);
    if (copy != NULL)
        tl_text_lower(copy);
    return copy;
}

static tl_status add_name(struct bank_known *known, const char *name, const char *party, struct tl_err *err)
{
    const char *key = small(known, name);
    if (key == NULL)
        return tl_err_memory(err);
    return key[0] == '\0' ? TL_OK : add_mark(known, &known->names, (struct bank_mark){.key = key, .party = party}, err);
}

static tl_status read_charges(struct bank_known *known, struct tl_store *store, struct tl_err *err)
{
    tl_status status = tl_open_item_read(&known->items, &known->item_count, store, NULL,
                                         tl_date_of(TL_YEAR_MAX, 12, 31), &known->arena, err);
    for (size_t i = 0; status == TL_OK && i < known->item_count; i++) {
        struct tl_open_item *item = &known->items[i];
        if (item->amount.minor <= 0 || tl_text_equal(item->kind, "payment"))
            continue;
        struct bank_mark mark = {.key = item->reference, .party = item->party, .item = item};
        if (item->reference[0] != '\0')
            status = add_mark(known, &known->references, mark, err);
        mark.key = "";
        mark.number = item->entry;
        if (status == TL_OK)
            status = add_mark(known, &known->charges, mark, err);
        mark.number = item->open.minor;
        if (status == TL_OK && item->open.minor > 0)
            status = add_mark(known, &known->open_amounts, mark, err);
    }
    return status;
}

/* The number of an invoice is as good as the reference of its charge. */
static tl_status read_invoices(struct bank_known *known, struct tl_store *store, struct tl_err *err)
{
    struct tl_stmt *stmt;
    bool row;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_INVOICES], err);
    if (status != TL_OK)
        return status;
    sort_marks(&known->charges);
    tl_stmt_bind_int(stmt, 1, tl_store_known(store));
    while ((status = tl_stmt_next(stmt, &row, err)) == TL_OK && row) {
        size_t at = find_mark(&known->charges, "", tl_stmt_int(stmt, 1));
        if (at == known->charges.count)
            continue;
        struct bank_mark mark = known->charges.items[at];
        mark.key = tl_stmt_copy(stmt, 0, &known->arena);
        mark.number = 0;
        status = mark.key == NULL ? tl_err_memory(err) : add_mark(known, &known->references, mark, err);
        if (status != TL_OK)
            return status;
    }
    return status;
}

static tl_status read_parties(struct bank_known *known, struct tl_store *store, struct tl_err *err)
{
    struct tl_party *parties = NULL;
    size_t count = 0;
    tl_status status = tl_party_list(&parties, &count, store, tl_date_of(TL_YEAR_MAX, 12, 31), &known->arena, err);
    for (size_t i = 0; status == TL_OK && i < count; i++) {
        if (parties[i].cvr[0] != '\0')
            status = add_mark(known, &known->numbers,
                              (struct bank_mark){.key = parties[i].cvr, .party = parties[i].code}, err);
        if (status == TL_OK)
            status = add_name(known, parties[i].name, parties[i].code, err);
        if (status == TL_OK && !tl_text_equal(parties[i].name, parties[i].official_name))
            status = add_name(known, parties[i].official_name, parties[i].code, err);
    }
    return status;
}

static tl_status read_recorded(struct bank_known *known, struct tl_store *store, struct tl_err *err)
{
    struct tl_stmt *stmt;
    bool row;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_RECORDED], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_int(stmt, 1, tl_store_known(store));
    while ((status = tl_stmt_next(stmt, &row, err)) == TL_OK && row) {
        struct bank_mark mark = {.key = "",
                                 .entry = tl_stmt_int(stmt, 0),
                                 .party = tl_stmt_copy(stmt, 1, &known->arena),
                                 .number = tl_stmt_int(stmt, 2)};
        status = mark.party == NULL ? tl_err_memory(err) : add_mark(known, &known->recorded, mark, err);
        if (status != TL_OK)
            return status;
    }
    return status;
}

static tl_status read_before(struct bank_known *known, struct tl_store *store, struct tl_err *err)
{
    struct tl_stmt *stmt;
    bool row;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_BEFORE], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_int(stmt, 1, tl_store_known(store));
    while ((status = tl_stmt_next(stmt, &row, err)) == TL_OK && row) {
        struct bank_mark mark = {.key = tl_stmt_copy(stmt, 0, &known->arena),
                                 .party = tl_stmt_copy(stmt, 2, &known->arena)};
        const char *name = tl_stmt_copy(stmt, 1, &known->arena);
        if (mark.key == NULL || mark.party == NULL || name == NULL)
            return tl_err_memory(err);
        if (mark.key[0] != '\0')
            status = add_mark(known, &known->accounts, mark, err);
        if (status == TL_OK)
            status = add_name(known, name, mark.party, err);
        if (status != TL_OK)
            return status;
    }
    return status;
}

tl_status bank_known_read(struct bank_known *known, struct tl_store *store, struct tl_err *err)
{
    tl_status status = read_charges(known, store, err);
    if (status == TL_OK)
        status = read_invoices(known, store, err);
    if (status == TL_OK)
        status = read_parties(known, store, err);
    if (status == TL_OK)
        status = read_recorded(known, store, err);
    if (status == TL_OK)
        status = read_before(known, store, err);
    sort_marks(&known->references);
    sort_marks(&known->open_amounts);
    sort_marks(&known->recorded);
    sort_marks(&known->numbers);
    sort_marks(&known->accounts);
    sort_marks(&known->names);
    return status;
}

tl_status bank_unused_read(struct bank_unused **out, size_t *count, struct tl_store *store, int64_t act,
                           struct tl_arena *arena, struct tl_err *err)
{
    struct tl_stmt *stmt;
    struct bank_unused *lines = NULL;
    size_t capacity = 0;
    bool row;
    *count = 0;
    tl_status status = tl_stmt_get(&stmt, store, SQL[act == 0 ? SQL_UNUSED : SQL_UNUSED_OF_ACT], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_int(stmt, 1, tl_store_known(store));
    if (act != 0)
        tl_stmt_bind_int(stmt, 2, act);
    while ((status = tl_stmt_next(stmt, &row, err)) == TL_OK && row) {
        lines = tl_arena_grow(arena, lines, *count, &capacity, sizeof *lines);
        if (lines == NULL)
            return tl_err_memory(err);
        struct bank_unused *line = &lines[(*count)++];
        *line = (struct bank_unused){.line = tl_stmt_int(stmt, 0),
                                     .booked_on = tl_stmt_date(stmt, 1),
                                     .amount = {tl_stmt_int(stmt, 2)},
                                     .is_reversal = tl_stmt_int(stmt, 3) != 0,
                                     .reference = tl_stmt_copy(stmt, 4, arena),
                                     .text = tl_stmt_copy(stmt, 5, arena),
                                     .payer = tl_stmt_copy(stmt, 6, arena),
                                     .payer_account = tl_stmt_copy(stmt, 7, arena),
                                     .payer_cvr = tl_stmt_copy(stmt, 8, arena),
                                     .file_name = tl_stmt_copy(stmt, 9, arena)};
        if (line->reference == NULL || line->text == NULL || line->payer == NULL || line->payer_account == NULL ||
            line->payer_cvr == NULL || line->file_name == NULL)
            return tl_err_memory(err);
    }
    *out = lines;
    return status;
}

enum { WORD_SIZE = 80 };

/* A reference as charges have it: of the forms in which banks write a payment id, `+71<id+creditor<` and `71/id`, the
 * id alone; spaces are left out. */
static void tidy_reference(char word[WORD_SIZE], const char *reference)
{
    struct tl_payment_id read;
    struct tl_err ignored = TL_ERR_NONE;
    size_t length = 0;
    word[0] = '\0';
    if (tl_payment_id_read(reference, &read, &ignored) == TL_OK) {
        memcpy(word, read.id, sizeof read.id);
        return;
    }
    if (strncmp(reference, "71/", 3) == 0 || strncmp(reference, "75/", 3) == 0)
        reference += 3;
    for (; *reference != '\0'; reference++) {
        if (*reference == ' ')
            continue;
        if (length + 1 >= WORD_SIZE) {
            length = 0;
            break;
        }
        word[length++] = *reference;
    }
    word[length] = '\0';
}

static bool is_of_word(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-' || c == '_' ||
           (unsigned char)c >= 0x80;
}

/* The next word of a text; false at its end. Words too long for a reference are passed over. */
static bool next_word(char word[WORD_SIZE], const char **text)
{
    for (;;) {
        while (**text != '\0' && !is_of_word(**text))
            ++*text;
        size_t length = 0;
        while (is_of_word((*text)[length]))
            length++;
        if (length == 0)
            return false;
        const char *word_start = *text;
        *text += length;
        if (length < WORD_SIZE) {
            memcpy(word, word_start, length);
            word[length] = '\0';
            return true;
        }
    }
}

/* The one charge of a reference; NULL when there is none, or more than one. */
static struct tl_open_item *only_charge(const struct bank_known *known, const char *reference)
{
    size_t at = reference[0] == '\0' ? known->references.count : find_mark(&known->references, reference, 0);
    if (at == known->references.count || is_same_mark(&known->references, at + 1, &known->references.items[at]))
        return NULL;
    return known->references.items[at].item;
}

static bool is_recorded_by_hand(const struct bank_known *known, const char *party, int64_t amount_minor)
{
    size_t at = find_mark(&known->recorded, "", amount_minor);
    for (; at < known->recorded.count && known->recorded.items[at].number == amount_minor; at++)
        if (tl_text_equal(known->recorded.items[at].party, party))
            return true;
    return false;
}

struct tl_open_item *bank_known_charge(const struct bank_known *known, const struct bank_unused *line)
{
    char word[WORD_SIZE];
    if (line->amount.minor <= 0 || line->is_reversal)
        return NULL;
    tidy_reference(word, line->reference);
    struct tl_open_item *item = only_charge(known, word);
    if (item != NULL && item->open.minor <= 0)
        return NULL;
    const char *text = line->text;
    while (item == NULL && line->reference[0] == '\0' && next_word(word, &text)) {
        item = only_charge(known, word);
        if (item != NULL && item->open.minor != line->amount.minor)
            return NULL;
    }
    return item != NULL && is_recorded_by_hand(known, item->party, line->amount.minor) ? NULL : item;
}

/* What gathers the hints of one line. */
struct gathering {
    struct bank_hint *hints;
    size_t *count;
    struct tl_arena *arena;
    struct tl_err *err;
};

/* Adds a party that is not there yet. */
static tl_status add_hint(const struct gathering *to, const char *party, const char *of_charge, int64_t entry,
                          const char *why)
{
    if (why == NULL)
        return tl_err_memory(to->err);
    for (size_t i = 0; i < *to->count; i++)
        if (tl_text_equal(to->hints[i].party, party))
            return TL_OK;
    if (*to->count == BANK_HINTS_MAX)
        return TL_OK;
    struct bank_hint hint = {.party = tl_arena_text(to->arena, party),
                             .of_charge = tl_arena_text(to->arena, of_charge),
                             .why = why,
                             .entry = entry};
    if (hint.party == NULL || hint.of_charge == NULL)
        return tl_err_memory(to->err);
    to->hints[(*to->count)++] = hint;
    return TL_OK;
}

static tl_status hint_reference(const struct gathering *to, const struct bank_known *known, const char *word)
{
    char open[TL_MONEY_TEXT_SIZE];
    tl_status status = TL_OK;
    size_t at = word[0] == '\0' ? known->references.count : find_mark(&known->references, word, 0);
    for (size_t i = at; status == TL_OK && at < known->references.count &&
                        is_same_mark(&known->references, i, &known->references.items[at]);
         i++) {
        const struct bank_mark *mark = &known->references.items[i];
        status =
            add_hint(to, mark->party, word, 0,
                     tl_arena_format(to->arena, "reference, of which %s is open", tl_money_da(mark->item->open, open)));
    }
    return status;
}

static tl_status hint_recorded(const struct gathering *to, const struct bank_known *known,
                               const struct bank_unused *line)
{
    tl_status status = TL_OK;
    size_t at = find_mark(&known->recorded, "", line->amount.minor);
    for (; status == TL_OK && at < known->recorded.count && known->recorded.items[at].number == line->amount.minor;
         at++) {
        const struct bank_mark *mark = &known->recorded.items[at];
        status = add_hint(to, mark->party, "", mark->entry,
                          tl_arena_format(to->arena, "entry %" PRId64 ", recorded by hand", mark->entry));
    }
    return status;
}

static tl_status hint_marks(const struct gathering *to, const struct bank_marks *marks, const char *key,
                            const char *why)
{
    tl_status status = TL_OK;
    size_t at = key[0] == '\0' ? marks->count : find_mark(marks, key, 0);
    for (size_t i = at; status == TL_OK && at < marks->count && is_same_mark(marks, i, &marks->items[at]); i++)
        status = add_hint(to, marks->items[i].party, "", 0, why);
    return status;
}

/* A charge that is alone with this open amount. */
static tl_status hint_amount(const struct gathering *to, const struct bank_known *known, const struct bank_unused *line)
{
    const struct bank_marks *marks = &known->open_amounts;
    size_t at = find_mark(marks, "", line->amount.minor);
    if (at == marks->count || is_same_mark(marks, at + 1, &marks->items[at]))
        return TL_OK;
    return add_hint(to, marks->items[at].party, marks->items[at].item->reference, 0, "amount, which is open once");
}

static tl_status hint_words(const struct gathering *to, const struct bank_known *known, const struct bank_unused *line)
{
    char word[WORD_SIZE];
    const char *text = line->text;
    tidy_reference(word, line->reference);
    tl_status status = hint_reference(to, known, word);
    while (status == TL_OK && next_word(word, &text)) {
        status = hint_reference(to, known, word);
        if (status == TL_OK)
            status = hint_marks(to, &known->numbers, word, "CVR number in the text");
    }
    return status;
}

tl_status bank_known_hints(struct bank_hint *hints, size_t *count, const struct bank_known *known,
                           const struct bank_unused *line, struct tl_arena *arena, struct tl_err *err)
{
    struct gathering to = {hints, count, arena, err};
    char *name = tl_arena_text(arena, line->payer);
    if (name == NULL)
        return tl_err_memory(err);
    tl_text_lower(name);
    tl_status status = hint_words(&to, known, line);
    if (status == TL_OK)
        status = hint_recorded(&to, known, line);
    if (status == TL_OK)
        status = hint_marks(&to, &known->numbers, line->payer_cvr, "CVR number of the payer");
    if (status == TL_OK)
        status = hint_marks(&to, &known->accounts, line->payer_account, "account that paid before");
    if (status == TL_OK)
        status = hint_marks(&to, &known->names, name, "name of the payer");
    return status == TL_OK ? hint_amount(&to, known, line) : status;
}
