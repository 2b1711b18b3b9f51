/* SPDX-License-Identifier: MPL-2.0 */
#include "invoice_number.h"

#include <inttypes.h>

#include "tilslut/store/stmt.h"

enum { SQL_NEXT, SQL_LAST, SQL_ENTRY, SQL_ADD };

static const char *const SQL[] = {
    [SQL_NEXT] = "SELECT coalesce(max(seq), 0) + 1 FROM invoice WHERE series = ?1",
    [SQL_LAST] = "SELECT i.number FROM invoice i JOIN run r ON r.id = i.run_id WHERE i.party_code = ?1 AND "
                 "i.kind = 'invoice' AND r.product_code = ?2 AND r.year = ?3 "
                 "ORDER BY i.order_reference <> ?4, i.series DESC, i.seq DESC LIMIT 1",
    [SQL_ENTRY] = "SELECT entry_id FROM invoice WHERE number = ?1",
    [SQL_ADD] = ("INSERT INTO invoice (number, series, seq, run_id, party_code, entry_id, kind, order_reference, "
                 "corrects, act_id) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, nullif(?9, ''), ?10)"),
};

/* The digits of the number, so that 2026-0001 is 20260001: no two numbers have the same, since each begins with its
 * year of four digits. */
static tl_status make_payment_id(struct tl_invoice_number *number, struct tl_err *err)
{
    enum { TEN_THOUSAND = 10000 };
    int64_t power = TEN_THOUSAND;
    while (power <= number->seq)
        power *= 10;
    return tl_payment_id_make(number->year * power + number->seq, number->payment_id, err);
}

tl_status tl_invoice_number_next(struct tl_invoice_number *out, struct tl_store *store, int year,
                                 struct tl_arena *arena, struct tl_err *err)
{
    struct tl_stmt *stmt;
    *out = (struct tl_invoice_number){.year = year};
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_NEXT], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_int(stmt, 1, year);
    status = tl_stmt_answer(stmt, &out->seq, err);
    if (status != TL_OK)
        return status;
    out->number = tl_arena_format(arena, "%04d-%04" PRId64, year, out->seq);
    return out->number == NULL ? tl_err_memory(err) : make_payment_id(out, err);
}

tl_status tl_invoice_number_last(const char **out, struct tl_store *store, const char *product, int year,
                                 const char *party, const char *order, struct tl_arena *arena, struct tl_err *err)
{
    struct tl_stmt *stmt;
    bool row;
    *out = "";
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_LAST], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_text(stmt, 1, party);
    tl_stmt_bind_text(stmt, 2, product);
    tl_stmt_bind_int(stmt, 3, year);
    tl_stmt_bind_text(stmt, 4, order);
    status = tl_stmt_next(stmt, &row, err);
    if (status == TL_OK && row) {
        *out = tl_stmt_copy(stmt, 0, arena);
        status = *out == NULL ? tl_err_memory(err) : TL_OK;
    }
    tl_stmt_end(stmt);
    return status;
}

tl_status tl_invoice_number_entry(int64_t *out, struct tl_store *store, const char *number, struct tl_err *err)
{
    struct tl_stmt *stmt;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_ENTRY], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_text(stmt, 1, number);
    return tl_stmt_answer(stmt, out, err);
}

tl_status tl_invoice_number_add(struct tl_store *store, const struct tl_invoice_number *number, int64_t run,
                                const char *party, const char *order, int64_t entry, const char *kind,
                                const char *corrects, struct tl_err *err)
{
    struct tl_stmt *stmt;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_ADD], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_text(stmt, 1, number->number);
    tl_stmt_bind_int(stmt, 2, number->year);
    tl_stmt_bind_int(stmt, 3, number->seq);
    tl_stmt_bind_int(stmt, 4, run);
    tl_stmt_bind_text(stmt, 5, party);
    tl_stmt_bind_int(stmt, 6, entry);
    tl_stmt_bind_text(stmt, 7, kind);
    tl_stmt_bind_text(stmt, 8, order);
    tl_stmt_bind_text(stmt, 9, corrects);
    tl_stmt_bind_int(stmt, 10, tl_store_act(store));
    return tl_stmt_run(stmt, err);
}
