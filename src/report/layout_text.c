/* SPDX-License-Identifier: MPL-2.0 */
/* Shaping text into glyphs, and breaking it into lines: first fit, which never surprises in a ragged
 * column; words are divided only where a line would be too short otherwise. */
#include <string.h>

#include "compose.h"
#include "layout.h"
#include "safe_text.h"
#include "tilslut/base/text.h"

enum {
    IS_SPACE = 1,      /* a line may end here, and the space is then not counted */
    BREAK_AFTER = 2,   /* a line may end behind it */
    SOFT_HYPHEN = 4,   /* a line may end behind it with a hyphen, as whoever wrote the text said */
    LINE_END = 8,      /* the line ends here */
    DIVIDES_WORD = 16, /* a line may end behind it with a hyphen, when it would be too short otherwise */
    IN_NUMBER = 32
};

enum {
    TEXT_LENGTH_MAX = 1 << 20,
    TOO_SHORT_PER_CENT = 7, /* of the column left empty: then a word is divided */
    HYPHENS_TOGETHER = 2,   /* lines below each other that may end so */
    SHORT_PART = 3,         /* letters behind a hyphen that go to the next line */
    SHORT_LAST_WORD = 5     /* characters that do not stand alone on a paragraph's last line */
};

/* The hyphen at the end of a line is a character of its own (ISO 32000-1, 14.8.2.2.3). */
static struct ly_glyph hyphen_of(const struct layout *l, unsigned face)
{
    uint16_t glyph = tt_font_glyph(l->faces[face], 0xAD);
    if (glyph == 0)
        return (struct ly_glyph){.character = '-', .glyph = tt_font_glyph(l->faces[face], '-'), .face = (uint8_t)face};
    return (struct ly_glyph){.character = 0xAD, .glyph = glyph, .face = (uint8_t)face};
}

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
        if (character == 0xAD) {
            if (text->count > 0)
                text->glyphs[text->count - 1].flags |= SOFT_HYPHEN;
            continue;
        }
        struct ly_glyph *g = &text->glyphs[text->count];
        *g = (struct ly_glyph){.character = character, .face = (uint8_t)face};
        if (character == ' ')
            g->flags = IS_SPACE;
        else if (character == 0xA0)
            g->character = ' '; /* it holds the line together, and is an ordinary space to whoever copies it */
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
        if (next != NULL && next->face == g->face)
            g->kern = (int16_t)tt_font_kern(font, g->glyph, next->glyph);
        g->advance_mpt = scaled(tt_font_width(font, g->glyph) + 10 * g->kern, text->style.size_mpt);
    }
}

/* The number of a document, TA-os2valghalla-0751, is never divided: between spaces, with a hyphen before a digit. */
static void mark_numbers(struct ly_text *text)
{
    for (size_t from = 0, to; from < text->count; from = to + 1) {
        bool is_number = false;
        for (to = from; to < text->count && text->glyphs[to].character != ' '; to++)
            if (to > from && text->glyphs[to - 1].character == '-' && is_digit(text->glyphs[to].character))
                is_number = true;
        for (size_t i = from; is_number && i < to; i++)
            text->glyphs[i].flags |= IN_NUMBER;
    }
}

/* A part of a word behind its hyphen that is too short to begin a line with, such as in CVR-nr. */
static bool is_short_part(const struct ly_text *text, size_t hyphen)
{
    size_t letters = 0;
    while (letters < SHORT_PART && hyphen + 1 + letters < text->count &&
           is_letter(text->glyphs[hyphen + 1 + letters].character))
        letters++;
    return letters < SHORT_PART;
}

/* A line may end behind a hyphen or slash between letters, but not inside 2026-01-01 or 1/3. */
static void find_breaks(struct ly_text *text)
{
    for (size_t i = 1; i + 1 < text->count; i++) {
        struct ly_glyph *g = &text->glyphs[i];
        uint32_t before = text->glyphs[i - 1].character, after = text->glyphs[i + 1].character;
        bool is_joint =
            g->character == '/' || (g->character == '-' && (g->flags & IN_NUMBER) == 0 && !is_short_part(text, i));
        if (is_joint && is_letter(before) && is_letter(after))
            g->flags |= BREAK_AFTER;
        if ((g->character == '+' || g->character == '*' || g->character == 0xD7) && is_digit(before) && is_digit(after))
            g->flags |= BREAK_AFTER;
    }
}

