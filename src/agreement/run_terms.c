/* SPDX-License-Identifier: MPL-2.0 */
#include "run_terms.h"

#include <string.h>

#include "tilslut/agreement/project.h"
#include "tilslut/agreement/terms_book.h"
#include "tilslut/base/text.h"

static tl_status add_line(struct tl_terms *terms, const struct tl_line *line, struct tl_err *err)
{
    struct tl_line *lines = tl_arena_alloc(&terms->arena, terms->line_count + 1, sizeof *lines);
    if (lines == NULL)
        return tl_err_memory(err);
    if (terms->line_count > 0)
        memcpy(lines, terms->lines, terms->line_count * sizeof *lines);
    lines[terms->line_count++] = *line;
    terms->lines = lines;
    return TL_OK;
}

/* What the line lies in stays as long as the terms it is added to. */
static tl_status take_line(bool *found, struct tl_terms *terms, const struct tl_adopted *version, const char *id,
                           struct tl_err *err)
{
    struct tl_terms other = TL_TERMS_EMPTY;
    tl_status status = tl_terms_book_read(&other, version, err);
    const struct tl_line *line = status == TL_OK ? tl_terms_line(&other, id) : NULL;
    *found = line != NULL;
    if (line == NULL) {
        tl_terms_release(&other);
        return status;
    }
    status = add_line(terms, line, err);
    tl_arena_take(&terms->arena, &other.arena);
    return status;
}

static tl_status add_pledge(struct tl_terms *terms, const struct tl_project *project, const struct tl_run_line *from,
                            struct tl_err *err)
{
    struct tl_arena *arena = &terms->arena;
    struct tl_line line = {.id = tl_arena_text(arena, project->code),
                           .name = {tl_arena_format(arena, "Tilsagn til %s", project->code),
                                    tl_arena_format(arena, "Pledge to %s", project->code)},
                           .covers = {"", ""},
                           .kind = TL_LINE_ONE_OFF,
                           .account = tl_arena_text(arena, from->account_code),
                           .vat = {.code = tl_arena_text(arena, from->vat_code),
                                   .reason = tl_arena_text(arena, from->vat_reason),
                                   .stated = true}};
    if (line.id == NULL || line.name.da == NULL || line.name.en == NULL || line.account == NULL ||
        line.vat.code == NULL || line.vat.reason == NULL)
        return tl_err_memory(err);
    tl_status status = tl_ratio_parse(&line.vat.rate, from->vat_rate, err);
    return status == TL_OK ? add_line(terms, &line, err) : status;
}

static tl_status find_pledge(struct tl_terms *terms, struct tl_store *store, const struct tl_run_line *line,
                             struct tl_arena *arena, struct tl_err *err)
{
    struct tl_project *projects = NULL;
    size_t count = 0;
    tl_status status = tl_project_list(&projects, &count, store, arena, err);
    for (size_t i = 0; status == TL_OK && i < count; i++)
        if (tl_text_equal(projects[i].code, line->line_id) && tl_text_equal(projects[i].product, terms->product))
            return add_pledge(terms, &projects[i], line, err);
    return status;
}

static tl_status find_line(struct tl_terms *terms, struct tl_store *store, const struct tl_run_line *line,
                           struct tl_err *err)
{
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct tl_adopted *versions = NULL;
    size_t count = 0;
    bool found = false;
    tl_status status = tl_terms_book_list(&versions, &count, store, terms->product, &arena, err);
    for (size_t i = count; status == TL_OK && !found && i > 0; i--)
        status = take_line(&found, terms, &versions[i - 1], line->line_id, err);
    if (status == TL_OK && !found)
        status = find_pledge(terms, store, line, &arena, err);
    tl_arena_release(&arena);
    return status;
}

tl_status tl_run_terms_complete(struct tl_terms *terms, struct tl_store *store, const struct tl_run_lines *lines,
                                struct tl_err *err)
{
    tl_status status = TL_OK;
    for (size_t i = 0; status == TL_OK && i < lines->count; i++) {
        bool is_new = i == 0 || !tl_text_equal(lines->items[i].line_id, lines->items[i - 1].line_id);
        if (is_new && tl_terms_line(terms, lines->items[i].line_id) == NULL)
            status = find_line(terms, store, &lines->items[i], err);
    }
    return status;
}

tl_status tl_run_terms_decision(struct tl_decision *out, struct tl_store *store, const char *project,
                                const struct tl_adopted *adopted, struct tl_arena *arena, struct tl_err *err)
{
    struct tl_project found;
    *out = adopted->decision;
    if (project[0] == '\0')
        return TL_OK;
    tl_status status = tl_project_find(&found, store, project, arena, err);
    if (status == TL_OK)
        *out = found.funding;
    return status;
}
