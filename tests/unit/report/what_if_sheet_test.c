/* SPDX-License-Identifier: MPL-2.0 */
/*
 * The sheet "Hvad nu hvis" computes what tilslut computes: random settings are written into its cells, LibreOffice
 * recalculates them, and every amount is the one that the same changes give with `--if`.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "check.h"
#include "community.h"
#include "office.h"
#include "scene.h"
#include "tilslut/agreement/steering.h"
#include "tilslut/agreement/what_if.h"
#include "tilslut/agreement/widest_year.h"
#include "tilslut/report/budget_xlsx.h"
#include "tilslut/report/sheet.h"
#include "tilslut/report/workbook.h"
#include "tilslut/store/file.h"

/* Settings of each product. Recalculating costs time, and the sanitized run goes through the same code: it takes few.
 */
#ifdef __SANITIZE_ADDRESS__
enum { SETTINGS = 4 };
#else
enum { SETTINGS = 50 };
#endif

enum { PRODUCTS = 4, FILES = PRODUCTS * SETTINGS, PEOPLE = 14, STEP = 7, MEMBERS = 8, CHANGES_MAX = 6, YEAR = 2026 };

static const struct tl_party owner = {
    .name = "OS2", .official_name = "OS2 - Offentligt digitaliseringsfællesskab", .cvr = "41849983"};

/* ---- products, and what can be tried on them ---- */

struct product {
    const char *name;
    const char *terms, *file;   /* one of the two; `product: demo` in either */
    const char *const *options; /* NULL-terminated */
    const char *const *budgets, *const *prices, *const *markups, *const *bounds;
    bool billed_before; /* so that fractions are carried */
};

#define NONE ((const char *const[]){NULL})
#define LIST(...) ((const char *const[]){__VA_ARGS__, NULL})

static const char mixed_terms[] = SCENE_TERMS
    "  - id: development\n    account: \"00003\"\n    budget: 1000000\n    key: 1/3 equal + 2/3 population\n"
    "    floor: 20000\n    cap: 150000\n    agreed: {\"0101\": 123456.78}\n"
    "  - id: hosting\n    option: hosting\n    account: \"00003\"\n    budget: 333333.33\n    key: population\n"
    "    round to: 1\n"
    "  - id: share\n    account: \"00003\"\n    budget: 77777.77\n"
    "    key: \"class(Lille: 1, Mellem: 2, Stor: 4, Meget stor: 8)\"\n    floor: 2%\n"
    "  - id: joining\n    kind: joining fee\n    account: \"00001\"\n"
    "    price by signing:\n      until 2025-06-30: 60000\n      later: {Lille: 60000.01, Mellem: 90000, Stor: 120000, "
    "Meget stor: 150000}\n"
    "  - id: steps\n    account: \"00002\"\n    price:\n      by population:\n        up to 20000: 10000\n"
    "        below 50000: 18000\n        above: 30000\n"
    "  - id: head\n    account: \"00002\"\n    price: 0.385 per population\n"
    "    markup: {association member: 9%, other: 35%}\n";

static const char carried_terms[] = SCENE_TERMS
    "  - id: development\n    account: \"00003\"\n    budget: 1000000\n    key: 25% equal + 75% population\n"
    "  - id: hosting\n    option: hosting\n    account: \"00003\"\n    budget: 100000.01\n    key: population\n"
    "    floor: 1000\n";

static const struct product products[PRODUCTS] = {
    {"budget", NULL, "examples/os2compliance.yaml", LIST("hosting"), LIST("budget.development", "budget.hosting"), NONE,
     NONE, NONE, false},
    {"price", NULL, "examples/os2valghalla.yaml", LIST("hosting"), NONE,
     LIST("price.joining.Lille", "price.maintenance.Mellem", "price.maintenance.Stor", "price.connection"),
     LIST("markup.maintenance.member", "markup.maintenance.other"), LIST("boundary.Lille", "boundary.Mellem"), false},
    {"mixed", mixed_terms, NULL, LIST("hosting"),
     LIST("budget.development", "budget.hosting", "budget.share", "floor.development", "cap.development",
          "floor.hosting", "cap.share"),
     LIST("price.head"), LIST("markup.head.member"), LIST("boundary.Mellem", "boundary.Stor"), false},
    {"carried", carried_terms, NULL, LIST("hosting"), LIST("budget.development", "budget.hosting", "floor.hosting"),
     NONE, NONE, NONE, true},
};

