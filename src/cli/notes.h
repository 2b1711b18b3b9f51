/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Remarks on an allocation that do not stop it, but that whoever reads it should know.
 */
#ifndef TILSLUT_CLI_NOTES_H
#define TILSLUT_CLI_NOTES_H

#include "cli.h"
#include "tilslut/key/alloc.h"

/* Says for whom association membership is not recorded, and which lines have no price yet. */
void cli_note_allocation(const struct tl_allocation *allocation);

/* Says which figures members who join lack for their first year. Statuses of tl_missing_figure_list. */
tl_status cli_note_figures(struct cli *cli, const char *product, const char *const *members, size_t member_count,
                           struct tl_date from, struct tl_err *err) TL_MUST_CHECK;

/* Says how much of what its level requires a product lacks without an explanation. Statuses of tl_governance_rows. */
tl_status cli_note_governance(struct cli *cli, const char *product, struct tl_err *err) TL_MUST_CHECK;

#endif
