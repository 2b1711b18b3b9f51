/* SPDX-License-Identifier: MPL-2.0 */
/*
 * The commitment of a contact is SHA-256 over these lines, in the form of tl_buf_line, with the salt in hexadecimal:
 *
 *     tilslut contact 1
 *     salt <64 lower-case hexadecimal digits>
 *     name <text>
 *     email <text>
 *     phone <text>
 */
#include "tilslut/agreement/contact.h"

#include <inttypes.h>
#include <string.h>

#include "tilslut/agreement/unit.h"
#include "tilslut/base/digest.h"
#include "tilslut/base/text.h"
#include "tilslut/store/stmt.h"

enum { SQL_ADD, SQL_ADD_PERSON, SQL_SAME, SQL_FIND, SQL_ERASE, SQL_REMOVE, SQL_LIST, SQL_CHECK };

static const char *const SQL[] = {
    [SQL_ADD] = "INSERT INTO contact (party_code, unit_code, role, digest, act_id) VALUES (?1, ?2, ?3, ?4, ?5) "
                "RETURNING id",
    [SQL_ADD_PERSON] = "INSERT INTO contact_person (contact_id, name, email, phone, salt) VALUES (?1, ?2, ?3, ?4, ?5)",
    [SQL_SAME] = "SELECT coalesce(max(c.id), 0) FROM contact c JOIN contact_person p ON p.contact_id = c.id WHERE "
                 "c.party_code = ?1 AND c.unit_code = ?2 AND c.role = ?3 AND p.name = ?4 AND p.email = ?5 AND "
                 "p.phone = ?6",
    [SQL_FIND] = "SELECT EXISTS (SELECT 1 FROM contact_erasure WHERE contact_id = ?1) FROM contact WHERE id = ?1",
    [SQL_ERASE] = "INSERT INTO contact_erasure (contact_id, reason, act_id) VALUES (?1, ?2, ?3)",
    [SQL_REMOVE] = "DELETE FROM contact_person WHERE contact_id = ?1",
    [SQL_LIST] = "SELECT c.id, c.party_code, c.unit_code, c.role, p.name, p.email, p.phone, e.reason, b.actor, "
                 "b.recorded_at, a.actor, a.recorded_at, e.contact_id IS NOT NULL FROM contact c "
                 "JOIN act a ON a.id = c.act_id LEFT JOIN contact_person p ON p.contact_id = c.id "
                 "LEFT JOIN contact_erasure e ON e.contact_id = c.id LEFT JOIN act b ON b.id = e.act_id "
                 "WHERE ?1 IS NULL OR c.party_code = ?1 ORDER BY c.party_code, c.id",
    [SQL_CHECK] = "SELECT c.id, c.party_code, c.digest, p.contact_id IS NOT NULL, p.salt, p.name, p.email, p.phone, "
                  "b.actor, b.recorded_at FROM contact c LEFT JOIN contact_person p ON p.contact_id = c.id "
                  "LEFT JOIN contact_erasure e ON e.contact_id = c.id LEFT JOIN act b ON b.id = e.act_id ORDER BY c.id",
};

static tl_status commit_to(struct tl_digest *out, const struct tl_digest *salt, const char *name, const char *email,
                           const char *phone, struct tl_err *err)
{
    struct tl_buf bytes = TL_BUF_EMPTY;
    char hex[TL_DIGEST_HEX_SIZE];
    tl_buf_text(&bytes, "tilslut contact 1\n");
    tl_buf_line(&bytes, "salt", tl_digest_hex(salt, hex));
    tl_buf_line(&bytes, "name", name);
    tl_buf_line(&bytes, "email", email);
    tl_buf_line(&bytes, "phone", phone);
    tl_status status = tl_buf_status(&bytes, err);
    if (status == TL_OK)
        *out = tl_digest_of(bytes.bytes, bytes.length);
    tl_buf_release(&bytes);
    return status;
}

