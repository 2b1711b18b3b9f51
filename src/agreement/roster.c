/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/agreement/roster.h"

#include "tilslut/agreement/figure.h"
#include "tilslut/agreement/party.h"
#include "tilslut/base/text.h"
#include "tilslut/store/stmt.h"

enum { SQL_MEMBERSHIPS, SQL_EVENTS };

static const char *const SQL[] = {
    [SQL_MEMBERSHIPS] =
        "SELECT id, party_code FROM membership WHERE product_code = ?1 AND act_id <= ?2 ORDER BY party_code, id",
    [SQL_EVENTS] = "SELECT event, holds_on, detail, evidence FROM membership_event WHERE membership_id = ?1 AND "
                   "act_id <= ?2 ORDER BY id",
};

/* What events add up to, while they are read. */
struct told {
    struct tl_option_taken *options;
    const char **waivers;
    size_t option_capacity, waiver_capacity;
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
            told->options[i].last = tl_stmt_date(stmt, 1);
}

static tl_status take_waiver(struct tl_member *member, struct told *told, struct tl_stmt *stmt, struct tl_arena *arena,
                             struct tl_err *err)
{
    told->waivers =
        tl_arena_grow(arena, told->waivers, member->waiver_count, &told->waiver_capacity, sizeof *told->waivers);
    if (told->waivers == NULL || (told->waivers[member->waiver_count] = tl_stmt_copy(stmt, 2, arena)) == NULL)
        return tl_err_memory(err);
    member->waiver_count++;
    member->waivers = told->waivers;
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
        member->first = on;
    else if (tl_text_equal(event, "ends"))
        member->last = on;
    else if (tl_text_equal(event, "option taken"))
        return take_option(member, told, stmt, arena, err);
    else if (tl_text_equal(event, "option dropped"))
        drop_option(member, told, stmt);
    else if (tl_text_equal(event, "waiver"))
        return take_waiver(member, told, stmt, arena, err);
    else if (tl_text_equal(event, "class by hand")) {
        member->class_by_hand = tl_stmt_copy(stmt, 2, arena);
        member->class_reason = tl_stmt_copy(stmt, 3, arena);
        if (member->class_by_hand == NULL || member->class_reason == NULL)
            return tl_err_memory(err);
    }
    return TL_OK;
}

static tl_status read_events(struct tl_member *member, int64_t membership, struct tl_store *store,
                             struct tl_arena *arena, struct tl_err *err)
{
    struct tl_stmt *stmt;
    struct told told = {0};
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
    tl_status status = read_events(member, membership, store, arena, err);
    struct tl_date then = tl_date_compare(member->first, on) > 0 ? member->first : on;
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

static tl_status read_memberships(struct tl_roster *out, struct tl_store *store, const char *product,
                                  struct tl_err *err)
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
        size_t n = out->count;
        out->members = tl_arena_grow(&out->arena, out->members, n, &capacity, sizeof *out->members);
        out->membership_ids =
            tl_arena_grow(&out->arena, out->membership_ids, n, &id_capacity, sizeof *out->membership_ids);
        if (out->members == NULL || out->membership_ids == NULL)
            return tl_err_memory(err);
        out->members[n] = (struct tl_member){.code = tl_stmt_copy(stmt, 1, &out->arena)};
        out->membership_ids[n] = tl_stmt_int(stmt, 0);
        if (out->members[n].code == NULL)
            return tl_err_memory(err);
        out->count++;
    }
    return status;
}

tl_status tl_roster_read(struct tl_roster *out, struct tl_store *store, const char *product, struct tl_date on,
                         struct tl_err *err)
{
    *out = (struct tl_roster)TL_ROSTER_EMPTY;
    tl_status status = read_memberships(out, store, product, err);
    for (size_t i = 0; status == TL_OK && i < out->count; i++)
        status = complete(&out->members[i], out->membership_ids[i], store, on, &out->arena, err);
    if (status != TL_OK)
        tl_roster_release(out);
    return status;
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
