/* SPDX-License-Identifier: MPL-2.0 */
#include "output.h"

#include <string.h>
#include <unistd.h>

#include "tilslut/agreement/document.h"
#include "tilslut/agreement/product_level.h"
#include "tilslut/base/embedded.h"
#include "tilslut/store/file.h"

tl_status cli_language(bool *is_english, const struct cli *cli, struct tl_err *err)
{
    const char *language = cli_args_value(&cli->args, "--lang");
    *is_english = language != NULL && tl_text_equal(language, "en");
    if (language == NULL || *is_english || tl_text_equal(language, "da"))
        return TL_OK;
    (void)tl_err_set(err, TL_ERR_USAGE, "there are no documents in '%.20s'", language);
    tl_err_hint(err, "write --lang da or --lang en");
    return TL_ERR_USAGE;
}

tl_status cli_template_read(const char **text, struct cli *cli, const char *path, struct tl_err *err)
{
    struct tl_buf bytes = TL_BUF_EMPTY;
    tl_status status = tl_file_read(&bytes, path, err);
    if (status == TL_OK && memchr(tl_buf_string(&bytes), '\0', bytes.length) != NULL)
        status = tl_err_set(err, TL_ERR_INPUT, "'%s' is not a text", path);
    if (status == TL_OK && strspn(tl_buf_string(&bytes), " \t\r\n") == bytes.length)
        status = tl_err_set(err, TL_ERR_INPUT, "'%s' is empty", path);
    if (status == TL_OK) {
        *text = tl_arena_text(&cli->arena, tl_buf_string(&bytes));
        status = *text == NULL ? tl_err_memory(err) : TL_OK;
    }
    tl_buf_release(&bytes);
    return status;
}

/* The first flaw of a template, as an error. */
struct first_flaw {
    const char *name;
    struct tl_err *err;
};

static void refuse_flaw(const struct tl_paper_flaw *flaw, void *context)
{
    const struct first_flaw *first = context;
    if (first->err->status != TL_OK)
        return;
    tl_err_set(first->err, TL_ERR_INPUT, "%s", flaw->message);
    tl_err_at(first->err, first->name, flaw->line, flaw->column);
    if (flaw->hint[0] != '\0')
        tl_err_hint(first->err, "%s", flaw->hint);
}

/* A template of somebody's own, which is held to what the paper asks for before anything is issued. */
static tl_status read_own(struct tl_issuer *issuer, struct cli *cli, const char *folder, const char *file,
                          struct tl_err *err)
{
    const struct tl_paper *paper;
    struct tl_err flaw = TL_ERR_NONE;
    struct first_flaw first = {NULL, &flaw};
    size_t count;
    issuer->template_name = first.name = tl_arena_format(&cli->arena, "%s/%s", folder, file);
    tl_status status = issuer->template_name == NULL
                           ? tl_err_memory(err)
                           : cli_template_read(&issuer->template_text, cli, issuer->template_name, err);
    if (status == TL_ERR_IO)
        tl_err_hint(err, "--templates names a folder that holds %s", file);
    if (status == TL_OK)
        status = tl_paper_of_template(&paper, file, err);
    if (status == TL_OK)
        status = tl_paper_check(&count, paper, issuer->template_text, first.name, refuse_flaw, &first, err);
    if (status == TL_OK && flaw.status != TL_OK)
        *err = flaw;
    return err->status;
}

tl_status cli_template(struct tl_issuer *issuer, struct cli *cli, const char *paper, struct tl_err *err)
{
    const char *folder = cli_args_value(&cli->args, "--templates"), *file = NULL;
    bool is_english = false;
    tl_status status = cli_language(&is_english, cli, err);
    if (status == TL_OK)
        file = tl_arena_format(&cli->arena, "%s.%s.md", paper, is_english ? "en" : "da");
    if (status == TL_OK && file == NULL)
        status = tl_err_memory(err);
    if (status != TL_OK || folder != NULL)
        return status == TL_OK ? read_own(issuer, cli, folder, file, err) : status;
    issuer->template_name = tl_arena_format(&cli->arena, "reports/%s", file);
    if (issuer->template_name == NULL)
        return tl_err_memory(err);
    issuer->template_text = tl_embedded_find(issuer->template_name)->content;
    return TL_OK;
}

/* Computes it, and once more with the party's agreement where that is not signed by both. */
static tl_status compute_year(struct cli_year *year, struct cli *cli, int wanted, const char *party, struct tl_err *err)
{
    const char *product = cli->args.positional[0];
    tl_product_year_release(&year->year);
    tl_status status = tl_product_year_compute_documents(&year->year, cli->store, product, wanted, NULL, err);
    year->is_drafted = status == TL_OK && party != NULL && tl_roster_find(&year->year.roster, party) == NULL;
    if (!year->is_drafted)
        return status;
    tl_product_year_release(&year->year);
    return tl_product_year_compute_documents(&year->year, cli->store, product, wanted, party, err);
}

