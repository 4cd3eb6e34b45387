import assert from "node:assert/strict";
import { symlinkSync } from "node:fs";
import { GuestSystem, scriptsOfBuild } from "../../../support/guestSystem";
import { passwordHash } from "../../../support/guestSystemContent";

/** One requirement that is not met, and the line that must say so. */
interface Fault {
  readonly name: string;
  readonly make: (guest: GuestSystem) => void;
  readonly line: string;
}

const cloudSettings = "etc/cloud/cloud.cfg";
const datasource = "etc/cloud/cloud.cfg.d/99-DataSourceVMwareGuestInfo.cfg";

function replace(guest: GuestSystem, path: string, from: string, to: string): void {
  assert.ok(guest.read(path).includes(from), `${path} has no ${from}`);
  guest.write(path, guest.read(path).replace(from, to));
}

/** A file that must not be there, and the part of its path that is named. */
function leftover(path: string, reason: string, named = path): Fault {
  return {
    name: `/${path} is left`,
    make: (guest) => guest.write(path, "x"),
    line: `/${named} ${reason}`,
  };
}

const installers = "is the installer's and keeps cloud-init from its work";
const cache = "is a package cache, which every node would carry";
const state = "is of the build's own boot: run cloud-init clean --logs --seed";
const hash = "can hold the hash of the build account's password";

const faults: readonly Fault[] = [
  {
    name: "open-vm-tools is missing",
    make: (guest) => guest.setState("packages/open-vm-tools", undefined),
    line: "open-vm-tools is not installed",
  },
  {
    name: "open-vm-tools is not enabled",
    make: (guest) => guest.setState("enabled/open-vm-tools.service", undefined),
    line: "open-vm-tools 12.5.0 is not enabled, so vCenter would never know the address of a node",
  },
  {
    name: "cloud-init is missing",
    make: (guest) => guest.setState("packages/cloud-init", undefined),
    line: "cloud-init is not installed",
  },
  {
    name: "cloud-init is too old",
    make: (guest) => guest.setState("packages/cloud-init", "21.2"),
    line: "cloud-init 21.2 has no VMware datasource, it must be 21.3 or newer",
  },
  ...["cloud-config", "cloud-init", "cloud-final"].map((unit) => ({
    name: `${unit} is not enabled`,
    make: (guest: GuestSystem) => guest.setState(`enabled/${unit}.service`, undefined),
    line: `${unit}.service is not enabled`,
  })),
  {
    name: "the customization flag is true",
    make: (guest) => replace(guest, cloudSettings, "customization: false", "customization: true"),
    line: "/etc/cloud/cloud.cfg does not say disable_vmware_customization: false",
  },
  {
    name: "the customization flag is in another file",
    make: (guest) => {
      replace(guest, cloudSettings, "disable_vmware_customization: false\n", "");
      guest.write("etc/cloud/cloud.cfg.d/98.cfg", "disable_vmware_customization: false\n");
    },
    line: "/etc/cloud/cloud.cfg does not say disable_vmware_customization: false",
  },
  {
    name: "there is no default user",
    make: (guest) => replace(guest, cloudSettings, "  default_user:", "  # default_user:"),
    line: "/etc/cloud/cloud.cfg has no default_user",
  },
  {
    name: "the datasource is not configured",
    make: (guest) => guest.remove(datasource),
    line: `/${datasource} does not say vmware_cust_file_max_wait: 10`,
  },
  {
    name: "the datasource waits for another time",
    make: (guest) => replace(guest, datasource, "max_wait: 10", "max_wait: 100"),
    line: `/${datasource} does not say vmware_cust_file_max_wait: 10`,
  },
  leftover("var/lib/cloud/instance", state),
  leftover("var/lib/cloud/instances/iid-datasource-none", state),
  leftover("var/lib/cloud/seed/nocloud-net/user-data", state),
  leftover("var/log/cloud-init-output.log", state),
  {
    name: "machine-id is missing",
    make: (guest) => guest.remove("etc/machine-id"),
    line: "/etc/machine-id must be there and empty, or all nodes are the same machine",
  },
  {
    name: "machine-id is not empty",
    make: (guest) => guest.write("etc/machine-id", "0123\n"),
    line: "/etc/machine-id must be there and empty, or all nodes are the same machine",
  },
  {
    name: "the machine-id of dbus is a file",
    make: (guest) => {
      guest.remove("var/lib/dbus/machine-id");
      guest.write("var/lib/dbus/machine-id", "");
    },
    line: "/var/lib/dbus/machine-id is no link to /etc/machine-id",
  },
  {
    name: "the machine-id of dbus is another link",
    make: (guest) => {
      guest.remove("var/lib/dbus/machine-id");
      symlinkSync("/run/machine-id", guest.path("var/lib/dbus/machine-id"));
    },
    line: "/var/lib/dbus/machine-id is no link to /etc/machine-id",
  },
  leftover("etc/ssh/ssh_host_rsa_key", "would be the SSH host key of every node"),
  {
    name: "the network interface has another name",
    make: (guest) => guest.remove("sys/class/net/ens192"),
    line: "there is no network interface ens192",
  },
  leftover("etc/cloud/cloud-init.disabled", installers),
  leftover("etc/cloud/ds-identify.cfg", installers),
  leftover("etc/cloud/clean.d/99-installer", installers),
  leftover("etc/cloud/cloud.cfg.d/20-disable-cc-dpkg-grub.cfg", installers),
  leftover("etc/cloud/cloud.cfg.d/90-installer-network.cfg", installers),
  leftover("etc/cloud/cloud.cfg.d/99-installer.cfg", installers),
  leftover("etc/cloud/cloud.cfg.d/curtin-preserve-sources.cfg", installers),
  leftover("etc/cloud/cloud.cfg.d/subiquity-disable-cloudinit-networking.cfg", installers),
  leftover(
    "etc/netplan/50-cloud-init.yaml",
    "is the network of the build, which cloud-init must write for each node",
  ),
  leftover("var/log/installer/autoinstall-user-data", hash, "var/log/installer"),
  leftover("var/cache/apt/archives/bash_5.2_amd64.deb", cache),
  leftover("var/lib/apt/lists/archive.ubuntu.com_Release", cache),
  ...["etc/default/grub", "etc/default/grub.d/50-installer.cfg", "boot/grub/grub.cfg"].map(
    (path) => ({
      name: `/${path} has the installer's command line`,
      make: (guest: GuestSystem) =>
        guest.write(path, 'linux autoinstall ds="nocloud-net;seedfrom=http://192.0.2.1:8000/"\n'),
      line: `/${path} gives every node the installer's command line`,
    }),
  ),
  ...[passwordHash, `!${passwordHash}`, ""].map((password) => ({
    name: `the build account has the password "${password}"`,
    make: (guest: GuestSystem) => replace(guest, "etc/shadow", "ubuntu:*:", `ubuntu:${password}:`),
    line: "/etc/shadow: the account ubuntu has a password, or needs none",
  })),
  {
    name: "root has a password",
    make: (guest) => replace(guest, "etc/shadow", "root:*:", `root:${passwordHash}:`),
    line: "/etc/shadow: the account root has a password, or needs none",
  },
  {
    name: "the build account is another one",
    make: (guest) => replace(guest, "etc/shadow", "ubuntu:*:", "other:*:"),
    line: "/etc/shadow: there is no account ubuntu",
  },
  leftover("etc/shadow-", hash),
  {
    name: "a sudo rule of the build is left",
    make: (guest) => guest.write("etc/sudoers.d/packer-build", "ubuntu ALL=(ALL) NOPASSWD:ALL\n"),
    line: "/etc/sudoers.d/packer-build lets an account become root without a password",
  },
];

