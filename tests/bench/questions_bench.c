/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Questions to the community that ledger_bench left behind, each asked of a process that begins cold; beside it what
 * ledger and hledger, where they are installed, take for the same answer from the exported journal. Answers must be
 * the same. Processor time of the process; of ours the best of three.
 *
 * usage: questions_bench PROGRAM FOLDER
 */
#include <fcntl.h>
#include <stdbool.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "bench.h"

enum { ARGUMENTS_MAX = 12, ACCOUNTS_MAX = 64, LINE_SIZE = 1024 };

static char ledger_path[512], journal_path[512], answer_path[512];

/* Runs a program with its output in a file; the seconds of processor time, or -1 when it is not there. */
static double run(const char *const *arguments, const char *output)
{
    struct rusage usage = {0};
    int status = 0;
    pid_t child = fork();
    if (child == 0) {
        int out = open(output, O_WRONLY | O_CREAT | O_TRUNC, 0666), nowhere = open("/dev/null", O_WRONLY);
        dup2(out, STDOUT_FILENO);
        dup2(nowhere, STDERR_FILENO);
        execvp(arguments[0], (char *const *)arguments);
        _exit(127);
    }
    if (child < 0 || wait4(child, &status, 0, &usage) != child)
        exit(2);
    if (WIFEXITED(status) && WEXITSTATUS(status) == 127)
        return -1;
    if (status != 0) {
        fprintf(stderr, "bench: %s %s failed\n", arguments[0], arguments[1]);
        exit(2);
    }
    return (double)usage.ru_utime.tv_sec + (double)usage.ru_stime.tv_sec +
           (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

static double best_of_three(const char *const *arguments)
{
    double best = run(arguments, answer_path);
    for (int i = 1; i < 3; i++) {
        double next = run(arguments, answer_path);
        best = next < best ? next : best;
    }
    return best;
}

/* Balances by the code of the account, in øre. */
struct answer {
    char codes[ACCOUNTS_MAX][6];
    long long minor[ACCOUNTS_MAX];
    int count;
};

/* `-1,234.56` and the like, with or without marks between thousands. */
static long long minor_of(const char *text)
{
    long long minor = 0;
    for (const char *c = text; *c != '\0'; c++)
        if (*c >= '0' && *c <= '9')
            minor = minor * 10 + (*c - '0');
    return strchr(text, '-') == NULL ? minor : -minor;
}

static void add(struct answer *answer, const char *code, long long minor)
{
    int at = 0;
    while (at < answer->count && strncmp(answer->codes[at], code, 5) != 0)
        at++;
    if (at == ACCOUNTS_MAX)
        return;
    if (at == answer->count)
        snprintf(answer->codes[answer->count++], 6, "%.5s", code);
    answer->minor[at] += minor;
}

/* Ours: the account first and its balance last; theirs: the balance, then TYPE:CODE NAME. */
static struct answer read_answer(bool is_ours)
{
    struct answer answer = {.count = 0};
    char line[LINE_SIZE];
    FILE *file = fopen(answer_path, "r");
    while (file != NULL && fgets(line, sizeof line, file) != NULL) {
        char *comma = strrchr(line, ','), *colon = strchr(line, ':'), *unit = strstr(line, " DKK");
        if (is_ours && comma != NULL && line[0] >= '0' && line[0] <= '9')
            add(&answer, line, minor_of(comma));
        else if (!is_ours && colon != NULL && unit != NULL && unit < colon) {
            *unit = '\0';
            add(&answer, colon + 1, minor_of(line));
        }
    }
    if (file != NULL)
        fclose(file);
    return answer;
}

static void compare(const struct answer *ours, const struct answer *theirs, const char *name)
{
    int same = 0;
    for (int i = 0; i < ours->count; i++)
        for (int j = 0; j < theirs->count; j++)
            same += strcmp(ours->codes[i], theirs->codes[j]) == 0 && ours->minor[i] == theirs->minor[j];
    if (ours->count > 0 && same == ours->count)
        return;
    fprintf(stderr, "bench: %s has other balances\n", name);
    exit(2);
}

static void tell(const char *name, double ours, const struct answer *answer, const char *const *theirs)
{
    double seconds = theirs == NULL ? -1 : run(theirs, answer_path);
    if (theirs != NULL && seconds >= 0 && answer != NULL) {
        struct answer other = read_answer(false);
        compare(answer, &other, theirs[0]);
    }
    printf("%-34s %8.3f s", name, ours);
    if (theirs != NULL && seconds < 0)
        printf("   %s is not installed", theirs[0]);
    else if (theirs != NULL)
        printf("   %-8s %8.3f s   ratio %.0f", theirs[0], seconds, seconds / ours);
    putchar('\n');
}

int main(int argc, char **argv)
{
    if (argc < 3) {
        fputs("usage: questions_bench PROGRAM FOLDER\n", stderr);
        return 2;
    }
    snprintf(ledger_path, sizeof ledger_path, "%s/posted.db", argv[2]);
    snprintf(journal_path, sizeof journal_path, "%s/export.journal", argv[2]);
    snprintf(answer_path, sizeof answer_path, "%s/answer", argv[2]);
    const char *const export[] = {argv[1], "-f", ledger_path, "export", "journal", NULL};
    const char *const balances[] = {argv[1], "-f", ledger_path, "list", "balances", "--csv", NULL};
    const char *const past[] = {argv[1], "-f", ledger_path, "list", "balances", "--csv", "--date", "2020-12-31", NULL};
    const char *const open_items[] = {argv[1], "-f", ledger_path, "list", "open", "0001", "--csv", NULL};
    const char *const all_open[] = {argv[1], "-f", ledger_path, "list", "open", "--csv", NULL};
    const char *const ledger[] = {"ledger", "-f", journal_path, "balance", "--flat", "--no-total", NULL};
    const char *const hledger[] = {"hledger",    "-f",      journal_path, "balance", "--flat",
                                   "--no-total", "--depth", "2",          NULL};
    const char *const ledger_past[] = {"ledger",     "-f",    journal_path, "balance", "--flat",
                                       "--no-total", "--end", "2021-01-01", NULL};
    const char *const ledger_one[] = {"ledger", "-f", journal_path, "register", ":0001:", NULL};
    const char *const ledger_all[] = {"ledger", "-f", journal_path, "balance", "--flat", "assets:10000", NULL};
    printf("%-34s %8.3f s\n", "the journal, exported", run(export, journal_path));
    double seconds = best_of_three(balances);
    struct answer answer = read_answer(true);
    tell("all accounts", seconds, &answer, ledger);
    tell("", seconds, &answer, hledger);
    seconds = best_of_three(past);
    answer = read_answer(true);
    tell("all accounts on a past date", seconds, &answer, ledger_past);
    tell("one member's account", best_of_three(open_items), NULL, ledger_one);
    tell("all members' accounts", best_of_three(all_open), NULL, ledger_all);
    return 0;
}
