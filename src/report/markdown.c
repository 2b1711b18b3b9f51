/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/report/markdown.h"

#include <md4c.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "compose.h"
#include "tilslut/base/text.h"

/* What md4c's callbacks share. A callback that fails sets err and returns non-zero, which ends the parse. */
struct reader {
    struct tl_doc *doc;
    struct tl_err *err;
    struct tl_blocks *open[TL_MARKDOWN_DEPTH_MAX]; /* where blocks go, innermost last */
    bool open_is_directive[TL_MARKDOWN_DEPTH_MAX]; /* opened by a comment, closed by <!-- end --> */
    struct tl_doc_list *lists[TL_MARKDOWN_DEPTH_MAX];
    size_t depth, list_depth;
    struct tl_spans *text; /* where text goes, or NULL */
    unsigned style;
    struct tl_doc_table *table;
    bool in_header, in_comment;
    size_t column;
    struct tl_doc_table next_table; /* what a comment said of the next table */
    struct tl_buf comment;
};

static int fail_memory(struct reader *r)
{
    tl_err_memory(r->err);
    return 1;
}

static int refuse(struct reader *r, const char *what)
{
    tl_err_set(r->err, TL_ERR_INPUT, "a document cannot hold %s", what);
    tl_err_hint(r->err, "it can hold headings, paragraphs, bold and italic text, lists, tables and rules");
    return 1;
}

static struct tl_block *add_block(struct reader *r, tl_block_kind kind)
{
    return tl_blocks_add(r->open[r->depth - 1], &r->doc->arena, kind);
}

static int push(struct reader *r, struct tl_blocks *blocks, bool is_directive)
{
    if (r->depth == TL_MARKDOWN_DEPTH_MAX)
        return refuse(r, "blocks nested this deep");
    r->open_is_directive[r->depth] = is_directive;
    r->open[r->depth++] = blocks;
    return 0;
}

static int open_group(struct reader *r, tl_block_kind kind)
{
    struct tl_block *block = add_block(r, kind);
    if (block == NULL || (block->inner = tl_arena_alloc(&r->doc->arena, 1, sizeof *block->inner)) == NULL)
        return fail_memory(r);
    return push(r, block->inner, true);
}

/* `total small rows` of a table. */
static int read_table_words(struct reader *r, char *words)
{
    char *rest = NULL;
    for (char *word = strtok_r(words, " ", &rest); word != NULL; word = strtok_r(NULL, " ", &rest)) {
        if (tl_text_equal(word, "total"))
            r->next_table.has_total = true;
        else if (tl_text_equal(word, "small"))
            r->next_table.is_small = true;
        else if (tl_text_equal(word, "rows"))
            r->next_table.has_row_header = true;
        else {
            tl_err_set(r->err, TL_ERR_INPUT, "unknown word '%s' about a table", word);
            tl_err_hint(r->err, "a table can be 'total', 'small' and 'rows'");
            return 1;
        }
    }
    return 0;
}

/* A title can hold a field's value, whose punctuation is escaped. NULL when memory is gone. */
static const char *read_title(struct reader *r, const char *title)
{
    struct tl_buf plain = TL_BUF_EMPTY;
    while (*title == ' ')
        title++;
    for (const char *c = title; *c != '\0'; c++)
        if (*c != '\\' || c[1] == '\0')
            tl_buf_add(&plain, c, 1);
    const char *copy = plain.failed ? NULL : tl_arena_text(&r->doc->arena, tl_buf_string(&plain));
    tl_buf_release(&plain);
    return copy;
}

static int read_chart(struct reader *r, const char *title)
{
    r->next_table.chart = read_title(r, title);
    return r->next_table.chart == NULL ? fail_memory(r) : 0;
}

static int read_contents(struct reader *r, const char *text)
{
    struct tl_block *block = add_block(r, TL_BLOCK_CONTENTS);
    const char *title = read_title(r, text);
    bool is_there = block != NULL && title != NULL &&
                    tl_spans_add(&block->text, &r->doc->arena, title, strlen(title), TL_SPAN_PLAIN);
    return is_there ? 0 : fail_memory(r);
}

