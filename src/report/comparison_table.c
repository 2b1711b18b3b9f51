/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/report/comparison_table.h"

#include <stdlib.h>
#include <string.h>

/* What one member pays for one line, or (line "") for all, in one of the allocations. */
struct part {
    const char *code, *name, *line;
    bool is_after;
    struct tl_money amount;
};

struct parts {
    struct part *items;
    size_t count;
};

static size_t count_shares(const struct tl_allocation *allocation)
{
    size_t count = 0;
    for (size_t i = 0; i < allocation->line_count; i++)
        count += allocation->lines[i].known ? allocation->lines[i].share_count : 0;
    return count;
}

static void gather(struct parts *parts, const struct tl_allocation *allocation, bool is_after, bool by_line)
{
    for (size_t i = 0; i < allocation->line_count; i++) {
        const struct tl_line_result *result = &allocation->lines[i];
        for (size_t j = 0; result->known && j < result->share_count; j++) {
            const struct tl_share *share = &result->shares[j];
            parts->items[parts->count++] = (struct part){share->member->code, share->member->name,
                                                         by_line ? result->line->id : "", is_after, share->amount};
        }
    }
}

static int by_member_then_line(const void *a, const void *b)
{
    const struct part *x = a, *y = b;
    int members = strcmp(x->code, y->code);
    return members != 0 ? members : strcmp(x->line, y->line);
}

/* One row of the comparison: all parts of one member and line. */
struct row {
    const struct part *first;
    bool has_before, has_after;
    struct tl_money before, after, difference;
};

static tl_status sum_up(struct row *row, const struct part *parts, size_t count, struct tl_err *err)
{
    tl_status status = TL_OK;
    *row = (struct row){.first = parts};
    for (size_t i = 0; status == TL_OK && i < count; i++) {
        struct tl_money *sum = parts[i].is_after ? &row->after : &row->before;
        *(parts[i].is_after ? &row->has_after : &row->has_before) = true;
        status = tl_money_add(sum, *sum, parts[i].amount, err);
    }
    return status == TL_OK ? tl_money_subtract(&row->difference, row->after, row->before, err) : status;
}

static tl_status add_row(struct tl_table *out, const struct row *row, bool by_line, struct tl_err *err)
{
    struct tl_cell cells[6];
    size_t used = 0;
    cells[used++] = tl_cell_code(row->first->code);
    cells[used++] = tl_cell_text(row->first->name);
    if (by_line)
        cells[used++] = tl_cell_code(row->first->line);
    cells[used++] = row->has_before ? tl_cell_money(row->before) : tl_cell_missing();
    cells[used++] = row->has_after ? tl_cell_money(row->after) : tl_cell_missing();
    cells[used++] = tl_cell_money(row->difference);
    return tl_table_add(out, cells, err);
}

static tl_status fill(struct tl_table *out, const struct parts *parts, bool by_line, struct tl_err *err)
{
    tl_status status = TL_OK;
    struct row row, total = {0};
    for (size_t first = 0, next; status == TL_OK && first < parts->count; first = next) {
        for (next = first; next < parts->count && by_member_then_line(&parts->items[first], &parts->items[next]) == 0;)
            next++;
        status = sum_up(&row, &parts->items[first], next - first, err);
        if (status == TL_OK)
            status = add_row(out, &row, by_line, err);
        if (status == TL_OK)
            status = tl_money_add(&total.before, total.before, row.before, err);
        if (status == TL_OK)
            status = tl_money_add(&total.after, total.after, row.after, err);
    }
    if (status == TL_OK)
        status = tl_money_subtract(&total.difference, total.after, total.before, err);
    struct tl_cell totals[] = {tl_cell_missing(), tl_cell_text("Total"), tl_cell_money(total.before),
                               tl_cell_money(total.after), tl_cell_money(total.difference)};
    return status == TL_OK && !by_line ? tl_table_set_totals(out, totals, err) : status;
}

static tl_status compare(struct tl_table *out, const struct tl_column *columns, size_t column_count,
                         const struct tl_allocation *before, const struct tl_allocation *after, bool by_line,
                         struct tl_err *err)
{
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct parts parts = {.items =
                              tl_arena_alloc(&arena, count_shares(before) + count_shares(after), sizeof *parts.items)};
    tl_status status = tl_table_init(out, columns, column_count, err);
    if (status == TL_OK && parts.items == NULL)
        status = tl_err_memory(err);
    if (status == TL_OK) {
        gather(&parts, before, false, by_line);
        gather(&parts, after, true, by_line);
        qsort(parts.items, parts.count, sizeof *parts.items, by_member_then_line);
        status = fill(out, &parts, by_line, err);
    }
    tl_arena_release(&arena);
    return status;
}

tl_status tl_comparison_table(struct tl_table *out, const struct tl_allocation *before,
                              const struct tl_allocation *after, struct tl_err *err)
{
    static const struct tl_column columns[] = {
        {"member", "Member", TL_COLUMN_CODE},          {"name", "Name", TL_COLUMN_TEXT},
        {"before", "Before", TL_COLUMN_MONEY},         {"after", "After", TL_COLUMN_MONEY},
        {"difference", "Difference", TL_COLUMN_MONEY},
    };
    return compare(out, columns, 5, before, after, false, err);
}

tl_status tl_comparison_table_long(struct tl_table *out, const struct tl_allocation *before,
                                   const struct tl_allocation *after, struct tl_err *err)
{
    static const struct tl_column columns[] = {
        {"member", "Member", TL_COLUMN_CODE}, {"name", "Name", TL_COLUMN_TEXT},
        {"line", "Line", TL_COLUMN_CODE},     {"before", "Before", TL_COLUMN_MONEY},
        {"after", "After", TL_COLUMN_MONEY},  {"difference", "Difference", TL_COLUMN_MONEY},
    };
    return compare(out, columns, 6, before, after, true, err);
}
