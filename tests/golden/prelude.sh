# SPDX-License-Identifier: MPL-2.0
# Words that fixtures and cases may use beside tilslut and the tools of every system.

# at DATE COMMAND...: runs a command as if it were noon of that day (UTC).
at() {
    moment=$(date -u -d "$1 12:00" +%s)
    shift
    SOURCE_DATE_EPOCH=$moment "$@"
}

# sql FILE STATEMENTS...: what another program does to a ledger; the shell goes on after an error, and says so.
sql() {
    file=$1
    shift
    for statement in "$@"; do
        case $statement in
        .*) echo "$statement" ;;
        *) echo "$statement;" ;;
        esac
    done | sqlite3 "$file" 2>&1
}

# tamper STATEMENTS...: what verify says of a copy of the ledger that someone changed who took the schema's triggers
# away and put them back, without the head of the chain. The ledger itself stays as it is. $with: options of verify.
tamper() {
    if [ ! -f guards.off ]; then
        sqlite3 tilslut.db "SELECT 'DROP TRIGGER ' || name || ';' FROM sqlite_schema WHERE type = 'trigger'" >guards.off
        sqlite3 tilslut.db "SELECT sql || ';' FROM sqlite_schema WHERE type = 'trigger'" >guards.on
    fi
    cp tilslut.db tampered.db
    tampered=0
    if {
        echo 'PRAGMA ignore_check_constraints = ON; PRAGMA synchronous = OFF; BEGIN;'
        cat guards.off
        printf '%s;\n' "$@"
        cat guards.on
        echo 'COMMIT;'
    } | sqlite3 -bail tampered.db 2>tampering.err; then
        tilslut -f tampered.db verify ${with-} >tampering.out 2>tampering.err || tampered=$?
        grep -v "^head of the chain" tampering.out
        cat tampering.err >&2
    else
        sed "s, near line [0-9]*,," tampering.err >&2
    fi
    rm -f tampered.db tampering.*
    return "$tampered"
}

# pick COLUMNS [WHERE]: columns of the CSV on standard input, by their names.
pick() {
    cat >picked.csv
    sqlite3 -csv :memory: '.import --csv picked.csv x' "SELECT $1 FROM x WHERE ${2-true}"
    rm picked.csv
}

# masked: hashes, whole or their first sixteen digits, which change with every byte under them.
masked() {
    sed 's/\b[0-9a-f]\{64\}\b/(hash)/g; s/\b[0-9a-f]\{16\}\b/(hash)/g'
}

# follow CASE: takes the steps of a case, without what it expects, so that a fixture stands where the case ends. Its
# refusals are refused here as well; that the case says what it should is seen where it runs.
follow() {
    sed -n -e 's/^[$>] //p' -e 's/^>$//p' "$GOLDEN/$1.test" >followed
    (
        set +e
        . ./followed
        true
    )
    rm followed
}
