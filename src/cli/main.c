/* SPDX-License-Identifier: MPL-2.0 */
/*
 * The program: finds the command, opens the ledger as it needs, runs it, prints.
 *
 * Exit status: 0 done; 1 verify found something, or some of what was asked for could not be done; 2 refused or failed,
 * with nothing recorded.
 */
#include <errno.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "cli.h"
#include "tilslut/agreement/duty.h"

static const struct cli_option common_options[] = {
    {"--file", "-f", "FILE", false, "the ledger file (or $TILSLUT_FILE; tilslut.db here when neither is given)"},
    {"--as", NULL, "NAME", false,
     "who does this (or $TILSLUT_ACTOR, or the login name); recorded as it is given: no login"},
    {"--help", "-h", NULL, false, "explain the command"},
    CLI_OPTIONS_END,
};

enum { COMMANDS_MAX = 200 };

static void print_overview(FILE *to)
{
    fputs(
        "tilslut: joining agreements, their cost and their ledger\n\nusage: tilslut COMMAND [ARGUMENTS] [OPTIONS]\n\n",
        to);
    struct cli_place at = {0};
    const struct cli_command *command;
    size_t group = SIZE_MAX;
    while ((command = cli_commands_next(&at)) != NULL) {
        if (at.group != group)
            fprintf(to, "%s%s\n", group == SIZE_MAX ? "" : "\n", cli_groups[at.group].title);
        group = at.group;
        fprintf(to, "  %-18s %s\n", command->name, command->summary);
    }
    fputs("\ntilslut help COMMAND explains one; tilslut --version tells the version\n", to);
}

static void print_options(FILE *to, const struct cli_option *options)
{
    for (; options->name != NULL; options++) {
        char left[64];
        snprintf(left, sizeof left, "%s%s%s%s%s", options->name, options->brief == NULL ? "" : ", ",
                 options->brief == NULL ? "" : options->brief, options->value == NULL ? "" : " ",
                 options->value == NULL ? "" : options->value);
        fprintf(to, "  %-24s %s\n", left, options->help);
    }
}

static void print_help(FILE *to, const struct cli_command *command)
{
    fprintf(to, "usage: tilslut %s%s%s [OPTIONS]\n\n%s\n\n", command->name, command->arguments[0] == '\0' ? "" : " ",
            command->arguments, command->help);
    print_options(to, command->options);
    print_options(to, common_options);
}

/* The command whose words argv begins with, the one of two words where there are both; *words is how many. */
static const struct cli_command *find_command(char *const *argv, size_t count, size_t *words)
{
    struct cli_place at = {0};
    const struct cli_command *command, *found = NULL;
    while ((command = cli_commands_next(&at)) != NULL) {
        size_t first = strcspn(command->name, " ");
        bool two = command->name[first] == ' ';
        if (count < (two ? 2U : 1U) || strlen(argv[0]) != first || strncmp(argv[0], command->name, first) != 0)
            continue;
        if (two && strcmp(argv[1], command->name + first + 1) != 0)
            continue;
        *words = two ? 2 : 1;
        if (two)
            return command;
        if (found == NULL)
            found = command;
    }
    return found;
}

/* What can follow the first word of a command, such as `list`: "parties, products, ..."; "" when nothing can. */
static void list_seconds(char *out, size_t size, const char *word)
{
    struct cli_place at = {0};
    const struct cli_command *command;
    size_t used = 0;
    out[0] = '\0';
    while ((command = cli_commands_next(&at)) != NULL && used < size) {
        size_t first = strcspn(command->name, " ");
        if (command->name[first] == ' ' && strlen(word) == first && strncmp(word, command->name, first) == 0)
            used += (size_t)snprintf(out + used, size - used, "%s%s", used == 0 ? "" : ", ", command->name + first + 1);
    }
}

