import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { repositoryRoot } from "../../../../scripts/lab/folders";
import { removeFolder, temporaryFolder } from "../../../support/temporaryFolder";

interface Ended {
  readonly status: number | null;
  readonly output: string;
}

/** Runs the script where no engine is on the PATH. */
function render(...args: readonly string[]): Ended {
  return renderWith({ PATH: "/nonexistent" }, args);
}

function renderWith(env: NodeJS.ProcessEnv, args: readonly string[]): Ended {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ["--import", "tsx", join("commands", "render.ts"), ...args],
    { cwd: repositoryRoot, env, encoding: "utf8" },
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

describe("render with an engine whose answer is none", () => {
  let folder: string;

  beforeEach(() => (folder = temporaryFolder()));
  afterEach(() => removeFolder(folder));

  for (const [what, answer] of [
    ["is no JSON", "warning: a new version"],
    ["is no object of outputs", '[\"x\"]'],
    ["has something else than documents as documents", '{\"documents\": 4}'],
  ] as const) {
    it(`says so, without a stack trace: ${what}`, () => {
      writeFileSync(join(folder, "pulumi"), `#!/bin/sh\necho '${answer}'\n`, { mode: 0o700 });
      const { status, output } = renderWith({ PATH: folder }, ["--out", "out-of-a-test"]);
      assert.equal(status, 1);
      const start = `What \`pulumi stack output --json\` printed ${what}: run \`pulumi up\` again`;
      assert.ok(output.startsWith(start), output);
      assert.doesNotMatch(output, /^ +at |Error/m);
    });
  }
});
