/* SPDX-License-Identifier: MPL-2.0 */
/*
 * An allocation for the tests: four municipalities with their inhabitants of 2025-01-01 and a state body, terms
 * with every kind of line, and the real result.
 */
#ifndef TESTS_REPORT_ALLOCATION_FIXTURE_H
#define TESTS_REPORT_ALLOCATION_FIXTURE_H

#include <string.h>

#include "check.h"
#include "tilslut/exchange/terms_yaml.h"
#include "tilslut/key/alloc.h"

enum { FIXTURE_MEMBERS = 5 };

struct allocation_fixture {
    struct tl_terms terms;
    struct tl_allocation allocation;
    struct tl_member members[FIXTURE_MEMBERS];
    struct tl_figure figures[FIXTURE_MEMBERS];
    struct tl_option_taken hosting;
};

static const char fixture_terms[] =
    "product: os2valghalla\n"
    "from: 2026-01-01\n"
    "reference: {measure: population, date: 01-01 of the year before}\n"
    "classes: {Lille: below 25000, Mellem: below 60000, Stor: up to 120000, Meget stor: the rest}\n"
    "lines:\n"
    "  - id: joining\n"
    "    name: {da: Tilslutningsafgift, en: Joining fee}\n"
    "    kind: joining fee\n"
    "    account: \"00001\"\n"
    "    price: {Lille: 35000, Mellem: 70000, Stor: 190000, Meget stor: 350000}\n"
    "    waived for: funded-3.0\n"
    "  - id: maintenance\n"
    "    name: {da: Vederlag, en: Annual contribution}\n"
    "    account: \"00002\"\n"
    "    price: {Lille: 22000, Mellem: 32000, Stor: 42000, Meget stor: 52000}\n"
    "    markup: {association member: 9%, other: 35%}\n"
    "  - id: development\n"
    "    name: {da: Fælles udvikling, en: Shared development}\n"
    "    account: \"00003\"\n"
    "    budget: 1200000\n"
    "    key: 25% equal + 75% population\n"
    "    cap: 500000\n"
    "    round to: 100\n"
    "  - id: hosting\n"
    "    name: {da: Drift, en: Hosting}\n"
    "    option: hosting\n"
    "    account: \"00003\"\n"
    "    budget: 100000\n"
    "    key: population\n"
    "  - id: connection\n"
    "    name: {da: Driftstilkobling, en: Connection}\n"
    "    option: hosting\n"
    "    account: \"00001\"\n"
    "    price: not yet known\n";

static inline void allocation_fixture_init(struct allocation_fixture *fixture)
{
    static const struct {
        const char *code, *name;
        int64_t population;
        tl_association association;
        bool hosted;
    } known[FIXTURE_MEMBERS] = {
        {"0461", "Odense", 210803, TL_ASSOCIATION_MEMBER, true},
        {"0479", "Svendborg", 60001, TL_ASSOCIATION_OTHER, false},
        {"0751", "Aarhus", 373388, TL_ASSOCIATION_MEMBER, true},
        {"0825", "Læsø", 1760, TL_ASSOCIATION_NOT_RECORDED, true},
        {"S001", "Styrelsen", 40000, TL_ASSOCIATION_MEMBER, false},
    };
    static const char *const funded[] = {"funded-3.0"};
    struct tl_err err = TL_ERR_NONE;
    memset(fixture, 0, sizeof *fixture);
    fixture->hosting = (struct tl_option_taken){.option = "hosting", .first = tl_date_of(2026, 1, 1)};
    for (size_t i = 0; i < FIXTURE_MEMBERS; i++) {
        fixture->figures[i] = (struct tl_figure){.measure = "population",
                                                 .holds_on = tl_date_of(2025, 1, 1),
                                                 .value = tl_ratio_of(known[i].population, 1),
                                                 .source = "Danmarks Statistik, FOLK1A"};
        fixture->members[i] = (struct tl_member){.code = known[i].code,
                                                 .name = known[i].name,
                                                 .association = known[i].association,
                                                 .signed_on = tl_date_of(2025, 11, 3),
                                                 .first = tl_date_of(i == 1 ? 2025 : 2026, 1, 1),
                                                 .options = &fixture->hosting,
                                                 .option_count = known[i].hosted ? 1U : 0U,
                                                 .figures = &fixture->figures[i],
                                                 .figure_count = 1};
    }
    fixture->members[2].waivers = funded;
    fixture->members[2].waiver_count = 1;
    fixture->members[4].class_by_hand = "Stor";
    fixture->members[4].class_reason = "staten har ingen indbyggere";
    const struct tl_source source = {"terms.yaml", fixture_terms, sizeof fixture_terms - 1};
    assert_ok(tl_terms_yaml_read(&fixture->terms, &source, &err), &err);
    const struct tl_alloc_request request = {
        .terms = &fixture->terms, .year = 2026, .members = fixture->members, .member_count = FIXTURE_MEMBERS};
    assert_ok(tl_alloc(&fixture->allocation, &request, &err), &err);
}

/* Allocates anew with what makes a working long: a member that comes in May and is passive, an index, a rebate, a
 * frozen class, an agreed amount, a first share, published shares. */
static inline void allocation_fixture_enrich(struct allocation_fixture *fixture)
{
    static const char *const waivers[] = {"v2"};
    static struct tl_rebate rebate = {.tag = "v2", .amount = {100000}};
    static struct tl_agreed_amount agreed = {"0825", {1200000}, "aftalt i styregruppen"};
    static struct tl_first_share first = {.member = "0461", .share = {1, 10}, .also_in_key = true};
    static const struct tl_index_value values[] = {{"pl", {20230101}, {100, 1}, "KL 2023"},
                                                   {"pl", {20260101}, {531, 5}, "KL 2026"}};
    struct tl_err err = TL_ERR_NONE;
    struct tl_line *maintenance = &fixture->terms.lines[1], *development = &fixture->terms.lines[2];
    fixture->members[0].class_frozen = "Stor";
    fixture->members[0].class_frozen_until = 2028;
    fixture->members[2].first = tl_date_of(2026, 5, 10);
    fixture->members[2].is_passive = true;
    fixture->members[2].waivers = waivers;
    maintenance->prorata = development->prorata = TL_PRORATA_MONTHS;
    maintenance->passive = tl_ratio_of(1, 3);
    maintenance->rebates = &rebate;
    maintenance->rebate_count = 1;
    maintenance->indexation =
        (struct tl_indexation){.index = "pl", .base = {20230101}, .month = 1, .day = 1, .round_to_minor = 100};
    development->agreed = &agreed;
    development->agreed_count = 1;
    development->first_shares = &first;
    development->first_share_count = 1;
    development->has_cap = false;
    development->cap_share = tl_ratio_of(9, 10);
    development->has_published_decimals = true;
    development->published_decimals = 3;
    development->round_to_minor = 1;
    const struct tl_alloc_request request = {.terms = &fixture->terms,
                                             .year = 2026,
                                             .members = fixture->members,
                                             .member_count = FIXTURE_MEMBERS,
                                             .index_values = values,
                                             .index_value_count = 2};
    tl_allocation_release(&fixture->allocation);
    assert_ok(tl_alloc(&fixture->allocation, &request, &err), &err);
}

static inline void allocation_fixture_release(struct allocation_fixture *fixture)
{
    tl_allocation_release(&fixture->allocation);
    tl_terms_release(&fixture->terms);
}

#endif
