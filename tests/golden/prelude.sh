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
    printf '%s;\n' "$@" | sqlite3 "$file" 2>&1
}
