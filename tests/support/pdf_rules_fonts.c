/* SPDX-License-Identifier: MPL-2.0 */
/* Fonts: embedded, in agreement with their files, and every glyph a character. */
#include <string.h>

#include "pdf_rules_run.h"

static const unsigned char *font_table(const struct pdf_rules_font *font, const char *tag, size_t *length)
{
    if (font->program_length < 12)
        return NULL;
    unsigned count = u16(font->program + 4);
    for (unsigned i = 0; i < count && 12 + 16 * (size_t)(i + 1) <= font->program_length; i++) {
        const unsigned char *record = font->program + 12 + 16 * (size_t)i;
        if (memcmp(record, tag, 4) == 0 && u32(record + 8) + u32(record + 12) <= font->program_length) {
            *length = u32(record + 12);
            return font->program + u32(record + 8);
        }
    }
    return NULL;
}

static void read_widths(struct pdf_rules_run *run, struct pdf_rules_font *font, const struct pdf_value *widths)
{
    for (size_t i = 0; i + 1 < widths->count; i += 2) {
        const struct pdf_value *list = &widths->items[i + 1];
        int64_t first = widths->items[i].thousandths / 1000;
        if (list->kind != PDF_ARRAY)
            BREAK(run, "a font's widths are not lists");
        for (size_t j = 0; j < list->count && first + (int64_t)j < GLYPHS_MAX; j++)
            font->widths[first + (int64_t)j] = list->items[j].thousandths;
    }
}

/* `<0003> <0020>` lines between beginbfchar and endbfchar. */
static void read_to_unicode(struct pdf_rules_run *run, struct pdf_rules_font *font, const struct pdf_object *map)
{
    const char *at = map->stream, *end = at + map->stream_length;
    bool is_inside = false;
    struct pdf_value token, code = {.kind = PDF_NULL};
    if (at == NULL) {
        BREAK(run, "a font has no map to Unicode");
        return;
    }
    while (pdf_next_token(&run->pdf, &at, end, &token)) {
        if (token.kind == PDF_OPERATOR && strcmp(token.text, "begincidrange") == 0)
            BREAK(run, "a map to Unicode has ranges of CIDs");
        if (token.kind == PDF_OPERATOR)
            is_inside = strcmp(token.text, "beginbfchar") == 0;
        else if (is_inside && token.kind == PDF_STRING && code.kind == PDF_NULL)
            code = token;
        else if (is_inside && token.kind == PDF_STRING) {
            if (code.length == 2 && token.length >= 2)
                font->unicode[u16((const unsigned char *)code.text)] = u16((const unsigned char *)token.text);
            code.kind = PDF_NULL;
        }
    }
}

static void check_descendant(struct pdf_rules_run *run, struct pdf_rules_font *font, const struct pdf_value *descendant)
{
    const struct pdf_value *system = pdf_get(&run->pdf, descendant, "CIDSystemInfo");
    const struct pdf_value *descriptor = pdf_get(&run->pdf, descendant, "FontDescriptor");
    const struct pdf_object *file = pdf_object_of(&run->pdf, pdf_get_raw(descriptor, "FontFile2"));
    const struct pdf_value *name = pdf_get(&run->pdf, descriptor, "FontName");
    if (!pdf_is_name(pdf_get(&run->pdf, descendant, "CIDToGIDMap"), "Identity"))
        BREAK(run, "a font does not map its codes to glyphs");
    if (pdf_get(&run->pdf, system, "Ordering")->length != 8)
        BREAK(run, "a font's ordering is not Identity");
    if (file->stream == NULL)
        BREAK(run, "a font is not embedded");
    if (name->kind != PDF_NAME || strlen(name->text) < 8 || name->text[6] != '+')
        BREAK(run, "a font does not say that it is a subset");
    else if (!pdf_is_name(pdf_get(&run->pdf, descendant, "BaseFont"), name->text))
        BREAK(run, "a font has two names");
    if (pdf_get(&run->pdf, descriptor, "CapHeight")->thousandths <= 0 ||
        pdf_get(&run->pdf, descriptor, "StemV")->thousandths <= 0)
        BREAK(run, "a font's descriptor lacks its measures");
    font->program = (const unsigned char *)file->stream;
    font->program_length = file->stream_length;
    read_widths(run, font, pdf_get(&run->pdf, descendant, "W"));
}

