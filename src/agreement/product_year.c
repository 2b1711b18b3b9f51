/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/agreement/product_year.h"

#include <string.h>

#include "tilslut/agreement/index_value.h"
#include "tilslut/agreement/product.h"
#include "tilslut/base/text.h"
#include "tilslut/exchange/terms_yaml.h"
#include "tilslut/store/stmt.h"
#include "year_terms.h"

enum { MONTHS_PER_YEAR = 12 };

enum { SQL_CARRIES, SQL_HANDOVERS };

static const char *const SQL[] = {
    /* The last share of each line and member that an approved run billed before the year: of the run that went
     * furthest, then of the latest, then of the last segment. The bare columns of a row group are those of the row with
     * max(). */
    [SQL_CARRIES] = "SELECT l.line_id, l.party_code, l.carried_out, "
                    "max(printf('%04d%s%020d%s', r.year, r.period_last, r.id, l.period_first)), r.year FROM run r "
                    "JOIN run_end e ON e.run_id = r.id AND e.outcome = 'approved' AND e.act_id <= ?3 "
                    "JOIN run_line l ON l.run_id = r.id WHERE r.product_code = ?1 AND r.year < ?2 AND l.key <> '' "
                    "AND l.part = 'share' "
                    "GROUP BY l.line_id, l.party_code ORDER BY l.line_id, l.party_code",
    /* who was handed over by a day, and to whom */
    [SQL_HANDOVERS] = "SELECT m.party_code, e.detail FROM membership m JOIN membership_event e "
                      "ON e.membership_id = m.id AND e.event = 'handed over' WHERE m.product_code = ?1 "
                      "AND e.holds_on <= ?2 AND e.act_id <= ?3 ORDER BY e.holds_on, e.id",
};

static tl_status read_carry(struct tl_product_year *out, struct tl_stmt *stmt, struct tl_err *err)
{
    struct tl_carry *carry = &out->carries[out->carry_count];
    *carry = (struct tl_carry){.line_id = tl_stmt_copy(stmt, 0, &out->arena),
                               .member_code = tl_stmt_copy(stmt, 1, &out->arena),
                               .year = (int)tl_stmt_int(stmt, 4)};
    tl_frac_init(&carry->fraction);
    out->carry_count++;
    if (carry->line_id == NULL || carry->member_code == NULL)
        return tl_err_memory(err);
    return tl_frac_from_text(&carry->fraction, tl_stmt_text(stmt, 2), err);
}

static tl_status read_carries(struct tl_product_year *out, struct tl_store *store, const char *product, int year,
                              struct tl_err *err)
{
    struct tl_stmt *stmt;
    size_t capacity = 0;
    bool row;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_CARRIES], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_text(stmt, 1, product);
    tl_stmt_bind_int(stmt, 2, year);
    tl_stmt_bind_int(stmt, 3, tl_store_known(store));
    while (status == TL_OK && (status = tl_stmt_next(stmt, &row, err)) == TL_OK && row) {
        struct tl_carry *carries =
            tl_arena_grow(&out->arena, out->carries, out->carry_count, &capacity, sizeof *carries);
        if (carries == NULL)
            return tl_err_memory(err);
        out->carries = carries;
        status = read_carry(out, stmt, err);
    }
    tl_stmt_end(stmt);
    return status;
}

static struct tl_carry *find_carry(struct tl_product_year *out, const char *line_id, const char *member_code)
{
    for (size_t i = 0; i < out->carry_count; i++)
        if (tl_text_equal(out->carries[i].line_id, line_id) && tl_text_equal(out->carries[i].member_code, member_code))
            return &out->carries[i];
    return NULL;
}

/* Gives what one member has left to another, once: what the other was billed later has it in it already. */
static void pass_on(struct tl_product_year *out, const char *from, const char *to)
{
    for (size_t i = 0; i < out->carry_count; i++) {
        struct tl_carry *carry = &out->carries[i];
        if (!tl_text_equal(carry->member_code, from))
            continue;
        struct tl_carry *other = find_carry(out, carry->line_id, to);
        if (other == NULL)
            carry->member_code = to;
        else if (other->year <= carry->year) {
            mpq_add(other->fraction.q, other->fraction.q, carry->fraction.q);
            other->year = carry->year;
            mpq_set_ui(carry->fraction.q, 0, 1);
        }
    }
}

/* What rounding left to a member who was handed over goes to the first of those who took over, from the first year
 * that begins in their hands. */
