/* SPDX-License-Identifier: MPL-2.0 */
/* The sheet Oversigt: one page that says what the account comes to. And Medlemmer, of a product's account. */
#include <inttypes.h>

#include "statement_sheets.h"

enum { LABEL, TEXT, DATE, AMOUNT, COLUMNS };
enum { ROW_TITLE, ROW_OWNER, ROW_FACTS = 3 };

/* The page while it is written. */
struct front {
    const struct tl_statement_sheets *sheets;
    const struct tl_statement *statement;
    struct tl_sheet *sheet;
    size_t at; /* the next free row */
};

static const char *made(const struct front *front, const char *text)
{
    return tl_workbook_made(front->sheets->workbook, text);
}

static void section(struct front *front, const char *title)
{
    front->at++;
    tl_sheet_height(front->sheet, front->at, 21);
    tl_sheet_fill(front->sheet, front->at, 0, COLUMNS - 1, TL_LOOK_SECTION);
    tl_sheet_text(front->sheet, front->at++, 0, TL_LOOK_SECTION, TL_FORM_TEXT, title);
}

static void fact(struct front *front, const char *label, const char *text)
{
    if (tl_statement_text(text)[0] == '\0')
        return;
    tl_sheet_text(front->sheet, front->at, LABEL, TL_LOOK_LABEL, TL_FORM_TEXT, label);
    tl_sheet_text(front->sheet, front->at++, TEXT, TL_LOOK_PLAIN, TL_FORM_CODE, text);
}

static void amount(struct front *front, tl_look look, const char *label, const char *text, struct tl_money money)
{
    tl_sheet_fill(front->sheet, front->at, 0, COLUMNS - 1, look);
    tl_sheet_text(front->sheet, front->at, LABEL, look, TL_FORM_TEXT, label);
    if (text[0] != '\0')
        tl_sheet_text(front->sheet, front->at, TEXT, look, TL_FORM_TEXT, text);
    tl_sheet_money(front->sheet, front->at++, AMOUNT, look, money);
}

static void write_facts(struct front *front)
{
    const struct tl_statement *statement = front->statement;
    const struct tl_party *owner = statement->owner;
    struct tl_arena *arena = front->sheets->arena;
    char date[TL_DATE_TEXT_SIZE];
    tl_sheet_height(front->sheet, ROW_TITLE, 32);
    tl_sheet_text(front->sheet, ROW_TITLE, 0, TL_LOOK_TITLE, TL_FORM_TEXT, front->sheets->heading);
    tl_sheet_text(front->sheet, ROW_OWNER, 0, TL_LOOK_SUBTITLE, TL_FORM_TEXT,
                  made(front, tl_arena_format(arena, "%s, CVR-nummer %s", tl_statement_text(owner->official_name),
                                              tl_statement_text(owner->cvr))));
    front->at = ROW_FACTS;
    if (statement->party != NULL) {
        fact(front, "Medlem", statement->party->official_name);
        fact(front, "Adresse", statement->party->address);
        fact(front, "CVR-nummer", statement->party->cvr);
        fact(front, "EAN-nummer", statement->party->ean);
    } else {
        fact(front, "Produkt", statement->product->name);
        fact(front, "PSP-element", statement->product->psp);
    }
    fact(front, "Periode", made(front, tl_statement_period_da(statement->period, arena)));
    fact(front, "Nummer", front->sheets->document);
    fact(front, "Udstedt", tl_date_da_long(statement->issue.date, date));
    if (!tl_date_is_none(statement->known_on))
        fact(front, "Viden pr.", tl_date_da_long(statement->known_on, date));
}

