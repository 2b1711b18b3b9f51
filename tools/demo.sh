#!/bin/sh
# SPDX-License-Identifier: MPL-2.0
# A whole year on real figures: 98 municipalities, their population on 1 January 2025, three products, the year 2026
# from the first agreement to its closing, and what follows in 2027. Prices are the published ones. Who joins what is
# made up, as are decisions, payments, costs, the index and the EAN number.
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

# step DATE TEXT: what follows happens on that day.
step() {
    SOURCE_DATE_EPOCH=$(date -u -d "$1 12:00" +%s)
    export SOURCE_DATE_EPOCH
    printf '\n# %s: %s\n' "$1" "$2"
}

# bank FILE OPENING: the bank's table out of lines "date;øre;text;payer" on standard input, newest first, each with the
# balance after it; says the closing balance.
bank() {
    sort -t ';' -k 1,1 -s >"$folder/.lines"
    awk -F ';' -v balance="$2" '
        function kroner(oere,   sign, whole, text) {
            sign = oere < 0 ? "-" : ""
            oere = oere < 0 ? -oere : oere
            whole = sprintf("%d", oere / 100)
            text = sprintf(",%02d", oere % 100)
            while (length(whole) > 3) {
                text = "." substr(whole, length(whole) - 2) text
                whole = substr(whole, 1, length(whole) - 3)
            }
            return sign whole text
        }
        {
            balance += $2
            split($1, day, "-")
            printf "%s-%s-%s;%s;%s;%s;%s\n", day[3], day[2], day[1], kroner($2), $3, $4, kroner(balance)
        }
        END { printf "%d\n", balance >"/dev/stderr" }' "$folder/.lines" 2>"$folder/.balance" | tac >"$folder/.table"
    {
        echo "Bogført;Beløb;Tekst;Indbetaler;Saldo"
        cat "$folder/.table"
    } | iconv -f UTF-8 -t ISO-8859-1 >"$1"
}

# cost PRODUCT DATE PERIOD ACCOUNT AMOUNT VAT TEXT: a supplier's invoice, registered by one, approved by another
costs=0
cost() {
    costs=$((costs + 1))
    tilslut cost add "$1" "$4" "$5" --supplier 12345674 --name "Leverandør A" --invoice "F-100$costs" --date "$2" \
        --period "$3" --issue "$1-14$costs" --text "$7" --vat "$6" --vat-code deducted --vat-reason "Momsregistreret"
    tilslut cost approve $costs --as regnskab
}

step 2025-10-01 "A ledger, the 98 municipalities, and their population"
tilslut init
tilslut import parties tests/data/parties.csv
tilslut import population tests/data/statbank/FOLK1A-2025K1-Code.csv
tilslut import population tests/data/population-2020-01-01.csv

step 2025-10-13 "OS2valghalla: priced by size class"
tilslut product add os2valghalla --name OS2valghalla --psp XG-9212045260 --level 2
tilslut terms check examples/os2valghalla.yaml
tilslut terms adopt examples/os2valghalla.yaml --decision "styregruppe 2025-10-12 pkt. 4"
tilslut list classes os2valghalla --date 2020-01-01

step 2025-10-14 "Members of the association, and others"
association=0101,0147,0159,0173,0217,0253,0265,0330,0370,0376,0410,0420,0440,0461,0479,0510,0561,0573,0607,0615,0621,0630,0657,0661,0710,0730,0740,0751,0760,0773,0787,0851,0860
others=0151,0306,0550,0825
tilslut party set $association --association member --from 2025-01-01
tilslut party set $others --association other --from 2025-01-01
tilslut party set 0751 --ean 5798000000018 --address "Rådhuspladsen 2, 8000 Aarhus C" --from 2025-01-01

step 2025-11-18 "36 join OS2valghalla; nine of them paid for version 3.0, and have the joining fee waived"
lines=3
tilslut join os2valghalla 0151,0410,0461,0479,0657,0730,0751,0825,0851 --signed 2025-11-03 --from 2026-01-01 \
    --with hosting --waiver funded-3.0 --evidence "Opgørelse af crowdfunding til version 3.0, bilag 2"
