/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Files of parties: who can own, join or pay.
 *
 * Columns, in any order: code, name, kind; and optionally official_name, region, cvr, ean, address,
 * association_member. Kinds: municipality, region, state, association, other. A municipality's code has four
 * digits; other codes are what tl_text_is_code accepts. association_member is yes, no or empty.
 */
#ifndef TILSLUT_EXCHANGE_PARTIES_FILE_H
#define TILSLUT_EXCHANGE_PARTIES_FILE_H

#include <stddef.h>

#include "tilslut/base/arena.h"
#include "tilslut/base/status.h"
#include "tilslut/exchange/source.h"
#include "tilslut/key/alloc.h"

/* "" where the file says nothing. Everything lies in the arena. */
struct tl_parties_row {
    const char *code, *name;
    const char *official_name; /* the name where the file gives none */
    const char *kind, *region, *cvr, *ean, *address;
    tl_association association;
    size_t line;
};

struct tl_parties_file {
    struct tl_parties_row *rows; /* in the order of the file */
    size_t row_count;
};

/* Reads a file of parties into the arena; all of it or nothing.
 * TL_ERR_INPUT, with file:line:column: what tl_csv_read refuses; a column that is missing or unknown (the hint
 * names the nearest); a code, name or kind that is empty; an unknown kind; a code, CVR or EAN number that is none;
 * an association_member that is neither yes nor no; a code, or a name within a kind, that is there twice (the
 * first line is named); no row at all. TL_ERR_RANGE, TL_ERR_MEMORY. */
tl_status tl_parties_file_read(struct tl_parties_file *out, const struct tl_source *source, struct tl_arena *arena,
                               struct tl_err *err) TL_MUST_CHECK;

#endif
