/* SPDX-License-Identifier: MPL-2.0 */
/*
 * A finished PDF as other programs and people see it.
 */
#ifndef TESTS_SUPPORT_PDF_LOOK_H
#define TESTS_SUPPORT_PDF_LOOK_H

#include "tilslut/base/text.h"

/* Appends what a program prints when it is given the file; `command` has a %s for its name. Fails the test when the
 * program does. */
void pdf_look_run(const struct tl_buf *pdf, const char *command, struct tl_buf *output);

/* The text of the file in the order of the lines on the page, every run of white space one space. */
void pdf_look_text(const struct tl_buf *pdf, struct tl_buf *text);

/* The text holds `expected`. */
void pdf_look_says(const struct tl_buf *text, const char *expected);

/* For a look at the pages: writes the file into the folder that TILSLUT_LOOK names, if it is set. */
void pdf_look_keep(const struct tl_buf *pdf, const char *name);

#endif
