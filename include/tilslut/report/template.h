/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Templates: Markdown with holes, in the manner of Mustache.
 *
 *   {{name.field}}            prints a value, escaped so that it cannot act as Markdown or as a tag
 *   {{#name}} ... {{/name}}   once per row of a section, or once when a value is not empty
 *   {{^name}} ... {{/name}}   when there is no row, or the value is empty
 *   {{! ... }}                a comment
 *
 * A name is looked up in the innermost row first and then outwards. A section tag alone on its line leaves no
 * empty line behind. Sections nest at most TL_TEMPLATE_DEPTH_MAX deep.
 */
#ifndef TILSLUT_REPORT_TEMPLATE_H
#define TILSLUT_REPORT_TEMPLATE_H

#include <stdbool.h>
#include <stddef.h>

#include "tilslut/base/status.h"
#include "tilslut/base/text.h"
#include "tilslut/report/fields.h"

enum { TL_TEMPLATE_DEPTH_MAX = 8, TL_TEMPLATE_SIZE_MAX = 1 << 20, TL_TEMPLATE_OUTPUT_MAX = 1 << 24 };

/* Appends the rendered template to *out. `name` is the file name that errors carry, with line and column.
 * TL_ERR_INPUT: an unknown field (the hint names the nearest), an empty value printed, a tag or section that does
 * not close, a value that is not UTF-8 or holds a control character. TL_ERR_RANGE: larger than the bounds above. */
tl_status tl_template_render(struct tl_buf *out, const char *text, const char *name, const struct tl_fields *fields,
                             struct tl_err *err) TL_MUST_CHECK;

/* What tl_template_check tells of each unknown name: where it stands and the nearest known name, or NULL. */
typedef void tl_template_visit(const char *unknown, size_t line, size_t column, const char *nearest, void *context);

/* Calls `visit` for every name in the template that `known` (dotted paths, NULL-terminated, a section being the
 * prefix of what its rows hold) does not list; *unknown_count is how many. TL_ERR_INPUT as in rendering when the
 * tags do not fit together. */
tl_status tl_template_check(const char *text, const char *name, const char *const *known, tl_template_visit *visit,
                            void *context, size_t *unknown_count, struct tl_err *err) TL_MUST_CHECK;

/* Tells in printed[i] whether the template prints the value paths[i] (dotted, NULL-terminated) anywhere; asking for it
 * as a section is not enough. Statuses as tl_template_check. */
tl_status tl_template_find_printed(bool *printed, const char *text, const char *name, const char *const *known,
                                   const char *const *paths, struct tl_err *err) TL_MUST_CHECK;

/* Tells whether the template itself holds `words` where no section can leave them out, however its lines are broken.
 * TL_ERR_INPUT as in rendering when the tags do not fit together. */
tl_status tl_template_says(bool *says, const char *text, const char *name, const char *words,
                           struct tl_err *err) TL_MUST_CHECK;

/* Appends `value` with every character escaped that Markdown could act on; white space becomes single spaces. */
void tl_template_escape(struct tl_buf *out, const char *value);

#endif
