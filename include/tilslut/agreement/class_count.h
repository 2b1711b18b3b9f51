/* SPDX-License-Identifier: MPL-2.0 */
/*
 * How many municipalities, and how many members, fall in each size class of a product's terms.
 */
#ifndef TILSLUT_AGREEMENT_CLASS_COUNT_H
#define TILSLUT_AGREEMENT_CLASS_COUNT_H

#include <stddef.h>

#include "tilslut/agreement/terms_book.h"
#include "tilslut/base/arena.h"
#include "tilslut/base/date.h"
#include "tilslut/base/status.h"
#include "tilslut/key/terms.h"
#include "tilslut/store/store.h"

struct tl_class_count {
    const struct tl_size_class *size_class; /* borrowed from the terms */
    size_t municipalities;                  /* by the figure of the terms' measure on the date */
    size_t members;                         /* of them, in the year that the figures count for */
};

/* Counts over all municipalities that have the figure, one per class of the terms, in the arena; *without is how many
 * have none. TL_ERR_MISSING when the terms have no classes. */
tl_status tl_class_count_read(struct tl_class_count **out, size_t *without, struct tl_store *store,
                              const struct tl_terms *terms, struct tl_date date, struct tl_arena *arena,
                              struct tl_err *err) TL_MUST_CHECK;

#endif
