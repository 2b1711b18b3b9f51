/* SPDX-License-Identifier: MPL-2.0 */
/*
 * A whole agreement for the tests: the first municipalities of tests/data/parties.csv with their inhabitants, terms
 * with every kind of line, the real allocation, and Aarhus as the one that joins.
 */
#ifndef TESTS_REPORT_AGREEMENT_FIXTURE_H
#define TESTS_REPORT_AGREEMENT_FIXTURE_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "tilslut/agreement/facts.h"
#include "tilslut/exchange/terms_yaml.h"

enum { FIXTURE_MEMBERS_MAX = 98 };

struct agreement_fixture {
    struct tl_arena arena;
    struct tl_terms terms;
    struct tl_allocation allocation;
    struct tl_member members[FIXTURE_MEMBERS_MAX];
    struct tl_figure figures[FIXTURE_MEMBERS_MAX];
    size_t member_count;
    struct tl_option_taken hosting;
    struct tl_index_value index_values[2];
    size_t index_value_count;
    struct tl_party owner, party;
    struct tl_product product;
    struct tl_decision decision;
    struct tl_agreement_facts facts;
};

static const char fixture_terms[] =
    "product: os2valghalla\n"
    "from: 2026-01-01\n"
    "purpose: {da: 'OS2valghalla er et fælles system til at planlægge og bemande valg, folkeafstemninger og "
    "brevstemmeafgivning.', en: 'OS2valghalla plans and staffs elections.'}\n"
    "reference: {measure: population, date: 01-01 of the year before}\n"
    "classes: {Lille: below 25000, Mellem: below 60000, Stor: up to 120000, Meget stor: the rest}\n"
    "notice: {months: 6, to: half-year}\n"
    "payment: {days: 30}\n"
    "vat: {outside: 'fordeling af fællesudgifter mellem offentlige myndigheder'}\n"
    "lines:\n"
    "  - id: joining\n"
    "    name: {da: Tilslutningsafgift, en: Joining fee}\n"
    "    kind: joining fee\n"
    "    account: \"00001\"\n"
    "    price: {Lille: 35000, Mellem: 70000, Stor: 190000, Meget stor: 350000}\n"
    "    waived for: funded-3.0\n"
    "  - id: maintenance\n"
    "    name: {da: Vederlag, en: Annual contribution}\n"
    "    covers: {da: 'fejlrettelse, test, opdatering og koordinering.', en: 'fixes and tests'}\n"
    "    account: \"00002\"\n"
    "    price: {Lille: 22000, Mellem: 32000, Stor: 42000, Meget stor: 52000}\n"
    "    markup: {association member: 9%, other: 35%}\n"
    "  - id: development\n"
    "    name: {da: Fælles udvikling, en: Shared development}\n"
    "    account: \"00003\"\n"
    "    budget: 1200000\n"
    "    key: 25% equal + 75% population\n"
    "    floor: 5000\n"
    "    cap: 150000\n"
    "  - id: hosting\n"
    "    name: {da: Fælles drift, en: Shared hosting}\n"
    "    option: hosting\n"
    "    account: \"00003\"\n"
    "    budget: 480000\n"
    "    key: population\n"
    "  - id: connection\n"
    "    name: {da: Driftstilkobling, en: Connection to hosting}\n"
    "    kind: one-off\n"
    "    option: hosting\n"
    "    account: \"00001\"\n"
    "    price: not yet known\n"
    "    vat: {rate: 25%, reason: 'ydelsen er momspligtig'}\n";

/* The value of field `index` of a CSV line without quotes, in the arena. */
static inline const char *fixture_field(struct tl_arena *arena, const char *line, int index)
{
    while (index-- > 0) {
        line = strchr(line, ',');
        assert_non_null(line);
        line++;
    }
    const char *copy = tl_arena_copy(arena, line, strcspn(line, ",\r\n"));
    assert_non_null(copy);
    return copy;
}

