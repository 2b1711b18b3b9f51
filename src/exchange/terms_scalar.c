/* SPDX-License-Identifier: MPL-2.0 */
/* The single values that terms are made of: texts, codes, numbers, amounts, shares, dates, words. */
#include <string.h>

#include "quoted.h"
#include "terms_read.h"

tl_status tl_terms_read_text(const char **out, const struct tl_terms_reader *reader, const struct tl_yaml_node *node)
{
    if (node->kind != TL_YAML_TEXT)
        return tl_terms_refuse(reader, node, "a single value belongs here, not a list of values");
    if (node->text[0] == '\0')
        return tl_terms_refuse(reader, node, "the value is missing");
    *out = node->text;
    return TL_OK;
}

tl_status tl_terms_copy_text(const char **out, const struct tl_terms_reader *reader, const struct tl_yaml_node *node)
{
    const char *text = "";
    tl_status status = tl_terms_read_text(&text, reader, node);
    if (status != TL_OK)
        return status;
    *out = tl_arena_text(&reader->terms->arena, text);
    return *out == NULL ? tl_err_memory(reader->err) : TL_OK;
}

tl_status tl_terms_copy_code(const char **out, const struct tl_terms_reader *reader, const struct tl_yaml_node *node,
                             const char *what)
{
    tl_status status = tl_terms_copy_text(out, reader, node);
    if (status != TL_OK || tl_text_is_code(*out))
        return status;
    (void)tl_terms_refuse(reader, node, "'%.*s' is not %s", QUOTED(*out), what);
    tl_err_hint(reader->err, "use 1 to 40 of A-Z a-z 0-9 - and _");
    return TL_ERR_INPUT;
}

