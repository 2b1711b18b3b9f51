/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/exchange/terms_difference.h"

#include <string.h>

#include "check.h"
#include "terms_sample.h"

/* Every setting that terms can have, but for the kinds of price. */
static const char full[] =
    "product: p\n"                                                                                       /* 1 */
    "from: 2026-01-01\n"                                                                                 /* 2 */
    "purpose: {da: Formål, en: Purpose}\n"                                                               /* 3 */
    "reference: {measure: population, date: 01-01 of the year before}\n"                                 /* 4 */
    "classes: {Lille: below 25000, Mellem: up to 60000, Stor: the rest}\n"                               /* 5 */
    "notice: {months: 6, to: half-year}\n"                                                               /* 6 */
    "payment: {days: 30}\n"                                                                              /* 7 */
    "vat: {outside: no service}\n"                                                                       /* 8 */
    "keys: {size: 25% equal + 75% population}\n"                                                         /* 9 */
    "lines:\n"                                                                                           /* 10 */
    "  - id: fee\n"                                                                                      /* 11 */
    "    name: {da: Gebyr, en: Fee}\n"                                                                   /* 12 */
    "    covers: Everything\n"                                                                           /* 13 */
    "    kind: annual\n"                                                                                 /* 14 */
    "    account: \"00002\"\n"                                                                           /* 15 */
    "    option: hosting\n"                                                                              /* 16 */
    "    group: islands\n"                                                                               /* 17 */
    "    pro rata: months\n"                                                                             /* 18 */
    "    price: {Lille: 22000, Mellem: not yet known, Stor: 42000}\n"                                    /* 19 */
    "    markup: {association member: 9%, other: 35%}\n"                                                 /* 20 */
    "    passive: 1/3\n"                                                                                 /* 21 */
    "    rebates: {funded-2.0: 30000, funded-2.5: 25%}\n"                                                /* 22 */
    "    waived for: funded-3.0\n"                                                                       /* 23 */
    "    round to: 10\n"                                                                                 /* 24 */
    "    vat: {rate: 25%, reason: a service}\n"                                                          /* 25 */
    "  - id: pot\n"                                                                                      /* 26 */
    "    account: \"00003\"\n"                                                                           /* 27 */
    "    budget: 1200000\n"                                                                              /* 28 */
    "    key: size\n"                                                                                    /* 29 */
    "    first: [{member: 0751, share: 25%, also in key: yes}, {account: \"00006\", amount: 10000}]\n"   /* 30 */
    "    agreed: {0101: {amount: 100000, reason: why}, 0461: 50000}\n"                                   /* 31 */
    "    floor: 5000\n"                                                                                  /* 32 */
    "    cap: 20%\n"                                                                                     /* 33 */
    "    published decimals: 5\n"                                                                        /* 34 */
    "    rounding: each period\n"                                                                        /* 35 */
    "    index: {name: PL, base: 2024-01-01, date: 01-01 of the same year, round to: 1, rounding: up}\n" /* 36 */
    "examples:\n"                                                                                        /* 37 */
    "  - name: Minuted\n"                                                                                /* 38 */
    "    year: 2026\n"                                                                                   /* 39 */
    "    members: {0751: {population: 30000, waivers: [funded-2.0]}}\n"                                  /* 40 */
    "    amounts: {0751: {fee: 1}}\n";                                                                   /* 41 */

/* The text with its only occurrence of `part` replaced. */
static const char *replaced(const char *text, const char *part, const char *by)
{
    static char out[8192];
    const char *at = strstr(text, part);
    assert_non_null(at);
    assert_null(strstr(at + 1, part));
    assert_true(strlen(text) + strlen(by) < sizeof out);
    (void)snprintf(out, sizeof out, "%.*s%s%s", (int)(at - text), text, by, at + strlen(part));
    return out;
}

struct compared {
    struct tl_arena arena;
    struct tl_terms before, after;
    struct tl_terms_difference difference;
};