/* The account by purpose; each figure follows from the sheet Kontoudtog's rows, and the sum from what stands above. */
static void write_account(struct front *front)
{
    const struct tl_statement *statement = front->statement;
    const struct tl_statement_summary *summary = &front->sheets->summary;
    char first[TL_SHEET_REF_SIZE], last[TL_SHEET_REF_SIZE], date[TL_DATE_TEXT_SIZE];
    section(front, "Kontoen i perioden");
    size_t from = front->at;
    amount(front, TL_LOOK_ROW, "Primosaldo",
           made(front, tl_arena_format(front->sheets->arena, "skyldig ved begyndelsen af %s",
                                       tl_date_da_long(statement->period.first, date))),
           statement->opening);
    for (size_t i = 0; i < TL_PURPOSE_COUNT; i++)
        if (!tl_money_is_zero(summary->purposes[i]))
            amount(front, TL_LOOK_ROW,
                   made(front, tl_arena_format(front->sheets->arena, "Opkrævet, %s",
                                               tl_statement_purpose_name((tl_purpose)i, false))),
                   "inkl. moms", summary->purposes[i]);
    amount(front, TL_LOOK_ROW, "Kreditnotaer", "og andre reguleringer", summary->credited);
    amount(front, TL_LOOK_ROW, "Indbetalinger", "", statement->payments);
    tl_sheet_fill(front->sheet, front->at, 0, COLUMNS - 1, TL_LOOK_TOTAL);
    tl_sheet_text(front->sheet, front->at, LABEL, TL_LOOK_TOTAL, TL_FORM_TEXT, "Ultimosaldo");
    tl_sheet_text(front->sheet, front->at, TEXT, TL_LOOK_TOTAL, TL_FORM_TEXT,
                  made(front, tl_arena_format(front->sheets->arena, "%s pr. %s",
                                              statement->closing.minor < 0 ? "til gode" : "skyldig",
                                              tl_date_da_long(statement->period.last, date))));
    tl_sheet_money_formula(front->sheet, front->at, AMOUNT, TL_LOOK_TOTAL, statement->closing, "=ROUND(SUM(%s:%s),2)",
                           tl_sheet_ref(first, from, AMOUNT), tl_sheet_ref(last, front->at - 1, AMOUNT));
    front->at++;
}

static const char *item_words(const struct front *front, const struct tl_statement_item *item)
{
    const char *name = front->statement->party == NULL ? item->party_name : "";
    const char *reference = tl_statement_text(item->reference);
    return made(front, tl_arena_format(front->sheets->arena, "%s%s%s%s%s", name, name[0] == '\0' ? "" : ": ",
                                       tl_statement_text(item->text), reference[0] == '\0' ? "" : ", betalings-ID ",
                                       reference));
}

enum { ITEMS_MAX = 200 };

static void write_items(struct front *front)
{
    const struct tl_statement *statement = front->statement;
    for (size_t i = 0; i < statement->item_count && statement->item_count <= ITEMS_MAX; i++) {
        const struct tl_statement_item *item = &statement->items[i];
        size_t at = front->at;
        amount(front, TL_LOOK_ROW, tl_statement_age_name((size_t)item->age, false), item_words(front, item),
               item->open);
        if (item->open.minor > 0)
            tl_sheet_date(front->sheet, at, DATE, TL_LOOK_ROW, item->due);
    }
    for (size_t i = 0; i < TL_STATEMENT_AGES && statement->item_count > ITEMS_MAX; i++)
        if (!tl_money_is_zero(statement->ages[i]))
            amount(front, TL_LOOK_ROW, tl_statement_age_name(i, false), "", statement->ages[i]);
}

