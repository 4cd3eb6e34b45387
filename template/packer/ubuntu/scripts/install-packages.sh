#!/bin/sh
# Installs what a node needs before Deckhouse can manage it, and the updates released since the ISO.
set -eu

export DEBIAN_FRONTEND=noninteractive

# The system's daily updates may be holding the lock.
apt_get() {
    apt-get --yes --quiet --option DPkg::Lock::Timeout=900 "$@"
}

apt_get update
apt_get full-upgrade
apt_get install open-vm-tools cloud-init
apt_get autoremove --purge
