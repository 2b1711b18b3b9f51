/* SPDX-License-Identifier: MPL-2.0 */
/*
 * A change that is tried must come to what recording it would come to: each is tried on one ledger and recorded, by
 * other means, on its twin.
 */
#include <stdio.h>

#include "check.h"
#include "scene.h"
#include "tilslut/agreement/what_if.h"
#include "tilslut/base/text.h"

#define JOINING                                                                                                        \
    "  - id: joining\n    kind: joining fee\n    account: \"00001\"\n"                                                 \
    "    price: {Lille: 35000, Mellem: 70000, Stor: 190000, Meget stor: 350000}\n"
#define MAINTENANCE(stor)                                                                                              \
    "  - id: maintenance\n    account: \"00002\"\n"                                                                    \
    "    price: {Lille: 22000, Mellem: 32000, Stor: " stor ", Meget stor: 52000}\n"
#define DEVELOPMENT(budget, key, bounds)                                                                               \
    "  - id: development\n    account: \"00003\"\n    budget: " budget "\n    key: " key "\n" bounds
#define HOSTING                                                                                                        \
    "  - id: hosting\n    account: \"00003\"\n    option: hosting\n    budget: 480000\n    key: population\n"
#define SUPPORT(price) "  - id: support\n    account: \"00002\"\n    price: " price "\n"
#define BOUNDS "    floor: 90000\n    cap: 700000\n"
#define KEY "25% equal + 75% population"
#define LINES JOINING MAINTENANCE("42000") DEVELOPMENT("1200000", KEY, BOUNDS) HOSTING SUPPORT("not yet known")

/* Four members of the four classes since 2024, two of them with hosting; 0005 is none. */
static void open_with(struct scene *scene, const char *terms)
{
    static const struct {
        const char *code;
        int64_t before, after;
    } people[] = {
        {"0001", 12000, 12500},   {"0002", 40000, 61000}, {"0003", 90000, 91000},
        {"0004", 300000, 310000}, {"0005", 59999, 60000},
    };
    scene_open(scene);
    scene_product(scene, "demo");
    scene_terms(scene, terms);
    for (size_t i = 0; i < sizeof people / sizeof people[0]; i++) {
        scene_party(scene, people[i].code, "municipality");
        scene_figure(scene, people[i].code, "population", "2025-01-01", people[i].before);
        scene_figure(scene, people[i].code, "population", "2026-01-01", people[i].after);
    }
    scene_join(scene, "0001,0002", "2024-01-01", NULL);
    scene_join(scene, "0003,0004", "2024-01-01", "hosting");
}

static tl_status try_on(struct tl_product_year *out, struct scene *scene, const char *const *changes, size_t count,
                        struct tl_err *err)
{
    int year = 0;
    tl_status status = tl_what_if_year(&year, changes, count, 2026, err);
    if (status == TL_OK)
        status = tl_product_year_load(out, scene->store, "demo", year, 0, err);
    if (status == TL_OK)
        status = tl_what_if_apply(out, changes, count, scene->store, err);
    return status == TL_OK ? tl_product_year_allocate(out, err) : status;
}

static void assert_alike(const struct tl_allocation *a, const struct tl_allocation *b)
{
    assert_int_equal(a->line_count, b->line_count);
    assert_money(a->total, b->total.minor);
    for (size_t i = 0; i < a->line_count; i++) {
        const struct tl_line_result *x = &a->lines[i], *y = &b->lines[i];
        assert_int_equal(x->known, y->known);
        assert_int_equal(x->share_count, y->share_count);
        for (size_t j = 0; j < x->share_count; j++) {
            assert_string_equal(x->shares[j].member->code, y->shares[j].member->code);
            assert_money(x->shares[j].amount, y->shares[j].amount.minor);
            assert_string_equal(x->shares[j].working, y->shares[j].working);
        }
    }
}

/* Tries the changes on a ledger with LINES; it must come to the year that `twin` has recorded. */
static void assert_tried_is_recorded(const char *const *changes, size_t count, struct scene *twin, int year)
{
    struct tl_err err = TL_ERR_NONE;
    struct tl_product_year tried = TL_PRODUCT_YEAR_EMPTY, recorded = TL_PRODUCT_YEAR_EMPTY;
    struct scene scene;
    open_with(&scene, SCENE_TERMS LINES);
    assert_ok(try_on(&tried, &scene, changes, count, &err), &err);
    scene_allocate(&recorded, twin, year);
    assert_alike(&tried.allocation, &recorded.allocation);
    tl_product_year_release(&recorded);
    tl_product_year_release(&tried);
    scene_close(&scene);
    scene_close(twin);
}

