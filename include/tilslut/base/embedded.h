/* SPDX-License-Identifier: MPL-2.0 */
/*
 * The files the program carries inside: schemas, templates and report queries. The table is written by
 * tools/embed.sh at build time.
 */
#ifndef TILSLUT_BASE_EMBEDDED_H
#define TILSLUT_BASE_EMBEDDED_H

#include <stddef.h>

struct tl_embedded_file {
    const char *name;    /* path within the project, such as "schemas/001.sql"; NULL ends the table */
    const char *content; /* NUL-terminated */
    size_t length;
};

extern const struct tl_embedded_file tl_embedded_files[];

/* The file of that name, or NULL. Static. */
const struct tl_embedded_file *tl_embedded_find(const char *name);

#endif
