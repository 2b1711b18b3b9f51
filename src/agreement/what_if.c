/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/agreement/what_if.h"

#include <stdlib.h>
#include <string.h>

#include "tilslut/agreement/figure.h"
#include "tilslut/agreement/party.h"
#include "tilslut/base/text.h"
#include "tilslut/exchange/published_number.h"

/* One change, taken apart: `verb.subject.detail=value`. */
struct change {
    const char *text, *verb, *subject, *detail, *value; /* subject and detail "" where there is none */
};

/* What a change is applied to. */
struct trial {
    struct tl_product_year *year;
    struct tl_store *store;
    struct tl_arena *arena;
};

typedef tl_status apply_function(struct trial *trial, const struct change *change, struct tl_err *err);

static tl_status not_a_change(const char *text, const char *why, struct tl_err *err)
{
    (void)tl_err_set(err, TL_ERR_USAGE, "'%.80s' is not a change to try: %s", text, why);
    tl_err_hint(err, "for example join=0461, leave=0101, budget.development=1500000, price.maintenance.Stor=45000");
    return TL_ERR_USAGE;
}

/* Takes a text apart; a dot within the value, or within a class name after the second dot, stays. */
static tl_status take_apart(struct change *out, const char *text, struct tl_arena *arena, struct tl_err *err)
{
    char *copy = tl_arena_text(arena, text);
    if (copy == NULL)
        return tl_err_memory(err);
    char *value = strchr(copy, '=');
    if (value == NULL || value[1] == '\0')
        return not_a_change(text, "it has no value after '='", err);
    *value++ = '\0';
    *out = (struct change){.text = text, .verb = copy, .subject = "", .detail = "", .value = value};
    char *subject = strchr(copy, '.');
    if (subject != NULL) {
        *subject++ = '\0';
        out->subject = subject;
        char *detail = strchr(subject, '.');
        if (detail != NULL) {
            *detail++ = '\0';
            out->detail = detail;
        }
    }
    return TL_OK;
}

static tl_status find_line(struct tl_line **out, struct trial *trial, const char *id, struct tl_err *err)
{
    struct tl_terms *terms = &trial->year->terms;
    const char **ids = tl_arena_alloc(trial->arena, terms->line_count + 1, sizeof *ids);
    if (ids == NULL)
        return tl_err_memory(err);
    for (size_t i = 0; i < terms->line_count; i++) {
        ids[i] = terms->lines[i].id;
        if (tl_text_equal(ids[i], id)) {
            *out = &terms->lines[i];
            return TL_OK;
        }
    }
    const char *nearest = tl_text_nearest(id, ids);
    (void)tl_err_set(err, TL_ERR_NOT_FOUND, "the terms of '%s' have no line '%.40s'", terms->product, id);
    if (nearest != NULL)
        tl_err_hint(err, "did you mean %s?", nearest);
    return TL_ERR_NOT_FOUND;
}

static tl_status find_class(size_t *out, struct trial *trial, const char *name, struct tl_err *err)
{
    const struct tl_terms *terms = &trial->year->terms;
    *out = tl_terms_class_index(terms, name);
    return *out < terms->class_count ? TL_OK
                                     : tl_err_set(err, TL_ERR_NOT_FOUND, "the terms of '%s' have no size class '%.40s'",
                                                  terms->product, name);
}

/* Amounts that are not negative. */
static tl_status read_amount(struct tl_money *out, const struct change *change, struct tl_err *err)
{
    tl_status status = tl_money_parse(out, change->value, err);
    if (status == TL_OK && out->minor < 0)
        status = tl_err_set(err, TL_ERR_INPUT, "'%.80s' is below zero", change->text);
    return status;
}

/* Calls `apply` for each code of the change's value. */
static tl_status each_code(struct trial *trial, const struct change *change,
                           tl_status (*apply)(struct trial *, const struct change *, const char *, struct tl_err *),
                           struct tl_err *err)
{
    tl_status status = TL_OK;
    for (const char *at = change->value; status == TL_OK;) {
        size_t length = strcspn(at, ",");
        const char *code = tl_arena_copy(trial->arena, at, length);
        status = code == NULL  ? tl_err_memory(err)
                 : length == 0 ? not_a_change(change->text, "the list has an empty place", err)
                               : apply(trial, change, code, err);
        if (at[length] == '\0')
            break;
        at += length + 1;
    }
    return status;
}