tl_status tl_terms_copy_tag(const char **out, const struct tl_terms_reader *reader, const struct tl_yaml_node *node,
                            const char *what)
{
    static const char allowed[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.";
    tl_status status = tl_terms_copy_text(out, reader, node);
    if (status != TL_OK || ((*out)[strspn(*out, allowed)] == '\0' && strlen(*out) <= 40))
        return status;
    (void)tl_terms_refuse(reader, node, "'%.*s' is not %s", QUOTED(*out), what);
    tl_err_hint(reader->err, "use 1 to 40 of A-Z a-z 0-9 - _ and .");
    return TL_ERR_INPUT;
}

static tl_status read_da(void *target, const struct tl_terms_reader *reader, const struct tl_yaml_node *node)
{
    return tl_terms_copy_text(&((struct tl_text *)target)->da, reader, node);
}

static tl_status read_en(void *target, const struct tl_terms_reader *reader, const struct tl_yaml_node *node)
{
    return tl_terms_copy_text(&((struct tl_text *)target)->en, reader, node);
}

tl_status tl_terms_read_both(struct tl_text *out, const struct tl_terms_reader *reader, const struct tl_yaml_node *node)
{
    static const struct tl_terms_entry entries[] = {{"da", true, read_da}, {"en", false, read_en}, {NULL, false, NULL}};
    struct tl_text both = {NULL, NULL};
    tl_status status = node->kind == TL_YAML_TEXT
                           ? tl_terms_copy_text(&both.da, reader, node)
                           : tl_terms_read_mapping(&both, reader, node, "a text in two languages", entries);
    if (both.en == NULL)
        both.en = both.da;
    if (status == TL_OK)
        *out = both;
    return status;
}

tl_status tl_terms_read_whole(int *out, const struct tl_terms_reader *reader, const struct tl_yaml_node *node, int low,
                              int high)
{
    const char *text = "";
    tl_status status = tl_terms_read_text(&text, reader, node);
    if (status != TL_OK)
        return status;
    int value = 0;
    size_t digits = strspn(text, "0123456789");
    for (size_t i = 0; i < digits && i < 6; i++)
        value = value * 10 + (text[i] - '0');
    if (text[digits] != '\0' || digits == 0 || digits > 6 || value < low || value > high)
        return tl_terms_refuse(reader, node, "'%.*s' is not a whole number from %d to %d", QUOTED(text), low, high);
    *out = value;
    return TL_OK;
}

tl_status tl_terms_read_money(struct tl_money *out, const struct tl_terms_reader *reader,
                              const struct tl_yaml_node *node)
{
    const char *text = "";
    struct tl_money amount;
    tl_status status = tl_terms_read_text(&text, reader, node);
    if (status != TL_OK)
        return status;
    if (tl_money_parse(&amount, text, reader->err) != TL_OK)
        return tl_terms_fail_at(reader, node);
    if (amount.minor < 0)
        return tl_terms_refuse(reader, node, "'%.*s' is less than zero", QUOTED(text));
    *out = amount;
    return TL_OK;
}

tl_status tl_terms_read_percent(struct tl_ratio *out, const struct tl_terms_reader *reader,
                                const struct tl_yaml_node *node)
{
    const char *text = "";
    tl_status status = tl_terms_read_text(&text, reader, node);
    if (status != TL_OK)
        return status;
    /* 9 would be read as nine times */
    if (strchr(text, '%') == NULL) {
        (void)tl_terms_refuse(reader, node, "'%.*s' is not a percent", QUOTED(text));
        tl_err_hint(reader->err, "write for example 25%% or 12,5%%");
        return TL_ERR_INPUT;
    }
    return tl_ratio_parse(out, text, reader->err) == TL_OK ? TL_OK : tl_terms_fail_at(reader, node);
}

static bool is_share(const struct tl_yaml_node *node)
{
    return node->kind == TL_YAML_TEXT && strpbrk(node->text, "%/") != NULL;
}

tl_status tl_terms_read_share(struct tl_ratio *out, const struct tl_terms_reader *reader,
                              const struct tl_yaml_node *node)
{
    const char *text = "";
    struct tl_ratio share;
    tl_status status = tl_terms_read_text(&text, reader, node);
    if (status != TL_OK)
        return status;
    /* 33 would be read as thirty-three times */
    if (!is_share(node)) {
        (void)tl_terms_refuse(reader, node, "'%.*s' is not a part of a whole", QUOTED(text));
        tl_err_hint(reader->err, "write for example 25%% or 1/3");
        return TL_ERR_INPUT;
    }
    if (tl_ratio_parse(&share, text, reader->err) != TL_OK)
        return tl_terms_fail_at(reader, node);
    if (tl_ratio_compare(share, tl_ratio_of(1, 1)) > 0)
        return tl_terms_refuse(reader, node, "'%.*s' is more than the whole", QUOTED(text));
    *out = share;
    return TL_OK;
}

tl_status tl_terms_read_part(struct tl_ratio *share, struct tl_money *amount, const struct tl_terms_reader *reader,
                             const struct tl_yaml_node *node)
{
    return is_share(node) ? tl_terms_read_share(share, reader, node) : tl_terms_read_money(amount, reader, node);
}

tl_status tl_terms_read_yes(bool *out, const struct tl_terms_reader *reader, const struct tl_yaml_node *node)
{
    static const char *const words[] = {"no", "yes", NULL};
    size_t word;
    tl_status status = tl_terms_read_word(&word, reader, node, "an answer", words);
    if (status == TL_OK)
        *out = word == 1;
    return status;
}

tl_status tl_terms_read_date(struct tl_date *out, const struct tl_terms_reader *reader, const struct tl_yaml_node *node)
{
    const char *text = "";
    tl_status status = tl_terms_read_text(&text, reader, node);
    if (status != TL_OK)
        return status;
    return tl_date_parse(out, text, reader->err) == TL_OK ? TL_OK : tl_terms_fail_at(reader, node);
}

/* `MM-DD`, a day that every year has. */
static bool read_month_day(struct tl_terms_yearly *out, const char *text)
{
    static const char form[] = "dd-dd";
    for (size_t i = 0; i < sizeof form - 1; i++)
        if (form[i] == 'd' ? text[i] < '0' || text[i] > '9' : text[i] != form[i])
            return false;
    enum { NO_LEAP_YEAR = 2001 };
    out->month = (text[0] - '0') * 10 + (text[1] - '0');
    out->day = (text[3] - '0') * 10 + (text[4] - '0');
    return !tl_date_is_none(tl_date_of(NO_LEAP_YEAR, out->month, out->day));
}

tl_status tl_terms_read_yearly(struct tl_terms_yearly *out, const struct tl_terms_reader *reader,
                               const struct tl_yaml_node *node)
{
    static const char *const years[] = {" of the same year", " of the year before", " of the second year before"};
    enum { MONTH_DAY_LENGTH = 5, YEARS = sizeof years / sizeof years[0] };
    const char *text = "";
    tl_status status = tl_terms_read_text(&text, reader, node);
    if (status != TL_OK)
        return status;
    int before = 0;
    bool fits = read_month_day(out, text);
    while (fits && before < YEARS && !tl_text_equal(text + MONTH_DAY_LENGTH, years[before]))
        before++;
    if (!fits || before == YEARS) {
        (void)tl_terms_refuse(reader, node, "'%.*s' does not say a day of each year", QUOTED(text));
        tl_err_hint(reader->err, "write month-day and the year, such as 01-01 of the year before; the same year and "
                                 "the second year before are possible too");
        return TL_ERR_INPUT;
    }
    out->years_before = before;
    return TL_OK;
}

tl_status tl_terms_read_word(size_t *out, const struct tl_terms_reader *reader, const struct tl_yaml_node *node,
                             const char *what, const char *const *words)
{
    const char *text = "";
    tl_status status = tl_terms_read_text(&text, reader, node);
    if (status != TL_OK)
        return status;
    for (size_t i = 0; words[i] != NULL; i++) {
        if (!tl_text_equal(text, words[i]))
            continue;
        *out = i;
        return TL_OK;
    }
    (void)tl_terms_refuse(reader, node, "'%.*s' is not %s", QUOTED(text), what);
    tl_terms_hint_words(reader, text, words);
    return TL_ERR_INPUT;
}