static void write_open(struct front *front)
{
    const struct tl_statement *statement = front->statement;
    char date[TL_DATE_TEXT_SIZE], first[TL_SHEET_REF_SIZE], last[TL_SHEET_REF_SIZE];
    if (tl_date_is_none(statement->aged_on))
        return;
    section(front, made(front, tl_arena_format(front->sheets->arena, "Åbne poster efter alder pr. %s",
                                               tl_date_da_long(statement->aged_on, date))));
    if (statement->item_count == 0) {
        tl_sheet_text(front->sheet, front->at++, 0, TL_LOOK_PLAIN, TL_FORM_TEXT, "Der er ingen åbne poster.");
        return;
    }
    tl_sheet_text(front->sheet, front->at, LABEL, TL_LOOK_HEAD, TL_FORM_TEXT, "Alder");
    tl_sheet_text(front->sheet, front->at, TEXT, TL_LOOK_HEAD, TL_FORM_TEXT, "Post");
    tl_sheet_text(front->sheet, front->at, DATE, TL_LOOK_HEAD, TL_FORM_TEXT, "Forfald");
    tl_sheet_text(front->sheet, front->at++, AMOUNT, TL_LOOK_HEAD, TL_FORM_RIGHT, "Beløb");
    size_t from = front->at;
    write_items(front);
    tl_sheet_fill(front->sheet, front->at, 0, COLUMNS - 1, TL_LOOK_TOTAL);
    tl_sheet_text(front->sheet, front->at, LABEL, TL_LOOK_TOTAL, TL_FORM_TEXT, "I alt");
    tl_sheet_money_formula(front->sheet, front->at, AMOUNT, TL_LOOK_TOTAL, statement->closing, "=ROUND(SUM(%s:%s),2)",
                           tl_sheet_ref(first, from, AMOUNT), tl_sheet_ref(last, front->at - 1, AMOUNT));
    front->at++;
}

static const char *coming_words(const struct front *front, const struct tl_statement_coming *coming)
{
    const char *figures =
        coming->figures_of == 0
            ? ""
            : made(front, tl_arena_format(front->sheets->arena, " (efter tallene for %d)", coming->figures_of));
    return made(front, tl_arena_format(front->sheets->arena, "%s%s%s", tl_statement_text(coming->line_name), figures,
                                       coming->is_known ? "" : ": endnu ikke besluttet"));
}

static void write_coming(struct front *front)
{
    const struct tl_statement *statement = front->statement;
    char first[TL_SHEET_REF_SIZE], last[TL_SHEET_REF_SIZE];
    if (statement->coming_year == 0)
        return;
    section(front, made(front, tl_arena_format(front->sheets->arena, "%d, så vidt det er besluttet (ekskl. moms)",
                                               statement->coming_year)));
    if (statement->coming_count == 0) {
        tl_sheet_text(front->sheet, front->at++, 0, TL_LOOK_PLAIN, TL_FORM_TEXT,
                      "Der er ikke besluttet noget, som skal betales.");
        return;
    }
    size_t from = front->at;
    for (size_t i = 0; i < statement->coming_count; i++) {
        const struct tl_statement_coming *coming = &statement->coming[i];
        tl_sheet_fill(front->sheet, front->at, 0, COLUMNS - 1, TL_LOOK_ROW);
        tl_sheet_text(front->sheet, front->at, LABEL, TL_LOOK_ROW, TL_FORM_TEXT, coming->product_name);
        tl_sheet_text(front->sheet, front->at, TEXT, TL_LOOK_ROW, TL_FORM_TEXT, coming_words(front, coming));
        if (coming->is_known)
            tl_sheet_money(front->sheet, front->at, AMOUNT, TL_LOOK_ROW, coming->amount);
        front->at++;
    }
    tl_sheet_fill(front->sheet, front->at, 0, COLUMNS - 1, TL_LOOK_TOTAL);
    tl_sheet_text(front->sheet, front->at, LABEL, TL_LOOK_TOTAL, TL_FORM_TEXT, "I alt");
    tl_sheet_money_formula(front->sheet, front->at, AMOUNT, TL_LOOK_TOTAL, statement->coming_total,
                           "=ROUND(SUM(%s:%s),2)", tl_sheet_ref(first, from, AMOUNT),
                           tl_sheet_ref(last, front->at - 1, AMOUNT));
    front->at++;
}

