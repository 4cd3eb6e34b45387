import assert from "node:assert/strict";
import { join } from "node:path";
import { repositoryRoot } from "../../scripts/lab/folders";
import type { Run, TestStack } from "../../scripts/lab/stack";
import { ownSessions, type StackForTests } from "./stackForTests";

const typescript = join(repositoryRoot, "node_modules", "tsx", "dist", "loader.mjs");
const program = join(repositoryRoot, "commands", "main.ts");

/** A command of the program, `adopt` or `leave`, for a stack: it leaves no session in vCenter and prints no stack trace. */
export async function stackCommand(
  { simulator, stack }: StackForTests,
  name: string,
  ...args: readonly string[]
): Promise<Run> {
  const words = ["--import", typescript, program, name, "--stack", stack.name, ...args];
  const run = await stack.command(process.execPath, words);
  assert.deepEqual(await ownSessions(simulator), []);
  assert.doesNotMatch(run.output, /^ +at .*:\d+:\d+/m);
  return run;
}

/** What a run says that has to succeed. */
export async function succeeded(run: Promise<Run>): Promise<string> {
  const { exitCode, output } = await run;
  assert.equal(exitCode, 0, output);
  return output;
}

/** What the state of a stack holds of vCenter, by type and name, and how many operations it notes as pending. */
export async function heldBy(
  stack: TestStack,
): Promise<{ readonly names: Record<"categories" | "tags" | "roles", string[]>; pending: number }> {
  const { deployment } = JSON.parse(await stack.exportState()) as {
    deployment: {
      resources?: { type: string; outputs?: { name?: string } }[];
      pending_operations?: object[];
    };
  };
  const namesOf = (type: string): string[] =>
    (deployment.resources ?? [])
      .filter((one) => one.type === `vsphere:index/${type}`)
      .map(({ outputs }) => outputs?.name ?? "")
      .sort();
  return {
    names: {
      categories: namesOf("tagCategory:TagCategory"),
      tags: namesOf("tag:Tag"),
      roles: namesOf("role:Role"),
    },
    pending: deployment.pending_operations?.length ?? 0,
  };
}
