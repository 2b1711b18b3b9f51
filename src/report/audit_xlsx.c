/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/report/audit_xlsx.h"

#include <stdio.h>

#include "tilslut/report/sheet.h"
#include "tilslut/report/workbook.h"
#include "tilslut/store/stmt.h"

enum { SQL_BALANCES, SQL_POSTINGS };

/* ?1 is the year. A document is in the package when it was issued in the year or is about it. */
static const char *const SQL[] = {
    [SQL_BALANCES] = "SELECT c.code, c.name_da, c.type, "
                     "sum(iif(substr(e.holds_on, 1, 4) < ?1, p.amount_minor, 0)), "
                     "sum(iif(substr(e.holds_on, 1, 4) = ?1, max(p.amount_minor, 0), 0)), "
                     "sum(iif(substr(e.holds_on, 1, 4) = ?1, max(-p.amount_minor, 0), 0)), sum(p.amount_minor) "
                     "FROM posting p JOIN seal s ON s.entry_id = p.entry_id JOIN entry e ON e.id = p.entry_id "
                     "JOIN account c ON c.code = p.account_code WHERE substr(e.holds_on, 1, 4) <= ?1 GROUP BY c.code "
                     "ORDER BY c.code",
    [SQL_POSTINGS] =
        "WITH filed AS (SELECT * FROM document WHERE year = ?1 + 0 OR substr(issued_on, 1, 4) = ?1) "
        "SELECT e.id, e.holds_on, e.text, p.account_code, c.name_da, iif(c.type IN ('income', 'expense'), d.psp || '-' "
        "|| p.account_code, NULL), "
        "coalesce(p.party_code, ''), coalesce(p.product_code, ''), p.amount_minor, "
        "coalesce(i.number, f.number, ''), iif(f.id IS NULL, '', 'documents/' || printf('%06d-%s', f.id, "
        "f.file_name)), "
        "coalesce(k.body || ' ' || k.decided_on || ' ' || k.reference, ''), a.actor "
        "FROM entry e JOIN seal s ON s.entry_id = e.id JOIN posting p ON p.entry_id = e.id JOIN act a ON a.id = "
        "e.act_id "
        "JOIN account c ON c.code = p.account_code LEFT JOIN product d ON d.code = p.product_code "
        "LEFT JOIN invoice i ON i.entry_id = e.id LEFT JOIN run r ON r.id = e.run_id "
        "LEFT JOIN terms t ON t.id = r.terms_id LEFT JOIN decision k ON k.id = t.decision_id "
        "LEFT JOIN filed f ON f.id = coalesce((SELECT max(id) FROM filed WHERE number = i.number), "
        "(SELECT max(id) FROM filed WHERE kind = 'statement' AND party_code = p.party_code AND year = ?1 + 0)) "
        "WHERE substr(e.holds_on, 1, 4) = ?1 ORDER BY e.id, p.seq",
};

struct head {
    const char *title;
    tl_form form;
    double width;
};

enum { B_CODE, B_NAME, B_TYPE, B_OPENING, B_DEBIT, B_CREDIT, B_CLOSING, B_COUNT };
static const struct head balance_heads[B_COUNT] = {
    [B_CODE] = {"Konto", TL_FORM_TEXT, 9},
    [B_NAME] = {"Navn", TL_FORM_TEXT, 40},
    [B_TYPE] = {"Art", TL_FORM_TEXT, 14},
    [B_OPENING] = {"Primo", TL_FORM_RIGHT, 18},
    [B_DEBIT] = {"Debet i året", TL_FORM_RIGHT, 18},
    [B_CREDIT] = {"Kredit i året", TL_FORM_RIGHT, 18},
    [B_CLOSING] = {"Ultimo", TL_FORM_RIGHT, 18},
};