static struct tl_terms_settings settings_of(const struct tl_terms *terms, const char *text, struct tl_arena *arena)
{
    struct tl_err err = TL_ERR_NONE;
    struct tl_terms_settings settings;
    struct tl_source source = sample_text("t.yaml", text);
    assert_ok(tl_terms_setting_list(&settings, terms, &source, arena, &err), &err);
    return settings;
}

static struct compared compare(const char *before, const char *after)
{
    struct tl_err err = TL_ERR_NONE;
    struct compared out = {.arena = TL_ARENA_EMPTY, .before = read_text(before), .after = read_text(after)};
    struct tl_terms_settings then = settings_of(&out.before, before, &out.arena);
    struct tl_terms_settings now = settings_of(&out.after, after, &out.arena);
    assert_ok(tl_terms_difference_find(&out.difference, &then, &now, &out.arena, &err), &err);
    return out;
}

static void release(struct compared *compared)
{
    tl_terms_release(&compared->before);
    tl_terms_release(&compared->after);
    tl_arena_release(&compared->arena);
}

static const char *written(const struct compared *compared)
{
    static char out[4096];
    size_t used = 0;
    out[0] = '\0';
    for (size_t i = 0; i < compared->difference.count; i++) {
        const struct tl_terms_change *change = &compared->difference.changes[i];
        const struct tl_terms_setting *said = change->after != NULL ? change->after : change->before;
        int length = snprintf(out + used, sizeof out - used, "%s|%s|%s|%s|%zu\n", said->line, said->name,
                              change->before == NULL ? "-" : change->before->value,
                              change->after == NULL ? "-" : change->after->value, said->source_line);
        assert_true(length > 0 && (size_t)length < sizeof out - used);
        used += (size_t)length;
    }
    return out;
}

static void assert_difference(const char *before, const char *after, const char *expected)
{
    struct compared compared = compare(before, after);
    assert_string_equal(written(&compared), expected);
    release(&compared);
}

