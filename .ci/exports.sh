#!/bin/sh
# SPDX-License-Identifier: MPL-2.0
# Compares the library with its headers: each function and table that include/ declares is defined, and each global
# symbol is declared, in include/ or in a private header of its floor, which no other floor then uses.
#
# usage: exports.sh [BUILD]             after `make`; BUILD is build/ when not given
#        exports.sh --self-test [BUILD] plants one violation of each rule in a copy, and fails unless each is found
set -eu

# The names that headers declare: name( outside of types, bodies and macros, and extern tables.
declared() { # HEADER...
    for header in "$@"; do
        sed 's,//.*,,' "$header" | awk '
            { text = text $0 "\n" }
            END {
                while ((from = index(text, "/*")) > 0) {
                    rest = substr(text, from)
                    text = substr(text, 1, from - 1) " " substr(rest, index(rest, "*/") + 2)
                }
                gsub(/\\\n/, " ", text)
                count = split(text, lines, "\n")
                text = ""
                for (i = 1; i <= count; i++)
                    if (lines[i] !~ /^[ \t]*#/)
                        text = text lines[i] " "
                count = split(text, statements, ";")
                for (i = 1; i <= count; i++) {
                    s = statements[i]
                    if (s ~ /(^|[ \t}])typedef[ \t]/ || s ~ /(^|[ \t])static[ \t]/)
                        continue
                    sub(/.*}/, "", s)
                    if (match(s, /[A-Za-z_][A-Za-z0-9_]*[ ]*\([^*]/)) {
                        name = substr(s, RSTART, RLENGTH - 2)
                        sub(/ +$/, "", name)
                        print name
                    } else if (s ~ /(^|[ \t])extern[ \t]/ && match(s, /[A-Za-z_][A-Za-z0-9_]*[ ]*(\[[^\]]*\][ ]*)*$/)) {
                        name = substr(s, RSTART, RLENGTH)
                        sub(/[ \[].*$/, "", name)
                        print name
                    }
                }
            }'
    done | LC_ALL=C sort -u
}

defined() { # OBJECT...
    nm -g --defined-only "$@" | awk 'NF == 3 && $2 ~ /^[TDBRVWC]$/ { print $3 }' | LC_ALL=C sort -u
}

# An object whose source is gone is no part of the library.
objects() { # ROOT BUILD FOLDER
    (cd "$2" && find "$3" -name '*.o') | while read -r object; do
        [ ! -f "$1/${object%o}c" ] || echo "$2/$object"
    done
}

complain() {
    echo "$1"
    wrong=1
}