/* Acts on one comment; `text` is what stands between <!-- and -->, trimmed. */
static int act_on_directive(struct reader *r, char *text)
{
    static const char *const names[] = {"page break",   "together", "note",       "end", "signatures",
                                        "table: total", "chart: ",  "contents: ", NULL};
    if (tl_text_equal(text, "page break"))
        return add_block(r, TL_BLOCK_PAGE_BREAK) == NULL ? fail_memory(r) : 0;
    if (tl_text_equal(text, "together"))
        return open_group(r, TL_BLOCK_TOGETHER);
    if (tl_text_equal(text, "note"))
        return open_group(r, TL_BLOCK_NOTE);
    if (tl_text_equal(text, "signatures")) {
        r->next_table.is_signature = true;
        return 0;
    }
    if (strncmp(text, "chart:", 6) == 0)
        return read_chart(r, text + 6);
    if (strncmp(text, "contents:", 9) == 0)
        return read_contents(r, text + 9);
    if (strncmp(text, "table:", 6) == 0)
        return read_table_words(r, text + 6);
    if (tl_text_equal(text, "end") && r->open_is_directive[r->depth - 1]) {
        r->depth--;
        return 0;
    }
    if (tl_text_equal(text, "end")) {
        tl_err_set(r->err, TL_ERR_INPUT, "'<!-- end -->' closes nothing");
        return 1;
    }
    tl_err_set(r->err, TL_ERR_INPUT, "unknown comment '<!-- %s -->'", text);
    const char *nearest = tl_text_nearest(text, names);
    if (nearest != NULL)
        tl_err_hint(r->err, "did you mean '<!-- %s -->'? a comment that is not printed is written {{! ... }}", nearest);
    return 1;
}

/* Acts on every comment of an HTML block. */
static int act_on_comments(struct reader *r)
{
    char *at = r->comment.bytes;
    if (r->comment.failed)
        return fail_memory(r);
    while (at != NULL) {
        while (*at == ' ' || *at == '\n' || *at == '\r' || *at == '\t')
            at++;
        if (*at == '\0')
            break;
        char *end = strncmp(at, "<!--", 4) == 0 ? strstr(at, "-->") : NULL;
        if (end == NULL)
            return refuse(r, "HTML");
        char *text = at + 4, *stop = end;
        while (text < stop && (*text == ' ' || *text == '\n'))
            text++;
        while (stop > text && (stop[-1] == ' ' || stop[-1] == '\n'))
            stop--;
        *stop = '\0';
        int failed = act_on_directive(r, text);
        if (failed != 0)
            return failed;
        at = end + 3;
    }
    return 0;
}

static int enter_heading(struct reader *r, const MD_BLOCK_H_DETAIL *detail)
{
    if (detail->level > 3)
        return refuse(r, "a heading below the third level");
    struct tl_block *block = add_block(r, TL_BLOCK_HEADING);
    if (block == NULL)
        return fail_memory(r);
    block->level = (int)detail->level;
    r->text = &block->text;
    return 0;
}

static int enter_list(struct reader *r, bool is_ordered, unsigned start)
{
    struct tl_block *block = add_block(r, TL_BLOCK_LIST);
    if (block == NULL || (block->list = tl_arena_alloc(&r->doc->arena, 1, sizeof *block->list)) == NULL)
        return fail_memory(r);
    if (r->list_depth == TL_MARKDOWN_DEPTH_MAX)
        return refuse(r, "lists nested this deep");
    block->list->is_ordered = is_ordered;
    block->list->start = start;
    r->lists[r->list_depth++] = block->list;
    r->text = NULL;
    return 0;
}

static int enter_item(struct reader *r)
{
    struct tl_doc_list *list = r->lists[r->list_depth - 1];
    void *items =
        tl_arena_grow(&r->doc->arena, list->items, list->item_count, &list->item_capacity, sizeof *list->items);
    if (items == NULL)
        return fail_memory(r);
    list->items = items;
    list->items[list->item_count] = (struct tl_blocks){0};
    return push(r, &list->items[list->item_count++], false);
}

static int enter_table(struct reader *r, const MD_BLOCK_TABLE_DETAIL *detail)
{
    struct tl_arena *arena = &r->doc->arena;
    struct tl_block *block = add_block(r, TL_BLOCK_TABLE);
    if (block == NULL || (block->table = tl_arena_alloc(arena, 1, sizeof *block->table)) == NULL)
        return fail_memory(r);
    r->table = block->table;
    *r->table = r->next_table;
    r->next_table = (struct tl_doc_table){0};
    r->table->column_count = detail->col_count;
    r->table->align = tl_arena_alloc(arena, detail->col_count, sizeof *r->table->align);
    r->table->header = tl_arena_alloc(arena, detail->col_count, sizeof *r->table->header);
    return r->table->align == NULL || r->table->header == NULL ? fail_memory(r) : 0;
}

