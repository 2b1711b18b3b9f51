/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Reading profiles: small YAML mappings of settings, each with its words, told with file, line and column. Private to
 * this floor's profiles.
 */
#ifndef EXCHANGE_PROFILE_READ_H
#define EXCHANGE_PROFILE_READ_H

#include <stddef.h>

#include "tilslut/exchange/source.h"
#include "tilslut/exchange/yaml.h"

struct profile_reader {
    const struct tl_source *source;
    struct tl_arena *arena;
    struct tl_err *err;
    const char *command; /* whose help shows a whole profile: "bank profile" */
};

/* Says where the error that was recorded lies. */
tl_status profile_fail_at(const struct profile_reader *reader, const struct tl_yaml_node *node);

/* That the node is a mapping, and its keys are among `known`, NULL-terminated. */
tl_status profile_check_keys(const struct profile_reader *reader, const struct tl_yaml_node *node,
                             const char *const *known) TL_MUST_CHECK;

/* The text of a setting; `otherwise` (NULL: it is needed) where it is not there. *where is its value, or `node`. */
tl_status profile_setting(const char **out, const struct tl_yaml_node **where, const struct profile_reader *reader,
                          const struct tl_yaml_node *node, const char *name, const char *otherwise) TL_MUST_CHECK;

/* A setting that is one of some words, NULL-terminated; *index tells which. */
tl_status profile_choice(size_t *index, const struct profile_reader *reader, const struct tl_yaml_node *node,
                         const char *name, const char *const *words, const char *otherwise) TL_MUST_CHECK;

/* The name of the profile, which is a code. */
tl_status profile_name(const char **out, const struct profile_reader *reader,
                       const struct tl_yaml_node *node) TL_MUST_CHECK;

#endif
