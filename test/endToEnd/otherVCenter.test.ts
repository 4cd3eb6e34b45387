import assert from "node:assert/strict";
import { exampleConfiguration } from "../../scripts/examples/exampleConfiguration";
import { Simulator } from "../../scripts/lab/simulator";
import type { Snapshot } from "../../scripts/lab/simulatorControl";
import { TestStack } from "../../scripts/lab/stack";
import { withVCenter } from "../../vcenter";

/** A resource of the state, as far as it says what exists and where. */
interface RecordedResource {
  readonly urn: string;
  readonly id?: string;
  readonly inputs?: unknown;
  readonly outputs?: unknown;
}

const steps: Readonly<Record<string, readonly string[]>> = {
  preview: ["preview", "--non-interactive"],
  up: ["up", "--yes", "--skip-preview", "--non-interactive"],
  refresh: ["refresh", "--yes", "--skip-preview", "--non-interactive"],
  destroy: ["destroy", "--yes", "--skip-preview", "--non-interactive"],
};

describe("the address of another vCenter, which has the same names", () => {
  let own: Simulator;
  let other: Simulator;
  let stack: TestStack;
  let made: Snapshot;
  let untouched: Snapshot;

  before(async () => {
    [own, other] = await Promise.all([Simulator.start(), Simulator.start()]);
    stack = await TestStack.create(own, { configuration: exampleConfiguration() });
    await stack.up();
    [made, untouched] = await Promise.all([own.control.snapshot(), other.control.snapshot()]);
  });

  after(async () => {
    stack.dispose();
    await Promise.all([own.stop(), other.stop()]);
  });

  /** What makes a run use the other one. */
  const address = (): Record<string, string> => ({
    VSPHERE_SERVER: other.connection.server,
    VSPHERE_PASSWORD: other.connection.password,
    SSL_CERT_FILE: other.certificateAuthorityFile,
  });

  for (const [step, args] of Object.entries(steps)) {
    for (const runsProgram of [false, true]) {
      const how = runsProgram ? " with the program run first" : "";
      it(`is refused at ${step}${how}, and changes neither vCenter nor the state`, async () => {
        const before = await recorded(stack);
        const misled = stack.with({ ...address(), PULUMI_RUN_PROGRAM: String(runsProgram) });
        await assertToldApart(await misled.refused(...args), own, other);
        assert.deepEqual(await recorded(stack), before);
        assert.deepEqual(await own.control.snapshot(), made);
        assert.deepEqual(await other.control.snapshot(), untouched);
      });
    }
  }

  it("is refused where the configuration has it, and the old one goes on after it was corrected", async () => {
    const before = await recorded(stack);
    const misled = stack.with({ ...address(), VSPHERE_SERVER: undefined });
    await misled.run("config", "set", "vsphere:vsphereServer", other.connection.server);
    for (const step of [steps["preview"]!, steps["up"]!, steps["destroy"]!]) {
      await assertToldApart(await misled.refused(...step), own, other);
    }
    assert.deepEqual(await recorded(stack), before);
    assert.deepEqual(await own.control.snapshot(), made);
    await stack.run("config", "rm", "vsphere:vsphereServer");
    assert.deepEqual((await stack.plan()).steps, []);
  });

  it("is told once by each of the two plugins that meet it, and not by every resource", async () => {
    const { output } = await stack.with(address()).preview();
    const diagnostics = output.slice(output.indexOf("Diagnostics:"));
    assert.equal(diagnostics.match(/is not that one/g)?.length, 2, output);
    assert.doesNotMatch(output, /no longer attached/);
  });
});

describe("a vCenter that was restored under a new uuid", () => {
  it("is refused, and is taken for the same one when the configuration says so", async () => {
    const simulator = await Simulator.start();
    const stack = await TestStack.create(simulator, { configuration: exampleConfiguration() });
    try {
      await stack.up();
      const made = await simulator.control.snapshot();
      const id = "0f2f52d6-6f3e-4d6d-9a55-3d9b0a1f4c11";
      await simulator.control.change({ operation: "setInstanceUuid", id });
      const output = await stack.refusedUp();
      const remedy = `pulumi config set --path deckhouse-vsphere:vCenter.restoredAs ${id}`;
      assert.ok(output.includes(remedy), output);
      // As the message says.
      await stack.run(...remedy.split(" ").slice(1));
      await stack.accepted("up", "--yes", "--skip-preview", "--run-program");
      assert.deepEqual(await simulator.control.snapshot(), made);
      assert.deepEqual((await stack.plan()).steps, []);
      await stack.destroy();
    } finally {
      stack.dispose();
      await simulator.stop();
    }
  });
});

async function assertToldApart(output: string, own: Simulator, other: Simulator): Promise<void> {
  assert.match(output, /this stack was made in/);
  assert.ok(output.includes(`${other.connection.server} is not that one`), output);
  assert.ok(output.includes(await instanceUuid(own)), output);
  assert.ok(output.includes(await instanceUuid(other)), output);
}

async function instanceUuid({ connection }: Simulator): Promise<string> {
  return withVCenter(connection, {}, async (vCenter) => (await vCenter.about()).instanceUuid);
}

/** What the state says of each resource; secrets are encrypted anew each time, and left out. */
async function recorded(stack: TestStack): Promise<RecordedResource[]> {
  const { deployment } = JSON.parse(await stack.exportState(), (key, value: unknown) =>
    key === "ciphertext" ? undefined : value,
  ) as {
    deployment: { resources: (RecordedResource & { readonly type: string })[] };
  };
  return deployment.resources
    .filter(
      ({ type }) => type !== "pulumi:pulumi:Stack" && type !== "pulumi:providers:pulumi-nodejs",
    )
    .map(({ urn, id, inputs, outputs }) => ({ urn, id: id ?? "", inputs, outputs }));
}