enum {
    P_ENTRY,
    P_DATE,
    P_TEXT,
    P_ACCOUNT,
    P_NAME,
    P_PSP,
    P_PARTY,
    P_PRODUCT,
    P_AMOUNT,
    P_DOCUMENT,
    P_DECISION,
    P_ACTOR,
    P_COUNT
};
static const struct head posting_heads[P_COUNT] = {
    [P_ENTRY] = {"Bilag", TL_FORM_RIGHT, 8},         [P_DATE] = {"Dato", TL_FORM_TEXT, 12},
    [P_TEXT] = {"Tekst", TL_FORM_TEXT, 38},          [P_ACCOUNT] = {"Konto", TL_FORM_TEXT, 9},
    [P_NAME] = {"Kontonavn", TL_FORM_TEXT, 30},      [P_PSP] = {"PSP-element", TL_FORM_TEXT, 22},
    [P_PARTY] = {"Part", TL_FORM_TEXT, 9},           [P_PRODUCT] = {"Produkt", TL_FORM_TEXT, 16},
    [P_AMOUNT] = {"Beløb", TL_FORM_RIGHT, 18},       [P_DOCUMENT] = {"Dokument", TL_FORM_TEXT, 20},
    [P_DECISION] = {"Beslutning", TL_FORM_TEXT, 34}, [P_ACTOR] = {"Bogført af", TL_FORM_TEXT, 18},
};

static const char *type_da(const char *type)
{
    return tl_text_equal(type, "asset")       ? "aktiv"
           : tl_text_equal(type, "liability") ? "gæld"
           : tl_text_equal(type, "equity")    ? "egenkapital"
           : tl_text_equal(type, "income")    ? "indtægt"
                                              : "udgift";
}

/* A sheet with its head in the first row. The widths are filled in and must live as long as the sheet. */
static struct tl_sheet *begin_sheet(struct tl_workbook *workbook, const char *name, const char *heading,
                                    const struct head *heads, double *widths, size_t count)
{
    for (size_t i = 0; i < count; i++)
        widths[i] = heads[i].width;
    const struct tl_sheet_setup setup = {.name = name,
                                         .landscape = true,
                                         .widths = widths,
                                         .width_count = count,
                                         .header_left = heading,
                                         .header_right = name};
    struct tl_sheet *sheet = tl_workbook_sheet(workbook, &setup);
    for (size_t i = 0; i < count; i++)
        tl_sheet_text(sheet, 0, i, TL_LOOK_HEAD, heads[i].form, heads[i].title);
    tl_sheet_freeze(sheet, 1, 0);
    tl_sheet_repeat(sheet, 0, 0);
    return sheet;
}

static void write_balance(struct tl_sheet *sheet, size_t row, struct tl_stmt *stmt)
{
    tl_sheet_text(sheet, row, B_CODE, TL_LOOK_ROW, TL_FORM_CODE, tl_stmt_text(stmt, B_CODE));
    tl_sheet_text(sheet, row, B_NAME, TL_LOOK_ROW, TL_FORM_TEXT, tl_stmt_text(stmt, B_NAME));
    tl_sheet_text(sheet, row, B_TYPE, TL_LOOK_ROW, TL_FORM_TEXT, type_da(tl_stmt_text(stmt, B_TYPE)));
    for (int column = B_OPENING; column <= B_CLOSING; column++)
        tl_sheet_money(sheet, row, (size_t)column, TL_LOOK_ROW, (struct tl_money){tl_stmt_int(stmt, column)});
}

static void write_posting(struct tl_sheet *sheet, size_t row, struct tl_stmt *stmt)
{
    tl_sheet_number(sheet, row, P_ENTRY, TL_LOOK_ROW, tl_stmt_int(stmt, 0));
    tl_sheet_date(sheet, row, P_DATE, TL_LOOK_ROW, tl_stmt_date(stmt, 1));
    tl_sheet_text(sheet, row, P_TEXT, TL_LOOK_ROW, TL_FORM_TEXT, tl_stmt_text(stmt, 2));
    for (int column = P_ACCOUNT; column <= P_PRODUCT; column++)
        tl_sheet_text(sheet, row, (size_t)column, TL_LOOK_ROW, column == P_NAME ? TL_FORM_TEXT : TL_FORM_CODE,
                      tl_stmt_text(stmt, column));
    tl_sheet_money(sheet, row, P_AMOUNT, TL_LOOK_ROW, (struct tl_money){tl_stmt_int(stmt, 8)});
    tl_sheet_link(sheet, row, P_DOCUMENT, TL_LOOK_ROW, tl_stmt_text(stmt, 9), tl_stmt_text(stmt, 10));
    tl_sheet_text(sheet, row, P_DECISION, TL_LOOK_ROW, TL_FORM_TEXT, tl_stmt_text(stmt, 11));
    tl_sheet_text(sheet, row, P_ACTOR, TL_LOOK_ROW, TL_FORM_TEXT, tl_stmt_text(stmt, 12));
}

