/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/agreement/balancing.h"

#include <inttypes.h>

#include "cost_amount.h"
#include "tilslut/agreement/figure.h"
#include "tilslut/agreement/product.h"
#include "tilslut/agreement/roster.h"
#include "tilslut/agreement/voucher.h"
#include "tilslut/base/text.h"
#include "tilslut/key/split.h"
#include "tilslut/ledger/account.h"
#include "tilslut/ledger/entry.h"
#include "tilslut/store/stmt.h"

enum { SQL_TAKEN, SQL_APART, SQL_ADD, SQL_ADD_LINE, SQL_FIND, SQL_LINES, SQL_ALL, SQL_POSTED };

static const char *const SQL[] = {
    /* that of everything has the hours of a product, unless the product was there first */
    [SQL_TAKEN] = "SELECT b.voucher_id FROM balancing b LEFT JOIN voucher_end e ON e.voucher_id = b.voucher_id "
                  "WHERE b.year = ?1 AND (b.product_code IS NULL OR b.product_code = ?2) "
                  "AND e.outcome IS NOT 'rejected' ORDER BY b.voucher_id LIMIT 1",
    [SQL_APART] = "SELECT count(*) FROM balancing b LEFT JOIN voucher_end e ON e.voucher_id = b.voucher_id "
                  "WHERE b.year = ?1 AND b.product_code = ?2 AND e.outcome IS NOT 'rejected'",
    [SQL_ADD] = "INSERT INTO balancing (voucher_id, year, key, figures_on, rate_id, act_id, product_code) "
                "VALUES (?1, ?2, ?3, ?4, ?5, ?6, nullif(?7, ''))",
    [SQL_ADD_LINE] = "INSERT INTO balancing_line (voucher_id, seq, party_code, hour_numerator, hour_denominator, "
                     "put_in_minor, fair_minor) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    [SQL_FIND] =
        "SELECT b.year, b.key, b.figures_on, b.rate_id, r.rate_minor, coalesce(b.product_code, '') FROM balancing b "
        "JOIN hour_rate r ON r.id = b.rate_id WHERE b.voucher_id = ?1",
    [SQL_LINES] = "SELECT party_code, hour_numerator, hour_denominator, put_in_minor, fair_minor FROM balancing_line "
                  "WHERE voucher_id = ?1 ORDER BY seq",
    [SQL_ALL] = "SELECT voucher_id FROM balancing WHERE voucher_id > ?1 ORDER BY voucher_id LIMIT 1",
    [SQL_POSTED] = "SELECT p.amount_minor FROM posting p JOIN entry e ON e.id = p.entry_id "
                   "WHERE p.key = ?1 AND p.party_code = ?2 AND p.account_code = '" TL_ACCOUNT_RECEIVABLE "'",
};

/* Each line's difference: what it is short of its fair share, to be paid; below zero, to be received. */
static tl_status settle(struct tl_balancing *balancing, struct tl_arena *arena, struct tl_err *err)
{
    int64_t *differences = tl_arena_alloc(arena, balancing->count, sizeof *differences);
    if (differences == NULL)
        return tl_err_memory(err);
    for (size_t i = 0; i < balancing->count; i++)
        differences[i] = balancing->lines[i].fair.minor - balancing->lines[i].put_in.minor;
    return tl_settle(&balancing->settlement, differences, balancing->count, arena, err);
}

