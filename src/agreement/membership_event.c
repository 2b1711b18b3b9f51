/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/agreement/membership_event.h"

#include <stdio.h>

#include "membership_parts.h"
#include "terms_words.h"
#include "tilslut/base/text.h"
#include "tilslut/store/stmt.h"

enum { SQL_FIND, SQL_STATE, SQL_ENDS };

static const char *const SQL[] = {
    [SQL_FIND] = "SELECT m.id FROM membership m "
                 "JOIN membership_event b ON b.membership_id = m.id AND b.event = 'begins' AND b.holds_on <= ?3 "
                 "LEFT JOIN membership_event e ON e.membership_id = m.id AND e.event = 'ends' "
                 "WHERE m.product_code = ?1 AND m.party_code = ?2 AND (e.id IS NULL OR e.holds_on >= ?3) LIMIT 1",
    /* the last of two events that undo each other, on a date */
    [SQL_STATE] =
        ("SELECT event FROM membership_event WHERE membership_id = ?1 AND event IN (?2, ?3) AND detail = ?4 "
         "AND holds_on <= ?5 ORDER BY holds_on DESC, id DESC LIMIT 1"), /* clang takes a pair for a missing comma */
    [SQL_ENDS] = "SELECT holds_on FROM membership_event WHERE membership_id = ?1 AND event = 'ends'",
};

/* The membership that runs on a date. */
static tl_status find_running(int64_t *out, struct tl_store *store, const char *product, const char *party,
                              struct tl_date on, struct tl_err *err)
{
    struct tl_stmt *stmt;
    char date[TL_DATE_TEXT_SIZE];
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_FIND], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_text(stmt, 1, product);
    tl_stmt_bind_text(stmt, 2, party);
    tl_stmt_bind_date(stmt, 3, on);
    status = tl_stmt_answer(stmt, out, err);
    if (status == TL_OK && *out == 0) {
        status = tl_err_set(err, TL_ERR_NOT_FOUND, "'%.40s' is not a member of '%.40s' on %s", party, product,
                            tl_date_iso(on, date));
        tl_err_hint(err, "tilslut list members %.40s shows the memberships", product);
    }
    return status;
}

/* How an event is stored, whether it needs evidence, what the terms must know of it; and what undoes it, with the words
 * for a member who is in that state already. */
static const struct kind {
    const char *name;
    bool needs_evidence;
    tl_status (*check)(const struct tl_terms *terms, const char *word, struct tl_err *err);
    const char *contrary, *is, *already; /* NULL: may be recorded at any time */
    bool ends;                           /* the contrary begins what this one ends */
} kinds[] = {
    [TL_MEMBERSHIP_OPTION_TAKEN] = {"option taken", false, tl_terms_words_check_option, "option dropped", "has taken",
                                    " already", false},
    [TL_MEMBERSHIP_OPTION_DROPPED] = {"option dropped", false, tl_terms_words_check_option, "option taken",
                                      "has not taken", "", true},
    [TL_MEMBERSHIP_WAIVER] = {"waiver", true, tl_terms_words_check_tag, "waiver", "has the waiver", " already", false},
    [TL_MEMBERSHIP_CLASS_BY_HAND] = {"class by hand", true, tl_terms_words_check_class, NULL, "", "", false},
    [TL_MEMBERSHIP_CLASS_FROZEN] = {"class frozen", true, tl_terms_words_check_class, NULL, "", "", false},
    [TL_MEMBERSHIP_GROUP_JOINED] = {"group joined", false, tl_terms_words_check_group, "group left", "is in the group",
                                    " already", false},
    [TL_MEMBERSHIP_GROUP_LEFT] = {"group left", false, tl_terms_words_check_group, "group joined",
                                  "is not in the group", "", true},
    [TL_MEMBERSHIP_PASSIVE] = {"passive", false, NULL, "active", "is passive already", "", false},
    [TL_MEMBERSHIP_ACTIVE] = {"active", false, NULL, "passive", "is active already", "", true},
};

static tl_status check_grounds(const struct tl_membership_change *change, const struct kind *kind, struct tl_err *err)
{
    char from[TL_DATE_TEXT_SIZE], until[TL_DATE_TEXT_SIZE];
    if (kind->needs_evidence && change->evidence[0] == '\0') {
        (void)tl_err_set(err, TL_ERR_MISSING, "'%s' needs evidence or a reason", kind->name);
        tl_err_hint(err, "add --evidence \"where it is documented\" or --reason \"...\"");
        return TL_ERR_MISSING;
    }
    if (!tl_date_is_none(change->until) && tl_date_compare(change->until, change->from) < 0)
        return tl_err_set(err, TL_ERR_INPUT, "what holds from %s cannot end on %s", tl_date_iso(change->from, from),
                          tl_date_iso(change->until, until));
    return TL_OK;
}

static tl_status check_change(struct tl_store *store, const struct tl_membership_change *change,
                              const struct kind *kind, struct tl_err *err)
{
    struct tl_terms terms;
    tl_status status = tl_membership_read_terms(&terms, store, change->product, change->from, err);
    if (status == TL_OK && kind->check != NULL)
        status = kind->check(&terms, change->detail, err);
    tl_terms_release(&terms);
    return status == TL_OK ? check_grounds(change, kind, err) : status;
}

