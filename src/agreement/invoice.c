/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/agreement/invoice.h"

#include <inttypes.h>

#include "tilslut/store/stmt.h"

#define SUM_OF(column)                                                                                                 \
    "(SELECT coalesce(sum(" column "), 0) FROM run_line WHERE run_id = i.run_id AND party_code = "                     \
    "i.party_code AND order_reference = i.order_reference)"
#define COLUMNS                                                                                                        \
    "SELECT i.number, i.kind, i.party_code, r.product_code, r.year, r.period_first, r.period_last, i.run_id, "         \
    "i.entry_id, e.holds_on, e.due_on, e.reference, coalesce(i.corrects, ''), " SUM_OF("net_minor") ", " SUM_OF(       \
        "vat_minor") ", (SELECT coalesce(sum(l.net_minor + l.vat_minor), 0) FROM invoice c JOIN run_line l "           \
                     "ON l.run_id = c.run_id AND l.party_code = c.party_code AND l.order_reference = "                 \
                     "c.order_reference "                                                                              \
                     "WHERE c.corrects = i.number AND c.act_id <= ?1), i.order_reference "                             \
                     "FROM invoice i JOIN run r ON r.id = i.run_id JOIN entry e ON e.id = i.entry_id WHERE i.act_id "  \
                     "<= ?1"

enum { SQL_FIND, SQL_LIST, SQL_OF_ENTRY, SQL_GAPS, SQL_WITHOUT, SQL_TOO_MUCH };

static const char *const SQL[] = {
    [SQL_FIND] = COLUMNS " AND i.number = ?2",
    [SQL_LIST] = COLUMNS " AND (?2 IS NULL OR i.party_code = ?2) ORDER BY i.series, i.seq",
    [SQL_OF_ENTRY] = "SELECT number FROM invoice WHERE entry_id = ?1",
    [SQL_GAPS] = "SELECT series, count(*), max(seq) FROM invoice GROUP BY series HAVING count(*) <> max(seq) "
                 "ORDER BY series",
    [SQL_WITHOUT] =
        "SELECT e.id, coalesce(i.number, '') FROM entry e LEFT JOIN invoice i ON i.entry_id = e.id "
        "WHERE e.run_id IS NOT NULL AND e.kind <> 'transfer' AND (i.number IS NULL OR i.run_id <> e.run_id OR "
        "(i.kind = 'credit note') <> (e.kind = 'credit') OR NOT EXISTS (SELECT 1 FROM posting p WHERE "
        "p.entry_id = e.id AND p.party_code = i.party_code)) ORDER BY e.id",
    /* of a line, by the credit notes that were asked for */
    [SQL_TOO_MUCH] = "SELECT DISTINCT i.number FROM invoice i JOIN run r ON r.corrects = i.number "
                     "JOIN run_end e ON e.run_id = r.id AND e.outcome = 'approved' JOIN run_line l ON l.run_id = r.id "
                     "GROUP BY i.number, l.line_id HAVING -sum(l.net_minor) > (SELECT coalesce(sum(c.net_minor), 0) "
                     "FROM run_line c WHERE c.run_id = i.run_id AND c.party_code = i.party_code AND "
                     "c.order_reference = i.order_reference AND c.line_id = l.line_id) ORDER BY 1",
};

static tl_status read_row(struct tl_invoice_row *out, struct tl_stmt *stmt, struct tl_arena *arena, struct tl_err *err)
{
    *out = (struct tl_invoice_row){.number = tl_stmt_copy(stmt, 0, arena),
                                   .kind = tl_stmt_copy(stmt, 1, arena),
                                   .party = tl_stmt_copy(stmt, 2, arena),
                                   .product = tl_stmt_copy(stmt, 3, arena),
                                   .year = (int)tl_stmt_int(stmt, 4),
                                   .period = {tl_stmt_date(stmt, 5), tl_stmt_date(stmt, 6)},
                                   .run = tl_stmt_int(stmt, 7),
                                   .entry = tl_stmt_int(stmt, 8),
                                   .date = tl_stmt_date(stmt, 9),
                                   .due = tl_stmt_date(stmt, 10),
                                   .reference = tl_stmt_copy(stmt, 11, arena),
                                   .corrects = tl_stmt_copy(stmt, 12, arena),
                                   .net = {tl_stmt_int(stmt, 13)},
                                   .vat = {tl_stmt_int(stmt, 14)},
                                   .credited = {tl_stmt_int(stmt, 15)},
                                   .order = tl_stmt_copy(stmt, 16, arena)};
    if (out->number == NULL || out->kind == NULL || out->party == NULL || out->product == NULL ||
        out->reference == NULL || out->corrects == NULL || out->order == NULL)
        return tl_err_memory(err);
    return tl_money_add(&out->gross, out->net, out->vat, err);
}