/* The members of the association on the year's last day, with their figures. */
static tl_status find_members(struct tl_member **out, size_t *count, struct tl_store *store, int year,
                              struct tl_arena *arena, struct tl_err *err)
{
    struct tl_party *parties = NULL;
    size_t party_count = 0;
    struct tl_date last = tl_period_of_year(year).last;
    tl_status status = tl_party_list(&parties, &party_count, store, last, arena, err);
    *count = 0;
    *out = tl_arena_alloc(arena, party_count, sizeof **out);
    if (status == TL_OK && *out == NULL)
        status = tl_err_memory(err);
    for (size_t i = 0; status == TL_OK && i < party_count; i++) {
        tl_association association;
        struct tl_figure *figures = NULL;
        size_t figure_count = 0;
        status = tl_party_association(&association, store, parties[i].code, last, err);
        if (status != TL_OK || association != TL_ASSOCIATION_MEMBER)
            continue;
        status = tl_figure_list(&figures, &figure_count, store, parties[i].code, arena, err);
        (*out)[(*count)++] = (struct tl_member){.code = parties[i].code,
                                                .name = parties[i].name,
                                                .association = association,
                                                .figures = figures,
                                                .figure_count = figure_count};
    }
    return status;
}

/* The members of a product in the year; `roster` keeps them. */
static tl_status find_members_of(struct tl_member **out, size_t *count, struct tl_roster *roster,
                                 struct tl_store *store, const char *product, int year, struct tl_arena *arena,
                                 struct tl_err *err)
{
    *count = 0;
    tl_status status = tl_roster_read(roster, store, product, tl_period_of_year(year).last, err);
    if (status != TL_OK)
        return status;
    *out = tl_arena_alloc(arena, roster->count, sizeof **out);
    if (*out == NULL)
        return tl_err_memory(err);
    for (size_t i = 0; i < roster->count; i++)
        if (tl_roster_find_in(roster, roster->members[i].code, year) != NULL) {
            (*out)[*count] = roster->members[i];
            (*out)[*count].code = tl_arena_text(arena, roster->members[i].code);
            if ((*out)[(*count)++].code == NULL)
                return tl_err_memory(err);
        }
    return TL_OK;
}

/* Adds one member's hours; ratios are kept in lowest terms. */
static tl_status add_hours(struct tl_balancing *balancing, const struct tl_hours *hours, struct tl_err *err)
{
    for (size_t i = 0; i < balancing->count; i++) {
        struct tl_ratio *sum = &balancing->lines[i].hours;
        int64_t left, right, numerator, denominator;
        if (!tl_text_equal(balancing->lines[i].party, hours->party))
            continue;
        if (__builtin_mul_overflow(sum->numerator, hours->hours.denominator, &left) ||
            __builtin_mul_overflow(hours->hours.numerator, sum->denominator, &right) ||
            __builtin_add_overflow(left, right, &numerator) ||
            __builtin_mul_overflow(sum->denominator, hours->hours.denominator, &denominator))
            return tl_err_set(err, TL_ERR_RANGE, "the hours of '%s' are more than can be counted", hours->party);
        *sum = tl_ratio_of(numerator, denominator);
        return TL_OK;
    }
    if (balancing->product[0] != '\0')
        return tl_err_set(err, TL_ERR_STATE, "'%s' put hours in (voucher %" PRId64 "), but is no member of '%s' in %d",
                          hours->party, hours->id, balancing->product, balancing->year);
    (void)tl_err_set(err, TL_ERR_STATE,
                     "'%s' put hours in (voucher %" PRId64 "), but is no member of the association "
                     "at the end of %d",
                     hours->party, hours->id, balancing->year);
    tl_err_hint(err, "tilslut party set %s --association member --from DATE records that it is", hours->party);
    return TL_ERR_STATE;
}

/* Whether hours are of this balancing: approved, of its product, or of nothing that is balanced apart. */
static tl_status is_counted(bool *out, struct tl_store *store, const struct tl_balancing *balancing,
                            const struct tl_hours *hours, struct tl_err *err)
{
    struct tl_stmt *stmt;
    int64_t apart = 0;
    *out = tl_text_equal(hours->state, "approved");
    if (!*out || balancing->product[0] != '\0' || hours->product[0] == '\0') {
        *out = *out && (balancing->product[0] == '\0' || tl_text_equal(hours->product, balancing->product));
        return TL_OK;
    }
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_APART], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_int(stmt, 1, balancing->year);
    tl_stmt_bind_text(stmt, 2, hours->product);
    status = tl_stmt_answer(stmt, &apart, err);
    *out = apart == 0;
    return status;
}

