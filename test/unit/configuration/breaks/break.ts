import { changed, type Changes } from "../../../support/changedConfiguration";
import type { RawCluster, RawConfiguration } from "../../../support/configurationArbitraries";
import { elsewhere, installed } from "../clusterSupport";

/** One thing that breaks one rule in any configuration, and the line it gives. */
export interface Break {
  /** The name of the rule, as `configuration/rules/index.ts` has it. */
  readonly rule: string;
  readonly changes: (raw: RawConfiguration) => Changes;
  /** The path of the fault, and a part of the line after it. */
  readonly path: (raw: RawConfiguration) => string;
  readonly says: string;
}

/** The path that the next region will have. */
export const nextRegion = (raw: RawConfiguration): string => `regions[${raw.regions.length}]`;

/** The path that the next zone of the first region will have. */
export const nextZone = (raw: RawConfiguration): string =>
  `regions[0].zones[${raw.regions[0]?.zones.length ?? 0}]`;

const newZone = { name: "new", cluster: "new cluster", datastores: ["new datastore"] };
const newRegion = { name: "new", datacenter: "New", zones: [{ ...newZone, name: "new-zone" }] };

/** Adds a zone to the first region that is right except for what is given. */
export function newZoneWith(own: (raw: RawConfiguration) => object): Break["changes"] {
  return (raw) => ({ [nextZone(raw)]: { ...newZone, ...own(raw) } });
}

/** Keys that the top may say of the clusters that are installed, whatever the others are. */
const keysOfInstallation = [
  "vmFolderExists",
  "clusterDomain",
  "kubernetesVersion",
  "storagePolicy",
];

/** Says in the regions what was said at the top, because that would make a cluster of a new region too. */
function withoutGeneral(raw: RawConfiguration): Changes {
  const { clusterConfiguration: general } = raw;
  if (general === undefined) {
    return {};
  }
  const ofEvery = Object.fromEntries(
    Object.entries(general).filter(([key]) => !keysOfInstallation.includes(key)),
  );
  const clusters = raw.regions.map(({ clusterConfiguration: own }, index) => {
    const isElsewhere = { ...general, ...own }.controlPlane === "elsewhere";
    return [
      `regions[${index}].clusterConfiguration`,
      { ...(isElsewhere ? ofEvery : general), ...own },
    ] as const;
  });
  return { clusterConfiguration: undefined, ...Object.fromEntries(clusters) };
}

/** Makes the configuration have no granular grant and build no template, which a new region would have to be a part of. */
export function newRegionWith(own: (raw: RawConfiguration) => object): Break["changes"] {
  return (raw) => ({
    ...withoutGeneral(raw),
    [nextRegion(raw)]: { ...newRegion, ...own(raw) },
    "role.grant": "root",
    "role.granular": undefined,
    ...(raw.templateImage === undefined
      ? {}
      : { templateImage: { existing: { template: "Templates/theirs" } } }),
  });
}

/** One fault in a cluster: what is changed, where the line is and what it says. */
type ClusterFault = readonly [changes: Changes, place: string, says: string];

/** Adds a region with a cluster that is right except for what is given. */
export function clusterBreak(
  rule: string,
  fault: ClusterFault,
  base: RawCluster = installed,
): Break {
  const [changes, place, says] = fault;
  return {
    rule,
    changes: newRegionWith(() => ({ clusterConfiguration: changed(base, changes) })),
    path: (raw) => `${nextRegion(raw)}.clusterConfiguration.${place}`,
    says,
  };
}

/** {@link clusterBreak} where the masters are elsewhere. */
export function elsewhereBreak(rule: string, fault: ClusterFault): Break {
  return clusterBreak(rule, fault, elsewhere);
}
