/* SPDX-License-Identifier: MPL-2.0 */
/* How VAT is treated, and why. */
#include "quoted.h"
#include "terms_read.h"

static tl_status read_vat_rate(void *target, const struct tl_terms_reader *reader, const struct tl_yaml_node *node)
{
    struct tl_vat *vat = target;
    tl_status status = tl_terms_read_percent(&vat->rate, reader, node);
    if (status != TL_OK)
        return status;
    if (vat->rate.numerator == 0 || tl_ratio_compare(vat->rate, tl_ratio_of(1, 1)) > 0) {
        (void)tl_terms_refuse(reader, node, "'%.*s' is not a rate of VAT", QUOTED(node->text));
        tl_err_hint(reader->err, "write 25%%, or outside: or exempt: with the reason");
        return TL_ERR_INPUT;
    }
    vat->code = "S";
    return TL_OK;
}

static tl_status read_vat_reason(void *target, const struct tl_terms_reader *reader, const struct tl_yaml_node *node)
{
    return tl_terms_copy_text(&((struct tl_vat *)target)->reason, reader, node);
}

static tl_status read_vat_outside(void *target, const struct tl_terms_reader *reader, const struct tl_yaml_node *node)
{
    ((struct tl_vat *)target)->code = "O";
    return read_vat_reason(target, reader, node);
}

static tl_status read_vat_exempt(void *target, const struct tl_terms_reader *reader, const struct tl_yaml_node *node)
{
    ((struct tl_vat *)target)->code = "E";
    return read_vat_reason(target, reader, node);
}

/* The three ways to state VAT, told apart by their first word; each says why (the reason is printed). */
tl_status tl_terms_read_vat(struct tl_vat *out, const struct tl_terms_reader *reader, const struct tl_yaml_node *node)
{
    static const struct tl_terms_entry any[] = {{"rate", false, read_vat_rate},
                                                {"reason", false, read_vat_reason},
                                                {"outside", false, read_vat_outside},
                                                {"exempt", false, read_vat_exempt},
                                                {NULL, false, NULL}};
    struct tl_vat vat = {.rate = tl_ratio_of(0, 1), .stated = true};
    tl_status status = tl_terms_read_mapping(&vat, reader, node, "the VAT", any);
    if (status != TL_OK)
        return status;
    bool has_rate = tl_yaml_find(node, "rate") != NULL, has_reason = tl_yaml_find(node, "reason") != NULL;
    bool is_outside = tl_yaml_find(node, "outside") != NULL, is_exempt = tl_yaml_find(node, "exempt") != NULL;
    if (has_rate + is_outside + is_exempt != 1 || has_rate != has_reason) {
        (void)tl_terms_refuse(reader, node, "the VAT is not stated in one of its three ways");
        tl_err_hint(reader->err, "write {rate: 25%%, reason: why} or {outside: why} or {exempt: why}");
        return TL_ERR_INPUT;
    }
    *out = vat;
    return TL_OK;
}
