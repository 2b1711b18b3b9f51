# SPDX-License-Identifier: MPL-2.0
# What is tried out: each command, the ledger it begins from, and how it refuses to do the same again.

commands="init import adopt join bill approve credit pay agreement letter confirm statement"
commands="$commands backup restore seal journal tables audit chart"
commands="$commands draft send sign countersign withdraw change leave stay resign handover project pledge fund"
commands="$commands pledged call-in"
commands="$commands bank fee remind remind-fee"
commands="$commands explain unit erase"
commands="$commands close reopen reopened drop budget"
commands="$commands rate cost cost-approve cost-pay decide hours balance balance-approve"
commands="$commands carry carry-approve carry-discard"
commands="$commands outlay outlay-approve repay repay-approve"
commands="$commands share share-book share-approve settle settle-approve"
commands="$commands invoice paper"
commands="$commands grant end rule half whole"
commands="$commands finance lines"
# those whose every call is tried: the others take the same way through the store
thorough_commands="import bill approve bank close"
memory_commands="check allocate bill approve bank invoice"

# do_cost: a cost that reaches into the next year, so that its approval posts two entries.
do_cost() {
    "$PROGRAM" cost add os2compliance 00008 1000 --supplier 12345674 --name "Et selskab" --invoice 1 \
        --date 2026-02-01 --period 2026-12-01..2027-01-31 --text Drift --vat 250 --vat-code deducted --vat-reason refusion
}

