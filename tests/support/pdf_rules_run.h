/* SPDX-License-Identifier: MPL-2.0 */
/* What the files of the checker share: the file being checked and the first rule it breaks. */
#ifndef TESTS_SUPPORT_PDF_RULES_RUN_H
#define TESTS_SUPPORT_PDF_RULES_RUN_H

#include <stdio.h>

#include "pdf_reader.h"

enum { PAGES_MAX = 200, MCIDS_MAX = 2000, FONTS_MAX = 16, LINKS_MAX = 400, GLYPHS_MAX = 65536 };

/* A font as the page contents see it. */
struct pdf_rules_font {
    int64_t object;
    int64_t widths[GLYPHS_MAX]; /* thousandths of the thousandth of the em, -1 where none is given */
    uint32_t unicode[GLYPHS_MAX];
    const unsigned char *program;
    size_t program_length;
};

struct pdf_rules_run {
    struct pdf_read pdf;
    const struct pdf_value *catalog;
    int64_t pages[PAGES_MAX]; /* object numbers */
    size_t page_count;
    int64_t owners[PAGES_MAX][MCIDS_MAX]; /* the structure element that claims a piece of content, 0 for none */
    size_t mcid_counts[PAGES_MAX];
    struct {
        int64_t annotation, elem; /* objects */
    } links[LINKS_MAX];           /* annotations that elements claim */
    size_t link_count, links_seen;
    struct pdf_rules_font *fonts;
    size_t font_count;
    int heading_level;
    char broken[200];
};

#define BREAK(run, ...)                                                                                                \
    do {                                                                                                               \
        if ((run)->broken[0] == '\0')                                                                                  \
            snprintf((run)->broken, sizeof(run)->broken, __VA_ARGS__);                                                 \
    } while (0)

static inline unsigned u16(const unsigned char *s)
{
    return (unsigned)s[0] << 8 | s[1];
}

static inline uint32_t u32(const unsigned char *s)
{
    return (uint32_t)u16(s) << 16 | u16(s + 2);
}

/* The font of a page's resources, read and checked once (pdf_rules_fonts.c). NULL when it breaks a rule. */
struct pdf_rules_font *pdf_rules_find_font(struct pdf_rules_run *run, const struct pdf_value *reference);
/* A glyph that a page shows. */
void pdf_rules_check_glyph(struct pdf_rules_run *run, const struct pdf_rules_font *font, unsigned glyph);
/* What the parent tree has for a key, or NULL (pdf_rules.c). */
const struct pdf_value *pdf_rules_owner(const struct pdf_rules_run *run, const struct pdf_value *key);
/* What a page paints, and in which marked content (pdf_rules_page.c). */
void pdf_rules_check_page(struct pdf_rules_run *run, size_t page);

#endif
