/* SPDX-License-Identifier: MPL-2.0 */
/* Markdown becomes a document that can be printed, or is refused. */
#include "fuzz.h"
#include "tilslut/report/markdown.h"
#include "tilslut/report/pdf.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    static struct tl_pdf_fonts *fonts; /* read once for all inputs, for as long as the program runs */
    struct tl_err err = TL_ERR_NONE;
    struct tl_doc doc = TL_DOC_EMPTY;
    struct tl_buf pdf = TL_BUF_EMPTY;
    FUZZ_CHECK(fonts != NULL || tl_pdf_fonts_open(&fonts, &err) == TL_OK);
    doc.face = (struct tl_doc_face){.title = "T",
                                    .author = "A",
                                    .subject = "",
                                    .language = "da",
                                    .page_word = "side",
                                    .of_word = "af",
                                    .issued = tl_date_of(2026, 1, 1)};
    char *text = tl_arena_copy(&doc.arena, (const char *)bytes, length);
    FUZZ_CHECK(text != NULL);
    tl_status status = tl_markdown_read(&doc, text, "t.md", &err);
    fuzz_check_error(status, &err);
    fuzz_check_where(&err, "t.md");
    if (status == TL_OK) {
        status = tl_pdf_write(&pdf, &doc, fonts, &err);
        fuzz_check_error(status, &err);
        FUZZ_CHECK(status == TL_OK ? pdf.length > 1000 : pdf.length == 0);
    }
    tl_buf_release(&pdf);
    tl_doc_release(&doc);
    return 0;
}
