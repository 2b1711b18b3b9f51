/* SPDX-License-Identifier: MPL-2.0 */
/* What the formulas of a line with a budget need. */
#include <string.h>

#include "tilslut/base/text.h"
#include "tilslut/key/quantity.h"
#include "what_if_plan.h"

/* Quantities beyond this are more than the formulas' digits leave room for. */
static const int64_t quantity_max = INT64_C(1000000000000);

/* The parts of a key on the way: what each counts of each member, exactly. */
struct counting {
    struct tl_what_if *plan;
    struct tl_what_if_line *line;
    struct tl_quantity_part *parts;
    size_t classes; /* that a quantity is counted for: 1 where the key names none */
};

static tl_status stop(const char *word, void *context)
{
    (void)word;
    (void)context;
    return TL_ERR_STATE;
}

/* The parts' weights over their common denominator. */
static bool read_factors(struct counting *counting)
{
    struct tl_what_if_line *line = counting->line;
    int64_t sum = 1;
    for (size_t k = 0; k < line->part_count; k++) {
        struct tl_ratio factor = counting->parts[k].factor;
        /* the least common multiple: the denominator without what it has in common with the sum, times the sum */
        if (__builtin_mul_overflow(sum, tl_ratio_of(sum, factor.denominator).denominator, &sum) ||
            sum > TL_WHAT_IF_FINEST)
            return false;
    }
    line->factor_sum = sum;
    for (size_t k = 0; k < line->part_count; k++)
        line->part_factors[k] = counting->parts[k].factor.numerator * (sum / counting->parts[k].factor.denominator);
    return true;
}

static tl_status count_one(struct tl_frac *out, const struct counting *counting, size_t part, size_t member,
                           size_t size_class)
{
    const struct tl_alloc_request *request = counting->plan->facts->decided.request;
    struct tl_err ignored = TL_ERR_NONE;
    const char *name = counting->line->names_classes ? request->terms->classes[size_class].name : NULL;
    return tl_quantity_count(out, counting->parts[part].quantity, request, counting->plan->members[member], name,
                             &ignored);
}

static void keep_quantity(const struct counting *counting, size_t part, size_t member, size_t size_class, int64_t value)
{
    struct tl_what_if_claim *claim = &counting->line->claims[member];
    if (claim->by_class != NULL)
        claim->by_class[part * counting->classes + size_class] = value;
    else
        claim->quantities[part] = value;
}

static bool is_counted(const struct tl_what_if_line *line, size_t member)
{
    return line->can[member] && !line->claims[member].is_agreed;
}

/* What a part counts of everybody, made whole by what it takes to make the finest of them whole. */
static bool count_part(const struct counting *counting, size_t part)
{
    struct tl_frac value;
    mpz_t scale;
    bool fits = true;
    tl_frac_init(&value);
    mpz_init_set_ui(scale, 1);
    for (int pass = 0; pass < 2; pass++)
        for (size_t i = 0; fits && i < counting->plan->member_count; i++)
            for (size_t c = 0; fits && is_counted(counting->line, i) && c < counting->classes; c++) {
                fits = count_one(&value, counting, part, i, c) == TL_OK;
                if (fits && pass == 0) {
                    mpz_lcm(scale, scale, mpq_denref(value.q));
                    fits = mpz_cmp_si(scale, quantity_max) < 0;
                } else if (fits) {
                    mpz_mul(mpq_numref(value.q), mpq_numref(value.q), scale);
                    mpz_divexact(mpq_numref(value.q), mpq_numref(value.q), mpq_denref(value.q));
                    fits = mpz_cmp_si(mpq_numref(value.q), quantity_max) < 0;
                    if (fits)
                        keep_quantity(counting, part, i, c, mpz_get_si(mpq_numref(value.q)));
                }
            }
    mpz_clear(scale);
    tl_frac_release(&value);
    return fits;
}

