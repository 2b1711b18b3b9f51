/* SPDX-License-Identifier: MPL-2.0 */
#include "hamilton.h"

#include <stdbool.h>

__extension__ typedef __int128 wide;

static bool goes_before(const wide *rests, const int64_t *weights, size_t a, size_t b)
{
    if (rests[a] != rests[b])
        return rests[a] > rests[b];
    if (weights[a] != weights[b])
        return weights[a] > weights[b];
    return a < b;
}

void hamilton_split(int64_t *parts, int64_t total, const int64_t *weights, size_t count)
{
    wide rests[HAMILTON_MAX], sum = 0;
    bool served[HAMILTON_MAX] = {false};
    int64_t sign = total < 0 ? -1 : 1, left = sign * total;
    for (size_t i = 0; i < count; i++)
        sum += weights[i];
    for (size_t i = 0; i < count; i++) {
        wide product = (wide)(sign * total) * weights[i];
        parts[i] = (int64_t)(product / sum);
        rests[i] = product % sum;
        left -= parts[i];
    }
    for (; left > 0; left--) {
        size_t next = count;
        for (size_t i = 0; i < count; i++)
            if (!served[i] && (next == count || goes_before(rests, weights, i, next)))
                next = i;
        served[next] = true;
        parts[next]++;
    }
    for (size_t i = 0; i < count; i++)
        parts[i] *= sign;
}
