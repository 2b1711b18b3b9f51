#!/bin/sh
# SPDX-License-Identifier: MPL-2.0
# Runs the main job's commands under valgrind: no error, no leak. usage: valgrind.sh PROGRAM (from the project's root)
set -eu
program=$1
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
export TILSLUT_FILE="$folder/tilslut.db" TILSLUT_ACTOR=sekretariat SOURCE_DATE_EPOCH=1767225600
# fontconfig keeps its configuration for the life of the process, by design
cat >"$folder/suppressions" <<'END'
{
    fontconfig
    Memcheck:Leak
    ...
    obj:*libfontconfig*
}
END
tilslut() {
    valgrind --quiet --error-exitcode=99 --leak-check=full --show-leak-kinds=definite,possible \
        --suppressions="$folder/suppressions" "$program" "$@"
}
tilslut init
tilslut import parties tests/data/parties.csv
tilslut import population tests/data/statbank/FOLK1A-2025K1-Value.csv
tilslut product add os2compliance --name OS2compliance --psp XG-9212045410 --level 3
tilslut terms adopt examples/os2compliance.yaml --decision "styregruppe 2025-10-28 pkt. 3"
tilslut join os2compliance 0410,0751,0825 --signed 2025-12-01 --from 2026-01-01 --with hosting
tilslut allocate os2compliance 2026
tilslut allocate os2compliance 2026 --json
tilslut allocate os2compliance 2026 --explain 0751
tilslut agreement os2compliance 0751 -o "$folder"
tilslut bill os2compliance 2026
tilslut approve 1 --as regnskab
tilslut pay 0751 1000 --date 2026-02-11
tilslut statement 2026 --all -o "$folder"
tilslut list entries
tilslut verify
# a refusal releases what it held, too
if tilslut bill os2compliance 2026; then exit 1; else [ $? -eq 2 ]; fi