static tl_status check_words(const struct tl_contact *contact, struct tl_err *err)
{
    const char *at = strchr(contact->email, '@');
    if (contact->name[0] == '\0')
        return tl_err_set(err, TL_ERR_INPUT, "the contact has no name");
    if (contact->role[0] == '\0' || strchr(contact->role, '@') != NULL) {
        (void)tl_err_set(err, TL_ERR_INPUT, "'%.60s' is not a role", contact->role);
        tl_err_hint(err, "a role can never be erased; write one such as økonomi or it-chef, without a name");
        return TL_ERR_INPUT;
    }
    if (contact->email[0] != '\0' && (at == NULL || at == contact->email || at[1] == '\0' ||
                                      strchr(at + 1, '@') != NULL || strpbrk(contact->email, " ,;") != NULL))
        return tl_err_set(err, TL_ERR_INPUT, "'%.100s' is not an e-mail address", contact->email);
    return TL_OK;
}

static tl_status check_new(const struct tl_contact *contact, struct tl_store *store, struct tl_err *err)
{
    struct tl_stmt *stmt;
    int64_t same = 0;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_SAME], err);
    if (status != TL_OK)
        return status;
    const char *const texts[] = {contact->party, contact->unit,  contact->role,
                                 contact->name,  contact->email, contact->phone};
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        tl_stmt_bind_text(stmt, (int)i + 1, texts[i]);
    status = tl_stmt_answer(stmt, &same, err);
    if (status == TL_OK && same != 0)
        status = tl_err_set(err, TL_ERR_CONFLICT, "that is contact %" PRId64 " already", same);
    return status;
}

static tl_status add_person(const struct tl_contact *contact, struct tl_store *store, const struct tl_digest *salt,
                            struct tl_err *err)
{
    struct tl_stmt *stmt;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_ADD_PERSON], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_int(stmt, 1, contact->id);
    tl_stmt_bind_text(stmt, 2, contact->name);
    tl_stmt_bind_text(stmt, 3, contact->email);
    tl_stmt_bind_text(stmt, 4, contact->phone);
    tl_stmt_bind_digest(stmt, 5, salt);
    return tl_stmt_run(stmt, err);
}

tl_status tl_contact_record(struct tl_contact *contact, struct tl_store *store, const struct tl_digest *salt,
                            struct tl_date today, struct tl_err *err)
{
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct tl_unit unit;
    struct tl_digest digest;
    struct tl_stmt *stmt;
    tl_status status = check_words(contact, err);
    if (status == TL_OK)
        status = tl_unit_find(&unit, store, contact->party, contact->unit, today, &arena, err);
    tl_arena_release(&arena);
    if (status == TL_OK)
        status = check_new(contact, store, err);
    if (status == TL_OK)
        status = commit_to(&digest, salt, contact->name, contact->email, contact->phone, err);
    if (status == TL_OK)
        status = tl_stmt_get(&stmt, store, SQL[SQL_ADD], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_text(stmt, 1, contact->party);
    tl_stmt_bind_text(stmt, 2, contact->unit);
    tl_stmt_bind_text(stmt, 3, contact->role);
    tl_stmt_bind_digest(stmt, 4, &digest);
    tl_stmt_bind_int(stmt, 5, tl_store_act(store));
    status = tl_stmt_answer(stmt, &contact->id, err);
    return status == TL_OK ? add_person(contact, store, salt, err) : status;
}

static tl_status find(bool *is_erased, struct tl_store *store, int64_t id, struct tl_err *err)
{
    struct tl_stmt *stmt;
    bool row;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_FIND], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_int(stmt, 1, id);
    status = tl_stmt_next(stmt, &row, err);
    if (status != TL_OK)
        return status;
    if (!row) {
        (void)tl_err_set(err, TL_ERR_NOT_FOUND, "there is no contact %" PRId64, id);
        tl_err_hint(err, "tilslut list contacts shows them");
        return TL_ERR_NOT_FOUND;
    }
    *is_erased = tl_stmt_int(stmt, 0) != 0;
    tl_stmt_end(stmt);
    return TL_OK;
}

