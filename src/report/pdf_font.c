/* SPDX-License-Identifier: MPL-2.0 */
/* A face as a composite font whose codes are glyph numbers (ISO 32000-1, 9.7), embedded with the glyphs used. */
#include <stdio.h>

#include "pdf_parts.h"
#include "tilslut/base/digest.h"

enum { CODES_PER_BLOCK = 100 };

/* What the subset depends on. */
static struct tl_digest digest_of(const struct tt_font *font, const struct pdf_face_use *use)
{
    struct tl_buf all = TL_BUF_EMPTY;
    tl_buf_add(&all, (const char *)use->used, font->glyph_count);
    tl_buf_add(&all, (const char *)use->character, font->glyph_count * sizeof *use->character);
    struct tl_digest digest = tl_digest_of(tl_buf_string(&all), all.length);
    tl_buf_release(&all);
    return digest;
}

/* Six capitals that name the subset: the same glyphs, the same name. */
static void subset_tag(char tag[7], const struct tt_font *font, const struct pdf_face_use *use)
{
    struct tl_digest digest = tl_digest_of(use->used, font->glyph_count);
    for (size_t i = 0; i < 6; i++)
        tag[i] = (char)('A' + digest.bytes[i] % 26);
    tag[6] = '\0';
}

static void write_widths(struct tl_buf *out, const struct tt_font *font, const struct pdf_face_use *use)
{
    tl_buf_text(out, "/W [");
    for (unsigned glyph = 0; glyph < font->glyph_count; glyph++) {
        if (!use->used[glyph])
            continue;
        tl_buf_format(out, "%u [", glyph);
        for (; glyph < font->glyph_count && use->used[glyph]; glyph++) {
            int32_t width = tt_font_width(font, (uint16_t)glyph);
            if (width % 10 == 0)
                tl_buf_format(out, "%d ", (int)(width / 10));
            else
                tl_buf_format(out, "%d.%d ", (int)(width / 10), (int)(width % 10));
        }
        tl_buf_text(out, "] ");
    }
    tl_buf_text(out, "]");
}

static void write_utf16(struct tl_buf *out, uint32_t character)
{
    if (character > 0xFFFF) {
        uint32_t rest = character - 0x10000;
        tl_buf_format(out, "%04X%04X", (unsigned)(0xD800 + (rest >> 10)), (unsigned)(0xDC00 + (rest & 0x3FF)));
    } else
        tl_buf_format(out, "%04X", (unsigned)character);
}

/* Glyph numbers back to characters. */
static void write_to_unicode(struct tl_buf *out, const struct tt_font *font, const struct pdf_face_use *use)
{
    struct tl_buf map = TL_BUF_EMPTY, block = TL_BUF_EMPTY;
    tl_buf_text(&map, "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
                      "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
                      "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
                      "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n");
    unsigned in_block = 0;
    for (unsigned glyph = 0; glyph <= font->glyph_count; glyph++) {
        bool is_end = glyph == font->glyph_count;
        if (!is_end && use->character[glyph] != 0) {
            tl_buf_format(&block, "<%04X> <", glyph);
            write_utf16(&block, use->character[glyph]);
            tl_buf_text(&block, ">\n");
            in_block++;
        }
        if (in_block > 0 && (is_end || in_block == CODES_PER_BLOCK)) {
            tl_buf_format(&map, "%u beginbfchar\n%sendbfchar\n", in_block, tl_buf_string(&block));
            block.length = 0;
            in_block = 0;
        }
    }
    tl_buf_text(&map, "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n");
    map.failed = map.failed || block.failed;
    pdf_file_deflate(out, &map);
    tl_buf_release(&map);
    tl_buf_release(&block);
}

