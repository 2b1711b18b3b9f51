/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Plain files: read whole, written whole or not at all.
 */
#ifndef TILSLUT_STORE_FILE_H
#define TILSLUT_STORE_FILE_H

#include <stdbool.h>
#include <stddef.h>

#include "tilslut/base/status.h"
#include "tilslut/base/text.h"

/* Larger files are refused before they are read. */
enum { TL_FILE_SIZE_MAX = 256 * 1024 * 1024 };

/* Reads a whole file into `out`, which is appended to. TL_ERR_IO, TL_ERR_RANGE, TL_ERR_MEMORY. */
tl_status tl_file_read(struct tl_buf *out, const char *path, struct tl_err *err) TL_MUST_CHECK;

/* Takes away what killed programs left in a folder of files they had not finished: `.NAME.new-PID`. */
void tl_file_sweep(const char *folder);

/* Makes a folder with those above it, where they are missing, and sweeps it. TL_ERR_IO names the folder and the reason.
 */
tl_status tl_file_make_folder(const char *path, struct tl_err *err) TL_MUST_CHECK;

/* Refuses what tl_file_write of `folder/name` could not do, before anything rests on it, and leaves nothing behind.
 * TL_ERR_INPUT, TL_ERR_IO. */
tl_status tl_file_check_place(const char *folder, const char *name, struct tl_err *err) TL_MUST_CHECK;

/* Whether there is a file at the path with just these bytes; tl_file_write leaves such a one alone. */
bool tl_file_holds(const char *path, const void *bytes, size_t size);

/* Writes `folder/name` through a temporary file beside it (written, fsync, renamed); `name` must be a plain file name.
 * A file that holds the same bytes already is left alone. TL_ERR_INPUT: a name that would leave the folder. TL_ERR_IO.
 */
tl_status tl_file_write(const char *folder, const char *name, const void *bytes, size_t size,
                        struct tl_err *err) TL_MUST_CHECK;

#endif
