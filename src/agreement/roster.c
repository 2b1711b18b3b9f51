/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/agreement/roster.h"

#include "tilslut/agreement/figure.h"
#include "tilslut/agreement/party.h"
#include "tilslut/base/text.h"
#include "tilslut/store/stmt.h"

enum { SQL_MEMBERSHIPS, SQL_EVENTS };

static const char *const SQL[] = {
    [SQL_MEMBERSHIPS] =
        "SELECT m.id, m.party_code, b.holds_on FROM membership m JOIN membership_event b ON b.membership_id = m.id AND "
        "b.event = 'begins' WHERE m.product_code = ?1 AND m.act_id <= ?2 ORDER BY m.party_code, b.holds_on, m.id",
    [SQL_EVENTS] = "SELECT event, holds_on, detail, evidence, holds_until FROM membership_event WHERE "
                   "membership_id = ?1 AND act_id <= ?2 ORDER BY holds_on, id",
};

/* What events add up to, while they are read; those that hold on a date are told as of `on`. */
struct told {
    struct tl_date on;
    struct tl_option_taken *options;
    const char **waivers, **groups;
    size_t option_capacity, waiver_capacity, group_capacity;
};

static tl_status take_option(struct tl_member *member, struct told *told, struct tl_stmt *stmt, struct tl_arena *arena,
                             struct tl_err *err)
{
    told->options =
        tl_arena_grow(arena, told->options, member->option_count, &told->option_capacity, sizeof *told->options);
    const char *option = tl_stmt_copy(stmt, 2, arena);
    if (told->options == NULL || option == NULL)
        return tl_err_memory(err);
    told->options[member->option_count++] = (struct tl_option_taken){option, tl_stmt_date(stmt, 1), {0}};
    member->options = told->options;
    return TL_OK;
}

static void drop_option(struct tl_member *member, struct told *told, struct tl_stmt *stmt)
{
    for (size_t i = 0; i < member->option_count; i++)
        if (tl_text_equal(told->options[i].option, tl_stmt_text(stmt, 2)) && tl_date_is_none(told->options[i].last))
            told->options[i].last = tl_date_add_days(tl_stmt_date(stmt, 1), -1);
}

/* Adds the event's detail to a list of words. */
static tl_status take_word(const char ***words, size_t *count, size_t *capacity, struct tl_stmt *stmt,
                           struct tl_arena *arena, struct tl_err *err)
{
    *words = tl_arena_grow(arena, *words, *count, capacity, sizeof **words);
    if (*words == NULL || ((*words)[*count] = tl_stmt_copy(stmt, 2, arena)) == NULL)
        return tl_err_memory(err);
    ++*count;
    return TL_OK;
}

/* A waiver counts in the whole of the year that it holds from; one that was signed with the membership, always. */
static tl_status take_waiver(struct tl_member *member, struct told *told, struct tl_stmt *stmt, struct tl_arena *arena,
                             struct tl_err *err)
{
    struct tl_date on = tl_stmt_date(stmt, 1);
    if (tl_date_year(on) > tl_date_year(told->on) && tl_date_compare(on, member->signed_on) > 0)
        return TL_OK;
    tl_status status = take_word(&told->waivers, &member->waiver_count, &told->waiver_capacity, stmt, arena, err);
    member->waivers = told->waivers;
    return status;
}

static tl_status join_group(struct tl_member *member, struct told *told, struct tl_stmt *stmt, struct tl_arena *arena,
                            struct tl_err *err)
{
    tl_status status = take_word(&told->groups, &member->group_count, &told->group_capacity, stmt, arena, err);
    member->groups = told->groups;
    return status;
}

static void leave_group(struct tl_member *member, struct told *told, struct tl_stmt *stmt)
{
    size_t kept = 0;
    for (size_t i = 0; i < member->group_count; i++)
        if (!tl_text_equal(told->groups[i], tl_stmt_text(stmt, 2)))
            told->groups[kept++] = told->groups[i];
    member->group_count = kept;
}

static tl_status take_class(struct tl_member *member, struct tl_stmt *stmt, struct tl_arena *arena, struct tl_err *err)
{
    const char *name = tl_stmt_copy(stmt, 2, arena), *reason = tl_stmt_copy(stmt, 3, arena);
    if (name == NULL || reason == NULL)
        return tl_err_memory(err);
    if (tl_text_equal(tl_stmt_text(stmt, 0), "class frozen")) {
        member->class_frozen = name;
        member->class_frozen_until = tl_date_year(tl_stmt_date(stmt, 4));
    } else {
        member->class_by_hand = name;
        member->class_reason = reason;
    }
    return TL_OK;
}

/* Groups, passive membership and classes hold from their date on; what comes later than `on` is not taken yet. */
static tl_status take_dated(struct tl_member *member, struct told *told, struct tl_stmt *stmt, struct tl_arena *arena,
                            struct tl_err *err)
{
    const char *event = tl_stmt_text(stmt, 0);
    if (tl_date_compare(tl_stmt_date(stmt, 1), told->on) > 0)
        return TL_OK;
    if (tl_text_equal(event, "passive") || tl_text_equal(event, "active"))
        member->is_passive = tl_text_equal(event, "passive");
    else if (tl_text_equal(event, "group joined"))
        return join_group(member, told, stmt, arena, err);
    else if (tl_text_equal(event, "group left"))
        leave_group(member, told, stmt);
    else
        return take_class(member, stmt, arena, err);
    return TL_OK;
}

