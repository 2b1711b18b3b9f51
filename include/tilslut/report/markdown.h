/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Markdown to the document model, by md4c: headings of three levels, paragraphs, bold, italic, hard line breaks,
 * lists, tables with alignment, rules. What a page needs beyond that is said in comments alone on their line:
 *
 *   <!-- page break -->              what follows begins a page
 *   <!-- together --> ... <!-- end -->   stands on one page
 *   <!-- note --> ... <!-- end -->       stands on a tinted surface, on one page
 *   <!-- table: total small rows -->     of the next table: the last row is a sum; smaller type; the first
 *                                        cell of a row is its header
 *   <!-- contents: TITLE -->         in a document of five pages or more, its table of contents
 *   <!-- chart: TITLE -->            the next table is drawn as bars: names, then numbers,
 *                                    the largest first; a name in bold is the reader's own
 *   <!-- signatures -->              the next table's cells are lines to write on
 *
 * A table whose header cells are all empty has no header; the first cell of its rows is their header.
 */
#ifndef TILSLUT_REPORT_MARKDOWN_H
#define TILSLUT_REPORT_MARKDOWN_H

#include "tilslut/base/status.h"
#include "tilslut/report/doc.h"

enum { TL_MARKDOWN_DEPTH_MAX = 16 };

/* Appends the blocks of `text` to the document. `name` is told in errors.
 * TL_ERR_INPUT: a construct the document model does not have (code, quotes, links, images, raw HTML), an unknown or
 * unclosed comment, a heading deeper than three levels. TL_ERR_MEMORY. */
tl_status tl_markdown_read(struct tl_doc *doc, const char *text, const char *name, struct tl_err *err) TL_MUST_CHECK;

#endif
