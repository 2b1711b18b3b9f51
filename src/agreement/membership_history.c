/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/agreement/membership_history.h"

#include <string.h>

#include "membership_parts.h"
#include "tilslut/agreement/product.h"
#include "tilslut/base/text.h"
#include "tilslut/store/stmt.h"

/* By party, membership, date and order of recording; with how many events each membership has. */
static const char SQL_LIST[] =
    "SELECT m.id, m.party_code, e.id, e.act_id, e.event, e.holds_on, e.holds_until, e.detail, e.evidence, a.actor, "
    "a.recorded_at, m.act_id FROM membership m JOIN membership_event e ON e.membership_id = m.id "
    "JOIN act a ON a.id = e.act_id WHERE m.product_code = ?1 AND (?2 IS NULL OR m.party_code = ?2) AND e.act_id <= ?3 "
    "ORDER BY m.party_code, m.id, e.holds_on, e.id";

/* A history on the way. */
struct reader {
    struct tl_membership_history *histories;
    size_t count, capacity, fact_capacity;
    struct tl_arena *arena;
};

static tl_status begin_history(struct reader *reader, struct tl_stmt *stmt, const char *product, struct tl_err *err)
{
    reader->histories =
        tl_arena_grow(reader->arena, reader->histories, reader->count, &reader->capacity, sizeof *reader->histories);
    const char *party = tl_stmt_copy(stmt, 1, reader->arena);
    if (reader->histories == NULL || party == NULL)
        return tl_err_memory(err);
    reader->histories[reader->count++] =
        (struct tl_membership_history){.id = tl_stmt_int(stmt, 0), .product = product, .party = party};
    reader->fact_capacity = 0;
    return TL_OK;
}

static tl_status read_fact(struct tl_membership_fact *out, struct tl_stmt *stmt, struct tl_arena *arena,
                           struct tl_err *err)
{
    *out = (struct tl_membership_fact){.id = tl_stmt_int(stmt, 2),
                                       .act = tl_stmt_int(stmt, 3),
                                       .event = tl_membership_event_find(tl_stmt_text(stmt, 4)),
                                       .on = tl_stmt_date(stmt, 5),
                                       .until = tl_stmt_date(stmt, 6),
                                       .detail = tl_stmt_copy(stmt, 7, arena),
                                       .evidence = tl_stmt_copy(stmt, 8, arena),
                                       .actor = tl_stmt_copy(stmt, 9, arena),
                                       .recorded_at = tl_stmt_copy(stmt, 10, arena),
                                       .is_drafted = tl_stmt_int(stmt, 3) == tl_stmt_int(stmt, 11)};
    if (out->event == TL_MEMBERSHIP_EVENT_COUNT)
        return tl_err_set(err, TL_ERR_BROKEN, "'%.60s' is no event of a membership", tl_stmt_text(stmt, 4));
    return out->detail == NULL || out->evidence == NULL || out->actor == NULL || out->recorded_at == NULL
               ? tl_err_memory(err)
               : TL_OK;
}

static tl_status add_row(struct reader *reader, struct tl_stmt *stmt, const char *product, struct tl_err *err)
{
    tl_status status = TL_OK;
    if (reader->count == 0 || reader->histories[reader->count - 1].id != tl_stmt_int(stmt, 0))
        status = begin_history(reader, stmt, product, err);
    if (status != TL_OK)
        return status;
    struct tl_membership_history *history = &reader->histories[reader->count - 1];
    history->facts =
        tl_arena_grow(reader->arena, history->facts, history->count, &reader->fact_capacity, sizeof *history->facts);
    if (history->facts == NULL)
        return tl_err_memory(err);
    status = read_fact(&history->facts[history->count], stmt, reader->arena, err);
    history->count += status == TL_OK ? 1 : 0;
    return status;
}

/* What a draft says besides the steps. A membership that was taken over also carries on when it was signed. */
static bool is_of_draft(tl_membership_event event, bool taken_over)
{
    switch (event) {
    case TL_MEMBERSHIP_BEGINS:
    case TL_MEMBERSHIP_OPTION_TAKEN:
    case TL_MEMBERSHIP_WAIVER:
    case TL_MEMBERSHIP_CLASS_BY_HAND:
    case TL_MEMBERSHIP_CLASS_FROZEN:
    case TL_MEMBERSHIP_GROUP_JOINED:
        return true;
    case TL_MEMBERSHIP_SIGNED:
    case TL_MEMBERSHIP_PASSIVE:
        return taken_over;
    default:
        return false;
    }
}

/* Of what was recorded together with the membership. */
static void mark_draft(struct tl_membership_history *history)
{
    bool taken_over = false;
    for (size_t i = 0; i < history->count; i++)
        taken_over =
            taken_over || (history->facts[i].is_drafted && history->facts[i].event == TL_MEMBERSHIP_TAKEN_OVER);
    for (size_t i = 0; i < history->count; i++) {
        struct tl_membership_fact *fact = &history->facts[i];
        fact->is_drafted = fact->is_drafted && is_of_draft(fact->event, taken_over);
    }
}