static tl_status make_claims(struct counting *counting, struct tl_err *err)
{
    struct tl_what_if *plan = counting->plan;
    struct tl_what_if_line *line = counting->line;
    line->names_classes = tl_key_classes(line->line->key, stop, NULL) != TL_OK;
    counting->classes = line->names_classes ? plan->class_count : 1;
    line->claims = tl_arena_alloc(plan->arena, plan->member_count, sizeof *line->claims);
    if (line->claims == NULL)
        return tl_err_memory(err);
    for (size_t i = 0; line->names_classes && i < plan->member_count; i++) {
        line->claims[i].by_class =
            tl_arena_alloc(plan->arena, TL_WHAT_IF_PARTS_MAX * counting->classes, sizeof(int64_t));
        if (line->claims[i].by_class == NULL)
            return tl_err_memory(err);
    }
    return TL_OK;
}

static void read_agreed(struct tl_what_if *plan, struct tl_what_if_line *line)
{
    for (size_t a = 0; a < line->line->agreed_count; a++)
        for (size_t i = 0; i < plan->member_count; i++)
            if (tl_text_equal(line->line->agreed[a].member, plan->members[i]->code)) {
                line->claims[i].is_agreed = true;
                line->claims[i].agreed_minor = line->line->agreed[a].amount.minor;
            }
}

static tl_status count_quantities(struct tl_what_if *plan, struct tl_what_if_line *line, struct tl_err *err)
{
    struct counting counting = {.plan = plan, .line = line};
    tl_status status = make_claims(&counting, err);
    if (status == TL_OK)
        read_agreed(plan, line);
    if (status == TL_OK)
        status = tl_quantity_parts(&counting.parts, &line->part_count, line->line->key, plan->arena, err);
    if (status != TL_OK)
        return status;
    if (line->part_count == 0)
        line->refusal = "nøglen har faste procenter";
    else if (line->part_count > TL_WHAT_IF_PARTS_MAX || !read_factors(&counting))
        line->refusal = "nøglen har for mange led eller for fine vægte";
    for (size_t k = 0; line->refusal == NULL && k < line->part_count; k++)
        if (!count_part(&counting, k))
            line->refusal = "nøglens tal kan ikke regnes som hele tal";
    return TL_OK;
}

/* The largest sum of weights there can be: with everybody in. */
static bool largest_weights(int64_t *out, const struct tl_what_if *plan, const struct tl_what_if_line *line)
{
    size_t classes = line->names_classes ? plan->class_count : 1;
    *out = line->factor_sum;
    for (size_t k = 0; k < line->part_count; k++) {
        int64_t sum = 0;
        for (size_t i = 0; i < plan->member_count; i++) {
            int64_t most = line->claims[i].quantities[k];
            for (size_t c = 0; line->names_classes && c < classes; c++)
                if (line->claims[i].by_class[k * classes + c] > most)
                    most = line->claims[i].by_class[k * classes + c];
            sum += most;
        }
        if (__builtin_mul_overflow(*out, sum == 0 ? 1 : sum, out))
            return false;
    }
    return true;
}

/* The base of the digits: the larger it is, the fewer columns it takes, while 2 x weights x base stays exact. */
static void choose_digits(const struct tl_what_if *plan, struct tl_what_if_line *line)
{
    enum { BASE_MAX = 1000000 };
    int64_t weights = 0, amount = 1;
    line->base = 1;
    if (largest_weights(&weights, plan, line))
        while (line->base < BASE_MAX && line->base * 10 <= TL_WHAT_IF_MAX / 2 / weights)
            line->base *= 10;
    if (line->base == 1) {
        line->refusal = "vægtene har for mange cifre";
        return;
    }
    /* room for a budget ten times as large, or ten million kroner */
    int64_t most = line->budget.decided > line->budget.tried ? line->budget.decided : line->budget.tried;
    for (most = most < 100000000 ? 1000000000 : most * 10; amount <= most; line->limb_count++)
        amount = amount > INT64_MAX / line->base ? INT64_MAX : amount * line->base;
    if (line->limb_count > TL_WHAT_IF_LIMBS_MAX)
        line->refusal = "vægtene har for mange cifre";
}

