/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/exchange/bank_profile.h"

#include <string.h>

#include "profile_read.h"
#include "quoted.h"
#include "tilslut/base/text.h"
#include "tilslut/exchange/yaml.h"

static const char *const setting_names[] = {"profile",   "account", "encoding", "separator", "decimal",
                                            "thousands", "date",    "order",    "columns",   NULL};
static const char *const column_names[] = {"date",          "amount",  "text",     "reference", "payer",
                                           "payer account", "balance", "currency", NULL};

static tl_status read_marks(struct tl_bank_profile *profile, const struct profile_reader *reader,
                            const struct tl_yaml_node *node)
{
    static const char *const separators[] = {";", ",", NULL}, *const decimals[] = {",", ".", NULL};
    static const char *const thousands[] = {".", ",", " ", "none", NULL};
    size_t separator = 0, decimal = 0, thousand = 0;
    tl_status status = profile_choice(&separator, reader, node, "separator", separators, NULL);
    if (status == TL_OK)
        status = profile_choice(&decimal, reader, node, "decimal", decimals, NULL);
    if (status == TL_OK)
        status = profile_choice(&thousand, reader, node, "thousands", thousands, "none");
    if (status != TL_OK)
        return status;
    profile->separator = separators[separator][0];
    profile->decimal = decimals[decimal][0];
    profile->thousands = tl_text_equal(thousands[thousand], "none") ? '\0' : thousands[thousand][0];
    if (profile->thousands == profile->decimal) {
        (void)tl_err_set(reader->err, TL_ERR_INPUT, "'%c' can't stand for both decimals and thousands",
                         profile->decimal);
        return profile_fail_at(reader, &tl_yaml_find(node, "thousands")->value);
    }
    return TL_OK;
}

static tl_status read_columns(struct tl_bank_profile *profile, const struct profile_reader *reader,
                              const struct tl_yaml_node *node)
{
    const struct tl_yaml_pair *pair = tl_yaml_find(node, "columns");
    if (pair == NULL) {
        (void)tl_err_set(reader->err, TL_ERR_INPUT, "the profile does not say 'columns'");
        tl_err_hint(reader->err, "tilslut help bank profile shows a whole profile");
        return profile_fail_at(reader, node);
    }
    tl_status status = profile_check_keys(reader, &pair->value, column_names);
    for (size_t i = 0; status == TL_OK && i < TL_BANK_COLUMN_COUNT; i++) {
        const struct tl_yaml_node *where;
        const char *title;
        bool needed = i == TL_BANK_DATE || i == TL_BANK_AMOUNT || i == TL_BANK_TEXT;
        status = profile_setting(&title, &where, reader, &pair->value, column_names[i], needed ? NULL : "");
        if (status != TL_OK)
            return status;
        char *lower = tl_arena_text(reader->arena, title);
        if (lower == NULL)
            return tl_err_memory(reader->err);
        tl_text_lower(lower);
        profile->columns[i] = lower;
        for (size_t j = 0; lower[0] != '\0' && j < i; j++)
            if (tl_text_equal(profile->columns[j], lower)) {
                (void)tl_err_set(reader->err, TL_ERR_INPUT, "'%.*s' is the column of both '%s' and '%s'", QUOTED(title),
                                 column_names[j], column_names[i]);
                return profile_fail_at(reader, where);
            }
    }
    return status;
}

static tl_status read_profile(struct tl_bank_profile *profile, const struct profile_reader *reader,
                              const struct tl_yaml_node *node)
{
    static const char *const encodings[] = {"UTF-8", "ISO 8859-1", NULL};
    static const char *const orders[] = {"oldest first", "newest first", NULL};
    static const char *const dates[] = {"YYYY-MM-DD", "DD-MM-YYYY", "DD.MM.YYYY", "DD/MM/YYYY", NULL};
    const struct tl_yaml_node *where;
    size_t encoding = 0, order = 0, date = 0;
    tl_status status = profile_check_keys(reader, node, setting_names);
    if (status == TL_OK)
        status = profile_name(&profile->name, reader, node);
    if (status == TL_OK)
        status = profile_setting(&profile->account, &where, reader, node, "account", NULL);
    if (status == TL_OK)
        status = profile_choice(&encoding, reader, node, "encoding", encodings, NULL);
    if (status == TL_OK)
        status = profile_choice(&date, reader, node, "date", dates, NULL);
    if (status == TL_OK)
        status = profile_choice(&order, reader, node, "order", orders, NULL);
    if (status == TL_OK)
        status = read_marks(profile, reader, node);
    profile->is_latin = encoding == 1;
    profile->newest_first = order == 1;
    profile->date = dates[date];
    return status == TL_OK ? read_columns(profile, reader, node) : status;
}

tl_status tl_bank_profile_read(struct tl_bank_profile *out, const struct tl_source *source, struct tl_arena *arena,
                               struct tl_err *err)
{
    struct profile_reader reader = {source, arena, err, "bank profile"};
    struct tl_bank_profile profile = {.name = NULL};
    const struct tl_yaml_node *node;
    tl_status status = tl_yaml_read(&node, source, arena, err);
    if (status == TL_OK)
        status = read_profile(&profile, &reader, node);
    if (status == TL_OK)
        *out = profile;
    return status;
}