/* The same for one change and the terms that say it. */
static void assert_change_is_terms(const char *change, const char *terms)
{
    struct scene twin;
    open_with(&twin, terms);
    assert_tried_is_recorded(&change, 1, &twin, 2026);
}

static void no_change_changes_nothing(void **state)
{
    (void)state;
    struct scene twin;
    open_with(&twin, SCENE_TERMS LINES);
    assert_tried_is_recorded(NULL, 0, &twin, 2026);
}

static void who_joins_pays_as_if_it_had_joined_with_the_fee(void **state)
{
    (void)state;
    static const char *const changes[] = {"join=0005"};
    struct scene twin;
    open_with(&twin, SCENE_TERMS LINES);
    scene_join(&twin, "0005", "2026-01-01", NULL);
    assert_tried_is_recorded(changes, 1, &twin, 2026);
}

static void who_leaves_was_never_there(void **state)
{
    (void)state;
    static const char *const changes[] = {"leave=0001,0003"};
    struct scene twin;
    open_with(&twin, SCENE_TERMS LINES);
    scene_leave(&twin, "0001", "2025-03-01");
    scene_leave(&twin, "0003", "2025-06-30");
    assert_tried_is_recorded(changes, 1, &twin, 2026);
}

static void who_leaves_can_join_again_and_pays_the_fee(void **state)
{
    (void)state;
    static const char *const changes[] = {"leave=0001", "join=0001"};
    struct scene twin;
    open_with(&twin, SCENE_TERMS LINES);
    scene_leave(&twin, "0001", "2025-03-01");
    scene_join(&twin, "0001", "2026-01-01", NULL);
    assert_tried_is_recorded(changes, 2, &twin, 2026);
}

static void an_option_is_taken_and_dropped(void **state)
{
    (void)state;
    static const char *const changes[] = {"take.hosting=0001,0002", "drop.hosting=0004"};
    struct scene twin;
    open_with(&twin, SCENE_TERMS LINES);
    scene_change(&twin, "0001", TL_MEMBERSHIP_OPTION_TAKEN, "2026-01-01", "hosting");
    scene_change(&twin, "0002", TL_MEMBERSHIP_OPTION_TAKEN, "2025-07-01", "hosting");
    scene_change(&twin, "0004", TL_MEMBERSHIP_OPTION_DROPPED, "2026-01-01", "hosting");
    assert_tried_is_recorded(changes, 2, &twin, 2026);
}

static void who_joins_can_take_an_option(void **state)
{
    (void)state;
    static const char *const changes[] = {"join=0005", "take.hosting=0005"};
    struct scene twin;
    open_with(&twin, SCENE_TERMS LINES);
    scene_join(&twin, "0005", "2026-01-01", "hosting");
    assert_tried_is_recorded(changes, 2, &twin, 2026);
}

static void a_budget_is_what_it_is_changed_to(void **state)
{
    (void)state;
    assert_change_is_terms("budget.development=1500000,50",
                           SCENE_TERMS JOINING MAINTENANCE("42000") DEVELOPMENT("1500000.50", KEY, BOUNDS)
                               HOSTING SUPPORT("not yet known"));
}

static void a_price_of_a_class_is_what_it_is_changed_to(void **state)
{
    (void)state;
    assert_change_is_terms("price.maintenance.Stor=45000",
                           SCENE_TERMS JOINING MAINTENANCE("45000") DEVELOPMENT("1200000", KEY, BOUNDS)
                               HOSTING SUPPORT("not yet known"));
}

static void a_price_becomes_known(void **state)
{
    (void)state;
    assert_change_is_terms("price.support=1234.50", SCENE_TERMS JOINING MAINTENANCE("42000")
                                                        DEVELOPMENT("1200000", KEY, BOUNDS) HOSTING SUPPORT("1234.50"));
}

