/* SPDX-License-Identifier: MPL-2.0 */
/* The sheet Kontoudtog: what people read. */
#include <inttypes.h>

#include "statement_sheets.h"

enum { DATE, ENTRY, KIND, PRODUCT, TEXT, DUE, REFERENCE, NET, VAT, CHARGED, PAID, BALANCE, COLUMNS };

/* of the columns before NET; amounts take what they need */
static const double widths[COLUMNS] = {11, 8, 12, 15.5, 44, 11, 18.5};

static const struct {
    const char *title;
    tl_form form;
} heads[COLUMNS] = {
    [DATE] = {"Dato", TL_FORM_TEXT},
    [ENTRY] = {"Bilag", TL_FORM_RIGHT},
    [KIND] = {"Art", TL_FORM_TEXT},
    [PRODUCT] = {"Produkt", TL_FORM_TEXT},
    [TEXT] = {"Tekst", TL_FORM_TEXT},
    [DUE] = {"Forfald", TL_FORM_TEXT},
    [REFERENCE] = {"Betalings-ID", TL_FORM_TEXT},
    [NET] = {"Ekskl. moms", TL_FORM_RIGHT},
    [VAT] = {"Moms", TL_FORM_RIGHT},
    [CHARGED] = {"Opkrævet", TL_FORM_RIGHT},
    [PAID] = {"Indbetalt", TL_FORM_RIGHT},
    [BALANCE] = {"Saldo", TL_FORM_RIGHT},
};

/* Rows from the top; the movements begin after the opening balance. */
enum { ROW_TITLE, ROW_OWNER, ROW_FACTS = 3, ROW_HEAD = 8, ROW_OPENING, ROW_FIRST };
enum {
    FACT_LABEL = DATE,
    FACT_VALUE = KIND,
    ISSUE_LABEL = DUE,
    ISSUE_VALUE = REFERENCE,
    SUM_LABEL = CHARGED,
    SUM_VALUE = BALANCE
};

struct page {
    const struct tl_statement_sheets *sheets;
    const struct tl_statement *statement;
    struct tl_sheet *sheet;
    size_t totals; /* the row of the totals; the closing balance stands below */
};

static const char *made(const struct page *page, const char *text)
{
    return tl_workbook_made(page->sheets->workbook, text);
}

static void fact(const struct page *page, size_t line, size_t label, const char *name, size_t column, tl_look look,
                 const char *value)
{
    tl_sheet_text(page->sheet, ROW_FACTS + line, label, TL_LOOK_LABEL, TL_FORM_TEXT, name);
    tl_sheet_text(page->sheet, ROW_FACTS + line, column, look, TL_FORM_CODE, value);
}

static void write_party(const struct page *page)
{
    const struct tl_party *party = page->statement->party;
    const struct tl_product *product = page->statement->product;
    if (party == NULL) {
        fact(page, 0, FACT_LABEL, "Produkt", FACT_VALUE, TL_LOOK_STRONG, product->name);
        fact(page, 1, FACT_LABEL, "Kode", FACT_VALUE, TL_LOOK_PLAIN, product->code);
        fact(page, 2, FACT_LABEL, "PSP-element", FACT_VALUE, TL_LOOK_PLAIN, product->psp);
        return;
    }
    fact(page, 0, FACT_LABEL, "Medlem", FACT_VALUE, TL_LOOK_STRONG, party->official_name);
    fact(page, 1, FACT_LABEL, "Adresse", FACT_VALUE, TL_LOOK_PLAIN, party->address);
    fact(page, 2, FACT_LABEL, "CVR-nummer", FACT_VALUE, TL_LOOK_PLAIN, party->cvr);
    fact(page, 3, FACT_LABEL, "EAN-nummer", FACT_VALUE, TL_LOOK_PLAIN, party->ean);
}

static void write_issue(const struct page *page)
{
    const struct tl_issue *issue = &page->statement->issue;
    char date[TL_DATE_TEXT_SIZE];
    const char *version = issue->replaces > 0 ? tl_arena_format(page->sheets->arena, "%d, erstatter version %d",
                                                                issue->version, issue->replaces)
                                              : tl_arena_format(page->sheets->arena, "%d", issue->version);
    fact(page, 0, ISSUE_LABEL, "Nummer", ISSUE_VALUE, TL_LOOK_STRONG, issue->number);
    fact(page, 1, ISSUE_LABEL, "Version", ISSUE_VALUE, TL_LOOK_PLAIN, made(page, version));
    fact(page, 2, ISSUE_LABEL, "Udstedt", ISSUE_VALUE, TL_LOOK_PLAIN, tl_date_da_long(issue->date, date));
    fact(page, 3, ISSUE_LABEL, "Periode", ISSUE_VALUE, TL_LOOK_PLAIN,
         made(page, tl_statement_period_da(page->statement->period, page->sheets->arena)));
}

