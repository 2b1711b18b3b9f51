/* SPDX-License-Identifier: MPL-2.0 */
/*
 * What the files that read statements share. Private to the account_ files.
 */
#ifndef TILSLUT_SRC_AGREEMENT_ACCOUNT_PARTS_H
#define TILSLUT_SRC_AGREEMENT_ACCOUNT_PARTS_H

#include "run_line.h"
#include "tilslut/agreement/account_reader.h"
#include "tilslut/agreement/product_year.h"
#include "tilslut/agreement/run.h"
#include "tilslut/agreement/terms_book.h"

/* Adopted terms, read once. */
struct account_terms {
    int64_t id;
    struct tl_adopted adopted;
    struct tl_terms terms;
    const char *decision;
};

/* A run with what its rows say. */
struct account_run {
    int64_t id;
    struct tl_product product;
    struct account_terms *terms;
    const char *decision;      /* of its terms, or of the project whose pledges it calls in */
    struct tl_run_lines lines; /* of all its parties, by party */
    struct tl_statement_pool *pools;
    size_t pool_count;
};

/* A product's year to come. */
struct account_year {
    const char *product;
    int year, figures_of;
    int64_t known;
    bool is_computed;
    struct tl_product_year year_to_come;
};

struct tl_account_reader {
    struct tl_store *store;
    struct tl_arena own, *arena; /* `own`, or that of the one statement it is opened for */
    struct account_terms **terms;
    struct account_run **runs; /* by id */
    struct account_year **years;
    size_t terms_count, terms_capacity, run_count, run_capacity, year_count, year_capacity;
};

/* One entry's effect on an account. */
struct account_movement {
    int64_t entry, run;
    const char *party, *kind, *reference, *text, *invoice;
    const char *order; /* of the invoice, where the lines of the party have several; "" else */
    struct tl_date date, due;
    struct tl_money amount;
};

/* A statement on the way. */
struct account_builder {
    struct tl_statement *statement;
    struct tl_account_reader *reader;
    struct tl_arena *arena;
    size_t row_capacity, pool_capacity;
};

/* The run with its lines and terms, kept by the reader. */
tl_status account_run_find(struct account_run **out, struct tl_account_reader *reader, int64_t id,
                           struct tl_err *err) TL_MUST_CHECK;
/* The lines of a party, invoiced by an order, within those of the run. */
struct tl_run_lines account_run_lines_of(const struct account_run *run, const char *party, const char *order);
/* The pool that a line of the run is a share of, and its place in it; NULL for a line that is no share of a budget. */
const struct tl_statement_pool *account_run_pool(size_t *share, const struct account_run *run,
                                                 const struct tl_run_line *line);
/* Puts the run's pools together; called by account_run_find. */
tl_status account_pools_make(struct account_run *run, struct tl_account_reader *reader,
                             struct tl_err *err) TL_MUST_CHECK;

/* Adds the rows of a movement: one for each line of its run, or one. */
tl_status account_rows_add(struct account_builder *builder, const struct account_movement *movement,
                           const struct tl_party *party, struct tl_err *err) TL_MUST_CHECK;
/* Adds one row as it is. */
tl_status account_row_add(struct account_builder *builder, const struct tl_statement_row *row,
                          struct tl_err *err) TL_MUST_CHECK;
/* A row with every text "" but what the movement says. */
struct tl_statement_row account_row_of(const struct account_movement *movement, const struct tl_party *party);

/* A party as it is on a day, in the arena. */
tl_status account_party_find(const struct tl_party **out, struct tl_store *store, const char *code, struct tl_date on,
                             struct tl_arena *arena, struct tl_err *err) TL_MUST_CHECK;

/* Reads the account of a product. */
tl_status account_product_read(struct account_builder *builder, const char *product, struct tl_err *err) TL_MUST_CHECK;

/* What the year after the statement will cost; as far as it is decided. */
tl_status account_coming_read(struct account_builder *builder, const struct tl_statement_request *request,
                              struct tl_err *err) TL_MUST_CHECK;
void account_years_release(struct tl_account_reader *reader);

#endif
