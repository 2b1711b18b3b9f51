/* SPDX-License-Identifier: MPL-2.0 */
/* ISO 8859-1 as UTF-8. Private to this floor. */
#ifndef EXCHANGE_LATIN_H
#define EXCHANGE_LATIN_H

#include "tilslut/base/arena.h"
#include "tilslut/base/status.h"
#include "tilslut/exchange/source.h"

/* Every byte is a character; Windows' own between 0x80 and 0x9F stay control characters. In the arena. */
tl_status latin_to_utf8(struct tl_source *out, const struct tl_source *source, struct tl_arena *arena,
                        struct tl_err *err) TL_MUST_CHECK;

#endif
