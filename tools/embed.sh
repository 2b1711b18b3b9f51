#!/bin/sh
# SPDX-License-Identifier: MPL-2.0
# Writes the files named on the command line as a C table, tl_embedded_files, to standard output.
set -eu
echo '#include "tilslut/base/embedded.h"'
number=0
for file in "$@"; do
    number=$((number + 1))
    echo "static const char file_$number[] = {"
    od -An -v -tx1 "$file" | sed 's/ \([0-9a-f][0-9a-f]\)/(char)0x\1,/g'
    echo '0};'
done
echo 'const struct tl_embedded_file tl_embedded_files[] = {'
number=0
for file in "$@"; do
    number=$((number + 1))
    echo "    {\"$file\", file_$number, sizeof file_$number - 1},"
done
echo '    {0, 0, 0}};'
