/* SPDX-License-Identifier: MPL-2.0 */
/*
 * The commands about templates of documents: the program's own to start from, and the check of one's own.
 */
#include <string.h>
#include <unistd.h>

#include "output.h"
#include "tilslut/base/embedded.h"

static tl_status template_list(struct cli *cli, struct tl_err *err)
{
    static const struct tl_column columns[] = {
        {"template", "Template", TL_COLUMN_CODE},
        {"document", "Document", TL_COLUMN_TEXT},
        {"language", "Language", TL_COLUMN_CODE},
    };
    struct tl_table table = TL_TABLE_EMPTY;
    tl_status status = tl_table_init(&table, columns, sizeof columns / sizeof columns[0], err);
    for (const struct tl_paper *paper = tl_papers; status == TL_OK && paper->name != NULL; paper++)
        for (size_t i = 0; status == TL_OK && tl_paper_languages[i] != NULL; i++) {
            const char *name = tl_arena_format(&cli->arena, "%s.%s.md", paper->name, tl_paper_languages[i]);
            struct tl_cell cells[] = {tl_cell_code(name), tl_cell_text(paper->title),
                                      tl_cell_code(tl_paper_languages[i])};
            status = name == NULL ? tl_err_memory(err) : tl_table_add(&table, cells, err);
        }
    if (status == TL_OK)
        status = cli_print_table(cli, &table, err);
    tl_table_release(&table);
    return status;
}

static tl_status template_show(struct cli *cli, struct tl_err *err)
{
    const char *name = cli->args.positional[0], *slash = strrchr(name, '/');
    const char *path = tl_arena_format(&cli->arena, "reports/%s", slash == NULL ? name : slash + 1);
    const struct tl_paper *paper;
    tl_status status = path == NULL ? tl_err_memory(err) : tl_paper_of_template(&paper, path, err);
    if (status == TL_OK)
        tl_buf_text(&cli->out, tl_embedded_find(path)->content);
    return status;
}

static bool is_required(const struct tl_paper *paper, const char *field)
{
    for (size_t i = 0; paper->required[i] != NULL; i++)
        if (tl_text_equal(paper->required[i], field))
            return true;
    return false;
}

static tl_status template_fields(struct cli *cli, struct tl_err *err)
{
    static const struct tl_column columns[] = {
        {"field", "Field", TL_COLUMN_CODE},
        {"required", "Required", TL_COLUMN_TEXT},
    };
    struct tl_table table = TL_TABLE_EMPTY;
    const struct tl_paper *paper;
    tl_status status = tl_paper_of_template(&paper, cli->args.positional[0], err);
    if (status != TL_OK)
        return status;
    status = tl_table_init(&table, columns, sizeof columns / sizeof columns[0], err);
    for (size_t i = 0; status == TL_OK && paper->fields[i] != NULL; i++) {
        const char *field = paper->fields[i];
        struct tl_cell cells[] = {tl_cell_code(field),
                                  is_required(paper, field) ? tl_cell_text("yes") : tl_cell_missing()};
        status = tl_table_add(&table, cells, err);
    }
    if (status == TL_OK)
        status = cli_print_table(cli, &table, err);
    tl_table_release(&table);
    return status;
}

/* What checking one template after the other comes to. */
struct check {
    struct cli *cli;
    const char *path; /* of the template that is checked */
    size_t checked, flawed;
};

static void print_flaw(const struct tl_paper_flaw *flaw, void *context)
{
    struct check *check = context;
    struct tl_buf *out = &check->cli->out;
    tl_buf_text(out, check->path);
    if (flaw->line > 0)
        tl_buf_format(out, ":%zu:%zu", flaw->line, flaw->column);
    tl_buf_format(out, ": %s%s%s\n", flaw->message, flaw->hint[0] == '\0' ? "" : "; ", flaw->hint);
}

