/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/report/audit.h"

#include <string.h>

#include "tilslut/base/embedded.h"
#include "tilslut/report/audit_xlsx.h"
#include "tilslut/report/plain_journal.h"
#include "tilslut/report/query_table.h"
#include "tilslut/store/dump.h"
#include "tilslut/store/stmt.h"

static const char SQL_POSTED[] = "SELECT count(*) FROM entry WHERE substr(holds_on, 1, 4) = printf('%04d', ?1) AND id "
                                 "IN (SELECT entry_id FROM seal)";

/* What goes along from the program itself; {{year}} stands for the year. */
static const char *const pages[] = {"reports/audit/LAESMIG-README.md", "reports/audit/check-seals.sh"};

tl_status tl_audit_check(struct tl_store *store, int year, struct tl_err *err)
{
    struct tl_stmt *stmt;
    int64_t count = 0;
    tl_status status = tl_stmt_get(&stmt, store, SQL_POSTED, err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_int(stmt, 1, year);
    status = tl_stmt_answer(stmt, &count, err);
    if (status != TL_OK || count > 0)
        return status;
    (void)tl_err_set(err, TL_ERR_NOT_FOUND, "nothing is posted in %d", year);
    tl_err_hint(err, "tilslut list entries shows what is, with its dates");
    return TL_ERR_NOT_FOUND;
}

static tl_status add_accounts(struct tl_package *package, const struct tl_audit_accounts *accounts, struct tl_err *err)
{
    struct tl_buf bytes = TL_BUF_EMPTY, name = TL_BUF_EMPTY;
    tl_buf_format(&name, "regnskab-%d.xlsx", accounts->year);
    tl_status status = tl_buf_status(&name, err);
    if (status == TL_OK)
        status = tl_audit_xlsx(&bytes, accounts, err);
    if (status == TL_OK)
        status = tl_package_add(package, "", tl_buf_string(&name), bytes.bytes, bytes.length, err);
    tl_buf_release(&name);
    tl_buf_release(&bytes);
    return status;
}

static tl_status add_journal(struct tl_package *package, struct tl_store *store, struct tl_err *err)
{
    struct tl_buf bytes = TL_BUF_EMPTY;
    tl_status status = tl_plain_journal_write(&bytes, store, err);
    if (status == TL_OK)
        status = tl_package_add(package, "", "ledger.journal", bytes.bytes, bytes.length, err);
    tl_buf_release(&bytes);
    return status;
}

static tl_status add_report(struct tl_package *package, struct tl_store *store, const struct tl_embedded_file *query,
                            struct tl_err *err)
{
    static const struct tl_query_limits all = {0};
    struct tl_table table = TL_TABLE_EMPTY;
    struct tl_buf bytes = TL_BUF_EMPTY, name = TL_BUF_EMPTY;
    struct tl_arena arena = TL_ARENA_EMPTY;
    const char *title = tl_query_name(query, &arena);
    tl_status status = title == NULL ? tl_err_memory(err) : tl_query_table(&table, store, query, &all, err);
    if (status == TL_OK)
        status = tl_table_print(&bytes, &table, TL_TABLE_CSV, err);
    if (status == TL_OK) {
        tl_buf_format(&name, "%s.csv", title);
        status = tl_buf_status(&name, err);
    }
    if (status == TL_OK)
        status = tl_package_add(package, "reports", tl_buf_string(&name), bytes.bytes, bytes.length, err);
    tl_arena_release(&arena);
    tl_buf_release(&name);
    tl_buf_release(&bytes);
    tl_table_release(&table);
    return status;
}

static tl_status add_page(struct tl_package *package, const char *path, int year, struct tl_err *err)
{
    static const char mark[] = "{{year}}";
    const struct tl_embedded_file *file = tl_embedded_find(path);
    struct tl_buf bytes = TL_BUF_EMPTY;
    if (file == NULL)
        return tl_err_set(err, TL_ERR_NOT_FOUND, "the program does not carry '%s'", path);
    const char *at = file->content;
    for (const char *next; (next = strstr(at, mark)) != NULL; at = next + sizeof mark - 1) {
        tl_buf_add(&bytes, at, (size_t)(next - at));
        tl_buf_number(&bytes, year);
    }
    tl_buf_text(&bytes, at);
    tl_status status = tl_buf_status(&bytes, err);
    if (status == TL_OK)
        status = tl_package_add(package, "", strrchr(path, '/') + 1, bytes.bytes, bytes.length, err);
    tl_buf_release(&bytes);
    return status;
}

tl_status tl_audit_write(struct tl_package *package, struct tl_store *store, int year, struct tl_date today,
                         struct tl_err *err)
{
    const struct tl_audit_accounts accounts = {store, year, today};
    tl_status status = TL_OK;
    for (size_t i = 0; status == TL_OK && i < sizeof pages / sizeof pages[0]; i++)
        status = add_page(package, pages[i], year, err);
    if (status == TL_OK)
        status = add_accounts(package, &accounts, err);
    if (status == TL_OK)
        status = add_journal(package, store, err);
    for (const struct tl_embedded_file *query = NULL; status == TL_OK && (query = tl_query_next(query)) != NULL;)
        status = add_report(package, store, query, err);
    if (status == TL_OK)
        status = tl_dump_documents(store, year, tl_package_add, package, err);
    if (status == TL_OK)
        status = tl_dump_terms(store, tl_package_add, package, err);
    if (status == TL_OK)
        status = tl_dump_tables(store, tl_package_add, package, err);
    return status == TL_OK ? tl_package_end(package, err) : status;
}
