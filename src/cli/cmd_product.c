/* SPDX-License-Identifier: MPL-2.0 */
#include <limits.h>

#include "cli.h"
#include "tilslut/agreement/product.h"

static tl_status product_add(struct cli *cli, struct tl_err *err)
{
    const char *level = cli_args_value(&cli->args, "--level");
    int64_t number = 0;
    struct tl_product product = {.code = cli->args.positional[0],
                                 .name = cli_args_value(&cli->args, "--name"),
                                 .psp = cli_args_value(&cli->args, "--psp")};
    if (product.name == NULL || product.psp == NULL || level == NULL) {
        (void)tl_err_set(err, TL_ERR_USAGE, "a product needs --name, --psp and --level");
        tl_err_hint(err,
                    "for example: tilslut product add os2valghalla --name OS2valghalla --psp XG-9212045260 --level 2");
        return TL_ERR_USAGE;
    }
    tl_status status = cli_number(&number, level, "a product level", err);
    if (status == TL_OK && number > INT_MAX)
        status = tl_err_set(err, TL_ERR_USAGE, "'%.60s' is not a product level", level);
    if (status != TL_OK) {
        tl_err_hint(err, "levels are 1, 2 and 3");
        return status;
    }
    product.level = (int)number;
    status = cli_begin(cli, err);
    if (status == TL_OK)
        status = tl_product_record(cli->store, &product, err);
    if (status == TL_OK)
        status = cli_commit(cli, err);
    if (status == TL_OK)
        tl_buf_format(&cli->out, "recorded %s (%s), level %d\n", product.name, product.code, product.level);
    return status;
}

static const struct cli_option product_add_options[] = {
    {"--name", NULL, "NAME", false, "as it is printed"},
    {"--psp", NULL, "XG-0000000000", false, "its PSP element"},
    {"--level", NULL, "1|2|3", false, "its product level"},
    CLI_OPTIONS_END,
};

const struct cli_command cli_product_commands[] = {
    {"product add", "CODE", "record a product", "Records a product that members can join.", 1, 1, CLI_RECORDS,
     product_add_options, product_add},
    {0},
};
