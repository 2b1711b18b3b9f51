/* SPDX-License-Identifier: MPL-2.0 */
/* How a budget is shared besides by its key: first shares, agreed amounts, bounds, published shares, rounding. */
#include "quoted.h"
#include "terms_read.h"
#include "tilslut/base/identifier.h"

static tl_status read_first_member(void *target, const struct tl_terms_reader *reader, const struct tl_yaml_node *node)
{
    return tl_terms_copy_code(&((struct tl_first_share *)target)->member, reader, node, "the code of a member");
}

static tl_status read_first_account(void *target, const struct tl_terms_reader *reader, const struct tl_yaml_node *node)
{
    struct tl_first_share *first = target;
    tl_status status = tl_terms_copy_text(&first->account, reader, node);
    if (status != TL_OK)
        return status;
    return tl_identifier_check_account(first->account, reader->err) == TL_OK ? TL_OK : tl_terms_fail_at(reader, node);
}

static tl_status read_first_share(void *target, const struct tl_terms_reader *reader, const struct tl_yaml_node *node)
{
    return tl_terms_read_share(&((struct tl_first_share *)target)->share, reader, node);
}

static tl_status read_first_amount(void *target, const struct tl_terms_reader *reader, const struct tl_yaml_node *node)
{
    return tl_terms_read_money(&((struct tl_first_share *)target)->amount, reader, node);
}

static tl_status read_also_in_key(void *target, const struct tl_terms_reader *reader, const struct tl_yaml_node *node)
{
    return tl_terms_read_yes(&((struct tl_first_share *)target)->also_in_key, reader, node);
}

static tl_status read_first(struct tl_first_share *out, const struct tl_terms_reader *reader,
                            const struct tl_yaml_node *node)
{
    static const struct tl_terms_entry entries[] = {
        {"member", false, read_first_member},     {"account", false, read_first_account},
        {"share", false, read_first_share},       {"amount", false, read_first_amount},
        {"also in key", false, read_also_in_key}, {NULL, false, NULL}};
    tl_status status = tl_terms_read_mapping(out, reader, node, "a first share", entries);
    if (status != TL_OK)
        return status;
    bool has_member = tl_yaml_find(node, "member") != NULL, has_account = tl_yaml_find(node, "account") != NULL;
    if (has_member == has_account) {
        (void)tl_terms_refuse(reader, node, "a first share is borne by a member or drawn from an account");
        tl_err_hint(reader->err, "write one of member: and account:");
        return TL_ERR_INPUT;
    }
    if ((tl_yaml_find(node, "share") != NULL) == (tl_yaml_find(node, "amount") != NULL)) {
        (void)tl_terms_refuse(reader, node, "a first share is a part of the budget or an amount");
        tl_err_hint(reader->err, "write one of share: 25%% and amount: 10000");
        return TL_ERR_INPUT;
    }
    const struct tl_yaml_pair *also = tl_yaml_find(node, "also in key");
    return also == NULL || has_member ? TL_OK
                                      : tl_terms_refuse(reader, &also->key, "an account does not take part in a key");
}

tl_status tl_terms_read_first(void *target, const struct tl_terms_reader *reader, const struct tl_yaml_node *node)
{
    struct tl_line *line = target;
    if (node->kind != TL_YAML_SEQUENCE || node->count == 0) {
        (void)tl_terms_refuse(reader, node, "the first shares are written as a list");
        tl_err_hint(reader->err, "write for example [{member: 0751, share: 25%%}]");
        return TL_ERR_INPUT;
    }
    line->first_shares = tl_arena_alloc(&reader->terms->arena, node->count, sizeof *line->first_shares);
    if (line->first_shares == NULL)
        return tl_err_memory(reader->err);
    line->first_share_count = node->count;
    tl_status status = TL_OK;
    for (size_t i = 0; status == TL_OK && i < node->count; i++)
        status = read_first(&line->first_shares[i], reader, &node->items[i]);
    return status;
}

static tl_status read_agreed_amount(void *target, const struct tl_terms_reader *reader, const struct tl_yaml_node *node)
{
    return tl_terms_read_money(&((struct tl_agreed_amount *)target)->amount, reader, node);
}

static tl_status read_agreed_reason(void *target, const struct tl_terms_reader *reader, const struct tl_yaml_node *node)
{
    return tl_terms_copy_text(&((struct tl_agreed_amount *)target)->reason, reader, node);
}

/* `0101: 100000`, or `0101: {amount: 100000, reason: ...}`. */
static tl_status read_agreed(struct tl_agreed_amount *out, const struct tl_terms_reader *reader,
                             const struct tl_yaml_pair *pair)
{
    static const struct tl_terms_entry entries[] = {
        {"amount", true, read_agreed_amount}, {"reason", false, read_agreed_reason}, {NULL, false, NULL}};
    out->reason = "";
    tl_status status = tl_terms_copy_code(&out->member, reader, &pair->key, "the code of a member");
    if (status != TL_OK)
        return status;
    return pair->value.kind == TL_YAML_TEXT
               ? read_agreed_amount(out, reader, &pair->value)
               : tl_terms_read_mapping(out, reader, &pair->value, "an agreed amount", entries);
}

tl_status tl_terms_read_agreed(void *target, const struct tl_terms_reader *reader, const struct tl_yaml_node *node)
{
    struct tl_line *line = target;
    if (node->kind != TL_YAML_MAPPING || node->count == 0) {
        (void)tl_terms_refuse(reader, node, "the agreed amounts are written as members with amounts");
        tl_err_hint(reader->err, "write for example {0101: {amount: 100000, reason: why}}");
        return TL_ERR_INPUT;
    }
    line->agreed = tl_arena_alloc(&reader->terms->arena, node->count, sizeof *line->agreed);
    if (line->agreed == NULL)
        return tl_err_memory(reader->err);
    line->agreed_count = node->count;
    tl_status status = TL_OK;
    for (size_t i = 0; status == TL_OK && i < node->count; i++)
        status = read_agreed(&line->agreed[i], reader, &node->pairs[i]);
    return status;
}

tl_status tl_terms_read_floor(void *target, const struct tl_terms_reader *reader, const struct tl_yaml_node *node)
{
    struct tl_line *line = target;
    tl_status status = tl_terms_read_part(&line->floor_share, &line->floor, reader, node);
    line->has_floor = tl_ratio_is_none(line->floor_share);
    return status;
}

tl_status tl_terms_read_cap(void *target, const struct tl_terms_reader *reader, const struct tl_yaml_node *node)
{
    struct tl_line *line = target;
    tl_status status = tl_terms_read_part(&line->cap_share, &line->cap, reader, node);
    line->has_cap = tl_ratio_is_none(line->cap_share);
    return status;
}

tl_status tl_terms_read_decimals(void *target, const struct tl_terms_reader *reader, const struct tl_yaml_node *node)
{
    struct tl_line *line = target;
    line->has_published_decimals = true;
    return tl_terms_read_whole(&line->published_decimals, reader, node, 0, TL_TERMS_DECIMALS_MAX);
}

tl_status tl_terms_read_rounding(void *target, const struct tl_terms_reader *reader, const struct tl_yaml_node *node)
{
    static const char *const words[] = {"carried", "each period", NULL};
    size_t word;
    tl_status status = tl_terms_read_word(&word, reader, node, "a way to round over the years", words);
    if (status == TL_OK)
        ((struct tl_line *)target)->rounds_each_period = word == 1;
    return status;
}
