import { readdirSync, readFileSync, readlinkSync } from "node:fs";

import type { TestStack } from "../../scripts/lab/stack";
import { imageFolder, until } from "./templateStack";

/** The command lines of processes that work in a stack's folder: Packer and its plugin work in their private copy. */
export function processesOf(stack: TestStack): string[] {
  const commandLines = new Map<string, string>();
  const found = processes((folder) => {
    commandLines.set(folder, commandLine(folder));
    return readlinkSync(`${folder}/cwd`).startsWith(imageFolder(stack));
  });
  return found.map((processId) => commandLines.get(`/proc/${processId}`) ?? "");
}

/** What the engine starts for dynamic resources, of this program. */
const dynamicProcess = "launch/dynamic/pulumi-resource-pulumi-nodejs";

/**
 * Waits until the process for dynamic resources has ended by itself, after its engine was killed, and ends the engine's own
 * plugins: those ask only every five minutes whether it is there (pulumi/pulumi, `sdk/go/common/util/rpcutil/health.go`).
 * Everything that runs for a stack has the stack's folder in its environment.
 *
 * @throws Error when it does not in time
 */
export async function endOrphansOf(stack: TestStack): Promise<void> {
  await until("the process for dynamic resources has ended", () => !servesDynamic(stack));
  for (const processId of processes(worksFor(stack))) process.kill(processId, "SIGKILL");
}

/** Whether the process for the dynamic resources of a stack runs. */
export function servesDynamic(stack: TestStack): boolean {
  const isOfStack = worksFor(stack);
  return (
    processes((folder) => isOfStack(folder) && commandLine(folder).includes(dynamicProcess))
      .length > 0
  );
}

function worksFor({ directory }: TestStack): (folder: string) => boolean {
  return (folder) => readFileSync(`${folder}/environ`, "latin1").includes(directory);
}

function commandLine(folder: string): string {
  return readFileSync(`${folder}/cmdline`, "utf8").replaceAll("\0", " ");
}

/** The ids of the processes for which something holds, asked with their folder in /proc. */
function processes(holds: (folder: string) => boolean): number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .filter((processId) => {
      try {
        return holds(`/proc/${processId}`);
      } catch {
        // It has ended meanwhile, or is another user's.
        return false;
      }
    })
    .map(Number);
}