static void a_key_is_what_it_is_changed_to(void **state)
{
    (void)state;
    assert_change_is_terms(
        "key.development=1/3 equal + 2/3 class(Lille: 1, Mellem: 2, Stor: 4, Meget stor: 8)",
        SCENE_TERMS JOINING MAINTENANCE("42000")
            DEVELOPMENT("1200000", "\"1/3 equal + 2/3 class(Lille: 1, Mellem: 2, Stor: 4, Meget stor: 8)\"", BOUNDS)
                HOSTING SUPPORT("not yet known"));
}

static void floor_and_cap_are_what_they_are_changed_to(void **state)
{
    (void)state;
    assert_change_is_terms("floor.development=150000",
                           SCENE_TERMS JOINING MAINTENANCE("42000")
                               DEVELOPMENT("1200000", KEY, "    floor: 150000\n    cap: 700000\n")
                                   HOSTING SUPPORT("not yet known"));
    assert_change_is_terms("cap.development=450000",
                           SCENE_TERMS JOINING MAINTENANCE("42000")
                               DEVELOPMENT("1200000", KEY, "    floor: 90000\n    cap: 450000\n")
                                   HOSTING SUPPORT("not yet known"));
    assert_change_is_terms("floor.development=none",
                           SCENE_TERMS JOINING MAINTENANCE("42000") DEVELOPMENT("1200000", KEY, "    cap: 700000\n")
                               HOSTING SUPPORT("not yet known"));
    assert_change_is_terms("cap.development=none",
                           SCENE_TERMS JOINING MAINTENANCE("42000") DEVELOPMENT("1200000", KEY, "    floor: 90000\n")
                               HOSTING SUPPORT("not yet known"));
}

static void a_boundary_moves_and_keeps_its_side(void **state)
{
    (void)state;
    /* 0002 has 40000 inhabitants: below 40000 it is no longer Mellem */
    assert_change_is_terms("boundary.Mellem=40000",
                           "product: demo\nfrom: 2024-01-01\n"
                           "reference: {measure: population, date: 01-01 of the year before}\n"
                           "classes: {Lille: below 25000, Mellem: below 40000, Stor: below 120000, Meget stor: the "
                           "rest}\nnotice: {months: 6, to: half-year}\nvat: {outside: \"tilskud\"}\nlines:\n" LINES);
}

static void a_figure_is_what_it_is_changed_to(void **state)
{
    (void)state;
    static const char *const changes[] = {"figure.population.0004=380.000,00"};
    struct scene twin;
    open_with(&twin, SCENE_TERMS LINES);
    scene_figure(&twin, "0004", "population", "2025-01-01", 380000);
    assert_tried_is_recorded(changes, 1, &twin, 2026);
}

static void another_year_has_its_own_figures_and_joinings(void **state)
{
    (void)state;
    static const char *const changes[] = {"join=0005", "year=2027", "figure.population.0001=30000"};
    struct scene twin;
    open_with(&twin, SCENE_TERMS LINES);
    scene_join(&twin, "0005", "2027-01-01", NULL);
    scene_figure(&twin, "0001", "population", "2026-01-01", 30000);
    assert_tried_is_recorded(changes, 3, &twin, 2027);
}

static void changes_are_applied_together(void **state)
{
    (void)state;
    static const char *const changes[] = {"leave=0002",
                                          "join=0005",
                                          "take.hosting=0005",
                                          "budget.development=900000",
                                          "key.development=equal",
                                          "cap.development=none",
                                          "price.support=100",
                                          "price.maintenance.Stor=45000"};
    struct scene twin;
    open_with(&twin, SCENE_TERMS JOINING MAINTENANCE("45000") DEVELOPMENT("900000", "equal", "    floor: 90000\n")
                         HOSTING SUPPORT("100"));
    scene_leave(&twin, "0002", "2025-01-01");
    scene_join(&twin, "0005", "2026-01-01", "hosting");
    assert_tried_is_recorded(changes, 8, &twin, 2026);
}

/* A price per unit; a floor that is a share of the budget; a key with a name; a class whose name has a dot; amounts
 * agreed with a member. */
