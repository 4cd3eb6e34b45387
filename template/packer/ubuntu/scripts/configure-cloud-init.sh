#!/bin/sh
# Makes cloud-init take what Deckhouse gives a node through vSphere, as its ENVIRONMENT.md asks. The default user stays that
# of the distribution.
#
# IMAGE_ROOT: the root of the file system, for tests; nothing in a guest.
set -eu
root=${IMAGE_ROOT:-}

cat >"$root/etc/cloud/cloud.cfg.d/99-DataSourceVMwareGuestInfo.cfg" <<'CONFIGURATION'
datasource:
  VMware:
    vmware_cust_file_max_wait: 10
CONFIGURATION

# In this file and no other: it is the only one that VMware Tools read.
main="$root/etc/cloud/cloud.cfg"
sed -i.before -e '/^disable_vmware_customization:/d' "$main"
rm "$main.before"
echo 'disable_vmware_customization: false' >>"$main"

systemctl enable cloud-init-local.service cloud-init.service cloud-config.service cloud-final.service
