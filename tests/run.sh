#!/bin/sh
# SPDX-License-Identifier: MPL-2.0
# Runs every test and counts: `tests/run.sh` from the project's root, after `make` has installed what is needed.
# The last line is `N passed, N failed`; what failed is printed above it. Logs are in build/logs/.
set -u
jobs=$(nproc 2>/dev/null || echo 2)
logs=build/logs
rm -rf "$logs"
mkdir -p "$logs"
passed=0
failed=0

# count NAME STATUS: adds up the closing line of a log, of cmocka or `N passed, N failed`
count() {
    ok=$(awk '/^\[  PASSED  \]/ { n += $4 } /^([A-Za-z]+: )?[0-9]+ passed, [0-9]+ failed/ {
            sub(/^[A-Za-z]+: /, ""); n += $1 } END { print n + 0 }' "$logs/$1")
    bad=$(awk '/^\[  FAILED  \] [0-9]+ test\(s\)/ { n += $4 } /^([A-Za-z]+: )?[0-9]+ passed, [0-9]+ failed/ {
            sub(/^[A-Za-z]+: /, ""); n += $3 } END { print n + 0 }' "$logs/$1")
    # a suite that died, or that ran nothing, has failed whatever it counted
    if [ "$2" -ne 0 ] && [ "$bad" -eq 0 ]; then bad=1; fi
    if [ "$ok" -eq 0 ] && [ "$bad" -eq 0 ]; then bad=1; fi
    passed=$((passed + ok))
    failed=$((failed + bad))
    printf '%-34s %5d passed %3d failed\n' "$1" "$ok" "$bad"
    if [ "$bad" -ne 0 ]; then tail -n 60 "$logs/$1" | sed 's/^/    /'; fi
}

# suite NAME COMMAND...: runs a command that prints its own count
suite() {
    name=$1
    shift
    "$@" >"$logs/$name" 2>&1
    count "$name" $?
}

# check NAME COMMAND...: a command whose exit status is its verdict, counted as one test
check() {
    name=$1
    shift
    if "$@" >"$logs/$name" 2>&1; then echo "1 passed, 0 failed" >>"$logs/$name"; else echo "0 passed, 1 failed" >>"$logs/$name"; fi
    count "$name" 0
}

# unit NAME BUILD: every unit test of a build, two at a time; backwards, since the longest are of report
unit() {
    mkdir -p "$logs/$1.d"
    find "$2/tests/unit" -name '*_test' -type f | LC_ALL=C sort -r |
        xargs -P "$jobs" -I{} sh -c '
            log=$2/$(echo "${1#*tests/unit/}" | tr / -)
            "$1" >"$log" 2>&1
            status=$?
            if [ $status -ne 0 ] && ! grep -q "^\[  FAILED  \] [0-9]* test" "$log"; then
                echo "$1 died with status $status" >>"$log"
                echo "0 passed, 1 failed" >>"$log"
            fi' sh {} "$logs/$1.d"
    cat "$logs/$1.d"/* >"$logs/$1" 2>/dev/null
    grep -h -E '^\[  FAILED  \]|^\[ +ERROR|died with status' "$logs/$1.d"/* >"$logs/$1.failures" 2>/dev/null
    count "$1" 0
    sed 's/^/    /' "$logs/$1.failures"
    rm -f "$logs/$1.failures"
}

export ASAN_OPTIONS=abort_on_error=1:detect_leaks=1
export UBSAN_OPTIONS=abort_on_error=1:print_stacktrace=1

check build-gcc make -j"$jobs" CC=gcc all tests
check build-sanitized make -j"$jobs" CC=gcc SANITIZE=address,undefined OPTIMIZE='-O1 -g' BUILD=build/asan all tests
check build-clang make -j"$jobs" CC=clang OPTIMIZE='-O1' BUILD=build/clang all tests

check floors .ci/floors.sh
check exports .ci/exports.sh build

unit unit build
unit unit-sanitized build/asan
suite golden tests/golden/run.sh build/tilslut
# without the longest areas, whose code the others and the unit tests go through as well
areas=$(cd tests/golden && for area in */; do case $area in fixtures/ | refuse/ | story/ | tamper/) ;; *) echo "${area%/}" ;; esac; done)
# shellcheck disable=SC2086
suite golden-sanitized tests/golden/run.sh build/asan/tilslut $areas
suite fault tests/fault/run.sh build/tilslut
suite concurrency tests/concurrency/run.sh build/tilslut
check fuzz-replay make SANITIZE=address,undefined OPTIMIZE='-O1 -g' BUILD=build/asan replay
check valgrind tests/valgrind.sh build/tilslut
check demo tools/demo.sh build/tilslut build/demo

echo
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
