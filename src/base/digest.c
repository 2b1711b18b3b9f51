/* SPDX-License-Identifier: MPL-2.0 */
#include "tilslut/base/digest.h"

#include <sodium.h>
#include <string.h>

struct tl_digest tl_digest_of(const void *bytes, size_t length)
{
    struct tl_digest digest;
    crypto_hash_sha256(digest.bytes, bytes, length);
    return digest;
}

bool tl_digest_equal(const struct tl_digest *a, const struct tl_digest *b)
{
    return memcmp(a->bytes, b->bytes, sizeof a->bytes) == 0;
}

bool tl_digest_random(struct tl_digest *out)
{
    if (sodium_init() < 0)
        return false;
    randombytes_buf(out->bytes, sizeof out->bytes);
    return true;
}

const char *tl_digest_hex(const struct tl_digest *digest, char into[TL_DIGEST_HEX_SIZE])
{
    return sodium_bin2hex(into, TL_DIGEST_HEX_SIZE, digest->bytes, sizeof digest->bytes);
}

bool tl_digest_parse(struct tl_digest *out, const char *text)
{
    size_t length = 0;
    return strlen(text) == TL_DIGEST_HEX_SIZE - 1 &&
           sodium_hex2bin(out->bytes, sizeof out->bytes, text, TL_DIGEST_HEX_SIZE - 1, NULL, &length, NULL) == 0 &&
           length == sizeof out->bytes;
}
