/* SPDX-License-Identifier: MPL-2.0 */
/*
 * A copy of a ledger while it is in use: one state of it, whatever others write meanwhile.
 */
#ifndef TILSLUT_STORE_BACKUP_H
#define TILSLUT_STORE_BACKUP_H

#include <stddef.h>

#include "tilslut/base/status.h"
#include "tilslut/store/store.h"

/* Called between steps with the pages copied and their number. NULL: nobody wants to know. */
typedef void tl_backup_progress(size_t done, size_t of);

/* Copies the ledger to a file that is not there yet, in steps between which others may write; to call within
 * tl_store_begin_read, so that what is told of the ledger is told of the copy. The file is there whole and durable when
 * this returns TL_OK, and otherwise not at all. TL_ERR_CONFLICT: it exists. TL_ERR_IO, TL_ERR_STORE, TL_ERR_MEMORY. */
tl_status tl_backup_write(struct tl_store *store, const char *path, tl_backup_progress *progress,
                          struct tl_err *err) TL_MUST_CHECK;

#endif