check() { # ROOT BUILD
    wrong=0
    work=$(mktemp -d)
    export LC_ALL=C
    (cd "$1" && declared include/tilslut/*/*.h) >"$work/public"
    objects "$1" "$2" src | grep -v "^$2/src/cli/" | xargs nm -g --defined-only |
        awk 'NF == 3 && $2 ~ /^[TDBRVWC]$/ { print $3 }' >"$work/all"
    defined "$2/embedded.o" >>"$work/all"
    sort -u "$work/all" -o "$work/all"
    defined "$2/libtilslut.a" >"$work/archive"

    for name in $(comm -23 "$work/public" "$work/archive"); do
        complain "$name: declared in include/, but not defined in the library"
    done
    for name in $(comm -3 "$work/all" "$work/archive"); do
        complain "$name: the library is not what its objects are; build it again"
    done
    : >"$work/private"
    for floor in "$2"/src/*/; do
        floor=$(basename "$floor")
        [ "$floor" != cli ] || continue
        headers=$(find "$1/src/$floor" -name '*.h')
        # shellcheck disable=SC2086
        if [ -n "$headers" ]; then declared $headers; fi >"$work/headers"
        # shellcheck disable=SC2046
        defined $(objects "$1" "$2" "src/$floor") >"$work/floor"
        comm -12 "$work/public" "$work/headers" >"$work/twice"
        while read -r name; do complain "$name: declared in include/ and privately in $floor"; done <"$work/twice"
        sort -u "$work/public" "$work/headers" | comm -23 "$work/floor" - >"$work/undeclared"
        while read -r name; do complain "$name: global in $floor, but declared in no header"; done <"$work/undeclared"
        comm -12 "$work/floor" "$work/headers" | sed "s/\$/ $floor/" >>"$work/private"
        comm -23 "$work/headers" "$work/floor" >"$work/missing"
        while read -r name; do complain "$name: declared privately in $floor, but not defined there"; done <"$work/missing"
    done
    for object in "$2"/src/*/*.o; do
        floor=$(basename "$(dirname "$object")")
        nm -u "$object" | awk '{ print $NF }' | sort -u >"$work/used"
        awk -v floor="$floor" 'FNR == NR { home[$1] = $2; next }
            ($1 in home) && home[$1] != floor { print $1 " is private to " home[$1] ", but used in " floor }' \
            "$work/private" "$work/used" >"$work/abroad"
        while read -r line; do complain "$line: $(basename "$object" .o).c"; done <"$work/abroad"
    done
    rm -rf "$work"
    return $wrong
}

expect() { # COMPLAINT
    if check "$copy" "$copy/build" >"$copy/said" || ! grep -qF "$1" "$copy/said"; then
        echo "not found: $1"
        cat "$copy/said"
        failed=1
    fi
}

compile() { # NAME CODE; into the copy's objects and library
    mkdir -p "$copy/build/$(dirname "$1")"
    printf '%s\n' "$2" >"$copy/$1.c"
    ${CC:-cc} -c -o "$copy/build/$1.o" "$copy/$1.c"
    ar rcs "$copy/build/libtilslut.a" "$copy/build/$1.o"
}

remove() { # NAME
    rm "$copy/build/$1.o" "$copy/$1.c"
    ar d "$copy/build/libtilslut.a" "$(basename "$1").o"
}

self_test() { # BUILD
    copy=$(mktemp -d)
    trap 'rm -rf "$copy"' EXIT
    failed=0
    mkdir -p "$copy/build"
    cp -R include src "$copy"
    (cd "$1" && find src -name '*.o') | while read -r object; do
        mkdir -p "$copy/build/$(dirname "$object")"
        cp "$1/$object" "$copy/build/$object"
    done
    cp "$1/embedded.o" "$1/libtilslut.a" "$copy/build"
    check "$copy" "$copy/build" || failed=1

    echo 'int tl_planted_do(int a);' >"$copy/include/tilslut/base/planted.h"
    expect "tl_planted_do: declared in include/, but not defined"
    compile src/base/planted 'int tl_planted_do(int a); int tl_planted_do(int a) { return a; }'
    check "$copy" "$copy/build" || failed=1
    rm "$copy/include/tilslut/base/planted.h"
    expect "tl_planted_do: global in base, but declared in no header"
    echo 'int tl_planted_do(int a);' >"$copy/src/base/planted.h"
    check "$copy" "$copy/build" || failed=1
    compile src/ledger/plantee 'int tl_planted_do(int a); static int f(void) { return tl_planted_do(1); } int (*const tl_plantee)(void);
        __attribute__((used)) static int (*g)(void) = f;'
    echo 'extern int (*const tl_plantee)(void); extern int tl_plantee[];' >"$copy/src/ledger/plantee.h"
    expect "tl_planted_do is private to base, but used in ledger: plantee.c"
    remove src/ledger/plantee
    rm "$copy/src/ledger/plantee.h"
    remove src/base/planted
    expect "tl_planted_do: declared privately in base, but not defined there"
    [ "$failed" -eq 0 ] && echo "exports.sh finds what is planted"
    return $failed
}

if [ "${1:-}" = --self-test ]; then
    self_test "${2:-build}"
else
    [ -f "${1:-build}/libtilslut.a" ] || {
        echo "exports.sh: there is no ${1:-build}/libtilslut.a; run make first" >&2
        exit 2
    }
    check . "${1:-build}" && echo "the library exports what its headers declare"
fi
