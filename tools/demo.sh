#!/bin/sh
# SPDX-License-Identifier: MPL-2.0
# The main job on real figures: 98 municipalities, their population on 1 January 2025, the year 2026.
# Prices of OS2valghalla are the published ones. Who joins what is made up, as are the decisions, the payments and the
# EAN number.
#
# usage: demo.sh PROGRAM FOLDER     (run from the project's root; FOLDER is emptied first)
set -eu
program=$1
folder=$2
case "$folder" in
"" | / | . | ..) echo "demo.sh: name a folder of its own" >&2 && exit 2 ;;
esac
rm -rf "$folder"
mkdir -p "$folder"
export TILSLUT_FILE="$folder/tilslut.db"
export TILSLUT_ACTOR=sekretariat

# Prints a command as a user would type it, then runs it; long output is cut after a number of lines.
lines=0
tilslut() {
    printf '\n$ tilslut'
    for word in "$@"; do
        case "$word" in
        *[!A-Za-z0-9_./=,:-]*) printf ' "%s"' "$word" ;;
        *) printf ' %s' "$word" ;;
        esac
    done
    printf '\n'
    "$program" "$@" >"$folder/.out"
    if [ "$lines" -gt 0 ] && [ "$(wc -l <"$folder/.out")" -gt "$lines" ]; then
        head -n "$lines" "$folder/.out"
        echo "... $(($(wc -l <"$folder/.out") - lines)) more lines"
    else
        cat "$folder/.out"
    fi
    lines=0
}
step() { printf '\n# %s\n' "$1"; }

step "A ledger, the 98 municipalities, and their population"
tilslut init
tilslut import parties tests/data/parties.csv
tilslut import population tests/data/statbank/FOLK1A-2025K1-Code.csv
tilslut import population tests/data/population-2020-01-01.csv

step "OS2valghalla: priced by size class"
tilslut product add os2valghalla --name OS2valghalla --psp XG-9212045260 --level 2
tilslut terms check examples/os2valghalla.yaml
tilslut terms adopt examples/os2valghalla.yaml --decision "styregruppe 2025-10-12 pkt. 4"
tilslut list classes os2valghalla --date 2020-01-01

step "Members of the association, and others"
association=0101,0147,0159,0173,0217,0253,0265,0330,0370,0376,0410,0420,0440,0461,0479,0510,0561,0573,0607,0615,0621,0630,0657,0661,0710,0730,0740,0751,0760,0773,0787,0851,0860
others=0151,0306,0550,0825
tilslut party set $association --association member --from 2025-01-01
tilslut party set $others --association other --from 2025-01-01
tilslut party set 0751 --ean 5798000000018 --address "Rådhuspladsen 2, 8000 Aarhus C" --from 2025-01-01

step "36 join OS2valghalla; nine of them paid for version 3.0, and have the joining fee waived"
lines=3
tilslut join os2valghalla 0151,0410,0461,0479,0657,0730,0751,0825,0851 --signed 2025-11-03 --from 2026-01-01 \
    --with hosting --waiver funded-3.0 --evidence "Opgørelse af crowdfunding til version 3.0, bilag 2"
lines=3
tilslut join os2valghalla 0101,0147,0159,0173,0217,0253,0265,0306,0330,0370,0376,0420,0440,0510,0550,0561,0573,0607,\
0615,0621,0630,0661,0710,0740,0760,0773,0787 --signed 2025-11-17 --from 2026-01-01
tilslut allocate os2valghalla 2026
tilslut allocate os2valghalla 2026 --explain 0479

step "OS2compliance: a development budget for all, hosting for those who chose it"
tilslut product add os2compliance --name OS2compliance --psp XG-9212045410 --level 3
tilslut terms adopt examples/os2compliance.yaml --decision "styregruppe 2025-10-28 pkt. 3"
lines=3
tilslut join os2compliance 0101,0410,0479,0561,0751,0825,0851 --signed 2025-12-01 --from 2026-01-01 --with hosting
lines=3
tilslut join os2compliance 0151,0253,0265,0461,0615,0630,0657,0730,0740,0787 --signed 2025-12-01 --from 2026-01-01
tilslut allocate os2compliance 2026
tilslut allocate os2compliance 2026 --explain 0751

step "What the steering groups ask; nothing is recorded"
tilslut allocate os2compliance 2026 --if join=0147,0217 --if leave=0101 --if budget.development=1500000 \
    --if take.hosting=0461
lines=8
tilslut allocate os2valghalla 2026 --if boundary.Mellem=61000 --if join=0161
tilslut price os2valghalla 2026 --line maintenance --budget 1600000
tilslut needed os2compliance 2026 --below 50000
tilslut import population tests/data/statbank/FOLK1A-2026K1-Value.csv
tilslut changes os2valghalla --from 2025-01-01 --to 2026-01-01

step "The agreements, as PDF"
lines=4
tilslut agreement os2valghalla --all -o "$folder/agreements"
lines=4
tilslut agreement os2compliance --all -o "$folder/agreements"

step "The price list, and the steering group's workbook"
tilslut pricelist os2valghalla 2026 -o "$folder"
tilslut budget os2compliance 2026 -o "$folder"

step "Billed by one, approved by another"
tilslut bill os2valghalla 2026 --leave-out connection
tilslut approve 1 --as regnskab --date 2026-01-15
tilslut bill os2compliance 2026
tilslut approve 2 --as regnskab --date 2026-01-15

step "Some pay, and every member gets a statement as XLSX"
tilslut pay 0751 57980 --date 2026-02-11 --text "Indbetaling, OS2valghalla 2026"
tilslut pay 0825 29700 --date 2026-02-12 --text "Indbetaling, OS2valghalla 2026"
lines=4
tilslut statement 2026 --all -o "$folder/statements"

step "Everything is gone through"
tilslut verify

step "Summary"
tilslut list runs
tilslut list balances
rm -f "$folder/.out"
printf '\n%s agreements, %s statements in %s\n' "$(find "$folder/agreements" -name '*.pdf' | wc -l)" \
    "$(find "$folder/statements" -name '*.xlsx' | wc -l)" "$folder"
