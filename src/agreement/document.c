/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/agreement/document.h"

#include <inttypes.h>
#include <string.h>

#include "tilslut/store/stmt.h"

#define COLUMNS                                                                                                        \
    "SELECT id, kind, number, version, product_code, party_code, year, issued_on, file_name, content_digest, head, "   \
    "head_entry, sha256, length(content), act_id FROM document WHERE act_id <= ?1"

enum { SQL_ADD, SQL_TAKEN, SQL_LATEST, SQL_LIST, SQL_CONTENT, SQL_SEAL };

static const char *const SQL[] = {
    [SQL_ADD] = "INSERT INTO document (kind, number, version, product_code, party_code, year, issued_on, file_name, "
                "content_digest, head, head_entry, sha256, content, act_id) "
                "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14) RETURNING id",
    [SQL_TAKEN] = "SELECT id FROM document WHERE number = ?1 AND version = ?2",
    [SQL_LATEST] = COLUMNS " AND number = ?2 ORDER BY version DESC LIMIT 1",
    [SQL_LIST] = COLUMNS " ORDER BY id",
    [SQL_CONTENT] = "SELECT content FROM document WHERE id = ?1",
    [SQL_SEAL] = "SELECT count(*) FROM seal WHERE entry_id = ?1 AND hash = ?2",
};

static tl_status check_not_taken(struct tl_store *store, const struct tl_document *document, struct tl_err *err)
{
    struct tl_stmt *stmt;
    int64_t id = 0;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_TAKEN], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_text(stmt, 1, document->number);
    tl_stmt_bind_int(stmt, 2, document->version);
    status = tl_stmt_answer(stmt, &id, err);
    if (status == TL_OK && id != 0)
        status = tl_err_set(err, TL_ERR_CONFLICT, "document %s version %d is issued already", document->number,
                            document->version);
    return status;
}

tl_status tl_document_record(struct tl_document *document, const void *bytes, size_t size, struct tl_store *store,
                             struct tl_err *err)
{
    struct tl_stmt *stmt;
    tl_status status = check_not_taken(store, document, err);
    if (status == TL_OK)
        status = tl_stmt_get(&stmt, store, SQL[SQL_ADD], err);
    if (status != TL_OK)
        return status;
    document->sha256 = tl_digest_of(bytes, size);
    document->size = size;
    document->act = tl_store_act(store);
    tl_stmt_bind_text(stmt, 1, document->kind);
    tl_stmt_bind_text(stmt, 2, document->number);
    tl_stmt_bind_int(stmt, 3, document->version);
    tl_stmt_bind_text(stmt, 4, document->product);
    tl_stmt_bind_text(stmt, 5, document->party);
    tl_stmt_bind_int(stmt, 6, document->year);
    tl_stmt_bind_date(stmt, 7, document->issued_on);
    tl_stmt_bind_text(stmt, 8, document->file_name);
    tl_stmt_bind_digest(stmt, 9, &document->content_digest);
    tl_stmt_bind_digest(stmt, 10, &document->head);
    tl_stmt_bind_int(stmt, 11, document->head_entry);
    tl_stmt_bind_digest(stmt, 12, &document->sha256);
    tl_stmt_bind_blob(stmt, 13, bytes, size);
    tl_stmt_bind_int(stmt, 14, document->act);
    return tl_stmt_answer(stmt, &document->id, err);
}

static tl_status read_row(struct tl_document *out, struct tl_stmt *stmt, struct tl_arena *arena, struct tl_err *err)
{
    bool has_product = !tl_stmt_is_null(stmt, 4);
    *out = (struct tl_document){.id = tl_stmt_int(stmt, 0),
                                .kind = tl_stmt_copy(stmt, 1, arena),
                                .number = tl_stmt_copy(stmt, 2, arena),
                                .version = (int)tl_stmt_int(stmt, 3),
                                .product = has_product ? tl_stmt_copy(stmt, 4, arena) : NULL,
                                .party = tl_stmt_copy(stmt, 5, arena),
                                .year = (int)tl_stmt_int(stmt, 6),
                                .issued_on = tl_stmt_date(stmt, 7),
                                .file_name = tl_stmt_copy(stmt, 8, arena),
                                .head_entry = tl_stmt_int(stmt, 11),
                                .size = (size_t)tl_stmt_int(stmt, 13),
                                .act = tl_stmt_int(stmt, 14)};
    if (out->kind == NULL || out->number == NULL || out->party == NULL || out->file_name == NULL ||
        (has_product && out->product == NULL))
        return tl_err_memory(err);
    if (!tl_stmt_digest(stmt, 9, &out->content_digest) || !tl_stmt_digest(stmt, 10, &out->head) ||
        !tl_stmt_digest(stmt, 12, &out->sha256))
        return tl_err_set(err, TL_ERR_BROKEN, "document %s version %d has no hash", out->number, out->version);
    return TL_OK;
}

