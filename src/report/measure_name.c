/* SPDX-License-Identifier: MPL-2.0 */
#include "measure_name.h"

#include <stddef.h>
#include <string.h>

const char *tl_measure_name_da(const char *measure)
{
    static const char *const names[][2] = {{"population", "Indbyggertal"}, {"users", "Brugere"}, {"area", "Areal"}};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(names[i][0], measure) == 0)
            return names[i][1];
    return measure;
}
