import assert from "node:assert/strict";
import { readFileSync } from "node:fs";

import { changedInventory } from "../support/changedInventory";
import type { Simulator } from "../../scripts/lab/simulator";
import type { TestStack } from "../../scripts/lab/stack";
import { stackForAllTests } from "../support/stackForTests";
import {
  filesBelow,
  newestLog,
  ownMachines,
  templateConfiguration,
} from "../support/templateStack";

/** What Packer, HCL, the log and vCenter each take for something else; no eight characters of them stand elsewhere. */
const passwords = [
  'kQ7{{vTz4mWxR2pLs9}}-"Jd8`NyB3{{',
  "Hf5${gYw2XcVe7UaPo}\nZr6%{tMi1KbSn4}\tq{{/*Dl0EjGvCx*/}}",
  "we\u0301Kp3Lx9RtBy{{\u{1F512}Mn6QzVd}}o\u0308Hj2 $$ '&<]]>\\n",
  "{{Sx8uGm}}",
] as const;

/** The example's inventory, with an administrator for each password. */
const withBuilders = (folder: string): string =>
  changedInventory(folder, ({ users, permissions }) => {
    passwords.forEach((password, index) => {
      const name = `packer-${index}@vsphere.local`;
      users.push({ name, password });
      permissions.push({ path: "/", principal: name, role: "Admin" });
    });
  });

/** Eight characters of a long password, and half of a short one. */
function pieces(password: string): string[] {
  const length = Math.min(8, password.length / 2);
  return Array.from({ length: password.length - length + 1 }, (_, start) =>
    password.slice(start, start + length),
  ).filter((piece) => /[A-Za-z0-9]{4}/.test(piece));
}

describe("a password with {{ in it goes through Packer", () => {
  let simulator: Simulator;
  let stack: TestStack;
  const outputs: string[] = [];

  stackForAllTests((made) => ({ simulator, stack } = made), {
    inventory: withBuilders,
    configuration: templateConfiguration(),
    environment: { PACKER_LOG: "1" },
  });

  passwords.forEach((password, index) => {
    it(`byte for byte, the ${index + 1}. of ${passwords.length}: the template is built at the first login`, async () => {
      stack.configure(
        templateConfiguration({
          account: { username: `packer-${index}@vsphere.local` },
          // Another template each time.
          memory: 4096 + 1024 * index,
        }),
      );
      const run = await stack
        .with({ DECKHOUSE_VSPHERE_TEMPLATE_IMAGE_PASSWORD: password })
        .run("up", "--yes", "--non-interactive", "--skip-preview");
      outputs.push(run.output);
      assert.equal(run.exitCode, 0, run.output);
      assert.equal((await ownMachines(simulator.control)).length, index + 1);
    });
  });

  it("and is not shown where a guest repeats it", async () => {
    await simulator.control.setGuestBehaviour({
      commands: [{ match: "cloud-init", stderr: `refused: ${passwords[1]}\n`, exitCode: 1 }],
    });
    stack.configure(
      templateConfiguration({ account: { username: "packer-1@vsphere.local" }, memory: 2048 }),
    );
    const run = await stack
      .with({ DECKHOUSE_VSPHERE_TEMPLATE_IMAGE_PASSWORD: passwords[1] })
      .tryUp();
    outputs.push(run.output);
    assert.match(run.output, /failed at "packer build"/);
    // Hidden by this program, or by Packer before it.
    assert.match(newestLog(stack), /refused: (\*\*\*|<sensitive>)/);
  });

  it("and no piece of it is in any output, log or state", () => {
    const seen = new Map(outputs.map((output, index) => [`output ${index}`, output]));
    for (const file of filesBelow(stack.directory)) {
      if (!file.includes("/node_modules/")) seen.set(file, readFileSync(file, "utf8"));
    }
    assert.ok([...seen.keys()].some((name) => name.endsWith(".log")));
    for (const [name, text] of seen) {
      for (const piece of passwords.flatMap(pieces)) {
        assert.ok(!text.includes(piece), `${JSON.stringify(piece)} stands in ${name}`);
      }
    }
  });
});
