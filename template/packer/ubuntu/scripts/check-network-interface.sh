#!/bin/sh
# Fails unless the first network interface is ens192. Static addresses are assigned to interfaces by name, and Deckhouse
# uses this one (deckhouse/deckhouse#9830). The name comes from the adapter's slot on the bus, which is the same in every clone.
#
# IMAGE_ROOT: the root of the file system, for tests; empty in a guest.
set -eu
root=${IMAGE_ROOT:-}

if [ ! -e "$root/sys/class/net/ens192" ]; then
    found=$(ls "$root/sys/class/net" | grep -v '^lo$' | tr '\n' ' ')
    echo "The network interface is ${found:-missing }and not ens192: build with nic_type vmxnet3 and no other adapter." >&2
    exit 1
fi