lines=3
tilslut join os2valghalla 0101,0147,0159,0173,0217,0253,0265,0306,0330,0370,0376,0420,0440,0510,0550,0561,0573,0607,\
0615,0621,0630,0661,0710,0740,0760,0773,0787 --signed 2025-11-17 --from 2026-01-01
tilslut allocate os2valghalla 2026
tilslut allocate os2valghalla 2026 --explain 0479

step 2025-12-01 "OS2compliance: a development budget for all, hosting for those who chose it"
tilslut product add os2compliance --name OS2compliance --psp XG-9212045410 --level 3
tilslut terms adopt examples/os2compliance.yaml --decision "styregruppe 2025-10-28 pkt. 3"
lines=3
tilslut join os2compliance 0101,0410,0479,0561,0751,0825,0851 --signed 2025-12-01 --from 2026-01-01 --with hosting
lines=3
tilslut join os2compliance 0151,0253,0265,0461,0615,0630,0657,0730,0740,0787 --signed 2025-12-01 --from 2026-01-01
tilslut allocate os2compliance 2026
tilslut allocate os2compliance 2026 --explain 0751

step 2025-12-02 "OS2kitos: the same for all, follows an index, billed half-yearly"
tilslut product add os2kitos --name OS2kitos --psp XG-9212045380 --level 3
tilslut index set KL-PL --date 2026-01-01 --value 118.3 --published 2025-06-30 --source "KL, juni 2025 (opdigtet)"
tilslut terms adopt examples/os2kitos.yaml --decision "styregruppe 2025-11-20 pkt. 2"
lines=3
tilslut join os2kitos 0101,0147,0253,0461,0479,0561,0615,0657,0730,0751,0787,0851 --signed 2025-12-02 --from 2026-01-01

step 2025-12-02 "A municipality's unit: where its invoices go, and what is to stand on them"
tilslut unit set 0751 digitalisering --name Digitalisering --ean 5798000000018 --order-reference 4500012345 \
    --person-reference "Systemejer" --account-string 1234567890 --from 2025-01-01
for product in os2valghalla os2compliance os2kitos; do
    tilslut unit invoice $product 0751 digitalisering --from 2026-01-01
done

step 2025-12-03 "What the steering groups ask; nothing is recorded"
tilslut allocate os2compliance 2026 --if join=0147,0217 --if leave=0101 --if budget.development=1500000 \
    --if take.hosting=0461
lines=8
tilslut allocate os2valghalla 2026 --if boundary.Mellem=61000 --if join=0161
tilslut price os2valghalla 2026 --line maintenance --budget 1600000
tilslut needed os2compliance 2026 --below 50000

step 2025-12-05 "What the products' levels ask for: follow or explain"
for product in os2valghalla os2compliance os2kitos; do
    "$program" product set $product --purpose "$(sed -n '/^purpose/,/da:/s/^  da: //p' examples/$product.yaml)" \
        --repository "https://github.com/os2/$product" --licence MPL-2.0 --document-licence CC-BY-SA-4.0 >"$folder/.out"
    for requirement in local-value value-for-others line-management procurement lawfulness security operation \
        product-page getting-started published portfolio secretariat product-lead board-informed; do
        "$program" product fulfil $product $requirement --evidence "Produktside og referater, efterår 2025" >"$folder/.out"
    done
    "$program" product level $product "$([ $product = os2valghalla ] && echo 2 || echo 3)" \
        --from 2025-12-01 --decision "bestyrelse 2025-11-27 pkt. 5" >"$folder/.out"
done
for product in os2valghalla os2compliance os2kitos; do
    tilslut product body $product styregruppe 0751,0851,0461 --role medlem --from 2025-12-01
    tilslut product supplier $product 12345674 --name "Leverandør A" --partner-since 2024-05-01 \
        --evidence "Partneraftale, bilag 1" --from 2025-12-01
