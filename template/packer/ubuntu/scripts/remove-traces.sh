#!/bin/sh
# Removes what the installer and this build leave behind. The files that the installer writes for cloud-init keep it
# from querying vSphere and from setting up the network of a node, and contain the hash of the build account's password.
#
# IMAGE_ROOT: the root of the file system, for tests; empty in a guest.
# BUILD_ACCOUNT: the account that Packer is logged in with.
set -eu
root=${IMAGE_ROOT:-}

# Written by the installers of 22.04 and 24.04, some by only one of them.
for path in \
    /etc/cloud/cloud-init.disabled \
    /etc/cloud/ds-identify.cfg \
    /etc/cloud/clean.d/99-installer \
    /etc/cloud/cloud.cfg.d/20-disable-cc-dpkg-grub.cfg \
    /etc/cloud/cloud.cfg.d/90-installer-network.cfg \
    /etc/cloud/cloud.cfg.d/99-installer.cfg \
    /etc/cloud/cloud.cfg.d/curtin-preserve-sources.cfg \
    /etc/cloud/cloud.cfg.d/subiquity-disable-cloudinit-networking.cfg \
    /etc/ssh/sshd_config.d/50-cloud-init.conf \
    /var/log/installer; do
    rm -rf "$root$path"
done
rm -f "$root"/etc/netplan/*.yaml

apt-get clean
rm -rf "$root"/var/lib/apt/lists/*

for home in "$root/root" "$root/home/$BUILD_ACCOUNT"; do
    rm -rf "$home/.bash_history" "$home/.cache" "$home/.sudo_as_admin_successful"
done
rm -rf "$root"/var/log/journal/*