static struct community people;

/* A list of codes from one to another, with commas. */
static const char *codes(size_t first, size_t behind)
{
    static char list[8 * PEOPLE];
    size_t used = 0;
    for (size_t i = first; i < behind; i++)
        used += (size_t)snprintf(list + used, sizeof list - used, "%s%s", i == first ? "" : ",",
                                 people.members[STEP * i].code);
    return list;
}

static void adopt(struct scene *scene, const struct product *product)
{
    struct tl_err err = TL_ERR_NONE;
    struct tl_buf file = TL_BUF_EMPTY, terms = TL_BUF_EMPTY;
    if (product->file == NULL) {
        scene_terms(scene, product->terms);
        return;
    }
    assert_ok(tl_file_read(&file, product->file, &err), &err);
    const char *text = tl_buf_string(&file), *at = strstr(text, "product: "), *behind = strchr(at, '\n');
    tl_buf_add(&terms, text, (size_t)(at - text));
    tl_buf_text(&terms, "product: demo");
    tl_buf_text(&terms, behind);
    scene_terms(scene, tl_buf_string(&terms));
    tl_buf_release(&file);
    tl_buf_release(&terms);
}

/* Every seventh municipality; the first of them members, some with hosting, some in the association. */
static void open_product(struct scene *scene, const struct product *product)
{
    const char *from = product->file == NULL ? "2024-01-01" : "2026-01-01";
    scene_open(scene);
    scene_product(scene, "demo");
    for (size_t i = 0; i < PEOPLE; i++) {
        const struct tl_member *member = &people.members[STEP * i];
        scene_party(scene, member->code, "municipality");
        scene_figure(scene, member->code, "population", "2025-01-01", member->figures[0].value.numerator);
        if (product->billed_before)
            scene_figure(scene, member->code, "population", "2024-01-01", member->figures[0].value.numerator + 17);
    }
    adopt(scene, product);
    scene_association(scene, codes(0, 9), TL_ASSOCIATION_MEMBER);
    scene_join(scene, codes(0, MEMBERS / 2), from, "hosting");
    scene_join(scene, codes(MEMBERS / 2, MEMBERS), from, NULL);
    if (product->billed_before)
        (void)scene_bill(scene, 2025);
}

/* ---- settings ---- */

static const char *pick(const char *const *list, struct check_random *random)
{
    size_t count = 0;
    while (list[count] != NULL)
        count++;
    return count == 0 ? NULL : list[check_random_between(random, 0, (int64_t)count - 1)];
}

/* A random change; false where the product has nothing of that kind. */
static bool make_change(char into[64], const struct product *product, struct check_random *random)
{
    const char *code = people.members[STEP * check_random_between(random, 0, PEOPLE - 1)].code, *what = NULL;
    int kind = (int)check_random_between(random, 0, 8);
    if (kind <= 1)
        snprintf(into, 64, "join=%s", code);
    else if (kind == 2)
        snprintf(into, 64, "leave=%s", code);
    else if (kind == 3)
        snprintf(into, 64, "take.%s=%s", pick(product->options, random), code);
    else if (kind == 4)
        snprintf(into, 64, "drop.%s=%s", pick(product->options, random), code);
    else if (kind == 5 && (what = pick(product->budgets, random)) != NULL) {
        int64_t most = strncmp(what, "budget", 6) == 0  ? 200000000
                       : strncmp(what, "floor", 5) == 0 ? 1500000
                                                        : 30000000;
        int64_t minor = check_random_between(random, most / 10, most);
        snprintf(into, 64, "%s=%" PRId64 ".%02d", what, minor / 100, (int)(minor % 100));
    } else if (kind == 6 && (what = pick(product->prices, random)) != NULL)
        snprintf(into, 64, strcmp(what, "price.head") == 0 ? "%s=%" PRId64 ".%03d" : "%s=%" PRId64 ".%02d", what,
                 check_random_between(random, 0, strcmp(what, "price.head") == 0 ? 0 : 90000),
                 (int)check_random_between(random, 0, strcmp(what, "price.head") == 0 ? 999 : 99));
    else if (kind == 7 && (what = pick(product->markups, random)) != NULL)
        snprintf(into, 64, "%s=%d.%02d%%", what, (int)check_random_between(random, 0, 60),
                 (int)check_random_between(random, 0, 99));
    else if (kind == 8 && (what = pick(product->bounds, random)) != NULL)
        snprintf(into, 64, "%s=%d", what, (int)check_random_between(random, 15000, 110000));
    return kind <= 4 || what != NULL;
}