/* A word is left whole when what touches it makes it part of a name, a number or an address. */
static bool is_part_of_more(const struct ly_text *text, size_t from, size_t to)
{
    uint32_t before = from == 0 ? ' ' : text->glyphs[from - 1].character;
    uint32_t behind = to == text->count ? ' ' : text->glyphs[to].character;
    uint32_t next = to + 1 < text->count ? text->glyphs[to + 1].character : ' ';
    return is_digit(before) || before == '.' || before == '@' || before == '/' || before == '_' || is_digit(behind) ||
           behind == '@' || behind == '_' ||
           ((behind == '.' || behind == '/') && (is_letter(next) || is_digit(next))) ||
           (text->glyphs[from].flags & IN_NUMBER) != 0;
}

static void find_word_divisions(const struct layout *l, struct ly_text *text)
{
    uint32_t word[HYPHENATION_WORD_MAX];
    bool points[HYPHENATION_WORD_MAX];
    for (size_t from = 0, to; from < text->count; from = to) {
        unsigned flags = 0;
        for (to = from; to < text->count && is_letter(text->glyphs[to].character); to++) {
            flags |= text->glyphs[to].flags;
            if (to - from < HYPHENATION_WORD_MAX)
                word[to - from] = text->glyphs[to].character;
        }
        size_t length = to - from;
        if (length > 0 && length <= HYPHENATION_WORD_MAX && (flags & SOFT_HYPHEN) == 0 &&
            !is_part_of_more(text, from, to)) {
            hyphenation_find(l->hyphenation, word, length, points);
            for (size_t i = 0; i < length; i++)
                text->glyphs[from + i].flags |= points[i] ? DIVIDES_WORD : 0;
        }
        to += length == 0 ? 1 : 0;
    }
}

/* A short last word stays with the one before it. */
static void hold_last_word(struct ly_text *text)
{
    size_t last = text->count;
    while (last > 0 && text->count - last <= SHORT_LAST_WORD && (text->glyphs[last - 1].flags & IS_SPACE) == 0)
        last--;
    bool is_short = last > 0 && text->count - last <= SHORT_LAST_WORD && last < text->count;
    if (is_short && (text->glyphs[last - 1].flags & (IS_SPACE | LINE_END)) == IS_SPACE)
        text->glyphs[last - 1].flags &= (uint8_t)~IS_SPACE;
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
        int32_t hyphen = (g->flags & SOFT_HYPHEN) != 0 ? text->style.size_mpt * 4 / 10 : 0; /* it may show */
        if (word + hyphen > widest_word)
            widest_word = word + hyphen;
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
    mark_numbers(text);
    find_breaks(text);
    if (style.divides_words)
        find_word_divisions(l, text);
    if (style.holds_last_word)
        hold_last_word(text);
    find_natural_widths(text);
    return TL_OK;
}

tl_status ly_text_shape_string(struct layout *l, struct ly_text *text, const char *string, struct ly_style style)
{
    struct tl_span span = {.text = string};
    struct tl_spans spans = {.items = &span, .count = 1};
    return ly_text_shape(l, text, &spans, style);
}

static int32_t hyphen_width(const struct layout *l, const struct ly_text *text, size_t glyph)
{
    unsigned face = text->glyphs[glyph].face;
    return scaled(tt_font_width(l->faces[face], hyphen_of(l, face).glyph), text->style.size_mpt);
}

static tl_status add_line(struct layout *l, struct ly_text *text, struct ly_line line)
{
    void *lines = tl_arena_grow(l->arena, text->lines, text->line_count, &text->line_capacity, sizeof *text->lines);
    if (lines == NULL)
        return tl_err_memory(l->err);
    text->lines = lines;
    size_t end = line.to; /* spaces at the end take part, but not in the width */
    while (end > line.from && (text->glyphs[end - 1].flags & IS_SPACE) != 0)
        end--;
    for (size_t i = line.from; i < end; i++)
        line.width_mpt += text->glyphs[i].advance_mpt;
    if (line.ends_with_hyphen)
        line.width_mpt += hyphen_width(l, text, line.to - 1);
    text->lines[text->line_count++] = line;
    return TL_OK;
}

