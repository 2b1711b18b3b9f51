/* SPDX-License-Identifier: MPL-2.0 */
#include "year_terms.h"

#include <string.h>

#include "tilslut/agreement/terms_binding.h"

/* The text of a version, read once. */
static tl_status read_version(struct tl_terms **out, struct tl_product_year *year, const struct tl_adopted *version,
                              struct tl_err *err)
{
    for (size_t i = 0; i < year->other_count; i++)
        if (year->others[i]->version == version->version) {
            *out = &year->others[i]->terms;
            return TL_OK;
        }
    struct tl_product_year_terms **others = tl_arena_grow(
        &year->arena, year->others, year->other_count, &year->other_capacity, sizeof(struct tl_product_year_terms *));
    struct tl_product_year_terms *other = tl_arena_alloc(&year->arena, 1, sizeof *other);
    if (others == NULL || other == NULL)
        return tl_err_memory(err);
    *other = (struct tl_product_year_terms){version->version, TL_TERMS_EMPTY};
    year->others = others;
    others[year->other_count++] = other;
    *out = &other->terms;
    return tl_terms_book_read(&other->terms, version, err);
}

static bool has_joining_fee(const struct tl_terms *terms)
{
    for (size_t i = 0; i < terms->line_count; i++)
        if (terms->lines[i].kind == TL_LINE_JOINING_FEE)
            return true;
    return false;
}

tl_status tl_year_terms_of_members(struct tl_product_year *product_year, int year, struct tl_err *err)
{
    tl_status status = TL_OK;
    for (size_t i = 0; status == TL_OK && i < product_year->roster.count; i++) {
        struct tl_member *member = &product_year->roster.members[i];
        const struct tl_adopted *version =
            tl_terms_binding_at_signing(product_year->versions, product_year->version_count, member);
        if (version == NULL || version->version == product_year->adopted.version || member->was_taken_over ||
            tl_date_year(member->first) != year)
            continue;
        struct tl_terms *terms = NULL;
        status = read_version(&terms, product_year, version, err);
        member->signed_terms = terms;
        member->signed_version = version->version;
    }
    return status;
}

static tl_status add_line(struct tl_product_year *year, const struct tl_line *line, const struct tl_terms *from,
                          struct tl_err *err)
{
    struct tl_terms *terms = &year->terms;
    struct tl_line *lines = tl_arena_alloc(&year->arena, terms->line_count + 1, sizeof *lines);
    if (lines == NULL)
        return tl_err_memory(err);
    if (terms->line_count > 0)
        memcpy(lines, terms->lines, terms->line_count * sizeof *lines);
    lines[terms->line_count] = *line;
    lines[terms->line_count++].from = from;
    terms->lines = lines;
    return TL_OK;
}

static tl_status add_lines_of(struct tl_product_year *year, const struct tl_terms *from, tl_line_kind kind,
                              struct tl_err *err)
{
    tl_status status = TL_OK;
    for (size_t i = 0; status == TL_OK && i < from->line_count; i++)
        if (from->lines[i].kind == kind && tl_terms_line(&year->terms, from->lines[i].id) == NULL)
            status = add_line(year, &from->lines[i], from, err);
    return status;
}

/* Other versions that begin within the year, and are in force on their first day. */
static tl_status add_once(struct tl_product_year *year, int ahead, struct tl_err *err)
{
    tl_status status = TL_OK;
    for (size_t i = 0; status == TL_OK && i < year->version_count; i++) {
        const struct tl_adopted *version = &year->versions[i];
        struct tl_terms *terms = NULL;
        struct tl_date last;
        if (version->version == year->adopted.version || tl_date_year(version->valid_from) != year->year + ahead ||
            tl_terms_book_state(&last, year->versions, year->version_count, i, version->valid_from) !=
                TL_TERMS_IN_FORCE)
            continue;
        status = read_version(&terms, year, version, err);
        if (status != TL_OK)
            break;
        terms->valid_from = tl_product_year_set_back(version->valid_from, ahead);
        status = add_lines_of(year, terms, TL_LINE_ONE_OFF, err);
    }
    return status;
}

static void drop_lines(struct tl_product_year *year)
{
    year->terms.line_count = year->own_line_count;
}

tl_status tl_year_terms_add_lines(struct tl_product_year *product_year, int ahead, struct tl_err *err)
{
    tl_status status = TL_OK;
    drop_lines(product_year);
    for (size_t i = 0; status == TL_OK && i < product_year->roster.count; i++) {
        const struct tl_terms *terms = product_year->roster.members[i].signed_terms;
        if (terms != NULL && has_joining_fee(terms))
            status = add_lines_of(product_year, terms, TL_LINE_JOINING_FEE, err);
    }
    return status == TL_OK && product_year->takes_later ? add_once(product_year, ahead, err) : status;
}

tl_status tl_year_terms_make_room(struct tl_product_year *product_year, struct tl_err *err)
{
    struct tl_product_year_terms *own = tl_arena_alloc(&product_year->arena, 1, sizeof *own);
    struct tl_product_year_terms **others =
        tl_arena_grow(&product_year->arena, product_year->others, product_year->other_count,
                      &product_year->other_capacity, sizeof(struct tl_product_year_terms *));
    if (own == NULL || others == NULL)
        return tl_err_memory(err);
    drop_lines(product_year);
    *own = (struct tl_product_year_terms){product_year->adopted.version, product_year->terms};
    product_year->others = others;
    others[product_year->other_count++] = own;
    product_year->terms = (struct tl_terms)TL_TERMS_EMPTY;
    for (size_t i = 0; i < product_year->roster.count; i++) {
        struct tl_member *member = &product_year->roster.members[i];
        bool begins = tl_date_year(member->first) == product_year->year && !member->was_taken_over;
        if (member->signed_terms != NULL || !begins)
            continue;
        member->signed_terms = &own->terms;
        member->signed_version = own->version;
    }
    return TL_OK;
}

void tl_year_terms_release(struct tl_product_year *product_year)
{
    for (size_t i = 0; i < product_year->other_count; i++)
        tl_terms_release(&product_year->others[i]->terms);
    product_year->other_count = 0;
}
