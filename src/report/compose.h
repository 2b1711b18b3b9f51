/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Characters as they are printed: what can be, and a letter followed by a combining mark becomes the one character
 * Unicode has for both (NFC), for the letters of the languages of Europe in Latin script.
 */
#ifndef TILSLUT_SRC_REPORT_COMPOSE_H
#define TILSLUT_SRC_REPORT_COMPOSE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Reads one character of valid UTF-8 at *at, with the marks that compose with it, and moves *at behind them;
 * 0 at the end. A mark that composes with nothing is returned by itself. */
uint32_t compose_next(const char **at);

/* The length of the text up to the first byte that is not UTF-8 or is a control character other than line feed,
 * carriage return and tab; the text's length when there is none. */
size_t compose_printable(const char *text);

/* True for marks that show nothing or turn the direction of writing around: they have no place in a contract. */
bool compose_is_invisible(uint32_t character);

#endif
