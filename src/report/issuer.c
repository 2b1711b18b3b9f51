/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/report/issuer.h"

#include <string.h>

#include "issuer_parts.h"
#include "tilslut/ledger/chain.h"

tl_status issuer_next(struct tl_issue *issue, struct tl_document *latest, const struct tl_issuer *issuer,
                      const char *number, struct tl_arena *arena, struct tl_err *err)
{
    struct tl_chain_head head;
    tl_status status =
        number == NULL ? tl_err_memory(err) : tl_document_latest(latest, issuer->store, number, arena, err);
    if (status == TL_OK)
        status = tl_chain_read_head(&head, issuer->store, err);
    if (status != TL_OK)
        return status;
    int version = latest->id == 0 ? 0 : latest->version;
    *issue = (struct tl_issue){.number = number,
                               .version = version + 1,
                               .date = issuer->today,
                               .replaces = version,
                               .head = head.hash,
                               .head_entry = head.entry};
    return TL_OK;
}

tl_status issuer_record(struct tl_issued *out, const struct tl_issuer *issuer, const struct tl_issue *issue,
                        const char *suffix, const struct tl_buf *bytes, struct tl_arena *arena, struct tl_err *err)
{
    struct tl_document *document = &out->document;
    document->number = issue->number;
    document->version = issue->version;
    document->issued_on = issue->date;
    document->head = issue->head;
    document->head_entry = issue->head_entry;
    document->file_name = tl_arena_format(arena, "%s-v%d.%s", issue->number, issue->version, suffix);
    if (document->file_name == NULL)
        return tl_err_memory(err);
    return tl_document_record(document, bytes->bytes, bytes->length, issuer->store, err);
}

tl_status issuer_find_danish(struct tl_document *out, const struct tl_issuer *issuer, const char *number,
                             const char *command, struct tl_arena *arena, struct tl_err *err)
{
    tl_status status = number == NULL || command == NULL ? tl_err_memory(err)
                                                         : tl_document_latest(out, issuer->store, number, arena, err);
    if (status != TL_OK || out->id != 0)
        return status;
    (void)tl_err_set(err, TL_ERR_STATE, "'%s' is not issued in Danish, which is the text that binds", number);
    tl_err_hint(err, "%s issues it", command);
    return TL_ERR_STATE;
}

bool tl_issuer_is_translation(const struct tl_document *document)
{
    size_t length = strlen(document->number);
    return length > 3 && tl_text_equal(document->number + length - 3, TRANSLATION_ENDING);
}

const char *issuer_name_of(const struct tl_document *document, struct tl_arena *arena)
{
    return tl_arena_format(arena, "%s, version %d", document->number, document->version);
}
