/* SPDX-License-Identifier: MPL-2.0 */
/* Values as they are printed, in the language of the template: `1.234,56 kr.` or `DKK 1,234.56`. */
#include <string.h>

#include "agreement_parts.h"
#include "tilslut/base/text.h"
#include "tilslut/report/number.h"

/* Numbers are made in their Danish form; English has the point where Danish has the comma. */
static char *localise(char *text, bool is_english)
{
    for (char *c = text; is_english && *c != '\0'; c++)
        if (*c == '.' || *c == ',')
            *c = *c == '.' ? ',' : '.';
    return text;
}

void agreement_put_amount(const struct agreement_source *source, struct tl_fields *row, const char *name,
                          struct tl_money amount)
{
    char text[TL_MONEY_TEXT_SIZE];
    tl_money_da(amount, text);
    tl_fields_text(row, name, localise(text, source->is_english));
}

/* The unit holds on to its number. */
static void put_in_kroner(const struct agreement_source *source, struct tl_fields *row, const char *name, char *number)
{
    localise(number, source->is_english);
    if (source->is_english)
        tl_fields_format(row, name, "DKK\xC2\xA0%s", number);
    else
        tl_fields_format(row, name, "%s\xC2\xA0kr.", number);
}

void agreement_put_money(const struct agreement_source *source, struct tl_fields *row, const char *name,
                         struct tl_money amount)
{
    char text[TL_MONEY_TEXT_SIZE];
    tl_money_da(amount, text);
    put_in_kroner(source, row, name, text);
}

void agreement_put_kroner(const struct agreement_source *source, struct tl_fields *row, const char *name,
                          struct tl_ratio kroner)
{
    char text[TL_NUMBER_TEXT_SIZE];
    if (tl_ratio_is_none(kroner)) {
        tl_fields_text(row, name, "");
        return;
    }
    tl_number_da(kroner, text);
    put_in_kroner(source, row, name, text);
}

void agreement_put_number(const struct agreement_source *source, struct tl_fields *row, const char *name,
                          struct tl_ratio number)
{
    char text[TL_NUMBER_TEXT_SIZE] = "";
    if (!tl_ratio_is_none(number))
        tl_number_da(number, text);
    tl_fields_text(row, name, localise(text, source->is_english));
}

void agreement_put_percent(const struct agreement_source *source, struct tl_fields *row, const char *name,
                           struct tl_ratio ratio)
{
    char text[TL_NUMBER_TEXT_SIZE] = "";
    if (!tl_ratio_is_none(ratio))
        tl_number_percent_da(ratio, text);
    localise(text, source->is_english);
    char *sign = strchr(text, ' '); /* holds on to its number */
    if (sign == NULL) {
        tl_fields_text(row, name, text);
        return;
    }
    *sign = '\0';
    tl_fields_format(row, name, "%s%s%s", text, source->is_english ? "" : "\xC2\xA0", sign + 1);
}

void agreement_put_decimals(const struct agreement_source *source, struct tl_fields *row, const char *name,
                            const struct tl_frac *value, int decimals)
{
    const char *danish = tl_frac_da(value, decimals, source->arena);
    char *text = danish == NULL ? NULL : tl_arena_text(source->arena, danish);
    tl_fields_text(row, name, text == NULL ? NULL : localise(text, source->is_english));
}

/* The day holds on to its month. */
void agreement_put_date(struct tl_fields *row, const char *name, struct tl_date date, bool is_english)
{
    char text[TL_DATE_TEXT_SIZE];
    if (tl_date_is_none(date)) {
        tl_fields_text(row, name, "");
        return;
    }
    if (is_english)
        tl_date_en_long(date, text);
    else
        tl_date_da_long(date, text);
    char *space = strchr(text, ' ');
    if (space == NULL) {
        tl_fields_text(row, name, text);
        return;
    }
    *space = '\0';
    tl_fields_format(row, name, "%s\xC2\xA0%s", text, space + 1);
}

const char *agreement_text(const struct tl_text *text, bool is_english)
{
    const char *chosen = is_english ? text->en : text->da;
    return chosen == NULL ? "" : chosen;
}

const char *agreement_measure(const char *measure, bool is_english)
{
    static const struct {
        const char *measure, *da, *en;
    } names[] = {{"population", "indbyggertal", "inhabitants"},
                 {"users", "antal brugere", "users"},
                 {"pupils", "antal elever", "pupils"},
                 {"employees", "antal ansatte", "employees"},
                 {"area", "areal", "area"},
                 {"tax", "skatteindtægt", "tax revenue"},
                 {"usage", "forbrug", "usage"},
                 {"schools", "antal skoler", "schools"}};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (tl_text_equal(names[i].measure, measure))
            return is_english ? names[i].en : names[i].da;
    return measure;
}

void agreement_put_covers(struct tl_fields *row, const struct agreement_source *source, const struct tl_line *line)
{
    const char *text = agreement_text(&line->covers, source->is_english);
    size_t length = strlen(text);
    while (length > 0 && (text[length - 1] == '.' || text[length - 1] == ' '))
        length--;
    tl_fields_text(row, "covers", tl_arena_copy(source->arena, text, length));
}
