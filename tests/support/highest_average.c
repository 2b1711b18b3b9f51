/* SPDX-License-Identifier: MPL-2.0 */
#include "highest_average.h"

#include <stdbool.h>

__extension__ typedef unsigned __int128 wide;

/* weight / d(seats) is better than the other's; squares of both where d is a root. */
static bool is_higher(tl_seat_method method, int64_t weight, int64_t seats, int64_t other, int64_t other_seats)
{
    wide a = (wide)weight, b = (wide)other, s = (wide)seats, t = (wide)other_seats;
    switch (method) {
    case TL_SEATS_DHONDT:
        return a * (t + 1) > b * (s + 1);
    case TL_SEATS_SAINTE_LAGUE:
        return a * (2 * t + 1) > b * (2 * s + 1);
    case TL_SEATS_ADAMS:
        return a * t > b * s;
    case TL_SEATS_HUNTINGTON_HILL:
        return a * a * t * (t + 1) > b * b * s * (s + 1);
    case TL_SEATS_DEAN:
        return a * (2 * s + 1) * t * (t + 1) > b * (2 * t + 1) * s * (s + 1);
    case TL_SEATS_LARGEST_REMAINDER:
        break;
    }
    return false;
}

void highest_average_allot(int64_t *seats, int64_t total, tl_seat_method method, const int64_t *weights, size_t count)
{
    for (size_t i = 0; i < count; i++)
        seats[i] = 0;
    for (; total > 0; total--) {
        size_t next = count;
        for (size_t i = 0; i < count; i++) {
            if (weights[i] == 0)
                continue;
            bool higher = next == count || is_higher(method, weights[i], seats[i], weights[next], seats[next]);
            bool tied = !higher && !is_higher(method, weights[next], seats[next], weights[i], seats[i]);
            if (higher || (tied && weights[i] > weights[next]))
                next = i;
        }
        seats[next]++;
    }
}
