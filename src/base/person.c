/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/base/person.h"

#include <stdint.h>

#include "tilslut/base/text.h"

/* The next letter in its small form; 0 at the end. */
static uint32_t next_letter(const char **at)
{
    uint32_t letter;
    while ((letter = tl_text_next(at)) == ' ')
        ;
    bool is_capital = (letter >= 'A' && letter <= 'Z') || letter == 0xC6 || letter == 0xD8 || letter == 0xC5;
    return is_capital ? letter + 0x20 : letter;
}

bool tl_person_is_same(const char *a, const char *b)
{
    uint32_t x, y;
    do {
        x = next_letter(&a);
        y = next_letter(&b);
    } while (x == y && x != 0);
    return x == y;
}
