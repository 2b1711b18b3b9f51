/* SPDX-License-Identifier: MPL-2.0 */
#include "sample.h"
#include "tilslut/ledger/balance.h"
#include "tilslut/ledger/chain.h"
#include "tilslut/ledger/journal.h"

static int64_t ask(struct tl_store *store, const char *sql)
{
    struct tl_err err = TL_ERR_NONE;
    struct tl_stmt *stmt;
    int64_t answer = -1;
    assert_ok(tl_stmt_get(&stmt, store, sql, &err), &err);
    assert_ok(tl_stmt_answer(stmt, &answer, &err), &err);
    return answer;
}

static void an_entry_is_stored_with_its_postings_and_its_seal(void **state)
{
    (void)state;
    struct tl_store *store = sample_open_memory();
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct tl_err err = TL_ERR_NONE;
    struct sample_entry sample;
    struct tl_journal_row *rows;
    size_t count;
    sample_begin(store);
    assert_same_int(sample_post(store, "run:1:0751", sample_entry(&sample, 400000, 100000)), 1);
    assert_same_int(sample_post(store, "run:1:0461", sample_entry(&sample, 1, 0)), 2);
    sample_commit(store);
    assert_ok(tl_journal_read(&rows, &count, store, NULL, &arena, &err), &err);
    assert_int_equal(count, 5);
    const int64_t amounts[] = {500000, -400000, -100000, 1, -1};
    const char *const accounts[] = {"10000", "00002", "30000", "10000", "00002"};
    for (size_t i = 0; i < count; i++) {
        assert_money(rows[i].amount, amounts[i]);
        assert_string_equal(rows[i].account, accounts[i]);
        assert_same_int(rows[i].entry, i < 3 ? 1 : 2);
        assert_same_int(rows[i].seq, (int64_t)(i < 3 ? i : i - 3) + 1);
        assert_true(rows[i].is_sealed);
        assert_string_equal(rows[i].kind, "charge");
        assert_string_equal(rows[i].party, "0751");
        assert_string_equal(rows[i].product, "os2valghalla");
        assert_string_equal(rows[i].actor, "anna");
        assert_string_equal(rows[i].recorded_at, "2026-01-01T00:00:00Z");
        assert_string_equal(rows[i].reference, "2026-1-0751");
        assert_same_int(rows[i].holds_on.number, 20260115);
        assert_same_int(rows[i].due_on.number, 20260214);
    }
    assert_string_equal(rows[0].account_name, "Tilgodehavender hos medlemmer");
    assert_string_equal(rows[1].line_id, "maintenance");
    assert_string_equal(rows[0].line_id, "");
    assert_same_int(ask(store, "SELECT count(*) FROM posting WHERE key IN ('run:1:0751#1', 'run:1:0751#2', "
                               "'run:1:0751#3', 'run:1:0461#1', 'run:1:0461#2')"),
                    5);
    tl_arena_release(&arena);
    tl_store_close(store);
}

static void refused(struct tl_entry *entry, tl_status status, const char *message)
{
    struct tl_store *store = sample_open_memory();
    struct tl_err err = TL_ERR_NONE;
    int64_t id;
    bool already;
    sample_begin(store);
    assert_refused(tl_entry_post(&id, &already, store, "a", entry, &err), status, &err, message, "");
    tl_store_rollback(store);
    assert_same_int(ask(store, "SELECT count(*) FROM posting"), 0);
    tl_store_close(store);
}

static void an_entry_that_does_not_balance_is_refused(void **state)
{
    (void)state;
    struct sample_entry sample;
    struct tl_entry *entry = sample_entry(&sample, 400000, 100000);
    sample.postings[2].amount.minor = -99999;
    refused(entry, TL_ERR_INPUT, "the postings of 'Opkrævning 2026, OS2valghalla' sum to 0.01, not to zero");
    sample.postings[2].amount.minor = -100101;
    refused(entry, TL_ERR_INPUT, "the postings of 'Opkrævning 2026, OS2valghalla' sum to -1.01, not to zero");
}

