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

step "The bank's file: paid in time, paid late, paid too little without a reference, and a fee"
tilslut payee set --account "0040 0440116243" --creditor 87654321 --from 2026-01-01 --evidence "Aftale med banken, bilag 7"
tilslut bank profile examples/bank/profile.yaml
{
    echo "Bogført;Beløb;Tekst;Indbetaler;Saldo"
    echo "31-03-2026;-150,00;Gebyr, kvartal;;223.130,95"
    echo "20-03-2026;46.680,04;+71<000000202600391+87654321<;Greve Kommune;223.280,95"
    echo "03-03-2026;63.000,00;Tilslutning 2026;Roskilde Kommune;176.600,91"
    echo "16-02-2026;56.920,91;+71<000000202600417+87654321<;Middelfart Kommune;113.600,91"
    echo "11-02-2026;56.680,00;+71<000000202600318+87654321<;Aarhus Kommune;56.680,00"
} | iconv -f UTF-8 -t ISO-8859-1 >"$folder/bank.csv"
tilslut import bank "$folder/bank.csv" --profile vores-bank
tilslut list unmatched
tilslut match 3 0265
tilslut set aside 5 --account 00007 --reason "Bankens kvartalsgebyr"

step "One invoice was wrong: a credit note, approved by another, and the next run bills what is owed"
tilslut credit 2026-0042 --reason "Faktureret til forkert enhed" --evidence "Økonomiafdelingens mail, bilag 12"
tilslut approve 3 --as regnskab --date 2026-03-02
tilslut bill os2compliance 2026
tilslut approve 4 --as regnskab --date 2026-03-03
tilslut show invoice 2026-0055

step "What the product costs, against its budget"
printf '%s\n' "account,q1,q2,q3,q4" "00006,60000,60000,60000,60000" "00008,250000,250000,250000,250000" \
    "00005,110000,110000,110000,110000" >"$folder/budget.csv"
tilslut budget set os2compliance 2026 "$folder/budget.csv" --decision "styregruppe 2025-11-27 pkt. 2"
tilslut cost add os2compliance 00008 184000 --supplier 12345674 --name "Leverandør A" --invoice F-1001 \
    --date 2026-02-20 --period 2026-01-01..2026-03-31 --issue OS2compliance-142 --text "Udvikling, 1. kvartal" \
    --vat 46000 --vat-code deducted --vat-reason "Momsregistreret"
tilslut cost approve 1 --as regnskab
tilslut follow os2compliance 2026 --date 2026-03-31

step "Who owes what on 1 April, and a reminder to one of them"
lines=6
tilslut list open --date 2026-04-01
tilslut remind 0265 --date 2026-04-01 -o "$folder/reminders"

step "The first quarter is closed: nothing can be dated in it any more"
tilslut period close 2026-Q1
lines=4
tilslut statement 2026 --all -o "$folder/statements"

step "Where an amount comes from, and what goes into the minutes of the next meeting"
tilslut trace 2026-0041
tilslut seal export -o "$folder/head.txt"
tilslut verify --anchor "$folder/head.txt"

step "Everything is gone through"
tilslut verify

step "Summary"
tilslut list runs
tilslut list balances
rm -f "$folder/.out"
printf '\n%s agreements, %s statements in %s\n' "$(find "$folder/agreements" -name '*.pdf' | wc -l)" \
    "$(find "$folder/statements" -name '*.xlsx' | wc -l)" "$folder"