static const char SPECIAL[] =
    "product: demo\nfrom: 2024-01-01\n"
    "reference: {measure: population, date: 01-01 of the year before}\n"
    "classes: {Kl. 1: up to 40000, Kl. 2: the rest}\n"
    "notice: {months: 6, to: half-year}\nvat: {outside: \"tilskud\"}\n"
    "keys: {halves: 50% equal + 50% population}\n"
    "lines:\n"
    "  - id: heads\n    account: \"00002\"\n    price: 3.85 per population\n"
    "  - id: classes\n    account: \"00002\"\n    price: {Kl. 1: 100, Kl. 2: 200}\n"
    "  - id: signed\n    account: \"00001\"\n    price by signing: {until 2020-01-01: 10, later: 20}\n"
    "  - id: table\n    account: \"00002\"\n    price: {by population: {up to 50000: 1000, above: 2000}}\n"
    "  - id: shared\n    account: \"00003\"\n    budget: 100000\n    key: equal\n    floor: 20%\n"
    "  - id: agreed\n    account: \"00003\"\n    budget: 100000\n    key: equal\n"
    "    agreed: {0001: {amount: 10000, reason: pkt. 7}}\n"
    "  - id: hosting\n    account: \"00003\"\n    option: hosting\n    budget: 480000\n    key: population\n";

static void assert_special(const char *change, const char *line, const char *member, int64_t expected)
{
    struct tl_err err = TL_ERR_NONE;
    struct tl_product_year year = TL_PRODUCT_YEAR_EMPTY;
    struct scene scene;
    open_with(&scene, SPECIAL);
    assert_ok(try_on(&year, &scene, &change, 1, &err), &err);
    assert_same_int(scene_amount(&year, line, member), expected);
    tl_product_year_release(&year);
    scene_close(&scene);
}

static void what_few_terms_have_can_be_changed_too(void **state)
{
    (void)state;
    assert_special("price.heads=4,10", "heads", "0001", 4920000);        /* 12000 x 4.10 */
    assert_special("key.shared=halves", "shared", "0001", 2000000);      /* held by the floor of 20 % */
    assert_special("floor.shared=none", "shared", "0001", 2500000);      /* a quarter */
    assert_special("floor.shared=1000", "shared", "0001", 2500000);      /* the share of the budget is no more */
    assert_special("price.classes.Kl. 2=250", "classes", "0003", 25000); /* a dot in the name of a class */
    assert_special("boundary.Kl. 1=39999", "classes", "0002", 20000);    /* up to 39999: 40000 is above */
    assert_special("boundary.Kl. 1=40001", "classes", "0002", 10000);
    assert_special("figure.population.0002=40000", "classes", "0002", 10000); /* up to 40000 takes 40000 itself */
    /* the agreed amount of who has left is nobody's, the others share all of the budget */
    assert_special("leave=0001", "agreed", "0002", 3333334); /* the odd øre goes to the first */
}

static void assert_refusal(const char *terms, const char *change, tl_status status, const char *message,
                           const char *hint)
{
    struct tl_err err = TL_ERR_NONE;
    struct tl_product_year year = TL_PRODUCT_YEAR_EMPTY;
    struct scene scene;
    open_with(&scene, terms);
    assert_refused(try_on(&year, &scene, &change, 1, &err), status, &err, message, hint);
    tl_product_year_release(&year);
    scene_close(&scene);
}

static const char EXAMPLES[] =
    "for example join=0461, leave=0101, budget.development=1500000, price.maintenance.Stor=45000";

static void what_is_no_change_is_refused(void **state)
{
    (void)state;
    static const struct {
        const char *change, *why;
    } bad[] = {
        {"budget.development", "it has no value after '='"},
        {"budget.development=", "it has no value after '='"},
        {"", "it has no value after '='"},
        {"=5", "it begins with none of the known words"},
        {"teleport=0001", "it begins with none of the known words"},
        {"budget=5", "it names too little or too much in front of '='"},
        {"budget.=5", "it names too little or too much in front of '='"},
        {"price.maintenance.=5", "it names too little or too much in front of '='"},
        {"price..Stor=5", "it names too little or too much in front of '='"},
        {"join.hosting=0005", "it names too little or too much in front of '='"},
        {"figure.population=5", "it names too little or too much in front of '='"},
        {"year.x=2027", "it names too little or too much in front of '='"},
        {"join=0005,", "the list has an empty place"},
        {"join=,0005", "the list has an empty place"},
        {"leave=0001,,0002", "the list has an empty place"},
        {"year=27", "a year has four digits"},
        {"year=20277", "a year has four digits"},
        {"year=2O27", "a year has four digits"},
        {"year=1900", "the year is too early"},
    };
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        char message[160];
        snprintf(message, sizeof message, "'%s' is not a change to try: %s", bad[i].change, bad[i].why);
        assert_refusal(SCENE_TERMS LINES, bad[i].change, TL_ERR_USAGE, message, EXAMPLES);
    }
    assert_refusal(SCENE_TERMS LINES, "joim=0005", TL_ERR_USAGE, "'joim=0005' is not a change to try",
                   "did you mean join?");
    assert_refusal(SCENE_TERMS LINES, "boundry.Stor=5", TL_ERR_USAGE, "'boundry.Stor=5' is not a change to try",
                   "did you mean boundary?");
}

