/* SPDX-License-Identifier: MPL-2.0 */
/*
 * The command that checks a statement's workbook where there is no ledger: on the receiver's side.
 */
#include <inttypes.h>
#include <string.h>

#include "cli.h"
#include "tilslut/exchange/anchor.h"
#include "tilslut/report/statement_check.h"
#include "tilslut/store/file.h"

/* Whether the file belongs to the ledger that a head is of. */
typedef enum belonging { NOT_ASKED, BELONGS, BELONGS_NOT, NOT_TOLD } belonging;

/* A flaw of the head, so that it is told as the others are. */
static void note_flaw(struct tl_statement_checked *checked, const char *what, const char *says, const char *should)
{
    if (checked->flaw_count == TL_STATEMENT_FLAWS_MAX)
        checked->left_out++;
    else
        checked->flaws[checked->flaw_count++] = (struct tl_statement_flaw){"Kontrol", "D20", what, says, should};
}

/* `ENTRY:DIGITS`, as documents print the head. False when the text is no such. */
static bool read_head(int64_t *entry, const char **digits, const char *text)
{
    struct tl_err ignored = TL_ERR_NONE;
    char number[20];
    size_t length = strspn(text, "0123456789");
    if (length == 0 || length >= sizeof number || text[length] != ':')
        return false;
    memcpy(number, text, length);
    number[length] = '\0';
    *digits = text + length + 1;
    size_t hex = strspn(*digits, "0123456789abcdef");
    return hex >= 16 && hex < TL_DIGEST_HEX_SIZE && (*digits)[hex] == '\0' &&
           cli_number(entry, number, "an entry", &ignored) == TL_OK;
}

/* Holds one head against the file's. */
static belonging compare(struct tl_statement_checked *checked, struct cli *cli, int64_t entry, const char *digits)
{
    char hex[TL_DIGEST_HEX_SIZE];
    if (entry != checked->head_entry)
        return NOT_TOLD;
    tl_digest_hex(&checked->head, hex);
    if (strncmp(hex, digits, strlen(digits)) == 0)
        return BELONGS;
    const char *says = tl_arena_text(&cli->arena, hex), *should = tl_arena_text(&cli->arena, digits);
    note_flaw(checked, "the seal of the entry", says == NULL ? "" : says, should == NULL ? "" : should);
    return BELONGS_NOT;
}

static tl_status compare_file(belonging *out, struct tl_statement_checked *checked, struct cli *cli, const char *path,
                              struct tl_err *err)
{
    struct tl_buf bytes = TL_BUF_EMPTY;
    struct tl_anchor *anchors = NULL;
    size_t count = 0;
    tl_status status = tl_file_read(&bytes, path, err);
    if (status != TL_OK)
        tl_err_hint(err,
                    "name a file that tilslut seal export wrote, or ENTRY:HASH with 16 digits of the hash or more");
    struct tl_source source = {path, tl_buf_string(&bytes), bytes.length};
    if (status == TL_OK)
        status = tl_anchor_read(&anchors, &count, &source, &cli->arena, err);
    *out = NOT_TOLD;
    for (size_t i = 0; status == TL_OK && i < count && *out == NOT_TOLD; i++) {
        char hex[TL_DIGEST_HEX_SIZE];
        if (!tl_text_equal(anchors[i].owner, checked->owner)) {
            note_flaw(checked, "who keeps the ledger", checked->owner, anchors[i].owner);
            *out = BELONGS_NOT;
        } else
            *out = compare(checked, cli, anchors[i].entry, tl_digest_hex(&anchors[i].entry_seal, hex));
    }
    tl_buf_release(&bytes);
    return status;
}

static tl_status compare_heads(belonging *out, struct tl_statement_checked *checked, struct cli *cli,
                               struct tl_err *err)
{
    const char *given = cli_args_value(&cli->args, "--head");
    const char *digits = "";
    int64_t entry = 0;
    *out = NOT_ASKED;
    if (given == NULL)
        given = cli_args_value(&cli->args, "--anchor");
    if (given == NULL)
        return TL_OK;
    if (!read_head(&entry, &digits, given))
        return compare_file(out, checked, cli, given, err);
    *out = compare(checked, cli, entry, digits);
    return TL_OK;
}

