/* SPDX-License-Identifier: MPL-2.0 */
/*
 * The tree of an XML message: what camt.c asks of it. The one place that knows libxml2.
 */
#ifndef TILSLUT_SRC_EXCHANGE_CAMT_XML_H
#define TILSLUT_SRC_EXCHANGE_CAMT_XML_H

#include <stddef.h>

#include "tilslut/base/arena.h"
#include "tilslut/base/status.h"
#include "tilslut/exchange/source.h"

struct camt_tree;
struct camt_node; /* an element; borrowed from its tree */

/* Parses a source; close with camt_tree_close, also NULL. Statuses of tl_camt_read for what is not XML. */
tl_status camt_tree_open(struct camt_tree **out, const struct tl_source *source, size_t length_max,
                         struct tl_arena *arena, struct tl_err *err) TL_MUST_CHECK;
void camt_tree_close(struct camt_tree *tree);

const struct camt_node *camt_tree_root(const struct camt_tree *tree);
/* The name space of an element, "" for none, and its name without prefix. */
const char *camt_node_space(const struct camt_node *node);
const char *camt_node_name(const struct camt_node *node);
size_t camt_node_line(const struct camt_node *node);

/* The first child element of that name, or the next one behind `node` with the name of `node`; NULL when there is none.
 * NULL has no children. */
const struct camt_node *camt_node_child(const struct camt_node *node, const char *name);
const struct camt_node *camt_node_again(const struct camt_node *node);
/* Along a path of names, `Acct/Id/IBAN`, the first of each. */
const struct camt_node *camt_node_at(const struct camt_node *node, const char *path);

/* The text of an element, white space made single spaces and none at its ends; "" for NULL. In the arena; NULL when
 * memory is gone. Characters that tl_source_accepts refuses are left out. */
const char *camt_node_text(const struct camt_node *node, struct tl_arena *arena) TL_MUST_CHECK;
/* An attribute, in the arena: "" when it is not there; NULL when memory is gone. */
const char *camt_node_attribute(const struct camt_node *node, const char *name, struct tl_arena *arena) TL_MUST_CHECK;

#endif
