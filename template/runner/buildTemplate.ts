import { randomBytes } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";

import { VCenterError, type VirtualMachine } from "../../vcenter";
import { manifestFile, uploadsIntoCache } from "../packerFolder";
import { baseName } from "../recipe";
import type { BuildRequest, TemplateResult } from "../request";
import { toolFaults, toolsFor } from "../tools";
import { Tools } from "./childProcess";
import { failure, RunFailure } from "./failure";
import { fetchSource } from "./fetchSource";
import {
  claim,
  cleanUpAfterOthers,
  removeMachines,
  removeRecord,
  updateRecord,
  type RunRecord,
} from "./otherRuns";
import { builtMachine, runPacker, temporaryFolderPath } from "./packer";
import { preparePrivateCopy } from "./privateCopy";
import { BuildDurations, type StageName } from "./progress";
import type { Run } from "./run";
import { findTemplate, madeByOther, requiredObject, result } from "./templates";

/** The folder of a datastore where Packer's vSphere plugin keeps the installers that it has uploaded. */
const cacheFolder = "packer_cache";

/**
 * Builds the template with Packer, under a name that no other run uses, and renames it when it is complete: a template
 * of the final name is always a whole one.
 *
 * @throws RunFailure, VCenterError, or the signal's reason
 */
export async function buildTemplate(run: Run, build: BuildRequest): Promise<TemplateResult> {
  const { request, folder, log, signal } = run;
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
    // The run may have waited for another one, which made it.
    const found = await findTemplate(run);
    if (found !== undefined) return await result(run, found, "found");
    const tools = new Tools({
      log,
      signal,
      grace: request.timeouts.cleanUp,
      onStart: (child) => updateRecord(folder.record, { ...record, child }),
    });
    return await publish(run, await runBuild(run, build, tools, own));
  } finally {
    await cleanUp(run, own);
  }
}

/** What a build makes outside its folder. */
type OwnThings = Required<Pick<RunRecord, "temporary" | "building">>;

/**
 * Removes what the build made for itself, also after a build that failed or was interrupted, where Packer may not have
 * managed to. If vCenter cannot be reached, the record stays, and the next run cleans up.
 */
async function cleanUp(run: Run, { temporary, building }: OwnThings): Promise<void> {
  for (const path of [run.folder.source, temporary]) rmSync(path, { recursive: true, force: true });
  try {
    await removeMachines(run, building.folder, (name) => name.endsWith(building.suffix));
    removeRecord(run.folder.record);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    run.remarks.push(
      `The unfinished machine in ${building.folder} could not be removed; the next run will try again: ${reason}`,
    );
  }
}

/** Everything from the tools to a finished machine. */
async function runBuild(
  run: Run,
  build: BuildRequest,
  tools: Tools,
  { temporary, building: { suffix } }: OwnThings,
): Promise<VirtualMachine> {
  const { root, request, folder, progress, signal } = run;
  const { source } = build.recipe;
  const next = (stage: StageName): void => {
    signal.throwIfAborted();
    progress.stage(stage);
  };
  next("tools");
  const faults = await toolFaults(toolsFor(source));
  if (faults.length > 0) throw new RunFailure("tools", faults);
  // Packer would create a missing folder, which nobody asked for.
  const machines = await requiredObject(run, "look", request.place.folder, ["folder"]);
  next("fetch");
  await fetchSource(source, folder.source, { root, tools, seconds: request.timeouts.fetch });
  next("prepare");
  preparePrivateCopy(folder.source, request, build, { root, suffix, links: temporary });
  await makeCacheFolder(run);
  await runPacker(run, build, { tools, next, temporary });
  const seconds = progress.seconds;
  next("check");
  const machine = await finishedMachine(run, machines, suffix);
  new BuildDurations(run.work).remember(source, seconds);
  return machine;
}

/**
 * Makes the folder that Packer uploads the installer into. Most datastores do not create it by themselves, and neither
 * does the plugin from 2.0 on, whose check for its existence always succeeds. A failure is only a remark: the datastore
 * may not need the folder, and if it does, the upload fails.
 */
async function makeCacheFolder(run: Run): Promise<void> {
  const { client, request, folder, log, remarks } = run;
  const templates = readdirSync(folder.source)
    .filter((name) => name.endsWith(".pkr.hcl"))
    .map((name) => readFileSync(join(folder.source, name), "utf8"));
  if (!uploadsIntoCache(templates)) return;
  const { datacenter, datastore } = request.place;
  const path = `[${datastore.slice(datastore.lastIndexOf("/") + 1)}] ${cacheFolder}`;
  const reference = await requiredObject(run, "prepare", datacenter, ["datacenter"]);
  try {
    const isNew = await client.datastoreFiles.makeFolder(reference, path);
    log.note(`${path}: ${isNew ? "created" : "exists"}`);
  } catch (error) {
    if (!(error instanceof VCenterError)) throw error;
    log.note(error.message);
    remarks.push(`The folder for the installer could not be created: ${error.message}.`);
  }
}

/** The machine that Packer says it built, if it is where and what it should be. @throws RunFailure */
async function finishedMachine(
  { client, folder, request }: Run,
  machines: Awaited<ReturnType<typeof requiredObject>>,
  suffix: string,
): Promise<VirtualMachine> {
  const name = builtMachine(join(folder.source, manifestFile));
  const summary = (await client.virtualMachines.inFolder(machines)).find(
    (candidate) => candidate.name === name,
  );
  const machine = summary && (await client.virtualMachines.read(summary));
  if (machine === undefined || !name.endsWith(suffix)) {
    throw failure("check", {
      where: request.place.folder,
      wrong: `Packer reports that it made ${name}, which is not in this folder or whose name does not end with ${suffix}`,
      remedy:
        "make the Packer folder use vcenter_folder, and end the template's name with ${var.image_name_suffix}",
    });
  }
  if (!machine.isTemplate) {
    throw failure("check", {
      where: `${request.place.folder}/${name}`,
      wrong: "Packer made this machine, but did not convert it into a template",
      remedy: "set convert_to_template = true in the Packer folder",
    });
  }
  return machine;
}

/** Gives a machine that meets the requirements its final name, or takes the one that another run made meanwhile. */
async function publish(run: Run, machine: VirtualMachine): Promise<TemplateResult> {
  const built = await result(run, machine, "built");
  try {
    await run.client.virtualMachines.rename(machine, run.request.name);
    return built;
  } catch (error) {
    return await madeByOther(run, error);
  }
}
