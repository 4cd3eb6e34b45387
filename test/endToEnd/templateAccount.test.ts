import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { privilegeIds, templateBuildingPrivileges } from "../../configuration/privileges";
import { labSources } from "../../scripts/lab/folders";
import type { Simulator } from "../../scripts/lab/simulator";
import type { TestStack } from "../../scripts/lab/stack";
import { changedInventory } from "../support/changedInventory";
import { stackForAllTests } from "../support/stackForTests";
import { ownMachines, templateConfiguration, templateOf } from "../support/templateStack";

const password = "of-the-building-account-5d11c2";
const typing = "VirtualMachine.Interact.PutUsbScanCodes";

/** The example's inventory, with an account that may build. */
const withBuilder = (folder: string): string =>
  changedInventory(folder, ({ users, roles, permissions }) => {
    users.push({ name: "packer@vsphere.local", password });
    roles.push({ name: "builder", privileges: privilegeIds(templateBuildingPrivileges) });
    permissions.push({ path: "/", principal: "packer@vsphere.local", role: "builder" });
  });

describe("an account of its own for building", () => {
  let simulator: Simulator;
  let stack: TestStack;

  stackForAllTests((made) => ({ simulator, stack } = made), {
    inventory: withBuilder,
    configuration: templateConfiguration({ account: { username: "packer@vsphere.local" } }, 2),
    environment: { DECKHOUSE_VSPHERE_TEMPLATE_IMAGE_PASSWORD: password },
  });

  it("is refused what its role lacks, with vCenter's words", async () => {
    const privileges = privilegeIds(templateBuildingPrivileges).filter((id) => id !== typing);
    await simulator.control.change({ operation: "updateRole", role: "builder", privileges });
    const failed = await stack.tryUp();
    assert.match(
      failed.output,
      /error typing a boot command.*Permission to perform this operation was denied/,
    );
    assert.deepEqual(await ownMachines(simulator.control), []);
  });

  it("needs no more than the privileges of docs/vcenter-rights.md to build and to copy", async () => {
    const privileges = privilegeIds(templateBuildingPrivileges);
    await simulator.control.change({ operation: "updateRole", role: "builder", privileges });
    await stack.up();
    const template = await templateOf(stack);
    assert.deepEqual(
      (await ownMachines(simulator.control)).map(({ path }) => path),
      [`/X1/vm/${template}`, `/X2/vm/${template}`],
    );
    const page = readFileSync(join(labSources, "../docs/vcenter-rights.md"), "utf8");
    for (const id of privileges) {
      const words = [id, id.slice(id.lastIndexOf(".") + 1)];
      assert.ok(
        words.some((word) => page.includes(`\`${word}\``)),
        `${id} is not in the page`,
      );
    }
  });
});
