#!/bin/sh
# Makes cloud-init accept what Deckhouse passes to a node through vSphere, as its ENVIRONMENT.md requires. The default user
# remains that of the distribution.
#
# IMAGE_ROOT: the root of the file system, for tests; empty in a guest.
set -eu
root=${IMAGE_ROOT:-}

cat >"$root/etc/cloud/cloud.cfg.d/99-DataSourceVMwareGuestInfo.cfg" <<'CONFIGURATION'
datasource:
  VMware:
    vmware_cust_file_max_wait: 10
CONFIGURATION

# In this file, because VMware Tools read no other.
main="$root/etc/cloud/cloud.cfg"
sed -i.before -e '/^disable_vmware_customization:/d' "$main"
rm "$main.before"
echo 'disable_vmware_customization: false' >>"$main"

systemctl enable cloud-init-local.service cloud-init.service cloud-config.service cloud-final.service
