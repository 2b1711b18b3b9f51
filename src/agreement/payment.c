/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/agreement/payment.h"

#include <inttypes.h>

#include "tilslut/agreement/party.h"
#include "tilslut/ledger/account.h"
#include "tilslut/ledger/entry.h"

tl_status tl_payment_post(int64_t *entry_id, bool *already, struct tl_store *store, const struct tl_payment *payment,
                          struct tl_err *err)
{
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct tl_party party;
    char date[TL_DATE_TEXT_SIZE], amount[TL_MONEY_TEXT_SIZE];
    tl_status status = tl_party_find(&party, store, payment->party, payment->date, &arena, err);
    if (status == TL_OK && payment->amount.minor <= 0) {
        status = tl_err_set(err, TL_ERR_INPUT, "a payment of %s is none", tl_money_plain(payment->amount, amount));
        tl_err_hint(err, "give the amount received, above zero");
    }
    const char *key = tl_arena_format(&arena, "pay:%s:%s:%s:%s", payment->party, tl_date_iso(payment->date, date),
                                      tl_money_plain(payment->amount, amount), payment->reference);
    if (status == TL_OK && key == NULL)
        status = tl_err_memory(err);
    if (status == TL_OK) {
        struct tl_posting postings[] = {
            {TL_ACCOUNT_SETTLEMENT, payment->party, NULL, "", payment->amount},
            {TL_ACCOUNT_RECEIVABLE, payment->party, NULL, "", tl_money_negate(payment->amount)},
        };
        struct tl_entry entry = {.kind = "payment",
                                 .holds_on = payment->date,
                                 .reference = payment->reference,
                                 .text = payment->text,
                                 .postings = postings,
                                 .posting_count = 2};
        status = tl_entry_post(entry_id, already, store, key, &entry, err);
        if (status == TL_ERR_CONFLICT) {
            /* said in the words of a payment, not of an entry */
            *err = (struct tl_err)TL_ERR_NONE;
            (void)tl_err_set(err, TL_ERR_CONFLICT,
                             "a payment of %s from %s on %s is recorded already, as entry %" PRId64
                             ", with another text",
                             tl_money_plain(payment->amount, amount), payment->party, date, *entry_id);
            tl_err_hint(err, "if this is a second payment of the same amount on the same day, tell them apart with "
                             "--reference");
        }
    }
    tl_arena_release(&arena);
    return status;
}
