/* SPDX-License-Identifier: MPL-2.0 */
/* Issuing covering letters. */
#include "issuer_parts.h"
#include "template_doc.h"
#include "tilslut/report/letter_doc.h"

static tl_status check_day(struct tl_date sign_by, const struct tl_issuer *issuer, struct tl_err *err)
{
    char date[TL_DATE_TEXT_SIZE];
    if (tl_date_is_none(sign_by)) {
        (void)tl_err_set(err, TL_ERR_MISSING, "the letter does not say by when the agreement is to be signed");
        tl_err_hint(err, "add --by DATE");
        return TL_ERR_MISSING;
    }
    if (tl_date_compare(sign_by, issuer->today) < 0)
        return tl_err_set(err, TL_ERR_INPUT, "'%s' is over: nobody can sign by then", tl_date_iso(sign_by, date));
    return TL_OK;
}

static tl_status issue_new(struct tl_issued *out, const struct tl_issuer *issuer, const struct tl_letter_facts *letter,
                           const struct tl_digest *content, struct tl_arena *arena, struct tl_err *err)
{
    struct tl_buf pdf = TL_BUF_EMPTY;
    tl_status status = tl_letter_doc(&pdf, letter, issuer->template_text, issuer->template_name, issuer->fonts, err);
    if (status == TL_OK) {
        out->document = (struct tl_document){.kind = "letter",
                                             .product = letter->facts.product->code,
                                             .party = letter->facts.party->code,
                                             .year = letter->agreement->year,
                                             .content_digest = *content};
        status = issuer_record(out, issuer, &letter->facts.issue, "pdf", &pdf, arena, err);
    }
    tl_buf_release(&pdf);
    return status;
}

tl_status tl_issuer_letter(struct tl_issued *out, const struct tl_issuer *issuer, const struct tl_product_year *year,
                           const struct tl_document *agreement, struct tl_date sign_by, bool revise,
                           struct tl_arena *arena, struct tl_err *err)
{
    struct tl_letter_facts letter = {.agreement = agreement, .sign_by = sign_by};
    struct tl_document latest;
    struct tl_digest content;
    bool is_english = template_is_english(issuer->template_name);
    const char *number = tl_arena_format(arena, "FB-%s-%s%s", agreement->product, agreement->party,
                                         is_english ? TRANSLATION_ENDING : "");
    *out = (struct tl_issued){.is_copy = false};
    tl_status status = issuer_agreement_facts(&letter.facts, issuer, year, agreement->party, agreement, arena, err);
    if (status == TL_OK)
        status = issuer_next(&letter.facts.issue, &latest, issuer, number, arena, err);
    if (status != TL_OK)
        return status;
    if (latest.id != 0 && !revise && tl_date_is_none(sign_by)) {
        *out = (struct tl_issued){.document = latest, .is_copy = true};
        return TL_OK;
    }
    if (tl_date_is_none(sign_by))
        return check_day(sign_by, issuer, err);
    status = tl_letter_digest(&content, &letter, issuer->template_text, issuer->template_name, err);
    if (status != TL_OK)
        return status;
    bool differs = latest.id == 0 || !tl_digest_equal(&content, &latest.content_digest);
    if (latest.id != 0 && (!differs || !revise)) {
        *out = (struct tl_issued){.document = latest, .is_copy = true, .is_outdated = differs};
        return TL_OK;
    }
    letter.facts.issue.content = &content;
    status = check_day(sign_by, issuer, err);
    return status == TL_OK ? issue_new(out, issuer, &letter, &content, arena, err) : status;
}
