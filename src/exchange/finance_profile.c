/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/exchange/finance_profile.h"

#include <string.h>

#include "profile_read.h"
#include "quoted.h"
#include "tilslut/base/text.h"
#include "tilslut/exchange/yaml.h"

static const char *const setting_names[] = {"profile", "encoding",       "line end",  "separator", "quotes",
                                            "header",  "decimal",        "date",      "sign",      "formulas",
                                            "files",   "account string", "vat codes", "columns",   NULL};
static const char *const column_keys[] = {"title", "from", "text", NULL};

#define SOURCE_WORDS(name, words) words,
static const char *const source_words[] = {TL_FINANCE_SOURCES(SOURCE_WORDS) NULL};
#undef SOURCE_WORDS

const char *tl_finance_source_words(tl_finance_source source)
{
    return source == TL_FINANCE_CONSTANT ? "text" : source_words[source];
}

bool tl_finance_is_formula(const char *text)
{
    return text[0] != '\0' && strchr("=+-@\t\r\n", text[0]) != NULL;
}

uint32_t tl_finance_unwritable(const struct tl_finance_profile *profile, const char *text)
{
    for (const char *at = text; *at != '\0';) {
        uint32_t c = tl_text_next(&at);
        if (!tl_source_accepts(c) || (profile->encoding == TL_FINANCE_LATIN1 && c > 0xFF))
            return c;
    }
    return 0;
}

bool tl_finance_needs_quotes(const struct tl_finance_profile *profile, const char *text)
{
    const char marks[] = {profile->separator, '"', '\r', '\n', '\0'};
    return strpbrk(text, marks) != NULL;
}

/* A title, or a text that stands in every row, as it is to be written. */
static tl_status check_text(const struct tl_finance_profile *profile, const struct profile_reader *reader,
                            const struct tl_yaml_node *node, const char *text)
{
    uint32_t unwritable = tl_finance_unwritable(profile, text);
    if (unwritable != 0)
        (void)tl_err_set(reader->err, TL_ERR_INPUT, "'%.*s' holds U+%04X, which the encoding does not", QUOTED(text),
                         (unsigned)unwritable);
    else if (strpbrk(text, "\t\r\n") != NULL)
        (void)tl_err_set(reader->err, TL_ERR_INPUT, "a tab or a line end stands in what the profile writes");
    else if (tl_finance_is_formula(text))
        (void)tl_err_set(reader->err, TL_ERR_INPUT, "'%.*s' would be read as a formula", QUOTED(text));
    else if (profile->quotes == TL_QUOTES_NEVER && tl_finance_needs_quotes(profile, text))
        (void)tl_err_set(reader->err, TL_ERR_INPUT, "'%.*s' cannot be written without quotes", QUOTED(text));
    return reader->err->status == TL_OK ? TL_OK : profile_fail_at(reader, node);
}

static tl_status read_column(struct tl_finance_column *column, const struct tl_finance_profile *profile,
                             const struct profile_reader *reader, const struct tl_yaml_node *node)
{
    const struct tl_yaml_node *where, *title;
    size_t source = TL_FINANCE_CONSTANT;
    *column = (struct tl_finance_column){.text = ""};
    tl_status status = profile_check_keys(reader, node, column_keys);
    if (status == TL_OK)
        status = profile_setting(&column->title, &title, reader, node, "title", NULL);
    if (status == TL_OK)
        status = check_text(profile, reader, title, column->title);
    if (status != TL_OK)
        return status;
    bool has_source = tl_yaml_find(node, "from") != NULL;
    if (has_source == (tl_yaml_find(node, "text") != NULL)) {
        (void)tl_err_set(reader->err, TL_ERR_INPUT, "the column '%.*s' does not say what it holds",
                         QUOTED(column->title));
        tl_err_hint(reader->err, "give it one of 'from', such as {title: Beløb, from: gross}, and 'text'");
        return profile_fail_at(reader, node);
    }
    if (has_source)
        status = profile_choice(&source, reader, node, "from", source_words, NULL);
    else {
        status = profile_setting(&column->text, &where, reader, node, "text", NULL);
        if (status == TL_OK)
            status = check_text(profile, reader, where, column->text);
    }
    column->source = (tl_finance_source)source;
    return status;
}