static tl_status take_event(struct tl_member *member, struct told *told, struct tl_stmt *stmt, struct tl_arena *arena,
                            struct tl_err *err)
{
    const char *event = tl_stmt_text(stmt, 0);
    struct tl_date on = tl_stmt_date(stmt, 1);
    if (tl_text_equal(event, "signed"))
        member->signed_on = on;
    else if (tl_text_equal(event, "begins"))
        return TL_OK;
    else if (tl_text_equal(event, "ends"))
        member->last = on;
    else if (tl_text_equal(event, "option taken"))
        return take_option(member, told, stmt, arena, err);
    else if (tl_text_equal(event, "option dropped"))
        drop_option(member, told, stmt);
    else if (tl_text_equal(event, "waiver"))
        return take_waiver(member, told, stmt, arena, err);
    else
        return take_dated(member, told, stmt, arena, err);
    return TL_OK;
}

static tl_status read_events(struct tl_member *member, int64_t membership, struct tl_store *store, struct tl_date on,
                             struct tl_arena *arena, struct tl_err *err)
{
    struct tl_stmt *stmt;
    struct told told = {.on = on};
    bool row;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_EVENTS], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_int(stmt, 1, membership);
    tl_stmt_bind_int(stmt, 2, tl_store_known(store));
    while (status == TL_OK && (status = tl_stmt_next(stmt, &row, err)) == TL_OK && row)
        status = take_event(member, &told, stmt, arena, err);
    tl_stmt_end(stmt);
    return status;
}

static tl_status complete(struct tl_member *member, int64_t membership, struct tl_store *store, struct tl_date on,
                          struct tl_arena *arena, struct tl_err *err)
{
    struct tl_party party;
    struct tl_figure *figures = NULL;
    struct tl_date then = tl_date_compare(member->first, on) > 0 ? member->first : on;
    tl_status status = read_events(member, membership, store, then, arena, err);
    if (status == TL_OK)
        status = tl_party_find(&party, store, member->code, then, arena, err);
    if (status == TL_OK)
        status = tl_party_association(&member->association, store, member->code, then, err);
    if (status == TL_OK)
        status = tl_figure_list(&figures, &member->figure_count, store, member->code, arena, err);
    if (status != TL_OK)
        return status;
    member->name = party.name;
    member->figures = figures;
    return TL_OK;
}

/* A party that left and joined again counts with its latest membership that has begun by the end of the year. */
static bool replaces(const struct tl_roster *roster, const char *code)
{
    return roster->count > 0 && tl_text_equal(roster->members[roster->count - 1].code, code);
}

/* The memberships that begin up to `until`, of a party only the last; its first where none begins by then. Or all of
 * them, where `until` is none. The id of each is in *ids, in the roster's arena. */
static tl_status read_memberships(struct tl_roster *out, int64_t **ids, struct tl_store *store, const char *product,
                                  struct tl_date until, struct tl_err *err)
{
    struct tl_stmt *stmt;
    size_t capacity = 0, id_capacity = 0;
    bool row;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_MEMBERSHIPS], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_text(stmt, 1, product);
    tl_stmt_bind_int(stmt, 2, tl_store_known(store));
    while ((status = tl_stmt_next(stmt, &row, err)) == TL_OK && row) {
        const char *code = tl_stmt_copy(stmt, 1, &out->arena);
        if (code == NULL)
            return tl_err_memory(err);
        bool again = !tl_date_is_none(until) && replaces(out, code);
        if (again && tl_date_compare(tl_stmt_date(stmt, 2), until) > 0)
            continue;
        size_t n = again ? out->count - 1 : out->count;
        out->members = tl_arena_grow(&out->arena, out->members, n, &capacity, sizeof *out->members);
        *ids = tl_arena_grow(&out->arena, *ids, n, &id_capacity, sizeof **ids);
        if (out->members == NULL || *ids == NULL)
            return tl_err_memory(err);
        out->members[n] = (struct tl_member){.code = code, .first = tl_stmt_date(stmt, 2)};
        (*ids)[n] = tl_stmt_int(stmt, 0);
        out->count = n + 1;
    }
    return status;
}

static tl_status read_roster(struct tl_roster *out, struct tl_store *store, const char *product, struct tl_date on,
                             struct tl_date until, struct tl_err *err)
{
    int64_t *ids = NULL;
    *out = (struct tl_roster)TL_ROSTER_EMPTY;
    tl_status status = read_memberships(out, &ids, store, product, until, err);
    for (size_t i = 0; status == TL_OK && i < out->count; i++)
        status = complete(&out->members[i], ids[i], store, on, &out->arena, err);
    if (status != TL_OK)
        tl_roster_release(out);
    return status;
}

tl_status tl_roster_read(struct tl_roster *out, struct tl_store *store, const char *product, struct tl_date on,
                         struct tl_err *err)
{
    return read_roster(out, store, product, on, tl_period_of_year(tl_date_year(on)).last, err);
}

tl_status tl_roster_read_all(struct tl_roster *out, struct tl_store *store, const char *product, struct tl_date on,
                             struct tl_err *err)
{
    return read_roster(out, store, product, on, (struct tl_date){0}, err);
}

void tl_roster_release(struct tl_roster *roster)
{
    tl_arena_release(&roster->arena);
    *roster = (struct tl_roster)TL_ROSTER_EMPTY;
}

const struct tl_member *tl_roster_find(const struct tl_roster *roster, const char *code)
{
    for (size_t i = 0; i < roster->count; i++)
        if (tl_text_equal(roster->members[i].code, code))
            return &roster->members[i];
    return NULL;
}

const struct tl_member *tl_roster_find_in(const struct tl_roster *roster, const char *code, int year)
{
    const struct tl_member *member = tl_roster_find(roster, code);
    struct tl_period period = tl_period_of_year(year);
    bool runs = member != NULL && tl_date_compare(member->first, period.last) <= 0 &&
                (tl_date_is_none(member->last) || tl_date_compare(member->last, period.first) >= 0);
    return runs ? member : NULL;
}
