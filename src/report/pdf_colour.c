/* SPDX-License-Identifier: MPL-2.0 */
/*
 * The output intent's colour profile: sRGB as an ICC profile of version 4 (ISO 15076-1), made of its definition, so
 * that no file of the system is needed and the result is small.
 */
#include <string.h>

#include "pdf_parts.h"

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

static void put_zeroes(struct tl_buf *out, size_t count)
{
    for (size_t i = 0; i < count; i++)
        tl_buf_add(out, "", 1);
}

/* A text of one language (ASCII), as multiLocalizedUnicodeType. */
static void put_text(struct tl_buf *out, const char *text)
{
    size_t length = strlen(text);
    tl_buf_text(out, "mluc");
    put32(out, 0);
    put32(out, 1);
    put32(out, 12);
    tl_buf_text(out, "enUS");
    put32(out, (uint32_t)(2 * length));
    put32(out, 28);
    for (size_t i = 0; i < length; i++)
        put16(out, (unsigned char)text[i]);
}

/* An XYZ value in s15Fixed16. */
static void put_xyz(struct tl_buf *out, const uint32_t xyz[3])
{
    tl_buf_text(out, "XYZ ");
    put32(out, 0);
    for (size_t i = 0; i < 3; i++)
        put32(out, xyz[i]);
}

/* The transfer function of IEC 61966-2-1: ((x + 0.055) / 1.055) ^ 2.4, and x / 12.92 below 0.04045. */
static void put_curve(struct tl_buf *out)
{
    static const uint32_t parameters[] = {0x00026666, 0x0000F2A7, 0x00000D59, 0x000013D0, 0x00000A5B};
    tl_buf_text(out, "para");
    put32(out, 0);
    put16(out, 3);
    put16(out, 0);
    for (size_t i = 0; i < sizeof parameters / sizeof parameters[0]; i++)
        put32(out, parameters[i]);
}

/* The adaptation from D65 to the D50 of the connection space (Bradford). */
static void put_adaptation(struct tl_buf *out)
{
    static const uint32_t matrix[] = {0x00010C42, 0x000005DE, 0xFFFFF325, 0x00000793, 0x0000FD90,
                                      0xFFFFFBA1, 0xFFFFFDA2, 0x000003DC, 0x0000C06E};
    tl_buf_text(out, "sf32");
    put32(out, 0);
    for (size_t i = 0; i < sizeof matrix / sizeof matrix[0]; i++)
        put32(out, matrix[i]);
}

/* Primaries adapted to D50, and D50 itself. */
static const uint32_t white[] = {0x0000F6D6, 0x00010000, 0x0000D32D};
static const uint32_t red[] = {0x00006FA0, 0x000038F5, 0x00000390};
static const uint32_t green[] = {0x00006299, 0x0000B785, 0x000018DA};
static const uint32_t blue[] = {0x000024A0, 0x00000F84, 0x0000B6CF};

struct tag {
    const char *name;
    size_t offset, length;
};

enum { TAG_COUNT = 10, HEADER_SIZE = 128, DATA_OFFSET = HEADER_SIZE + 4 + 12 * TAG_COUNT };

static void put_header(struct tl_buf *out, size_t size)
{
    put32(out, (uint32_t)size);
    put32(out, 0);
    put32(out, 0x04200000);
    tl_buf_text(out, "mntrRGB XYZ ");
    static const unsigned date[] = {2026, 1, 1, 0, 0, 0}; /* of the profile's definition here, not of the run */
    for (size_t i = 0; i < 6; i++)
        put16(out, date[i]);
    tl_buf_text(out, "acsp");
    put_zeroes(out, 28);
    put32(out, white[0]);
    put32(out, white[1]);
    put32(out, white[2]);
    put_zeroes(out, 48);
}

void pdf_colour_profile(struct tl_buf *out)
{
    struct tl_buf data = TL_BUF_EMPTY;
    struct tag tags[TAG_COUNT] = {{"desc", 0, 0}, {"cprt", 0, 0}, {"wtpt", 0, 0}, {"chad", 0, 0}, {"rXYZ", 0, 0},
                                  {"gXYZ", 0, 0}, {"bXYZ", 0, 0}, {"rTRC", 0, 0}, {"gTRC", 0, 0}, {"bTRC", 0, 0}};
    for (size_t i = 0; i < TAG_COUNT; i++) {
        if (i > 7) { /* one curve for all three */
            tags[i].offset = tags[7].offset;
            tags[i].length = tags[7].length;
            continue;
        }
        tags[i].offset = DATA_OFFSET + data.length;
        switch (i) {
        case 0:
            put_text(&data, "sRGB IEC61966-2.1");
            break;
        case 1:
            put_text(&data, "No copyright, use freely");
            break;
        case 2:
            put_xyz(&data, white);
            break;
        case 3:
            put_adaptation(&data);
            break;
        case 4:
            put_xyz(&data, red);
            break;
        case 5:
            put_xyz(&data, green);
            break;
        case 6:
            put_xyz(&data, blue);
            break;
        default:
            put_curve(&data);
            break;
        }
        tags[i].length = DATA_OFFSET + data.length - tags[i].offset;
        put_zeroes(&data, (4 - data.length % 4) % 4);
    }
    put_header(out, DATA_OFFSET + data.length);
    put32(out, TAG_COUNT);
    for (size_t i = 0; i < TAG_COUNT; i++) {
        tl_buf_text(out, tags[i].name);
        put32(out, (uint32_t)tags[i].offset);
        put32(out, (uint32_t)tags[i].length);
    }
    if (data.failed)
        out->failed = true;
    else
        tl_buf_add(out, data.bytes, data.length);
    tl_buf_release(&data);
}
