import { madeRoles } from "../../../preflight/ours";
import { look } from "../../../commands/check/look";
import type { Configuration } from "../../../configuration";
import { readConfiguration } from "../../../configuration/load";
import type { Finding } from "../../../findings/finding";
import type { Wanted } from "../../../preflight/check";
import { askedFor } from "../../../preflight/earlier";
import type { PreflightReport } from "../../../preflight/run";
import type { Change } from "../../../scripts/lab/simulatorControl";
import type { Simulator } from "../../../scripts/lab/simulator";
import type { VCenterConnection } from "../../../vcenter";
import { changed, type Changes } from "../../support/changedConfiguration";
import { exampleConfiguration } from "../../support/writtenExample";
import { templateIn, type Moment } from "./rows/row";

const instanceClass = "clusterConfiguration.masterNodeGroup.instanceClass";

/**
 * A configuration that gives every check something to look at: the example with a template that the lab's inventory has, one
 * of `templateImage`, a storage policy, a resource pool, and a folder that the installer is to make.
 */
export const withEverything = changed(exampleConfiguration, {
  [`regions[0].${instanceClass}.template`]: "Templates/debian-12-of-others",
  [`regions[1].${instanceClass}.template`]: "Templates/debian-12-of-others",
  "regions[0].clusterConfiguration.storagePolicy": { name: "Kubernetes nodes" },
  "regions[0].clusterConfiguration.baseResourcePool": "kubernetes",
  "regions[0].clusterConfiguration.vmFolderExists": false,
  "regions[0].clusterConfiguration.vmFolderPath": "k8s/new",
  // For that folder: the role of the example has it not.
  "role.extraPrivileges": ["Folder.Create"],
  "templateImage.existing.template": "Templates/node",
});

/** What the lab's inventory lacks for {@link withEverything}, and `up` does not make. */
export const missingInInventory: readonly Change[] = [
  ...["x1_cluster_prod", "x1_cluster_stage"].map((cluster): Change => ({
    operation: "addResourcePool",
    path: `/X1/host/${cluster}`,
    name: "kubernetes",
  })),
  templateIn("X1", "node"),
  templateIn("X2", "node"),
];

/** {@link withEverything} with changes, as it is once it is read. */
export function readWith(changes: Changes = {}): Pick<Wanted, "configuration" | "names"> {
  const { configuration, names } = readConfiguration(changed(withEverything, changes));
  return { configuration, names };
}

/** What is known of an `up`, whether there was one or not. */
export function knownAt(
  when: Moment,
  made: Configuration,
): Pick<Wanted, "isReady" | "isPreview" | "earlier"> {
  const nothing = { tags: [], categories: [], roles: [] };
  const earlier = askedFor({ configuration: made, earlier: "none" }, nothing);
  return {
    "before up": { isReady: false, isPreview: false, earlier: "none" as const },
    check: { isReady: true, isPreview: false, earlier: "unknown" as const },
    preview: { isReady: false, isPreview: true, earlier },
  }[when];
}

/** What `up` makes in vCenter: the two categories with their tags, where these are, the role, and where it is granted. */
export function madeByUp({ categories, regions, role }: Configuration): Change[] {
  const { region: ofRegions, zone: ofZones } = categories;
  return [
    {
      operation: "createCategory",
      category: ofRegions.name,
      cardinality: "SINGLE",
      associableTypes: ["Datacenter", "Datastore"],
    },
    {
      operation: "createCategory",
      category: ofZones.name,
      cardinality: ofZones.cardinality,
      associableTypes: ["ClusterComputeResource", "Datastore"],
    },
    ...regions.flatMap(({ name, datacenter, zones }) => [
      ...tagged(ofRegions.name, name, [datacenter, ...zones.flatMap((zone) => zone.datastores)]),
      ...zones.flatMap((zone) =>
        tagged(ofZones.name, zone.name, [zone.cluster, ...zone.datastores]),
      ),
    ]),
    ...madeRoles(role).map(({ name, privileges }): Change => ({
      operation: "createRole",
      role: name,
      privileges,
    })),
    ...(role?.grants ?? []).flatMap((grant) =>
      (role?.principals ?? []).map(({ name, group }): Change => ({
        operation: "setPermission",
        path: grant.path,
        principal: name,
        group,
        role: (grant.role === "full" ? role?.name : role?.readOnlyRole?.name) ?? "",
        propagate: grant.propagate,
      })),
    ),
  ];
}

function tagged(category: string, tag: string, paths: readonly string[]): Change[] {
  return [
    { operation: "createTag", category, tag },
    ...paths.map((path): Change => ({ operation: "attachTag", category, tag, path })),
  ];
}

/** Looks at a vCenter of the lab as the program does, without the engine, and runs all checks. */
export function reportOn(
  { connection }: Simulator,
  wanted: Wanted,
  account: Partial<VCenterConnection> = {},
): Promise<PreflightReport> {
  return look(wanted, { ...connection, ...account }, "deckhouse-vsphere tests");
}

/**
 * A finding without its consequence and its remedy, whose words the unit tests of the checks hold.
 *
 * @returns `error regions[0].name: found "k8s-region-x1": /X2 carries this tag too`
 */
export function shortLine({ severity, where, found, wrong }: Finding): string {
  return `${severity} ${where}: ${found === undefined ? "" : `found ${found}: `}${wrong}`;
}

/** The findings of a report as lines, sorted. */
export function linesOf({ findings }: PreflightReport): string[] {
  return findings.map(shortLine).sort();
}
