import assert from "node:assert/strict";
import { readFileSync, rmSync, writeFileSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse, stringify } from "yaml";

import { privilegeIds, templateBuildingPrivileges } from "../../configuration/privileges";
import { labSources } from "../../scripts/lab/folders";
import { Simulator } from "../../scripts/lab/simulator";
import { TestStack } from "../../scripts/lab/stack";
import { ownMachines, templateConfiguration, templateOf } from "../support/templateStack";

const password = "of-the-building-account-5d11c2";
const typing = "VirtualMachine.Interact.PutUsbScanCodes";

/** The example's inventory, with an account that may build. */
function withBuilder(file: string): void {
  const inventory = parse(readFileSync(join(labSources, "vcenter/inventory.yaml"), "utf8")) as {
    users: object[];
    roles: object[];
    permissions: object[];
  };
  inventory.users.push({ name: "packer@vsphere.local", password });
  inventory.roles.push({ name: "builder", privileges: privilegeIds(templateBuildingPrivileges) });
  inventory.permissions.push({ path: "/", principal: "packer@vsphere.local", role: "builder" });
  writeFileSync(file, stringify(inventory));
}

describe("an account of its own for building", () => {
  let simulator: Simulator;
  let stack: TestStack;
  let folder: string;

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), "inventory-"));
    const inventory = join(folder, "inventory.yaml");
    withBuilder(inventory);
    simulator = await Simulator.start({ inventory });
    const account = { username: "packer@vsphere.local" };
    stack = await TestStack.create(simulator, {
      configuration: templateConfiguration({ account }, 2),
      environment: { DECKHOUSE_VSPHERE_TEMPLATE_IMAGE_PASSWORD: password },
    });
  });

  after(async () => {
    stack.dispose();
    await simulator.stop();
    rmSync(folder, { recursive: true, force: true });
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