static tl_status find_member(struct tl_member **out, struct trial *trial, const char *code, struct tl_err *err)
{
    struct tl_roster *roster = &trial->year->roster;
    for (size_t i = 0; i < roster->count; i++)
        if (tl_text_equal(roster->members[i].code, code)) {
            *out = &roster->members[i];
            return TL_OK;
        }
    return tl_err_set(err, TL_ERR_NOT_FOUND, "'%.40s' is not a member of '%s'", code, trial->year->product.code);
}

static tl_status join_one(struct trial *trial, const struct change *change, const char *code, struct tl_err *err)
{
    (void)change;
    struct tl_roster *roster = &trial->year->roster;
    struct tl_party party;
    struct tl_figure *figures = NULL;
    struct tl_date first = tl_date_of(trial->year->year, 1, 1);
    struct tl_member joined = {.code = code, .signed_on = first, .first = first};
    if (tl_roster_find(roster, code) != NULL)
        return tl_err_set(err, TL_ERR_CONFLICT, "'%.40s' is a member of '%s' already", code, trial->year->product.code);
    tl_status status = tl_party_find(&party, trial->store, code, first, trial->arena, err);
    if (status == TL_OK)
        status = tl_party_association(&joined.association, trial->store, code, first, err);
    if (status == TL_OK)
        status = tl_figure_list(&figures, &joined.figure_count, trial->store, code, trial->arena, err);
    struct tl_member *members = tl_arena_alloc(trial->arena, roster->count + 1, sizeof *members);
    if (status == TL_OK && members == NULL)
        status = tl_err_memory(err);
    if (status != TL_OK)
        return status;
    joined.name = party.name;
    joined.figures = figures;
    if (roster->count > 0)
        memcpy(members, roster->members, roster->count * sizeof *members);
    members[roster->count++] = joined;
    roster->members = members;
    return TL_OK;
}

static tl_status leave_one(struct trial *trial, const struct change *change, const char *code, struct tl_err *err)
{
    (void)change;
    struct tl_roster *roster = &trial->year->roster;
    struct tl_member *member;
    tl_status status = find_member(&member, trial, code, err);
    if (status != TL_OK)
        return status;
    size_t at = (size_t)(member - roster->members);
    memmove(member, member + 1, (roster->count - at - 1) * sizeof *member);
    roster->count--;
    return TL_OK;
}

static tl_status apply_join(struct trial *trial, const struct change *change, struct tl_err *err)
{
    return each_code(trial, change, join_one, err);
}

static tl_status apply_leave(struct trial *trial, const struct change *change, struct tl_err *err)
{
    return each_code(trial, change, leave_one, err);
}

static tl_status check_option(struct trial *trial, const char *option, struct tl_err *err)
{
    const struct tl_terms *terms = &trial->year->terms;
    for (size_t i = 0; i < terms->line_count; i++)
        if (terms->lines[i].option != NULL && tl_text_equal(terms->lines[i].option, option))
            return TL_OK;
    return tl_err_set(err, TL_ERR_NOT_FOUND, "the terms of '%s' know no option '%.40s'", terms->product, option);
}

static tl_status take_one(struct trial *trial, const struct change *change, const char *code, struct tl_err *err)
{
    struct tl_member *member;
    tl_status status = find_member(&member, trial, code, err);
    if (status != TL_OK)
        return status;
    for (size_t i = 0; i < member->option_count; i++)
        if (tl_text_equal(member->options[i].option, change->subject) && tl_date_is_none(member->options[i].last))
            return tl_err_set(err, TL_ERR_CONFLICT, "'%.40s' has taken '%.40s' already", code, change->subject);
    struct tl_option_taken *options = tl_arena_alloc(trial->arena, member->option_count + 1, sizeof *options);
    if (options == NULL)
        return tl_err_memory(err);
    if (member->option_count > 0)
        memcpy(options, member->options, member->option_count * sizeof *options);
    options[member->option_count++] = (struct tl_option_taken){change->subject, member->first, {0}};
    member->options = options;
    return TL_OK;
}

