#!/bin/sh
# SPDX-License-Identifier: MPL-2.0
# Proves that the floors are in order: each file includes only its own floor and lower ones, a library is known by the
# file that wraps it alone, only cli prints and asks, each public header has its source, every file says its licence,
# and nothing is left to do.
#
# usage: floors.sh             from the project's root; prints what is wrong, exit status 1 when anything is
#        floors.sh --self-test plants one violation of each rule in a copy, and fails unless each is found
set -eu
here=$(cd "$(dirname "$0")" && pwd)

# Headers without a source of their own, and why.
without_source="
include/tilslut/agreement/facts.h # plain values without functions
"

check() { # from the root of a tree
    wrong=0
    find include src -name '*.[ch]' | LC_ALL=C sort | xargs awk -f "$here/floors.awk" || wrong=1
    for header in include/tilslut/*/*.h; do
        source=${header#include/tilslut/}
        source=src/${source%h}c
        if [ ! -f "$source" ] && ! echo "$without_source" | grep -q "^$header #"; then
            echo "$header: there is no $source"
            wrong=1
        fi
    done
    others=$(find Makefile tools .ci tests schemas -name Makefile -o -name '*.sh' -o -name '*.[ch]' -o -name '*.awk' -o \
        -name '*.sql' | LC_ALL=C sort)
    # shellcheck disable=SC2086
    awk 'FNR == 1 { said = 0 }
        FNR <= 2 && /SPDX-License-Identifier: MPL-2.0/ { said = 1 }
        FNR == 2 && !said { print FILENAME ": does not say its licence in the first two lines"; wrong = 1 }
        FILENAME !~ /^\.ci\/floors/ && /TODO|FIXME|(^|[^X])XXX([^X]|$)/ { print FILENAME ":" FNR ": something is left to do"; wrong = 1 }
        END { exit wrong }' $others || wrong=1
    return $wrong
}

# Plants a line at the end of a file of the copy, and expects to read of it.
plant() { # FILE LINE COMPLAINT
    [ ! -f "$1" ] || cp "$1" .kept
    [ -f "$1" ] || echo '/* SPDX-License-Identifier: MPL-2.0 */' >"$1"
    printf '%s\n' "$2" >>"$1"
    if check >.said || ! grep -qF "$3" .said; then
        echo "not found: $3, after planting in $1: $2"
        cat .said
        failed=1
    fi
    if [ -f .kept ]; then mv .kept "$1"; else rm "$1"; fi
}

self_test() {
    copy=$(mktemp -d)
    trap 'rm -rf "$copy"' EXIT
    cp -R include src tests tools schemas Makefile .ci "$copy"
    cd "$copy"
    failed=0
    check || failed=1
    plant src/money/money.c '#include "tilslut/ledger/entry.h"' 'money includes '
    plant include/tilslut/key/key.h '#include "tilslut/store/store.h"' 'key includes '
    plant src/agreement/run.c '#include "../ledger/x.h"' "is neither public nor a private header of agreement"
    plant src/agreement/run.c '#include "handle.h"' "is neither public nor a private header of agreement"
    plant include/tilslut/key/key.h '#include "numbers.h"' 'a public header includes'
    plant src/agreement/run.c '#include <sqlite3.h>' '<sqlite3.h> is for the store only'
    plant src/report/doc.c '#include <xlsxwriter.h>' '<xlsxwriter.h> is for'
    plant src/report/doc.c '#include <libxml/xmlwriter.h>' '<libxml/xmlwriter.h> is for'
    plant src/report/doc.c '#include <hyphen.h>' '<hyphen.h> is for'
    plant src/agreement/run.c '#include <yaml.h>' '<yaml.h> is for'
    plant src/agreement/run.c '#include <md4c.h>' '<md4c.h> is for'
    plant src/store/store.c 'void f(void) { printf("x"); }' 'only cli prints'
    plant src/store/store.c 'char *f(void) { return getenv("HOME"); }' 'only cli prints'
    plant src/ledger/entry.c 'void f(void) { exit(1); }' 'only cli prints'
    plant src/ledger/entry.c '/* a */ long f(void) { return time(0); }' 'only cli prints'
    plant src/report/doc.c 'void *f(void) { return stderr; }' 'only cli knows the standard streams'
    plant src/cli/cli.c 'int f(char *a) { return atoi(a); }' 'cannot be told how much room'
    plant src/key/alloc.c 'double f(void);' 'floating point outside report'
    plant src/key/alloc.c '/* TO''DO: */' 'something is left to do'
    plant tests/support/check.c '/* TO''DO: */' 'something is left to do'
    plant include/tilslut/base/orphan.h '#ifndef TILSLUT_BASE_ORPHAN_H' 'there is no src/base/orphan.c'
    plant include/tilslut/base/orphan.h '#ifndef ORPHAN_H' 'its guard is not TILSLUT_BASE_ORPHAN_H'
    sed -i 1d tests/support/check.c
    if check >.said || ! grep -qF "tests/support/check.c: does not say its licence" .said; then
        echo "not found: a test without a licence"
        failed=1
    fi
    sed -i 1d src/base/text.c
    if check >.said || ! grep -qF "src/base/text.c:1: the first line is not the licence's" .said; then
        echo "not found: a source without a licence"
        failed=1
    fi
    [ "$failed" -eq 0 ] && echo "floors.sh finds what is planted"
    return $failed
}

case "${1:-}" in
"") check && echo "the floors are in order" ;;
--self-test) self_test ;;
*)
    echo "usage: floors.sh [--self-test]" >&2
    exit 2
    ;;
esac