static int enter_row(struct reader *r)
{
    struct tl_doc_table *table = r->table;
    r->column = 0;
    if (r->in_header)
        return 0;
    struct tl_arena *arena = &r->doc->arena;
    void *rows = tl_arena_grow(arena, table->rows, table->row_count, &table->row_capacity, sizeof *table->rows);
    if (rows == NULL)
        return fail_memory(r);
    table->rows = rows;
    struct tl_doc_row *row = &table->rows[table->row_count++];
    row->cells = tl_arena_alloc(arena, table->column_count, sizeof *row->cells);
    return row->cells == NULL ? fail_memory(r) : 0;
}

static int enter_cell(struct reader *r, const MD_BLOCK_TD_DETAIL *detail)
{
    struct tl_doc_table *table = r->table;
    size_t column = r->column++;
    if (column >= table->column_count)
        return refuse(r, "a table row with more cells than its header");
    if (r->in_header) {
        table->align[column] = detail->align == MD_ALIGN_RIGHT    ? TL_ALIGN_RIGHT
                               : detail->align == MD_ALIGN_CENTER ? TL_ALIGN_CENTER
                                                                  : TL_ALIGN_LEFT;
        r->text = &table->header[column].content;
    } else
        r->text = &table->rows[table->row_count - 1].cells[column].content;
    return 0;
}

static void leave_table(struct reader *r)
{
    struct tl_doc_table *table = r->table;
    for (size_t i = 0; i < table->column_count; i++)
        if (table->header[i].content.count > 0)
            table->has_header = true;
    if (!table->has_header)
        table->has_row_header = true;
    r->table = NULL;
}

static int enter_paragraph(struct reader *r)
{
    struct tl_block *block = add_block(r, TL_BLOCK_PARAGRAPH);
    if (block == NULL)
        return fail_memory(r);
    r->text = &block->text;
    return 0;
}

static int enter_block(MD_BLOCKTYPE type, void *detail, void *context)
{
    struct reader *r = context;
    switch (type) {
    case MD_BLOCK_DOC:
    case MD_BLOCK_TBODY:
        return 0;
    case MD_BLOCK_H:
        return enter_heading(r, detail);
    case MD_BLOCK_P:
        return enter_paragraph(r);
    case MD_BLOCK_UL:
        return enter_list(r, false, 0);
    case MD_BLOCK_OL:
        return enter_list(r, true, ((const MD_BLOCK_OL_DETAIL *)detail)->start);
    case MD_BLOCK_LI:
        return enter_item(r);
    case MD_BLOCK_TABLE:
        return enter_table(r, detail);
    case MD_BLOCK_THEAD:
        r->in_header = true;
        return 0;
    case MD_BLOCK_TR:
        return enter_row(r);
    case MD_BLOCK_TH:
    case MD_BLOCK_TD:
        return enter_cell(r, detail);
    case MD_BLOCK_HR:
        return add_block(r, TL_BLOCK_RULE) == NULL ? fail_memory(r) : 0;
    case MD_BLOCK_HTML:
        r->in_comment = true;
        return 0;
    case MD_BLOCK_QUOTE:
        return refuse(r, "a quotation");
    case MD_BLOCK_CODE:
        return refuse(r, "a code block");
    }
    return refuse(r, "this construct");
}

static int leave_block(MD_BLOCKTYPE type, void *detail, void *context)
{
    (void)detail;
    struct reader *r = context;
    switch (type) {
    case MD_BLOCK_H:
    case MD_BLOCK_P:
    case MD_BLOCK_TH:
    case MD_BLOCK_TD:
        r->text = NULL;
        return 0;
    case MD_BLOCK_UL:
    case MD_BLOCK_OL:
        r->list_depth--;
        return 0;
    case MD_BLOCK_LI:
        r->text = NULL;
        r->depth--;
        return 0;
    case MD_BLOCK_THEAD:
        r->in_header = false;
        return 0;
    case MD_BLOCK_TABLE:
        leave_table(r);
        return 0;
    case MD_BLOCK_HTML: {
        r->in_comment = false;
        int failed = act_on_comments(r);
        tl_buf_release(&r->comment);
        return failed;
    }
    default:
        return 0;
    }
}