static void an_entry_of_fewer_than_two_postings_is_refused(void **state)
{
    (void)state;
    struct sample_entry sample;
    struct tl_entry *entry = sample_entry(&sample, 400000, 0);
    entry->posting_count = 1;
    refused(entry, TL_ERR_INPUT, "'Opkrævning 2026, OS2valghalla' has fewer than two postings");
    entry->posting_count = 0;
    refused(entry, TL_ERR_INPUT, "'Opkrævning 2026, OS2valghalla' has fewer than two postings");
}

static void a_posting_of_nothing_is_refused(void **state)
{
    (void)state;
    struct sample_entry sample;
    struct tl_entry *entry = sample_entry(&sample, 400000, 0);
    entry->posting_count = 3;
    refused(entry, TL_ERR_INPUT, "posting 3 of 'Opkrævning 2026, OS2valghalla' is zero");
}

static void sums_out_of_range_are_refused(void **state)
{
    (void)state;
    struct sample_entry sample;
    struct tl_entry *entry = sample_entry(&sample, TL_MONEY_MAX_MINOR, 1);
    refused(entry, TL_ERR_RANGE, "the amount is larger than 9.999.999.999.999,99 kr.");
    sample.postings[0].amount.minor = sample.postings[1].amount.minor = TL_MONEY_MAX_MINOR;
    sample.postings[2].amount.minor = -TL_MONEY_MAX_MINOR;
    refused(entry, TL_ERR_RANGE, "the amount is larger than 9.999.999.999.999,99 kr.");
}

static void what_an_entry_names_must_be_there(void **state)
{
    (void)state;
    static const char broken[] = "could not use the ledger file: FOREIGN KEY constraint failed";
    struct sample_entry sample;
    struct tl_entry *entry = sample_entry(&sample, 400000, 0);
    sample.postings[1].account = "99999";
    refused(entry, TL_ERR_STORE, broken);
    entry = sample_entry(&sample, 400000, 0);
    sample.postings[1].party = "0999";
    refused(entry, TL_ERR_STORE, broken);
    entry = sample_entry(&sample, 400000, 0);
    sample.postings[0].product = "os2none";
    refused(entry, TL_ERR_STORE, broken);
    entry = sample_entry(&sample, 400000, 0);
    entry->run_id = 7;
    refused(entry, TL_ERR_STORE, "could not use the ledger file: a run is posted when it is approved, and then only");
    entry = sample_entry(&sample, 400000, 0);
    entry->reverses_id = 7;
    refused(entry, TL_ERR_STORE, broken);
}

static void an_entry_of_an_unknown_kind_or_date_is_refused(void **state)
{
    (void)state;
    struct sample_entry sample;
    struct tl_entry *entry = sample_entry(&sample, 400000, 0);
    entry->kind = "gift";
    refused(entry, TL_ERR_STORE,
            "could not use the ledger file: CHECK constraint failed: kind IN ('charge', 'payment', 'credit', "
            "'correction', 'cost', 'transfer')");
    entry = sample_entry(&sample, 400000, 0);
    entry->holds_on = (struct tl_date){0};
    refused(entry, TL_ERR_STORE,
            "could not use the ledger file: CHECK constraint failed: holds_on GLOB '\?\?\?\?-\?\?-\?\?'");
}

static void an_entry_outside_of_an_act_is_refused(void **state)
{
    (void)state;
    struct tl_store *store = NULL;
    struct tl_err err = TL_ERR_NONE;
    struct sample_entry sample;
    int64_t id;
    bool already;
    store = sample_open_memory();
    tl_status status = tl_entry_post(&id, &already, store, "a", sample_entry(&sample, 400000, 0), &err);
    assert_int_equal(status, TL_ERR_STORE);
    assert_string_equal(err.message, "could not use the ledger file: FOREIGN KEY constraint failed");
    assert_same_int(ask(store, "SELECT count(*) FROM entry"), 0);
    tl_store_close(store);
}

