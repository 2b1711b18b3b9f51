/* SPDX-License-Identifier: MPL-2.0 */
/*
 * The fields of an agreement: the agreement itself (agreement_fields.c), its annexes (agreement_annexes.c), and what
 * both need of a line. Private to agreement_doc.c.
 */
#ifndef TILSLUT_SRC_REPORT_AGREEMENT_PARTS_H
#define TILSLUT_SRC_REPORT_AGREEMENT_PARTS_H

#include <stdbool.h>

#include "tilslut/agreement/facts.h"
#include "tilslut/report/doc.h"
#include "tilslut/report/fields.h"

/* What every builder gets. */
struct agreement_source {
    const struct tl_agreement_facts *facts;
    bool is_english;
    struct tl_arena *arena; /* for texts on the way */
    struct tl_err *err;
};

/* What every document about a product's terms prints: document, owner, product, terms, vat_groups, year. */
void agreement_common_fill(struct tl_fields *root, const struct agreement_source *source);

/* What the issue says of itself, a party, and who decided (decided_by, decided_on, decision_reference in `row`). */
void agreement_put_issue(struct tl_fields *root, const struct agreement_source *source);
void agreement_put_party(struct tl_fields *root, const char *name, const struct tl_party *party);
void agreement_put_decision(struct tl_fields *row, const struct agreement_source *source,
                            const struct tl_decision *decision);

/* The issue with its number only: what a digest of the content takes part of. */
struct tl_issue agreement_timeless_issue(const struct tl_issue *issue);

/* What can be held against the register, for the foot of a page: the content, and the ledger as it was. In the source's
 * arena; NULL when memory is gone. */
const char *agreement_seal_text(const struct agreement_source *source, const struct tl_issue *issue);

/* What stands around the pages; the texts lie in the source's arena. `party` may be NULL. */
tl_status agreement_face_fill(struct tl_doc_face *face, const struct agreement_source *source, const char *title,
                              const char *party) TL_MUST_CHECK;

/* TL_ERR_MISSING: the terms have no decision, or the member has no share of them. */
tl_status agreement_check_facts(const struct agreement_source *source) TL_MUST_CHECK;

/* Everything the agreement and its annexes print. */
tl_status agreement_fields_fill(struct tl_fields *root, const struct agreement_source *source) TL_MUST_CHECK;
tl_status agreement_annexes_fill(struct tl_fields *root, const struct agreement_source *source) TL_MUST_CHECK;
/* The annexes without what they tell of others, who come and go. */
tl_status agreement_own_annexes_fill(struct tl_fields *root, const struct agreement_source *source) TL_MUST_CHECK;

/* How the product stands to what its level asks for (agreement_governance.c). */
void agreement_governance_fill(struct tl_fields *root, const struct agreement_source *source);

/* What the words in the keys mean, and how rounding is dealt with (agreement_annexes.c). */
tl_status agreement_key_words_fill(struct tl_fields *root, const struct agreement_source *source) TL_MUST_CHECK;

/* One line of the terms with its prices or its budget, key and rules, into `row` (agreement_line.c). */
tl_status agreement_line_fill(struct tl_fields *row, const struct agreement_source *source,
                              const struct tl_line_result *result) TL_MUST_CHECK;

/* How this member's amounts came about: one row per line and period (agreement_calculation.c). */
tl_status agreement_calculations_fill(struct tl_fields *root, const struct agreement_source *source) TL_MUST_CHECK;

/* A figure with measure, value, date and source; all "" for NULL. */
void agreement_put_figure(struct tl_fields *row, const struct agreement_source *source, const struct tl_figure *figure);

/* Values as they are printed in the source's language (agreement_values.c). Amounts `1.234,56` and, as money,
 * `1.234,56 kr.`; a ratio that is none prints as "". What belongs to a number does not leave it at the end of a line.
 */
void agreement_put_amount(const struct agreement_source *source, struct tl_fields *row, const char *name,
                          struct tl_money amount);
void agreement_put_money(const struct agreement_source *source, struct tl_fields *row, const char *name,
                         struct tl_money amount);
void agreement_put_kroner(const struct agreement_source *source, struct tl_fields *row, const char *name,
                          struct tl_ratio kroner);
void agreement_put_number(const struct agreement_source *source, struct tl_fields *row, const char *name,
                          struct tl_ratio number);
void agreement_put_percent(const struct agreement_source *source, struct tl_fields *row, const char *name,
                           struct tl_ratio ratio);
void agreement_put_decimals(const struct agreement_source *source, struct tl_fields *row, const char *name,
                            const struct tl_frac *value, int decimals);
void agreement_put_date(struct tl_fields *row, const char *name, struct tl_date date, bool is_english);
const char *agreement_text(const struct tl_text *text, bool is_english);
const char *agreement_measure(const char *measure, bool is_english);
/* What a line covers, without the full stop that a sentence around it brings. */
void agreement_put_covers(struct tl_fields *row, const struct agreement_source *source, const struct tl_line *line);

#endif