tl_status tl_membership_history_list(struct tl_membership_history **out, size_t *count, struct tl_store *store,
                                     const char *product, const char *party, struct tl_arena *arena, struct tl_err *err)
{
    struct tl_stmt *stmt;
    struct reader reader = {.arena = arena};
    bool row;
    const char *code = tl_arena_text(arena, product);
    tl_status status = code == NULL ? tl_err_memory(err) : tl_stmt_get(&stmt, store, SQL_LIST, err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_text(stmt, 1, product);
    tl_stmt_bind_text(stmt, 2, party);
    tl_stmt_bind_int(stmt, 3, tl_store_known(store));
    while (status == TL_OK && (status = tl_stmt_next(stmt, &row, err)) == TL_OK && row)
        status = add_row(&reader, stmt, code, err);
    tl_stmt_end(stmt);
    for (size_t i = 0; i < reader.count; i++)
        mark_draft(&reader.histories[i]);
    *out = reader.histories;
    *count = reader.count;
    return status;
}

/* How well a membership suits a step: one that can take it, one that runs or is on its way, one that is over. */
static int rank(tl_membership_state state, tl_membership_event event)
{
    if (state == TL_MEMBERSHIP_STATE_NONE)
        return 0;
    if (tl_membership_state_allows(state, event))
        return 3;
    return state == TL_MEMBERSHIP_STATE_ENDED || state == TL_MEMBERSHIP_STATE_WITHDRAWN ? 1 : 2;
}

/* The last of those that suit best; NULL when the party has no agreement on that date. */
static tl_status choose(const struct tl_membership_history **out, const struct tl_membership_history *histories,
                        size_t count, const struct tl_membership_fact *fact, struct tl_err *err)
{
    int best = 0;
    tl_status status = TL_OK;
    *out = NULL;
    for (size_t i = 0; status == TL_OK && i < count; i++) {
        struct tl_membership_life life;
        status = tl_membership_state_follow(&life, &histories[i], fact->on, err);
        int found = status == TL_OK ? rank(life.state, fact->event) : 0;
        if (found == 0 || found < best)
            continue;
        best = found;
        *out = &histories[i];
    }
    return status;
}

static tl_status refuse_none(const char *product, const char *party, const struct tl_membership_fact *fact,
                             struct tl_err *err)
{
    char date[TL_DATE_TEXT_SIZE];
    if (fact->event < TL_MEMBERSHIP_BEGINS) {
        (void)tl_err_set(err, TL_ERR_NOT_FOUND, "'%.40s' has no agreement for '%.40s' on %s", party, product,
                         tl_date_iso(fact->on, date));
        tl_err_hint(err, "allowed then: draft, join");
    } else {
        (void)tl_err_set(err, TL_ERR_NOT_FOUND, "'%.40s' is not a member of '%.40s' on %s", party, product,
                         tl_date_iso(fact->on, date));
        tl_err_hint(err, "allowed then: draft, join; tilslut list members %.40s shows who is a member", product);
    }
    return TL_ERR_NOT_FOUND;
}

/* The history with the step in its place: the last of its date. */
static tl_status insert(struct tl_membership_history *out, const struct tl_membership_history *history,
                        const struct tl_membership_fact *fact, struct tl_arena *arena, struct tl_err *err)
{
    size_t at = 0;
    *out = *history;
    out->facts = tl_arena_alloc(arena, history->count + 1, sizeof *out->facts);
    if (out->facts == NULL)
        return tl_err_memory(err);
    while (at < history->count && tl_date_compare(history->facts[at].on, fact->on) <= 0)
        at++;
    memcpy(out->facts, history->facts, at * sizeof *out->facts);
    out->facts[at] = *fact;
    out->facts[at].id = INT64_MAX;
    memcpy(out->facts + at + 1, history->facts + at, (history->count - at) * sizeof *out->facts);
    out->count = history->count + 1;
    return TL_OK;
}

/* The step itself, and then what is recorded of later days. */
static tl_status check_step(const struct tl_membership_history *history, const struct tl_membership_fact *fact,
                            struct tl_err *err)
{
    struct tl_membership_life life;
    struct tl_err later = TL_ERR_NONE;
    char on[TL_DATE_TEXT_SIZE];
    tl_status status = tl_membership_state_follow(&life, history, fact->on, err);
    if (status != TL_OK || tl_membership_state_follow(&life, history, (struct tl_date){0}, &later) == TL_OK)
        return status;
    (void)tl_err_set(err, TL_ERR_STATE, "'%s' on %s does not go with what is recorded of later days: %.400s",
                     tl_membership_event_name(fact->event), tl_date_iso(fact->on, on), later.message);
    tl_err_hint(err, "tilslut life %.40s %.40s shows what is recorded", history->product, history->party);
    return TL_ERR_STATE;
}

/* What ends a membership earlier than another end on record would make that undone without a word: an end is taken back
 * first, and then given anew. A handover is not taken back at all, since the membership goes on in other hands. */
static tl_status check_no_end(const struct tl_membership_history *history, const struct tl_membership_fact *fact,
                              struct tl_err *err)
{
    struct tl_membership_life life;
    const struct tl_membership_fact *end = NULL;
    char on[TL_DATE_TEXT_SIZE], then[TL_DATE_TEXT_SIZE], allowed[TL_MEMBERSHIP_ALLOWED_SIZE];
    tl_status status = tl_membership_state_follow(&life, history, (struct tl_date){0}, err);
    for (size_t i = 0; status == TL_OK && i < history->count; i++)
        if (history->facts[i].id == life.ended_by && tl_date_compare(history->facts[i].on, fact->on) > 0)
            end = &history->facts[i];
    bool is_notice = end != NULL && end->event == TL_MEMBERSHIP_NOTICE;
    bool ends = fact->event == TL_MEMBERSHIP_NOTICE || fact->event == TL_MEMBERSHIP_HANDED_OVER;
    if (status != TL_OK || end == NULL || !ends || (is_notice && fact->event == TL_MEMBERSHIP_HANDED_OVER))
        return status;
    (void)tl_err_set(err, TL_ERR_STATE, "the agreement of '%.40s' for '%.40s' %s on %s already, which is later than %s",
                     history->party, history->product, is_notice ? "was put under notice" : "was handed over",
                     tl_date_iso(end->on, then), tl_date_iso(fact->on, on));
    if (is_notice)
        tl_err_hint(err, "allowed instead: %s; a notice is corrected by stay, and then leave",
                    tl_membership_state_allowed(&life, allowed));
    else
        tl_err_hint(err, "the membership goes on in other hands: tilslut life %.40s %.40s", history->product,
                    history->party);
    return TL_ERR_STATE;
}

tl_status tl_membership_find(struct tl_membership_history *out, struct tl_store *store, const char *product,
                             const char *party, const struct tl_membership_fact *fact, struct tl_arena *arena,
                             struct tl_err *err)
{
    struct tl_membership_history *histories = NULL, after;
    const struct tl_membership_history *history = NULL;
    struct tl_product found;
    size_t count = 0;
    tl_status status = tl_product_find(&found, store, product, arena, err);
    if (status == TL_OK)
        status = tl_membership_history_list(&histories, &count, store, product, party, arena, err);
    if (status == TL_OK)
        status = choose(&history, histories, count, fact, err);
    if (status == TL_OK && history == NULL)
        status = refuse_none(product, party, fact, err);
    if (status == TL_OK)
        status = check_no_end(history, fact, err);
    if (status == TL_OK)
        status = insert(&after, history, fact, arena, err);
    if (status == TL_OK)
        status = check_step(&after, fact, err);
    if (status == TL_OK)
        *out = *history;
    return status;
}

tl_status tl_membership_history_step(struct tl_store *store, const char *product, const char *party,
                                     const struct tl_membership_fact *fact, struct tl_err *err)
{
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct tl_membership_history history;
    tl_status status = tl_membership_find(&history, store, product, party, fact, &arena, err);
    if (status == TL_OK)
        status = tl_membership_add_fact(store, history.id, fact, err);
    tl_arena_release(&arena);
    return status;
}

static tl_status verify_product(struct tl_findings *findings, struct tl_store *store, const char *product,
                                struct tl_arena *arena, struct tl_err *err)
{
    struct tl_membership_history *histories = NULL;
    struct tl_membership_life life;
    struct tl_err failure = TL_ERR_NONE;
    size_t count = 0;
    tl_status status = tl_membership_history_list(&histories, &count, store, product, NULL, arena, &failure);
    if (status == TL_ERR_BROKEN)
        return tl_findings_add(findings, err, "memberships", "%s", failure.message);
    if (status != TL_OK)
        *err = failure;
    for (size_t i = 0; status == TL_OK && i < count; i++) {
        struct tl_err found = TL_ERR_NONE;
        if (tl_membership_state_follow(&life, &histories[i], (struct tl_date){0}, &found) != TL_OK)
            status = tl_findings_add(findings, err, "memberships", "%s", found.message);
    }
    return status;
}

tl_status tl_membership_history_verify(struct tl_findings *findings, struct tl_store *store, struct tl_err *err)
{
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct tl_product *products = NULL;
    size_t count = 0;
    tl_status status = tl_product_list(&products, &count, store, &arena, err);
    for (size_t i = 0; status == TL_OK && i < count; i++)
        status = verify_product(findings, store, products[i].code, &arena, err);
    tl_arena_release(&arena);
    return status;
}