static void the_same_key_with_the_same_content_changes_nothing(void **state)
{
    (void)state;
    struct tl_store *store = sample_open_memory();
    struct tl_err err = TL_ERR_NONE;
    struct sample_entry sample;
    int64_t id = 0;
    bool already = false;
    sample_begin(store);
    struct tl_entry *entry = sample_entry(&sample, 400000, 100000);
    entry->has_evidence = true;
    entry->evidence = tl_digest_of("a", 1);
    sample_post(store, "run:1:0751", entry);
    sample_post(store, "run:1:0751#1", entry); /* keys that look like a posting's are keys of their own */
    sample_commit(store);
    sample_begin(store);
    assert_ok(tl_entry_post(&id, &already, store, "run:1:0751", entry, &err), &err);
    assert_true(already);
    assert_same_int(id, 1);
    assert_ok(tl_entry_post(&id, &already, store, "run:1:0751#1", entry, &err), &err);
    assert_true(already);
    assert_same_int(id, 2);
    sample_commit(store);
    assert_same_int(ask(store, "SELECT count(*) FROM entry"), 2);
    assert_same_int(ask(store, "SELECT count(*) FROM act"), 2);
    tl_store_close(store);
}

typedef void change(struct sample_entry *sample);

static void change_amount(struct sample_entry *sample)
{
    sample->postings[0].amount.minor++;
    sample->postings[1].amount.minor--;
}
static void change_order(struct sample_entry *sample)
{
    struct tl_posting first = sample->postings[1];
    sample->postings[1] = sample->postings[2];
    sample->postings[2] = first;
}
static void change_count(struct sample_entry *sample)
{
    sample->postings[0].amount.minor -= 100000;
    sample->entry.posting_count = 2;
}
static void change_account(struct sample_entry *sample)
{
    sample->postings[1].account = "00003";
}
static void change_party(struct sample_entry *sample)
{
    sample->postings[0].party = "0461";
}
static void change_no_party(struct sample_entry *sample)
{
    sample->postings[2].party = NULL;
}
static void change_product(struct sample_entry *sample)
{
    sample->postings[0].product = "os2mo";
}
static void change_line(struct sample_entry *sample)
{
    sample->postings[1].line_id = "development";
}
static void change_kind(struct sample_entry *sample)
{
    sample->entry.kind = "credit";
}
static void change_date(struct sample_entry *sample)
{
    sample->entry.holds_on = tl_date_of(2026, 1, 16);
}
static void change_due(struct sample_entry *sample)
{
    sample->entry.due_on = (struct tl_date){0};
}
static void change_reference(struct sample_entry *sample)
{
    sample->entry.reference = "";
}
static void change_text(struct sample_entry *sample)
{
    sample->entry.text = "Opkrævning 2026, OS2valghalla ";
}
static void change_evidence(struct sample_entry *sample)
{
    sample->entry.has_evidence = true;
    memset(&sample->entry.evidence, 0, sizeof sample->entry.evidence);
}
static void change_reversed(struct sample_entry *sample)
{
    sample->entry.reverses_id = 1;
}

static void the_same_key_with_other_content_is_refused(void **state)
{
    (void)state;
    static change *const changes[] = {change_amount, change_order,    change_count,   change_account,
                                      change_party,  change_no_party, change_product, change_line,
                                      change_kind,   change_date,     change_due,     change_reference,
                                      change_text,   change_evidence, change_reversed};
    struct tl_store *store = sample_open_memory();
    struct sample_entry sample;
    sample_begin(store);
    sample_post(store, "run:1:0751", sample_entry(&sample, 400000, 100000));
    for (size_t i = 0; i < sizeof changes / sizeof changes[0]; i++) {
        struct tl_err err = TL_ERR_NONE;
        int64_t id;
        bool already;
        sample_entry(&sample, 400000, 100000);
        changes[i](&sample);
        assert_refused(tl_entry_post(&id, &already, store, "run:1:0751", &sample.entry, &err), TL_ERR_CONFLICT, &err,
                       "'run:1:0751' is posted already, as entry 1, with other content",
                       "an entry is never changed; post a correction that names entry 1");
        assert_false(already);
    }
    assert_same_int(ask(store, "SELECT count(*) FROM entry"), 1);
    tl_store_close(store);
}

/* Balances kept beside the ledger, by account and by party, from the same random entries. */
enum { ACCOUNTS = 19, ENTRIES = 600 };

struct model {
    int64_t debit[ACCOUNTS], credit[ACCOUNTS];
    int64_t debit_until[ACCOUNTS], credit_until[ACCOUNTS]; /* up to 30 June */
    int64_t postings_of[SAMPLE_PARTIES];                   /* in entries that concern the party */
    int64_t owed[SAMPLE_PARTIES];
};

