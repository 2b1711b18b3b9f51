/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Issuing documents: what was issued is stored as issued and given again as it was; only a new version says
 * something else.
 */
#ifndef TILSLUT_REPORT_ISSUER_H
#define TILSLUT_REPORT_ISSUER_H

#include <stdbool.h>

#include "tilslut/agreement/account_reader.h"
#include "tilslut/agreement/document.h"
#include "tilslut/agreement/product_year.h"
#include "tilslut/agreement/reminder.h"
#include "tilslut/base/arena.h"
#include "tilslut/base/date.h"
#include "tilslut/base/status.h"
#include "tilslut/report/pdf_fonts.h"
#include "tilslut/store/store.h"

/* What issuing needs beside the facts. Borrowed. */
struct tl_issuer {
    struct tl_store *store; /* in a transaction */
    struct tl_date today;   /* the date of issue */
    struct tl_pdf_fonts *fonts;
    const char *template_text, *template_name; /* of the document that is asked for; none for statements */
};

struct tl_issued {
    struct tl_document document; /* in the arena */
    bool is_copy;                /* it was issued before, and is given again as it was */
    bool is_outdated;            /* a copy that would say something else if it were written today */
};

/* The agreement, or the price list, that was issued in Danish and so binds; what is issued in English translates it,
 * and rests on what was known when it was issued: tl_store_set_known to its act before the year is computed. In the
 * arena. TL_ERR_STATE: it is not issued. */
tl_status tl_issuer_find_agreement(struct tl_document *out, const struct tl_issuer *issuer, const char *product,
                                   const char *party, struct tl_arena *arena, struct tl_err *err) TL_MUST_CHECK;
tl_status tl_issuer_find_pricelist(struct tl_document *out, const struct tl_issuer *issuer, const char *product,
                                   int year, struct tl_arena *arena, struct tl_err *err) TL_MUST_CHECK;

/* True for a document in English. */
bool tl_issuer_is_translation(const struct tl_document *document);

/* The joining agreement of a member, who must be on the roster of the year. An agreement that was issued is given again
 * as it was; `revise` issues a new version where it would say something else. `translated` is the Danish one when the
 * template is in English, else NULL. In the arena.
 * TL_ERR_NOT_FOUND: not a member. Statuses of tl_agreement_doc and of the store. */
tl_status tl_issuer_agreement(struct tl_issued *out, const struct tl_issuer *issuer, const struct tl_product_year *year,
                              const char *party, const struct tl_document *translated, bool revise,
                              struct tl_arena *arena, struct tl_err *err) TL_MUST_CHECK;

/* The covering letter to the agreement that was issued to a member, which asks to have it signed by a day. It rests on
 * what was known when the agreement was issued. A letter that was issued is given again as it was, and `sign_by` may be
 * none then; `revise` issues a new version where it would say something else. In the arena.
 * TL_ERR_MISSING: no day to sign by. TL_ERR_INPUT: that day is over. Statuses of tl_letter_doc and of the store. */
tl_status tl_issuer_letter(struct tl_issued *out, const struct tl_issuer *issuer, const struct tl_product_year *year,
                           const struct tl_document *agreement, struct tl_date sign_by, bool revise,
                           struct tl_arena *arena, struct tl_err *err) TL_MUST_CHECK;

/* A notice that a party gave and that stands. */
struct tl_issuer_notice {
    struct tl_date given, first, last; /* the day it was given; the first and the last day of the membership */
};

/* The latest notice of a party in a product, as it was known when `as_of` was issued, or is known now where that is
 * NULL. TL_ERR_STATE: it has given none, or withdrawn it. */
tl_status tl_issuer_find_notice(struct tl_issuer_notice *out, const struct tl_issuer *issuer, const char *product,
                                const char *party, const struct tl_document *as_of, struct tl_arena *arena,
                                struct tl_err *err) TL_MUST_CHECK;
/* The confirmation of a notice that was issued in Danish. TL_ERR_STATE: it is not issued. */
tl_status tl_issuer_find_confirmation(struct tl_document *out, const struct tl_issuer *issuer, const char *product,
                                      const char *party, struct tl_arena *arena, struct tl_err *err) TL_MUST_CHECK;