static void the_year_moves_once(void **state)
{
    (void)state;
    static const char *const changes[] = {"year=2027", "join=0005", "year=2027"};
    struct tl_err err = TL_ERR_NONE;
    int year;
    assert_refused(tl_what_if_year(&year, changes, 3, 2026, &err), TL_ERR_USAGE, &err,
                   "'year=2027' is not a change to try: the year is moved already", EXAMPLES);
}

static void what_is_not_there_is_named(void **state)
{
    (void)state;
    static const char terms[] = SCENE_TERMS LINES;
    assert_refusal(terms, "budget.developmnt=5", TL_ERR_NOT_FOUND, "the terms of 'demo' know no line 'developmnt'",
                   "did you mean development?");
    assert_refusal(terms, "key.x=equal", TL_ERR_NOT_FOUND, "the terms of 'demo' know no line 'x'",
                   "they know joining, maintenance, development, hosting, support");
    assert_refusal(terms, "price.maintenance.Storre=5", TL_ERR_NOT_FOUND,
                   "the terms of 'demo' know no size class 'Storre'", "did you mean Stor?");
    assert_refusal(terms, "boundary.Klein=5", TL_ERR_NOT_FOUND, "the terms of 'demo' know no size class 'Klein'",
                   "they know Lille, Mellem, Stor, Meget stor");
    assert_refusal(terms, "take.hostng=0001", TL_ERR_NOT_FOUND, "the terms of 'demo' know no option 'hostng'",
                   "did you mean hosting?");
    assert_refusal(terms, "drop.wifi=0001", TL_ERR_NOT_FOUND, "the terms of 'demo' know no option 'wifi'",
                   "they know hosting");
    assert_refusal(terms, "figure.users.0001=5", TL_ERR_NOT_FOUND, "the terms of 'demo' know no measure 'users'",
                   "they know population");
    assert_refusal(terms, "leave=0005", TL_ERR_NOT_FOUND, "'0005' is not a member of 'demo' in 2026", "");
    assert_refusal(terms, "take.hosting=0005", TL_ERR_NOT_FOUND, "'0005' is not a member of 'demo' in 2026", "");
    assert_refusal(terms, "figure.population.0005=5", TL_ERR_NOT_FOUND, "'0005' is not a member of 'demo' in 2026", "");
    assert_refusal(terms, "drop.hosting=0001", TL_ERR_NOT_FOUND, "'0001' has not taken 'hosting'", "");
    assert_refusal(terms, "join=00o5", TL_ERR_NOT_FOUND, "no party has the code '00o5'", "did you mean 0005 (0005)?");
}

static void what_is_there_already_is_told(void **state)
{
    (void)state;
    static const char terms[] = SCENE_TERMS LINES;
    assert_refusal(terms, "join=0001", TL_ERR_CONFLICT, "'0001' is a member of 'demo' already", "");
    assert_refusal(terms, "join=0005,0005", TL_ERR_CONFLICT, "'0005' is a member of 'demo' already", "");
    assert_refusal(terms, "leave=0001,0001", TL_ERR_NOT_FOUND, "'0001' is not a member of 'demo' in 2026", "");
    assert_refusal(terms, "take.hosting=0003", TL_ERR_CONFLICT, "'0003' has taken 'hosting' already", "");
    assert_refusal(terms, "take.hosting=0001,0001", TL_ERR_CONFLICT, "'0001' has taken 'hosting' already", "");
}

