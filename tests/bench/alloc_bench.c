/* SPDX-License-Identifier: MPL-2.0 */
/*
 * How long, and how much memory, an allocation takes as members grow to a million: in processor time, since others
 * may be at work on the same machine. Usage: alloc_bench [MEMBERS ...]
 */
#include <inttypes.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "bench.h"
#include "tilslut/key/alloc.h"

struct sample {
    struct tl_terms terms;
    struct tl_line line;
    struct tl_member *members;
    struct tl_figure *figures;
    char (*codes)[16];
};

static void *room(size_t count, size_t size)
{
    void *room = calloc(count, size);
    if (room == NULL)
        exit(1);
    return room;
}

static void build(struct sample *sample, size_t count, const char *key)
{
    struct tl_err err = TL_ERR_NONE;
    size_t column;
    uint64_t state = 1;
    *sample = (struct sample){.terms = TL_TERMS_EMPTY};
    sample->members = room(count, sizeof *sample->members);
    sample->figures = room(count, sizeof *sample->figures);
    sample->codes = room(count, sizeof *sample->codes);
    for (size_t i = 0; i < count; i++) {
        state = state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
        /* 7919 is a prime: the codes come in no order */
        snprintf(sample->codes[i], sizeof sample->codes[i], "%08" PRIu32, (uint32_t)(i * 7919 % count));
        sample->figures[i] =
            (struct tl_figure){"population", tl_date_of(2025, 1, 1), {(int64_t)(state >> 44) + 1, 1}, "made up"};
        sample->members[i] = (struct tl_member){.code = sample->codes[i],
                                                .name = "",
                                                .first = tl_date_of(2000, 1, 1),
                                                .figures = &sample->figures[i],
                                                .figure_count = 1};
    }
    sample->line = (struct tl_line){.id = "pot", .has_budget = true, .budget = {INT64_C(120000000000)}};
    bench_need(tl_key_parse(&sample->line.key, key, &column, &sample->terms.arena, &err), &err);
    sample->terms.reference = (struct tl_reference){"population", 1, 1, 1};
    sample->terms.lines = &sample->line;
    sample->terms.line_count = 1;
}

static void drop(struct sample *sample)
{
    free(sample->members);
    free(sample->figures);
    free(sample->codes);
    tl_terms_release(&sample->terms);
}

static long peak_kilobytes(void)
{
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss;
}

__extension__ typedef __int128 wide;

/* What is left of a member's exact part, for the split that is compared with. */
struct rest {
    wide rest;
    int64_t weight;
    size_t index;
};

static int larger_rest_first(const void *a, const void *b)
{
    const struct rest *x = a, *y = b;
    if (x->rest != y->rest)
        return x->rest > y->rest ? -1 : 1;
    if (x->weight != y->weight)
        return x->weight > y->weight ? -1 : 1;
    return (x->index > y->index) - (x->index < y->index);
}

/* Largest remainder once more, with 128-bit integers instead of fractions; ends the benchmark unless every amount is
 * the same. The figures are whole numbers, and the shares come by member code. */
static double split_independently(const struct tl_line_result *result, int64_t budget)
{
    size_t count = result->share_count;
    struct rest *rests = calloc(count, sizeof *rests);
    int64_t *parts = calloc(count, sizeof *parts), left = budget;
    double start = bench_seconds();
    wide sum = 0;
    if (rests == NULL || parts == NULL)
        exit(2);
    for (size_t i = 0; i < count; i++)
        sum += result->shares[i].figure->value.numerator;
    for (size_t i = 0; i < count; i++) {
        int64_t weight = result->shares[i].figure->value.numerator;
        wide product = (wide)budget * weight;
        parts[i] = (int64_t)(product / sum);
        left -= parts[i];
        rests[i] = (struct rest){product % sum, weight, i};
    }
    qsort(rests, count, sizeof *rests, larger_rest_first);
    for (int64_t i = 0; i < left; i++)
        parts[rests[i].index]++;
    double took = bench_seconds() - start;
    for (size_t i = 0; i < count; i++)
        if (parts[i] != result->shares[i].amount.minor) {
            fprintf(stderr, "bench: the split of member %s is not the same\n", result->shares[i].member->code);
            exit(2);
        }
    free(parts);
    free(rests);
    return took;
}

static void measure(size_t count, const char *what, const char *key, bool bounded)
{
    struct sample sample;
    struct tl_allocation allocation;
    struct tl_err err = TL_ERR_NONE;
    build(&sample, count, key);
    sample.line.has_floor = sample.line.has_cap = bounded;
    sample.line.floor.minor = sample.line.budget.minor / (int64_t)count / 10;
    sample.line.cap.minor = sample.line.budget.minor / (int64_t)count * 3 / 2;
    struct tl_alloc_request request = {
        .terms = &sample.terms, .year = 2026, .members = sample.members, .member_count = count};
    long before = peak_kilobytes();
    double start = bench_seconds();
    bench_need(tl_alloc(&allocation, &request, &err), &err);
    double took = bench_seconds() - start;
    printf("%9zu members  %-28s %7.2f s  %8.2f us/member  peak +%ld MB\n", count, what, took,
           took * 1e6 / (double)count, (peak_kilobytes() - before) / 1024);
    if (!bounded && strcmp(key, "population") == 0) {
        double integers = split_independently(&allocation.lines[0], sample.line.budget.minor);
        printf("%9zu members  %-28s %7.2f s  the same amounts; ratio %.1f\n", count, "bare 128-bit integers", integers,
               integers > 0 ? took / integers : 0.0);
    }
    tl_allocation_release(&allocation);
    drop(&sample);
}

/* In a process of its own, so that each has its own peak of memory. */
static void measure_apart(size_t count, const char *what, const char *key, bool bounded)
{
    int status = 1;
    fflush(stdout);
    pid_t child = fork();
    if (child == 0) {
        measure(count, what, key, bounded);
        exit(0);
    }
    if (child < 0 || waitpid(child, &status, 0) != child || status != 0)
        exit(1);
}

int main(int argc, char **argv)
{
    static const char *const sizes[] = {"98", "10000", "1000000"};
    for (int i = 0; i < (argc > 1 ? argc - 1 : 3); i++) {
        size_t count = (size_t)strtoul(argc > 1 ? argv[i + 1] : sizes[i], NULL, 10);
        if (count == 0 || count > 7918000 || count % 7919 == 0) {
            fprintf(stderr, "usage: alloc_bench [MEMBERS ...]\n");
            return 2;
        }
        measure_apart(count, "by population", "population", false);
        measure_apart(count, "a mix", "25% equal + 75% population", false);
        measure_apart(count, "with floor and cap", "population", true);
    }
    return 0;
}
