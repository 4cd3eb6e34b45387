import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { repositoryRoot } from "../../../scripts/lab/folders";

/** Runs the script where no engine is on the PATH. */
function render(...args: readonly string[]): { readonly status: number | null; output: string } {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ["--import", "tsx", join("scripts", "render.ts"), ...args],
    { cwd: repositoryRoot, env: { PATH: "/nonexistent" }, encoding: "utf8" },
  );
  return { status, output: stdout + stderr };
}

describe("render without Pulumi on the PATH", () => {
  it("says what is missing, without a stack trace", () => {
    const { status, output } = render("--out", "out-of-a-test");
    assert.equal(status, 1);
    assert.match(output, /install Pulumi, https:\/\/www\.pulumi\.com/);
    assert.doesNotMatch(output, /^ +at /m);
  });

  it("gives its help text", () => {
    const { status, output } = render("--help");
    assert.equal(status, 0);
    assert.match(output, /npm run render -- --out DIR/);
  });
});
