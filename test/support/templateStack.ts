import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import {
  developmentConfiguration,
  type WrittenConfiguration,
} from "../../scripts/examples/exampleConfiguration";
import type { Machine, SimulatorControl } from "../../scripts/lab/simulatorControl";
import type { TestStack } from "../../scripts/lab/stack";

/** What lets this project's own Packer folders build in no time on simulated guests. */
export const fastVariables = { ssh_port: 2222, boot_wait: "100ms", ip_settle_timeout: "1ns" };

/** The installer of the lab, which simulated guests start from. */
export const installer = {
  isoUrl: "lab/vcenter/installer.iso",
  isoChecksum: String(developmentConfiguration().templateImage?.["isoChecksum"]),
};

/**
 * The example with another template.
 *
 * @param templateImage replaces that of the example, which builds Ubuntu 24.04 with this project's folder
 * @param regions how many of the two regions
 */
export function templateConfiguration(
  templateImage: Readonly<Record<string, unknown>> = {},
  regions = 1,
): WrittenConfiguration {
  const configuration = developmentConfiguration();
  return {
    ...configuration,
    regions: configuration.regions.slice(0, regions),
    templateImage: { ...builtin(), ...templateImage },
  };
}

/** The keys that build with this project's folder of Ubuntu 24.04 in the lab. */
export function builtin(): Record<string, unknown> {
  return {
    builtin: { ubuntu: "24.04" },
    ...installer,
    httpAddress: "127.0.0.1",
    variables: { ...fastVariables },
  };
}

/** The machines and templates of a stack's folder, without those of others. */
export async function ownMachines(control: SimulatorControl): Promise<Machine[]> {
  return (await control.virtualMachines()).filter(({ path }) => !path.endsWith("-of-others"));
}

/** The path of a region's template, as the stack tells it, below /X1/vm and so on. */
export async function templateOf(stack: TestStack, region = "k8s-region-x1"): Promise<string> {
  const { templates } = (await stack.outputs()) as { templates: Record<string, string> };
  return templates[region] ?? "";
}

/** The folder in which the runs of a stack keep their logs. */
export function imageFolder(stack: TestStack): string {
  return join(stack.directory, "template-images");
}

/** The newest log of a stack's runs; empty when there is none. */
export function newestLog(stack: TestStack): string {
  const logs = filesBelow(imageFolder(stack))
    .filter((file) => file.endsWith(".log"))
    .sort((one, other) => (logTime(one) < logTime(other) ? -1 : 1));
  const newest = logs.at(-1);
  return newest === undefined ? "" : readFileSync(newest, "utf8");
}

/** All files below a folder that is there, as paths. */
export function filesBelow(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
  } catch {
    return [];
  }
}

/** Waits until something holds. @throws Error when it does not in time */
export async function until(
  what: string,
  holds: () => boolean | Promise<boolean>,
  seconds = 60,
): Promise<void> {
  const deadline = Date.now() + seconds * 1000;
  while (!(await holds())) {
    if (Date.now() > deadline) throw new Error(`not in ${seconds} s: ${what}`);
    await sleep(20);
  }
}

function logTime(file: string): string {
  return file.slice(file.lastIndexOf("/") + 1);
}