static tl_status drop_one(struct trial *trial, const struct change *change, const char *code, struct tl_err *err)
{
    struct tl_member *member;
    size_t kept = 0;
    tl_status status = find_member(&member, trial, code, err);
    struct tl_option_taken *options =
        status == TL_OK ? tl_arena_alloc(trial->arena, member->option_count, sizeof *options) : NULL;
    if (status == TL_OK && options == NULL)
        return tl_err_memory(err);
    for (size_t i = 0; status == TL_OK && i < member->option_count; i++)
        if (!tl_text_equal(member->options[i].option, change->subject))
            options[kept++] = member->options[i];
    if (status == TL_OK && kept == member->option_count)
        return tl_err_set(err, TL_ERR_NOT_FOUND, "'%.40s' has not taken '%.40s'", code, change->subject);
    if (status == TL_OK) {
        member->options = options;
        member->option_count = kept;
    }
    return status;
}

static tl_status apply_take(struct trial *trial, const struct change *change, struct tl_err *err)
{
    tl_status status = check_option(trial, change->subject, err);
    return status == TL_OK ? each_code(trial, change, take_one, err) : status;
}

static tl_status apply_drop(struct trial *trial, const struct change *change, struct tl_err *err)
{
    tl_status status = check_option(trial, change->subject, err);
    return status == TL_OK ? each_code(trial, change, drop_one, err) : status;
}

static tl_status apply_budget(struct trial *trial, const struct change *change, struct tl_err *err)
{
    struct tl_line *line;
    tl_status status = find_line(&line, trial, change->subject, err);
    if (status == TL_OK && !line->has_budget)
        return tl_err_set(err, TL_ERR_USAGE, "the line '%s' has a price, not a budget", line->id);
    return status == TL_OK ? read_amount(&line->budget, change, err) : status;
}

static tl_status set_class_price(struct trial *trial, struct tl_line *line, const struct change *change,
                                 struct tl_err *err)
{
    size_t at = 0;
    if (line->price.kind != TL_PRICE_PER_CLASS)
        return tl_err_set(err, TL_ERR_USAGE, "the line '%s' has no price per size class", line->id);
    tl_status status = find_class(&at, trial, change->detail, err);
    if (status == TL_OK)
        status = read_amount(&line->price.per_class[at].amount, change, err);
    if (status == TL_OK)
        line->price.per_class[at].known = true;
    return status;
}

static tl_status apply_price(struct trial *trial, const struct change *change, struct tl_err *err)
{
    struct tl_line *line;
    tl_status status = find_line(&line, trial, change->subject, err);
    if (status != TL_OK)
        return status;
    if (line->has_budget)
        return tl_err_set(err, TL_ERR_USAGE, "the line '%s' has a budget, not a price", line->id);
    if (change->detail[0] != '\0')
        return set_class_price(trial, line, change, err);
    if (line->price.kind != TL_PRICE_FLAT && line->price.kind != TL_PRICE_NOT_YET_KNOWN) {
        (void)tl_err_set(err, TL_ERR_USAGE, "the line '%s' has more prices than one", line->id);
        tl_err_hint(err, "say which: price.%s.CLASS=AMOUNT", line->id);
        return TL_ERR_USAGE;
    }
    line->price.kind = TL_PRICE_FLAT;
    return read_amount(&line->price.flat, change, err);
}

static tl_status apply_key(struct trial *trial, const struct change *change, struct tl_err *err)
{
    struct tl_line *line;
    size_t column = 0;
    tl_status status = find_line(&line, trial, change->subject, err);
    if (status == TL_OK && !line->has_budget)
        return tl_err_set(err, TL_ERR_USAGE, "the line '%s' has a price, not a key", line->id);
    if (status == TL_OK)
        status = tl_key_parse(&line->key, change->value, &column, &trial->year->terms.arena, err);
    if (status == TL_ERR_INPUT || status == TL_ERR_RANGE)
        tl_err_at(err, change->text, 0, 0);
    return status;
}

