/* SPDX-License-Identifier: MPL-2.0 */
#include "truetype.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FILE_SIZE_MAX = 32 * 1024 * 1024 };

static unsigned u16(const unsigned char *s)
{
    return (unsigned)s[0] << 8 | s[1];
}

static int i16(const unsigned char *s)
{
    int value = (int)u16(s);
    return value >= 0x8000 ? value - 0x10000 : value;
}

static uint32_t u32(const unsigned char *s)
{
    return (uint32_t)u16(s) << 16 | u16(s + 2);
}

static tl_status read_file(struct tt_font *font, const char *path, struct tl_err *err)
{
    FILE *file = fopen(path, "rb");
    if (file == NULL)
        return tl_err_set(err, TL_ERR_IO, "cannot read '%s': %s", path, strerror(errno));
    tl_status status = TL_OK;
    long size = fseek(file, 0, SEEK_END) == 0 ? ftell(file) : -1;
    if (size < 0 || fseek(file, 0, SEEK_SET) != 0)
        status = tl_err_set(err, TL_ERR_IO, "cannot read '%s': %s", path, strerror(errno));
    else if (size > FILE_SIZE_MAX)
        status = tl_err_set(err, TL_ERR_RANGE, "the font file '%s' is larger than %d bytes", path, FILE_SIZE_MAX);
    else if ((font->file = malloc((size_t)size + 1)) == NULL)
        status = tl_err_memory(err);
    else if (fread(font->file, 1, (size_t)size, file) != (size_t)size)
        status = tl_err_set(err, TL_ERR_IO, "cannot read '%s'", path);
    font->file_size = size < 0 ? 0 : (size_t)size;
    fclose(file);
    return status;
}

/* The table with that tag, empty when the font has none. */
static struct tt_table find_table(const struct tt_font *font, const char *tag)
{
    struct tt_table none = {NULL, 0};
    if (font->file_size < 12)
        return none;
    unsigned count = u16(font->file + 4);
    for (unsigned i = 0; i < count && 12 + 16 * (size_t)(i + 1) <= font->file_size; i++) {
        const unsigned char *record = font->file + 12 + 16 * (size_t)i;
        size_t offset = u32(record + 8), length = u32(record + 12);
        if (memcmp(record, tag, 4) == 0 && offset <= font->file_size && length <= font->file_size - offset)
            return (struct tt_table){font->file + offset, length};
    }
    return none;
}

/* The format 4 subtable for Unicode's first plane. */
static struct tt_table find_characters(struct tt_table cmap)
{
    struct tt_table none = {NULL, 0};
    unsigned count = cmap.length < 4 ? 0 : u16(cmap.bytes + 2);
    for (unsigned i = 0; i < count && 4 + 8 * (size_t)(i + 1) <= cmap.length; i++) {
        const unsigned char *record = cmap.bytes + 4 + 8 * (size_t)i;
        unsigned platform = u16(record), encoding = u16(record + 2);
        size_t offset = u32(record + 4);
        if ((platform != 0 && !(platform == 3 && encoding == 1)) || offset > cmap.length || cmap.length - offset < 16)
            continue;
        size_t length = u16(cmap.bytes + offset + 2);
        if (u16(cmap.bytes + offset) == 4 && length >= 16 && length <= cmap.length - offset)
            return (struct tt_table){cmap.bytes + offset, length};
    }
    return none;
}

/* Which of the parts of a font a glyph is in; the last one has all that are behind the others. */
static size_t kern_part(unsigned glyph)
{
    size_t part = glyph / 8;
    return part < TT_KERN_PARTS ? part : TT_KERN_PARTS - 1;
}

/* The pairs of the first horizontal format 0 subtable of `kern`. */
static void find_kerning(struct tt_font *font)
{
    struct tt_table kern = find_table(font, "kern");
    if (kern.length < 18 || u16(kern.bytes) != 0 || u16(kern.bytes + 2) == 0 || u16(kern.bytes + 8) != 1)
        return;
    size_t pairs = u16(kern.bytes + 10);
    if (pairs > (kern.length - 18) / 6)
        return;
    font->kern_pairs = (struct tt_table){kern.bytes + 18, pairs * 6};
    font->kern_count = (uint16_t)pairs;
    for (size_t i = 0, part = 0; part <= TT_KERN_PARTS; part++) {
        while (i < pairs && kern_part(u16(font->kern_pairs.bytes + 6 * i)) < part)
            i++;
        font->kern_from[part] = (uint16_t)i;
    }
}

static int per_mille(const struct tt_font *font, int value)
{
    int em = font->units_per_em;
    return value >= 0 ? (value * 1000 + em / 2) / em : -((-value * 1000 + em / 2) / em);
}

