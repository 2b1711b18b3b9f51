/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Terms for the tests of the agreement floor: priced, budgeted, optional and waived lines, with and without VAT.
 */
#ifndef TESTS_AGREEMENT_SAMPLE_TERMS_H
#define TESTS_AGREEMENT_SAMPLE_TERMS_H

#define SAMPLE_DECISION "styregruppe 2025-10-12 pkt. 4"

/* What all of them begin with; `from` and the lines follow. */
#define SAMPLE_HEAD                                                                                                    \
    "reference: {measure: population, date: 01-01 of the year before}\n"                                               \
    "classes: {Lille: below 25000, Mellem: below 60000, Stor: below 120000, Meget stor: the rest}\n"                   \
    "notice: {months: 6, to: half-year}\n"

#define SAMPLE_PRICED                                                                                                  \
    "  - id: joining\n"                                                                                                \
    "    name: {da: Tilslutningsafgift, en: Joining fee}\n"                                                            \
    "    kind: joining fee\n"                                                                                          \
    "    account: \"00001\"\n"                                                                                         \
    "    price: {Lille: 35000, Mellem: 70000, Stor: 190000, Meget stor: 350000}\n"                                     \
    "    waived for: funded-3.0\n"                                                                                     \
    "  - id: maintenance\n"                                                                                            \
    "    name: {da: Vederlag, en: Annual contribution}\n"                                                              \
    "    account: \"00002\"\n"                                                                                         \
    "    price: {Lille: 22000, Mellem: 32000, Stor: 42000, Meget stor: 52000}\n"                                       \
    "    markup: {association member: 9%, other: 35%}\n"

#define SAMPLE_BUDGETED                                                                                                \
    "  - id: development\n"                                                                                            \
    "    name: {da: Fælles udvikling, en: Shared development}\n"                                                      \
    "    account: \"00003\"\n"                                                                                         \
    "    budget: 1200000\n"                                                                                            \
    "    key: 25% equal + 75% population\n"                                                                            \
    "  - id: hosting\n"                                                                                                \
    "    name: {da: Drift, en: Hosting}\n"                                                                             \
    "    option: hosting\n"                                                                                            \
    "    account: \"00003\"\n"                                                                                         \
    "    budget: 480000\n"                                                                                             \
    "    key: population\n"                                                                                            \
    "  - id: pilot\n"                                                                                                  \
    "    name: {da: Pilotdrift, en: Pilot}\n"                                                                          \
    "    group: piloter\n"                                                                                             \
    "    account: \"00003\"\n"                                                                                         \
    "    price: 1000\n"

#define SAMPLE_TERMS                                                                                                   \
    "product: os2valghalla\nfrom: 2026-01-01\n" SAMPLE_HEAD                                                            \
    "vat: {rate: 25%, reason: \"momslovens § 4\"}\nlines:\n" SAMPLE_PRICED SAMPLE_BUDGETED

#endif
