/* SPDX-License-Identifier: MPL-2.0 */
/*
 * An anchor: the head of a ledger's chains as a text for the minutes of a meeting, from which it can be read again
 * years later. Minutes are edited: what a word processor does to a text (capitals in front, blanks, broken lines,
 * Windows line ends) does not disturb, and a number that was miscopied is told from one that is another.
 *
 *     tilslut anchor: 1
 *     owner: OS2
 *     ...
 *     control: 0f1e2d3c4b5a6978
 */
#ifndef TILSLUT_EXCHANGE_ANCHOR_H
#define TILSLUT_EXCHANGE_ANCHOR_H

#include <stddef.h>
#include <stdint.h>

#include "tilslut/base/arena.h"
#include "tilslut/base/date.h"
#include "tilslut/base/digest.h"
#include "tilslut/base/status.h"
#include "tilslut/base/text.h"
#include "tilslut/exchange/source.h"
#include "tilslut/money/money.h"

enum { TL_ANCHOR_TEXT_SIZE = 64, TL_ANCHORS_MAX = 1000 };

struct tl_anchor {
    char owner[TL_ANCHOR_TEXT_SIZE];    /* code of the party that keeps the ledger */
    char currency[TL_ANCHOR_TEXT_SIZE]; /* ISO 4217 */
    int64_t act;                        /* the last one, which the seal is of */
    char recorded[TL_ANCHOR_TEXT_SIZE]; /* its moment, 2026-01-31T12:00:00Z */
    struct tl_digest act_seal;
    int64_t entry;                     /* the last one; 0 where there is none */
    struct tl_date dated;              /* of that entry; none where there is none */
    struct tl_digest entry_seal;       /* all zeros where there is none */
    int64_t postings;                  /* of all entries up to it */
    struct tl_money debit;             /* the sum of their debits, which is that of their credits */
    char program[TL_ANCHOR_TEXT_SIZE]; /* that wrote it, "tilslut 0.1.0" */
};

/* Writes it: what it is and how it is used, in Danish and English, and then its lines. */
void tl_anchor_write(struct tl_buf *out, const struct tl_anchor *anchor);

/* Reads every anchor of a text, in its order, into the arena; what stands around them is passed over.
 * TL_ERR_INPUT with the line: one that misses a line, has one that does not belong to it, was miscopied (its control
 * number does not fit) or is of a newer form; or there is none. TL_ERR_RANGE: more than TL_ANCHORS_MAX. TL_ERR_MEMORY.
 */
tl_status tl_anchor_read(struct tl_anchor **out, size_t *count, const struct tl_source *source, struct tl_arena *arena,
                         struct tl_err *err) TL_MUST_CHECK;

#endif
