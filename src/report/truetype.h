/* SPDX-License-Identifier: MPL-2.0 */
/*
 * A TrueType font file (OpenType with glyf outlines), read once: which glyph a character has, how wide it is, and
 * a font file with only the glyphs of one document.
 *
 * Every offset of the file is checked before it is followed. Tables: OpenType specification 1.9.
 */
#ifndef TILSLUT_SRC_REPORT_TRUETYPE_H
#define TILSLUT_SRC_REPORT_TRUETYPE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tilslut/base/status.h"
#include "tilslut/base/text.h"

struct tt_table {
    const unsigned char *bytes;
    size_t length;
};

enum { TT_KERN_PARTS = 256 };

struct tt_font {
    unsigned char *file;
    size_t file_size;
    char name[64]; /* PostScript name, such as OpenSans-Bold */
    struct tt_table head, hhea, hmtx, loca, glyf, kern_pairs, cmap, maxp;
    uint16_t units_per_em, glyph_count, metric_count, kern_count;
    uint16_t
        kern_from[TT_KERN_PARTS + 1]; /* the first pair whose left glyph is in that part of the font, or behind it */
    bool long_offsets;
    int ascent, descent, cap_height, weight; /* thousandths of the em, but weight 100 to 900 */
    int box[4];                              /* thousandths of the em */
    int italic_angle;                        /* degrees, negative leans right */
};

/* Reads the file. TL_ERR_IO: it cannot be read. TL_ERR_INPUT: not such a font. */
tl_status tt_font_open(struct tt_font *font, const char *path, struct tl_err *err) TL_MUST_CHECK;
void tt_font_close(struct tt_font *font);

/* The glyph of a character; 0 when the font has none. */
uint16_t tt_font_glyph(const struct tt_font *font, uint32_t character);

/* The advance width in ten-thousandths of the em, rounded. */
int32_t tt_font_width(const struct tt_font *font, uint16_t glyph);

/* How much further (or, negative, less far) `right` stands behind `left`, in thousandths of the em. */
int32_t tt_font_kern(const struct tt_font *font, uint16_t left, uint16_t right);

/* Appends a font file with the glyphs marked in `used` (glyph_count bytes; the parts of composite glyphs are marked
 * too) under their own numbers, without hints, kerning and names. TL_ERR_INPUT when an outline is damaged. */
tl_status tt_font_subset(struct tl_buf *out, const struct tt_font *font, unsigned char *used,
                         struct tl_err *err) TL_MUST_CHECK;

#endif
