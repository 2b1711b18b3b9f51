/* SPDX-License-Identifier: MPL-2.0 */
#include "cli.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

tl_status cli_begin(struct cli *cli, struct tl_err *err)
{
    return tl_store_begin(cli->store, &cli->act, err);
}

tl_status cli_commit(struct cli *cli, struct tl_err *err)
{
    return tl_store_commit(cli->store, err);
}

bool cli_for_machines(const struct cli *cli)
{
    return cli_args_value(&cli->args, "--csv") != NULL || cli_args_value(&cli->args, "--json") != NULL;
}

tl_status cli_print_table(struct cli *cli, const struct tl_table *table, struct tl_err *err)
{
    bool csv = cli_args_value(&cli->args, "--csv") != NULL, json = cli_args_value(&cli->args, "--json") != NULL;
    const char *no_color = getenv("NO_COLOR");
    bool bold = isatty(STDOUT_FILENO) && (no_color == NULL || no_color[0] == '\0');
    if (csv && json)
        return tl_err_set(err, TL_ERR_USAGE, "--csv and --json do not go together");
    return tl_table_print(&cli->out, table,
                          csv    ? TL_TABLE_CSV
                          : json ? TL_TABLE_JSON
                          : bold ? TL_TABLE_TEXT_BOLD
                                 : TL_TABLE_TEXT,
                          err);
}

void cli_note(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    fputs("note: ", stderr);
    vfprintf(stderr, format, arguments);
    fputc('\n', stderr);
    va_end(arguments);
}

void cli_progress(const char *what, size_t done, size_t of)
{
    if (!isatty(STDERR_FILENO) || of < 10)
        return;
    fprintf(stderr, "\r%s %zu of %zu%s", what, done, of, done == of ? "\n" : "");
    fflush(stderr);
}

const char *cli_plural(size_t count, const char *one, const char *many)
{
    return count == 1 ? one : many;
}

tl_status cli_date(struct tl_date *out, const struct cli *cli, const char *option, struct tl_err *err)
{
    const char *text = cli_args_value(&cli->args, option);
    *out = (struct tl_date){0};
    if (text == NULL)
        return TL_OK;
    tl_status status = tl_date_parse(out, text, err);
    if (status != TL_OK)
        tl_err_at(err, option, 0, 0);
    return status;
}

tl_status cli_date_or_today(struct tl_date *out, const struct cli *cli, const char *option, struct tl_err *err)
{
    tl_status status = cli_date(out, cli, option, err);
    if (status == TL_OK && tl_date_is_none(*out))
        *out = tl_moment_date(cli->act.now);
    return status;
}

tl_status cli_number(int64_t *out, const char *text, const char *what, struct tl_err *err)
{
    size_t digits = strspn(text, "0123456789");
    if (digits == 0 || digits > 15 || text[digits] != '\0')
        return tl_err_set(err, TL_ERR_USAGE, "'%.60s' is not %s", text, what);
    *out = strtoll(text, NULL, 10);
    return TL_OK;
}

tl_status cli_year(int *out, const char *text, struct tl_err *err)
{
    int64_t year = 0;
    struct tl_err ignored = TL_ERR_NONE;
    if (cli_number(&year, text, "a year", &ignored) != TL_OK || year <= TL_YEAR_MIN || year > TL_YEAR_MAX) {
        (void)tl_err_set(err, TL_ERR_USAGE, "'%.60s' is not a year", text);
        tl_err_hint(err, "write it with four digits, for example 2026");
        return TL_ERR_USAGE;
    }
    *out = (int)year;
    return TL_OK;
}

/* Appends the parts of one list. */
static tl_status split(const char ***items, size_t *count, size_t *capacity, struct cli *cli, const char *text,
                       struct tl_err *err)
{
    for (const char *at = text;; at++) {
        size_t length = strcspn(at, ",");
        if (length == 0)
            return tl_err_set(err, TL_ERR_USAGE, "the list '%.80s' has an empty place", text);
        *items = tl_arena_grow(&cli->arena, *items, *count, capacity, sizeof **items);
        const char *item = tl_arena_copy(&cli->arena, at, length);
        if (*items == NULL || item == NULL)
            return tl_err_memory(err);
        (*items)[(*count)++] = item;
        at += length;
        if (*at == '\0')
            return TL_OK;
    }
}

/* Naming something twice is a slip of the pen, not a wish to have it twice. */
static tl_status check_distinct(const char *const *items, size_t count, struct tl_err *err)
{
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < i; j++)
            if (strcmp(items[i], items[j]) == 0)
                return tl_err_set(err, TL_ERR_USAGE, "'%.60s' is named twice", items[i]);
    return TL_OK;
}

tl_status cli_values(const char ***out, size_t *count, struct cli *cli, const char *text, struct tl_err *err)
{
    size_t capacity = 0;
    *out = NULL;
    *count = 0;
    return split(out, count, &capacity, cli, text, err);
}

tl_status cli_list(const char ***out, size_t *count, struct cli *cli, const char *text, struct tl_err *err)
{
    tl_status status = cli_values(out, count, cli, text, err);
    return status == TL_OK ? check_distinct(*out, *count, err) : status;
}

tl_status cli_lists(const char ***out, size_t *count, struct cli *cli, const char *option, struct tl_err *err)
{
    size_t capacity = 0;
    tl_status status = TL_OK;
    *out = NULL;
    *count = 0;
    for (size_t i = 0; status == TL_OK && i < cli->args.given_count; i++)
        if (tl_text_equal(cli->args.given[i].option->name, option))
            status = split(out, count, &capacity, cli, cli->args.given[i].value, err);
    return status == TL_OK ? check_distinct(*out, *count, err) : status;
}

enum { LAST_SECOND_OF_DAY = 24 * 60 * 60 - 1 };

tl_status cli_known(struct cli *cli, struct tl_err *err)
{
    struct tl_date date;
    int64_t act = 0;
    tl_status status = cli_date(&date, cli, "--known", err);
    if (status != TL_OK || tl_date_is_none(date))
        return status;
    struct tl_moment end = {(int64_t)tl_date_to_days(date) * (LAST_SECOND_OF_DAY + 1) + LAST_SECOND_OF_DAY};
    status = tl_store_act_at(&act, cli->store, end, err);
    if (status == TL_OK)
        tl_store_set_known(cli->store, act);
    return status;
}

tl_status cli_given(const char ***out, size_t *count, struct cli *cli, const char *option, struct tl_err *err)
{
    *out = tl_arena_alloc(&cli->arena, cli->args.given_count, sizeof **out);
    *count = 0;
    if (*out == NULL)
        return tl_err_memory(err);
    for (size_t i = 0; i < cli->args.given_count; i++)
        if (tl_text_equal(cli->args.given[i].option->name, option))
            (*out)[(*count)++] = cli->args.given[i].value;
    return TL_OK;
}
