#!/bin/sh
# SPDX-License-Identifier: MPL-2.0
# Lets one call of one command go wrong in a private copy of its ledger, and looks at what is left; see README.md.
# Called by run.sh, which sets the surroundings. Writes $WORK/results/COMMAND.HOW.N: empty, or what is wrong.
#
# usage: case.sh COMMAND HOW N
set -u
command=$1 how=$2 n=$3
. "$ROOT/tests/fault/commands.sh"
ulimit -c 0
box=$WORK/boxes/$command.$how.$n
side=$box.side # what the case notes down, beside the folder it looks at
clean=$WORK/clean/$command
result=$WORK/results/$command.$how.$n
rm -rf "$box" "$side"
mkdir -p "$side"
cp -R "$WORK/stages/$(stage_of "$command")" "$box"
cd "$box" || exit 1

wrong() { printf '%s\n' "$1" >>"$side/wrong"; }

# leftovers ALLOWED: files that only a running program should have, but for those whose names match the pattern.
leftovers() {
    find . \( -name '*-wal' -o -name '*-shm' -o -name '*-journal' -o -name '*.new-*' \) | grep -Ev "$1" |
        while read -r file; do wrong "left behind: $file"; done
}

# Documents are whole or not there. With `all`, every one is there.
look_at_documents() {
    [ -d "$clean.box/out" ] || return
    for name in $(cd "$clean.box/out" && find . -type f | sed 's,^\./,,'); do
        file=$clean.box/out/$name
        if [ -e "out/$name" ]; then
            cmp -s "$file" "out/$name" || wrong "out/$name is not what was issued"
        elif [ "$1" = all ]; then
            wrong "out/$name is missing"
        fi
    done
    [ ! -d out ] || for file in $(find out -type f); do
        case $file in *.new-*) continue ;; esac # a draft: see leftovers
        [ ! -e "$file" ] || [ -e "$clean.box/$file" ] || wrong "$file should not be there"
    done
}

# The ledger opens, verify finds nothing, and its facts are as before or as after; $now is then which, or "before after"
# of a command that records nothing.
look_at_ledger() {
    if [ -e tilslut.db ] && ! "$PROGRAM" verify >"$side/verify" 2>&1; then
        wrong "verify: $(head -n 1 "$side/verify")"
    fi
    found=$(state 2>&1)
    now=
    [ "$found" != "$(cat "$clean.before")" ] || now=before
    [ "$found" != "$(cat "$clean.after")" ] || now="$now after"
    [ -n "$now" ] || wrong 'the ledger is neither as before nor as after'
}

# must_be WHICH WHEN
must_be() {
    case " $now " in
    *" $1 "*) ;;
    *) wrong "$2, but the ledger is not as $1" ;;
    esac
}

is_one_error() { [ "$(grep -c '^tilslut: ' "$side/err")" = 1 ]; }

is_after() {
    must_be after 'exit status 0'
    cmp -s "$clean.out" "$side/out" || wrong 'exit status 0, but the output is not that of a clean run'
    look_at_documents all
}

# The command again, undisturbed: it does what was asked for, or finds it done.
run_again() {
    again=0
    do_command "$command" >"$side/out2" 2>"$side/err2" || again=$?
    if [ $again -eq 2 ] && grep -q "$(done_already "$command")" "$side/err2"; then
        must_be after 'run again, it says that it is done'
    elif [ $again -ne 0 ]; then
        wrong "run again, exit status $again: $(head -n 1 "$side/err2")"
    fi
    look_at_ledger
    must_be after 'run again'
    look_at_documents all
    leftovers '^$'
}

status=0
(
    export FAULT_HOW="$how" FAULT_AT="$n" FAULT_TOLD="$side/told" LD_PRELOAD="$FAULTS"
    do_command "$command"
) >"$side/out" 2>"$side/err" </dev/null || status=$?
told=$(cat "$side/told" 2>/dev/null)

if [ "$how" = kill ]; then
    [ $status -eq 137 ] || wrong "exit status $status, where it should have been killed"
    look_at_ledger
    look_at_documents some
else
    look_at_ledger
    case $how.$status in
    *.0) is_after ;;
    memory.2)
        is_one_error || wrong 'there is not one error'
        grep -q '^tilslut: .*out of memory' "$side/err" || wrong "not out of memory: $(head -n 1 "$side/err")"
        must_be before 'refused'
        ;;
    memory.134)
        grep -q '^GNU MP: Cannot \(re\)*allocate memory' "$side/err" || wrong 'aborted, and not by GMP'
        must_be before 'aborted'
        ;;
    eio.2 | enospc.2)
        is_one_error || wrong 'there is not one error'
        look_at_documents some
        ;;
    *) wrong "exit status $status" ;;
    esac
    # a file that cannot be removed stays
    case $told in
    *unlink) leftovers '\.new-[^/]*$' ;;
    *) leftovers '^$' ;;
    esac
fi
[ "$how" = memory ] || run_again

if [ -e "$side/wrong" ]; then
    echo "FAIL $command, $how at ${told:-call $n}"
    sed 's/^/    /' "$side/wrong"
    echo "    to see it: tests/fault/run.sh $PROGRAM $FAULTS $command $how $n"
    [ -z "${FAULT_SHOW-}" ] || sed 's/^/    ! /' "$side/err"
fi >"$result"
rm -rf "$box" "$side"
