/* SPDX-License-Identifier: MPL-2.0 */
/*
 * What OS2 asks of its products, as data: the minimum requirements of the levels 1 to 3 under OS2's governance model
 * (relevance, formalities, governance, strategic context; each level builds on the one below), and the checklist
 * before others can join. "Follow or explain": whoever does not meet one says why. Pure.
 */
#ifndef TILSLUT_AGREEMENT_REQUIREMENT_H
#define TILSLUT_AGREEMENT_REQUIREMENT_H

#include <stdbool.h>
#include <stddef.h>

typedef enum tl_requirement_theme {
    TL_THEME_RELEVANCE,
    TL_THEME_FORMALITIES,
    TL_THEME_GOVERNANCE,
    TL_THEME_STRATEGY,
    TL_THEME_COUNT
} tl_requirement_theme;

/* What shows that a requirement is met: somebody says so with evidence, or the ledger itself does. */
typedef enum tl_requirement_shown {
    TL_SHOWN_BY_HAND,
    TL_SHOWN_BY_MUNICIPALITIES,     /* more than one takes part, as a member or in a body */
    TL_SHOWN_BY_PURPOSE,            /* the product's purpose is recorded */
    TL_SHOWN_BY_REPOSITORY,         /* where its code lies is recorded */
    TL_SHOWN_BY_LICENCE,            /* MPL-2.0 for code */
    TL_SHOWN_BY_DOCUMENT_LICENCE,   /* CC-BY-SA-4.0 for documents */
    TL_SHOWN_BY_BOARD,              /* the board or the general assembly decided its level */
    TL_SHOWN_BY_STEERING_GROUP,     /* it has seats */
    TL_SHOWN_BY_COORDINATION_GROUP, /* it has seats */
    TL_SHOWN_BY_TERMS,              /* joining terms are adopted and in force */
    TL_SHOWN_BY_SECURED_MONEY,      /* members have joined on terms with a yearly contribution */
    TL_SHOWN_BY_PRICE_LIST,         /* one was issued for the year or a later one */
    TL_SHOWN_BY_SUPPLIER,           /* at least one is attached */
    TL_SHOWN_BY_PARTNER_AGREEMENTS  /* every supplier has signed OS2's partner agreement */
} tl_requirement_shown;

struct tl_requirement {
    const char *code; /* steering-group */
    tl_requirement_theme theme;
    int required_from;    /* the level from which it must be met; 0 for never */
    int recommended_from; /* and the one from which it should; 0 for never */
    int step;             /* of the checklist before others can join, 1 to 7; 0 when it is not on it */
    tl_requirement_shown shown;
    const char *da, *en; /* what is asked for */
    const char *how;     /* the command that records it, after `tilslut `, with PRODUCT for the product's code */
};

/* All requirements by theme and level. Static. */
const struct tl_requirement *tl_requirement_list(size_t *count);

/* The requirement of that code, or NULL. */
const struct tl_requirement *tl_requirement_find(const char *code);

/* Whether a level requires it, or at least recommends it. */
bool tl_requirement_is_required(const struct tl_requirement *requirement, int level);
bool tl_requirement_is_recommended(const struct tl_requirement *requirement, int level);

/* `formalities`, `Formkrav`. Static. */
const char *tl_requirement_theme_en(tl_requirement_theme theme);
const char *tl_requirement_theme_da(tl_requirement_theme theme);

#endif