/* The last places where a line can end: at all, and inside a word. */
struct ends {
    size_t whole, divided;
    bool whole_has_hyphen;
    int32_t whole_width_mpt;
};

static bool has_space_behind(const struct ly_text *text, size_t from)
{
    while (from < text->count && (text->glyphs[from].flags & IS_SPACE) == 0)
        from++;
    return from + 1 < text->count;
}

/* Which of the ends is taken when glyph `i` no longer fits: words are divided where the line would be too short
 * otherwise, but not on too many lines below each other, and not to carry the rest of a word alone to the last line. In
 * a word that is wider than the column the line ends before the glyph that does not fit. */
static void choose_end(const struct ly_text *text, struct ly_line *line, const struct ends *ends, size_t i,
                       int32_t width_mpt, unsigned hyphens_above)
{
    bool is_short = ends->whole_width_mpt < width_mpt - width_mpt / 100 * TOO_SHORT_PER_CENT;
    bool may_divide = hyphens_above < HYPHENS_TOGETHER && has_space_behind(text, ends->divided);
    if (ends->divided > ends->whole && (ends->whole == line->from || (is_short && may_divide))) {
        line->to = ends->divided;
        line->ends_with_hyphen = true;
    } else if (ends->whole > line->from) {
        line->to = ends->whole;
        line->ends_with_hyphen = ends->whole_has_hyphen;
    } else
        line->to = i > line->from ? i : line->from + 1;
}

static struct ly_line next_line(const struct layout *l, const struct ly_text *text, size_t from, int32_t width_mpt,
                                unsigned hyphens_above)
{
    struct ly_line line = {.from = from, .to = text->count};
    struct ends ends = {from, from, false, 0};
    int32_t used = 0;
    for (size_t i = from; i < text->count; i++) {
        const struct ly_glyph *g = &text->glyphs[i];
        bool is_space = (g->flags & IS_SPACE) != 0;
        if (!is_space && used + g->advance_mpt > width_mpt) {
            choose_end(text, &line, &ends, i, width_mpt, hyphens_above);
            return line;
        }
        used += g->advance_mpt;
        if ((g->flags & LINE_END) != 0) {
            line.to = i + 1;
            return line;
        }
        bool hyphen_fits = (g->flags & (SOFT_HYPHEN | DIVIDES_WORD)) != 0 && i + 1 < text->count &&
                           used + hyphen_width(l, text, i) <= width_mpt;
        if (is_space || (g->flags & BREAK_AFTER) != 0 || (hyphen_fits && (g->flags & SOFT_HYPHEN) != 0)) {
            bool has_hyphen = !is_space && (g->flags & BREAK_AFTER) == 0;
            ends.whole_width_mpt = is_space ? used - g->advance_mpt : used;
            ends.whole = i + 1;
            ends.whole_has_hyphen = has_hyphen;
        } else if (hyphen_fits)
            ends.divided = i + 1;
    }
    return line;
}

tl_status ly_text_break(struct layout *l, struct ly_text *text, int32_t width_mpt)
{
    tl_status status = TL_OK;
    unsigned hyphens = 0;
    text->line_count = 0;
    for (size_t from = 0; from < text->count && status == TL_OK;) {
        struct ly_line line = next_line(l, text, from, width_mpt, hyphens);
        hyphens = line.ends_with_hyphen ? hyphens + 1 : 0;
        status = add_line(l, text, line);
        from = line.to;
    }
    return status;
}

