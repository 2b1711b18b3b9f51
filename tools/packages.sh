#!/bin/sh
# SPDX-License-Identifier: MPL-2.0
# Installs the Debian packages that are missing: `packages.sh build` or `packages.sh test`.
set -eu
build="gcc libc6-dev libsqlite3-dev libgmp-dev libyaml-dev libsodium-dev libmd4c-dev libxlsxwriter-dev
       libfontconfig-dev zlib1g-dev libzip-dev libhyphen-dev hyphen-da hyphen-en-gb libxml2-dev fonts-open-sans"
test="clang libclang-rt-14-dev libcmocka-dev valgrind sqlite3 poppler-utils qpdf unzip
      libreoffice-calc-nogui libreoffice-writer-nogui hledger libxml2-utils ledger python3"
case "${1:-}" in
build) wanted=$build ;;
test) wanted="$build $test" ;;
*)
    echo "usage: packages.sh build|test" >&2
    exit 2
    ;;
esac
missing=""
for package in $wanted; do
    dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' || missing="$missing $package"
done
[ -n "$missing" ] || exit 0
echo "installing:$missing" >&2
root=""
[ "$(id -u)" -eq 0 ] || root=sudo
export DEBIAN_FRONTEND=noninteractive
$root apt-get update -q >/dev/null
# shellcheck disable=SC2086
$root apt-get install -y -q --no-install-recommends $missing >/dev/null
