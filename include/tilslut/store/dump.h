/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Every table of the ledger as a file, from the schema that the file itself holds, so that none can be forgotten. Left
 * out is contact_person alone: who persons are can be erased in the ledger, and could not be in a copy.
 */
#ifndef TILSLUT_STORE_DUMP_H
#define TILSLUT_STORE_DUMP_H

#include <stddef.h>

#include "tilslut/base/status.h"
#include "tilslut/store/store.h"

/* Takes one file: its folder, its name and its bytes, which are borrowed. */
typedef tl_status tl_dump_file(void *context, const char *folder, const char *name, const void *bytes, size_t length,
                               struct tl_err *err);

/* Gives `take` the file tables/TABLE.csv of each table, in the order of their names. CSV: RFC 4180 with LF, UTF-8, a
 * header row of columns, rows by their first two columns. Byte for byte what is stored, without protection against
 * spreadsheets: NULL is empty, an empty text is "", bytes are hexadecimal digits, and a document's content is the path
 * that tl_dump_documents gives its file. The same ledger gives the same bytes. Run it inside a read. TL_ERR_STORE,
 * TL_ERR_MEMORY; what `take` returned. */
tl_status tl_dump_tables(struct tl_store *store, tl_dump_file *take, void *context, struct tl_err *err) TL_MUST_CHECK;

/* Gives `take` the file documents/NUMBER-NAME of each document as it was issued, NUMBER being its id with six digits:
 * those that were issued in that year or are about it; all of them for year 0. */
tl_status tl_dump_documents(struct tl_store *store, int year, tl_dump_file *take, void *context,
                            struct tl_err *err) TL_MUST_CHECK;

/* Gives `take` the file terms/PRODUCT-vN.yaml of every version of terms, verbatim. */
tl_status tl_dump_terms(struct tl_store *store, tl_dump_file *take, void *context, struct tl_err *err) TL_MUST_CHECK;

#endif
