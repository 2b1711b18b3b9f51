/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/report/statement_xlsx.h"

#include <string.h>

#include "statement_sheets.h"
#include "tilslut/report/statement.h"

const char *tl_statement_period_da(struct tl_period period, struct tl_arena *arena)
{
    char first[TL_DATE_TEXT_SIZE], last[TL_DATE_TEXT_SIZE];
    if (tl_date_is_none(period.first))
        return "";
    return tl_arena_format(arena, "%s – %s", tl_date_da(period.first, first), tl_date_da(period.last, last));
}

const char *tl_statement_text(const char *text)
{
    return text == NULL ? "" : text;
}

static void widen(size_t *longest, struct tl_money amount)
{
    char text[TL_MONEY_TEXT_SIZE];
    size_t length = strlen(tl_money_da(amount, text));
    *longest = length > *longest ? length : *longest;
}

double tl_statement_money_width(const struct tl_statement *statement)
{
    size_t longest = sizeof "-9.999.999,99";
    widen(&longest, statement->opening);
    widen(&longest, statement->charges);
    widen(&longest, statement->payments);
    widen(&longest, statement->closing);
    for (size_t i = 0; i < statement->row_count; i++) {
        widen(&longest, statement->rows[i].gross);
        widen(&longest, statement->rows[i].budget);
        widen(&longest, statement->rows[i].price);
    }
    /* a bold digit of Open Sans 10 is 1.1 digits of the standard font wide, a mark half of that; and the indent */
    return (double)longest + 1.5;
}

/* `Kontoudtog 2026`; of a product `Produktkonto 2026`. */
static const char *heading(const struct tl_statement *statement, struct tl_arena *arena)
{
    const char *period = tl_statement_period_name(statement->period, false, arena);
    const char *name = statement->party == NULL ? "Produktkonto" : "Kontoudtog";
    return period == NULL ? NULL : tl_arena_format(arena, "%s %s", name, period);
}

static tl_status prepare(struct tl_statement_sheets *sheets, struct tl_err *err)
{
    const struct tl_statement *statement = sheets->statement;
    tl_status status = tl_statement_sum_up(&sheets->summary, statement, err);
    if (status != TL_OK)
        return status;
    sheets->heading = heading(statement, sheets->arena);
    sheets->document =
        tl_arena_format(sheets->arena, "%s, version %d", statement->issue.number, statement->issue.version);
    const char *subject =
        tl_arena_format(sheets->arena, "%s for %s", tl_statement_text(sheets->heading), tl_statement_holder(statement));
    if (sheets->heading == NULL || sheets->document == NULL || subject == NULL)
        return tl_err_memory(err);
    const struct tl_workbook_about about = {.title = subject,
                                            .subject = sheets->document,
                                            .author = tl_statement_text(statement->owner->official_name),
                                            .language = "da-DK",
                                            .created = statement->issue.date};
    return tl_workbook_new(&sheets->workbook, &about, err);
}

static tl_status write_digest(const struct tl_statement_sheets *sheets, struct tl_err *err)
{
    struct tl_digest digest;
    char hex[TL_DIGEST_HEX_SIZE];
    tl_status status = tl_statement_digest(&digest, sheets->statement, err);
    if (status == TL_OK)
        tl_workbook_property(sheets->workbook, "Indhold SHA-256", tl_digest_hex(&digest, hex));
    return status;
}

static tl_status write_workbook(struct tl_buf *out, const void *content, struct tl_err *err)
{
    const struct tl_statement *statement = content;
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct tl_statement_sheets sheets = {.statement = statement, .arena = &arena};
    tl_status status = prepare(&sheets, err);
    if (status != TL_OK)
        goto out;
    tl_statement_write_front(&sheets);
    if (statement->party == NULL)
        tl_statement_write_members(&sheets);
    tl_statement_write_account(&sheets);
    status = tl_statement_place_pools(&sheets, err);
    if (status == TL_OK)
        status = tl_statement_write_working(&sheets, err);
    if (status == TL_OK && sheets.has_live_pool)
        status = tl_statement_write_pools(&sheets, err);
    if (status != TL_OK)
        goto out;
    tl_statement_write_import(&sheets);
    status = tl_statement_write_control(&sheets, err);
    if (status == TL_OK)
        status = write_digest(&sheets, err);
    if (status == TL_OK)
        status = tl_workbook_finish(out, sheets.workbook, err);
out:
    tl_workbook_free(sheets.workbook);
    tl_arena_release(&arena);
    return status;
}

tl_status tl_statement_xlsx(struct tl_buf *out, const struct tl_statement *statement, struct tl_err *err)
{
    tl_status status = tl_statement_check(statement, err);
    return status == TL_OK ? tl_workbook_write(out, write_workbook, statement, err) : status;
}
