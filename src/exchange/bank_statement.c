/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/exchange/bank_statement.h"

#include <stdlib.h>
#include <string.h>

#include "quoted.h"
#include "tilslut/base/arena.h"
#include "tilslut/base/text.h"

static tl_status check_foots(const struct tl_bank_statement *statement, const char *file_name, struct tl_err *err)
{
    struct tl_money sum = statement->opening;
    char opening[TL_MONEY_TEXT_SIZE], lines[TL_MONEY_TEXT_SIZE], closing[TL_MONEY_TEXT_SIZE];
    tl_status status = TL_OK;
    for (size_t i = 0; status == TL_OK && i < statement->line_count; i++)
        status = tl_money_add(&sum, sum, statement->lines[i].amount, err);
    if (status == TL_OK && sum.minor != statement->closing.minor) {
        struct tl_money moved = {sum.minor - statement->opening.minor};
        status = tl_err_set(err, TL_ERR_INPUT, "statement '%.*s' does not foot: %s and lines of %s do not make %s",
                            QUOTED(statement->identity), tl_money_plain(statement->opening, opening),
                            tl_money_plain(moved, lines), tl_money_plain(statement->closing, closing));
        tl_err_hint(err, "the file is not whole, or was changed; fetch it from the bank again");
    }
    if (status != TL_OK)
        tl_err_at(err, file_name, statement->line, 0);
    return status;
}

static int compare_lines(const void *a, const void *b)
{
    const struct tl_bank_line *x = *(const struct tl_bank_line *const *)a;
    const struct tl_bank_line *y = *(const struct tl_bank_line *const *)b;
    int order = strcmp(x->bank_reference, y->bank_reference);
    if (order == 0)
        order = tl_date_compare(x->booked_on, y->booked_on);
    if (order == 0)
        order = (x->amount.minor > y->amount.minor) - (x->amount.minor < y->amount.minor);
    if (order == 0)
        order = strcmp(x->text, y->text);
    return order != 0 ? order : (x->entry > y->entry) - (x->entry < y->entry);
}

/* Lines of one entry share the bank's reference, and lines without one may be alike. */
static bool is_twice(const struct tl_bank_line *a, const struct tl_bank_line *b)
{
    return a->entry != b->entry && a->bank_reference[0] != '\0' &&
           tl_text_equal(a->bank_reference, b->bank_reference) && tl_date_compare(a->booked_on, b->booked_on) == 0 &&
           a->amount.minor == b->amount.minor && tl_text_equal(a->text, b->text);
}

static tl_status check_twice(const struct tl_bank_statement *statement, const char *file_name, struct tl_err *err)
{
    struct tl_arena arena = TL_ARENA_EMPTY;
    const struct tl_bank_line **sorted = tl_arena_alloc(&arena, statement->line_count, sizeof *sorted);
    tl_status status = sorted == NULL ? tl_err_memory(err) : TL_OK;
    for (size_t i = 0; status == TL_OK && i < statement->line_count; i++)
        sorted[i] = &statement->lines[i];
    if (status == TL_OK)
        qsort(sorted, statement->line_count, sizeof *sorted, compare_lines);
    for (size_t i = 1; status == TL_OK && i < statement->line_count; i++) {
        if (!is_twice(sorted[i - 1], sorted[i]))
            continue;
        status = tl_err_set(err, TL_ERR_INPUT,
                            "the entry with the bank's reference '%.*s' is there twice, first on "
                            "line %zu",
                            QUOTED(sorted[i]->bank_reference), sorted[i - 1]->line);
        tl_err_hint(err, "fetch the file from the bank again");
        tl_err_at(err, file_name, sorted[i]->line, 0);
    }
    tl_arena_release(&arena);
    return status;
}

tl_status tl_bank_statement_check(const struct tl_bank_statement *statement, const char *file_name, struct tl_err *err)
{
    tl_status status = statement->has_balances ? check_foots(statement, file_name, err) : TL_OK;
    return status == TL_OK ? check_twice(statement, file_name, err) : status;
}

static void write_date(struct tl_buf *bytes, const char *name, struct tl_date date)
{
    char text[TL_DATE_TEXT_SIZE];
    tl_buf_line(bytes, name, tl_date_iso(date, text));
}

static void write_amount(struct tl_buf *bytes, const char *name, struct tl_money amount)
{
    char text[TL_MONEY_TEXT_SIZE];
    tl_buf_line(bytes, name, tl_money_plain(amount, text));
}

tl_status tl_bank_statement_digest(struct tl_digest *out, const struct tl_bank_statement *statement, struct tl_err *err)
{
    struct tl_buf bytes = TL_BUF_EMPTY;
    tl_buf_text(&bytes, "tilslut bank statement 1\n");
    tl_buf_line(&bytes, "identity", statement->identity);
    tl_buf_line(&bytes, "account", statement->account);
    write_date(&bytes, "first", statement->first);
    write_date(&bytes, "last", statement->last);
    if (statement->has_balances) {
        write_amount(&bytes, "opening", statement->opening);
        write_amount(&bytes, "closing", statement->closing);
    }
    for (size_t i = 0; i < statement->line_count; i++) {
        const struct tl_bank_line *line = &statement->lines[i];
        write_date(&bytes, "booked", line->booked_on);
        write_amount(&bytes, line->is_reversal ? "reversed" : "amount", line->amount);
        tl_buf_line(&bytes, "reference", line->reference);
        tl_buf_line(&bytes, "text", line->text);
        tl_buf_line(&bytes, "payer", line->payer);
        tl_buf_line(&bytes, "payer-account", line->payer_account);
        tl_buf_line(&bytes, "payer-cvr", line->payer_cvr);
        tl_buf_line(&bytes, "bank-reference", line->bank_reference);
    }
    tl_status status = tl_buf_status(&bytes, err);
    if (status == TL_OK)
        *out = tl_digest_of(bytes.bytes, bytes.length);
    tl_buf_release(&bytes);
    return status;
}
