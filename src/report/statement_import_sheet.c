/* SPDX-License-Identifier: MPL-2.0 */
/* The sheet Import: what a member's finance system reads. */
#include <string.h>

#include "statement_sheets.h"

/* The columns in their order, X(name, title, width). Their names are a promise: see statement_xlsx.h. */
#define COLUMNS(X)                                                                                                     \
    X(ENTRY, "Bilagsnummer", 17)                                                                                       \
    X(DATE, "Bilagsdato", 15)                                                                                          \
    X(KIND, "Art", 12.5)                                                                                               \
    X(CVR, "CVR", 10.5)                                                                                                \
    X(EAN, "EAN", 16)                                                                                                  \
    X(ORDER, "Ordrereference", 19.5)                                                                                   \
    X(PERSON, "Personreference", 20.5)                                                                                 \
    X(PRODUCT, "Produktkode", 17)                                                                                      \
    X(PRODUCT_NAME, "Produkt", 19)                                                                                     \
    X(PSP, "PSP-element", 23)                                                                                          \
    X(ACCOUNT, "Konto", 10)                                                                                            \
    X(ACCOUNT_STRING, "Kontostreng", 24)                                                                               \
    X(LINE, "Linje", 16)                                                                                               \
    X(TEXT, "Tekst", 40)                                                                                               \
    X(FROM, "Periode fra", 16)                                                                                         \
    X(TO, "Periode til", 16)                                                                                           \
    X(NET, "Netto", 14)                                                                                                \
    X(VAT_CODE, "Momskode", 13)                                                                                        \
    X(VAT_RATE, "Momssats", 13)                                                                                        \
    X(VAT, "Moms", 13)                                                                                                 \
    X(GROSS, "Brutto", 14)                                                                                             \
    X(CURRENCY, "Valuta", 10.5)                                                                                        \
    X(DUE, "Forfaldsdato", 17)                                                                                         \
    X(REFERENCE, "Betalings-ID", 20)                                                                                   \
    X(CREDITOR, "Kreditor-CVR", 17.5)                                                                                  \
    X(STATEMENT, "Kontoudtog", 20)                                                                                     \
    X(VERSION, "Version", 12)                                                                                          \
    X(INVOICE, "Fakturanummer", 18)                                                                                    \
    X(PARTY, "Medlemskode", 16)                                                                                        \
    X(PURPOSE, "Formål", 20)

#define COLUMN_ENUM(name, title, width) name,
enum { COLUMNS(COLUMN_ENUM) COLUMN_COUNT };
#undef COLUMN_ENUM

#define COLUMN_TITLE(name, title, width) title,
static const char *const titles[] = {COLUMNS(COLUMN_TITLE)};
#undef COLUMN_TITLE

#define COLUMN_WIDTH(name, title, width) width,
static const double widths[] = {COLUMNS(COLUMN_WIDTH)};
#undef COLUMN_WIDTH

/* The comparison on the sheet Kontoudtog sums column U. */
_Static_assert(GROSS == 'U' - 'A', "Brutto is column U");

/* `Opkrævning 2026, OS2valghalla: Vederlag`: the lines of one entry have its text and their own names. */
static const char *row_text(const struct tl_statement_sheets *sheets, const struct tl_statement_row *row)
{
    const char *name = tl_statement_text(row->line_name), *text = tl_statement_text(row->text);
    if (name[0] == '\0')
        return text;
    return tl_workbook_made(sheets->workbook, tl_arena_format(sheets->arena, "%s: %s", text, name));
}

/* The number alone: `faktura 2026-0001` says what it is for people. */
static const char *invoice_number(const struct tl_statement_row *row)
{
    const char *blank = strrchr(tl_statement_text(row->invoice), ' ');
    return blank == NULL ? tl_statement_text(row->invoice) : blank + 1;
}

