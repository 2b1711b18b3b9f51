/* SPDX-License-Identifier: MPL-2.0 */
#include <string.h>

#include "books.h"
#include "check.h"
#include "tilslut/agreement/party.h"

static const struct tl_party aarhus = {.code = "0751",
                                       .name = "Aarhus",
                                       .official_name = "Aarhus Kommune",
                                       .kind = "municipality",
                                       .region = "Region Midtjylland",
                                       .cvr = "55133018",
                                       .ean = "",
                                       .address = ""};

static tl_recorded record(struct books *books, const struct tl_party *party)
{
    struct tl_err err = TL_ERR_NONE;
    tl_recorded recorded;
    books_act(books, "anna");
    assert_ok(tl_party_record(&recorded, books->store, party, &err), &err);
    books_commit(books);
    return recorded;
}

static struct tl_party find(struct books *books, const char *code, const char *on)
{
    struct tl_err err = TL_ERR_NONE;
    struct tl_party party;
    assert_ok(tl_party_find(&party, books->store, code, books_date(on), &books->arena, &err), &err);
    return party;
}

static void a_party_is_read_as_it_was_on_a_date(void **state)
{
    (void)state;
    struct books books;
    struct tl_party renamed = aarhus, later = aarhus;
    books_begin(&books);
    assert_int_equal(record(&books, &aarhus), TL_RECORDED_NEW);
    renamed.official_name = "Århus Kommune";
    renamed.valid_from = books_date("2026-07-01");
    assert_int_equal(record(&books, &renamed), TL_RECORDED_CHANGED);
    later.name = "Smilets By";
    later.valid_from = books_date("2027-01-01");
    assert_int_equal(record(&books, &later), TL_RECORDED_CHANGED);
    static const char *const cases[][3] = {
        {"1950-01-01", "Aarhus Kommune", "Aarhus"},     {"2026-06-30", "Aarhus Kommune", "Aarhus"},
        {"2026-07-01", "Århus Kommune", "Aarhus"},      {"2026-12-31", "Århus Kommune", "Aarhus"},
        {"2027-01-01", "Aarhus Kommune", "Smilets By"}, {"9999-12-31", "Aarhus Kommune", "Smilets By"}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct tl_party party = find(&books, "0751", cases[i][0]);
        assert_string_equal(party.official_name, cases[i][1]);
        assert_string_equal(party.name, cases[i][2]);
    }
    books_end(&books);
}

static void the_same_facts_again_record_nothing(void **state)
{
    (void)state;
    struct books books;
    struct tl_party dated = aarhus;
    books_begin(&books);
    record(&books, &aarhus);
    int64_t acts = books_ask(&books, "SELECT count(*) FROM act");
    assert_int_equal(record(&books, &aarhus), TL_RECORDED_SAME);
    dated.valid_from = books_date("2026-07-01");
    assert_int_equal(record(&books, &dated), TL_RECORDED_SAME);
    assert_same_int(books_ask(&books, "SELECT count(*) FROM act"), acts);
    books_end(&books);
}

static void what_is_left_empty_stays_as_recorded(void **state)
{
    (void)state;
    struct books books;
    struct tl_party full = aarhus, plain = aarhus;
    books_begin(&books);
    full.ean = "5798000000018";
    full.address = "Rådhuspladsen 2, 8000 Aarhus C";
    record(&books, &full);
    assert_int_equal(record(&books, &plain), TL_RECORDED_SAME);
    plain.name = "Århus";
    plain.valid_from = books_date("2026-01-01");
    record(&books, &plain);
    assert_string_equal(find(&books, "0751", "2026-01-01").ean, "5798000000018");
    assert_string_equal(find(&books, "0751", "2026-01-01").address, "Rådhuspladsen 2, 8000 Aarhus C");
    books_end(&books);
}

static void a_change_without_a_date_is_refused(void **state)
{
    (void)state;
    struct books books;
    struct tl_err err = TL_ERR_NONE;
    struct tl_party changed = aarhus;
    tl_recorded recorded;
    books_begin(&books);
    record(&books, &aarhus);
    changed.official_name = "Århus Kommune";
    books_act(&books, "anna");
    assert_refused(tl_party_record(&recorded, books.store, &changed, &err), TL_ERR_CONFLICT, &err,
                   "0751 is recorded as Aarhus Kommune, CVR '55133018'; a change needs the date it holds from",
                   "add --from DATE; what was recorded stays readable for the time before");
    books_end(&books);
}

static void codes_and_numbers_that_are_none_are_refused(void **state)
{
    (void)state;
    static const struct {
        const char *code, *kind, *cvr, *ean, *message;
    } cases[] = {
        {"07 51", "municipality", "55133018", "", "'07 51' is not a party code"},
        {"../x", "other", "", "", "'../x' is not a party code"},
        {"", "other", "", "", "'' is not a party code"},
        {"751", "municipality", "55133018", "", "'751' is not a municipality code: it has 3 digits, not 4"},
        {"0751", "municipality", "55133019", "", "'55133019' is not a CVR number: its check digit does not fit"},
        {"0751", "municipality", "55133018", "5798000000017",
         "'5798000000017' is not an EAN number: its check digit does not fit"},
    };
    struct books books;
    books_begin(&books);
    books_act(&books, "anna");
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct tl_err err = TL_ERR_NONE;
        struct tl_party party = aarhus;
        tl_recorded recorded;
        party.code = cases[i].code;
        party.kind = cases[i].kind;
        party.cvr = cases[i].cvr;
        party.ean = cases[i].ean;
        assert_refused(tl_party_record(&recorded, books.store, &party, &err), TL_ERR_INPUT, &err, cases[i].message,
                       NULL);
    }
    assert_same_int(books_ask(&books, "SELECT count(*) FROM party"), 1);
    books_end(&books);
}