static tl_status hand_over_carries(struct tl_product_year *out, struct tl_store *store, const char *product, int year,
                                   struct tl_err *err)
{
    struct tl_stmt *stmt;
    bool row;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_HANDOVERS], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_text(stmt, 1, product);
    tl_stmt_bind_date(stmt, 2, tl_date_of(year, 1, 1));
    tl_stmt_bind_int(stmt, 3, tl_store_known(store));
    while (status == TL_OK && (status = tl_stmt_next(stmt, &row, err)) == TL_OK && row) {
        const char *detail = tl_stmt_text(stmt, 1);
        const char *from = tl_stmt_copy(stmt, 0, &out->arena);
        const char *to = tl_arena_copy(&out->arena, detail, strcspn(detail, ","));
        if (from == NULL || to == NULL)
            status = tl_err_memory(err);
        else
            pass_on(out, from, to);
    }
    tl_stmt_end(stmt);
    return status;
}

/* A product whose first terms begin within the year has none on 1 January. */
static tl_status find_terms(struct tl_product_year *out, struct tl_store *store, const char *product, int year,
                            struct tl_err *err)
{
    struct tl_period period = tl_period_of_year(year);
    struct tl_err none_yet = TL_ERR_NONE;
    tl_status status = tl_terms_book_in_force(&out->adopted, store, product, period.first, &out->arena, &none_yet);
    if (status == TL_ERR_MISSING)
        return tl_terms_book_in_force(&out->adopted, store, product, period.last, &out->arena, err);
    if (status != TL_OK)
        *err = none_yet;
    return status;
}

/* What the year takes from other terms, for a roster that was looked `ahead` at by so many years. */
static tl_status take_others(struct tl_product_year *out, int ahead, struct tl_err *err)
{
    tl_status status = tl_year_terms_of_members(out, out->year + ahead, err);
    return status == TL_OK ? tl_year_terms_add_lines(out, ahead, err) : status;
}

tl_status tl_product_year_load(struct tl_product_year *out, struct tl_store *store, const char *product, int year,
                               int64_t terms_id, struct tl_err *err)
{
    *out = (struct tl_product_year){.year = year, .takes_later = true};
    tl_status status = tl_product_find(&out->product, store, product, &out->arena, err);
    if (status == TL_OK)
        status = terms_id == 0 ? find_terms(out, store, product, year, err)
                               : tl_terms_book_find(&out->adopted, store, terms_id, &out->arena, err);
    if (status == TL_OK)
        status = tl_terms_book_read(&out->terms, &out->adopted, err);
    out->own_line_count = out->terms.line_count;
    if (status == TL_OK)
        status = tl_terms_book_list(&out->versions, &out->version_count, store, product, &out->arena, err);
    if (status == TL_OK)
        status = tl_roster_read(&out->roster, store, product, tl_date_of(year, 1, 1), err);
    if (status == TL_OK)
        status = take_others(out, 0, err);
    if (status == TL_OK)
        status = tl_index_value_list(&out->index_values, &out->index_value_count, store, &out->arena, err);
    if (status == TL_OK)
        status = read_carries(out, store, product, year, err);
    if (status == TL_OK)
        status = hand_over_carries(out, store, product, year, err);
    return status;
}

tl_status tl_product_year_try_terms(struct tl_product_year *product_year, const struct tl_source *source,
                                    struct tl_err *err)
{
    tl_status status = tl_year_terms_make_room(product_year, err);
    if (status == TL_OK)
        status = tl_terms_yaml_read(&product_year->terms, source, err);
    product_year->own_line_count = product_year->terms.line_count;
    return status == TL_OK ? tl_year_terms_add_lines(product_year, 0, err) : status;
}

void tl_product_year_leave_later(struct tl_product_year *product_year)
{
    size_t kept = 0;
    product_year->takes_later = false;
    for (size_t i = 0; i < product_year->terms.line_count; i++)
        if (product_year->terms.lines[i].from == NULL || product_year->terms.lines[i].kind != TL_LINE_ONE_OFF)
            product_year->terms.lines[kept++] = product_year->terms.lines[i];
    product_year->terms.line_count = kept;
}

struct tl_date tl_product_year_set_back(struct tl_date date, int years)
{
    struct tl_date earlier = tl_date_add_months(date, -years * MONTHS_PER_YEAR);
    return !tl_date_is_none(date) && tl_date_is_none(earlier) ? tl_date_of(TL_YEAR_MIN, 1, 1) : earlier;
}

