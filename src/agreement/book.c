/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/agreement/book.h"

#include "tilslut/agreement/party.h"
#include "tilslut/ledger/account.h"

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

/* A chart that a ledger begins with. */
struct chart {
    const struct tl_account *accounts;
    size_t count;
};

static tl_status fill_from(struct tl_store *store, const void *context, struct tl_err *err)
{
    const struct chart *chart = context;
    tl_recorded recorded;
    bool added;
    tl_status status = tl_party_record(&recorded, store, &os2, err);
    for (size_t i = 0; status == TL_OK && i < chart->count; i++)
        status = tl_account_record(&added, store, &chart->accounts[i], err);
    return status;
}

tl_status tl_book_create_with(const char *path, const char *currency, const struct tl_account *accounts, size_t count,
                              const struct tl_act *act, struct tl_err *err)
{
    const struct chart chart = {accounts, count};
    tl_status status = tl_account_check_chart(accounts, count, err);
    return status == TL_OK ? tl_store_create_from(path, currency, os2.code, act, fill_from, &chart, err) : status;
}

tl_status tl_book_open_memory(struct tl_store **out, const char *currency, const struct tl_act *act, struct tl_err *err)
{
    return tl_store_open_memory(out, currency, os2.code, act, fill, err);
}
