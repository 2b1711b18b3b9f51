/* SPDX-License-Identifier: MPL-2.0 */
#include "draft.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char *folder_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash == NULL ? strdup(".") : strndup(path, slash == path ? 1 : (size_t)(slash - path));
}

/* Makes the new file's entry in its folder durable. */
static void sync_folder_of(const char *path)
{
    char *folder = folder_of(path);
    int descriptor = folder == NULL ? -1 : open(folder, O_RDONLY | O_DIRECTORY);
    if (descriptor >= 0) {
        (void)fsync(descriptor);
        (void)close(descriptor);
    }
    free(folder);
}

static tl_status exists_already(const struct tl_draft *draft, struct tl_err *err)
{
    (void)tl_err_set(err, TL_ERR_CONFLICT, "'%s' exists already", draft->path);
    tl_err_hint(err, "%s", draft->hint);
    return TL_ERR_CONFLICT;
}

/* Takes a draft away, with the files that SQLite keeps beside it: on a full disk it cannot even close its journal,
 * which it then leaves for a next time that a draft does not have. */
static void remove_draft(const char *draft)
{
    static const char *const beside[] = {"", "-journal", "-wal", "-shm"};
    for (size_t i = 0; i < sizeof beside / sizeof beside[0]; i++) {
        struct tl_buf path = TL_BUF_EMPTY;
        tl_buf_format(&path, "%s%s", draft, beside[i]);
        if (!path.failed)
            (void)unlink(tl_buf_string(&path));
        tl_buf_release(&path);
    }
}

bool tl_draft_is_left_over(const char *mark)
{
    static const char new[] = ".new-";
    if (strncmp(mark, new, sizeof new - 1) != 0)
        return false;
    const char *digits = mark + sizeof new - 1;
    size_t count = strspn(digits, "0123456789");
    if (count == 0 || count > 9 || (digits[count] != '\0' && digits[count] != '-'))
        return false;
    return kill((pid_t)strtol(digits, NULL, 10), 0) != 0 && errno == ESRCH;
}

/* What programs left that were killed while they made this file. */
static void remove_left_over(const char *path)
{
    const char *slash = strrchr(path, '/');
    const char *base = slash == NULL ? path : slash + 1;
    char *folder = folder_of(path);
    DIR *names = folder == NULL ? NULL : opendir(folder);
    const struct dirent *name;
    while (names != NULL && (name = readdir(names)) != NULL)
        if (strncmp(name->d_name, base, strlen(base)) == 0 && tl_draft_is_left_over(name->d_name + strlen(base)))
            (void)unlinkat(dirfd(names), name->d_name, 0);
    if (names != NULL)
        (void)closedir(names);
    free(folder);
}

/* Makes an empty file for SQLite to fill, since only the system says why it can not be made. */
static tl_status make_empty(struct tl_draft *draft, struct tl_err *err)
{
    int descriptor = open(tl_draft_path(draft), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (descriptor < 0)
        return tl_err_set(err, TL_ERR_IO, "could not make '%s': %s", draft->path, strerror(errno));
    (void)close(descriptor);
    return TL_OK;
}

tl_status tl_draft_begin(struct tl_draft *draft, const char *path, const char *hint, struct tl_err *err)
{
    *draft = (struct tl_draft){.path = path, .hint = hint};
    if (access(path, F_OK) == 0)
        return exists_already(draft, err);
    tl_buf_format(&draft->draft, "%s.new-%ld", path, (long)getpid());
    tl_status status = tl_buf_status(&draft->draft, err);
    if (status != TL_OK)
        return status;
    remove_left_over(path);
    remove_draft(tl_draft_path(draft));
    draft->made = true;
    return make_empty(draft, err);
}

const char *tl_draft_path(const struct tl_draft *draft)
{
    return tl_buf_string(&draft->draft);
}

/* SQLite has synced what it wrote with a journal; what it copied without one, it has not. */
static tl_status sync_draft(const struct tl_draft *draft, struct tl_err *err)
{
    int descriptor = open(tl_draft_path(draft), O_RDONLY | O_CLOEXEC);
    bool synced = descriptor >= 0 && fsync(descriptor) == 0;
    int failure = errno;
    if (descriptor >= 0)
        (void)close(descriptor);
    return synced ? TL_OK : tl_err_set(err, TL_ERR_IO, "could not make '%s': %s", draft->path, strerror(failure));
}

tl_status tl_draft_end(struct tl_draft *draft, tl_status status, struct tl_err *err)
{
    if (status == TL_OK)
        status = sync_draft(draft, err);
    if (status == TL_OK && renameat2(AT_FDCWD, tl_draft_path(draft), AT_FDCWD, draft->path, RENAME_NOREPLACE) != 0)
        status = errno == EEXIST ? exists_already(draft, err)
                                 : tl_err_set(err, TL_ERR_IO, "could not make '%s': %s", draft->path, strerror(errno));
    if (status == TL_OK)
        sync_folder_of(draft->path);
    else if (draft->made)
        remove_draft(tl_draft_path(draft));
    tl_buf_release(&draft->draft);
    return status;
}