static void an_unknown_party_is_told_with_the_nearest(void **state)
{
    (void)state;
    static const char *const cases[][3] = {
        {"0752", "no party has the code '0752'", NULL},
        {"Aarhus", "no party has the code 'Aarhus'", "did you mean 0751 (Aarhus)?"},
        {"Århus", "no party has the code 'Århus'", "did you mean 0751 (Aarhus)?"},
        {"Koebenhavn", "no party has the code 'Koebenhavn'", "did you mean 0101 (København)?"},
        {"xxxxxxxxxxxx", "no party has the code 'xxxxxxxxxxxx'", "tilslut list parties shows all codes"},
    };
    struct books books;
    books_begin_filled(&books);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct tl_err err = TL_ERR_NONE;
        struct tl_party party;
        assert_refused(tl_party_find(&party, books.store, cases[i][0], books_date("2026-01-01"), &books.arena, &err),
                       TL_ERR_NOT_FOUND, &err, cases[i][1], cases[i][2]);
    }
    books_end(&books);
}

static void all_parties_are_listed_by_code(void **state)
{
    (void)state;
    struct books books;
    struct tl_err err = TL_ERR_NONE;
    struct tl_party *parties;
    size_t count;
    books_begin_filled(&books);
    assert_ok(tl_party_list(&parties, &count, books.store, books_date("2026-01-01"), &books.arena, &err), &err);
    assert_int_equal(count, 100); /* 98, Christiansø, OS2 */
    for (size_t i = 1; i < count; i++)
        assert_true(strcmp(parties[i - 1].code, parties[i].code) < 0);
    assert_string_equal(parties[0].code, "0101");
    assert_string_equal(parties[count - 1].official_name, "OS2 - Offentligt digitaliseringsfællesskab");
    books_end(&books);
}

static tl_association association_on(struct books *books, const char *on)
{
    struct tl_err err = TL_ERR_NONE;
    tl_association association;
    assert_ok(tl_party_association(&association, books->store, "0751", books_date(on), &err), &err);
    return association;
}

static tl_recorded record_association(struct books *books, tl_association association, const char *from)
{
    struct tl_err err = TL_ERR_NONE;
    tl_recorded recorded;
    books_act(books, "anna");
    assert_ok(tl_party_record_association(&recorded, books->store, "0751", association, books_date(from), &err), &err);
    books_commit(books);
    return recorded;
}

static void association_membership_holds_from_a_date(void **state)
{
    (void)state;
    struct books books;
    struct tl_err err = TL_ERR_NONE;
    tl_recorded recorded;
    books_begin_filled(&books);
    assert_int_equal(association_on(&books, "2026-01-01"), TL_ASSOCIATION_NOT_RECORDED);
    assert_int_equal(record_association(&books, TL_ASSOCIATION_MEMBER, "2025-01-01"), TL_RECORDED_NEW);
    assert_int_equal(record_association(&books, TL_ASSOCIATION_MEMBER, "2025-06-01"), TL_RECORDED_SAME);
    assert_int_equal(record_association(&books, TL_ASSOCIATION_OTHER, "2026-01-01"), TL_RECORDED_CHANGED);
    assert_int_equal(association_on(&books, "2024-12-31"), TL_ASSOCIATION_NOT_RECORDED);
    assert_int_equal(association_on(&books, "2025-01-01"), TL_ASSOCIATION_MEMBER);
    assert_int_equal(association_on(&books, "2025-12-31"), TL_ASSOCIATION_MEMBER);
    assert_int_equal(association_on(&books, "2026-01-01"), TL_ASSOCIATION_OTHER);
    /* a correction for the same day counts, and what was known before it is still known as known then */
    int64_t known = books_ask(&books, "SELECT max(id) FROM act");
    assert_int_equal(record_association(&books, TL_ASSOCIATION_MEMBER, "2026-01-01"), TL_RECORDED_CHANGED);
    assert_int_equal(association_on(&books, "2026-01-01"), TL_ASSOCIATION_MEMBER);
    tl_store_set_known(books.store, known);
    assert_int_equal(association_on(&books, "2026-01-01"), TL_ASSOCIATION_OTHER);
    tl_store_set_known(books.store, INT64_MAX);
    assert_refused(tl_party_record_association(&recorded, books.store, "9999", TL_ASSOCIATION_MEMBER,
                                               books_date("2026-01-01"), &err),
                   TL_ERR_NOT_FOUND, &err, "no party has the code '9999'", NULL);
    books_end(&books);
}

static void a_version_is_known_from_the_act_that_recorded_it(void **state)
{
    (void)state;
    struct books books;
    struct tl_party renamed = aarhus;
    books_begin(&books);
    record(&books, &aarhus);
    renamed.name = "Århus";
    renamed.valid_from = books_date("2020-01-01");
    record(&books, &renamed);
    assert_string_equal(find(&books, "0751", "2026-01-01").name, "Århus");
    tl_store_set_known(books.store, 2);
    assert_string_equal(find(&books, "0751", "2026-01-01").name, "Aarhus");
    books_end(&books);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_party_is_read_as_it_was_on_a_date),
        cmocka_unit_test(the_same_facts_again_record_nothing),
        cmocka_unit_test(what_is_left_empty_stays_as_recorded),
        cmocka_unit_test(a_change_without_a_date_is_refused),
        cmocka_unit_test(codes_and_numbers_that_are_none_are_refused),
        cmocka_unit_test(an_unknown_party_is_told_with_the_nearest),
        cmocka_unit_test(all_parties_are_listed_by_code),
        cmocka_unit_test(association_membership_holds_from_a_date),
        cmocka_unit_test(a_version_is_known_from_the_act_that_recorded_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