static uint32_t write_descriptor(struct pdf_file *file, const struct tt_font *font, const char *name,
                                 uint32_t font_file)
{
    struct tl_buf entries = TL_BUF_EMPTY;
    bool is_italic = font->italic_angle != 0;
    tl_buf_format(&entries,
                  "/Type /FontDescriptor /FontName /%s /Flags %d /FontBBox [%d %d %d %d] /ItalicAngle %d /Ascent %d "
                  "/Descent %d /CapHeight %d /StemV %d /FontFile2 %u 0 R",
                  name, is_italic ? 96 : 32, font->box[0], font->box[1], font->box[2], font->box[3], font->italic_angle,
                  font->ascent, font->descent, font->cap_height,
                  font->weight / 5, /* a rule of thumb: 80 for regular, 140 for bold */
                  (unsigned)font_file);
    uint32_t object = pdf_file_object(file);
    pdf_file_entries(file, object, &entries);
    tl_buf_release(&entries);
    return object;
}

static tl_status make_subset(struct pdf_subset *subset, const struct tt_font *font, struct pdf_face_use *use,
                             struct tl_err *err)
{
    char tag[7];
    struct tl_buf program = TL_BUF_EMPTY;
    subset->is_made = false;
    subset->program.length = subset->map.length = subset->widths.length = 0;
    subset_tag(tag, font, use);
    snprintf(subset->name, sizeof subset->name, "%s+%s", tag, font->name);
    tl_status status = tt_font_subset(&program, font, use->used, err); /* marks the parts of glyphs as used, too */
    write_widths(&subset->widths, font, use);
    write_to_unicode(&subset->map, font, use);
    subset->program_length = program.length;
    if (status == TL_OK)
        pdf_file_deflate(&subset->program, &program);
    tl_buf_release(&program);
    if (status == TL_OK && (subset->program.failed || subset->map.failed || subset->widths.failed))
        status = tl_err_memory(err);
    subset->is_made = status == TL_OK;
    return status;
}

/* The subset of this document, from an earlier document or made now. */
static tl_status find_subset(struct pdf_kept *kept, size_t face, const struct tt_font *font, struct pdf_face_use *use,
                             const struct pdf_subset **out, struct tl_err *err)
{
    struct tl_digest digest = digest_of(font, use);
    for (size_t i = 0; i < PDF_SUBSETS_KEPT; i++) {
        *out = &kept->subsets[face][i];
        if ((*out)->is_made && tl_digest_equal(&(*out)->glyphs, &digest))
            return TL_OK;
    }
    struct pdf_subset *subset = &kept->subsets[face][kept->next[face]];
    kept->next[face] = (kept->next[face] + 1) % PDF_SUBSETS_KEPT;
    *out = subset;
    subset->glyphs = digest;
    return make_subset(subset, font, use, err);
}

tl_status pdf_font_write(struct pdf_file *file, struct pdf_kept *kept, size_t face, const struct tt_font *font,
                         struct pdf_face_use *use, uint32_t *object, struct tl_err *err)
{
    const struct pdf_subset *subset;
    char entries[40];
    tl_status status = find_subset(kept, face, font, use, &subset, err);
    if (status != TL_OK)
        return status;
    snprintf(entries, sizeof entries, "/Length1 %zu", subset->program_length);
    uint32_t program = pdf_file_stream(file, entries, &subset->program, PDF_STREAM_DEFLATED);
    uint32_t descriptor = write_descriptor(file, font, subset->name, program);
    uint32_t map = pdf_file_stream(file, "", &subset->map, PDF_STREAM_DEFLATED), descendant = pdf_file_object(file);
    struct tl_buf text = TL_BUF_EMPTY;
    tl_buf_format(&text,
                  "/Type/Font/Subtype/CIDFontType2/BaseFont/%s/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)"
                  "/Supplement 0>>/CIDToGIDMap/Identity/DW 0/FontDescriptor %u 0 R%s",
                  subset->name, (unsigned)descriptor, tl_buf_string(&subset->widths));
    pdf_file_entries(file, descendant, &text);
    text.length = 0;
    tl_buf_format(&text,
                  "/Type/Font/Subtype/Type0/BaseFont/%s/Encoding/Identity-H/DescendantFonts[%u 0 R]/ToUnicode %u 0 R",
                  subset->name, (unsigned)descendant, (unsigned)map);
    *object = pdf_file_object(file);
    pdf_file_entries(file, *object, &text);
    status = tl_buf_status(&text, err);
    tl_buf_release(&text);
    return status;
}
