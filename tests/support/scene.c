/* SPDX-License-Identifier: MPL-2.0 */
#include "scene.h"

#include <string.h>

#include "check.h"
#include "community.h"
#include "tilslut/agreement/book.h"
#include "tilslut/agreement/checks.h"
#include "tilslut/agreement/figure.h"
#include "tilslut/agreement/import.h"
#include "tilslut/agreement/membership.h"
#include "tilslut/agreement/party.h"
#include "tilslut/agreement/product.h"
#include "tilslut/agreement/run.h"
#include "tilslut/agreement/terms_book.h"
#include "tilslut/store/file.h"

static const char PRODUCT[] = "demo";

struct tl_date scene_date(const char *iso)
{
    struct tl_err err = TL_ERR_NONE;
    struct tl_date date;
    assert_ok(tl_date_parse(&date, iso, &err), &err);
    return date;
}

void scene_on(struct scene *scene, const char *date)
{
    scene->act.now.seconds = (int64_t)tl_date_to_days(scene_date(date)) * 24 * 60 * 60 + 12 * 60 * 60;
}

void scene_open(struct scene *scene)
{
    struct tl_err err = TL_ERR_NONE;
    *scene = (struct scene){.arena = TL_ARENA_EMPTY, .act = {.actor = "sekretariat", .command = "test"}};
    scene_on(scene, "2025-10-01");
    assert_ok(tl_book_open_memory(&scene->store, "DKK", &scene->act, &err), &err);
}

void scene_close(struct scene *scene)
{
    tl_store_close(scene->store);
    tl_arena_release(&scene->arena);
}

void scene_begin(struct scene *scene)
{
    struct tl_err err = TL_ERR_NONE;
    assert_ok(tl_store_begin(scene->store, &scene->act, &err), &err);
}

void scene_commit(struct scene *scene)
{
    struct tl_err err = TL_ERR_NONE;
    assert_ok(tl_store_commit(scene->store, &err), &err);
}

void scene_party(struct scene *scene, const char *code, const char *kind)
{
    struct tl_err err = TL_ERR_NONE;
    tl_recorded recorded;
    struct tl_party party = {code, code, code, kind, "", "", "", "", {0}};
    scene_begin(scene);
    assert_ok(tl_party_record(&recorded, scene->store, &party, &err), &err);
    scene_commit(scene);
}

void scene_municipalities(struct scene *scene)
{
    struct tl_err err = TL_ERR_NONE;
    struct tl_buf bytes = TL_BUF_EMPTY;
    struct tl_imported imported;
    assert_ok(tl_file_read(&bytes, "tests/data/parties.csv", &err), &err);
    struct tl_source source = {"parties.csv", tl_buf_string(&bytes), bytes.length};
    scene_begin(scene);
    assert_ok(tl_import_parties(&imported, scene->store, &source, (struct tl_date){0}, &err), &err);
    scene_commit(scene);
    tl_buf_release(&bytes);
}

static void record_figure(struct scene *scene, const char *code, const char *measure, const char *date, int64_t value)
{
    struct tl_err err = TL_ERR_NONE;
    tl_recorded recorded;
    struct tl_figure figure = {measure, scene_date(date), {value, 1}, "test"};
    assert_ok(tl_figure_record(&recorded, scene->store, code, &figure, &err), &err);
}

void scene_figure(struct scene *scene, const char *code, const char *measure, const char *date, int64_t value)
{
    scene_begin(scene);
    record_figure(scene, code, measure, date, value);
    scene_commit(scene);
}

void scene_population(struct scene *scene, int year, const char *date)
{
    struct community community;
    community_load(&community, year);
    scene_begin(scene);
    for (size_t i = 0; i < community.count; i++)
        record_figure(scene, community.members[i].code, "population", date,
                      community.members[i].figures[0].value.numerator);
    scene_commit(scene);
    community_release(&community);
}

/* Calls `each` for every code of a list `0461,0851`. */
static void for_each(struct scene *scene, const char *codes,
                     void (*each)(struct scene *scene, const char *code, const void *context), const void *context)
{
    scene_begin(scene);
    for (size_t length; (length = strcspn(codes, ",")) > 0; codes += length + (codes[length] == ',' ? 1 : 0)) {
        const char *code = tl_arena_copy(&scene->arena, codes, length);
        assert_non_null(code);
        each(scene, code, context);
    }
    scene_commit(scene);
}

static void associate(struct scene *scene, const char *code, const void *context)
{
    struct tl_err err = TL_ERR_NONE;
    tl_recorded recorded;
    assert_ok(tl_party_record_association(&recorded, scene->store, code, *(const tl_association *)context,
                                          scene_date("2025-01-01"), &err),
              &err);
}

void scene_association(struct scene *scene, const char *codes, tl_association association)
{
    for_each(scene, codes, associate, &association);
}

