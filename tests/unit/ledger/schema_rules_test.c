/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Each rule that the schema holds every program to, broken by straight SQL: refused in its words while its trigger is
 * there, and let through when only that trigger is taken away, so that no other rule stands in for it.
 */
#include <sqlite3.h>

#include "sample.h"
#include "scratch.h"

/* What another program does with its own connection: references are switched off, as in the sqlite3 shell. */
#define ENTRY(id) "INSERT INTO entry VALUES (" id ", 'payment', '2026-01-01', '', '', '', NULL, x'', NULL, 1);"
#define POSTING(entry, seq, amount)                                                                                    \
    "INSERT INTO posting VALUES (" entry ", " seq ", '10000', '0751', NULL, '', " amount ", '" entry "#" seq "');"
#define SEAL(entry, previous, hash) "INSERT INTO seal VALUES (" entry ", " previous ", " hash ");"
#define BALANCED(entry) ENTRY(entry) POSTING(entry, "1", "5") POSTING(entry, "2", "-5")
#define HASH "x'1111111111111111111111111111111111111111111111111111111111111111'"
#define RUN                                                                                                            \
    "INSERT INTO run (id, product_code, terms_id, year, digest, act_id) VALUES (1, 'os2mo', 1, 2026, zeroblob(32), "   \
    "1);"

static const struct {
    const char *trigger, *before, *broken, *message;
} rules[] = {
    {"act_in_order", "", "INSERT INTO act VALUES (3, '2026-01-01T00:00:00Z', 'a', 'b');",
     "acts are numbered without gaps"},
    {"act_seal_in_order", "INSERT INTO act_seal SELECT 3, hash, '', " HASH " FROM act_seal WHERE act_id = 1;",
     "INSERT INTO act_seal VALUES (2, " HASH ", '', zeroblob(32));", "act_seal is append-only"},
    {"act_seal_chained", "INSERT INTO act VALUES (2, '2026-01-01T00:00:00Z', 'a', 'b');",
     "INSERT INTO act_seal VALUES (2, " HASH ", '', zeroblob(32));",
     "a seal must carry the hash of the seal before it"},
    {"entry_in_order", "", ENTRY("2"), "entries are numbered without gaps"},
    {"posting_not_sealed", BALANCED("1") SEAL("1", "zeroblob(32)", HASH), POSTING("1", "3", "1"),
     "a sealed entry takes no posting"},
    {"seal_balanced", ENTRY("1") POSTING("1", "1", "5") POSTING("1", "2", "-4"), SEAL("1", "zeroblob(32)", HASH),
     "an entry needs two postings or more that sum to zero"},
    {"seal_chained", BALANCED("1") SEAL("1", "zeroblob(32)", HASH) BALANCED("2"), SEAL("2", "zeroblob(32)", HASH),
     "a seal must carry the hash of the seal before it"},
    {"run_end_by_another", RUN, "INSERT INTO run_end VALUES (1, 'approved', 1);",
     "a run is approved by somebody else than its author"},
};

enum { RULES = sizeof rules / sizeof rules[0] };

/* A new ledger in which what a rule begins from has been done. */
static const char *begin(struct scratch *scratch, size_t rule)
{
    struct tl_err err = TL_ERR_NONE;
    scratch_begin(scratch);
    const char *path = scratch_file(scratch, "a.db");
    assert_ok(tl_store_create(path, "DKK", "OS2", &sample_act, sample_fill, &err), &err);
    scratch_change(path, rules[rule].before);
    return path;
}

static void each_rule_is_refused_in_its_words(void **state)
{
    (void)state;
    for (size_t i = 0; i < RULES; i++) {
        struct scratch scratch;
        const char *path = begin(&scratch, i);
        assert_string_equal(scratch_sql(path, rules[i].broken), rules[i].message);
        scratch_end(&scratch);
    }
}

static void no_other_rule_stands_in_for_it(void **state)
{
    (void)state;
    for (size_t i = 0; i < RULES; i++) {
        struct scratch scratch;
        char drop[100];
        const char *path = begin(&scratch, i);
        snprintf(drop, sizeof drop, "DROP TRIGGER %s", rules[i].trigger);
        scratch_change(path, drop);
        const char *said = scratch_sql(path, rules[i].broken);
        if (said[0] != '\0')
            fail_msg("without %s: %s", rules[i].trigger, said);
        scratch_end(&scratch);
    }
}

/* The zero sum in all its ways. */
static void only_two_postings_or_more_that_sum_to_zero_are_sealed(void **state)
{
    (void)state;
    static const struct {
        const char *postings;
        bool admitted;
    } cases[] = {
        {"", false},
        {POSTING("1", "1", "5"), false},
        {POSTING("1", "1", "5") POSTING("1", "2", "-5"), true},
        {POSTING("1", "1", "5") POSTING("1", "2", "-6"), false},
        {POSTING("1", "1", "5") POSTING("1", "2", "-5") POSTING("1", "3", "1"), false},
        {POSTING("1", "1", "3") POSTING("1", "2", "3") POSTING("1", "3", "-6"), true},
        {POSTING("1", "1", "999999999999999") POSTING("1", "2", "-999999999999999"), true},
        {POSTING("1", "1", "999999999999999") POSTING("1", "2", "-999999999999998"), false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct scratch scratch;
        struct tl_err err = TL_ERR_NONE;
        scratch_begin(&scratch);
        const char *path = scratch_file(&scratch, "a.db");
        assert_ok(tl_store_create(path, "DKK", "OS2", &sample_act, sample_fill, &err), &err);
        scratch_change(path, ENTRY("1"));
        scratch_change(path, cases[i].postings);
        assert_string_equal(scratch_sql(path, SEAL("1", "zeroblob(32)", HASH)),
                            cases[i].admitted ? "" : "an entry needs two postings or more that sum to zero");
        scratch_end(&scratch);
    }
}

/* The same name in other letters or with other spaces is the same person; another person may, and anybody may discard.
 */
static void a_run_is_approved_by_another_and_discarded_by_anybody(void **state)
{
    (void)state;
    static const struct {
        const char *actor, *outcome;
        bool admitted;
    } cases[] = {
        {"anna", "approved", false}, {"ANNA", "approved", false}, {" an na", "approved", false},
        {"anne", "approved", true},  {"anna", "discarded", true},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct scratch scratch;
        struct tl_err err = TL_ERR_NONE;
        char sql[300];
        scratch_begin(&scratch);
        const char *path = scratch_file(&scratch, "a.db");
        assert_ok(tl_store_create(path, "DKK", "OS2", &sample_act, sample_fill, &err), &err);
        snprintf(sql, sizeof sql, RUN "INSERT INTO act VALUES (2, '2026-01-01T00:00:00Z', '%s', 'b');", cases[i].actor);
        scratch_change(path, sql);
        snprintf(sql, sizeof sql, "INSERT INTO run_end VALUES (1, '%s', 2);", cases[i].outcome);
        assert_string_equal(scratch_sql(path, sql),
                            cases[i].admitted ? "" : "a run is approved by somebody else than its author");
        scratch_end(&scratch);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_rule_is_refused_in_its_words),
        cmocka_unit_test(no_other_rule_stands_in_for_it),
        cmocka_unit_test(only_two_postings_or_more_that_sum_to_zero_are_sealed),
        cmocka_unit_test(a_run_is_approved_by_another_and_discarded_by_anybody),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
