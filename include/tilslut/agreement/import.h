/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Imports: what a file says, recorded in the open transaction; all of it or nothing.
 */
#ifndef TILSLUT_AGREEMENT_IMPORT_H
#define TILSLUT_AGREEMENT_IMPORT_H

#include <stddef.h>

#include "tilslut/base/date.h"
#include "tilslut/base/status.h"
#include "tilslut/exchange/source.h"
#include "tilslut/store/store.h"

/* What an import came to. */
struct tl_imported {
    size_t added, changed, same;
    size_t totals; /* stated in the file, and footed to */
};

/* Parties of a CSV file, as they are from `from` on; none: new ones since ever, and no changes. A file that says who is
 * a member of the association needs the date, since prices follow from it. Statuses of tl_parties_file_read and
 * tl_party_record; TL_ERR_USAGE when the date is missing. */
tl_status tl_import_parties(struct tl_imported *out, struct tl_store *store, const struct tl_source *source,
                            struct tl_date from, struct tl_err *err) TL_MUST_CHECK;

/* Figures of a StatBank or plain CSV file. `measure` names what a StatBank file counts, and is the only column that a
 * plain file may have. `origin` (or NULL) is recorded as their source. Statuses of tl_figures_file_read;
 * TL_ERR_MISSING when no parties are recorded. */
tl_status tl_import_figures(struct tl_imported *out, struct tl_store *store, const struct tl_source *source,
                            const char *measure, const char *origin, struct tl_err *err) TL_MUST_CHECK;

#endif
