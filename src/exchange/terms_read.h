/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Private to the reader of terms: terms_yaml.c reads the file, terms_rules.c what holds for all of it, terms_line.c a
 * line, terms_price.c what a line costs, terms_read.c the scalars that all of them need.
 *
 * A mapping is read by a table of entries, so that a new key is a new row.
 */
#ifndef EXCHANGE_TERMS_READ_H
#define EXCHANGE_TERMS_READ_H

#include "tilslut/exchange/terms_yaml.h"
#include "tilslut/exchange/yaml.h"

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

/* A text that is not empty, borrowed from the tree. */
tl_status tl_terms_read_text(const char **out, const struct tl_terms_reader *reader,
                             const struct tl_yaml_node *node) TL_MUST_CHECK;
/* The same, copied into the arena of the terms. */
tl_status tl_terms_copy_text(const char **out, const struct tl_terms_reader *reader,
                             const struct tl_yaml_node *node) TL_MUST_CHECK;
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
/* One of `words` (NULL-terminated), as its index. `what` as in tl_terms_read_mapping. */
tl_status tl_terms_read_word(size_t *out, const struct tl_terms_reader *reader, const struct tl_yaml_node *node,
                             const char *what, const char *const *words) TL_MUST_CHECK;
/* Hints at the nearest of `words`, or lists them. */
void tl_terms_hint_words(const struct tl_terms_reader *reader, const char *word, const char *const *words);
/* The same for a key, where a decimal comma may have ended the value before it: {other: 12,5%}. */
void tl_terms_hint_key(const struct tl_terms_reader *reader, const struct tl_yaml_pair *pair, const char *const *keys);

/* What holds for all lines; each fits struct tl_terms_entry and takes a struct tl_terms. */
tl_status tl_terms_read_reference(void *target, const struct tl_terms_reader *reader, const struct tl_yaml_node *node);
tl_status tl_terms_read_classes(void *target, const struct tl_terms_reader *reader, const struct tl_yaml_node *node);
tl_status tl_terms_read_notice(void *target, const struct tl_terms_reader *reader, const struct tl_yaml_node *node);
tl_status tl_terms_read_payment(void *target, const struct tl_terms_reader *reader, const struct tl_yaml_node *node);
tl_status tl_terms_read_lines(void *target, const struct tl_terms_reader *reader, const struct tl_yaml_node *node);

tl_status tl_terms_read_price(struct tl_price *out, const struct tl_terms_reader *reader,
                              const struct tl_yaml_node *node) TL_MUST_CHECK;
tl_status tl_terms_read_markup(struct tl_markup *out, const struct tl_terms_reader *reader,
                               const struct tl_yaml_node *node) TL_MUST_CHECK;
tl_status tl_terms_read_vat(struct tl_vat *out, const struct tl_terms_reader *reader,
                            const struct tl_yaml_node *node) TL_MUST_CHECK;
tl_status tl_terms_read_key(const struct tl_key **out, const struct tl_terms_reader *reader,
                            const struct tl_yaml_node *node) TL_MUST_CHECK;

#endif
