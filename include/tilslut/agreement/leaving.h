/* SPDX-License-Identifier: MPL-2.0 */
/*
 * What follows from a notice (opsigelse): the last day, the last period that is charged, and the final account. For the
 * confirmation of the notice.
 */
#ifndef TILSLUT_AGREEMENT_LEAVING_H
#define TILSLUT_AGREEMENT_LEAVING_H

#include <stddef.h>

#include "tilslut/base/arena.h"
#include "tilslut/base/date.h"
#include "tilslut/base/status.h"
#include "tilslut/key/terms.h"
#include "tilslut/money/money.h"
#include "tilslut/store/store.h"

/* What a line of the terms will yet charge for a year: what is owed for it, less what is billed. Below zero where more
 * is billed than is owed, and the terms give it back. */
struct tl_leaving_charge {
    int year;
    const char *line_id;
    struct tl_text line_name;
    struct tl_period period;
    struct tl_money net, vat, gross;
};

/* Amounts are as the member sees them: what it owes is positive. Everything lies in the arena of the call.
 *
 * A payment names no product. What it pays does: the open items (open_item.h) settle charges with payments, each charge
 * is of a product, and so what is paid of a product is what is settled of its charges. What a payment pays of nothing
 * stays to the member's credit, beside the product, and the four sums of the account are its balance. */
struct tl_leaving {
    const char *product, *party;
    struct tl_date notice_on;          /* the day notice was given */
    struct tl_notice period;           /* as the terms had it on that day */
    struct tl_date first_permitted;    /* end */
    struct tl_date last;               /* day of the membership */
    const char *evidence;              /* where the notice lies, or "" */
    struct tl_period last_charged;     /* the last period that is, or will be, charged; none where there is none */
    struct tl_money billed;            /* for this product: charges less credits */
    struct tl_money paid;              /* of that, by payments and by credits of others */
    struct tl_money balance;           /* billed less paid; below zero where credits of the product pay nothing yet */
    struct tl_money credit;            /* payments and the like that pay nothing yet; not below zero */
    struct tl_money besides;           /* open on no product, such as a refund that has not been set off */
    struct tl_money elsewhere;         /* open on other products */
    struct tl_leaving_charge *charges; /* by year, then in the order of the terms */
    size_t charge_count;
    struct tl_money to_come; /* the gross of the charges */
    struct tl_money owed;    /* balance + to_come; `credit` stands beside it, since it may be for another product */
    int unknown_year;        /* the first year whose charges cannot be computed yet; 0: all are in */
    const char *unknown;     /* why, or "" */
};

/* Reads what follows from the notice of a member, as of what is recorded. What the years from that of the notice to
 * that of the last day will yet charge is computed as a run of them would, by the terms in force. TL_ERR_NOT_FOUND: no
 * such product, or the party is not a member. TL_ERR_STATE: it is not under notice. */
tl_status tl_leaving_read(struct tl_leaving *out, struct tl_store *store, const char *product, const char *party,
                          struct tl_arena *arena, struct tl_err *err) TL_MUST_CHECK;

#endif
