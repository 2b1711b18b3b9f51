/* SPDX-License-Identifier: MPL-2.0 */
/* What an accepted profile writes of no lines is found to be written as the profile says. */
#include <string.h>

#include "fuzz.h"
#include "tilslut/exchange/finance_sample.h"
#include "tilslut/report/finance_csv.h"

static void check_profile(const struct tl_finance_profile *profile)
{
    FUZZ_CHECK(profile->column_count > 0 && profile->column_count <= TL_FINANCE_COLUMNS_MAX);
    FUZZ_CHECK(profile->separator != profile->decimal || profile->quotes == TL_QUOTES_ALWAYS);
    for (size_t i = 0; i < profile->column_count; i++) {
        const struct tl_finance_column *column = &profile->columns[i];
        FUZZ_CHECK(column->title[0] != '\0' && !tl_finance_is_formula(column->title));
        FUZZ_CHECK(tl_finance_unwritable(profile, column->title) == 0);
        FUZZ_CHECK((column->source == TL_FINANCE_CONSTANT) == (column->text[0] != '\0'));
    }
}

static void check_header(const struct tl_finance_profile *profile, struct tl_arena *arena)
{
    struct tl_err err = TL_ERR_NONE;
    struct tl_buf file = TL_BUF_EMPTY;
    struct tl_statement nothing = {.row_count = 0};
    struct tl_finance_sample sample;
    size_t rows;
    FUZZ_CHECK(tl_finance_csv(&file, &rows, profile, &nothing, NULL, &err) == TL_OK && rows == 0);
    struct tl_source source = {"header", tl_buf_string(&file), file.length};
    if (profile->has_header && profile->encoding != TL_FINANCE_LATIN1) {
        FUZZ_CHECK(tl_finance_sample_check(&sample, profile, &source, arena, &err) == TL_OK);
        FUZZ_CHECK(sample.difference_count == 0);
    }
    tl_buf_release(&file);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct tl_err err = TL_ERR_NONE;
    struct tl_finance_profile profile;
    struct tl_source source = {"profile.yaml", (const char *)bytes, length};
    tl_status status = tl_finance_profile_read(&profile, &source, &arena, &err);
    fuzz_check_error(status, &err);
    fuzz_check_where(&err, "profile.yaml");
    if (status == TL_OK) {
        check_profile(&profile);
        check_header(&profile, &arena);
    }
    tl_arena_release(&arena);
    return 0;
}
