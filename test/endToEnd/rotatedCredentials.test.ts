import assert from "node:assert/strict";
import { exampleConfiguration } from "../../scripts/examples/exampleConfiguration";
import { Simulator } from "../../scripts/lab/simulator";
import { TestStack } from "../../scripts/lab/stack";

/** Without the variables that the lab sets, so that only the stack's configuration counts. */
const noVariables = {
  VSPHERE_SERVER: undefined,
  VSPHERE_USER: undefined,
  VSPHERE_PASSWORD: undefined,
};

describe("a rotated password", () => {
  let simulator: Simulator;
  let stack: TestStack;

  beforeEach(async () => {
    simulator = await Simulator.start();
    stack = await TestStack.create(simulator, { configuration: exampleConfiguration() });
  });

  afterEach(async () => {
    stack.dispose();
    await simulator.stop();
  });

  it("works at preview, up and destroy without anything but the new value in the configuration", async () => {
    const { server, user, password } = simulator.connection;
    const plain = stack.with(noVariables);
    await configure(plain, { server, user, password });
    await plain.up();
    const rotated = await rotate(simulator);
    await configure(plain, { password: rotated });
    const preview = await plain.plan();
    assert.deepEqual(preview.steps, []);
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
    const { server, user, password } = simulator.connection;
    const plain = stack.with(noVariables);
    await configure(plain, { server, user, password });
    await plain.up();
    await configure(plain, { user: "VSPHERE.LOCAL\\administrator" });
    assert.deepEqual((await plain.plan()).steps, []);
  });

  it("that the state alone does not know is named at destroy, with the way out", async () => {
    const { server, user, password } = simulator.connection;
    const plain = stack.with(noVariables);
    await configure(plain, { server, user, password });
    await plain.up();
    await configure(plain, { password: await rotate(simulator) });
    const refused = await plain.run("destroy", "--yes", "--skip-preview");
    assert.notEqual(refused.exitCode, 0);
    assert.match(refused.output, /run `pulumi up` first, or `pulumi destroy --run-program`/);
    assert.equal(
      (await plain.run("destroy", "--yes", "--skip-preview", "--run-program")).exitCode,
      0,
    );
  });

  it("is in no resource of the state but encrypted", async () => {
    const { server, user, password } = simulator.connection;
    const plain = stack.with(noVariables);
    await configure(plain, { server, user, password });
    await plain.up();
    assert.doesNotMatch(await plain.exportState(), new RegExp(password));
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
    const run = await stack.run("config", "set", ...key);
    assert.equal(run.exitCode, 0, run.output);
  }
}