/* The four figures of the statement, each taken from the table below. */
static void write_summary(const struct page *page)
{
    const struct tl_statement *statement = page->statement;
    char ref[TL_SHEET_REF_SIZE];
    const struct {
        const char *name;
        struct tl_money amount;
        size_t row, column;
    } figures[] = {
        {"Primosaldo", statement->opening, ROW_OPENING, BALANCE},
        {"Opkrævet", statement->charges, page->totals, CHARGED},
        {"Indbetalt", tl_money_negate(statement->payments), page->totals, PAID},
        {"Ultimosaldo", statement->closing, page->totals + 1, BALANCE},
    };
    for (size_t i = 0; i < sizeof figures / sizeof *figures; i++) {
        tl_look look = i == 3 ? TL_LOOK_STRONG : TL_LOOK_PLAIN;
        tl_sheet_text(page->sheet, ROW_FACTS + i, SUM_LABEL, i == 3 ? TL_LOOK_STRONG : TL_LOOK_LABEL, TL_FORM_TEXT,
                      figures[i].name);
        tl_sheet_money_formula(page->sheet, ROW_FACTS + i, SUM_VALUE, look, figures[i].amount, "=%s",
                               tl_sheet_ref(ref, figures[i].row, figures[i].column));
    }
}

static void write_top(const struct page *page)
{
    const struct tl_party *owner = page->statement->owner;
    const char *sender =
        tl_arena_format(page->sheets->arena, "%s, %s%sCVR-nummer %s", tl_statement_text(owner->official_name),
                        tl_statement_text(owner->address), tl_statement_text(owner->address)[0] == '\0' ? "" : ", ",
                        tl_statement_text(owner->cvr));
    tl_sheet_height(page->sheet, ROW_TITLE, 32);
    tl_sheet_text(page->sheet, ROW_TITLE, 0, TL_LOOK_TITLE, TL_FORM_TEXT, page->sheets->heading);
    tl_sheet_text(page->sheet, ROW_OWNER, 0, TL_LOOK_SUBTITLE, TL_FORM_TEXT, made(page, sender));
    write_party(page);
    write_issue(page);
    write_summary(page);
    tl_sheet_height(page->sheet, ROW_HEAD, 22);
    for (size_t i = 0; i < COLUMNS; i++)
        tl_sheet_text(page->sheet, ROW_HEAD, i, TL_LOOK_HEAD, heads[i].form,
                      i == PRODUCT && page->statement->party == NULL ? "Medlem" : heads[i].title);
}

/* What the row is, and below it for which period, on which invoice and what it covers. */
static const char *row_text(const struct page *page, const struct tl_statement_row *row)
{
    const char *name = tl_statement_text(row->line_name), *covers = tl_statement_text(row->covers);
    const char *period = made(page, tl_statement_period_da(row->period, page->sheets->arena));
    const char *first = name[0] == '\0' ? tl_statement_text(row->text) : name;
    const char *invoice = tl_statement_text(row->invoice);
    if (row->kind == TL_ROW_PAYMENT || (period[0] == '\0' && covers[0] == '\0'))
        return first;
    return tl_arena_format(page->sheets->arena, "%s\n%s%s%s%s%s", first, period, invoice[0] == '\0' ? "" : ", ",
                           invoice, period[0] != '\0' && covers[0] != '\0' ? ": " : "", covers);
}

