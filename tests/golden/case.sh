#!/bin/sh
# SPDX-License-Identifier: MPL-2.0
# Runs one golden case in a private copy of its fixture and compares what is said with what should be; see README.md.
# Called by run.sh, which sets the surroundings.
#
# usage: case.sh AREA/CASE.test
set -u
case=$GOLDEN/$1
name=${1%.test}
result=$WORK/cases/$(echo "$name" | tr / ,)
steps=$result.steps
box=$result.box
mkdir -p "$steps"

# Parts the case into its commands (N.sh) and what stands before each (N.kept); what was said is made anew.
awk -v steps="$steps" '
    BEGIN { n = 1 }
    /^\$ /     { file = steps "/" n ".sh"; print >(steps "/" n ".kept"); print substr($0, 3) >file; n++; next }
    /^> /      { print >(steps "/" n - 1 ".kept"); print substr($0, 3) >file; next }
    /^>$/      { print >(steps "/" n - 1 ".kept"); print "" >file; next }
    /^[|!?~]/  { next }
               { print >(steps "/" n ".kept") }
    END        { print n - 1 >(steps "/count") }' "$case"
read -r count <"$steps/count"

fixture=$(sed -n 's/^fixture //p' "$case")
cp -a "$WORK/fixtures/$fixture" "$box"

# Every file with its hash, every folder.
look() {
    (cd "$box" && find . -type f -exec sha256sum {} + | sort -k 2 && find . -type d | sort)
}

# What must hold after every command, whatever the case expects; a line beginning with ~ can not be accepted.
check() {
    command=$1 status=$2
    find "$box" \( -name '*-wal' -o -name '*-shm' -o -name '*-journal' -o -name '*.new-*' \) -printf '~ left behind: %P\n'
    for stream in "$steps/out" "$steps/err"; do
        [ ! -s "$stream" ] || [ -z "$(tail -c 1 "$stream")" ] || echo '~ the output does not end with a newline'
    done
    case $command in
    tilslut*) ;;
    *) return ;;
    esac
    if [ "$status" -ne 0 ]; then
        look | diff "$steps/before" - | sed -n 's/^[<>] /~ changed by a command that failed: /p'
    fi
    if [ "$status" -eq 2 ]; then
        [ ! -s "$steps/out" ] || echo '~ a refusal printed on standard output'
        [ "$(grep -c '^tilslut: ' "$steps/err")" = 1 ] || echo '~ a refusal is one error'
        ! grep '^tilslut: .*\.$' "$steps/err" | grep -qv 'kr\.$' || echo '~ the error ends with a full stop'
    fi
    case $command in
    'tilslut list '* | 'tilslut product status '* | 'tilslut overview'* | 'tilslut verify'* | 'tilslut trace '* | 'tilslut integrity '* | 'tilslut seal '* | 'tilslut export '* | 'tilslut report '* | 'tilslut allocate '* | 'tilslut changes '* | 'tilslut price '* | 'tilslut needed '* | 'tilslut together '* | 'tilslut outlook '* | 'tilslut terms check '* | 'tilslut terms show '* | 'tilslut help'*)
        look | grep '\.db' | diff "$steps/before.db" - | sed -n 's/^[<>] /~ changed by a command that reads: /p'
        ;;
    esac
}

n=1
while [ "$n" -le "$count" ]; do
    case $(cat "$steps/$n.sh") in
    tilslut*)
        look >"$steps/before"
        grep '\.db' "$steps/before" >"$steps/before.db"
        ;;
    esac
    (cd "$box" && timeout 300 sh -c '. "$GOLDEN/prelude.sh"; . "$1"' step "$steps/$n.sh") \
        >"$steps/out" 2>"$steps/err" </dev/null
    status=$?
    cat "$steps/$n.kept"
    awk '{ print ($0 == "" ? "|" : "| " $0) }' "$steps/out"
    awk '{ print ($0 == "" ? "!" : "! " $0) }' "$steps/err"
    [ "$status" -eq 0 ] || echo "? $status"
    check "$(cat "$steps/$n.sh")" "$status"
    n=$((n + 1))
done >"$result.actual"
[ ! -f "$steps/$n.kept" ] || cat "$steps/$n.kept" >>"$result.actual"

if diff -u --label "$name, expected" --label "$name, said" "$case" "$result.actual" >"$result.told"; then
    : >"$result.passed"
fi
chmod -R u+w "$box" && rm -rf "$box"