static tl_status check_file(struct check *check, const char *path, struct tl_err *err)
{
    const struct tl_paper *paper;
    const char *text;
    size_t count = 0;
    check->path = path;
    tl_status status = tl_paper_of_template(&paper, path, err);
    if (status == TL_OK)
        status = cli_template_read(&text, check->cli, path, err);
    if (status == TL_OK)
        status = tl_paper_check(&count, paper, text, path, print_flaw, check, err);
    if (status == TL_OK && count == 0)
        tl_buf_format(&check->cli->out, "%s: %s, nothing wrong\n", path, paper->title);
    check->checked++;
    check->flawed += count > 0 ? 1 : 0;
    return status;
}

/* All templates that a folder holds. */
static tl_status check_folder(struct check *check, const char *folder, struct tl_err *err)
{
    tl_status status = TL_OK;
    for (const struct tl_paper *paper = tl_papers; status == TL_OK && paper->name != NULL; paper++)
        for (size_t i = 0; status == TL_OK && tl_paper_languages[i] != NULL; i++) {
            const char *path =
                tl_arena_format(&check->cli->arena, "%s/%s.%s.md", folder, paper->name, tl_paper_languages[i]);
            if (path == NULL)
                return tl_err_memory(err);
            if (access(path, F_OK) == 0)
                status = check_file(check, path, err);
        }
    if (status == TL_OK && check->checked == 0) {
        status = tl_err_set(err, TL_ERR_NOT_FOUND, "'%.200s' holds no template", folder);
        tl_err_hint(err, "tilslut template list shows what templates are called");
    }
    return status;
}

static tl_status template_check(struct cli *cli, struct tl_err *err)
{
    struct check check = {.cli = cli};
    const char *folder = cli_args_value(&cli->args, "--templates");
    tl_status status = TL_OK;
    if ((folder != NULL) == (cli->args.positional_count > 0)) {
        status = tl_err_set(err, TL_ERR_USAGE, "name the templates, or the folder that holds them");
        tl_err_hint(err, "for example: tilslut template check --templates own");
    }
    if (status == TL_OK && folder != NULL)
        status = check_folder(&check, folder, err);
    for (size_t i = 0; status == TL_OK && i < cli->args.positional_count; i++)
        status = check_file(&check, cli->args.positional[i], err);
    if (status == TL_OK && check.flawed > 0) {
        status = tl_err_set(err, TL_ERR_BROKEN, "%zu of %zu %s cannot be used", check.flawed, check.checked,
                            cli_plural(check.checked, "template", "templates"));
        tl_err_hint(err, "tilslut template fields NAME shows the fields there are");
    }
    return status;
}

static const struct cli_option check_options[] = {
    {"--templates", NULL, "DIR", false, "check all templates in a folder"},
    CLI_OPTIONS_END,
};

const struct cli_command cli_template_commands[] = {
    {"template list", "", "what the templates of documents are called",
     "Lists the templates that documents are printed from. A folder with some of one's own is named to the commands\n"
     "that issue documents by --templates.",
     0, 0, CLI_NO_LEDGER, cli_form_options, template_list},
    {"template show", "NAME", "print the program's own template, to start from",
     "Prints a template as the program carries it, for example: tilslut template show agreement.da.md "
     ">own/agreement.da.md",
     1, 1, CLI_NO_LEDGER, cli_no_options, template_show},
    {"template fields", "NAME", "the fields that a template can print",
     "Lists the fields of a template, and which of them it must print. What stands before a dot is a section:\n"
     "{{#lines}} {{amount}} {{/lines}} prints lines.amount of each line.",
     1, 1, CLI_NO_LEDGER, cli_form_options, template_fields},
    {"template check", "[FILE...]", "say what is wrong in templates",
     "Checks templates of one's own: fields that do not exist, what the document must have and has not, sections that\n"
     "do not close, marks that mean nothing; as file:line:column. Exit status 1 when something is wrong.",
     0, CLI_ARGS_MAX, CLI_NO_LEDGER, check_options, template_check},
    {0},
};
