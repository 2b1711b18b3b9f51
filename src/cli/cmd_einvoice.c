/* SPDX-License-Identifier: MPL-2.0 */
/*
 * E-invoices and credit notes as files. Whatever a receiver would reject is found before anything is written; memory
 * holds one of them at a time.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "output.h"
#include "tilslut/agreement/document.h"
#include "tilslut/agreement/invoice.h"
#include "tilslut/agreement/run.h"
#include "tilslut/report/einvoice_check.h"
#include "tilslut/report/einvoice_xml.h"
#include "tilslut/store/file.h"

/* What is wanted, each once, and what goes with it. */
struct wanted {
    const char **numbers;
    size_t count, capacity;
    struct tl_buf attached;
    const char *attached_type; /* NULL: nothing is attached */
    const char *attached_end;  /* of its name: .pdf */
};

static tl_status want(struct wanted *wanted, struct cli *cli, const char *number, struct tl_err *err)
{
    wanted->numbers =
        tl_arena_grow(&cli->arena, wanted->numbers, wanted->count, &wanted->capacity, sizeof *wanted->numbers);
    if (wanted->numbers == NULL)
        return tl_err_memory(err);
    wanted->numbers[wanted->count++] = number;
    return TL_OK;
}

/* Those of a run, or (0) all. */
static tl_status want_run(struct wanted *wanted, struct cli *cli, int64_t run, struct tl_err *err)
{
    struct tl_invoice_row *rows = NULL;
    size_t count = 0, before = wanted->count;
    tl_status status = tl_invoice_list(&rows, &count, cli->store, NULL, &cli->arena, err);
    for (size_t i = 0; status == TL_OK && i < count; i++)
        if (run == 0 || rows[i].run == run)
            status = want(wanted, cli, rows[i].number, err);
    if (status == TL_OK && wanted->count == before) {
        status = run == 0 ? tl_err_set(err, TL_ERR_MISSING, "there are no invoices")
                          : tl_err_set(err, TL_ERR_MISSING, "run %" PRId64 " has no invoices", run);
        tl_err_hint(err, "tilslut approve posts a run and numbers its invoices");
    }
    return status;
}

/* A number of digits alone is a run's. */
static tl_status want_part(struct wanted *wanted, struct cli *cli, const char *part, struct tl_err *err)
{
    struct tl_run run;
    struct tl_invoice_row row;
    int64_t id = 0;
    if (part[strspn(part, "0123456789")] != '\0') {
        tl_status status = tl_invoice_find(&row, cli->store, part, &cli->arena, err);
        return status == TL_OK ? want(wanted, cli, row.number, err) : status;
    }
    tl_status status = cli_number(&id, part, "the number of a run", err);
    if (status == TL_OK)
        status = tl_run_find(&run, cli->store, id, &cli->arena, err);
    return status == TL_OK ? want_run(wanted, cli, id, err) : status;
}

static int by_number(const void *a, const void *b)
{
    const char *const *x = a, *const *y = b;
    return strcmp(*x, *y);
}

/* In the order of the numbers; a run and an invoice of it may both be named. */
static void want_each_once(struct wanted *wanted)
{
    size_t kept = 0;
    qsort(wanted->numbers, wanted->count, sizeof *wanted->numbers, by_number);
    for (size_t i = 1; i < wanted->count; i++)
        if (!tl_text_equal(wanted->numbers[kept], wanted->numbers[i]))
            wanted->numbers[++kept] = wanted->numbers[i];
    wanted->count = kept + 1;
}

static tl_status find_wanted(struct wanted *wanted, struct cli *cli, struct tl_err *err)
{
    const char **parts = NULL;
    size_t count = 0;
    bool all = cli_args_value(&cli->args, "--all") != NULL;
    if (all == (cli->args.positional_count == 1)) {
        (void)tl_err_set(err, TL_ERR_USAGE, "name runs or invoices, or say --all");
        tl_err_hint(err, "for example: tilslut %s 2026-0001 -o out", cli->command->name);
        return TL_ERR_USAGE;
    }
    if (all)
        return want_run(wanted, cli, 0, err);
    tl_status status = cli_list(&parts, &count, cli, cli->args.positional[0], err);
    for (size_t i = 0; status == TL_OK && i < count; i++)
        status = want_part(wanted, cli, parts[i], err);
    if (status == TL_OK)
        want_each_once(wanted);
    return status;
}

