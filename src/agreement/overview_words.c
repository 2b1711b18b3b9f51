/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/agreement/overview.h"

const char *tl_overview_lacks(const struct tl_overview_agreement *agreement, bool is_danish, struct tl_arena *arena)
{
    const struct {
        bool lacks;
        const char *en, *da;
    } things[] = {
        {agreement->lacks_signature, "signature", "underskrift"},
        {agreement->lacks_countersignature, "countersignature", "OS2's underskrift"},
        {agreement->lacks_ean, "EAN", "EAN-nummer"},
        {agreement->lacks_contact, "contact", "kontakt"},
        {agreement->lacks_figure, "figure", "opgjort tal"},
    };
    const char *words = "";
    for (size_t i = 0; words != NULL && i < sizeof things / sizeof things[0]; i++)
        if (things[i].lacks)
            words = tl_arena_format(arena, "%s%s%s", words, words[0] == '\0' ? "" : ", ",
                                    is_danish ? things[i].da : things[i].en);
    return words;
}

const char *tl_overview_kind_en(tl_overview_kind kind)
{
    static const char *const names[] = {"agreement begins",      "agreement ends",      "frozen class ends",
                                        "terms come into force", "last day for notice", "unit closes",
                                        "last day for pledges"};
    return names[kind];
}

const char *tl_overview_kind_da(tl_overview_kind kind)
{
    static const char *const names[] = {
        "aftale begynder",          "aftale ophører", "fastfrosset klasse udløber", "vilkår træder i kraft",
        "sidste dag for opsigelse", "enhed lukker",   "sidste dag for tilsagn"};
    return names[kind];
}

const char *tl_overview_state_da(tl_membership_state state)
{
    static const char *const names[TL_MEMBERSHIP_STATE_COUNT] = {
        [TL_MEMBERSHIP_STATE_NONE] = "ingen",
        [TL_MEMBERSHIP_STATE_DRAFTED] = "udkast",
        [TL_MEMBERSHIP_STATE_SENT] = "sendt",
        [TL_MEMBERSHIP_STATE_SIGNED] = "underskrevet af anvenderen",
        [TL_MEMBERSHIP_STATE_COUNTERSIGNED] = "underskrevet af begge",
        [TL_MEMBERSHIP_STATE_IN_FORCE] = "i kraft",
        [TL_MEMBERSHIP_STATE_PASSIVE] = "passiv",
        [TL_MEMBERSHIP_STATE_UNDER_NOTICE] = "opsagt",
        [TL_MEMBERSHIP_STATE_ENDED] = "ophørt",
        [TL_MEMBERSHIP_STATE_WITHDRAWN] = "trukket tilbage",
    };
    return names[state];
}
