/* SPDX-License-Identifier: MPL-2.0 */
/* Rows of a budget that is accepted have an account of five digits, each once. */
#include <string.h>

#include "fuzz.h"
#include "tilslut/exchange/budget_file.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct tl_err err = TL_ERR_NONE;
    struct tl_budget_file file;
    struct tl_source source = {"budget.csv", (const char *)bytes, length};
    tl_status status = tl_budget_file_read(&file, &source, &arena, &err);
    fuzz_check_error(status, &err);
    fuzz_check_where(&err, "budget.csv");
    for (size_t i = 0; status == TL_OK && i < file.row_count; i++) {
        FUZZ_CHECK(strlen(file.rows[i].account) == 5 && strspn(file.rows[i].account, "0123456789") == 5);
        FUZZ_CHECK(file.rows[i].line > 1);
        for (size_t j = 0; j < i; j++)
            FUZZ_CHECK(strcmp(file.rows[i].account, file.rows[j].account) != 0);
    }
    tl_arena_release(&arena);
    return 0;
}
