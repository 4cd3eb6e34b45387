import { changed, type Changes } from "../../support/changedConfiguration";
import { PreflightWorld } from "../../support/preflightWorld";
import { exampleConfiguration } from "../../support/writtenExample";

/**
 * What is broken in the world, what the configuration says that the example does not, where that is needed, and the lines
 * that it gives.
 */
export type Case =
  | readonly [broken: (world: PreflightWorld) => void, ...lines: string[]]
  | readonly [broken: (world: PreflightWorld) => void, given: Changes, ...lines: string[]];

/** For each check what breaks it and no other. */
export type Cases = Readonly<Record<string, Readonly<Record<string, Case>>>>;

/** The example with what not every check has something to say of: a named storage policy, a folder to be made. */
const withEverything = changed(exampleConfiguration, {
  "regions[0].clusterConfiguration.storagePolicy": { name: "Kubernetes nodes" },
  // Of the role of the example, which has it not.
  "role.extraPrivileges": ["Folder.Create"],
  "regions[0].clusterConfiguration.baseResourcePool": "kubernetes",
  "regions[0].clusterConfiguration.vmFolderExists": false,
  "regions[0].clusterConfiguration.vmFolderPath": "k8s",
  "templateImage.existing.template": "Templates/base",
});

/** What a look reads that has everything that the configuration above wants. */
export function everything(changes: Changes = {}, isReady = true): PreflightWorld {
  const world = new PreflightWorld(changed(withEverything, changes), isReady);
  world.storagePolicies = [{ id: "p1", name: "Kubernetes nodes" }];
  return world;
}

export const prod = "/X1/host/x1_cluster_prod";
export const stage = "/X1/host/x1_cluster_stage";
export const noObject = "no such object in vCenter, or this account cannot see it";
export const elsewhere = "correct the path; the nearest that exist are";

/** A name as a Mac types it: the accents are separate characters. */
export function apart(name: string): string {
  return name.normalize("NFD");
}
