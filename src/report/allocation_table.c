/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/report/allocation_table.h"

#include <string.h>

#include "allocation_members.h"

/* What a member pays for a line: the sum of its shares there, since a period can be cut into pieces. */
static tl_status line_cell(struct tl_cell *out, const struct tl_line_result *result, const char *code,
                           struct tl_err *err)
{
    struct tl_money sum = {0};
    bool found = false;
    for (size_t i = 0; i < result->share_count && result->known; i++) {
        if (strcmp(result->shares[i].member->code, code) != 0)
            continue;
        found = true;
        tl_status status = tl_money_add(&sum, sum, result->shares[i].amount, err);
        if (status != TL_OK)
            return status;
    }
    *out = found ? tl_cell_money(sum) : tl_cell_missing();
    return TL_OK;
}

/* Columns before the lines: member, name, class, figure. */
enum { MEMBER, NAME, CLASS, FIGURE };

static tl_status start_table(struct tl_table *out, const struct tl_allocation *allocation, size_t leading,
                             struct tl_arena *arena, struct tl_err *err)
{
    size_t count = leading + allocation->line_count + 1;
    struct tl_column *columns = tl_arena_alloc(arena, count, sizeof *columns);
    if (columns == NULL)
        return tl_err_memory(err);
    columns[MEMBER] = (struct tl_column){"member", "Member", TL_COLUMN_CODE};
    columns[NAME] = (struct tl_column){"name", "Name", TL_COLUMN_TEXT};
    if (leading > CLASS) {
        columns[CLASS] = (struct tl_column){"class", "Class", TL_COLUMN_TEXT};
        columns[FIGURE] = (struct tl_column){"figure", allocation->terms->reference.measure, TL_COLUMN_RATIO};
    }
    for (size_t i = 0; i < allocation->line_count; i++) {
        const struct tl_line *line = allocation->lines[i].line;
        columns[leading + i] = (struct tl_column){line->id, line->name.en, TL_COLUMN_MONEY};
    }
    columns[count - 1] = (struct tl_column){"total", "Total", TL_COLUMN_MONEY};
    return tl_table_init(out, columns, count, err);
}

static tl_status add_member(struct tl_table *out, const struct tl_allocation *allocation, size_t leading,
                            const struct tl_member *member, struct tl_cell *cells, struct tl_err *err)
{
    cells[MEMBER] = tl_cell_code(member->code);
    cells[NAME] = tl_cell_text(member->name);
    if (leading > CLASS) {
        const struct tl_share *share = tl_allocation_members_classed(allocation, member->code);
        cells[CLASS] = share == NULL ? tl_cell_missing() : tl_cell_text(share->size_class->name);
        cells[FIGURE] =
            share == NULL || share->figure == NULL ? tl_cell_missing() : tl_cell_ratio(share->figure->value);
    }
    tl_status status = TL_OK;
    for (size_t i = 0; i < allocation->line_count && status == TL_OK; i++)
        status = line_cell(&cells[leading + i], &allocation->lines[i], member->code, err);
    struct tl_money total = {0};
    if (status == TL_OK)
        status = tl_allocation_member_total(&total, allocation, member->code, err);
    cells[leading + allocation->line_count] = tl_cell_money(total);
    return status == TL_OK ? tl_table_add(out, cells, err) : status;
}

static tl_status set_totals(struct tl_table *out, const struct tl_allocation *allocation, size_t leading,
                            struct tl_cell *cells, struct tl_err *err)
{
    for (size_t i = 0; i < leading; i++)
        cells[i] = tl_cell_missing();
    cells[MEMBER] = tl_cell_code("Total");
    for (size_t i = 0; i < allocation->line_count; i++)
        cells[leading + i] = allocation->lines[i].known ? tl_cell_money(allocation->lines[i].total) : tl_cell_missing();
    cells[leading + allocation->line_count] = tl_cell_money(allocation->total);
    return tl_table_set_totals(out, cells, err);
}

tl_status tl_allocation_table(struct tl_table *out, const struct tl_allocation *allocation, struct tl_err *err)
{
    struct tl_arena scratch = TL_ARENA_EMPTY;
    struct tl_allocation_members members = {NULL, 0};
    size_t leading = allocation->terms->class_count > 0 ? FIGURE + 1 : CLASS;
    *out = (struct tl_table)TL_TABLE_EMPTY;
    struct tl_cell *cells = tl_arena_alloc(&scratch, leading + allocation->line_count + 1, sizeof *cells);
    tl_status status =
        cells == NULL ? tl_err_memory(err) : tl_allocation_members_find(&members, allocation, &scratch, err);
    if (status == TL_OK)
        status = start_table(out, allocation, leading, &scratch, err);
    for (size_t i = 0; i < members.count && status == TL_OK; i++)
        status = add_member(out, allocation, leading, members.items[i], cells, err);
    if (status == TL_OK)
        status = set_totals(out, allocation, leading, cells, err);
    tl_arena_release(&scratch);
    return status;
}

