/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Private to the reader of terms. terms_yaml.c reads the file and what holds for all of it together with
 * terms_rules.c; terms_key.c keys; terms_line.c a line, of which terms_price.c reads the price, terms_adjust.c what
 * changes it, terms_share.c how a budget is shared, terms_vat.c the VAT, and terms_together.c says what goes together;
 * terms_example.c and terms_example_member.c read the worked examples. terms_read.c, terms_scalar.c and terms_bound.c
 * are what all of them need.
 *
 * A mapping is read by a table of entries, so that a new key is a new row.
 */
#ifndef EXCHANGE_TERMS_READ_H
#define EXCHANGE_TERMS_READ_H

#include "tilslut/exchange/terms_yaml.h"
#include "tilslut/exchange/yaml.h"
#include "tilslut/key/alloc.h"

struct tl_terms_reader {
    const char *name; /* of the source, for messages */
    struct tl_terms *terms;
    struct tl_vat *vat; /* of the lines that do not state their own */
    struct tl_err *err;
};

/* One key of a mapping: `read` takes its value into `target`, which is what the mapping describes. */
struct tl_terms_entry {
    const char *key;
    bool is_required;
    tl_status (*read)(void *target, const struct tl_terms_reader *reader, const struct tl_yaml_node *value);
};

/* Reads the keys that a mapping has, in the order of the table, which a NULL key ends. `what` is a phrase for
 * messages, such as "a line". */
tl_status tl_terms_read_mapping(void *target, const struct tl_terms_reader *reader, const struct tl_yaml_node *node,
                                const char *what, const struct tl_terms_entry *entries) TL_MUST_CHECK;

/* Records TL_ERR_INPUT at a node. */
tl_status tl_terms_refuse(const struct tl_terms_reader *reader, const struct tl_yaml_node *node, const char *format,
                          ...) TL_PRINTF(3, 4);
/* Says where an error that was recorded elsewhere lies; returns its status. */
tl_status tl_terms_fail_at(const struct tl_terms_reader *reader, const struct tl_yaml_node *node);
/* The same for the byte `offset` of the node's text. */
tl_status tl_terms_fail_inside(const struct tl_terms_reader *reader, const struct tl_yaml_node *node, size_t offset);
/* Hints at the nearest of `words` (NULL-terminated), or lists them; nothing when there are none. */
void tl_terms_hint_words(const struct tl_terms_reader *reader, const char *word, const char *const *words);
/* The same for a key, where a decimal comma may have ended the value before it: {other: 12,5%}. */
void tl_terms_hint_key(const struct tl_terms_reader *reader, const struct tl_yaml_pair *pair, const char *const *keys);

/* A text that is not empty, borrowed from the tree. */
tl_status tl_terms_read_text(const char **out, const struct tl_terms_reader *reader,
                             const struct tl_yaml_node *node) TL_MUST_CHECK;
/* The same, copied into the arena of the terms. */
tl_status tl_terms_copy_text(const char **out, const struct tl_terms_reader *reader,
                             const struct tl_yaml_node *node) TL_MUST_CHECK;
/* The same, where it is a code (tl_text_is_code); `what` as in "is not `what`". */
tl_status tl_terms_copy_code(const char **out, const struct tl_terms_reader *reader, const struct tl_yaml_node *node,
                             const char *what) TL_MUST_CHECK;
/* A tag such as funded-3.0, which may have dots where a code has none. */
tl_status tl_terms_copy_tag(const char **out, const struct tl_terms_reader *reader, const struct tl_yaml_node *node,
                            const char *what) TL_MUST_CHECK;
/* {da: ..., en: ...}, or one text for both languages. */
tl_status tl_terms_read_both(struct tl_text *out, const struct tl_terms_reader *reader,
                             const struct tl_yaml_node *node) TL_MUST_CHECK;
/* A whole number in [low, high]. */
tl_status tl_terms_read_whole(int *out, const struct tl_terms_reader *reader, const struct tl_yaml_node *node, int low,
                              int high) TL_MUST_CHECK;
/* An amount, zero or more. */
tl_status tl_terms_read_money(struct tl_money *out, const struct tl_terms_reader *reader,
                              const struct tl_yaml_node *node) TL_MUST_CHECK;
/* A number with `%`. */
tl_status tl_terms_read_percent(struct tl_ratio *out, const struct tl_terms_reader *reader,
                                const struct tl_yaml_node *node) TL_MUST_CHECK;
/* A part of a whole: `25%` or `1/3`, not more than all of it. */
tl_status tl_terms_read_share(struct tl_ratio *out, const struct tl_terms_reader *reader,
                              const struct tl_yaml_node *node) TL_MUST_CHECK;
/* A share when it is written as one, else an amount; *share is none then. */
tl_status tl_terms_read_part(struct tl_ratio *share, struct tl_money *amount, const struct tl_terms_reader *reader,
                             const struct tl_yaml_node *node) TL_MUST_CHECK;
/* `yes` or `no`. */
tl_status tl_terms_read_yes(bool *out, const struct tl_terms_reader *reader,
                            const struct tl_yaml_node *node) TL_MUST_CHECK;
tl_status tl_terms_read_date(struct tl_date *out, const struct tl_terms_reader *reader,
                             const struct tl_yaml_node *node) TL_MUST_CHECK;
/* `01-01 of the year before`: a day that every year has. */
struct tl_terms_yearly {
    int years_before, month, day;
};
tl_status tl_terms_read_yearly(struct tl_terms_yearly *out, const struct tl_terms_reader *reader,
                               const struct tl_yaml_node *node) TL_MUST_CHECK;
