/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/store/package.h"

#include <string.h>
#include <unistd.h>

#include "tilslut/base/digest.h"
#include "tilslut/store/file.h"

tl_status tl_package_begin(struct tl_package *package, const char *folder, struct tl_err *err)
{
    struct tl_buf path = TL_BUF_EMPTY;
    *package = (struct tl_package){.folder = folder};
    tl_buf_format(&path, "%s/%s", folder, TL_PACKAGE_MANIFEST);
    tl_status status = tl_buf_status(&path, err);
    if (status == TL_OK && access(tl_buf_string(&path), F_OK) == 0) {
        status = tl_err_set(err, TL_ERR_CONFLICT, "'%s' exists already", tl_buf_string(&path));
        tl_err_hint(err, "what is there is never written over; name another folder with -o DIR");
    }
    tl_buf_release(&path);
    return status == TL_OK ? tl_file_make_folder(folder, err) : status;
}

void tl_package_release(struct tl_package *package)
{
    tl_buf_release(&package->manifest);
}

tl_status tl_package_add(void *context, const char *folder, const char *name, const void *bytes, size_t length,
                         struct tl_err *err)
{
    struct tl_package *package = context;
    struct tl_buf path = TL_BUF_EMPTY;
    char hex[TL_DIGEST_HEX_SIZE];
    struct tl_digest digest = tl_digest_of(bytes == NULL ? "" : bytes, length);
    if (strpbrk(name, "\\\n\r") != NULL)
        return tl_err_set(err, TL_ERR_INPUT, "'%s' is not a plain file name", name);
    tl_buf_format(&path, "%s%s%s", package->folder, folder[0] == '\0' ? "" : "/", folder);
    tl_status status = tl_buf_status(&path, err);
    if (status == TL_OK && folder[0] != '\0')
        status = tl_file_make_folder(tl_buf_string(&path), err);
    if (status == TL_OK)
        status = tl_file_write(tl_buf_string(&path), name, bytes == NULL ? "" : bytes, length, err);
    tl_buf_format(&package->manifest, "%s  %s%s%s\n", tl_digest_hex(&digest, hex), folder, folder[0] == '\0' ? "" : "/",
                  name);
    package->file_count++;
    tl_buf_release(&path);
    return status == TL_OK ? tl_buf_status(&package->manifest, err) : status;
}

tl_status tl_package_end(struct tl_package *package, struct tl_err *err)
{
    return tl_file_write(package->folder, TL_PACKAGE_MANIFEST, tl_buf_string(&package->manifest),
                         package->manifest.length, err);
}