/* The columns of the long form, in order: X(name, key, title, kind). */
#define LONG_COLUMNS(X)                                                                                                \
    X(LONG_PRODUCT, "product", "Product", TL_COLUMN_CODE)                                                              \
    X(LONG_YEAR, "year", "Year", TL_COLUMN_INTEGER)                                                                    \
    X(LONG_LINE, "line", "Line", TL_COLUMN_CODE)                                                                       \
    X(LONG_LINE_NAME, "line_name", "Name of the line", TL_COLUMN_TEXT)                                                 \
    X(LONG_ACCOUNT, "account", "Account", TL_COLUMN_CODE)                                                              \
    X(LONG_MEMBER, "member", "Member", TL_COLUMN_CODE)                                                                 \
    X(LONG_NAME, "name", "Name", TL_COLUMN_TEXT)                                                                       \
    X(LONG_FROM, "period_from", "From", TL_COLUMN_DATE)                                                                \
    X(LONG_TO, "period_to", "To", TL_COLUMN_DATE)                                                                      \
    X(LONG_TIME, "time", "Part of the period", TL_COLUMN_RATIO)                                                        \
    X(LONG_MEASURE, "measure", "Measure", TL_COLUMN_CODE)                                                              \
    X(LONG_FIGURE, "figure", "Figure", TL_COLUMN_RATIO)                                                                \
    X(LONG_FIGURE_DATE, "figure_date", "Holds on", TL_COLUMN_DATE)                                                     \
    X(LONG_FIGURE_SOURCE, "figure_source", "Source", TL_COLUMN_TEXT)                                                   \
    X(LONG_CLASS, "class", "Class", TL_COLUMN_TEXT)                                                                    \
    X(LONG_CLASS_REASON, "class_reason", "Class set by hand because", TL_COLUMN_TEXT)                                  \
    X(LONG_PRICE_BEFORE, "price_before_index", "Price before indexation", TL_COLUMN_MONEY)                             \
    X(LONG_PRICE, "price", "Price", TL_COLUMN_MONEY)                                                                   \
    X(LONG_MARKUP, "markup", "Markup", TL_COLUMN_PERCENT)                                                              \
    X(LONG_WAIVED, "waived", "Waived for", TL_COLUMN_TEXT)                                                             \
    X(LONG_PASSIVE, "passive", "Part as a passive member", TL_COLUMN_RATIO)                                            \
    X(LONG_REBATE, "rebate", "Rebate on the year", TL_COLUMN_MONEY)                                                    \
    X(LONG_BUDGET, "budget", "Budget", TL_COLUMN_MONEY)                                                                \
    X(LONG_TO_KEY, "to_key", "To the key", TL_COLUMN_MONEY)                                                            \
    X(LONG_AGREED, "agreed", "Agreed for the year", TL_COLUMN_MONEY)                                                   \
    X(LONG_AGREED_REASON, "agreed_reason", "Agreed because", TL_COLUMN_TEXT)                                           \
    X(LONG_KEY, "key", "Key", TL_COLUMN_TEXT)                                                                          \
    X(LONG_WEIGHT, "weight", "Weight", TL_COLUMN_FRACTION)                                                             \
    X(LONG_WEIGHT_SUM, "weight_sum", "Sum of weights", TL_COLUMN_FRACTION)                                             \
    X(LONG_SHARE, "share", "Share", TL_COLUMN_FRACTION)                                                                \
    X(LONG_PUBLISHED, "published", "Published share", TL_COLUMN_PERCENT)                                               \
    X(LONG_WORKING, "working", "Working", TL_COLUMN_TEXT)                                                              \
    X(LONG_EXACT, "exact_minor", "Exact", TL_COLUMN_FRACTION)                                                          \
    X(LONG_ROUNDING, "rounding_minor", "Rounding", TL_COLUMN_FRACTION)                                                 \
    X(LONG_CARRIED_IN, "carried_in_minor", "Carried in", TL_COLUMN_FRACTION)                                           \
    X(LONG_CARRIED_OUT, "carried_out_minor", "Carried on", TL_COLUMN_FRACTION)                                         \
    X(LONG_AMOUNT, "amount", "Amount", TL_COLUMN_MONEY)

#define LONG_ENUM(name, key, title, kind) name,
enum { LONG_COLUMNS(LONG_ENUM) LONG_COUNT };
#undef LONG_ENUM

#define LONG_COLUMN(name, key, title, kind) {key, title, kind},
static const struct tl_column long_columns[] = {LONG_COLUMNS(LONG_COLUMN)};
#undef LONG_COLUMN

/* A fraction as a cell; false when memory is gone. */
static bool set_fraction(struct tl_cell *out, const struct tl_frac *fraction, struct tl_arena *arena)
{
    const char *text = tl_frac_text(fraction, arena);
    *out = tl_cell_fraction(text);
    return text != NULL;
}

