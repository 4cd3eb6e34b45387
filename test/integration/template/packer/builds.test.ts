import assert from "node:assert/strict";
import { cpSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { repositoryRoot } from "../../../../scripts/lab/folders";
import { Simulator } from "../../../../scripts/lab/simulator";
import type { Guest } from "../../../../scripts/lab/simulatorControl";
import { localFolder, type PackerSource } from "../../../../template/recipe";
import { preparePrivateCopy, variableFileArguments } from "../../../../template/runner/privateCopy";
import { withVCenter, type VirtualMachine } from "../../../../vcenter";
import { GuestSystem, scriptsFolder, scriptsOfBuild } from "../../../support/guestSystem";
import { runPacker } from "../../../support/labPrograms";
import { oldPackerFolder } from "../../../support/packerSource";
import type { ProgramRun } from "../../../support/processes";
import { removeFolder, temporaryFolder } from "../../../support/temporaryFolder";
import { examplePlace, exampleRequest } from "../../../support/templateImages";
import { fastVariables, installer } from "../../../support/templateStack";

const buildPassword = "build-password-2f0d81";
const suffix = "-0123abc";

describe("templates built by the real Packer", () => {
  let simulator: Simulator;

  before(async () => (simulator = await Simulator.start()));
  after(() => simulator.stop());

  /** Builds in a private copy, with guests on the loopback address that do everything at once. */
  async function build(source: PackerSource, end = suffix): Promise<ProgramRun> {
    const { server, user, password } = simulator.connection;
    const temporary = temporaryFolder();
    const [folder, links] = [join(temporary, "folder"), join(temporary, "links")];
    cpSync(localFolder(source, repositoryRoot)!, folder, { recursive: true, dereference: true });
    mkdirSync(links);
    const { isoUrl: url, isoChecksum: checksum } = installer;
    const images = { installer: { url, checksum }, hardware: {}, variables: fastVariables };
    preparePrivateCopy(
      folder,
      { ...exampleRequest, vCenter: { ...exampleRequest.vCenter, server, user } },
      { recipe: { source, ...images }, httpAddress: "127.0.0.1" },
      { root: repositoryRoot, suffix: end, links },
    );
    const run = await runPacker(["build", "-color=false", ...variableFileArguments(source), "."], {
      folder,
      environment: {
        SSL_CERT_FILE: simulator.certificateAuthorityFile,
        PACKER_CACHE_DIR: join(temporary, "cache"),
        PACKER_LOG: "1",
        PKR_VAR_vcenter_password: password,
        ...(source.kind === "builtin" ? { PKR_VAR_connection_password: buildPassword } : {}),
      },
    });
    removeFolder(temporary);
    return run;
  }

  /** The template, or whatever machine has this name in the folder. */
  function machine(name: string): Promise<VirtualMachine | undefined> {
    return withVCenter(simulator.connection, {}, async ({ virtualMachines }) => {
      const path = `${examplePlace.folder}/${name}`;
      const found = await virtualMachines.find(path, ["VirtualMachine"]);
      return found && virtualMachines.read(found);
    });
  }

  /** What the guest in which a template was installed did. */
  async function guest(name: string): Promise<Guest> {
    const guests = await simulator.control.guests();
    const found = guests.filter(({ path }) => path === `${examplePlace.folder}/${name}`);
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

  for (const [ubuntu, codename] of [
    ["22.04", "jammy"],
    ["24.04", "noble"],
  ] as const) {
    describe(`with the built-in folder for Ubuntu ${ubuntu}`, () => {
      const name = `ubuntu-${codename}-${ubuntu}${suffix}`;
      let output: string;
      let installed: Guest;

      before(async () => {
        const run = await build({ kind: "builtin", ubuntu });
        assert.equal(run.exitCode, 0, run.output);
        ({ output } = run);
        installed = await guest(name);
      });

      it("are what Deckhouse asks for, as far as vCenter can tell", async () => {
        const template = await machine(name);
        assert.ok(template);
        const { isTemplate, isPoweredOn, hardwareVersion, disks, networkAdapters } = template;
        assert.deepEqual([isTemplate, isPoweredOn, hardwareVersion], [true, false, "vmx-15"]);
        const capacities = disks.map(({ capacityBytes }) => capacityBytes);
        assert.deepEqual(capacities, [20_000 * 1024 * 1024]);
        assert.deepEqual(
          networkAdapters.map(({ type }) => type),
          ["VirtualVmxnet3"],
        );
        const notes = `Ubuntu ${ubuntu} (${codename}) for nodes of Deckhouse, from `;
        assert.ok(template.annotation.startsWith(notes), template.annotation);
        assert.ok(template.annotation.endsWith("-installer.iso"), template.annotation);
      });

      it("get their answers from the address that is typed, and let Packer in with the build's password", () => {
        assert.match(
          installed.typed,
          /^clinux \/casper\/vmlinuz autoinstall ds="nocloud-net;seedfrom=http:\/\/127\.0\.0\.1:\d+\/" ---<enter>initrd \/casper\/initrd<enter>boot<enter>$/,
        );
        assert.deepEqual(fetched(installed), ["/meta-data", "/user-data"]);
        // The guest compares the password with the hash in the answers.
        assert.deepEqual(installed.sshUsers, ["ubuntu"]);
      });

      it("are prepared by the scripts, as root, and shut down without", () => {
        const { commands, uploads } = installed;
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

      it("meet every requirement after the very scripts that came to the guest", () => {
        const system = GuestSystem.installed();
        const runs = installed.uploads.map(({ content }) => system.runText(content));
        system.dispose();
        assert.ok(runs.every(({ exitCode, stderr }) => exitCode === 0 && stderr === ""));
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
      match: "# Compares the system with what Deckhouse requires",
      exitCode: 1,
      stderr: "verify: /etc/machine-id must exist and be empty\n",
    };
    await simulator.control.setGuestBehaviour({ commands: [verify] });
    const run = await build({ kind: "builtin", ubuntu: "24.04" }, "-faulty");
    await simulator.control.setGuestBehaviour({});
    assert.equal(run.exitCode, 1);
    assert.match(run.output, /verify: \/etc\/machine-id must exist and be empty/);
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
      const run = await build({
        kind: "directory",
        path: oldPackerFolder,
        name: "old",
        variableFiles: [`${version}.pkrvars.hcl`],
      });
      assert.equal(run.exitCode, 0, run.output);
      const name = `ubuntu-${codename}-${version}-packer${suffix}`;
      assert.equal((await machine(name))?.isTemplate, true);
      const installed = await guest(name);
      assert.match(installed.typed, typed);
      assert.deepEqual(fetched(installed), answers);
      assert.equal(installed.uploads.length, 6);
    });
  }
});