static int enter_span(MD_SPANTYPE type, void *detail, void *context)
{
    (void)detail;
    struct reader *r = context;
    if (type == MD_SPAN_STRONG)
        r->style |= TL_SPAN_BOLD;
    else if (type == MD_SPAN_EM)
        r->style |= TL_SPAN_ITALIC;
    else
        return refuse(r, type == MD_SPAN_A      ? "a link"
                         : type == MD_SPAN_IMG  ? "an image"
                         : type == MD_SPAN_CODE ? "code"
                                                : "this kind of text");
    return 0;
}

static int leave_span(MD_SPANTYPE type, void *detail, void *context)
{
    (void)detail;
    struct reader *r = context;
    r->style &= type == MD_SPAN_STRONG ? ~(unsigned)TL_SPAN_BOLD : ~(unsigned)TL_SPAN_ITALIC;
    return 0;
}

/* The target of text; a tight list item has text without a paragraph around it. */
static struct tl_spans *text_target(struct reader *r)
{
    if (r->text == NULL && r->list_depth > 0 && enter_paragraph(r) != 0)
        return NULL;
    return r->text;
}

struct entity {
    const char *name;
    const char *text;
};

static const struct entity entities[] = {{"&nbsp;", "\xC2\xA0"}, {"&amp;", "&"},        {"&lt;", "<"},
                                         {"&gt;", ">"},          {"&shy;", "\xC2\xAD"}, {"&quot;", "\""}};

static int add_entity(struct reader *r, struct tl_spans *target, const char *text, size_t size)
{
    for (size_t i = 0; i < sizeof entities / sizeof entities[0]; i++)
        if (strlen(entities[i].name) == size && memcmp(entities[i].name, text, size) == 0)
            return tl_spans_add(target, &r->doc->arena, entities[i].text, strlen(entities[i].text), r->style)
                       ? 0
                       : fail_memory(r);
    tl_err_set(r->err, TL_ERR_INPUT, "unknown entity '%.*s'", (int)size, text);
    tl_err_hint(r->err, "write the character itself");
    return 1;
}

static int add_text(MD_TEXTTYPE type, const MD_CHAR *text, MD_SIZE size, void *context)
{
    struct reader *r = context;
    struct tl_arena *arena = &r->doc->arena;
    if (r->in_comment) {
        tl_buf_add(&r->comment, text, size);
        return 0;
    }
    struct tl_spans *target = text_target(r);
    if (target == NULL)
        return fail_memory(r);
    switch (type) {
    case MD_TEXT_NORMAL:
        return tl_spans_add(target, arena, text, size, r->style) ? 0 : fail_memory(r);
    case MD_TEXT_SOFTBR:
        return tl_spans_add(target, arena, " ", 1, r->style) ? 0 : fail_memory(r);
    case MD_TEXT_BR:
        return tl_spans_add(target, arena, "", 0, r->style | TL_SPAN_BREAK) ? 0 : fail_memory(r);
    case MD_TEXT_ENTITY:
        return add_entity(r, target, text, size);
    case MD_TEXT_NULLCHAR:
    case MD_TEXT_CODE:
    case MD_TEXT_HTML:
    case MD_TEXT_LATEXMATH:
        break;
    }
    return refuse(r, "this kind of text");
}

tl_status tl_markdown_read(struct tl_doc *doc, const char *text, const char *name, struct tl_err *err)
{
    struct reader r = {.doc = doc, .err = err, .open = {&doc->blocks}, .depth = 1, .comment = TL_BUF_EMPTY};
    const MD_PARSER parser = {.flags = MD_FLAG_TABLES | MD_FLAG_NOINDENTEDCODEBLOCKS | MD_FLAG_NOHTMLSPANS,
                              .enter_block = enter_block,
                              .leave_block = leave_block,
                              .enter_span = enter_span,
                              .leave_span = leave_span,
                              .text = add_text};
    size_t length = strlen(text);
    tl_status status = TL_OK;
    if (length > (size_t)INT32_MAX)
        status = tl_err_set(err, TL_ERR_RANGE, "the document is too long");
    else if (compose_printable(text) < length)
        status = tl_err_set(err, TL_ERR_INPUT, "the document holds a control character, or is not UTF-8");
    else if (md_parse(text, (MD_SIZE)length, &parser, &r) != 0 && err->status == TL_OK)
        status = tl_err_memory(err);
    else if (err->status != TL_OK) /* md4c doesn't always return what a callback did */
        status = err->status;
    else if (r.depth > 1)
        status = tl_err_set(err, TL_ERR_INPUT, "'<!-- end -->' is missing");
    tl_buf_release(&r.comment);
    if (status != TL_OK)
        tl_err_at(err, name, 0, 0);
    return status;
}
