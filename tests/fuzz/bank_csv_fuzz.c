/* SPDX-License-Identifier: MPL-2.0 */
/* Tables that are accepted foot by their balances and go forward in time. */
#include "fuzz.h"
#include "tilslut/exchange/bank_csv.h"

static const struct tl_bank_profile profile = {
    .name = "fuzz",
    .account = "0040 0440116243",
    .is_latin = true,
    .newest_first = true,
    .separator = ';',
    .decimal = ',',
    .thousands = '.',
    .date = "DD-MM-YYYY",
    .columns = {"bogført", "beløb", "tekst", "", "indbetaler", "", "saldo", ""},
};

static void check_statement(const struct tl_bank_statement *statement)
{
    int64_t sum = statement->opening.minor;
    FUZZ_CHECK(statement->line_count > 0);
    for (size_t i = 0; i < statement->line_count; i++) {
        FUZZ_CHECK(i == 0 || tl_date_compare(statement->lines[i - 1].booked_on, statement->lines[i].booked_on) <= 0);
        sum += statement->lines[i].amount.minor;
    }
    FUZZ_CHECK(sum == statement->closing.minor);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct tl_err err = TL_ERR_NONE;
    struct tl_bank_file file;
    struct tl_source source = {"bank.csv", (const char *)bytes, length};
    tl_status status = tl_bank_csv_read(&file, &source, &profile, "DKK", &arena, &err);
    fuzz_check_error(status, &err);
    fuzz_check_where(&err, "bank.csv");
    if (status == TL_OK)
        check_statement(&file.statements[0]);
    tl_arena_release(&arena);
    return 0;
}
