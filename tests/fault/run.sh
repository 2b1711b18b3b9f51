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

# file_cases COMMAND: each of its calls that change a file, of many the first, the last, and some between. A full disk,
# which stays full, is tried from every third of them on.
file_cases() {
    read -r calls _ <"$WORK/clean/$1.calls"
    awk -v command="$1" -v calls="$calls" 'BEGIN {
        step = int(calls / 70) + 1
        for (n = 1; n <= calls; n++)
            if (calls <= 60 || n <= 30 || n > calls - 30 || n % (2 * step) == 0)
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

# Ten programs record payments at once, while another reads all the time. Says what is wrong.
try_writers() {
    cp -R "$WORK/stages/billed" "$WORK/boxes/writers"
    cd "$WORK/boxes/writers"
    (while [ ! -e done ]; do
        timeout 30 "$PROGRAM" list entries >reader.out 2>&1 || cat reader.out >>reader.wrong
    done) &
    reader=$!
    writers=
    for i in 0 1 2 3 4 5 6 7 8 9; do
        (timeout 30 "$PROGRAM" pay 0751 "1$i" --date 2026-02-11 --reference "bank-$i" >"$i.out" 2>&1 ||
            sed "s/^/payment $i: /" "$i.out" >"$i.wrong") &
        writers="$writers $!"
    done
    wait $writers
    : >done
    wait $reader
    cat ./*.wrong 2>/dev/null || true
    "$PROGRAM" list entries --csv >entries.csv || echo 'the entries cannot be listed'
    for i in 0 1 2 3 4 5 6 7 8 9; do
        [ "$(grep -c "bank-$i" entries.csv)" = "$(grep -c 'bank-0' entries.csv)" ] || echo "payment $i is not there once"
    done
    payments=$(sqlite3 tilslut.db "SELECT count(*) || ' ' || count(DISTINCT reference) FROM entry WHERE kind = 'payment'")
    [ "$payments" = '10 10' ] || echo "payments, and references: $payments"
    "$PROGRAM" verify >verify.out 2>&1 || cat verify.out
    cd "$ROOT"
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

try_writers >"$WORK/writers" 2>&1
if [ -s "$WORK/writers" ]; then
    failed=$((failed + 1))
    echo 'FAIL ten programs that write, and one that reads'
    sed 's/^/    /' "$WORK/writers"
else
    passed=$((passed + 1))
fi
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
