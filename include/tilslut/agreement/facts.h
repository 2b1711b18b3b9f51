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

/* One line of a statement. Amounts are as the member sees them: a charge is positive, a payment or credit negative. */
struct tl_statement_row {
    tl_statement_row_kind kind;
    int64_t entry;            /* bilagsnummer */
    struct tl_date date, due; /* `due` none for payments */
    const char *reference;    /* betalings-ID */
    const char *invoice;      /* "faktura 2026-0001", "kreditnota 2026-0002", or "" */
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
    const char *waived;
    const char *decision;                                                  /* "styregruppe 2025-10-12 pkt. 4" */
    const char *ean, *order_reference, *person_reference, *account_string; /* of the member's finance office, or "" */
    const char *unit; /* of the member, whose they are; "" for the member itself */
};

/* A member's account for a year (kontoudtog). `charges` sums the gross of charges and credits, `payments` that of
 * payments, so it is not positive; opening + charges + payments = closing. */
struct tl_statement {
    struct tl_issue issue;
    const struct tl_party *owner, *party;
    struct tl_period period;
    const char *currency; /* DKK */
    struct tl_money opening, charges, payments, closing;
    struct tl_statement_row *rows; /* by date, then entry, then order of posting */
    size_t row_count;
};

#endif
