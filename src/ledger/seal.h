/* SPDX-License-Identifier: MPL-2.0 */
/*
 * The bytes that a seal covers (README.md gives them line by line), written from what is about to be stored and from
 * what is stored. They are written in one place, so that posting and verifying cannot disagree.
 */
#ifndef TILSLUT_LEDGER_SEAL_H
#define TILSLUT_LEDGER_SEAL_H

#include <stddef.h>
#include <stdint.h>

#include "tilslut/base/digest.h"
#include "tilslut/base/text.h"
#include "tilslut/store/stmt.h"

/* A text as it is stored, to its last byte: a zero byte within does not end it. */
struct seal_text {
    const char *bytes;
    size_t length;
};

/* The columns of a row that hold them, in this order and named as in the schema; borrowed until the next step. */
#define SEAL_ACT_COLUMNS "a.recorded_at, a.actor, a.command"
#define SEAL_ENTRY_COLUMNS                                                                                             \
    "e.kind, e.holds_on, e.due_on, e.reference, e.text, e.evidence, coalesce(e.run_id, 0), coalesce(e.reverses_id, 0)"
#define SEAL_POSTING_COLUMNS "key, account_code, party_code, product_code, line_id, amount_minor"

/* Who recorded an entry, when, with which command. */
struct seal_act {
    struct seal_text recorded_at, actor, command;
};

struct seal_entry {
    struct seal_text kind, holds_on, due_on, reference, text, evidence;
    int64_t run_id, reverses_id; /* 0 for none */
};

struct seal_posting {
    struct seal_text key, account, party, product, line_id;
    int64_t amount_minor;
};

/* The text of a C string; NULL is "". */
struct seal_text seal_text_of(const char *text);

/* From the row's columns, of which `column` is the first. */
struct seal_act seal_act_of(struct tl_stmt *stmt, int column);
struct seal_entry seal_entry_of(struct tl_stmt *stmt, int column);
struct seal_posting seal_posting_of(struct tl_stmt *stmt, int column);

/* What ties the entry to its place: the seal before it, its number and its act. */
void seal_write_place(struct tl_buf *buf, const struct tl_digest *previous, int64_t entry, const struct seal_act *act);
/* The entry itself, before its postings. */
void seal_write_entry(struct tl_buf *buf, const struct seal_entry *entry);
void seal_write_posting(struct tl_buf *buf, const struct seal_posting *posting);

#endif
