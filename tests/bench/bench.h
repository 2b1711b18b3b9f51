/* SPDX-License-Identifier: MPL-2.0 */
/*
 * What the benchmarks share: a clock, and an end for what cannot be measured. Nothing here passes or fails by time.
 */
#ifndef TESTS_BENCH_BENCH_H
#define TESTS_BENCH_BENCH_H

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "tilslut/base/status.h"

/* Seconds of processor time of this process, which other work on the machine disturbs least. */
static inline double bench_seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* Ends the benchmark when a call it rests on failed. */
static inline void bench_need(tl_status status, const struct tl_err *err)
{
    if (status == TL_OK)
        return;
    fprintf(stderr, "bench: %s\n", err->message);
    exit(2);
}

#endif
