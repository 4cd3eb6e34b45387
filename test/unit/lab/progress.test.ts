import assert from "node:assert/strict";
import { setTimeout as sleep } from "node:timers/promises";
import { duration, Progress, roughDuration } from "../../../scripts/lab/progress";

describe("progress", () => {
  it("tells durations in words", () => {
    const texts = [0, 400, 9900, 9960, 59_400, 59_600, 245_000].map(duration);
    assert.deepEqual(texts, ["0.0 s", "0.4 s", "9.9 s", "10 s", "59 s", "1 min 0 s", "4 min 5 s"]);
    assert.deepEqual([2, 40, 41, 100, 260].map(roughDuration), [
      ...["10 s", "40 s", "50 s", "2 min", "4 min"],
    ]);
  });

  it("writes nothing into a log for a short task, and hands its result on", async () => {
    const written: string[] = [];
    const progress = new Progress({ write: (text) => written.push(text) });
    const { result, took } = await progress.during("a task", () => Promise.resolve(42));
    assert.equal(result, 42);
    assert.equal(took, "0.0 s");
    assert.deepEqual(written, []);
  });

  it("shows one line with the clocks of all tasks on a terminal, and takes it away at the end", async () => {
    const written: string[] = [];
    const progress = new Progress({ isTTY: true, write: (text) => written.push(text) });
    await Promise.all(["one", "two"].map((name) => progress.during(name, () => sleep(20))));
    assert.ok(written.some((text) => text.includes("… one 0.0 s, two 0.0 s")));
    assert.equal(written.at(-1), "\r\u001B[K");
    assert.ok(!written.join("").includes("\n"));
  });

  it("stops its clock when a task fails", async () => {
    const progress = new Progress({ write: () => undefined });
    const failing = progress.during("a task", () => Promise.reject(new Error("no")));
    await assert.rejects(failing, { message: "no" });
  });
});
