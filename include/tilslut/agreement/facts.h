/* SPDX-License-Identifier: MPL-2.0 */
/*
 * The facts of an agreement, as plain values: parties, products, decisions, and what a document is told.
 * The floors above print them; party.h, product.h and the like read and record them.
 * All strings are UTF-8, borrowed from the arena of whoever made the struct.
 */
#ifndef TILSLUT_AGREEMENT_FACTS_H
#define TILSLUT_AGREEMENT_FACTS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "tilslut/agreement/waiver.h"
#include "tilslut/base/date.h"
#include "tilslut/base/digest.h"
#include "tilslut/key/alloc.h"
#include "tilslut/money/money.h"

/* A public body or association that can own, join or pay. "" where something is not recorded. */
struct tl_party {
    const char *code;          /* 0751 */
    const char *name;          /* Aarhus */
    const char *official_name; /* Aarhus Kommune */
    const char *kind;          /* municipality, region, state, association, other */
    const char *region;
    const char *cvr;     /* 8 digits */
    const char *ean;     /* 13 digits, or "" */
    const char *address; /* "", or lines separated by ", " */
    struct tl_date valid_from;
};

struct tl_product {
    const char *code; /* os2valghalla */
    const char *name; /* OS2valghalla */
    const char *psp;  /* XG-9212045260 */
    int level;        /* 1 to 3, as first recorded, or as on a date (product_level.h) */
};

/* Who decided, when, and where it is minuted. */
struct tl_decision {
    int64_t id;
    const char *body; /* styregruppe, bestyrelse, generalforsamling */
    struct tl_date date;
    const char *reference; /* pkt. 4 */
};

struct tl_governance_row;

/* What an issued document says of itself. */
struct tl_issue {
    const char *number; /* TA-os2valghalla-0751 */
    int version;        /* from 1 */
    struct tl_date date;
    int replaces;                    /* the version it replaces, 0 for none */
    struct tl_digest head;           /* of the ledger's chain at that moment */
    int64_t head_entry;              /* its entry; 0 when the ledger is empty */
    const struct tl_digest *content; /* of what it says, as it is recorded with the document; NULL before it is known */
    const char *translates; /* the document that binds where this is its translation: "TA-os2valghalla-0751, version 2";
                               NULL for the one that binds */
};

/* All that a joining agreement's PDF says. */
struct tl_agreement_facts {
    struct tl_issue issue;
    const struct tl_party *owner; /* OS2 */
    const struct tl_party *party; /* the user organisation, Anvenderen */
    const struct tl_product *product;
    const struct tl_terms *terms;
    int terms_version;
    const struct tl_decision *decision;        /* that adopted the terms */
    const struct tl_allocation *allocation;    /* of the first year, with all members */
    const struct tl_member *member;            /* the one of `party`, within the allocation's members */
    int signed_version;                        /* of the terms that the agreement is signed under; 0: terms_version */
    const struct tl_decision *signed_decision; /* that adopted it */
    struct tl_follows follows;                 /* how that version follows later ones */
    const struct tl_waiver *waivers;           /* with what stands behind them */
    size_t waiver_count;
    const struct tl_member *members; /* who can be named, with or without a share */
    size_t member_count;
    const struct tl_governance_row *governance; /* follow or explain, as known on the day of issue; none: not told */
    size_t governance_count;
    struct tl_date governance_on; /* the day it holds for: of issue, or the first of the membership */
    int governance_level;         /* of the product on that day */
};

typedef enum tl_statement_row_kind { TL_ROW_CHARGE, TL_ROW_CREDIT, TL_ROW_PAYMENT } tl_statement_row_kind;

/* What a charge pays for. */
typedef enum tl_purpose {
    TL_PURPOSE_JOINING,     /* tilslutningsafgift */
    TL_PURPOSE_MAINTENANCE, /* vederlag */
    TL_PURPOSE_DEVELOPMENT, /* fælles udvikling, and contributions that are paid once */
    TL_PURPOSE_HOSTING,     /* drift, and what else a member chooses */
    TL_PURPOSE_OTHER,       /* what comes from no line of any terms */
    TL_PURPOSE_COUNT
} tl_purpose;

/* One member's part of a pool. The fractions are as tl_frac_text writes them, `exact` and the carried ones in minor
 * units. */
struct tl_statement_share {
    const char *party, *name;
    struct tl_ratio figure; /* what the key counts; none where it counts nothing, or several figures */
    const char *size_class, *weight, *exact, *carried_in;
    struct tl_money net;
};

/* What one line of a run shared out in one stretch of time, with everybody who had a part in it: an amount of it can
 * only be rounded anew together with the others. `is_plain`: weights and budget alone decide the shares, and largest
 * remainder gives the amounts; no floor, cap, agreed amount or published percent had a say. */
struct tl_statement_pool {
    int64_t run;
    const char *product_code, *product_name, *line_id, *line_name, *key;
    struct tl_period period;
    struct tl_money budget; /* that the key shares out */
    int64_t unit_minor;     /* amounts are whole units of it, but for one */
    bool is_plain;
    const char *measure;        /* of the figures, or "" */
    const struct tl_line *line; /* with the key; borrowed as the row's */
    const struct tl_terms *terms;
    struct tl_statement_share *shares; /* by code of the party */
    size_t share_count;
};

