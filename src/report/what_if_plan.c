/* SPDX-License-Identifier: MPL-2.0 */
/* Who could be in, what can be changed, and what the lines have in common. */
#include "what_if_plan.h"

#include <string.h>

#include "tilslut/agreement/widest_year.h"
#include "tilslut/base/text.h"
#include "what_if_solve.h"

bool tl_what_if_is_in(const struct tl_what_if *plan, const struct tl_what_if_line *line, size_t member,
                      tl_what_if_setting setting)
{
    bool decided = setting == TL_WHAT_IF_DECIDED;
    const bool *in = decided ? plan->in_decided : plan->in_tried;
    const bool *took = decided ? plan->took_decided : plan->took_tried;
    return line->can[member] && in[member] &&
           (line->option == plan->option_count || took[member * plan->option_count + line->option]);
}

size_t tl_what_if_class(const struct tl_what_if *plan, size_t member, tl_what_if_setting setting)
{
    return setting == TL_WHAT_IF_DECIDED ? plan->class_decided[member] : plan->class_tried[member];
}

int64_t tl_what_if_value(bool *has, const struct tl_what_if_cell *cell, tl_what_if_setting setting)
{
    bool decided = setting == TL_WHAT_IF_DECIDED;
    *has = decided ? cell->has_decided : cell->has_tried;
    return decided ? cell->decided : cell->tried;
}

int64_t tl_what_if_indexed(const struct tl_what_if_index *index, int64_t amount, int64_t scale)
{
    if (!index->follows)
        return amount;
    __extension__ typedef __int128 wide;
    wide size = (wide)amount * index->numerator, step = (wide)index->denominator * index->unit * scale;
    wide units = index->rounding == TL_ROUNDING_NEAREST ? (2 * size + step) / (2 * step)
                 : index->rounding == TL_ROUNDING_UP    ? (size + step - 1) / step
                                                        : size / step;
    return (int64_t)(units * index->unit);
}

/* Everybody who has a share in a line of the widest year, or is in as recorded. */
static tl_status find_members(struct tl_what_if *plan, struct tl_err *err)
{
    const struct tl_alloc_request *widest = plan->facts->widest.request;
    plan->members = tl_arena_alloc(plan->arena, widest->member_count, sizeof(const struct tl_member *));
    if (plan->members == NULL)
        return tl_err_memory(err);
    for (size_t i = 0; i < widest->member_count; i++) {
        const struct tl_member *member = &widest->members[i];
        bool has_share = false;
        for (size_t l = 0; !has_share && l < plan->facts->widest.allocation->line_count; l++)
            has_share = tl_line_result_share(&plan->facts->widest.allocation->lines[l], member->code) != NULL;
        if (has_share)
            plan->members[plan->member_count++] = member;
    }
    return TL_OK;
}

static const struct tl_member *find_member(const struct tl_alloc_request *request, const char *code)
{
    for (size_t i = 0; i < request->member_count; i++)
        if (tl_text_equal(request->members[i].code, code))
            return &request->members[i];
    return NULL;
}

static bool is_active(const struct tl_member *member, int year)
{
    struct tl_period period = tl_period_of_year(year);
    struct tl_date last = period.last;
    if (member == NULL || tl_date_is_none(member->first))
        return false;
    bool active = tl_date_compare(member->first, last) <= 0 &&
                  (tl_date_is_none(member->last) || tl_date_compare(member->last, period.first) >= 0);
    for (size_t i = 0; !active && i < member->earlier_count; i++)
        active = tl_date_compare(member->earlier[i].first, last) <= 0 &&
                 tl_date_compare(member->earlier[i].last, period.first) >= 0;
    return active;
}

static tl_status list_options(struct tl_what_if *plan, struct tl_err *err)
{
    const struct tl_terms *terms = plan->facts->decided.request->terms;
    plan->options = tl_arena_alloc(plan->arena, terms->line_count, sizeof(const char *));
    plan->option_names = tl_arena_alloc(plan->arena, terms->line_count, sizeof(const char *));
    if (plan->options == NULL || plan->option_names == NULL)
        return tl_err_memory(err);
    for (size_t i = 0; i < terms->line_count; i++) {
        const char *option = terms->lines[i].option;
        size_t known = 0;
        while (option != NULL && known < plan->option_count && !tl_text_equal(plan->options[known], option))
            known++;
        if (option == NULL || known < plan->option_count)
            continue;
        plan->option_names[plan->option_count] = terms->lines[i].name.da;
        plan->options[plan->option_count++] = option;
    }
    return TL_OK;
}