/* Tries random changes until some can be tried together; *count of them. What is refused is not a setting. */
static void make_setting(struct tl_product_year *tried, struct scene *scene, const struct product *product,
                         struct check_random *random)
{
    for (;;) {
        char texts[CHANGES_MAX][64];
        const char *changes[CHANGES_MAX];
        struct tl_err err = TL_ERR_NONE;
        size_t count = 0, wanted = (size_t)check_random_between(random, 1, CHANGES_MAX);
        while (count < wanted)
            if (make_change(texts[count], product, random)) {
                changes[count] = texts[count];
                count++;
            }
        assert_ok(tl_product_year_load(tried, scene->store, "demo", YEAR, 0, &err), &err);
        tl_status status = tl_what_if_apply(tried, changes, count, scene->store, &err);
        if (status == TL_OK)
            status = tl_product_year_allocate(tried, &err);
        if (status == TL_OK)
            return;
        tl_product_year_release(tried);
    }
}

/* ---- workbooks ---- */

static void write_workbook(const char *name, const struct tl_product_year *decided,
                           const struct tl_product_year *widest, const struct tl_product_year *tried)
{
    struct tl_err err = TL_ERR_NONE;
    struct tl_buf out = TL_BUF_EMPTY;
    const struct tl_alloc_request requests[] = {tl_product_year_request(decided), tl_product_year_request(widest),
                                                tl_product_year_request(tried)};
    const struct tl_budget_facts facts = {.owner = &owner,
                                          .product = &decided->product,
                                          .decision = &decided->adopted.decision,
                                          .date = tl_date_of(2025, 11, 1),
                                          .decided = {&requests[0], &decided->allocation},
                                          .widest = {&requests[1], &widest->allocation},
                                          .tried = {&requests[2], &tried->allocation}};
    assert_ok(tl_budget_xlsx(&out, &facts, &err), &err);
    office_save(name, &out);
    tl_buf_release(&out);
}

/* A workbook whose sheet says 1 + 1 = 3, so that LibreOffice shows whether it computes or believes. */
static tl_status write_stale(struct tl_buf *out, const void *content, struct tl_err *err)
{
    (void)content;
    const struct tl_workbook_about about = {
        .title = "t", .subject = "s", .author = "a", .language = "da-DK", .created = tl_date_of(2025, 11, 1)};
    struct tl_workbook *workbook = NULL;
    tl_status status = tl_workbook_new(&workbook, &about, err);
    if (status == TL_OK) {
        struct tl_sheet *sheet = tl_workbook_sheet(workbook, &(struct tl_sheet_setup){.name = "Hvad nu hvis"});
        tl_sheet_money_formula(sheet, 0, 0, TL_LOOK_PLAIN, (struct tl_money){300}, "=1+1");
        status = tl_workbook_finish(out, workbook, err);
    }
    tl_workbook_free(workbook);
    return status;
}

/* ---- comparison ---- */

static int64_t amount_of(const struct tl_line_result *result, const char *code)
{
    size_t count;
    int64_t sum = 0;
    const struct tl_share *shares = tl_line_result_shares(result, code, &count);
    for (size_t i = 0; i < count; i++)
        sum += shares[i].amount.minor;
    return sum;
}

enum { NAME_COLUMN = 2, TRIED_COLUMN = 6, OPTION_COLUMN = 8 };

