/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Figures: recording and reading what was counted. A figure is (member, measure, date, value, source); a
 * correction is a new one, the old one is kept.
 */
#ifndef TILSLUT_AGREEMENT_FIGURE_H
#define TILSLUT_AGREEMENT_FIGURE_H

#include <stddef.h>

#include "tilslut/agreement/party.h"
#include "tilslut/base/arena.h"
#include "tilslut/base/status.h"
#include "tilslut/key/alloc.h"
#include "tilslut/store/store.h"

/* Records a figure of a party in the open transaction; the same value from the same source again records nothing. */
tl_status tl_figure_record(tl_recorded *recorded, struct tl_store *store, const char *party_code,
                           const struct tl_figure *figure, struct tl_err *err) TL_MUST_CHECK;

/* All figures of a party, the latest recorded per measure and date, by measure and date; in the arena. */
tl_status tl_figure_list(struct tl_figure **out, size_t *count, struct tl_store *store, const char *party_code,
                         struct tl_arena *arena, struct tl_err *err) TL_MUST_CHECK;

#endif