static tl_status read_columns(struct tl_finance_profile *profile, const struct profile_reader *reader,
                              const struct tl_yaml_node *node)
{
    const struct tl_yaml_pair *pair = tl_yaml_find(node, "columns");
    if (pair == NULL || pair->value.kind != TL_YAML_SEQUENCE || pair->value.count == 0) {
        (void)tl_err_set(reader->err, TL_ERR_INPUT, "the profile does not say 'columns'");
        tl_err_hint(reader->err, "tilslut help %s shows a whole profile", reader->command);
        return profile_fail_at(reader, pair == NULL ? node : &pair->value);
    }
    if (pair->value.count > TL_FINANCE_COLUMNS_MAX) {
        (void)tl_err_set(reader->err, TL_ERR_RANGE, "a profile has at most %d columns", TL_FINANCE_COLUMNS_MAX);
        return profile_fail_at(reader, &pair->value);
    }
    struct tl_finance_column *columns = tl_arena_alloc(reader->arena, pair->value.count, sizeof *columns);
    if (columns == NULL)
        return tl_err_memory(reader->err);
    profile->columns = columns;
    tl_status status = TL_OK;
    for (size_t i = 0; status == TL_OK && i < pair->value.count; i++)
        status = read_column(&columns[profile->column_count++], profile, reader, &pair->value.items[i]);
    return status;
}

static tl_status read_vat_codes(struct tl_finance_profile *profile, const struct profile_reader *reader,
                                const struct tl_yaml_node *node)
{
    const struct tl_yaml_pair *pair = tl_yaml_find(node, "vat codes");
    if (pair == NULL)
        return TL_OK;
    if (pair->value.kind != TL_YAML_MAPPING || pair->value.count == 0) {
        (void)tl_err_set(reader->err, TL_ERR_INPUT, "'vat codes' names none");
        tl_err_hint(reader->err, "write them as {S: I25, O: I0}: ours and theirs");
        return profile_fail_at(reader, &pair->value);
    }
    struct tl_finance_vat_code *codes = tl_arena_alloc(reader->arena, pair->value.count, sizeof *codes);
    if (codes == NULL)
        return tl_err_memory(reader->err);
    profile->vat_codes = codes;
    tl_status status = TL_OK;
    for (size_t i = 0; status == TL_OK && i < pair->value.count; i++) {
        const struct tl_yaml_node *where;
        codes[i].own = pair->value.pairs[i].key.text;
        status = profile_setting(&codes[i].theirs, &where, reader, &pair->value, codes[i].own, NULL);
        if (status == TL_OK)
            status = check_text(profile, reader, where, codes[i].theirs);
        profile->vat_code_count++;
    }
    return status;
}

/* The marks, of which one cannot mean two things. */
static tl_status read_marks(struct tl_finance_profile *profile, const struct profile_reader *reader,
                            const struct tl_yaml_node *node)
{
    static const char *const separators[] = {";", ",", "|", "tab", NULL}, *const decimals[] = {",", ".", NULL};
    static const char *const quotes[] = {"where needed", "always", "never", NULL};
    size_t separator = 0, decimal = 0, quote = 0;
    tl_status status = profile_choice(&separator, reader, node, "separator", separators, NULL);
    if (status == TL_OK)
        status = profile_choice(&decimal, reader, node, "decimal", decimals, NULL);
    if (status == TL_OK)
        status = profile_choice(&quote, reader, node, "quotes", quotes, quotes[TL_QUOTES_WHERE_NEEDED]);
    if (status != TL_OK)
        return status;
    profile->separator = tl_text_equal(separators[separator], "tab") ? '\t' : separators[separator][0];
    profile->decimal = decimals[decimal][0];
    profile->quotes = (tl_finance_quotes)quote;
    if (profile->separator != profile->decimal || profile->quotes == TL_QUOTES_ALWAYS)
        return TL_OK;
    (void)tl_err_set(reader->err, TL_ERR_INPUT, "'%c' can't stand for decimals and between columns", profile->decimal);
    tl_err_hint(reader->err, "take another, or 'quotes: always'");
    return profile_fail_at(reader, &tl_yaml_find(node, "decimal")->value);
}

