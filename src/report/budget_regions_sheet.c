/* SPDX-License-Identifier: MPL-2.0 */
/*
 * The sheet Medlemmer: everybody who could be a member, by region, where the regions lie on the map: the west on the
 * left, the east on the right, the north on top. Who is a member is said in words, with the size class.
 */
#include <stdlib.h>
#include <string.h>

#include "budget_sheets.h"
#include "tilslut/agreement/steering.h"
#include "tilslut/base/text.h"

enum { WIDE = 3, GAP = 1, SIDES = 2, COLUMNS = SIDES * WIDE + GAP };
enum { ROW_TITLE, ROW_NOTE, ROW_FIRST = 3 };

/* Where a region stands; those that are not on the map come last, on the right. */
static const struct {
    const char *region;
    size_t side;
} map[] = {{"Region Nordjylland", 0}, {"Region Midtjylland", 0}, {"Region Syddanmark", 0},
           {"Region Hovedstaden", 1}, {"Region Sjælland", 1},    {"Region Østdanmark", 1}};

enum { REGIONS = sizeof map / sizeof map[0] };

struct regions {
    const struct tl_budget_sheets *sheets;
    const struct tl_steering *steering;
    struct tl_sheet *sheet;
    size_t rows[SIDES]; /* the next one on each side */
};

static size_t region_of(const struct tl_party *party)
{
    size_t at = 0;
    while (at < REGIONS && !tl_text_equal(map[at].region, party->region))
        at++;
    return at;
}

/* A member of the year, or NULL. */
static const struct tl_member *find_member(const struct regions *r, const char *code)
{
    for (size_t i = 0; i < r->sheets->members.count; i++)
        if (tl_text_equal(r->sheets->members.items[i]->code, code))
            return r->sheets->members.items[i];
    return NULL;
}

static const char *tile_text(const struct regions *r, const struct tl_party *party)
{
    const struct tl_member *member = find_member(r, party->code);
    const struct tl_share *share = tl_allocation_members_classed(r->sheets->allocation, party->code);
    if (member == NULL)
        return tl_arena_format(r->sheets->arena, "%s\nikke med", party->name);
    return tl_arena_format(r->sheets->arena, "%s\nmed%s%s", party->name, share == NULL ? "" : ", ",
                           share == NULL ? "" : share->size_class->name);
}

static int by_name(const void *a, const void *b)
{
    const struct tl_party *const *left = a, *const *right = b;
    int order = tl_text_compare_da((*left)->name, (*right)->name);
    return order != 0 ? order : strcmp((*left)->code, (*right)->code);
}

static void write_region(struct regions *r, size_t region)
{
    const struct tl_party **parties = tl_arena_alloc(r->sheets->arena, r->steering->party_count, sizeof *parties);
    size_t count = 0, members = 0, side = region < REGIONS ? map[region].side : 1;
    if (parties == NULL) {
        (void)tl_workbook_made(r->sheets->workbook, NULL);
        return;
    }
    for (size_t i = 0; i < r->steering->party_count; i++) {
        const struct tl_party *party = &r->steering->parties[i];
        bool is_member = find_member(r, party->code) != NULL;
        if (region_of(party) != region || (!is_member && strcmp(party->kind, "municipality") != 0))
            continue;
        parties[count++] = party;
        members += is_member ? 1 : 0;
    }
    if (count == 0)
        return;
    qsort(parties, count, sizeof *parties, by_name);
    size_t left = side * (WIDE + GAP), row = r->rows[side];
    tl_sheet_fill(r->sheet, row, left, left + WIDE - 1, TL_LOOK_SECTION);
    tl_sheet_text(r->sheet, row, left, TL_LOOK_SECTION, TL_FORM_TEXT,
                  tl_workbook_made(r->sheets->workbook,
                                   tl_arena_format(r->sheets->arena, "%s: %zu med af %zu",
                                                   region < REGIONS ? map[region].region : "Øvrige", members, count)));
    for (size_t i = 0; i < count; i++) {
        bool is_member = find_member(r, parties[i]->code) != NULL;
        tl_sheet_text(r->sheet, row + 1 + i / WIDE, left + i % WIDE, is_member ? TL_LOOK_TILE_IN : TL_LOOK_TILE_OUT,
                      TL_FORM_TEXT, tl_workbook_made(r->sheets->workbook, tile_text(r, parties[i])));
    }
    r->rows[side] = row + 2 + (count + WIDE - 1) / WIDE;
}

void tl_budget_write_regions(const struct tl_budget_sheets *sheets)
{
    static const double widths[COLUMNS] = {19, 19, 19, 4, 19, 19, 19};
    struct tl_sheet_setup setup = tl_budget_setup(sheets, "Medlemmer", widths, COLUMNS);
    struct regions r = {sheets, sheets->budget->steering, NULL, {ROW_FIRST, ROW_FIRST}};
    setup.landscape = false;
    r.sheet = tl_workbook_sheet(sheets->workbook, &setup);
    tl_sheet_height(r.sheet, ROW_TITLE, 32);
    tl_sheet_text(r.sheet, ROW_TITLE, 0, TL_LOOK_TITLE, TL_FORM_TEXT, "Medlemmer og klasser");
    tl_sheet_text(r.sheet, ROW_NOTE, 0, TL_LOOK_SUBTITLE, TL_FORM_TEXT,
                  "Regionerne står, som de ligger på kortet: vest til venstre, øst til højre.");
    for (size_t region = 0; region <= REGIONS; region++)
        write_region(&r, region);
    size_t rows = r.rows[0] > r.rows[1] ? r.rows[0] : r.rows[1];
    for (size_t row = ROW_FIRST; row < rows; row++)
        tl_sheet_height(r.sheet, row, 30);
    tl_sheet_freeze(r.sheet, ROW_FIRST, 0);
}
