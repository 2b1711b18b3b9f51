/* SPDX-License-Identifier: MPL-2.0 */
/* What can only be checked when all rows are read: nothing twice, and totals that foot. */
#include <stdlib.h>
#include <string.h>

#include "figures.h"
#include "quoted.h"
#include "tilslut/base/text.h"
#include "tilslut/money/frac.h"

static int compare_sizes(size_t a, size_t b)
{
    return (a > b) - (a < b);
}

static int compare_rows(const void *a, const void *b)
{
    const struct tl_figures_row *x = *(const struct tl_figures_row *const *)a;
    const struct tl_figures_row *y = *(const struct tl_figures_row *const *)b;
    int order = tl_date_compare(x->figure.holds_on, y->figure.holds_on);
    if (order == 0)
        order = strcmp(x->figure.measure, y->figure.measure);
    if (order == 0)
        order = strcmp(x->area->code, y->area->code);
    if (order == 0)
        order = compare_sizes(x->line, y->line);
    return order;
}

static int compare_totals(const void *a, const void *b)
{
    const struct tl_figures_total *x = *(const struct tl_figures_total *const *)a;
    const struct tl_figures_total *y = *(const struct tl_figures_total *const *)b;
    int order = tl_date_compare(x->holds_on, y->holds_on);
    if (order == 0)
        order = strcmp(x->name, y->name);
    if (order == 0)
        order = compare_sizes(x->line, y->line);
    return order;
}

static tl_status refuse_twice(struct tl_figures_reader *reader, const char *measure, const char *name,
                              struct tl_date holds_on, size_t first, size_t line, size_t column)
{
    char date[TL_DATE_TEXT_SIZE];
    (void)tl_err_set(reader->err, TL_ERR_INPUT, "the %.40s of '%.*s' on %s is there twice, first on line %zu", measure,
                     QUOTED(name), tl_date_iso(holds_on, date), first);
    tl_err_hint(reader->err, "remove one of the rows");
    tl_err_at(reader->err, reader->csv.name, line, column);
    return reader->err->status;
}

static tl_status check_rows(struct tl_figures_reader *reader, const struct tl_figures_row **sorted)
{
    const struct tl_figures_file *file = &reader->file;
    for (size_t i = 0; i < file->row_count; i++)
        sorted[i] = &file->rows[i];
    qsort(sorted, file->row_count, sizeof *sorted, compare_rows);
    for (size_t i = 1; i < file->row_count; i++) {
        const struct tl_figures_row *a = sorted[i - 1], *b = sorted[i];
        if (tl_date_compare(a->figure.holds_on, b->figure.holds_on) == 0 && a->area == b->area &&
            tl_text_equal(a->figure.measure, b->figure.measure))
            return refuse_twice(reader, b->figure.measure, b->area->name, b->figure.holds_on, a->line, b->line,
                                b->column);
    }
    return TL_OK;
}

