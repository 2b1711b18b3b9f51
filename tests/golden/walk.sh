#!/bin/sh
# SPDX-License-Identifier: MPL-2.0
# Prints a document whose blocks of code hold commands (lines that begin with `$ `) and what they say: as it stands, with
# the commands run in this folder and what they say now. Hashes are masked. When only the document is behind, what this
# prints replaces it.
#
# usage: walk.sh DOCUMENT
set -eu
. "$GOLDEN/prelude.sh"
inside=no
while IFS= read -r line; do
    case $inside$line in
    no\`\`\`*) inside=yes ;;
    yes\`\`\`*) inside=no ;;
    esac
    case $inside$line in
    no* | yes\`\`\`*) printf '%s\n' "$line" ;;
    "yes\$ "*)
        printf '%s\n' "$line"
        sh -c "${line#??}" 2>&1 </dev/null | masked
        ;;
    esac
done <"$1"
