/* SPDX-License-Identifier: MPL-2.0 */
/* Which area a code or a name in a file of figures stands for. */
#include <string.h>

#include "figures.h"
#include "quoted.h"
#include "tilslut/base/text.h"

/* Regions as StatBank numbers them; their codes in the register of authorities have a 1 before. */
struct region {
    const char *statbank_code, *authority_code, *name;
};

static const struct region regions[] = {
    {"081", "1081", "Region Nordjylland"}, {"082", "1082", "Region Midtjylland"}, {"083", "1083", "Region Syddanmark"},
    {"084", "1084", "Region Hovedstaden"}, {"085", "1085", "Region Sjælland"},
};

static const char region_prefix[] = "Region ";

enum { REGION_COUNT = sizeof regions / sizeof regions[0], REGION_PREFIX_LENGTH = sizeof region_prefix - 1 };

/* One byte in lower case, as tl_text_lower has it: Danish letters differ in the second of their two bytes. */
static unsigned char lower(const char *text, size_t at)
{
    unsigned char byte = (unsigned char)text[at];
    if (byte >= 'A' && byte <= 'Z')
        return (unsigned char)(byte + ('a' - 'A'));
    if (at > 0 && (unsigned char)text[at - 1] == 0xC3U && byte >= 0x80U && byte <= 0x9EU && byte != 0x97U)
        return (unsigned char)(byte + 0x20U);
    return byte;
}

bool tl_figures_same_name(const char *a, const char *b)
{
    size_t i = 0;
    while (lower(a, i) == lower(b, i)) {
        if (a[i] == '\0')
            return true;
        i++;
    }
    return false;
}

bool tl_figures_area_counts(const struct tl_area *area)
{
    return tl_text_equal(area->kind, "municipality") || tl_text_equal(area->kind, "other");
}

/* StatBank knows no associations. */
static bool is_candidate(const struct tl_figures_reader *reader, const struct tl_area *area)
{
    return reader->file.form == TL_FIGURES_PLAIN || tl_figures_area_counts(area);
}

const struct tl_area *tl_figures_area_by_code(const struct tl_figures_reader *reader, const char *code)
{
    for (size_t i = 0; i < reader->request->area_count; i++) {
        const struct tl_area *area = &reader->request->areas[i];
        if (is_candidate(reader, area) && tl_text_equal(area->code, code))
            return area;
    }
    return NULL;
}

const struct tl_area *tl_figures_area_by_name(const struct tl_figures_reader *reader, const char *name,
                                              const struct tl_area **second)
{
    const struct tl_area *first = NULL;
    *second = NULL;
    for (size_t i = 0; i < reader->request->area_count && *second == NULL; i++) {
        const struct tl_area *area = &reader->request->areas[i];
        if (!is_candidate(reader, area) || !tl_figures_same_name(area->name, name))
            continue;
        if (first == NULL)
            first = area;
        else
            *second = area;
    }
    return first;
}

tl_figures_place tl_figures_place_of(const char *text, const char **name)
{
    static const char country[] = "Hele landet";
    if (tl_text_equal(text, "000") || tl_figures_same_name(text, country) ||
        tl_figures_same_name(text, "All Denmark")) {
        *name = country;
        return TL_FIGURES_COUNTRY;
    }
    for (size_t i = 0; i < REGION_COUNT; i++) {
        if (!tl_text_equal(text, regions[i].statbank_code) && !tl_text_equal(text, regions[i].authority_code) &&
            !tl_figures_same_name(text, regions[i].name))
            continue;
        *name = regions[i].name;
        return TL_FIGURES_REGION;
    }
    /* a region that came later than the table */
    if (strncmp(text, region_prefix, REGION_PREFIX_LENGTH) == 0) {
        *name = text;
        return TL_FIGURES_REGION;
    }
    return TL_FIGURES_UNKNOWN;
}

const char *tl_figures_region_of_short_name(const char *name)
{
    for (size_t i = 0; i < REGION_COUNT; i++)
        if (tl_figures_same_name(regions[i].name + REGION_PREFIX_LENGTH, name))
            return regions[i].name;
    return NULL;
}

static bool is_number(const char *text)
{
    return text[0] != '\0' && text[strspn(text, "0123456789")] == '\0';
}

static void hint_nearest(struct tl_figures_reader *reader, const char *name)
{
    const struct tl_figures_request *request = reader->request;
    const char **names = tl_arena_alloc(reader->arena, request->area_count + 1, sizeof *names);
    if (names == NULL)
        return; /* the error stands without a hint */
    size_t count = 0;
    for (size_t i = 0; i < request->area_count; i++)
        if (is_candidate(reader, &request->areas[i]))
            names[count++] = request->areas[i].name;
    const char *nearest = tl_text_nearest(name, names);
    const struct tl_area *second, *area = nearest == NULL ? NULL : tl_figures_area_by_name(reader, nearest, &second);
    if (area != NULL)
        tl_err_hint(reader->err, "the nearest known name is '%s' (%s)", area->name, area->code);
    else
        tl_err_hint(reader->err, "import the parties first, or correct the name");
}

/* A code that lost its first 0 (spreadsheets drop it) is told apart from one that nobody has. */
static void hint_code(struct tl_figures_reader *reader, const char *code)
{
    char official[5] = "0";
    const struct tl_area *area = NULL;
    if (strlen(code) == 3) {
        memcpy(official + 1, code, 4);
        area = tl_figures_area_by_code(reader, official);
    }
    if (area != NULL)
        tl_err_hint(reader->err, "write the code with four digits: '%s' is '%s'", area->code, area->name);
    else
        tl_err_hint(reader->err, "import the parties first, or correct the code");
}

tl_status tl_figures_refuse_unknown(struct tl_figures_reader *reader, const struct tl_csv_field *field)
{
    bool is_code = is_number(field->text);
    (void)tl_err_set(reader->err, TL_ERR_INPUT, "no known area %s '%.*s'", is_code ? "has the code" : "is called",
                     QUOTED(field->text));
    if (is_code)
        hint_code(reader, field->text);
    else
        hint_nearest(reader, field->text);
    return tl_figures_fail_at(reader, field);
}

tl_status tl_figures_refuse_ambiguous(struct tl_figures_reader *reader, const struct tl_csv_field *field,
                                      const struct tl_area *first, const struct tl_area *second)
{
    (void)tl_err_set(reader->err, TL_ERR_INPUT, "'%.*s' is the name of both %s and %s", QUOTED(field->text),
                     first->code, second->code);
    tl_err_hint(reader->err, reader->file.form == TL_FIGURES_PLAIN ? "add a column 'code'"
                                                                   : "select codes instead of names in StatBank");
    return tl_figures_fail_at(reader, field);
}

tl_status tl_figures_refuse_place(struct tl_figures_reader *reader, const struct tl_csv_field *field,
                                  const char *full_name, tl_figures_place place)
{
    if (place == TL_FIGURES_COUNTRY)
        (void)tl_err_set(reader->err, TL_ERR_INPUT, "'%s' is the whole country, not a municipality", field->text);
    else if (tl_figures_same_name(field->text, full_name))
        (void)tl_err_set(reader->err, TL_ERR_INPUT, "'%.*s' is a region, not a municipality", QUOTED(field->text));
    else
        (void)tl_err_set(reader->err, TL_ERR_INPUT, "'%s' is '%.*s', a region, not a municipality", field->text,
                         QUOTED(full_name));
    tl_err_hint(reader->err, "leave the row out; only parties have figures");
    return tl_figures_fail_at(reader, field);
}
