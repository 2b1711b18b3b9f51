/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Remarks on an allocation that do not stop it, but that whoever reads it should know.
 */
#ifndef TILSLUT_CLI_NOTES_H
#define TILSLUT_CLI_NOTES_H

#include "tilslut/key/alloc.h"

/* Says for whom association membership is not recorded, and which lines have no price yet. */
void cli_note_allocation(const struct tl_allocation *allocation);

#endif
