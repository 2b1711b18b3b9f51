/* SPDX-License-Identifier: MPL-2.0 */
/* The font file of one document: tt_font_subset of truetype.h. */
#include <stdlib.h>
#include <string.h>

#include "truetype.h"

/* Flags of the glyf table. */
enum {
    ON_X_SHORT = 0x02,
    ON_Y_SHORT = 0x04,
    ON_REPEAT = 0x08,
    ON_X_SAME = 0x10,
    ON_Y_SAME = 0x20,
    PART_WORDS = 0x0001,
    PART_SCALE = 0x0008,
    PART_MORE = 0x0020,
    PART_TWO_SCALES = 0x0040,
    PART_MATRIX = 0x0080,
    PART_INSTRUCTIONS = 0x0100
};

enum { PART_DEPTH_MAX = 6 };

struct subset {
    const struct tt_font *font;
    unsigned char *used;
    struct tl_buf glyf, loca, hmtx;
    struct tl_err *err;
};

static unsigned u16(const unsigned char *s)
{
    return (unsigned)s[0] << 8 | s[1];
}

static void put16(struct tl_buf *out, unsigned value)
{
    const char bytes[2] = {(char)(value >> 8 & 0xFFU), (char)(value & 0xFFU)};
    tl_buf_add(out, bytes, 2);
}

static void put32(struct tl_buf *out, uint32_t value)
{
    put16(out, value >> 16);
    put16(out, value & 0xFFFFU);
}

static tl_status damaged(struct subset *s, unsigned glyph)
{
    return tl_err_set(s->err, TL_ERR_INPUT, "glyph %u of the font '%s' is damaged", glyph, s->font->name);
}

/* The outline of a glyph; empty for a blank one, false when it lies outside the table. */
static bool find_outline(const struct tt_font *font, unsigned glyph, struct tt_table *outline)
{
    const unsigned char *at = font->loca.bytes + (size_t)glyph * (font->long_offsets ? 4 : 2);
    size_t start = font->long_offsets ? (size_t)u16(at) << 16 | u16(at + 2) : (size_t)u16(at) * 2;
    size_t end = font->long_offsets ? (size_t)u16(at + 4) << 16 | u16(at + 6) : (size_t)u16(at + 2) * 2;
    if (start > end || end > font->glyf.length)
        return false;
    *outline = (struct tt_table){font->glyf.bytes + start, end - start};
    return outline->length == 0 || outline->length >= 10;
}

/* The length of one part record of a composite glyph. */
static size_t part_length(unsigned flags)
{
    size_t length = (flags & PART_WORDS) != 0 ? 8 : 6;
    if ((flags & PART_SCALE) != 0)
        length += 2;
    else if ((flags & PART_TWO_SCALES) != 0)
        length += 4;
    else if ((flags & PART_MATRIX) != 0)
        length += 8;
    return length;
}

/* Marks the glyphs that a composite glyph is made of; recursion is bounded by PART_DEPTH_MAX. */
static tl_status mark_parts(struct subset *s, unsigned glyph, unsigned depth)
{
    struct tt_table outline;
    if (glyph >= s->font->glyph_count || depth > PART_DEPTH_MAX || !find_outline(s->font, glyph, &outline))
        return damaged(s, glyph);
    s->used[glyph] = 1;
    if (outline.length == 0 || u16(outline.bytes) < 0x8000U)
        return TL_OK;
    size_t at = 10;
    unsigned flags = PART_MORE;
    while ((flags & PART_MORE) != 0) {
        if (at + 4 > outline.length)
            return damaged(s, glyph);
        flags = u16(outline.bytes + at);
        tl_status status = mark_parts(s, u16(outline.bytes + at + 2), depth + 1);
        if (status != TL_OK)
            return status;
        at += part_length(flags);
    }
    return TL_OK;
}