done
tilslut product explain os2compliance national-strategies --by "styregruppens formand" \
    --reason "Afventer den fællesoffentlige digitaliseringsstrategi"
tilslut product status os2compliance --date 2026-01-01

step 2025-12-08 "The agreements and the price list, as PDF"
lines=4
tilslut agreement os2valghalla --all -o "$folder/agreements"
lines=4
tilslut agreement os2compliance --all -o "$folder/agreements"
lines=4
tilslut agreement os2kitos --all -o "$folder/agreements"
tilslut pricelist os2valghalla 2026 -o "$folder"

step 2025-12-15 "What the products will cost: the budgets of the year"
printf '%s\n' "account,q1,q2,q3,q4" "00003,1680000,0,0,0" "00006,60000,60000,60000,60000" \
    "00008,220000,220000,220000,220000" "00005,110000,110000,110000,110000" >"$folder/budget.csv"
lines=8
tilslut budget set os2compliance 2026 "$folder/budget.csv" --decision "styregruppe 2025-11-27 pkt. 2"

step 2025-12-16 "Who may draft and who may approve; a large run of OS2compliance takes an approver from outside, too"
tilslut role grant sekretariat drafter --from 2025-12-16 --decision "bestyrelse 2025-12-11 pkt. 4"
tilslut role grant regnskab approver-internal --from 2025-12-16 --decision "bestyrelse 2025-12-11 pkt. 4"
tilslut role grant styregruppeformand approver-external --product os2compliance --from 2025-12-16 \
    --decision "bestyrelse 2025-12-11 pkt. 4" --as regnskab
tilslut role rule os2compliance --approvers internal+external --above 1000000 --from 2025-12-16 \
    --decision "styregruppe 2025-11-27 pkt. 5" --as regnskab
tilslut list roles

step 2026-01-05 "Billed by one, approved by another"
tilslut payee set --account "0040 0440116243" --creditor 87654321 --from 2026-01-01 --evidence "Aftale med banken, bilag 7"
tilslut bill os2valghalla 2026 --leave-out connection
tilslut bill os2compliance 2026
tilslut bill os2kitos 2026 --period H1
tilslut show run 3
tilslut approve 1 --as regnskab --date 2026-01-15
tilslut approve 2 --as regnskab --date 2026-01-15
tilslut approve 2 --as styregruppeformand --date 2026-01-15
tilslut approve 3 --as regnskab --date 2026-01-15

step 2026-01-16 "An e-invoice, and what a finance office imports"
tilslut invoice 2026-0050 -o "$folder/e-invoices"
tilslut finance profile examples/finance/semikolon-latin.yaml --evidence "Aftalt med kommunens økonomiafdeling, sag 26-11"
tilslut finance export 2026 0751 --profile semikolon-latin -o "$folder/finance"

step 2026-03-02 "One invoice was wrong: a credit note, approved by another, and the next run bills what is owed"
tilslut credit 2026-0042 --reason "Faktureret til forkert enhed" --evidence "Økonomiafdelingens mail, bilag 12"
tilslut approve 4 --as regnskab --date 2026-03-02
tilslut bill os2compliance 2026
tilslut approve 5 --as regnskab --date 2026-03-02
tilslut show invoice 2026-0067

step 2026-04-01 "The bank's file: most pay in time; one pays late, one too little without a reference, one twice"
tilslut bank profile examples/bank/profile.yaml
"$program" list invoices --csv >"$folder/.invoices"
awk -F, -v wrong=2026-0042 '
    FNR == NR { name[$1] = $2; next }
    $2 != "invoice" || $1 == wrong || $3 == "0265" || ($3 == "0787" && $4 == "os2valghalla") { next }
    {
        day = $3 == "0330" ? "2026-03-20" : $7 == "2026-03-02" ? "2026-03-27" : sprintf("2026-02-%02d", 2 + FNR % 12)
        oere = $11; sub(/[.]/, "", oere)
        line = day ";" oere ";+71<" $12 "+87654321<;" name[$3] " Kommune"
        print line
        if ($1 == "2026-0003") print line
    }
    END {
        print "2026-03-03;20000000;Tilslutning 2026;Roskilde Kommune"
        print "2026-03-31;-15000;Gebyr, kvartal;"
    }' tests/data/parties.csv "$folder/.invoices" | bank "$folder/bank-1.csv" 0