static tl_status print_flaws(struct cli *cli, const struct tl_statement_checked *checked, struct tl_err *err)
{
    static const struct tl_column columns[] = {{"sheet", "Sheet", TL_COLUMN_TEXT},
                                               {"cell", "Cell", TL_COLUMN_CODE},
                                               {"what", "What", TL_COLUMN_TEXT},
                                               {"says", "Says", TL_COLUMN_TEXT},
                                               {"should", "Should be", TL_COLUMN_TEXT}};
    struct tl_table table = TL_TABLE_EMPTY;
    tl_status status = tl_table_init(&table, columns, 5, err);
    for (size_t i = 0; status == TL_OK && i < checked->flaw_count; i++) {
        const struct tl_statement_flaw *flaw = &checked->flaws[i];
        const struct tl_cell cells[] = {tl_cell_text(flaw->sheet), tl_cell_code(flaw->cell), tl_cell_text(flaw->what),
                                        tl_cell_text(flaw->says[0] == '\0' ? NULL : flaw->says),
                                        tl_cell_text(flaw->should[0] == '\0' ? NULL : flaw->should)};
        status = tl_table_add(&table, cells, err);
    }
    if (status == TL_OK)
        status = cli_print_table(cli, &table, err);
    tl_table_release(&table);
    return status;
}

static void print_summary(struct cli *cli, const struct tl_statement_checked *checked, belonging belongs)
{
    char first[TL_DATE_TEXT_SIZE], last[TL_DATE_TEXT_SIZE], closing[TL_MONEY_TEXT_SIZE], total[TL_MONEY_TEXT_SIZE],
        hex[TL_DIGEST_HEX_SIZE];
    tl_buf_format(&cli->out, "%s, of %s to %s, %s to %s\n", checked->document, checked->owner, checked->holder,
                  tl_date_iso(checked->period.first, first), tl_date_iso(checked->period.last, last));
    tl_buf_format(&cli->out, "closing balance %s, control total %s in %zu %s, control sum %.16s\n",
                  tl_money_da(checked->closing, closing), tl_money_da(checked->total, total), checked->line_count,
                  cli_plural(checked->line_count, "line", "lines"), checked->control_sum);
    if (checked->head_entry != 0)
        tl_buf_format(&cli->out, "head of the chain: entry %" PRId64 " %s\n", checked->head_entry,
                      tl_digest_hex(&checked->head, hex));
    if (belongs == BELONGS)
        tl_buf_text(&cli->out, "it belongs to the ledger that the head is of\n");
    tl_buf_format(&cli->out, "%zu amounts recomputed or compared: ", checked->amount_count);
    if (checked->flaw_count == 0)
        tl_buf_text(&cli->out, "all as stated\n");
    else
        tl_buf_format(&cli->out, "%zu %s\n", checked->flaw_count + checked->left_out,
                      cli_plural(checked->flaw_count + checked->left_out, "mismatch", "mismatches"));
}

static tl_status check(struct cli *cli, struct tl_err *err)
{
    const char *path = cli->args.positional[0];
    struct tl_statement_checked checked;
    struct tl_buf bytes = TL_BUF_EMPTY;
    belonging belongs = NOT_ASKED;
    tl_status status = tl_file_read(&bytes, path, err);
    struct tl_source source = {path, tl_buf_string(&bytes), bytes.length};
    if (status == TL_OK)
        status = tl_statement_check_file(&checked, &source, &cli->arena, err);
    if (status == TL_OK)
        status = compare_heads(&belongs, &checked, cli, err);
    if (status == TL_OK && (cli_for_machines(cli) || checked.flaw_count > 0))
        status = print_flaws(cli, &checked, err);
    if (status == TL_OK && !cli_for_machines(cli))
        print_summary(cli, &checked, belongs);
    tl_buf_release(&bytes);
    if (status != TL_OK)
        return status;
    if (checked.flaw_count > 0) {
        (void)tl_err_set(err, TL_ERR_BROKEN, "the statement does not hold what it states");
        tl_err_hint(err, "ask %s for it again, as it was issued",
                    checked.owner[0] == '\0' ? "its issuer" : checked.owner);
        return TL_ERR_BROKEN;
    }
    if (belongs == NOT_TOLD)
        cli_note("the head given is not of entry %" PRId64 ", so it does not tell whether the statement belongs to its "
                 "ledger; ask for the head of that entry",
                 checked.head_entry);
    return TL_OK;
}

static const struct cli_option check_options[] = {
    {"--head", NULL, "FILE", false,
     "a text with what tilslut seal export wrote, to hold the head of the chain against"},
    {"--anchor", NULL, "HEAD", false, "the same; also ENTRY:HASH as a document prints it"},
    CLI_OPTIONS_FORM,
    CLI_OPTIONS_END,
};

const struct cli_command cli_check_commands[] = {
    {"check", "FILE.xlsx", "check a statement that was received; needs no ledger",
     "Recomputes what a statement's workbook claims: sums, VAT, opening and closing balance, each amount from the\n"
     "evidence beside it, every share among all others, and the control sum; and that its sheets agree. Says of each\n"
     "mismatch which cell it is, what it says and what it should. With --head it says whether the statement belongs\n"
     "to the ledger that a head is of. Exit status 1 when something does not hold.",
     1, 1, CLI_NO_LEDGER, check_options, check},
    {0},
};
