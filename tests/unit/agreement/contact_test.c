/* SPDX-License-Identifier: MPL-2.0 */
#include "check.h"

#include <stdio.h>
#include <string.h>

#include "scratch.h"
#include "tilslut/agreement/book.h"
#include "tilslut/agreement/contact.h"
#include "tilslut/base/text.h"
#include "tilslut/store/file.h"

static const struct tl_act act = {"sekretariat", "test", {1760000000}};

struct ledger {
    struct scratch scratch;
    const char *path;
    struct tl_store *store;
};

static void begin(struct ledger *ledger)
{
    struct tl_err err = TL_ERR_NONE;
    scratch_begin(&ledger->scratch);
    ledger->path = scratch_file(&ledger->scratch, "a.db");
    assert_ok(tl_book_create(ledger->path, "DKK", &act, &err), &err);
    assert_ok(tl_store_open(&ledger->store, ledger->path, TL_STORE_WRITE, &err), &err);
}

static void end(struct ledger *ledger)
{
    tl_store_close(ledger->store);
    scratch_end(&ledger->scratch);
}

static int64_t add(struct ledger *ledger, const char *name, const char *email)
{
    struct tl_err err = TL_ERR_NONE;
    struct tl_digest salt;
    struct tl_contact contact = {
        .party = "OS2", .unit = "", .role = "økonomi", .name = name, .email = email, .phone = ""};
    assert_true(tl_digest_random(&salt));
    assert_ok(tl_store_begin(ledger->store, &act, &err), &err);
    assert_ok(tl_contact_record(&contact, ledger->store, &salt, tl_date_of(2026, 1, 1), &err), &err);
    assert_ok(tl_store_commit(ledger->store, &err), &err);
    return contact.id;
}

static void erase(struct ledger *ledger, int64_t id)
{
    struct tl_err err = TL_ERR_NONE;
    bool was_erased;
    assert_ok(tl_store_begin(ledger->store, &act, &err), &err);
    assert_ok(tl_contact_erase(&was_erased, ledger->store, id, "anmodning", &err), &err);
    assert_false(was_erased);
    assert_ok(tl_store_commit(ledger->store, &err), &err);
}

static bool holds(const struct tl_buf *bytes, const char *text)
{
    return bytes->length > 0 && memmem(bytes->bytes, bytes->length, text, strlen(text)) != NULL;
}

/* Whether the ledger file or the log beside it holds a text. */
static bool file_holds(struct ledger *ledger, const char *text)
{
    struct tl_err err = TL_ERR_NONE;
    struct tl_buf bytes = TL_BUF_EMPTY, log = TL_BUF_EMPTY;
    char path[200];
    snprintf(path, sizeof path, "%s-wal", ledger->path);
    assert_ok(tl_file_read(&bytes, ledger->path, &err), &err);
    /* the log is there as long as somebody has the file open, which is why it is looked at */
    assert_ok(tl_file_read(&log, path, &err), &err);
    bool found = holds(&bytes, text) || holds(&log, text);
    tl_buf_release(&bytes);
    tl_buf_release(&log);
    return found;
}

static void nothing_of_an_erased_contact_is_left_in_the_file_nor_in_its_log(void **state)
{
    (void)state;
    struct ledger ledger;
    struct tl_err err = TL_ERR_NONE;
    struct tl_store *reader = NULL;
    char name[60];
    begin(&ledger);
    ledger.path = scratch_file(&ledger.scratch, "a.db");
    /* enough of them that pages divide, and rows are moved */
    for (int i = 0; i < 300; i++) {
        snprintf(name, sizeof name, "Sommerfugl nummer %03d", i);
        (void)add(&ledger, name, "sommerfugl@kommune.example");
    }
    /* another program has the file open, so that its log is not removed */
    assert_ok(tl_store_open(&reader, ledger.path, TL_STORE_READ, &err), &err);
    for (int64_t id = 300; id >= 1; id -= 2)
        erase(&ledger, id);
    assert_true(file_holds(&ledger, "nummer 299"));
    assert_ok(tl_store_sweep(ledger.store, &err), &err);
    for (int i = 0; i < 300; i++) {
        snprintf(name, sizeof name, "Sommerfugl nummer %03d", i);
        assert_int_equal(file_holds(&ledger, name), i % 2 == 0);
    }
    tl_store_close(reader);
    end(&ledger);
}

static void without_the_sweep_the_log_still_holds_it(void **state)
{
    (void)state;
    struct ledger ledger;
    begin(&ledger);
    int64_t id = add(&ledger, "Sommerfugl", "");
    erase(&ledger, id);
    assert_true(file_holds(&ledger, "Sommerfugl"));
    end(&ledger);
}

static void an_erased_contact_keeps_its_role_and_says_who_erased_it(void **state)
{
    (void)state;
    struct ledger ledger;
    struct tl_err err = TL_ERR_NONE;
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct tl_contact *contacts = NULL;
    size_t count = 0;
    bool was_erased = false;
    begin(&ledger);
    erase(&ledger, add(&ledger, "Et Menneske", "e@kommune.example"));
    assert_ok(tl_contact_list(&contacts, &count, ledger.store, NULL, &arena, &err), &err);
    assert_int_equal(count, 1);
    assert_true(contacts[0].is_erased);
    assert_string_equal(contacts[0].name, "");
    assert_string_equal(contacts[0].role, "økonomi");
    assert_string_equal(contacts[0].erased_by, "sekretariat");
    assert_string_equal(contacts[0].reason, "anmodning");
    assert_ok(tl_store_begin(ledger.store, &act, &err), &err);
    assert_ok(tl_contact_erase(&was_erased, ledger.store, 1, "igen", &err), &err);
    assert_true(was_erased);
    assert_refused(tl_contact_erase(&was_erased, ledger.store, 2, "igen", &err), TL_ERR_NOT_FOUND, &err,
                   "there is no contact 2", "tilslut list contacts shows them");
    tl_arena_release(&arena);
    end(&ledger);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_of_an_erased_contact_is_left_in_the_file_nor_in_its_log),
        cmocka_unit_test(without_the_sweep_the_log_still_holds_it),
        cmocka_unit_test(an_erased_contact_keeps_its_role_and_says_who_erased_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