static void write_payee(struct front *front)
{
    const struct tl_payee_facts *payee = front->statement->payee;
    if (payee == NULL || front->statement->party == NULL)
        return;
    section(front, "Betaling");
    if (payee->account[0] != '\0')
        fact(front, "Konto",
             made(front, tl_arena_format(front->sheets->arena, "%s %s", payee->registration, payee->account)));
    fact(front, "IBAN", payee->iban);
    fact(front, "Kreditornummer", payee->creditor);
    tl_sheet_text(front->sheet, front->at++, 0, TL_LOOK_SUBTITLE, TL_FORM_TEXT,
                  "Angiv betalings-ID'et, så betalingen føres på den rigtige opkrævning.");
}

static void write_seal(struct front *front)
{
    const struct tl_issue *issue = &front->statement->issue;
    char hex[TL_DIGEST_HEX_SIZE];
    section(front, "Kontobogens segl");
    tl_sheet_text(front->sheet, front->at++, 0, TL_LOOK_PLAIN, TL_FORM_TEXT,
                  issue->head_entry == 0
                      ? "Kontobogen havde ingen poster, da kontoudtoget blev udstedt."
                      : made(front, tl_arena_format(front->sheets->arena, "Post %" PRId64 ", SHA-256 %s",
                                                    issue->head_entry, tl_digest_hex(&issue->head, hex))));
    tl_sheet_text(front->sheet, front->at++, 0, TL_LOOK_SUBTITLE, TL_FORM_TEXT,
                  "Filen kan efterregnes uden adgang til kontobogen: tilslut check FIL.xlsx");
}

void tl_statement_write_front(const struct tl_statement_sheets *sheets)
{
    const struct tl_statement *statement = sheets->statement;
    const double widths[COLUMNS] = {
        [LABEL] = 27, [TEXT] = 58, [DATE] = 12, [AMOUNT] = tl_statement_money_width(statement)};
    const struct tl_sheet_setup setup = {.name = "Oversigt",
                                         .widths = widths,
                                         .width_count = COLUMNS,
                                         .header_left = tl_statement_text(statement->owner->official_name),
                                         .header_right = tl_statement_holder(statement),
                                         .footer_left = sheets->document,
                                         .footer_right = sheets->heading};
    struct front front = {sheets, statement, tl_workbook_sheet(sheets->workbook, &setup), ROW_FACTS};
    write_facts(&front);
    write_account(&front);
    write_open(&front);
    write_coming(&front);
    write_payee(&front);
    write_seal(&front);
}

enum {
    MEMBER_CODE,
    MEMBER_NAME,
    MEMBER_OPENING,
    MEMBER_PURPOSES,
    MEMBER_CREDITS = MEMBER_PURPOSES + TL_PURPOSE_COUNT,
    MEMBER_PAYMENTS,
    MEMBER_CLOSING,
    MEMBER_COLUMNS
};
enum { MEMBER_ROW_TITLE, MEMBER_ROW_HEAD = 2, MEMBER_ROW_FIRST };

static void write_member(struct tl_sheet *sheet, size_t at, const struct tl_statement_member *member)
{
    char first[TL_SHEET_REF_SIZE], last[TL_SHEET_REF_SIZE];
    tl_sheet_text(sheet, at, MEMBER_CODE, TL_LOOK_ROW, TL_FORM_CODE, member->code);
    tl_sheet_text(sheet, at, MEMBER_NAME, TL_LOOK_ROW, TL_FORM_TEXT, member->name);
    tl_sheet_money(sheet, at, MEMBER_OPENING, TL_LOOK_ROW, member->opening);
    for (size_t i = 0; i < TL_PURPOSE_COUNT; i++)
        tl_sheet_money(sheet, at, MEMBER_PURPOSES + i, TL_LOOK_ROW, member->purposes[i]);
    tl_sheet_money(sheet, at, MEMBER_CREDITS, TL_LOOK_ROW, member->credits);
    tl_sheet_money(sheet, at, MEMBER_PAYMENTS, TL_LOOK_ROW, member->payments);
    tl_sheet_money_formula(sheet, at, MEMBER_CLOSING, TL_LOOK_ROW, member->closing, "=ROUND(SUM(%s:%s),2)",
                           tl_sheet_ref(first, at, MEMBER_OPENING), tl_sheet_ref(last, at, MEMBER_PAYMENTS));
}

