/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Whom an invoice or a statement's line is addressed to: the unit of a member that is invoiced for a product, with the
 * references that it wants for the product and its lines. For billing, statements and e-invoices.
 */
#ifndef TILSLUT_AGREEMENT_INVOICING_H
#define TILSLUT_AGREEMENT_INVOICING_H

#include "tilslut/agreement/unit.h"

/* Records in the open transaction which unit of a member is invoiced for a product from a date on; "" for the party
 * itself. The same again records nothing. TL_ERR_NOT_FOUND: no such product or unit, or the party has never joined. */
tl_status tl_invoicing_assign(struct tl_store *store, const char *product, const char *party, const char *unit,
                              struct tl_date from, struct tl_err *err) TL_MUST_CHECK;

/* What a unit wants on the invoices of one product. */
struct tl_invoicing_reference {
    const char *party, *unit;                     /* unit "": the party itself */
    const char *product, *line;                   /* line "": all lines of the product */
    const char *order_reference, *account_string; /* "": as for all lines, or else as the unit has it */
    struct tl_date from;
};

/* Records it in the open transaction. TL_ERR_NOT_FOUND: no such unit, product or line of the latest terms.
 * TL_ERR_INPUT: neither reference. */
tl_status tl_invoicing_refer(struct tl_store *store, const struct tl_invoicing_reference *reference,
                             struct tl_err *err) TL_MUST_CHECK;

/* The unit that is invoiced for a membership on a date, in the arena: the party itself where nothing is recorded, or
 * where the unit is closed by then. */
tl_status tl_invoicing_unit(struct tl_unit *out, struct tl_store *store, const char *product, const char *party,
                            struct tl_date on, struct tl_arena *arena, struct tl_err *err) TL_MUST_CHECK;

/* The same with the references for one line of the product ("": for none in particular): those of the line, else of all
 * lines, else the unit's. What an invoice or a statement's row prints. */
tl_status tl_invoicing_read(struct tl_unit *out, struct tl_store *store, const char *product, const char *party,
                            const char *line, struct tl_date on, struct tl_arena *arena,
                            struct tl_err *err) TL_MUST_CHECK;

#endif