tl_status cli_output_year(struct cli_year *year, struct cli *cli, int wanted, int64_t known, const char *party,
                          struct tl_err *err)
{
    int64_t before = tl_store_known(cli->store);
    bool is_at_hand = year->year.allocation.year == wanted && year->known == known && !year->is_drafted;
    if (is_at_hand && (party == NULL || tl_roster_find(&year->year.roster, party) != NULL))
        return TL_OK;
    if (known != 0)
        tl_store_set_known(cli->store, known);
    tl_status status = compute_year(year, cli, wanted, party, err);
    tl_store_set_known(cli->store, before);
    year->known = known;
    return status;
}

tl_status cli_output_folder(const char **out, struct cli *cli, struct tl_err *err)
{
    const char *folder = cli_args_value(&cli->args, "--output");
    if (folder == NULL)
        folder = ".";
    size_t length = strlen(folder);
    while (length > 0 && folder[length - 1] == '/')
        length--;
    *out = tl_arena_copy(&cli->arena, folder, length);
    return *out == NULL ? tl_err_memory(err) : tl_file_make_folder(folder, err);
}

tl_status cli_output_prepare(const char **out, struct cli *cli, const struct tl_issued *issued, size_t count,
                             struct tl_err *err)
{
    tl_status status = cli_output_folder(out, cli, err);
    for (size_t i = 0; status == TL_OK && i < count; i++)
        status = tl_file_check_place(*out, issued[i].document.file_name, err);
    return status;
}

static tl_status write_document(struct cli *cli, const char *folder, const struct tl_issued *issued, struct tl_err *err)
{
    struct tl_arena arena = TL_ARENA_EMPTY;
    const struct tl_document *document = &issued->document;
    const char *bytes;
    char date[TL_DATE_TEXT_SIZE];
    tl_status status = tl_document_read(&bytes, cli->store, document, &arena, err);
    if (status == TL_OK)
        status = tl_file_write(folder, document->file_name, bytes, document->size, err);
    if (status != TL_OK)
        tl_err_hint(err, "the document is issued; when the cause is removed, the same command gives the file");
    if (status == TL_OK && issued->is_copy)
        tl_buf_format(&cli->out, "%s/%s (kopi: issued %s)\n", folder, document->file_name,
                      tl_date_iso(document->issued_on, date));
    else if (status == TL_OK)
        tl_buf_format(&cli->out, "%s/%s\n", folder, document->file_name);
    tl_arena_release(&arena);
    return status;
}

tl_status cli_output_write(struct cli *cli, const char *folder, const struct tl_issued *issued, size_t count,
                           struct tl_err *err)
{
    size_t outdated = 0;
    tl_status status = TL_OK;
    for (size_t i = 0; status == TL_OK && i < count; i++) {
        status = write_document(cli, folder, &issued[i], err);
        outdated += issued[i].is_outdated ? 1 : 0;
        cli_progress("written", i + 1, count);
    }
    if (status == TL_OK && outdated > 0)
        cli_note("%zu of %zu would say something else if they were written today; --revise issues new versions",
                 outdated, count);
    return status;
}

tl_status cli_output_issue(struct cli *cli, struct tl_issuer *issuer, const char *paper, size_t count, cli_issue *issue,
                           const void *context, struct tl_err *err)
{
    struct tl_issued *issued = NULL;
    const char *folder;
    tl_status status = cli_template(issuer, cli, paper, err);
    if (status == TL_OK)
        status = tl_pdf_fonts_open(&issuer->fonts, err);
    if (status == TL_OK) {
        issued = tl_arena_alloc(&cli->arena, count, sizeof *issued);
        status = issued == NULL ? tl_err_memory(err) : cli_begin(cli, err);
    }
    if (status == TL_OK)
        status = issue(issued, cli, issuer, context, err);
    if (status == TL_OK)
        status = cli_output_prepare(&folder, cli, issued, count, err);
    if (status == TL_OK)
        status = cli_commit(cli, err);
    if (status == TL_OK)
        status = cli_output_write(cli, folder, issued, count, err);
    tl_pdf_fonts_close(issuer->fonts);
    return status;
}

tl_status cli_output_file(struct cli *cli, const char *path, const struct tl_buf *bytes, const char *hint,
                          struct tl_err *err)
{
    const char *slash = strrchr(path, '/');
    const char *folder =
        slash == NULL ? "." : tl_arena_copy(&cli->arena, path, slash == path ? 1 : (size_t)(slash - path));
    if (folder == NULL)
        return tl_err_memory(err);
    if (access(path, F_OK) == 0) {
        (void)tl_err_set(err, TL_ERR_CONFLICT, "'%s' exists already", path);
        tl_err_hint(err, "%s", hint);
        return TL_ERR_CONFLICT;
    }
    tl_file_sweep(folder);
    tl_status status = tl_file_write(folder, slash == NULL ? path : slash + 1, bytes->bytes, bytes->length, err);
    if (status == TL_OK)
        tl_buf_format(&cli->out, "wrote %s\n", path);
    return status;
}