/* One line of a statement. Amounts are as the member sees them: a charge is positive, a payment or credit negative. */
struct tl_statement_row {
    tl_statement_row_kind kind;
    tl_purpose purpose;
    const char *party_code, *party_name, *party_cvr; /* whose account it is on */
    int64_t entry;                       /* bilagsnummer */
    struct tl_date date, due;            /* `due` none for payments */
    const char *reference;               /* betalings-ID */
    const char *invoice;                 /* "faktura 2026-0001", "kreditnota 2026-0002", or "" */
    const char *text;
    const char *product_code, *product_name;
    const char *line_id, *line_name; /* "" for payments */
    const char *covers;              /* what the line is for, or "" */
    const char *account, *psp;       /* 00002, XG-9212045260-00002; "" for payments */
    struct tl_period period;
    struct tl_money net, vat, gross;
    const char *vat_code, *vat_reason;
    struct tl_ratio vat_rate;
    /* the working, as billed; "" or none where it does not apply. weight, weight_sum, share, exact and rounding are
     * fractions as tl_frac_text writes them, the last two in minor units */
    const char *measure, *measure_source, *size_class, *key, *weight, *weight_sum, *share, *exact, *rounding, *working;
    struct tl_date measure_date;
    struct tl_ratio measure_value; /* denominator 0 when there is none */
    bool is_budgeted;
    struct tl_money budget; /* of the line, when budgeted */
    struct tl_money price;  /* before markup, when priced */
    struct tl_ratio markup;
    struct tl_ratio time;       /* the part of the year that counts; none where nothing was computed */
    const char *carried_in;     /* minor units left by the rounding of earlier periods */
    int64_t unit_minor;         /* that the amount was rounded to; 0 where nothing was computed */
    const struct tl_line *line; /* of the terms it was billed by, and these; NULL where they are not at hand */
    const struct tl_terms *terms;
    const struct tl_statement_pool *pool; /* that a budgeted row is a part of; NULL as above */
    size_t pool_share;                    /* its place in the pool */
    const char *waived;
    const char *decision;                                                  /* "styregruppe 2025-10-12 pkt. 4" */
    const char *ean, *order_reference, *person_reference, *account_string; /* of the member's finance office, or "" */
    const char *unit; /* of the member, whose they are; "" for the member itself */
};

/* What is open of one entry at the end of the period. */
struct tl_statement_item {
    int64_t entry;
    const char *party_code, *party_name, *reference, *text, *product_name;
    struct tl_date date, due;
    struct tl_money amount, open;
    int32_t days; /* past due on the day of the ages; negative before */
    int age;      /* tl_open_age */
};

/* What one product will cost in the year after the period, by what is decided now. */
struct tl_statement_coming {
    const char *party_code, *product_code, *product_name, *line_id, *line_name;
    struct tl_money amount; /* excluding VAT */
    bool is_known;          /* false: the amount cannot be told yet */
    int figures_of;         /* the year whose figures it rests on, where those of its own are not out; else 0 */
};

/* One member's account with a product. */
struct tl_statement_member {
    const char *code, *name;
    struct tl_money opening, purposes[TL_PURPOSE_COUNT], credits, payments, closing;
};

enum { TL_STATEMENT_AGES = 6 }; /* those of tl_open_age, and what is kept on accounts */

/* An account in a period (kontoudtog): that of a member with all products, or that of a product with all members.
 * `charges` sums the gross of charges and credits, `payments` that of payments, so it is not positive; opening +
 * charges + payments = closing. The account of a product has what its charges come to and what is left of them: a
 * payment counts as far as it pays them, whatever else it paid, and is not told apart from others. */
struct tl_statement {
    struct tl_issue issue;
    const struct tl_party *owner;
    const struct tl_party *party;     /* NULL: the account of a product */
    const struct tl_product *product; /* NULL: the account of a member */
    struct tl_period period;
    struct tl_date known_on; /* what was known at the end of that day; none: all */
    const char *currency;    /* DKK */
    struct tl_money opening, charges, payments, closing;
    struct tl_statement_row *rows; /* by date, then entry, then order of posting */
    size_t row_count;
    struct tl_statement_member *members; /* of a product's account, by code */
    size_t member_count;
    /* What is open on the last day; the ages are those of the day `aged_on`. They sum to the closing balance. */
    struct tl_statement_item *items; /* by party, then due date */
    size_t item_count;
    struct tl_date aged_on;
    struct tl_money ages[TL_STATEMENT_AGES];
    /* the year after, as it was decided when the statement was issued */
    int coming_year; /* 0: not asked for */
    struct tl_statement_coming *coming;
    size_t coming_count;
    struct tl_money coming_total;           /* of what is known */
    const struct tl_statement_pool **pools; /* of the rows, in the order they are first needed */
    size_t pool_count;
    const struct tl_payee_facts *payee; /* where to pay; NULL: not recorded */
};

/* Where members pay, as a document says it; "" where something is not recorded. */
struct tl_payee_facts {
    const char *registration, *account, *iban, *creditor;
};

#endif
