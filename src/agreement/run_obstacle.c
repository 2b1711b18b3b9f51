/* SPDX-License-Identifier: MPL-2.0 */
/* What stands in the way of a run, told with names. */
#include <inttypes.h>
#include <string.h>

#include "run_parts.h"
#include "tilslut/agreement/party.h"
#include "tilslut/agreement/terms_binding.h"
#include "tilslut/base/text.h"

struct list {
    struct tl_obstacle *items;
    size_t count, capacity;
    struct tl_arena *arena;
};

static tl_status add(struct list *list, const char *text, const char *hint, struct tl_err *err)
{
    list->items = tl_arena_grow(list->arena, list->items, list->count, &list->capacity, sizeof *list->items);
    if (list->items == NULL || text == NULL || hint == NULL)
        return tl_err_memory(err);
    list->items[list->count++] = (struct tl_obstacle){text, hint};
    return TL_OK;
}

/* A price that is not known stands in the way of whoever would pay it, unless it is left out on purpose. */
static tl_status add_prices(struct list *list, const struct tl_run *run, const struct tl_run_computed *computed,
                            struct tl_err *err)
{
    const struct tl_allocation *allocation = computed->has_part ? &computed->part : &computed->year.allocation;
    tl_status status = TL_OK;
    for (size_t i = 0; status == TL_OK && i < allocation->line_count; i++) {
        const struct tl_line_result *result = &allocation->lines[i];
        const char *id = result->line->id;
        bool wanted = run->lines[0] == '\0' || tl_run_list_has(run->lines, id);
        size_t members = 0;
        for (size_t j = 0; j < result->share_count; j++)
            members += run->members[0] == '\0' || tl_run_list_has(run->members, result->shares[j].member->code);
        if (!wanted || result->known || members == 0 || tl_run_list_has(run->left_out, id))
            continue;
        status = add(
            list,
            tl_arena_format(list->arena, "the price of line '%s' is not yet known (%zu %s)", id, members,
                            members == 1 ? "member" : "members"),
            tl_arena_format(list->arena, "adopt terms with the price, or draft the run with --leave-out %s", id), err);
    }
    return status;
}

static tl_status add_signatures(struct list *list, const char *code, const struct tl_run *run,
                                const struct tl_run_computed *computed, struct tl_err *err)
{
    const struct tl_member *member = tl_roster_find(&computed->year.roster, code);
    if (member == NULL || !tl_date_is_none(member->signed_on))
        return TL_OK;
    return add(
        list, tl_arena_format(list->arena, "'%s' has not signed the agreement", code),
        tl_arena_format(list->arena, "bill the others with: tilslut bill %s %d --only ...", run->product, run->year),
        err);
}

static tl_status add_new_signature(struct list *list, const char *code, const struct tl_run *run,
                                   const struct tl_run_computed *computed, struct tl_err *err)
{
    int version = computed->year.adopted.version;
    return add(
        list, tl_arena_format(list->arena, "'%s' has yet to sign the prices of version %d of the terms", code, version),
        tl_arena_format(list->arena,
                        "record it with: tilslut terms sign %s %s --version %d --date DATE --evidence TEXT",
                        run->product, code, version),
        err);
}

static tl_status add_ean(struct list *list, const char *code, struct tl_store *store, const struct tl_run *run,
                         struct tl_err *err)
{
    struct tl_party party;
    tl_status status = tl_party_find(&party, store, code, run->period.last, list->arena, err);
    if (status != TL_OK || party.ean[0] != '\0')
        return status;
    return add(list, tl_arena_format(list->arena, "'%s' has no EAN number to send an electronic invoice to", code),
               tl_arena_format(list->arena, "tilslut party set %s --ean NUMBER", code), err);
}

static tl_status find(struct list *list, struct tl_store *store, const struct tl_run *run,
                      const struct tl_run_computed *computed, struct tl_err *err)
{
    const struct tl_run_lines *lines = &computed->lines;
    const char **lacking = NULL;
    size_t lacking_count = 0, next = 0;
    tl_status status = TL_OK;
    /* what is credited was billed */
    if (tl_text_equal(run->kind, "credit"))
        return TL_OK;
    /* a pledge is owed by itself, and not by the prices of the terms */
    bool is_by_terms = !tl_text_equal(run->kind, "pledges");
    if (is_by_terms)
        status = add_prices(list, run, computed, err);
    if (status == TL_OK && is_by_terms)
        status = tl_terms_binding_unsigned(&lacking, &lacking_count, store, &computed->year, list->arena, err);
    for (size_t i = 0; status == TL_OK && i < lines->count; i++) {
        const char *code = lines->items[i].party_code;
        if (i > 0 && tl_text_equal(code, lines->items[i - 1].party_code))
            continue;
        if (is_by_terms)
            status = add_signatures(list, code, run, computed, err);
        while (next < lacking_count && strcmp(lacking[next], code) < 0)
            next++;
        if (status == TL_OK && next < lacking_count && tl_text_equal(lacking[next], code))
            status = add_new_signature(list, code, run, computed, err);
        if (status == TL_OK && computed->year.terms.bills_electronic)
            status = add_ean(list, code, store, run, err);
    }
    return status;
}

tl_status tl_run_check_obstacles(struct tl_store *store, const struct tl_run *run,
                                 const struct tl_run_computed *computed, struct tl_arena *arena, struct tl_err *err)
{
    struct list list = {.arena = arena};
    tl_status status = find(&list, store, run, computed, err);
    if (status != TL_OK || list.count == 0)
        return status;
    if (list.count == 1)
        (void)tl_err_set(err, TL_ERR_STATE, "run %" PRId64 " cannot be approved: %s", run->id, list.items[0].text);
    else
        (void)tl_err_set(err, TL_ERR_STATE, "run %" PRId64 " cannot be approved: %s; and %zu more", run->id,
                         list.items[0].text, list.count - 1);
    if (list.count == 1)
        tl_err_hint(err, "%s", list.items[0].hint);
    else
        tl_err_hint(err, "tilslut show run %" PRId64 " lists what stands in the way", run->id);
    return TL_ERR_STATE;
}

tl_status tl_run_obstacles(struct tl_obstacle **out, size_t *count, struct tl_store *store, const struct tl_run *run,
                           struct tl_arena *arena, struct tl_err *err)
{
    struct list list = {.arena = arena};
    struct tl_run_computed computed = TL_RUN_COMPUTED_EMPTY;
    struct tl_run_plan plan = tl_run_plan_again(run, 0);
    tl_status status = tl_run_compute(&computed, store, &plan, err);
    if (status == TL_OK)
        status = find(&list, store, run, &computed, err);
    *out = list.items;
    *count = list.count;
    tl_run_computed_release(&computed);
    return status;
}
