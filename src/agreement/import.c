/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/agreement/import.h"

#include "tilslut/agreement/figure.h"
#include "tilslut/agreement/party.h"
#include "tilslut/base/text.h"
#include "tilslut/exchange/figures_file.h"
#include "tilslut/exchange/parties_file.h"

static void count(struct tl_imported *imported, tl_recorded recorded)
{
    switch (recorded) {
    case TL_RECORDED_NEW:
        imported->added++;
        break;
    case TL_RECORDED_CHANGED:
        imported->changed++;
        break;
    case TL_RECORDED_SAME:
        imported->same++;
        break;
    }
}

static tl_status record_party(struct tl_imported *out, struct tl_store *store, const struct tl_parties_row *row,
                              struct tl_date from, struct tl_err *err)
{
    struct tl_party party = {row->code, row->name, row->official_name, row->kind, row->region,
                             row->cvr,  row->ean,  row->address,       from};
    tl_recorded recorded, association = TL_RECORDED_SAME;
    tl_status status = tl_party_record(&recorded, store, &party, err);
    if (status == TL_OK && row->association != TL_ASSOCIATION_NOT_RECORDED)
        status = tl_party_record_association(&association, store, row->code, row->association, from, err);
    if (status == TL_OK)
        count(out, recorded == TL_RECORDED_SAME && association != TL_RECORDED_SAME ? TL_RECORDED_CHANGED : recorded);
    return status;
}

tl_status tl_import_parties(struct tl_imported *out, struct tl_store *store, const struct tl_source *source,
                            struct tl_date from, struct tl_err *err)
{
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct tl_parties_file file = {0};
    *out = (struct tl_imported){0};
    tl_status status = tl_parties_file_read(&file, source, &arena, err);
    for (size_t i = 0; status == TL_OK && i < file.row_count; i++) {
        const struct tl_parties_row *row = &file.rows[i];
        if (row->association != TL_ASSOCIATION_NOT_RECORDED && tl_date_is_none(from)) {
            status =
                tl_err_set(err, TL_ERR_USAGE, "the file says who is a member of the association, but not since when");
            tl_err_hint(err, "add --from DATE: prices follow membership from that date on");
        } else
            status = record_party(out, store, row, from, err);
        if (status != TL_OK)
            tl_err_at(err, source->name, row->line, 0);
    }
    tl_arena_release(&arena);
    return status;
}

static tl_status known_areas(struct tl_area **out, size_t *area_count, struct tl_store *store, struct tl_arena *arena,
                             struct tl_err *err)
{
    struct tl_party *parties = NULL;
    tl_status status = tl_party_list(&parties, area_count, store, tl_date_of(TL_YEAR_MAX, 12, 31), arena, err);
    struct tl_area *areas = status == TL_OK ? tl_arena_alloc(arena, *area_count, sizeof *areas) : NULL;
    if (status == TL_OK && areas == NULL)
        status = tl_err_memory(err);
    bool any = false;
    for (size_t i = 0; status == TL_OK && i < *area_count; i++) {
        areas[i] = (struct tl_area){parties[i].code, parties[i].name, parties[i].kind, parties[i].region};
        any = any || tl_text_equal(parties[i].kind, "municipality");
    }
    if (status == TL_OK && !any) {
        status = tl_err_set(err, TL_ERR_MISSING, "no municipalities are recorded that figures could belong to");
        tl_err_hint(err, "begin with: tilslut import parties FILE");
    }
    *out = areas;
    return status;
}

tl_status tl_import_figures(struct tl_imported *out, struct tl_store *store, const struct tl_source *source,
                            const char *measure, const char *origin, struct tl_err *err)
{
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct tl_figures_request request = {.source = *source, .measure = measure, .origin = origin};
    struct tl_area *areas = NULL;
    struct tl_figures_file file = {0};
    *out = (struct tl_imported){0};
    tl_status status = known_areas(&areas, &request.area_count, store, &arena, err);
    request.areas = areas;
    if (status == TL_OK)
        status = tl_figures_file_read(&file, &request, &arena, err);
    for (size_t i = 0; status == TL_OK && i < file.row_count; i++) {
        const struct tl_figures_row *row = &file.rows[i];
        tl_recorded recorded;
        if (!tl_text_equal(row->figure.measure, measure)) {
            status = tl_err_set(err, TL_ERR_INPUT, "the file holds '%s', not '%s'", row->figure.measure, measure);
            tl_err_hint(err, "import it with: tilslut import figures FILE --measure %s", row->figure.measure);
            tl_err_at(err, source->name, 1, 0);
        } else
            status = tl_figure_record(&recorded, store, row->area->code, &row->figure, err);
        if (status == TL_OK)
            count(out, recorded);
    }
    out->totals = file.total_count;
    tl_arena_release(&arena);
    return status;
}
