import { randomBytes } from "node:crypto";
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";

import { manifestFile } from "../packerFiles";
import { baseName } from "../source";
import type { BuildRequest, TemplateResult } from "../request";
import { toolFaults, toolsFor } from "../tools";
import type { VirtualMachine } from "../../vcenter";
import { makeCacheFolder } from "./cacheFolder";
import { BuildDurations } from "./durations";
import { claim, cleanUpAfterOthers } from "./exclusive";
import { RunFailure } from "./failure";
import { fetchSource } from "./fetchSource";
import { removeMachines } from "./leftovers";
import { builtMachine } from "./manifest";
import { runPacker } from "./packer";
import { preparePrivateCopy } from "./privateCopy";
import type { Run } from "./run";
import { removeRecord, updateRecord, type RunRecord } from "./runRecord";
import { temporaryFolderPath } from "./temporaryFolder";
import { findTemplate, madeByOther, requiredObject, result } from "./templates";
import { Tools } from "./tools";

/**
 * Builds the template with Packer. It is built under a name that no other run gives, and gets its own name when it is
 * complete: whoever finds a template under that name finds a whole one.
 *
 * @throws RunFailure, VCenterError, or the signal's reason
 */
export async function buildTemplate(run: Run, build: BuildRequest): Promise<TemplateResult> {
  const { request, folder } = run;
  const id = randomBytes(4).toString("hex");
  const fingerprint = request.name.slice(baseName(build.recipe.source).length);
  const own: OwnThings = {
    temporary: temporaryFolderPath(`packer-${id}`),
    building: { folder: request.place.folder, suffix: `${fingerprint}-building-${id}` },
  };
  const record = await claim(run, own);
  try {
    mkdirSync(own.temporary, { mode: 0o700 });
    run.progress.stage("cleanUp");
    await cleanUpAfterOthers(run);
    // Another run may have been waited for, and have made it.
    const found = await findTemplate(run);
    if (found !== undefined) return await result(run, found, "found");
    const tools = new Tools(run.log, run.signal, request.timeouts.cleanUp, (child) => {
      updateRecord(folder.record, { ...record, child });
    });
    return await publish(run, await runBuild(run, build, tools, own));
  } finally {
    await cleanUp(run, own);
  }
}

/** What a build makes outside its folder. */
type OwnThings = Required<Pick<RunRecord, "temporary" | "building">>;

/**
 * Removes what the build made for itself, also after one that failed or was interrupted: Packer may not have been able
 * to. When vCenter cannot be asked the record stays, and the next run sees to it.
 */
async function cleanUp(run: Run, { temporary, building }: OwnThings): Promise<void> {
  for (const path of [run.folder.source, temporary]) rmSync(path, { recursive: true, force: true });
  try {
    await removeMachines(run, building.folder, (name) => name.endsWith(building.suffix));
    removeRecord(run.folder.record);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    run.remarks.push(
      `What the build had begun in ${building.folder} could not be removed, and is left to the next run: ${reason}`,
    );
  }
}

/** From the tools to a finished machine. */
async function runBuild(
  run: Run,
  build: BuildRequest,
  tools: Tools,
  { temporary, building: { suffix } }: OwnThings,
): Promise<VirtualMachine> {
  const { request, folder, progress, signal, client } = run;
  const { source } = build.recipe;
  const next = (stage: RunFailure["stage"]): void => {
    signal.throwIfAborted();
    progress.stage(stage);
  };
  next("tools");
  const faults = await toolFaults(toolsFor(source));
  if (faults.length > 0) throw new RunFailure("tools", faults.join("\n"), "");
  // Packer would make a missing folder, which nobody asked for.
  const machines = await requiredObject(run, "look", request.place.folder, ["folder"]);
  next("fetch");
  const fetching = { root: run.root, tools, seconds: request.timeouts.fetch };
  await fetchSource(source, folder.source, fetching);
  next("prepare");
  preparePrivateCopy(folder.source, request, build, { root: run.root, suffix, links: temporary });
  await makeCacheFolder(run);
  await runPacker(run, build, { tools, next, temporary });
  const seconds = progress.seconds;
  next("check");
  const name = builtMachine(join(folder.source, manifestFile));
  const summary = (await client.virtualMachines.inFolder(machines)).find(
    (candidate) => candidate.name === name,
  );
  const machine = summary && (await client.virtualMachines.read(summary));
  if (machine === undefined || !name.endsWith(suffix)) {
    throw new RunFailure(
      "check",
      `Packer says that it made ${name}; there has to be a machine in ${request.place.folder} whose name ends with ${suffix}`,
      "let the Packer folder use vcenter_folder, and end the template's name with ${var.image_name_suffix}",
    );
  }
  if (!machine.isTemplate) {
    throw new RunFailure(
      "check",
      `Packer made ${name}, but did not turn it into a template`,
      "set convert_to_template = true in the Packer folder",
    );
  }
  new BuildDurations(run.work).remember(source, seconds);
  return machine;
}

/** Gives a machine that meets the requirements its own name; or takes the one that another run made meanwhile. */
async function publish(run: Run, machine: VirtualMachine): Promise<TemplateResult> {
  const built = await result(run, machine, "built");
  try {
    await run.client.virtualMachines.rename(machine, run.request.name);
    return built;
  } catch (error) {
    return await madeByOther(run, error);
  }
}
