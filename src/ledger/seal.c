/* SPDX-License-Identifier: MPL-2.0 */
#include "seal.h"

#include <string.h>

struct seal_text seal_text_of(const char *text)
{
    return text == NULL ? (struct seal_text){"", 0} : (struct seal_text){text, strlen(text)};
}

static struct seal_text column_of(struct tl_stmt *stmt, int column)
{
    struct seal_text text;
    text.bytes = tl_stmt_blob(stmt, column, &text.length);
    return text;
}

struct seal_entry seal_entry_of(struct tl_stmt *stmt, int column)
{
    return (struct seal_entry){column_of(stmt, column),       column_of(stmt, column + 1),  column_of(stmt, column + 2),
                               column_of(stmt, column + 3),   column_of(stmt, column + 4),  column_of(stmt, column + 5),
                               tl_stmt_int(stmt, column + 6), tl_stmt_int(stmt, column + 7)};
}

struct seal_posting seal_posting_of(struct tl_stmt *stmt, int column)
{
    return (struct seal_posting){column_of(stmt, column),     column_of(stmt, column + 1),
                                 column_of(stmt, column + 2), column_of(stmt, column + 3),
                                 column_of(stmt, column + 4), tl_stmt_int(stmt, column + 5)};
}

struct seal_act seal_act_of(struct tl_stmt *stmt, int column)
{
    return (struct seal_act){column_of(stmt, column), column_of(stmt, column + 1), column_of(stmt, column + 2)};
}

static void write_text(struct tl_buf *buf, const char *name, struct seal_text text)
{
    tl_buf_line_of(buf, name, text.bytes, text.length);
}

static void write_number(struct tl_buf *buf, const char *name, int64_t number)
{
    tl_buf_text(buf, name);
    tl_buf_add(buf, " ", 1);
    tl_buf_number(buf, number);
    tl_buf_add(buf, "\n", 1);
}

static void write_hex(struct tl_buf *buf, const char *name, struct seal_text text)
{
    static const char digits[] = "0123456789abcdef";
    char chunk[2 * TL_DIGEST_SIZE];
    size_t used = 0;
    tl_buf_text(buf, name);
    tl_buf_add(buf, " ", 1);
    for (size_t i = 0; i < text.length; i++) {
        unsigned char byte = (unsigned char)text.bytes[i];
        chunk[used++] = digits[byte >> 4];
        chunk[used++] = digits[byte & 0x0F];
        if (used == sizeof chunk || i + 1 == text.length) {
            tl_buf_add(buf, chunk, used);
            used = 0;
        }
    }
    tl_buf_add(buf, "\n", 1);
}

void seal_write_place(struct tl_buf *buf, const struct tl_digest *previous, int64_t entry, const struct seal_act *act)
{
    tl_buf_text(buf, "tilslut entry 1\n");
    write_hex(buf, "previous", (struct seal_text){(const char *)previous->bytes, sizeof previous->bytes});
    write_number(buf, "entry", entry);
    write_text(buf, "recorded-at", act->recorded_at);
    write_text(buf, "actor", act->actor);
    write_text(buf, "command", act->command);
}

void seal_write_entry(struct tl_buf *buf, const struct seal_entry *entry)
{
    write_text(buf, "kind", entry->kind);
    write_text(buf, "holds-on", entry->holds_on);
    write_text(buf, "due-on", entry->due_on);
    write_text(buf, "reference", entry->reference);
    write_text(buf, "text", entry->text);
    write_number(buf, "run", entry->run_id);
    write_number(buf, "reverses", entry->reverses_id);
    write_hex(buf, "evidence", entry->evidence);
}

void seal_write_posting(struct tl_buf *buf, const struct seal_posting *posting)
{
    write_text(buf, "posting", posting->key);
    write_text(buf, "account", posting->account);
    write_text(buf, "party", posting->party);
    write_text(buf, "product", posting->product);
    write_text(buf, "line", posting->line_id);
    write_number(buf, "amount", posting->amount_minor);
}
