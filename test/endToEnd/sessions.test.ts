import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import type { Simulator } from "../../scripts/lab/simulator";
import type { TestStack } from "../../scripts/lab/stack";
import { ownSessions, stackForAllTests } from "../support/stackForTests";
import { endOrphansOf, servesDynamic } from "../support/stackProcesses";

/** In the summary at the end; the engine shows each message beside its resource as well. */
const told =
  /^ {4}\S+: a session of administrator@vsphere\.local may still be open \(.*\): vCenter ends it after 30 idle/gm;

describe("the sessions of a run", () => {
  let simulator: Simulator;
  let stack: TestStack;

  stackForAllTests((made) => ({ simulator, stack } = made));

  afterEach(async () => {
    await simulator.control.clearFaults();
    await simulator.control.endSessions();
  });

  it("a server that fails once at each logout leaves none", async () => {
    for (const match of ["Logout", "DELETE session"]) {
      await simulator.control.addFault({ match, kind: "status", status: 500, times: 1 });
    }
    const { output } = await stack.preview();
    assert.doesNotMatch(output, told);
    assert.deepEqual(await ownSessions(simulator), []);
  });

  it("logouts that get 500 are told of once in up, which succeeds", async () => {
    await simulator.control.addFault({ match: "Logout", kind: "status", status: 500 });
    const { exitCode, output } = await stack.up();
    assert.equal(exitCode, 0);
    assert.equal(output.match(told)?.length, 1, output);
    assert.ok((await ownSessions(simulator)).length > 0);
  });

  it("a logout that hangs is told of once in a preview, which ends all the same", async () => {
    await simulator.control.addFault({ match: "DELETE session", kind: "hang", times: 3 });
    const begin = Date.now();
    const output = await stack.acceptedPreview("--expect-no-changes");
    assert.equal(output.match(told)?.length, 1, output);
    assert.match(output, /log out of tagging: no complete answer within 3000 ms/);
    assert.ok(Date.now() - begin < 60_000);
    assert.deepEqual(await ownSessions(simulator), ["rest"]);
  });

  it("an engine that is killed leaves none either, within seconds, and its process for dynamic resources ends", async () => {
    await simulator.control.setLatency(200);
    const { process, ended } = stack.start("pulumi", ["refresh", "--yes", "--non-interactive"]);
    const hasOwn = async (): Promise<boolean> => (await ownSessions(simulator)).length > 0;
    while (!(await hasOwn())) await sleep(20);
    assert.ok(servesDynamic(stack));
    process.kill("SIGKILL");
    await ended;
    await simulator.control.setLatency(0);
    const begin = Date.now();
    while (await hasOwn()) {
      assert.ok(Date.now() - begin < 5_000, "it is still there");
      await sleep(20);
    }
    await endOrphansOf(stack);
    await stack.run("cancel", "--yes");
  });

  const logins: unknown[] = [];

  it("no session is left after preview, up, refresh and destroy", async () => {
    for (const command of ["preview", "up", "refresh", "destroy"] as const) {
      await simulator.control.resetCalls();
      await stack[command]();
      const { soap, rest } = await simulator.control.ownCalls();
      logins.push([command, soap["Login"], rest["POST session"]]);
      assert.deepEqual(await ownSessions(simulator), []);
    }
  });

  it("each of them makes one login for each process, to each of the two interfaces", () => {
    // Of the processes that the engine starts for dynamic resources, one asks vCenter; another may only be configured.
    assert.deepEqual(logins, [
      ["preview", 1, 1],
      ["up", 1, 1],
      ["refresh", 1, 1],
      ["destroy", 1, 1],
    ]);
  });
});
