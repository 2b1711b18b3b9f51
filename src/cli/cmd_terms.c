/* SPDX-License-Identifier: MPL-2.0 */
#include "cli.h"
#include "tilslut/agreement/product.h"
#include "tilslut/agreement/terms_book.h"
#include "tilslut/exchange/terms_yaml.h"
#include "tilslut/store/file.h"

tl_status cli_terms_check(struct cli *cli, struct tl_err *err)
{
    struct tl_buf bytes = TL_BUF_EMPTY;
    struct tl_terms terms = TL_TERMS_EMPTY;
    char date[TL_DATE_TEXT_SIZE];
    tl_status status = tl_file_read(&bytes, cli->args.positional[0], err);
    if (status == TL_OK) {
        struct tl_source source = {cli->args.positional[0], tl_buf_string(&bytes), bytes.length};
        status = tl_terms_yaml_read(&terms, &source, err);
    }
    if (status == TL_OK)
        status = tl_terms_yaml_check(&terms, cli->args.positional[0], err);
    if (status == TL_OK) {
        tl_buf_format(&cli->out, "%s: terms of %s from %s, %zu %s, ", cli->args.positional[0], terms.product,
                      tl_date_iso(terms.valid_from, date), terms.line_count,
                      cli_plural(terms.line_count, "line", "lines"));
        if (terms.example_count > 0)
            tl_buf_format(&cli->out, "%zu worked %s, ", terms.example_count,
                          cli_plural(terms.example_count, "example", "examples"));
        tl_buf_text(&cli->out, "nothing wrong\n");
    }
    tl_terms_release(&terms);
    tl_buf_release(&bytes);
    return status;
}

tl_status cli_terms_adopt(struct cli *cli, struct tl_err *err)
{
    struct tl_buf bytes = TL_BUF_EMPTY;
    const char *decision = cli_args_value(&cli->args, "--decision");
    int version = 0;
    tl_status status = TL_OK;
    if (decision == NULL) {
        status = tl_err_set(err, TL_ERR_USAGE, "terms are adopted with a decision");
        tl_err_hint(err, "add --decision \"styregruppe 2025-10-12 pkt. 4\"");
    }
    if (status == TL_OK)
        status = tl_file_read(&bytes, cli->args.positional[0], err);
    if (status == TL_OK)
        status = cli_begin(cli, err);
    if (status == TL_OK) {
        struct tl_source source = {cli->args.positional[0], tl_buf_string(&bytes), bytes.length};
        status = tl_terms_book_adopt(&version, cli->store, &source, decision, err);
    }
    if (status == TL_OK)
        status = cli_commit(cli, err);
    if (status == TL_OK)
        tl_buf_format(&cli->out, "adopted %s as version %d\n", cli->args.positional[0], version);
    tl_buf_release(&bytes);
    return status;
}

tl_status cli_terms_show(struct cli *cli, struct tl_err *err)
{
    const char *product = cli->args.positional[0], *wanted = cli_args_value(&cli->args, "--version");
    struct tl_adopted *versions = NULL;
    struct tl_product known;
    size_t count = 0;
    int64_t version = 0;
    tl_status status = wanted == NULL ? TL_OK : cli_number(&version, wanted, "a version", err);
    if (status == TL_OK)
        status = tl_product_find(&known, cli->store, product, &cli->arena, err);
    if (status == TL_OK)
        status = tl_terms_book_list(&versions, &count, cli->store, product, &cli->arena, err);
    if (status == TL_OK && wanted == NULL)
        version = (int64_t)count;
    for (size_t i = 0; status == TL_OK && i < count; i++)
        if (versions[i].version == version) {
            tl_buf_text(&cli->out, versions[i].content);
            return TL_OK;
        }
    if (status == TL_OK) {
        status = tl_err_set(err, TL_ERR_NOT_FOUND, "no such version of the terms of '%s' is adopted", product);
        tl_err_hint(err, "tilslut list terms shows what is");
    }
    return status;
}
