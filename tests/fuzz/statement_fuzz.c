/* SPDX-License-Identifier: MPL-2.0 */
/* A workbook of any bytes is refused or checked, and what is found says where it stands. An input that is no archive is
 * taken for the sheet Kontrol of one, so that mutations reach the sheet behind its compression. */
#include <zip.h>

#include "fuzz.h"
#include "tilslut/exchange/workbook_file.h"
#include "tilslut/report/statement_check.h"

static void add_part(zip_t *archive, const char *name, const void *bytes, size_t length)
{
    zip_source_t *source = zip_source_buffer(archive, bytes, length, 0);
    FUZZ_CHECK(source != NULL);
    zip_int64_t index = zip_file_add(archive, name, source, ZIP_FL_ENC_UTF_8);
    FUZZ_CHECK(index >= 0 && zip_set_file_compression(archive, (zip_uint64_t)index, ZIP_CM_STORE, 0) == 0);
}

/* The archive around a sheet; the caller frees it. */
static char *wrap(size_t *length, const uint8_t *sheet, size_t sheet_length)
{
    static const char workbook[] =
        "<workbook xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><sheets>"
        "<sheet name=\"Kontrol\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>";
    static const char relations[] =
        "<Relationships><Relationship Id=\"rId1\" Target=\"worksheets/sheet1.xml\"/></Relationships>";
    zip_error_t error;
    zip_stat_t about;
    zip_error_init(&error);
    zip_source_t *target = zip_source_buffer_create(NULL, 0, 0, &error);
    FUZZ_CHECK(target != NULL);
    zip_source_keep(target);
    zip_t *archive = zip_open_from_source(target, ZIP_TRUNCATE, &error);
    FUZZ_CHECK(archive != NULL);
    add_part(archive, "xl/workbook.xml", workbook, sizeof workbook - 1);
    add_part(archive, "xl/_rels/workbook.xml.rels", relations, sizeof relations - 1);
    add_part(archive, "xl/worksheets/sheet1.xml", sheet, sheet_length);
    FUZZ_CHECK(zip_close(archive) == 0 && zip_source_open(target) == 0 && zip_source_stat(target, &about) == 0);
    char *bytes = malloc(about.size + 1);
    FUZZ_CHECK(bytes != NULL && zip_source_read(target, bytes, about.size) == (zip_int64_t)about.size);
    *length = about.size;
    zip_source_close(target);
    zip_source_free(target);
    zip_error_fini(&error);
    return bytes;
}

static void check_flaws(const struct tl_statement_checked *checked)
{
    FUZZ_CHECK(checked->flaw_count <= TL_STATEMENT_FLAWS_MAX);
    for (size_t i = 0; i < checked->flaw_count; i++) {
        const struct tl_statement_flaw *flaw = &checked->flaws[i];
        FUZZ_CHECK(flaw->sheet[0] != '\0' && flaw->cell[0] >= 'A' && flaw->cell[0] <= 'Z' && flaw->what[0] != '\0');
        FUZZ_CHECK(strcmp(flaw->says, flaw->should) != 0 || flaw->says[0] == '\0');
    }
}

static void check_file(const char *bytes, size_t length)
{
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct tl_err err = TL_ERR_NONE;
    struct tl_statement_checked checked;
    struct tl_source source = {"statement.xlsx", bytes, length};
    tl_status status = tl_statement_check_file(&checked, &source, &arena, &err);
    fuzz_check_error(status, &err);
    FUZZ_CHECK(status == TL_OK || status == TL_ERR_INPUT || status == TL_ERR_RANGE);
    if (status == TL_OK)
        check_flaws(&checked);
    tl_arena_release(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    bool is_archive = length > 1 && bytes[0] == 'P' && bytes[1] == 'K';
    if (is_archive) {
        check_file((const char *)bytes, length);
        return 0;
    }
    size_t wrapped_length;
    char *wrapped = wrap(&wrapped_length, bytes, length);
    check_file(wrapped, wrapped_length);
    free(wrapped);
    return 0;
}