/* The last row: what the columns of amounts sum to. The sum of all amounts of balanced entries is zero. */
static void write_totals(struct tl_sheet *sheet, size_t row, size_t count, size_t first, size_t last,
                         const int64_t *sums)
{
    char from[TL_SHEET_REF_SIZE], to[TL_SHEET_REF_SIZE];
    tl_sheet_fill(sheet, row, 0, count - 1, TL_LOOK_TOTAL);
    tl_sheet_text(sheet, row, 1, TL_LOOK_TOTAL, TL_FORM_TEXT, "I alt");
    for (size_t column = first; column <= last; column++)
        tl_sheet_money_formula(sheet, row, column, TL_LOOK_TOTAL, (struct tl_money){sums[column - first]},
                               "=ROUND(SUM(%s:%s),2)", tl_sheet_ref(from, 1, column),
                               tl_sheet_ref(to, row - 1, column));
}

static tl_status write_rows(struct tl_sheet *sheet, const struct tl_audit_accounts *accounts, int which,
                            struct tl_err *err)
{
    struct tl_stmt *stmt;
    char year[16];
    int64_t sums[4] = {0};
    size_t at = 1;
    bool row, is_balances = which == SQL_BALANCES;
    tl_status status = tl_stmt_get(&stmt, accounts->store, SQL[which], err);
    if (status != TL_OK)
        return status;
    snprintf(year, sizeof year, "%04d", accounts->year);
    tl_stmt_bind_text(stmt, 1, year);
    for (; (status = tl_stmt_next(stmt, &row, err)) == TL_OK && row; at++) {
        for (int i = 0; i < (is_balances ? 4 : 1); i++)
            sums[i] += tl_stmt_int(stmt, (is_balances ? (int)B_OPENING : (int)P_AMOUNT) + i);
        if (is_balances)
            write_balance(sheet, at, stmt);
        else
            write_posting(sheet, at, stmt);
    }
    if (status == TL_OK && is_balances)
        write_totals(sheet, at, B_COUNT, B_OPENING, B_CLOSING, sums);
    else if (status == TL_OK)
        write_totals(sheet, at, P_COUNT, P_AMOUNT, P_AMOUNT, sums);
    return status;
}

static tl_status write_workbook(struct tl_buf *out, const void *content, struct tl_err *err)
{
    const struct tl_audit_accounts *accounts = content;
    struct tl_workbook *workbook = NULL;
    char heading[64];
    double balance_widths[B_COUNT], posting_widths[P_COUNT];
    snprintf(heading, sizeof heading, "Regnskab for %d", accounts->year);
    const struct tl_workbook_about about = {.title = heading,
                                            .subject = "Revisionsmappe",
                                            .author = tl_store_owner(accounts->store),
                                            .language = "da-DK",
                                            .created = accounts->today};
    tl_status status = tl_workbook_new(&workbook, &about, err);
    if (status == TL_OK)
        status = write_rows(begin_sheet(workbook, "Saldobalance", heading, balance_heads, balance_widths, B_COUNT),
                            accounts, SQL_BALANCES, err);
    if (status == TL_OK)
        status = write_rows(begin_sheet(workbook, "Posteringer", heading, posting_heads, posting_widths, P_COUNT),
                            accounts, SQL_POSTINGS, err);
    if (status == TL_OK)
        status = tl_workbook_finish(out, workbook, err);
    tl_workbook_free(workbook);
    return status;
}

tl_status tl_audit_xlsx(struct tl_buf *out, const struct tl_audit_accounts *accounts, struct tl_err *err)
{
    return tl_workbook_write(out, write_workbook, accounts, err);
}