static tl_status no_command(char *const *argv, size_t count, struct tl_err *err)
{
    const char *names[COMMANDS_MAX + 1];
    size_t known = 0;
    char asked[128], seconds[512];
    struct cli_place at = {0};
    const struct cli_command *command;
    while ((command = cli_commands_next(&at)) != NULL && known < COMMANDS_MAX)
        names[known++] = command->name;
    names[known] = NULL;
    list_seconds(seconds, sizeof seconds, argv[0]);
    if (seconds[0] != '\0' && count == 1) {
        (void)tl_err_set(err, TL_ERR_USAGE, "'%s' needs to know what", argv[0]);
        tl_err_hint(err, "add one of %s", seconds);
        return TL_ERR_USAGE;
    }
    snprintf(asked, sizeof asked, "%.60s%s%.60s", argv[0], count > 1 ? " " : "", count > 1 ? argv[1] : "");
    const char *nearest = tl_text_nearest(asked, names);
    if (seconds[0] == '\0')
        asked[strcspn(asked, " ")] = '\0';
    if (nearest == NULL)
        nearest = tl_text_nearest(asked, names);
    (void)tl_err_set(err, TL_ERR_USAGE, "there is no command '%s'", asked);
    if (nearest != NULL)
        tl_err_hint(err, "did you mean tilslut %s?", nearest);
    tl_err_hint(err, "tilslut help lists the commands");
    return TL_ERR_USAGE;
}

/* The moment of the act: SOURCE_DATE_EPOCH where it is set, so that documents can be made again to the byte. */
static tl_status read_clock(struct cli *cli, struct tl_err *err)
{
    const char *fixed = getenv("SOURCE_DATE_EPOCH");
    cli->clock.seconds = (int64_t)time(NULL);
    int64_t seconds = cli->clock.seconds;
    if (fixed != NULL && fixed[0] != '\0') {
        size_t digits = strspn(fixed, "0123456789");
        seconds = digits > 12 ? INT64_MAX : strtoll(fixed, NULL, 10);
        if (fixed[digits] != '\0' || seconds > INT64_C(253402300799))
            return tl_err_set(err, TL_ERR_USAGE, "SOURCE_DATE_EPOCH is not a number of seconds: '%.40s'", fixed);
    }
    cli->act.now.seconds = seconds;
    return TL_OK;
}

static bool is_control(char c)
{
    return (unsigned char)c < ' ' || c == 0x7F;
}

static tl_status read_actor(const char **out, const struct cli_args *args, struct tl_err *err)
{
    const char *actor = cli_args_value(args, "--as");
    const char *preset = getenv("TILSLUT_ACTOR");
    const struct passwd *login;
    /* --as with an empty name is a slip, perhaps of a script, and must not turn into somebody else */
    if (actor == NULL && preset != NULL && preset[0] != '\0')
        actor = preset;
    else if (actor == NULL && (login = getpwuid(geteuid())) != NULL)
        actor = login->pw_name;
    else if (actor == NULL)
        actor = "";
    size_t length = strlen(actor);
    bool plain = length > 0 && length <= 100 && actor[0] != ' ' && actor[length - 1] != ' ' &&
                 tl_text_valid_utf8(actor, length) == length;
    for (const char *c = actor; plain && *c != '\0'; c++)
        plain = !is_control(*c);
    if (!plain) {
        (void)tl_err_set(err, TL_ERR_USAGE, "'%.60s' is not a name to record", actor);
        tl_err_hint(err, "say who you are with --as NAME, in 1 to 100 characters");
        return TL_ERR_USAGE;
    }
    *out = actor;
    return TL_OK;
}

/* What was asked for, as it is recorded: without where files lie and who asks, which are facts of their own, and
 * without what must be possible to erase. */
