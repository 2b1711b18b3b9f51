/* SPDX-License-Identifier: MPL-2.0 */
#include <inttypes.h>
#include <string.h>

#include "cli.h"
#include "tilslut/agreement/trace.h"

/* Each step under the word of what it is: what it says, who recorded it, and the command that shows it. */
static void print_steps(struct cli *cli, const struct tl_trace *trace)
{
    for (size_t i = 0; i < trace->count; i++) {
        const struct tl_trace_step *step = &trace->steps[i];
        tl_buf_format(&cli->out, "%-9s  %s\n", step->what, step->says);
        if (step->act != 0)
            tl_buf_format(&cli->out, "%-9s    by %s, %s, act %" PRId64 " seal %.16s\n", "", step->actor,
                          step->recorded_at, step->act, step->seal);
        if (step->see[0] != '\0')
            tl_buf_format(&cli->out, "%-9s    $ %s\n", "", step->see);
    }
}

static const char *given(const char *text)
{
    return text[0] == '\0' ? NULL : text;
}

static tl_status print_table(struct cli *cli, const struct tl_trace *trace, struct tl_err *err)
{
    static const struct tl_column columns[] = {
        {"step", "Step", TL_COLUMN_TEXT},         {"says", "Says", TL_COLUMN_TEXT},
        {"act", "Act", TL_COLUMN_INTEGER},        {"by", "By", TL_COLUMN_TEXT},
        {"recorded", "Recorded", TL_COLUMN_TEXT}, {"command", "Command", TL_COLUMN_TEXT},
        {"act_seal", "Seal", TL_COLUMN_TEXT},     {"see", "See", TL_COLUMN_TEXT},
    };
    struct tl_table table = TL_TABLE_EMPTY;
    tl_status status = tl_table_init(&table, columns, sizeof columns / sizeof columns[0], err);
    for (size_t i = 0; status == TL_OK && i < trace->count; i++) {
        const struct tl_trace_step *step = &trace->steps[i];
        const struct tl_cell cells[] = {tl_cell_text(step->what),
                                        tl_cell_text(step->says),
                                        step->act == 0 ? tl_cell_missing() : tl_cell_integer(step->act),
                                        tl_cell_text(given(step->actor)),
                                        tl_cell_text(given(step->recorded_at)),
                                        tl_cell_text(given(step->command)),
                                        tl_cell_text(given(step->seal)),
                                        tl_cell_text(given(step->see))};
        status = tl_table_add(&table, cells, err);
    }
    if (status == TL_OK)
        status = cli_print_table(cli, &table, err);
    tl_table_release(&table);
    return status;
}

static tl_status find_way(struct tl_trace *out, struct cli *cli, struct tl_err *err)
{
    const char *const *words = cli->args.positional;
    struct tl_err ignored = TL_ERR_NONE;
    int64_t entry = 0;
    int year = 0;
    if (cli->args.positional_count == 1 && cli_number(&entry, words[0], "an entry", &ignored) == TL_OK)
        return tl_trace_entry(out, cli->store, entry, &cli->arena, err);
    if (cli->args.positional_count == 1)
        return tl_trace_number(out, cli->store, words[0], &cli->arena, err);
    if (cli->args.positional_count == 2 && tl_text_equal(words[0], "bank")) {
        tl_status status = cli_number(&entry, words[1], "a line of the bank", err);
        return status == TL_OK ? tl_trace_bank_line(out, cli->store, entry, &cli->arena, err) : status;
    }
    if (cli->args.positional_count == 2) {
        (void)tl_err_set(err, TL_ERR_USAGE, "a party and a year need a line of the terms, too");
        tl_err_hint(err, "for example: tilslut trace %.40s %.40s maintenance", words[0], words[1]);
        return TL_ERR_USAGE;
    }
    tl_status status = cli_year(&year, words[1], err);
    return status == TL_OK ? tl_trace_line(out, cli->store, words[0], year, words[2], &cli->arena, err) : status;
}

static tl_status trace(struct cli *cli, struct tl_err *err)
{
    struct tl_trace way;
    tl_status status = tl_store_begin_read(cli->store, err);
    if (status == TL_OK)
        status = find_way(&way, cli, err);
    tl_store_end_read(cli->store);
    if (status == TL_OK && cli_for_machines(cli))
        status = print_table(cli, &way, err);
    else if (status == TL_OK)
        print_steps(cli, &way);
    return status;
}

const struct cli_command cli_trace_commands[] = {
    {"trace", "ENTRY | NUMBER | PARTY YEAR LINE | bank LINE", "lead an amount back to the minutes that decided it",
     "Prints the way from an amount to what it rests on: entry and seal, working, run with author and approver, "
     "figure\n"
     "with source, membership, the line of the terms, and the decision with its minutes; each with who recorded it\n"
     "when, and a command that shows it. NUMBER is that of an issued document, or the reference of a charge or "
     "payment.\n"
     "LINE is a line of the terms, as statements name it; behind bank, the number of a line of the bank, whose way "
     "leads\n"
     "over its statement and payment to the charge it pays. tilslut verify proves that all of it is what was recorded.",
     1, 3, CLI_READS, cli_form_options, trace},
    {0},
};