static tl_status read_attached(struct wanted *wanted, const struct cli *cli, struct tl_err *err)
{
    const char *file = cli_args_value(&cli->args, "--attach");
    if (file == NULL)
        return TL_OK;
    if (cli_args_value(&cli->args, "--paper") != NULL)
        return tl_err_set(err, TL_ERR_USAGE, "--attach and --paper don't go together");
    if (wanted->count != 1) {
        (void)tl_err_set(err, TL_ERR_USAGE, "--attach goes with one invoice, and %zu are named", wanted->count);
        tl_err_hint(err, "name the invoice that the file belongs to");
        return TL_ERR_USAGE;
    }
    wanted->attached_type = tl_einvoice_attachment_type(file);
    if (wanted->attached_type == NULL) {
        (void)tl_err_set(err, TL_ERR_INPUT, "'%.200s' is of none of the types that receivers take", file);
        tl_err_hint(err, "attach a .pdf, .png, .jpg, .csv, .xlsx or .ods");
        return TL_ERR_INPUT;
    }
    wanted->attached_end = strrchr(file, '.');
    return tl_file_read(&wanted->attached, file, err);
}

/* The paper as it was issued, under the name that it has. */
static tl_status load_paper(struct tl_einvoice_attachment *attachment, const char *number, const struct cli *cli,
                            struct tl_arena *arena, struct tl_err *err)
{
    const struct tl_issuer issuer = {.store = cli->store, .today = tl_moment_date(cli->act.now)};
    struct tl_document paper;
    const char *bytes = NULL;
    tl_status status = tl_issuer_find_invoice(&paper, &issuer, number, arena, err);
    if (status == TL_OK)
        status = tl_document_read(&bytes, cli->store, &paper, arena, err);
    if (status == TL_OK)
        *attachment = (struct tl_einvoice_attachment){.name = paper.file_name,
                                                      .type = tl_einvoice_attachment_type(paper.file_name),
                                                      .bytes = bytes,
                                                      .length = paper.size};
    return status;
}

/* The facts with what is attached, under a name that is made of the number. */
static tl_status load(struct tl_einvoice *out, struct tl_einvoice_attachment *attachment, const struct wanted *wanted,
                      const char *number, const struct cli *cli, struct tl_arena *arena, struct tl_err *err)
{
    tl_status status = tl_einvoice_load(out, cli->store, number, arena, err);
    if (status == TL_OK && cli_args_value(&cli->args, "--paper") != NULL) {
        out->attachment = attachment;
        return load_paper(attachment, number, cli, arena, err);
    }
    if (status != TL_OK || wanted->attached_type == NULL)
        return status;
    *attachment = (struct tl_einvoice_attachment){.name = tl_arena_format(arena, "%s%s", number, wanted->attached_end),
                                                  .type = wanted->attached_type,
                                                  .bytes = tl_buf_string(&wanted->attached),
                                                  .length = wanted->attached.length};
    out->attachment = attachment;
    return attachment->name == NULL ? tl_err_memory(err) : TL_OK;
}

static tl_status check_one(size_t *rejected, const struct wanted *wanted, const char *number, const struct cli *cli,
                           struct tl_err *err)
{
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct tl_einvoice einvoice;
    struct tl_einvoice_attachment attachment;
    struct tl_einvoice_flaw *flaws = NULL;
    size_t count = 0;
    tl_status status = load(&einvoice, &attachment, wanted, number, cli, &arena, err);
    if (status == TL_OK)
        status = tl_einvoice_check(&flaws, &count, &einvoice, &arena, err);
    for (size_t i = 0; status == TL_OK && i < count; i++)
        cli_note("%s, %s: %s; rule %s%s%s", number, flaws[i].field, flaws[i].text, flaws[i].rule,
                 flaws[i].hint[0] == '\0' ? "" : "; ", flaws[i].hint);
    *rejected += count > 0 ? 1 : 0;
    tl_arena_release(&arena);
    return status;
}

static tl_status check_all(const struct wanted *wanted, const struct cli *cli, struct tl_err *err)
{
    size_t rejected = 0;
    tl_status status = TL_OK;
    for (size_t i = 0; status == TL_OK && i < wanted->count; i++) {
        status = check_one(&rejected, wanted, wanted->numbers[i], cli, err);
        cli_progress("checked", i + 1, wanted->count);
    }
    if (status == TL_OK && rejected > 0) {
        status = tl_err_set(err, TL_ERR_MISSING, "%zu of %zu %s would be rejected by the receiver", rejected,
                            wanted->count, cli_plural(wanted->count, "invoice", "invoices"));
        tl_err_hint(err, "nothing is written; each note names the field and the rule");
    }
    return status;
}

static tl_status write_one(struct cli *cli, const char *folder, const struct wanted *wanted, const char *number,
                           struct tl_err *err)
{
    struct tl_arena arena = TL_ARENA_EMPTY;
    struct tl_buf bytes = TL_BUF_EMPTY;
    struct tl_einvoice einvoice;
    struct tl_einvoice_attachment attachment;
    const char *name = NULL;
    tl_status status = load(&einvoice, &attachment, wanted, number, cli, &arena, err);
    if (status == TL_OK)
        status = tl_einvoice_xml(&bytes, &einvoice, err);
    if (status == TL_OK) {
        name = tl_arena_format(&arena, "%s.xml", number);
        status = name == NULL ? tl_err_memory(err) : tl_file_write(folder, name, bytes.bytes, bytes.length, err);
    }
    if (status == TL_OK)
        tl_buf_format(&cli->out, "%s/%s\n", folder, name);
    tl_buf_release(&bytes);
    tl_arena_release(&arena);
    return status;
}