/* Placeholders in braces, each one that is known. */
static bool is_pattern(const char *text)
{
    static const char *const known[] = {"{psp}", "{account}", "{product}", "{line}"};
    while ((text = strpbrk(text, "{}")) != NULL) {
        size_t i = 0, count = sizeof known / sizeof known[0];
        while (i < count && strncmp(text, known[i], strlen(known[i])) != 0)
            i++;
        if (i == count)
            return false;
        text += strlen(known[i]);
    }
    return true;
}

static tl_status read_account_string(struct tl_finance_profile *profile, const struct profile_reader *reader,
                                     const struct tl_yaml_node *node)
{
    const struct tl_yaml_node *where;
    const char *text;
    tl_status status = profile_setting(&text, &where, reader, node, "account string", "own");
    if (status != TL_OK)
        return status;
    profile->needs_account_string = tl_text_equal(text, "needed");
    profile->account_string = profile->needs_account_string || tl_text_equal(text, "own") ? "" : text;
    if (is_pattern(text))
        return check_text(profile, reader, where, profile->account_string);
    (void)tl_err_set(reader->err, TL_ERR_INPUT, "'%.*s' is not an account string", QUOTED(text));
    tl_err_hint(reader->err, "it is 'own', 'needed', or text with {psp}, {account}, {product} and {line}");
    return profile_fail_at(reader, where);
}

static tl_status read_words(struct tl_finance_profile *profile, const struct profile_reader *reader,
                            const struct tl_yaml_node *node)
{
    static const char *const encodings[] = {"UTF-8", "UTF-8 with BOM", "ISO 8859-1", NULL};
    static const char *const ends[] = {"CRLF", "LF", NULL}, *const yes[] = {"yes", "no", NULL};
    static const char *const signs[] = {"charge positive", "charge negative", NULL};
    static const char *const files[] = {"one", "one per unit", NULL};
    static const char *const formulas[] = {"apostrophe", "refuse", "as written", NULL};
    static const char *const dates[] = {"YYYY-MM-DD", "DD-MM-YYYY", "DD.MM.YYYY", "DD/MM/YYYY",
                                        "YYYYMMDD",   "DDMMYYYY",   NULL};
    const struct {
        const char *name, *const *words, *otherwise;
    } settings[] = {{"encoding", encodings, NULL}, {"line end", ends, NULL},   {"header", yes, yes[0]},
                    {"sign", signs, NULL},         {"files", files, files[0]}, {"formulas", formulas, formulas[0]},
                    {"date", dates, NULL}};
    enum { ENCODING, END, HEADER, SIGN, FILES, FORMULAS, DATE, COUNT };
    size_t chosen[COUNT] = {0};
    tl_status status = TL_OK;
    for (size_t i = 0; status == TL_OK && i < COUNT; i++)
        status = profile_choice(&chosen[i], reader, node, settings[i].name, settings[i].words, settings[i].otherwise);
    profile->encoding = (tl_finance_encoding)chosen[ENCODING];
    profile->formulas = (tl_finance_formulas)chosen[FORMULAS];
    profile->has_crlf = chosen[END] == 0;
    profile->has_header = chosen[HEADER] == 0;
    profile->charges_are_negative = chosen[SIGN] == 1;
    profile->has_file_per_unit = chosen[FILES] == 1;
    profile->date = dates[chosen[DATE]];
    return status;
}

static tl_status read_profile(struct tl_finance_profile *profile, const struct profile_reader *reader,
                              const struct tl_yaml_node *node)
{
    tl_status status = profile_check_keys(reader, node, setting_names);
    if (status == TL_OK)
        status = profile_name(&profile->name, reader, node);
    if (status == TL_OK)
        status = read_words(profile, reader, node);
    if (status == TL_OK)
        status = read_marks(profile, reader, node);
    if (status == TL_OK)
        status = read_account_string(profile, reader, node);
    if (status == TL_OK)
        status = read_vat_codes(profile, reader, node);
    return status == TL_OK ? read_columns(profile, reader, node) : status;
}

tl_status tl_finance_profile_read(struct tl_finance_profile *out, const struct tl_source *source,
                                  struct tl_arena *arena, struct tl_err *err)
{
    struct profile_reader reader = {source, arena, err, "finance profile"};
    struct tl_finance_profile profile = {.name = NULL};
    const struct tl_yaml_node *node;
    tl_status status = tl_yaml_read(&node, source, arena, err);
    if (status == TL_OK)
        status = read_profile(&profile, &reader, node);
    if (status == TL_OK)
        *out = profile;
    return status;
}
