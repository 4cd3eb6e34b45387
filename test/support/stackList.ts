import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { repositoryRoot } from "../../scripts/lab/folders";
import { removeFolder, temporaryFolder, writeFiles } from "./temporaryFolder";

/** A run of a workflow's matrix. */
export interface ListedStack {
  readonly stack: string;
  readonly preview: string;
  readonly up: string;
}

/** Runs what the workflows run to read `.github/stacks.json`, on a list. */
export function runStacks(list: string): { status: number | null; stdout: string; stderr: string } {
  const folder = temporaryFolder();
  try {
    writeFiles(folder, { ".github/stacks.json": list });
    const script = join(repositoryRoot, "scripts", "stacks.js");
    return spawnSync("node", [script], { cwd: folder, encoding: "utf8" });
  } finally {
    removeFolder(folder);
  }
}

/** The matrix that a list gives. */
export function stacksOf(list: string): ListedStack[] {
  const { stdout, stderr } = runStacks(list);
  const [, stacks] = /^stacks=(.*)\n$/.exec(stdout) ?? [];
  assert.ok(stacks !== undefined, stderr);
  return JSON.parse(stacks) as ListedStack[];
}