/* The row of the first member: the one behind the last heading. */
static size_t first_member_row(const char *name)
{
    for (size_t row = 0; row < 100; row++)
        if (strcmp(office_cell(name, "Hvad nu hvis", row, 0), "Prøv, hvem der er med") == 0)
            return row + 1;
    fail_msg("%s has no members", name);
    return 0;
}

/* Compares every amount of every line, and the totals; how many these were. */
static size_t compare(const char *name, const struct tl_product_year *tried, size_t options)
{
    const struct tl_allocation *allocation = &tried->allocation;
    size_t compared = 0, first = first_member_row(name);
    for (size_t i = 0; i < PEOPLE; i++) {
        const char *code = people.members[STEP * i].code;
        int64_t total = 0;
        assert_string_equal(office_cell(name, "Hvad nu hvis", first + i, 1), code);
        for (size_t line = 0; line < allocation->line_count; line++) {
            const struct tl_line_result *result = &allocation->lines[line];
            size_t column = OPTION_COLUMN + options + line;
            const char *shown = office_cell(name, "Hvad nu hvis", first + i, column);
            if (!result->known) {
                if (tl_line_result_share(result, code) != NULL)
                    assert_string_equal(shown, "ikke kendt");
                continue;
            }
            int64_t expected = amount_of(result, code), is = office_minor(name, "Hvad nu hvis", first + i, column);
            if (is != expected)
                fail_msg("%s: %s pays %" PRId64 " of '%s' by the sheet, and %" PRId64, name, code, is, result->line->id,
                         expected);
            total += expected;
            compared++;
        }
        assert_same_int(office_minor(name, "Hvad nu hvis", first + i, TRIED_COLUMN), total);
    }
    return compared;
}

static void random_settings_recalculated_by_libreoffice_are_what_tilslut_computes(void **state)
{
    (void)state;
    static char texts[FILES + 1][32];
    static const char *names[FILES + 2];
    static struct tl_product_year tried[FILES];
    struct check_random random = {2026};
    struct tl_err err = TL_ERR_NONE;
    struct tl_buf stale = TL_BUF_EMPTY;
    size_t compared = 0, expected = 0;
    community_load(&people, 2025);
    for (size_t p = 0; p < PRODUCTS; p++) {
        struct scene scene;
        struct tl_product_year decided = TL_PRODUCT_YEAR_EMPTY, widest = TL_PRODUCT_YEAR_EMPTY;
        open_product(&scene, &products[p]);
        assert_ok(tl_product_year_compute(&decided, scene.store, "demo", YEAR, 0, &err), &err);
        assert_ok(tl_widest_year_compute(&widest, scene.store, "demo", YEAR, &err), &err);
        for (size_t s = 0; s < SETTINGS; s++) {
            size_t at = p * SETTINGS + s;
            make_setting(&tried[at], &scene, &products[p], &random);
            snprintf(texts[at], sizeof texts[at], "%s-%zu.xlsx", products[p].name, s);
            names[at] = texts[at];
            write_workbook(names[at], &decided, &widest, &tried[at]);
        }
        tl_product_year_release(&decided);
        tl_product_year_release(&widest);
        scene_close(&scene);
    }
    assert_ok(tl_workbook_write(&stale, write_stale, NULL, &err), &err);
    names[FILES] = "stale.xlsx";
    office_save(names[FILES], &stale);
    office_recalculate_sheet(names, 1);
    assert_same_int(office_minor("stale.xlsx", "Hvad nu hvis", 0, 0), 200);
    for (size_t i = 0; i < FILES; i++) {
        for (size_t line = 0; line < tried[i].allocation.line_count; line++)
            expected += tried[i].allocation.lines[line].known ? PEOPLE : 0;
        compared += compare(names[i], &tried[i], 1);
        tl_product_year_release(&tried[i]);
    }
    assert_same_int((int64_t)compared, (int64_t)expected);
    assert_true(compared >= FILES * PEOPLE * 2);
    print_message("%d settings, %zu amounts compared\n", FILES, compared);
    tl_buf_release(&stale);
    community_release(&people);
}

