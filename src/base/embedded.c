/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/base/embedded.h"

#include <string.h>

const struct tl_embedded_file *tl_embedded_find(const char *name)
{
    for (const struct tl_embedded_file *file = tl_embedded_files; file->name != NULL; file++)
        if (strcmp(file->name, name) == 0)
            return file;
    return NULL;
}