tl_status tl_invoice_find(struct tl_invoice_row *out, struct tl_store *store, const char *number,
                          struct tl_arena *arena, struct tl_err *err)
{
    struct tl_stmt *stmt;
    bool row;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_FIND], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_int(stmt, 1, tl_store_known(store));
    tl_stmt_bind_text(stmt, 2, number);
    status = tl_stmt_next(stmt, &row, err);
    if (status == TL_OK && !row) {
        (void)tl_err_set(err, TL_ERR_NOT_FOUND, "there is no invoice '%.60s'", number);
        tl_err_hint(err, "tilslut list invoices shows them");
        return TL_ERR_NOT_FOUND;
    }
    if (status == TL_OK)
        status = read_row(out, stmt, arena, err);
    tl_stmt_end(stmt);
    return status;
}

tl_status tl_invoice_list(struct tl_invoice_row **out, size_t *count, struct tl_store *store, const char *party,
                          struct tl_arena *arena, struct tl_err *err)
{
    struct tl_stmt *stmt;
    struct tl_invoice_row *rows = NULL;
    size_t capacity = 0;
    bool row;
    *count = 0;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_LIST], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_int(stmt, 1, tl_store_known(store));
    tl_stmt_bind_text(stmt, 2, party);
    while (status == TL_OK && (status = tl_stmt_next(stmt, &row, err)) == TL_OK && row) {
        rows = tl_arena_grow(arena, rows, *count, &capacity, sizeof *rows);
        if (rows == NULL)
            return tl_err_memory(err);
        status = read_row(&rows[(*count)++], stmt, arena, err);
    }
    tl_stmt_end(stmt);
    *out = rows;
    return status;
}

tl_status tl_invoice_of_entry(const char **out, struct tl_store *store, int64_t entry, struct tl_arena *arena,
                              struct tl_err *err)
{
    struct tl_stmt *stmt;
    bool row;
    *out = "";
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_OF_ENTRY], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_int(stmt, 1, entry);
    status = tl_stmt_next(stmt, &row, err);
    if (status == TL_OK && row) {
        *out = tl_stmt_copy(stmt, 0, arena);
        status = *out == NULL ? tl_err_memory(err) : TL_OK;
    }
    tl_stmt_end(stmt);
    return status;
}

static const char CHECK[] = "invoices";

static tl_status verify_gaps(struct tl_findings *findings, struct tl_store *store, struct tl_err *err)
{
    struct tl_stmt *stmt;
    bool row;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_GAPS], err);
    while (status == TL_OK && (status = tl_stmt_next(stmt, &row, err)) == TL_OK && row)
        status = tl_findings_add(findings, err, CHECK,
                                 "the series of %" PRId64 " has %" PRId64 " numbers, of which the last is %" PRId64,
                                 tl_stmt_int(stmt, 0), tl_stmt_int(stmt, 1), tl_stmt_int(stmt, 2));
    return status;
}

static tl_status verify_entries(struct tl_findings *findings, struct tl_store *store, struct tl_err *err)
{
    struct tl_stmt *stmt;
    bool row;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_WITHOUT], err);
    while (status == TL_OK && (status = tl_stmt_next(stmt, &row, err)) == TL_OK && row) {
        const char *number = tl_stmt_text(stmt, 1);
        if (number[0] == '\0')
            status = tl_findings_add(findings, err, CHECK, "entry %" PRId64 " of a run has no invoice",
                                     tl_stmt_int(stmt, 0));
        else
            status = tl_findings_add(findings, err, CHECK, "invoice %s is not what entry %" PRId64 " posted", number,
                                     tl_stmt_int(stmt, 0));
    }
    return status;
}

static tl_status verify_credits(struct tl_findings *findings, struct tl_store *store, struct tl_err *err)
{
    struct tl_stmt *stmt;
    bool row;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_TOO_MUCH], err);
    while (status == TL_OK && (status = tl_stmt_next(stmt, &row, err)) == TL_OK && row)
        status = tl_findings_add(findings, err, CHECK, "more is credited of a line of invoice %s than it charged",
                                 tl_stmt_text(stmt, 0));
    return status;
}

tl_status tl_invoice_verify(struct tl_findings *findings, struct tl_store *store, struct tl_err *err)
{
    tl_status status = verify_gaps(findings, store, err);
    if (status == TL_OK)
        status = verify_entries(findings, store, err);
    return status == TL_OK ? verify_credits(findings, store, err) : status;
}
