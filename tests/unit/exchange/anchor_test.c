/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/exchange/anchor.h"

#include <stdio.h>
#include <string.h>

#include "check.h"

static struct tl_anchor sample(void)
{
    struct tl_anchor anchor = {.owner = "OS2",
                               .currency = "DKK",
                               .act = 22,
                               .recorded = "2026-02-13T12:00:00Z",
                               .entry = 9,
                               .dated = tl_date_of(2026, 1, 12),
                               .postings = 24,
                               .debit = {243692001},
                               .program = "tilslut 0.1.0"};
    anchor.act_seal = tl_digest_of("a", 1);
    anchor.entry_seal = tl_digest_of("b", 1);
    return anchor;
}

/* Writes an anchor, reads it again, and returns how many there are. */
static size_t read_back(struct tl_anchor **out, const char *text, struct tl_arena *arena)
{
    struct tl_err err = TL_ERR_NONE;
    struct tl_source source = {"a.txt", text, strlen(text)};
    size_t count = 0;
    assert_ok(tl_anchor_read(out, &count, &source, arena, &err), &err);
    return count;
}

static void assert_sample(const struct tl_anchor *anchor)
{
    struct tl_anchor wanted = sample();
    assert_string_equal(anchor->owner, wanted.owner);
    assert_string_equal(anchor->currency, wanted.currency);
    assert_string_equal(anchor->recorded, wanted.recorded);
    assert_string_equal(anchor->program, wanted.program);
    assert_same_int(anchor->act, 22);
    assert_same_int(anchor->entry, 9);
    assert_same_int(anchor->postings, 24);
    assert_money(anchor->debit, 243692001);
    assert_int_equal(tl_date_compare(anchor->dated, wanted.dated), 0);
    assert_true(tl_digest_equal(&anchor->act_seal, &wanted.act_seal));
    assert_true(tl_digest_equal(&anchor->entry_seal, &wanted.entry_seal));
}

static void what_is_written_is_read_again(void **state)
{
    (void)state;
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct tl_buf text = TL_BUF_EMPTY;
    struct tl_anchor *anchors, anchor = sample();
    tl_anchor_write(&text, &anchor);
    tl_buf_text(&text, "\nand another\n\n");
    tl_anchor_write(&text, &anchor);
    assert_int_equal(read_back(&anchors, tl_buf_string(&text), &arena), 2);
    assert_sample(&anchors[0]);
    assert_sample(&anchors[1]);
    tl_buf_release(&text);
    tl_arena_release(&arena);
}

/* Finds, in what is written of the sample, the line that begins with `key`. */
static void line_of(char out[200], const char *text, const char *key)
{
    char begin[40];
    snprintf(begin, sizeof begin, "\n%s: ", key);
    const char *at = strstr(text, begin);
    assert_non_null(at);
    snprintf(out, 200, "%.*s", (int)strcspn(at + 1, "\n"), at + 1);
}

/* The text with the line of a key replaced. */
static void replace_line(struct tl_buf *out, const char *key, const char *line)
{
    struct tl_buf text = TL_BUF_EMPTY;
    struct tl_anchor anchor = sample();
    char present[200];
    tl_anchor_write(&text, &anchor);
    line_of(present, tl_buf_string(&text), key);
    const char *at = strstr(tl_buf_string(&text), present);
    tl_buf_add(out, text.bytes, (size_t)(at - text.bytes));
    tl_buf_text(out, line);
    tl_buf_text(out, at + strlen(present));
    tl_buf_release(&text);
}

static void every_changed_digit_is_told_from_another_anchor(void **state)
{
    (void)state;
    struct tl_anchor anchor = sample();
    struct tl_buf text = TL_BUF_EMPTY;
    tl_anchor_write(&text, &anchor);
    const char *lines = strstr(tl_buf_string(&text), "owner:");
    size_t tried = 0;
    for (size_t i = (size_t)(lines - text.bytes); i < text.length; i++) {
        struct tl_arena arena = TL_ARENA_EMPTY;
        struct tl_err err = TL_ERR_NONE;
        struct tl_anchor *anchors;
        size_t count;
        char kept = text.bytes[i];
        if (kept < '0' || kept > '9')
            continue;
        text.bytes[i] = kept == '9' ? '0' : (char)(kept + 1);
        struct tl_source source = {"a.txt", text.bytes, text.length};
        assert_refused(tl_anchor_read(&anchors, &count, &source, &arena, &err), TL_ERR_INPUT, &err,
                       "the anchor that begins here was miscopied: its control number does not fit",
                       "compare it with the minutes letter by letter; this says nothing of the ledger");
        text.bytes[i] = kept;
        tried++;
        tl_arena_release(&arena);
    }
    assert_true(tried > 60);
    tl_buf_release(&text);
}

static void what_a_word_processor_does_is_undone(void **state)
{
    (void)state;
    static const char *const same[][2] = {
        {"act", "Act: 22"},
        {"act", "  > act :22"},
        {"act", "\xC2\xA0"
                "act:\t22\r"},
        {"act", "\nact: 22\n\n"},
        {"program", "program:  tilslut \xC2\xA0 0.1.0 "},
    };
    for (size_t i = 0; i < sizeof same / sizeof same[0]; i++) {
        struct tl_arena arena = TL_ARENA_EMPTY;
        struct tl_buf text = TL_BUF_EMPTY;
        struct tl_anchor *anchors;
        replace_line(&text, same[i][0], same[i][1]);
        assert_int_equal(read_back(&anchors, tl_buf_string(&text), &arena), 1);
        assert_sample(&anchors[0]);
        tl_buf_release(&text);
        tl_arena_release(&arena);
    }
}

static void a_hash_may_be_broken_over_lines(void **state)
{
    (void)state;
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct tl_buf text = TL_BUF_EMPTY, broken = TL_BUF_EMPTY;
    struct tl_anchor *anchors, anchor = sample();
    char line[200];
    tl_anchor_write(&text, &anchor);
    line_of(line, tl_buf_string(&text), "entry seal");
    tl_buf_format(&broken, "entry seal:\n%.20s\n  %.8s %s", line + 12, line + 32, line + 40);
    tl_buf_release(&text);
    replace_line(&text, "entry seal", tl_buf_string(&broken));
    assert_int_equal(read_back(&anchors, tl_buf_string(&text), &arena), 1);
    assert_sample(&anchors[0]);
    tl_buf_release(&text);
    tl_buf_release(&broken);
    tl_arena_release(&arena);
}

static void too_many_are_refused(void **state)
{
    (void)state;
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct tl_buf text = TL_BUF_EMPTY;
    struct tl_err err = TL_ERR_NONE;
    struct tl_anchor *anchors, anchor = sample();
    size_t count;
    for (int i = 0; i <= TL_ANCHORS_MAX; i++)
        tl_anchor_write(&text, &anchor);
    struct tl_source source = {"a.txt", text.bytes, text.length};
    assert_refused(tl_anchor_read(&anchors, &count, &source, &arena, &err), TL_ERR_RANGE, &err,
                   "there are more than 1000 anchors in 'a.txt'", NULL);
    tl_buf_release(&text);
    tl_arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_written_is_read_again),
        cmocka_unit_test(every_changed_digit_is_told_from_another_anchor),
        cmocka_unit_test(what_a_word_processor_does_is_undone),
        cmocka_unit_test(a_hash_may_be_broken_over_lines),
        cmocka_unit_test(too_many_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
