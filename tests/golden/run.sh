#!/bin/sh
# SPDX-License-Identifier: MPL-2.0
# Runs the golden cases against a program and tells which say something else than they should. README.md beside this
# file describes what a case looks like.
#
# usage: run.sh [--accept] PROGRAM [AREA | AREA/CASE]...
#
# --accept writes what the program said into the cases; read the difference before it is committed.
set -eu

accept=no
if [ "${1-}" = --accept ]; then
    accept=yes
    shift
fi
if [ $# -lt 1 ] || [ ! -x "$1" ]; then
    echo "usage: run.sh [--accept] PROGRAM [AREA | AREA/CASE]..." >&2
    exit 2
fi
program=$(realpath "$1")
shift

GOLDEN=$(cd "$(dirname "$0")" && pwd)
ROOT=$(cd "$GOLDEN/../.." && pwd)
# in memory where that can be had: the program waits for the disk at every commit
folder=/dev/shm
[ -w $folder ] || folder=${TMPDIR:-/tmp}
WORK=$(mktemp -d "$folder/tilslut-golden.XXXXXX")
trap 'chmod -R u+w "$WORK" && rm -rf "$WORK"' EXIT
trap 'exit 130' HUP INT TERM
export GOLDEN ROOT WORK

mkdir "$WORK/bin" "$WORK/fixtures" "$WORK/cases"
ln -s "$program" "$WORK/bin/tilslut"
# the same surroundings for every case, on every machine
unset TILSLUT_FILE NO_COLOR
export PATH="$WORK/bin:$PATH" LC_ALL=C.UTF-8 TZ=UTC TILSLUT_ACTOR=sekretariat
SOURCE_DATE_EPOCH=$(date -u -d '2026-02-20 12:00' +%s)
export SOURCE_DATE_EPOCH

# A fixture is a shared starting point: a folder made once, by its script, out of the fixture it begins from.
make_fixture() {
    [ -d "$WORK/fixtures/$1" ] && return
    script=$GOLDEN/fixtures/$1.sh
    from=$(sed -n 's/^# from: //p' "$script")
    if [ -n "$from" ]; then
        (make_fixture "$from")
        cp -a "$WORK/fixtures/$from" "$WORK/fixtures/$1.new"
    else
        mkdir "$WORK/fixtures/$1.new"
        ln -s "$ROOT/tests/data" "$WORK/fixtures/$1.new/data"
        ln -s "$ROOT/examples" "$WORK/fixtures/$1.new/examples"
    fi
    if ! (cd "$WORK/fixtures/$1.new" && sh -eu -c '. "$GOLDEN/prelude.sh"; . "$1"' fixture "$script") \
        >"$WORK/fixture.out" 2>&1; then
        echo "the fixture $1 could not be made:" >&2
        cat "$WORK/fixture.out" >&2
        exit 1
    fi
    mv "$WORK/fixtures/$1.new" "$WORK/fixtures/$1"
}

cases=$WORK/list
[ $# -gt 0 ] || set -- .
(cd "$GOLDEN" && for what in "$@"; do
    if [ -d "$what" ]; then find "$what" -name '*.test'; else echo "${what%.test}.test"; fi
done) | sed 's,^\./,,' | sort -u >"$cases"

for fixture in $(cd "$GOLDEN" && xargs sed -n 's/^fixture //p' <"$cases" | sort -u); do
    make_fixture "$fixture"
done

# each leaves what it has to say in $WORK/cases; backwards, since the longest are of tamper and are not to end last
sort -r "$cases" | xargs -P 2 -n 1 "$GOLDEN/case.sh" || true

passed=0 failed=0
while read -r case; do
    result=$WORK/cases/$(echo "${case%.test}" | tr / ,)
    if [ -f "$result.passed" ]; then
        passed=$((passed + 1))
        continue
    fi
    failed=$((failed + 1))
    echo "FAIL ${case%.test}"
    [ ! -f "$result.told" ] || cat "$result.told"
    if [ "$accept" = yes ] && [ -f "$result.actual" ] && ! grep -q '^~' "$result.actual"; then
        cp "$result.actual" "$GOLDEN/$case"
        echo "accepted ${case%.test}"
    fi
done <"$cases"
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
