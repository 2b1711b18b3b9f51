/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/agreement/membership_event.h"

#include "membership_parts.h"
#include "terms_words.h"
#include "tilslut/agreement/notice_period.h"
#include "tilslut/agreement/product.h"
#include "tilslut/agreement/terms_binding.h"
#include "tilslut/base/text.h"

/* Whether an event it needs evidence, what the terms must know of it; and what undoes it, with the words
 * for a member who is in that state already. */
static const struct kind {
    bool needs_evidence;
    tl_status (*check)(const struct tl_terms *terms, const char *word, struct tl_err *err);
    tl_membership_event contrary; /* TL_MEMBERSHIP_EVENT_COUNT: may be recorded at any time */
    const char *is, *already;
    bool ends;        /* the contrary begins what this one ends */
    const char *undo; /* the option that records the contrary; NULL where nothing does */
} kinds[] = {
    [TL_MEMBERSHIP_OPTION_TAKEN] = {false, tl_terms_words_check_option, TL_MEMBERSHIP_OPTION_DROPPED, "has taken",
                                    " already", false, "--drop"},
    [TL_MEMBERSHIP_OPTION_DROPPED] = {false, tl_terms_words_check_option, TL_MEMBERSHIP_OPTION_TAKEN, "has not taken",
                                      "", true, "--take"},
    [TL_MEMBERSHIP_WAIVER] = {true, tl_terms_words_check_tag, TL_MEMBERSHIP_WAIVER, "has the waiver", " already", false,
                              NULL},
    [TL_MEMBERSHIP_CLASS_BY_HAND] = {true, tl_terms_words_check_class, TL_MEMBERSHIP_EVENT_COUNT, "", "", false, NULL},
    [TL_MEMBERSHIP_CLASS_FROZEN] = {true, tl_terms_words_check_class, TL_MEMBERSHIP_EVENT_COUNT, "", "", false, NULL},
    [TL_MEMBERSHIP_GROUP_JOINED] = {false, tl_terms_words_check_group, TL_MEMBERSHIP_GROUP_LEFT, "is in the group",
                                    " already", false, "--no-group"},
    [TL_MEMBERSHIP_GROUP_LEFT] = {false, tl_terms_words_check_group, TL_MEMBERSHIP_GROUP_JOINED, "is not in the group",
                                  "", true, "--group"},
    [TL_MEMBERSHIP_PASSIVE] = {false, NULL, TL_MEMBERSHIP_EVENT_COUNT, "", "", false, NULL},
    [TL_MEMBERSHIP_ACTIVE] = {false, NULL, TL_MEMBERSHIP_EVENT_COUNT, "", "", false, NULL},
};

static tl_status check_grounds(const struct tl_membership_change *change, const struct kind *kind, struct tl_err *err)
{
    char from[TL_DATE_TEXT_SIZE], until[TL_DATE_TEXT_SIZE];
    if (kind->needs_evidence && change->evidence[0] == '\0') {
        if (change->event == TL_MEMBERSHIP_WAIVER) {
            (void)tl_err_set(err, TL_ERR_MISSING, "the waiver '%.60s' needs evidence", change->detail);
            tl_err_hint(err, "add --evidence \"where it is documented\"");
        } else {
            (void)tl_err_set(err, TL_ERR_MISSING, "a size class %s needs a reason",
                             change->event == TL_MEMBERSHIP_CLASS_FROZEN ? "that is frozen" : "set by hand");
            tl_err_hint(err, "add --reason \"...\"");
        }
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
static tl_status check_state(const struct tl_membership_history *history, const struct tl_membership_change *change,
                             const struct kind *kind, struct tl_err *err)
{
    bool same = kind->ends;
    if (kind->contrary == TL_MEMBERSHIP_EVENT_COUNT)
        return TL_OK;
    for (size_t i = 0; i < history->count; i++) {
        const struct tl_membership_fact *fact = &history->facts[i];
        if ((fact->event == change->event || fact->event == kind->contrary) &&
            tl_text_equal(fact->detail, change->detail) && tl_date_compare(fact->on, change->from) <= 0)
            same = fact->event == change->event;
    }
    if (!same)
        return TL_OK;
    (void)tl_err_set(err, TL_ERR_STATE, "'%.40s' %s '%.60s'%s", change->party, kind->is, change->detail, kind->already);
    if (kind->undo != NULL)
        tl_err_hint(err, "allowed then: change %s %.60s", kind->undo, change->detail);
    else
        tl_err_hint(err, "tilslut life %.40s %.40s shows since when, and where it is documented", change->product,
                    change->party);
    return TL_ERR_STATE;
}

tl_status tl_membership_change(struct tl_store *store, const struct tl_membership_change *change, struct tl_err *err)
{
    const struct kind *kind = &kinds[change->event];
    const struct tl_membership_fact fact = {.event = change->event,
                                            .on = change->from,
                                            .until = change->until,
                                            .detail = change->detail,
                                            .evidence = change->evidence};
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct tl_membership_history history;
    tl_status status = tl_membership_find(&history, store, change->product, change->party, &fact, &arena, err);
    if (status == TL_OK)
        status = check_change(store, change, kind, err);
    if (status == TL_OK)
        status = check_state(&history, change, kind, err);
    if (status == TL_OK)
        status = tl_membership_add_fact(store, history.id, &fact, err);
    tl_arena_release(&arena);
    return status;
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
    *out = tl_notice_period_end(terms->notice, notice);
    if (tl_date_is_none(*out))
        return tl_err_set(err, TL_ERR_RANGE, "notice given on %s ends beyond the calendar", tl_date_iso(notice, text));
    return TL_OK;
}

tl_status tl_membership_leave(struct tl_date *last, struct tl_store *store, const char *product, const char *party,
                              struct tl_date notice, struct tl_date until, const char *evidence, struct tl_err *err)
{
    struct tl_terms terms = TL_TERMS_EMPTY;
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct tl_product found;
    tl_status status = tl_product_find(&found, store, product, &arena, err);
    if (status == TL_OK)
        status = tl_terms_binding_read(&terms, store, product, party, notice, &arena, err);
    if (status == TL_OK)
        status = tl_membership_notice_end(last, &terms, notice, err);
    const char *period = status == TL_OK ? tl_notice_period_text(terms.notice, &arena) : NULL;
    if (status == TL_OK && period == NULL)
        status = tl_err_memory(err);
    if (status == TL_OK) {
        *last = tl_date_is_none(until) ? *last : until;
        const struct tl_membership_fact fact = {
            .event = TL_MEMBERSHIP_NOTICE, .on = notice, .until = *last, .detail = period, .evidence = evidence};
        status = tl_membership_history_step(store, product, party, &fact, err);
    }
    tl_terms_release(&terms);
    tl_arena_release(&arena);
    return status;
}
