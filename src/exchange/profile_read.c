/* SPDX-License-Identifier: MPL-2.0 */
#include "profile_read.h"

#include "quoted.h"
#include "tilslut/base/text.h"

enum { LISTED_MAX = 10 };

tl_status profile_fail_at(const struct profile_reader *reader, const struct tl_yaml_node *node)
{
    tl_err_at(reader->err, reader->source->name, node->line, node->column);
    return reader->err->status;
}

tl_status profile_check_keys(const struct profile_reader *reader, const struct tl_yaml_node *node,
                             const char *const *known)
{
    if (node->kind != TL_YAML_MAPPING) {
        (void)tl_err_set(reader->err, TL_ERR_INPUT, "a profile is written as 'name: value'");
        return profile_fail_at(reader, node);
    }
    for (size_t i = 0; i < node->count; i++) {
        const struct tl_yaml_node *key = &node->pairs[i].key;
        size_t at = 0;
        while (known[at] != NULL && !tl_text_equal(known[at], key->text))
            at++;
        if (known[at] != NULL)
            continue;
        const char *nearest = tl_text_nearest(key->text, known);
        (void)tl_err_set(reader->err, TL_ERR_INPUT, "a profile has no '%.*s'", QUOTED(key->text));
        if (nearest != NULL)
            tl_err_hint(reader->err, "did you mean '%s'?", nearest);
        return profile_fail_at(reader, key);
    }
    return TL_OK;
}

tl_status profile_setting(const char **out, const struct tl_yaml_node **where, const struct profile_reader *reader,
                          const struct tl_yaml_node *node, const char *name, const char *otherwise)
{
    const struct tl_yaml_pair *pair = tl_yaml_find(node, name);
    *where = pair == NULL ? node : &pair->value;
    *out = otherwise;
    if (pair == NULL && otherwise != NULL)
        return TL_OK;
    if (pair == NULL || pair->value.kind != TL_YAML_TEXT || pair->value.text[0] == '\0') {
        (void)tl_err_set(reader->err, TL_ERR_INPUT, "the profile does not say '%s'", name);
        tl_err_hint(reader->err, "tilslut help %s shows a whole profile", reader->command);
        return profile_fail_at(reader, *where);
    }
    *out = pair->value.text;
    return TL_OK;
}

tl_status profile_choice(size_t *index, const struct profile_reader *reader, const struct tl_yaml_node *node,
                         const char *name, const char *const *words, const char *otherwise)
{
    const char *text;
    const struct tl_yaml_node *where;
    struct tl_buf list = TL_BUF_EMPTY;
    tl_status status = profile_setting(&text, &where, reader, node, name, otherwise);
    if (status != TL_OK)
        return status;
    for (*index = 0; words[*index] != NULL; ++*index)
        if (tl_text_equal(words[*index], text))
            return TL_OK;
    size_t count = 0;
    while (words[count] != NULL)
        count++;
    const char *nearest = count > LISTED_MAX ? tl_text_nearest(text, words) : NULL;
    for (size_t i = 0; words[i] != NULL; i++)
        tl_buf_format(&list, "%s'%s'", i == 0 ? "" : words[i + 1] == NULL ? " or " : ", ", words[i]);
    (void)tl_err_set(reader->err, TL_ERR_INPUT, "'%.*s' is not a setting of '%s'", QUOTED(text), name);
    if (nearest != NULL)
        tl_err_hint(reader->err, "did you mean '%s'?", nearest);
    if (count > LISTED_MAX)
        tl_err_hint(reader->err, "tilslut help %s lists them", reader->command);
    else
        tl_err_hint(reader->err, "it is %s", tl_buf_string(&list));
    tl_buf_release(&list);
    return profile_fail_at(reader, where);
}

tl_status profile_name(const char **out, const struct profile_reader *reader, const struct tl_yaml_node *node)
{
    const struct tl_yaml_node *where;
    tl_status status = profile_setting(out, &where, reader, node, "profile", NULL);
    if (status != TL_OK || tl_text_is_code(*out))
        return status;
    (void)tl_err_set(reader->err, TL_ERR_INPUT, "'%.*s' is not the name of a profile", QUOTED(*out));
    tl_err_hint(reader->err, "a name has letters, digits, - and _, for example vores-bank");
    return profile_fail_at(reader, where);
}
