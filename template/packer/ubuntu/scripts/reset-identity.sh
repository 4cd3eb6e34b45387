#!/bin/sh
# Takes away what must differ from node to node: the identity of the machine, its SSH host keys, and what cloud-init knows of
# it. All of it is made anew on the first boot of a clone.
#
# IMAGE_ROOT: the root of the file system, for tests; nothing in a guest.
set -eu
root=${IMAGE_ROOT:-}

# Empty and not missing: systemd would take a machine without the file for one that was never set up at all.
: >"$root/etc/machine-id"
mkdir -p "$root/var/lib/dbus"
ln -sf /etc/machine-id "$root/var/lib/dbus/machine-id"

rm -f "$root"/etc/ssh/ssh_host_*

cloud-init clean --logs --seed
