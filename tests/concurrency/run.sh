#!/bin/sh
# SPDX-License-Identifier: MPL-2.0
# Ten processes at one ledger for a few seconds: eight post payments one after another, one reads, verifies and copies,
# and one repeats payments that were posted before. Afterwards every payment that a process was told of is there once,
# no other is, and verify finds nothing. Beside them, a ledger that another program keeps locked is waited for as long
# as is said, and no longer.
#
# usage: run.sh PROGRAM [SECONDS]
set -eu
if [ $# -lt 1 ] || [ ! -x "$1" ]; then
    echo "usage: run.sh PROGRAM [SECONDS]" >&2
    exit 2
fi
PROGRAM=$(realpath "$1")
seconds=${2-7}
data=$(cd "$(dirname "$0")/../data" && pwd)
WORK=$(mktemp -d "${TMPDIR:-/tmp}/tilslut-concurrency.XXXXXX")
trap 'rm -rf "$WORK"' EXIT
trap 'exit 130' HUP INT TERM
unset TILSLUT_FILE SOURCE_DATE_EPOCH
export TILSLUT_ACTOR=sekretariat LC_ALL=C.UTF-8
cd "$WORK"
passed=0 failed=0

# holds NAME COMMAND...: one statement about what is there, true when the command says nothing
holds() {
    name=$1
    shift
    if "$@" >said 2>&1 && [ ! -s said ]; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "FAIL $name"
        sed -n '1,20s/^/    /p' said
    fi
}

"$PROGRAM" init >prepared
"$PROGRAM" import parties "$data/parties.csv" >>prepared
cp tilslut.db locked.db

# A writer that is kept out gives up after ten seconds, with the reason.
wait_for_lock() {
    (echo 'BEGIN IMMEDIATE;'; sleep 12) | sqlite3 locked.db &
    holder=$!
    sleep 0.5
    from=$(date +%s)
    status=0
    "$PROGRAM" -f locked.db pay 0751 1 --date 2026-02-11 >locked.out 2>locked.err || status=$?
    echo $(($(date +%s) - from)) "$status" >locked.took
    wait $holder
}

# write WHO: payments, each with a reference of its own; what was told to be posted is noted down.
write() {
    n=0
    while [ ! -e stop ]; do
        n=$((n + 1))
        if "$PROGRAM" pay 0751 "$n" --date 2026-02-11 --reference "$1-$n" >"$1.out" 2>"$1.err"; then
            echo "$1-$n" >>"$1.posted"
        else
            sed "s/^/$1-$n: /" "$1.err" >>wrong
        fi
    done
}

# The same payments again and again: the first is posted, the others are not.
repeat() {
    while [ ! -e stop ]; do
        "$PROGRAM" pay 0851 5 --date 2026-02-11 --reference again >repeat.out 2>repeat.err || cat repeat.err >>wrong
    done
}

read_all() {
    n=0
    while [ ! -e stop ]; do
        n=$((n + 1))
        "$PROGRAM" list entries --party 0851 >read.out 2>&1 || cat read.out >>wrong
        "$PROGRAM" verify >verify.out 2>&1 || cat verify.out >>wrong
        "$PROGRAM" backup "copy-$n.db" >copy.out 2>&1 || cat copy.out >>wrong
    done
}

wait_for_lock &
lock=$!
writers='a b c d e f g h'
: >wrong
pids=
for who in $writers; do
    write "$who" &
    pids="$pids $!"
done
repeat &
pids="$pids $!"
read_all &
pids="$pids $!"
sleep "$seconds"
: >stop
wait $pids
wait $lock

cat ./*.posted | sort >told
sqlite3 tilslut.db "SELECT reference FROM entry WHERE reference <> 'again' ORDER BY reference" | sort >there
busy() { for who in $writers; do [ -s "$who.posted" ] || echo "$who posted nothing"; done; }
copies() {
    ls copy-*.db >copies || echo 'no copy was made'
    while read -r copy; do
        "$PROGRAM" -f "$copy" verify >copy.out 2>&1 || { echo "$copy:" && cat copy.out; }
        "$PROGRAM" integrity "$copy" >copy.out 2>&1 || { echo "$copy:" && cat copy.out; }
    done <copies
}
once() { [ "$(sqlite3 tilslut.db "SELECT count(*) FROM entry WHERE reference = 'again'")" = 1 ] || echo 'not once'; }
verified() { "$PROGRAM" verify >verify.out 2>&1 || cat verify.out; }
gaps() {
    sqlite3 tilslut.db "SELECT 'entries ' || count(*) || ', last ' || max(id) FROM entry HAVING count(*) <> max(id)"
    sqlite3 tilslut.db "SELECT 'acts ' || count(*) || ', last ' || max(id) FROM act HAVING count(*) <> max(id)"
}
waited() {
    read -r took status <locked.took
    [ "$status" = 2 ] && [ "$took" -ge 9 ] && [ "$took" -le 12 ] || echo "after $took seconds, exit status $status"
    printf '%s\n' "tilslut: 'locked.db' is in use by another program" \
        'hint: it was waited for during 10 seconds; run the command again' | diff - locked.err
}

holds 'no process is refused or fails' cat wrong
holds 'every process that writes gets its turn' busy
holds 'every payment that was told of is there once, and no other' diff told there
holds 'a payment that is repeated is there once' once
holds 'numbers have no gaps' gaps
holds 'verify finds nothing' verified
holds 'every copy made meanwhile is whole, and a copy of the ledger' copies
holds 'a locked ledger is waited for ten seconds, and the error says so' waited
echo "$(wc -l <told) payments, $(wc -l <copies) copies"
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