static void write_row(const struct page *page, size_t at, const struct tl_statement_row *row, struct tl_money balance)
{
    struct tl_sheet *sheet = page->sheet;
    char before[TL_SHEET_REF_SIZE], charged[TL_SHEET_REF_SIZE], paid[TL_SHEET_REF_SIZE], net[TL_SHEET_REF_SIZE],
        vat[TL_SHEET_REF_SIZE];
    tl_sheet_fill(sheet, at, 0, COLUMNS - 1, TL_LOOK_ROW);
    tl_sheet_date(sheet, at, DATE, TL_LOOK_ROW, row->date);
    if (row->entry != 0)
        tl_sheet_number(sheet, at, ENTRY, TL_LOOK_ROW, row->entry);
    tl_sheet_text(sheet, at, KIND, TL_LOOK_ROW, TL_FORM_TEXT, tl_statement_kind_name(row, false));
    tl_sheet_text(sheet, at, PRODUCT, TL_LOOK_ROW, TL_FORM_TEXT,
                  page->statement->party == NULL ? row->party_name : row->product_name);
    tl_sheet_text(sheet, at, TEXT, TL_LOOK_ROW, TL_FORM_TEXT, made(page, row_text(page, row)));
    tl_sheet_date(sheet, at, DUE, TL_LOOK_ROW, row->due);
    tl_sheet_text(sheet, at, REFERENCE, TL_LOOK_ROW, TL_FORM_CODE, row->reference);
    if (row->kind == TL_ROW_PAYMENT)
        tl_sheet_money(sheet, at, PAID, TL_LOOK_ROW, tl_money_negate(row->gross));
    else {
        tl_sheet_money(sheet, at, NET, TL_LOOK_ROW, row->net);
        tl_sheet_money(sheet, at, VAT, TL_LOOK_ROW, row->vat);
        tl_sheet_money_formula(sheet, at, CHARGED, TL_LOOK_ROW, row->gross, "=ROUND(%s+%s,2)",
                               tl_sheet_ref(net, at, NET), tl_sheet_ref(vat, at, VAT));
    }
    tl_sheet_money_formula(sheet, at, BALANCE, TL_LOOK_ROW, balance, "=ROUND(%s+%s-%s,2)",
                           tl_sheet_ref(before, at - 1, BALANCE), tl_sheet_ref(charged, at, CHARGED),
                           tl_sheet_ref(paid, at, PAID));
}

static void write_opening(const struct page *page)
{
    tl_sheet_fill(page->sheet, ROW_OPENING, 0, COLUMNS - 1, TL_LOOK_ROW);
    tl_sheet_date(page->sheet, ROW_OPENING, DATE, TL_LOOK_ROW, page->statement->period.first);
    tl_sheet_text(page->sheet, ROW_OPENING, TEXT, TL_LOOK_ROW, TL_FORM_TEXT, "Primosaldo");
    tl_sheet_money(page->sheet, ROW_OPENING, BALANCE, TL_LOOK_ROW, page->statement->opening);
}

static void write_total(const struct page *page, size_t column, struct tl_money amount)
{
    char first[TL_SHEET_REF_SIZE], last[TL_SHEET_REF_SIZE];
    /* from the opening balance on, so that the range is never empty */
    tl_sheet_money_formula(page->sheet, page->totals, column, TL_LOOK_TOTAL, amount, "=ROUND(SUM(%s:%s),2)",
                           tl_sheet_ref(first, ROW_OPENING, column), tl_sheet_ref(last, page->totals - 1, column));
}

static void write_totals(const struct page *page)
{
    const struct tl_statement *statement = page->statement;
    char opening[TL_SHEET_REF_SIZE], charged[TL_SHEET_REF_SIZE], paid[TL_SHEET_REF_SIZE];
    struct tl_money net = page->sheets->summary.net;
    tl_sheet_fill(page->sheet, page->totals, 0, COLUMNS - 1, TL_LOOK_TOTAL);
    tl_sheet_fill(page->sheet, page->totals + 1, 0, COLUMNS - 1, TL_LOOK_TOTAL);
    tl_sheet_text(page->sheet, page->totals, TEXT, TL_LOOK_TOTAL, TL_FORM_TEXT, "I alt");
    write_total(page, NET, net);
    write_total(page, VAT, (struct tl_money){statement->charges.minor - net.minor});
    write_total(page, CHARGED, statement->charges);
    write_total(page, PAID, tl_money_negate(statement->payments));
    tl_sheet_date(page->sheet, page->totals + 1, DATE, TL_LOOK_TOTAL, statement->period.last);
    tl_sheet_text(page->sheet, page->totals + 1, TEXT, TL_LOOK_TOTAL, TL_FORM_TEXT, "Ultimosaldo");
    tl_sheet_money_formula(page->sheet, page->totals + 1, BALANCE, TL_LOOK_TOTAL, statement->closing,
                           "=ROUND(%s+%s-%s,2)", tl_sheet_ref(opening, ROW_OPENING, BALANCE),
                           tl_sheet_ref(charged, page->totals, CHARGED), tl_sheet_ref(paid, page->totals, PAID));
    tl_sheet_name_cell(page->sheet, "Primosaldo", ROW_OPENING, BALANCE);
    tl_sheet_name_cell(page->sheet, "Ultimosaldo", page->totals + 1, BALANCE);
}

static void write_section(const struct page *page, size_t at, const char *title)
{
    tl_sheet_height(page->sheet, at, 21);
    tl_sheet_fill(page->sheet, at, 0, COLUMNS - 1, TL_LOOK_SECTION);
    tl_sheet_text(page->sheet, at, 0, TL_LOOK_SECTION, TL_FORM_TEXT, title);
}