# do_command NAME: runs it in this folder.
do_command() {
    case $1 in
    init) "$PROGRAM" init ;;
    import) "$PROGRAM" import population "$ROOT/tests/data/population-2026-01-01.csv" ;;
    adopt) "$PROGRAM" terms adopt "$WORK/second.yaml" --decision "styregruppe 2026-02-10 pkt. 2" ;;
    join) "$PROGRAM" join os2compliance 0101,0851 --signed 2026-02-01 --from 2026-03-01 --with hosting ;;
    draft) "$PROGRAM" draft os2compliance 0101,0851 --from 2026-07-01 --with hosting --date 2026-01-10 ;;
    send) "$PROGRAM" send os2compliance 0810 --date 2026-01-11 ;;
    sign) "$PROGRAM" sign os2compliance 0820 --date 2026-01-12 --by borgmester --evidence "sag 1" ;;
    countersign) "$PROGRAM" countersign os2compliance 0840 --date 2026-01-13 ;;
    withdraw) "$PROGRAM" withdraw os2compliance 0840 --date 2026-01-13 --evidence "sag 1" ;;
    change) "$PROGRAM" change os2compliance 0751 --from 2026-03-01 --passive ;;
    leave) "$PROGRAM" leave os2compliance 0825 --notice 2026-02-01 --evidence "sag 2" ;;
    project) "$PROGRAM" project add os2compliance funded-2.0 --target 9000 --threshold 5000 --deadline 2026-12-31 \
        --decision "styregruppe 2026-02-10 pkt. 3" ;;
    pledge) "$PROGRAM" pledge funded-1.0 0751 5000 --evidence "sag 5" ;;
    fund) "$PROGRAM" project fund funded-1.0 --decision "styregruppe 2026-02-10 pkt. 4" ;;
    call-in) "$PROGRAM" bill os2compliance 2026 --pledges funded-1.0 ;;
    pledged) "$PROGRAM" pledge confirm funded-1.0 --all -o out ;;
    handover) "$PROGRAM" handover os2compliance 0751 0740,0561 --date 2026-07-01 --evidence "sag 4" ;;
    stay) "$PROGRAM" stay os2compliance 0461 --date 2026-02-01 --evidence "sag 3" ;;
    explain) "$PROGRAM" product explain os2compliance security --reason "senere" --by formand --date 2026-02-01 ;;
    unit) "$PROGRAM" unit set 0751 digital --name Digitalisering --ean 5790000121090 --from 2026-01-01 ;;
    erase) "$PROGRAM" contact erase 1 --reason "anmodning modtaget" ;;
    bill) "$PROGRAM" bill os2compliance 2026 ;;
    approve) "$PROGRAM" approve 1 --as regnskab ;;
    resign) "$PROGRAM" terms sign os2compliance 0751,0825 --version 2 --date 2026-02-15 --evidence "sag 2" ;;
    credit) "$PROGRAM" credit 2026-0001 --reason "fejl" --evidence "mail 1" ;;
    pay) "$PROGRAM" pay 0751 1000 --date 2026-02-11 --reference bank-1 ;;
    bank) "$PROGRAM" import bank "$ROOT/tests/data/bank/camt-02.xml" ;;
    fee) "$PROGRAM" remind fee 100 --from 2026-01-01 --account 00003 --basis rentelov \
        --decision "bestyrelse 2025-11-20 pkt. 8" ;;
    remind-fee) "$PROGRAM" remind 0751 --date 2026-03-20 -o out ;;
    remind) "$PROGRAM" remind --all --date 2026-03-20 -o out ;;
    rate) "$PROGRAM" rate add 12345674 udvikler 950 --from 2026-01-01 --evidence aftale ;;
    cost) do_cost ;;
    cost-approve) "$PROGRAM" cost approve 1 --as regnskab ;;
    decide) "$PROGRAM" rate decide 2026 650 --decision "bestyrelse 2026-02-01 pkt. 4" ;;
    hours) "$PROGRAM" hours add 0751 40 --period 2026-01 --evidence timeregistrering ;;
    balance) "$PROGRAM" balance-hours 2026 --key equal ;;
    balance-approve) "$PROGRAM" balance-hours approve 2 --as regnskab ;;
    cost-pay) "$PROGRAM" cost pay 1 --date 2026-02-12 ;;
    agreement) "$PROGRAM" agreement os2compliance 0751,0825 -o out ;;
    letter) "$PROGRAM" letter os2compliance 0751 --by 2099-12-31 -o out ;;
    confirm) "$PROGRAM" notice confirm os2compliance 0751 -o out ;;
    statement) "$PROGRAM" statement 2026 --all -o out ;;
    close) SOURCE_DATE_EPOCH=1775217600 "$PROGRAM" period close 2026-Q1 --decision "bestyrelse 2026-04-02 pkt. 1" ;;
    reopen) "$PROGRAM" period reopen 2025 --decision "bestyrelse 2026-01-20 pkt. 1" --reason "en fejl" ;;
    reopened) "$PROGRAM" period confirm 2025 --as regnskab ;;
    drop) "$PROGRAM" period drop 2025 ;;
    budget) "$PROGRAM" budget set os2compliance 2026 "$WORK/budget.csv" --decision "styregruppe 2026-01-20 pkt. 1" ;;
    carry) SOURCE_DATE_EPOCH=1799150400 "$PROGRAM" carry os2compliance 2026 --to members \
        --decision "styregruppe 2027-01-04 pkt. 1" ;;
    carry-approve) "$PROGRAM" carry approve 1 --as regnskab ;;
    carry-discard) "$PROGRAM" carry discard 1 ;;
    share) "$PROGRAM" share set os2compliance --percent 10% --to sekretariat --from 2026-01-01 \
        --decision "bestyrelse 2025-11-20 pkt. 7" ;;
    settle) SOURCE_DATE_EPOCH=1799150400 "$PROGRAM" settle os2compliance 2026 --line hosting --account 00010 \
        --decision "styregruppe 2027-01-04 pkt. 1" ;;
    settle-approve) SOURCE_DATE_EPOCH=1799150400 "$PROGRAM" approve 2 --as regnskab ;;
    share-book) "$PROGRAM" share book os2compliance 2026 ;;
    share-approve) "$PROGRAM" share approve 1 --as regnskab ;;
    outlay) "$PROGRAM" outlay add os2compliance 0751 1000 --account 00010 --date 2026-02-01 --text Brugerdag \
        --evidence "kvittering 7" ;;
    outlay-approve) "$PROGRAM" outlay approve 1 --as regnskab ;;
    repay) "$PROGRAM" outlay repay 1 ;;
    repay-approve) "$PROGRAM" outlay approve 2 --as regnskab ;;
    invoice) "$PROGRAM" invoice 2026-0001 -o out ;;
    paper) "$PROGRAM" invoice paper 2026-0001 -o out ;;
    grant) "$PROGRAM" role grant revision auditor --from 2026-01-01 --evidence "aftale 1" --as regnskab ;;
    end) "$PROGRAM" role end kasse drafter --to 2026-06-30 --evidence "mail 1" --as regnskab ;;
    rule) "$PROGRAM" role rule all --approvers external --from 2026-01-01 --decision "bestyrelse 2026-01-12 pkt. 3" \
        --as regnskab ;;
    half) "$PROGRAM" approve 1 --as regnskab ;;
    whole) "$PROGRAM" approve 1 --as styregruppe ;;
    backup) "$PROGRAM" backup out/copy.db ;;
    restore) "$PROGRAM" -f out/restored.db restore tilslut.db ;;
    seal) "$PROGRAM" seal export -o out/seal.txt ;;
    journal) "$PROGRAM" export journal -o out/ledger.journal ;;
    tables) "$PROGRAM" export tables -o out ;;
    audit) "$PROGRAM" audit 2026 -o out ;;
    finance) "$PROGRAM" finance profile "$ROOT/examples/finance/komma-utf8.yaml" --evidence "mail 1" ;;
    lines) "$PROGRAM" finance export 2026 --all --profile komma-utf8 -o out ;;
    chart) "$PROGRAM" chart import "$WORK/chart.csv" ;;
    check) "$PROGRAM" terms check "$ROOT/examples/os2compliance.yaml" ;;
    allocate) "$PROGRAM" allocate os2compliance 2026 ;;
    esac
}