static struct tl_what_if_factor share_factor(struct tl_ratio share)
{
    return tl_ratio_is_none(share) ? (struct tl_what_if_factor){0, 1}
                                   : (struct tl_what_if_factor){share.numerator, share.denominator};
}

static void read_bounds(struct tl_what_if_line *line, const struct tl_line *tried)
{
    const struct tl_line *was = line->line;
    line->floor = (struct tl_what_if_cell){"Mindst pr. medlem", was->has_floor, tried->has_floor, was->floor.minor,
                                           tried->floor.minor};
    line->cap =
        (struct tl_what_if_cell){"Højst pr. medlem", was->has_cap, tried->has_cap, was->cap.minor, tried->cap.minor};
    line->floor_share = share_factor(was->floor_share);
    line->cap_share = share_factor(was->cap_share);
    if ((was->has_floor && line->floor_share.numerator != 0) || (was->has_cap && line->cap_share.numerator != 0))
        line->refusal = "grænserne er både beløb og andele";
}

/* What rounding left from earlier years, in whole parts of a minor unit. */
static bool read_carried(int64_t *out, const struct tl_what_if_line *line, const struct tl_carry *carry)
{
    struct tl_frac parts;
    tl_frac_init(&parts);
    tl_frac_set_whole(&parts, TL_CARRY_PARTS);
    mpq_mul(parts.q, parts.q, carry->fraction.q);
    bool fits = mpz_cmp_ui(mpq_denref(parts.q), 1) == 0 &&
                mpz_cmpabs_ui(mpq_numref(parts.q), (unsigned long)(line->unit * TL_CARRY_PARTS)) < 0;
    *out = fits ? mpz_get_si(mpq_numref(parts.q)) : 0;
    tl_frac_release(&parts);
    return fits;
}

static bool read_carries(struct tl_what_if *plan, struct tl_what_if_line *line)
{
    const struct tl_alloc_request *request = plan->facts->decided.request;
    bool fits = true;
    for (size_t c = 0; !line->line->rounds_each_period && c < request->carry_count; c++)
        for (size_t i = 0; i < plan->member_count && tl_text_equal(request->carries[c].line_id, line->line->id); i++)
            if (tl_text_equal(request->carries[c].member_code, plan->members[i]->code)) {
                fits = read_carried(&line->claims[i].carried, line, &request->carries[c]) && fits;
                line->carries = line->carries || line->claims[i].carried != 0;
            }
    return fits;
}

tl_status tl_what_if_read_keys(struct tl_what_if *plan, struct tl_what_if_line *line, size_t at, struct tl_err *err)
{
    const struct tl_line_result *widest = &plan->facts->widest.allocation->lines[at];
    const struct tl_line *tried = &plan->facts->tried.request->terms->lines[at];
    line->budget = (struct tl_what_if_cell){"Budget", true, true, line->line->budget.minor, tried->budget.minor};
    if (line->line->has_published_decimals)
        line->refusal = "andelene offentliggøres med faste decimaler";
    else if (line->line->first_share_count > 0)
        line->refusal = "en del af budgettet tages forlods";
    else if (widest->segment_count > 1)
        line->refusal = "nogen kommer eller går i løbet af året";
    else if (line->line->budget.minor < 0)
        line->refusal = "budgettet er negativt";
    read_bounds(line, tried);
    tl_status status = count_quantities(plan, line, err);
    if (status != TL_OK || line->refusal != NULL)
        return status;
    if (!read_carries(plan, line))
        line->refusal = "det, afrundingen har efterladt, har for mange decimaler";
    else
        choose_digits(plan, line);
    return TL_OK;
}