/* The length of the flags and coordinates of `points` points that begin at `s`, or 0 when they do not fit. */
static size_t points_length(const unsigned char *s, size_t left, size_t points)
{
    size_t at = 0, coordinates = 0;
    while (points > 0) {
        if (at >= left)
            return 0;
        unsigned flags = s[at++];
        size_t times = 1;
        if ((flags & ON_REPEAT) != 0) {
            if (at >= left)
                return 0;
            times += s[at++];
        }
        if (times > points)
            return 0;
        size_t x = (flags & ON_X_SHORT) != 0 ? 1 : (flags & ON_X_SAME) != 0 ? 0 : 2;
        size_t y = (flags & ON_Y_SHORT) != 0 ? 1 : (flags & ON_Y_SAME) != 0 ? 0 : 2;
        coordinates += times * (x + y);
        points -= times;
    }
    return coordinates <= left - at ? at + coordinates : 0;
}

/* Copies a simple outline without its instructions. */
static tl_status copy_simple(struct subset *s, unsigned glyph, struct tt_table outline)
{
    size_t ends = 10 + 2 * (size_t)u16(outline.bytes);
    if (ends + 2 > outline.length || ends == 10)
        return damaged(s, glyph);
    size_t points = (size_t)u16(outline.bytes + ends - 2) + 1;
    size_t start = ends + 2 + u16(outline.bytes + ends);
    size_t length = start > outline.length ? 0 : points_length(outline.bytes + start, outline.length - start, points);
    if (length == 0)
        return damaged(s, glyph);
    tl_buf_add(&s->glyf, (const char *)outline.bytes, ends);
    put16(&s->glyf, 0);
    tl_buf_add(&s->glyf, (const char *)outline.bytes + start, length);
    return TL_OK;
}

/* Copies a composite outline without its instructions; mark_parts has checked the records but the last. */
static tl_status copy_composite(struct subset *s, unsigned glyph, struct tt_table outline)
{
    tl_buf_add(&s->glyf, (const char *)outline.bytes, 10);
    size_t at = 10;
    unsigned flags = PART_MORE;
    while ((flags & PART_MORE) != 0) {
        flags = u16(outline.bytes + at);
        size_t length = part_length(flags);
        if (length > outline.length - at)
            return damaged(s, glyph);
        put16(&s->glyf, flags & ~(unsigned)PART_INSTRUCTIONS);
        tl_buf_add(&s->glyf, (const char *)outline.bytes + at + 2, length - 2);
        at += length;
    }
    return TL_OK;
}

static tl_status copy_glyph(struct subset *s, unsigned glyph)
{
    struct tt_table outline;
    put32(&s->loca, (uint32_t)s->glyf.length);
    if (!s->used[glyph])
        return TL_OK;
    if (!find_outline(s->font, glyph, &outline))
        return damaged(s, glyph);
    if (outline.length == 0)
        return TL_OK;
    tl_status status =
        u16(outline.bytes) >= 0x8000U ? copy_composite(s, glyph, outline) : copy_simple(s, glyph, outline);
    tl_buf_add(&s->glyf, "\0\0", (4 - s->glyf.length % 4) % 4);
    return status;
}

/* Metrics of used glyphs, zeroes for the others, so that they compress well. */
static void copy_metrics(struct subset *s)
{
    const struct tt_font *font = s->font;
    for (size_t glyph = 0; glyph < font->metric_count; glyph++)
        tl_buf_add(&s->hmtx, s->used[glyph] ? (const char *)font->hmtx.bytes + 4 * glyph : "\0\0\0", 4);
    size_t rest = font->hmtx.length - 4 * (size_t)font->metric_count;
    for (size_t i = 0; i < (size_t)(font->glyph_count - font->metric_count) && 2 * (i + 1) <= rest; i++)
        tl_buf_add(&s->hmtx, (const char *)font->hmtx.bytes + 4 * (size_t)font->metric_count + 2 * i, 2);
}

static uint32_t checksum(const char *bytes, size_t length)
{
    uint32_t sum = 0;
    for (size_t i = 0; i < length; i++)
        sum += (uint32_t)(unsigned char)bytes[i] << (24 - 8 * (i % 4));
    return sum;
}

