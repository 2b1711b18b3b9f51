/* SPDX-License-Identifier: MPL-2.0 */
/*
 * A folder of files with a manifest, SHA256SUMS, that `sha256sum -c` checks. The manifest is written last: a folder
 * without it is not whole.
 */
#ifndef TILSLUT_STORE_PACKAGE_H
#define TILSLUT_STORE_PACKAGE_H

#include <stddef.h>

#include "tilslut/base/status.h"
#include "tilslut/base/text.h"

#define TL_PACKAGE_MANIFEST "SHA256SUMS"

struct tl_package {
    const char *folder;
    struct tl_buf manifest;
    size_t file_count;
};

/* Begins a package in a folder, which is made where it is missing, as are those above it. TL_ERR_CONFLICT: it holds a
 * whole package; one that was not finished is gone on with. TL_ERR_IO, TL_ERR_MEMORY. The folder's name is borrowed.
 * Release the package whatever the status. */
tl_status tl_package_begin(struct tl_package *package, const char *folder, struct tl_err *err) TL_MUST_CHECK;
void tl_package_release(struct tl_package *package);

/* Adds the file `folder/name` (folder "": at the top). It fits tl_dump_file, with the package as its context.
 * TL_ERR_INPUT: a name that would leave the folder, or could not stand in the manifest. TL_ERR_IO, TL_ERR_MEMORY. */
tl_status tl_package_add(void *package, const char *folder, const char *name, const void *bytes, size_t length,
                         struct tl_err *err) TL_MUST_CHECK;

/* Writes the manifest, in the order in which the files were added. */
tl_status tl_package_end(struct tl_package *package, struct tl_err *err) TL_MUST_CHECK;

#endif
