/* SPDX-License-Identifier: MPL-2.0 */
/* Accounts that are accepted have a code of five digits, names and a side. */
#include "fuzz.h"
#include "tilslut/base/identifier.h"
#include "tilslut/exchange/chart_file.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct tl_err err = TL_ERR_NONE;
    struct tl_chart_file file;
    struct tl_source source = {"chart.csv", (const char *)bytes, length};
    tl_status status = tl_chart_file_read(&file, &source, &arena, &err);
    fuzz_check_error(status, &err);
    fuzz_check_where(&err, "chart.csv");
    for (size_t i = 0; status == TL_OK && i < file.row_count; i++) {
        const struct tl_chart_row *row = &file.rows[i];
        FUZZ_CHECK(tl_identifier_check_account(row->code, &err) == TL_OK && row->side[0] != '\0');
        FUZZ_CHECK(row->name_da[0] != '\0' && row->name_en[0] != '\0' && row->line > 1);
    }
    tl_arena_release(&arena);
    return 0;
}