static tl_status write_all(struct cli *cli, const struct wanted *wanted, struct tl_err *err)
{
    const char *folder = NULL;
    tl_status status = cli_output_folder(&folder, cli, err);
    for (size_t i = 0; status == TL_OK && i < wanted->count; i++) {
        status = write_one(cli, folder, wanted, wanted->numbers[i], err);
        cli_progress("written", i + 1, wanted->count);
    }
    return status;
}

static tl_status invoice(struct cli *cli, struct tl_err *err)
{
    struct wanted wanted = {.attached = TL_BUF_EMPTY};
    tl_status status = find_wanted(&wanted, cli, err);
    if (status == TL_OK)
        status = read_attached(&wanted, cli, err);
    if (status == TL_OK)
        status = check_all(&wanted, cli, err);
    if (status == TL_OK)
        status = write_all(cli, &wanted, err);
    tl_buf_release(&wanted.attached);
    return status;
}

/* ---- the paper ---- */

static tl_status issue_papers(struct cli *cli, const struct tl_issuer *issuer, const struct wanted *wanted,
                              struct tl_err *err)
{
    struct tl_issued *issued = tl_arena_alloc(&cli->arena, wanted->count, sizeof *issued);
    bool revise = cli_args_value(&cli->args, "--revise") != NULL;
    const char *folder;
    tl_status status = issued == NULL ? tl_err_memory(err) : TL_OK;
    for (size_t i = 0; status == TL_OK && i < wanted->count; i++) {
        status = tl_issuer_invoice(&issued[i], issuer, wanted->numbers[i], revise, &cli->arena, err);
        cli_progress("invoices", i + 1, wanted->count);
    }
    if (status == TL_OK)
        status = cli_output_prepare(&folder, cli, issued, wanted->count, err);
    if (status == TL_OK)
        status = cli_commit(cli, err);
    return status == TL_OK ? cli_output_write(cli, folder, issued, wanted->count, err) : status;
}

static tl_status invoice_paper(struct cli *cli, struct tl_err *err)
{
    struct wanted wanted = {.attached = TL_BUF_EMPTY};
    struct tl_issuer issuer = {.store = cli->store, .today = tl_moment_date(cli->act.now)};
    tl_status status = cli_template(&issuer, cli, "invoice", err);
    if (status == TL_OK)
        status = cli_begin(cli, err);
    if (status == TL_OK)
        status = find_wanted(&wanted, cli, err);
    if (status == TL_OK)
        status = tl_pdf_fonts_open(&issuer.fonts, err);
    if (status == TL_OK)
        status = issue_papers(cli, &issuer, &wanted, err);
    tl_pdf_fonts_close(issuer.fonts);
    return status;
}

static const struct cli_option paper_options[] = {
    {"--all", NULL, NULL, false, "every invoice and credit note"},
    {"--revise", NULL, NULL, false, "a new version where it would say something else, such as another address"},
    CLI_OPTION_LANGUAGE,
    CLI_OPTION_TEMPLATES,
    CLI_OPTION_OUTPUT,
    CLI_OPTIONS_END,
};

static const struct cli_option invoice_options[] = {
    {"--all", NULL, NULL, false, "every invoice and credit note"},
    {"--attach", NULL, "FILE", false, "embed a file in the one that is named"},
    {"--paper", NULL, NULL, false, "embed in each its paper, as it was issued by tilslut invoice paper"},
    CLI_OPTION_OUTPUT,
    CLI_OPTIONS_END,
};

const struct cli_command cli_einvoice_commands[] = {
    {"invoice", "[RUN|NUMBER,...]", "write e-invoices and credit notes as XML",
     "Writes invoices and credit notes by Peppol BIS Billing 3.0 (EN 16931, UBL 2.1), one file each: those of a run, "
     "or\n"
     "as named, or --all. What a receiver would reject is named with its rule, and then nothing is written.",
     0, 1, CLI_READS, invoice_options, invoice},
    {"invoice paper", "[RUN|NUMBER,...]", "issue invoices and credit notes (faktura, kreditnota) as PDF",
     "Issues the paper of invoices and credit notes, to read and to embed in the e-invoice: those of a run, or as\n"
     "named, or --all. One that was issued is given again as it was.",
     0, 1, CLI_RECORDS, paper_options, invoice_paper},
    {0},
};
