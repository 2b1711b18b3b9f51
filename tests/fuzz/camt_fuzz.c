/* SPDX-License-Identifier: MPL-2.0 */
/* Statements that are accepted foot, and no line of them is zero. */
#include "fuzz.h"
#include "tilslut/exchange/camt.h"

static void check_statement(const struct tl_bank_statement *statement)
{
    int64_t sum = statement->opening.minor;
    FUZZ_CHECK(statement->has_balances && statement->identity[0] != '\0' && statement->account[0] != '\0');
    for (size_t i = 0; i < statement->line_count; i++) {
        const struct tl_bank_line *line = &statement->lines[i];
        FUZZ_CHECK(!tl_money_is_zero(line->amount) && !tl_date_is_none(line->booked_on) && line->line > 0);
        FUZZ_CHECK(tl_text_valid_utf8(line->text, strlen(line->text)) == strlen(line->text));
        sum += line->amount.minor;
    }
    FUZZ_CHECK(sum == statement->closing.minor);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct tl_err err = TL_ERR_NONE;
    struct tl_bank_file file;
    struct tl_source source = {"bank.xml", (const char *)bytes, length};
    tl_status status = tl_camt_read(&file, &source, "DKK", &arena, &err);
    fuzz_check_error(status, &err);
    fuzz_check_where(&err, "bank.xml");
    for (size_t i = 0; status == TL_OK && i < file.count; i++)
        check_statement(&file.statements[i]);
    tl_arena_release(&arena);
    return 0;
}
