/* SPDX-License-Identifier: MPL-2.0 */
/* What issuing has in common for all documents (issuer.c). Private to the issuer_ files. */
#ifndef TILSLUT_SRC_REPORT_ISSUER_PARTS_H
#define TILSLUT_SRC_REPORT_ISSUER_PARTS_H

#include "tilslut/agreement/facts.h"
#include "tilslut/base/text.h"
#include "tilslut/report/issuer.h"

/* What the number of a document in English ends in; no code can hold it. */
#define TRANSLATION_ENDING ".en"

/* What was issued under a number, and what the next version says of itself. */
tl_status issuer_next(struct tl_issue *issue, struct tl_document *latest, const struct tl_issuer *issuer,
                      const char *number, struct tl_arena *arena, struct tl_err *err) TL_MUST_CHECK;

/* Fills what is common to all documents and records it with its bytes. */
tl_status issuer_record(struct tl_issued *out, const struct tl_issuer *issuer, const struct tl_issue *issue,
                        const char *suffix, const struct tl_buf *bytes, struct tl_arena *arena,
                        struct tl_err *err) TL_MUST_CHECK;

/* The latest version of a Danish document; TL_ERR_STATE when there is none: `command` is what to type then. */
tl_status issuer_find_danish(struct tl_document *out, const struct tl_issuer *issuer, const char *number,
                             const char *command, struct tl_arena *arena, struct tl_err *err) TL_MUST_CHECK;

/* "TA-os2valghalla-0751, version 2", in the arena; NULL when memory is gone. */
const char *issuer_name_of(const struct tl_document *document, struct tl_arena *arena) TL_MUST_CHECK;

/* The facts of a member's agreement in a year, without what the issue says of itself: as they were known when `as_of`
 * was issued, or as they are known now where that is NULL (issuer_agreement.c). In the arena. TL_ERR_NOT_FOUND: not a
 * member. */
tl_status issuer_agreement_facts(struct tl_agreement_facts *out, const struct tl_issuer *issuer,
                                 const struct tl_product_year *year, const char *party, const struct tl_document *as_of,
                                 struct tl_arena *arena, struct tl_err *err) TL_MUST_CHECK;

#endif