/* The confirmation of a notice with the final account; `year` is that of the last day, or the present one. What was
 * issued is given again as it was; `revise` issues a new version where it would say something else. `translated` as for
 * agreements. In the arena. Statuses of tl_notice_doc, tl_account_statement_read and of the store. */
tl_status tl_issuer_confirmation(struct tl_issued *out, const struct tl_issuer *issuer,
                                 const struct tl_product_year *year, const char *party,
                                 const struct tl_issuer_notice *notice, const struct tl_document *translated,
                                 bool revise, struct tl_arena *arena, struct tl_err *err) TL_MUST_CHECK;

/* The confirmation of a pledge that was issued in Danish. TL_ERR_STATE: it is not issued. */
tl_status tl_issuer_find_pledge(struct tl_document *out, const struct tl_issuer *issuer, const char *project,
                                const char *party, struct tl_arena *arena, struct tl_err *err) TL_MUST_CHECK;
/* The confirmation of what a party has pledged to a project, as the pledge stands, with what the latest terms of the
 * product give for it. What was issued is given again as it was; `revise` issues a new version where it would say
 * something else. `translated` as for agreements. In the arena. TL_ERR_NOT_FOUND: no such project, or no pledge of the
 * party to it. Statuses of tl_pledge_doc and of the store. */
tl_status tl_issuer_pledge(struct tl_issued *out, const struct tl_issuer *issuer, const char *project,
                           const char *party, const struct tl_document *translated, bool revise, struct tl_arena *arena,
                           struct tl_err *err) TL_MUST_CHECK;

/* A statement of account that is asked for, and what came of it. */
struct tl_issuer_account {
    struct tl_account_reader *reader; /* shared by the statements of a batch */
    struct tl_statement_request request;
    bool is_pdf; /* printed from the issuer's template, in its language; else a workbook */
};
struct tl_issued_account {
    struct tl_issued issued;
    const char *code, *name; /* whose account it is */
    struct tl_money opening, charges, payments, closing;
    size_t line_count;        /* charges and credits */
    struct tl_digest control; /* the control sum that the statement carries (statement_control.h) */
};

/* The statement of account of a party, or of a product, for a period: the one that was issued, or a new version where
 * something has happened on the account since. What is in *out lies in the arena. Statuses of tl_account_reader_read,
 * tl_statement_xlsx, tl_statement_doc, the store. */
tl_status tl_issuer_statement(struct tl_issued_account *out, const struct tl_issuer *issuer,
                              const struct tl_issuer_account *account, struct tl_arena *arena,
                              struct tl_err *err) TL_MUST_CHECK;

/* The price list of a product's year: the one that was issued, or a new version where terms or members make it say
 * something else. `translated` as above. In the arena. Statuses of tl_pricelist_doc and of the store. */
tl_status tl_issuer_pricelist(struct tl_issued *out, const struct tl_issuer *issuer, const struct tl_product_year *year,
                              const struct tl_document *translated, struct tl_arena *arena,
                              struct tl_err *err) TL_MUST_CHECK;

/* The paper of an invoice or credit note, FA-2026-0001 or KN-2026-0001; one that was issued is given again as it was;
 * `revise` issues a new version where it would say something else. In the arena. TL_ERR_STATE: an English template, and
 * the Danish one that it translates is not issued. TL_ERR_NOT_FOUND. */
tl_status tl_issuer_invoice(struct tl_issued *out, const struct tl_issuer *issuer, const char *number, bool revise,
                            struct tl_arena *arena, struct tl_err *err) TL_MUST_CHECK;
/* The Danish paper of an invoice as it was issued last. In the arena. TL_ERR_STATE: it is not issued. */
tl_status tl_issuer_find_invoice(struct tl_document *out, const struct tl_issuer *issuer, const char *number,
                                 struct tl_arena *arena, struct tl_err *err) TL_MUST_CHECK;

/* The reminder to a member of a date, recorded with the charges that it lists; one that was issued is given again as it
 * was. In the arena. TL_ERR_MISSING: where
 * members pay is not recorded. Statuses of tl_reminder_doc and of the store. */
tl_status tl_issuer_reminder(struct tl_issued *out, const struct tl_issuer *issuer, const struct tl_reminder *reminder,
                             struct tl_arena *arena, struct tl_err *err) TL_MUST_CHECK;

#endif