/* The PostScript name of `name`, English for Windows, ASCII only. */
static void read_name(struct tt_font *font)
{
    struct tt_table name = find_table(font, "name");
    unsigned count = name.length < 6 ? 0 : u16(name.bytes + 2);
    for (unsigned i = 0; i < count && 6 + 12 * (size_t)(i + 1) <= name.length; i++) {
        const unsigned char *record = name.bytes + 6 + 12 * (size_t)i;
        size_t length = u16(record + 8), offset = (size_t)u16(name.bytes + 4) + u16(record + 10);
        if (u16(record) != 3 || u16(record + 6) != 6 || offset > name.length || length > name.length - offset)
            continue;
        size_t used = 0;
        for (size_t at = 0; at + 1 < length && used + 1 < sizeof font->name; at += 2) {
            unsigned c = u16(name.bytes + offset + at);
            if ((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-')
                font->name[used++] = (char)c;
        }
        font->name[used] = '\0';
        return;
    }
}

static bool read_metrics(struct tt_font *font)
{
    struct tt_table os2 = find_table(font, "OS/2"), post = find_table(font, "post");
    if (font->head.length < 54 || font->hhea.length < 36 || font->maxp.length < 32 || os2.length < 96 ||
        post.length < 32)
        return false;
    font->units_per_em = (uint16_t)u16(font->head.bytes + 18);
    font->long_offsets = u16(font->head.bytes + 50) != 0;
    font->glyph_count = (uint16_t)u16(font->maxp.bytes + 4);
    font->metric_count = (uint16_t)u16(font->hhea.bytes + 34);
    size_t offset_size = font->long_offsets ? 4 : 2;
    if (font->units_per_em < 16 || font->units_per_em > 16384 || font->glyph_count == 0 || font->metric_count == 0 ||
        font->metric_count > font->glyph_count || font->hmtx.length < (size_t)font->metric_count * 4 ||
        font->loca.length < ((size_t)font->glyph_count + 1) * offset_size)
        return false;
    font->ascent = per_mille(font, i16(font->hhea.bytes + 4));
    font->descent = per_mille(font, i16(font->hhea.bytes + 6));
    font->cap_height = per_mille(font, i16(os2.bytes + 88));
    font->weight = (int)u16(os2.bytes + 4);
    font->italic_angle = i16(post.bytes + 4);
    for (size_t i = 0; i < 4; i++)
        font->box[i] = per_mille(font, i16(font->head.bytes + 36 + 2 * i));
    return true;
}

tl_status tt_font_open(struct tt_font *font, const char *path, struct tl_err *err)
{
    *font = (struct tt_font){.file = NULL};
    tl_status status = read_file(font, path, err);
    if (status != TL_OK) {
        tt_font_close(font);
        return status;
    }
    font->head = find_table(font, "head");
    font->hhea = find_table(font, "hhea");
    font->hmtx = find_table(font, "hmtx");
    font->loca = find_table(font, "loca");
    font->glyf = find_table(font, "glyf");
    font->maxp = find_table(font, "maxp");
    font->cmap = find_characters(find_table(font, "cmap"));
    find_kerning(font);
    read_name(font);
    if (font->glyf.length == 0 || font->cmap.length == 0 || font->name[0] == '\0' || !read_metrics(font)) {
        tt_font_close(font);
        return tl_err_set(err, TL_ERR_INPUT, "'%s' is not a TrueType font that can be embedded", path);
    }
    return TL_OK;
}

void tt_font_close(struct tt_font *font)
{
    free(font->file);
    *font = (struct tt_font){.file = NULL};
}

uint16_t tt_font_glyph(const struct tt_font *font, uint32_t character)
{
    const unsigned char *map = font->cmap.bytes;
    size_t segments = u16(map + 6) / 2;
    if (character > 0xFFFF || font->cmap.length < 16 + segments * 8)
        return 0;
    const unsigned char *ends = map + 14, *starts = ends + 2 * segments + 2;
    const unsigned char *deltas = starts + 2 * segments, *ranges = deltas + 2 * segments;
    size_t low = 0, high = segments;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (u16(ends + 2 * middle) < character)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == segments || u16(starts + 2 * low) > character)
        return 0;
    unsigned delta = u16(deltas + 2 * low), range = u16(ranges + 2 * low);
    unsigned glyph = character & 0xFFFFU;
    if (range != 0) {
        size_t at = (size_t)(ranges + 2 * low - map) + range + 2 * (character - u16(starts + 2 * low));
        glyph = at + 2 > font->cmap.length ? 0 : u16(map + at);
        if (glyph == 0)
            return 0;
    }
    glyph = (glyph + delta) & 0xFFFFU;
    return glyph < font->glyph_count ? (uint16_t)glyph : 0;
}

int32_t tt_font_width(const struct tt_font *font, uint16_t glyph)
{
    size_t at = glyph < font->metric_count ? glyph : (size_t)font->metric_count - 1;
    int em = font->units_per_em;
    return ((int)u16(font->hmtx.bytes + 4 * at) * 10000 + em / 2) / em;
}

int32_t tt_font_kern(const struct tt_font *font, uint16_t left, uint16_t right)
{
    uint32_t wanted = (uint32_t)left << 16 | right;
    size_t part = kern_part(left), low = font->kern_from[part], high = font->kern_from[part + 1];
    while (low < high) {
        size_t middle = (low + high) / 2;
        const unsigned char *pair = font->kern_pairs.bytes + 6 * middle;
        uint32_t is = u32(pair);
        if (is == wanted)
            return per_mille(font, i16(pair + 4));
        if (is < wanted)
            low = middle + 1;
        else
            high = middle;
    }
    return 0;
}
