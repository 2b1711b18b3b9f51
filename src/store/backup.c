/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/store/backup.h"

#include "draft.h"
#include "handle.h"

/* Between two steps another program gets its turn at the disk. */
enum { STEP_PAGES = 1024 };

static tl_status copy_pages(sqlite3_backup *backup, struct tl_store *copy, tl_backup_progress *progress,
                            struct tl_err *err)
{
    int result;
    do {
        result = sqlite3_backup_step(backup, STEP_PAGES);
        int of = sqlite3_backup_pagecount(backup), left = sqlite3_backup_remaining(backup);
        if (progress != NULL && of > 0)
            progress((size_t)(of - left), (size_t)of);
    } while (result == SQLITE_OK);
    return result == SQLITE_DONE ? TL_OK : tl_store_fail(copy, result, "copy to", err);
}

static tl_status copy_database(struct tl_store *copy, struct tl_store *store, tl_backup_progress *progress,
                               struct tl_err *err)
{
    /* a draft needs no journal: it is synced when it is whole, and thrown away when it is not */
    tl_status status = tl_store_exec(copy, "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF", "copy to", err);
    if (status != TL_OK)
        return status;
    sqlite3_backup *backup = sqlite3_backup_init(copy->db, "main", store->db, "main");
    if (backup == NULL)
        return tl_store_fail(copy, sqlite3_errcode(copy->db), "copy to", err);
    status = copy_pages(backup, copy, progress, err);
    (void)sqlite3_backup_finish(backup);
    return status;
}

tl_status tl_backup_write(struct tl_store *store, const char *path, tl_backup_progress *progress, struct tl_err *err)
{
    struct tl_store *copy = NULL;
    struct tl_draft draft = TL_DRAFT_EMPTY;
    tl_status status = tl_draft_begin(&draft, path, "a copy is never written over; name another file", err);
    if (status == TL_OK)
        status = tl_store_new(&copy, path, err);
    if (status == TL_OK)
        status = tl_store_open_database(copy, tl_draft_path(&draft), SQLITE_OPEN_READWRITE, err);
    if (status == TL_OK)
        status = copy_database(copy, store, progress, err);
    tl_store_close(copy);
    return tl_draft_end(&draft, status, err);
}
