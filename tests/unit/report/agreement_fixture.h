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

/* The fixture with `count` members, of whom number `own` (from 0) joins. Terms NULL: fixture_terms. */
static inline void agreement_fixture_open(struct agreement_fixture *f, size_t count, size_t own, const char *terms)
{
    struct tl_err err = TL_ERR_NONE;
    memset(f, 0, sizeof *f);
    const char *text = terms == NULL ? fixture_terms : terms;
    struct tl_source source = {"terms.yaml", text, strlen(text)};
    assert_ok(tl_terms_yaml_read(&f->terms, &source, &err), &err);
    f->hosting = (struct tl_option_taken){.option = "hosting", .first = tl_date_of(2026, 1, 1)};
    fixture_read_members(f, count);
    struct tl_alloc_request request = {
        .terms = &f->terms, .year = 2026, .members = f->members, .member_count = f->member_count};
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

static inline void agreement_fixture_close(struct agreement_fixture *f)
{
    tl_allocation_release(&f->allocation);
    tl_terms_release(&f->terms);
    tl_arena_release(&f->arena);
}

#endif
