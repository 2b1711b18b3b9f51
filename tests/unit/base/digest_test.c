/* SPDX-License-Identifier: MPL-2.0 */
#include <stdlib.h>
#include <string.h>

#include "check.h"
#include "tilslut/base/digest.h"

static void assert_digest(const void *bytes, size_t length, const char *hex)
{
    char text[TL_DIGEST_HEX_SIZE];
    struct tl_digest digest = tl_digest_of(bytes, length);
    assert_string_equal(tl_digest_hex(&digest, text), hex);
}

/* FIPS 180-4 with NIST's examples of SHA-256: one block, two blocks, a million letters. */
static void digests_are_those_of_the_standard(void **state)
{
    (void)state;
    static const char two_blocks[] = "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq";
    enum { MILLION = 1000000 };
    assert_digest("abc", 3, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assert_digest("", 0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    assert_digest(two_blocks, sizeof two_blocks - 1,
                  "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    char *letters = malloc(MILLION);
    assert_non_null(letters);
    memset(letters, 'a', MILLION);
    assert_digest(letters, MILLION, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
    free(letters);
}

static void a_digest_is_read_back_from_its_digits(void **state)
{
    (void)state;
    struct tl_digest digest = tl_digest_of("abc", 3), read, other = tl_digest_of("abd", 3);
    char text[TL_DIGEST_HEX_SIZE];
    assert_true(tl_digest_parse(&read, tl_digest_hex(&digest, text)));
    assert_true(tl_digest_equal(&read, &digest));
    assert_false(tl_digest_equal(&read, &other));
    assert_true(tl_digest_parse(&read, "BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD"));
    assert_true(tl_digest_equal(&read, &digest));
}

static void anything_but_64_digits_is_no_digest(void **state)
{
    (void)state;
    struct tl_digest digest;
    assert_false(tl_digest_parse(&digest, ""));
    assert_false(tl_digest_parse(&digest, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015a"));
    assert_false(tl_digest_parse(&digest, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015adf"));
    assert_false(tl_digest_parse(&digest, "ga7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
    assert_false(tl_digest_parse(&digest, "ba7816bf 8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015a"));
}

static void random_bytes_are_others_each_time(void **state)
{
    (void)state;
    struct tl_digest one, other;
    assert_true(tl_digest_random(&one));
    assert_true(tl_digest_random(&other));
    assert_false(tl_digest_equal(&one, &other));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(digests_are_those_of_the_standard),
        cmocka_unit_test(a_digest_is_read_back_from_its_digits),
        cmocka_unit_test(anything_but_64_digits_is_no_digest),
        cmocka_unit_test(random_bytes_are_others_each_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