static tl_status gather(struct tl_balancing *out, struct tl_money *total, struct tl_store *store,
                        const struct tl_member *members, struct tl_arena *arena, struct tl_err *err)
{
    struct tl_hours *hours = NULL;
    size_t hour_count = 0;
    tl_status status = tl_hours_list(&hours, &hour_count, store, out->year, arena, err);
    out->lines = tl_arena_alloc(arena, out->count, sizeof *out->lines);
    if (status == TL_OK && out->lines == NULL)
        status = tl_err_memory(err);
    for (size_t i = 0; status == TL_OK && i < out->count; i++)
        out->lines[i] = (struct tl_balancing_line){members[i].code, {0, 1}, {0}, {0}};
    for (size_t i = 0; status == TL_OK && i < hour_count; i++) {
        bool counted;
        status = is_counted(&counted, store, out, &hours[i], err);
        if (status == TL_OK && counted)
            status = add_hours(out, &hours[i], err);
    }
    *total = (struct tl_money){0};
    for (size_t i = 0; status == TL_OK && i < out->count; i++) {
        status = tl_cost_of_hours(&out->lines[i].put_in, out->lines[i].hours, out->rate.rate, err);
        if (status == TL_OK)
            status = tl_money_add(total, *total, out->lines[i].put_in, err);
    }
    if (status == TL_OK && tl_money_is_zero(*total)) {
        status = out->product[0] == '\0'
                     ? tl_err_set(err, TL_ERR_MISSING, "no hours of %d are approved", out->year)
                     : tl_err_set(err, TL_ERR_MISSING, "no hours of %d for '%s' are approved", out->year, out->product);
        tl_err_hint(err, "tilslut list hours %d shows those that are registered", out->year);
    }
    return status;
}

/* The balancing as it is by what is recorded now; out->year, key and figures_on are given. */
static tl_status compute(struct tl_balancing *out, struct tl_store *store, struct tl_arena *arena, struct tl_err *err)
{
    const struct tl_key *key = NULL;
    struct tl_member *members = NULL;
    struct tl_roster roster = TL_ROSTER_EMPTY;
    struct tl_money total;
    size_t column = 0;
    tl_status status = tl_key_parse(&key, out->key, &column, arena, err);
    if (status == TL_OK)
        status = tl_hours_rate(&out->rate, store, out->year, arena, err);
    if (status == TL_OK)
        status = out->product[0] == '\0'
                     ? find_members(&members, &out->count, store, out->year, arena, err)
                     : find_members_of(&members, &out->count, &roster, store, out->product, out->year, arena, err);
    if (status == TL_OK)
        status = gather(out, &total, store, members, arena, err);
    int64_t *parts = tl_arena_alloc(arena, out->count, sizeof *parts);
    if (status == TL_OK && parts == NULL)
        status = tl_err_memory(err);
    if (status == TL_OK)
        status = tl_split(parts, total, key, members, out->count, out->figures_on, err);
    tl_roster_release(&roster);
    for (size_t i = 0; status == TL_OK && i < out->count; i++)
        out->lines[i].fair = (struct tl_money){parts[i]};
    return status == TL_OK ? settle(out, arena, err) : status;
}

static tl_status check_once(struct tl_store *store, int year, const char *product, struct tl_err *err)
{
    struct tl_stmt *stmt;
    int64_t taken = 0;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_TAKEN], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_int(stmt, 1, year);
    tl_stmt_bind_text(stmt, 2, product);
    status = tl_stmt_answer(stmt, &taken, err);
    if (status == TL_OK && taken != 0) {
        status =
            tl_err_set(err, TL_ERR_CONFLICT, "the hours of %d are balanced already, by voucher %" PRId64, year, taken);
        tl_err_hint(err, "tilslut balance-hours show %" PRId64 " shows it; a draft can be rejected", taken);
    }
    return status;
}

