/* SPDX-License-Identifier: MPL-2.0 */
/*
 * The fields of an agreement, built in two halves: the agreement itself (agreement_fields.c) and its annexes
 * (agreement_annexes.c). Private to agreement_doc.c.
 */
#ifndef TILSLUT_SRC_REPORT_AGREEMENT_PARTS_H
#define TILSLUT_SRC_REPORT_AGREEMENT_PARTS_H

#include <stdbool.h>

#include "tilslut/agreement/facts.h"
#include "tilslut/report/fields.h"

/* What every builder gets. */
struct agreement_source {
    const struct tl_agreement_facts *facts;
    bool is_english;
    struct tl_arena *arena; /* for texts on the way */
    struct tl_err *err;
};

/* Everything the agreement and its annexes print. */
tl_status agreement_fields_fill(struct tl_fields *root, const struct agreement_source *source) TL_MUST_CHECK;
tl_status agreement_annexes_fill(struct tl_fields *root, const struct agreement_source *source) TL_MUST_CHECK;

/* One line's price rule, budget or price not yet known, into `row`: shared by both halves. */
tl_status agreement_line_fill(struct tl_fields *row, const struct agreement_source *source,
                              const struct tl_line_result *result) TL_MUST_CHECK;

/* Values as they are printed: amounts `1.234,56 kr.` (the space does not break), dates in words, names of measures. */
void agreement_put_money(struct tl_fields *row, const char *name, struct tl_money amount);
void agreement_put_date(struct tl_fields *row, const char *name, struct tl_date date, bool is_english);
const char *agreement_text(const struct tl_text *text, bool is_english);
const char *agreement_measure(const char *measure, bool is_english);
/* What a line covers, without the full stop that a sentence around it brings. */
void agreement_put_covers(struct tl_fields *row, const struct agreement_source *source, const struct tl_line *line);

#endif