tl_status tl_contact_erase(bool *was_erased, struct tl_store *store, int64_t id, const char *reason, struct tl_err *err)
{
    struct tl_stmt *stmt;
    tl_status status = find(was_erased, store, id, err);
    if (status == TL_OK && reason[0] == '\0') {
        status = tl_err_set(err, TL_ERR_MISSING, "the erasure of contact %" PRId64 " needs a reason", id);
        tl_err_hint(err, "it is kept for ever, so it names no person: --reason \"anmodning modtaget\"");
    }
    if (status != TL_OK || *was_erased)
        return status;
    status = tl_stmt_get(&stmt, store, SQL[SQL_ERASE], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_int(stmt, 1, id);
    tl_stmt_bind_text(stmt, 2, reason);
    tl_stmt_bind_int(stmt, 3, tl_store_act(store));
    status = tl_stmt_run(stmt, err);
    if (status == TL_OK)
        status = tl_stmt_get(&stmt, store, SQL[SQL_REMOVE], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_int(stmt, 1, id);
    return tl_stmt_run(stmt, err);
}

tl_status tl_contact_list(struct tl_contact **out, size_t *count, struct tl_store *store, const char *party,
                          struct tl_arena *arena, struct tl_err *err)
{
    struct tl_stmt *stmt;
    struct tl_contact *contacts = NULL;
    size_t capacity = 0;
    bool row;
    *count = 0;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_LIST], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_text(stmt, 1, party);
    while ((status = tl_stmt_next(stmt, &row, err)) == TL_OK && row) {
        contacts = tl_arena_grow(arena, contacts, *count, &capacity, sizeof *contacts);
        if (contacts == NULL)
            return tl_err_memory(err);
        struct tl_contact *contact = &contacts[(*count)++];
        *contact = (struct tl_contact){.id = tl_stmt_int(stmt, 0), .is_erased = tl_stmt_int(stmt, 12) != 0};
        const char **texts[] = {&contact->party,     &contact->unit,        &contact->role,       &contact->name,
                                &contact->email,     &contact->phone,       &contact->reason,     &contact->erased_by,
                                &contact->erased_at, &contact->recorded_by, &contact->recorded_at};
        for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
            if ((*texts[i] = tl_stmt_copy(stmt, (int)i + 1, arena)) == NULL)
                return tl_err_memory(err);
    }
    *out = contacts;
    return status;
}

/* The present row of SQL_CHECK. Says nothing of who it is. */
static tl_status check_row(struct tl_check_work *work, struct tl_stmt *stmt, struct tl_err *err)
{
    int64_t id = tl_stmt_int(stmt, 0);
    const char *party = tl_stmt_text(stmt, 1);
    bool is_there = tl_stmt_int(stmt, 3) != 0, is_erased = !tl_stmt_is_null(stmt, 8);
    struct tl_digest sealed, salt, digest;
    if (is_there && is_erased)
        return tl_check_found(work, err, "contact %" PRId64 " of '%s' was erased by %s on %.10s, but is still there",
                              id, party, tl_stmt_text(stmt, 8), tl_stmt_text(stmt, 9));
    if (is_erased)
        return TL_OK;
    if (!is_there)
        return tl_check_found(work, err, "contact %" PRId64 " of '%s' is gone, and nobody has recorded why", id, party);
    if (!tl_stmt_digest(stmt, 4, &salt) || !tl_stmt_digest(stmt, 2, &sealed))
        return tl_check_found(work, err, "contact %" PRId64 " of '%s' has no commitment that can be read", id, party);
    tl_status status =
        commit_to(&digest, &salt, tl_stmt_text(stmt, 5), tl_stmt_text(stmt, 6), tl_stmt_text(stmt, 7), err);
    if (status == TL_OK && !tl_digest_equal(&digest, &sealed))
        status =
            tl_check_found(work, err, "contact %" PRId64 " of '%s' is not the person that was recorded", id, party);
    return status;
}

tl_status tl_contact_check(struct tl_check_work *work, struct tl_store *store, struct tl_err *err)
{
    struct tl_stmt *stmt;
    int64_t count = 0, erased = 0;
    bool row;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_CHECK], err);
    if (status != TL_OK)
        return status;
    while ((status = tl_stmt_next(stmt, &row, err)) == TL_OK && row) {
        count++;
        erased += tl_stmt_is_null(stmt, 8) ? 0 : 1;
        if ((status = check_row(work, stmt, err)) != TL_OK)
            break;
    }
    tl_stmt_end(stmt);
    tl_check_counted(work, count, "contact", "contacts");
    if (erased > 0)
        tl_check_counted(work, erased, "erased", "erased");
    return status;
}
