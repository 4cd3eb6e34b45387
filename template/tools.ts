import { execFile } from "node:child_process";

import { coerce, lt } from "semver";

import { shownValue, type Finding } from "../findings/finding";
import type { PackerSource } from "./recipe";

/** A program that building a template needs on the machine that runs Pulumi. */
export interface Tool {
  readonly name: string;
  /** The oldest version that will do: `2.26.0`. */
  readonly oldest: string;
  /** What older versions cannot do. */
  readonly reason: string;
  /** Where to get it. */
  readonly source: string;
}

/** From this version on, git speaks protocol version 2 by default, which serves any commit and not only tips of branches. */
export const git: Tool = {
  name: "git",
  oldest: "2.26.0",
  reason: "the first version that fetches a commit by its hash",
  source: "https://git-scm.com/downloads",
};

/** From this version on, Packer finds plugins under the name and in the place that the present vSphere plugin uses. */
export const packer: Tool = {
  name: "packer",
  oldest: "1.11.0",
  reason: "the first version that finds the present vSphere plugin",
  source: "https://developer.hashicorp.com/packer/install",
};

/** The tools that building from a source needs. */
export function toolsFor({ kind }: PackerSource): readonly Tool[] {
  return kind === "deckhouse" ? [git, packer] : [packer];
}

/** Looks for tools on the PATH: one finding for each that is missing or too old. */
export async function toolFaults(tools: readonly Tool[]): Promise<Finding[]> {
  const faults = await Promise.all(tools.map(toolFault));
  return faults.filter((fault) => fault !== undefined);
}

async function toolFault({ name, oldest, reason, source }: Tool): Promise<Finding | undefined> {
  const answer = await versionAnswer(name);
  const remedy = `install ${oldest} or newer from ${source}, and put it on the PATH of pulumi`;
  const fault = (wrong: string): Finding => ({ severity: "error", where: name, wrong, remedy });
  if (answer === undefined) {
    return fault("it is not on the PATH, but building the template needs it");
  }
  // At least two numbers: another program called packer, that of cracklib, has no version to print.
  const found = coerce(/\bv?\d+\.\d+(\.\d+)?/i.exec(answer)?.[0]);
  if (found === null) {
    return fault(
      `it prints ${shownValue(name, answer)} as its version, so it may be another program`,
    );
  }
  return lt(found, oldest)
    ? fault(
        `version ${found.version} is too old: building the template needs at least ${oldest}, ${reason}`,
      )
    : undefined;
}

/** The first line that a program prints for `--version`; undefined when there is no such program. */
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
