/* SPDX-License-Identifier: MPL-2.0 */
/* The fields of the annexes: budget and allocation, members and figures. */
#include <stdlib.h>
#include <string.h>

#include "agreement_parts.h"
#include "tilslut/base/text.h"

enum { MATRIX_COLUMNS = 5 };

/* Everyone with a share, once, in the order of the Danish alphabet. */
struct roster {
    const struct tl_member **members;
    size_t count;
};

static int by_name(const void *a, const void *b)
{
    const struct tl_member *left = *(const struct tl_member *const *)a;
    const struct tl_member *right = *(const struct tl_member *const *)b;
    int order = tl_text_compare_da(left->name, right->name);
    return order != 0 ? order : strcmp(left->code, right->code);
}

static int by_code(const void *a, const void *b)
{
    const struct tl_member *left = *(const struct tl_member *const *)a;
    const struct tl_member *right = *(const struct tl_member *const *)b;
    return strcmp(left->code, right->code);
}

static tl_status find_members(struct roster *roster, const struct agreement_source *source)
{
    const struct tl_allocation *allocation = source->facts->allocation;
    size_t shares = 0, used = 0;
    for (size_t i = 0; i < allocation->line_count; i++)
        shares += allocation->lines[i].share_count;
    roster->members = tl_arena_alloc(source->arena, shares, sizeof(const struct tl_member *));
    if (roster->members == NULL)
        return tl_err_memory(source->err);
    for (size_t i = 0; i < allocation->line_count; i++)
        for (size_t j = 0; j < allocation->lines[i].share_count; j++)
            roster->members[used++] = allocation->lines[i].shares[j].member;
    qsort(roster->members, used, sizeof *roster->members, by_code);
    for (size_t i = 0; i < used; i++)
        if (roster->count == 0 || by_code(&roster->members[roster->count - 1], &roster->members[i]) != 0)
            roster->members[roster->count++] = roster->members[i];
    qsort(roster->members, roster->count, sizeof *roster->members, by_name);
    return TL_OK;
}

/* Prices and budgets, each with how many share it and what it comes to. */
static tl_status put_summary(struct tl_fields *root, const struct agreement_source *source)
{
    const struct tl_allocation *allocation = source->facts->allocation;
    tl_status status = TL_OK;
    tl_fields_rows(root, "budget_lines");
    for (size_t i = 0; i < allocation->line_count && status == TL_OK; i++) {
        const struct tl_line_result *result = &allocation->lines[i];
        struct tl_fields *row = tl_fields_row(root, "budget_lines");
        status = agreement_line_fill(row, source, result);
        const char *last = "";
        size_t members = 0;
        for (size_t j = 0; j < result->share_count; j++) {
            members += strcmp(last, result->shares[j].member->code) == 0 ? 0 : 1;
            last = result->shares[j].member->code;
        }
        tl_fields_format(row, "members", "%zu", members);
        tl_fields_text(row, "total", "");
        if (result->known)
            agreement_put_money(source, row, "total", result->total);
    }
    agreement_put_money(source, root, "budget_total", allocation->total);
    return status;
}

struct key_words {
    struct tl_fields *root;
    const struct agreement_source *source;
};

/* Adds a word of the key language once. */
static tl_status put_key_word(const char *word, void *context)
{
    struct key_words *words = context;
    const struct tl_field *field = tl_fields_find(words->root, "key_words", strlen("key_words"));
    for (size_t i = 0; field != NULL && i < field->row_count; i++) {
        const struct tl_field *known = tl_fields_find(field->rows[i], "word", strlen("word"));
        if (known != NULL && tl_text_equal(known->text, word))
            return TL_OK;
    }
    bool is_english = words->source->is_english, is_equal = tl_text_equal(word, "equal");
    struct tl_fields *row = tl_fields_row(words->root, "key_words");
    tl_fields_text(row, "word", word);
    tl_fields_text(row, "meaning",
                   is_equal ? (is_english ? "equal shares" : "lige store dele") : agreement_measure(word, is_english));
    return TL_OK;
}

tl_status agreement_key_words_fill(struct tl_fields *root, const struct agreement_source *source)
{
    const struct tl_allocation *allocation = source->facts->allocation;
    struct key_words words = {root, source};
    bool any = false, carries = false;
    tl_status status = TL_OK;
    tl_fields_rows(root, "key_words");
    for (size_t i = 0; i < allocation->line_count && status == TL_OK; i++) {
        const struct tl_line_result *result = &allocation->lines[i];
        if (result->line->key == NULL)
            continue;
        any = true;
        carries = carries || !result->line->rounds_each_period;
        if (result->key_text != NULL && strstr(result->key_text, "equal") != NULL)
            status = put_key_word("equal", &words);
        if (status == TL_OK)
            status = tl_key_measures(result->line->key, put_key_word, &words);
    }
    tl_fields_flag(root, "has_budgets", any);
    tl_fields_flag(root, "rounding_is_remembered", carries);
    return status;
}

