/* SPDX-License-Identifier: MPL-2.0 */
/*
 * A folder of its own for a test, and another program's hand on a ledger file.
 */
#ifndef TESTS_SUPPORT_SCRATCH_H
#define TESTS_SUPPORT_SCRATCH_H

#include <stdbool.h>
#include <stddef.h>

struct scratch {
    char folder[64];
    char path[160]; /* of the file last asked for */
};

/* Makes a folder, and removes it with all that is in it. */
void scratch_begin(struct scratch *scratch);
void scratch_end(struct scratch *scratch);

/* The path of a file in the folder; holds until the next is asked for. */
const char *scratch_file(struct scratch *scratch, const char *name);
/* Writes a file there. */
void scratch_write(struct scratch *scratch, const char *name, const void *bytes, size_t size);
/* How many files and folders there are in it, hidden ones included. */
size_t scratch_count(const struct scratch *scratch);
bool scratch_has(struct scratch *scratch, const char *name);

/* Runs SQL as any program could: with SQLite's defaults, foreign keys off. "" or SQLite's message, which holds until
 * the next call. */
const char *scratch_sql(const char *database, const char *sql);
/* The same, where it must succeed. */
void scratch_change(const char *database, const char *sql);
/* The whole number that a query answers. */
long long scratch_ask(const char *database, const char *sql);

#endif
