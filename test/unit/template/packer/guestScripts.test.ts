import assert from "node:assert/strict";
import { readdirSync, readFileSync, readlinkSync, renameSync } from "node:fs";
import { GuestSystem, scriptsFolder, scriptsOfBuild } from "../../../support/guestSystem";
import { passwordHash } from "../../../support/guestSystemContent";

describe("the scripts of the built-in Packer folders", () => {
  let guest: GuestSystem;

  beforeEach(() => {
    guest = GuestSystem.installed();
  });

  afterEach(() => {
    guest.dispose();
  });

  /** Runs the build's scripts up to the one that is named, which is not run. */
  function runUntil(last: string): void {
    for (const script of scriptsOfBuild()) {
      if (script === last) return;
      const { exitCode, stderr } = guest.run(script);
      assert.deepEqual([exitCode, stderr], [0, ""], script);
    }
  }

  /** Every file of the guest, as paths from its root. */
  function files(): string[] {
    return readdirSync(guest.path("."), { recursive: true, withFileTypes: true })
      .filter((entry) => !entry.isDirectory())
      .map(({ parentPath, name }) => `${parentPath}/${name}`.slice(guest.path(".").length + 1))
      .sort();
  }

  it("are all run, verify last, and hold nothing that Packer would take for a template", () => {
    assert.deepEqual([...scriptsOfBuild()].sort(), readdirSync(scriptsFolder).sort());
    assert.equal(scriptsOfBuild().at(-1), "verify.sh");
    for (const script of scriptsOfBuild()) {
      assert.ok(!readFileSync(`${scriptsFolder}/${script}`, "utf8").includes("{{"), script);
    }
  });

  it("leave of the installed system exactly what a node needs, and no hash of a password", () => {
    const holders = (): string[] =>
      files().filter((path) => !path.includes("dbus") && guest.read(path).includes(passwordHash));
    assert.ok(holders().length > 5, "the installed system has it in several places");
    runUntil("verify.sh");
    assert.deepEqual(guest.run("verify.sh"), {
      exitCode: 0,
      stdout: "verify: every requirement of the template is met\n",
      stderr: "",
    });
    assert.deepEqual(files(), [
      "boot/grub/grub.cfg",
      "etc/cloud/cloud.cfg",
      "etc/cloud/cloud.cfg.d/05_logging.cfg",
      "etc/cloud/cloud.cfg.d/90_dpkg.cfg",
      "etc/cloud/cloud.cfg.d/99-DataSourceVMwareGuestInfo.cfg",
      "etc/default/grub",
      "etc/machine-id",
      "etc/shadow",
      "etc/ssh/sshd_config",
      "etc/sudoers",
      "etc/sudoers.d/README",
      "home/ubuntu/.bashrc",
      "root/.bashrc",
      "sys/class/net/ens192/address",
      "sys/class/net/lo/address",
      "var/cache/apt/archives/lock",
      "var/lib/dbus/machine-id",
    ]);
    assert.deepEqual(holders(), []);
  });

  it("reset the identity of the machine, and give cloud-init the datasource of Deckhouse's document", () => {
    runUntil("verify.sh");
    assert.equal(guest.read("etc/machine-id"), "");
    assert.equal(readlinkSync(guest.path("var/lib/dbus/machine-id")), "/etc/machine-id");
    assert.equal(
      guest.read("etc/cloud/cloud.cfg.d/99-DataSourceVMwareGuestInfo.cfg"),
      "datasource:\n  VMware:\n    vmware_cust_file_max_wait: 10\n",
    );
    const units = ["cloud-init-local", "cloud-init", "cloud-config", "cloud-final"];
    for (const command of [
      `systemctl enable ${units.map((unit) => `${unit}.service`).join(" ")}`,
      "cloud-init clean --logs --seed",
    ]) {
      assert.ok(guest.commands.includes(command), guest.commands.join("\n"));
    }
  });

  it("set the customization flag in cloud.cfg itself, once, and keep the rest of the file", () => {
    const before = guest.read("etc/cloud/cloud.cfg");
    guest.run("configure-cloud-init.sh");
    guest.run("configure-cloud-init.sh");
    assert.equal(
      guest.read("etc/cloud/cloud.cfg"),
      `${before.replace("disable_vmware_customization: true\n", "")}disable_vmware_customization: false\n`,
    );
  });

  it("leave no account with a password, and take the build account's way to root last", () => {
    runUntil("lock-accounts.sh");
    assert.ok(guest.has("etc/sudoers.d/packer-build"));
    guest.run("lock-accounts.sh");
    assert.deepEqual(guest.read("etc/shadow").match(/^\w+:[^:]*/gm), [
      "root:*",
      "daemon:*",
      "sshd:!",
      "ubuntu:*",
    ]);
  });

  it("wait for the installer's cloud-init first, however it ended", () => {
    runUntil("check-network-interface.sh");
    assert.deepEqual(guest.commands, ["cloud-init status --wait"]);
  });

  it("install packages without a question, and wait for the lock", () => {
    guest.run("install-packages.sh");
    assert.deepEqual(
      guest.commands,
      ["update", "full-upgrade", "install open-vm-tools cloud-init", "autoremove --purge"].map(
        (command) => `apt-get --yes --quiet --option DPkg::Lock::Timeout=900 ${command}`,
      ),
    );
  });

  for (const [what, change] of Object.entries({
    ens160: () =>
      renameSync(guest.path("sys/class/net/ens192"), guest.path("sys/class/net/ens160")),
    missing: () => guest.remove("sys/class/net/ens192"),
  })) {
    it(`stop the build when the network interface is ${what}`, () => {
      change();
      assert.deepEqual(guest.run("check-network-interface.sh"), {
        exitCode: 1,
        stdout: "",
        stderr: `The network interface is ${what} and not ens192: build with nic_type vmxnet3 and no other adapter.\n`,
      });
    });
  }
});
