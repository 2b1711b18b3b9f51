/* SPDX-License-Identifier: MPL-2.0 */
/* Terms that are accepted keep the promises of key/terms.h. */
#include "fuzz.h"
#include "tilslut/exchange/terms_yaml.h"

static void check_line(const struct tl_terms *terms, const struct tl_line *line)
{
    FUZZ_CHECK(tl_terms_line(terms, line->id) == line);
    FUZZ_CHECK((line->price.kind == TL_PRICE_NONE) == line->has_budget);
    FUZZ_CHECK((line->key != NULL) == line->has_budget);
    FUZZ_CHECK((line->price.per_class != NULL) == (line->price.kind == TL_PRICE_PER_CLASS));
    FUZZ_CHECK(!line->markup.present || line->price.kind != TL_PRICE_NONE);
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

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct tl_err err = TL_ERR_NONE;
    struct tl_terms terms;
    struct tl_source source = {"a.yaml", (const char *)bytes, length};
    tl_status status = tl_terms_yaml_read(&terms, &source, &err);
    fuzz_check_error(status, &err);
    fuzz_check_where(&err, "a.yaml");
    if (status == TL_OK)
        check_terms(&terms);
    tl_terms_release(&terms);
    return 0;
}
