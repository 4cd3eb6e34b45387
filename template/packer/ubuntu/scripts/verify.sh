#!/bin/sh
# Compares the system with what Deckhouse requires of a template (docs/templates.md) and with what this build promises. Prints
# one line for each fault, and fails if there are any. Changes nothing.
#
# IMAGE_ROOT: the root of the file system, for tests; empty in a guest.
# BUILD_ACCOUNT: the account that Packer is logged in with.
set -eu
root=${IMAGE_ROOT:-}

faults=0
fault() {
    faults=$((faults + 1))
    echo "verify: $1" >&2
}

# The oldest version with the VMware datasource.
oldest_cloud_init=21.3

check_packages() {
    if ! vmware_tools=$(dpkg-query --show --showformat '${Version}' open-vm-tools 2>/dev/null); then
        fault "open-vm-tools is not installed"
    elif ! systemctl is-enabled --quiet open-vm-tools.service; then
        fault "open-vm-tools $vmware_tools is not enabled, so vCenter would never learn the address of a node"
    fi
    if ! cloud_init=$(dpkg-query --show --showformat '${Version}' cloud-init 2>/dev/null); then
        fault "cloud-init is not installed"
    elif ! dpkg --compare-versions "$cloud_init" ge "$oldest_cloud_init"; then
        fault "cloud-init $cloud_init has no VMware datasource; it must be $oldest_cloud_init or newer"
    fi
}

check_cloud_init() {
    for unit in cloud-config cloud-init cloud-final; do
        if ! systemctl is-enabled --quiet "$unit.service"; then
            fault "$unit.service is not enabled"
        fi
    done
    if ! grep -q '^disable_vmware_customization: false$' "$root/etc/cloud/cloud.cfg"; then
        fault "/etc/cloud/cloud.cfg does not say disable_vmware_customization: false"
    fi
    if ! grep -q '^ *default_user:' "$root/etc/cloud/cloud.cfg"; then
        fault "/etc/cloud/cloud.cfg has no default_user"
    fi
    source=/etc/cloud/cloud.cfg.d/99-DataSourceVMwareGuestInfo.cfg
    if ! grep -q '^ *vmware_cust_file_max_wait: 10$' "$root$source" 2>/dev/null; then
        fault "$source does not say vmware_cust_file_max_wait: 10"
    fi
    for state in "$root"/var/lib/cloud/instance "$root"/var/lib/cloud/instances/* "$root"/var/lib/cloud/seed/*/* \
        "$root"/var/log/cloud-init*.log; do
        must_be_absent "$state" "is left over from the build's own boot: run cloud-init clean --logs --seed"
    done
}

# must_be_absent PATH REASON: PATH may be a pattern that matched nothing.
must_be_absent() {
    if [ -e "$1" ] || [ -L "$1" ]; then
        fault "${1#"$root"} $2"
    fi
}

check_identity() {
    if [ ! -f "$root/etc/machine-id" ] || [ -s "$root/etc/machine-id" ]; then
        fault "/etc/machine-id must exist and be empty, or all nodes get the same identity"
    fi
    if [ "$(readlink "$root/var/lib/dbus/machine-id")" != /etc/machine-id ]; then
        fault "/var/lib/dbus/machine-id is not a link to /etc/machine-id"
    fi
    for key in "$root"/etc/ssh/ssh_host_*; do
        must_be_absent "$key" "would be the SSH host key of every node"
    done
    if [ ! -e "$root/sys/class/net/ens192" ]; then
        fault "there is no network interface ens192"
    fi
}

check_traces() {
    for file in cloud-init.disabled ds-identify.cfg clean.d/99-installer cloud.cfg.d/20-disable-cc-dpkg-grub.cfg \
        cloud.cfg.d/90-installer-network.cfg cloud.cfg.d/99-installer.cfg cloud.cfg.d/curtin-preserve-sources.cfg \
        cloud.cfg.d/subiquity-disable-cloudinit-networking.cfg; do
        must_be_absent "$root/etc/cloud/$file" "is left over from the installer and keeps cloud-init from working"
    done
    for file in "$root"/etc/netplan/*.yaml; do
        must_be_absent "$file" "is the network of the build, which cloud-init must write for each node"
    done
    must_be_absent "$root/var/log/installer" "can hold the hash of the build account's password"
    for file in "$root"/var/cache/apt/archives/*.deb "$root"/var/lib/apt/lists/*_*; do
        must_be_absent "$file" "is a package cache, which every node would carry"
    done
    # Only the command line that a node's boot loader would use, not that of the build.
    for file in "$root"/etc/default/grub "$root"/etc/default/grub.d/*.cfg "$root"/boot/grub/grub.cfg; do
        if grep -q -e 'seedfrom=' -e ' autoinstall' "$file" 2>/dev/null; then
            fault "${file#"$root"} gives every node the installer's command line"
        fi
    done
}

check_accounts() {
    for account in $(awk -F: '$2 !~ /^[!*]+$/ { print $1 }' "$root/etc/shadow"); do
        fault "/etc/shadow: the account $account has a password, or can log in without one"
    done
    for account in root "$BUILD_ACCOUNT"; do
        if ! grep -q "^$account:" "$root/etc/shadow"; then
            fault "/etc/shadow: there is no account $account"
        fi
    done
    must_be_absent "$root/etc/shadow-" "can hold the hash of the build account's password"
    for file in "$root"/etc/sudoers "$root"/etc/sudoers.d/*; do
        if grep -v '^ *#' "$file" 2>/dev/null | grep -q NOPASSWD; then
            fault "${file#"$root"} lets an account become root without a password"
        fi
    done
}

check_packages
check_cloud_init
check_identity
check_traces
check_accounts

if [ "$faults" -gt 0 ]; then
    echo "verify: $faults of the template's requirements are not met" >&2
    exit 1
fi
echo "verify: every requirement of the template is met"
