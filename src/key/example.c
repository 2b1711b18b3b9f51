/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/key/example.h"

#include <stdio.h>
#include <string.h>

#include "tilslut/base/text.h"

/* What the terms give where an example states an amount. */
struct finding {
    struct tl_money amount;
    const char *working; /* NULL where it is more than one share */
    bool is_in_line;     /* false: the member has no share of the line */
    bool is_known;
};

static tl_status add_shares(struct finding *out, const struct tl_share *shares, size_t count, struct tl_err *err)
{
    tl_status status = TL_OK;
    for (size_t i = 0; status == TL_OK && i < count; i++)
        status = tl_money_add(&out->amount, out->amount, shares[i].amount, err);
    out->is_in_line = count > 0;
    out->working = count == 1 ? shares[0].working : NULL;
    return status;
}

static tl_status find_amount(struct finding *out, const struct tl_allocation *allocation,
                             const struct tl_example_amount *stated, struct tl_err *err)
{
    *out = (struct finding){.is_in_line = true, .is_known = true};
    if (stated->line_id == NULL) {
        out->amount = allocation->total;
        return stated->member == NULL ? TL_OK
                                      : tl_allocation_member_total(&out->amount, allocation, stated->member, err);
    }
    const struct tl_line_result *result = tl_allocation_line(allocation, stated->line_id);
    if (result == NULL)
        return tl_err_set(err, TL_ERR_NOT_FOUND, "the terms have no line '%s'", stated->line_id);
    out->is_known = result->known;
    if (stated->member == NULL) {
        out->amount = result->total;
        return TL_OK;
    }
    size_t count;
    const struct tl_share *shares = tl_line_result_shares(result, stated->member, &count);
    return add_shares(out, shares, count, err);
}

enum { SUBJECT_SIZE = 160 };

/* `for member '0751' on line 'development'` */
static const char *write_subject(char into[SUBJECT_SIZE], const struct tl_example_amount *stated)
{
    const char *member = stated->member, *line = stated->line_id;
    snprintf(into, SUBJECT_SIZE, "%s%.40s%s%s%.40s%s", member == NULL ? "" : "for member '",
             member == NULL ? "" : member, member == NULL ? "" : "' ", line == NULL ? "in all" : "on line '",
             line == NULL ? "" : line, line == NULL ? "" : "'");
    return into;
}

static tl_status refuse(const struct tl_example *example, const struct tl_example_amount *stated,
                        const struct finding *found, struct tl_err *err)
{
    char subject[SUBJECT_SIZE], should[TL_MONEY_TEXT_SIZE], is[TL_MONEY_TEXT_SIZE];
    write_subject(subject, stated);
    tl_money_da(stated->amount, should);
    int cut = (int)tl_text_cut(example->name, strnlen(example->name, 80));
    if (!found->is_known)
        return tl_err_set(err, TL_ERR_INPUT, "the example '%.*s' states %s %s, whose price is not yet known", cut,
                          example->name, should, subject);
    (void)tl_err_set(err, TL_ERR_INPUT, "the example '%.*s' states %s %s, the terms give %s", cut, example->name,
                     should, subject, tl_money_da(found->amount, is));
    if (!found->is_in_line)
        tl_err_hint(err, "the member is not in that line in the period of the example");
    else if (found->working != NULL)
        tl_err_hint(err, "the terms compute it as %s", found->working);
    return TL_ERR_INPUT;
}

static tl_status compare(size_t *source_line, const struct tl_allocation *allocation, const struct tl_example *example,
                         struct tl_err *err)
{
    tl_status status = TL_OK;
    for (size_t i = 0; status == TL_OK && i < example->amount_count; i++) {
        const struct tl_example_amount *stated = &example->amounts[i];
        struct finding found;
        *source_line = stated->source_line;
        status = find_amount(&found, allocation, stated, err);
        if (status == TL_OK && (!found.is_known || found.amount.minor != stated->amount.minor))
            status = refuse(example, stated, &found, err);
    }
    return status;
}

static bool speaks_of(const struct tl_example *example, const char *line_id)
{
    for (size_t i = 0; i < example->amount_count; i++)
        if (example->amounts[i].line_id == NULL || tl_text_equal(example->amounts[i].line_id, line_id))
            return true;
    return false;
}

/* The terms with only the lines that the example speaks of, so that it need not describe what the others ask for. */
static tl_status select_lines(struct tl_terms *out, const struct tl_terms *terms, const struct tl_example *example,
                              struct tl_arena *arena, struct tl_err *err)
{
    *out = *terms;
    out->line_count = 0;
    out->lines = tl_arena_alloc(arena, terms->line_count, sizeof *out->lines);
    if (out->lines == NULL)
        return tl_err_memory(err);
    for (size_t i = 0; i < terms->line_count; i++)
        if (speaks_of(example, terms->lines[i].id))
            out->lines[out->line_count++] = terms->lines[i];
    return TL_OK;
}

tl_status tl_example_check(size_t *source_line, const struct tl_terms *terms, const struct tl_example *example,
                           struct tl_err *err)
{
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct tl_allocation allocation = TL_ALLOCATION_EMPTY;
    struct tl_terms spoken_of;
    struct tl_alloc_request request = {.terms = &spoken_of,
                                       .year = example->year,
                                       .period = example->period,
                                       .members = example->members,
                                       .member_count = example->member_count,
                                       .index_values = example->index_values,
                                       .index_value_count = example->index_value_count};
    *source_line = example->source_line;
    tl_status status = select_lines(&spoken_of, terms, example, &arena, err);
    if (status == TL_OK)
        status = tl_alloc(&allocation, &request, err);
    if (status == TL_OK)
        status = compare(source_line, &allocation, example, err);
    tl_allocation_release(&allocation);
    tl_arena_release(&arena);
    return status;
}
