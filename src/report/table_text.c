/* SPDX-License-Identifier: MPL-2.0 */
/* The form of a table that people read: aligned columns. */
#include "table_forms.h"

#include <inttypes.h>
#include <string.h>

#include "safe_text.h"
#include "tilslut/report/number.h"

/* A title longer than this is broken at its spaces when the column's values are shorter. */
enum { TITLE_COLUMNS = 12, GAP_COLUMNS = 2 };

/* The layout of one column: its width on the screen and the lines of its title. */
struct layout {
    size_t width;
    bool right;
    const char **title;
    size_t title_lines;
};

struct range {
    uint32_t first, last;
};

static bool is_within(uint32_t character, const struct range *ranges, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (character >= ranges[i].first && character <= ranges[i].last)
            return true;
    return false;
}

/* How many columns of a terminal a character takes: after Unicode's East Asian Width (UAX 11) and the
 * blocks of combining marks. */
static size_t character_columns(uint32_t character)
{
    static const struct range none[] = {{0x300, 0x36F},   {0x1AB0, 0x1AFF}, {0x1DC0, 0x1DFF},
                                        {0x20D0, 0x20FF}, {0xFE00, 0xFE0F}, {0xFE20, 0xFE2F}};
    static const struct range two[] = {{0x1100, 0x115F},   {0x2E80, 0x303E},  {0x3041, 0xA4CF}, {0xAC00, 0xD7A3},
                                       {0xF900, 0xFAFF},   {0xFE30, 0xFE6F},  {0xFF00, 0xFF60}, {0xFFE0, 0xFFE6},
                                       {0x1F300, 0x1FAFF}, {0x20000, 0x3FFFD}};
    if (is_within(character, none, sizeof none / sizeof *none))
        return 0;
    return is_within(character, two, sizeof two / sizeof *two) ? 2 : 1;
}

static size_t text_columns(const char *text, size_t length)
{
    size_t columns = 0;
    const char *end = text + length;
    while (text < end)
        columns += character_columns(tl_text_next(&text));
    return columns;
}

/* The text as a terminal may see it; in the arena, NULL when memory is gone. */
static const char *safe_text(const char *text, struct tl_arena *arena)
{
    struct tl_buf safe = TL_BUF_EMPTY;
    tl_safe_text_add(&safe, text);
    const char *copy = safe.failed ? NULL : tl_arena_text(arena, tl_buf_string(&safe));
    tl_buf_release(&safe);
    return copy;
}

/* A cell as people read it; in the arena, NULL when memory is gone. */
static const char *cell_text(const struct tl_cell *cell, const char *missing, struct tl_arena *arena)
{
    char into[TL_NUMBER_TEXT_SIZE];
    if (!cell->present)
        return missing;
    switch (cell->kind) {
    case TL_COLUMN_TEXT:
    case TL_COLUMN_CODE:
    case TL_COLUMN_FRACTION:
        return safe_text(cell->as.text, arena);
    case TL_COLUMN_MONEY:
        return tl_arena_text(arena, tl_money_da(cell->as.money, into));
    case TL_COLUMN_DATE:
        return tl_arena_text(arena, tl_date_iso(cell->as.date, into));
    case TL_COLUMN_RATIO:
        return tl_arena_text(arena, tl_number_da(cell->as.ratio, into));
    case TL_COLUMN_PERCENT:
        return tl_arena_text(arena, tl_number_percent_da(cell->as.ratio, into));
    case TL_COLUMN_INTEGER:
        return tl_arena_format(arena, "%" PRId64, cell->as.integer);
    }
    return missing;
}

static size_t longest_word(const char *title)
{
    size_t longest = 0;
    while (*title != '\0') {
        size_t word = strcspn(title, " ");
        size_t columns = text_columns(title, word);
        longest = columns > longest ? columns : longest;
        title += word + strspn(title + word, " ");
    }
    return longest;
}

/* Breaks a title at spaces into lines of at most the column's width. */
static bool break_title(struct layout *layout, const char *title, struct tl_arena *arena)
{
    size_t capacity = 0;
    do {
        size_t taken = strcspn(title, " ");
        for (size_t next = taken; title[next] == ' ';) {
            next += 1 + strcspn(title + next + 1, " ");
            if (text_columns(title, next) > layout->width)
                break;
            taken = next;
        }
        layout->title = tl_arena_grow(arena, layout->title, layout->title_lines, &capacity, sizeof(const char *));
        const char *line = layout->title == NULL ? NULL : tl_arena_copy(arena, title, taken);
        if (line == NULL)
            return false;
        layout->title[layout->title_lines++] = line;
        title += taken + strspn(title + taken, " ");
    } while (*title != '\0');
    return true;
}

static bool is_number(tl_column_kind kind)
{
    return kind == TL_COLUMN_MONEY || kind == TL_COLUMN_RATIO || kind == TL_COLUMN_PERCENT || kind == TL_COLUMN_INTEGER;
}

