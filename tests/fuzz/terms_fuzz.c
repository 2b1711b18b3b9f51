/* SPDX-License-Identifier: MPL-2.0 */
/* Terms that are accepted keep the promises of key/terms.h, and their examples hold or say where they do not. */
#include "fuzz.h"
#include "tilslut/exchange/terms_difference.h"
#include "tilslut/exchange/terms_yaml.h"

static void check_price(const struct tl_price *price)
{
    FUZZ_CHECK((price->per_class != NULL) == (price->kind == TL_PRICE_PER_CLASS));
    FUZZ_CHECK((price->brackets != NULL) == (price->kind == TL_PRICE_BRACKETS));
    FUZZ_CHECK((price->quantity != NULL) == (price->kind == TL_PRICE_BRACKETS || price->kind == TL_PRICE_PER_UNIT));
    FUZZ_CHECK(price->quantity == NULL || tl_key_is_quantity(price->quantity));
    for (size_t i = 0; i < price->bracket_count; i++)
        FUZZ_CHECK(price->brackets[i].has_bound == (i + 1 < price->bracket_count));
}

static void check_line(const struct tl_terms *terms, const struct tl_line *line)
{
    FUZZ_CHECK(tl_terms_line(terms, line->id) == line);
    bool has_price = line->price.kind != TL_PRICE_NONE, has_steps = line->price_step_count > 0;
    FUZZ_CHECK(has_price + has_steps + line->has_budget == 1);
    FUZZ_CHECK((line->key != NULL) == line->has_budget);
    check_price(&line->price);
    for (size_t i = 0; i < line->price_step_count; i++) {
        check_price(&line->price_steps[i].price);
        FUZZ_CHECK(line->price_steps[i].price.kind != TL_PRICE_NONE);
        FUZZ_CHECK(tl_date_is_none(line->price_steps[i].until) == (i + 1 == line->price_step_count));
    }
    FUZZ_CHECK(!line->has_budget || (!line->markup.present && line->rebate_count == 0 && line->waived_for == NULL));
    FUZZ_CHECK(line->has_budget || (line->first_share_count == 0 && line->agreed_count == 0 && !line->has_floor));
    for (size_t i = 0; i < line->first_share_count; i++)
        FUZZ_CHECK((line->first_shares[i].member == NULL) != (line->first_shares[i].account == NULL));
    FUZZ_CHECK(line->prorata == TL_PRORATA_NONE || line->kind == TL_LINE_ANNUAL);
    FUZZ_CHECK(line->indexation.index == NULL || !tl_date_is_none(line->indexation.base));
    FUZZ_CHECK(line->name.da != NULL && line->name.en != NULL && line->covers.da != NULL && line->covers.en != NULL);
    FUZZ_CHECK(line->budget.minor >= 0 && line->price.flat.minor >= 0 && line->round_to_minor > 0);
    FUZZ_CHECK(!line->has_floor || !line->has_cap || line->floor.minor <= line->cap.minor);
    FUZZ_CHECK(line->vat.code != NULL && line->vat.reason != NULL && line->vat.rate.denominator > 0);
}

static void check_terms(const struct tl_terms *terms)
{
    FUZZ_CHECK(!tl_date_is_none(terms->valid_from) && terms->line_count > 0);
    FUZZ_CHECK(terms->class_count == 0 || terms->reference.measure != NULL);
    for (size_t i = 0; i < terms->class_count; i++)
        FUZZ_CHECK(terms->classes[i].has_bound == (i + 1 < terms->class_count));
    for (size_t i = 0; i < terms->line_count; i++)
        check_line(terms, &terms->lines[i]);
}

/* Terms say the same as themselves, and every place lies in the file. */
static void check_settings(const struct tl_terms *terms, const struct tl_source *source)
{
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct tl_err err = TL_ERR_NONE;
    struct tl_terms_settings settings;
    struct tl_terms_difference difference;
    FUZZ_CHECK(tl_terms_setting_list(&settings, terms, source, &arena, &err) == TL_OK);
    for (size_t i = 0; i < settings.count; i++)
        FUZZ_CHECK((settings.items[i].source_line == 0) == (settings.items[i].source_column == 0));
    FUZZ_CHECK(tl_terms_difference_find(&difference, &settings, &settings, &arena, &err) == TL_OK);
    FUZZ_CHECK(difference.count == 0);
    tl_arena_release(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct tl_err err = TL_ERR_NONE;
    struct tl_terms terms;
    struct tl_source source = {"a.yaml", (const char *)bytes, length};
    tl_status status = tl_terms_yaml_read(&terms, &source, &err);
    fuzz_check_error(status, &err);
    fuzz_check_where(&err, "a.yaml");
    if (status == TL_OK) {
        check_terms(&terms);
        check_settings(&terms, &source);
        fuzz_check_error(tl_terms_yaml_check(&terms, "a.yaml", &err), &err);
        fuzz_check_where(&err, "a.yaml");
    }
    tl_terms_release(&terms);
    return 0;
}
