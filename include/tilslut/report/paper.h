/* SPDX-License-Identifier: MPL-2.0 */
/*
 * The kinds of paper that are printed from templates: which fields the template of each can print, and what it must
 * not leave out. A template is called after its paper and its language, as agreement.da.md.
 */
#ifndef TILSLUT_REPORT_PAPER_H
#define TILSLUT_REPORT_PAPER_H

#include <stdbool.h>
#include <stddef.h>

#include "tilslut/base/status.h"

struct tl_paper {
    const char *name;            /* agreement */
    const char *title;           /* joining agreement (tilslutningsaftale) */
    const char *const *fields;   /* that it can print, dotted paths, NULL-terminated */
    const char *const *required; /* of these, what it must print */
    const char *sentence;        /* that it must hold word for word, or NULL */
    bool is_signed;              /* it must have lines to sign on */
    bool is_translated;          /* the Danish one binds, and one in English must say which it translates */
};

/* All of them, ended by one without a name. */
extern const struct tl_paper tl_papers[];

/* The languages a template can have, as they stand in its name: da, which binds, and en. NULL-terminated. */
extern const char *const tl_paper_languages[];

/* The paper that a template prints, by the template's name with or without folders: `own/agreement.da.md`.
 * TL_ERR_NOT_FOUND: no template is called that. */
tl_status tl_paper_of_template(const struct tl_paper **out, const char *template_name,
                               struct tl_err *err) TL_MUST_CHECK;

/* Something wrong with a template. Line and column count from 1 and are 0 where something is missing. */
struct tl_paper_flaw {
    size_t line, column;
    const char *message; /* borrowed for the call */
    const char *hint;    /* "" for none */
};
typedef void tl_paper_visit(const struct tl_paper_flaw *flaw, void *context);

/* Calls `visit` for what is wrong with a template; *count is how often, 0 for one that can be used. A template whose
 * tags do not fit together has that one flaw. TL_ERR_MEMORY. */
tl_status tl_paper_check(size_t *count, const struct tl_paper *paper, const char *text, const char *name,
                         tl_paper_visit *visit, void *context, struct tl_err *err) TL_MUST_CHECK;

#endif
