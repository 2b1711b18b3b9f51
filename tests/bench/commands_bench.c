/* SPDX-License-Identifier: MPL-2.0 */
/*
 * The program's own commands for all 98 municipalities: seconds of processor time, peak memory, and what they wrote.
 *
 * usage: commands_bench PROGRAM FOLDER     from the project's root; the folder's ledger is made anew
 */
#include <dirent.h>
#include <fcntl.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "bench.h"

enum { ARGUMENTS_MAX = 12, MEMBERS = 98 };

/* Runs the program; its output is thrown away. Ends the benchmark when it fails. */
static struct rusage run(const char *program, const char *const *arguments)
{
    struct rusage usage = {0};
    int status = 0;
    pid_t child = fork();
    if (child == 0) {
        int nowhere = open("/dev/null", O_WRONLY);
        dup2(nowhere, STDOUT_FILENO);
        dup2(nowhere, STDERR_FILENO);
        execv(program, (char *const *)arguments);
        _exit(127);
    }
    if (child < 0 || wait4(child, &status, 0, &usage) != child || status != 0) {
        fprintf(stderr, "bench: tilslut %s failed\n", arguments[1]);
        exit(2);
    }
    return usage;
}

static double seconds(struct timeval time)
{
    return (double)time.tv_sec + (double)time.tv_usec / 1e6;
}

/* Reports one command; `files` is the folder it wrote to, or NULL. */
static void measure(const char *program, const char *name, const char *files, const char *const *arguments)
{
    struct rusage usage = run(program, arguments);
    double used = seconds(usage.ru_utime) + seconds(usage.ru_stime);
    printf("%-28s %7.3f s  %6.2f ms a member  peak %5ld MiB", name, used, used * 1000 / MEMBERS,
           usage.ru_maxrss / 1024);
    if (files != NULL) {
        DIR *folder = opendir(files);
        long count = 0;
        long long bytes = 0;
        for (struct dirent *entry; folder != NULL && (entry = readdir(folder)) != NULL;) {
            struct stat about;
            if (entry->d_name[0] != '.' && fstatat(dirfd(folder), entry->d_name, &about, 0) == 0) {
                count++;
                bytes += about.st_size;
            }
        }
        if (folder != NULL)
            closedir(folder);
        printf("  %ld files of %.1f KB", count, count == 0 ? 0.0 : (double)bytes / 1024 / (double)count);
    }
    putchar('\n');
}

/* Whom each e-invoice is addressed to, by which order, and where it is paid. */
static void address(const char *program, const char *codes)
{
    run(program, (const char *const[ARGUMENTS_MAX]){program, "payee", "set", "--from=2026-01-01",
                                                    "--account=0040 0440116243", "--evidence=aftale", NULL});
    for (const char *at = codes; *at != '\0'; at += strcspn(at, ","), at += *at == ',') {
        char code[8];
        snprintf(code, sizeof code, "%.4s", at);
        run(program, (const char *const[ARGUMENTS_MAX]){program, "party", "set", code, "--ean=5798005770213",
                                                        "--from=2025-01-01", NULL});
        run(program, (const char *const[ARGUMENTS_MAX]){program, "unit", "reference", code, "-", "os2compliance",
                                                        "--order-reference=RQ-1", "--from=2026-01-01", NULL});
    }
}

/* All municipalities of tests/data/parties.csv, as one list. */
static void read_codes(char *into, size_t size)
{
    char line[512];
    size_t used = 0;
    FILE *file = fopen("tests/data/parties.csv", "r");
    if (file == NULL) {
        fputs("bench: run it from the project's root\n", stderr);
        exit(2);
    }
    while (fgets(line, sizeof line, file) != NULL)
        if (strstr(line, ",municipality,") != NULL && used + 6 < size)
            used += (size_t)snprintf(into + used, size - used, "%s%.4s", used == 0 ? "" : ",", line);
    fclose(file);
}

int main(int argc, char **argv)
{
    if (argc != 3) {
        fputs("usage: commands_bench PROGRAM FOLDER\n", stderr);
        return 2;
    }
    const char *program = argv[1];
    char ledger[512], out[512], statements[512], invoices[512], workbook[512], codes[1024];
    (void)mkdir(argv[2], 0777);
    snprintf(ledger, sizeof ledger, "%s/commands.db", argv[2]);
    snprintf(out, sizeof out, "%s/agreements", argv[2]);
    snprintf(statements, sizeof statements, "%s/statements", argv[2]);
    snprintf(workbook, sizeof workbook, "%s/workbook", argv[2]);
    snprintf(invoices, sizeof invoices, "%s/invoices", argv[2]);
    (void)unlink(ledger);
    setenv("TILSLUT_FILE", ledger, 1);
    setenv("TILSLUT_ACTOR", "sekretariat", 1);
    read_codes(codes, sizeof codes);
#define COMMAND(...) ((const char *const[ARGUMENTS_MAX]){program, __VA_ARGS__, NULL})
    measure(program, "init", NULL, COMMAND("init"));
    measure(program, "import parties", NULL, COMMAND("import", "parties", "tests/data/parties.csv"));
    measure(program, "import population", NULL,
            COMMAND("import", "population", "tests/data/statbank/FOLK1A-2025K1-Code.csv"));
    run(program,
        COMMAND("product", "add", "os2compliance", "--name=OS2compliance", "--psp=XG-9212045410", "--level=3"));
    run(program, COMMAND("terms", "adopt", "examples/os2compliance.yaml", "--decision=styregruppe 2025-10-28 pkt. 3"));
    measure(program, "join", NULL,
            COMMAND("join", "os2compliance", codes, "--signed=2025-12-01", "--from=2026-01-01", "--with=hosting"));
    measure(program, "allocate", NULL, COMMAND("allocate", "os2compliance", "2026"));
    measure(program, "bill", NULL, COMMAND("bill", "os2compliance", "2026"));
    measure(program, "approve", NULL, COMMAND("approve", "1", "--as=regnskab"));
    measure(program, "agreement --all", out, COMMAND("agreement", "os2compliance", "--all", "-o", out));
    measure(program, "agreement --all, again", NULL, COMMAND("agreement", "os2compliance", "--all", "-o", out));
    measure(program, "statement --all", statements, COMMAND("statement", "2026", "--all", "-o", statements));
    measure(program, "budget, with what-if", workbook, COMMAND("budget", "os2compliance", "2026", "-o", workbook));
    address(program, codes);
    measure(program, "invoice --all", invoices, COMMAND("invoice", "--all", "-o", invoices));
    measure(program, "verify", NULL, COMMAND("verify"));
    return 0;
}
