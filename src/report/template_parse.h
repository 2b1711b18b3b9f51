/* SPDX-License-Identifier: MPL-2.0 */
/* A template read into nodes. Private to template.c and template_parse.c. */
#ifndef TILSLUT_SRC_REPORT_TEMPLATE_PARSE_H
#define TILSLUT_SRC_REPORT_TEMPLATE_PARSE_H

#include "tilslut/report/template.h"

/* A template is read into a flat list of nodes; a section knows the index of its end. */
typedef enum template_kind { NODE_TEXT, NODE_VALUE, NODE_SECTION, NODE_ABSENT, NODE_END } template_kind;

struct template_node {
    template_kind kind;
    const char *text; /* of a text, or the name of a tag */
    size_t length;
    const char *tag; /* where the tag begins in the source */
    size_t end;      /* NODE_SECTION, NODE_ABSENT: the index of its NODE_END */
};

struct template_parse {
    const char *source, *name;
    struct tl_arena arena;
    struct template_node *nodes;
    size_t count, capacity;
    size_t open[TL_TEMPLATE_DEPTH_MAX]; /* indexes of sections that are not closed */
    size_t depth;
    struct tl_err *err;
};

/* Reads the whole template. The parse is to be released with tl_arena_release(&p->arena), whatever the status. */
tl_status template_parse(struct template_parse *p, const char *text, const char *name,
                         struct tl_err *err) TL_MUST_CHECK;

/* The line and column of `at` in the source, in characters from 1. */
void template_place(const struct template_parse *p, const char *at, size_t *line, size_t *column);
/* Says in the error that it stands at `at`. */
void template_say_where(const struct template_parse *p, const char *at);

#endif
