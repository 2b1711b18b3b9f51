/* SPDX-License-Identifier: MPL-2.0 */
/* Runs with their lines and terms, each read once for all the statements of a reader. */
#include <string.h>

#include "account_parts.h"
#include "run_terms.h"
#include "tilslut/agreement/decision.h"
#include "tilslut/agreement/product.h"
#include "tilslut/base/text.h"

static tl_status read_terms(struct account_terms *terms, struct tl_account_reader *reader, struct tl_err *err)
{
    struct tl_adopted *adopted = &terms->adopted;
    tl_status status = tl_terms_book_find(adopted, reader->store, terms->id, reader->arena, err);
    if (status == TL_OK)
        status = tl_terms_book_read(&terms->terms, adopted, err);
    terms->decision = status == TL_OK ? tl_decision_text(&adopted->decision, reader->arena) : NULL;
    return status == TL_OK && terms->decision == NULL ? tl_err_memory(err) : status;
}

static tl_status find_terms(struct account_terms **out, struct tl_account_reader *reader, int64_t id,
                            struct tl_err *err)
{
    for (size_t i = reader->terms_count; i > 0; i--)
        if (reader->terms[i - 1]->id == id) {
            *out = reader->terms[i - 1];
            return TL_OK;
        }
    reader->terms = tl_arena_grow(reader->arena, reader->terms, reader->terms_count, &reader->terms_capacity,
                                  sizeof(struct account_terms *));
    struct account_terms *terms = tl_arena_alloc(reader->arena, 1, sizeof *terms);
    if (reader->terms == NULL || terms == NULL) {
        reader->terms_count = 0;
        return tl_err_memory(err);
    }
    *terms = (struct account_terms){.id = id, .terms = TL_TERMS_EMPTY};
    reader->terms[reader->terms_count++] = *out = terms;
    return read_terms(terms, reader, err);
}

static tl_status read_decision(struct account_run *out, const struct tl_run *run, struct tl_account_reader *reader,
                               struct tl_err *err)
{
    struct tl_decision decision;
    const char *project = tl_text_equal(run->kind, "pledges") ? run->lines : "";
    tl_status status =
        tl_run_terms_decision(&decision, reader->store, project, &out->terms->adopted, reader->arena, err);
    if (status != TL_OK)
        return status;
    out->decision = tl_decision_text(&decision, reader->arena);
    return out->decision == NULL ? tl_err_memory(err) : TL_OK;
}

static tl_status read_run(struct account_run *out, struct tl_account_reader *reader, struct tl_err *err)
{
    struct tl_run run;
    tl_status status = tl_run_find(&run, reader->store, out->id, reader->arena, err);
    if (status == TL_OK)
        status = tl_product_find(&out->product, reader->store, run.product, reader->arena, err);
    if (status == TL_OK)
        status = find_terms(&out->terms, reader, run.terms_id, err);
    if (status == TL_OK)
        status = tl_run_lines_read(&out->lines, reader->store, out->id, reader->arena, err);
    if (status == TL_OK)
        status = read_decision(out, &run, reader, err);
    if (status == TL_OK)
        status = tl_run_terms_complete(&out->terms->terms, reader->store, &out->lines, err);
    return status == TL_OK ? account_pools_make(out, reader, err) : status;
}

/* Where the run lies, or would. */
static size_t place_of(const struct tl_account_reader *reader, int64_t id)
{
    size_t low = 0, high = reader->run_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (reader->runs[middle]->id < id)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

tl_status account_run_find(struct account_run **out, struct tl_account_reader *reader, int64_t id, struct tl_err *err)
{
    size_t at = place_of(reader, id);
    if (at < reader->run_count && reader->runs[at]->id == id) {
        *out = reader->runs[at];
        return TL_OK;
    }
    struct account_run *run = tl_arena_alloc(reader->arena, 1, sizeof *run);
    if (run == NULL)
        return tl_err_memory(err);
    *run = (struct account_run){.id = id};
    tl_status status = read_run(run, reader, err);
    if (status != TL_OK)
        return status;
    struct account_run **runs = tl_arena_grow(reader->arena, reader->runs, reader->run_count, &reader->run_capacity,
                                              sizeof(struct account_run *));
    if (runs == NULL)
        return tl_err_memory(err);
    reader->runs = runs;
    memmove(&runs[at + 1], &runs[at], (reader->run_count - at) * sizeof(struct account_run *));
    runs[at] = *out = run;
    reader->run_count++;
    return TL_OK;
}

static int compare_line(const struct tl_run_line *line, const char *party, const char *order)
{
    int parties = strcmp(line->party_code, party);
    return parties != 0 ? parties : strcmp(line->order_reference, order);
}

struct tl_run_lines account_run_lines_of(const struct account_run *run, const char *party, const char *order)
{
    size_t low = 0, high = run->lines.count, behind;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (compare_line(&run->lines.items[middle], party, order) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    for (behind = low; behind < run->lines.count && compare_line(&run->lines.items[behind], party, order) == 0;
         behind++)
        ;
    return (struct tl_run_lines){low == behind ? NULL : &run->lines.items[low], behind - low};
}
