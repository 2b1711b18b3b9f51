/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/exchange/terms_setting.h"

#include <string.h>

#include "terms_setting_list.h"
#include "tilslut/base/text.h"
#include "tilslut/key/example.h"

struct tl_terms_path tl_terms_path_add(struct tl_terms_path path, const char *key)
{
    if (path.count < TL_TERMS_PATH_MAX)
        path.keys[path.count++] = key;
    return path;
}

struct tl_terms_path tl_terms_path_of(const char *first, const char *second)
{
    struct tl_terms_path path = {.keys = {first}, .count = 1};
    return second == NULL ? path : tl_terms_path_add(path, second);
}

/* The keys joined with dots. */
static const char *name_of(struct tl_terms_setting_list *list, struct tl_terms_path path)
{
    const char *name = path.keys[0];
    for (size_t i = 1; name != NULL && i < path.count; i++)
        name = tl_arena_format(list->arena, "%s.%s", name, path.keys[i]);
    return name;
}

void tl_terms_setting_put_at(struct tl_terms_setting_list *list, struct tl_terms_path path, const char *value,
                             const struct tl_yaml_node *node)
{
    struct tl_terms_setting *items =
        tl_arena_grow(list->arena, list->items, list->count, &list->capacity, sizeof *items);
    const char *name = name_of(list, path);
    list->failed = list->failed || items == NULL || name == NULL || value == NULL;
    if (list->failed)
        return;
    list->items = items;
    items[list->count++] = (struct tl_terms_setting){list->line, name, value, node == NULL ? 0 : node->line,
                                                     node == NULL ? 0 : node->column};
}

const struct tl_yaml_node *tl_terms_setting_node(const struct tl_terms_setting_list *list, struct tl_terms_path path)
{
    const struct tl_yaml_node *node = list->scope;
    for (size_t i = 0; i < path.count; i++) {
        const struct tl_yaml_pair *pair = tl_yaml_find(node, path.keys[i]);
        if (pair == NULL)
            return NULL;
        node = &pair->value;
    }
    return node;
}

void tl_terms_setting_put(struct tl_terms_setting_list *list, struct tl_terms_path path, const char *value)
{
    tl_terms_setting_put_at(list, path, value, tl_terms_setting_node(list, path));
}

void tl_terms_setting_say(struct tl_terms_setting_list *list, const char *key, const char *value)
{
    tl_terms_setting_put(list, tl_terms_path_of(key, NULL), value);
}

/* One text for both languages stands where the mapping would. */
static void put_language(struct tl_terms_setting_list *list, struct tl_terms_path path, const char *language,
                         const char *text)
{
    struct tl_terms_path own = tl_terms_path_add(path, language);
    const struct tl_yaml_node *node = tl_terms_setting_node(list, own);
    tl_terms_setting_put_at(list, own, text, node != NULL ? node : tl_terms_setting_node(list, path));
}

void tl_terms_setting_both(struct tl_terms_setting_list *list, const char *key, struct tl_text text)
{
    if (text.da[0] == '\0')
        return;
    put_language(list, tl_terms_path_of(key, NULL), "da", text.da);
    put_language(list, tl_terms_path_of(key, NULL), "en", text.en);
}

const char *tl_terms_setting_money(struct tl_terms_setting_list *list, struct tl_money amount)
{
    static const char no_oere[] = ".00";
    char text[TL_MONEY_TEXT_SIZE];
    size_t length = strlen(tl_money_plain(amount, text));
    size_t tail = sizeof no_oere - 1;
    bool is_whole = length > tail && strcmp(text + length - tail, no_oere) == 0;
    return tl_arena_copy(list->arena, text, is_whole ? length - tail : length);
}

const char *tl_terms_setting_part(struct tl_terms_setting_list *list, struct tl_ratio share, struct tl_money amount)
{
    char text[TL_RATIO_TEXT_SIZE];
    return tl_ratio_is_none(share) ? tl_terms_setting_money(list, amount)
                                   : tl_arena_text(list->arena, tl_ratio_percent(share, text));
}

const char *tl_terms_setting_date(struct tl_terms_setting_list *list, struct tl_date date)
{
    char text[TL_DATE_TEXT_SIZE];
    return tl_arena_text(list->arena, tl_date_iso(date, text));
}

const char *tl_terms_setting_yearly(struct tl_terms_setting_list *list, int years_before, int month, int day)
{
    static const char *const years[] = {"the same year", "the year before", "the second year before"};
    return tl_arena_format(list->arena, "%02d-%02d of %s", month, day, years[years_before]);
}

const char *tl_terms_setting_bound(struct tl_terms_setting_list *list, bool has_bound, bool inclusive,
                                   struct tl_ratio bound, const char *rest)
{
    char text[TL_RATIO_TEXT_SIZE];
    if (!has_bound)
        return rest;
    const char *written =
        tl_arena_format(list->arena, "%s %s", inclusive ? "up to" : "below", tl_ratio_text(bound, text));
    list->failed = list->failed || written == NULL;
    return written;
}

static void put_whole(struct tl_terms_setting_list *list, struct tl_terms_path path, int number)
{
    tl_terms_setting_put(list, path, tl_arena_format(list->arena, "%d", number));
}

