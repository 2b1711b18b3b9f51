/* SPDX-License-Identifier: MPL-2.0 */
/*
 * What a product's agreements tell of it: its purpose, where its code lies, and its licences.
 */
#ifndef TILSLUT_AGREEMENT_PRODUCT_FACT_H
#define TILSLUT_AGREEMENT_PRODUCT_FACT_H

#include "tilslut/base/arena.h"
#include "tilslut/base/date.h"
#include "tilslut/base/status.h"
#include "tilslut/store/store.h"

typedef enum tl_product_fact {
    TL_PRODUCT_PURPOSE_DA,
    TL_PRODUCT_PURPOSE_EN,
    TL_PRODUCT_REPOSITORY,       /* https://... */
    TL_PRODUCT_LICENCE,          /* of the code, as SPDX names it: MPL-2.0 */
    TL_PRODUCT_DOCUMENT_LICENCE, /* CC-BY-SA-4.0 */
    TL_PRODUCT_FACT_COUNT
} tl_product_fact;

/* The facts of a product on a date, by kind; "" where nothing is recorded. */
struct tl_product_facts {
    const char *values[TL_PRODUCT_FACT_COUNT];
};

/* Records a fact from a date on, in the open transaction; the same again records nothing. TL_ERR_NOT_FOUND: no such
 * product. TL_ERR_INPUT: an empty value, or a repository that is no https address. */
tl_status tl_product_fact_record(struct tl_store *store, const char *product, tl_product_fact fact, const char *value,
                                 struct tl_date from, struct tl_err *err) TL_MUST_CHECK;

/* Reads the facts as they are on a date, in the arena. */
tl_status tl_product_fact_read(struct tl_product_facts *out, struct tl_store *store, const char *product,
                               struct tl_date on, struct tl_arena *arena, struct tl_err *err) TL_MUST_CHECK;

#endif
