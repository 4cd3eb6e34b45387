/** The hash of the build account's password in the guests of tests. */
export const passwordHash = "$2a$10$abcdefghijklmnopqrstuuZ1Z1Z1Z1Z1Z1Z1Z1Z1Z1Z1Z1Z1Z1Z1";

/** What the installers of 22.04 and 24.04 leave, as far as the scripts of the build look at it; both in one system. */
export const installedFiles: Readonly<Record<string, string>> = {
  "boot/grub/grub.cfg": "linux /boot/vmlinuz root=UUID=1 ro\n",
  "etc/cloud/clean.d/99-installer": "#!/usr/bin/env python3\n",
  "etc/cloud/cloud-init.disabled": "Disabled after first boot.\n",
  "etc/cloud/cloud.cfg":
    "users:\n  - default\ndisable_root: true\ndisable_vmware_customization: true\n" +
    "system_info:\n  distro: ubuntu\n  default_user:\n    name: ubuntu\n",
  "etc/cloud/cloud.cfg.d/05_logging.cfg": "log_cfgs: []\n",
  "etc/cloud/cloud.cfg.d/20-disable-cc-dpkg-grub.cfg": "grub_dpkg:\n  enabled: false\n",
  "etc/cloud/cloud.cfg.d/90-installer-network.cfg": "network: {}\n",
  "etc/cloud/cloud.cfg.d/90_dpkg.cfg": "datasource_list: [NoCloud, VMware, None]\n",
  "etc/cloud/cloud.cfg.d/99-installer.cfg": `datasource_list: [None]\n# ${passwordHash}\n`,
  "etc/cloud/cloud.cfg.d/curtin-preserve-sources.cfg": "apt: {preserve_sources_list: true}\n",
  "etc/cloud/cloud.cfg.d/subiquity-disable-cloudinit-networking.cfg":
    "network: {config: disabled}\n",
  "etc/cloud/ds-identify.cfg": "policy: enabled\n",
  "etc/default/grub": 'GRUB_CMDLINE_LINUX=""\n',
  "etc/machine-id": "0123456789abcdef0123456789abcdef\n",
  "etc/netplan/00-installer-config.yaml": "network: {}\n",
  "etc/netplan/50-cloud-init.yaml": "network: {}\n",
  "etc/shadow": `root:*:19000:0:99999:7:::\ndaemon:*:1:0:99999:7:::\nsshd:!:1::::::\nubuntu:${passwordHash}:19000:0:99999:7:::\n`,
  "etc/shadow-": `ubuntu:${passwordHash}:19000:0:99999:7:::\n`,
  "etc/ssh/ssh_host_ed25519_key": "key",
  "etc/ssh/ssh_host_ed25519_key.pub": "key",
  "etc/ssh/sshd_config": "UsePAM yes\n",
  "etc/ssh/sshd_config.d/50-cloud-init.conf": "PasswordAuthentication yes\n",
  "etc/sudoers": "# user ALL=NOPASSWD: ALL is an example\n%sudo ALL=(ALL:ALL) ALL\n",
  "etc/sudoers.d/90-cloud-init-users": "ubuntu ALL=(ALL) NOPASSWD:ALL\n",
  "etc/sudoers.d/README": "# No rule.\n",
  "etc/sudoers.d/packer-build": "ubuntu ALL=(ALL) NOPASSWD:ALL\n",
  "home/ubuntu/.bash_history": "history",
  "home/ubuntu/.bashrc": "# kept",
  "home/ubuntu/.cache/motd.legal-displayed": "",
  "home/ubuntu/.sudo_as_admin_successful": "",
  "root/.bashrc": "# kept",
  "sys/class/net/ens192/address": "00:50:56:00:00:01\n",
  "sys/class/net/lo/address": "00:00:00:00:00:00\n",
  "var/cache/apt/archives/lock": "",
  "var/lib/apt/lists/archive.ubuntu.com_ubuntu_dists_noble_InRelease": "list",
  "var/lib/cloud/instance/user-data.txt": passwordHash,
  "var/lib/cloud/instances/iid-datasource-none/user-data.txt": passwordHash,
  "var/lib/cloud/seed/nocloud-net/user-data": passwordHash,
  "var/log/cloud-init.log": "log",
  "var/log/cloud-init-output.log": "log",
  "var/log/installer/autoinstall-user-data": passwordHash,
  "var/log/journal/0123456789abcdef0123456789abcdef/system.journal": "journal",
};

/** Notes the command, whatever it does. */
const note = 'echo "${0##*/} $*" >>"$STATE/commands"\n';

/**
 * Imitations of the commands that change a system or tell of it. They keep to `IMAGE_ROOT`, and remember in `STATE`
 * which units are enabled and which packages are installed.
 */
export const guestCommands: Readonly<Record<string, string>> = {
  "apt-get": `${note}
mkdir -p "$STATE/packages"
for word; do
    case $word in
    update) echo list >"$IMAGE_ROOT/var/lib/apt/lists/security.ubuntu.com_Release" ;;
    full-upgrade) echo deb >"$IMAGE_ROOT/var/cache/apt/archives/bash_5.2_amd64.deb" ;;
    open-vm-tools) echo 12.5.0 >"$STATE/packages/open-vm-tools"; enable=open-vm-tools ;;
    cloud-init) echo 25.1.4 >"$STATE/packages/cloud-init" ;;
    clean) rm -f "$IMAGE_ROOT"/var/cache/apt/archives/*.deb ;;
    esac
done
if [ -n "\${enable:-}" ]; then mkdir -p "$STATE/enabled"; touch "$STATE/enabled/$enable.service"; fi
`,
  "cloud-init": `${note}
case $1 in
status) exit 2 ;;
clean)
    rm -rf "$IMAGE_ROOT"/var/lib/cloud/instance "$IMAGE_ROOT"/var/lib/cloud/instances
    for word; do
        case $word in
        --logs) rm -f "$IMAGE_ROOT"/var/log/cloud-init*.log ;;
        --seed) rm -rf "$IMAGE_ROOT"/var/lib/cloud/seed ;;
        esac
    done
    ;;
esac
`,
  dpkg: `[ "$(printf '%s\\n%s\\n' "$2" "$4" | sort -t. -k1,1n -k2,2n | head -n 1)" = "$4" ]\n`,
  "dpkg-query": 'for name; do :; done\ncat "$STATE/packages/$name"\n',
  systemctl: `${note}
verb=$1
mkdir -p "$STATE/enabled"
shift
for unit; do
    case $verb,$unit in
    enable,*) touch "$STATE/enabled/$unit" ;;
    is-enabled,--quiet) ;;
    is-enabled,*) [ -e "$STATE/enabled/$unit" ] || exit 1 ;;
    esac
done
`,
  usermod: `${note}
# As the real one, leaves what was there before in a file beside it.
cp "$IMAGE_ROOT/etc/shadow" "$IMAGE_ROOT/etc/shadow-"
sed -e "s|^$3:[^:]*:|$3:$2:|" "$IMAGE_ROOT/etc/shadow-" >"$IMAGE_ROOT/etc/shadow"
`,
};
