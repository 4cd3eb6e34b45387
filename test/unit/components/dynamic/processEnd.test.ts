import assert from "node:assert/strict";
import { EventEmitter } from "node:events";

import { atProcessEnd } from "../../../../components/dynamic/processEnd";

/** A process whose signals and input the test makes. */
class FakeProcess extends EventEmitter {
  readonly exits: number[] = [];
  ppid = 4711;
  readonly stdin = Object.assign(new EventEmitter(), { resume: () => undefined });

  exit(code: number): void {
    this.exits.push(code);
  }
}

describe("the end of the process for dynamic resources", () => {
  let ending: FakeProcess;
  let calls: number;
  let finish: () => void;
  let comeToRest: () => void;

  beforeEach(() => {
    ending = new FakeProcess();
    calls = 0;
    const done = new Promise<void>((resolve) => (finish = resolve));
    const atRest = new Promise<void>((resolve) => (comeToRest = resolve));
    const end = () => {
      calls += 1;
      return done;
    };
    atProcessEnd({ end, rest: () => atRest }, ending);
  });

  const settled = () => new Promise((resolve) => setImmediate(resolve));

  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
    it(`waits on ${signal} for what is to be done, and does it once`, async () => {
      ending.emit(signal);
      ending.emit("SIGINT");
      await settled();
      assert.deepEqual([calls, ending.exits], [1, []]);
      finish();
      await settled();
      assert.deepEqual([calls, ending.exits], [1, [0]]);
    });
  }

  it("does the same when the engine is gone, and stays until a change that is under way has come to its end", async () => {
    ending.stdin.emit("end");
    ending.stdin.emit("error");
    ending.ppid = 1;
    finish();
    await settled();
    assert.deepEqual([calls, ending.exits], [1, []]);
    comeToRest();
    await settled();
    assert.deepEqual([calls, ending.exits], [2, [0]]);
  });

  it("stays when only its input has ended", async () => {
    ending.stdin.emit("end");
    finish();
    comeToRest();
    await settled();
    assert.deepEqual([calls, ending.exits], [1, []]);
  });
});
