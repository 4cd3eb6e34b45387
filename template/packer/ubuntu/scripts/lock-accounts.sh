#!/bin/sh
# Ends the build's way into the system: afterwards neither root nor the build account has a password, and nobody becomes root
# without one. Nodes get their accounts and keys from cloud-init.
#
# IMAGE_ROOT: the root of the file system, for tests; nothing in a guest.
# BUILD_ACCOUNT: the account with which Packer is logged in.
set -eu
root=${IMAGE_ROOT:-}

# A lock alone would leave the hash behind.
usermod --password '*' "$BUILD_ACCOUNT"
usermod --password '*' root
rm -f "$root/etc/shadow-"

rm -f "$root/etc/sudoers.d/packer-build" "$root/etc/sudoers.d/90-cloud-init-users"
