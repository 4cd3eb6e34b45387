import assert from "node:assert/strict";
import { readFileSync } from "node:fs";

import { labFolders } from "../../scripts/lab/folders";
import { engineLogs } from "../support/labPrograms";
import type { Simulator } from "../../scripts/lab/simulator";
import type { TestStack } from "../../scripts/lab/stack";
import { stackForAllTests } from "../support/stackForTests";
import {
  filesBelow,
  imageFolder,
  newestLog,
  templateConfiguration,
  until,
} from "../support/templateStack";

const oneMegabyte = 1024 * 1024;

describe("the password of the account that builds is nowhere:", () => {
  let simulator: Simulator;
  let stack: TestStack;
  let password: string;
  const outputs: string[] = [];
  /** What stood in files while a build was running. */
  const filesDuring = new Map<string, string>();

  stackForAllTests((made) => ({ simulator, stack } = made), {
    configuration: templateConfiguration(),
    // From the configuration alone: then it has to be handed on to the command.
    environment: { VSPHERE_PASSWORD: undefined, GOVC_PASSWORD: undefined, PACKER_LOG: "1" },
  });

  before(async () => {
    password = simulator.connection.password;
    await stack.run("config", "set", "--secret", "vsphere:password", password);
    // A guest that repeats what it must not know, as an error page or a careless script would.
    await simulator.control.setGuestBehaviour({
      installMilliseconds: 1000,
      commands: [
        { match: "cloud-init", stderr: `refused: ${password}\n`, exitCode: 1, milliseconds: 500 },
      ],
    });
    const up = stack.start("pulumi", [
      "up",
      "--yes",
      "--skip-preview",
      "--logtostderr",
      "--verbose=8",
    ]);
    await until("Packer provisions", () => newestLog(stack).includes("Provisioning with"));
    for (const file of filesBelow(imageFolder(stack)))
      filesDuring.set(file, readFileSync(file, "latin1"));
    outputs.push((await up.ended).output);
    await simulator.control.setGuestBehaviour({});
    outputs.push((await stack.up()).output);
    for (const args of [
      ["preview", "--diff"],
      ["stack", "export"],
      ["stack", "output"],
    ]) {
      outputs.push((await stack.run(...args)).output);
    }
  });

  function assertAbsent(text: string, where: string): void {
    for (const secret of [password, Buffer.from(password).toString("base64")]) {
      assert.ok(!text.includes(secret), `the password stands in ${where}`);
    }
  }

  it("not in what the engine prints, in logs up to level 8, in the command, its output and its error", () => {
    assert.ok(outputs.every((output) => output.length > 100));
    assert.match(outputs[0] ?? "", /failed at "packer build"/);
    outputs.forEach((output, index) => assertAbsent(output, `output ${index}`));
  });

  it("not in the private copy and the log while a build runs", () => {
    const names = [...filesDuring.keys()].map((file) => file.replace(/^.*\//, ""));
    assert.ok(names.includes("deckhouse-vsphere.pkrvars.json"), names.join(" "));
    assert.ok([...filesDuring.values()].some((text) => text.includes("vcenter_username")));
    for (const [file, text] of filesDuring) assertAbsent(text, file);
  });

  it("not in the state, its backups and its history, and in the logs that are kept", () => {
    const files = filesBelow(stack.directory).filter((file) => !file.includes("/node_modules/"));
    assert.ok(files.some((file) => file.endsWith(".log")));
    for (const file of files) assertAbsent(readFileSync(file, "latin1"), file);
  });

  it("not in the folders of the engine and of Packer", () => {
    for (const folder of [engineLogs(), labFolders().packer]) {
      for (const file of filesBelow(folder)) {
        if (file.endsWith(".log") || file.endsWith(".json")) {
          assertAbsent(readFileSync(file, "latin1"), file);
        }
      }
    }
  });

  it("but the log tells where it stood", () => {
    const logs = filesBelow(imageFolder(stack)).filter((file) => file.endsWith(".log"));
    const hidden = /refused: (<sensitive>|\*\*\*)/;
    assert.ok(logs.some((file) => hidden.test(readFileSync(file, "utf8"))));
  });
});

describe("much output does no harm:", () => {
  let simulator: Simulator;
  let stack: TestStack;

  stackForAllTests((made) => ({ simulator, stack } = made), {
    configuration: templateConfiguration(),
  });

  it("10 MB in lines of 1 MB on the standard output of a script are in the log, and not in the state", async () => {
    await simulator.control.setGuestBehaviour({
      commands: [{ match: "apt-get", outputBytes: 10 * oneMegabyte, lineBytes: oneMegabyte }],
    });
    await stack.up();
    assert.ok(newestLog(stack).length > 10 * oneMegabyte);
    const state = await stack.exportState();
    assert.ok(!state.includes("x".repeat(80)), "a part of the output stands in the state");
    assert.ok(state.length < 150_000, String(state.length));
    // An update is handed what the last run printed: too much of it could not be started.
    stack.configure(templateConfiguration({ timeouts: { build: "1h" } }));
    assert.deepEqual((await stack.plan()).steps, ["update template-k8s-region-x1"]);
    await stack.up();
    assert.deepEqual((await stack.plan()).steps, []);
  });
});
