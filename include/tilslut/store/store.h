/* SPDX-License-Identifier: MPL-2.0 */
/*
 * The ledger file: an SQLite database that is opened, migrated and written through here only.
 *
 * Everything recorded in one transaction belongs to one act: who did what, when. A transaction that records
 * nothing beyond its act leaves the file as it was.
 */
#ifndef TILSLUT_STORE_STORE_H
#define TILSLUT_STORE_STORE_H

#include <stdbool.h>
#include <stdint.h>

#include "tilslut/base/date.h"
#include "tilslut/base/status.h"

/* "TLSL": identifies a ledger among SQLite databases (PRAGMA application_id). */
#define TL_STORE_APPLICATION_ID 0x544C534C

/* How long a program waits for another that is writing, before it gives up with TL_ERR_STORE. */
enum { TL_STORE_WAIT_MS = 10000 };

/* An open ledger; used by one thread at a time. */
struct tl_store;

typedef enum tl_store_mode { TL_STORE_READ, TL_STORE_WRITE } tl_store_mode;

/* Who does what, when. Borrowed for the duration of a call. */
struct tl_act {
    const char *actor;
    const char *command;
    struct tl_moment now;
};

/* Records what a new ledger begins with, in the transaction that makes it. */
typedef tl_status tl_store_fill(struct tl_store *store, struct tl_err *err);

/* Makes a ledger file for one currency (ISO 4217), kept by the party `owner_code`, in one step: it is there whole,
 * with what `fill` (NULL: nothing) recorded, or not at all. TL_ERR_CONFLICT when a file of that name exists; TL_ERR_IO,
 * TL_ERR_STORE. */
tl_status tl_store_create(const char *path, const char *currency, const char *owner_code, const struct tl_act *act,
                          tl_store_fill *fill, struct tl_err *err) TL_MUST_CHECK;

/* The same, where what it begins with follows from something that the caller has. */
typedef tl_status tl_store_fill_from(struct tl_store *store, const void *context, struct tl_err *err);
tl_status tl_store_create_from(const char *path, const char *currency, const char *owner_code, const struct tl_act *act,
                               tl_store_fill_from *fill, const void *context, struct tl_err *err) TL_MUST_CHECK;

/* The same in memory, opened for writing; it is gone when closed. */
tl_status tl_store_open_memory(struct tl_store **out, const char *currency, const char *owner_code,
                               const struct tl_act *act, tl_store_fill *fill, struct tl_err *err) TL_MUST_CHECK;

/* Opens a ledger file. Opening to write brings an older schema up to date first.
 * TL_ERR_NOT_FOUND: no such file. TL_ERR_STORE: not a ledger, newer than the program, damaged, or in use for too long.
 * TL_ERR_STATE: opened to write but read-only. */
tl_status tl_store_open(struct tl_store **out, const char *path, tl_store_mode mode, struct tl_err *err) TL_MUST_CHECK;

/* Closes; an open transaction is rolled back. NULL is accepted. */
void tl_store_close(struct tl_store *store);

/* Begins a transaction that nobody else can write beside, and records its act. TL_ERR_STORE after TL_STORE_WAIT_MS. */
tl_status tl_store_begin(struct tl_store *store, const struct tl_act *act, struct tl_err *err) TL_MUST_CHECK;
/* Asked in a transaction that recorded something, before it is committed; what it records belongs to the act. */
typedef tl_status tl_store_gate(struct tl_store *store, struct tl_err *err);
/* Has every commit from here on ask `gate` (NULL: nobody), whose failure is the commit's. */
void tl_store_set_gate(struct tl_store *store, tl_store_gate *gate);

/* Ends it: durable on disk when this returns TL_OK. On failure the transaction is rolled back. */
tl_status tl_store_commit(struct tl_store *store, struct tl_err *err) TL_MUST_CHECK;
/* Ends it without a trace. Does nothing outside a transaction. */
void tl_store_rollback(struct tl_store *store);

/* Makes the bytes of removed rows leave the file and the log beside it; outside of a transaction. What the disk keeps
 * of blocks that were written over, and copies of the file, are beyond it. TL_ERR_STORE when another program reads or
 * writes for too long; the rows are removed all the same, and calling again does the rest. TL_ERR_IO. */
tl_status tl_store_sweep(struct tl_store *store, struct tl_err *err) TL_MUST_CHECK;

/* The id of the act of the open transaction. */
int64_t tl_store_act(const struct tl_store *store);

/* Begins and ends a read that sees one state of the file, whatever others write meanwhile. */
tl_status tl_store_begin_read(struct tl_store *store, struct tl_err *err) TL_MUST_CHECK;
void tl_store_end_read(struct tl_store *store);

/* What was known: queries see only what acts up to this one recorded. All of it (INT64_MAX) when never set. */
int64_t tl_store_known(const struct tl_store *store);
void tl_store_set_known(struct tl_store *store, int64_t act_id);
/* The last act that was known at a moment: neither it nor an act before it was recorded later; 0 when there was none.
 * Acts are ordered by their number. Where a clock was set back, an act counts as known no earlier than the acts before
 * it, so that nothing that may have been recorded later is taken for known. */
tl_status tl_store_act_at(int64_t *out, struct tl_store *store, struct tl_moment moment,
                          struct tl_err *err) TL_MUST_CHECK;

/* The currency of the ledger and the code of the party that keeps it. Borrowed from the store. */
const char *tl_store_currency(const struct tl_store *store);
const char *tl_store_owner(const struct tl_store *store);

/* SQLite's own check of the file (PRAGMA integrity_check, foreign_key_check). TL_ERR_BROKEN names one finding: the
 * first by its text, or by table and row. */
tl_status tl_store_check_file(struct tl_store *store, struct tl_err *err) TL_MUST_CHECK;
/* That the schema is the one this program makes, triggers included. TL_ERR_BROKEN names what differs. */
tl_status tl_store_check_schema(struct tl_store *store, struct tl_err *err) TL_MUST_CHECK;

#endif