static void write_codes(const struct tl_statement_sheets *sheets, struct tl_sheet *sheet, size_t at,
                        const struct tl_statement_row *row)
{
    const struct tl_statement *statement = sheets->statement;
    const struct tl_party *party = statement->party;
    bool has_own_ean = tl_statement_text(row->ean)[0] != '\0' || party == NULL;
    const struct {
        size_t column;
        const char *text;
    } codes[] = {
        {KIND, tl_statement_kind_name(row, false)},
        {CVR, party == NULL ? row->party_cvr : party->cvr},
        {EAN, has_own_ean ? row->ean : party->ean},
        {ORDER, row->order_reference},
        {PERSON, row->person_reference},
        {PRODUCT, row->product_code},
        {PRODUCT_NAME, row->product_name},
        {PSP, row->psp},
        {ACCOUNT, row->account},
        {ACCOUNT_STRING, row->account_string},
        {LINE, row->line_id},
        {VAT_CODE, row->vat_code},
        {CURRENCY, statement->currency},
        {REFERENCE, row->reference},
        {CREDITOR, statement->owner->cvr},
        {STATEMENT, statement->issue.number},
        {INVOICE, invoice_number(row)},
        {PARTY, row->party_code},
        {PURPOSE, tl_statement_purpose_name(row->purpose, false)},
    };
    tl_sheet_text(sheet, at, TEXT, TL_LOOK_PLAIN, TL_FORM_TEXT, row_text(sheets, row));
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
        tl_sheet_text(sheet, at, codes[i].column, TL_LOOK_PLAIN, TL_FORM_CODE, codes[i].text);
}

static void write_row(const struct tl_statement_sheets *sheets, struct tl_sheet *sheet, size_t at,
                      const struct tl_statement_row *row)
{
    write_codes(sheets, sheet, at, row);
    tl_sheet_number(sheet, at, ENTRY, TL_LOOK_PLAIN, row->entry);
    tl_sheet_date(sheet, at, DATE, TL_LOOK_PLAIN, row->date);
    tl_sheet_date(sheet, at, FROM, TL_LOOK_PLAIN, row->period.first);
    tl_sheet_date(sheet, at, TO, TL_LOOK_PLAIN, row->period.last);
    tl_sheet_date(sheet, at, DUE, TL_LOOK_PLAIN, row->due);
    tl_sheet_money(sheet, at, NET, TL_LOOK_PLAIN, row->net);
    tl_sheet_money(sheet, at, VAT, TL_LOOK_PLAIN, row->vat);
    tl_sheet_money(sheet, at, GROSS, TL_LOOK_PLAIN, row->gross);
    tl_sheet_percent(sheet, at, VAT_RATE, TL_LOOK_PLAIN, row->vat_rate);
    tl_sheet_number(sheet, at, VERSION, TL_LOOK_PLAIN, sheets->statement->issue.version);
}

void tl_statement_write_import(const struct tl_statement_sheets *sheets)
{
    const struct tl_statement *statement = sheets->statement;
    double fitted[COLUMN_COUNT];
    for (size_t i = 0; i < COLUMN_COUNT; i++)
        fitted[i] = i == NET || i == VAT || i == GROSS ? tl_statement_money_width(statement) : widths[i];
    const struct tl_sheet_setup setup = {.name = "Import",
                                         .landscape = true,
                                         .gridlines = true,
                                         .pages_wide = 3,
                                         .widths = fitted,
                                         .width_count = COLUMN_COUNT,
                                         .header_left = tl_statement_text(statement->owner->official_name),
                                         .header_right = tl_statement_holder(statement),
                                         .footer_left = sheets->document,
                                         .footer_right = sheets->heading};
    struct tl_sheet *sheet = tl_workbook_sheet(sheets->workbook, &setup);
    size_t at = 1;
    for (size_t i = 0; i < COLUMN_COUNT; i++)
        tl_sheet_text(sheet, 0, i, TL_LOOK_HEAD, TL_FORM_TEXT, titles[i]);
    for (size_t i = 0; i < statement->row_count; i++)
        if (statement->rows[i].kind != TL_ROW_PAYMENT)
            write_row(sheets, sheet, at++, &statement->rows[i]);
    if (at > 1) /* a table object needs a row below its head */
        tl_sheet_table(sheet, 0, at - 1, "Linjer", titles, COLUMN_COUNT);
    tl_sheet_freeze(sheet, 1, 0);
    tl_sheet_repeat(sheet, 0, 0);
}