/* The place in the sorted rows where those of a date begin. */
static size_t first_of(const struct tl_figures_row *const *sorted, size_t count, struct tl_date date)
{
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (tl_date_compare(sorted[middle]->figure.holds_on, date) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static bool is_part_of(const struct tl_area *area, const char *region)
{
    return tl_figures_area_counts(area) && (region == NULL || tl_text_equal(area->region, region));
}

static bool is_known_region(const struct tl_figures_reader *reader, const char *region)
{
    for (size_t i = 0; i < reader->request->area_count; i++)
        if (is_part_of(&reader->request->areas[i], region))
            return true;
    return false;
}

/* Names the areas that the file leaves out, which is the usual reason why a total does not foot. `rows` are
 * those of the date, by code. */
static void hint_absent(struct tl_figures_reader *reader, const char *region, const struct tl_figures_row *const *rows,
                        size_t count)
{
    const struct tl_area *first = NULL;
    size_t absent = 0;
    for (size_t i = 0; i < reader->request->area_count; i++) {
        const struct tl_area *area = &reader->request->areas[i];
        size_t at = 0;
        while (at < count && rows[at]->area != area)
            at++;
        if (!is_part_of(area, region) || at < count)
            continue;
        first = first == NULL ? area : first;
        absent++;
    }
    if (absent == 0)
        tl_err_hint(reader->err, "compare the rows with StatBank; one of them was changed or left out");
    else if (absent == 1)
        tl_err_hint(reader->err, "the file has no row for '%s' (%s)", first->name, first->code);
    else
        tl_err_hint(reader->err, "the file has no rows for %zu known areas, the first is '%s' (%s)", absent,
                    first->name, first->code);
}

static tl_status refuse_total(struct tl_figures_reader *reader, const struct tl_figures_total *total,
                              const struct tl_frac *sum)
{
    char date[TL_DATE_TEXT_SIZE], stated[TL_RATIO_TEXT_SIZE];
    const char *actual = tl_frac_text(sum, reader->arena);
    if (actual == NULL)
        return tl_err_memory(reader->err);
    (void)tl_err_set(reader->err, TL_ERR_INPUT, "'%.*s' is stated as %s on %s, but its municipalities sum to %s",
                     QUOTED(total->name), tl_ratio_text(total->value, stated), tl_date_iso(total->holds_on, date),
                     actual);
    tl_err_at(reader->err, reader->csv.name, total->line, total->column);
    return reader->err->status;
}

static tl_status check_total(struct tl_figures_reader *reader, const struct tl_figures_total *total,
                             const struct tl_figures_row *const *sorted)
{
    if (total->region != NULL && !is_known_region(reader, total->region))
        return TL_OK; /* nothing is known of what belongs to it */
    size_t first = first_of(sorted, reader->file.row_count, total->holds_on), end = first;
    struct tl_frac sum, part;
    tl_frac_init(&sum);
    tl_frac_init(&part);
    for (; end < reader->file.row_count && tl_date_compare(sorted[end]->figure.holds_on, total->holds_on) == 0; end++) {
        if (!is_part_of(sorted[end]->area, total->region))
            continue;
        tl_frac_set_ratio(&part, sorted[end]->figure.value);
        mpq_add(sum.q, sum.q, part.q);
    }
    tl_frac_set_ratio(&part, total->value);
    tl_status status = TL_OK;
    if (!mpq_equal(sum.q, part.q)) {
        status = refuse_total(reader, total, &sum);
        hint_absent(reader, total->region, sorted + first, end - first);
    }
    tl_frac_release(&part);
    tl_frac_release(&sum);
    return status;
}

static tl_status check_totals(struct tl_figures_reader *reader, const struct tl_figures_row *const *rows,
                              const struct tl_figures_total **sorted)
{
    const struct tl_figures_file *file = &reader->file;
    for (size_t i = 0; i < file->total_count; i++)
        sorted[i] = &file->totals[i];
    qsort(sorted, file->total_count, sizeof *sorted, compare_totals);
    for (size_t i = 1; i < file->total_count; i++) {
        const struct tl_figures_total *a = sorted[i - 1], *b = sorted[i];
        if (tl_date_compare(a->holds_on, b->holds_on) == 0 && tl_text_equal(a->name, b->name))
            return refuse_twice(reader, file->rows[0].figure.measure, b->name, b->holds_on, a->line, b->line,
                                b->column);
    }
    tl_status status = TL_OK;
    for (size_t i = 0; status == TL_OK && i < file->total_count; i++)
        status = check_total(reader, &file->totals[i], rows);
    return status;
}

tl_status tl_figures_check(struct tl_figures_reader *reader)
{
    const struct tl_figures_file *file = &reader->file;
    const struct tl_figures_row **rows = tl_arena_alloc(reader->arena, file->row_count, sizeof *rows);
    const struct tl_figures_total **totals = tl_arena_alloc(reader->arena, file->total_count, sizeof *totals);
    if (rows == NULL || totals == NULL)
        return tl_err_memory(reader->err);
    tl_status status = check_rows(reader, rows);
    return status == TL_OK ? check_totals(reader, rows, totals) : status;
}
