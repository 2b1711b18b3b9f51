/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Text that somebody else wrote, made safe for a terminal.
 */
#ifndef REPORT_SAFE_TEXT_H
#define REPORT_SAFE_TEXT_H

#include "tilslut/base/text.h"

/* Adds `text` with control characters, marks that turn the direction of writing around, and bytes that are
 * not UTF-8 written out as `\x1b` or `\u202e`, so that no name can move a cursor or hide what it says. */
void tl_safe_text_add(struct tl_buf *out, const char *text);

#endif
