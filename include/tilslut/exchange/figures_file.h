/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Files of figures: who had how much of what, when.
 *
 * Two forms, told apart by the header.
 *
 * StatBank (Danmarks Statistik, statistikbanken.dk; FOLK1A): OMRÅDE;KØN;ALDER;CIVILSTAND;TID;INDHOLD in any
 * order, all but OMRÅDE, TID and INDHOLD may be absent; cells hold codes (101, TOT, IALT) or names (København,
 * I alt, Alder i alt), Danish or English. The country, the regions and the municipalities share one column.
 * Municipalities become figures: their codes have three digits where the official ones have four. The country
 * and the regions become stated totals, and the municipalities must foot to them. Rows broken down by sex, age
 * or marital status are passed over. 2026K1 (2026Q1) holds on 2026-01-01, 2026K2 on 2026-04-01, ...; 2025 on
 * 2025-01-01.
 *
 * Plain: `code`, `name`, `as_of` (YYYY-MM-DD) and one column per measure, named as keys name it: population,
 * users, ... Either `code` or `name` may be absent; where both are there, they must agree.
 *
 * Either all of a file is accepted or nothing. The first thing wrong in reading order is reported; duplicates
 * and totals are looked at when every row could be read.
 */
#ifndef TILSLUT_EXCHANGE_FIGURES_FILE_H
#define TILSLUT_EXCHANGE_FIGURES_FILE_H

#include <stddef.h>

#include "tilslut/base/arena.h"
#include "tilslut/base/date.h"
#include "tilslut/base/status.h"
#include "tilslut/exchange/source.h"
#include "tilslut/key/alloc.h"
#include "tilslut/money/ratio.h"

/* A party that can have figures. Municipalities and `other` areas (Christiansø) make up the country. */
struct tl_area {
    const char *code;   /* 0101 */
    const char *name;   /* København */
    const char *kind;   /* municipality, region, state, association, other */
    const char *region; /* Region Hovedstaden, or "" when not known */
};

/* One figure read; `source` of the figure says which file, and for StatBank table and time. */
struct tl_figures_row {
    const struct tl_area *area; /* borrowed from the request */
    struct tl_figure figure;
    size_t line, column; /* of the value */
};

/* A total that the file states, and that its figures foot to. */
struct tl_figures_total {
    const char *name;   /* Hele landet, Region Hovedstaden */
    const char *region; /* NULL for the country, else the name of the region */
    struct tl_date holds_on;
    struct tl_ratio value;
    size_t line, column;
};

typedef enum tl_figures_form { TL_FIGURES_STATBANK, TL_FIGURES_PLAIN } tl_figures_form;

struct tl_figures_file {
    tl_figures_form form;
    struct tl_figures_row *rows; /* in the order of the file */
    size_t row_count;
    struct tl_figures_total *totals; /* in the order of the file; StatBank only */
    size_t total_count;
};

struct tl_figures_request {
    struct tl_source source;
    const struct tl_area *areas; /* no code twice; must outlive the result */
    size_t area_count;
    const char *measure; /* for a StatBank file that does not say what it counts; NULL: it must say */
    const char *origin;  /* recorded as the source of each figure; NULL: made from the file */
};

/* Reads a file of figures into the arena.
 * TL_ERR_INPUT, with file:line:column: what tl_csv_read refuses; a header of neither form, a missing or unknown
 * column; an unknown area (the hint names the nearest), a region or the country where a party is expected, a
 * code and a name that disagree; an unknown time; a number that is none, has two readings, is negative, or counts
 * people in fractions; the same figure or total twice (both lines are named); totals that do not foot (both
 * numbers are named); no row with totals over sex, age and marital status; no figure at all.
 * TL_ERR_MISSING: a value is missing (names area and date). TL_ERR_RANGE, TL_ERR_MEMORY. */
tl_status tl_figures_file_read(struct tl_figures_file *out, const struct tl_figures_request *request,
                               struct tl_arena *arena, struct tl_err *err) TL_MUST_CHECK;

#endif
