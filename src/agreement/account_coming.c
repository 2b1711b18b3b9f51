/* SPDX-License-Identifier: MPL-2.0 */
/*
 * The year after a statement: what a member will pay in it by the terms that are adopted now. Where the figures of that
 * year are not out, those of the year before stand in for them, and the statement says so.
 */
#include "account_parts.h"
#include "tilslut/agreement/product.h"
#include "tilslut/base/text.h"

/* Computes the year, or the one before with everything set back by a year. */
static tl_status compute(struct account_year *year, struct tl_store *store, struct tl_err *err)
{
    struct tl_err missing = TL_ERR_NONE;
    tl_status status = tl_product_year_compute(&year->year_to_come, store, year->product, year->year, 0, &missing);
    if (status != TL_ERR_MISSING && status != TL_ERR_INFEASIBLE) {
        year->is_computed = status == TL_OK;
        if (status != TL_OK)
            *err = missing;
        return status;
    }
    tl_product_year_release(&year->year_to_come);
    missing = (struct tl_err)TL_ERR_NONE;
    year->figures_of = year->year - 1;
    status = tl_product_year_load(&year->year_to_come, store, year->product, year->year - 1, 0, &missing);
    if (status == TL_OK)
        status = tl_product_year_look_ahead(&year->year_to_come, store, 1, &missing);
    if (status == TL_OK)
        status = tl_product_year_allocate(&year->year_to_come, &missing);
    year->is_computed = status == TL_OK;
    if (status != TL_OK && status != TL_ERR_MISSING && status != TL_ERR_INFEASIBLE)
        *err = missing;
    else
        status = TL_OK;
    return status;
}

static tl_status find_year(struct account_year **out, struct account_builder *builder, const char *product, int year,
                           struct tl_err *err)
{
    struct tl_account_reader *reader = builder->reader;
    int64_t known = tl_store_known(reader->store);
    for (size_t i = 0; i < reader->year_count; i++) {
        *out = reader->years[i];
        if ((*out)->year == year && (*out)->known == known && tl_text_equal((*out)->product, product))
            return TL_OK;
    }
    reader->years = tl_arena_grow(reader->arena, reader->years, reader->year_count, &reader->year_capacity,
                                  sizeof(struct account_year *));
    struct account_year *made = tl_arena_alloc(reader->arena, 1, sizeof *made);
    const char *code = tl_arena_text(reader->arena, product);
    if (reader->years == NULL || made == NULL || code == NULL) {
        reader->year_count = reader->years == NULL ? 0 : reader->year_count;
        return tl_err_memory(err);
    }
    *made = (struct account_year){.product = code, .year = year, .known = known, .year_to_come = TL_PRODUCT_YEAR_EMPTY};
    reader->years[reader->year_count++] = *out = made;
    return compute(made, reader->store, err);
}

void account_years_release(struct tl_account_reader *reader)
{
    for (size_t i = 0; i < reader->year_count; i++)
        tl_product_year_release(&reader->years[i]->year_to_come);
}

static tl_status add(struct account_builder *builder, size_t *capacity, const struct tl_statement_coming *coming,
                     struct tl_err *err)
{
    struct tl_statement *statement = builder->statement;
    statement->coming =
        tl_arena_grow(builder->arena, statement->coming, statement->coming_count, capacity, sizeof *statement->coming);
    if (statement->coming == NULL)
        return tl_err_memory(err);
    statement->coming[statement->coming_count++] = *coming;
    if (!coming->is_known)
        return TL_OK;
    return tl_money_add(&statement->coming_total, statement->coming_total, coming->amount, err);
}

/* What a line comes to for a party, or for all of them. */
static tl_status add_line(struct account_builder *builder, size_t *capacity, const struct account_year *year,
                          const struct tl_line_result *line, const char *party, struct tl_err *err)
{
    struct tl_statement_coming coming = {.party_code = party == NULL ? "" : party,
                                         .product_code = year->product,
                                         .product_name = year->year_to_come.product.name,
                                         .line_id = line->line->id,
                                         .line_name = line->line->name.da,
                                         .is_known = line->known,
                                         .figures_of = year->figures_of};
    tl_status status = TL_OK;
    bool has_any = false;
    for (size_t i = 0; status == TL_OK && i < line->share_count; i++) {
        if (party != NULL && !tl_text_equal(line->shares[i].member->code, party))
            continue;
        has_any = true;
        status = tl_money_add(&coming.amount, coming.amount, line->shares[i].amount, err);
    }
    if (status != TL_OK || !has_any || (line->known && tl_money_is_zero(coming.amount)))
        return status;
    return add(builder, capacity, &coming, err);
}

static tl_status add_product(struct account_builder *builder, size_t *capacity, const struct account_year *year,
                             const char *party, struct tl_err *err)
{
    const struct tl_product_year *computed = &year->year_to_come;
    tl_status status = TL_OK;
    if (!year->is_computed) {
        bool concerns = party == NULL || tl_roster_find(&computed->roster, party) != NULL;
        struct tl_statement_coming coming = {.party_code = party == NULL ? "" : party,
                                             .product_code = year->product,
                                             .product_name = computed->product.name,
                                             .line_id = "",
                                             .line_name = ""};
        return concerns && computed->product.name != NULL ? add(builder, capacity, &coming, err) : TL_OK;
    }
    for (size_t i = 0; status == TL_OK && i < computed->allocation.line_count; i++)
        status = add_line(builder, capacity, year, &computed->allocation.lines[i], party, err);
    return status;
}

tl_status account_coming_read(struct account_builder *builder, const struct tl_statement_request *request,
                              struct tl_err *err)
{
    struct tl_statement *statement = builder->statement;
    struct tl_product *products = NULL;
    size_t count = 0, capacity = 0;
    int year = tl_date_year(statement->period.last) + 1;
    if (year > TL_YEAR_MAX)
        return TL_OK;
    tl_status status = tl_product_list(&products, &count, builder->reader->store, builder->arena, err);
    statement->coming_year = year;
    for (size_t i = 0; status == TL_OK && i < count; i++) {
        struct account_year *computed = NULL;
        if (request->product != NULL && !tl_text_equal(products[i].code, request->product))
            continue;
        status = find_year(&computed, builder, products[i].code, year, err);
        if (status == TL_OK)
            status = add_product(builder, &capacity, computed, request->party, err);
    }
    return status;
}