# stage_of NAME: the ledger a command begins from.
stage_of() {
    case $1 in
    init) echo nothing ;;
    approve) echo drafted ;;
    backup | restore | seal | journal | tables | audit | lines) echo kept ;;
    bank | remind) echo billed ;;
    credit | pay | agreement | statement | close | carry) echo billed ;;
    carry-approve | carry-discard) echo carried ;;
    fee) echo billed ;;
    remind-fee) echo feed ;;
    share) echo secretariat ;;
    settle) echo settling ;;
    settle-approve) echo settled ;;
    share-book) echo sharing ;;
    share-approve) echo shared ;;
    outlay-approve) echo advanced ;;
    repay) echo indebted ;;
    repay-approve) echo repaying ;;
    reopen) echo closed ;;
    reopened | drop) echo proposed ;;
    cost-approve) echo spent ;;
    balance) echo worked ;;
    balance-approve) echo balanced ;;
    cost-pay) echo owed ;;
    letter) echo agreed ;;
    invoice | paper) echo addressed ;;
    resign) echo superseded ;;
    erase) echo contacts ;;
    grant | end | rule | half) echo ruled ;;
    whole) echo halved ;;
    confirm) echo leaving ;;
    call-in) echo funded ;;
    *) echo joined ;;
    esac
}

# done_already NAME: how it refuses to do the same again; the other commands succeed then, and change nothing.
done_already() {
    case $1 in
    init) echo "'tilslut.db' exists already" ;;
    adopt) echo "these terms are adopted already, as version 2" ;;
    join) echo "has joined 'os2compliance' already" ;;
    draft) echo "has an agreement for 'os2compliance' already, which is drafted" ;;
    send) echo "cannot be sent on 2026-01-11: it is sent" ;;
    sign) echo "cannot be signed on 2026-01-12: it is signed by the member" ;;
    countersign) echo "cannot be countersigned on 2026-01-13: it is countersigned" ;;
    withdraw) echo "cannot be withdrawn on 2026-01-13: it is withdrawn" ;;
    change) echo "cannot become passive on 2026-03-01: it is passive" ;;
    leave) echo "cannot be put under notice on 2026-02-01: it is under notice" ;;
    project) echo "the project 'funded-2.0' exists already" ;;
    pledge) echo "has pledged 5.000,00 to 'funded-1.0' already" ;;
    fund) echo "the project 'funded-1.0' is funded already" ;;
    handover) echo "cannot be handed over on 2026-07-01: it is ended" ;;
    stay) echo "cannot have its notice withdrawn on 2026-02-01: it is in force" ;;
    resign) echo "has signed version 2 of the terms of 'os2compliance' already" ;;
    call-in) echo "run 1 is a draft of 'os2compliance' for 2026 already" ;;
    bill) echo "run 1 is a draft of 'os2compliance' for 2026 already" ;;
    approve) echo "run 1 is approved already" ;;
    close) echo "2026-Q1 is closed already" ;;
    reopen) echo "has proposed already to reopen 2025" ;;
    reopened) echo "2025 is not closed" ;;
    drop) echo "nobody has proposed to reopen 2025" ;;
    credit) echo "run 2 is a draft of 'os2compliance' for 2026 already" ;;
    budget) echo "version 1 of the budget of 'os2compliance' for 2026 says the same" ;;
    cost) echo "invoice '1' of '12345674' is registered already, as cost 1" ;;
    cost-approve) echo "voucher 1 is approved already" ;;
    hours) echo "are registered already, as voucher 1" ;;
    balance) echo "the hours of 2026 are balanced already, by voucher 2" ;;
    balance-approve) echo "voucher 2 is approved already" ;;
    carry) echo "carry 1 is a draft of the result of 'os2compliance' for 2026 already" ;;
    carry-approve) echo "carry 1 is approved already" ;;
    carry-discard) echo "carry 1 is discarded already" ;;
    settle) echo "run 2 is a draft of 'os2compliance' for 2026 already" ;;
    settle-approve) echo "run 2 is approved already" ;;
    share-book) echo "share 1 is a draft of 'os2compliance' for 2026 already" ;;
    share-approve) echo "share 1 is approved already" ;;
    outlay) echo "'kvittering 7' of '0751' is registered already, as outlay 1" ;;
    outlay-approve) echo "voucher 1 is approved already" ;;
    repay) echo "nothing is left to repay of outlay 1" ;;
    repay-approve) echo "voucher 2 is approved already" ;;
    grant) echo "'revision' is auditor for the whole ledger from 2026-01-01 already" ;;
    end) echo "'kasse' has no role as drafter for the whole ledger that ends on 2026-06-30" ;;
    rule) echo "that rule for the whole ledger is recorded already" ;;
    half) echo "'regnskab' has approved run 1 already, as internal approver" ;;
    whole) echo "run 1 is approved already" ;;
    backup) echo "'out/copy.db' exists already" ;;
    restore) echo "'out/restored.db' exists already" ;;
    seal) echo "'out/seal.txt' exists already" ;;
    tables | audit) echo "'out/SHA256SUMS' exists already" ;;
    journal) echo "'out/ledger.journal' exists already" ;;
    *) echo "(never refused)" ;;
    esac
}

