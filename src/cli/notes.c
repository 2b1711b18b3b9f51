/* SPDX-License-Identifier: MPL-2.0 */
#include "notes.h"

#include "tilslut/agreement/governance.h"
#include "tilslut/agreement/missing_figure.h"
#include "tilslut/agreement/product_level.h"

/* Members whose price depends on a membership of the association that nobody recorded. */
static void note_association(const struct tl_line_result *result)
{
    const struct tl_member *first = NULL;
    size_t count = 0;
    for (size_t i = 0; i < result->share_count; i++)
        if (result->shares[i].member->association == TL_ASSOCIATION_NOT_RECORDED) {
            first = first == NULL ? result->shares[i].member : first;
            count++;
        }
    if (count == 0)
        return;
    cli_note("line '%s': association membership is not recorded for %zu of %zu members (%s%s), who pay as others",
             result->line->id, count, result->share_count, first->code, count > 1 ? ", ..." : "");
    cli_note("record it with: tilslut party set %s --association member|other --from DATE", first->code);
}

void cli_note_allocation(const struct tl_allocation *allocation)
{
    for (size_t i = 0; i < allocation->line_count; i++) {
        const struct tl_line_result *result = &allocation->lines[i];
        if (!result->known && result->share_count > 0)
            cli_note("line '%s': the price is not yet known, so it is not billed", result->line->id);
        if (result->line->markup.present)
            note_association(result);
    }
}

tl_status cli_note_figures(struct cli *cli, const char *product, const char *const *members, size_t member_count,
                           struct tl_date from, struct tl_err *err)
{
    struct tl_missing_figure *missing = NULL;
    size_t count = 0;
    char date[TL_DATE_TEXT_SIZE];
    tl_status status = tl_missing_figure_list(&missing, &count, cli->store, product, members, member_count, from,
                                              tl_moment_date(cli->act.now), &cli->arena, err);
    for (size_t i = 0; status == TL_OK && i < count; i++)
        cli_note("member '%s' has no figure of '%s' on %s, which the terms go by in %d: import it%s", missing[i].member,
                 missing[i].measure, tl_date_iso(missing[i].on, date), missing[i].year,
                 missing[i].is_of_class ? ", or place the member in a class by hand" : "");
    return status;
}

tl_status cli_note_governance(struct cli *cli, const char *product, struct tl_err *err)
{
    struct tl_governance_row *rows = NULL;
    size_t count = 0, missing = 0, required = 0;
    struct tl_date today = tl_moment_date(cli->act.now);
    int level = 0;
    tl_status status = tl_product_level_on(&level, cli->store, product, today, err);
    if (status == TL_OK)
        status = tl_governance_rows(&rows, &count, cli->store, product, today, &cli->arena, err);
    for (size_t i = 0; status == TL_OK && i < count; i++) {
        required += rows[i].is_required ? 1 : 0;
        missing += rows[i].standing == TL_STANDING_MISSING ? 1 : 0;
    }
    if (status == TL_OK && missing > 0)
        cli_note(
            "of the %zu things that level %d requires of %s, %zu %s neither fulfilled nor explained: tilslut product "
            "status %s",
            required, level, product, missing, cli_plural(missing, "is", "are"), product);
    return status;
}
