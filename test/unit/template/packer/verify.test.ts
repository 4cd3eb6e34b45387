import assert from "node:assert/strict";
import { symlinkSync } from "node:fs";
import { GuestSystem, scriptsOfBuild } from "../../../support/guestSystem";
import { passwordHash } from "../../../support/guestSystemContent";

/** A requirement that is not met: what makes it so, and the line that must say so. */
type Fault = readonly [make: (guest: GuestSystem) => unknown, line: string];

const settings = "etc/cloud/cloud.cfg";
const datasource = "etc/cloud/cloud.cfg.d/99-DataSourceVMwareGuestInfo.cfg";
const dbus = "var/lib/dbus/machine-id";
const shadow = "etc/shadow";

const noFlag = "/etc/cloud/cloud.cfg does not say disable_vmware_customization: false";
const noWait = `/${datasource} does not say vmware_cust_file_max_wait: 10`;
const machineId = "/etc/machine-id must exist and be empty, or all nodes get the same identity";
const noLink = "/var/lib/dbus/machine-id is not a link to /etc/machine-id";
const oldCloudInit = "cloud-init 21.2 has no VMware datasource; it must be 21.3 or newer";
const hash = "can hold the hash of the build account's password";
const password = (account: string): string =>
  `/etc/shadow: the account ${account} has a password, or can log in without one`;

function replace(guest: GuestSystem, path: string, from: string, to: string): void {
  assert.ok(guest.read(path).includes(from), `${path} has no ${from}`);
  guest.write(path, guest.read(path).replace(from, to));
}

/** Files that must not be there, by the reason that the line gives for it. */
const leftovers: Readonly<Record<string, readonly string[]>> = {
  "is left over from the build's own boot: run cloud-init clean --logs --seed": [
    "var/lib/cloud/instance",
    "var/lib/cloud/instances/iid-datasource-none",
    "var/lib/cloud/seed/nocloud-net/user-data",
    "var/log/cloud-init-output.log",
  ],
  "would be the SSH host key of every node": ["etc/ssh/ssh_host_rsa_key"],
  "is left over from the installer and keeps cloud-init from working": [
    "etc/cloud/cloud-init.disabled",
    "etc/cloud/ds-identify.cfg",
    "etc/cloud/clean.d/99-installer",
    "etc/cloud/cloud.cfg.d/20-disable-cc-dpkg-grub.cfg",
    "etc/cloud/cloud.cfg.d/90-installer-network.cfg",
    "etc/cloud/cloud.cfg.d/99-installer.cfg",
    "etc/cloud/cloud.cfg.d/curtin-preserve-sources.cfg",
    "etc/cloud/cloud.cfg.d/subiquity-disable-cloudinit-networking.cfg",
  ],
  "is the network of the build, which cloud-init must write for each node": [
    "etc/netplan/50-cloud-init.yaml",
  ],
  [hash]: ["var/log/installer", "etc/shadow-"],
  "is a package cache, which every node would carry": [
    "var/cache/apt/archives/bash_5.2_amd64.deb",
    "var/lib/apt/lists/archive.ubuntu.com_Release",
  ],
  "gives every node the installer's command line": [
    "etc/default/grub",
    "etc/default/grub.d/50-installer.cfg",
    "boot/grub/grub.cfg",
  ],
  "lets an account become root without a password": ["etc/sudoers.d/packer-build"],
};
const content = 'autoinstall ds="nocloud-net;seedfrom=http://x/"\nubuntu ALL=(ALL) NOPASSWD:ALL\n';

/** What the guest's commands tell, or no longer tell. */
const state =
  (path: string, content?: string): Fault[0] =>
  (guest) =>
    guest.setState(path, content);

const inPlaceOf =
  (path: string, make: Fault[0]): Fault[0] =>
  (guest) => {
    guest.remove(path);
    make(guest);
  };

const faults: readonly Fault[] = [
  [state("packages/open-vm-tools"), "open-vm-tools is not installed"],
  [
    state("enabled/open-vm-tools.service"),
    "open-vm-tools 12.5.0 is not enabled, so vCenter would never learn the address of a node",
  ],
  [state("packages/cloud-init"), "cloud-init is not installed"],
  [state("packages/cloud-init", "21.2"), oldCloudInit],
  [state("enabled/cloud-config.service"), "cloud-config.service is not enabled"],
  [state("enabled/cloud-init.service"), "cloud-init.service is not enabled"],
  [state("enabled/cloud-final.service"), "cloud-final.service is not enabled"],
  [(guest) => replace(guest, settings, "zation: false", "zation: true"), noFlag],
  [
    (guest) => {
      replace(guest, settings, "disable_vmware_customization: false\n", "");
      guest.write("etc/cloud/cloud.cfg.d/98.cfg", "disable_vmware_customization: false\n");
    },
    noFlag,
  ],
  [
    (guest) => replace(guest, settings, "  default_user:", "  # default_user:"),
    "/etc/cloud/cloud.cfg has no default_user",
  ],
  [(guest) => guest.remove(datasource), noWait],
  [(guest) => replace(guest, datasource, "max_wait: 10", "max_wait: 100"), noWait],
  [(guest) => guest.remove("etc/machine-id"), machineId],
  [(guest) => guest.write("etc/machine-id", "0123\n"), machineId],
  [inPlaceOf(dbus, (guest) => guest.write(dbus, "")), noLink],
  [inPlaceOf(dbus, (guest) => symlinkSync("/run/machine-id", guest.path(dbus))), noLink],
  [(guest) => guest.remove("sys/class/net/ens192"), "there is no network interface ens192"],
  ...[passwordHash, `!${passwordHash}`, ""].map((value): Fault => [
    (guest) => replace(guest, shadow, "ubuntu:*:", `ubuntu:${value}:`),
    password("ubuntu"),
  ]),
  [(guest) => replace(guest, shadow, "root:*:", `root:${passwordHash}:`), password("root")],
  [
    (guest) => replace(guest, shadow, "ubuntu:*:", "other:*:"),
    "/etc/shadow: there is no account ubuntu",
  ],
  ...Object.entries(leftovers).flatMap(([reason, paths]) =>
    paths.map((path): Fault => [(guest) => guest.write(path, content), `/${path} ${reason}`]),
  ),
];

describe("the last script of the built-in Packer folders, verify", () => {
  let prepared: GuestSystem;

  before(() => {
    prepared = GuestSystem.installed();
    for (const script of scriptsOfBuild().slice(0, -1)) prepared.run(script);
  });

  after(() => {
    prepared.dispose();
  });

  faults.forEach(([make, line], index) => {
    it(`fails with one line (${index + 1}): ${line}`, () => {
      const guest = prepared.copy();
      make(guest);
      const run = guest.run("verify.sh");
      guest.dispose();
      const stderr = `verify: ${line}\nverify: 1 of the template's requirements are not met\n`;
      assert.deepEqual(run, { exitCode: 1, stdout: "", stderr });
    });
  });

  it("names every fault of a system that nobody prepared", () => {
    const fresh = GuestSystem.installed();
    const { exitCode, stderr } = fresh.run("verify.sh");
    fresh.dispose();
    assert.equal(exitCode, 1);
    const lines = stderr.trimEnd().split("\n");
    assert.ok(lines.length > 25 && lines.every((line) => line.startsWith("verify: ")), stderr);
    const count = lines.length - 1;
    assert.equal(lines.at(-1), `verify: ${count} of the template's requirements are not met`);
  });
});
