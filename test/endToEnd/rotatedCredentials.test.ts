import assert from "node:assert/strict";
import type { Simulator } from "../../scripts/lab/simulator";
import type { TestStack } from "../../scripts/lab/stack";
import { stackForEachTest } from "../support/stackForTests";

/** Without the variables that the lab sets, so that only the stack's configuration counts. */
const noVariables = {
  VSPHERE_SERVER: undefined,
  VSPHERE_USER: undefined,
  VSPHERE_PASSWORD: undefined,
};

describe("a rotated password", () => {
  let simulator: Simulator;
  let stack: TestStack;

  stackForEachTest((made) => ({ simulator, stack } = made));

  /** The stack, made with the configuration's own settings of the connection. */
  async function upFromConfiguration(): Promise<TestStack> {
    const { server, user, password } = simulator.connection;
    const plain = stack.with(noVariables);
    await configure(plain, { server, user, password });
    await plain.up();
    return plain;
  }

  it("works at preview, up and destroy without anything but the new value in the configuration", async () => {
    const plain = await upFromConfiguration();
    const rotated = await rotate(simulator);
    await configure(plain, { password: rotated });
    assert.deepEqual((await plain.plan()).steps, []);
    plain.watch(rotated);
    await plain.up();
    await plain.destroy();
  });

  it("is taken from the configuration by a stack that had it from variables", async () => {
    await stack.up();
    const { server, user } = simulator.connection;
    const rotated = await rotate(simulator);
    const plain = stack.with(noVariables);
    await configure(plain, { server, user, password: rotated });
    assert.deepEqual((await plain.plan()).steps, []);
    await plain.up();
  });

  it("with another account of the same rights goes on too", async () => {
    const plain = await upFromConfiguration();
    await configure(plain, { user: "VSPHERE.LOCAL\\administrator" });
    assert.deepEqual((await plain.plan()).steps, []);
  });

  it("that the state alone does not know is named at destroy, with the way out", async () => {
    const plain = await upFromConfiguration();
    await configure(plain, { password: await rotate(simulator) });
    const output = await plain.refused("destroy", "--yes", "--skip-preview");
    assert.match(output, /run `pulumi up` first, or `pulumi destroy --run-program`/);
    await plain.accepted("destroy", "--yes", "--skip-preview", "--run-program");
  });

  it("is in no resource of the state but encrypted", async () => {
    const plain = await upFromConfiguration();
    assert.doesNotMatch(await plain.exportState(), new RegExp(simulator.connection.password));
  });
});

async function rotate(simulator: Simulator): Promise<string> {
  const password = "h3Vw8Yq2Tn6Xc5Zd";
  const { user } = simulator.connection;
  await simulator.control.change({ operation: "setPassword", user, password });
  return password;
}

async function configure(
  stack: TestStack,
  settings: { readonly server?: string; readonly user?: string; readonly password?: string },
): Promise<void> {
  const { server, user, password } = settings;
  const keys = [
    ...(server === undefined ? [] : [["vsphere:vsphereServer", server]]),
    ...(user === undefined ? [] : [["vsphere:user", user]]),
    ...(password === undefined ? [] : [["--secret", "vsphere:password", password]]),
  ];
  for (const key of keys) {
    await stack.accepted("config", "set", ...key);
  }
}
