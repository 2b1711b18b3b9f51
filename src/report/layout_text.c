/* SPDX-License-Identifier: MPL-2.0 */
/* Shaping text into glyphs, and breaking it into lines: first fit, which never surprises in a ragged column. */
#include <string.h>

#include "compose.h"
#include "layout.h"
#include "safe_text.h"
#include "tilslut/base/text.h"

enum {
    IS_SPACE = 1,    /* a line may end here, and the space is then not counted */
    BREAK_AFTER = 2, /* a line may end behind it */
    SOFT_HYPHEN = 4, /* invisible, unless the line ends here */
    LINE_END = 8,    /* the line ends here */
    TEXT_LENGTH_MAX = 1 << 20
};

static bool is_digit(uint32_t c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(uint32_t c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c >= 0xC0;
}

/* Missing characters are named, since a blank box in a contract is worse than no contract. */
static tl_status missing(struct layout *l, uint32_t character, const char *from, const char *to, const char *text)
{
    struct tl_buf sign = TL_BUF_EMPTY, around = TL_BUF_EMPTY;
    char *cut = tl_arena_copy(l->arena, text, tl_text_cut(text, strlen(text) < 120 ? strlen(text) : 120));
    char *alone = tl_arena_copy(l->arena, from, (size_t)(to - from));
    if (cut == NULL || alone == NULL)
        return tl_err_memory(l->err);
    tl_safe_text_add(&sign, alone);
    tl_safe_text_add(&around, cut);
    tl_status status = tl_err_set(l->err, TL_ERR_INPUT, "the font has no character U+%04X '%s', needed in '%s'",
                                  (unsigned)character, tl_buf_string(&sign), tl_buf_string(&around));
    tl_err_hint(l->err, "write the text with characters of the Latin, Greek or Cyrillic alphabets");
    tl_buf_release(&sign);
    tl_buf_release(&around);
    return status;
}

/* Appends the glyphs of one string. `capacity` is enough for every byte of it. */
static tl_status shape_span(struct layout *l, struct ly_text *text, const char *string, unsigned face)
{
    const struct tt_font *font = l->faces[face];
    const char *at = string;
    for (;;) {
        const char *from = at;
        uint32_t character = compose_next(&at);
        if (character == 0)
            return TL_OK;
        struct ly_glyph *g = &text->glyphs[text->count];
        *g = (struct ly_glyph){.character = character, .face = (uint8_t)face};
        if (character == ' ')
            g->flags = IS_SPACE;
        else if (character == 0xA0)
            g->character = ' '; /* it holds the line together, and is an ordinary space to whoever copies it */
        else if (character == 0xAD) {
            g->flags = SOFT_HYPHEN;
            g->character = '-';
        }
        g->glyph = tt_font_glyph(font, g->character);
        if (g->glyph == 0 || (character >= 0x300 && character < 0x370) || compose_is_invisible(character))
            return missing(l, character, from, at, string);
        text->count++;
    }
}

static int32_t scaled(int32_t ten_thousandths, int32_t size_mpt)
{
    int64_t product = (int64_t)ten_thousandths * size_mpt;
    return (int32_t)((product >= 0 ? product + 5000 : product - 5000) / 10000);
}

/* Advances, with kerning towards the next glyph of the same face. */
static void measure(struct layout *l, struct ly_text *text)
{
    for (size_t i = 0; i < text->count; i++) {
        struct ly_glyph *g = &text->glyphs[i];
        const struct tt_font *font = l->faces[g->face];
        const struct ly_glyph *next = i + 1 < text->count ? &text->glyphs[i + 1] : NULL;
        if ((g->flags & SOFT_HYPHEN) != 0)
            continue;
        if (next != NULL && next->face == g->face && (next->flags & SOFT_HYPHEN) == 0)
            g->kern = (int16_t)tt_font_kern(font, g->glyph, next->glyph);
        g->advance_mpt = scaled(tt_font_width(font, g->glyph) + 10 * g->kern, text->style.size_mpt);
    }
}

/* A line may end behind a hyphen or slash between letters, but not inside 2026-01-01 or 1/3. */
static void find_breaks(struct ly_text *text)
{
    for (size_t i = 1; i + 1 < text->count; i++) {
        struct ly_glyph *g = &text->glyphs[i];
        uint32_t before = text->glyphs[i - 1].character, after = text->glyphs[i + 1].character;
        bool is_joint = (g->character == '-' || g->character == '/') && (g->flags & SOFT_HYPHEN) == 0;
        if (is_joint && is_letter(before) && is_letter(after))
            g->flags |= BREAK_AFTER;
        if ((g->character == '+' || g->character == '*' || g->character == 0xD7) && is_digit(before) && is_digit(after))
            g->flags |= BREAK_AFTER;
    }
}

/* The widest part that cannot be divided, and the width without any break. */
static void find_natural_widths(struct ly_text *text)
{
    int32_t line = 0, widest_line = 0, word = 0, widest_word = 0;
    for (size_t i = 0; i < text->count; i++) {
        const struct ly_glyph *g = &text->glyphs[i];
        bool ends_word = (g->flags & (IS_SPACE | BREAK_AFTER | SOFT_HYPHEN | LINE_END)) != 0;
        line += g->advance_mpt;
        if ((g->flags & IS_SPACE) == 0)
            word += g->advance_mpt;
        if ((g->flags & SOFT_HYPHEN) != 0)
            word += text->style.size_mpt * 4 / 10; /* room for the hyphen that may show */
        if (word > widest_word)
            widest_word = word;
        if (line > widest_line)
            widest_line = line;
        if (ends_word)
            word = 0;
        if ((g->flags & LINE_END) != 0)
            line = 0;
    }
    text->full_width_mpt = widest_line;
    text->widest_word_mpt = widest_word;
}

tl_status ly_text_shape(struct layout *l, struct ly_text *text, const struct tl_spans *spans, struct ly_style style)
{
    *text = (struct ly_text){.style = style};
    size_t bytes = 0;
    for (size_t i = 0; i < spans->count; i++)
        bytes += strlen(spans->items[i].text) + 1;
    if (bytes > TEXT_LENGTH_MAX)
        return tl_err_set(l->err, TL_ERR_RANGE, "a paragraph is longer than %d bytes", TEXT_LENGTH_MAX);
    text->glyphs = tl_arena_alloc(l->arena, bytes, sizeof *text->glyphs);
    if (text->glyphs == NULL)
        return tl_err_memory(l->err);
    for (size_t i = 0; i < spans->count; i++) {
        const struct tl_span *span = &spans->items[i];
        tl_status status = shape_span(l, text, span->text, style.face | (span->style & 3U));
        if (status != TL_OK)
            return status;
        if ((span->style & TL_SPAN_BREAK) != 0 && text->count > 0)
            text->glyphs[text->count++] = (struct ly_glyph){
                .character = ' ', .glyph = tt_font_glyph(l->faces[0], ' '), .flags = IS_SPACE | LINE_END};
    }
    measure(l, text);
    find_breaks(text);
    find_natural_widths(text);
    return TL_OK;
}

tl_status ly_text_shape_string(struct layout *l, struct ly_text *text, const char *string, struct ly_style style)
{
    struct tl_span span = {.text = string};
    struct tl_spans spans = {.items = &span, .count = 1};
    return ly_text_shape(l, text, &spans, style);
}

static tl_status add_line(struct layout *l, struct ly_text *text, size_t from, size_t to)
{
    void *lines = tl_arena_grow(l->arena, text->lines, text->line_count, &text->line_capacity, sizeof *text->lines);
    if (lines == NULL)
        return tl_err_memory(l->err);
    text->lines = lines;
    struct ly_line line = {.from = from, .to = to};
    size_t end = to; /* spaces at the end take part, but not in the width */
    while (end > from && (text->glyphs[end - 1].flags & IS_SPACE) != 0)
        end--;
    for (size_t i = from; i < end; i++)
        line.width_mpt += text->glyphs[i].advance_mpt;
    line.ends_with_hyphen = end > from && (text->glyphs[end - 1].flags & SOFT_HYPHEN) != 0;
    if (line.ends_with_hyphen)
        line.width_mpt += scaled(tt_font_width(l->faces[text->glyphs[end - 1].face], text->glyphs[end - 1].glyph),
                                 text->style.size_mpt);
    text->lines[text->line_count++] = line;
    return TL_OK;
}

/* Where the line that begins at `from` ends: behind the last break that fits, or, in a word that is wider than the
 * column, before the glyph that no longer fits. */
static size_t line_end(const struct ly_text *text, size_t from, int32_t width_mpt)
{
    int32_t used = 0;
    size_t fits = from;
    for (size_t i = from; i < text->count; i++) {
        const struct ly_glyph *g = &text->glyphs[i];
        bool is_space = (g->flags & IS_SPACE) != 0;
        int32_t hyphen = (g->flags & SOFT_HYPHEN) != 0 ? text->style.size_mpt * 4 / 10 : 0;
        if (!is_space && used + g->advance_mpt > width_mpt)
            return fits > from ? fits : i > from ? i : from + 1;
        used += g->advance_mpt;
        if ((g->flags & LINE_END) != 0)
            return i + 1;
        bool can_end =
            is_space || (g->flags & BREAK_AFTER) != 0 || ((g->flags & SOFT_HYPHEN) != 0 && used + hyphen <= width_mpt);
        if (can_end)
            fits = i + 1;
    }
    return text->count;
}

tl_status ly_text_break(struct layout *l, struct ly_text *text, int32_t width_mpt)
{
    tl_status status = TL_OK;
    text->line_count = 0;
    for (size_t from = 0; from < text->count && status == TL_OK;) {
        size_t to = line_end(text, from, width_mpt);
        status = add_line(l, text, from, to);
        from = to;
    }
    return status;
}

static tl_status add_run(struct layout *l, struct ly_items *into, const struct ly_text *text, size_t from, size_t to,
                         int32_t x_mpt, int32_t y_mpt, int elem)
{
    void *items = tl_arena_grow(l->arena, into->items, into->count, &into->capacity, sizeof *into->items);
    if (items == NULL)
        return tl_err_memory(l->err);
    into->items = items;
    struct ly_item item = {.kind = LY_ITEM_TEXT,
                           .elem = elem,
                           .colour = text->style.colour,
                           .x_mpt = x_mpt,
                           .y_mpt = y_mpt,
                           .size_mpt = text->style.size_mpt,
                           .face = text->glyphs[from].face,
                           .glyphs = &text->glyphs[from],
                           .glyph_count = to - from};
    for (size_t i = from; i < to; i++)
        item.width_mpt += text->glyphs[i].advance_mpt;
    into->items[into->count++] = item;
    return TL_OK;
}

tl_status ly_text_place(struct layout *l, struct ly_items *into, const struct ly_text *text, size_t line, int32_t x_mpt,
                        int32_t y_mpt, int elem)
{
    const struct ly_line *ln = &text->lines[line];
    tl_status status = TL_OK;
    /* soft hyphens that do not show take no part, so runs end at them too */
    for (size_t from = ln->from; from < ln->to && status == TL_OK;) {
        bool is_last_hyphen = ln->ends_with_hyphen && from + 1 == ln->to;
        if ((text->glyphs[from].flags & SOFT_HYPHEN) != 0 && !is_last_hyphen) {
            from++;
            continue;
        }
        size_t to = from + 1;
        while (to < ln->to && text->glyphs[to].face == text->glyphs[from].face &&
               ((text->glyphs[to].flags & SOFT_HYPHEN) == 0 || (ln->ends_with_hyphen && to + 1 == ln->to)))
            to++;
        status = add_run(l, into, text, from, to, x_mpt, y_mpt, elem);
        if (status == TL_OK)
            x_mpt += into->items[into->count - 1].width_mpt;
        from = to;
    }
    return status;
}

int32_t ly_text_decimal_tail(const struct ly_text *text, uint32_t decimal_mark, bool *is_number)
{
    size_t start = 0;
    while (start < text->count && (text->glyphs[start].character == '-' || text->glyphs[start].character == '+' ||
                                   text->glyphs[start].character == 0x2212))
        start++;
    *is_number = start < text->count && is_digit(text->glyphs[start].character);
    int32_t tail = 0;
    for (size_t i = text->count; *is_number && i > 0; i--) {
        const struct ly_glyph *g = &text->glyphs[i - 1];
        tail += g->advance_mpt;
        if (g->character == decimal_mark && i < text->count && is_digit(text->glyphs[i].character))
            return tail;
    }
    /* a whole number: what follows its last digit, such as a unit */
    tail = 0;
    for (size_t i = text->count; *is_number && i > 0 && !is_digit(text->glyphs[i - 1].character); i--)
        tail += text->glyphs[i - 1].advance_mpt;
    return tail;
}