static inline void fixture_read_members(struct agreement_fixture *f, size_t count)
{
    char line[256];
    FILE *file = fopen("tests/data/population-2025-01-01.csv", "r");
    assert_non_null(file);
    assert_non_null(fgets(line, sizeof line, file));
    while (f->member_count < count && fgets(line, sizeof line, file) != NULL) {
        size_t i = f->member_count;
        const char *code = fixture_field(&f->arena, line, 0);
        if (strcmp(code, "0411") == 0)
            continue; /* Christiansø is no municipality */
        f->figures[i] = (struct tl_figure){.measure = "population",
                                           .holds_on = tl_date_of(2025, 1, 1),
                                           .value = tl_ratio_of(atol(fixture_field(&f->arena, line, 2)), 1),
                                           .source = "FOLK1A-2025K1"};
        f->members[i] = (struct tl_member){.code = code,
                                           .name = fixture_field(&f->arena, line, 1),
                                           .association = i % 5 == 4 ? TL_ASSOCIATION_OTHER : TL_ASSOCIATION_MEMBER,
                                           .signed_on = tl_date_of(2025, 11, 3),
                                           .first = tl_date_of(i % 3 == 0 ? 2026 : 2023, 1, 1),
                                           .figures = &f->figures[i],
                                           .figure_count = 1};
        if (i % 2 == 0) {
            f->members[i].options = &f->hosting;
            f->members[i].option_count = 1;
        }
        f->member_count++;
    }
    fclose(file);
}

/* Terms and `count` members, without an allocation yet. Terms NULL: fixture_terms. */
static inline void agreement_fixture_read(struct agreement_fixture *f, size_t count, const char *terms)
{
    struct tl_err err = TL_ERR_NONE;
    memset(f, 0, sizeof *f);
    const char *text = terms == NULL ? fixture_terms : terms;
    struct tl_source source = {"terms.yaml", text, strlen(text)};
    assert_ok(tl_terms_yaml_read(&f->terms, &source, &err), &err);
    f->hosting = (struct tl_option_taken){.option = "hosting", .first = tl_date_of(2026, 1, 1)};
    fixture_read_members(f, count);
}

/* Allocates, and makes the facts of the agreement with member number `own` (from 0). */
static inline void agreement_fixture_allocate(struct agreement_fixture *f, size_t own)
{
    struct tl_err err = TL_ERR_NONE;
    struct tl_alloc_request request = {.terms = &f->terms,
                                       .year = 2026,
                                       .members = f->members,
                                       .member_count = f->member_count,
                                       .index_values = f->index_values,
                                       .index_value_count = f->index_value_count};
    assert_ok(tl_alloc(&f->allocation, &request, &err), &err);
    f->owner = (struct tl_party){.code = "os2",
                                 .name = "OS2",
                                 .official_name = "OS2 - Offentligt digitaliseringsfællesskab",
                                 .kind = "association",
                                 .region = "",
                                 .cvr = "41849983",
                                 .ean = "5790002750595",
                                 .address = "c/o ITK, Aarhus Kommune, Hack Kampmanns Plads 2, 8000 Aarhus C"};
    f->party = (struct tl_party){.code = f->members[own].code,
                                 .name = f->members[own].name,
                                 .official_name = tl_arena_format(&f->arena, "%s Kommune", f->members[own].name),
                                 .kind = "municipality",
                                 .region = "",
                                 .cvr = "55133018",
                                 .ean = "",
                                 .address = ""};
    f->product = (struct tl_product){"os2valghalla", "OS2valghalla", "XG-9212045260", 3};
    f->decision = (struct tl_decision){1, "styregruppe", tl_date_of(2025, 10, 12), "pkt. 4"};
    f->facts = (struct tl_agreement_facts){
        .issue = {.number = tl_arena_format(&f->arena, "TA-os2valghalla-%s", f->members[own].code),
                  .version = 1,
                  .date = tl_date_of(2025, 11, 3),
                  .head = tl_digest_of("fixture", 7),
                  .head_entry = 117},
        .owner = &f->owner,
        .party = &f->party,
        .product = &f->product,
        .terms = &f->terms,
        .terms_version = 2,
        .decision = &f->decision,
        .allocation = &f->allocation,
        .member = &f->members[own]};
}

/* The fixture with `count` members, of whom number `own` (from 0) joins. */
static inline void agreement_fixture_open(struct agreement_fixture *f, size_t count, size_t own, const char *terms)
{
    agreement_fixture_read(f, count, terms);
    agreement_fixture_allocate(f, own);
}

static inline const struct tl_key *fixture_key(struct agreement_fixture *f, const char *text)
{
    struct tl_err err = TL_ERR_NONE;
    const struct tl_key *key;
    size_t column;
    assert_ok(tl_key_parse(&key, text, &column, &f->arena, &err), &err);
    return key;
}

/* Prices by date of signing, per unit and in brackets; rebates, passive membership, an index, amounts agreed and
 * shares taken first, a class that is frozen, a member who leaves in the year. Twelve members, number 6 joins. */
