/* SPDX-License-Identifier: MPL-2.0 */
/*
 * What the approved runs of a product's year have billed, less what was credited.
 */
#ifndef TILSLUT_AGREEMENT_RUN_BILLED_H
#define TILSLUT_AGREEMENT_RUN_BILLED_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tilslut/base/arena.h"
#include "tilslut/base/date.h"
#include "tilslut/base/status.h"
#include "tilslut/store/store.h"

/* What one member is billed for one line, by account and VAT. */
struct tl_run_billed {
    const char *party_code, *line_id, *account_code, *vat_code, *vat_rate, *vat_reason;
    int64_t net_minor, vat_minor;
    int64_t gross_minor;     /* without what reduced it */
    const char *reduced_for; /* "" where nothing did */
};

/* What the last run left over of one member's rounding on one line. */
struct tl_run_left_over {
    const char *party_code, *line_id, *carried_out;
};

/* What is drawn from an account for a line. */
struct tl_run_drawn {
    const char *line_id, *account_code, *income_code;
    int64_t net_minor;
};

struct tl_run_history {
    struct tl_run_billed *billed; /* by line, then party */
    size_t billed_count;
    struct tl_run_left_over *left_over; /* by line, then party */
    size_t left_over_count;
    struct tl_run_drawn *drawn; /* by line, then account */
    size_t drawn_count;
    int64_t last_run;       /* the last approved run of the year, 0 for none */
    struct tl_date through; /* the last day that runs of a period have billed to; none where there are none */
};

/* Of a run r: whether it calls pledges in, or credits what such a run billed. The two kinds of account, by the terms
 * and by pledge, are kept apart, since the terms don't know what was pledged. */
#define TL_RUN_CALLS_IN                                                                                                \
    "(coalesce((SELECT o.kind FROM invoice i JOIN run o ON o.id = i.run_id WHERE i.number = r.corrects), r.kind) = "   \
    "'pledges')"

/* By the terms, or of pledges, as known to the store; in the arena. */
tl_status tl_run_history_read(struct tl_run_history *out, struct tl_store *store, const char *product, int year,
                              bool of_pledges, struct tl_arena *arena, struct tl_err *err) TL_MUST_CHECK;

/* The rows of a line, and within them of a party, as a range; the first is where they would stand. */
struct tl_run_range {
    size_t first, count;
};
struct tl_run_range tl_run_billed_of_line(const struct tl_run_history *history, const char *line_id);
/* What the last run left over, or NULL where the member was never billed for the line. */
const char *tl_run_left_over_of(const struct tl_run_history *history, const char *line_id, const char *party_code);

#endif