/* Who is in, and has which option, by one of the two settings. */
static tl_status read_ticks(bool **in, bool **took, const struct tl_what_if *plan, const struct tl_budget_year *year,
                            struct tl_err *err)
{
    *in = tl_arena_alloc(plan->arena, plan->member_count, sizeof **in);
    *took = tl_arena_alloc(plan->arena, plan->member_count * plan->option_count, sizeof **took);
    if (*in == NULL || *took == NULL)
        return tl_err_memory(err);
    for (size_t i = 0; i < plan->member_count; i++) {
        const struct tl_member *member = find_member(year->request, plan->members[i]->code);
        (*in)[i] = is_active(member, year->request->year);
        for (size_t o = 0; o < plan->option_count; o++)
            (*took)[i * plan->option_count + o] =
                (*in)[i] && tl_widest_year_has_option(member, plan->options[o], year->request->year);
    }
    return TL_OK;
}

static size_t fixed_class(const struct tl_what_if *plan, const struct tl_member *member)
{
    const struct tl_alloc_request *request = plan->facts->decided.request;
    bool frozen = member->class_frozen != NULL && request->year <= member->class_frozen_until;
    const char *name = frozen ? member->class_frozen : member->class_by_hand;
    size_t at = name == NULL ? plan->class_count : tl_terms_class_index(request->terms, name);
    return at == plan->class_count ? 0 : at + 1;
}

static const struct tl_figure *find_figure(const struct tl_member *member, const char *measure, struct tl_date on)
{
    for (size_t i = 0; measure != NULL && i < member->figure_count; i++)
        if (tl_date_compare(member->figures[i].holds_on, on) == 0 && tl_text_equal(member->figures[i].measure, measure))
            return &member->figures[i];
    return NULL;
}

static size_t class_of(const struct tl_terms *terms, size_t fixed, const struct tl_figure *figure)
{
    const struct tl_size_class *found = fixed != 0 || figure == NULL ? NULL : tl_terms_class_of(terms, figure->value);
    return found == NULL ? fixed : (size_t)(found - terms->classes) + 1;
}

static tl_status read_classes(struct tl_what_if *plan, struct tl_err *err)
{
    const struct tl_terms *decided = plan->facts->decided.request->terms, *tried = plan->facts->tried.request->terms;
    struct tl_date on = plan->facts->decided.allocation->reference_date;
    size_t count = plan->member_count;
    plan->class_count = decided->class_count;
    plan->class_fixed = tl_arena_alloc(plan->arena, count, sizeof *plan->class_fixed);
    plan->class_decided = tl_arena_alloc(plan->arena, count, sizeof *plan->class_decided);
    plan->class_tried = tl_arena_alloc(plan->arena, count, sizeof *plan->class_tried);
    plan->figures = tl_arena_alloc(plan->arena, count, sizeof(const struct tl_figure *));
    plan->bounds = tl_arena_alloc(plan->arena, plan->class_count, sizeof *plan->bounds);
    if (plan->class_fixed == NULL || plan->class_decided == NULL || plan->class_tried == NULL ||
        plan->figures == NULL || plan->bounds == NULL)
        return tl_err_memory(err);
    plan->boundaries_follow = plan->class_count > 0;
    for (size_t c = 0; c < plan->class_count; c++) {
        const struct tl_size_class *was = &decided->classes[c], *is = &tried->classes[c];
        bool is_last = c + 1 == plan->class_count;
        plan->bounds[c] = (struct tl_what_if_cell){was->name, was->has_bound, is->has_bound, was->bound.numerator,
                                                   is->bound.numerator};
        bool whole = was->has_bound && was->bound.denominator == 1 && is->bound.denominator == 1;
        plan->boundaries_follow = plan->boundaries_follow && (is_last ? !was->has_bound : whole);
    }
    for (size_t i = 0; i < count; i++) {
        plan->figures[i] = find_figure(plan->members[i], decided->reference.measure, on);
        plan->class_fixed[i] = fixed_class(plan, plan->members[i]);
        plan->class_decided[i] = class_of(decided, plan->class_fixed[i], plan->figures[i]);
        plan->class_tried[i] = class_of(tried, plan->class_fixed[i], plan->figures[i]);
    }
    return TL_OK;
}

