/* SPDX-License-Identifier: MPL-2.0 */
/* Figures belong to known areas, are not negative and are there once; stated totals foot. */
#include "fuzz.h"
#include "tilslut/exchange/figures_file.h"

static const struct tl_area areas[] = {
    {"0101", "København", "municipality", "Region Hovedstaden"},
    {"0751", "Aarhus", "municipality", "Region Midtjylland"},
    {"0411", "Christiansø", "other", "Region Hovedstaden"},
    {"1084", "Region Hovedstaden", "region", ""},
    {"os2", "OS2", "association", ""},
};

static void check_row(const struct tl_figures_file *file, size_t at)
{
    const struct tl_figures_row *row = &file->rows[at];
    FUZZ_CHECK(row->area >= areas && row->area < areas + sizeof areas / sizeof areas[0]);
    FUZZ_CHECK(row->figure.value.numerator >= 0 && row->figure.value.denominator > 0);
    FUZZ_CHECK(!tl_date_is_none(row->figure.holds_on));
    FUZZ_CHECK(row->figure.source[0] != '\0' && row->line > 1 && row->column > 0);
    for (size_t i = 0; i < at && i < 100; i++)
        FUZZ_CHECK(file->rows[i].area != row->area ||
                   tl_date_compare(file->rows[i].figure.holds_on, row->figure.holds_on) != 0 ||
                   strcmp(file->rows[i].figure.measure, row->figure.measure) != 0);
}

/* The country's total, computed another way. */
static void check_total(const struct tl_figures_file *file, const struct tl_figures_total *total)
{
    int64_t sum = 0;
    for (size_t i = 0; i < file->row_count; i++)
        if (tl_date_compare(file->rows[i].figure.holds_on, total->holds_on) == 0)
            sum += file->rows[i].figure.value.numerator;
    FUZZ_CHECK(total->region != NULL || sum == total->value.numerator);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct tl_err err = TL_ERR_NONE;
    struct tl_figures_file file;
    struct tl_figures_request request = {.source = {"FOLK1A.csv", (const char *)bytes, length},
                                         .areas = areas,
                                         .area_count = sizeof areas / sizeof areas[0]};
    tl_status status = tl_figures_file_read(&file, &request, &arena, &err);
    fuzz_check_error(status, &err);
    fuzz_check_where(&err, "FOLK1A.csv");
    if (status == TL_OK) {
        FUZZ_CHECK(file.row_count > 0);
        for (size_t i = 0; i < file.row_count; i++)
            check_row(&file, i);
        for (size_t i = 0; i < file.total_count; i++)
            check_total(&file, &file.totals[i]);
    }
    tl_arena_release(&arena);
    return 0;
}