static size_t place_of_account(const char *code)
{
    size_t count;
    const struct tl_account *chart = tl_account_default_chart(&count);
    assert_int_equal(count, ACCOUNTS);
    for (size_t i = 0; i < count; i++)
        if (strcmp(chart[i].code, code) == 0)
            return i;
    fail_msg("no account %s", code);
    return 0;
}

static void count_posting(struct model *model, const struct tl_posting *posting, size_t account, size_t party,
                          bool early)
{
    int64_t amount = posting->amount.minor, debit = amount > 0 ? amount : 0, credit = amount < 0 ? -amount : 0;
    model->debit[account] += debit;
    model->credit[account] += credit;
    model->debit_until[account] += early ? debit : 0;
    model->credit_until[account] += early ? credit : 0;
    if (party < SAMPLE_PARTIES && strcmp(posting->account, TL_ACCOUNT_RECEIVABLE) == 0)
        model->owed[party] += amount;
}

static void post_random(struct model *model, struct tl_store *store, struct check_random *random, int number)
{
    size_t count = (size_t)check_random_between(random, 2, 8), chart_count;
    const struct tl_account *chart = tl_account_default_chart(&chart_count);
    struct tl_posting postings[8];
    bool concerns[SAMPLE_PARTIES] = {false};
    int64_t rest = 0;
    int month = (int)check_random_between(random, 1, 12);
    char key[32], text[64];
    for (size_t i = 0; i < count; i++) {
        int64_t amount = check_random_between(random, 1, number % 10 == 0 ? 1000000000000 : 100000);
        size_t party = (size_t)check_random_between(random, 0, SAMPLE_PARTIES),
               account = (size_t)check_random_between(random, 0, ACCOUNTS - 1);
        amount = i + 1 == count ? -rest : check_random_between(random, 0, 1) == 0 ? amount : -amount;
        postings[i] = (struct tl_posting){chart[account].code,
                                          party == SAMPLE_PARTIES ? NULL : sample_parties[party],
                                          check_random_between(random, 0, 2) == 0 ? NULL : "os2mo",
                                          "",
                                          {amount}};
        rest += amount;
    }
    if (postings[count - 1].amount.minor == 0) /* the others sum to zero already */
        return;
    snprintf(key, sizeof key, "random:%d", number);
    snprintf(text, sizeof text, "linje\n%d \\ æøå", number);
    struct tl_entry entry = {.kind = "transfer",
                             .holds_on = tl_date_of(2026, month, 1),
                             .reference = "",
                             .text = text,
                             .postings = postings,
                             .posting_count = count};
    sample_post(store, key, &entry);
    for (size_t i = 0; i < count; i++) {
        size_t party = 0;
        while (party < SAMPLE_PARTIES && (postings[i].party == NULL || postings[i].party != sample_parties[party]))
            party++;
        if (party < SAMPLE_PARTIES)
            concerns[party] = true;
        count_posting(model, &postings[i], place_of_account(postings[i].account), party, month <= 6);
    }
    for (size_t party = 0; party < SAMPLE_PARTIES; party++)
        model->postings_of[party] += concerns[party] ? (int64_t)count : 0;
}

static void assert_balances(struct tl_store *store, struct tl_date until, const int64_t *debit, const int64_t *credit)
{
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct tl_err err = TL_ERR_NONE;
    struct tl_balance *balances;
    size_t count, used = 0;
    int64_t sum = 0;
    assert_ok(tl_balance_read(&balances, &count, store, until, &arena, &err), &err);
    for (size_t i = 0; i < count; i++) {
        size_t at = place_of_account(balances[i].account);
        assert_money(balances[i].debit, debit[at]);
        assert_money(balances[i].credit, credit[at]);
        assert_money(balances[i].balance, debit[at] - credit[at]);
        sum += balances[i].balance.minor;
    }
    for (size_t i = 0; i < ACCOUNTS; i++)
        used += debit[i] != 0 || credit[i] != 0 ? 1 : 0;
    assert_int_equal(count, used);
    assert_same_int(sum, 0);
    tl_arena_release(&arena);
}