/* Writes the tables behind a directory, each on a multiple of four bytes, sorted by tag as given. */
static void write_file(struct tl_buf *out, const char *const *tags, struct tl_buf *const *tables, size_t count)
{
    size_t start = out->length, offset = 12 + 16 * count;
    unsigned power = 1, exponent = 0;
    while (power * 2 <= count) {
        power *= 2;
        exponent++;
    }
    put32(out, 0x00010000U);
    put16(out, (unsigned)count);
    put16(out, power * 16);
    put16(out, exponent);
    put16(out, ((unsigned)count - power) * 16);
    size_t head_offset = 0;
    for (size_t i = 0; i < count; i++) {
        tl_buf_text(out, tags[i]);
        put32(out, checksum(tables[i]->bytes, tables[i]->length));
        put32(out, (uint32_t)offset);
        put32(out, (uint32_t)tables[i]->length);
        if (strcmp(tags[i], "head") == 0)
            head_offset = offset;
        offset += (tables[i]->length + 3) / 4 * 4;
    }
    for (size_t i = 0; i < count; i++) {
        tl_buf_add(out, tables[i]->bytes, tables[i]->length);
        tl_buf_add(out, "\0\0", (4 - (out->length - start) % 4) % 4);
    }
    if (out->failed)
        return;
    uint32_t adjustment = 0xB1B0AFBAU - checksum(out->bytes + start, out->length - start);
    for (size_t i = 0; i < 4; i++)
        out->bytes[start + head_offset + 8 + i] = (char)(adjustment >> (24 - 8 * i) & 0xFFU);
}

/* The small tables, changed where the subset differs from the font. */
static void assemble(struct subset *s, struct tl_buf *out)
{
    struct tl_buf head = TL_BUF_EMPTY, hhea = TL_BUF_EMPTY, maxp = TL_BUF_EMPTY, post = TL_BUF_EMPTY;
    const struct tt_font *font = s->font;
    tl_buf_add(&head, (const char *)font->head.bytes, 8);
    put32(&head, 0); /* checkSumAdjustment, set when the file is whole */
    tl_buf_add(&head, (const char *)font->head.bytes + 12, 38);
    put16(&head, 1); /* long offsets */
    put16(&head, 0);
    tl_buf_add(&hhea, (const char *)font->hhea.bytes, 36);
    tl_buf_add(&maxp, (const char *)font->maxp.bytes, 14);
    put16(&maxp, 1); /* zones; then no twilight points, storage, functions, stack or instructions */
    for (int i = 0; i < 6; i++)
        put16(&maxp, 0);
    tl_buf_add(&maxp, (const char *)font->maxp.bytes + 28, 4);
    put32(&post, 0x00030000U); /* no glyph names */
    for (int i = 0; i < 7; i++)
        put32(&post, 0);
    static const char *const tags[] = {"glyf", "head", "hhea", "hmtx", "loca", "maxp", "post"};
    struct tl_buf *const tables[] = {&s->glyf, &head, &hhea, &s->hmtx, &s->loca, &maxp, &post};
    const size_t count = sizeof tags / sizeof tags[0];
    bool failed = false;
    for (size_t i = 0; i < count; i++)
        failed = failed || tables[i]->failed;
    if (failed)
        out->failed = true;
    else
        write_file(out, tags, tables, count);
    tl_buf_release(&head);
    tl_buf_release(&hhea);
    tl_buf_release(&maxp);
    tl_buf_release(&post);
}

tl_status tt_font_subset(struct tl_buf *out, const struct tt_font *font, unsigned char *used, struct tl_err *err)
{
    struct subset s = {.font = font, .used = used, .err = err};
    tl_status status = mark_parts(&s, 0, 0);
    for (unsigned glyph = 0; glyph < font->glyph_count && status == TL_OK; glyph++)
        if (used[glyph])
            status = mark_parts(&s, glyph, 0);
    for (unsigned glyph = 0; glyph < font->glyph_count && status == TL_OK; glyph++)
        status = copy_glyph(&s, glyph);
    put32(&s.loca, (uint32_t)s.glyf.length);
    copy_metrics(&s);
    if (status == TL_OK) {
        assemble(&s, out);
        status = tl_buf_status(out, err);
    }
    tl_buf_release(&s.glyf);
    tl_buf_release(&s.loca);
    tl_buf_release(&s.hmtx);
    return status;
}