static const char *command_text(struct cli *cli)
{
    struct tl_buf text = TL_BUF_EMPTY;
    tl_buf_text(&text, cli->command->name);
    for (size_t i = 0; i < cli->args.positional_count; i++)
        tl_buf_format(&text, " %s", cli->args.positional[i]);
    for (size_t i = 0; i < cli->args.given_count; i++) {
        const char *name = cli->args.given[i].option->name;
        const char *value = cli->args.given[i].option->value;
        if (value == cli_personal)
            tl_buf_format(&text, " %s", name);
        else if (strcmp(name, "--file") != 0 && strcmp(name, "--as") != 0 && strcmp(name, "--output") != 0)
            tl_buf_format(&text, " %s%s%s", name, value == NULL ? "" : "=", cli->args.given[i].value);
    }
    const char *copy = text.failed ? NULL : tl_arena_text(&cli->arena, tl_buf_string(&text));
    tl_buf_release(&text);
    return copy;
}

/* What is recorded is text on one line: it is printed on documents and terminals, and put under hashes. */
static tl_status check_text(const char *command, struct tl_err *err)
{
    if (tl_text_valid_utf8(command, strlen(command)) != strlen(command))
        return tl_err_set(err, TL_ERR_USAGE, "the command line is not UTF-8");
    for (const char *at = command; *at != '\0'; at++)
        if (is_control(*at)) {
            (void)tl_err_set(err, TL_ERR_USAGE, "the command line holds the control character U+%04X", (unsigned)*at);
            tl_err_hint(err, "write text on one line, without tabs");
            return TL_ERR_USAGE;
        }
    return TL_OK;
}

static tl_status check_arguments(const struct cli *cli, struct tl_err *err)
{
    const struct cli_command *command = cli->command;
    size_t count = cli->args.positional_count;
    if (count >= command->arguments_min && count <= command->arguments_max)
        return TL_OK;
    if (count < command->arguments_min)
        (void)tl_err_set(err, TL_ERR_USAGE, "'%s' needs %s", command->name, command->arguments);
    else
        (void)tl_err_set(err, TL_ERR_USAGE, "'%.60s' is one argument too many",
                         cli->args.positional[command->arguments_max]);
    tl_err_hint(err, "tilslut help %s explains", command->name);
    return TL_ERR_USAGE;
}

static tl_status prepare(struct cli *cli, struct tl_err *err)
{
    const char *given = cli_args_value(&cli->args, "--file"), *preset = getenv("TILSLUT_FILE");
    cli->path = given != NULL ? given : preset != NULL && preset[0] != '\0' ? preset : "tilslut.db";
    tl_status status = check_arguments(cli, err);
    if (status == TL_OK && cli->path[0] == '\0')
        status = tl_err_set(err, TL_ERR_USAGE, "the name of the ledger file is empty");
    if (status == TL_OK)
        status = read_clock(cli, err);
    if (status == TL_OK)
        status = read_actor(&cli->act.actor, &cli->args, err);
    cli->act.command = command_text(cli);
    if (status == TL_OK && cli->act.command == NULL)
        status = tl_err_memory(err);
    if (status == TL_OK)
        status = check_text(cli->act.command, err);
    for (size_t i = 0; status == TL_OK && i < cli->args.given_count; i++)
        status = check_text(cli->args.given[i].value, err);
    if (status == TL_OK && cli->command->use != CLI_NO_LEDGER)
        status = tl_store_open(&cli->store, cli->path,
                               cli->command->use == CLI_RECORDS ? TL_STORE_WRITE : TL_STORE_READ, err);
    if (cli->store != NULL)
        tl_store_set_gate(cli->store, tl_duty_gate);
    return status;
}

/* A message quotes what was read; control characters in it are written out, so that an error stays on one line and
 * moves no cursor. */
static void print_quoting(const char *text)
{
    for (; *text != '\0'; text++)
        if (is_control(*text))
            fprintf(stderr, "\\x%02x", (unsigned)*text);
        else
            fputc(*text, stderr);
}

static void print_error(const struct tl_err *err)
{
    fflush(stdout);
    fputs("tilslut: ", stderr);
    print_quoting(err->where);
    fputs(err->where[0] == '\0' ? "" : ": ", stderr);
    print_quoting(err->message);
    fputs(err->hint[0] == '\0' ? "" : "\nhint: ", stderr);
    print_quoting(err->hint);
    fputc('\n', stderr);
}

