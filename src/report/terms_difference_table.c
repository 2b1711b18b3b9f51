/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/report/terms_difference_table.h"

/* `draft.yaml:23:12`, or missing; false when memory is gone. */
static bool set_place(struct tl_cell *out, const struct tl_terms_setting *setting, const char *name,
                      struct tl_arena *arena)
{
    *out = tl_cell_missing();
    if (setting == NULL || setting->source_line == 0)
        return true;
    const char *place = tl_arena_format(arena, "%s:%zu:%zu", name, setting->source_line, setting->source_column);
    *out = tl_cell_text(place);
    return place != NULL;
}

static tl_status fill(struct tl_table *out, const struct tl_terms_difference *difference, const char *before_name,
                      const char *after_name, bool both_places, struct tl_err *err)
{
    tl_status status = TL_OK;
    for (size_t i = 0; status == TL_OK && i < difference->count; i++) {
        const struct tl_terms_setting *before = difference->changes[i].before, *after = difference->changes[i].after;
        const struct tl_terms_setting *either = after != NULL ? after : before;
        struct tl_cell cells[6] = {
            either->line[0] == '\0' ? tl_cell_missing() : tl_cell_code(either->line),
            tl_cell_text(either->name),
            before == NULL ? tl_cell_missing() : tl_cell_text(before->value),
            after == NULL ? tl_cell_missing() : tl_cell_text(after->value),
        };
        bool later = after != NULL && after->source_line > 0;
        bool kept = both_places
                        ? set_place(&cells[4], before, before_name, &out->arena) &&
                              set_place(&cells[5], after, after_name, &out->arena)
                        : set_place(&cells[4], later ? after : before, later ? after_name : before_name, &out->arena);
        status = kept ? tl_table_add(out, cells, err) : tl_err_memory(err);
    }
    return status;
}

tl_status tl_terms_difference_table(struct tl_table *out, const struct tl_terms_difference *difference,
                                    const char *before_name, const char *after_name, struct tl_err *err)
{
    static const struct tl_column columns[] = {
        {"line", "Line", TL_COLUMN_CODE},     {"setting", "Setting", TL_COLUMN_TEXT},
        {"before", "Before", TL_COLUMN_TEXT}, {"after", "After", TL_COLUMN_TEXT},
        {"place", "Place", TL_COLUMN_TEXT},
    };
    tl_status status = tl_table_init(out, columns, sizeof columns / sizeof columns[0], err);
    return status == TL_OK ? fill(out, difference, before_name, after_name, false, err) : status;
}

tl_status tl_terms_difference_table_long(struct tl_table *out, const struct tl_terms_difference *difference,
                                         const char *before_name, const char *after_name, struct tl_err *err)
{
    static const struct tl_column columns[] = {
        {"line", "Line", TL_COLUMN_CODE},
        {"setting", "Setting", TL_COLUMN_TEXT},
        {"before", "Before", TL_COLUMN_TEXT},
        {"after", "After", TL_COLUMN_TEXT},
        {"before_place", "Place before", TL_COLUMN_TEXT},
        {"after_place", "Place after", TL_COLUMN_TEXT},
    };
    tl_status status = tl_table_init(out, columns, sizeof columns / sizeof columns[0], err);
    return status == TL_OK ? fill(out, difference, before_name, after_name, true, err) : status;
}