static tl_status add_line(struct tl_store *store, int64_t id, size_t seq, const struct tl_balancing_line *line,
                          struct tl_err *err)
{
    struct tl_stmt *stmt;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_ADD_LINE], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_int(stmt, 1, id);
    tl_stmt_bind_int(stmt, 2, (int64_t)seq);
    tl_stmt_bind_text(stmt, 3, line->party);
    tl_stmt_bind_int(stmt, 4, line->hours.numerator);
    tl_stmt_bind_int(stmt, 5, line->hours.denominator);
    tl_stmt_bind_int(stmt, 6, line->put_in.minor);
    tl_stmt_bind_int(stmt, 7, line->fair.minor);
    return tl_stmt_run(stmt, err);
}

static tl_status add(struct tl_store *store, int64_t id, const struct tl_balancing *balancing, struct tl_err *err)
{
    struct tl_stmt *stmt;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_ADD], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_int(stmt, 1, id);
    tl_stmt_bind_int(stmt, 2, balancing->year);
    tl_stmt_bind_text(stmt, 3, balancing->key);
    tl_stmt_bind_date(stmt, 4, balancing->figures_on);
    tl_stmt_bind_int(stmt, 5, balancing->rate.id);
    tl_stmt_bind_int(stmt, 6, tl_store_act(store));
    tl_stmt_bind_text(stmt, 7, balancing->product);
    status = tl_stmt_run(stmt, err);
    for (size_t i = 0; status == TL_OK && i < balancing->count; i++)
        status = add_line(store, id, i + 1, &balancing->lines[i], err);
    return status;
}

tl_status tl_balancing_draft(int64_t *id, struct tl_store *store, int year, const char *product, const char *key,
                             struct tl_date figures_on, struct tl_err *err)
{
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct tl_balancing balancing = {.year = year, .product = product, .key = key, .figures_on = figures_on};
    struct tl_product known;
    tl_status status = product[0] == '\0' ? TL_OK : tl_product_find(&known, store, product, &arena, err);
    if (status == TL_OK)
        status = check_once(store, year, product, err);
    if (status == TL_OK)
        status = compute(&balancing, store, &arena, err);
    if (status == TL_OK)
        status = tl_voucher_draft(id, store, "balancing", err);
    if (status == TL_OK)
        status = add(store, *id, &balancing, err);
    tl_arena_release(&arena);
    return status;
}

static tl_status read_lines(struct tl_balancing *out, struct tl_store *store, struct tl_arena *arena,
                            struct tl_err *err)
{
    struct tl_stmt *stmt;
    size_t capacity = 0;
    bool row;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_LINES], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_int(stmt, 1, out->id);
    while ((status = tl_stmt_next(stmt, &row, err)) == TL_OK && row) {
        out->lines = tl_arena_grow(arena, out->lines, out->count, &capacity, sizeof *out->lines);
        if (out->lines == NULL)
            return tl_err_memory(err);
        struct tl_balancing_line line = {tl_stmt_copy(stmt, 0, arena),
                                         {tl_stmt_int(stmt, 1), tl_stmt_int(stmt, 2)},
                                         {tl_stmt_int(stmt, 3)},
                                         {tl_stmt_int(stmt, 4)}};
        if (line.party == NULL)
            return tl_err_memory(err);
        out->lines[out->count++] = line;
    }
    return status;
}

