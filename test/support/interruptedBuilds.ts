import assert from "node:assert/strict";

import type { Simulator } from "../../scripts/lab/simulator";
import type { Machine } from "../../scripts/lab/simulatorControl";
import type { TestStack } from "../../scripts/lab/stack";
import { ownSessions, stackForAllTests } from "./stackForTests";
import { endOrphansOf, processesOf } from "./stackProcesses";
import {
  filesBelow,
  imageFolder,
  newestLog,
  ownMachines,
  templateConfiguration,
  templateOf,
  until,
} from "./templateStack";

/** Ten moments of a build, by what its log has come to. */
const moments = [
  "packer init",
  "packer validate",
  "packer build",
  "ISO",
  "Creating virtual machine",
  "Typing boot command",
  "Waiting for IP",
  "Provisioning with shell script",
  "Shutting down virtual machine",
  "Converting virtual machine to template",
];

/** A guest that takes its time, so that every moment lasts long enough to be met. */
const slowGuests = {
  installMilliseconds: 1000,
  commands: [{ match: "scripts", milliseconds: 200 }],
};

/**
 * Interrupts `pulumi up` at ten moments of a build, and shows each time that no process is left, and after the next up
 * no half-built machine.
 *
 * @param again what a user has to do before the next up
 */
export function interruptAtTenMoments(
  signal: "SIGINT" | "SIGKILL",
  again: (stack: TestStack) => Promise<unknown>,
): void {
  describe(`${signal} of pulumi leaves no Packer process and, after the next up, no half-built machine:`, () => {
    let simulator: Simulator;
    let stack: TestStack;

    // Before the stack's folder goes.
    after(() => endOrphansOf(stack));
    stackForAllTests((made) => ({ simulator, stack } = made), {
      configuration: templateConfiguration(),
    });

    moments.forEach((moment, index) => {
      it(`at "${moment}"`, async () => {
        const before = await ownMachines(simulator.control);
        stack.configure(templateConfiguration({ numCPUs: index + 1 }));
        await simulator.control.setGuestBehaviour(slowGuests);
        const logsBefore = filesBelow(imageFolder(stack)).length;
        const up = stack.start("pulumi", ["up", "--yes", "--non-interactive", "--skip-preview"]);
        const isNew = (): boolean => filesBelow(imageFolder(stack)).length > logsBefore;
        await until(`"${moment}"`, () => isNew() && newestLog(stack).includes(moment));
        up.process.kill(signal);
        await up.ended;
        await until("no process is left", () => processesOf(stack).length === 0);
        await until("the run has ended", () => isClean(stack));
        assertWhole(await ownMachines(simulator.control));

        await simulator.control.setGuestBehaviour({});
        await again(stack);
        await stack.up();
        const machines = await ownMachines(simulator.control);
        assertWhole(machines);
        const paths = machines.map(({ path }) => path);
        const template = `/X1/vm/${await templateOf(stack)}`;
        assert.deepEqual(paths, [...before.map(({ path }) => path), template].sort());
        assert.deepEqual(processesOf(stack), []);
      });
    });

    it("and then nothing is left to do", async () => {
      assert.deepEqual((await stack.plan()).steps, []);
      assert.deepEqual(await ownSessions(simulator), []);
    });
  });
}

/** A build that was interrupted at its very end may have come to a whole template; there is nothing in between. */
function assertWhole(machines: readonly Machine[]): void {
  assert.deepEqual(
    machines.filter(({ path, template }) => !template || path.includes("-building-")),
    [],
    "a half-built machine is left",
  );
}

/** Whether no run has a record any more, and none has left a private copy. */
function isClean(stack: TestStack): boolean {
  return filesBelow(imageFolder(stack)).every((file) =>
    /\.log$|\/(progress|durations\.json)$/.test(file),
  );
}
