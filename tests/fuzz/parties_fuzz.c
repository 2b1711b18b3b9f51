/* SPDX-License-Identifier: MPL-2.0 */
/* Parties that are accepted have a code, a name, a kind and identifiers that check. */
#include "fuzz.h"
#include "tilslut/base/identifier.h"
#include "tilslut/exchange/parties_file.h"

static void check_row(const struct tl_parties_row *row)
{
    struct tl_err err = TL_ERR_NONE;
    FUZZ_CHECK(tl_text_is_code(row->code) && row->name[0] != '\0' && row->kind[0] != '\0');
    FUZZ_CHECK(row->official_name[0] != '\0' && row->line > 1);
    FUZZ_CHECK(row->cvr[0] == '\0' || tl_identifier_check_cvr(row->cvr, &err) == TL_OK);
    FUZZ_CHECK(row->ean[0] == '\0' || tl_identifier_check_ean(row->ean, &err) == TL_OK);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct tl_err err = TL_ERR_NONE;
    struct tl_parties_file file;
    struct tl_source source = {"parties.csv", (const char *)bytes, length};
    tl_status status = tl_parties_file_read(&file, &source, &arena, &err);
    fuzz_check_error(status, &err);
    fuzz_check_where(&err, "parties.csv");
    for (size_t i = 0; status == TL_OK && i < file.row_count; i++)
        check_row(&file.rows[i]);
    tl_arena_release(&arena);
    return 0;
}
