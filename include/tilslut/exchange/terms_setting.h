/* SPDX-License-Identifier: MPL-2.0 */
/*
 * What terms say, setting by setting, in the words of the file: `price.Lille` is `22000`, `notice.months` is `6`. Two
 * files that mean the same give the same settings, however they are spelled, ordered or commented.
 *
 * A setting is named as in the file, the keys joined with dots. What the terms leave out and yet means something, such
 * as rounding to øre, is a setting without a place. Keys are written out with the keys they name. The worked examples
 * are compared as they are written, since nothing follows from them.
 */
#ifndef TILSLUT_EXCHANGE_TERMS_SETTING_H
#define TILSLUT_EXCHANGE_TERMS_SETTING_H

#include <stddef.h>

#include "tilslut/base/arena.h"
#include "tilslut/base/status.h"
#include "tilslut/exchange/source.h"
#include "tilslut/key/terms.h"

struct tl_terms_setting {
    const char *line;                  /* the id of the line; "" for what holds for all lines */
    const char *name;                  /* price.Lille */
    const char *value;                 /* 22000 */
    size_t source_line, source_column; /* of the file, from 1; 0 where the file leaves it out */
};

struct tl_terms_settings {
    struct tl_terms_setting *items;
    size_t count;
};

/* All settings of terms that were read from `source`, in the order of the reference: what holds for all lines, the
 * examples, then line by line. In the arena, with everything they point to. TL_ERR_INPUT when the source is not YAML;
 * TL_ERR_MEMORY. */
tl_status tl_terms_setting_list(struct tl_terms_settings *out, const struct tl_terms *terms,
                                const struct tl_source *source, struct tl_arena *arena,
                                struct tl_err *err) TL_MUST_CHECK;

#endif