static void balances_are_those_of_an_independent_count(void **state)
{
    (void)state;
    struct tl_store *store = sample_open_memory();
    struct check_random random = {42};
    struct model model = {0};
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct tl_err err = TL_ERR_NONE;
    for (int i = 0; i < ENTRIES; i++) {
        if (i % 50 == 0)
            sample_begin(store);
        post_random(&model, store, &random, i);
        if (i % 50 == 49)
            sample_commit(store);
    }
    assert_balances(store, (struct tl_date){0}, model.debit, model.credit);
    assert_balances(store, tl_date_of(2026, 6, 30), model.debit_until, model.credit_until);
    for (size_t i = 0; i < SAMPLE_PARTIES; i++) {
        struct tl_journal_row *rows;
        size_t count;
        int64_t owed = 0;
        assert_ok(tl_journal_read(&rows, &count, store, sample_parties[i], &arena, &err), &err);
        assert_int_equal(count, model.postings_of[i]);
        for (size_t j = 0; j < count; j++)
            if (strcmp(rows[j].party, sample_parties[i]) == 0 && strcmp(rows[j].account, TL_ACCOUNT_RECEIVABLE) == 0)
                owed += rows[j].amount.minor;
        assert_same_int(owed, model.owed[i]);
    }
    struct tl_findings findings = TL_FINDINGS_EMPTY;
    int64_t entries, postings;
    assert_ok(tl_chain_verify(&findings, &entries, &postings, store, &err), &err);
    assert_int_equal(findings.count, 0);
    assert_true(entries > ENTRIES - 20 && entries <= ENTRIES);
    tl_findings_release(&findings);
    tl_arena_release(&arena);
    tl_store_close(store);
}

static void what_was_known_then_is_balanced_too(void **state)
{
    (void)state;
    struct tl_store *store = sample_open_memory();
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct tl_err err = TL_ERR_NONE;
    struct sample_entry sample;
    struct tl_balance *balances;
    struct tl_journal_row *rows;
    size_t count;
    for (int i = 0; i < 3; i++) {
        char key[16];
        snprintf(key, sizeof key, "k%d", i);
        sample_begin(store);
        sample_post(store, key, sample_entry(&sample, 100, 0));
        sample_commit(store);
    }
    tl_store_set_known(store, 3);
    assert_ok(tl_balance_read(&balances, &count, store, (struct tl_date){0}, &arena, &err), &err);
    assert_int_equal(count, 2);
    assert_money(balances[0].balance, -200);
    assert_ok(tl_journal_read(&rows, &count, store, NULL, &arena, &err), &err);
    assert_int_equal(count, 4);
    tl_arena_release(&arena);
    tl_store_close(store);
}

static void the_chart_has_the_accounts_of_os2(void **state)
{
    (void)state;
    size_t count, incomes = 0, expenses = 0;
    const struct tl_account *chart = tl_account_default_chart(&count);
    for (size_t i = 0; i < count; i++) {
        incomes += strcmp(chart[i].type, "income") == 0 ? 1 : 0;
        expenses += strcmp(chart[i].type, "expense") == 0 ? 1 : 0;
        assert_ptr_equal(tl_account_find(chart[i].code), &chart[i]);
    }
    assert_int_equal(incomes, 3);
    assert_int_equal(expenses, 8);
    assert_string_equal(tl_account_find("00002")->name_da, "Vederlag");
    assert_null(tl_account_find("00012"));
    assert_null(tl_account_find(""));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_entry_is_stored_with_its_postings_and_its_seal),
        cmocka_unit_test(an_entry_that_does_not_balance_is_refused),
        cmocka_unit_test(an_entry_of_fewer_than_two_postings_is_refused),
        cmocka_unit_test(a_posting_of_nothing_is_refused),
        cmocka_unit_test(sums_out_of_range_are_refused),
        cmocka_unit_test(what_an_entry_names_must_be_there),
        cmocka_unit_test(an_entry_of_an_unknown_kind_or_date_is_refused),
        cmocka_unit_test(an_entry_outside_of_an_act_is_refused),
        cmocka_unit_test(the_same_key_with_the_same_content_changes_nothing),
        cmocka_unit_test(the_same_key_with_other_content_is_refused),
        cmocka_unit_test(balances_are_those_of_an_independent_count),
        cmocka_unit_test(what_was_known_then_is_balanced_too),
        cmocka_unit_test(the_chart_has_the_accounts_of_os2),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
