#!/bin/sh
# Makes the virtual environment DIRECTORY with the newest Python found, 3.11 or later.
#
# usage: scripts/make-venv.sh DIRECTORY        (PYTHON names an interpreter to use instead)
set -eu

is_new_enough() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
}

python=
for candidate in ${PYTHON:-python3 python3.14 python3.13 python3.12 python3.11}; do
    if is_new_enough "$candidate"; then
        python=$candidate
        break
    fi
done
if [ -z "$python" ]; then
    echo "Python 3.11 or later is needed; tried: ${PYTHON:-python3, python3.14 to python3.11}." >&2
    exit 1
fi

# Debian and Ubuntu take ensurepip out of python3 and put it into a package of its own.
if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
    version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
    "$(dirname "$0")/system-packages.sh" "/no-ensurepip=python$version-venv"
fi
"$python" -m venv --clear "$1"
