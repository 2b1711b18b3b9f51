/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/base/person.h"

#include <inttypes.h>

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

tl_status tl_person_check_second(const char *noun, int64_t id, const char *author, const char *actor,
                                 const char *command, struct tl_err *err)
{
    if (!tl_person_is_same(author, actor))
        return TL_OK;
    (void)tl_err_set(err, TL_ERR_STATE, "%s %" PRId64 " was drafted by %s, who cannot approve it too", noun, id,
                     author);
    tl_err_hint(err, "another person approves it with: tilslut %s %" PRId64 " --as NAME", command, id);
    return TL_ERR_STATE;
}
