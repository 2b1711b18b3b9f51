/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/agreement/book.h"

#include "tilslut/agreement/document.h"
#include "tilslut/agreement/invoice.h"
#include "tilslut/agreement/party.h"
#include "tilslut/agreement/run.h"
#include "tilslut/agreement/terms_book.h"
#include "tilslut/ledger/account.h"
#include "tilslut/store/act_seal.h"

/* OS2's public identity, as its own documents state it. */
static const struct tl_party os2 = {
    .code = "OS2",
    .name = "OS2",
    .official_name = "OS2 - Offentligt digitaliseringsfællesskab",
    .kind = "association",
    .region = "",
    .cvr = "41849983",
    .ean = "5790002750595",
    .address = "c/o ITK, Aarhus Kommune, Hack Kampmanns Plads 2, 8000 Aarhus C",
};

static tl_status fill(struct tl_store *store, struct tl_err *err)
{
    tl_recorded recorded;
    tl_status status = tl_party_record(&recorded, store, &os2, err);
    return status == TL_OK ? tl_account_record_chart(store, err) : status;
}

tl_status tl_book_create(const char *path, const char *currency, const struct tl_act *act, struct tl_err *err)
{
    return tl_store_create(path, currency, os2.code, act, fill, err);
}

tl_status tl_book_open_memory(struct tl_store **out, const char *currency, const struct tl_act *act, struct tl_err *err)
{
    return tl_store_open_memory(out, currency, os2.code, act, fill, err);
}

/* A check that stops at its first finding, told as an error. */
typedef tl_status check_function(struct tl_store *store, struct tl_err *err);

static tl_status run_check(struct tl_findings *findings, const char *name, check_function *check,
                           struct tl_store *store, struct tl_err *err)
{
    struct tl_err found = TL_ERR_NONE;
    tl_status status = check(store, &found);
    if (status == TL_ERR_BROKEN)
        return tl_findings_add(findings, err, name, "%s", found.message);
    if (status != TL_OK)
        *err = found;
    return status;
}

static tl_status verify_terms(struct tl_findings *findings, size_t *count, struct tl_store *store, struct tl_err *err)
{
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct tl_adopted *versions = NULL;
    tl_status status = tl_terms_book_list(&versions, count, store, NULL, &arena, err);
    for (size_t i = 0; status == TL_OK && i < *count; i++) {
        struct tl_terms terms = TL_TERMS_EMPTY;
        struct tl_err found = TL_ERR_NONE;
        if (tl_terms_book_read(&terms, &versions[i], &found) != TL_OK)
            status = found.status == TL_ERR_MEMORY ? tl_err_memory(err)
                                                   : tl_findings_add(findings, err, "terms", "%s", found.message);
        tl_terms_release(&terms);
    }
    tl_arena_release(&arena);
    return status;
}

/* What every act recorded, against the chain of acts. */
static tl_status verify_acts(struct tl_findings *findings, size_t *count, struct tl_store *store, struct tl_err *err)
{
    int64_t last = 0;
    tl_status status = tl_act_seal_last(&last, store, err);
    for (int64_t act = 1; status == TL_OK && act <= last; act++) {
        struct tl_err found = TL_ERR_NONE;
        status = tl_act_seal_check(store, act, &found);
        if (status == TL_ERR_BROKEN)
            status = tl_findings_add(findings, err, "acts", "%s", found.message);
        else if (status != TL_OK)
            *err = found;
        /* a number far beyond the last is told once */
        if (findings->left_out > 0)
            break;
    }
    *count = (size_t)last;
    return status;
}

static tl_status count_runs(size_t *count, struct tl_store *store, struct tl_err *err)
{
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct tl_run *runs = NULL;
    tl_status status = tl_run_list(&runs, count, store, &arena, err);
    tl_arena_release(&arena);
    return status;
}

static tl_status verify_contents(struct tl_findings *findings, struct tl_verified *verified, struct tl_store *store,
                                 struct tl_err *err)
{
    tl_status status = tl_chain_verify(findings, &verified->entries, &verified->postings, store, err);
    if (status == TL_OK)
        status = tl_chain_read_head(&verified->head, store, err);
    if (status == TL_OK)
        status = verify_terms(findings, &verified->terms, store, err);
    if (status == TL_OK)
        status = count_runs(&verified->runs, store, err);
    if (status == TL_OK)
        status = tl_run_verify(findings, store, err);
    if (status == TL_OK)
        status = tl_invoice_verify(findings, &verified->invoices, store, err);
    if (status == TL_OK)
        status = tl_document_verify(findings, &verified->documents, store, err);
    /* last, since what was found before says more of what the change means */
    if (status == TL_OK)
        status = verify_acts(findings, &verified->acts, store, err);
    return status;
}

tl_status tl_book_verify(struct tl_findings *findings, struct tl_verified *verified, struct tl_store *store,
                         struct tl_err *err)
{
    struct tl_err failure = TL_ERR_NONE;
    *verified = (struct tl_verified){0};
    tl_status status = run_check(findings, "file", tl_store_check_file, store, err);
    if (status == TL_OK)
        status = run_check(findings, "schema", tl_store_check_schema, store, err);
    if (status != TL_OK)
        return status;
    status = verify_contents(findings, verified, store, &failure);
    /* what cannot be read is told beside the finding that explains it, not instead of it */
    bool is_of_contents = status != TL_OK && status != TL_ERR_MEMORY && status != TL_ERR_IO;
    if (status == TL_ERR_BROKEN || (is_of_contents && findings->count > 0))
        return tl_findings_add(findings, err, "contents", "could not be gone through: %s", failure.message);
    if (status != TL_OK)
        *err = failure;
    return status;
}
