/* SPDX-License-Identifier: MPL-2.0 */
/*
 * The register of issued documents: each stored as it was issued, numbered, versioned and hashed.
 */
#ifndef TILSLUT_AGREEMENT_DOCUMENT_H
#define TILSLUT_AGREEMENT_DOCUMENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tilslut/base/arena.h"
#include "tilslut/base/date.h"
#include "tilslut/base/digest.h"
#include "tilslut/base/status.h"
#include "tilslut/ledger/findings.h"
#include "tilslut/store/store.h"

struct tl_document {
    int64_t id;       /* 0 for none */
    const char *kind; /* agreement, statement, pricelist */
    const char *number;
    int version;
    const char *product; /* NULL where it concerns none */
    const char *party;
    int year;
    struct tl_date issued_on;
    const char *file_name;
    struct tl_digest content_digest; /* of what it says, without number, version and date */
    struct tl_digest head;
    int64_t head_entry;
    struct tl_digest sha256;
    size_t size;
    int64_t act; /* that issued it: what was known then is what acts up to this one recorded */
};

/* Records a document and its bytes in the open transaction; sha256, size and id are set. TL_ERR_CONFLICT when number
 * and version are taken. */
tl_status tl_document_record(struct tl_document *document, const void *bytes, size_t size, struct tl_store *store,
                             struct tl_err *err) TL_MUST_CHECK;

/* The latest version of a number, in the arena; id is 0 when there is none. */
tl_status tl_document_latest(struct tl_document *out, struct tl_store *store, const char *number,
                             struct tl_arena *arena, struct tl_err *err) TL_MUST_CHECK;

/* The bytes as they were issued, in the arena. TL_ERR_BROKEN when they are not those any more. */
tl_status tl_document_read(const char **bytes, struct tl_store *store, const struct tl_document *document,
                           struct tl_arena *arena, struct tl_err *err) TL_MUST_CHECK;

/* All documents in the order of issue, in the arena. */
tl_status tl_document_list(struct tl_document **out, size_t *count, struct tl_store *store, struct tl_arena *arena,
                           struct tl_err *err) TL_MUST_CHECK;

/* Hashes every document again, and compares the head of the chain it carries with the chain. */
tl_status tl_document_verify(struct tl_findings *findings, size_t *documents, struct tl_store *store,
                             struct tl_err *err) TL_MUST_CHECK;

#endif