/* The output is given only when it is whole; a full disk or a closed pipe is told. */
static tl_status print_out(struct cli *cli, struct tl_err *err)
{
    tl_status status = tl_buf_status(&cli->out, err);
    if (status == TL_OK &&
        (fwrite(tl_buf_string(&cli->out), 1, cli->out.length, stdout) != cli->out.length || fflush(stdout) != 0))
        status = tl_err_set(err, TL_ERR_IO, "could not print: %s", strerror(errno));
    return status;
}

static tl_status run(struct cli *cli, char *const *argv, size_t count, struct tl_err *err)
{
    tl_status status = cli_args_read(&cli->args, argv, count, cli->command->options, common_options, err);
    if (status == TL_OK && cli_args_value(&cli->args, "--help") != NULL) {
        print_help(stdout, cli->command);
        return TL_OK;
    }
    if (status == TL_OK)
        status = prepare(cli, err);
    if (status == TL_OK)
        status = cli->command->run(cli, err);
    tl_store_close(cli->store);
    cli->store = NULL;
    struct tl_err print_err = TL_ERR_NONE;
    if (tl_status_exit(status) < 2 && print_out(cli, &print_err) != TL_OK && status == TL_OK) {
        if (cli->command->use == CLI_RECORDS)
            tl_err_hint(&print_err, "what was asked for is done and recorded all the same");
        *err = print_err;
        status = err->status;
    }
    return status;
}

/* The end of help: told when it could not be printed. */
static int end_of_help(void)
{
    struct tl_err err = TL_ERR_NONE;
    if (fflush(stdout) == 0 && !ferror(stdout))
        return 0;
    int status = tl_status_exit(tl_err_set(&err, TL_ERR_IO, "could not print: %s", strerror(errno)));
    print_error(&err);
    return status;
}

static int help(char *const *argv, size_t count)
{
    size_t words;
    if (count == 0) {
        print_overview(stdout);
        return end_of_help();
    }
    const struct cli_command *command = find_command(argv, count, &words);
    if (command == NULL) {
        struct tl_err err = TL_ERR_NONE;
        int status = tl_status_exit(no_command(argv, count, &err));
        print_error(&err);
        return status;
    }
    print_help(stdout, command);
    return end_of_help();
}

int main(int argc, char **argv)
{
    struct cli cli = {.arena = TL_ARENA_EMPTY};
    struct tl_err err = TL_ERR_NONE;
    char *const *words = argv + 1;
    size_t count = argc > 0 ? (size_t)argc - 1 : 0, used = 0;
    if (count == 0) {
        print_overview(stderr);
        return 2;
    }
    if (strcmp(words[0], "--version") == 0) {
        puts(CLI_PROGRAM);
        return end_of_help();
    }
    if (strcmp(words[0], "-h") == 0 || strcmp(words[0], "--help") == 0 || strcmp(words[0], "help") == 0)
        return help(words + 1, count - 1);
    /* -f FILE may stand in front of the command, as in git -C */
    const char *file = NULL;
    tl_status status = TL_OK;
    if (strcmp(words[0], "-f") == 0 && (count < 3 || words[1][0] == '\0'))
        status = tl_err_set(&err, TL_ERR_USAGE, "-f needs a file and then a command");
    else if (strcmp(words[0], "-f") == 0) {
        file = words[1];
        words += 2;
        count -= 2;
    }
    cli.command = find_command(words, count, &used);
    if (status == TL_OK && cli.command == NULL)
        status = no_command(words, count, &err);
    if (status == TL_OK && file != NULL && setenv("TILSLUT_FILE", file, 1) != 0)
        status = tl_err_memory(&err);
    if (status == TL_OK)
        status = run(&cli, words + used, count - used, &err);
    if (err.status != TL_OK)
        print_error(&err);
    tl_buf_release(&cli.out);
    tl_arena_release(&cli.arena);
    return tl_status_exit(status);
}