describe("the last script of the built-in Packer folders, verify", () => {
  let prepared: GuestSystem;
  let guest: GuestSystem;

  before(() => {
    prepared = GuestSystem.installed();
    for (const script of scriptsOfBuild().slice(0, -1)) prepared.run(script);
  });

  after(() => {
    prepared.dispose();
  });

  beforeEach(() => {
    guest = prepared.copy();
  });

  afterEach(() => {
    guest.dispose();
  });

  for (const { name, make, line } of faults) {
    it(`fails with one line when ${name}`, () => {
      make(guest);
      const { exitCode, stdout, stderr } = guest.run("verify.sh");
      assert.deepEqual(stderr.split("\n"), [
        `verify: ${line}`,
        "verify: 1 of the template's requirements are not met",
        "",
      ]);
      assert.deepEqual([exitCode, stdout], [1, ""]);
    });
  }

  it("names every fault of a system that nobody prepared", () => {
    const fresh = GuestSystem.installed();
    const { exitCode, stderr } = fresh.run("verify.sh");
    fresh.dispose();
    assert.equal(exitCode, 1);
    const lines = stderr.split("\n").slice(0, -1);
    assert.ok(
      lines.every((line) => line.startsWith("verify: ")),
      stderr,
    );
    assert.equal(
      lines.at(-1),
      `verify: ${lines.length - 1} of the template's requirements are not met`,
    );
    assert.ok(lines.length > 25, stderr);
  });
});