static inline void agreement_fixture_open_rich(struct agreement_fixture *f)
{
    agreement_fixture_read(f, 12, NULL);
    struct tl_arena *arena = &f->arena;
    struct tl_line *lines = tl_arena_alloc(arena, 8, sizeof *lines);
    struct tl_price_step *steps = tl_arena_alloc(arena, 2, sizeof *steps);
    struct tl_rebate *rebates = tl_arena_alloc(arena, 2, sizeof *rebates);
    struct tl_price_bracket *brackets = tl_arena_alloc(arena, 2, sizeof *brackets);
    struct tl_agreed_amount *agreed = tl_arena_alloc(arena, 1, sizeof *agreed);
    struct tl_first_share *first = tl_arena_alloc(arena, 2, sizeof *first);
    assert_true(lines != NULL && steps != NULL && rebates != NULL && brackets != NULL && agreed != NULL &&
                first != NULL);
    memcpy(lines, f->terms.lines, f->terms.line_count * sizeof *lines);
    f->terms.lines = lines;
    steps[0] = (struct tl_price_step){tl_date_of(2025, 12, 31), lines[0].price};
    steps[1] = (struct tl_price_step){{0}, {.kind = TL_PRICE_FLAT, .flat = {40000000}}};
    rebates[0] = (struct tl_rebate){.tag = "funded-2.0", .share = tl_ratio_of(1, 4)};
    rebates[1] = (struct tl_rebate){.tag = "funded-2.5", .amount = {3000000}};
    lines[0].price_steps = steps;
    lines[0].price_step_count = 2;
    lines[0].rebates = rebates;
    lines[0].rebate_count = 2;
    lines[1].passive = tl_ratio_of(1, 3);
    lines[1].prorata = TL_PRORATA_MONTHS;
    lines[1].indexation = (struct tl_indexation){
        .index = "PL", .base = tl_date_of(2025, 1, 1), .month = 1, .day = 1, .round_to_minor = 100};
    agreed[0] = (struct tl_agreed_amount){f->members[3].code, {5000000}, "bærer selv en del af driften"};
    first[0] = (struct tl_first_share){.account = "00004", .share = tl_ratio_of(1, 10)};
    first[1] = (struct tl_first_share){.member = f->members[1].code, .amount = {1000000}, .also_in_key = true};
    lines[2].floor = lines[2].cap = (struct tl_money){0};
    lines[2].has_floor = lines[2].has_cap = false;
    lines[2].prorata = TL_PRORATA_DAYS;
    lines[2].agreed = agreed;
    lines[2].agreed_count = 1;
    lines[2].first_shares = first;
    lines[2].first_share_count = 2;
    lines[3].has_published_decimals = true;
    lines[3].published_decimals = 5;
    lines[3].cap_share = tl_ratio_of(1, 2);
    lines[3].floor_share = tl_ratio_of(1, 1000);
    lines[5] = lines[6] = lines[4];
    lines[5].id = "users";
    lines[5].name = (struct tl_text){"Brugerbetaling", "Fee per user"};
    lines[5].option = lines[6].option = NULL;
    lines[5].price = (struct tl_price){
        .kind = TL_PRICE_PER_UNIT, .per_unit = tl_ratio_of(77, 20), .quantity = fixture_key(f, "population")};
    brackets[0] = (struct tl_price_bracket){true, true, tl_ratio_of(50000, 1), {true, {100000}}};
    brackets[1] = (struct tl_price_bracket){.price = {true, {250000}}};
    lines[6].id = "licence";
    lines[6].name = (struct tl_text){"Licens", "Licence"};
    lines[6].price = (struct tl_price){
        .kind = TL_PRICE_BRACKETS, .quantity = fixture_key(f, "population"), .brackets = brackets, .bracket_count = 2};
    f->terms.line_count = 7;
    f->index_values[0] = (struct tl_index_value){"PL", tl_date_of(2025, 1, 1), tl_ratio_of(1152, 10), "KL"};
    f->index_values[1] = (struct tl_index_value){"PL", tl_date_of(2026, 1, 1), tl_ratio_of(1183, 10), "KL"};
    f->index_value_count = 2;
    static const char *const tags[] = {"funded-2.0"};
    f->members[6].waivers = tags;
    f->members[6].waiver_count = 1;
    f->members[6].class_frozen = "Mellem";
    f->members[6].class_frozen_until = 2028;
    f->members[6].is_passive = true;
    f->members[5].last = tl_date_of(2026, 6, 30);
    f->members[2].class_by_hand = "Stor";
    f->members[2].class_reason = "region";
    agreement_fixture_allocate(f, 6);
}

static inline void agreement_fixture_close(struct agreement_fixture *f)
{
    tl_allocation_release(&f->allocation);
    tl_terms_release(&f->terms);
    tl_arena_release(&f->arena);
}

#endif