# make_stages: every ledger that a command begins from, in $WORK/stages.
make_stages() {
    printf 'account,q1,q2,q3,q4\n00008,1000,2000,3000,4000\n' >"$WORK/budget.csv"
    mkdir -p "$WORK/stages/nothing" "$WORK/stages/joined"
    cd "$WORK/stages/joined"
    "$PROGRAM" init
    "$PROGRAM" import parties "$ROOT/tests/data/parties.csv"
    "$PROGRAM" import population "$ROOT/tests/data/population-2025-01-01.csv"
    "$PROGRAM" product add os2compliance --name OS2compliance --psp XG-9212045410 --level 3
    "$PROGRAM" terms adopt "$ROOT/examples/os2compliance.yaml" --decision "styregruppe 2025-10-28 pkt. 3"
    "$PROGRAM" join os2compliance 0461,0751,0825 --signed 2025-12-01 --from 2026-01-01 --with hosting
    "$PROGRAM" project add os2compliance funded-1.0 --target 9000 --threshold 5000 --deadline 2026-12-31 \
        --decision "styregruppe 2025-10-28 pkt. 4"
    "$PROGRAM" pledge funded-1.0 0461 5000 --evidence "sag 5"
    "$PROGRAM" leave os2compliance 0461 --notice 2026-01-15
    "$PROGRAM" draft os2compliance 0810,0820,0840 --from 2026-07-01 --date 2026-01-10
    "$PROGRAM" send os2compliance 0820,0840 --date 2026-01-11
    "$PROGRAM" sign os2compliance 0840 --date 2026-01-12 --by borgmester --evidence "sag 1"
    cp -R "$WORK/stages/joined" "$WORK/stages/funded"
    cd "$WORK/stages/funded"
    do_command fund
    cp -R "$WORK/stages/joined" "$WORK/stages/contacts"
    cd "$WORK/stages/contacts"
    "$PROGRAM" contact add 0751 --role økonomi --name "Et Menneske"
    cp -R "$WORK/stages/joined" "$WORK/stages/spent"
    cd "$WORK/stages/spent"
    do_command cost
    cp -R "$WORK/stages/joined" "$WORK/stages/worked"
    cd "$WORK/stages/worked"
    "$PROGRAM" party set 0461,0751 --association member --from 2025-01-01
    do_command decide
    do_command hours
    "$PROGRAM" hours approve 1 --as regnskab
    cp -R "$WORK/stages/worked" "$WORK/stages/balanced"
    cd "$WORK/stages/balanced"
    do_command balance
    cp -R "$WORK/stages/spent" "$WORK/stages/owed"
    cd "$WORK/stages/owed"
    do_command cost-approve
    cp -R "$WORK/stages/joined" "$WORK/stages/advanced"
    cd "$WORK/stages/advanced"
    do_command outlay
    cp -R "$WORK/stages/advanced" "$WORK/stages/indebted"
    cd "$WORK/stages/indebted"
    do_command outlay-approve
    cp -R "$WORK/stages/indebted" "$WORK/stages/repaying"
    cd "$WORK/stages/repaying"
    do_command repay
    cp -R "$WORK/stages/joined" "$WORK/stages/drafted"
    cd "$WORK/stages/drafted"
    do_command bill
    cp -R "$WORK/stages/drafted" "$WORK/stages/ruled"
    cd "$WORK/stages/ruled"
    "$PROGRAM" role grant regnskab approver-internal --from 2026-01-01 --evidence "fuldmagt 1"
    "$PROGRAM" role grant styregruppe approver-external --from 2026-01-01 --evidence "fuldmagt 1" --as regnskab
    "$PROGRAM" role grant kasse drafter --from 2026-01-01 --evidence "fuldmagt 1" --as regnskab
    "$PROGRAM" role rule os2compliance --approvers internal+external --from 2026-01-01 \
        --decision "styregruppe 2026-01-12 pkt. 3" --as regnskab
    cp -R "$WORK/stages/ruled" "$WORK/stages/halved"
    cd "$WORK/stages/halved"
    do_command half
    cp -R "$WORK/stages/drafted" "$WORK/stages/billed"
    cd "$WORK/stages/billed"
    do_command approve
    "$PROGRAM" payee set --from 2026-01-01 --iban DK5000400440116243 --evidence "aftale med banken"
    cp -R "$WORK/stages/billed" "$WORK/stages/feed"
    cd "$WORK/stages/feed"
    do_command fee
    cp -R "$WORK/stages/billed" "$WORK/stages/settling"
    cd "$WORK/stages/settling"
    do_command outlay
    do_command outlay-approve
    cp -R "$WORK/stages/settling" "$WORK/stages/settled"
    cd "$WORK/stages/settled"
    do_command settle
    cp -R "$WORK/stages/billed" "$WORK/stages/secretariat"
    cd "$WORK/stages/secretariat"
    "$PROGRAM" product add sekretariat --name Sekretariat --psp XG-9212045001 --level 1
    cp -R "$WORK/stages/secretariat" "$WORK/stages/sharing"
    cd "$WORK/stages/sharing"
    do_command share
    cp -R "$WORK/stages/sharing" "$WORK/stages/shared"
    cd "$WORK/stages/shared"
    do_command share-book
    cp -R "$WORK/stages/billed" "$WORK/stages/carried"
    cd "$WORK/stages/carried"
    do_command carry
    cp -R "$WORK/stages/billed" "$WORK/stages/addressed"
    cd "$WORK/stages/addressed"
    "$PROGRAM" unit set 0461 digital --name Digitalisering --ean 5790000121090 --order-reference 1 --from 2026-01-01
    "$PROGRAM" unit invoice os2compliance 0461 digital --from 2026-01-01
    cp -R "$WORK/stages/billed" "$WORK/stages/agreed"
    cd "$WORK/stages/agreed"
    do_command agreement
    cp -R "$WORK/stages/billed" "$WORK/stages/kept"
    mkdir "$WORK/stages/kept/out"
    cd "$WORK/stages/kept"
    do_command finance
    cp -R "$WORK/stages/billed" "$WORK/stages/closed"
    cd "$WORK/stages/closed"
    "$PROGRAM" period close 2025
    cp -R "$WORK/stages/closed" "$WORK/stages/proposed"
    cd "$WORK/stages/proposed"
    do_command reopen
    cp -R "$WORK/stages/billed" "$WORK/stages/leaving"
    cd "$WORK/stages/leaving"
    "$PROGRAM" leave os2compliance 0751 --notice 2026-02-20
    # fontconfig writes its cache when it is missing or stale: not a call to count
    cp -R "$WORK/stages/billed" "$WORK/warm"
    cd "$WORK/warm"
    do_command agreement
    cd "$ROOT"
    sed -e 's/^from: .*/from: 2027-01-01/' -e 's/budget: 1200000/budget: 1300000/' examples/os2compliance.yaml \
        >"$WORK/second.yaml"
    printf 'account,name_da,name_en,side\n00012,Kurser,Courses,expense\n' >"$WORK/chart.csv"
    cp -R "$WORK/stages/joined" "$WORK/stages/superseded"
    cd "$WORK/stages/superseded"
    do_command adopt
    cd "$ROOT"
}

# state: the facts of the ledger in this folder, as one line; a sweep may put tables in another order.
state() {
    if [ -e tilslut.db ]; then sqlite3 tilslut.db .dump | LC_ALL=C sort | sha256sum; else echo 'no ledger'; fi
}
