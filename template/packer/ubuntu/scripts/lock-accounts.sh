#!/bin/sh
# Closes the build's access to the system: afterwards neither root nor the build account has a password, and nobody can become
# root without one. Nodes get their accounts and keys from cloud-init.
#
# IMAGE_ROOT: the root of the file system, for tests; empty in a guest.
# BUILD_ACCOUNT: the account that Packer is logged in with.
set -eu
root=${IMAGE_ROOT:-}

# Merely locking the account would leave the hash behind.
usermod --password '*' "$BUILD_ACCOUNT"
usermod --password '*' root
rm -f "$root/etc/shadow-"

rm -f "$root/etc/sudoers.d/packer-build" "$root/etc/sudoers.d/90-cloud-init-users"