tl_status tl_balancing_find(struct tl_balancing *out, struct tl_store *store, int64_t id, struct tl_arena *arena,
                            struct tl_err *err)
{
    struct tl_stmt *stmt;
    struct tl_voucher voucher;
    bool row = false;
    tl_status status = tl_voucher_find(&voucher, store, id, "balancing", arena, err);
    if (status == TL_OK)
        status = tl_stmt_get(&stmt, store, SQL[SQL_FIND], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_int(stmt, 1, id);
    status = tl_stmt_next(stmt, &row, err);
    if (status == TL_OK && !row)
        return tl_err_set(err, TL_ERR_BROKEN, "voucher %" PRId64 " has no balancing", id);
    if (status != TL_OK)
        return status;
    *out = (struct tl_balancing){.id = id,
                                 .year = (int)tl_stmt_int(stmt, 0),
                                 .key = tl_stmt_copy(stmt, 1, arena),
                                 .figures_on = tl_stmt_date(stmt, 2),
                                 .rate = {.id = tl_stmt_int(stmt, 3), .rate = {tl_stmt_int(stmt, 4)}},
                                 .product = tl_stmt_copy(stmt, 5, arena),
                                 .state = voucher.state,
                                 .author = voucher.author};
    tl_stmt_end(stmt);
    if (out->key == NULL || out->product == NULL)
        return tl_err_memory(err);
    status = read_lines(out, store, arena, err);
    return status == TL_OK ? settle(out, arena, err) : status;
}

static tl_status check_unchanged(const struct tl_balancing *drafted, const struct tl_balancing *now, struct tl_err *err)
{
    bool same = drafted->count == now->count && drafted->rate.id == now->rate.id;
    for (size_t i = 0; same && i < now->count; i++)
        same = tl_text_equal(drafted->lines[i].party, now->lines[i].party) &&
               drafted->lines[i].put_in.minor == now->lines[i].put_in.minor &&
               drafted->lines[i].fair.minor == now->lines[i].fair.minor;
    if (same)
        return TL_OK;
    (void)tl_err_set(err, TL_ERR_STATE, "what voucher %" PRId64 " rests on has changed since it was drafted",
                     drafted->id);
    tl_err_hint(err, "reject it, and draft it again with: tilslut balance-hours %d", drafted->year);
    return TL_ERR_STATE;
}

static tl_status post(struct tl_store *store, const struct tl_balancing *balancing, size_t number, struct tl_date date,
                      struct tl_arena *arena, struct tl_err *err)
{
    const struct tl_transfer *transfer = &balancing->settlement.transfers[number];
    const char *from = balancing->lines[transfer->from].party, *to = balancing->lines[transfer->to].party;
    const char *key = tl_arena_format(arena, "balancing:%" PRId64 ":%zu", balancing->id, number + 1);
    const char *product = balancing->product[0] == '\0' ? NULL : balancing->product;
    const char *text =
        tl_arena_format(arena, "Udligning af timer %d%s%s, bilag %" PRId64 ": %s betaler %s", balancing->year,
                        product == NULL ? "" : ", ", balancing->product, balancing->id, from, to);
    struct tl_posting postings[] = {
        {TL_ACCOUNT_RECEIVABLE, from, product, "", {transfer->amount_minor}},
        {TL_ACCOUNT_RECEIVABLE, to, product, "", {-transfer->amount_minor}},
    };
    struct tl_entry entry = {
        .kind = "transfer", .holds_on = date, .reference = "", .text = text, .postings = postings, .posting_count = 2};
    bool already;
    int64_t id;
    if (key == NULL || text == NULL)
        return tl_err_memory(err);
    return tl_entry_post(&id, &already, store, key, &entry, err);
}

tl_status tl_balancing_approve(size_t *entries, struct tl_store *store, int64_t id, const char *actor,
                               struct tl_date date, struct tl_err *err)
{
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct tl_balancing drafted, now;
    tl_status status = tl_balancing_find(&drafted, store, id, &arena, err);
    if (status == TL_OK && tl_date_is_none(date))
        date = tl_period_of_year(drafted.year).last;
    if (status == TL_OK)
        status = tl_voucher_approve(store, id, "balancing", actor, date, err);
    if (status == TL_OK) {
        now = (struct tl_balancing){
            .year = drafted.year, .product = drafted.product, .key = drafted.key, .figures_on = drafted.figures_on};
        status = compute(&now, store, &arena, err);
    }
    if (status == TL_OK)
        status = check_unchanged(&drafted, &now, err);
    *entries = status == TL_OK ? drafted.settlement.count : 0;
    for (size_t i = 0; status == TL_OK && i < *entries; i++)
        status = post(store, &drafted, i, date, &arena, err);
    tl_arena_release(&arena);
    return status;
}

/* Whether one side of a transfer is posted; a key beyond the last must find none. */
static tl_status read_posted(int64_t *out, struct tl_store *store, const char *key, const char *party,
                             struct tl_err *err)
{
    struct tl_stmt *stmt;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_POSTED], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_text(stmt, 1, key);
    tl_stmt_bind_text(stmt, 2, party);
    return tl_stmt_answer(stmt, out, err);
}