/* The lines with known prices, which are the columns of the allocation. */
struct columns {
    const struct tl_line_result **results;
    size_t count;
};

static tl_status find_columns(struct columns *columns, const struct agreement_source *source)
{
    const struct tl_allocation *allocation = source->facts->allocation;
    columns->results = tl_arena_alloc(source->arena, allocation->line_count, sizeof(const struct tl_line_result *));
    if (columns->results == NULL)
        return tl_err_memory(source->err);
    for (size_t i = 0; i < allocation->line_count; i++)
        if (allocation->lines[i].known)
            columns->results[columns->count++] = &allocation->lines[i];
    return TL_OK;
}

/* One member's cell in a line's column: the amount without unit, or "" when it has no share there. */
static tl_status put_cell(struct tl_fields *row, const struct agreement_source *source,
                          const struct tl_line_result *result, const char *code)
{
    struct tl_fields *cell = tl_fields_row(row, "cells");
    struct tl_money amount = {0};
    size_t count;
    const struct tl_share *shares = tl_line_result_shares(result, code, &count);
    tl_status status = TL_OK;
    for (size_t i = 0; i < count && status == TL_OK; i++)
        status = tl_money_add(&amount, amount, shares[i].amount, source->err);
    tl_fields_text(cell, "amount", "");
    if (count > 0)
        agreement_put_amount(source, cell, "amount", amount);
    return status;
}

static tl_status put_matrix_rows(struct tl_fields *matrix, const struct agreement_source *source,
                                 const struct roster *roster, const struct columns *columns, bool has_total)
{
    const struct tl_allocation *allocation = source->facts->allocation;
    tl_status status = TL_OK;
    for (size_t m = 0; m < roster->count && status == TL_OK; m++) {
        const struct tl_member *member = roster->members[m];
        struct tl_fields *row = tl_fields_row(matrix, "rows");
        struct tl_money total;
        tl_fields_text(row, "member", member->name);
        tl_fields_text(row, "code", member->code);
        tl_fields_flag(row, "is_own", tl_text_equal(member->code, source->facts->member->code));
        for (size_t i = 0; i < columns->count && status == TL_OK; i++)
            status = put_cell(row, source, columns->results[i], member->code);
        if (status == TL_OK)
            status = tl_allocation_member_total(&total, allocation, member->code, source->err);
        tl_fields_text(row, "total", has_total ? "\xE2\x80\x93" : ""); /* a dash, where not all is known */
        if (status == TL_OK && has_total && tl_allocation_left_out(allocation, member->code) == NULL)
            agreement_put_amount(source, row, "total", total);
    }
    return status;
}

/* The allocation as tables of a few columns each, the last with the members' totals. */
static tl_status put_matrices(struct tl_fields *root, const struct agreement_source *source,
                              const struct roster *roster)
{
    struct columns all = {NULL, 0};
    tl_status status = find_columns(&all, source);
    tl_fields_rows(root, "allocation");
    /* as few tables as the page allows, and those about equally wide */
    size_t tables = (all.count + MATRIX_COLUMNS - 1) / MATRIX_COLUMNS;
    size_t width = tables == 0 ? 0 : (all.count + tables - 1) / tables;
    for (size_t first = 0; first < all.count && status == TL_OK; first += width) {
        size_t left = all.count - first;
        struct columns part = {all.results + first, left < width ? left : width};
        bool has_total = part.count == left;
        struct tl_fields *matrix = tl_fields_row(root, "allocation");
        for (size_t i = 0; i < part.count; i++) {
            struct tl_fields *column = tl_fields_row(matrix, "columns");
            tl_fields_text(column, "line", agreement_text(&part.results[i]->line->name, source->is_english));
            agreement_put_amount(source, column, "total", part.results[i]->total);
        }
        tl_fields_text(matrix, "total", "");
        if (has_total)
            agreement_put_amount(source, matrix, "total", source->facts->allocation->total);
        status = put_matrix_rows(matrix, source, roster, &part, has_total);
    }
    return status;
}

/* Who lacks an amount in the allocation: `A, B og C`, or "". */
static void put_left_out(struct tl_fields *root, const struct agreement_source *source)
{
    const struct tl_allocation *allocation = source->facts->allocation;
    struct tl_buf text = TL_BUF_EMPTY;
    const char *waiting = NULL;
    for (size_t i = 0; i < allocation->left_out_count; i++) {
        const struct tl_left_out *left_out = &allocation->left_out[i];
        if (tl_allocation_left_out(allocation, left_out->member->code) != left_out)
            continue;
        if (waiting != NULL)
            tl_buf_format(&text, "%s%s", text.length == 0 ? "" : ", ", waiting);
        waiting = left_out->member->name;
    }
    if (waiting != NULL)
        tl_buf_format(&text, "%s%s", text.length == 0 ? "" : source->is_english ? " and " : " og ", waiting);
    tl_fields_text(root, "left_out", text.failed ? NULL : tl_buf_string(&text));
    tl_buf_release(&text);
}