static tl_status set_back_member(struct tl_member *member, int offset, struct tl_arena *arena, struct tl_err *err)
{
    struct tl_option_taken *options = tl_arena_alloc(arena, member->option_count, sizeof *options);
    struct tl_period *earlier = tl_arena_alloc(arena, member->earlier_count, sizeof *earlier);
    if (options == NULL || earlier == NULL)
        return tl_err_memory(err);
    for (size_t i = 0; i < member->earlier_count; i++)
        earlier[i] = (struct tl_period){tl_product_year_set_back(member->earlier[i].first, offset),
                                        tl_product_year_set_back(member->earlier[i].last, offset)};
    member->earlier = earlier;
    for (size_t i = 0; i < member->option_count; i++)
        options[i] = (struct tl_option_taken){member->options[i].option,
                                              tl_product_year_set_back(member->options[i].first, offset),
                                              tl_product_year_set_back(member->options[i].last, offset)};
    member->options = options;
    member->first = tl_product_year_set_back(member->first, offset);
    member->last = tl_product_year_set_back(member->last, offset);
    member->class_frozen_until -= offset;
    return TL_OK;
}

tl_status tl_product_year_look_ahead(struct tl_product_year *product_year, struct tl_store *store, int offset,
                                     struct tl_err *err)
{
    struct tl_roster *roster = &product_year->roster;
    tl_roster_release(roster);
    tl_status status =
        tl_roster_read(roster, store, product_year->product.code, tl_date_of(product_year->year + offset, 1, 1), err);
    if (status == TL_OK)
        status = take_others(product_year, offset, err);
    for (size_t i = 0; status == TL_OK && i < roster->count; i++)
        status = set_back_member(&roster->members[i], offset, &product_year->arena, err);
    product_year->terms.valid_from = tl_product_year_set_back(product_year->terms.valid_from, offset);
    return status;
}

struct tl_alloc_request tl_product_year_request(const struct tl_product_year *product_year)
{
    return (struct tl_alloc_request){.terms = &product_year->terms,
                                     .year = product_year->year,
                                     .members = product_year->roster.members,
                                     .member_count = product_year->prices_only ? 0 : product_year->roster.count,
                                     .leaves_out = product_year->leaves_out,
                                     .prices_only = product_year->prices_only,
                                     .carries = product_year->carries,
                                     .carry_count = product_year->carry_count,
                                     .index_values = product_year->index_values,
                                     .index_value_count = product_year->index_value_count};
}

static tl_status allocate(struct tl_allocation *out, const struct tl_product_year *product_year,
                          struct tl_period period, struct tl_err *err)
{
    struct tl_alloc_request request = tl_product_year_request(product_year);
    request.period = period;
    return tl_alloc(out, &request, err);
}

tl_status tl_product_year_allocate(struct tl_product_year *product_year, struct tl_err *err)
{
    return allocate(&product_year->allocation, product_year, (struct tl_period){0}, err);
}

tl_status tl_product_year_allocate_until(struct tl_allocation *out, const struct tl_product_year *product_year,
                                         struct tl_date last, struct tl_err *err)
{
    return allocate(out, product_year, (struct tl_period){tl_date_of(product_year->year, 1, 1), last}, err);
}

tl_status tl_product_year_compute(struct tl_product_year *out, struct tl_store *store, const char *product, int year,
                                  int64_t terms_id, struct tl_err *err)
{
    tl_status status = tl_product_year_load(out, store, product, year, terms_id, err);
    return status == TL_OK ? tl_product_year_allocate(out, err) : status;
}

tl_status tl_product_year_compute_documents(struct tl_product_year *out, struct tl_store *store, const char *product,
                                            int year, const char *drafted, struct tl_err *err)
{
    tl_status status = tl_product_year_load(out, store, product, year, 0, err);
    out->leaves_out = true;
    if (status == TL_OK && drafted != NULL) {
        tl_roster_release(&out->roster);
        status = tl_roster_read_drafted(&out->roster, store, product, tl_date_of(year, 1, 1), drafted, err);
    }
    if (status == TL_OK)
        status = take_others(out, 0, err);
    return status == TL_OK ? tl_product_year_allocate(out, err) : status;
}

tl_status tl_product_year_compute_prices(struct tl_product_year *out, struct tl_store *store, const char *product,
                                         int year, struct tl_err *err)
{
    tl_status status = tl_product_year_load(out, store, product, year, 0, err);
    out->prices_only = true;
    return status == TL_OK ? tl_product_year_allocate(out, err) : status;
}

void tl_product_year_release(struct tl_product_year *product_year)
{
    tl_allocation_release(&product_year->allocation);
    tl_roster_release(&product_year->roster);
    for (size_t i = 0; i < product_year->carry_count; i++)
        tl_frac_release(&product_year->carries[i].fraction);
    tl_terms_release(&product_year->terms);
    tl_year_terms_release(product_year);
    tl_arena_release(&product_year->arena);
    *product_year = (struct tl_product_year)TL_PRODUCT_YEAR_EMPTY;
}