lines=6
tilslut import bank "$folder/bank-1.csv" --profile vores-bank
tilslut list unmatched
tilslut match 24 0151
tilslut match 62 0265
tilslut set aside 65 --account 00007 --reason "Bankens kvartalsgebyr"
tilslut list open --date 2026-04-01
tilslut remind 0265 --date 2026-04-01 -o "$folder/reminders"

step 2026-04-07 "What was paid twice is sent back, on two people's word; the first quarter's costs; the quarter is closed"
tilslut refund 0151 43200 --date 2026-04-07 --reason "Betalt to gange"
tilslut refund approve 1 --as regnskab
cost os2compliance 2026-03-20 2026-Q1 00008 184000 46000 "Udvikling, 1. kvartal"
cost os2compliance 2026-03-25 2026-Q1 00005 105500 26375 "Drift, 1. kvartal"
tilslut follow os2compliance 2026 --date 2026-03-31
tilslut period close 2026-Q1

step 2026-05-04 "One more joins OS2kitos on 1 July"
tilslut draft os2kitos 0265 --from 2026-07-01
tilslut send os2kitos 0265 --evidence "sag 26-18"
tilslut sign os2kitos 0265 --by Borgmester --date 2026-05-04 --evidence "sag 26-18"
tilslut countersign os2kitos 0265 --by "OS2's sekretariatschef" --date 2026-05-04 --as regnskab

step 2026-07-01 "The second half-year of OS2kitos is billed; new figures are out"
tilslut bill os2kitos 2026 --period H2
tilslut approve 6 --as regnskab
tilslut import population tests/data/statbank/FOLK1A-2026K1-Value.csv
tilslut changes os2valghalla --from 2025-01-01 --to 2026-01-01

step 2026-12-28 "The costs of the rest of the year"
cost os2compliance 2026-06-20 2026-Q2 00008 212000 53000 "Udvikling, 2. kvartal"
cost os2compliance 2026-09-20 2026-07..2026-09 00005 211000 52750 "Drift, 2. og 3. kvartal"
cost os2valghalla 2026-11-30 2026 00008 3250000 812500 "Udvikling af version 3.0"
cost os2kitos 2026-12-10 2026 00011 331000 82750 "Vedligehold"
cost os2compliance 2026-12-18 2026-H2 00008 398000 99500 "Udvikling, 3. og 4. kvartal"

step 2026-12-30 "The bank's second file: the late ones pay, the rest follows; suppliers were paid"
"$program" list invoices --csv >"$folder/.invoices"
read -r balance <"$folder/.balance"
awk -F, '
    FNR == NR { name[$1] = $2; next }
    $2 != "invoice" { next }
    $6 == "H2" { day = "2026-07-28" }
    $3 == "0787" && $4 == "os2valghalla" { day = "2026-04-22" }
    day { print day ";" $11 * 100 ";+71<" $12 "+87654321<;" name[$3] " Kommune"; day = "" }
    END {
        print "2026-04-07;-4320000;Refusion;Ballerup Kommune"
        print "2026-04-20;9997626;Rest 2026;Roskilde Kommune"
        print "2026-12-28;-23000000;F-1001;Leverandør A"
        print "2026-12-28;-13187500;F-1002;Leverandør A"
        print "2026-12-28;-26500000;F-1003;Leverandør A"
        print "2026-12-28;-26375000;F-1004;Leverandør A"
        print "2026-12-28;-406250000;F-1005;Leverandør A"
        print "2026-12-28;-41375000;F-1006;Leverandør A"
        print "2026-12-28;-49750000;F-1007;Leverandør A"
    }' tests/data/parties.csv "$folder/.invoices" | bank "$folder/bank-2.csv" "$balance"
