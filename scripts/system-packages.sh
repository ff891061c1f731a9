#!/bin/sh
# Installs Debian packages where it may, or says which are missing and how to install them.
#
# usage: scripts/system-packages.sh COMMAND=PACKAGE...
# A package is missing when its command cannot be found; a COMMAND with a slash is a file that must exist.
set -eu

missing=
for need in "$@"; do
    provided=${need%%=*}
    case $provided in
        /*) [ -e "$provided" ] && continue ;;
        *) command -v "$provided" >/dev/null 2>&1 && continue ;;
    esac
    missing="$missing ${need#*=}"
done
[ -n "$missing" ] || exit 0

if [ "$(id -u)" -eq 0 ]; then
    as_root=
elif sudo -n true 2>/dev/null; then
    as_root=sudo
else
    as_root=none
fi
if [ "$as_root" = none ] || ! command -v apt-get >/dev/null 2>&1; then
    echo "Missing on this machine:$missing" >&2
    echo "Install them first. On Debian and Ubuntu:  sudo apt-get install$missing" >&2
    exit 1
fi

echo "Installing the system packages:$missing" >&2
export DEBIAN_FRONTEND=noninteractive
$as_root apt-get update -qq
# Word splitting is wanted: each name is an argument.
# shellcheck disable=SC2086
$as_root apt-get install -qq -y --no-install-recommends $missing >&2
