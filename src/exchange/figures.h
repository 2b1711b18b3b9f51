/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Private to the readers of figures: what figures_file.c, figures_area.c, figures_statbank.c, figures_plain.c and
 * figures_check.c share.
 */
#ifndef EXCHANGE_FIGURES_H
#define EXCHANGE_FIGURES_H

#include <stdbool.h>

#include "tilslut/exchange/csv.h"
#include "tilslut/exchange/figures_file.h"

struct tl_figures_reader {
    const struct tl_figures_request *request;
    struct tl_csv csv;
    struct tl_arena *arena;
    struct tl_err *err;
    struct tl_figures_file file;
    size_t row_capacity, total_capacity;
};

/* Says where a field lies, when an error was recorded. Returns the status of the error. */
tl_status tl_figures_fail_at(struct tl_figures_reader *reader, const struct tl_csv_field *field);

/* Adds a figure read from `value`; `area_name` and `holds_on` are for the message when it is missing. */
tl_status tl_figures_add_row(struct tl_figures_reader *reader, const struct tl_area *area, const char *measure,
                             struct tl_date holds_on, const char *source,
                             const struct tl_csv_field *value) TL_MUST_CHECK;
tl_status tl_figures_add_total(struct tl_figures_reader *reader, const char *name, const char *region,
                               const char *measure, struct tl_date holds_on,
                               const struct tl_csv_field *value) TL_MUST_CHECK;

/* What a text in an area column stands for. */
typedef enum tl_figures_place {
    TL_FIGURES_UNKNOWN,
    TL_FIGURES_PARTY,
    TL_FIGURES_REGION,
    TL_FIGURES_COUNTRY
} tl_figures_place;

/* The known area of that code or name, or NULL; for StatBank only among those that count into the country. A name
 * that two areas have finds the first; *second is then the other one, else NULL. Case is ignored in names. */
const struct tl_area *tl_figures_area_by_code(const struct tl_figures_reader *reader, const char *code);
const struct tl_area *tl_figures_area_by_name(const struct tl_figures_reader *reader, const char *name,
                                              const struct tl_area **second);
bool tl_figures_same_name(const char *a, const char *b);
/* Whether a code (000, 084) or name (Hele landet, Region Hovedstaden) is the country's or a region's by Danmarks
 * Statistik; *name is then its full name, in Danish where it is known. */
tl_figures_place tl_figures_place_of(const char *text, const char **name);
/* The full name of the region that `name` is short for (Hovedstaden), or NULL. */
const char *tl_figures_region_of_short_name(const char *name);
/* Records that `field` names no known area, with the nearest name as a hint. */
tl_status tl_figures_refuse_unknown(struct tl_figures_reader *reader, const struct tl_csv_field *field);
/* Records that `field` names two areas. */
tl_status tl_figures_refuse_ambiguous(struct tl_figures_reader *reader, const struct tl_csv_field *field,
                                      const struct tl_area *first, const struct tl_area *second);
/* Records that `field` is a region or the country where a party is expected. */
tl_status tl_figures_refuse_place(struct tl_figures_reader *reader, const struct tl_csv_field *field,
                                  const char *full_name, tl_figures_place place);

tl_status tl_figures_read_statbank(struct tl_figures_reader *reader) TL_MUST_CHECK;
tl_status tl_figures_read_plain(struct tl_figures_reader *reader) TL_MUST_CHECK;

/* Looks for the same figure or total twice, and for totals that do not foot. */
tl_status tl_figures_check(struct tl_figures_reader *reader) TL_MUST_CHECK;

/* True for the areas whose figures make up the country: municipalities and `other`. */
bool tl_figures_area_counts(const struct tl_area *area);

#endif
