#!/bin/sh
# Installs what a node needs before Deckhouse gets to it, and the corrections that came after the ISO.
set -eu

export DEBIAN_FRONTEND=noninteractive

# The daily updates of the system may hold the lock just now.
apt_get() {
    apt-get --yes --quiet --option DPkg::Lock::Timeout=900 "$@"
}

apt_get update
apt_get full-upgrade
apt_get install open-vm-tools cloud-init
apt_get autoremove --purge
