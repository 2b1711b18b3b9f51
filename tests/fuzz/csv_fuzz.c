/* SPDX-License-Identifier: MPL-2.0 */
/* What is read as CSV, written with every field in quotes and read again, is the same. */
#include "fuzz.h"
#include "tilslut/exchange/csv.h"

static void write_field(struct tl_buf *buf, const char *text, char separator, size_t column)
{
    if (column > 0)
        tl_buf_add(buf, &separator, 1);
    tl_buf_text(buf, "\"");
    for (; *text != '\0'; text++)
        tl_buf_text(buf, *text == '"' ? "\"\"" : (char[]){*text, '\0'});
    tl_buf_text(buf, "\"");
}

static void write_csv(struct tl_buf *buf, const struct tl_csv *csv)
{
    for (size_t column = 0; column < csv->column_count; column++)
        write_field(buf, csv->header[column].text, csv->separator, column);
    for (size_t row = 0; row < csv->row_count; row++) {
        tl_buf_text(buf, "\n");
        for (size_t column = 0; column < csv->column_count; column++)
            write_field(buf, tl_csv_at(csv, row, column)->text, csv->separator, column);
    }
}

static void check_again(const struct tl_csv *csv, struct tl_arena *arena)
{
    struct tl_buf buf = TL_BUF_EMPTY;
    struct tl_err err = TL_ERR_NONE;
    struct tl_csv again;
    write_csv(&buf, csv);
    struct tl_source source = {"again.csv", tl_buf_string(&buf), buf.length};
    FUZZ_CHECK(tl_csv_read(&again, &source, arena, &err) == TL_OK);
    FUZZ_CHECK(again.column_count == csv->column_count && again.row_count == csv->row_count);
    for (size_t i = 0; i < csv->row_count * csv->column_count; i++)
        FUZZ_CHECK(strcmp(csv->fields[i].text, again.fields[i].text) == 0);
    tl_buf_release(&buf);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct tl_err err = TL_ERR_NONE;
    struct tl_csv csv;
    struct tl_source source = {"a.csv", (const char *)bytes, length};
    tl_status status = tl_csv_read(&csv, &source, &arena, &err);
    fuzz_check_error(status, &err);
    fuzz_check_where(&err, "a.csv");
    if (status == TL_OK)
        check_again(&csv, &arena);
    tl_arena_release(&arena);
    return 0;
}
