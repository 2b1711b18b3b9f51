#!/bin/sh
# SPDX-License-Identifier: MPL-2.0
# Kills the program at every call that changes a file, makes each of them fail, and lets memory run out; see README.md.
#
# usage: run.sh PROGRAM [FAULTS.SO [COMMAND HOW N]]
#
# With COMMAND HOW N only that case is run, and what the program said is shown.
set -eu
if [ $# -lt 1 ] || [ ! -x "$1" ]; then
    echo "usage: run.sh PROGRAM [FAULTS.SO [COMMAND HOW N]]" >&2
    exit 2
fi
ROOT=$(cd "$(dirname "$0")/../.." && pwd)
PROGRAM=$(realpath "$1")
FAULTS=$(realpath "${2-$ROOT/build/tests/fault/faults.so}")
if [ ! -f "$FAULTS" ]; then
    echo "run.sh: there is no $FAULTS; make tests builds it" >&2
    exit 2
fi
# in memory where that can be had: the program waits for the disk at every commit
folder=/dev/shm
[ -w $folder ] || folder=${TMPDIR:-/tmp}
WORK=$(mktemp -d "$folder/tilslut-fault.XXXXXX")
trap 'rm -rf "$WORK"' EXIT
trap 'exit 130' HUP INT TERM
unset TILSLUT_FILE NO_COLOR LD_PRELOAD
export ROOT PROGRAM FAULTS WORK LC_ALL=C.UTF-8 TZ=UTC TILSLUT_ACTOR=sekretariat
SOURCE_DATE_EPOCH=$(date -u -d '2026-02-20 12:00' +%s)
export SOURCE_DATE_EPOCH
. "$ROOT/tests/fault/commands.sh"

# run_clean COMMAND: the ledger before and after, the output and the number of calls of an undisturbed run.
run_clean() {
    cp -R "$WORK/stages/$(stage_of "$1")" "$WORK/clean/$1.box"
    cd "$WORK/clean/$1.box"
    state >"$WORK/clean/$1.before"
    (
        export FAULT_HOW=count FAULT_TOLD="$WORK/clean/$1.calls" LD_PRELOAD="$FAULTS"
        do_command "$1"
    ) >"$WORK/clean/$1.out" 2>"$WORK/clean/$1.err"
    state >"$WORK/clean/$1.after"
    cd "$ROOT"
}

# file_cases COMMAND: the calls that change a file, of many the first, the last, and some between; of a command that is
# not among $thorough_commands a few of them. A full disk, which stays full, is tried from every third on.
file_cases() {
    read -r calls _ <"$WORK/clean/$1.calls"
    case " $thorough_commands " in *" $1 "*) thorough=1 ;; *) thorough=0 ;; esac
    awk -v command="$1" -v calls="$calls" -v thorough="$thorough" 'BEGIN {
        first = thorough ? 30 : 1
        last = thorough ? 30 : 2
        step = thorough ? 2 * (int(calls / 70) + 1) : int(calls / 3) + 1
        for (n = 1; n <= calls; n++)
            if ((thorough && calls <= 60) || n <= first || n > calls - last || n % step == 0)
                print command, "kill", n "\n" command, "eio", n (n % 3 == 1 ? "\n" command " enospc " n : "")
    }'
}

# memory_cases COMMAND: forty of its calls for memory, all over the run.
memory_cases() {
    read -r _ calls <"$WORK/clean/$1.calls"
    awk -v command="$1" -v calls="$calls" 'BEGIN {
        for (i = 0; i < 40; i++) print command, "memory", int((i + 0.5) * calls / 40) + 1
    }'
}

mkdir -p "$WORK/clean" "$WORK/boxes" "$WORK/results"
if ! (make_stages && for command in $commands $memory_commands; do
    [ -e "$WORK/clean/$command.after" ] || run_clean "$command"
done) >"$WORK/prepared" 2>&1; then
    echo "the ledgers could not be prepared:" >&2
    cat "$WORK/prepared" >&2
    exit 1
fi

if [ $# -eq 5 ]; then
    FAULT_SHOW=yes "$ROOT/tests/fault/case.sh" "$3" "$4" "$5"
    cat "$WORK"/results/*
    [ ! -s "$WORK/results/$3.$4.$5" ]
    exit
fi

{
    for command in $commands; do file_cases "$command"; done
    for command in $memory_commands; do memory_cases "$command"; done
} >"$WORK/cases"
xargs -P 2 -L 1 timeout 60 "$ROOT/tests/fault/case.sh" <"$WORK/cases" || true
passed=0 failed=0
while read -r command how n; do
    result=$WORK/results/$command.$how.$n
    if [ -e "$result" ] && [ ! -s "$result" ]; then
        passed=$((passed + 1))
        continue
    fi
    failed=$((failed + 1))
    cat "$result" 2>/dev/null || echo "FAIL $command, $how at call $n: it did not end"
done <"$WORK/cases"

echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