/* What only a line split by a key has. */
static bool set_budgeted(struct tl_cell *cells, const struct tl_line_result *result, const struct tl_share *share,
                         struct tl_arena *arena)
{
    const struct tl_segment *segment = share->segment;
    cells[LONG_BUDGET] = tl_cell_money(segment->budget);
    cells[LONG_TO_KEY] = tl_cell_money(segment->to_key);
    cells[LONG_KEY] = tl_cell_text(result->key_text);
    cells[LONG_PUBLISHED] = tl_cell_percent(share->published);
    return set_fraction(&cells[LONG_WEIGHT], &share->weight, arena) &&
           set_fraction(&cells[LONG_WEIGHT_SUM], &segment->weight_sum, arena) &&
           set_fraction(&cells[LONG_SHARE], &share->share, arena) &&
           set_fraction(&cells[LONG_CARRIED_IN], &share->carried_in, arena) &&
           set_fraction(&cells[LONG_CARRIED_OUT], &share->carried_out, arena);
}

static void set_priced(struct tl_cell *cells, const struct tl_line_result *result, const struct tl_share *share)
{
    if (share->agreed != NULL)
        return;
    if (result->index_now != NULL)
        cells[LONG_PRICE_BEFORE] = tl_cell_money(share->price_before_index);
    cells[LONG_PRICE] = tl_cell_money(share->price);
    if (result->line->markup.present)
        cells[LONG_MARKUP] = tl_cell_percent(share->markup);
    if (share->pays_as_passive)
        cells[LONG_PASSIVE] = tl_cell_ratio(result->line->passive);
    if (share->rebate.minor != 0)
        cells[LONG_REBATE] = tl_cell_money(share->rebate);
    cells[LONG_WAIVED] = tl_cell_text(share->waived);
}

static bool set_amounts(struct tl_cell *cells, const struct tl_line_result *result, const struct tl_share *share,
                        struct tl_arena *arena)
{
    if (!result->known)
        return true;
    cells[LONG_WORKING] = tl_cell_text(share->working);
    cells[LONG_AMOUNT] = tl_cell_money(share->amount);
    if (share->agreed != NULL) {
        cells[LONG_AGREED] = tl_cell_money(share->agreed->amount);
        cells[LONG_AGREED_REASON] = tl_cell_text(share->agreed->reason);
    }
    if (!result->line->has_budget)
        set_priced(cells, result, share);
    else if (!set_budgeted(cells, result, share, arena))
        return false;
    return set_fraction(&cells[LONG_EXACT], &share->exact, arena) &&
           set_fraction(&cells[LONG_ROUNDING], &share->rounding, arena);
}

static tl_status add_share(struct tl_table *out, const struct tl_allocation *allocation,
                           const struct tl_line_result *result, const struct tl_share *share, struct tl_arena *arena,
                           struct tl_err *err)
{
    struct tl_cell cells[LONG_COUNT] = {
        [LONG_PRODUCT] = tl_cell_code(allocation->terms->product),
        [LONG_YEAR] = tl_cell_integer(allocation->year),
        [LONG_LINE] = tl_cell_code(result->line->id),
        [LONG_LINE_NAME] = tl_cell_text(result->line->name.en),
        [LONG_ACCOUNT] = tl_cell_code(result->line->account),
        [LONG_MEMBER] = tl_cell_code(share->member->code),
        [LONG_NAME] = tl_cell_text(share->member->name),
        [LONG_FROM] = tl_cell_date(share->period.first),
        [LONG_TO] = tl_cell_date(share->period.last),
        [LONG_TIME] = tl_cell_ratio(share->time),
    };
    if (share->figure != NULL) {
        cells[LONG_MEASURE] = tl_cell_code(share->figure->measure);
        cells[LONG_FIGURE] = tl_cell_ratio(share->figure->value);
        cells[LONG_FIGURE_DATE] = tl_cell_date(share->figure->holds_on);
        cells[LONG_FIGURE_SOURCE] = tl_cell_text(share->figure->source);
    }
    if (share->size_class != NULL) {
        cells[LONG_CLASS] = tl_cell_text(share->size_class->name);
        cells[LONG_CLASS_REASON] =
            share->class_is_by_hand ? tl_cell_text(share->member->class_reason) : tl_cell_missing();
    }
    if (!set_amounts(cells, result, share, arena))
        return tl_err_memory(err);
    return tl_table_add(out, cells, err);
}

tl_status tl_allocation_table_long(struct tl_table *out, const struct tl_allocation *allocation, struct tl_err *err)
{
    tl_status status = tl_table_init(out, long_columns, LONG_COUNT, err);
    for (size_t i = 0; i < allocation->line_count && status == TL_OK; i++) {
        const struct tl_line_result *result = &allocation->lines[i];
        for (size_t s = 0; s < result->share_count && status == TL_OK; s++)
            status = add_share(out, allocation, result, &result->shares[s], &out->arena, err);
    }
    return status;
}
