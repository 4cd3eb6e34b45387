import { execFile } from "node:child_process";

import type { PackerSource } from "./source";

/** A program that building a template needs on the machine that runs it. */
export interface Tool {
  readonly name: string;
  /** The oldest version that does what is asked of it: `2.26.0`. */
  readonly oldest: string;
  /** Why not an older one. */
  readonly reason: string;
  /** Where to get it. */
  readonly source: string;
}

/** Serves a commit by its hash alone, and not only the tips of branches, with protocol version 2. */
export const git: Tool = {
  name: "git",
  oldest: "2.26.0",
  reason: "which fetches a commit by its hash",
  source: "https://git-scm.com/downloads",
};

/** Looks for plugins as the present plugin of vSphere is named and installed. */
export const packer: Tool = {
  name: "packer",
  oldest: "1.11.0",
  reason: "which finds the present vSphere plugin",
  source: "https://developer.hashicorp.com/packer/install",
};

/** The tools that building with a source needs. */
export function toolsFor({ kind }: PackerSource): readonly Tool[] {
  return kind === "deckhouse" ? [git, packer] : [packer];
}

/** What is wrong with tools, and what to do: a sentence for each that is missing or too old. */
export async function toolFaults(tools: readonly Tool[]): Promise<string[]> {
  const faults = await Promise.all(tools.map(toolFault));
  return faults.filter((fault) => fault !== undefined);
}

/**
 * Looks for a tool on the PATH.
 *
 * @returns what is wrong and what to do; undefined when it is there and new enough
 */
export async function toolFault(tool: Tool): Promise<string | undefined> {
  const { name, oldest, reason, source } = tool;
  const answer = await versionAnswer(name);
  const remedy = `get ${oldest} or newer from ${source}, and put it on the PATH of pulumi`;
  if (answer === undefined) {
    return `${name} is not on the PATH, and building the template needs it: ${remedy}`;
  }
  const found = versionIn(answer);
  if (found === undefined) {
    return `${name} does not tell its version (it says "${answer.slice(0, 60)}"), so it may be another program: ${remedy}`;
  }
  return isOlder(found, oldest)
    ? `${name} is too old: found ${found}, and building the template needs ${oldest}, ${reason}: ${remedy}`
    : undefined;
}

/** The first version in a text: `Packer v1.16.0` and `git version 2.39.5 (Apple Git-154)` both have one. */
export function versionIn(text: string): string | undefined {
  return /\b[vV]?(\d+\.\d+(?:\.\d+)?)/.exec(text)?.[1];
}

/** Whether a version comes before another one. */
export function isOlder(version: string, other: string): boolean {
  const [ours, theirs] = [version, other].map((text) => text.split(".").map(Number));
  for (let index = 0; index < 3; index++) {
    const difference = (ours?.[index] ?? 0) - (theirs?.[index] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
}

/** The first line that the tool says to `--version`; undefined when there is no such program. */
async function versionAnswer(name: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    const environment = { ...process.env, CHECKPOINT_DISABLE: "1", LC_ALL: "C" };
    execFile(
      name,
      ["--version"],
      { timeout: 15_000, env: environment },
      (error, stdout, stderr) => {
        const line = `${stdout}${stderr}`.trim().split("\n", 1)[0] ?? "";
        resolve(error !== null && line === "" ? undefined : line);
      },
    );
  });
}