static void what_does_not_fit_the_line_is_refused(void **state)
{
    (void)state;
    static const char terms[] = SCENE_TERMS LINES;
    assert_refusal(terms, "price.development=5", TL_ERR_USAGE, "the line 'development' has a budget, not a price", "");
    assert_refusal(terms, "price.development.Stor=5", TL_ERR_USAGE, "the line 'development' has a budget, not a price",
                   "");
    assert_refusal(terms, "budget.maintenance=5", TL_ERR_USAGE, "the line 'maintenance' has a price, not a budget", "");
    assert_refusal(terms, "key.maintenance=equal", TL_ERR_USAGE, "the line 'maintenance' has a price, not a key", "");
    assert_refusal(terms, "floor.maintenance=5", TL_ERR_USAGE, "the line 'maintenance' has a price, not a floor", "");
    assert_refusal(terms, "cap.support=none", TL_ERR_USAGE, "the line 'support' has a price, not a cap", "");
    assert_refusal(terms, "price.maintenance=5", TL_ERR_USAGE, "the line 'maintenance' has more prices than one",
                   "say which: price.maintenance.CLASS=AMOUNT");
    assert_refusal(terms, "price.support.Stor=5", TL_ERR_USAGE, "the line 'support' has no price per size class", "");
    assert_refusal(SPECIAL, "price.signed=5", TL_ERR_USAGE,
                   "the price of the line 'signed' depends on the date of signing", "");
    assert_refusal(SPECIAL, "price.table=5", TL_ERR_USAGE, "the price of the line 'table' comes from a table", "");
    assert_refusal(terms, "boundary.Meget stor=5", TL_ERR_USAGE,
                   "the size class 'Meget stor' is the rest and has no boundary", "");
}

#define AMOUNTS "write 57980 or 57980.50 or 57.980,50; a single dot before three digits could mean two things"

static void amounts_and_figures_are_never_guessed(void **state)
{
    (void)state;
    static const char terms[] = SCENE_TERMS LINES;
    assert_refusal(terms, "budget.development=-5", TL_ERR_INPUT, "'budget.development=-5' is below zero", "");
    assert_refusal(terms, "budget.development=1.500", TL_ERR_INPUT, "'1.500' is not an amount", AMOUNTS);
    assert_refusal(terms, "price.support=ten", TL_ERR_INPUT, "'ten' is not an amount", AMOUNTS);
    assert_refusal(terms, "figure.population.0001=380.000", TL_ERR_INPUT, "'380.000' could mean 380000 or 380,000",
                   "write thousands without a dot and decimals after a comma");
    assert_refusal(terms, "figure.population.0001=..", TL_ERR_MISSING, "'..' stands for a missing number", "");
    assert_refusal(terms, "figure.population.0001=-5", TL_ERR_INPUT, "'-5' is negative", "a figure is zero or more");
    assert_refusal(terms, "boundary.Lille=24.000", TL_ERR_INPUT, "'24.000' could mean 24000 or 24,000",
                   "write thousands without a dot and decimals after a comma");
}

static void a_boundary_does_not_pass_its_neighbour(void **state)
{
    (void)state;
    static const char terms[] = SCENE_TERMS LINES, message[] = "the boundary of 'Mellem' would pass its neighbour's";
    assert_refusal(terms, "boundary.Mellem=25000", TL_ERR_INPUT, message, "");
    assert_refusal(terms, "boundary.Mellem=120000", TL_ERR_INPUT, message, "");
    assert_refusal(terms, "boundary.Mellem=5000000", TL_ERR_INPUT, message, "");
    assert_refusal(terms, "boundary.Lille=60000", TL_ERR_INPUT, "the boundary of 'Lille' would pass its neighbour's",
                   "");
}

static void a_key_that_does_not_parse_says_where(void **state)
{
    (void)state;
    static const char change[] = "key.development=25% equal + 75%% population";
    const char *const changes[] = {change};
    struct tl_err err = TL_ERR_NONE;
    struct tl_product_year year = TL_PRODUCT_YEAR_EMPTY;
    struct scene scene;
    open_with(&scene, SCENE_TERMS LINES);
    assert_int_equal(try_on(&year, &scene, changes, 1, &err), TL_ERR_INPUT);
    assert_string_equal(err.where, "key.development:1:16");
    tl_product_year_release(&year);
    scene_close(&scene);
    assert_refusal(SCENE_TERMS LINES, "key.development=class(Lille: 1, Mellem: 2, Large: 3)", TL_ERR_NOT_FOUND,
                   "the terms of 'demo' know no size class 'Large'", "they know Lille, Mellem, Stor, Meget stor");
    assert_refusal(SCENE_TERMS LINES, "key.development=users", TL_ERR_MISSING,
                   "member '0001' has no figure of 'users' on 2025-01-01", NULL);
}