/* now / base as whole numbers without a common factor. */
static bool read_index(struct tl_what_if_index *out, const struct tl_line_result *result)
{
    const struct tl_indexation *rule = &result->line->indexation;
    *out = (struct tl_what_if_index){.unit = 1, .numerator = 1, .denominator = 1};
    if (result->index_now == NULL)
        return true;
    struct tl_ratio now = result->index_now->value, base = result->index_base->value;
    int64_t numerator, denominator;
    if (__builtin_mul_overflow(now.numerator, base.denominator, &numerator) ||
        __builtin_mul_overflow(now.denominator, base.numerator, &denominator))
        return false;
    struct tl_ratio factor = tl_ratio_of(numerator, denominator);
    *out = (struct tl_what_if_index){true, factor.numerator, factor.denominator,
                                     rule->round_to_minor == 0 ? 1 : rule->round_to_minor, rule->rounding};
    return true;
}

/* What tilslut comes to, and who can be in the line. */
static tl_status read_scope(struct tl_what_if *plan, struct tl_what_if_line *line, size_t at, struct tl_err *err)
{
    const struct tl_line_result *widest = &plan->facts->widest.allocation->lines[at];
    const struct tl_line_result *tried = &plan->facts->tried.allocation->lines[at];
    line->can = tl_arena_alloc(plan->arena, plan->member_count, sizeof *line->can);
    line->fixed_minor = tl_arena_alloc(plan->arena, plan->member_count, sizeof *line->fixed_minor);
    if (line->can == NULL || line->fixed_minor == NULL)
        return tl_err_memory(err);
    for (size_t i = 0; i < plan->member_count; i++) {
        size_t count;
        const struct tl_share *shares = tl_line_result_shares(tried, plan->members[i]->code, &count);
        for (size_t s = 0; s < count; s++)
            line->fixed_minor[i] += shares[s].amount.minor; /* within bounds: they are parts of the line's total */
        const struct tl_share *share = tl_line_result_shares(widest, plan->members[i]->code, &count);
        line->can[i] = share != NULL;
        if (plan->members[i]->taken_from_count > 0)
            line->refusal = "et medlemskab er overtaget fra et andet";
    }
    return TL_OK;
}

static tl_status read_line(struct tl_what_if *plan, size_t at, struct tl_err *err)
{
    struct tl_what_if_line *line = &plan->lines[at];
    const struct tl_line_result *decided = &plan->facts->decided.allocation->lines[at];
    *line = (struct tl_what_if_line){.line = decided->line, .option = plan->option_count};
    line->unit = line->line->round_to_minor == 0 ? 1 : line->line->round_to_minor;
    for (size_t o = 0; line->line->option != NULL && o < plan->option_count; o++)
        if (tl_text_equal(plan->options[o], line->line->option))
            line->option = o;
    tl_status status = read_scope(plan, line, at, err);
    if (status != TL_OK)
        return status;
    if (!read_index(&line->index, decided))
        line->refusal = "indekset har for mange decimaler";
    status = line->line->has_budget ? tl_what_if_read_keys(plan, line, at, err)
                                    : tl_what_if_read_prices(plan, line, at, err);
    return status == TL_OK && line->refusal == NULL ? tl_what_if_prove(plan, line, at, err) : status;
}

tl_status tl_what_if_plan(struct tl_what_if *out, const struct tl_budget_facts *facts, struct tl_arena *arena,
                          struct tl_err *err)
{
    *out = (struct tl_what_if){.facts = facts, .arena = arena};
    out->line_count = facts->decided.allocation->line_count;
    out->lines = tl_arena_alloc(arena, out->line_count, sizeof *out->lines);
    tl_status status = out->lines == NULL ? tl_err_memory(err) : find_members(out, err);
    if (status == TL_OK)
        status = list_options(out, err);
    if (status == TL_OK)
        status = read_ticks(&out->in_decided, &out->took_decided, out, &facts->decided, err);
    if (status == TL_OK)
        status = read_ticks(&out->in_tried, &out->took_tried, out, &facts->tried, err);
    if (status == TL_OK)
        status = read_classes(out, err);
    for (size_t i = 0; status == TL_OK && i < out->line_count; i++)
        status = read_line(out, i, err);
    return status;
}
