/* SPDX-License-Identifier: MPL-2.0 */
/* An e-invoice from the ledger: the invoice, whom it is addressed to, and where it is paid. */
#include "tilslut/agreement/invoicing.h"
#include "tilslut/report/einvoice.h"

/* As on the date of the invoice, line by line; an order that it was split off for is its own. */
static tl_status read_references(struct tl_einvoice_reference *out, const struct tl_invoice *invoice,
                                 struct tl_store *store, struct tl_arena *arena, struct tl_err *err)
{
    tl_status status = TL_OK;
    for (size_t i = 0; status == TL_OK && i < invoice->line_count; i++) {
        struct tl_unit unit;
        status = tl_invoicing_read(&unit, store, invoice->row.product, invoice->row.party, invoice->lines[i].line_id,
                                   invoice->row.date, arena, err);
        if (status != TL_OK)
            break;
        out[i] = (struct tl_einvoice_reference){.unit = unit.code[0] == '\0' ? "" : unit.name,
                                                .ean = unit.ean,
                                                .order_reference = invoice->row.order[0] == '\0' ? unit.order_reference
                                                                                                 : invoice->row.order,
                                                .person_reference = unit.person_reference,
                                                .account_string = unit.account_string};
    }
    return status;
}

/* What is not recorded is for the check to name, with all else that is missing. */
static tl_status find_payee(const struct tl_payee **out, struct tl_store *store, struct tl_date on,
                            struct tl_arena *arena, struct tl_err *err)
{
    struct tl_err missing = TL_ERR_NONE;
    struct tl_payee *payee = tl_arena_alloc(arena, 1, sizeof *payee);
    if (payee == NULL)
        return tl_err_memory(err);
    tl_status status = tl_payee_find(payee, store, on, arena, &missing);
    *out = status == TL_OK ? payee : NULL;
    if (status == TL_OK || status == TL_ERR_MISSING)
        return TL_OK;
    *err = missing;
    return status;
}

tl_status tl_einvoice_source_load(struct tl_einvoice_source *out, struct tl_store *store, const char *number,
                                  struct tl_arena *arena, struct tl_err *err)
{
    struct tl_invoice *invoice = tl_arena_alloc(arena, 1, sizeof *invoice);
    if (invoice == NULL)
        return tl_err_memory(err);
    tl_status status = tl_invoice_load(invoice, store, number, arena, err);
    if (status != TL_OK)
        return status;
    struct tl_einvoice_reference *references = tl_arena_alloc(arena, invoice->line_count, sizeof *references);
    if (references == NULL)
        return tl_err_memory(err);
    *out = (struct tl_einvoice_source){.invoice = invoice, .references = references};
    status = read_references(references, invoice, store, arena, err);
    return status == TL_OK ? find_payee(&out->payee, store, invoice->row.date, arena, err) : status;
}

tl_status tl_einvoice_load(struct tl_einvoice *out, struct tl_store *store, const char *number, struct tl_arena *arena,
                           struct tl_err *err)
{
    struct tl_einvoice_source source;
    tl_status status = tl_einvoice_source_load(&source, store, number, arena, err);
    return status == TL_OK ? tl_einvoice_make(out, &source, arena, err) : status;
}