/* The names of the lines that the member chose, as `Drift, Support`. */
static void put_chosen(struct tl_fields *row, const struct agreement_source *source, const struct tl_member *member)
{
    const struct tl_terms *terms = source->facts->terms;
    struct tl_buf text = TL_BUF_EMPTY;
    for (size_t i = 0; i < terms->line_count; i++)
        for (size_t j = 0; terms->lines[i].option != NULL && j < member->option_count; j++)
            if (tl_text_equal(terms->lines[i].option, member->options[j].option)) {
                tl_buf_text(&text, text.length == 0 ? "" : ", ");
                tl_buf_text(&text, agreement_text(&terms->lines[i].name, source->is_english));
                break;
            }
    tl_fields_text(row, "options", text.failed ? NULL : tl_buf_string(&text));
    tl_buf_release(&text);
}

static void put_members(struct tl_fields *root, const struct agreement_source *source, const struct roster *roster)
{
    tl_fields_rows(root, "members");
    tl_fields_format(root, "member_count", "%zu", roster->count);
    for (size_t i = 0; i < roster->count; i++) {
        const struct tl_member *member = roster->members[i];
        struct tl_fields *row = tl_fields_row(root, "members");
        tl_fields_text(row, "member", member->name);
        tl_fields_text(row, "code", member->code);
        tl_fields_flag(row, "in_association", member->association == TL_ASSOCIATION_MEMBER);
        agreement_put_date(row, "first", member->first, source->is_english);
        agreement_put_date(row, "last", member->last, source->is_english);
        put_chosen(row, source, member);
    }
}

/* Figures of one member that were put already. */
struct seen {
    const struct tl_figure **figures;
    size_t count, capacity;
};

/* Adds the figure unless it is there; *is_new tells. */
static tl_status see(struct seen *seen, const struct tl_figure *figure, bool *is_new,
                     const struct agreement_source *source)
{
    *is_new = false;
    for (size_t i = 0; i < seen->count; i++)
        if (seen->figures[i] == figure)
            return TL_OK;
    void *figures = tl_arena_grow(source->arena, seen->figures, seen->count, &seen->capacity, sizeof *seen->figures);
    if (figures == NULL)
        return tl_err_memory(source->err);
    seen->figures = figures;
    seen->figures[seen->count++] = figure;
    *is_new = true;
    return TL_OK;
}

static tl_status put_member_figures(struct tl_fields *root, const struct agreement_source *source,
                                    const struct tl_member *member, struct seen *seen)
{
    const struct tl_allocation *allocation = source->facts->allocation;
    tl_status status = TL_OK;
    for (size_t i = 0; i < allocation->line_count; i++) {
        size_t count;
        const struct tl_share *shares = tl_line_result_shares(&allocation->lines[i], member->code, &count);
        for (size_t j = 0; j < count && status == TL_OK; j++) {
            bool is_new = false;
            if (shares[j].figure != NULL)
                status = see(seen, shares[j].figure, &is_new, source);
            if (!is_new)
                continue;
            struct tl_fields *row = tl_fields_row(root, "figures");
            tl_fields_text(row, "member", member->name);
            tl_fields_text(row, "code", member->code);
            agreement_put_figure(row, source, shares[j].figure);
        }
    }
    return status;
}

/* Every figure the allocation used, by member. */
static tl_status put_figures(struct tl_fields *root, const struct agreement_source *source, const struct roster *roster)
{
    struct seen seen = {NULL, 0, 0};
    tl_status status = TL_OK;
    tl_fields_rows(root, "figures");
    for (size_t m = 0; m < roster->count && status == TL_OK; m++) {
        seen.count = 0;
        status = put_member_figures(root, source, roster->members[m], &seen);
    }
    return status;
}

tl_status agreement_annexes_fill(struct tl_fields *root, const struct agreement_source *source)
{
    struct roster roster = {NULL, 0};
    tl_status status = find_members(&roster, source);
    if (status == TL_OK)
        status = put_summary(root, source);
    if (status == TL_OK)
        status = agreement_key_words_fill(root, source);
    if (status == TL_OK)
        status = put_matrices(root, source, &roster);
    if (status == TL_OK)
        status = agreement_calculations_fill(root, source);
    if (status != TL_OK)
        return status;
    put_left_out(root, source);
    put_members(root, source, &roster);
    agreement_governance_fill(root, source);
    return put_figures(root, source, &roster);
}

tl_status agreement_own_annexes_fill(struct tl_fields *root, const struct agreement_source *source)
{
    static const char *const of_others[] = {"budget_lines", "allocation", "members", "figures", "governance"};
    for (size_t i = 0; i < sizeof of_others / sizeof of_others[0]; i++)
        tl_fields_rows(root, of_others[i]);
    tl_fields_text(root, "left_out", "");
    tl_fields_text(root, "budget_total", "-");
    tl_fields_text(root, "member_count", "-");
    tl_status status = agreement_key_words_fill(root, source);
    return status == TL_OK ? agreement_calculations_fill(root, source) : status;
}
