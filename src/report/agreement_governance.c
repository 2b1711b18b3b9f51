/* SPDX-License-Identifier: MPL-2.0 */
/*
 * How the product stands to what its level asks for, follow or explain. It is told as it is
 * known on the day of issue and is no part of what the parties agree on, so the digest of an agreement leaves it out.
 */
#include "agreement_parts.h"
#include "tilslut/agreement/governance.h"

static void put_row(struct tl_fields *row, const struct agreement_source *source, const struct tl_governance_row *of)
{
    bool is_explained = of->standing == TL_STANDING_EXPLAINED;
    const char *text = source->is_english ? of->requirement->en : of->requirement->da;
    bool is_small = text[0] >= 'a' && text[0] <= 'z';
    tl_fields_format(row, "text", "%c%s", is_small ? text[0] - 'a' + 'A' : text[0], text + 1);
    tl_fields_flag(row, "is_fulfilled", of->standing == TL_STANDING_FULFILLED);
    tl_fields_flag(row, "is_explained", is_explained);
    tl_fields_flag(row, "is_missing", of->standing == TL_STANDING_MISSING);
    tl_fields_flag(row, "is_open", of->standing == TL_STANDING_ADVISED);
    tl_fields_text(row, "reason", is_explained ? of->ground : "");
    tl_fields_text(row, "by", is_explained ? of->by : "");
    agreement_put_date(row, "since", is_explained ? of->since : (struct tl_date){0}, source->is_english);
}

void agreement_governance_fill(struct tl_fields *root, const struct agreement_source *source)
{
    const struct tl_agreement_facts *facts = source->facts;
    size_t required = 0, of_standing[TL_STANDING_LATER + 1] = {0};
    tl_fields_rows(root, "governance");
    if (facts->governance_count == 0)
        return;
    struct tl_fields *own = tl_fields_row(root, "governance");
    tl_fields_rows(own, "requirements");
    tl_fields_rows(own, "recommendations");
    for (size_t i = 0; i < facts->governance_count; i++) {
        const struct tl_governance_row *row = &facts->governance[i];
        put_row(tl_fields_row(own, row->is_required ? "requirements" : "recommendations"), source, row);
        required += row->is_required ? 1 : 0;
        of_standing[row->standing] += row->is_required ? 1 : 0;
    }
    tl_fields_format(own, "level", "%d", facts->governance_level);
    agreement_put_date(own, "as_of", facts->governance_on, source->is_english);
    tl_fields_format(own, "required", "%zu", required);
    tl_fields_format(own, "fulfilled", "%zu", of_standing[TL_STANDING_FULFILLED]);
    tl_fields_format(own, "explained", "%zu", of_standing[TL_STANDING_EXPLAINED]);
    tl_fields_format(own, "missing", "%zu", of_standing[TL_STANDING_MISSING]);
}
