/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Reads statements of account. What several statements share (runs with their lines, terms, the year to come) is read
 * once and kept, so that those of all members cost little more than those of one.
 */
#ifndef TILSLUT_AGREEMENT_ACCOUNT_READER_H
#define TILSLUT_AGREEMENT_ACCOUNT_READER_H

#include "tilslut/agreement/facts.h"
#include "tilslut/base/arena.h"
#include "tilslut/base/status.h"
#include "tilslut/store/store.h"

struct tl_account_reader;

struct tl_statement_request {
    const char *party;   /* whose account; NULL: that of `product` with all its members */
    const char *product; /* one of the two is set */
    struct tl_period period;
    int64_t known;           /* the last act that is seen; 0: all */
    struct tl_date known_on; /* the day that says so, for the document; none where `known` is 0 */
};

/* The store must outlive the reader. On success the caller closes *out. TL_ERR_MEMORY. */
tl_status tl_account_reader_open(struct tl_account_reader **out, struct tl_store *store,
                                 struct tl_err *err) TL_MUST_CHECK;
void tl_account_reader_close(struct tl_account_reader *reader);

/* Reads a statement but for its issue, its ages and the year to come. It lies in the arena and borrows from the reader.
 * TL_ERR_NOT_FOUND: no such party or product. TL_ERR_BROKEN: the lines of a run and its entry do not agree. */
tl_status tl_account_reader_read(struct tl_statement *out, struct tl_account_reader *reader,
                                 const struct tl_statement_request *request, struct tl_arena *arena,
                                 struct tl_err *err) TL_MUST_CHECK;

/* Adds what is as of the day of issue and says nothing of what happened on the account: ages, as of the day of issue or
 * the last of the period, whichever comes first; the year to come; where to pay. */
tl_status tl_account_reader_look_ahead(struct tl_statement *statement, struct tl_account_reader *reader,
                                       const struct tl_statement_request *request, struct tl_date today,
                                       struct tl_arena *arena, struct tl_err *err) TL_MUST_CHECK;

#endif
