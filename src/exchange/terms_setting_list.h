/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Private to the settings of terms: the list on the way, and how amounts, parts and dates are written there.
 * terms_setting.c writes what holds for all lines and compares, terms_setting_line.c writes a line,
 * terms_setting_price.c its price.
 */
#ifndef EXCHANGE_TERMS_SETTING_LIST_H
#define EXCHANGE_TERMS_SETTING_LIST_H

#include <stdbool.h>

#include "tilslut/exchange/terms_setting.h"
#include "tilslut/exchange/yaml.h"

struct tl_terms_setting_list {
    struct tl_arena *arena;
    struct tl_terms_setting *items;
    size_t count, capacity;
    const char *line;                 /* whose settings are written */
    const struct tl_yaml_node *scope; /* the mapping that says them */
    bool failed;                      /* memory is gone */
};

/* The way to a value from its scope: price by signing, until 2026-06-30, Lille. */
enum { TL_TERMS_PATH_MAX = 8 };
struct tl_terms_path {
    const char *keys[TL_TERMS_PATH_MAX];
    size_t count;
};
/* A path with one more key. */
struct tl_terms_path tl_terms_path_add(struct tl_terms_path path, const char *key);
struct tl_terms_path tl_terms_path_of(const char *first, const char *second); /* `second` NULL for none */

/* The node at the end of a path, or NULL where the file does not have it. */
const struct tl_yaml_node *tl_terms_setting_node(const struct tl_terms_setting_list *list, struct tl_terms_path path);

/* Adds a setting, at its node. NULL as the value: memory is gone. */
void tl_terms_setting_put(struct tl_terms_setting_list *list, struct tl_terms_path path, const char *value);
/* The same at another node; NULL for none. */
void tl_terms_setting_put_at(struct tl_terms_setting_list *list, struct tl_terms_path path, const char *value,
                             const struct tl_yaml_node *node);
/* The same for one key. */
void tl_terms_setting_say(struct tl_terms_setting_list *list, const char *key, const char *value);
/* A text in both languages; nothing when it is empty. */
void tl_terms_setting_both(struct tl_terms_setting_list *list, const char *key, struct tl_text text);

/* `22000`, `22000.50`; `25%`, `1/3`; `01-01 of the year before`. In the list's arena; NULL when memory is gone. */
const char *tl_terms_setting_money(struct tl_terms_setting_list *list, struct tl_money amount);
const char *tl_terms_setting_part(struct tl_terms_setting_list *list, struct tl_ratio share, struct tl_money amount);
const char *tl_terms_setting_date(struct tl_terms_setting_list *list, struct tl_date date);
const char *tl_terms_setting_yearly(struct tl_terms_setting_list *list, int years_before, int month, int day);
/* `below 25000`, `up to 25000`, or the words for what is left. */
const char *tl_terms_setting_bound(struct tl_terms_setting_list *list, bool has_bound, bool inclusive,
                                   struct tl_ratio bound, const char *rest);

/* `vat_of_all`: the VAT of the lines that do not state their own; NULL for none. */
void tl_terms_setting_line(struct tl_terms_setting_list *list, const struct tl_terms *terms, const struct tl_line *line,
                           const struct tl_yaml_node *vat_of_all);
void tl_terms_setting_price(struct tl_terms_setting_list *list, const struct tl_terms *terms,
                            const struct tl_line *line);

#endif
