/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Sources: OS2's pages on its governance model and product levels (faq.os2.eu: relevans, formkrav, governance-krav;
 * os2.eu/governance), its rule on licences, and the steps of its guide to spreading a product. What those only say in
 * other words for a level is kept as recommended: an explanation is never asked for on our judgement alone.
 */
#include "tilslut/agreement/requirement.h"

#include "tilslut/base/text.h"

#define BY_HAND "product fulfil PRODUCT "

static const struct tl_requirement requirements[] = {
    {"local-value", TL_THEME_RELEVANCE, 1, 0, 0, TL_SHOWN_BY_HAND, "Løsningen skaber lokal værdi",
     "the product creates local value", BY_HAND "local-value"},
    {"value-for-others", TL_THEME_RELEVANCE, 1, 0, 0, TL_SHOWN_BY_HAND,
     "Løsningen har potentiel værdi for andre offentlige organisationer",
     "the product can be of value to other public bodies", BY_HAND "value-for-others"},
    {"line-management", TL_THEME_RELEVANCE, 2, 0, 0, TL_SHOWN_BY_HAND, "Den lokale linjeledelse har givet sin accept",
     "local line management accepts the work", BY_HAND "line-management"},
    {"known-needs", TL_THEME_RELEVANCE, 0, 2, 7, TL_SHOWN_BY_HAND, "De fælles behov er kendt",
     "the shared needs are known", BY_HAND "known-needs"},
    {"potential", TL_THEME_RELEVANCE, 0, 2, 0, TL_SHOWN_BY_HAND, "Løsningen har tværkommunalt potentiale",
     "the product has potential across municipalities", BY_HAND "potential"},

    {"purpose", TL_THEME_FORMALITIES, 1, 0, 0, TL_SHOWN_BY_PURPOSE, "Løsningens formål og værdi er beskrevet",
     "its purpose and value are described", "product set PRODUCT --purpose TEXT"},
    {"source-code", TL_THEME_FORMALITIES, 1, 0, 1, TL_SHOWN_BY_REPOSITORY, "Kildekoden ligger på OS2s GitHub",
     "its code lies on OS2's GitHub", "product set PRODUCT --repository URL"},
    {"licence", TL_THEME_FORMALITIES, 1, 0, 0, TL_SHOWN_BY_LICENCE, "Koden er under MPL 2.0",
     "its code is under MPL 2.0", "product set PRODUCT --licence MPL-2.0"},
    {"document-licence", TL_THEME_FORMALITIES, 1, 0, 0, TL_SHOWN_BY_DOCUMENT_LICENCE,
     "Dokumenterne er under CC BY-SA 4.0", "its documents are under CC BY-SA 4.0",
     "product set PRODUCT --document-licence CC-BY-SA-4.0"},
    {"procurement", TL_THEME_FORMALITIES, 1, 0, 0, TL_SHOWN_BY_HAND, "Udbudsreglerne er overholdt",
     "procurement rules are kept", BY_HAND "procurement"},
    {"lawfulness", TL_THEME_FORMALITIES, 1, 0, 0, TL_SHOWN_BY_HAND,
     "Lovgivningen er overholdt, og nødvendige databehandleraftaler er indgået",
     "the law is kept, and data processing agreements are signed where they are needed", BY_HAND "lawfulness"},
    {"security", TL_THEME_FORMALITIES, 1, 0, 0, TL_SHOWN_BY_HAND, "Sikkerhed er tænkt ind i løsningen",
     "security is part of the product", BY_HAND "security"},
    {"operation", TL_THEME_FORMALITIES, 1, 0, 0, TL_SHOWN_BY_HAND, "Driftskrav til løsningen er beskrevet",
     "what it takes to operate it is described", BY_HAND "operation"},
    {"product-page", TL_THEME_FORMALITIES, 0, 2, 2, TL_SHOWN_BY_HAND,
     "Produktsiden siger, hvad løsningen er, hvad den skal bruges til, og hvad den er værd",
     "the product page says what it is, what it is for and what it is worth", BY_HAND "product-page"},
    {"getting-started", TL_THEME_FORMALITIES, 0, 2, 3, TL_SHOWN_BY_HAND,
     "Det fremgår, hvordan man kommer i gang og får hjælp", "it is told how to get started and to get help",
     BY_HAND "getting-started"},
    {"price-list", TL_THEME_FORMALITIES, 0, 2, 3, TL_SHOWN_BY_PRICE_LIST, "Det fremgår, hvad det koster (takstblad)",
     "it is told what it costs (takstblad)", "pricelist PRODUCT YEAR"},
    {"published", TL_THEME_FORMALITIES, 0, 2, 4, TL_SHOWN_BY_HAND,
     "Dokumenter, arrangementer, styregruppe og koordinationsgruppe er offentliggjort",
     "documents, events, steering group and coordination group are published", BY_HAND "published"},
    {"news", TL_THEME_FORMALITIES, 0, 2, 5, TL_SHOWN_BY_HAND, "Nyheden er bragt ud", "the news is spread",
     BY_HAND "news"},

    {"several-municipalities", TL_THEME_GOVERNANCE, 1, 0, 0, TL_SHOWN_BY_MUNICIPALITIES, "Mere end én kommune deltager",
     "more than one municipality takes part", "join PRODUCT MEMBER,..."},
    {"portfolio", TL_THEME_GOVERNANCE, 1, 0, 0, TL_SHOWN_BY_HAND, "Produktet er oprettet i OS2s porteføljestyring",
     "it is in OS2's portfolio", BY_HAND "portfolio"},
    {"secretariat", TL_THEME_GOVERNANCE, 1, 0, 0, TL_SHOWN_BY_HAND,
     "Arbejdet koordineres løbende med OS2-sekretariatet", "work is coordinated with the secretariat",
     BY_HAND "secretariat"},
    {"product-lead", TL_THEME_GOVERNANCE, 1, 0, 0, TL_SHOWN_BY_HAND, "Der er en ansvarlig projektleder eller tovholder",
     "somebody is responsible as project lead", BY_HAND "product-lead"},
    {"board-informed", TL_THEME_GOVERNANCE, 1, 0, 0, TL_SHOWN_BY_HAND, "Bestyrelsen er orienteret",
     "the board is informed", BY_HAND "board-informed"},
    {"project-model", TL_THEME_GOVERNANCE, 0, 1, 0, TL_SHOWN_BY_HAND, "En projektmodel anvendes",
     "a project model is used", BY_HAND "project-model"},
    {"board-approval", TL_THEME_GOVERNANCE, 2, 0, 0, TL_SHOWN_BY_BOARD, "Bestyrelsen har godkendt produktet",
     "the board has approved it", "product level PRODUCT LEVEL --from DATE --decision \"bestyrelse DATE ...\""},
    {"steering-group", TL_THEME_GOVERNANCE, 2, 0, 6, TL_SHOWN_BY_STEERING_GROUP, "Styregruppen er nedsat",
     "it has a steering group", "product body PRODUCT styregruppe MEMBER,... --role ROLE --from DATE"},
    {"supplier", TL_THEME_GOVERNANCE, 0, 2, 7, TL_SHOWN_BY_SUPPLIER, "En eller flere leverandører er tilknyttet",
     "one or more suppliers are attached", "product supplier PRODUCT CVR --name NAME --from DATE"},
    {"partner-agreements", TL_THEME_GOVERNANCE, 2, 0, 0, TL_SHOWN_BY_PARTNER_AGREEMENTS,
     "Alle leverandører har tilsluttet sig OS2 via OS2s leverandørpartneraftale",
     "every supplier has signed OS2's partner agreement",
     "product supplier PRODUCT CVR --partner-since DATE --evidence TEXT --from DATE"},
    {"coordination-group", TL_THEME_GOVERNANCE, 0, 2, 0, TL_SHOWN_BY_COORDINATION_GROUP,
     "Koordinationsgruppen er dannet", "it has a coordination group",
     "product body PRODUCT koordinationsgruppe MEMBER,... --role ROLE --from DATE"},
    {"code-review", TL_THEME_GOVERNANCE, 0, 2, 0, TL_SHOWN_BY_HAND, "En tredjepart har gennemgået koden",
     "a third party has reviewed the code", BY_HAND "code-review"},
    {"joining-agreement", TL_THEME_GOVERNANCE, 3, 2, 6, TL_SHOWN_BY_TERMS,
     "Vilkår for en tilslutningsaftale er vedtaget", "terms of a joining agreement are adopted",
     "terms adopt FILE --decision TEXT"},
    {"secured-money", TL_THEME_GOVERNANCE, 3, 0, 0, TL_SHOWN_BY_SECURED_MONEY,
     "En tilslutningsaftale sikrer penge til koordinering og udvikling",
     "a joining agreement secures money for coordination and development", "join PRODUCT MEMBER,..."},

    {"national-strategies", TL_THEME_STRATEGY, 3, 0, 0, TL_SHOWN_BY_HAND, "Løsningen har ophæng i nationale strategier",
     "it follows from national strategies", BY_HAND "national-strategies"},
    {"strategic-context", TL_THEME_STRATEGY, 0, 1, 0, TL_SHOWN_BY_HAND,
     "Løsningens strategiske sammenhæng er beskrevet", "its strategic context is described",
     BY_HAND "strategic-context"},
};

enum { COUNT = sizeof requirements / sizeof requirements[0] };

const struct tl_requirement *tl_requirement_list(size_t *count)
{
    *count = COUNT;
    return requirements;
}

const struct tl_requirement *tl_requirement_find(const char *code)
{
    for (size_t i = 0; i < COUNT; i++)
        if (tl_text_equal(requirements[i].code, code))
            return &requirements[i];
    return NULL;
}

bool tl_requirement_is_required(const struct tl_requirement *requirement, int level)
{
    return requirement->required_from != 0 && requirement->required_from <= level;
}

bool tl_requirement_is_recommended(const struct tl_requirement *requirement, int level)
{
    return tl_requirement_is_required(requirement, level) ||
           (requirement->recommended_from != 0 && requirement->recommended_from <= level);
}

const char *tl_requirement_theme_en(tl_requirement_theme theme)
{
    static const char *const names[TL_THEME_COUNT] = {"relevance", "formalities", "governance", "strategic context"};
    return names[theme];
}

const char *tl_requirement_theme_da(tl_requirement_theme theme)
{
    static const char *const names[TL_THEME_COUNT] = {"Relevans", "Formkrav", "Governance", "Strategisk sammenhæng"};
    return names[theme];
}
