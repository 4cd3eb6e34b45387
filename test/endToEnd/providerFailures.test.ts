import assert from "node:assert/strict";
import { exampleConfiguration } from "../../scripts/examples/exampleConfiguration";
import { Simulator } from "../../scripts/lab/simulator";
import type { Fault } from "../../scripts/lab/simulatorControl";
import { TestStack, type Run } from "../../scripts/lab/stack";

/** What the provider meets once, in a call that changes nothing. */
const passing: Readonly<Record<string, Fault>> = {
  "a 503": { match: "GET tag/id", kind: "status", status: 503, times: 1 },
  "a 429": { match: "GET category/id", kind: "status", status: 429, times: 1 },
  "a connection that broke": { match: "GET tag/id", kind: "reset", times: 1 },
  "a 503 while it logs in": { match: "POST session", kind: "status", status: 503, times: 1 },
};

describe("failures that the vSphere provider meets", () => {
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

  for (const [what, fault] of Object.entries(passing)) {
    it(`${what} does not disturb a preview`, async () => {
      await stack.up();
      await simulator.control.addFault(fault);
      const { steps } = await stack.plan();
      assert.deepEqual(steps, []);
      assert.equal((await simulator.control.faults())[0]?.hits, 1, "the provider did not meet it");
    });
  }

  it("a 503 at a change is said in words, with what to do, and the next up goes on", async () => {
    await simulator.control.addFault({ match: "POST tag", kind: "status", status: 503, times: 1 });
    const failed = await stack.tryUp();
    assert.notEqual(failed.exitCode, 0);
    assert.match(
      failed.output,
      /create \(vsphere:index\/tag:Tag topology-k8s-[a-z0-9-]+\): .*503.*: the vSphere provider does not try this again by itself: run the command again/,
    );
    await stack.up();
    assert.deepEqual((await stack.plan()).steps, []);
  });

  it("a refused login is told once, at a first preview and at every later one", async () => {
    const misled = stack.with({ VSPHERE_PASSWORD: "wrong" });
    assertToldOnce(await misled.preview());
    await stack.up();
    assertToldOnce(await misled.preview());
    assertToldOnce(await misled.run("refresh", "--yes", "--skip-preview"));
  });

  it("a vCenter that nobody can reach is told once", async () => {
    await stack.up();
    const run = await stack.with({ VSPHERE_SERVER: "127.0.0.1:1" }).preview();
    assert.notEqual(run.exitCode, 0);
    assert.equal(diagnostics(run).match(/no answer from 127\.0\.0\.1:1/g)?.length, 1, run.output);
  });
});

function assertToldOnce(run: Run): void {
  assert.notEqual(run.exitCode, 0);
  assert.equal(diagnostics(run).match(/incorrect user name or password/g)?.length, 1, run.output);
}

function diagnostics({ output }: Run): string {
  return output.slice(output.indexOf("Diagnostics:"));
}
