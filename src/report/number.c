/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/report/number.h"

#include <string.h>

/* Copies a number in machine form, with `tail` behind it, putting the Danish marks in. */
static void print_danish(char *into, const char *machine, size_t length, const char *tail)
{
    size_t whole = strcspn(machine, ".");
    whole = whole < length ? whole : length;
    size_t used = 0;
    for (size_t i = 0; i < length; i++) {
        bool is_group_start = i > 0 && i < whole && (whole - i) % 3 == 0 && machine[i - 1] != '-';
        if (is_group_start)
            into[used++] = '.';
        into[used++] = machine[i] == '.' ? ',' : machine[i];
    }
    strcpy(into + used, tail);
}

const char *tl_number_da(struct tl_ratio ratio, char into[TL_NUMBER_TEXT_SIZE])
{
    char machine[TL_RATIO_TEXT_SIZE];
    tl_ratio_text(ratio, machine);
    if (strchr(machine, '/') != NULL)
        strcpy(into, machine);
    else
        print_danish(into, machine, strlen(machine), "");
    return into;
}

const char *tl_number_percent_da(struct tl_ratio ratio, char into[TL_NUMBER_TEXT_SIZE])
{
    char machine[TL_RATIO_TEXT_SIZE];
    tl_ratio_percent(ratio, machine);
    size_t length = strlen(machine);
    if (machine[length - 1] == '%')
        print_danish(into, machine, length - 1, " %");
    else
        strcpy(into, machine);
    return into;
}

bool tl_number_is_decimal(struct tl_ratio ratio)
{
    char machine[TL_RATIO_TEXT_SIZE];
    return strchr(tl_ratio_text(ratio, machine), '/') == NULL;
}
