/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Characters as they are printed: a letter followed by a combining mark becomes the one character Unicode has for
 * both (NFC), for the letters of the languages of Europe in Latin script.
 */
#ifndef TILSLUT_SRC_REPORT_COMPOSE_H
#define TILSLUT_SRC_REPORT_COMPOSE_H

#include <stdint.h>

/* Reads one character of valid UTF-8 at *at, with the marks that compose with it, and moves *at behind them;
 * 0 at the end. A mark that composes with nothing is returned by itself. */
uint32_t compose_next(const char **at);

#endif