static void each_setting_that_changes_is_one_difference_at_its_place(void **state)
{
    static const struct {
        const char *part, *by, *expected;
    } changes[] = {
        {"from: 2026-01-01", "from: 2027-07-01", "|from|2026-01-01|2027-07-01|2\n"},
        {"{da: Formål, en: Purpose}", "Formål", "|purpose.en|Purpose|Formål|3\n"},
        {"en: Purpose", "en: Aim", "|purpose.en|Purpose|Aim|3\n"},
        {"01-01 of the year before", "07-01 of the second year before",
         "|reference.date|01-01 of the year before|07-01 of the second year before|4\n"},
        {"Mellem: up to 60000", "Mellem: below 60000", "|classes.Mellem|up to 60000|below 60000|5\n"},
        {"months: 6", "months: 3", "|notice.months|6|3|6\n"},
        {"to: half-year", "to: year", "|notice.to|half-year|year|6\n"},
        {"notice: {months: 6, to: half-year}\n", "", "|notice.months|6|-|6\n|notice.to|half-year|-|6\n"},
        {"payment: {days: 30}\n", "payment: {days: 30}\nfollows: {prices: new signature, days: 90}\n",
         "|follows.prices|steering group|new signature|8\n|follows.days|0|90|8\n"},
        {"payment: {days: 30}", "payment: {days: 14}", "|payment.days|30|14|7\n"},
        {"payment: {days: 30}\n", "payment: {days: 30}\nbilling: quarterly\nprepaid: credited\ninvoices: electronic\n",
         "|billing|yearly|quarterly|8\n|prepaid|kept|credited|9\n|invoices|any|electronic|10\n"},
        {"outside: no service", "exempt: a law", "pot|vat|outside: no service|exempt: a law|8\n"},
        {"25% equal + 75% population", "50% equal + 50% population",
         "|keys.size|25% equal + 75% population|50% equal + 50% population|9\n"
         "pot|key|25% equal + 75% population|50% equal + 50% population|29\n"},
        {"en: Fee", "en: Charge", "fee|name.en|Fee|Charge|12\n"},
        {"covers: Everything", "covers: Something",
         "fee|covers.da|Everything|Something|13\nfee|covers.en|Everything|Something|13\n"},
        {"pro rata: months", "pro rata: days", "fee|pro rata|months|days|18\n"},
        {"    pro rata: months\n", "", "fee|pro rata|months|none|0\n"},
        {"account: \"00002\"", "account: \"00001\"", "fee|account|00002|00001|15\n"},
        {"option: hosting", "option: local", "fee|option|hosting|local|16\n"},
        {"    group: islands\n", "", "fee|group|islands|-|17\n"},
        {"Lille: 22000", "Lille: 22000.50", "fee|price.Lille|22000|22000.50|19\n"},
        {"Mellem: not yet known", "Mellem: 32000", "fee|price.Mellem|not yet known|32000|19\n"},
        {"{Lille: 22000, Mellem: not yet known, Stor: 42000}", "3.85 per population",
         "fee|price.Lille|22000|-|19\nfee|price|-|3.85 per population|19\nfee|price.Mellem|not yet known|-|19\n"
         "fee|price.Stor|42000|-|19\n"},
        {"association member: 9%", "association member: 12.5%", "fee|markup.association member|9%|12.5%|20\n"},
        {"passive: 1/3", "passive: 1/4", "fee|passive|1/3|25%|21\n"},
        {"funded-2.0: 30000", "funded-2.0: 10%", "fee|rebates.funded-2.0|30000|10%|22\n"},
        {", funded-2.5: 25%", "", "fee|rebates.funded-2.5|25%|-|22\n"},
        {"    waived for: funded-3.0\n", "    waived for: funded-4.0\n", "fee|waived for|funded-3.0|funded-4.0|23\n"},
        {"round to: 10\n", "round to: 100\n", "fee|round to|10|100|24\n"},
        {"reason: a service", "reason: goods", "fee|vat|25%: a service|25%: goods|25\n"},
        {"rate: 25%", "rate: 12.5%", "fee|vat|25%: a service|12.5%: a service|25\n"},
        {"budget: 1200000", "budget: 1500000", "pot|budget|1200000|1500000|28\n"},
        {"key: size", "key: population", "pot|key|25% equal + 75% population|population|29\n"},
        {", also in key: yes", "", "pot|first.member.0751|25%, also in key|25%|30\n"},
        {"amount: 10000}]", "amount: 20000}]", "pot|first.account.00006|10000|20000|30\n"},
        {"reason: why", "reason: because", "pot|agreed.0101.reason|why|because|31\n"},
        {"0461: 50000", "0461: 60000", "pot|agreed.0461|50000|60000|31\n"},
        {"floor: 5000", "floor: 0.5%", "pot|floor|5000|0.5%|32\n"},
        {"    cap: 20%\n", "", "pot|cap|20%|-|33\n"},
        {"published decimals: 5", "published decimals: 3", "pot|published decimals|5|3|34\n"},
        {"    rounding: each period\n", "", "pot|rounding|each period|carried|0\n"},
        {"base: 2024-01-01", "base: 2025-01-01", "pot|index.base|2024-01-01|2025-01-01|36\n"},
        {", rounding: up", "", "pot|index.rounding|up|nearest|0\n"},
        {", round to: 1,", ",", "pot|index.round to|1|0.01|0\n"},
        {"population: 30000", "population: 40000", "|examples.Minuted.members.0751.population|30000|40000|40\n"},
        {"waivers: [funded-2.0]", "waivers: [funded-2.0, funded-3.0]",
         "|examples.Minuted.members.0751.waivers|funded-2.0|funded-2.0, funded-3.0|40\n"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof changes / sizeof changes[0]; i++)
        assert_difference(full, replaced(full, changes[i].part, changes[i].by), changes[i].expected);
}

/* Whether a setting of the lines, or of all of them, is called `key` or lies below it. */
static bool has_setting(const struct tl_terms_settings *settings, const char *key, bool of_a_line)
{
    size_t length = strlen(key);
    for (size_t i = 0; i < settings->count; i++) {
        const struct tl_terms_setting *setting = &settings->items[i];
        bool in_place = (setting->line[0] != '\0') == of_a_line;
        if (in_place && strncmp(setting->name, key, length) == 0 &&
            (setting->name[length] == '\0' || setting->name[length] == '.'))
            return true;
    }
    return false;
}

/* The keys come from what the reader says is possible, so that one that is added there is not forgotten here. */
static void no_key_of_the_file_is_left_out(void **state)
{
    static const char *const unknown[] = {HEAD "xyzzyx: 1\n", HEAD LINE "    price: 1\n    xyzzyx: 1\n"};
    static const char start[] = "possible are ", steps[] = "price by signing";
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct tl_terms terms = read_text(full);
    struct tl_terms_settings settings = settings_of(&terms, full, &arena);
    size_t keys = 0;
    (void)state;
    for (size_t i = 0; i < 2; i++) {
        struct tl_err err = TL_ERR_NONE;
        struct tl_terms none;
        struct tl_source source = sample_text("t.yaml", unknown[i]);
        assert_int_equal(tl_terms_yaml_read(&none, &source, &err), TL_ERR_INPUT);
        tl_terms_release(&none);
        char *list = err.hint + sizeof start - 1, *last = strstr(list, " and ");
        assert_non_null(last);
        memcpy(last, ",,,,,", 5);
        for (char *word = strtok(list, ","); word != NULL; word = strtok(NULL, ",")) {
            const char *key = word + strspn(word, " ");
            bool elsewhere =
                strcmp(key, "lines") == 0 || (i == 0 && strcmp(key, "vat") == 0) || strcmp(key, steps) == 0;
            if (!elsewhere && !has_setting(&settings, key, i == 1))
                fail_msg("'%s' is no setting", key);
            keys++;
        }
    }
    assert_true(keys > 30);
    tl_terms_release(&terms);
    tl_arena_release(&arena);
}

/* The text that binds beside the price list is what a signature concerns. */
static void each_difference_is_of_the_text_or_of_the_prices_or_of_neither(void **state)
{
    static const struct {
        const char *part, *by;
        tl_terms_part expected;
    } changes[] = {
        {"from: 2026-01-01", "from: 2027-07-01", TL_TERMS_PART_NONE},
        {"population: 30000", "population: 40000", TL_TERMS_PART_NONE},
        {"en: Purpose", "en: Aim", TL_TERMS_PART_TEXT},
        {"months: 6", "months: 3", TL_TERMS_PART_TEXT},
        {"payment: {days: 30}", "payment: {days: 14}", TL_TERMS_PART_TEXT},
        {"payment: {days: 30}\n", "payment: {days: 30}\nfollows: {days: 90}\n", TL_TERMS_PART_TEXT},
        {"payment: {days: 30}\n", "payment: {days: 30}\nbilling: quarterly\n", TL_TERMS_PART_TEXT},
        {"01-01 of the year before", "07-01 of the year before", TL_TERMS_PART_PRICES},
        {"Mellem: up to 60000", "Mellem: below 60000", TL_TERMS_PART_PRICES},
        {"outside: no service", "exempt: a law", TL_TERMS_PART_PRICES},
        {"Lille: 22000", "Lille: 22001", TL_TERMS_PART_PRICES},
        {"covers: Everything", "covers: Something", TL_TERMS_PART_PRICES},
        {"budget: 1200000", "budget: 1500000", TL_TERMS_PART_PRICES},
    };
    (void)state;
    for (size_t i = 0; i < sizeof changes / sizeof changes[0]; i++) {
        struct compared compared = compare(full, replaced(full, changes[i].part, changes[i].by));
        assert_true(compared.difference.count > 0);
        for (size_t j = 0; j < compared.difference.count; j++)
            assert_int_equal(tl_terms_change_part(&compared.difference.changes[j]), changes[i].expected);
        release(&compared);
    }
}

static void what_means_the_same_is_no_difference(void **state)
{
    static const struct {
        const char *part, *by;
    } spellings[] = {
        {"{months: 6, to: half-year}", "{to: half-year, months: 6} # as minuted"},
        {"Lille: 22000, Mellem: not yet known", "Mellem: not yet known, Lille: 22000.00"},
        {"budget: 1200000", "budget: \"1.200.000,00\""},
        {"key: size", "key: 1/4 equal + 3/4 population"},
        {"keys: {size: 25% equal + 75% population}", "keys: {size: 25%  equal+75%   population}"},
        {"payment: {days: 30}\n", ""},
        {"    kind: annual\n", ""},
        {"passive: 1/3", "passive: 2/6"},
        {"vat: {rate: 25%, reason: a service}", "vat: {reason: 'a service', rate: 25.0%}"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof spellings / sizeof spellings[0]; i++)
        assert_difference(full, replaced(full, spellings[i].part, spellings[i].by), "");
}

static void a_line_that_comes_or_goes_is_shown_as_its_file_says_it(void **state)
{
    static const char one[] = HEAD "lines:\n  - id: a\n    account: \"00002\"\n    price: 1\n";
    static const char two[] = HEAD "lines:\n  - id: b\n    account: \"00003\"\n    budget: 5\n    key: equal\n"
                                   "  - id: a\n    account: \"00002\"\n    price: 2\n";
    (void)state;
    assert_difference(one, two, "b|id|-|b|4\nb|account|-|00003|5\nb|budget|-|5|6\nb|key|-|equal|7\na|price|1|2|10\n");
    assert_difference(two, one, "a|price|2|1|6\nb|id|b|-|4\nb|account|00003|-|5\nb|budget|5|-|6\nb|key|equal|-|7\n");
}

static void prices_of_every_form_are_compared_part_by_part(void **state)
{
    static const char brackets[] = HEAD REFERENCE "lines:\n  - id: a\n    account: \"00002\"\n    price:\n"
                                                  "      by population:\n        up to 20000: 10000\n"
                                                  "        above: 30000\n";
    static const char steps[] = HEAD REFERENCE "lines:\n  - id: a\n    account: \"00001\"\n    kind: joining fee\n"
                                               "    price by signing:\n      until 2026-06-30: 60000\n"
                                               "      later: 0,4137 per population\n";
    (void)state;
    assert_difference(brackets, replaced(brackets, "above: 30000", "above: not yet known"),
                      "a|price.by population.above|30000|not yet known|10\n");
    assert_difference(brackets, replaced(brackets, "up to 20000", "up to 25000"),
                      "a|price.by population.up to 20000|10000|-|9\n"
                      "a|price.by population.up to 25000|-|10000|9\n");
    assert_difference(steps, replaced(steps, "60000", "70000"), "a|price by signing.until 2026-06-30|60000|70000|9\n");
    assert_difference(steps, replaced(steps, "0,4137", "0.5"),
                      "a|price by signing.later|0.4137 per population|0.5 per population|10\n");
}

static void the_same_name_twice_is_compared_in_the_order_of_the_file(void **state)
{
    static const char text[] = HEAD "lines:\n  - id: a\n    account: \"00002\"\n    budget: 100\n    key: equal\n"
                                    "    first: [{account: \"00006\", amount: 10}, {account: \"00006\", amount: 20}]\n";
    (void)state;
    assert_difference(text, text, "");
    assert_difference(text, replaced(text, "amount: 20", "amount: 30"), "a|first.account.00006|20|30|8\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_setting_that_changes_is_one_difference_at_its_place),
        cmocka_unit_test(no_key_of_the_file_is_left_out),
        cmocka_unit_test(each_difference_is_of_the_text_or_of_the_prices_or_of_neither),
        cmocka_unit_test(what_means_the_same_is_no_difference),
        cmocka_unit_test(a_line_that_comes_or_goes_is_shown_as_its_file_says_it),
        cmocka_unit_test(prices_of_every_form_are_compared_part_by_part),
        cmocka_unit_test(the_same_name_twice_is_compared_in_the_order_of_the_file),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