/* A table as texts: rows of column_count strings, the totals last when there are any. */
struct grid {
    const char **texts;
    size_t row_count;
    struct layout *columns;
};

static bool fill_grid(struct grid *grid, const struct tl_table *table, struct tl_arena *arena)
{
    size_t count = table->column_count;
    grid->row_count = table->row_count + (table->totals != NULL ? 1U : 0U);
    grid->columns = tl_arena_alloc(arena, count, sizeof *grid->columns);
    grid->texts = count > 0 && grid->row_count > SIZE_MAX / count
                      ? NULL
                      : tl_arena_alloc(arena, grid->row_count * count, sizeof(const char *));
    if (grid->columns == NULL || grid->texts == NULL)
        return false;
    for (size_t row = 0; row < grid->row_count; row++) {
        bool is_total = row == table->row_count;
        for (size_t i = 0; i < count; i++) {
            const struct tl_cell *cell = is_total ? &table->totals[i] : &table->rows[row][i];
            const char *text = cell_text(cell, is_total ? "" : "-", arena);
            if (text == NULL)
                return false;
            grid->texts[row * count + i] = text;
            size_t width = text_columns(text, strlen(text));
            grid->columns[i].width = width > grid->columns[i].width ? width : grid->columns[i].width;
        }
    }
    for (size_t i = 0; i < count; i++) {
        struct layout *layout = &grid->columns[i];
        const char *title = safe_text(table->columns[i].title, arena);
        if (title == NULL)
            return false;
        size_t whole = text_columns(title, strlen(title)), word = longest_word(title);
        size_t wanted = whole < TITLE_COLUMNS ? whole : word > TITLE_COLUMNS ? word : TITLE_COLUMNS;
        layout->width = wanted > layout->width ? wanted : layout->width;
        layout->right = is_number(table->columns[i].kind);
        if (!break_title(layout, title, arena))
            return false;
    }
    return true;
}

static void print_repeated(struct tl_buf *out, const char *text, size_t times)
{
    for (size_t i = 0; i < times; i++)
        tl_buf_text(out, text);
}

/* One line of the table; `texts` may hold NULL for nothing. No blanks at its end. */
static void print_line(struct tl_buf *out, const struct grid *grid, size_t count, const char *const *texts, bool bold)
{
    size_t owed = 0; /* blanks not yet printed */
    tl_buf_text(out, bold ? "\033[1m" : "");
    for (size_t i = 0; i < count; i++) {
        const struct layout *layout = &grid->columns[i];
        const char *text = texts[i] == NULL ? "" : texts[i];
        size_t blanks = layout->width - text_columns(text, strlen(text));
        owed += i > 0 ? GAP_COLUMNS : 0U;
        owed += layout->right ? blanks : 0U;
        if (text[0] != '\0') {
            print_repeated(out, " ", owed);
            owed = 0;
            tl_buf_text(out, text);
        }
        owed += layout->right ? 0U : blanks;
    }
    tl_buf_text(out, bold ? "\033[0m\n" : "\n");
}

static void print_rule(struct tl_buf *out, const struct grid *grid, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        print_repeated(out, " ", i > 0 ? GAP_COLUMNS : 0U);
        print_repeated(out, "─", grid->columns[i].width);
    }
    tl_buf_text(out, "\n");
}

/* Titles stand on the rule: a short one has blank lines above it. */
static bool print_titles(struct tl_buf *out, const struct grid *grid, size_t count, bool bold, struct tl_arena *arena)
{
    size_t lines = 0;
    for (size_t i = 0; i < count; i++)
        lines = grid->columns[i].title_lines > lines ? grid->columns[i].title_lines : lines;
    const char **texts = tl_arena_alloc(arena, count, sizeof(const char *));
    if (texts == NULL)
        return false;
    for (size_t line = 0; line < lines; line++) {
        for (size_t i = 0; i < count; i++) {
            size_t above = lines - grid->columns[i].title_lines;
            texts[i] = line < above ? NULL : grid->columns[i].title[line - above];
        }
        print_line(out, grid, count, texts, bold);
    }
    return true;
}

void tl_table_print_text(struct tl_buf *out, const struct tl_table *table, bool bold, struct tl_arena *scratch)
{
    struct grid grid = {.texts = NULL};
    size_t count = table->column_count;
    if (!fill_grid(&grid, table, scratch) || !print_titles(out, &grid, count, bold, scratch)) {
        out->failed = true;
        return;
    }
    print_rule(out, &grid, count);
    for (size_t row = 0; row < grid.row_count; row++) {
        bool is_total = row == table->row_count;
        if (is_total)
            print_rule(out, &grid, count);
        print_line(out, &grid, count, grid.texts + row * count, bold && is_total);
    }
}