static tl_status check_entries(struct tl_check_work *work, struct tl_store *store, const struct tl_balancing *balancing,
                               struct tl_arena *arena, struct tl_err *err)
{
    bool is_approved = tl_text_equal(balancing->state, "approved");
    tl_status status = TL_OK;
    for (size_t i = 0; status == TL_OK && i < balancing->settlement.count; i++) {
        const struct tl_transfer *transfer = &balancing->settlement.transfers[i];
        int64_t paid = 0, received = 0, wanted = is_approved ? transfer->amount_minor : 0;
        const char *key = tl_arena_format(arena, "balancing:%" PRId64 ":%zu#1", balancing->id, i + 1);
        const char *second = tl_arena_format(arena, "balancing:%" PRId64 ":%zu#2", balancing->id, i + 1);
        if (key == NULL || second == NULL)
            return tl_err_memory(err);
        status = read_posted(&paid, store, key, balancing->lines[transfer->from].party, err);
        if (status == TL_OK)
            status = read_posted(&received, store, second, balancing->lines[transfer->to].party, err);
        if (status == TL_OK && (paid != wanted || received != -wanted))
            return tl_check_found(work, err, "transfer %zu of balancing %" PRId64 " is not posted as it comes to",
                                  i + 1, balancing->id);
    }
    return status;
}

static tl_status check_one(struct tl_check_work *work, struct tl_store *store, int64_t id, struct tl_err *err)
{
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct tl_balancing balancing;
    struct tl_err told = TL_ERR_NONE;
    tl_status status = tl_balancing_find(&balancing, store, id, &arena, &told);
    if (status == TL_ERR_MEMORY)
        status = tl_err_memory(err);
    else if (status != TL_OK)
        status = tl_check_found(work, err, "balancing %" PRId64 " cannot be gone through: %s", id, told.message);
    else {
        bool right = true;
        for (size_t i = 0; status == TL_OK && i < balancing.count; i++) {
            struct tl_money put_in = {0};
            status = tl_cost_of_hours(&put_in, balancing.lines[i].hours, balancing.rate.rate, err);
            right = right && put_in.minor == balancing.lines[i].put_in.minor;
        }
        if (status == TL_OK && !right)
            status = tl_check_found(work, err,
                                    "the hours of balancing %" PRId64 " at their rate are not what was put in", id);
        else if (status == TL_OK)
            status = check_entries(work, store, &balancing, &arena, err);
    }
    tl_arena_release(&arena);
    return status;
}

tl_status tl_balancing_check(struct tl_check_work *work, struct tl_store *store, struct tl_err *err)
{
    int64_t id = 0, count = 0;
    tl_status status;
    for (;;) {
        struct tl_stmt *stmt;
        status = tl_stmt_get(&stmt, store, SQL[SQL_ALL], err);
        if (status != TL_OK)
            break;
        tl_stmt_bind_int(stmt, 1, id);
        status = tl_stmt_answer(stmt, &id, err);
        if (status != TL_OK || id == 0)
            break;
        count++;
        status = check_one(work, store, id, err);
        if (status != TL_OK)
            break;
    }
    tl_check_counted(work, count, "balancing", "balancings");
    return status;
}
