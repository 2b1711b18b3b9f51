#!/bin/sh
# SPDX-License-Identifier: MPL-2.0
# Regner segl og kæder efter ud fra tables/*.csv; kræver kun sqlite3 og sha256sum.
# Recomputes the seals and both chains from tables/*.csv; needs nothing but sqlite3 and sha256sum.
#
# brug/usage: sh check-seals.sh     (i revisionsmappen / in the audit folder)
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for table in act act_seal entry posting seal; do
    printf '.import --csv tables/%s.csv %s\n' "$table" "$table"
done | sqlite3 "$work/audit.db"
ask() { sqlite3 -noheader -list "$work/audit.db" "$1"; }
wrong=0 previous=0000000000000000000000000000000000000000000000000000000000000000
# the texts of a seal: a backslash is written as two, a line feed as backslash and n
escaped() { printf "replace(replace(%s, '\\\\', '\\\\\\\\'), char(10), '\\\\n')" "$1"; }

entries=0
for id in $(ask 'SELECT entry_id FROM seal ORDER BY entry_id + 0'); do
    hash=$(ask "
        SELECT 'tilslut entry 1'; SELECT 'previous $previous'; SELECT 'entry $id';
        SELECT 'recorded-at ' || a.recorded_at || char(10) || 'actor ' || $(escaped a.actor) || char(10) ||
               'command ' || $(escaped a.command) FROM act a JOIN entry e ON e.act_id = a.id WHERE e.id = '$id';
        SELECT 'kind ' || kind || char(10) || 'holds-on ' || holds_on || char(10) || 'due-on ' || due_on || char(10) ||
               'reference ' || $(escaped reference) || char(10) || 'text ' || $(escaped text) || char(10) ||
               'run ' || coalesce(nullif(run_id, ''), 0) || char(10) ||
               'reverses ' || coalesce(nullif(reverses_id, ''), 0) || char(10) || 'evidence ' || evidence
        FROM entry WHERE id = '$id';
        SELECT 'posting ' || $(escaped key) || char(10) || 'account ' || account_code || char(10) ||
               'party ' || party_code || char(10) || 'product ' || product_code || char(10) ||
               'line ' || $(escaped line_id) || char(10) || 'amount ' || amount_minor
        FROM posting WHERE entry_id = '$id' ORDER BY seq + 0;" | sha256sum | cut -d ' ' -f 1)
    sealed=$(ask "SELECT hash FROM seal WHERE entry_id = '$id'")
    if [ "$hash" != "$sealed" ]; then
        echo "bilag/entry $id: er ikke, som det blev forseglet / is not what was sealed"
        wrong=1
    fi
    previous=$sealed entries=$((entries + 1))
done
echo "$entries bilag/entries, $previous"

acts=0 previous=0000000000000000000000000000000000000000000000000000000000000000
for id in $(ask 'SELECT act_id FROM act_seal ORDER BY act_id + 0'); do
    hash=$({ printf 'tilslut act 1\nprevious %s\nact %s\n' "$previous" "$id"
        ask "SELECT contents FROM act_seal WHERE act_id = '$id'" | sed '$d'; } | sha256sum | cut -d ' ' -f 1)
    sealed=$(ask "SELECT hash FROM act_seal WHERE act_id = '$id'")
    if [ "$hash" != "$sealed" ]; then
        echo "handling/act $id: er ikke, som den blev forseglet / is not what was sealed"
        wrong=1
    fi
    previous=$sealed acts=$((acts + 1))
done
echo "$acts handlinger/acts, $previous"
exit $wrong
