/* SPDX-License-Identifier: MPL-2.0 */
#include "args.h"

#include <string.h>

#include "tilslut/base/text.h"

const char cli_personal[] = "PERSONAL";

static const struct cli_option *find_in(const struct cli_option *options, const char *name, size_t length)
{
    for (; options->name != NULL; options++) {
        bool is_name = strlen(options->name) == length && strncmp(options->name, name, length) == 0;
        bool is_brief =
            options->brief != NULL && strlen(options->brief) == length && strncmp(options->brief, name, length) == 0;
        if (is_name || is_brief)
            return options;
    }
    return NULL;
}

static tl_status unknown(const char *word, size_t length, const struct cli_option *options,
                         const struct cli_option *common, struct tl_err *err)
{
    const char *names[64];
    size_t count = 0;
    char name[64] = "";
    for (const struct cli_option *option = options; option->name != NULL && count < 40; option++)
        names[count++] = option->name;
    for (const struct cli_option *option = common; option->name != NULL && count < 63; option++)
        names[count++] = option->name;
    names[count] = NULL;
    if (length < sizeof name)
        memcpy(name, word, length);
    const char *nearest = tl_text_nearest(name, names);
    (void)tl_err_set(err, TL_ERR_USAGE, "there is no option '%.*s'", (int)tl_text_cut(word, length < 60 ? length : 60),
                     word);
    if (nearest != NULL)
        tl_err_hint(err, "did you mean %s?", nearest);
    tl_err_hint(err, "an argument that begins with - is written behind --");
    return TL_ERR_USAGE;
}

static tl_status add_given(struct cli_args *out, const struct cli_option *option, const char *value, struct tl_err *err)
{
    if (!option->repeatable && cli_args_value(out, option->name) != NULL)
        return tl_err_set(err, TL_ERR_USAGE, "the option '%s' is given twice", option->name);
    if (out->given_count == CLI_ARGS_MAX)
        return tl_err_set(err, TL_ERR_USAGE, "there are more than %d options", CLI_ARGS_MAX);
    out->given[out->given_count].option = option;
    out->given[out->given_count++].value = value;
    return TL_OK;
}

/* Reads the option at argv[*at]; *at moves to its last word. */
static tl_status read_option(struct cli_args *out, char *const *argv, size_t count, size_t *at,
                             const struct cli_option *options, const struct cli_option *common, struct tl_err *err)
{
    const char *word = argv[*at];
    size_t length = strncmp(word, "--", 2) == 0 ? strcspn(word, "=") : strlen(word);
    const char *inside = word[length] == '=' ? word + length + 1 : NULL;
    const struct cli_option *option = find_in(options, word, length);
    if (option == NULL)
        option = find_in(common, word, length);
    if (option == NULL)
        return unknown(word, length, options, common, err);
    if (option->value == NULL && inside != NULL)
        return tl_err_set(err, TL_ERR_USAGE, "the option '%s' takes no value", option->name);
    if (option->value == NULL)
        return add_given(out, option, "", err);
    if (inside == NULL && *at + 1 == count)
        return tl_err_set(err, TL_ERR_USAGE, "the option '%s' needs a value: %s", option->name, option->value);
    return add_given(out, option, inside != NULL ? inside : argv[++*at], err);
}

tl_status cli_args_read(struct cli_args *out, char *const *argv, size_t count, const struct cli_option *options,
                        const struct cli_option *common, struct tl_err *err)
{
    tl_status status = TL_OK;
    bool ended = false;
    *out = (struct cli_args){.positional_count = 0};
    for (size_t i = 0; status == TL_OK && i < count; i++) {
        if (!ended && strcmp(argv[i], "--") == 0)
            ended = true;
        else if (!ended && argv[i][0] == '-' && argv[i][1] != '\0')
            status = read_option(out, argv, count, &i, options, common, err);
        else if (out->positional_count == CLI_ARGS_MAX)
            status = tl_err_set(err, TL_ERR_USAGE, "there are more than %d arguments", CLI_ARGS_MAX);
        else
            out->positional[out->positional_count++] = argv[i];
    }
    return status;
}

const char *cli_args_value(const struct cli_args *args, const char *name)
{
    for (size_t i = 0; i < args->given_count; i++)
        if (strcmp(args->given[i].option->name, name) == 0)
            return args->given[i].value;
    return NULL;
}
