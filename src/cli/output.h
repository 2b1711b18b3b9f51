/* SPDX-License-Identifier: MPL-2.0 */
/*
 * What the commands that issue documents share: the language and the template they are asked for, and the files they
 * write. That the files can be written is found out first; then the register is written, in one transaction; the files
 * are then copies of what is registered, so that one that could not be written after all, since the disk is full, can
 * be had again.
 */
#ifndef TILSLUT_CLI_OUTPUT_H
#define TILSLUT_CLI_OUTPUT_H

#include "cli.h"
#include "tilslut/report/issuer.h"
#include "tilslut/report/paper.h"

#define CLI_OPTION_LANGUAGE                                                                                            \
    {                                                                                                                  \
        "--lang", NULL, "da|en", false, "the language (default: da, which binds; en is a translation of it)"           \
    }
#define CLI_OPTION_TEMPLATES                                                                                           \
    {                                                                                                                  \
        "--templates", NULL, "DIR", false, "take the template from there instead of the program's own"                 \
    }

/* Whether English is asked for. TL_ERR_USAGE: a language that there is not. */
tl_status cli_language(bool *is_english, const struct cli *cli, struct tl_err *err) TL_MUST_CHECK;

/* The template of a paper in the language that was asked for, the program's own or, checked first, that of --templates;
 * in the run's arena. */
tl_status cli_template(struct tl_issuer *issuer, struct cli *cli, const char *paper, struct tl_err *err) TL_MUST_CHECK;
/* A template file as it is, in the run's arena. */
tl_status cli_template_read(const char **text, struct cli *cli, const char *path, struct tl_err *err) TL_MUST_CHECK;

/* A year of the product that the command names, kept from one document to the next. */
struct cli_year {
    struct tl_product_year year;
    int64_t known;
    bool is_drafted; /* it holds an agreement that is not signed by both */
};

#define CLI_YEAR_EMPTY                                                                                                 \
    {                                                                                                                  \
        .year = TL_PRODUCT_YEAR_EMPTY                                                                                  \
    }

/* Computes the year unless it is the one at hand: as it was known when the act `known` recorded something, or as it is
 * known now where that is 0. A `party` (or NULL) whose agreement is on its way counts as if both had signed. */
tl_status cli_output_year(struct cli_year *year, struct cli *cli, int wanted, int64_t known, const char *party,
                          struct tl_err *err) TL_MUST_CHECK;

/* The folder to write to, made when everything that goes there is ready and before it is registered; "" is the root, so
 * that a name can always follow after a slash. */
tl_status cli_output_folder(const char **out, struct cli *cli, struct tl_err *err) TL_MUST_CHECK;
/* The folder, with room for every document. */
tl_status cli_output_prepare(const char **out, struct cli *cli, const struct tl_issued *issued, size_t count,
                             struct tl_err *err) TL_MUST_CHECK;
/* Writes what is registered, and says what was written. */
tl_status cli_output_write(struct cli *cli, const char *folder, const struct tl_issued *issued, size_t count,
                           struct tl_err *err) TL_MUST_CHECK;
/* Issues `count` papers in one transaction, from their template to their files; `issue` fills in what is issued. */
typedef tl_status cli_issue(struct tl_issued *issued, struct cli *cli, const struct tl_issuer *issuer,
                            const void *context, struct tl_err *err);
tl_status cli_output_issue(struct cli *cli, struct tl_issuer *issuer, const char *paper, size_t count, cli_issue *issue,
                           const void *context, struct tl_err *err) TL_MUST_CHECK;
/* Writes a file that must not be there yet, and says so; the hint tells why one that is there is not written over.
 * TL_ERR_CONFLICT, TL_ERR_IO. */
tl_status cli_output_file(struct cli *cli, const char *path, const struct tl_buf *bytes, const char *hint,
                          struct tl_err *err) TL_MUST_CHECK;

/* The price list that the command names as a table: a workbook for --xlsx, else CSV or JSON (cmd_pricelist.c). */
tl_status cli_pricelist_table(struct cli *cli, struct tl_err *err) TL_MUST_CHECK;

#endif
