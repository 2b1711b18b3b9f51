/* SPDX-License-Identifier: MPL-2.0 */
#include "hyphenation.h"

#include <hyphen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tilslut/base/embedded.h"
#include "tilslut/base/text.h"

struct hyphenation {
    HyphenDict *dictionary;
};

/* Debian's packages hyphen-da (LGPL) and hyphen-en-gb (a BSD licence): read where the program is built, unchanged. */
static const struct {
    const char *language, *file;
} dictionaries[] = {{"da", "/usr/share/hyphen/hyph_da_DK.dic"}, {"en", "/usr/share/hyphen/hyph_en_GB.dic"}};

/* Letters that stay together at either end of a word, and the least length of words and of names. */
enum { EDGE_LEFT = 3, EDGE_RIGHT = 3, SHORTEST_WORD = 7, SHORTEST_NAME = 10 };

tl_status hyphenation_open(struct hyphenation **out, const char *language, struct tl_err *err)
{
    const struct tl_embedded_file *file = NULL;
    *out = NULL;
    for (size_t i = 0; i < sizeof dictionaries / sizeof dictionaries[0]; i++)
        if (language != NULL && strcmp(dictionaries[i].language, language) == 0)
            file = tl_embedded_find(dictionaries[i].file);
    if (file == NULL)
        return TL_OK;
    struct hyphenation *hyphenation = calloc(1, sizeof *hyphenation);
    FILE *stream = hyphenation == NULL ? NULL : fmemopen((void *)(uintptr_t)file->content, file->length, "r");
    if (stream != NULL) {
        hyphenation->dictionary = hnj_hyphen_load_file(stream);
        fclose(stream);
    }
    if (hyphenation == NULL || hyphenation->dictionary == NULL) {
        free(hyphenation);
        return tl_err_memory(err);
    }
    *out = hyphenation;
    return TL_OK;
}

void hyphenation_close(struct hyphenation *hyphenation)
{
    if (hyphenation == NULL)
        return;
    hnj_hyphen_free(hyphenation->dictionary);
    free(hyphenation);
}

static bool is_capital(uint32_t c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 0xC0 && c <= 0xDE && c != 0xD7);
}

/* The word in lower case and in the dictionary's encoding; false when it cannot be, or is not to be divided. */
static bool encode(const HyphenDict *dictionary, const uint32_t *word, size_t length, char *into, size_t *size)
{
    size_t used = 0;
    if (length > HYPHENATION_WORD_MAX || length < (is_capital(word[0]) ? SHORTEST_NAME : SHORTEST_WORD))
        return false;
    for (size_t i = 0; i < length; i++) {
        uint32_t c = word[i];
        if (c > 0xFF || (i > 0 && is_capital(c)))
            return false;
        c += is_capital(c) ? 32 : 0;
        if (c >= 0x80 && dictionary->utf8) {
            into[used++] = (char)(0xC0 | c >> 6);
            into[used++] = (char)(0x80 | (c & 63));
        } else
            into[used++] = (char)c;
    }
    into[used] = '\0';
    *size = used;
    return true;
}

void hyphenation_find(const struct hyphenation *hyphenation, const uint32_t *word, size_t length,
                      bool points[HYPHENATION_WORD_MAX])
{
    char text[2 * HYPHENATION_WORD_MAX + 1], hyphens[2 * HYPHENATION_WORD_MAX + 6];
    char **replaced = NULL;
    int *position = NULL, *cut = NULL;
    size_t size;
    memset(points, 0, HYPHENATION_WORD_MAX * sizeof *points);
    if (hyphenation == NULL || length == 0 || !encode(hyphenation->dictionary, word, length, text, &size))
        return;
    int failed = hnj_hyphen_hyphenate3(hyphenation->dictionary, text, (int)size, hyphens, NULL, &replaced, &position,
                                       &cut, EDGE_LEFT, EDGE_RIGHT, EDGE_LEFT, EDGE_RIGHT);
    /* a division that changes letters (replaced) is left out: neither language has one */
    for (size_t i = EDGE_LEFT - 1; failed == 0 && i + EDGE_RIGHT < length; i++)
        points[i] = (hyphens[i] & 1) != 0 && (replaced == NULL || replaced[i] == NULL);
    for (size_t i = 0; replaced != NULL && i < size; i++)
        free(replaced[i]);
    free(replaced);
    free(position);
    free(cut);
}
