import assert from "node:assert/strict";
import type { Simulator } from "../../scripts/lab/simulator";
import type { Fault } from "../../scripts/lab/simulatorControl";
import type { TestStack } from "../../scripts/lab/stack";
import { stackForEachTest } from "../support/stackForTests";

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

  stackForEachTest((made) => ({ simulator, stack } = made));

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
    const output = await stack.refusedUp();
    assert.match(
      output,
      /create \(vsphere:index\/tag:Tag topology-k8s-[a-z0-9-]+\): .*503.*: the vSphere provider does not try this again by itself: run the command again/,
    );
    await stack.up();
    assert.deepEqual((await stack.plan()).steps, []);
  });

  it("a refused login is told once, at a first preview and at every later one", async () => {
    const misled = stack.with({ VSPHERE_PASSWORD: "wrong" });
    assertToldOnce(await misled.refusedPreview());
    await stack.up();
    assertToldOnce(await misled.refusedPreview());
    assertToldOnce(await misled.refused("refresh", "--yes", "--skip-preview"));
  });

  it("a vCenter that nobody can reach is told once", async () => {
    await stack.up();
    const output = await stack.with({ VSPHERE_SERVER: "127.0.0.1:1" }).refusedPreview();
    assert.equal(diagnostics(output).match(/no answer from 127\.0\.0\.1:1/g)?.length, 1, output);
  });
});

function assertToldOnce(output: string): void {
  assert.equal(diagnostics(output).match(/incorrect user name or password/g)?.length, 1, output);
}

function diagnostics(output: string): string {
  return output.slice(output.indexOf("Diagnostics:"));
}