/* One comparison: an amount of the ledger, written as a value, against what the workbook makes of it. */
static void write_comparison(const struct page *page, size_t at, const char *name, struct tl_money ledger,
                             const char *formula)
{
    char ref[TL_SHEET_REF_SIZE];
    tl_sheet_text(page->sheet, at, DATE, TL_LOOK_PLAIN, TL_FORM_TEXT, name);
    tl_sheet_money(page->sheet, at, REFERENCE, TL_LOOK_PLAIN, ledger);
    tl_sheet_text_formula(page->sheet, at, NET, TL_LOOK_STRONG, "Stemmer",
                          "=IF(ROUND(%s-%s,2)=0,\"Stemmer\",\"Stemmer ikke\")", tl_sheet_ref(ref, at, REFERENCE),
                          formula);
}

static void write_comparisons(const struct page *page, size_t at)
{
    const struct tl_statement *statement = page->statement;
    char cell[TL_SHEET_REF_SIZE];
    write_section(page, at, "Kontrol mod kontobogen");
    write_comparison(page, at + 1, "Ultimosaldo ifølge kontobogen mod dette ark", statement->closing,
                     tl_sheet_ref(cell, page->totals + 1, BALANCE));
    write_comparison(page, at + 2, "Opkrævet ekskl. moms mod arket Beregning", page->sheets->summary.net,
                     "Beregning!" TL_WORKING_TOTAL_CELL);
    write_comparison(page, at + 3, "Opkrævet inkl. moms mod arket Import", statement->charges,
                     "SUM(Import!$U$2:$U$1048576)");
}

static void write_bottom(const struct page *page)
{
    const struct tl_issue *issue = &page->statement->issue;
    size_t at = page->totals + 2;
    char hex[TL_DIGEST_HEX_SIZE];
    tl_sheet_text(
        page->sheet, at, 0, TL_LOOK_SUBTITLE, TL_FORM_TEXT,
        made(page, tl_arena_format(page->sheets->arena,
                                   "Alle beløb er i %s. En positiv saldo er skyldig til %s; en negativ er til gode.",
                                   tl_statement_text(page->statement->currency),
                                   tl_statement_text(page->statement->owner->name))));
    write_comparisons(page, at + 2);
    at += 7;
    write_section(page, at, "Kontobogens kæde");
    const char *head = issue->head_entry == 0 ? "Kontobogen havde ingen poster, da kontoudtoget blev udstedt."
                                              : tl_arena_format(page->sheets->arena, "Post %" PRId64 ", SHA-256 %s",
                                                                issue->head_entry, tl_digest_hex(&issue->head, hex));
    tl_sheet_text(page->sheet, at + 1, 0, TL_LOOK_PLAIN, TL_FORM_TEXT, made(page, head));
    tl_sheet_text(page->sheet, at + 2, 0, TL_LOOK_SUBTITLE, TL_FORM_TEXT,
                  "Gem kontoudtoget: med tallet kan det senere påvises, hvis noget bogført før udstedelsen er ændret.");
}

void tl_statement_write_account(const struct tl_statement_sheets *sheets)
{
    const struct tl_statement *statement = sheets->statement;
    double fitted[COLUMNS];
    for (size_t i = 0; i < COLUMNS; i++)
        fitted[i] = i >= NET ? tl_statement_money_width(statement) : widths[i];
    const struct tl_sheet_setup setup = {.name = "Kontoudtog",
                                         .landscape = true,
                                         .widths = fitted,
                                         .width_count = COLUMNS,
                                         .header_left = tl_statement_text(statement->owner->official_name),
                                         .header_right = tl_statement_holder(statement),
                                         .footer_left = sheets->document,
                                         .footer_right = sheets->heading};
    struct page page = {sheets, statement, tl_workbook_sheet(sheets->workbook, &setup),
                        ROW_FIRST + statement->row_count};
    struct tl_money balance = statement->opening;
    write_top(&page);
    write_opening(&page);
    for (size_t i = 0; i < statement->row_count; i++) {
        balance.minor += statement->rows[i].gross.minor; /* within bounds: tl_statement_check added the same */
        write_row(&page, ROW_FIRST + i, &statement->rows[i], balance);
    }
    write_totals(&page);
    write_bottom(&page);
    tl_sheet_freeze(page.sheet, ROW_HEAD + 1, 0);
    tl_sheet_repeat(page.sheet, ROW_HEAD, ROW_HEAD);
}
