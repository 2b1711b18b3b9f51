/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Names of people as the ledger records them: what leaves the house takes two of them.
 */
#ifndef TILSLUT_BASE_PERSON_H
#define TILSLUT_BASE_PERSON_H

#include <stdbool.h>
#include <stdint.h>

#include "tilslut/base/status.h"

/* Whether two names mean the same person: letters may be small or capital (ASCII and Danish), spaces count for nothing.
 * The schema's triggers hold any other program to the same rule. */
bool tl_person_is_same(const char *a, const char *b);

/* That a draft is approved by somebody else than its author. TL_ERR_STATE names the draft, `noun` and number, and the
 * command that approves it. */
tl_status tl_person_check_second(const char *noun, int64_t id, const char *author, const char *actor,
                                 const char *command, struct tl_err *err) TL_MUST_CHECK;

#endif
