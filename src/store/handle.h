/* SPDX-License-Identifier: MPL-2.0 */
/*
 * What the files of the store share: the handle, and how SQLite's results become statuses.
 */
#ifndef TILSLUT_STORE_HANDLE_H
#define TILSLUT_STORE_HANDLE_H

#include <sqlite3.h>
#include <stdbool.h>
#include <stdint.h>

#include "tilslut/store/store.h"

enum { STORE_STATEMENTS_MAX = 512 };

struct tl_stmt {
    const char *sql; /* its address is the key */
    sqlite3_stmt *handle;
    struct tl_store *store;
    int bind_result;
};

struct tl_store {
    sqlite3 *db;
    char *path;
    int64_t act, known, changes_at_begin;
    bool in_transaction;
    tl_store_gate *gate;  /* asked before a commit, or NULL */
    bool foreign_trigger; /* one that is not of our schema wanted to write */
    char currency[4];
    char owner[64];
    struct tl_stmt statements[STORE_STATEMENTS_MAX];
};

/* Turns SQLite's last result into our error; `doing` completes "could not ...". */
tl_status tl_store_fail(struct tl_store *store, int result, const char *doing, struct tl_err *err);

/* Runs statements without parameters or rows. */
tl_status tl_store_exec(struct tl_store *store, const char *sql, const char *doing, struct tl_err *err) TL_MUST_CHECK;

/* A handle without a database; close it with tl_store_close. */
tl_status tl_store_new(struct tl_store **out, const char *path, struct tl_err *err) TL_MUST_CHECK;
/* Opens the database under it, by SQLite's flags. */
tl_status tl_store_open_database(struct tl_store *store, const char *name, int flags, struct tl_err *err) TL_MUST_CHECK;
/* Says how SQLite should behave: waiting, references, durability. */
tl_status tl_store_configure(struct tl_store *store, struct tl_err *err) TL_MUST_CHECK;
/* Reads what the file says of itself. */
tl_status tl_store_read_identity(struct tl_store *store, struct tl_err *err) TL_MUST_CHECK;
/* From here on the program itself may only add and read. */
void tl_store_guard(struct tl_store *store);

/* Brings the schema of an open database from `version` to the newest, in one transaction each. */
tl_status tl_schema_migrate(struct tl_store *store, int64_t version, struct tl_err *err) TL_MUST_CHECK;
/* The newest schema version the program carries. */
int64_t tl_schema_newest(void);

#endif