/* Table checksums and alignment; the whole file's checksum. */
static void check_program(struct pdf_rules_run *run, const struct pdf_rules_font *font)
{
    uint32_t whole = 0;
    for (size_t i = 0; i + 3 < font->program_length; i += 4)
        whole += u32(font->program + i);
    if (font->program_length % 4 != 0 || whole != 0xB1B0AFBAU)
        BREAK(run, "a font file's checksum is wrong");
    for (unsigned i = 0; font->program_length >= 12 && i < u16(font->program + 4); i++)
        if (u32(font->program + 12 + 16 * (size_t)i + 8) % 4 != 0)
            BREAK(run, "a font file's tables are not aligned");
}

struct pdf_rules_font *pdf_rules_find_font(struct pdf_rules_run *run, const struct pdf_value *reference)
{
    for (size_t i = 0; i < run->font_count; i++)
        if (run->fonts[i].object == reference->thousandths)
            return &run->fonts[i];
    if (reference->kind != PDF_REFERENCE || run->font_count == FONTS_MAX) {
        BREAK(run, "a font is no object");
        return NULL;
    }
    const struct pdf_value *dict = pdf_follow(&run->pdf, reference);
    struct pdf_rules_font *font = &run->fonts[run->font_count++];
    font->object = reference->thousandths;
    memset(font->widths, 0xFF, sizeof font->widths);
    const struct pdf_value *descendants = pdf_get(&run->pdf, dict, "DescendantFonts");
    if (!pdf_is_name(pdf_get(&run->pdf, dict, "Subtype"), "Type0") ||
        !pdf_is_name(pdf_get(&run->pdf, dict, "Encoding"), "Identity-H") || descendants->count != 1) {
        BREAK(run, "a font is not composite with glyph numbers as codes");
        return NULL;
    }
    check_descendant(run, font, pdf_follow(&run->pdf, &descendants->items[0]));
    read_to_unicode(run, font, pdf_object_of(&run->pdf, pdf_get_raw(dict, "ToUnicode")));
    if (run->broken[0] == '\0')
        check_program(run, font);
    return font;
}

/* Every glyph shown is in the font file, is not the one for missing glyphs, has a width that agrees, and a character.
 */
void pdf_rules_check_glyph(struct pdf_rules_run *run, const struct pdf_rules_font *font, unsigned glyph)
{
    size_t size = 0;
    const unsigned char *maxp = font_table(font, "maxp", &size), *hhea = font_table(font, "hhea", &size);
    const unsigned char *head = font_table(font, "head", &size), *loca = font_table(font, "loca", &size);
    const unsigned char *hmtx = font_table(font, "hmtx", &size);
    if (maxp == NULL || hhea == NULL || head == NULL || loca == NULL || hmtx == NULL) {
        BREAK(run, "a font file lacks a table");
        return;
    }
    if (glyph == 0 || glyph >= u16(maxp + 4)) {
        BREAK(run, "glyph %u is shown, which the font does not have", glyph);
        return;
    }
    unsigned metrics = u16(hhea + 34), at = glyph < metrics ? glyph : metrics - 1;
    int64_t width = (int64_t)u16(hmtx + 4 * (size_t)at) * 1000 * 1000 / u16(head + 18);
    int64_t off = font->widths[glyph] - width;
    if (font->widths[glyph] < 0 || off > 1000 || off < -1000)
        BREAK(run, "the width of glyph %u is not that of the font file", glyph);
    uint32_t c = font->unicode[glyph];
    if (c == 0 || c == 0xFFFE || c == 0xFEFF || (c >= 0xE000 && c <= 0xF8FF))
        BREAK(run, "glyph %u stands for no character", glyph);
    bool is_blank = u32(loca + 4 * (size_t)glyph) == u32(loca + 4 * (size_t)glyph + 4);
    if (is_blank && c != ' ')
        BREAK(run, "glyph %u is shown, but has no outline", glyph);
}
