/* SPDX-License-Identifier: MPL-2.0 */
#include "books.h"
#include "check.h"
#include "tilslut/agreement/decision.h"

static void a_decision_says_who_when_and_where(void **state)
{
    (void)state;
    static const struct {
        const char *text, *body;
        int32_t date;
        const char *reference, *printed;
    } cases[] = {
        {"styregruppe 2025-10-12 pkt. 4", "styregruppe", 20251012, "pkt. 4", "styregruppe 2025-10-12 pkt. 4"},
        {"Styregruppe  2025-10-12   pkt. 4, bilag 2", "styregruppe", 20251012, "pkt. 4, bilag 2",
         "styregruppe 2025-10-12 pkt. 4, bilag 2"},
        {"BESTYRELSE 2024-02-29 §7", "bestyrelse", 20240229, "§7", "bestyrelse 2024-02-29 §7"},
        {"generalforsamling 2025-05-01 referat side 3", "generalforsamling", 20250501, "referat side 3",
         "generalforsamling 2025-05-01 referat side 3"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct tl_arena arena = TL_ARENA_EMPTY;
        struct tl_err err = TL_ERR_NONE;
        struct tl_decision decision, again;
        assert_ok(tl_decision_parse(&decision, cases[i].text, &arena, &err), &err);
        assert_string_equal(decision.body, cases[i].body);
        assert_same_int(decision.date.number, cases[i].date);
        assert_string_equal(decision.reference, cases[i].reference);
        assert_same_int(decision.id, 0);
        assert_string_equal(tl_decision_text(&decision, &arena), cases[i].printed);
        assert_ok(tl_decision_parse(&again, cases[i].printed, &arena, &err), &err);
        assert_string_equal(tl_decision_text(&again, &arena), cases[i].printed);
        tl_arena_release(&arena);
    }
}

static void what_is_missing_in_a_decision_is_named(void **state)
{
    (void)state;
    static const char begins[] = "does not begin with styregruppe, bestyrelse or generalforsamling",
                      date[] = "has no date after the body", minuted[] = "does not say where it is minuted";
    static const struct {
        const char *text, *what;
    } cases[] = {
        {"", begins},
        {" styregruppe 2025-10-12 pkt. 4", begins},
        {"direktion 2025-10-12 pkt. 4", begins},
        {"styregruppen 2025-10-12 pkt. 4", begins},
        {"2025-10-12 styregruppe pkt. 4", begins},
        {"styregruppe", date},
        {"styregruppe pkt. 4", date},
        {"styregruppe 12.10.2025 pkt. 4", date},
        {"styregruppe 2025-02-29 pkt. 4", date},
        {"styregruppe 2025-10-12", minuted},
        {"styregruppe 2025-10-12   ", minuted},
        {"styregruppe 2025-10-12 pkt.\xFF", "is not UTF-8"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct tl_arena arena = TL_ARENA_EMPTY;
        struct tl_err err = TL_ERR_NONE, expected = TL_ERR_NONE;
        struct tl_decision decision;
        (void)tl_err_set(&expected, TL_ERR_INPUT, "the decision '%s' %s", cases[i].text, cases[i].what);
        assert_refused(tl_decision_parse(&decision, cases[i].text, &arena, &err), TL_ERR_INPUT, &err, expected.message,
                       "write the body, the date and the place in the minutes: \"styregruppe 2025-10-12 pkt. 4\"");
        tl_arena_release(&arena);
    }
}

static void the_same_decision_is_recorded_once(void **state)
{
    (void)state;
    struct books books;
    struct tl_err err = TL_ERR_NONE, none = TL_ERR_NONE;
    struct tl_decision first, second, other, found;
    books_begin(&books);
    assert_ok(tl_decision_parse(&first, "styregruppe 2025-10-12 pkt. 4", &books.arena, &err), &err);
    assert_ok(tl_decision_parse(&second, "STYREGRUPPE 2025-10-12 pkt. 4", &books.arena, &err), &err);
    assert_ok(tl_decision_parse(&other, "bestyrelse 2025-10-12 pkt. 4", &books.arena, &err), &err);
    books_act(&books, "anna");
    assert_ok(tl_decision_record(&first, books.store, &err), &err);
    assert_ok(tl_decision_record(&second, books.store, &err), &err);
    assert_ok(tl_decision_record(&other, books.store, &err), &err);
    books_commit(&books);
    assert_same_int(first.id, 1);
    assert_same_int(second.id, 1);
    assert_same_int(other.id, 2);
    assert_ok(tl_decision_find(&found, books.store, 2, &books.arena, &err), &err);
    assert_string_equal(tl_decision_text(&found, &books.arena), "bestyrelse 2025-10-12 pkt. 4");
    assert_refused(tl_decision_find(&found, books.store, 3, &books.arena, &none), TL_ERR_NOT_FOUND, &none,
                   "there is no decision 3", "");
    books_end(&books);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_decision_says_who_when_and_where),
        cmocka_unit_test(what_is_missing_in_a_decision_is_named),
        cmocka_unit_test(the_same_decision_is_recorded_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
