/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/store/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "draft.h"

static tl_status io_failed(struct tl_err *err, const char *doing, const char *path)
{
    return tl_err_set(err, TL_ERR_IO, "could not %s '%s': %s", doing, path, strerror(errno));
}

static tl_status read_all(struct tl_buf *out, int descriptor, const char *path, struct tl_err *err)
{
    char chunk[65536];
    for (;;) {
        ssize_t count = read(descriptor, chunk, sizeof chunk);
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return io_failed(err, "read", path);
        if (count == 0)
            return tl_buf_status(out, err);
        if (out->length > TL_FILE_SIZE_MAX)
            return tl_err_set(err, TL_ERR_RANGE, "'%s' is larger than %d MiB", path, TL_FILE_SIZE_MAX / (1024 * 1024));
        tl_buf_add(out, chunk, (size_t)count);
    }
}

tl_status tl_file_read(struct tl_buf *out, const char *path, struct tl_err *err)
{
    struct stat about;
    int descriptor = open(path, O_RDONLY | O_CLOEXEC);
    if (descriptor < 0)
        return io_failed(err, "read", path);
    tl_status status = TL_OK;
    if (fstat(descriptor, &about) == 0 && S_ISDIR(about.st_mode))
        status = tl_err_set(err, TL_ERR_IO, "'%s' is a folder, not a file", path);
    if (status == TL_OK)
        status = read_all(out, descriptor, path, err);
    (void)close(descriptor);
    return status;
}

void tl_file_sweep(const char *folder)
{
    DIR *names = opendir(folder);
    const struct dirent *name;
    while (names != NULL && (name = readdir(names)) != NULL) {
        const char *mark = strrchr(name->d_name, '.');
        if (name->d_name[0] == '.' && mark != NULL && mark > name->d_name + 1 && tl_draft_is_left_over(mark))
            (void)unlinkat(dirfd(names), name->d_name, 0);
    }
    if (names != NULL)
        (void)closedir(names);
}

tl_status tl_file_make_folder(const char *path, struct tl_err *err)
{
    struct stat about;
    char *copy = strdup(path);
    tl_status status = copy == NULL ? tl_err_memory(err) : TL_OK;
    for (char *at = copy; status == TL_OK && *at != '\0';) {
        at += strspn(at, "/");
        at += strcspn(at, "/");
        char kept = *at;
        *at = '\0';
        if (mkdir(copy, 0777) != 0 && errno != EEXIST)
            status = io_failed(err, "make the folder", path);
        *at = kept;
    }
    free(copy);
    if (status == TL_OK && (stat(path, &about) != 0 || !S_ISDIR(about.st_mode))) {
        status = tl_err_set(err, TL_ERR_IO, "'%s' is not a folder", path);
        tl_err_hint(err, "name a folder with -o DIR");
    }
    if (status == TL_OK)
        tl_file_sweep(path);
    return status;
}

bool tl_file_holds(const char *path, const void *bytes, size_t size)
{
    struct stat about;
    struct tl_buf present = TL_BUF_EMPTY;
    struct tl_err ignored = TL_ERR_NONE;
    bool same = stat(path, &about) == 0 && (size_t)about.st_size == size &&
                tl_file_read(&present, path, &ignored) == TL_OK && present.length == size &&
                memcmp(tl_buf_string(&present), bytes, size) == 0;
    tl_buf_release(&present);
    return same;
}

static bool write_all(int descriptor, const char *bytes, size_t size)
{
    while (size > 0) {
        ssize_t count = write(descriptor, bytes, size);
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return false;
        bytes += count;
        size -= (size_t)count;
    }
    return true;
}

/* Writes, syncs and renames; the temporary file is gone on every path. */
static tl_status replace(const char *path, const char *draft, const void *bytes, size_t size, struct tl_err *err)
{
    int descriptor = open(draft, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (descriptor < 0)
        return io_failed(err, "write", path);
    bool written = write_all(descriptor, bytes, size) && fsync(descriptor) == 0;
    int failure = errno;
    written = close(descriptor) == 0 && written;
    if (written && rename(draft, path) == 0)
        return TL_OK;
    if (!written)
        errno = failure;
    tl_status status = io_failed(err, "write", path);
    (void)unlink(draft);
    return status;
}

/* The path of a file and of the draft it is written through. */
static tl_status name_paths(struct tl_buf *path, struct tl_buf *draft, const char *folder, const char *name,
                            struct tl_err *err)
{
    if (name[0] == '\0' || name[0] == '.' || strchr(name, '/') != NULL)
        return tl_err_set(err, TL_ERR_INPUT, "'%s' is not a plain file name", name);
    tl_buf_format(path, "%s/%s", folder, name);
    tl_buf_format(draft, "%s/.%s.new-%ld", folder, name, (long)getpid());
    tl_status status = tl_buf_status(path, err);
    return status == TL_OK ? tl_buf_status(draft, err) : status;
}

tl_status tl_file_check_place(const char *folder, const char *name, struct tl_err *err)
{
    struct tl_buf path = TL_BUF_EMPTY, draft = TL_BUF_EMPTY;
    struct stat about;
    tl_status status = name_paths(&path, &draft, folder, name, err);
    if (status == TL_OK && stat(tl_buf_string(&path), &about) == 0 && S_ISDIR(about.st_mode))
        status = tl_err_set(err, TL_ERR_IO, "could not write '%s': it is a folder", tl_buf_string(&path));
    if (status == TL_OK) {
        int descriptor = open(tl_buf_string(&draft), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
        if (descriptor < 0)
            status = io_failed(err, "write", tl_buf_string(&path));
        else {
            (void)close(descriptor);
            (void)unlink(tl_buf_string(&draft));
        }
    }
    tl_buf_release(&draft);
    tl_buf_release(&path);
    return status;
}

tl_status tl_file_write(const char *folder, const char *name, const void *bytes, size_t size, struct tl_err *err)
{
    struct tl_buf path = TL_BUF_EMPTY, draft = TL_BUF_EMPTY;
    tl_status status = name_paths(&path, &draft, folder, name, err);
    if (status == TL_OK && !tl_file_holds(tl_buf_string(&path), bytes, size))
        status = replace(tl_buf_string(&path), tl_buf_string(&draft), bytes, size, err);
    tl_buf_release(&draft);
    tl_buf_release(&path);
    return status;
}