tl_status tl_document_latest(struct tl_document *out, struct tl_store *store, const char *number,
                             struct tl_arena *arena, struct tl_err *err)
{
    struct tl_stmt *stmt;
    bool row;
    *out = (struct tl_document){0};
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_LATEST], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_int(stmt, 1, tl_store_known(store));
    tl_stmt_bind_text(stmt, 2, number);
    status = tl_stmt_next(stmt, &row, err);
    if (status == TL_OK && row)
        status = read_row(out, stmt, arena, err);
    tl_stmt_end(stmt);
    return status;
}

tl_status tl_document_read(const char **bytes, struct tl_store *store, const struct tl_document *document,
                           struct tl_arena *arena, struct tl_err *err)
{
    struct tl_stmt *stmt;
    bool row;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_CONTENT], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_int(stmt, 1, document->id);
    status = tl_stmt_next(stmt, &row, err);
    if (status == TL_OK && !row)
        status = tl_err_set(err, TL_ERR_BROKEN, "document %s version %d is not there any more", document->number,
                            document->version);
    else if (status == TL_OK) {
        size_t length;
        const void *content = tl_stmt_blob(stmt, 0, &length);
        struct tl_digest digest = tl_digest_of(content, length);
        if (!tl_digest_equal(&digest, &document->sha256))
            status = tl_err_set(err, TL_ERR_BROKEN, "document %s version %d is not what was issued", document->number,
                                document->version);
        else if ((*bytes = tl_arena_copy(arena, content, length)) == NULL)
            status = tl_err_memory(err);
    }
    tl_stmt_end(stmt);
    return status;
}

tl_status tl_document_list(struct tl_document **out, size_t *count, struct tl_store *store, struct tl_arena *arena,
                           struct tl_err *err)
{
    struct tl_stmt *stmt;
    struct tl_document *documents = NULL;
    size_t capacity = 0;
    bool row;
    *count = 0;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_LIST], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_int(stmt, 1, tl_store_known(store));
    while (status == TL_OK && (status = tl_stmt_next(stmt, &row, err)) == TL_OK && row) {
        documents = tl_arena_grow(arena, documents, *count, &capacity, sizeof *documents);
        if (documents == NULL)
            return tl_err_memory(err);
        status = read_row(&documents[(*count)++], stmt, arena, err);
    }
    tl_stmt_end(stmt);
    *out = documents;
    return status;
}

static tl_status verify_document(struct tl_findings *findings, struct tl_store *store,
                                 const struct tl_document *document, struct tl_err *err)
{
    static const char check[] = "documents";
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct tl_err broken = TL_ERR_NONE;
    struct tl_stmt *stmt;
    const char *bytes;
    int64_t known = 1;
    tl_status status = tl_document_read(&bytes, store, document, &arena, &broken);
    tl_arena_release(&arena);
    if (status == TL_ERR_BROKEN)
        status = tl_findings_add(findings, err, check, "%s", broken.message);
    else if (status != TL_OK)
        *err = broken;
    if (status == TL_OK && document->head_entry != 0) {
        status = tl_stmt_get(&stmt, store, SQL[SQL_SEAL], err);
        if (status == TL_OK) {
            tl_stmt_bind_int(stmt, 1, document->head_entry);
            tl_stmt_bind_digest(stmt, 2, &document->head);
            status = tl_stmt_answer(stmt, &known, err);
        }
    }
    if (status == TL_OK && known == 0)
        status = tl_findings_add(findings, err, check,
                                 "document %s version %d carries a head of the chain, at entry %" PRId64
                                 ", that the chain does not have",
                                 document->number, document->version, document->head_entry);
    return status;
}

tl_status tl_document_verify(struct tl_findings *findings, size_t *documents, struct tl_store *store,
                             struct tl_err *err)
{
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct tl_document *list = NULL;
    tl_status status = tl_document_list(&list, documents, store, &arena, err);
    for (size_t i = 0; status == TL_OK && i < *documents; i++)
        status = verify_document(findings, store, &list[i], err);
    tl_arena_release(&arena);
    return status;
}