/* `none`, or an amount. */
static tl_status set_limit(bool *has, struct tl_money *limit, const struct change *change, struct tl_err *err)
{
    *has = !tl_text_equal(change->value, "none");
    return *has ? read_amount(limit, change, err) : TL_OK;
}

static tl_status apply_floor(struct trial *trial, const struct change *change, struct tl_err *err)
{
    struct tl_line *line;
    tl_status status = find_line(&line, trial, change->subject, err);
    return status == TL_OK ? set_limit(&line->has_floor, &line->floor, change, err) : status;
}

static tl_status apply_cap(struct trial *trial, const struct change *change, struct tl_err *err)
{
    struct tl_line *line;
    tl_status status = find_line(&line, trial, change->subject, err);
    return status == TL_OK ? set_limit(&line->has_cap, &line->cap, change, err) : status;
}

/* The boundaries must stay in order. */
static tl_status apply_boundary(struct trial *trial, const struct change *change, struct tl_err *err)
{
    struct tl_terms *terms = &trial->year->terms;
    struct tl_ratio bound;
    size_t at = 0;
    tl_status status = find_class(&at, trial, change->subject, err);
    if (status == TL_OK && !terms->classes[at].has_bound)
        return tl_err_set(err, TL_ERR_USAGE, "the size class '%s' is the rest and has no boundary", change->subject);
    if (status == TL_OK)
        status = tl_published_number_parse(&bound, change->value, err);
    if (status != TL_OK)
        return status;
    bool above = at == 0 || tl_ratio_compare(bound, terms->classes[at - 1].bound) > 0;
    bool below = at + 1 >= terms->class_count || !terms->classes[at + 1].has_bound ||
                 tl_ratio_compare(bound, terms->classes[at + 1].bound) < 0;
    if (!above || !below)
        return tl_err_set(err, TL_ERR_INPUT, "the boundary of '%s' would pass its neighbour's", change->subject);
    terms->classes[at].bound = bound;
    return TL_OK;
}

/* A measure that nobody has a figure of may come with a key that is tried; one almost like a known is a slip. */
static tl_status check_measure(struct trial *trial, const char *measure, struct tl_err *err)
{
    const struct tl_roster *roster = &trial->year->roster;
    size_t count = 1, used = 0;
    for (size_t i = 0; i < roster->count; i++)
        count += roster->members[i].figure_count;
    const char **known = tl_arena_alloc(trial->arena, count + 1, sizeof *known);
    if (known == NULL)
        return tl_err_memory(err);
    known[used++] = trial->year->terms.reference.measure;
    for (size_t i = 0; i < roster->count; i++)
        for (size_t j = 0; j < roster->members[i].figure_count; j++)
            known[used++] = roster->members[i].figures[j].measure;
    const char *nearest = tl_text_nearest(measure, known);
    if (nearest == NULL || tl_text_equal(nearest, measure))
        return TL_OK;
    (void)tl_err_set(err, TL_ERR_NOT_FOUND, "nobody has a figure of '%.40s'", measure);
    tl_err_hint(err, "did you mean %s?", nearest);
    return TL_ERR_NOT_FOUND;
}

static tl_status apply_figure(struct trial *trial, const struct change *change, struct tl_err *err)
{
    struct tl_member *member;
    struct tl_ratio value;
    struct tl_date date = tl_terms_reference_date(&trial->year->terms, trial->year->year);
    tl_status status = find_member(&member, trial, change->detail, err);
    if (status == TL_OK)
        status = check_measure(trial, change->subject, err);
    if (status == TL_OK)
        status = tl_published_number_parse(&value, change->value, err);
    struct tl_figure *figures =
        status == TL_OK ? tl_arena_alloc(trial->arena, member->figure_count + 1, sizeof *figures) : NULL;
    if (status == TL_OK && figures == NULL)
        return tl_err_memory(err);
    size_t at = 0, count = status == TL_OK ? member->figure_count : 0;
    for (size_t i = 0; i < count; i++)
        figures[i] = member->figures[i];
    while (at < count &&
           !(tl_text_equal(figures[at].measure, change->subject) && tl_date_compare(figures[at].holds_on, date) == 0))
        at++;
    if (status != TL_OK)
        return status;
    figures[at] = (struct tl_figure){change->subject, date, value, "what-if"};
    member->figures = figures;
    member->figure_count = at == count ? count + 1 : count;
    return TL_OK;
}

