/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Quoting input in messages: the two arguments of "%.*s", so that a long text is cut at a character.
 */
#ifndef EXCHANGE_QUOTED_H
#define EXCHANGE_QUOTED_H

#include <string.h>

#include "tilslut/base/text.h"

#define QUOTED(text) (int)tl_text_cut((text), strnlen((text), 60)), (text)

#endif
