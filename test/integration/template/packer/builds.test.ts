import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { repositoryRoot } from "../../../../scripts/lab/folders";
import { withVCenter, type VirtualMachine } from "../../../../vcenter";
import { GuestSystem, scriptsFolder, scriptsOfBuild } from "../../../support/guestSystem";
import { buildPassword, buildTemplate } from "../../../support/packerBuild";
import { oldPackerFolder } from "../../../support/packerSource";
import { Simulator } from "../../../../scripts/lab/simulator";
import type { Guest } from "../../../../scripts/lab/simulatorControl";

describe("templates built by the real Packer", function () {
  this.timeout(60_000);
  let simulator: Simulator;

  before(async () => {
    simulator = await Simulator.start();
  });

  after(async () => {
    await simulator.stop();
  });

  /** The template, or whatever machine has this name in the folder. */
  function machine(name: string): Promise<VirtualMachine | undefined> {
    return withVCenter(simulator.connection, {}, async ({ virtualMachines }) => {
      const found = await virtualMachines.find(`/X1/vm/Templates/${name}`, ["VirtualMachine"]);
      return found && virtualMachines.read(found);
    });
  }

  /** What the guest in which a template was installed did. */
  async function guest(name: string): Promise<Guest> {
    const guests = await simulator.control.guests();
    const found = guests.filter(({ path }) => path === `/X1/vm/Templates/${name}`);
    assert.equal(found.length, 1, JSON.stringify(guests.map(({ path }) => path)));
    return found[0]!;
  }

  /** The paths that the guest fetched, each of which must have been there, from the loopback address. */
  function fetched({ fetches }: Guest): string[] {
    return fetches.map(({ url, status }) => {
      const [, path] = /^http:\/\/127\.0\.0\.1:\d+(\/.*)$/.exec(url) ?? [];
      assert.ok(path !== undefined && status === 200, `${url}: ${status}`);
      return path;
    });
  }

  for (const [version, codename] of [
    ["22.04", "jammy"],
    ["24.04", "noble"],
  ] as const) {
    describe(`with the built-in folder for Ubuntu ${version}`, () => {
      const folder = join(repositoryRoot, `template/packer/ubuntu-${version}`);
      const name = `ubuntu-${codename}-${version}-0123abc`;
      const environment = { PKR_VAR_connection_password: buildPassword, PACKER_LOG: "1" };
      let output: string;

      before(async () => {
        const variables = { image_name_suffix: "-0123abc" };
        const run = await buildTemplate(simulator, { folder, variables, environment });
        assert.equal(run.exitCode, 0, run.output);
        ({ output } = run);
      });

      it("are what Deckhouse asks for, as far as vCenter can tell", async () => {
        const template = await machine(name);
        assert.ok(template);
        const { isTemplate, isPoweredOn, hardwareVersion, disks, networkAdapters } = template;
        assert.deepEqual([isTemplate, isPoweredOn, hardwareVersion], [true, false, "vmx-15"]);
        assert.deepEqual(
          disks.map(({ capacityBytes }) => capacityBytes),
          [20_000 * 1024 * 1024],
        );
        assert.deepEqual(
          networkAdapters.map(({ type }) => type),
          ["VirtualVmxnet3"],
        );
        assert.equal(
          template.annotation,
          `Ubuntu ${version} (${codename}) for nodes of Deckhouse, from installer.iso`,
        );
      });

      it("get their answers from the address that is typed", async () => {
        const installed = await guest(name);
        assert.match(
          installed.typed,
          /^clinux \/casper\/vmlinuz autoinstall ds="nocloud-net;seedfrom=http:\/\/127\.0\.0\.1:\d+\/" ---<enter>initrd \/casper\/initrd<enter>boot<enter>$/,
        );
        assert.deepEqual(fetched(installed), ["/meta-data", "/user-data"]);
      });

      it("let Packer in with the password of this build", async () => {
        // The guest compares the password with the hash in the answers.
        assert.deepEqual((await guest(name)).sshUsers, ["ubuntu"]);
      });

      it("are prepared by the scripts, as root, and shut down without", async () => {
        const { commands, uploads } = await guest(name);
        const texts = scriptsOfBuild().map((script) =>
          readFileSync(join(scriptsFolder, script), "utf8"),
        );
        const scripts = uploads.map(({ content }) => content);
        assert.deepEqual(scripts.slice(0, -1), texts.slice(0, -2));
        for (const text of texts.slice(-2)) assert.ok(scripts.at(-1)?.includes(text));

        const asRoot = commands.filter(({ command }) => command.startsWith("sudo "));
        assert.equal(asRoot.length, scripts.length);
        for (const { command } of asRoot) {
          assert.match(
            command,
            /^sudo --non-interactive env BUILD_ACCOUNT='ubuntu' .* sh '\/tmp\/script_\d+\.sh'$/,
          );
        }
        assert.ok(commands.every(({ exitCode }) => exitCode === 0));
        assert.ok(!commands.some(({ command }) => command.includes("shutdown")));
      });

      it("meet every requirement after the very scripts that came to the guest", async () => {
        const { uploads } = await guest(name);
        const system = GuestSystem.installed();
        const runs = uploads.map(({ content }) => system.runText(content));
        system.dispose();
        assert.deepEqual(
          runs.map(({ exitCode, stderr }) => [exitCode, stderr]),
          uploads.map(() => [0, ""]),
        );
        assert.equal(runs.at(-1)?.stdout, "verify: every requirement of the template is met\n");
      });

      it("show no password, not even in the log", () => {
        assert.match(output, /Converting virtual machine to template/);
        assert.match(output, /\[INFO\]/);
        assert.ok(!output.includes(buildPassword));
        assert.ok(!output.includes(simulator.connection.password));
      });
    });
  }

  it("are none when verify finds a fault, which is shown", async () => {
    const verify = {
      match: "# Compares the system with what Deckhouse asks",
      exitCode: 1,
      stderr: "verify: /etc/machine-id must be there and empty\n",
    };
    await simulator.control.setGuestBehaviour({ commands: [verify] });
    const run = await buildTemplate(simulator, {
      folder: join(repositoryRoot, "template/packer/ubuntu-24.04"),
      variables: { image_name_suffix: "-faulty" },
      environment: { PKR_VAR_connection_password: buildPassword },
    });
    await simulator.control.setGuestBehaviour({});
    assert.equal(run.exitCode, 1);
    assert.match(run.output, /verify: \/etc\/machine-id must be there and empty/);
    assert.equal(await machine("ubuntu-noble-24.04-faulty"), undefined);
    assert.equal((await guest("ubuntu-noble-24.04-faulty")).state, "destroyed");
  });

  for (const { version, codename, typed, answers } of [
    { version: "18.04", codename: "bionic", typed: / url=http:/, answers: ["/preseed.cfg"] },
    { version: "20.04", codename: "focal", typed: / url=http:/, answers: ["/preseed.cfg"] },
    {
      version: "22.04",
      codename: "jammy",
      typed: / ds="nocloud-net;seedfrom=http:/,
      answers: ["/meta-data", "/user-data"],
    },
  ]) {
    it(`come out of the imitation of Deckhouse's old folder for Ubuntu ${version}`, async () => {
      const run = await buildTemplate(simulator, {
        folder: oldPackerFolder,
        versionFile: `${version}.pkrvars.hcl`,
      });
      assert.equal(run.exitCode, 0, run.output);
      const name = `ubuntu-${codename}-${version}-packer`;
      assert.equal((await machine(name))?.isTemplate, true);
      const installed = await guest(name);
      assert.match(installed.typed, typed);
      assert.deepEqual(fetched(installed), answers);
      assert.equal(installed.uploads.length, 6);
    });
  }
});