static void what_cannot_be_allocated_says_why(void **state)
{
    (void)state;
    static const char terms[] = SCENE_TERMS LINES;
    assert_refusal(terms, "leave=0001,0002,0003,0004", TL_ERR_INFEASIBLE,
                   "line 'development' has a budget, but no member in its scope in 2026",
                   "let a member join, or take the line out of the terms");
    assert_refusal(terms, "drop.hosting=0003,0004", TL_ERR_INFEASIBLE,
                   "line 'hosting' has a budget, but no member in its scope in 2026",
                   "let a member join, or take the line out of the terms");
    assert_refusal(terms, "cap.development=250000", TL_ERR_INFEASIBLE,
                   "the caps of line 'development' sum to 1.000.000,00 for 4 members, less than the 1.200.000,00 they "
                   "share",
                   "raise the cap or lower the budget");
    assert_refusal(terms, "year=2030", TL_ERR_MISSING, "member '0001' has no figure of 'population' on 2029-01-01",
                   NULL);
}

static void who_left_or_comes_later_is_no_member_of_the_year(void **state)
{
    (void)state;
    static const char *const changes[] = {"join=0001,0005"};
    struct scene scene;
    struct tl_err err = TL_ERR_NONE;
    struct tl_product_year year = TL_PRODUCT_YEAR_EMPTY, again = TL_PRODUCT_YEAR_EMPTY;
    const char *const leave[] = {"leave=0005"};
    open_with(&scene, SCENE_TERMS LINES);
    scene_leave(&scene, "0001", "2025-01-01"); /* last day 2025-12-31 */
    scene_join(&scene, "0005", "2027-01-01", NULL);
    assert_ok(try_on(&year, &scene, changes, 1, &err), &err);
    assert_same_int(scene_amount(&year, "joining", "0001"), 3500000);
    assert_same_int(scene_amount(&year, "joining", "0005"), 7000000);
    tl_product_year_release(&year);
    assert_refused(try_on(&again, &scene, leave, 1, &err), TL_ERR_NOT_FOUND, &err,
                   "'0005' is not a member of 'demo' in 2026", "");
    tl_product_year_release(&again);
    scene_close(&scene);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_change_changes_nothing),
        cmocka_unit_test(who_joins_pays_as_if_it_had_joined_with_the_fee),
        cmocka_unit_test(who_leaves_was_never_there),
        cmocka_unit_test(who_leaves_can_join_again_and_pays_the_fee),
        cmocka_unit_test(an_option_is_taken_and_dropped),
        cmocka_unit_test(who_joins_can_take_an_option),
        cmocka_unit_test(a_budget_is_what_it_is_changed_to),
        cmocka_unit_test(a_price_of_a_class_is_what_it_is_changed_to),
        cmocka_unit_test(a_price_becomes_known),
        cmocka_unit_test(a_key_is_what_it_is_changed_to),
        cmocka_unit_test(floor_and_cap_are_what_they_are_changed_to),
        cmocka_unit_test(a_boundary_moves_and_keeps_its_side),
        cmocka_unit_test(a_figure_is_what_it_is_changed_to),
        cmocka_unit_test(another_year_has_its_own_figures_and_joinings),
        cmocka_unit_test(changes_are_applied_together),
        cmocka_unit_test(what_few_terms_have_can_be_changed_too),
        cmocka_unit_test(what_is_no_change_is_refused),
        cmocka_unit_test(the_year_moves_once),
        cmocka_unit_test(what_is_not_there_is_named),
        cmocka_unit_test(what_is_there_already_is_told),
        cmocka_unit_test(what_does_not_fit_the_line_is_refused),
        cmocka_unit_test(amounts_and_figures_are_never_guessed),
        cmocka_unit_test(a_boundary_does_not_pass_its_neighbour),
        cmocka_unit_test(a_key_that_does_not_parse_says_where),
        cmocka_unit_test(what_cannot_be_allocated_says_why),
        cmocka_unit_test(who_left_or_comes_later_is_no_member_of_the_year),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
