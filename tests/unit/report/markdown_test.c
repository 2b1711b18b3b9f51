/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/report/markdown.h"

#include <stdio.h>
#include <string.h>

#include "check.h"
#include "tilslut/base/text.h"

static void put_spans(struct tl_buf *out, const struct tl_spans *spans)
{
    for (size_t i = 0; i < spans->count; i++) {
        const struct tl_span *span = &spans->items[i];
        const char *mark = (span->style & 3U) == 3U ? "***" : (span->style & 1U) ? "**" : (span->style & 2U) ? "*" : "";
        tl_buf_format(out, "%s%s%s%s", mark, span->text, mark, (span->style & TL_SPAN_BREAK) != 0 ? "/" : "");
    }
}

static void put_table(struct tl_buf *out, const struct tl_doc_table *table)
{
    static const char *const aligns[] = {"<", "=", ">"};
    tl_buf_text(out, "table");
    for (size_t c = 0; c < table->column_count; c++)
        tl_buf_text(out, aligns[table->align[c]]);
    tl_buf_format(out, "%s%s%s%s", table->has_row_header ? " rows" : "", table->has_total ? " total" : "",
                  table->is_small ? " small" : "", table->is_signature ? " signature" : "");
    for (size_t r = table->has_header ? 0 : 1; r <= table->row_count; r++) {
        tl_buf_text(out, "|");
        for (size_t c = 0; c < table->column_count; c++) {
            tl_buf_text(out, c == 0 ? "" : ",");
            put_spans(out, &(r == 0 ? table->header : table->rows[r - 1].cells)[c].content);
        }
    }
}

/* The blocks in a short notation, one line. */
static void put_blocks(struct tl_buf *out, const struct tl_blocks *blocks)
{
    for (size_t i = 0; i < blocks->count; i++) {
        const struct tl_block *block = &blocks->items[i];
        tl_buf_text(out, i == 0 ? "" : "; ");
        switch (block->kind) {
        case TL_BLOCK_HEADING:
            tl_buf_format(out, "h%d ", block->level);
            put_spans(out, &block->text);
            break;
        case TL_BLOCK_PARAGRAPH:
            tl_buf_text(out, "p ");
            put_spans(out, &block->text);
            break;
        case TL_BLOCK_LIST:
            tl_buf_format(out, "%s(", block->list->is_ordered ? "ol" : "ul");
            for (size_t j = 0; j < block->list->item_count; j++) {
                tl_buf_text(out, j == 0 ? "" : " | ");
                put_blocks(out, &block->list->items[j]);
            }
            tl_buf_text(out, ")");
            break;
        case TL_BLOCK_TABLE:
            put_table(out, block->table);
            break;
        case TL_BLOCK_RULE:
            tl_buf_text(out, "rule");
            break;
        case TL_BLOCK_NOTE:
        case TL_BLOCK_TOGETHER:
            tl_buf_text(out, block->kind == TL_BLOCK_NOTE ? "note{" : "together{");
            put_blocks(out, block->inner);
            tl_buf_text(out, "}");
            break;
        case TL_BLOCK_CONTENTS:
            tl_buf_text(out, "contents ");
            put_spans(out, &block->text);
            break;
        case TL_BLOCK_PAGE_BREAK:
            tl_buf_text(out, "page");
            break;
        }
    }
}

static void assert_reads(const char *markdown, const char *expected)
{
    struct tl_doc doc = TL_DOC_EMPTY;
    struct tl_buf out = TL_BUF_EMPTY;
    struct tl_err err = TL_ERR_NONE;
    assert_ok(tl_markdown_read(&doc, markdown, "t.md", &err), &err);
    put_blocks(&out, &doc.blocks);
    assert_string_equal(tl_buf_string(&out), expected);
    tl_buf_release(&out);
    tl_doc_release(&doc);
}

static void assert_read_refused(const char *markdown, const char *message, const char *hint)
{
    struct tl_doc doc = TL_DOC_EMPTY;
    struct tl_err err = TL_ERR_NONE;
    assert_refused(tl_markdown_read(&doc, markdown, "t.md", &err), TL_ERR_INPUT, &err, message, hint);
    assert_string_equal(err.where, "t.md");
    tl_doc_release(&doc);
}