/* The column's sum over all members. */
static struct tl_money sum_of(const struct tl_statement_sheets *sheets, size_t column)
{
    const struct tl_statement *statement = sheets->statement;
    if (column >= MEMBER_PURPOSES && column < MEMBER_CREDITS)
        return sheets->summary.purposes[column - MEMBER_PURPOSES];
    return column == MEMBER_OPENING    ? statement->opening
           : column == MEMBER_CREDITS  ? sheets->summary.credited
           : column == MEMBER_PAYMENTS ? statement->payments
                                       : statement->closing;
}

void tl_statement_write_members(const struct tl_statement_sheets *sheets)
{
    const struct tl_statement *statement = sheets->statement;
    const char *titles[MEMBER_COLUMNS] = {[MEMBER_CODE] = "Kode",          [MEMBER_NAME] = "Medlem",
                                          [MEMBER_OPENING] = "Primosaldo", [MEMBER_CREDITS] = "Kreditnotaer",
                                          [MEMBER_PAYMENTS] = "Indbetalt", [MEMBER_CLOSING] = "Ultimosaldo"};
    double widths[MEMBER_COLUMNS];
    for (size_t i = 0; i < MEMBER_COLUMNS; i++)
        widths[i] = i == MEMBER_CODE ? 8 : i == MEMBER_NAME ? 26 : tl_statement_money_width(statement) + 2;
    for (size_t i = 0; i < TL_PURPOSE_COUNT; i++)
        titles[MEMBER_PURPOSES + i] = tl_statement_purpose_name((tl_purpose)i, false);
    const struct tl_sheet_setup setup = {.name = "Medlemmer",
                                         .landscape = true,
                                         .widths = widths,
                                         .width_count = MEMBER_COLUMNS,
                                         .header_left = tl_statement_text(statement->owner->official_name),
                                         .header_right = tl_statement_holder(statement),
                                         .footer_left = sheets->document,
                                         .footer_right = sheets->heading};
    struct tl_sheet *sheet = tl_workbook_sheet(sheets->workbook, &setup);
    size_t end = MEMBER_ROW_FIRST + statement->member_count;
    char first[TL_SHEET_REF_SIZE], last[TL_SHEET_REF_SIZE];
    tl_sheet_height(sheet, MEMBER_ROW_TITLE, 32);
    tl_sheet_text(sheet, MEMBER_ROW_TITLE, 0, TL_LOOK_TITLE, TL_FORM_TEXT, "Medlemmernes konti med produktet");
    for (size_t i = 0; i < MEMBER_COLUMNS; i++)
        tl_sheet_text(sheet, MEMBER_ROW_HEAD, i, TL_LOOK_HEAD, i < MEMBER_OPENING ? TL_FORM_TEXT : TL_FORM_RIGHT,
                      titles[i]);
    for (size_t i = 0; i < statement->member_count; i++)
        write_member(sheet, MEMBER_ROW_FIRST + i, &statement->members[i]);
    tl_sheet_fill(sheet, end, 0, MEMBER_COLUMNS - 1, TL_LOOK_TOTAL);
    tl_sheet_text(sheet, end, MEMBER_NAME, TL_LOOK_TOTAL, TL_FORM_TEXT, "I alt");
    for (size_t i = MEMBER_OPENING; i < MEMBER_COLUMNS; i++)
        tl_sheet_money_formula(sheet, end, i, TL_LOOK_TOTAL, sum_of(sheets, i), "=ROUND(SUM(%s:%s),2)",
                               tl_sheet_ref(first, MEMBER_ROW_HEAD, i), tl_sheet_ref(last, end - 1, i));
    tl_sheet_freeze(sheet, MEMBER_ROW_FIRST, MEMBER_OPENING);
    tl_sheet_repeat(sheet, MEMBER_ROW_HEAD, MEMBER_ROW_HEAD);
}
