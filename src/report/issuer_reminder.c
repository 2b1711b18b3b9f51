/* SPDX-License-Identifier: MPL-2.0 */
/* Issuing reminders. */
#include "issuer_parts.h"
#include "template_doc.h"
#include "tilslut/agreement/party.h"
#include "tilslut/report/reminder_doc.h"

static tl_status issue_new(struct tl_issued *out, const struct tl_issuer *issuer, const struct tl_reminder_facts *facts,
                           const struct tl_digest *content, struct tl_arena *arena, struct tl_err *err)
{
    struct tl_buf pdf = TL_BUF_EMPTY;
    tl_status status = tl_reminder_doc(&pdf, facts, issuer->template_text, issuer->template_name, issuer->fonts, err);
    if (status == TL_OK) {
        out->document = (struct tl_document){.kind = "reminder",
                                             .party = facts->party->code,
                                             .year = tl_date_year(facts->reminder->date),
                                             .content_digest = *content};
        status = issuer_record(out, issuer, &facts->issue, "pdf", &pdf, arena, err);
    }
    if (status == TL_OK)
        status = tl_reminder_record(issuer->store, out->document.id, facts->reminder, err);
    if (status == TL_OK && facts->fee != NULL)
        status = tl_reminder_fee_charge(issuer->store, out->document.id, facts->party->code, facts->reminder->date,
                                        facts->fee, err);
    tl_buf_release(&pdf);
    return status;
}

tl_status tl_issuer_reminder(struct tl_issued *out, const struct tl_issuer *issuer, const struct tl_reminder *reminder,
                             struct tl_arena *arena, struct tl_err *err)
{
    struct tl_party owner, party;
    struct tl_payee payee;
    struct tl_reminder_facts facts = {.owner = &owner, .party = &party, .payee = &payee, .reminder = reminder};
    struct tl_reminder_fee fee;
    bool has_fee = false;
    struct tl_document latest;
    struct tl_digest content;
    char date[TL_DATE_TEXT_SIZE];
    const char *number = tl_arena_format(arena, "RY-%s-%s%s", reminder->party, tl_date_iso(reminder->date, date),
                                         template_is_english(issuer->template_name) ? TRANSLATION_ENDING : "");
    *out = (struct tl_issued){.is_copy = false};
    tl_status status = tl_party_find(&owner, issuer->store, tl_store_owner(issuer->store), issuer->today, arena, err);
    if (status == TL_OK)
        status = tl_party_find(&party, issuer->store, reminder->party, issuer->today, arena, err);
    if (status == TL_OK)
        status = tl_payee_find(&payee, issuer->store, reminder->date, arena, err);
    if (status == TL_OK)
        status = tl_reminder_fee_find(&fee, &has_fee, issuer->store, reminder->date, arena, err);
    facts.fee = has_fee ? &fee : NULL;
    if (status == TL_OK)
        status = issuer_next(&facts.issue, &latest, issuer, number, arena, err);
    if (status == TL_OK)
        status = tl_reminder_digest(&content, &facts, issuer->template_text, issuer->template_name, err);
    if (status != TL_OK)
        return status;
    facts.issue.content = &content;
    if (latest.id == 0)
        return issue_new(out, issuer, &facts, &content, arena, err);
    bool differs = !tl_digest_equal(&content, &latest.content_digest);
    *out = (struct tl_issued){.document = latest, .is_copy = true, .is_outdated = differs};
    return TL_OK;
}