static void text_becomes_headings_and_paragraphs(void **state)
{
    (void)state;
    assert_reads("# A\n\n## B *b*\n\none\ntwo **x *y***\\\nthree\n\n---\n",
                 "h1 A; h2 B *b*; p one two **x *****y***/three; rule");
    assert_reads("a&nbsp;b &lt;&amp;&gt; 1\\. \\*x\\*", "p a\xC2\xA0"
                                                        "b <&> 1. *x*");
}

static void lists_hold_blocks(void **state)
{
    (void)state;
    assert_reads("- a\n- b\n  1. c\n  2. d\n\nend", "ul(p a | p b; ol(p c | p d)); p end");
    assert_reads("3. a\n\n   b\n", "ol(p a; p b)");
}

static void tables_keep_alignment_and_what_a_comment_says(void **state)
{
    (void)state;
    assert_reads("| A | B | C |\n|---|:-:|--:|\n| a | **b** | 1 |\n", "table<=>|A,B,C|a,**b**,1");
    assert_reads("<!-- table: total small rows -->\n| A |\n|---|\n| x |\n\n| B |\n|---|\n| y |\n",
                 "table< rows total small|A|x; table<|B|y");
    assert_reads("|  |  |\n|---|---|\n| a | b |\n", "table<< rows|a,b");
    assert_reads("<!-- contents: Ind\\.hold -->\n\n# A", "contents Ind.hold; h1 A");
    assert_reads("<!-- signatures -->\n| A | B |\n|---|---|\n| Navn | Navn |\n", "table<< signature|A,B|Navn,Navn");
}

static void comments_group_blocks_and_break_pages(void **state)
{
    (void)state;
    assert_reads("<!-- together -->\na\n\n<!-- note -->\n\nb\n\n<!-- end -->\n<!-- end -->\n\n<!-- page break -->\n\nc",
                 "together{p a; note{p b}}; page; p c");
}

static void what_the_model_lacks_is_refused(void **state)
{
    (void)state;
    static const char hint[] = "it can hold headings, paragraphs, bold and italic text, lists, tables and rules";
    assert_read_refused("> a", "a document cannot hold a quotation", hint);
    assert_read_refused("```\na\n```", "a document cannot hold a code block", hint);
    assert_read_refused("`a`", "a document cannot hold code", hint);
    assert_read_refused("[a](b)", "a document cannot hold a link", hint);
    assert_read_refused("![a](b)", "a document cannot hold an image", hint);
    assert_read_refused("#### a", "a document cannot hold a heading below the third level", hint);
    assert_read_refused("<div>a</div>", "a document cannot hold HTML", hint);
    assert_read_refused("a &auml;", "unknown entity '&auml;'", "write the character itself");
}

static void mistaken_comments_are_refused(void **state)
{
    (void)state;
    assert_read_refused("<!-- pagebreak -->", "unknown comment '<!-- pagebreak -->'",
                        "did you mean '<!-- page break -->'? a comment that is not printed is written {{! ... }}");
    assert_read_refused("<!-- note -->\n\na", "'<!-- end -->' is missing", "");
    assert_read_refused("a\n\n<!-- end -->", "'<!-- end -->' closes nothing", "");
    assert_read_refused("<!-- table: big -->", "unknown word 'big' about a table",
                        "a table can be 'total', 'small' and 'rows'");
}

static void nesting_is_bounded(void **state)
{
    (void)state;
    struct tl_buf deep = TL_BUF_EMPTY;
    for (int i = 0; i < 40; i++)
        tl_buf_text(&deep, "<!-- note -->\n");
    assert_read_refused(deep.bytes, "a document cannot hold blocks nested this deep", NULL);
    deep.length = 0;
    for (int i = 0; i < 40; i++)
        tl_buf_text(&deep, "- ");
    tl_buf_text(&deep, "a");
    assert_read_refused(deep.bytes, "a document cannot hold blocks nested this deep", NULL);
    tl_buf_release(&deep);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(text_becomes_headings_and_paragraphs),
        cmocka_unit_test(lists_hold_blocks),
        cmocka_unit_test(tables_keep_alignment_and_what_a_comment_says),
        cmocka_unit_test(comments_group_blocks_and_break_pages),
        cmocka_unit_test(what_the_model_lacks_is_refused),
        cmocka_unit_test(mistaken_comments_are_refused),
        cmocka_unit_test(nesting_is_bounded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