/* What would change nothing is a slip: refused, so that nobody believes it did. */
static tl_status check_state(struct tl_store *store, int64_t membership, const struct tl_membership_change *change,
                             const struct kind *kind, struct tl_err *err)
{
    struct tl_stmt *stmt;
    bool row = false;
    if (kind->contrary == NULL)
        return TL_OK;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_STATE], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_int(stmt, 1, membership);
    tl_stmt_bind_text(stmt, 2, kind->name);
    tl_stmt_bind_text(stmt, 3, kind->contrary);
    tl_stmt_bind_text(stmt, 4, change->detail);
    tl_stmt_bind_date(stmt, 5, change->from);
    status = tl_stmt_next(stmt, &row, err);
    if (status != TL_OK)
        return status;
    bool same = row ? tl_text_equal(tl_stmt_text(stmt, 0), kind->name) : kind->ends;
    tl_stmt_end(stmt);
    const char *quote = change->detail[0] == '\0' ? "" : "'";
    return same ? tl_err_set(err, TL_ERR_STATE, "'%.40s' %s%s%s%.60s%s%s", change->party, kind->is,
                             quote[0] == '\0' ? "" : " ", quote, change->detail, quote, kind->already)
                : TL_OK;
}

tl_status tl_membership_change(struct tl_store *store, const struct tl_membership_change *change, struct tl_err *err)
{
    const struct kind *kind = &kinds[change->event];
    int64_t membership = 0;
    tl_status status = find_running(&membership, store, change->product, change->party, change->from, err);
    if (status == TL_OK)
        status = check_change(store, change, kind, err);
    if (status == TL_OK)
        status = check_state(store, membership, change, kind, err);
    if (status != TL_OK)
        return status;
    const struct tl_membership_row row = {kind->name, change->from, change->until, change->detail, change->evidence};
    return tl_membership_add_row(store, membership, &row, err);
}

/* The last day of the month, quarter, half-year or year that a date lies in. */
static struct tl_date end_of(tl_notice_end end, struct tl_date date)
{
    static const int months[] = {[TL_NOTICE_MONTH_END] = 1,
                                 [TL_NOTICE_QUARTER_END] = 3,
                                 [TL_NOTICE_HALF_YEAR_END] = 6,
                                 [TL_NOTICE_YEAR_END] = 12};
    int length = months[end], month = (tl_date_month(date) - 1) / length * length + length;
    return tl_date_add_months(tl_date_of(tl_date_year(date), 1, 31), month - 1);
}

tl_status tl_membership_notice_end(struct tl_date *out, const struct tl_terms *terms, struct tl_date notice,
                                   struct tl_err *err)
{
    char text[TL_DATE_TEXT_SIZE];
    if (terms->notice.months == 0) {
        (void)tl_err_set(err, TL_ERR_MISSING, "the terms of '%s' say nothing of notice", terms->product);
        tl_err_hint(err, "adopt terms with notice: {months: 6, to: half-year}");
        return TL_ERR_MISSING;
    }
    struct tl_date behind = tl_date_add_months(notice, terms->notice.months);
    if (tl_date_is_none(behind))
        return tl_err_set(err, TL_ERR_RANGE, "notice given on %s ends beyond the calendar", tl_date_iso(notice, text));
    *out = end_of(terms->notice.end, behind);
    return TL_OK;
}

static tl_status check_end(struct tl_date *last, const struct tl_terms *terms, struct tl_date notice,
                           struct tl_date until, struct tl_err *err)
{
    struct tl_date first;
    char wanted[TL_DATE_TEXT_SIZE], permitted[TL_DATE_TEXT_SIZE];
    tl_status status = tl_membership_notice_end(&first, terms, notice, err);
    if (status != TL_OK)
        return status;
    *last = tl_date_is_none(until) ? first : until;
    if (tl_date_compare(*last, first) >= 0 && tl_date_compare(end_of(terms->notice.end, *last), *last) == 0)
        return TL_OK;
    (void)tl_err_set(err, TL_ERR_STATE, "the terms of '%s' do not permit an end on %s", terms->product,
                     tl_date_iso(*last, wanted));
    tl_err_hint(err, "the first permitted end is %s", tl_date_iso(first, permitted));
    return TL_ERR_STATE;
}

static tl_status check_not_ending(struct tl_store *store, int64_t membership, const char *party, struct tl_err *err)
{
    struct tl_stmt *stmt;
    bool row = false;
    tl_status status = tl_stmt_get(&stmt, store, SQL[SQL_ENDS], err);
    if (status != TL_OK)
        return status;
    tl_stmt_bind_int(stmt, 1, membership);
    status = tl_stmt_next(stmt, &row, err);
    if (status == TL_OK && row)
        status = tl_err_set(err, TL_ERR_STATE, "'%s' is under notice already, and leaves on %s", party,
                            tl_stmt_text(stmt, 0));
    tl_stmt_end(stmt);
    return status;
}

tl_status tl_membership_leave(struct tl_date *last, struct tl_store *store, const char *product, const char *party,
                              struct tl_date notice, struct tl_date until, struct tl_err *err)
{
    struct tl_terms terms = TL_TERMS_EMPTY;
    int64_t membership = 0;
    char evidence[80], date[TL_DATE_TEXT_SIZE];
    tl_status status = find_running(&membership, store, product, party, notice, err);
    if (status == TL_OK)
        status = check_not_ending(store, membership, party, err);
    if (status == TL_OK)
        status = tl_membership_read_terms(&terms, store, product, notice, err);
    if (status == TL_OK)
        status = check_end(last, &terms, notice, until, err);
    tl_terms_release(&terms);
    if (status != TL_OK)
        return status;
    snprintf(evidence, sizeof evidence, "notice given %s", tl_date_iso(notice, date));
    const struct tl_membership_row row = {"ends", *last, {0}, "", evidence};
    return tl_membership_add_row(store, membership, &row, err);
}
