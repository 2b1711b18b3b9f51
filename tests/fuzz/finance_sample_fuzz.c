/* SPDX-License-Identifier: MPL-2.0 */
/* What is told of a sample can be printed, and goes forward in the file. */
#include <string.h>

#include "fuzz.h"
#include "tilslut/base/text.h"
#include "tilslut/exchange/finance_sample.h"

static const struct tl_finance_column columns[] = {
    {"Bilag", TL_FINANCE_ENTRY, ""}, {"Dato", TL_FINANCE_DATE, ""},     {"Tekst", TL_FINANCE_TEXT, ""},
    {"Beløb", TL_FINANCE_GROSS, ""}, {"Art", TL_FINANCE_CONSTANT, "K"},
};
static const struct tl_finance_profile profiles[] = {
    {.name = "latin",
     .encoding = TL_FINANCE_LATIN1,
     .has_crlf = true,
     .has_header = true,
     .separator = ';',
     .decimal = ',',
     .date = "DD-MM-YYYY",
     .account_string = "",
     .columns = columns,
     .column_count = sizeof columns / sizeof columns[0]},
    {.name = "marked",
     .encoding = TL_FINANCE_UTF8_BOM,
     .separator = ',',
     .decimal = '.',
     .date = "YYYYMMDD",
     .account_string = "",
     .columns = columns,
     .column_count = sizeof columns / sizeof columns[0]},
};

static void check_message(const char *message)
{
    FUZZ_CHECK(tl_text_valid_utf8(message, strlen(message)) == strlen(message));
    for (; *message != '\0'; message++)
        FUZZ_CHECK((unsigned char)*message >= ' ');
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    for (size_t i = 0; i < sizeof profiles / sizeof profiles[0]; i++) {
        struct tl_arena arena = TL_ARENA_EMPTY;
        struct tl_err err = TL_ERR_NONE;
        struct tl_finance_sample sample;
        struct tl_source source = {"sample.csv", (const char *)bytes, length};
        tl_status status = tl_finance_sample_check(&sample, &profiles[i], &source, &arena, &err);
        fuzz_check_error(status, &err);
        fuzz_check_where(&err, "sample.csv");
        FUZZ_CHECK(sample.difference_count <= TL_FINANCE_DIFFERENCES_MAX);
        for (size_t j = 0; status == TL_OK && j < sample.difference_count; j++) {
            check_message(sample.differences[j].message);
            FUZZ_CHECK(j == 0 || sample.differences[j].line >= sample.differences[j - 1].line);
        }
        tl_arena_release(&arena);
    }
    return 0;
}
