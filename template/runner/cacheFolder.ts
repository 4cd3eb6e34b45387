import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { uploadsIntoCache } from "../packerFolder";
import { VCenterError } from "../../vcenter";
import type { Run } from "./run";
import { requiredObject } from "./templates";

/** The folder of a datastore in which Packer's vSphere plugin keeps the installers that it uploaded. */
const cacheFolder = "packer_cache";

/**
 * Sees to the folder that Packer uploads the installer into. Most datastores do not make one by themselves, and the
 * plugin from 2.0 on does not either: its question whether there is one is never answered with no. That there is none in
 * the end is a remark, and not a failure: the datastore may need none, and the upload tells.
 */
export async function makeCacheFolder(run: Run): Promise<void> {
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
    log.note(`${path}: ${isNew ? "made" : "is there"}`);
  } catch (error) {
    if (!(error instanceof VCenterError)) throw error;
    log.note(error.message);
    remarks.push(`The folder for the installer could not be made: ${error.message}.`);
  }
}