tilslut import bank "$folder/bank-2.csv" --profile vores-bank
tilslut list unmatched
tilslut match 66 --entry 133
tilslut match 67 0265
for number in 1 2 3 4 5 6 7; do
    tilslut match $((81 + number)) --cost $number
done
tilslut list bank
tilslut list open

step 2026-12-31 "Hours that members put in for the association: only the difference is settled"
tilslut rate decide 2026 650 --decision "bestyrelse 2026-01-15 pkt. 6"
tilslut hours add 0751 120 --period 2026-03 --evidence "Timeseddel, bilag 31"
tilslut hours add 0101 80 --period 2026-H2 --evidence "Timeseddel, bilag 32"
tilslut hours add 0461 40 --period 2026-Q4 --evidence "Timeseddel, bilag 33"
for hours in 8 9 10; do
    tilslut hours approve $hours --as regnskab
done
lines=12
tilslut balance-hours 2026 --key population
tilslut balance-hours approve 11 --as regnskab

step 2026-12-31 "What a member paid for all; and what OS2kitos pays to the shared secretariat"
tilslut outlay add os2kitos 0630 8400 --account 00010 --date 2026-11-05 --text "Brugerdag i Vejle" --evidence "Kvittering, bilag 41"
tilslut outlay approve 12 --as regnskab
tilslut product add sekretariat --name "OS2's sekretariat" --psp XG-9212045001 --level 1
tilslut share set os2kitos --percent 5% --to sekretariat --from 2026-01-01 \
    --decision "generalforsamling 2025-11-06 pkt. 7"
tilslut share book os2kitos 2026
tilslut share approve 1 --as regnskab --date 2026-12-31

step 2027-01-08 "The steering group's workbook, the year's statements; each pot is carried on by decision; the year is closed"
tilslut follow os2compliance 2026 --date 2026-12-31
tilslut budget os2compliance 2026 --pdf -o "$folder"
lines=4
tilslut statement 2026 --all -o "$folder/statements"
tilslut statement 2026 0461,0751 --pdf -o "$folder/statements"
tilslut statement 2026 --product os2compliance -o "$folder/statements"
tilslut seal export -o "$folder/head.txt"
tilslut check "$folder/statements/KU-2026-0461-v1.xlsx"
tilslut carry os2valghalla 2026 --to reserve --decision "styregruppe 2027-01-07 pkt. 2"
tilslut carry os2compliance 2026 --to next --decision "styregruppe 2027-01-07 pkt. 3"
tilslut carry os2kitos 2026 --to next --decision "styregruppe 2027-01-07 pkt. 4"
for carry in 1 2 3; do
    tilslut carry approve $carry --as regnskab
done
tilslut period check 2026
tilslut period close 2026
tilslut list balances

step 2027-01-11 "The next year: budget and prices follow the index"
tilslut index set KL-PL --date 2027-01-01 --value 121.4 --published 2026-06-30 --source "KL, juni 2026 (opdigtet)"
lines=8
tilslut budget index os2compliance 2027 --index KL-PL --decision "styregruppe 2026-11-26 pkt. 2"
tilslut bill os2kitos 2027 --period H1
tilslut approve 7 --as regnskab
tilslut allocate os2kitos 2027 --explain 0751

step 2027-01-12 "Where an amount comes from, and what goes into the minutes of the next meeting"
lines=24
tilslut trace 2026-0041
tilslut trace bank 82
tilslut audit 2026 --zip -o "$folder"
tilslut verify --anchor "$folder/head.txt"

step 2027-01-12 "The same balances, by another program"
tilslut export journal -o "$folder/tilslut.journal"
if command -v hledger >/dev/null; then
    hledger -f "$folder/tilslut.journal" check
    hledger -f "$folder/tilslut.journal" balance --depth 1
fi

step 2027-01-12 "Summary"
tilslut list runs
tilslut list carries
printf '\n%s agreements, %s statements in %s\n' "$(find "$folder/agreements" -name '*.pdf' | wc -l)" \
    "$(find "$folder/statements" -name '*.xlsx' | wc -l)" "$folder"
rm -f "$folder"/.[!.]*
