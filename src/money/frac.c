/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/money/frac.h"

#include <string.h>

void tl_frac_init(struct tl_frac *frac)
{
    mpq_init(frac->q);
}

void tl_frac_release(struct tl_frac *frac)
{
    if (mpq_numref(frac->q)->_mp_d != NULL)
        mpq_clear(frac->q);
    memset(frac, 0, sizeof *frac);
}

void tl_frac_set(struct tl_frac *frac, const struct tl_frac *value)
{
    mpq_set(frac->q, value->q);
}

/* mpz_set_si takes a long, which is 64 bits wide on every platform Debian's GMP serves as 64-bit */
_Static_assert(sizeof(long) == sizeof(int64_t), "tilslut needs a 64-bit platform");

void tl_frac_set_ratio(struct tl_frac *frac, struct tl_ratio value)
{
    mpq_set_si(frac->q, value.numerator, (unsigned long)value.denominator);
    mpq_canonicalize(frac->q);
}

void tl_frac_set_whole(struct tl_frac *frac, int64_t value)
{
    mpq_set_si(frac->q, value, 1);
}

const char *tl_frac_text(const struct tl_frac *frac, struct tl_arena *arena)
{
    size_t size = mpz_sizeinbase(mpq_numref(frac->q), 10) + mpz_sizeinbase(mpq_denref(frac->q), 10) + 3;
    char *text = tl_arena_alloc(arena, size, 1);
    return text == NULL ? NULL : mpq_get_str(text, 10, frac->q);
}

tl_status tl_frac_from_text(struct tl_frac *out, const char *text, struct tl_err *err)
{
    if (mpq_set_str(out->q, text, 10) != 0 || mpz_sgn(mpq_denref(out->q)) <= 0)
        return tl_err_set(err, TL_ERR_INPUT, "'%.60s' is not a stored fraction", text);
    mpq_canonicalize(out->q);
    return TL_OK;
}

/* frac x 10^decimals, rounded half away from zero. */
static void scale(mpz_t out, const struct tl_frac *frac, int decimals)
{
    mpz_t twice_denominator;
    mpz_init(twice_denominator);
    mpz_ui_pow_ui(out, 10, (unsigned long)decimals);
    mpz_mul(out, out, mpq_numref(frac->q));
    int sign = mpz_sgn(out);
    mpz_abs(out, out);
    mpz_mul_2exp(out, out, 1);
    mpz_add(out, out, mpq_denref(frac->q));
    mpz_mul_2exp(twice_denominator, mpq_denref(frac->q), 1);
    mpz_fdiv_q(out, out, twice_denominator);
    if (sign < 0)
        mpz_neg(out, out);
    mpz_clear(twice_denominator);
}

static const char *print_decimal(const struct tl_frac *frac, int decimals, const char *mark, const char *thousands,
                                 struct tl_arena *arena)
{
    mpz_t scaled;
    mpz_init(scaled);
    scale(scaled, frac, decimals);
    bool negative = mpz_sgn(scaled) < 0;
    mpz_abs(scaled, scaled);
    char *digits = tl_arena_alloc(arena, mpz_sizeinbase(scaled, 10) + (size_t)decimals + 3, 1);
    char *text = NULL;
    if (digits != NULL) {
        mpz_get_str(digits + decimals, 10, scaled);
        /* zeros in front, so that there is at least one digit before the mark */
        size_t length = strlen(digits + decimals);
        size_t needed = (size_t)decimals + 1;
        if (length < needed) {
            memmove(digits + (needed - length), digits + decimals, length + 1);
            memset(digits, '0', needed - length);
            length = needed;
        } else
            memmove(digits, digits + decimals, length + 1);
        size_t whole = length - (size_t)decimals;
        text = tl_arena_alloc(arena, length + length / 3 + 4, 1);
        size_t used = 0;
        if (text != NULL && negative)
            text[used++] = '-';
        for (size_t i = 0; text != NULL && i < length; i++) {
            if (i == whole)
                text[used++] = mark[0];
            else if (i > 0 && i < whole && (whole - i) % 3 == 0 && thousands[0] != '\0')
                text[used++] = thousands[0];
            text[used++] = digits[i];
        }
    }
    mpz_clear(scaled);
    return text;
}

const char *tl_frac_da(const struct tl_frac *frac, int decimals, struct tl_arena *arena)
{
    return print_decimal(frac, decimals, ",", ".", arena);
}

const char *tl_frac_decimal(const struct tl_frac *frac, int decimals, struct tl_arena *arena)
{
    return print_decimal(frac, decimals, ".", "", arena);
}

tl_status tl_frac_round_money(struct tl_money *out, const struct tl_frac *minor, struct tl_err *err)
{
    mpz_t whole;
    mpz_init(whole);
    scale(whole, minor, 0);
    bool fits = mpz_cmpabs_ui(whole, (unsigned long)TL_MONEY_MAX_MINOR) <= 0;
    if (fits)
        out->minor = mpz_get_si(whole);
    mpz_clear(whole);
    return fits ? TL_OK : tl_err_set(err, TL_ERR_RANGE, "the amount is larger than 9.999.999.999.999,99 kr.");
}