/* What holds for all lines. */
static void put_rules(struct tl_terms_setting_list *list, const struct tl_terms *terms)
{
    static const char *const ends[] = {[TL_NOTICE_MONTH_END] = "month",
                                       [TL_NOTICE_QUARTER_END] = "quarter",
                                       [TL_NOTICE_HALF_YEAR_END] = "half-year",
                                       [TL_NOTICE_YEAR_END] = "year"};
    static const char *const billings[] = {
        [TL_BILLING_YEARLY] = "yearly", [TL_BILLING_HALF_YEARLY] = "half-yearly", [TL_BILLING_QUARTERLY] = "quarterly"};
    const struct tl_reference *reference = &terms->reference;
    tl_terms_setting_say(list, "product", terms->product);
    tl_terms_setting_say(list, "from", tl_terms_setting_date(list, terms->valid_from));
    tl_terms_setting_both(list, "purpose", terms->purpose);
    if (reference->measure != NULL) {
        tl_terms_setting_put(list, tl_terms_path_of("reference", "measure"), reference->measure);
        tl_terms_setting_put(list, tl_terms_path_of("reference", "date"),
                             tl_terms_setting_yearly(list, reference->years_before, reference->month, reference->day));
    }
    for (size_t i = 0; i < terms->class_count; i++) {
        const struct tl_size_class *c = &terms->classes[i];
        tl_terms_setting_put(list, tl_terms_path_of("classes", c->name),
                             tl_terms_setting_bound(list, c->has_bound, c->inclusive, c->bound, "the rest"));
    }
    if (terms->notice.months > 0) {
        put_whole(list, tl_terms_path_of("notice", "months"), terms->notice.months);
        tl_terms_setting_put(list, tl_terms_path_of("notice", "to"), ends[terms->notice.end]);
    }
    tl_terms_setting_put(list, tl_terms_path_of("follows", "prices"),
                         terms->follows.prices_need_signature ? "new signature" : "steering group");
    tl_terms_setting_put(list, tl_terms_path_of("follows", "text"),
                         terms->follows.text_needs_signature ? "new signature" : "steering group");
    put_whole(list, tl_terms_path_of("follows", "days"), terms->follows.days);
    put_whole(list, tl_terms_path_of("payment", "days"), terms->payment_days);
    tl_terms_setting_say(list, "billing", billings[terms->billing]);
    tl_terms_setting_say(list, "prepaid", terms->credits_prepaid ? "credited" : "kept");
    tl_terms_setting_say(list, "invoices", terms->bills_electronic ? "electronic" : "any");
    for (size_t i = 0; i < terms->keys.count; i++)
        tl_terms_setting_put(list, tl_terms_path_of("keys", terms->keys.items[i].name),
                             tl_key_text_full(terms->keys.items[i].key, list->arena));
}

/* `a, b`, of a list of texts. */
static const char *join(struct tl_terms_setting_list *list, const struct tl_yaml_node *node)
{
    struct tl_buf buf = TL_BUF_EMPTY;
    for (size_t i = 0; i < node->count; i++)
        tl_buf_format(&buf, "%s%s", i == 0 ? "" : ", ", node->items[i].text);
    const char *joined = buf.failed ? NULL : tl_arena_text(list->arena, tl_buf_string(&buf));
    tl_buf_release(&buf);
    return joined;
}

/* Every text below a node, under the name `name`; the depth of a file is bounded where it is read. */
static void put_as_written(struct tl_terms_setting_list *list, const char *name, const struct tl_yaml_node *node)
{
    struct tl_terms_path path = tl_terms_path_of(name, NULL);
    if (node->kind == TL_YAML_TEXT)
        tl_terms_setting_put_at(list, path, node->text, node);
    else if (node->kind == TL_YAML_SEQUENCE)
        tl_terms_setting_put_at(list, path, join(list, node), node);
    for (size_t i = 0; !list->failed && node->kind == TL_YAML_MAPPING && i < node->count; i++) {
        const char *inner = name_of(list, tl_terms_path_add(path, node->pairs[i].key.text));
        list->failed = list->failed || inner == NULL;
        if (inner != NULL)
            put_as_written(list, inner, &node->pairs[i].value);
    }
}

static void put_examples(struct tl_terms_setting_list *list, const struct tl_terms *terms)
{
    const struct tl_yaml_pair *examples = tl_yaml_find(list->scope, "examples");
    for (size_t i = 0; examples != NULL && i < examples->value.count && i < terms->example_count; i++) {
        const char *name = name_of(list, tl_terms_path_of("examples", terms->examples[i].name));
        list->failed = list->failed || name == NULL;
        if (name != NULL)
            put_as_written(list, name, &examples->value.items[i]);
    }
}

tl_status tl_terms_setting_list(struct tl_terms_settings *out, const struct tl_terms *terms,
                                const struct tl_source *source, struct tl_arena *arena, struct tl_err *err)
{
    struct tl_terms_setting_list list = {.arena = arena, .line = ""};
    const struct tl_yaml_node *root = NULL;
    *out = (struct tl_terms_settings){NULL, 0};
    tl_status status = tl_yaml_read(&root, source, arena, err);
    if (status != TL_OK)
        return status;
    list.scope = root;
    put_rules(&list, terms);
    put_examples(&list, terms);
    const struct tl_yaml_pair *lines = tl_yaml_find(root, "lines"), *vat = tl_yaml_find(root, "vat");
    for (size_t i = 0; lines != NULL && i < lines->value.count && i < terms->line_count; i++) {
        list.line = terms->lines[i].id;
        list.scope = &lines->value.items[i];
        tl_terms_setting_line(&list, terms, &terms->lines[i], vat == NULL ? NULL : &vat->value);
    }
    *out = (struct tl_terms_settings){list.items, list.count};
    return list.failed ? tl_err_memory(err) : TL_OK;
}
