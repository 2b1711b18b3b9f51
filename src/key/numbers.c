/* SPDX-License-Identifier: MPL-2.0 */
#include "numbers.h"

#include <stdlib.h>
#include <string.h>

tl_status tl_numbers_init(struct tl_numbers *numbers, size_t count, struct tl_err *err)
{
    memset(numbers, 0, sizeof *numbers);
    numbers->values = calloc(count == 0 ? 1 : count, sizeof *numbers->values);
    if (numbers->values == NULL)
        return tl_err_memory(err);
    for (size_t i = 0; i < count; i++)
        mpz_init(numbers->values[i]);
    numbers->count = count;
    mpz_init_set_ui(numbers->denominator, 1);
    return TL_OK;
}

void tl_numbers_release(struct tl_numbers *numbers)
{
    if (numbers->values == NULL)
        return;
    for (size_t i = 0; i < numbers->count; i++)
        mpz_clear(numbers->values[i]);
    mpz_clear(numbers->denominator);
    free(numbers->values);
    memset(numbers, 0, sizeof *numbers);
}

void tl_numbers_sum(mpz_t sum, const struct tl_numbers *numbers)
{
    mpz_set_ui(sum, 0);
    for (size_t i = 0; i < numbers->count; i++)
        mpz_add(sum, sum, numbers->values[i]);
}

void tl_numbers_get(mpq_t out, const struct tl_numbers *numbers, size_t i)
{
    mpz_set(mpq_numref(out), numbers->values[i]);
    mpz_set(mpq_denref(out), numbers->denominator);
    mpq_canonicalize(out);
}
