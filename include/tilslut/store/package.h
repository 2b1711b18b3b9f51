/* SPDX-License-Identifier: MPL-2.0 */
/*
 * A folder of files with a manifest, SHA256SUMS, that `sha256sum -c` checks. The manifest is written last: a folder
 * without it is not whole. Or such a folder as one zip archive.
 */
#ifndef TILSLUT_STORE_PACKAGE_H
#define TILSLUT_STORE_PACKAGE_H

#include <stddef.h>

#include "tilslut/base/date.h"
#include "tilslut/base/status.h"
#include "tilslut/base/text.h"
#include "tilslut/store/zip.h"

#define TL_PACKAGE_MANIFEST "SHA256SUMS"

struct tl_package {
    const char *folder;
    struct tl_buf manifest;
    size_t file_count;
    char made[64]; /* the folder in it that was made last */
    struct tl_zip *zip;
    const char *name; /* of the folder in the zip archive, and of its file without .zip; NULL for a folder */
};

/* Begins a package in a folder, which is made where it is missing, as are those above it. TL_ERR_CONFLICT: it holds a
 * whole package; one that was not finished is gone on with. TL_ERR_IO, TL_ERR_MEMORY. The folder's name is borrowed.
 * Release the package whatever the status. */
tl_status tl_package_begin(struct tl_package *package, const char *folder, struct tl_err *err) TL_MUST_CHECK;
/* Begins a package that becomes the file `folder/NAME.zip`, in which all lies in the folder NAME, dated so. It is
 * written whole by tl_package_end, or not at all. TL_ERR_CONFLICT: the file is there. */
tl_status tl_package_begin_zip(struct tl_package *package, const char *folder, const char *name, struct tl_date date,
                               struct tl_err *err) TL_MUST_CHECK;
void tl_package_release(struct tl_package *package);

/* Adds the file `folder/name` (folder "": at the top). It fits tl_dump_file, with the package as its context.
 * TL_ERR_INPUT: a name that would leave the folder, or could not stand in the manifest. TL_ERR_IO, TL_ERR_MEMORY. */
tl_status tl_package_add(void *package, const char *folder, const char *name, const void *bytes, size_t length,
                         struct tl_err *err) TL_MUST_CHECK;

/* Writes the manifest, in the order in which the files were added. */
tl_status tl_package_end(struct tl_package *package, struct tl_err *err) TL_MUST_CHECK;

#endif