/* The whole workbook of a product with a bill behind it. */
static void build(struct tl_buf *out, struct scene *scene)
{
    struct tl_err err = TL_ERR_NONE;
    struct tl_steering steering;
    struct tl_product_year widest = TL_PRODUCT_YEAR_EMPTY;
    assert_ok(tl_steering_read(&steering, scene->store, "demo", YEAR, tl_date_of(2026, 4, 1), &err), &err);
    assert_ok(tl_widest_year_compute(&widest, scene->store, "demo", YEAR, &err), &err);
    const struct tl_product_year *decided = tl_steering_year(&steering, YEAR);
    const struct tl_alloc_request requests[] = {tl_product_year_request(decided), tl_product_year_request(&widest)};
    const struct tl_budget_facts facts = {.owner = &owner,
                                          .product = &decided->product,
                                          .decision = &decided->adopted.decision,
                                          .date = tl_date_of(2025, 11, 1),
                                          .allocation = &decided->allocation,
                                          .decided = {&requests[0], &decided->allocation},
                                          .widest = {&requests[1], &widest.allocation},
                                          .tried = {&requests[0], &decided->allocation},
                                          .steering = &steering};
    assert_ok(tl_budget_xlsx(out, &facts, &err), &err);
    tl_product_year_release(&widest);
    tl_steering_release(&steering);
}

static void part_contains(const char *name, const char *part, const char *expected)
{
    struct tl_buf text = office_part(name, part);
    if (strstr(tl_buf_string(&text), expected) == NULL)
        fail_msg("%s lacks %s:\n%s", part, expected, tl_buf_string(&text));
    tl_buf_release(&text);
}

static void workbook_as_handed_out_agrees_with_tilslut_and_says_so(void **state)
{
    (void)state;
    struct scene scene;
    struct tl_buf first = TL_BUF_EMPTY, second = TL_BUF_EMPTY;
    community_load(&people, 2025);
    open_product(&scene, &products[3]);
    build(&first, &scene);
    build(&second, &scene);
    assert_int_equal(first.length, second.length);
    assert_memory_equal(first.bytes, second.bytes, first.length);
    office_save("whole.xlsx", &first);
    office_recalculate((const char *const[]){"whole.xlsx", NULL});
    assert_string_equal(office_cell("whole.xlsx", "Hvad nu hvis", 2, 0),
                        "Kontrol: uændret kommer arket til samme beløb som tilslut, for hvert medlem.");
    assert_string_equal(office_cell("whole.xlsx", "Hvad nu hvis", 3, 0),
                        "Arket regner alle linjer, til øren som tilslut.");
    assert_string_equal(office_cell("whole.xlsx", "Overblik", 0, 0), "Budget 2026, demo");
    assert_string_equal(office_cell("whole.xlsx", "Historik", 4, 2), "2025");
    assert_same_int(office_minor("whole.xlsx", "Overblik", 6, 1), 110000001);
    part_contains("whole.xlsx", "xl/drawings/drawing1.xml", "descr=\"Søjlediagram med 8 af 8 medlemmer");
    part_contains("whole.xlsx", "xl/drawings/drawing2.xml", "descr=\"Søjlediagram: en søjle for hvert år");
    part_contains("whole.xlsx", "xl/workbook.xml",
                  "<sheet name=\"Overblik\" sheetId=\"1\" r:id=\"rId1\"/><sheet name=\"Opfølgning\" sheetId=\"2\" "
                  "r:id=\"rId2\"/><sheet name=\"Hvem betaler hvad\" sheetId=\"3\" r:id=\"rId3\"/><sheet name=\"Hvad nu "
                  "hvis\" sheetId=\"4\" r:id=\"rId4\"/><sheet name=\"Historik\" sheetId=\"5\" r:id=\"rId5\"/><sheet "
                  "name=\"Medlemmer\"");
    tl_buf_release(&first);
    tl_buf_release(&second);
    scene_close(&scene);
    community_release(&people);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(workbook_as_handed_out_agrees_with_tilslut_and_says_so),
        cmocka_unit_test(random_settings_recalculated_by_libreoffice_are_what_tilslut_computes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