/* One of `words` (NULL-terminated), as its index. `what` as in tl_terms_copy_code. */
tl_status tl_terms_read_word(size_t *out, const struct tl_terms_reader *reader, const struct tl_yaml_node *node,
                             const char *what, const char *const *words) TL_MUST_CHECK;

/* Bounds in rising order, of size classes or brackets: `below 25000`, `up to 60000`, and `rest` for the last. */
struct tl_terms_bounds {
    const char *what;      /* "size class" */
    const char *several;   /* "classes" */
    const char *rest;      /* "the rest" */
    const char *last_hint; /* for a last bound that leaves somebody out */
    struct tl_ratio before;
    const char *before_name; /* NULL in front of the first */
};
struct tl_terms_bound {
    bool has_bound, inclusive;
    struct tl_ratio value;
};
/* Reads the next bound, of what is called `name`. */
tl_status tl_terms_next_bound(struct tl_terms_bound *out, struct tl_terms_bounds *bounds,
                              const struct tl_terms_reader *reader, const struct tl_yaml_node *node, const char *name,
                              bool is_last) TL_MUST_CHECK;

/* What holds for all lines; each fits struct tl_terms_entry and takes a struct tl_terms. */
tl_status tl_terms_read_reference(void *target, const struct tl_terms_reader *reader, const struct tl_yaml_node *node);
tl_status tl_terms_read_classes(void *target, const struct tl_terms_reader *reader, const struct tl_yaml_node *node);
tl_status tl_terms_read_notice(void *target, const struct tl_terms_reader *reader, const struct tl_yaml_node *node);
tl_status tl_terms_read_follows(void *target, const struct tl_terms_reader *reader, const struct tl_yaml_node *node);
tl_status tl_terms_read_payment(void *target, const struct tl_terms_reader *reader, const struct tl_yaml_node *node);
tl_status tl_terms_read_billing(void *target, const struct tl_terms_reader *reader, const struct tl_yaml_node *node);
tl_status tl_terms_read_prepaid(void *target, const struct tl_terms_reader *reader, const struct tl_yaml_node *node);
tl_status tl_terms_read_invoices(void *target, const struct tl_terms_reader *reader, const struct tl_yaml_node *node);
tl_status tl_terms_read_keys(void *target, const struct tl_terms_reader *reader, const struct tl_yaml_node *node);
tl_status tl_terms_read_lines(void *target, const struct tl_terms_reader *reader, const struct tl_yaml_node *node);
tl_status tl_terms_read_examples(void *target, const struct tl_terms_reader *reader, const struct tl_yaml_node *node);

/* What a line says; each fits struct tl_terms_entry and takes a struct tl_line. */
tl_status tl_terms_read_price(void *target, const struct tl_terms_reader *reader, const struct tl_yaml_node *node);
tl_status tl_terms_read_price_steps(void *target, const struct tl_terms_reader *reader,
                                    const struct tl_yaml_node *node);
tl_status tl_terms_read_markup(void *target, const struct tl_terms_reader *reader, const struct tl_yaml_node *node);
tl_status tl_terms_read_passive(void *target, const struct tl_terms_reader *reader, const struct tl_yaml_node *node);
tl_status tl_terms_read_rebates(void *target, const struct tl_terms_reader *reader, const struct tl_yaml_node *node);
tl_status tl_terms_read_index(void *target, const struct tl_terms_reader *reader, const struct tl_yaml_node *node);
tl_status tl_terms_read_key(void *target, const struct tl_terms_reader *reader, const struct tl_yaml_node *node);
tl_status tl_terms_read_first(void *target, const struct tl_terms_reader *reader, const struct tl_yaml_node *node);
tl_status tl_terms_read_agreed(void *target, const struct tl_terms_reader *reader, const struct tl_yaml_node *node);
tl_status tl_terms_read_floor(void *target, const struct tl_terms_reader *reader, const struct tl_yaml_node *node);
tl_status tl_terms_read_cap(void *target, const struct tl_terms_reader *reader, const struct tl_yaml_node *node);
tl_status tl_terms_read_decimals(void *target, const struct tl_terms_reader *reader, const struct tl_yaml_node *node);
tl_status tl_terms_read_rounding(void *target, const struct tl_terms_reader *reader, const struct tl_yaml_node *node);

tl_status tl_terms_read_vat(struct tl_vat *out, const struct tl_terms_reader *reader,
                            const struct tl_yaml_node *node) TL_MUST_CHECK;

/* Refuses what a line says when it does not go together. */
tl_status tl_terms_check_together(const struct tl_terms_reader *reader, const struct tl_line *line,
                                  const struct tl_yaml_node *node) TL_MUST_CHECK;

/* Parses a key from the byte `offset` of the node's text on, with the keys that have names. */
tl_status tl_terms_parse_key(const struct tl_key **out, const struct tl_terms_reader *reader,
                             const struct tl_yaml_node *node, size_t offset) TL_MUST_CHECK;
/* The same for what a price counts, which is no key that gives shares. */
tl_status tl_terms_parse_quantity(const struct tl_key **out, const struct tl_terms_reader *reader,
                                  const struct tl_yaml_node *node, size_t offset) TL_MUST_CHECK;
/* Visits each measure that lines need, some more than once. Stops at the first status that is not TL_OK. */
tl_status tl_terms_visit_measures(const struct tl_terms *terms, tl_status (*visit)(const char *measure, void *context),
                                  void *context) TL_MUST_CHECK;

/* One member of a worked example: its code and what is said of it. `on` is the date its figures hold on. */
tl_status tl_terms_read_example_member(struct tl_member *out, const struct tl_terms_reader *reader,
                                       const struct tl_yaml_pair *pair, struct tl_date on) TL_MUST_CHECK;

#endif
