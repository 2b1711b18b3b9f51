/* SPDX-License-Identifier: MPL-2.0 */
/*
 * SHA-256 digests (FIPS 180-4), computed by libsodium.
 */
#ifndef TILSLUT_BASE_DIGEST_H
#define TILSLUT_BASE_DIGEST_H

#include <stdbool.h>
#include <stddef.h>

enum { TL_DIGEST_SIZE = 32, TL_DIGEST_HEX_SIZE = 65 };

struct tl_digest {
    unsigned char bytes[TL_DIGEST_SIZE];
};

struct tl_digest tl_digest_of(const void *bytes, size_t length);
bool tl_digest_equal(const struct tl_digest *a, const struct tl_digest *b);

/* 32 random bytes of the system, as a salt that nobody can guess. False when the system gives none. */
bool tl_digest_random(struct tl_digest *out);

/* 64 lower-case hexadecimal digits. Returns `into`. */
const char *tl_digest_hex(const struct tl_digest *digest, char into[TL_DIGEST_HEX_SIZE]);

/* True when `text` is 64 hexadecimal digits, which are then in *out. */
bool tl_digest_parse(struct tl_digest *out, const char *text);

#endif
