/* SPDX-License-Identifier: MPL-2.0 */
/*
 * The requirements that the ledger answers itself.
 */
#ifndef TILSLUT_AGREEMENT_GOVERNANCE_SHOWN_H
#define TILSLUT_AGREEMENT_GOVERNANCE_SHOWN_H

#include <stdbool.h>

#include "tilslut/agreement/requirement.h"
#include "tilslut/base/arena.h"
#include "tilslut/base/date.h"
#include "tilslut/base/status.h"
#include "tilslut/store/store.h"

/* Whether the ledger shows it on a date, and what shows it; where it does not, what there is instead, or "". Not for
 * TL_SHOWN_BY_HAND. */
tl_status tl_governance_ask(bool *is_shown, const char **ground, tl_requirement_shown shown, struct tl_store *store,
                            const char *product, struct tl_date on, struct tl_arena *arena,
                            struct tl_err *err) TL_MUST_CHECK;

#endif
