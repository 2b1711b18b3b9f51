/* SPDX-License-Identifier: MPL-2.0 */
#include "keep.h"

#include <string.h>

static const mp_limb_t one_limb = 1;

void tl_keep_zero(struct tl_frac *out)
{
    (void)mpz_roinit_n(mpq_numref(out->q), &one_limb, 0);
    (void)mpz_roinit_n(mpq_denref(out->q), &one_limb, 1);
}

bool tl_keep(struct tl_frac *out, mpq_srcptr value, struct tl_arena *arena)
{
    size_t upper = mpz_size(mpq_numref(value)), lower = mpz_size(mpq_denref(value));
    bool whole = mpz_cmp_ui(mpq_denref(value), 1) == 0;
    tl_keep_zero(out);
    if (upper == 0)
        return true;
    mp_limb_t *limbs = tl_arena_alloc(arena, upper + (whole ? 0 : lower), sizeof *limbs);
    if (limbs == NULL)
        return false;
    memcpy(limbs, mpz_limbs_read(mpq_numref(value)), upper * sizeof *limbs);
    mp_size_t signed_size = (mp_size_t)upper * mpq_sgn(value);
    (void)mpz_roinit_n(mpq_numref(out->q), limbs, signed_size);
    if (!whole) {
        memcpy(limbs + upper, mpz_limbs_read(mpq_denref(value)), lower * sizeof *limbs);
        (void)mpz_roinit_n(mpq_denref(out->q), limbs + upper, (mp_size_t)lower);
    }
    return true;
}
