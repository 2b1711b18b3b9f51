/* SPDX-License-Identifier: MPL-2.0 */
/*
 * A book in memory for the tests of what is agreed, billed and paid: the 98 municipalities with their population, and
 * one line for each thing that a test wants done and not to fail.
 */
#ifndef TESTS_SUPPORT_BOOKS_H
#define TESTS_SUPPORT_BOOKS_H

#include <stdint.h>

#include "tilslut/agreement/book.h"
#include "tilslut/base/arena.h"
#include "tilslut/base/date.h"

struct books {
    struct tl_store *store;
    struct tl_arena arena; /* for what a test reads */
    struct tl_moment now;  /* a day later with each act */
};

/* An empty book: OS2, the chart of accounts, nothing else. */
void books_begin(struct books *books);
/* With the parties of tests/data/parties.csv and their population on 1 January 2020, 2025 and 2026. */
void books_begin_filled(struct books *books);
/* The same in a file that is there already, empty. */
void books_open(struct books *books, const char *path);
void books_end(struct books *books);

/* A transaction of `actor`, and its end. */
void books_act(struct books *books, const char *actor);
void books_commit(struct books *books);

/* Each in a transaction of its own, by "anna". */
void books_import(struct books *books, const char *parties_path, const char *const *population_paths);
void books_product(struct books *books, const char *code, const char *psp);
int books_adopt(struct books *books, const char *terms_text, const char *decision);
void books_join(struct books *books, const char *product, const char *party, const char *from, const char *option);
int64_t books_bill(struct books *books, const char *product, int year);
size_t books_approve(struct books *books, int64_t run, const char *date); /* by "bo" */
void books_pay(struct books *books, const char *party, int64_t amount_minor, const char *date);

/* A date that is right. */
struct tl_date books_date(const char *iso);
/* Runs SQL that returns no rows, in the open transaction; fails the test unless it succeeds. */
void books_run(struct books *books, const char *sql);
/* The whole number that a query answers. */
int64_t books_ask(struct books *books, const char *sql);

/* What tl_checks_run finds, a line for each: "check: text". In the books' arena. */
const char *books_findings(struct books *books);

#endif
