/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/store/package.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "tilslut/base/digest.h"
#include "tilslut/store/file.h"

/* Refuses a file that is there, and makes the folder. */
static tl_status begin(const char *folder, const char *name, const char *suffix, struct tl_err *err)
{
    struct tl_buf path = TL_BUF_EMPTY;
    tl_buf_format(&path, "%s/%s%s", folder, name, suffix);
    tl_status status = tl_buf_status(&path, err);
    if (status == TL_OK && access(tl_buf_string(&path), F_OK) == 0) {
        status = tl_err_set(err, TL_ERR_CONFLICT, "'%s' exists already", tl_buf_string(&path));
        tl_err_hint(err, "what is there is never written over; name another folder with -o DIR");
    }
    tl_buf_release(&path);
    return status == TL_OK ? tl_file_make_folder(folder, err) : status;
}

tl_status tl_package_begin(struct tl_package *package, const char *folder, struct tl_err *err)
{
    *package = (struct tl_package){.folder = folder};
    return begin(folder, TL_PACKAGE_MANIFEST, "", err);
}

tl_status tl_package_begin_zip(struct tl_package *package, const char *folder, const char *name, struct tl_date date,
                               struct tl_err *err)
{
    *package = (struct tl_package){.folder = folder, .name = name};
    tl_status status = begin(folder, name, ".zip", err);
    return status == TL_OK ? tl_zip_new(&package->zip, date, err) : status;
}

void tl_package_release(struct tl_package *package)
{
    tl_zip_free(package->zip);
    tl_buf_release(&package->manifest);
}

static tl_status add_to_zip(struct tl_package *package, const char *folder, const char *name, const void *bytes,
                            size_t length, struct tl_err *err)
{
    struct tl_buf path = TL_BUF_EMPTY;
    tl_buf_format(&path, "%s/%s%s%s", package->name, folder, folder[0] == '\0' ? "" : "/", name);
    tl_status status = tl_buf_status(&path, err);
    if (status == TL_OK)
        status = tl_zip_add(package->zip, tl_buf_string(&path), bytes, length, err);
    tl_buf_release(&path);
    return status;
}

static tl_status add_to_folder(struct tl_package *package, const char *folder, const char *name, const void *bytes,
                               size_t length, struct tl_err *err)
{
    struct tl_buf path = TL_BUF_EMPTY;
    tl_buf_format(&path, "%s%s%s", package->folder, folder[0] == '\0' ? "" : "/", folder);
    tl_status status = tl_buf_status(&path, err);
    if (status == TL_OK && folder[0] != '\0' && strcmp(folder, package->made) != 0) {
        status = tl_file_make_folder(tl_buf_string(&path), err);
        snprintf(package->made, sizeof package->made, "%s", folder);
    }
    if (status == TL_OK)
        status = tl_file_write(tl_buf_string(&path), name, bytes, length, err);
    tl_buf_release(&path);
    return status;
}

tl_status tl_package_add(void *context, const char *folder, const char *name, const void *bytes, size_t length,
                         struct tl_err *err)
{
    struct tl_package *package = context;
    char hex[TL_DIGEST_HEX_SIZE];
    bytes = bytes == NULL ? "" : bytes;
    struct tl_digest digest = tl_digest_of(bytes, length);
    /* also for an archive, which whoever unpacks it trusts to stay in its folder */
    if (name[0] == '\0' || name[0] == '.' || strpbrk(name, "/\\\n\r") != NULL)
        return tl_err_set(err, TL_ERR_INPUT, "'%s' is not a plain file name", name);
    tl_status status = package->zip != NULL ? add_to_zip(package, folder, name, bytes, length, err)
                                            : add_to_folder(package, folder, name, bytes, length, err);
    tl_buf_format(&package->manifest, "%s  %s%s%s\n", tl_digest_hex(&digest, hex), folder, folder[0] == '\0' ? "" : "/",
                  name);
    package->file_count++;
    return status == TL_OK ? tl_buf_status(&package->manifest, err) : status;
}

static tl_status end_zip(struct tl_package *package, struct tl_err *err)
{
    struct tl_buf bytes = TL_BUF_EMPTY, name = TL_BUF_EMPTY;
    tl_buf_format(&name, "%s.zip", package->name);
    tl_status status = tl_buf_status(&name, err);
    if (status == TL_OK)
        status = add_to_zip(package, "", TL_PACKAGE_MANIFEST, tl_buf_string(&package->manifest),
                            package->manifest.length, err);
    if (status == TL_OK)
        status = tl_zip_end(package->zip, &bytes, err);
    if (status == TL_OK)
        status = tl_file_write(package->folder, tl_buf_string(&name), tl_buf_string(&bytes), bytes.length, err);
    tl_buf_release(&name);
    tl_buf_release(&bytes);
    return status;
}

tl_status tl_package_end(struct tl_package *package, struct tl_err *err)
{
    if (package->zip != NULL)
        return end_zip(package, err);
    return tl_file_write(package->folder, TL_PACKAGE_MANIFEST, tl_buf_string(&package->manifest),
                         package->manifest.length, err);
}