static tl_status apply_year(struct trial *trial, const struct change *change, struct tl_err *err)
{
    (void)trial;
    (void)change;
    (void)err;
    return TL_OK; /* the caller has loaded that year: see tl_what_if_year */
}

/* How many words a change of this verb has in front of its `=`. */
static const struct verb {
    const char *name;
    size_t words_min, words_max;
    apply_function *apply;
} verbs[] = {
    {"join", 1, 1, apply_join},         {"leave", 1, 1, apply_leave},   {"take", 2, 2, apply_take},
    {"drop", 2, 2, apply_drop},         {"budget", 2, 2, apply_budget}, {"price", 2, 3, apply_price},
    {"key", 2, 2, apply_key},           {"floor", 2, 2, apply_floor},   {"cap", 2, 2, apply_cap},
    {"boundary", 2, 2, apply_boundary}, {"figure", 3, 3, apply_figure}, {"year", 1, 1, apply_year},
};

enum { VERB_COUNT = sizeof verbs / sizeof verbs[0] };

static tl_status find_verb(const struct verb **out, const struct change *change, struct tl_err *err)
{
    const char *names[VERB_COUNT + 1] = {NULL};
    size_t words = 1U + (change->subject[0] != '\0' ? 1U : 0U) + (change->detail[0] != '\0' ? 1U : 0U);
    for (size_t i = 0; i < VERB_COUNT; i++) {
        names[i] = verbs[i].name;
        if (!tl_text_equal(verbs[i].name, change->verb))
            continue;
        *out = &verbs[i];
        return words >= verbs[i].words_min && words <= verbs[i].words_max
                   ? TL_OK
                   : not_a_change(change->text, "it names too little or too much in front of '='", err);
    }
    const char *nearest = tl_text_nearest(change->verb, names);
    if (nearest == NULL)
        return not_a_change(change->text, "it begins with none of the known words", err);
    (void)tl_err_set(err, TL_ERR_USAGE, "'%.80s' is not a change to try", change->text);
    tl_err_hint(err, "did you mean %s?", nearest);
    return TL_ERR_USAGE;
}

tl_status tl_what_if_year(int *out, const char *const *changes, size_t count, int year, struct tl_err *err)
{
    static const char verb[] = "year=";
    bool moved = false;
    *out = year;
    for (size_t i = 0; i < count; i++) {
        if (strncmp(changes[i], verb, sizeof verb - 1) != 0)
            continue;
        const char *text = changes[i] + sizeof verb - 1;
        if (strlen(text) != 4 || strspn(text, "0123456789") != 4 || moved)
            return not_a_change(changes[i], moved ? "the year is moved already" : "a year has four digits", err);
        *out = (int)strtol(text, NULL, 10);
        if (*out <= TL_YEAR_MIN)
            return not_a_change(changes[i], "the year is too early", err);
        moved = true;
    }
    return TL_OK;
}

tl_status tl_what_if_apply(struct tl_product_year *year, const char *const *changes, size_t count,
                           struct tl_store *store, struct tl_err *err)
{
    struct trial trial = {year, store, &year->arena};
    tl_status status = TL_OK;
    for (size_t i = 0; status == TL_OK && i < count; i++) {
        struct change change;
        const struct verb *verb = NULL;
        status = take_apart(&change, changes[i], trial.arena, err);
        if (status == TL_OK)
            status = find_verb(&verb, &change, err);
        if (status == TL_OK)
            status = verb->apply(&trial, &change, err);
    }
    return status;
}