static tl_status add_run(struct layout *l, struct ly_items *into, const struct ly_style *style,
                         const struct ly_glyph *glyphs, size_t count, struct ly_item item)
{
    void *items = tl_arena_grow(l->arena, into->items, into->count, &into->capacity, sizeof *into->items);
    if (items == NULL)
        return tl_err_memory(l->err);
    into->items = items;
    item.kind = LY_ITEM_TEXT;
    item.colour = style->colour;
    item.size_mpt = style->size_mpt;
    item.face = glyphs[0].face;
    item.glyphs = glyphs;
    item.glyph_count = count;
    for (size_t i = 0; i < count; i++)
        item.width_mpt += glyphs[i].advance_mpt;
    into->items[into->count++] = item;
    return TL_OK;
}

static tl_status place_runs(struct layout *l, struct ly_items *into, const struct ly_text *text, size_t from,
                            size_t end, struct ly_item *item)
{
    tl_status status = TL_OK;
    while (from < end && status == TL_OK) {
        size_t to = from + 1;
        while (to < end && text->glyphs[to].face == text->glyphs[from].face)
            to++;
        status = add_run(l, into, &text->style, &text->glyphs[from], to - from, *item);
        if (status == TL_OK)
            item->x_mpt += into->items[into->count - 1].width_mpt;
        from = to;
    }
    return status;
}

/* The end of the word that begins at `from`, or goes on there, in the face of glyph `like`. */
static size_t word_end(const struct ly_text *text, size_t from, size_t to, size_t like)
{
    while (from < to && (text->glyphs[from].flags & IS_SPACE) == 0 && text->glyphs[from].character != ' ' &&
           text->glyphs[from].face == text->glyphs[like].face)
        from++;
    return from;
}

static size_t word_start(const struct ly_text *text, size_t from, size_t to)
{
    size_t start = to - 1;
    while (start > from && text->glyphs[start - 1].character != ' ' &&
           text->glyphs[start - 1].face == text->glyphs[to - 1].face)
        start--;
    return start;
}

/* The end of a line whose last word is divided, with the hyphen. `is_middle`: the word has begun on an earlier line. */
static tl_status place_divided(struct layout *l, struct ly_items *into, const struct ly_text *text, size_t line,
                               size_t from, bool is_middle, struct ly_item item)
{
    size_t count = text->lines[line].to - from, last = line;
    struct ly_glyph *glyphs = tl_arena_alloc(l->arena, count + 1, sizeof *glyphs);
    if (glyphs == NULL)
        return tl_err_memory(l->err);
    memcpy(glyphs, &text->glyphs[from], count * sizeof *glyphs);
    glyphs[count] = hyphen_of(l, glyphs[0].face);
    glyphs[count].advance_mpt = hyphen_width(l, text, from);
    while (last + 1 < text->line_count && text->lines[last].ends_with_hyphen)
        last++;
    item.is_part = true;
    item.word = &text->glyphs[from];
    item.word_length = is_middle ? 0 : word_end(text, from, text->lines[last].to, from) - from;
    return add_run(l, into, &text->style, glyphs, count + 1, item);
}

tl_status ly_text_place(struct layout *l, struct ly_items *into, const struct ly_text *text, size_t line, int32_t x_mpt,
                        int32_t y_mpt, int elem)
{
    const struct ly_line *ln = &text->lines[line];
    struct ly_item item = {.elem = elem, .x_mpt = x_mpt, .y_mpt = y_mpt};
    bool goes_on = line > 0 && text->lines[line - 1].ends_with_hyphen;
    size_t head = goes_on ? word_end(text, ln->from, ln->to, ln->from - 1) : ln->from;
    size_t tail = ln->ends_with_hyphen ? word_start(text, ln->from, ln->to) : ln->to;
    bool is_middle = ln->ends_with_hyphen && tail < head;
    tl_status status = TL_OK;
    if (head > ln->from && !is_middle) {
        struct ly_item part = item;
        part.is_part = true;
        status = add_run(l, into, &text->style, &text->glyphs[ln->from], head - ln->from, part);
        if (status == TL_OK)
            item.x_mpt += into->items[into->count - 1].width_mpt;
    }
    if (status == TL_OK && !is_middle)
        status = place_runs(l, into, text, head, tail, &item);
    if (status == TL_OK && ln->ends_with_hyphen)
        status = place_divided(l, into, text, line, tail, is_middle, item);
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
