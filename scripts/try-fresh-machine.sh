#!/bin/sh
# Runs make in a copy of this checkout on a bare Debian that has only Python, make and root's rights.
#
# usage: sudo scripts/try-fresh-machine.sh RELEASE DIRECTORY TARGET...
# e.g.   sudo scripts/try-fresh-machine.sh bookworm /var/tmp/fresh test
# DIRECTORY keeps the machine's root; remove it to begin afresh. Needs debootstrap and util-linux.
set -eu

release=$1 root=$2
shift 2
PATH=$PATH:/usr/sbin
checkout=$(cd "$(dirname "$0")/.." && pwd)

[ -d "$root" ] || debootstrap --variant=minbase --include=python3,make,ca-certificates "$release" "$root"

# What a machine's administrator has set up: name servers, trusted certificates, pip's settings.
for file in /etc/resolv.conf /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/java/cacerts /etc/pip.conf; do
    if [ -e "$file" ]; then
        mkdir -p "$root$(dirname "$file")"
        cp "$file" "$root$file"
    fi
done

mkdir -p "$root/checkout"
tar --exclude-vcs --exclude=./.venv --exclude=./.cache --exclude=./var -C "$checkout" -cf - . |
    tar -C "$root/checkout" -xf -

# Name spaces of its own: what is mounted and started goes away with it.
# shellcheck disable=SC2016
exec unshare --mount --pid --fork --kill-child sh -eu -c '
    root=$1
    shift
    mount --make-rprivate /
    mount --bind "$root" "$root"
    mount -t proc none "$root/proc"
    mount --rbind /dev "$root/dev"
    mount -t tmpfs none "$root/tmp"
    exec chroot "$root" env -i HOME=/root LANG=C.UTF-8 PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
        make -C /checkout "$@"
' sh "$root" "$@"
