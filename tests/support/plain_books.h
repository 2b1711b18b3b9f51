/* SPDX-License-Identifier: MPL-2.0 */
/*
 * What some years of shared money should come to, told once more in plain whole numbers, to compare the ledger with.
 * No code of the library takes part. Everything lies in whole months, every share is a whole number of øre, and every
 * net amount a multiple of four, so that nothing is ever rounded; how is rounded is tested elsewhere.
 */
#ifndef TESTS_SUPPORT_PLAIN_BOOKS_H
#define TESTS_SUPPORT_PLAIN_BOOKS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    PLAIN_PRODUCTS = 3,
    PLAIN_PARTIES = 6,
    PLAIN_YEARS = 2,
    PLAIN_FIRST_YEAR = 2026,
    PLAIN_MONTHS = 12 * PLAIN_YEARS,
    PLAIN_NEVER = 1000, /* a month that does not come */
    PLAIN_RUNS = 128,
    PLAIN_INVOICES = 512,
    PLAIN_REFUNDS = 64,
    PLAIN_COSTS = 64,
    PLAIN_CARRIES = 32,
    PLAIN_POSTINGS = 4096
};

/* The lines of every product's terms: once, yearly by the month, a pot shared equally, and an option. */
enum { PLAIN_JOINING, PLAIN_FEE, PLAIN_POT, PLAIN_HOSTING, PLAIN_LINES };
/* What they cost: once; each month; each month of everybody together; each month. */
enum { PLAIN_JOINING_MINOR = 100000, PLAIN_FEE_MINOR = 10004, PLAIN_POT_MINOR = 240000, PLAIN_HOSTING_MINOR = 2008 };

enum {
    PLAIN_INCOME_1,
    PLAIN_INCOME_2,
    PLAIN_INCOME_3,
    PLAIN_EXPENSE, /* the last of those that a result is made of */
    PLAIN_FEES,    /* of the bank, of no product */
    PLAIN_RECEIVABLE,
    PLAIN_ACCRUAL,
    PLAIN_SETTLEMENT,
    PLAIN_VAT,
    PLAIN_CREDITORS,
    PLAIN_RESERVE,
    PLAIN_CARRIED,
    PLAIN_ACCOUNTS
};

typedef enum { PLAIN_PERIOD, PLAIN_ONE_OFF, PLAIN_CREDIT } plain_kind;
typedef enum { PLAIN_DRAFT, PLAIN_APPROVED, PLAIN_DISCARDED } plain_state;

/* A membership: from its first month to its last, and the option likewise. Months count from the first year's. */
struct plain_member {
    int first, last, option_first, option_last; /* first: PLAIN_NEVER while there is none */
};

struct plain_run {
    plain_kind kind;
    plain_state state;
    int product, year, through; /* through: months of the year, 1 to 12 */
    int only;                   /* this party, -1 for all */
    int invoice, line;          /* of a credit note; line -1 for all */
    int author, seen;           /* seen: how much had happened to the product */
    int64_t net[PLAIN_PARTIES][PLAIN_LINES];
    bool rows[PLAIN_PARTIES][PLAIN_LINES]; /* that it has, also those that come to nothing */
};

struct plain_invoice {
    int product, year, party, series, seq;
    bool is_credit;
    int64_t gross, charged[PLAIN_LINES], credited[PLAIN_LINES];
};

struct plain_refund {
    plain_state state;
    int party, author, date;
    int64_t amount;
};

/* A supplier's invoice for one month. */
struct plain_cost {
    plain_state state;
    int product, author, month;
    int paid; /* the day, or 0 */
    int64_t amount;
};

/* What becomes of the result of a product's year: the reserve, or the pot of the next year. */
struct plain_carry {
    plain_state state;
    int product, author, year;
    bool is_reserve;
    int64_t amount;
};

/* Dates are days of a calendar of the caller. */
struct plain_posting {
    int date, party, product, account; /* party and product -1 for none */
    int64_t act, amount;
};

struct plain_books {
    bool credits_prepaid[PLAIN_PRODUCTS];
    int happened[PLAIN_PRODUCTS];
    struct plain_member members[PLAIN_PRODUCTS][PLAIN_PARTIES];
    int64_t billed[PLAIN_PRODUCTS][PLAIN_YEARS][PLAIN_PARTIES][PLAIN_LINES];
    bool rows[PLAIN_PRODUCTS][PLAIN_YEARS][PLAIN_PARTIES][PLAIN_LINES];
    int through[PLAIN_PRODUCTS][PLAIN_YEARS];
    struct plain_run runs[PLAIN_RUNS];
    struct plain_invoice invoices[PLAIN_INVOICES];
    struct plain_refund refunds[PLAIN_REFUNDS];
    struct plain_cost costs[PLAIN_COSTS];
    struct plain_carry carries[PLAIN_CARRIES];
    struct plain_posting postings[PLAIN_POSTINGS];
    size_t run_count, invoice_count, refund_count, cost_count, carry_count, posting_count;
};

/* Nobody has done anything. */
void plain_books_begin(struct plain_books *books);

/* Is a member in that month, and has the option. */
bool plain_books_is_member(const struct plain_books *books, int product, int party, int month);
bool plain_books_is_in_year(const struct plain_books *books, int product, int party, int year);

/* Fills in what a run of these would bill or credit; true when that is anything but nothing. */
bool plain_books_plan(const struct plain_books *books, struct plain_run *run);
/* Whether a draft waits that keeps another of its kind away. */
bool plain_books_waits(const struct plain_books *books, const struct plain_run *run);
/* Whether the run, drafted earlier, would bill the same now. */
bool plain_books_is_unchanged(const struct plain_books *books, const struct plain_run *run);

/* Posts a drafted run by an act; `series` is the year of the date. */
void plain_books_post(struct plain_books *books, struct plain_run *run, int date, int series, int64_t act);
/* Money that comes in, or goes back where it is below zero. */
void plain_books_pay(struct plain_books *books, int party, int64_t amount, int date, int64_t act);

/* Books a cost on a day; what it pays for falls on `falls_on`, another day where that is of another year. */
void plain_books_book_cost(struct plain_books *books, const struct plain_cost *cost, int date, int falls_on,
                           int64_t act);
void plain_books_pay_cost(struct plain_books *books, struct plain_cost *cost, int date, int64_t act);
/* What the bank takes. */
void plain_books_fee(struct plain_books *books, int64_t amount, int date, int64_t act);
/* Incomes less costs of a product between two days, these included. */
int64_t plain_books_result(const struct plain_books *books, int product, int first, int last);
/* Takes the accounts of the result to zero on the last day. */
void plain_books_carry(struct plain_books *books, struct plain_carry *carry, int first, int last, int64_t act);

/* Balances up to a date, of what acts up to `known` recorded; -1 stands for any party, product or account. */
int64_t plain_books_balance(const struct plain_books *books, int party, int product, int account, int date,
                            int64_t known);
/* What was debited an account. */
int64_t plain_books_debit(const struct plain_books *books, int account, int date, int64_t known);

#endif
