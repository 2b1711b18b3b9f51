/* SPDX-License-Identifier: MPL-2.0 */
/*
 * Runs a fuzz target over the files of a directory, and over mutations of them that are the same on every machine:
 *
 *     replay DIRECTORY [MUTATIONS]
 *
 * When the target ends the program, the input is left in the file `crash-input` of the working directory.
 */
#include <dirent.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include "check.h"
#include "fuzz.h"

enum { SEEDS_MAX = 500, LENGTH_MAX = 64 * 1024, EDITS_MAX = 6 };

struct seed {
    char path[512];
    uint8_t *bytes;
    size_t length;
};

static struct seed seeds[SEEDS_MAX];
static size_t seed_count;

/* What runs at the moment, for the file that is left behind. */
static uint8_t input[LENGTH_MAX];
static size_t input_length;

static void keep_input(int number)
{
    FILE *file = fopen("crash-input", "wb");
    if (file != NULL) {
        (void)fwrite(input, 1, input_length, file);
        (void)fclose(file);
    }
    (void)signal(number, SIG_DFL);
    (void)raise(number);
}

static int compare_seeds(const void *a, const void *b)
{
    return strcmp(((const struct seed *)a)->path, ((const struct seed *)b)->path);
}

static _Noreturn void give_up(const char *what, const char *name)
{
    fprintf(stderr, "replay: %s: %s\n", what, name);
    exit(2);
}

static void load(const char *directory, const char *name)
{
    struct seed *seed = &seeds[seed_count++];
    int length = snprintf(seed->path, sizeof seed->path, "%s/%s", directory, name);
    struct stat about;
    if (length < 0 || (size_t)length >= sizeof seed->path || stat(seed->path, &about) != 0 ||
        about.st_size > LENGTH_MAX)
        give_up("cannot use", name);
    FILE *file = fopen(seed->path, "rb");
    seed->bytes = malloc((size_t)about.st_size + 1);
    if (file == NULL || seed->bytes == NULL)
        give_up("cannot read", name);
    seed->length = fread(seed->bytes, 1, (size_t)about.st_size, file);
    (void)fclose(file);
}

static void load_all(const char *directory)
{
    DIR *entries = opendir(directory);
    if (entries == NULL)
        give_up("cannot open", directory);
    for (struct dirent *entry = readdir(entries); entry != NULL && seed_count < SEEDS_MAX; entry = readdir(entries))
        if (entry->d_name[0] != '.')
            load(directory, entry->d_name);
    (void)closedir(entries);
    qsort(seeds, seed_count, sizeof seeds[0], compare_seeds);
    if (seed_count == 0)
        give_up("no file in", directory);
}

/* The target gets a block of exactly its size, so that a read behind the end is seen. */
static void run(void)
{
    uint8_t *exact = malloc(input_length > 0 ? input_length : 1);
    if (exact == NULL)
        give_up("out of memory for", "an input");
    memcpy(exact, input, input_length);
    (void)LLVMFuzzerTestOneInput(exact, input_length);
    free(exact);
}

static size_t below(struct check_random *random, size_t limit)
{
    return limit == 0 ? 0 : (size_t)(check_random_next(random) % limit);
}

/* Puts `length` bytes in the place of `removed` bytes at `at`, as far as there is room. */
static void splice(size_t at, size_t removed, const uint8_t *bytes, size_t length)
{
    if (input_length - removed + length > LENGTH_MAX)
        return;
    memmove(input + at + length, input + at + removed, input_length - at - removed);
    if (length > 0)
        memcpy(input + at, bytes, length);
    input_length = input_length - removed + length;
}

static void edit(struct check_random *random)
{
    static const char *const words[] = {
        ",", ";", "\"",  "\n",  "\r\n",  " ",    "..",       ".",    "-",    "x",
        "0", "1", "%",   "(",   ")",     "+",    "/",        ":",    "{",    "}",
        "[", "]", "- ",  "&",   "*",     "#",    "|",        "'",    "\t",   "\xEF\xBB\xBF",
        "ø", "Å", "000", "084", "equal", "100%", "the rest", "\xC3", "\x1B", "99999999999999999999"};
    size_t at = below(random, input_length + 1), left = input_length - at;
    size_t removed = below(random, left < 12 ? left + 1 : 12);
    const struct seed *other = &seeds[below(random, seed_count)];
    size_t from = below(random, other->length + 1), some = other->length - from;
    uint8_t byte = (uint8_t)check_random_next(random);
    const char *word = words[below(random, sizeof words / sizeof words[0])];
    switch (below(random, 5)) {
    case 0:
        splice(at, left > 0 ? 1 : 0, &byte, 1);
        break;
    case 1:
        splice(at, removed, NULL, 0);
        break;
    case 2:
        splice(at, 0, (const uint8_t *)word, strlen(word));
        break;
    case 3:
        splice(at, removed, (const uint8_t *)word, strlen(word));
        break;
    default:
        splice(at, removed, other->bytes + from, below(random, some < 80 ? some + 1 : 80));
        break;
    }
}

static void start_from(const struct seed *seed)
{
    memcpy(input, seed->bytes, seed->length);
    input_length = seed->length;
}

int main(int count, char **words)
{
    if (count < 2)
        give_up("usage", "replay DIRECTORY [MUTATIONS]");
    load_all(words[1]);
    long mutations = count > 2 ? strtol(words[2], NULL, 10) : 0;
    (void)signal(SIGABRT, keep_input);
#ifndef __SANITIZE_ADDRESS__ /* which reports it better, and aborts */
    (void)signal(SIGSEGV, keep_input);
#endif
    for (size_t i = 0; i < seed_count; i++) {
        start_from(&seeds[i]);
        run();
    }
    struct check_random random = {1};
    for (long i = 0; i < mutations; i++) {
        start_from(&seeds[below(&random, seed_count)]);
        for (size_t edits = 1 + below(&random, EDITS_MAX); edits > 0; edits--)
            edit(&random);
        run();
    }
    printf("%s: %zu seeds, %ld mutations\n", words[1], seed_count, mutations);
    for (size_t i = 0; i < seed_count; i++)
        free(seeds[i].bytes);
    return 0;
}