void scene_product(struct scene *scene, const char *code)
{
    struct tl_err err = TL_ERR_NONE;
    struct tl_product product = {code, code, "XG-9212045260", 2};
    scene_begin(scene);
    assert_ok(tl_product_record(scene->store, &product, &err), &err);
    scene_commit(scene);
}

void scene_terms(struct scene *scene, const char *yaml)
{
    struct tl_err err = TL_ERR_NONE;
    struct tl_source source = {"terms.yaml", yaml, strlen(yaml)};
    int version;
    scene_begin(scene);
    assert_ok(tl_terms_book_adopt(&version, scene->store, &source, "styregruppe 2025-09-12 pkt. 4", &err), &err);
    scene_commit(scene);
}

static void join(struct scene *scene, const char *code, const void *context)
{
    struct tl_err err = TL_ERR_NONE;
    struct tl_joining joining = *(const struct tl_joining *)context;
    int64_t id;
    joining.party = code;
    assert_ok(tl_membership_join(&id, scene->store, &joining, &err), &err);
}

void scene_join(struct scene *scene, const char *codes, const char *from, const char *with)
{
    struct tl_joining joining = {.product = PRODUCT,
                                 .signed_on = scene_date(from),
                                 .from = scene_date(from),
                                 .options = &with,
                                 .option_count = with == NULL ? 0 : 1};
    for_each(scene, codes, join, &joining);
}

tl_status scene_try_change(struct scene *scene, const char *code, tl_membership_event event, const char *from,
                           const char *detail, struct tl_err *err)
{
    bool freezes = event == TL_MEMBERSHIP_CLASS_FROZEN;
    struct tl_membership_change change = {.product = PRODUCT,
                                          .party = code,
                                          .event = event,
                                          .from = scene_date(from),
                                          .until = freezes ? scene_date("2027-12-31") : (struct tl_date){0},
                                          .detail = detail,
                                          .evidence = "bilag 7"};
    scene_begin(scene);
    tl_status status = tl_membership_change(scene->store, &change, err);
    if (status == TL_OK)
        scene_commit(scene);
    else
        tl_store_rollback(scene->store);
    return status;
}

void scene_change(struct scene *scene, const char *code, tl_membership_event event, const char *from,
                  const char *detail)
{
    struct tl_err err = TL_ERR_NONE;
    assert_ok(scene_try_change(scene, code, event, from, detail, &err), &err);
}

struct tl_date scene_leave(struct scene *scene, const char *code, const char *notice)
{
    struct tl_err err = TL_ERR_NONE;
    struct tl_date last;
    scene_begin(scene);
    assert_ok(
        tl_membership_leave(&last, scene->store, PRODUCT, code, scene_date(notice), (struct tl_date){0}, "", &err),
        &err);
    scene_commit(scene);
    return last;
}

void scene_allocate(struct tl_product_year *out, struct scene *scene, int year)
{
    struct tl_err err = TL_ERR_NONE;
    assert_ok(tl_product_year_compute(out, scene->store, PRODUCT, year, 0, &err), &err);
}

int64_t scene_amount(const struct tl_product_year *year, const char *line, const char *code)
{
    const struct tl_line_result *result = tl_allocation_line(&year->allocation, line);
    size_t count;
    int64_t sum = 0;
    assert_non_null(result);
    const struct tl_share *shares = tl_line_result_shares(result, code, &count);
    for (size_t i = 0; i < count; i++)
        sum += shares[i].amount.minor;
    return count == 0 ? -1 : sum;
}

int64_t scene_draft(struct scene *scene, int year)
{
    struct tl_err err = TL_ERR_NONE;
    int64_t run;
    scene_begin(scene);
    assert_ok(tl_run_draft(&run, scene->store, PRODUCT, year, &err), &err);
    scene_commit(scene);
    return run;
}

void scene_approve(struct scene *scene, int64_t run)
{
    struct tl_err err = TL_ERR_NONE;
    struct tl_act act = scene->act;
    size_t entries;
    act.actor = "regnskab";
    assert_ok(tl_store_begin(scene->store, &act, &err), &err);
    assert_ok(
        tl_run_approve(&entries, scene->store, run, act.actor, tl_moment_date(act.now), (struct tl_date){0}, &err),
        &err);
    scene_commit(scene);
}

int64_t scene_bill(struct scene *scene, int year)
{
    int64_t run = scene_draft(scene, year);
    scene_approve(scene, run);
    return run;
}

void scene_verify(struct scene *scene)
{
    struct tl_err err = TL_ERR_NONE;
    struct tl_findings findings = TL_FINDINGS_EMPTY;
    struct tl_checked checked;
    assert_ok(tl_checks_run(&findings, &checked, scene->store, NULL, 0, &err), &err);
    for (size_t i = 0; i < findings.count; i++)
        print_error("%s: %s\n", findings.items[i].check, findings.items[i].text);
    assert_int_equal(findings.count, 0);
    tl_findings_release(&findings);
}
