#!/bin/sh
# Removes what must differ from node to node: the machine identity, the SSH host keys, and what cloud-init knows about the
# machine. All of it is recreated on the first boot of a clone.
#
# IMAGE_ROOT: the root of the file system, for tests; empty in a guest.
set -eu
root=${IMAGE_ROOT:-}

# Empty rather than missing: without the file, systemd would assume that the machine was never set up.
: >"$root/etc/machine-id"
mkdir -p "$root/var/lib/dbus"
ln -sf /etc/machine-id "$root/var/lib/dbus/machine-id"

rm -f "$root"/etc/ssh/ssh_host_*

cloud-init clean --logs --seed
